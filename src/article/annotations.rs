//! All annotations of an article, and the ways to ask for them.

use super::annotation::{
    Attribute, Entity, EntityId, Event, EventId, Layer, Link, Mention, MentionId, Note, Relation,
    RelationId, Target, Unplaced, UnplacedId, Verbatim,
};
use super::lookups::{Lazy, Lookups, among, collect};
use super::order::number;
use super::{ByteSpan, Category, Kind, Label, LabelId};

/// The annotations over one text. Made by an [`AnnotationsBuilder`](super::AnnotationsBuilder), never changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annotations {
    pub(super) layers: Vec<Layer>,
    pub(super) labels: Vec<Label>,
    pub(super) entities: Vec<Entity>,
    pub(super) mentions: Vec<Mention>,
    pub(super) relations: Vec<Relation>,
    pub(super) events: Vec<Event>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) notes: Vec<Note>,
    pub(super) links: Vec<Link>,
    pub(super) unplaced: Vec<Unplaced>,
    pub(super) verbatim: Vec<Verbatim>,
    lookups: Lazy,
}

impl Annotations {
    /// The layers.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The labels that occur.
    #[must_use]
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// A label as the source writes it; empty when there is none of that number.
    #[must_use]
    pub fn label_name(&self, id: LabelId) -> &str {
        self.labels.get(id.0 as usize).map_or("", |l| &l.name)
    }

    /// The kind that a label stands for.
    #[must_use]
    pub fn kind(&self, id: LabelId) -> Kind {
        self.labels
            .get(id.0 as usize)
            .map_or(Kind::Other, |l| l.kind)
    }

    /// What a label is shown, hidden and walked with.
    #[must_use]
    pub fn category(&self, id: LabelId) -> Category {
        match self.kind(id) {
            Kind::Other => Category::Label(id),
            kind => Category::Kind(kind),
        }
    }

    /// The name of a category: the kind's, or the label's.
    #[must_use]
    pub fn category_name(&self, category: Category) -> &str {
        match category {
            Category::Kind(kind) => kind.name(),
            Category::Label(id) => match self.labels.get(id.0 as usize) {
                Some(label) if !label.shown.is_empty() => &label.shown,
                _ => self.label_name(id),
            },
        }
    }

    /// All mentions, by number, which is the order of the text.
    #[must_use]
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// A mention.
    #[must_use]
    pub fn mention(&self, id: MentionId) -> Option<&Mention> {
        self.mentions.get(id.0 as usize)
    }

    /// All entities, by number, which is the order of their first mentions.
    #[must_use]
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// An entity.
    #[must_use]
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(id.0 as usize)
    }

    /// All relations.
    #[must_use]
    pub fn relations(&self) -> &[Relation] {
        &self.relations
    }

    /// All events.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// All attributes.
    #[must_use]
    pub fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    /// All notes.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// All links.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// All mentions without a place in the text, in the order of the source.
    #[must_use]
    pub fn unplaced(&self) -> &[Unplaced] {
        &self.unplaced
    }

    /// What the source has beside its annotations, or otherwise than they would be written, in the order of the source.
    #[must_use]
    pub fn verbatim(&self) -> &[Verbatim] {
        &self.verbatim
    }

    /// A mention without a place.
    #[must_use]
    pub fn unplaced_of(&self, id: UnplacedId) -> Option<&Unplaced> {
        self.unplaced.get(id.0 as usize)
    }

    /// The mentions of which a fragment shares a byte with `range`, in the order of the text, each once.
    /// O(log n + k log k) for n fragments and k found.
    #[must_use]
    pub fn touching(&self, range: ByteSpan) -> Vec<MentionId> {
        collect(&self.lookups().fragments, range)
    }

    /// The discontinuous mentions whose fragments or gaps share a byte with `range`, in the order of the text.
    #[must_use]
    pub fn spanning(&self, range: ByteSpan) -> Vec<MentionId> {
        collect(&self.lookups().hulls, range)
    }

    /// The mentions of a category, in the order of the text.
    #[must_use]
    pub fn mentions_of(&self, category: Category) -> &[MentionId] {
        self.lookups()
            .by_category
            .get(&category)
            .map_or(&[], Vec::as_slice)
    }

    /// The categories that have mentions: kinds first, in their order.
    pub fn categories(&self) -> impl Iterator<Item = Category> {
        self.lookups().by_category.keys().copied()
    }

    /// The mentions that begin at or behind byte `offset` are those from this number on.
    #[must_use]
    pub fn first_from(&self, offset: usize) -> MentionId {
        MentionId(number(
            self.mentions.partition_point(|m| m.hull().start() < offset),
        ))
    }

    /// The relations in which an entity takes part by itself, by one of its mentions, or by an event or relation that
    /// is seen in one ([`Self::each_end`]), in the order of the source. A mention stands for its entity; one without
    /// an entity for itself.
    pub fn relations_of(&self, target: Target) -> impl Iterator<Item = RelationId> {
        let found = among(&self.lookups().relations_of, self.holder(target));
        found.map(|n| RelationId(number(n)))
    }

    /// The events in which something takes part, as [`Self::relations_of`], or which it triggers.
    pub fn events_of(&self, target: Target) -> impl Iterator<Item = EventId> {
        let found = among(&self.lookups().events_of, self.holder(target));
        found.map(|n| EventId(number(n)))
    }

    /// What is listed for a mention: its entity where it has one.
    pub(super) fn holder(&self, target: Target) -> Target {
        let entity = match target {
            Target::Mention(id) => self.mention(id).and_then(|mention| mention.entity),
            _ => None,
        };
        entity.map_or(target, Target::Entity)
    }

    /// The attributes of something.
    pub fn attributes_on(&self, target: Target) -> impl Iterator<Item = &Attribute> {
        among(&self.lookups().attributes_on, target).filter_map(|i| self.attributes.get(i))
    }

    /// The notes on something.
    pub fn notes_on(&self, target: Target) -> impl Iterator<Item = &Note> {
        among(&self.lookups().notes_on, target).filter_map(|i| self.notes.get(i))
    }

    /// The links of something.
    pub fn links_on(&self, target: Target) -> impl Iterator<Item = &Link> {
        among(&self.lookups().links_on, target).filter_map(|i| self.links.get(i))
    }

    /// Makes what the questions above are answered from. Else the first of them does: an article that is only counted
    /// or written needs none of it.
    pub fn prepare(&self) {
        let _ = self.lookups();
    }

    fn lookups(&self) -> &Lookups {
        self.lookups.0.get_or_init(|| Lookups::new(self))
    }
}
