//! JSON-MIN: regions beside the text, under the name of what made them, and whatever else annotators chose or wrote.

use std::borrow::Cow;

use super::task::{Entry, LABELS, Set};
use crate::format::json::{Sort, Value};

/// What a task has of its own in this form: its text, who annotated it, when and how long.
pub(super) const OWN: [&str; 8] = [
    "id",
    "text",
    "meta",
    "annotator",
    "annotation_id",
    "created_at",
    "updated_at",
    "lead_time",
];

/// What says where a region is, and nothing more.
const PLACES: [&str; 7] = [
    "start",
    "end",
    "startOffset",
    "endOffset",
    "globalOffsets",
    "text",
    "id",
];

/// Whether a value is a region of a text that has labels.
pub(super) fn is_region(item: Value<'_>) -> bool {
    let has = |key: &str| item.get(key).is_some();
    has("start") && has("end") && LABELS.iter().any(|key| has(key))
}

/// Whether a record says of itself that it is of this form, although it has no region.
pub(super) fn is_signed(record: Value<'_>) -> bool {
    ["annotator", "annotation_id", "lead_time"]
        .into_iter()
        .all(|key| record.get(key).is_some())
}

/// Whether a value has a place in the text, and no more than that: a region whose label was not chosen.
pub(super) fn is_unlabelled(value: Value<'_>) -> bool {
    let has = |key: &str| value.get(key).is_some();
    let is_place = |(key, value): (Value<'_>, Value<'_>)| {
        value.is_null() || PLACES.iter().any(|known| key.is(known))
    };
    // The remarks of a text area stand under “text” as a list.
    let is_quote = value.get("text").is_none_or(|t| t.sort() != Sort::Array);
    has("start") && has("end") && is_quote && value.members().all(is_place)
}

fn may_be_region(item: Value<'_>) -> bool {
    is_region(item) || is_unlabelled(item)
}

/// The regions of a record.
pub(super) fn set(record: Value<'_>) -> Set<'_> {
    let lists = record.members().flat_map(|(key, list)| {
        let regions = list.items().filter(|item| may_be_region(*item));
        regions.map(move |region| (key, region))
    });
    let results = lists.map(|(key, region)| Entry {
        result: region,
        value: Some(region),
        list: Some(key),
    });
    let by = record.get("annotator");
    let by = by.map(|by| by.get("email").or(by.get("id")).unwrap_or(by));
    Set {
        by: by.and_then(Value::word),
        is_prediction: false,
        results: results.collect(),
    }
}

/// What is said of the text besides: a name and words for each. The form does not tell what was chosen from what came
/// with the data.
pub(super) fn said(record: Value<'_>) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
    let mut found = Vec::new();
    for (key, value) in record.members() {
        let Some(name) = key.text().filter(|name| !OWN.contains(&&**name)) else {
            continue;
        };
        // A form of several choices has them in an object.
        let chosen = value
            .get("choices")
            .filter(|_| value.members().count() == 1);
        let value = chosen.unwrap_or(value);
        let add = |value| {
            let words = words(value);
            if !value.is_null() && !words.is_empty() {
                found.push((name.clone(), words));
            }
        };
        match value.sort() {
            Sort::Array => value
                .items()
                .filter(|item| !may_be_region(*item))
                .for_each(add),
            _ => std::iter::once(value).for_each(add),
        }
    }
    found
}

/// A string as it reads, anything else as it is written.
fn words(value: Value<'_>) -> Cow<'_, str> {
    value.text().unwrap_or(Cow::Borrowed(value.spelt()))
}
