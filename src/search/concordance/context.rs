//! What stands to the left and right of a hit.

use std::ops::Range;

use super::Unit;
use crate::article::ByteSpan;
use crate::text::{self, Script, Words, ceil_boundary, floor_boundary, graphemes, script};

/// So many bytes of context are kept on either side, at the most, and so many of a hit: 200 cells of Han.
pub const MOST_BYTES: usize = 300;
/// What stands for the end of a block, and for the blank lines behind it.
pub const LINE_END: char = '¶';
/// In so many bytes next to the hit the nearest characters and words nearly always are.
const NEAR_BYTES: usize = 96;

/// A hit in its context. The parts are as in the article, line ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context<'a> {
    /// Where the hit stands in the article's text.
    pub span: ByteSpan,
    /// Up to the hit.
    pub left: &'a str,
    /// The hit; cut short when it is longer than [`MOST_BYTES`].
    pub hit: &'a str,
    /// From the hit on.
    pub right: &'a str,
}

impl<'a> Context<'a> {
    /// The context of a hit of `text`, over the ends of blocks.
    #[must_use]
    pub(super) fn of(text: &'a str, span: ByteSpan) -> Self {
        let from = span.start().saturating_sub(MOST_BYTES);
        let from = ceil_boundary(text, from).min(span.start());
        let to = span.end().saturating_add(MOST_BYTES).min(text.len());
        let to = floor_boundary(text, to).max(span.end());
        let mut hit = text.get(span.range()).unwrap_or("");
        if hit.len() > MOST_BYTES {
            hit = &hit[..floor_boundary(hit, MOST_BYTES)];
        }
        Self {
            span,
            left: text.get(from..span.start()).unwrap_or(""),
            hit,
            right: text.get(span.end()..to).unwrap_or(""),
        }
    }

    /// The same within the block.
    #[must_use]
    pub(super) fn in_block(self) -> Self {
        let left = self.left.rfind('\n').map_or(0, |at| at + 1);
        let right = self.right.find('\n').unwrap_or(self.right.len());
        Self {
            left: &self.left[left..],
            right: &self.right[..right],
            ..self
        }
    }

    /// The nearest characters or words on the left, the nearest first, with where they stand in the article.
    pub(super) fn leftwards(
        &self,
        unit: Unit,
        count: usize,
        words: &Words,
    ) -> Vec<(usize, &'a str)> {
        let start = self.span.start() - self.left.len();
        let near = self.left.len().saturating_sub(NEAR_BYTES);
        for from in [ceil_boundary(self.left, near), 0] {
            let part = &self.left[from..];
            let found = cut(part, unit, words);
            // The first one of a part may have been cut through.
            if from == 0 || found.len() > count {
                let nearest = found.into_iter().rev().take(count);
                let placed = nearest.map(|range| (start + from + range.start, &part[range]));
                return placed.collect();
            }
        }
        Vec::new()
    }

    /// The same on the right.
    pub(super) fn rightwards(
        &self,
        unit: Unit,
        count: usize,
        words: &Words,
    ) -> Vec<(usize, &'a str)> {
        let start = self.span.end();
        for to in [floor_boundary(self.right, NEAR_BYTES), self.right.len()] {
            let part = &self.right[..to];
            let found = cut(part, unit, words);
            if to == self.right.len() || found.len() > count {
                let nearest = found.into_iter().take(count);
                let placed = nearest.map(|range| (start + range.start, &part[range]));
                return placed.collect();
            }
        }
        Vec::new()
    }
}

/// The characters or words of a text. Marks and blanks are neither.
pub(super) fn cut(part: &str, unit: Unit, words: &Words) -> Vec<Range<usize>> {
    match unit {
        Unit::Words => words.cut(part),
        Unit::Characters => {
            let told = |g: &text::Grapheme<'_>| {
                let first = g.text.chars().next();
                first.is_some_and(|c| script(c) != Script::Other)
            };
            let all = graphemes(part).filter(told);
            all.map(|g| g.start..g.end()).collect()
        }
    }
}

/// A text on one line: a line end, with the blanks around it, is [`LINE_END`], a TAB a blank.
#[must_use]
pub fn flat(text: &str) -> String {
    if !text.contains(['\n', '\t', '\r']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut blanks = String::new();
    for c in text.chars() {
        if c.is_whitespace() {
            blanks.push(c);
            continue;
        }
        settle(&mut blanks, &mut out);
        out.push(c);
    }
    settle(&mut blanks, &mut out);
    out
}

fn settle(blanks: &mut String, out: &mut String) {
    if blanks.contains('\n') {
        out.push(LINE_END);
    } else {
        let blank = |c| if matches!(c, '\t' | '\r') { ' ' } else { c };
        out.extend(blanks.chars().map(blank));
    }
    blanks.clear();
}
