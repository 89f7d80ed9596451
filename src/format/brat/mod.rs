//! brat standoff: a text and an `.ann` file of lines over it, or several such files: the `.a1`, `.a2` and so on of a BioNLP
//! shared task, which are joined ([`File::join`]).
//!
//! `lines` parses the lines, `annotate` makes annotations of it all, `write` writes them.
//!
//! Offsets count the code points of the text file as it is, as brat itself does: a byte order mark is one, CR LF are
//! two, a run of undecodable bytes is one; unless the quotations say otherwise. Blocks and title are those of plain
//! text.

mod annotate;
mod conf;
mod groups;
mod keep;
mod lines;
mod mentions;
mod write;

use super::code::Code;
use super::count::{Counting, Scale, Trial, Unit};
use super::entry::{Entry, Look, ReadOptions, Reader, Sign, Writer};
use super::loss::Feature;
use super::plain;
use super::read::{File, Files, ReadError};
use super::report::Report;
use crate::article::{Article, Meta};

pub use conf::types;

/// brat standoff.
pub(super) const ENTRY: Entry = Entry {
    name: "brat",
    about: "brat standoff: a .txt and an .ann beside it, or the .a1 and .a2 of a BioNLP shared task",
    detect,
    reader: Reader::One(read_files),
    writer: Writer {
        ending: "txt",
        joined: None,
        write: write::write,
    },
    carries: &[
        Feature::Edges,
        Feature::Lines,
        Feature::Spaces,
        Feature::Name,
        Feature::Mentions,
        Feature::Nested,
        Feature::Crossing,
        Feature::Equal,
        Feature::Discontinuous,
        Feature::SubToken,
        Feature::Ids,
        Feature::Entities,
        Feature::Links,
        Feature::Relations,
        Feature::Roled,
        Feature::Events,
        Feature::Attributes,
        Feature::Notes,
        Feature::Unplaced,
        Feature::Verbatim,
        Feature::Controls,
    ],
    partly: &[],
    codes: &[
        Code::UNDECODABLE,
        Code::ENCODING,
        Code::MALFORMED,
        Code::STRAY,
        Code::OFFSET_RANGE,
        Code::OFFSET_BAD,
        Code::OFFSET_CLUSTER,
        Code::OFFSET_UNIT,
        Code::RE_ANCHORED,
        Code::QUOTE_DIFFERS,
        Code::QUOTE_MISSING,
        Code::DUPLICATE_ID,
        Code::DANGLING,
        Code::CYCLE,
        Code::TRIGGER,
        Code::GROUP_MEMBER,
        Code::UNKNOWN_LABEL,
    ],
};

/// How brat itself counts: every code point of the text file as it is.
pub(super) const COUNTING: Counting = Counting {
    unit: Unit::CodePoints,
    inclusive: false,
    crlf: true,
    bom: true,
};

fn detect(look: &Look<'_>) -> Option<Sign> {
    let reason = match look.ending().as_str() {
        "ann" => "its name ends in .ann",
        "a1" => "its name ends in .a1",
        "a2" => "its name ends in .a2",
        _ => return None,
    };
    let first = look.start.lines().find(|line| !line.trim().is_empty());
    // What begins otherwise may be of another format that is called so.
    let is_brat = first.is_none_or(|line| {
        line.starts_with(['T', 'E', 'R', 'A', 'M', 'N', '#', '*']) && line.contains(['\t', ' '])
    });
    if is_brat {
        return Some(Sign::certain(reason));
    }
    (look.ending() == "ann").then_some(Sign::guess(reason))
}

fn read_files(files: Files, options: &ReadOptions) -> Result<Article, ReadError> {
    match files.annotations {
        Some(annotations) => read(files.main, &annotations, options),
        None => Err(ReadError::whole(
            &files.main.name,
            "brat annotations stand in an .ann file beside the text, and there is none",
            "add it, or read the text with --format text",
        )),
    }
}

/// Reads a text and its annotations.
fn read(main: File, annotations: &File, options: &ReadOptions) -> Result<Article, ReadError> {
    let mut of_text = Report::of(&main.name, options);
    of_text.undecodable(&main.decoded);
    let mut report = Report::of(&annotations.name, options);
    report.undecodable(&annotations.decoded);
    let lines = lines::parse(&annotations.decoded.text, &mut report);
    let counting = options
        .offsets
        .unwrap_or_else(|| settle(&main, &lines, &mut report));
    let scale = Scale::of_file(&main.decoded, counting);
    let (name, base) = (main.stem().to_owned(), main.base().to_owned());
    let text =
        plain::blocks(main.decoded.text).map_err(|error| ReadError::too_long(&main.name, error))?;
    let source = annotate::Source {
        name: annotations.base(),
        text: &annotations.decoded.text,
        scale: &scale,
        options,
    };
    let made = annotate::annotate(&source, &lines, &text, &mut report);
    let mut diagnostics = of_text.finish();
    let mut of_lines = report.finish();
    annotations.own_places(&mut of_lines);
    diagnostics.extend(of_lines);
    Ok(Article {
        meta: Meta {
            title: plain::title(&text).unwrap_or(&base).to_owned(),
            name,
            ..Meta::default()
        },
        text,
        annotations: made,
        diagnostics,
        form: main.decoded.form,
    })
}

/// The way to count under which most quotations are what the text has.
fn settle(main: &File, lines: &[lines::Line<'_>], report: &mut Report) -> Counting {
    let quoted = lines::quoted(lines);
    let mut trial = Trial::default();
    trial.add(&main.decoded.text, Some(&main.decoded), quoted);
    let settled = trial.settle(COUNTING);
    report.counted(settled, COUNTING);
    settled.counting
}

#[cfg(test)]
mod tests;
