//! What the commands over many files share: finding them, reading them on all cores in a fixed order, telling how far
//! it is.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Read, Write};
use std::num::NonZero;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::sources::{settings, while_looking};
use crate::article::{Article, Diagnostic, Kinds, Severity};
use crate::format::{Document, ReadError};
use crate::library::{Asked, Held, LoadError, Named, find, once};

/// So long a command may take before it tells how far it is.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often it tells.
const STEP: Duration = Duration::from_millis(200);

/// The code of what cannot be read at all, in messages.
pub(super) const UNREADABLE: &str = "unreadable";

/// The files behind paths, and what is wrong with the paths. `-`, or no path where standard input is no terminal, is
/// standard input.
pub(super) fn files(paths: &[PathBuf], asked: &Asked) -> (Vec<Named>, Vec<Diagnostic>) {
    while_looking(asked, || look(paths, asked))
}

fn look(paths: &[PathBuf], asked: &Asked) -> (Vec<Named>, Vec<Diagnostic>) {
    let input = [PathBuf::from("-")];
    let paths = if paths.is_empty() { &input[..] } else { paths };
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for path in paths {
        if path == Path::new("-") {
            let mut bytes = Vec::new();
            let name = "standard input".to_owned();
            match io::stdin().lock().read_to_end(&mut bytes) {
                Ok(_) => found.push(Named::Held(Held::new(&name, bytes))),
                Err(error) => wrong.push(unreadable(Severity::Error, &name, error.to_string())),
            }
            continue;
        }
        let (named, complaints) = find(std::slice::from_ref(path), asked);
        for complaint in complaints {
            let shown = path.display().to_string();
            let said = bare(&shown, complaint.message);
            wrong.push(unreadable(complaint.severity, &shown, said));
        }
        found.extend(named);
    }
    once(&mut found);
    (found, wrong)
}

/// The kinds that the config gives labels. What is wrong with it is said; nothing when it cannot be read at all.
pub(super) fn kinds(explicit: Option<&Path>) -> Option<Kinds> {
    settings(explicit).map(|config| config.labels)
}

/// Whether nothing is there to read: no path, and nobody but the reader at standard input.
pub(super) fn is_idle(paths: &[PathBuf]) -> bool {
    paths.is_empty() && io::stdin().is_terminal()
}

/// A message without the name of the file with which it begins.
fn bare(name: &str, message: String) -> String {
    let rest = message.strip_prefix(name);
    let rest = rest.and_then(|rest| rest.strip_prefix(": "));
    rest.map(str::to_owned).unwrap_or(message)
}

/// Something that could not be read.
pub(super) fn unreadable(severity: Severity, file: &str, message: String) -> Diagnostic {
    Diagnostic {
        severity,
        code: UNREADABLE,
        file: file.to_owned(),
        line: 0,
        column: 0,
        message,
        remedy: String::new(),
        at: None,
        times: 1,
    }
}

/// The same for a file that is not opened, or holds no article.
pub(super) fn fault(name: &str, error: LoadError) -> Diagnostic {
    match error {
        LoadError::Read(ReadError {
            file,
            line,
            column,
            message,
            remedy,
        }) => Diagnostic {
            severity: Severity::Error,
            code: UNREADABLE,
            file,
            line,
            column,
            message,
            remedy,
            at: None,
            times: 1,
        },
        other => {
            let said = bare(name, other.to_string());
            unreadable(Severity::Error, name, said)
        }
    }
}

/// An article, and where it comes from.
pub(super) struct Taken<'a> {
    pub(super) article: &'a Article,
    /// The file.
    pub(super) document: &'a Document,
    /// The article's number in it, from 0.
    pub(super) index: usize,
}

/// What came of a file.
pub(super) struct Outcome<T> {
    /// What was made of each of its articles, joined; nothing when it could not be opened.
    pub(super) made: Option<T>,
    /// The file's format.
    pub(super) document: Option<Document>,
    /// What could not be read of it.
    pub(super) faults: Vec<Diagnostic>,
}

/// How files are gone through.
pub(super) struct Way<'a, K, A, J> {
    /// What is known of a file without reading its articles; nothing where they are to be read.
    pub(super) known: &'a K,
    /// Whether an article is worth reading in whose text these bytes stand, as [`Document::is_worth`] has it.
    pub(super) worth: &'a (dyn Fn(&[u8]) -> bool + Sync),
    /// Takes an article into account.
    pub(super) take: &'a A,
    /// Puts two accounts together.
    pub(super) join: &'a J,
}

/// Reads every file and every article in it, on all cores, has each taken into account, and hands what comes of a file to
/// `done`, in the order of the files. A file of many articles is shared between the cores when it is the only one. No
/// more is read once `done` says that it is enough.
pub(super) fn each<T: Default + Send>(
    files: &[Named],
    asked: &Asked,
    what: &str,
    take: &(impl Fn(&mut T, &Article) + Sync),
    join: &(impl Fn(&mut T, T) + Sync),
    done: impl FnMut(&Named, Outcome<T>) -> ControlFlow<()>,
) {
    let way = Way {
        known: &|_: &Named| None,
        worth: &|_| true,
        take: &|all: &mut T, taken: &Taken<'_>| take(all, taken.article),
        join,
    };
    each_unknown(files, asked, what, &way, done);
}

/// The same for those files of which nothing is known beforehand.
pub(super) fn each_unknown<T: Default + Send>(
    files: &[Named],
    asked: &Asked,
    what: &str,
    way: &Way<
        '_,
        impl Fn(&Named) -> Option<T> + Sync,
        impl Fn(&mut T, &Taken<'_>) + Sync,
        impl Fn(&mut T, T) + Sync,
    >,
    mut done: impl FnMut(&Named, Outcome<T>) -> ControlFlow<()>,
) {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let next = Mutex::new(0usize);
    let (sender, receiver) = channel();
    let alone = files.len() == 1;
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let workers = if alone { 1 } else { cores.min(files.len()) };
        for _ in 0..workers {
            let (sender, next, over) = (sender.clone(), &next, &over);
            scope.spawn(move || {
                loop {
                    let index = {
                        let mut next = next.lock().unwrap_or_else(PoisonError::into_inner);
                        *next += 1;
                        *next - 1
                    };
                    let file = files.get(index);
                    let Some(file) = file.filter(|_| !over.load(Ordering::Relaxed)) else {
                        return;
                    };
                    let inner = if alone { cores } else { 1 };
                    let outcome = one(file, asked, inner, way, over);
                    if sender.send((index, outcome)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut progress = Progress::new(what, files.len());
        let (mut wanted, mut early) = (0, BTreeMap::new());
        loop {
            match receiver.recv_timeout(STEP) {
                Ok((index, outcome)) => {
                    early.insert(index, outcome);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            while let Some(outcome) = early.remove(&wanted) {
                // What is printed must not stand behind the bar.
                progress.clear();
                if let Some(file) = files.get(wanted)
                    && !over.load(Ordering::Relaxed)
                    && done(file, outcome).is_break()
                {
                    over.store(true, Ordering::Relaxed);
                }
                wanted += 1;
            }
            progress.tell(wanted + early.len());
        }
        progress.clear();
    });
}

fn one<T: Default + Send>(
    file: &Named,
    asked: &Asked,
    cores: usize,
    way: &Way<
        '_,
        impl Fn(&Named) -> Option<T> + Sync,
        impl Fn(&mut T, &Taken<'_>) + Sync,
        impl Fn(&mut T, T) + Sync,
    >,
    over: &AtomicBool,
) -> Outcome<T> {
    if let Some(made) = (way.known)(file) {
        return Outcome {
            made: Some(made),
            document: None,
            faults: Vec::new(),
        };
    }
    let document = match file.open(asked) {
        Ok(document) => document,
        Err(error) => {
            return Outcome {
                made: None,
                document: None,
                faults: vec![fault(&file.name(), error)],
            };
        }
    };
    let count = document.len();
    let part = count.div_ceil(cores).max(64);
    let starts: Vec<usize> = (0..count).step_by(part).collect();
    let read = |start: usize| {
        let mut made: Option<T> = None;
        let mut faults: Vec<Diagnostic> = Vec::new();
        for index in start..(start + part).min(count) {
            if over.load(Ordering::Relaxed) {
                break;
            }
            if !document.is_worth(index, &|bytes| (way.worth)(bytes)) {
                made.get_or_insert_default();
                continue;
            }
            match document.read(index) {
                Ok(article) => {
                    let taken = Taken {
                        article: &article,
                        document: &document,
                        index,
                    };
                    (way.take)(made.get_or_insert_default(), &taken);
                }
                Err(error) => faults.push(fault(&file.name(), error.into())),
            }
        }
        (made, faults)
    };
    let parts: Vec<(Option<T>, Vec<Diagnostic>)> = if starts.len() < 2 {
        starts.into_iter().map(read).collect()
    } else {
        std::thread::scope(|scope| {
            let read = &read;
            let threads: Vec<_> = starts
                .into_iter()
                .map(|start| scope.spawn(move || read(start)))
                .collect();
            // Counts without a part of the file would be wrong, and nobody would know.
            let ended = threads.into_iter().map(|thread| match thread.join() {
                Ok(part) => part,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            ended.collect()
        })
    };
    let (mut made, mut faults) = (None, Vec::new());
    for (part, wrong) in parts {
        faults.extend(wrong);
        match (&mut made, part) {
            (Some(made), Some(part)) => (way.join)(made, part),
            (None, Some(part)) => made = Some(part),
            (_, None) => {}
        }
    }
    Outcome {
        made,
        document: Some(document),
        faults,
    }
}

/// How far a command is, on standard error when that is a terminal.
pub(super) struct Progress {
    what: String,
    all: usize,
    start: Instant,
    last: Option<Instant>,
    /// Whether the bar stands on the line.
    stands: bool,
    /// Whether it made room for something else.
    left: bool,
    shows: bool,
}

impl Progress {
    pub(super) fn new(what: &str, all: usize) -> Self {
        Self {
            what: what.to_owned(),
            all,
            start: Instant::now(),
            last: None,
            stands: false,
            left: false,
            shows: io::stderr().is_terminal(),
        }
    }

    /// Tells that so many files are done, at times.
    pub(super) fn tell(&mut self, done: usize) {
        const CELLS: usize = 24;
        let now = Instant::now();
        let due = self.last.is_none_or(|last| now - last >= STEP) || self.left;
        if !self.shows || now - self.start < PATIENCE || !due {
            return;
        }
        self.last = Some(now);
        self.stands = true;
        self.left = false;
        let full = (CELLS * done).checked_div(self.all).unwrap_or(0);
        let bar = format!(
            "{}{}",
            "#".repeat(full),
            "-".repeat(CELLS.saturating_sub(full))
        );
        let (what, all) = (&self.what, self.all);
        let seconds = (now - self.start).as_secs();
        // As in `clear`.
        let _ = write!(
            io::stderr(),
            "\r{what} [{bar}] {done}/{all} files, {seconds} s\x1b[K"
        );
    }

    /// Takes the bar away, until it is told anew.
    pub(super) fn clear(&mut self) {
        if std::mem::take(&mut self.stands) {
            self.left = true;
            // The bar is a courtesy: a terminal that does not take it changes nothing.
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
