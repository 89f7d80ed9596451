//! DuEE: an object a line, with a text and the events in it.
//!
//! `event_list` holds events with `event_type`, `trigger` and `arguments` in roles. `trigger_start_index` and
//! `argument_start_index` count code points; the end follows from the words, which are a quotation, so files that count
//! otherwise are found out. Words without an index, as in DuEE-fin, are marked where they first stand.
//!
//! A trigger is a mention called by the type of its event, an argument one called by its role; what several events have
//! at one place in one role is one mention. `alias` becomes notes called so. `title` and `id` name the article.
//!
//! The normal form is one line an article: `{"text": …, "id": …, "event_list": [{"event_type": …, "trigger": …,
//! "trigger_start_index": …, "arguments": [{"argument_start_index": …, "role": …, "argument": …, "alias": []}],
//! "class": …}]}`; the class is what stands before the `-` of the type.
//!
//! Source: Li et al., “DuEE: A Large-Scale Dataset for Chinese Event Extraction in Real-World Scenarios” (NLPCC 2020).

mod read;
mod write;

use super::code::Code;
use super::entry::{Confidence, Entry, Look, Reader, Sign, Writer};
use super::json::{self, Sort, Value};
use super::loss::Feature;

/// DuEE.
pub(super) const ENTRY: Entry = Entry {
    name: "duee",
    about: "DuEE JSON: events with triggers, and arguments in roles",
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
        Feature::Lines,
        Feature::Spaces,
        Feature::Name,
        Feature::Mentions,
        Feature::Nested,
        Feature::Crossing,
        Feature::Equal,
        Feature::SubToken,
        Feature::Labels,
        Feature::Events,
        Feature::Notes,
        Feature::Unplaced,
        Feature::Controls,
    ],
    partly: &[Feature::Mentions, Feature::Unplaced, Feature::Notes],
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
        Code::QUOTE_NOWHERE,
    ],
};

fn detect(look: &Look<'_>) -> Option<Sign> {
    let confidence = json::fits(look, fits)?;
    let reason = match confidence {
        Confidence::Guess => {
            "its records have a text and a word for an id, as the test set of DuEE has"
        }
        _ => "its records have a text and an “event_list”, as DuEE has",
    };
    Some(Sign { confidence, reason })
}

fn fits(record: Value<'_>) -> Option<Confidence> {
    record.get("text")?.text()?;
    // So are the records of the test set.
    let has_word = || record.get("id").is_some_and(|id| id.sort() == Sort::Text);
    if json::is_bare(record) && has_word() {
        return Some(Confidence::Guess);
    }
    let list = record.get("event_list")?;
    (list.sort() == Sort::Array).then_some(Confidence::Likely)
}

#[cfg(test)]
mod tests;
