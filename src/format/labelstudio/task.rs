//! What a task holds: its text, and sets of results.

use std::borrow::Cow;

use super::SETS;
use super::render::{self, Shown};
use crate::format::json::{Sort, Value};

/// The sorts of labels that regions of a text have.
const LABELS: [&str; 3] = ["labels", "hypertextlabels", "paragraphlabels"];

/// A task.
pub(super) struct Task<'v> {
    /// The key of its text.
    pub(super) key: Cow<'v, str>,
    pub(super) text: Option<Value<'v>>,
    pub(super) sets: Vec<Set<'v>>,
}

/// What one annotator or model made of it.
pub(super) struct Set<'v> {
    /// Who made it, when that is said.
    pub(super) by: Option<Cow<'v, str>>,
    pub(super) is_prediction: bool,
    pub(super) results: Vec<Entry<'v>>,
}

/// A result, or in JSON-MIN a region without one.
#[derive(Clone, Copy)]
pub(super) struct Entry<'v> {
    pub(super) result: Value<'v>,
    pub(super) value: Option<Value<'v>>,
}

impl<'v> Entry<'v> {
    /// A string of the result.
    pub(super) fn said(self, key: &str) -> Cow<'v, str> {
        let value = self.result.get(key).and_then(Value::word);
        value.unwrap_or_default()
    }

    /// Whether it is a region of HTML.
    pub(super) fn is_on_html(self) -> bool {
        let labelled = self
            .value
            .is_some_and(|value| value.get("hypertextlabels").is_some());
        labelled || self.said("type") == "hypertextlabels"
    }

    /// Whether it is a region of paragraphs.
    fn is_on_paragraphs(self) -> bool {
        let labelled = self
            .value
            .is_some_and(|value| value.get("paragraphlabels").is_some());
        labelled || self.said("type") == "paragraphlabels"
    }

    /// Where it begins and ends as paragraph and offset in that.
    pub(super) fn in_paragraphs(self) -> Option<[(Value<'v>, Value<'v>); 2]> {
        let value = self.value?;
        let of = |key: &str, offset: &str| Some((value.get(key)?, value.get(offset)?));
        Some([of("start", "startOffset")?, of("end", "endOffset")?])
    }

    /// Start and end, when it is a region.
    pub(super) fn ends(self) -> Option<(Option<Value<'v>>, Option<Value<'v>>)> {
        let value = self.value?;
        let of = |holder: Value<'v>| (holder.get("start"), holder.get("end"));
        let (start, end) = match value.get("globalOffsets") {
            Some(global) => of(global),
            None => of(value),
        };
        (start.is_some() || end.is_some()).then_some((start, end))
    }

    /// Its labels, when it is a region that has some.
    pub(super) fn labels(self) -> Option<Value<'v>> {
        let value = self.value?;
        LABELS.iter().find_map(|key| value.get(key))
    }

    /// What it quotes.
    pub(super) fn quote(self) -> Option<Cow<'v, str>> {
        self.value?.get("text")?.text()
    }
}

impl<'v> Task<'v> {
    /// The text as it is shown; nothing when there is none.
    pub(super) fn shown(&self) -> Option<Shown<'v>> {
        let value = self.text?;
        let mut entries = self.sets.iter().flat_map(|set| &set.results);
        let is_said = entries.clone().any(|entry| entry.is_on_paragraphs());
        if let Some(keys) = render::keys(value, is_said) {
            return Some(render::paragraphs(value, &keys));
        }
        let text = value.text()?;
        if entries.any(|entry| entry.is_on_html()) {
            return Some(render::html(&text));
        }
        Some(Shown {
            text,
            way: render::Way::Plain,
        })
    }
}

/// Whether a value of JSON-MIN is a region of a text.
pub(super) fn is_region(item: Value<'_>) -> bool {
    let has = |key: &str| item.get(key).is_some();
    has("start") && has("end") && LABELS.iter().any(|key| has(key))
}

/// Looks at a task.
pub(super) fn task(record: Value<'_>) -> Task<'_> {
    let data = record.get("data").filter(|d| d.sort() == Sort::Object);
    let sets = match data {
        Some(_) => sets(record),
        None => vec![least(record)],
    };
    let holder = data.unwrap_or(record);
    let entries = || sets.iter().flat_map(|set| &set.results);
    let is_said = entries().any(|entry| entry.is_on_paragraphs());
    let are_paragraphs = |value: Value<'_>| render::keys(value, is_said).is_some();
    let named = entries().find_map(|entry| {
        let source = entry.said("source");
        let key = source.strip_prefix('$').map(str::to_owned);
        let key = key.unwrap_or_else(|| entry.said("to_name").into_owned());
        let value = holder.get(&key)?;
        let is_shown = value.text().is_some() || are_paragraphs(value);
        is_shown.then_some((Cow::Owned(key), value))
    });
    let usual = || {
        holder
            .get("text")
            .map(|value| (Cow::Borrowed("text"), value))
    };
    let first = || {
        let is_text = |value: &Value<'_>| value.text().is_some_and(|text| !text.contains("://"));
        let mut members = holder.members().filter(|(_, value)| is_text(value));
        let (key, value) = members.next().filter(|_| data.is_some())?;
        Some((key.text()?, value))
    };
    // The name of an object of the interface need not be that of its data.
    let dialogue = || {
        let data = data?;
        let mut members = data.members();
        let (key, value) = members.find(|(_, value)| are_paragraphs(*value))?;
        Some((key.text()?, value))
    };
    let said = || dialogue().filter(|_| is_said);
    let found = named.or_else(said).or_else(usual).or_else(first);
    match found.or_else(dialogue) {
        Some((key, value)) => Task {
            key,
            text: Some(value),
            sets,
        },
        None => Task {
            key: Cow::Borrowed("text"),
            text: None,
            sets,
        },
    }
}

fn sets(record: Value<'_>) -> Vec<Set<'_>> {
    let mut found = Vec::new();
    for key in SETS {
        let is_prediction = key == "predictions";
        for set in record.get(key).into_iter().flat_map(Value::items) {
            let by = if is_prediction {
                set.get("model_version")
            } else {
                let by = set.get("completed_by");
                by.map(|by| by.get("email").or(by.get("id")).unwrap_or(by))
            };
            let results = set.get("result").into_iter().flat_map(Value::items);
            let results = results.map(|result| Entry {
                result,
                value: result.get("value"),
            });
            found.push(Set {
                by: by.and_then(Value::word),
                is_prediction,
                results: results.collect(),
            });
        }
    }
    found
}

/// JSON-MIN: regions under the name of what made them.
fn least(record: Value<'_>) -> Set<'_> {
    let lists = record.members().flat_map(|(_, value)| value.items());
    let regions = lists.filter(|item| is_region(*item));
    let results = regions.map(|region| Entry {
        result: region,
        value: Some(region),
    });
    let by = record.get("annotator");
    let by = by.map(|by| by.get("email").or(by.get("id")).unwrap_or(by));
    Set {
        by: by.and_then(Value::word),
        is_prediction: false,
        results: results.collect(),
    }
}
