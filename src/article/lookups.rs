//! What questions about annotations are answered from: indexes over their members, made when they are first asked for.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::annotation::{Argument, MentionId, Target};
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
    pub(super) relations_of: Lookup,
    pub(super) events_of: Lookup,
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
        let relations = made.relations.iter().map(|r| (None, &r.arguments));
        let events = made.events.iter().map(|e| (e.trigger, &e.arguments));
        let relations_of = taking_part(made, relations);
        let events_of = taking_part(made, events);
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

/// The numbers of the members in which entities, and mentions without one, take part, each once.
fn taking_part<'a>(
    made: &Annotations,
    members: impl Iterator<Item = (Option<MentionId>, &'a Vec<Argument>)>,
) -> Lookup {
    let mut pairs = Lookup::new();
    for (n, (trigger, arguments)) in (0u32..).zip(members) {
        let targets = arguments.iter().map(|argument| argument.target);
        for target in trigger.map(Target::Mention).into_iter().chain(targets) {
            made.each_end(target, &mut |end| pairs.push((made.holder(end), n)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
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
