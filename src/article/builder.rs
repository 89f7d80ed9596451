//! How a reader puts the annotations of an article together; the only way to make them.
//!
//! Ids given out while building are provisional: they are valid for the builder that gave them, and
//! [`AnnotationsBuilder::finish`] renumbers mentions and entities in the order of the text.

use std::collections::HashMap;

use super::annotation::{
    Argument, Attribute, Entity, EntityId, Event, EventId, Layer, LayerId, Link, Mention,
    MentionId, Note, Relation, RelationId, SourceSpan, Target, Unplaced, UnplacedId, Verbatim,
};
use super::annotations::Annotations;
use super::fragments::Fragments;
use super::order::{number, number_mentions, sort_entities, sort_mentions};
use super::{ByteSpan, Kind, Kinds, Label, LabelId, Text, Types};

/// An invariant that an annotation would break. The reader says where in the file, and what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No fragment, or one without a byte.
    #[error("a mention needs at least one character in every fragment")]
    Empty,
    /// A fragment ends behind the text.
    #[error("the span ends at byte {end}, but the text has only {len}")]
    OutOfBounds {
        /// Where the fragment ends.
        end: usize,
        /// Length of the text.
        len: usize,
    },
    /// A fragment begins or ends within a character.
    #[error("the span begins or ends within a character, at byte {0}")]
    SplitsCharacter(usize),
    /// Fragments overlap or do not stand in the order of the text.
    #[error("the fragments are not in the order of the text, or overlap")]
    Disorder,
    /// Something refers to a mention, entity, relation or event that the article has not.
    #[error("it refers to something that is not there")]
    Dangling,
}

/// A mention before it has its place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MentionDraft {
    /// The layer it belongs to.
    pub layer: LayerId,
    /// Its id in the source; empty: it gets a number in the order of the text.
    pub source_id: String,
    /// Its label; see [`AnnotationsBuilder::label`].
    pub label: LabelId,
    /// Its fragments, in order.
    pub spans: Vec<ByteSpan>,
    /// The same in code points of the source's file; empty: counted in code points of the text.
    pub source_spans: Vec<SourceSpan>,
    /// What it refers to.
    pub entity: Option<EntityId>,
}

/// So many labels are found faster by looking at each than in a map, and most articles have no more.
const FEW: usize = 16;

/// Annotations in the making.
#[derive(Debug)]
pub struct AnnotationsBuilder<'a> {
    text: &'a Text,
    made: Annotations,
    /// Those of the labels behind the first few, which are looked for one by one.
    labels: HashMap<String, LabelId>,
    kinds: Kinds,
    /// What the corpus says of its labels.
    types: Option<Types>,
}

impl<'a> AnnotationsBuilder<'a> {
    /// Begins with no annotation over `text`.
    #[must_use]
    pub fn new(text: &'a Text) -> Self {
        Self::with_kinds(text, &Kinds::default())
    }

    /// The same, with these kinds for labels.
    #[must_use]
    pub fn with_kinds(text: &'a Text, kinds: &Kinds) -> Self {
        Self {
            kinds: kinds.clone(),
            types: None,
            text,
            made: Annotations::default(),
            labels: HashMap::new(),
        }
    }

    /// Takes what the corpus says of its labels; it holds for those that are entered from now on.
    pub fn describe(&mut self, types: &Types) {
        self.types = Some(types.clone());
    }

    /// Adds a layer.
    pub fn layer(&mut self, name: &str) -> LayerId {
        self.declared(name, "")
    }

    /// Adds a layer that the source declares in these words.
    pub fn declared(&mut self, name: &str, words: &str) -> LayerId {
        self.made.layers.push(Layer {
            name: name.to_owned(),
            declared: words.into(),
        });
        LayerId(u16::try_from(self.made.layers.len() - 1).unwrap_or(u16::MAX))
    }

    /// Gives a layer another name.
    pub fn rename_layer(&mut self, layer: LayerId, name: &str) {
        if let Some(layer) = self.made.layers.get_mut(usize::from(layer.0)) {
            name.clone_into(&mut layer.name);
        }
    }

    /// The number of a label, which is entered when it is new. Its kind is that of [`Kinds::of`].
    pub fn label(&mut self, name: &str) -> LabelId {
        let few = &self.made.labels[..self.made.labels.len().min(FEW)];
        if let Some(at) = few.iter().position(|label| label.name == name) {
            return LabelId(number(at));
        }
        if let Some(id) = self.labels.get(name) {
            return *id;
        }
        let id = LabelId(number(self.made.labels.len()));
        let told = self.types.as_ref().and_then(|types| types.get(name));
        let told = told.cloned().unwrap_or_default();
        // What the label itself does not tell its words may, or a label above it.
        let others = std::iter::once(&told.shown).chain(&told.above);
        let kind = std::iter::once(name)
            .chain(others.map(String::as_str))
            .map(|label| self.kinds.of(label))
            .find(|kind| *kind != Kind::Other);
        self.made.labels.push(Label {
            name: name.to_owned(),
            kind: kind.unwrap_or(Kind::Other),
            shown: told.shown,
            color: told.color,
        });
        if self.made.labels.len() > FEW {
            self.labels.insert(name.to_owned(), id);
        }
        id
    }

    /// Adds an entity of which the source tells, without mentions; they come when mentions name it.
    pub fn entity(&mut self, name: &str, label: LabelId, aliases: Vec<String>) -> EntityId {
        self.push_entity(name, label, aliases, Some(Box::default()))
    }

    /// Adds an entity of mentions that read alike; the source does not say that they are one.
    pub fn alike(&mut self, name: &str, label: LabelId, aliases: Vec<String>) -> EntityId {
        self.push_entity(name, label, aliases, None)
    }

    /// Adds an entity that the source makes of mentions by a word of its own, such as brat's `Equiv`.
    pub fn group(
        &mut self,
        name: &str,
        label: LabelId,
        aliases: Vec<String>,
        word: &str,
    ) -> EntityId {
        self.push_entity(name, label, aliases, Some(word.into()))
    }

    fn push_entity(
        &mut self,
        name: &str,
        label: LabelId,
        aliases: Vec<String>,
        given: Option<Box<str>>,
    ) -> EntityId {
        self.made.entities.push(Entity {
            name: name.to_owned(),
            given,
            label,
            aliases,
            mentions: Box::default(),
        });
        EntityId(number(self.made.entities.len() - 1))
    }

    /// Adds a mention.
    ///
    /// # Errors
    /// A [`Fault`] when a span breaks an invariant or the entity is not there; nothing is added then.
    pub fn mention(&mut self, draft: MentionDraft) -> Result<MentionId, Fault> {
        self.check(&draft.spans)?;
        if draft
            .entity
            .is_some_and(|e| e.0 as usize >= self.made.entities.len())
        {
            return Err(Fault::Dangling);
        }
        self.made.mentions.push(Mention {
            layer: draft.layer,
            source_id: draft.source_id.into(),
            label: draft.label,
            entity: draft.entity,
            spans: draft.spans.into(),
            source_spans: draft.source_spans.into(),
        });
        Ok(MentionId(number(self.made.mentions.len() - 1)))
    }

    /// Adds a mention of one fragment, of which the source gives these offsets; without an id it gets a number.
    ///
    /// # Errors
    /// A [`Fault`] when the span breaks an invariant; nothing is added then.
    pub fn single(
        &mut self,
        layer: LayerId,
        source_id: &str,
        label: LabelId,
        span: ByteSpan,
        source_span: SourceSpan,
    ) -> Result<MentionId, Fault> {
        self.check(&[span])?;
        self.made.mentions.push(Mention {
            layer,
            source_id: source_id.into(),
            label,
            entity: None,
            spans: Fragments::One(span),
            source_spans: Fragments::One(source_span),
        });
        Ok(MentionId(number(self.made.mentions.len() - 1)))
    }

    /// Adds a mention that has no place in the text.
    pub fn unplaced(&mut self, unplaced: Unplaced) -> UnplacedId {
        self.made.unplaced.push(unplaced);
        UnplacedId(number(self.made.unplaced.len() - 1))
    }

    /// Keeps words of the source as they stand.
    pub fn verbatim(&mut self, of: &str, words: &str) {
        self.made.verbatim.push(Verbatim {
            of: of.into(),
            words: words.into(),
        });
    }

    /// Says what an added mention refers to. Nothing happens when either is not there.
    pub fn refer(&mut self, mention: MentionId, entity: EntityId) {
        if (entity.0 as usize) < self.made.entities.len()
            && let Some(mention) = self.made.mentions.get_mut(mention.0 as usize)
        {
            mention.entity = Some(entity);
        }
    }

    /// The entities added so far.
    #[must_use]
    pub fn entities(&self) -> &[Entity] {
        &self.made.entities
    }

    /// The mentions added so far, by their provisional number.
    #[must_use]
    pub fn mentions(&self) -> &[Mention] {
        &self.made.mentions
    }

    /// Adds a relation.
    ///
    /// # Errors
    /// [`Fault::Dangling`] when a participant is not there.
    pub fn relation(&mut self, relation: Relation) -> Result<RelationId, Fault> {
        self.check_arguments(&relation.arguments)?;
        self.made.relations.push(relation);
        Ok(RelationId(number(self.made.relations.len() - 1)))
    }

    /// Adds an event without arguments, which [`AnnotationsBuilder::argument`] gives it: events may take part in
    /// events that come later.
    ///
    /// # Errors
    /// [`Fault::Dangling`] when the trigger is not there.
    pub fn event(
        &mut self,
        layer: LayerId,
        source_id: &str,
        label: &str,
        trigger: Option<MentionId>,
    ) -> Result<EventId, Fault> {
        if let Some(trigger) = trigger {
            self.check_target(Target::Mention(trigger))?;
        }
        self.made.events.push(Event {
            layer,
            source_id: source_id.into(),
            label: label.to_owned(),
            trigger,
            arguments: Vec::new(),
        });
        Ok(EventId(number(self.made.events.len() - 1)))
    }

    /// Adds a participant to an event.
    ///
    /// # Errors
    /// [`Fault::Dangling`] when the event or the participant is not there.
    pub fn argument(&mut self, event: EventId, argument: Argument) -> Result<(), Fault> {
        self.check_target(argument.target)?;
        let event = self.made.events.get_mut(event.0 as usize);
        event.ok_or(Fault::Dangling)?.arguments.push(argument);
        Ok(())
    }

    /// Adds an attribute.
    ///
    /// # Errors
    /// [`Fault::Dangling`] when what has it is not there.
    pub fn attribute(&mut self, attribute: Attribute) -> Result<(), Fault> {
        self.check_target(attribute.target)?;
        self.made.attributes.push(attribute);
        Ok(())
    }

    /// Adds a note.
    ///
    /// # Errors
    /// [`Fault::Dangling`] when what it is on is not there.
    pub fn note(&mut self, note: Note) -> Result<(), Fault> {
        if let Some(target) = note.target {
            self.check_target(target)?;
        }
        self.made.notes.push(note);
        Ok(())
    }

    /// Adds a link.
    ///
    /// # Errors
    /// [`Fault::Dangling`] when what it identifies is not there.
    pub fn link(&mut self, link: Link) -> Result<(), Fault> {
        self.check_target(link.target)?;
        self.made.links.push(link);
        Ok(())
    }

    /// Puts mentions and entities in the order of the text and makes the indexes.
    #[must_use]
    pub fn finish(self) -> Annotations {
        let mut made = self.made;
        let mentions = sort_mentions(&mut made);
        let entities = sort_entities(&mut made);
        let renumber = |target: &mut Target| match target {
            Target::Mention(id) => *id = mentions.of(id.0, *id),
            Target::Entity(id) => *id = entities.of(id.0, *id),
            Target::Relation(_) | Target::Event(_) | Target::Unplaced(_) => {}
        };
        for relation in &mut made.relations {
            relation
                .arguments
                .iter_mut()
                .for_each(|a| renumber(&mut a.target));
        }
        for event in &mut made.events {
            if let Some(trigger) = &mut event.trigger {
                *trigger = mentions.of(trigger.0, *trigger);
            }
            event
                .arguments
                .iter_mut()
                .for_each(|a| renumber(&mut a.target));
        }
        made.attributes
            .iter_mut()
            .for_each(|a| renumber(&mut a.target));
        made.links.iter_mut().for_each(|l| renumber(&mut l.target));
        made.notes
            .iter_mut()
            .filter_map(|n| n.target.as_mut())
            .for_each(renumber);
        number_mentions(&mut made, self.text);
        made
    }

    fn check(&self, spans: &[ByteSpan]) -> Result<(), Fault> {
        let whole = self.text.whole();
        if spans.is_empty() || spans.iter().any(|s| s.is_empty()) {
            return Err(Fault::Empty);
        }
        for span in spans {
            if span.end() > whole.len() {
                return Err(Fault::OutOfBounds {
                    end: span.end(),
                    len: whole.len(),
                });
            }
            for at in [span.start(), span.end()] {
                if !whole.is_char_boundary(at) {
                    return Err(Fault::SplitsCharacter(at));
                }
            }
        }
        if spans.windows(2).any(|w| w[0].end() > w[1].start()) {
            return Err(Fault::Disorder);
        }
        Ok(())
    }

    fn check_arguments(&self, arguments: &[Argument]) -> Result<(), Fault> {
        arguments
            .iter()
            .try_for_each(|a| self.check_target(a.target))
    }

    fn check_target(&self, target: Target) -> Result<(), Fault> {
        let made = &self.made;
        let (number, count) = match target {
            Target::Mention(id) => (id.0, made.mentions.len()),
            Target::Entity(id) => (id.0, made.entities.len()),
            Target::Relation(id) => (id.0, made.relations.len()),
            Target::Event(id) => (id.0, made.events.len()),
            Target::Unplaced(id) => (id.0, made.unplaced.len()),
        };
        if (number as usize) < count {
            Ok(())
        } else {
            Err(Fault::Dangling)
        }
    }
}

#[cfg(test)]
mod tests;
