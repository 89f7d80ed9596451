//! Which mentions can be elements, and which lines of a text are one element since mentions go over their ends.

use std::cmp::Reverse;

use super::super::loss::{Feature, Losses};
use super::super::xml::{nest, trimmed};
use crate::article::{Article, Role};

/// A line, or several that are one: bytes, and the role of the first.
pub(super) type Line = (usize, usize, Role);

/// Where each mention is written, in bytes; nothing for one that cannot be. And the lines.
pub(super) fn of(
    article: &Article,
    losses: &mut Losses,
) -> (Vec<Option<(usize, usize)>>, Vec<Line>) {
    let blocks = article.text.blocks();
    // White space alone on its line is not written.
    let in_line = |at: usize| {
        let behind = blocks.partition_point(|block| block.span.start() <= at);
        let block = behind.checked_sub(1).and_then(|at| blocks.get(at));
        block.is_some_and(|block| at < block.span.end())
    };
    let mentions = article.annotations.mentions();
    let mut order: Vec<(usize, (usize, usize))> = Vec::with_capacity(mentions.len());
    for (number, mention) in mentions.iter().enumerate() {
        if mention.is_discontinuous() {
            continue;
        }
        let hull = mention.hull();
        let span = trimmed(&article.text, hull);
        let fits = span.filter(|(start, end)| in_line(*start) && in_line(end - 1));
        let is_whole = fits == Some((hull.start(), hull.end()));
        losses.add(Feature::Spaces, usize::from(!is_whole));
        order.extend(fits.map(|span| (number, span)));
    }
    order.sort_by_key(|(number, (start, end))| (*start, Reverse(*end), *number));
    let sorted: Vec<(usize, usize)> = order.iter().map(|(_, span)| *span).collect();
    let mut spans = vec![None; mentions.len()];
    let mut kept = Vec::with_capacity(order.len());
    for ((number, span), fits) in order.into_iter().zip(nest(&sorted)) {
        if let Some(slot) = spans.get_mut(number).filter(|_| fits) {
            *slot = Some(span);
            kept.push(span);
        }
    }
    (spans, joined(article, &kept))
}

fn joined(article: &Article, spans: &[(usize, usize)]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let (mut reach, mut spans) = (0, spans.iter().peekable());
    for block in article.text.blocks() {
        let (start, end) = (block.span.start(), block.span.end());
        match lines.last_mut() {
            Some(last) if reach > start => last.1 = end,
            _ => lines.push((start, end, block.role)),
        }
        while let Some(span) = spans.next_if(|span| span.0 < end) {
            reach = reach.max(span.1);
        }
    }
    lines
}
