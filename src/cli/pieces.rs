//! A text cut where mentions begin and end: what HTML and Markdown are made of.

use crate::article::{Annotations, Article, Block, ByteSpan, Mention, MentionId};

/// A stretch of a block over which the same mentions lie.
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    /// The mentions over it, the longest first.
    pub(super) mentions: Vec<(MentionId, &'a Mention)>,
    /// Whether it is the gap of a discontinuous mention.
    pub(super) is_gap: bool,
}

/// The pieces of a block, in order.
pub(super) fn pieces<'a>(article: &'a Article, block: Block) -> Vec<Piece<'a>> {
    let made = &article.annotations;
    let (start, end) = (block.span.start(), block.span.end());
    let over = of(made, made.touching(block.span));
    let parted = of(made, made.spanning(block.span));
    let mut cuts: Vec<usize> = over
        .iter()
        .chain(&parted)
        .flat_map(|(_, mention)| mention.spans())
        .flat_map(|span| [span.start(), span.end()])
        .filter(|at| (start..=end).contains(at))
        .chain([start, end])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    // What may lie over a piece: those that began before it ends, the first of them last gone.
    let mut from = 0;
    let mut out = Vec::with_capacity(cuts.len());
    for pair in cuts.windows(2) {
        let span = ByteSpan::new(pair[0], pair[1]);
        while over
            .get(from)
            .is_some_and(|(_, m)| m.hull().end() <= span.start())
        {
            from += 1;
        }
        let near = over.get(from..).unwrap_or(&[]);
        let near = near
            .iter()
            .take_while(|(_, m)| m.hull().start() < span.end());
        let mut mentions: Vec<(MentionId, &Mention)> =
            near.filter(|(_, m)| m.touches(span)).copied().collect();
        mentions.sort_by_key(|(id, m)| (std::cmp::Reverse(m.hull().len()), *id));
        let is_gap = mentions.is_empty()
            && parted
                .iter()
                .any(|(_, mention)| mention.hull().touches(span));
        out.push(Piece {
            text: article.text.slice(span),
            mentions,
            is_gap,
        });
    }
    out
}

fn of(made: &Annotations, ids: Vec<MentionId>) -> Vec<(MentionId, &Mention)> {
    ids.into_iter()
        .filter_map(|id| Some((id, made.mention(id)?)))
        .collect()
}
