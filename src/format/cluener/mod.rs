//! CLUENER JSON: a text, and for every label the words that have it with their places.
//!
//! `{"text": "…", "label": {"name": {"方岚": [[0, 1], [9, 10]]}}}`: offsets count code points, and the end is the last
//! one. The words are what the text must have there, so files that count otherwise (half-open ends, UTF-16) are found
//! out. Records are lines, objects over several lines one after another, or in a list. `id` names the article.
//!
//! The normal form is one line an article, labels in the order in which they were met, words in that of the text.
//!
//! Source: Xu et al., “CLUENER2020”, <https://arxiv.org/abs/2001.04351>, and the data published with it.

mod read;
mod write;

use super::code::Code;
use super::count::Counting;
use super::entry::{Confidence, Entry, Look, Reader, Sign, Writer};
use super::json::{self, COUNTING, Sort, Value};
use super::loss::Feature;

/// CLUENER JSON.
pub(super) const ENTRY: Entry = Entry {
    name: "cluener",
    about: "CLUENER JSON: words by label, with inclusive ends",
    detect,
    reader: Reader::Many {
        split: read::split,
        read: read::read,
    },
    writer: Writer {
        ending: "json",
        joined: Some(["", "", ""]),
        write: write::write,
    },
    carries: &[
        Feature::Edges,
        Feature::Mentions,
        Feature::Lines,
        Feature::Spaces,
        Feature::Mentions,
        Feature::Nested,
        Feature::Crossing,
        Feature::Equal,
        Feature::SubToken,
        Feature::Labels,
        Feature::Unplaced,
        Feature::Controls,
    ],
    partly: &[],
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
        Code::OFFSET_UNIT,
        Code::RE_ANCHORED,
        Code::QUOTE_DIFFERS,
    ],
};

/// How CLUENER counts.
const INCLUSIVE: Counting = COUNTING.including_ends();

fn detect(look: &Look<'_>) -> Option<Sign> {
    let confidence = json::fits(look, fits)?;
    let reason = match confidence {
        Confidence::Guess => {
            "its records have a text and a number for an id, as the test set of CLUENER has"
        }
        _ => "its records have a text and, for each label, words with their places, as CLUENER has",
    };
    Some(Sign { confidence, reason })
}

fn fits(record: Value<'_>) -> Option<Confidence> {
    record.get("text")?.text()?;
    // So are the records of the test set.
    let has_number = || record.get("id").is_some_and(|id| id.sort() == Sort::Number);
    if json::is_bare(record) && has_number() {
        return Some(Confidence::Guess);
    }
    let label = record.get("label")?;
    if label.sort() != Sort::Object {
        return None;
    }
    let Some((_, words)) = label.members().next() else {
        return Some(Confidence::Guess);
    };
    let (_, places) = words.members().next()?;
    let mut ends = places.items().next()?.items().map(Value::sort);
    let is_pair = ends.next() == Some(Sort::Number) && ends.next() == Some(Sort::Number);
    is_pair.then_some(Confidence::Likely)
}

#[cfg(test)]
mod tests;
