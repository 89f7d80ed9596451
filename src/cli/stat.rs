//! `kanbao stat`: what files hold, counted.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;

use super::bulk::{self, each};
use super::options::ReadingArgs;
use super::sources::{ended, say};
use crate::article::Severity;
use crate::format::Stat;
use crate::text::printable_line;

/// The arguments of `kanbao stat`.
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

/// The counts of a file.
#[derive(Debug, Serialize)]
struct Counted {
    file: String,
    format: Option<&'static str>,
    /// Why it is taken for that.
    reason: &'static str,
    encoding: Option<&'static str>,
    /// How sure the encoding is.
    certainty: Option<&'static str>,
    #[serde(flatten)]
    stat: Stat,
}

/// The counts of everything.
#[derive(Debug, Default, Serialize)]
struct Table {
    #[serde(flatten)]
    total: Stat,
    formats: BTreeMap<&'static str, Stat>,
    files: Vec<Counted>,
}

/// Counts every path.
pub(super) fn run(args: &Args, explicit: Option<&Path>) -> ExitCode {
    let Some(kinds) = bulk::kinds(explicit) else {
        return ExitCode::FAILURE;
    };
    let mut asked = args.reading.asked(false);
    asked.options.every = true;
    asked.options.apart = true;
    asked.options.kinds = kinds;
    let (files, wrong) = bulk::files(&args.paths, &asked);
    let mut sound = true;
    for diagnostic in &wrong {
        sound &= diagnostic.severity != Severity::Error;
        say(diagnostic.severity.name(), &diagnostic.bare());
    }
    let mut table = Table::default();
    let join = |all: &mut Stat, one: Stat| all.join(&one);
    each(
        &files,
        &asked,
        "counting",
        &Stat::count,
        &join,
        |file, outcome| {
            let mut stat = outcome.made.unwrap_or_default();
            for fault in &outcome.faults {
                say(fault.severity.name(), &fault.bare());
                sound = false;
            }
            stat.add_problems(&outcome.faults);
            let document = outcome.document.as_ref();
            if let Some(document) = document.filter(|d| d.is_empty()) {
                stat.add_problems(document.found());
            }
            let format = document.map(|d| d.format().name());
            table.total.join(&stat);
            if let Some(format) = format {
                table.formats.entry(format).or_default().join(&stat);
            }
            table.files.push(Counted {
                file: file.name(),
                format,
                reason: file.reason(),
                encoding: document.map(|d| d.encoding().encoding.name()),
                certainty: document.map(|d| d.encoding().certainty.name()),
                stat,
            });
            ControlFlow::Continue(())
        },
    );
    let printed = if args.json {
        json(&table)
    } else {
        plain(&table)
    };
    ended(printed.map(|()| sound))
}

fn json(table: &Table) -> io::Result<()> {
    let mut out = io::stdout().lock();
    super::json::write(&mut out, table)?;
    writeln!(out)
}

/// A table for people: a row a file, one a format, and the total; then labels, kinds and problems.
fn plain(table: &Table) -> io::Result<()> {
    let head = [
        "articles",
        "chars",
        "blocks",
        "mentions",
        "entities",
        "relations",
        "events",
        "attributes",
        "notes",
        "discont.",
        "nested",
        "overlap.",
        "unplaced",
        "problems",
    ];
    let counts = |stat: &Stat| {
        [
            stat.articles,
            stat.chars,
            stat.blocks,
            stat.mentions,
            stat.entities,
            stat.relations,
            stat.events,
            stat.attributes,
            stat.notes,
            stat.discontinuous,
            stat.nested,
            stat.overlapping,
            stat.unplaced,
            stat.problems.values().sum(),
        ]
        .map(|n| n.to_string())
    };
    let files = table.files.iter().map(|counted| {
        let format = counted.format.unwrap_or("-");
        let name = printable_line(&counted.file);
        (counts(&counted.stat), format.to_owned(), name)
    });
    let mut rows: Vec<([String; 14], String, String)> = files.collect();
    if table.files.len() > 1 {
        for (format, stat) in &table.formats {
            rows.push((counts(stat), (*format).to_owned(), "all of it".to_owned()));
        }
        rows.push((counts(&table.total), "total".to_owned(), String::new()));
    }
    let mut widths = head.map(str::len);
    for (numbers, _, _) in &rows {
        for (width, number) in widths.iter_mut().zip(numbers) {
            *width = (*width).max(number.len());
        }
    }
    let mut out = io::stdout().lock();
    for (word, width) in head.iter().zip(widths) {
        write!(out, "{word:>width$} ")?;
    }
    writeln!(out, " format")?;
    for (numbers, format, name) in &rows {
        for (number, width) in numbers.iter().zip(widths) {
            write!(out, "{number:>width$} ")?;
        }
        writeln!(out, " {format:<13} {name}")?;
    }
    for (what, counts) in [
        ("labels", &table.total.labels),
        ("kinds", &table.total.kinds),
        ("problems", &table.total.problems),
    ] {
        if counts.is_empty() {
            continue;
        }
        writeln!(out, "\n{what}")?;
        let mut sorted: Vec<_> = counts.iter().collect();
        sorted.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), *name));
        for (name, count) in sorted {
            writeln!(out, "{count:>9}  {}", printable_line(name))?;
        }
    }
    Ok(())
}
