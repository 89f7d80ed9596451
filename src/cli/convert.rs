//! `kanbao convert`: articles from any format into another, telling what is lost.

mod write;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;

use super::bulk::{self, Progress, fault};
use super::json;
use super::options::ReadingArgs;
use super::sources::{ended, say};
use super::targets::{Names, Out, at, beside, name_of};
use crate::article::{Article, Severity};
use crate::desk::atomic::save;
use crate::format::{self, Document, Format, Losses, Scheme, WriteOptions};
use crate::library::{Asked, Named};

/// The arguments of `kanbao convert`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The format to write (kanbao formats lists them)
    #[arg(long, value_name = "FORMAT")]
    to: Format,
    /// Files and folders of annotated text; - is standard input, also without any
    pub(super) paths: Vec<PathBuf>,
    /// Where to write: a file, or a folder when it ends in / or is one, when a PATH is a folder and this has no ending,
    /// and when there are several files to write [default: standard output]
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Leave out what the format cannot carry; what goes is told
    #[arg(long)]
    lossy: bool,
    /// Write the normal form also where the format stays the same; else such files are copied as they are
    #[arg(long)]
    normal: bool,
    /// Tell in an object on standard output what was written and what was lost
    #[arg(long, requires = "output")]
    json: bool,
    /// How the column tags that are read mark mentions, where --scheme says how those that are written do
    #[arg(long, value_name = "SCHEME")]
    from_scheme: Option<Scheme>,
    #[command(flatten)]
    reading: ReadingArgs,
}

/// A file to be converted, and what it is called from where the search for it began, without ending.
struct Unit {
    named: Named,
    name: PathBuf,
}

/// What was done, as an object.
#[derive(Debug, Serialize)]
struct Report<'a> {
    to: String,
    /// Whether everything was written.
    done: bool,
    written: &'a [String],
    articles: usize,
    problems: usize,
    /// What the format cannot carry, as `docs/formats.md` names it, and how many of it.
    lost: BTreeMap<&'static str, usize>,
}

struct Converter<'a> {
    args: &'a Args,
    asked: Asked,
    options: WriteOptions,
    units: Vec<Unit>,
    sound: bool,
    /// What is wrong with the articles, in numbers.
    problems: usize,
    names: Names,
    /// What is to stand beside the one file that was written.
    beside: Vec<(String, Vec<u8>)>,
    /// The files that were written, and how many articles, if that is to be told.
    written: Vec<String>,
    articles: usize,
    progress: Progress,
}

/// Converts every path.
pub(super) fn run(args: &Args, explicit: Option<&Path>) -> ExitCode {
    let is_printed = args
        .output
        .as_deref()
        .is_none_or(|out| out == Path::new("-"));
    if args.json && is_printed {
        say(
            "error",
            "what --json tells is printed: give -o FILE or -o FOLDER/",
        );
        return ExitCode::from(2);
    }
    if args.to == Format::Brat && is_printed {
        say(
            "error",
            "brat is written as two files: give -o FILE.txt or -o FOLDER/",
        );
        return ExitCode::from(2);
    }
    let Some(kinds) = bulk::kinds(explicit) else {
        return nothing(args);
    };
    let mut asked = args.reading.asked(false);
    asked.options.kinds = kinds;
    // A scheme is that of what is written where that has one.
    let mut scheme = None;
    if args.to.has_schemes() {
        scheme = asked.options.scheme.take();
    }
    asked.options.scheme = args.from_scheme.or(asked.options.scheme);
    let (files, wrong) = bulk::files(&args.paths, &asked);
    let mut sound = true;
    for diagnostic in &wrong {
        sound &= diagnostic.severity != Severity::Error;
        say(diagnostic.severity.name(), &diagnostic.bare());
    }
    if files.is_empty() {
        return nothing(args);
    }
    let units: Vec<Unit> = files
        .into_iter()
        .map(|named| Unit {
            name: name_of(&named, &args.paths),
            named,
        })
        .collect();
    let mut converter = Converter {
        args,
        asked,
        options: WriteOptions {
            scheme,
            named: false,
        },
        progress: Progress::new("converting", units.len()),
        units,
        sound,
        problems: 0,
        names: Names::default(),
        beside: Vec::new(),
        written: Vec::new(),
        articles: 0,
    };
    let done = converter.convert().and_then(|lost| converter.report(lost));
    converter.progress.clear();
    match done {
        Ok(true) if converter.sound => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            say("error", &error.to_string());
            ExitCode::FAILURE
        }
    }
}

/// The end where nothing can be read, and why was said: programs are told that nothing was done.
fn nothing(args: &Args) -> ExitCode {
    if args.json {
        let report = Report {
            to: args.to.to_string(),
            done: false,
            written: &[],
            articles: 0,
            problems: 0,
            lost: BTreeMap::new(),
        };
        if let Err(error) = report.print() {
            return ended(Err(error));
        }
    }
    ExitCode::FAILURE
}

impl Report<'_> {
    /// Prints it on a line of its own.
    fn print(&self) -> io::Result<()> {
        let mut out = io::stdout().lock();
        json::write(&mut out, self)?;
        writeln!(out)
    }
}

/// How much is wrong with an article, as `check` counts it.
fn problems(article: &Article) -> usize {
    let times = article.diagnostics.iter().map(|found| found.times as usize);
    times.sum()
}

impl Converter<'_> {
    /// Whether all was written, and what was lost; where nothing was written, what would be.
    fn convert(&mut self) -> io::Result<(bool, Losses)> {
        let out = match self.out() {
            Ok(out) => out,
            Err(said) => {
                say("error", &said);
                return Ok((false, Losses::default()));
            }
        };
        if !self.args.lossy {
            let losses = self.losses();
            if !losses.is_empty() {
                return Ok((false, losses));
            }
        }
        let mut losses = Losses::default();
        match out {
            Out::Printed => {
                let mut out = BufWriter::new(io::stdout().lock());
                self.all(&mut out, &mut losses)?;
                out.flush()?;
            }
            Out::File(path) => {
                if !self.put(&path, |this, out| this.all(out, &mut losses))? {
                    return Ok((false, losses));
                }
                for (ending, text) in std::mem::take(&mut self.beside) {
                    self.put(&beside(&path, &ending), |_, out| out.write_all(&text))?;
                }
            }
            Out::Folder(folder) => self.folder(&folder, &mut losses)?,
        }
        if !losses.is_empty() {
            let to = self.args.to;
            self.progress.clear();
            say(
                "warning",
                &format!("{to} cannot carry what was left out: {losses}"),
            );
        }
        if self.problems > 0 {
            let said = format!(
                "{} problems in what was read; kanbao check tells them",
                self.problems
            );
            say("warning", &said);
        }
        Ok((true, losses))
    }

    /// Tells what was done, where that is asked for; whether all was.
    fn report(&mut self, (done, lost): (bool, Losses)) -> io::Result<bool> {
        if self.args.json {
            let report = Report {
                to: self.args.to.to_string(),
                done: done && self.sound,
                written: &self.written,
                articles: self.articles,
                problems: self.problems,
                lost: lost.iter().map(|(f, n)| (f.name(), n)).collect(),
            };
            report.print()?;
        }
        Ok(done)
    }

    /// Where to write, or why that is no place for it.
    fn out(&self) -> Result<Out, String> {
        let to = self.args.to;
        let many = format::joined(to).is_some();
        // Several articles need several files where a file has but one.
        // What is copied stays one file.
        let is_one = |d: Document| d.len() == 1 || self.is_copied(&d);
        let only = (self.units.len() == 1).then(|| self.units[0].named.open(&self.asked));
        let alone = many || only.is_some_and(|opened| opened.map_or(true, is_one));
        let path = match &self.args.output {
            Some(path) if path != Path::new("-") => path.clone(),
            _ if alone => return Ok(Out::Printed),
            _ => {
                return Err(format!(
                    "{to} is written one article a file, and there are several: give a folder with -o FOLDER/"
                ));
            }
        };
        let is_folder = |path: &PathBuf| path.is_dir();
        let slash = path
            .to_string_lossy()
            .ends_with(['/', std::path::MAIN_SEPARATOR]);
        let bare = path.extension().is_none();
        let from_folder = bare && self.args.paths.iter().any(is_folder);
        if path.is_dir() || slash || from_folder || (bare && !many) || !alone {
            return Ok(Out::Folder(path));
        }
        Ok(Out::File(path))
    }

    /// Whether a file that is to be written is one of those that are read; says so.
    fn is_input(&self, path: &Path) -> bool {
        let Ok(real) = fs::canonicalize(path) else {
            return false;
        };
        let mut files = self.units.iter().flat_map(|unit| match &unit.named {
            Named::Place(place) => place.files().collect(),
            Named::Held(_) => Vec::new(),
        });
        let same = files.any(|file| fs::canonicalize(file).is_ok_and(|file| file == real));
        if same {
            let shown = path.display();
            say(
                "error",
                &format!("{shown}: it is read from, so it is not written over; give another -o"),
            );
        }
        same
    }

    /// Puts a file in its place. False, which is a failure, when it is one of those that are read.
    fn put(
        &mut self,
        path: &Path,
        write: impl FnOnce(&mut Self, &mut dyn Write) -> io::Result<()>,
    ) -> io::Result<bool> {
        if self.is_input(path) {
            self.sound = false;
            return Ok(false);
        }
        save(path, |out| write(self, out)).map_err(|error| at(path, &error))?;
        self.written.push(path.display().to_string());
        Ok(true)
    }

    /// Whether files of this format are taken over byte for byte.
    fn is_copied(&self, document: &Document) -> bool {
        document.format() == self.args.to && self.is_same()
    }

    /// Whether nothing is asked for that makes files of the same format others.
    fn is_same(&self) -> bool {
        !self.args.normal && self.options.scheme.is_none()
    }

    /// Goes through all articles once to see what would be lost, and says it.
    fn losses(&mut self) -> Losses {
        let (mut losses, mut first) = (Losses::default(), None);
        for index in 0..self.units.len() {
            let Some(document) = self.open(index, false) else {
                continue;
            };
            if self.is_copied(&document) {
                continue;
            }
            for number in 0..document.len() {
                let Ok(article) = document.read(number) else {
                    continue;
                };
                let (_, lost) = format::write(self.args.to, &article, &self.options);
                if !lost.is_empty() && first.is_none() {
                    first = Some(format!(
                        "{} ({})",
                        self.units[index].named.name(),
                        article.meta.name
                    ));
                }
                losses.join(&lost);
            }
            self.progress.tell(index);
        }
        let Some(first) = first else { return losses };
        let to = self.args.to;
        let said = format!(
            "{to} cannot carry {losses}, first in {first}; nothing was written: give --lossy to leave that out"
        );
        say("error", &said);
        losses
    }

    /// Opens a file; what is wrong with it is said when `tell` is set.
    fn open(&mut self, index: usize, tell: bool) -> Option<Document> {
        let unit = self.units.get(index)?;
        match unit.named.open(&self.asked) {
            Ok(document) => Some(document),
            Err(error) => {
                self.sound = false;
                if tell {
                    say("error", &fault(&unit.named.name(), error).bare());
                }
                None
            }
        }
    }
}
