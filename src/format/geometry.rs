//! How mentions lie to each other.

use crate::article::Mention;

/// How a mention lies to the others of its layer; several may be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lie {
    /// It reaches over the same words as one before it.
    pub equal: bool,
    /// It lies within another that is longer.
    pub within: bool,
    /// It overlaps another, neither within the other.
    pub crossing: bool,
}

/// How each of the mentions lies, by hull, from the first fragment to the last. The mentions stand in the order of the
/// text, the longer of those that begin together first. O(n log n) unless many lie over each other.
#[must_use]
pub fn lies(mentions: &[Mention]) -> Vec<Lie> {
    let mut lies = vec![Lie::default(); mentions.len()];
    // Those that may still reach over what comes, by number.
    let mut open: Vec<usize> = Vec::new();
    for (index, mention) in mentions.iter().enumerate() {
        let hull = mention.hull();
        open.retain(|other| mentions[*other].hull().end() > hull.start());
        for other in open.iter().copied() {
            let before = &mentions[other];
            let over = before.hull();
            if before.layer != mention.layer {
                continue;
            }
            if over == hull {
                lies[index].equal = true;
            } else if hull.end() <= over.end() {
                lies[index].within = true;
            } else {
                lies[other].crossing = true;
                lies[index].crossing = true;
            }
        }
        open.push(index);
    }
    lies
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{AnnotationsBuilder, ByteSpan, MentionDraft, Text};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn mentions_lie_as_every_pair_says(
            spans in proptest::collection::vec((0usize..20, 1usize..8, 0u16..2), 0..12),
        ) {
            let text = Text::from_lines("x".repeat(30)).unwrap();
            let mut builder = AnnotationsBuilder::new(&text);
            let (label, layers) = (builder.label("X"), [builder.layer("a"), builder.layer("b")]);
            for (start, length, layer) in spans {
                let spans = vec![ByteSpan::new(start, start + length)];
                let layer = layers[usize::from(layer)];
                builder.mention(MentionDraft { layer, label, spans, ..MentionDraft::default() }).unwrap();
            }
            let made = builder.finish();
            let got = lies(made.mentions());
            for (index, one) in made.mentions().iter().enumerate() {
                let mut want = Lie::default();
                for (number, other) in made.mentions().iter().enumerate() {
                    let (a, b) = (one.hull(), other.hull());
                    if number == index || one.layer != other.layer || !a.touches(b) {
                        continue;
                    }
                    let inside = b.start() <= a.start() && a.end() <= b.end();
                    let holds = a.start() <= b.start() && b.end() <= a.end();
                    want.equal |= a == b && number < index;
                    want.within |= inside && a != b;
                    want.crossing |= !inside && !holds;
                }
                prop_assert_eq!(got[index], want);
            }
        }
    }
}
