//! Which spans can be elements within one another, and the tags and text that they make.

use crate::article::{ByteSpan, Text};

/// What is written next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) enum Step {
    /// The text between two bytes.
    Text(usize, usize),
    /// The start tag of the span with this number.
    Open(usize),
    /// Its end tag.
    Close(usize),
}

/// A span of a text without line ends at its ends; nothing for one of line ends alone.
pub(in crate::format) fn trimmed(text: &Text, span: ByteSpan) -> Option<(usize, usize)> {
    let words = text.slice(span);
    let start = span.start() + words.len() - words.trim_start_matches('\n').len();
    let end = span.start() + words.trim_end_matches('\n').len();
    (start < end).then_some((start, end))
}

/// Which of the spans, in bytes and sorted by start, then the longer first, lie apart or within one another: one that
/// crosses an earlier one does not.
pub(in crate::format) fn nest(spans: &[(usize, usize)]) -> Vec<bool> {
    let mut open: Vec<usize> = Vec::new();
    let mut kept = Vec::with_capacity(spans.len());
    for (start, end) in spans {
        while open.last().is_some_and(|last| last <= start) {
            open.pop();
        }
        let fits = open.last().is_none_or(|last| end <= last);
        if fits {
            open.push(*end);
        }
        kept.push(fits);
    }
    kept
}

/// The steps that write `from..to` with the spans in it, which nest and are sorted as [`nest`] has them; each with
/// its number.
pub(in crate::format) fn steps(
    from: usize,
    to: usize,
    spans: impl Iterator<Item = (usize, (usize, usize))>,
) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut at = from;
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut text_to = |steps: &mut Vec<Step>, end: usize| {
        if end > at {
            steps.push(Step::Text(at, end));
            at = end;
        }
    };
    for (number, (start, end)) in spans {
        while let Some((last, other)) = open.last().copied().filter(|(last, _)| *last <= start) {
            text_to(&mut steps, last);
            steps.push(Step::Close(other));
            open.pop();
        }
        text_to(&mut steps, start);
        steps.push(Step::Open(number));
        open.push((end, number));
    }
    while let Some((last, other)) = open.pop() {
        text_to(&mut steps, last);
        steps.push(Step::Close(other));
    }
    text_to(&mut steps, to);
    steps
}
