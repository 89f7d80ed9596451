//! `kanbao check`: everything that is wrong with files, where, and what to do.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;

use super::bulk::{self, each};
use super::options::ReadingArgs;
use super::sources::say;
use crate::article::{Diagnostic, Severity};
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

#[derive(Debug, Serialize)]
struct Problem<'a> {
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
    fn new(found: &'a Diagnostic) -> Self {
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
    let Ok(kinds) = bulk::kinds(explicit) else {
        return ExitCode::FAILURE;
    };
    let mut asked = args.reading.asked(true);
    asked.options.every = true;
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
    let make = |article: &crate::article::Article| article.diagnostics.clone();
    let join = |all: &mut Vec<Diagnostic>, one: Vec<Diagnostic>| all.extend(one);
    each(&files, &asked, "checking", &make, &join, |_, outcome| {
        if let Some(document) = outcome.document.as_ref().filter(|d| d.is_empty()) {
            told.all(document.found());
        }
        let mut found = outcome.made.unwrap_or_default();
        found.extend(outcome.faults);
        // Articles may lie scattered over a file.
        found.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        told.all(&found);
    });
    told.finish(files.len())
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

    fn one(&mut self, found: &Diagnostic) -> io::Result<()> {
        let first = self.errors + self.warnings == 0;
        match found.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
        }
        let problem = Problem::new(found);
        if self.json {
            let before = if first { "{\"problems\":[" } else { "," };
            self.out.write_all(before.as_bytes())?;
            serde_json::to_writer(&mut self.out, &problem)?;
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
        if !self.json {
            eprintln!("{files} files, {errors} errors, {warnings} warnings");
        }
        match written {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
            _ if errors > 0 => ExitCode::FAILURE,
            _ => ExitCode::SUCCESS,
        }
    }
}
