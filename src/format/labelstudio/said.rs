//! What results say of regions and of the text: choices, remarks, relations.

use std::borrow::Cow;

use super::read::Reader;
use super::task::Entry;
use crate::article::{Argument, Attribute, Note, Relation, Target};
use crate::format::code::Code;
use crate::format::report::short;

impl<'v> Reader<'_, '_, 'v> {
    /// Choices, remarks and whatever else is said of a region or of the text.
    pub(super) fn property(&mut self, entry: Entry<'v>) {
        let (sort, name, id) = (
            entry.said("type"),
            entry.said("from_name"),
            entry.said("id"),
        );
        let Some(value) = entry.value else {
            let message = "the result has no value";
            let remedy = "add its “value”, or delete it";
            self.teller
                .tell(Code::MISSING, entry.result.start(), message, remedy);
            return;
        };
        let target = self.ids.get(&*id).copied();
        if target.is_none() && entry.ends().is_some() {
            let message = format!("the result is on region {}, which is not there", short(&id));
            let remedy = "add the region with its label, or delete the result; it is kept as a note on the text";
            self.teller
                .tell(Code::DANGLING, entry.result.start(), message, remedy);
        }
        match (value.get("choices"), value.get("text"), target) {
            (Some(choices), _, Some(target)) => {
                let words = self.words(choices, "a choice");
                let none = words.is_empty().then_some(None);
                for value in words.into_iter().map(Some).chain(none) {
                    // It cannot fail: what has it is there.
                    let _ = self.placer.builder.attribute(Attribute {
                        source_id: "".into(),
                        target,
                        name: name.clone().into_owned(),
                        value: value.map(Cow::into_owned),
                    });
                }
            }
            (Some(choices), _, None) => {
                for choice in self.words(choices, "a choice") {
                    self.note(None, &name, choice.into_owned());
                }
            }
            (None, Some(text), target) if sort == "textarea" => {
                for text in self.words(text, "a remark") {
                    let label = match target {
                        Some(_) => name.clone().into_owned(),
                        None => format!("textarea:{name}"),
                    };
                    self.note(target, &label, text.into_owned());
                }
            }
            _ => {
                let said = value.get(&sort).unwrap_or(value);
                let said = said.text().unwrap_or(Cow::Borrowed(said.spelt()));
                self.note(target, &format!("{sort}:{name}"), said.into_owned());
            }
        }
    }

    pub(super) fn note(&mut self, target: Option<Target>, label: &str, text: String) {
        // It cannot fail: what it is on is there.
        let _ = self.placer.builder.note(Note {
            source_id: "".into(),
            target,
            label: label.to_owned(),
            text,
        });
    }

    pub(super) fn relation(&mut self, entry: Entry<'v>) {
        let ends = ["from_id", "to_id"].map(|key| self.target(entry, key));
        let [Some(from), Some(to)] = ends else { return };
        let roles = match &*entry.said("direction") {
            "left" => ["to", "from"],
            "bi" => ["either", "either"],
            _ => ["from", "to"],
        };
        let mut labels = match entry.result.get("labels") {
            Some(labels) => self.words(labels, "the label of a relation"),
            None => Vec::new(),
        };
        if labels.is_empty() {
            labels.push(Cow::Borrowed(""));
        }
        for label in labels {
            let arguments = roles.into_iter().zip([from, to]);
            let arguments = arguments.map(|(role, target)| Argument {
                role: role.into(),
                target,
            });
            // It cannot fail: both ends are there.
            let _ = self.placer.builder.relation(Relation {
                layer: self.placer.layer,
                source_id: (*entry.said("id")).into(),
                label: label.into_owned(),
                arguments: arguments.collect(),
            });
        }
    }

    /// What an end of a relation names.
    fn target(&mut self, entry: Entry<'v>, key: &str) -> Option<Target> {
        let Some(value) = entry.result.get(key) else {
            let message = format!("the relation has no “{key}”");
            let remedy = "add the id of the region, or delete the relation, which is left out";
            self.teller
                .tell(Code::MISSING, entry.result.start(), message, remedy);
            return None;
        };
        let Some(id) = value.word() else {
            self.teller
                .wrong_type(value, &format!("“{key}”"), "the id of a region");
            return None;
        };
        let found = self.ids.get(&*id).copied();
        if found.is_none() {
            let message = format!(
                "the relation names {}, and no region has that id",
                short(&id)
            );
            let remedy = "mend the id, or delete the relation, which is left out";
            self.teller
                .tell(Code::DANGLING, value.start(), message, remedy);
        }
        found
    }
}
