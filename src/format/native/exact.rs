//! The tables under `exact`: annotations as another format had them, each with its place in code points of the text and
//! with its id, so that nothing is lost on the way through a native file. A program writes them; `docs/article-format.md`
//! is their reference.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::fields::{Fields, Placed, Reader};
use crate::article::{
    AnnotationsBuilder, Argument, Attribute, ByteSpan, EntityId, EventId, LayerId, Link,
    MentionDraft, Note, Relation, Target, Text, Unplaced,
};
use crate::format::code::Code;
use crate::format::count::{Counting, Scale, alike};
use crate::format::report::short;

/// The keys of the table itself.
const KEYS: [&str; 14] = [
    "bom",
    "line_ends",
    "roles",
    "layers",
    "entity",
    "mention",
    "unplaced",
    "relation",
    "event",
    "attribute",
    "link",
    "note",
    "verbatim",
    "added",
];

/// Adds what the tables say to the annotations.
pub(super) fn annotate<'a>(
    reader: &mut Reader<'_, '_>,
    exact: Fields<'_, '_>,
    text: &'a Text,
    builder: &mut AnnotationsBuilder<'a>,
    layer: LayerId,
) {
    reader.keys(exact, &KEYS, &[]);
    let mut maker = Maker {
        scale: Scale::of_text(text.whole(), Counting::CODE_POINTS),
        reader,
        text,
        builder,
        layers: HashMap::new(),
        layer,
        ids: HashMap::new(),
        events: Vec::new(),
    };
    maker.layers(exact);
    for sort in [
        "entity",
        "mention",
        "unplaced",
        "event",
        "relation",
        "arguments",
        "attribute",
        "link",
        "note",
        "verbatim",
    ] {
        maker.tables(exact, sort);
    }
}

struct Maker<'a, 't, 'r, 'b> {
    reader: &'b mut Reader<'t, 'r>,
    text: &'a Text,
    scale: Scale,
    builder: &'b mut AnnotationsBuilder<'a>,
    layers: HashMap<String, LayerId>,
    /// The layer of what names none.
    layer: LayerId,
    /// What `mention:T1` stands for.
    ids: HashMap<String, Target>,
    /// The events in the order of their tables.
    events: Vec<Option<EventId>>,
}

impl Maker<'_, '_, '_, '_> {
    /// Reads all tables of a sort. An entry that lacks what it needs is told of and left out.
    fn tables(&mut self, exact: Fields<'_, '_>, sort: &'static str) {
        if sort == "arguments" {
            return self.arguments(exact);
        }
        for fields in self.reader.tables(exact, sort, "[[exact.…]]") {
            let _ = match sort {
                "entity" => self.entity(fields),
                "mention" => self.mention(fields),
                "unplaced" => self.unplaced(fields),
                "event" => self.event(fields),
                "relation" => self.relation(fields),
                "attribute" => self.attribute(fields),
                "link" => self.link(fields),
                "verbatim" => self.verbatim(fields),
                _ => self.note(fields),
            };
        }
    }

    fn layers(&mut self, exact: Fields<'_, '_>) {
        let names = self.reader.strings(exact, "layers").unwrap_or_default();
        for (index, name) in names.into_iter().enumerate() {
            let id = if index == 0 {
                self.builder.rename_layer(self.layer, &name.text);
                self.layer
            } else {
                self.builder.layer(&name.text)
            };
            self.layers.insert(name.text, id);
        }
    }

    fn layer_of(&mut self, fields: Fields<'_, '_>) -> LayerId {
        let Ok(Some(name)) = self.reader.string(fields, "layer") else {
            return self.layer;
        };
        match self.layers.get(&name.text) {
            Some(layer) => *layer,
            None => {
                let layer = self.builder.layer(&name.text);
                self.layers.insert(name.text, layer);
                layer
            }
        }
    }

    fn string(&mut self, fields: Fields<'_, '_>, key: &str) -> String {
        let found = self.reader.string(fields, key).ok().flatten();
        found.map(|found| found.text).unwrap_or_default()
    }

    /// Enters an id, unless it is there.
    fn enter(&mut self, sort: &str, id: &Placed, target: Target) {
        let name = format!("{sort}:{}", id.text);
        match self.ids.entry(name) {
            Entry::Vacant(free) => {
                free.insert(target);
            }
            Entry::Occupied(_) => {
                let message = format!(
                    "there is another {sort} of the id “{}” above",
                    short(&id.text)
                );
                let remedy = "give it another id; what names it means the first".to_owned();
                self.reader.tell(Code::DUPLICATE_ID, id.at, message, remedy);
            }
        }
    }

    fn target(&mut self, word: &Placed) -> Option<Target> {
        let found = self.ids.get(&word.text).copied();
        if found.is_none() {
            let message = format!("there is no “{}”", short(&word.text));
            let remedy = "name it as mention:, entity:, event:, relation: or unplaced: and its id";
            self.reader
                .tell(Code::DANGLING, word.at, message, remedy.to_owned());
        }
        found
    }

    fn entity(&mut self, fields: Fields<'_, '_>) -> Option<()> {
        let known = ["id", "name", "kind", "aliases", "tie"];
        self.reader.keys(fields, &known, &[]);
        let id = self.reader.needed(fields, "id")?;
        let name = self.string(fields, "name");
        let kind = self.string(fields, "kind");
        let aliases = self.reader.strings(fields, "aliases").unwrap_or_default();
        let aliases = aliases.into_iter().map(|alias| alias.text).collect();
        let tie = self.reader.string(fields, "tie").ok()?;
        let label = self.builder.label(&kind);
        let entity = match tie {
            Some(tie) => self.builder.group(&name, label, aliases, &tie.text),
            None => self.builder.alike(&name, label, aliases),
        };
        self.enter("entity", &id, Target::Entity(entity));
        Some(())
    }

    fn mention(&mut self, fields: Fields<'_, '_>) -> Option<()> {
        let known = ["id", "label", "span", "text", "entity", "layer"];
        self.reader.keys(fields, &known, &[]);
        let id = self.reader.needed(fields, "id")?;
        let label = self.string(fields, "label");
        let (at, numbers) = self.reader.numbers(fields, "span")?;
        let quote = self.reader.string(fields, "text").ok()?;
        let layer = self.layer_of(fields);
        let entity = self.entity_of(fields);
        let spans = self.spans(&numbers);
        let label = self.builder.label(&label);
        let draft = MentionDraft {
            layer,
            source_id: id.text.clone(),
            label,
            spans: spans.clone().unwrap_or_default(),
            entity,
            ..MentionDraft::default()
        };
        let added = spans.and_then(|_| self.builder.mention(draft).ok());
        let Some(mention) = added else {
            let message = format!(
                "{numbers:?} is no place in a text of {} code points",
                self.scale.units()
            );
            let remedy =
                "give start and end of each fragment, in order; it is kept without a place";
            self.reader
                .tell(Code::OFFSET_RANGE, at, message, remedy.to_owned());
            let unplaced = self.builder.unplaced(Unplaced {
                layer,
                source_id: id.text.clone().into(),
                label,
                place: numbers_of(&numbers).into(),
                quote: quote.map_or_else(String::new, |quote| quote.text).into(),
            });
            self.enter("mention", &id, Target::Unplaced(unplaced));
            return Some(());
        };
        if let Some(quote) = quote {
            self.compare(&quote, mention.0 as usize);
        }
        self.enter("mention", &id, Target::Mention(mention));
        Some(())
    }

    fn entity_of(&mut self, fields: Fields<'_, '_>) -> Option<EntityId> {
        let name = self.reader.string(fields, "entity").ok()??;
        let word = Placed {
            at: name.at,
            text: format!("entity:{}", name.text),
        };
        match self.target(&word)? {
            Target::Entity(entity) => Some(entity),
            _ => None,
        }
    }

    fn spans(&self, numbers: &[u64]) -> Option<Vec<ByteSpan>> {
        let text = self.text.whole();
        let pairs = numbers.chunks(2).map(|pair| match *pair {
            [start, end] => {
                let (from, to) = self.scale.bytes(text, start, end)?;
                (from < to).then(|| ByteSpan::new(from, to))
            }
            _ => None,
        });
        pairs
            .collect::<Option<Vec<_>>>()
            .filter(|spans| !spans.is_empty())
    }

    fn compare(&mut self, quote: &Placed, mention: usize) {
        let Some(mention) = self.builder.mentions().get(mention) else {
            return;
        };
        let parts: Vec<&str> = mention
            .spans()
            .iter()
            .map(|s| self.text.slice(*s))
            .collect();
        let found = parts.join("…");
        if !alike(&found, &quote.text) {
            let message = format!(
                "it quotes “{}”, but the text has “{}” there",
                short(&quote.text),
                short(&found)
            );
            let remedy = "the span is used; mend it or the quotation".to_owned();
            self.reader
                .tell(Code::QUOTE_DIFFERS, quote.at, message, remedy);
        }
    }

    fn unplaced(&mut self, fields: Fields<'_, '_>) -> Option<()> {
        self.reader
            .keys(fields, &["id", "label", "place", "text", "layer"], &[]);
        let id = self.reader.needed(fields, "id")?;
        let (label, layer) = (self.string(fields, "label"), self.layer_of(fields));
        let label = self.builder.label(&label);
        let unplaced = Unplaced {
            layer,
            source_id: id.text.clone().into(),
            label,
            place: self.string(fields, "place").into(),
            quote: self.string(fields, "text").into(),
        };
        let target = Target::Unplaced(self.builder.unplaced(unplaced));
        self.enter("unplaced", &id, target);
        Some(())
    }

    fn event(&mut self, fields: Fields<'_, '_>) -> Option<()> {
        self.events.push(None);
        self.reader
            .keys(fields, &["id", "label", "trigger", "args", "layer"], &[]);
        let id = self.reader.needed(fields, "id")?;
        let (label, layer) = (self.string(fields, "label"), self.layer_of(fields));
        let trigger = match self.reader.string(fields, "trigger").ok()? {
            None => None,
            Some(word) => match self.target(&word)? {
                Target::Mention(mention) => Some(mention),
                _ => {
                    let message = format!("“{}” is no mention", short(&word.text));
                    let remedy = "name the mention that is the trigger".to_owned();
                    self.reader.tell(Code::TRIGGER, word.at, message, remedy);
                    None
                }
            },
        };
        let event = self.builder.event(layer, &id.text, &label, trigger).ok()?;
        *self.events.last_mut()? = Some(event);
        self.enter("event", &id, Target::Event(event));
        Some(())
    }

    /// The arguments of events, which may be events that stand below.
    fn arguments(&mut self, exact: Fields<'_, '_>) {
        let tables = self.reader.tables(exact, "event", "[[exact.event]]");
        let events = std::mem::take(&mut self.events);
        for (fields, event) in tables.into_iter().zip(events) {
            for argument in self.roles(fields) {
                if let Some(event) = event {
                    let _ = self.builder.argument(event, argument);
                }
            }
        }
    }

    /// `args = [{ role = "…", is = "mention:T1" }]`
    fn roles(&mut self, fields: Fields<'_, '_>) -> Vec<Argument> {
        let mut found = Vec::new();
        for fields in self.reader.tables(fields, "args", "an argument") {
            self.reader.keys(fields, &["role", "is"], &[]);
            let role = self.string(fields, "role");
            let target = self.reader.needed(fields, "is");
            if let Some(target) = target.and_then(|word| self.target(&word)) {
                let role = role.into();
                found.push(Argument { role, target });
            }
        }
        found
    }

    fn relation(&mut self, fields: Fields<'_, '_>) -> Option<()> {
        self.reader
            .keys(fields, &["id", "label", "args", "layer"], &[]);
        let id = self.reader.needed(fields, "id")?;
        let relation = Relation {
            layer: self.layer_of(fields),
            source_id: id.text.clone().into(),
            label: self.string(fields, "label"),
            arguments: self.roles(fields),
        };
        let relation = self.builder.relation(relation).ok()?;
        self.enter("relation", &id, Target::Relation(relation));
        Some(())
    }

    fn on(&mut self, fields: Fields<'_, '_>) -> Option<Target> {
        let word = self.reader.needed(fields, "on")?;
        self.target(&word)
    }

    fn attribute(&mut self, fields: Fields<'_, '_>) -> Option<()> {
        self.reader
            .keys(fields, &["id", "on", "name", "value"], &[]);
        let value = self.reader.string(fields, "value").ok()?;
        let attribute = Attribute {
            source_id: self.string(fields, "id").into(),
            target: self.on(fields)?,
            name: self.string(fields, "name"),
            value: value.map(|value| value.text),
        };
        self.builder.attribute(attribute).ok()
    }

    fn link(&mut self, fields: Fields<'_, '_>) -> Option<()> {
        self.reader
            .keys(fields, &["id", "on", "reference", "title"], &[]);
        let link = Link {
            source_id: self.string(fields, "id").into(),
            target: self.on(fields)?,
            reference: self.string(fields, "reference"),
            title: self.string(fields, "title"),
        };
        self.builder.link(link).ok()
    }

    fn verbatim(&mut self, fields: Fields<'_, '_>) -> Option<()> {
        self.reader.keys(fields, &["of", "text"], &[]);
        let [of, words] = ["of", "text"].map(|key| self.string(fields, key));
        self.builder.verbatim(&of, &words);
        Some(())
    }

    fn note(&mut self, fields: Fields<'_, '_>) -> Option<()> {
        self.reader
            .keys(fields, &["id", "on", "label", "text"], &[]);
        let has_target = fields.table.contains_key("on");
        let note = Note {
            source_id: self.string(fields, "id").into(),
            target: if has_target {
                Some(self.on(fields)?)
            } else {
                None
            },
            label: self.string(fields, "label"),
            text: self.string(fields, "text"),
        };
        self.builder.note(note).ok()
    }
}

fn numbers_of(numbers: &[u64]) -> String {
    let pairs = numbers.chunks(2).map(|pair| {
        let pair: Vec<String> = pair.iter().map(u64::to_string).collect();
        pair.join(" ")
    });
    pairs.collect::<Vec<_>>().join(";")
}
