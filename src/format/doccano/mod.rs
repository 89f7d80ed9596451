//! doccano JSONL: an object a line, with a text and what is marked in it.
//!
//! `read` knows the dialects of doccano's projects and versions, `write` the one that is written.
//!
//! Offsets count code points, half-open, CR LF as two, as Python does; nothing is quoted, so `--offsets` is the only
//! other word on it. The text is `text`, in some versions `data`. What is marked is in `label`, `labels`, `entities` or,
//! in the oldest exports, `annotations`: `[start, end, label]` or objects with `start_offset`, `end_offset`, `label` and
//! an id, to which `relations` refer. A string there, or in `cats`, is a label of the whole text and becomes a note
//! without a target, called `label` or `cats`. `Comments` are notes too.
//!
//! The normal form is one line an article: `{"id": 1, "text": "…", "label": [[0, 2, "LOC"]]}`; with relations or ids
//! of mentions `"entities": [{"id": 0, "start_offset": 0, "end_offset": 2, "label": "LOC"}], "relations": [{"id": 0,
//! "from_id": 0, "to_id": 1, "type": "in"}]`; then `cats`, `Comments` and `meta`, each where there is something to say.
//!
//! Source: <https://doccano.github.io/doccano/tutorial/> and doccano's import and export.

mod read;
mod write;

use super::code::Code;
use super::entry::{Confidence, Entry, Look, Reader, Sign, Writer};
use super::json::{self, Sort, Value};
use super::loss::Feature;

/// doccano JSONL.
pub(super) const ENTRY: Entry = Entry {
    name: "doccano",
    about: "doccano JSONL: spans, relations, labels of texts, comments",
    detect,
    reader: Reader::Many {
        split: json::split,
        read: read::read,
    },
    writer: Writer {
        ending: "jsonl",
        joined: Some(["", "", ""]),
        write: write::write,
    },
    carries: &[
        Feature::Edges,
        Feature::Mentions,
        Feature::Lines,
        Feature::Spaces,
        Feature::Meta,
        Feature::Mentions,
        Feature::Nested,
        Feature::Crossing,
        Feature::Equal,
        Feature::SubToken,
        Feature::Labels,
        Feature::Ids,
        Feature::Relations,
        Feature::ArticleNotes,
        Feature::Unplaced,
        Feature::Controls,
    ],
    partly: &[Feature::Unplaced],
    codes: &[
        Code::UNDECODABLE,
        Code::ENCODING,
        Code::SYNTAX,
        Code::DUPLICATE_KEY,
        Code::SURROGATE,
        Code::WRONG_TYPE,
        Code::MISSING,
        Code::OFFSET_RANGE,
        Code::OFFSET_BAD,
        Code::OFFSET_CLUSTER,
        Code::DUPLICATE_ID,
        Code::DANGLING,
    ],
};

/// The keys under which mentions stand.
const MARKED: [&str; 4] = ["label", "labels", "entities", "annotations"];

fn detect(look: &Look<'_>) -> Option<Sign> {
    match json::fits(look, fits)? {
        Confidence::Guess => Some(Sign::guess("its records have a text and a label for it")),
        _ => Some(Sign::likely(
            "its records have a text and labels with start and end, as doccano writes them",
        )),
    }
}

fn fits(record: Value<'_>) -> Option<Confidence> {
    record.get("text").or(record.get("data"))?.text()?;
    let of = |key: &str| {
        let value = record.get(key)?;
        if key == "label" && value.sort() == Sort::Text {
            // A button has a text and a label too, and more.
            let is_all = record.get("id").is_some() || record.members().count() == 2;
            return is_all.then_some(Confidence::Guess);
        }
        if value.sort() != Sort::Array {
            return None;
        }
        let Some(first) = value.items().next() else {
            return (key != "annotations").then_some(Confidence::Guess);
        };
        let is_triple = || {
            let mut parts = first.items().map(Value::sort);
            parts.next() == Some(Sort::Number)
                && parts.next() == Some(Sort::Number)
                && parts.next() == Some(Sort::Text)
        };
        if is_triple() || first.get("start_offset").is_some() {
            return Some(Confidence::Likely);
        }
        (first.sort() == Sort::Text && key != "annotations").then_some(Confidence::Guess)
    };
    MARKED.into_iter().filter_map(of).max()
}

#[cfg(test)]
mod tests;
