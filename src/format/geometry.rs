//! How mentions lie to each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::article::{ByteSpan, Mention};

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

/// Those of one layer that stand before the mention looked at, and may still reach over it.
#[derive(Debug, Default)]
struct Open {
    /// The last one, and its number. It is not among those below yet: most mentions lie over nothing.
    last: Option<(ByteSpan, usize)>,
    /// The end of the one that reaches farthest, without those over the same words as the last one.
    farthest: usize,
    /// Where they end.
    ends: BTreeSet<usize>,
    /// By their ends, the numbers of those that cross none so far.
    not_crossing: BTreeMap<usize, Vec<usize>>,
}

impl Open {
    /// Where the last of all ends.
    fn reach(&self) -> usize {
        self.farthest
            .max(self.last.map_or(0, |(span, _)| span.end()))
    }
}

/// How each of the mentions lies, by hull, from the first fragment to the last. The mentions stand in the order of the
/// text, the longer of those that begin together first. O(n log n) however they lie.
#[must_use]
pub fn lies(mentions: &[Mention]) -> Vec<Lie> {
    let mut lies = vec![Lie::default(); mentions.len()];
    let mut layers: Vec<Open> = Vec::new();
    for (index, mention) in mentions.iter().enumerate() {
        let (hull, layer) = (mention.hull(), usize::from(mention.layer.0));
        if layers.len() <= layer {
            layers.resize_with(layer + 1, Open::default);
        }
        let open = &mut layers[layer];
        if open.reach() <= hull.start() {
            open.ends.clear();
            open.not_crossing.clear();
            open.farthest = 0;
        } else {
            let equal = open.last.is_some_and(|(span, _)| span == hull);
            if let Some((span, number)) = open.last {
                open.ends.insert(span.end());
                if !lies[number].crossing {
                    let alike = open.not_crossing.entry(span.end()).or_default();
                    alike.push(number);
                }
            }
            if !equal {
                open.farthest = open.reach();
            }
            lies[index].equal = equal;
            lies[index].within = open.farthest >= hull.end();
            // Those that begin with this one reach at least as far: what ends within it began before it.
            let inside = || hull.start() + 1..hull.end();
            lies[index].crossing = open.ends.range(inside()).next().is_some();
            while let Some((end, _)) = open.not_crossing.range(inside()).next() {
                let end = *end;
                for crossed in open.not_crossing.remove(&end).unwrap_or_default() {
                    lies[crossed].crossing = true;
                }
            }
        }
        open.last = Some((hull, index));
    }
    lies
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{AnnotationsBuilder, MentionDraft, Text};
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

    #[test]
    fn mentions_deep_within_each_other_are_no_square_of_work() {
        // Pair by pair this is 20,000,000,000 steps, of which a test does not see the end.
        let depth = 200_000;
        let text = Text::from_lines("x".repeat(2 * depth)).unwrap();
        let mut builder = AnnotationsBuilder::new(&text);
        let (layer, label) = (builder.layer(""), builder.label("X"));
        for level in 0..depth {
            let spans = vec![ByteSpan::new(level, 2 * depth - level)];
            builder
                .mention(MentionDraft {
                    layer,
                    label,
                    spans,
                    ..MentionDraft::default()
                })
                .unwrap();
        }
        let lies = lies(builder.finish().mentions());
        assert_eq!(lies.iter().filter(|lie| lie.within).count(), depth - 1);
        assert!(lies.iter().all(|lie| !lie.crossing && !lie.equal));
    }
}
