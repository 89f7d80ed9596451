//! Lines and collocates as tables for other programs.
//!
//! TSV and CSV have a row of names at the top; LF ends a row. JSON is one object a line. Nothing that could steer a
//! terminal is written: control characters become visible ones (in JSON they are written by number, so the value stays).
//! Sources: RFC 4180 for CSV's quoting; IANA's text/tab-separated-values has none, so a TAB in a field becomes a blank.

use std::io::{self, Write};

use serde::Serialize;

use super::{Collocate, Concordance, flat};
use crate::text::{passable_line, write_json};

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// Parted by TABs.
    Tsv,
    /// Parted by commas.
    Csv,
    /// One JSON object a line.
    Json,
}

impl Form {
    /// The form of a file of that name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_lowercase().as_str() {
            "tsv" => Some(Self::Tsv),
            "csv" => Some(Self::Csv),
            "json" | "jsonl" => Some(Self::Json),
            _ => None,
        }
    }
}

/// A line as an object.
#[derive(Debug, Serialize)]
struct Shown<'a> {
    file: &'a str,
    title: &'a str,
    date: &'a str,
    /// Of the article's text, from 1.
    line: u32,
    /// UTF-8 bytes of the line, from 1.
    column: u32,
    /// UTF-8 bytes of the article's text.
    start: usize,
    end: usize,
    left: &'a str,
    hit: &'a str,
    right: &'a str,
}

/// A collocate as an object.
#[derive(Debug, Serialize)]
struct Counted<'a> {
    word: &'a str,
    count: u64,
    left: u64,
    right: u64,
    all: u64,
    log_likelihood: f64,
    mutual_information: f64,
}

/// Writes the names of the columns of lines, where the form has such a row.
///
/// # Errors
/// Those of `out`.
pub fn write_line_names(out: &mut dyn Write, form: Form) -> io::Result<()> {
    let names = [
        "file", "title", "date", "line", "column", "start", "end", "left", "hit", "right",
    ];
    head(out, &names, form)
}

/// Writes the lines that are shown, in their order.
///
/// # Errors
/// Those of `out`.
pub fn write_lines(out: &mut dyn Write, made: &Concordance, form: Form) -> io::Result<()> {
    let places = made.places();
    for (number, (line, column)) in places.into_iter().enumerate() {
        let Some((source, context)) = made.get(number) else {
            continue;
        };
        let (start, end) = (context.span.start(), context.span.end());
        if form == Form::Json {
            let shown = Shown {
                file: &source.file,
                title: &source.title,
                date: &source.date,
                line,
                column,
                start,
                end,
                left: context.left,
                hit: context.hit,
                right: context.right,
            };
            write_json(out, &shown)?;
            writeln!(out)?;
            continue;
        }
        let numbers = [line as usize, column as usize, start, end].map(|n| n.to_string());
        let parts = [context.left, context.hit, context.right].map(flat);
        let texts = [&source.file, &source.title, &source.date];
        let fields = texts.into_iter().chain(&numbers).chain(&parts);
        row(out, fields.map(String::as_str), form)?;
    }
    Ok(())
}

/// Writes collocates, below the names of their columns.
///
/// # Errors
/// Those of `out`.
pub fn write_collocates(out: &mut dyn Write, found: &[Collocate], form: Form) -> io::Result<()> {
    let names = [
        "word",
        "count",
        "left",
        "right",
        "all",
        "log_likelihood",
        "mutual_information",
    ];
    head(out, &names, form)?;
    for one in found {
        let Collocate {
            word,
            left,
            right,
            all,
            log_likelihood,
            mutual_information,
        } = one;
        if form == Form::Json {
            let counted = Counted {
                word,
                count: one.count(),
                left: *left,
                right: *right,
                all: *all,
                log_likelihood: *log_likelihood,
                mutual_information: *mutual_information,
            };
            write_json(out, &counted)?;
            writeln!(out)?;
            continue;
        }
        let counts = [one.count(), *left, *right, *all].map(|n| n.to_string());
        let measures = [log_likelihood, mutual_information].map(|n| format!("{n:.4}"));
        let fields = std::iter::once(word).chain(&counts).chain(&measures);
        row(out, fields.map(String::as_str), form)?;
    }
    Ok(())
}

fn head(out: &mut dyn Write, names: &[&str], form: Form) -> io::Result<()> {
    match form {
        Form::Json => Ok(()),
        Form::Tsv | Form::Csv => row(out, names.iter().copied(), form),
    }
}

fn row<'a>(
    out: &mut dyn Write,
    fields: impl Iterator<Item = &'a str>,
    form: Form,
) -> io::Result<()> {
    for (n, field) in fields.enumerate() {
        if n > 0 {
            out.write_all(if form == Form::Tsv { b"\t" } else { b"," })?;
        }
        // No line end, TAB or other control is left in it.
        let field = passable_line(field);
        if form == Form::Csv && field.contains([',', '"']) {
            write!(out, "\"{}\"", field.replace('"', "\"\""))?;
        } else {
            out.write_all(field.as_bytes())?;
        }
    }
    writeln!(out)
}
