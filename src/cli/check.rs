//! `kanbao check`: everything that is wrong with files, where, and what to do.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;

use super::bulk::{self, each};
use super::json;
use super::options::ReadingArgs;
use super::sources::{say, unwritten};
use crate::article::{Article, Diagnostic, Severity};
use crate::format::MOST_FAULTS;
use crate::text::printable_line;

/// The arguments of `kanbao check`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files and folders of annotated text; - is standard input, also without any
    pub(super) paths: Vec<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reading: ReadingArgs,
}

/// A diagnostic as an object.
#[derive(Debug, Serialize)]
pub(super) struct Problem<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    remedy: &'a str,
}

impl<'a> Problem<'a> {
    /// What is about a file as a whole is told of its first character.
    pub(super) fn new(found: &'a Diagnostic) -> Self {
        Self {
            file: &found.file,
            line: found.line.max(1),
            column: found.column.max(1),
            severity: found.severity.name(),
            code: found.code,
            message: &found.message,
            remedy: &found.remedy,
        }
    }
}

/// Checks every path. Done without an error: 0, else 1; warnings are no errors.
pub(super) fn run(args: &Args, explicit: Option<&Path>) -> ExitCode {
    let Some(kinds) = bulk::kinds(explicit) else {
        return ExitCode::FAILURE;
    };
    let mut asked = args.reading.asked(true);
    asked.options.every = true;
    asked.options.apart = true;
    asked.options.kinds = kinds;
    let (files, wrong) = bulk::files(&args.paths, &asked);
    let mut told = Told::new(args.json);
    // What was passed over is no fault of what is checked.
    let (passed, wrong): (Vec<Diagnostic>, Vec<Diagnostic>) = wrong
        .into_iter()
        .partition(|found| found.severity == Severity::Warning);
    for diagnostic in &passed {
        say(diagnostic.severity.name(), &diagnostic.bare());
    }
    told.all(&wrong);
    let take = |all: &mut Gathered, article: &Article| {
        article
            .diagnostics
            .iter()
            .cloned()
            .for_each(|one| all.add(one));
    };
    let join = |all: &mut Gathered, one: Gathered| all.join(one);
    each(&files, &asked, "checking", &take, &join, |_, outcome| {
        if let Some(document) = outcome.document.as_ref().filter(|d| d.is_empty()) {
            told.all(document.found());
        }
        let mut gathered = outcome.made.unwrap_or_default();
        gathered.join(Gathered::from(outcome.faults));
        let Gathered {
            mut found, more, ..
        } = gathered;
        // Articles may lie scattered over a file.
        found.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        told.all(&found);
        for (_, mut summed) in more {
            summed.message = format!("{} more of this sort in the file", summed.times);
            told.all(&[summed]);
        }
        told.goes_on()
    });
    told.finish(files.len())
}

/// The faults of a file of many articles; those of a sort without end are counted, and not kept.
#[derive(Default)]
struct Gathered {
    found: Vec<Diagnostic>,
    counts: BTreeMap<&'static str, u32>,
    /// What sums up those of a sort that are not kept.
    more: BTreeMap<&'static str, Diagnostic>,
}

impl From<Vec<Diagnostic>> for Gathered {
    fn from(all: Vec<Diagnostic>) -> Self {
        let mut gathered = Self::default();
        all.into_iter().for_each(|one| gathered.add(one));
        gathered
    }
}

impl Gathered {
    fn add(&mut self, one: Diagnostic) {
        let count = self.counts.entry(one.code).or_insert(0);
        *count += 1;
        if *count <= MOST_FAULTS {
            self.found.push(one);
        } else {
            self.sum_up(one);
        }
    }

    fn sum_up(&mut self, one: Diagnostic) {
        match self.more.get_mut(one.code) {
            Some(summed) => summed.times = summed.times.saturating_add(one.times),
            None => {
                let summed = Diagnostic {
                    line: 0,
                    column: 0,
                    ..one
                };
                self.more.insert(summed.code, summed);
            }
        }
    }

    fn join(&mut self, other: Self) {
        other.found.into_iter().for_each(|one| self.add(one));
        for summed in other.more.into_values() {
            self.sum_up(summed);
        }
    }
}

/// What was told so far.
struct Told {
    out: BufWriter<io::Stdout>,
    json: bool,
    errors: usize,
    warnings: usize,
    failed: Option<io::Error>,
}

impl Told {
    fn new(json: bool) -> Self {
        Self {
            out: BufWriter::new(io::stdout()),
            json,
            errors: 0,
            warnings: 0,
            failed: None,
        }
    }

    fn all(&mut self, found: &[Diagnostic]) {
        for diagnostic in found {
            if self.failed.is_none()
                && let Err(error) = self.one(diagnostic)
            {
                self.failed = Some(error);
            }
        }
    }

    /// Nothing more is read once nobody takes what is told.
    const fn goes_on(&self) -> ControlFlow<()> {
        match self.failed {
            Some(_) => ControlFlow::Break(()),
            None => ControlFlow::Continue(()),
        }
    }

    fn one(&mut self, found: &Diagnostic) -> io::Result<()> {
        let first = self.errors + self.warnings == 0;
        match found.severity {
            Severity::Error => self.errors += found.times as usize,
            Severity::Warning => self.warnings += found.times as usize,
        }
        let problem = Problem::new(found);
        if self.json {
            let before = if first { "{\"problems\":[" } else { "," };
            self.out.write_all(before.as_bytes())?;
            json::write(&mut self.out, &problem)?;
            return Ok(());
        }
        let Problem {
            file,
            line,
            column,
            severity,
            code,
            message,
            remedy,
        } = problem;
        let remedy = match remedy {
            "" => String::new(),
            remedy => format!("; {remedy}"),
        };
        let said = format!("{file}:{line}:{column}: {severity}[{code}]: {message}{remedy}");
        writeln!(self.out, "{}", printable_line(&said))
    }

    fn finish(mut self, files: usize) -> ExitCode {
        let (errors, warnings) = (self.errors, self.warnings);
        let end = if self.json {
            let before = if errors + warnings == 0 {
                "{\"problems\":["
            } else {
                ""
            };
            format!("{before}],\"files\":{files},\"errors\":{errors},\"warnings\":{warnings}}}\n")
        } else {
            String::new()
        };
        let written = match self.failed.take() {
            Some(error) => Err(error),
            None => self
                .out
                .write_all(end.as_bytes())
                .and_then(|()| self.out.flush()),
        };
        if let Err(error) = &written {
            // Nobody took all of it, and not all was looked at: there is nothing to sum up, nor to call sound.
            if error.kind() != io::ErrorKind::BrokenPipe {
                unwritten(error);
            }
            return ExitCode::FAILURE;
        }
        if !self.json {
            let told = [
                counted(files, "file"),
                counted(errors, "error"),
                counted(warnings, "warning"),
            ];
            eprintln!("{}", told.join(", "));
        }
        match errors {
            0 => ExitCode::SUCCESS,
            _ => ExitCode::FAILURE,
        }
    }
}

/// `1 file`, `2 files`.
fn counted(count: usize, what: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {what}{s}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_without_end_are_counted() {
        let fault = |line: u32| Diagnostic {
            line,
            ..bulk::unreadable(Severity::Error, "a.jsonl", "no record".to_owned())
        };
        let mut all = Gathered::default();
        for part in 0..3 {
            let lines = (0..MOST_FAULTS).map(|line| fault(part * MOST_FAULTS + line));
            all.join(Gathered::from(lines.collect::<Vec<_>>()));
        }
        assert_eq!(all.found.len(), MOST_FAULTS as usize);
        let summed: Vec<u32> = all.more.values().map(|summed| summed.times).collect();
        assert_eq!(summed, [2 * MOST_FAULTS]);
    }
}
