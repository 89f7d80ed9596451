//! The tables of a native file to annotations over its text.

use crate::format::code::Code;
use std::collections::{HashMap, HashSet};

use super::exact;
use super::fields::{Fields, Placed, Reader};
use super::names;
use super::quote::{Finder, Lost, Quote};
use super::schema::{Attributes, EntityEntry, ExcludeEntry, MentionEntry, Tables};
use crate::article::{
    Annotations, AnnotationsBuilder, Attribute, ByteSpan, EntityId, Kinds, LabelId, LayerId, Link,
    MentionDraft, MentionId, Note, Target, Text,
};
use crate::format::report::short;
use crate::text::nearest;

/// Makes the annotations; `layer` is the name of their layer.
pub(super) fn annotate(
    reader: &mut Reader<'_, '_>,
    tables: Tables,
    exact: Option<Fields<'_, '_>>,
    text: &Text,
    layer: &str,
    kinds: &Kinds,
) -> Annotations {
    let mut builder = AnnotationsBuilder::with_kinds(text, kinds);
    let layer = builder.layer(layer);
    let mut maker = Maker {
        reader,
        text,
        finder: Finder::new(text.whole()),
        builder,
        layer,
        entities: Vec::new(),
        by_name: HashMap::new(),
        by_alias: HashMap::new(),
        triggers: HashMap::new(),
    };
    maker.entities(tables.entities);
    maker.mentions(tables.mentions, &tables.excludes);
    maker.relations(tables.relations);
    maker.events(tables.events);
    maker.notes(tables.notes);
    if let Some(exact) = exact {
        exact::annotate(maker.reader, exact, text, &mut maker.builder, layer);
    }
    maker.builder.finish()
}

/// An entity that was entered.
pub(super) struct Known {
    pub(super) id: EntityId,
    pub(super) label: LabelId,
    pub(super) name: Placed,
    /// Its names, to be looked for.
    pub(super) names: Vec<String>,
}

/// A mention with its place, before it is entered.
struct Found {
    entry: MentionEntry,
    spans: Vec<ByteSpan>,
    entity: Option<usize>,
}

pub(super) struct Maker<'a, 't, 'r> {
    pub(super) reader: &'a mut Reader<'t, 'r>,
    pub(super) text: &'a Text,
    pub(super) finder: Finder<'a>,
    pub(super) builder: AnnotationsBuilder<'a>,
    pub(super) layer: LayerId,
    pub(super) entities: Vec<Known>,
    pub(super) by_name: HashMap<String, usize>,
    pub(super) by_alias: HashMap<String, usize>,
    /// Events with the same label and trigger share the trigger's mention.
    pub(super) triggers: HashMap<(LabelId, Vec<ByteSpan>), MentionId>,
}

impl Maker<'_, '_, '_> {
    fn entities(&mut self, entries: Vec<EntityEntry>) {
        for entry in entries {
            if let Some(first) = self.by_name.get(&entry.name.text) {
                let name = short(&self.entities[*first].name.text);
                let message =
                    format!("there is another entity named “{name}” above; this one is left out");
                let remedy =
                    "join the two, or give one a longer name and the short one as an alias";
                self.reader.tell(
                    Code::DUPLICATE_NAME,
                    entry.name.at,
                    message,
                    remedy.to_owned(),
                );
                continue;
            }
            self.entity(entry);
        }
    }

    fn entity(&mut self, entry: EntityEntry) {
        let mut names = Vec::new();
        for name in std::iter::once(&entry.name).chain(&entry.aliases) {
            let fault = if name.text.trim().is_empty() {
                "an alias is empty"
            } else if name.text.contains('\n') {
                "a name goes over a line end, so it is found nowhere"
            } else {
                names.push(name.text.clone());
                continue;
            };
            let remedy = "give the name as it stands in the text, or delete it";
            self.reader
                .tell(Code::BAD_NAME, name.at, fault.to_owned(), remedy.to_owned());
        }
        let aliases: Vec<String> = names
            .iter()
            .filter(|n| **n != entry.name.text)
            .cloned()
            .collect();
        let index = self.entities.len();
        for alias in &aliases {
            self.by_alias.entry(alias.clone()).or_insert(index);
        }
        self.by_name.insert(entry.name.text.clone(), index);
        let label = self.builder.label(&entry.kind);
        let id = self.builder.entity(&entry.name.text, label, aliases);
        let target = Target::Entity(id);
        self.attributes(target, entry.attributes);
        self.note(target, entry.note);
        if !entry.link.is_empty() {
            // It cannot fail: the entity is there.
            let _ = self.builder.link(Link {
                source_id: Box::default(),
                target,
                reference: entry.link,
                title: String::new(),
            });
        }
        self.entities.push(Known {
            id,
            label,
            name: entry.name,
            names,
        });
    }

    fn mentions(&mut self, entries: Vec<MentionEntry>, excludes: &[ExcludeEntry]) {
        let named = self.entities.iter().enumerate();
        let names: Vec<(usize, &str)> = named
            .flat_map(|(index, known)| known.names.iter().map(move |name| (index, name.as_str())))
            .collect();
        let mut automatic = names::find(self.text.whole(), &names);
        let mut met: HashSet<usize> = automatic.iter().map(|(_, entity)| *entity).collect();
        self.exclude(&mut automatic, excludes);
        let mut explicit: Vec<Found> = Vec::new();
        for entry in entries {
            explicit.extend(self.place(entry));
        }
        met.extend(explicit.iter().filter_map(|found| found.entity));
        replace(&mut automatic, &explicit);
        for (span, entity) in automatic {
            let (id, label) = (self.entities[entity].id, self.entities[entity].label);
            self.mention(label, vec![span], Some(id));
        }
        for found in explicit {
            let known = found.entity.map(|entity| &self.entities[entity]);
            let (id, kind) = (known.map(|k| k.id), known.map(|k| k.label));
            let label = match kind {
                Some(kind) if found.entry.label.is_empty() => kind,
                _ => self.builder.label(&found.entry.label),
            };
            if let Some(mention) = self.mention(label, found.spans, id) {
                self.attributes(Target::Mention(mention), found.entry.attributes);
                self.note(Target::Mention(mention), found.entry.note);
            }
        }
        for index in 0..self.entities.len() {
            if !met.contains(&index) {
                let name = self.entities[index].name.clone();
                let message = format!("“{}” is found nowhere in the text", short(&name.text));
                let remedy =
                    "give an alias as the text writes it, a [[mention]], or delete the entity";
                self.reader
                    .tell(Code::NO_MENTION, name.at, message, remedy.to_owned());
            }
        }
    }

    /// Takes out of the automatic mentions what the file excludes.
    fn exclude(&mut self, automatic: &mut Vec<(ByteSpan, usize)>, entries: &[ExcludeEntry]) {
        let mut out: HashSet<(ByteSpan, usize)> = HashSet::new();
        for entry in entries {
            let Some(spans) = self.find(&entry.quote) else {
                continue;
            };
            let wanted = match &entry.entity {
                None => None,
                Some(name) => match self.lookup(name) {
                    Some(index) => Some(index),
                    None => continue,
                },
            };
            let Some(span) = spans.first().copied().filter(|_| spans.len() == 1) else {
                let message = "an [[exclude]] has one text, and this is a list".to_owned();
                let remedy = "exclude each of them on its own".to_owned();
                self.reader
                    .tell(Code::WRONG_TYPE, entry.quote.at, message, remedy);
                continue;
            };
            let from = automatic.partition_point(|(s, _)| *s < span);
            let same = automatic[from..].iter().take_while(|(s, _)| *s == span);
            let before = out.len();
            out.extend(same.filter(|(_, entity)| wanted.is_none_or(|w| w == *entity)));
            if out.len() == before {
                let quoted = short(&entry.quote.parts.join("…"));
                let message = format!(
                    "occurrence {} of “{quoted}” is no mention by name, so there is nothing to exclude",
                    entry.quote.occurrence
                );
                let remedy = "an [[exclude]] quotes a whole name that was found, no more and no less; \
                              mend text, occurrence or entity, or delete it";
                self.reader.tell(
                    Code::IDLE_EXCLUDE,
                    entry.quote.at,
                    message,
                    remedy.to_owned(),
                );
            }
        }
        automatic.retain(|found| !out.contains(found));
    }

    fn place(&mut self, entry: MentionEntry) -> Option<Found> {
        let spans = self.find(&entry.quote)?;
        let entity = match &entry.entity {
            None => None,
            // With a label of its own it is a mention all the same.
            Some(name) => match self.lookup(name) {
                None if entry.label.is_empty() => return None,
                found => found,
            },
        };
        Some(Found {
            entry,
            spans,
            entity,
        })
    }

    pub(super) fn mention(
        &mut self,
        label: LabelId,
        spans: Vec<ByteSpan>,
        entity: Option<EntityId>,
    ) -> Option<MentionId> {
        let draft = MentionDraft {
            layer: self.layer,
            label,
            spans,
            entity,
            ..MentionDraft::default()
        };
        // Spans come from searching the text, so no invariant can be broken.
        self.builder.mention(draft).ok()
    }

    fn attributes(&mut self, target: Target, attributes: Attributes) {
        for (name, value) in attributes {
            let _ = self.builder.attribute(Attribute {
                source_id: Box::default(),
                target,
                name,
                value,
            });
        }
    }

    pub(super) fn note(&mut self, target: Target, text: String) {
        if !text.is_empty() {
            let _ = self.builder.note(Note {
                source_id: Box::default(),
                target: Some(target),
                label: String::new(),
                text,
            });
        }
    }

    /// The entity of that name, else the first with that alias.
    pub(super) fn lookup(&mut self, name: &Placed) -> Option<usize> {
        let found = self
            .by_name
            .get(&name.text)
            .or_else(|| self.by_alias.get(&name.text));
        if found.is_none() {
            let names = self
                .entities
                .iter()
                .flat_map(|e| e.names.iter().map(String::as_str));
            let remedy = match nearest(&name.text, names) {
                Some(near) => format!("did you mean “{}”?", short(near)),
                None => "name it as its [[entity]] does, or add one".to_owned(),
            };
            let message = format!("there is no entity named “{}”", short(&name.text));
            self.reader
                .tell(Code::UNKNOWN_ENTITY, name.at, message, remedy);
        }
        found.copied()
    }

    pub(super) fn find(&mut self, quote: &Quote) -> Option<Vec<ByteSpan>> {
        let lost = match self.finder.find(quote) {
            Ok(spans) => return Some(spans),
            Err(lost) => lost,
        };
        let first = quote
            .parts
            .first()
            .map_or_else(String::new, |part| short(part));
        let (message, remedy) = match lost {
            Lost::Occurs(0) => (
                format!("“{first}” does not occur in the text"),
                "quote it exactly as it stands; the marks ## and > are no part of the text"
                    .to_owned(),
            ),
            Lost::Occurs(1) => (
                format!(
                    "“{first}” occurs once, so there is no occurrence {}",
                    quote.occurrence
                ),
                "leave `occurrence` out".to_owned(),
            ),
            Lost::Occurs(count) => (
                format!(
                    "“{first}” occurs {count} times, so there is no occurrence {}",
                    quote.occurrence
                ),
                format!("give an occurrence from 1 to {count}"),
            ),
            Lost::NotBehind(index) => (
                format!(
                    "“{}” does not occur behind the fragment before it",
                    short(&quote.parts[index])
                ),
                "list the fragments in the order of the text".to_owned(),
            ),
        };
        self.reader
            .tell(Code::QUOTE_NOWHERE, quote.at, message, remedy);
        None
    }
}

/// Takes out of the automatic mentions those which one written by hand of the same entity overlaps.
fn replace(automatic: &mut Vec<(ByteSpan, usize)>, explicit: &[Found]) {
    let mut by_hand: HashMap<usize, Vec<ByteSpan>> = HashMap::new();
    for found in explicit {
        if let Some(entity) = found.entity {
            by_hand.entry(entity).or_default().extend(&found.spans);
        }
    }
    for spans in by_hand.values_mut() {
        spans.sort_unstable_by_key(|span| span.end());
    }
    automatic.retain(|(span, entity)| {
        by_hand.get(entity).is_none_or(|spans| {
            // Spans written by hand may overlap one another; those that end within or behind are looked at.
            let from = spans.partition_point(|s| s.end() <= span.start());
            !spans[from..].iter().any(|s| s.touches(*span))
        })
    });
}
