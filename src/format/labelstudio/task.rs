//! What a task holds: its texts, and sets of results.

use std::borrow::Cow;

use super::SETS;
use super::fields::{Field, fields};
use super::least::{self, is_unlabelled};
use super::render::{self, Shown};
use crate::format::entry::Names;
use crate::format::json::{Sort, Value};

/// The sorts of labels that regions of a text have.
pub(super) const LABELS: [&str; 3] = ["labels", "hypertextlabels", "paragraphlabels"];

/// A task.
pub(super) struct Task<'v, 'n> {
    /// The members of its data that are its text, one below the other.
    pub(super) fields: Vec<Field<'v>>,
    pub(super) sets: Vec<Set<'v>>,
    /// What the results of its file name.
    names: &'n Names,
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
    /// In JSON-MIN the key of the list in which it stands.
    pub(super) list: Option<Value<'v>>,
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
    pub(super) fn is_on_paragraphs(self) -> bool {
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

    /// Whether it is a region, be its label chosen or not.
    pub(super) fn is_region(self) -> bool {
        let is_called_so = || LABELS.contains(&&*self.said("type"));
        self.ends().is_some()
            && (self.labels().is_some() || is_called_so() || self.value.is_some_and(is_unlabelled))
    }

    /// What it quotes.
    pub(super) fn quote(self) -> Option<Cow<'v, str>> {
        self.value?.get("text")?.text()
    }
}

impl<'v> Task<'v, '_> {
    /// Whether regions are on paragraphs.
    pub(super) fn has_paragraphs(&self) -> bool {
        let mut entries = self.sets.iter().flat_map(|set| &set.results);
        entries.any(|entry| entry.is_on_paragraphs())
    }

    /// Its texts as they are shown; fewer than it has fields where one is no text.
    pub(super) fn shown(&self) -> Vec<Shown<'v>> {
        let shown = (0..self.fields.len()).filter_map(|number| self.shown_of(number));
        shown.collect()
    }

    fn shown_of(&self, number: usize) -> Option<Shown<'v>> {
        let value = self.fields.get(number)?.value;
        let mut entries = self.sets.iter().flat_map(|set| &set.results);
        if let Some(keys) = render::keys(value, self.has_paragraphs()) {
            return Some(render::paragraphs(value, &keys));
        }
        let text = value.text()?;
        if entries.any(|entry| entry.is_on_html() && self.field_of(*entry) == Some(number)) {
            return Some(render::html(&text));
        }
        Some(Shown {
            text,
            way: render::Way::Plain,
        })
    }

    /// The number of the field that a result is on; nothing where there are several and it names none of them, or where
    /// its name is known to stand for another. One that names nothing is on the first.
    pub(super) fn field_of(&self, entry: Entry<'v>) -> Option<usize> {
        let name = match entry.list {
            Some(_) if self.fields.len() < 2 => return Some(0),
            Some(list) => list.text().unwrap_or_default(),
            None => entry.on(),
        };
        if name.is_empty() {
            return Some(0);
        }
        let position = self
            .fields
            .iter()
            .position(|field| self.is_on(&name, field));
        let may_be_other = || {
            let is_foreign = self.names.foreign.iter().any(|(known, _)| *known == name);
            self.fields.len() < 2 && (!is_foreign || self.names.may_be_only(&name))
        };
        position.or_else(|| may_be_other().then_some(0))
    }

    /// Whether a name is that of a field.
    pub(super) fn is_on(&self, name: &str, field: &Field<'_>) -> bool {
        self.names.member(name) == Some(&*field.key)
    }
}

/// Looks at a task. `names` are those that results of the file use.
pub(super) fn task<'v, 'n>(record: Value<'v>, names: &'n Names) -> Task<'v, 'n> {
    let data = record.get("data").filter(|d| d.sort() == Sort::Object);
    let sets = sets(record);
    let fields = fields(data.unwrap_or(record), data.is_some(), &sets, names);
    Task {
        fields,
        sets,
        names,
    }
}

/// The sets of results of a task.
pub(super) fn sets(record: Value<'_>) -> Vec<Set<'_>> {
    if record.get("data").is_none_or(|d| d.sort() != Sort::Object) {
        return vec![least::set(record)];
    }
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
                list: None,
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
