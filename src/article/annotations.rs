//! All annotations of an article, and the ways to ask for them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::annotation::{
    Attribute, Entity, EntityId, Event, EventId, Layer, Link, Mention, MentionId, Note, Relation,
    RelationId, Target, Unplaced, UnplacedId,
};
use super::index::SpanIndex;
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
    /// Fragments of all mentions.
    fragments: SpanIndex,
    /// From first to last fragment of the discontinuous ones.
    hulls: SpanIndex,
    by_category: BTreeMap<Category, Vec<MentionId>>,
    relations_of: Vec<Vec<RelationId>>,
    events_of: Vec<Vec<EventId>>,
    attributes_on: Lookup,
    notes_on: Lookup,
    links_on: Lookup,
}

/// Which members of a list are about a target: sorted pairs.
type Lookup = Vec<(Target, u32)>;

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

    /// A mention without a place.
    #[must_use]
    pub fn unplaced_of(&self, id: UnplacedId) -> Option<&Unplaced> {
        self.unplaced.get(id.0 as usize)
    }

    /// The mentions of which a fragment shares a byte with `range`, in the order of the text, each once.
    /// O(log n + k log k) for n fragments and k found.
    #[must_use]
    pub fn touching(&self, range: ByteSpan) -> Vec<MentionId> {
        collect(&self.fragments, range)
    }

    /// The discontinuous mentions whose fragments or gaps share a byte with `range`, in the order of the text.
    #[must_use]
    pub fn spanning(&self, range: ByteSpan) -> Vec<MentionId> {
        collect(&self.hulls, range)
    }

    /// The mentions of a category, in the order of the text.
    #[must_use]
    pub fn mentions_of(&self, category: Category) -> &[MentionId] {
        self.by_category.get(&category).map_or(&[], Vec::as_slice)
    }

    /// The categories that have mentions: kinds first, in their order.
    pub fn categories(&self) -> impl Iterator<Item = Category> {
        self.by_category.keys().copied()
    }

    /// The mentions that begin at or behind byte `offset` are those from this number on.
    #[must_use]
    pub fn first_from(&self, offset: usize) -> MentionId {
        MentionId(number(
            self.mentions.partition_point(|m| m.hull().start() < offset),
        ))
    }

    /// The relations in which an entity or one of its mentions takes part.
    #[must_use]
    pub fn relations_of(&self, id: EntityId) -> &[RelationId] {
        self.relations_of
            .get(id.0 as usize)
            .map_or(&[], Vec::as_slice)
    }

    /// The events in which an entity or one of its mentions takes part, or which one of them triggers.
    #[must_use]
    pub fn events_of(&self, id: EntityId) -> &[EventId] {
        self.events_of.get(id.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// The attributes of something.
    pub fn attributes_on(&self, target: Target) -> impl Iterator<Item = &Attribute> {
        among(&self.attributes_on, target).filter_map(|i| self.attributes.get(i))
    }

    /// The notes on something.
    pub fn notes_on(&self, target: Target) -> impl Iterator<Item = &Note> {
        among(&self.notes_on, target).filter_map(|i| self.notes.get(i))
    }

    /// The links of something.
    pub fn links_on(&self, target: Target) -> impl Iterator<Item = &Link> {
        among(&self.links_on, target).filter_map(|i| self.links.get(i))
    }

    /// Makes all indexes anew.
    pub(super) fn index(&mut self) {
        let mentions = || (0u32..).zip(&self.mentions);
        let fragments = mentions().flat_map(|(n, m)| m.spans.iter().map(move |s| (*s, n)));
        self.fragments = SpanIndex::new(fragments.collect());
        let parted = mentions().filter(|(_, m)| m.is_discontinuous());
        self.hulls = SpanIndex::new(parted.map(|(n, m)| (m.hull(), n)).collect());
        let mut by_label: Vec<Vec<MentionId>> = vec![Vec::new(); self.labels.len()];
        for (n, mention) in mentions() {
            if let Some(list) = by_label.get_mut(mention.label.0 as usize) {
                list.push(MentionId(n));
            }
        }
        let mut by_category: BTreeMap<Category, Vec<MentionId>> = BTreeMap::new();
        for (label, list) in (0u32..).zip(by_label).filter(|(_, list)| !list.is_empty()) {
            let all = by_category
                .entry(self.category(LabelId(label)))
                .or_default();
            if all.is_empty() {
                *all = list;
            } else {
                all.extend(list);
                all.sort_unstable();
            }
        }
        self.by_category = by_category;
        self.relations_of = self.taking_part(&self.relations, |relation| {
            (None, relation.arguments.iter().map(|a| a.target).collect())
        });
        self.events_of = self.taking_part(&self.events, |event| {
            (
                event.trigger,
                event.arguments.iter().map(|a| a.target).collect(),
            )
        });
        self.attributes_on = lookup(self.attributes.iter().map(|a| Some(a.target)));
        self.notes_on = lookup(self.notes.iter().map(|n| n.target));
        self.links_on = lookup(self.links.iter().map(|l| Some(l.target)));
    }

    /// For every entity the numbers of the members in which it takes part, each once.
    fn taking_part<T, Id: From<Numbered> + PartialEq>(
        &self,
        members: &[T],
        parts: impl Fn(&T) -> (Option<MentionId>, Vec<Target>),
    ) -> Vec<Vec<Id>> {
        if members.is_empty() {
            return Vec::new();
        }
        let entity = |mention: MentionId| self.mention(mention).and_then(|m| m.entity);
        let mut out: Vec<Vec<Id>> = Vec::new();
        out.resize_with(self.entities.len(), Vec::new);
        for (n, member) in (0u32..).zip(members) {
            let (trigger, targets) = parts(member);
            let of_targets = targets.into_iter().filter_map(|target| match target {
                Target::Entity(id) => Some(id),
                Target::Mention(id) => entity(id),
                Target::Relation(_) | Target::Event(_) | Target::Unplaced(_) => None,
            });
            for id in trigger.and_then(entity).into_iter().chain(of_targets) {
                let list = &mut out[id.0 as usize];
                let n = Id::from(Numbered(n));
                if list.last() != Some(&n) {
                    list.push(n);
                }
            }
        }
        out
    }
}

/// A plain number on its way to an id.
struct Numbered(u32);

impl From<Numbered> for RelationId {
    fn from(n: Numbered) -> Self {
        Self(n.0)
    }
}

impl From<Numbered> for EventId {
    fn from(n: Numbered) -> Self {
        Self(n.0)
    }
}

fn collect(index: &SpanIndex, range: ByteSpan) -> Vec<MentionId> {
    let mut found = Vec::new();
    index.touching(range, &mut |n| found.push(MentionId(n)));
    found.sort_unstable();
    found.dedup();
    found
}

fn lookup(targets: impl Iterator<Item = Option<Target>>) -> Lookup {
    let mut pairs: Lookup = (0u32..)
        .zip(targets)
        .filter_map(|(n, target)| Some((target?, n)))
        .collect();
    pairs.sort_unstable();
    pairs
}

fn among(lookup: &Lookup, target: Target) -> impl Iterator<Item = usize> {
    let from = lookup.partition_point(|(t, _)| *t < target);
    let to = lookup.partition_point(|(t, _)| *t <= target);
    let range: Range<usize> = from..to;
    range.map(|i| lookup[i].1 as usize)
}
