//! Annotations of annotations, and what annotations say beside their label.

use super::make::{Maker, PLAIN, label};
use super::take::Taken;
use crate::article::{Argument, Attribute, Link, Note, Relation, Target, Unplaced};
use crate::format::code::Code;
use crate::format::report::short;

/// The parts of what an annotation of two others ties.
const ENDS: [&str; 2] = ["from", "to"];

/// The role of a participant, by its number.
pub(super) fn role(at: usize) -> &'static str {
    ENDS.get(at).copied().unwrap_or("target")
}

impl Maker<'_, '_> {
    /// What an annotation of others is: a relation of two or more, nothing new for one.
    pub(super) fn on_others(&mut self, taken: &Taken) -> Option<Target> {
        let linking = is(taken.motivation.as_deref(), "linking") || taken.named.len() > 1;
        let mut ends = Vec::new();
        for (at, name) in &taken.named {
            match self.ids.get(name).copied().flatten() {
                Some(target) => ends.push(target),
                None if linking || name.starts_with('#') => {
                    let message = format!("no annotation has the id {}", short(name));
                    let remedy = "mend the id, or add the annotation; what names it is kept";
                    self.tell(Code::DANGLING, *at, message, remedy);
                    let layer = self.layer(taken.creator.as_ref());
                    let label = self.builder.label(PLAIN);
                    let id = name.as_str();
                    ends.push(Target::Unplaced(self.builder.unplaced(Unplaced {
                        layer,
                        source_id: id.into(),
                        label,
                        place: "".into(),
                        quote: "".into(),
                    })));
                }
                // The text as a whole.
                None => {}
            }
        }
        match ends.as_slice() {
            [] => None,
            [one] if !is(taken.motivation.as_deref(), "linking") => Some(*one),
            _ => {
                let arguments = ends.iter().enumerate().map(|(at, target)| Argument {
                    role: role(at).into(),
                    target: *target,
                });
                let relation = Relation {
                    layer: self.layer(taken.creator.as_ref()),
                    source_id: taken.id.as_str().into(),
                    label: label(taken).to_owned(),
                    arguments: arguments.collect(),
                };
                let made = self.builder.relation(relation).ok().map(Target::Relation);
                if let Some(slot @ None) = self.ids.get_mut(&taken.id) {
                    *slot = made;
                }
                made
            }
        }
    }

    /// What an annotation says of its target.
    pub(super) fn bodies(&mut self, taken: &Taken, target: Option<Target>) {
        // What stands on another has no label there.
        let own = !taken.places.is_empty() || matches!(target, Some(Target::Relation(_)));
        let tags = taken.tags.iter().skip(usize::from(own));
        let motivation = taken
            .motivation
            .as_ref()
            .filter(|_| own && !taken.tags.is_empty());
        let motivation = motivation
            .filter(|m| !matches!(target, Some(Target::Relation(_))) || !is(Some(m), "linking"));
        let attributes = motivation.map(|m| ("motivation", m));
        let attributes: Vec<_> = attributes
            .into_iter()
            .chain(tags.map(|tag| ("tagging", tag)))
            .collect();
        for (name, value) in attributes {
            // The target was made just now, so none of these can fail.
            let _ = match target {
                Some(target) => self.builder.attribute(Attribute {
                    source_id: "".into(),
                    target,
                    name: name.to_owned(),
                    value: Some(value.clone()),
                }),
                None => self.builder.note(Note {
                    source_id: "".into(),
                    target: None,
                    label: name.to_owned(),
                    text: value.clone(),
                }),
            };
        }
        for (purpose, text) in &taken.notes {
            let _ = self.builder.note(Note {
                source_id: "".into(),
                target,
                label: purpose.clone(),
                text: text.clone(),
            });
        }
        for link in &taken.links {
            let other = self.ids.get(link).copied().flatten();
            let Some(target) = target else {
                let _ = self.builder.note(Note {
                    source_id: "".into(),
                    target: None,
                    label: "linking".to_owned(),
                    text: link.clone(),
                });
                continue;
            };
            let Some(other) = other else {
                let _ = self.builder.link(Link {
                    source_id: "".into(),
                    target,
                    reference: link.clone(),
                    title: String::new(),
                });
                continue;
            };
            let layer = self.layer(taken.creator.as_ref());
            let ends = ENDS.into_iter().zip([target, other]);
            let arguments = ends.map(|(role, target)| Argument {
                role: role.into(),
                target,
            });
            let _ = self.builder.relation(Relation {
                layer,
                source_id: "".into(),
                label: "linking".to_owned(),
                arguments: arguments.collect(),
            });
        }
    }
}

/// Whether a motivation is this one.
fn is(motivation: Option<&str>, wanted: &str) -> bool {
    motivation.is_some_and(|m| m.strip_prefix("oa:").unwrap_or(m) == wanted)
}
