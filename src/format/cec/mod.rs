//! Event XML of the Chinese Emergency Corpus (CEC): news with events, their parts and relations between them.
//!
//! `read` follows the elements, `ties` resolves the ids and ranges of ids in relations, `annotate` makes annotations,
//! `shape` says which events and mentions can be elements within one another; `write` writes, with `sentences` and `relate`.
//!
//! Title, report time and paragraphs are the lines of the text; white space beside a tag is layout. An event's parts
//! are mentions and its arguments, in the role of their element's name; its trigger is its first `Denoter`, whose type
//! is the event's label (`Event` without one). An event in another is its argument.
//!
//! The normal form has one element a line, in the order of the text; an event holds no more than its parts, and
//! sentences end where Chinese sentences do. What CEC itself has no word for: `role` is what a part is to the event
//! around it where that is not its element's name (nothing for what is no part of it), `label` the label of an event
//! without a `Denoter`, and of a `Mention`, whose label can be no element; attributes of `Body` for what is known of the
//! article beside its report time.
//!
//! The corpus: <https://github.com/shijiebei2009/CEC-Corpus>.

mod annotate;
mod read;
mod relate;
mod sentences;
mod shape;
mod ties;
mod write;

use super::code::Code;
use super::entry::{Entry, Look, ReadOptions, Reader, Sign, Writer};
use super::loss::Feature;
use super::read::{File, ReadError};
use super::report::Report;
use super::xml::{Faults, root};
use crate::article::Article;

/// CEC event XML.
pub(super) const ENTRY: Entry = Entry {
    name: "cec",
    about: "event XML of the Chinese Emergency Corpus",
    detect,
    reader: Reader::One(|files, options| read_file(&files.main, options)),
    writer: Writer {
        ending: "xml",
        joined: None,
        write: write::write,
    },
    carries: &[
        Feature::Edges,
        Feature::Mentions,
        Feature::Lines,
        Feature::Meta,
        Feature::Nested,
        Feature::Equal,
        Feature::SubToken,
        Feature::Labels,
        Feature::Ids,
        Feature::Relations,
        Feature::Roled,
        Feature::Events,
        Feature::Attributes,
    ],
    partly: &[Feature::Relations, Feature::Roled],
    codes: &[
        Code::UNDECODABLE,
        Code::ENCODING,
        Code::SYNTAX,
        Code::ENTITY,
        Code::MALFORMED,
        Code::MISSING,
        Code::DUPLICATE_ID,
        Code::DANGLING,
    ],
};

/// The label of an event whose file gives it none, and the role of an event in another.
const EVENT: &str = "Event";
/// The element that is an event's trigger.
const DENOTER: &str = "Denoter";
/// An element for labels that can be no element.
const MENTION: &str = "Mention";

fn detect(look: &Look<'_>) -> Option<Sign> {
    let root = root(look.start)?;
    if root.name != "Body" {
        return None;
    }
    let has = |part: &str| look.start.contains(part);
    if has("<Denoter") || has("<eRelation") || has("<Event eid=") {
        Some(Sign::certain("its root element is Body, with events in it"))
    } else if has("<ReportTime") || has("<Content>") {
        Some(Sign::likely(
            "its root element is Body, with what CEC has in it",
        ))
    } else {
        None
    }
}

fn read_file(file: &File, options: &ReadOptions) -> Result<Article, ReadError> {
    let mut report = Report::of(&file.name, options);
    report.undecodable(&file.decoded);
    let text = file.decoded.text.as_str();
    let mut faults = Faults::of_file(text, report);
    let found = read::follow(text, &mut faults);
    annotate::article(file, options, found, faults)
}

#[cfg(test)]
mod tests;
