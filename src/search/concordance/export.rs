//! Lines and collocates as tables for other programs.
//!
//! TSV and CSV have a row of names at the top; LF ends a row. JSON is one array, a row of it an object on a line of its
//! own; JSON Lines are the objects alone. Nothing that could steer a
//! terminal is written: control characters become visible ones (in JSON they are written by number, so the value stays).
//! Sources: RFC 4180 for CSV's quoting; IANA's text/tab-separated-values has none, so a TAB in a field becomes a blank.

use std::io::{self, Write};

use serde::Serialize;

use super::{Collocate, Concordance, flat, rounded};
use crate::text::{passable_line, write_json};

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// Parted by TABs.
    Tsv,
    /// Parted by commas.
    Csv,
    /// One JSON array of objects.
    Json,
    /// One JSON object a line.
    JsonLines,
}

impl Form {
    /// The form of a file of that name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_lowercase().as_str() {
            "tsv" => Some(Self::Tsv),
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "jsonl" => Some(Self::JsonLines),
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

/// Writes the lines that are shown, in their order. As [`Form::Json`] they are a file of their own; in the other forms
/// those of several may follow each other.
///
/// # Errors
/// Those of `out`.
pub fn write_lines(out: &mut dyn Write, made: &Concordance, form: Form) -> io::Result<()> {
    let places = made.places();
    let mut array = Array::open(out, form)?;
    for (number, (line, column)) in places.into_iter().enumerate() {
        let Some((source, context)) = made.get(number) else {
            continue;
        };
        let (start, end) = (context.span.start(), context.span.end());
        if matches!(form, Form::Json | Form::JsonLines) {
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
            array.add(out, &shown)?;
            continue;
        }
        let numbers = [line as usize, column as usize, start, end].map(|n| n.to_string());
        let parts = [context.left, context.hit, context.right].map(flat);
        let texts = [&source.file, &source.title, &source.date];
        let fields = texts.into_iter().chain(&numbers).chain(&parts);
        row(out, fields.map(String::as_str), form)?;
    }
    array.close(out)
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
    let mut array = Array::open(out, form)?;
    for one in found {
        let Collocate {
            word,
            left,
            right,
            all,
            log_likelihood,
            mutual_information,
        } = one;
        if matches!(form, Form::Json | Form::JsonLines) {
            let counted = Counted {
                word,
                count: one.count(),
                left: *left,
                right: *right,
                all: *all,
                log_likelihood: *log_likelihood,
                mutual_information: *mutual_information,
            };
            array.add(out, &counted)?;
            continue;
        }
        let counts = [one.count(), *left, *right, *all].map(|n| n.to_string());
        let measures = [log_likelihood, mutual_information].map(|n| rounded(*n, 4));
        let fields = std::iter::once(word).chain(&counts).chain(&measures);
        row(out, fields.map(String::as_str), form)?;
    }
    array.close(out)
}

/// The objects of a file, each on a line; where that is an array, with what stands around and between them.
struct Array {
    is_one: bool,
    is_empty: bool,
}

impl Array {
    fn open(out: &mut dyn Write, form: Form) -> io::Result<Self> {
        let is_one = form == Form::Json;
        if is_one {
            out.write_all(b"[")?;
        }
        Ok(Self {
            is_one,
            is_empty: true,
        })
    }

    fn add(&mut self, out: &mut dyn Write, object: &impl Serialize) -> io::Result<()> {
        let is_first = std::mem::replace(&mut self.is_empty, false);
        if self.is_one {
            out.write_all(if is_first { b"\n" } else { b",\n" })?;
        }
        write_json(out, object)?;
        if self.is_one { Ok(()) } else { writeln!(out) }
    }

    fn close(self, out: &mut dyn Write) -> io::Result<()> {
        if self.is_one {
            out.write_all(if self.is_empty { b"]\n" } else { b"\n]\n" })?;
        }
        Ok(())
    }
}

fn head(out: &mut dyn Write, names: &[&str], form: Form) -> io::Result<()> {
    match form {
        Form::Json | Form::JsonLines => Ok(()),
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
