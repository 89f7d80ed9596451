//! Label Studio: tasks with a text and what annotators and models marked in it.
//!
//! `task` finds the sets of results, `fields` the texts and `named` what is called otherwise, `bare` knows tasks without results and `least` JSON-MIN; `render`
//! shows what is HTML or a list of paragraphs, `laid` puts texts below each other, `strands` says where each is written, `read` makes
//! an article of them, `write`
//! writes one.
//!
//! Read are the export as JSON (`data`, `annotations`, `predictions`, in old files `completions`), tasks as lines or with
//! nothing but `data`, and JSON-MIN (regions beside the text). Each set of results is a layer, named by `completed_by`; those of models are
//! called `prediction` and their `model_version`. Offsets count UTF-16 units, half-open, as browsers do; `value.text`
//! quotes, so files that count otherwise are found out. Those of HTML count what its elements hold, which is then the
//! text; those of paragraphs stand beside the number of one.
//!
//! A region is a mention for each of its labels, the first with its id. Choices for a region are attributes, for the
//! text notes called by their `from_name`. Text areas for a region are notes called by their `from_name`, for the text so
//! with `textarea:` before it; any other value is a note called by its type and `from_name` that holds it as JSON. A relation has the roles `from` and `to`, turned round where its
//! direction is `left`, and `either` twice where it is `bi`.
//!
//! The normal form is a list with one task a line: `id` (a number), `data` with `text`, `meta`, `annotations`,
//! `predictions`; regions have the `from_name` `label` and the `to_name` `text`.
//!
//! Source: <https://labelstud.io/guide/export> and <https://labelstud.io/guide/task_format>.

mod bare;
mod fields;
mod laid;
mod least;
mod named;
mod read;
mod render;
mod said;
mod strands;
mod task;
mod write;

use super::code::Code;
use super::count::{Counting, Unit};
use super::entry::{Confidence, Entry, Look, Reader, Sign, Writer};
use super::json::{self, COUNTING, Sort, Value};
use super::loss::Feature;

pub(super) use strands::{Strand, strands};

/// Label Studio.
pub(super) const ENTRY: Entry = Entry {
    name: "labelstudio",
    about: "Label Studio's JSON: tasks, results, relations, layers of annotators",
    detect,
    reader: Reader::Many {
        split: read::split,
        read: read::read,
    },
    writer: Writer {
        ending: "json",
        joined: Some(["[\n", ",\n", "\n]\n"]),
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
        Feature::Ids,
        Feature::Relations,
        Feature::Roled,
        Feature::Attributes,
        Feature::Notes,
        Feature::ArticleNotes,
        Feature::Layers,
        Feature::Unplaced,
        Feature::Controls,
    ],
    partly: &[
        Feature::Roled,
        Feature::Attributes,
        Feature::Notes,
        Feature::Layers,
    ],
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
        Code::DUPLICATE_ID,
        Code::DANGLING,
    ],
};

/// As JavaScript counts.
const UTF16: Counting = COUNTING.with(Unit::Utf16);

/// The keys under which sets of results stand.
const SETS: [&str; 3] = ["annotations", "completions", "predictions"];

fn detect(look: &Look<'_>) -> Option<Sign> {
    match json::fits(look, fits) {
        Some(Confidence::Certain) => Some(Sign::certain(
            "its tasks have results with from_name and to_name, as Label Studio has",
        )),
        Some(_) => Some(Sign::likely(
            "its tasks have data and annotations, or regions with labels, as Label Studio has",
        )),
        None => bare::are_tasks(look).then_some(Sign::guess(
            "its tasks have a text in their data and nothing else, as Label Studio imports them",
        )),
    }
}

fn fits(record: Value<'_>) -> Option<Confidence> {
    if record.get("data").is_some_and(|d| d.sort() == Sort::Object) {
        let sets = || SETS.into_iter().filter_map(|key| record.get(key));
        let mut results = sets().flat_map(Value::items);
        let is_result = |result: Value<'_>| {
            result.get("from_name").is_some() || result.get("from_id").is_some()
        };
        let mut results = results.by_ref().filter_map(|set| set.get("result"));
        if results.any(|list| list.items().any(is_result)) {
            return Some(Confidence::Certain);
        }
        return sets().next().map(|_| Confidence::Likely);
    }
    record.get("text")?.text()?;
    let regions = record.members().flat_map(|(_, value)| value.items());
    let mut regions = regions.filter(|item| least::is_region(*item));
    (regions.next().is_some() || least::is_signed(record)).then_some(Confidence::Likely)
}

#[cfg(test)]
mod field_tests;
#[cfg(test)]
mod tests;
