//! Mentions and entities in the order of the text, and the numbers that follow from it.

use super::annotation::{Entity, EntityId, Mention, MentionId, SourceSpan};
use super::annotations::Annotations;
use super::text::Text;
use std::cmp::Reverse;

/// A count as the number of a member.
pub(super) fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Appends a number in digits; the machinery of formats costs more than these.
pub(crate) fn push_number(out: &mut String, number: usize) {
    let mut place = 1;
    while number / place >= 10 {
        place *= 10;
    }
    while place > 0 {
        let digit = u8::try_from(number / place % 10).unwrap_or_default();
        out.push(char::from(b'0' + digit));
        place /= 10;
    }
}

/// The new numbers of what was sorted; nothing where it was in order.
pub(super) struct Renumbered<Id>(Option<Vec<Id>>);

impl<Id: Copy> Renumbered<Id> {
    /// The new number of what had the old one, `number`.
    pub(super) fn of(&self, number: u32, old: Id) -> Id {
        match &self.0 {
            Some(new) => new[number as usize],
            None => old,
        }
    }
}

/// Sorts the mentions and returns their new numbers.
pub(super) fn sort_mentions(made: &mut Annotations) -> Renumbered<MentionId> {
    let key = |mention: &Mention| {
        let hull = mention.hull();
        (hull.start(), Reverse(hull.end()))
    };
    // Most files have them in order.
    if made.mentions.is_sorted_by_key(key) {
        return Renumbered(None);
    }
    let mut order: Vec<usize> = (0..made.mentions.len()).collect();
    order.sort_by_key(|i| {
        let hull = made.mentions[*i].hull();
        (hull.start(), Reverse(hull.end()), *i)
    });
    let mut renumbered = vec![MentionId(0); order.len()];
    for (new, old) in order.iter().enumerate() {
        renumbered[*old] = MentionId(number(new));
    }
    let mut sorted: Vec<(MentionId, Mention)> = renumbered
        .iter()
        .copied()
        .zip(std::mem::take(&mut made.mentions))
        .collect();
    sorted.sort_by_key(|(id, _)| *id);
    made.mentions = sorted.into_iter().map(|(_, mention)| mention).collect();
    Renumbered(Some(renumbered))
}

/// Sorts the entities by their first mention, gives them their mentions, and returns the new numbers.
pub(super) fn sort_entities(made: &mut Annotations) -> Renumbered<EntityId> {
    // Counted first, so that no list grows.
    let mut sizes = vec![0usize; made.entities.len()];
    for entity in made.mentions.iter().filter_map(|mention| mention.entity) {
        sizes[entity.0 as usize] += 1;
    }
    let mut groups: Vec<Vec<MentionId>> = sizes.into_iter().map(Vec::with_capacity).collect();
    for (index, mention) in made.mentions.iter().enumerate() {
        if let Some(entity) = mention.entity {
            groups[entity.0 as usize].push(MentionId(number(index)));
        }
    }
    let first = |group: &Vec<MentionId>| group.first().map_or(u32::MAX, |m| m.0);
    if groups.is_sorted_by_key(first) {
        for (entity, mentions) in made.entities.iter_mut().zip(groups) {
            entity.mentions = mentions.into();
        }
        return Renumbered(None);
    }
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|i| (first(&groups[*i]), *i));
    let mut renumbered = vec![EntityId(0); order.len()];
    for (new, old) in order.iter().enumerate() {
        renumbered[*old] = EntityId(number(new));
    }
    let mut sorted: Vec<(EntityId, Entity)> = std::mem::take(&mut made.entities)
        .into_iter()
        .zip(groups)
        .zip(&renumbered)
        .map(|((entity, mentions), id)| {
            let mentions = mentions.into();
            (*id, Entity { mentions, ..entity })
        })
        .collect();
    sorted.sort_by_key(|(id, _)| *id);
    made.entities = sorted.into_iter().map(|(_, entity)| entity).collect();
    for mention in &mut made.mentions {
        mention.entity = mention.entity.map(|e| renumbered[e.0 as usize]);
    }
    Renumbered(Some(renumbered))
}

/// Gives mentions without an id a number, and those without source offsets the code points of the text.
pub(super) fn number_mentions(made: &mut Annotations, text: &Text) {
    let mut wanted: Vec<usize> = Vec::new();
    let mut id = String::new();
    for (index, mention) in made.mentions.iter_mut().enumerate() {
        if mention.source_id.is_empty() {
            id.clear();
            id.push('m');
            push_number(&mut id, index + 1);
            mention.source_id = id.as_str().into();
        }
        if mention.source_spans.is_empty() {
            wanted.extend(mention.spans.iter().flat_map(|s| [s.start(), s.end()]));
        }
    }
    if wanted.is_empty() {
        return;
    }
    wanted.sort_unstable();
    wanted.dedup();
    let points = code_points(text.whole(), &wanted);
    let point_of = |byte: usize| {
        wanted
            .binary_search(&byte)
            .ok()
            .and_then(|at| points.get(at))
            .copied()
            .unwrap_or_default()
    };
    for mention in &mut made.mentions {
        if mention.source_spans.is_empty() {
            let spans = mention.spans.iter().map(|span| SourceSpan {
                start: point_of(span.start()),
                end: point_of(span.end()),
            });
            mention.source_spans = spans.collect();
        }
    }
}

/// The number of code points before each of the sorted byte offsets.
fn code_points(text: &str, sorted: &[usize]) -> Vec<u32> {
    let (mut at, mut points) = (0, 0);
    let mut out = Vec::with_capacity(sorted.len());
    for offset in sorted {
        points += text.get(at..*offset).map_or(0, |part| part.chars().count());
        at = *offset;
        out.push(number(points));
    }
    out
}
