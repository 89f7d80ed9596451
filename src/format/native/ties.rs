//! What ties entities and mentions together: relations, events and notes of a native file.

use crate::format::code::Code;
use std::collections::{HashMap, HashSet};

use super::annotate::Maker;
use super::quote::Quote;
use super::schema::{EventEntry, NoteEntry, NoteOn, RelationEntry};
use crate::article::{Argument, ByteSpan, MentionId, Relation, Target};
use crate::format::report::short;

impl Maker<'_, '_, '_> {
    pub(super) fn relations(&mut self, entries: Vec<RelationEntry>) {
        for entry in entries {
            let ends = [
                ("from", self.lookup(&entry.from)),
                ("to", self.lookup(&entry.to)),
            ];
            let arguments: Vec<Argument> = ends
                .into_iter()
                .filter_map(|(role, entity)| Some(self.argument(role, entity?)))
                .collect();
            if arguments.len() == ends.len() {
                let _ = self.builder.relation(Relation {
                    layer: self.layer,
                    source_id: Box::default(),
                    label: entry.label,
                    arguments,
                });
            }
        }
    }

    pub(super) fn events(&mut self, entries: Vec<EventEntry>) {
        for entry in entries {
            let trigger = match &entry.trigger {
                None => None,
                Some(quote) => match self.find(quote) {
                    None => continue,
                    Some(spans) => self.trigger(&entry.label, spans),
                },
            };
            let Ok(event) = self.builder.event(self.layer, "", &entry.label, trigger) else {
                continue;
            };
            for (role, name) in entry.arguments {
                if let Some(entity) = self.lookup(&name) {
                    let argument = self.argument(&role, entity);
                    let _ = self.builder.argument(event, argument);
                }
            }
        }
    }

    /// The mention of an event's trigger: labelled as the event, of no entity.
    fn trigger(&mut self, label: &str, spans: Vec<ByteSpan>) -> Option<MentionId> {
        let label = self.builder.label(label);
        let key = (label, spans);
        if let Some(mention) = self.triggers.get(&key) {
            return Some(*mention);
        }
        let mention = self.mention(label, key.1.clone(), None)?;
        self.triggers.insert(key, mention);
        Some(mention)
    }

    pub(super) fn notes(&mut self, entries: Vec<NoteEntry>) {
        // Of mentions at one place the one written by hand, which was entered last, is meant; a trigger is none.
        let triggers: HashSet<MentionId> = self.triggers.values().copied().collect();
        let mut placed: HashMap<Vec<ByteSpan>, MentionId> = HashMap::new();
        for (number, mention) in (0..).zip(self.builder.mentions()) {
            let id = MentionId(number);
            if !triggers.contains(&id) || !placed.contains_key(mention.spans()) {
                placed.insert(mention.spans().to_vec(), id);
            }
        }
        for entry in entries {
            let target = match &entry.on {
                NoteOn::Entity(name) => self
                    .lookup(name)
                    .map(|e| Target::Entity(self.entities[e].id)),
                NoteOn::Mention(quote) => self.noted(quote, &placed),
            };
            if let Some(target) = target {
                self.note(target, entry.text);
            }
        }
    }

    fn noted(
        &mut self,
        quote: &Quote,
        placed: &HashMap<Vec<ByteSpan>, MentionId>,
    ) -> Option<Target> {
        let spans = self.find(quote)?;
        let found = placed.get(&spans).copied();
        if found.is_none() {
            let message = format!(
                "occurrence {} of “{}” is no mention, so the note has no place",
                quote.occurrence,
                short(&quote.parts.join("…"))
            );
            let remedy = "quote a whole mention, or mark the place with a [[mention]], which can carry the note";
            self.reader
                .tell(Code::NOTE_NOWHERE, quote.at, message, remedy.to_owned());
        }
        found.map(Target::Mention)
    }

    fn argument(&self, role: &str, entity: usize) -> Argument {
        Argument {
            role: role.into(),
            target: Target::Entity(self.entities[entity].id),
        }
    }
}
