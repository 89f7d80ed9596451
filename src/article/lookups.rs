//! What questions about annotations are answered from: indexes over their members, made when they are first asked for.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::annotation::{EventId, MentionId, RelationId, Target};
use super::annotations::Annotations;
use super::index::SpanIndex;
use super::{ByteSpan, Category, LabelId};

/// The indexes, once they are asked for. They follow from the members, so two of them never tell two articles apart.
#[derive(Debug, Clone, Default)]
pub(super) struct Lazy(pub(super) OnceLock<Lookups>);

impl PartialEq for Lazy {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Lazy {}

/// Which members of a list are about a target: sorted pairs.
type Lookup = Vec<(Target, u32)>;

/// Indexes over the members of annotations.
#[derive(Debug, Clone)]
pub(super) struct Lookups {
    /// Fragments of all mentions.
    pub(super) fragments: SpanIndex,
    /// From first to last fragment of the discontinuous ones.
    pub(super) hulls: SpanIndex,
    pub(super) by_category: BTreeMap<Category, Vec<MentionId>>,
    pub(super) relations_of: Vec<Vec<RelationId>>,
    pub(super) events_of: Vec<Vec<EventId>>,
    pub(super) attributes_on: Lookup,
    pub(super) notes_on: Lookup,
    pub(super) links_on: Lookup,
}

impl Lookups {
    pub(super) fn new(made: &Annotations) -> Self {
        let mentions = || (0u32..).zip(&made.mentions);
        let fragments = mentions().flat_map(|(n, m)| m.spans.iter().map(move |s| (*s, n)));
        let fragments_of_all = SpanIndex::new(fragments.collect());
        let parted = mentions().filter(|(_, m)| m.is_discontinuous());
        let hulls = SpanIndex::new(parted.map(|(n, m)| (m.hull(), n)).collect());
        let mut by_label: Vec<Vec<MentionId>> = vec![Vec::new(); made.labels.len()];
        for (n, mention) in mentions() {
            if let Some(list) = by_label.get_mut(mention.label.0 as usize) {
                list.push(MentionId(n));
            }
        }
        let mut by_category: BTreeMap<Category, Vec<MentionId>> = BTreeMap::new();
        for (label, list) in (0u32..).zip(by_label).filter(|(_, list)| !list.is_empty()) {
            let all = by_category
                .entry(made.category(LabelId(label)))
                .or_default();
            if all.is_empty() {
                *all = list;
            } else {
                all.extend(list);
                all.sort_unstable();
            }
        }
        let relations_of = taking_part(made, &made.relations, |relation| {
            (None, relation.arguments.iter().map(|a| a.target).collect())
        });
        let events_of = taking_part(made, &made.events, |event| {
            (
                event.trigger,
                event.arguments.iter().map(|a| a.target).collect(),
            )
        });
        let attributes_on = lookup(made.attributes.iter().map(|a| Some(a.target)));
        let notes_on = lookup(made.notes.iter().map(|n| n.target));
        let links_on = lookup(made.links.iter().map(|l| Some(l.target)));
        Self {
            fragments: fragments_of_all,
            hulls,
            by_category,
            relations_of,
            events_of,
            attributes_on,
            notes_on,
            links_on,
        }
    }
}

/// For every entity the numbers of the members in which it takes part, each once.
fn taking_part<T, Id: From<Numbered> + PartialEq>(
    made: &Annotations,
    members: &[T],
    parts: impl Fn(&T) -> (Option<MentionId>, Vec<Target>),
) -> Vec<Vec<Id>> {
    if members.is_empty() {
        return Vec::new();
    }
    let entity = |mention: MentionId| made.mention(mention).and_then(|m| m.entity);
    let mut out: Vec<Vec<Id>> = Vec::new();
    out.resize_with(made.entities.len(), Vec::new);
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

pub(super) fn collect(index: &SpanIndex, range: ByteSpan) -> Vec<MentionId> {
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

pub(super) fn among(lookup: &Lookup, target: Target) -> impl Iterator<Item = usize> {
    let from = lookup.partition_point(|(t, _)| *t < target);
    let to = lookup.partition_point(|(t, _)| *t <= target);
    let range: Range<usize> = from..to;
    range.map(|i| lookup[i].1 as usize)
}
