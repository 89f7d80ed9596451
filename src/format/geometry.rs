//! How mentions lie to each other.

use crate::article::Mention;

/// How a mention lies to the others of its layer; of several the first that fits, in this order from below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lie {
    /// It shares no place with another, or holds others.
    Alone,
    /// It reaches over the same words as one before it.
    Equal,
    /// It lies within another that is longer.
    Within,
    /// It overlaps another, neither within the other.
    Crossing,
}

/// How each of the mentions lies, by hull, from the first fragment to the last. The mentions stand in the order of the
/// text, the longer of those that begin together first. O(n log n) unless many cross each other.
#[must_use]
pub fn lies(mentions: &[Mention]) -> Vec<Lie> {
    let mut lies = vec![Lie::Alone; mentions.len()];
    // Those that may still reach over what comes, by number.
    let mut open: Vec<usize> = Vec::new();
    for (index, mention) in mentions.iter().enumerate() {
        let hull = mention.hull();
        open.retain(|other| mentions[*other].hull().end() > hull.start());
        for other in open.iter().copied() {
            let (over, before) = (mentions[other].hull(), &mentions[other]);
            if before.layer != mention.layer {
                continue;
            }
            let lie = if over == hull {
                Lie::Equal
            } else if hull.end() <= over.end() {
                Lie::Within
            } else {
                lies[other] = Lie::Crossing;
                Lie::Crossing
            };
            lies[index] = lies[index].max(lie);
        }
        open.push(index);
    }
    lies
}
