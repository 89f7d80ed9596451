//! spaCy and Prodigy: an object a line, with a text and spans of it.
//!
//! Read are Prodigy's tasks (`spans`, `relations`, `answer`), what spaCy's `Doc.to_json` writes (`ents`, `cats`, and
//! `spans` in named groups, each of which is a layer), and `entities` with `start` and `end`. Offsets count code points,
//! half-open, CR LF as two. A span may quote its words in `text`, and tokens quote theirs, so files that count otherwise
//! are found out. `answer` is a note called so, `cats` and `accept` are notes, `kb_id` is a link.
//!
//! So are pairs in a list or one a line, each a text and an object with `entities` as triples, with which spaCy 2 was
//! trained (`pairs`).
//!
//! Relations name spans by their place and label; where they only give the last token of each, the span that ends with
//! it is meant. Roles are `head` and `child`.
//!
//! The normal form is one line an article: `{"text": "…", "spans": [{"start": 0, "end": 2, "label": "PER"}],
//! "relations": [{"head_span": …, "child_span": …, "label": "…"}], "cats": {…}, "accept": […], "answer": "accept",
//! "meta": {…}}`, each after `spans` only where there is something to say; groups make `spans` an object. Tokens and
//! hashes, which Prodigy makes anew, are not in it.
//!
//! Source: <https://prodi.gy/docs/api-interfaces> and <https://spacy.io/api/doc#to_json>.

mod pairs;
mod read;
mod write;

use super::code::Code;
use super::entry::{Confidence, Entry, Look, Reader, Sign, Writer};
use super::json::{self, Sort, Value};
use super::loss::Feature;

/// spaCy and Prodigy.
pub(super) const ENTRY: Entry = Entry {
    name: "spacy",
    about: "spaCy and Prodigy JSONL: spans by offsets, relations, answers",
    detect,
    reader: Reader::Many {
        split: read::split,
        read: read::read,
    },
    writer: Writer {
        ending: "jsonl",
        joined: Some(["", "", ""]),
        write: write::write,
    },
    carries: &[
        Feature::Edges,
        Feature::Lines,
        Feature::Spaces,
        Feature::Meta,
        Feature::Mentions,
        Feature::Nested,
        Feature::Crossing,
        Feature::Equal,
        Feature::SubToken,
        Feature::Labels,
        Feature::Links,
        Feature::Relations,
        Feature::ArticleNotes,
        Feature::Layers,
        Feature::Unplaced,
        Feature::Controls,
    ],
    partly: &[Feature::ArticleNotes, Feature::Links],
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
        Code::DANGLING,
    ],
};

/// The keys under which spans stand.
const SPANS: [&str; 3] = ["spans", "ents", "entities"];

fn detect(look: &Look<'_>) -> Option<Sign> {
    if let Some(confidence) = pairs::fits(look) {
        let reason = "it has pairs of a text and its entities, as spaCy was trained with";
        return Some(Sign { confidence, reason });
    }
    let is_lone = is_lone(look);
    let confidence = json::fits(look, |record| fits(record, is_lone))?;
    let reason = match confidence {
        Confidence::Certain => "its records have the hashes that Prodigy gives them",
        Confidence::Guess => {
            "its records have a text and perhaps “meta”, as tasks for Prodigy have"
        }
        _ => "its records have a text and spans with start and end, as spaCy and Prodigy have",
    };
    Some(Sign { confidence, reason })
}

/// Whether a `.json` is one object, and not a list of them or lines.
fn is_lone(look: &Look<'_>) -> bool {
    let start = look.start.trim_start();
    let begins = start
        .lines()
        .filter(|line| line.trim_start().starts_with('{'));
    look.ending() == "json" && !start.starts_with('[') && begins.count() < 2
}

fn fits(record: Value<'_>, is_lone: bool) -> Option<Confidence> {
    record.get("text")?.text()?;
    if record.get("_input_hash").is_some() {
        return Some(Confidence::Certain);
    }
    // So are tasks that nobody has annotated. A whole file that is one object with a text may be anything.
    let has = |key: &str| record.get(key).is_some();
    let is_task = !is_lone || has("meta");
    if json::is_bare(record) && !has("id") && !has("title") && is_task {
        return Some(Confidence::Guess);
    }
    let is_span = |item: Value<'_>| {
        let number = |key: &str| item.get(key).is_some_and(|v| v.sort() == Sort::Number);
        number("start") && number("end")
    };
    let of = |key: &str| {
        let value = record.get(key)?;
        let groups = value.members().flat_map(|(_, group)| group.items());
        let mut items = value.items().chain(groups);
        match items.next() {
            Some(item) => is_span(item).then_some(Confidence::Likely),
            None => {
                let is_list = matches!(value.sort(), Sort::Array | Sort::Object);
                (is_list && key != "entities").then_some(Confidence::Guess)
            }
        }
    };
    SPANS.into_iter().filter_map(of).max()
}

#[cfg(test)]
mod tests;
