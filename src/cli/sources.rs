//! What the arguments name: files, folders, standard input, the config's library, the bundled articles.

use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use crate::article::Severity;
use crate::config::{self, Config};
use crate::library::{Asked, Library};
use crate::text::{printable, printable_line};

/// A library, and what could not be taken into it.
#[derive(Debug, Default)]
pub(super) struct Sources {
    pub(super) library: Library,
    /// How bad and what, in one line each.
    pub(super) complaints: Vec<(Severity, String)>,
}

impl Sources {
    /// The articles of the paths; `-` is standard input. Without a path: standard input when it is no terminal, else
    /// the config's library, else the bundled articles.
    pub(super) fn open(paths: &[PathBuf], asked: &Asked, config: &Config) -> Self {
        while_looking(asked, || Self::of(paths, asked, config))
    }

    fn of(paths: &[PathBuf], asked: &Asked, config: &Config) -> Self {
        let mut sources = Self::default();
        if !paths.is_empty() {
            let is_input = |path: &PathBuf| path == Path::new("-");
            for part in paths.chunk_by(|a, b| !is_input(a) && !is_input(b)) {
                sources.add(part, asked);
            }
        } else if !io::stdin().is_terminal() {
            sources.add(&[PathBuf::from("-")], asked);
        } else if let Some(library) = &config.library {
            sources.add(std::slice::from_ref(library), asked);
        } else {
            sources.library = Library::bundled();
        }
        sources
    }

    fn add(&mut self, paths: &[PathBuf], asked: &Asked) {
        if paths == [Path::new("-")] {
            let mut bytes = Vec::new();
            match io::stdin().lock().read_to_end(&mut bytes) {
                Ok(_) => {
                    let input = Library::from_bytes("standard input", &bytes, asked);
                    self.library.append(input);
                }
                Err(error) => self
                    .complaints
                    .push((Severity::Error, format!("standard input: {error}"))),
            }
            return;
        }
        let (library, complaints) = Library::open(paths, asked);
        self.library.append(library);
        let complaints = complaints.into_iter().map(|c| (c.severity, c.message));
        self.complaints.extend(complaints);
    }

    /// Whether everything that was asked for is there.
    pub(super) fn is_sound(&self) -> bool {
        self.complaints.iter().all(|(s, _)| *s != Severity::Error)
    }
}

/// So long nobody is told how far the looking is.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often it is told then.
const STEP: Duration = Duration::from_millis(200);

/// Tells on standard error, when that is a terminal, how many files were looked at while `look` takes its time.
pub(super) fn while_looking<T>(asked: &Asked, look: impl FnOnce() -> T) -> T {
    if !io::stderr().is_terminal() {
        return look();
    }
    std::thread::scope(|scope| {
        let (over, is_over) = channel::<()>();
        scope.spawn(move || {
            let mut wait = PATIENCE;
            let mut stands = false;
            // It ends with the other end.
            while is_over.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                wait = STEP;
                let seen = asked.seen.load(Ordering::Relaxed);
                if seen > 0 {
                    stands = true;
                    eprint!("\rlooking at files: {seen}; Ctrl-C gives up\x1b[K");
                }
            }
            if stands {
                eprint!("\r\x1b[K");
            }
        });
        let looked = look();
        drop(over);
        looked
    })
}

/// One line on standard error.
pub(super) fn say(level: &str, message: &str) {
    eprintln!("{level}: {}", printable_line(message));
}

/// The settings; what is wrong with them is said. Nothing when the file cannot be read at all.
pub(super) fn settings(explicit: Option<&Path>) -> Option<Config> {
    match config::load(explicit) {
        Ok((config, problems, _)) => {
            for problem in &problems {
                eprintln!("{}", problem.rendered.trim_end());
            }
            Some(config)
        }
        Err(error) => {
            eprintln!("error: {}", printable(&error.to_string()));
            None
        }
    }
}

/// The end of a command that printed to standard output: whether all went well, or why it could not be written.
pub(super) fn ended(printed: io::Result<bool>) -> ExitCode {
    match printed {
        Ok(true) => ExitCode::SUCCESS,
        // Whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            unwritten(&error);
            ExitCode::FAILURE
        }
    }
}

/// Says that standard output takes nothing.
pub(super) fn unwritten(error: &io::Error) {
    say(
        "error",
        &format!("cannot write to standard output: {error}"),
    );
}
