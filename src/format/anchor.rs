//! Quotations that stand a few characters off their offsets.

use super::count::alike;
use crate::article::{ByteSpan, Text};

/// So many characters off is nearby.
const NEAR: usize = 16;

/// Where the fragments read as quoted when all of them are moved alike, by the least distance, with that distance in
/// code points, rightwards if positive. Nothing when there is no such place, or one on either side.
pub(super) fn nearby(text: &Text, spans: &[ByteSpan], quote: &str) -> Option<(Vec<ByteSpan>, i32)> {
    let whole = text.whole();
    let mut left = Some(spans.to_vec());
    let mut right = Some(spans.to_vec());
    for distance in (1i32..).take(NEAR) {
        left = left.and_then(|spans| moved(&spans, |at| back(whole, at)));
        right = right.and_then(|spans| moved(&spans, |at| forth(whole, at)));
        let fits = |spans: &&Vec<ByteSpan>| reads(text, spans, quote);
        match (left.as_ref().filter(fits), right.as_ref().filter(fits)) {
            (Some(spans), None) => return Some((spans.clone(), -distance)),
            (None, Some(spans)) => return Some((spans.clone(), distance)),
            (Some(_), Some(_)) => return None,
            (None, None) => {}
        }
    }
    None
}

/// Whether the fragments, joined by spaces, read so.
pub(super) fn reads(text: &Text, spans: &[ByteSpan], quote: &str) -> bool {
    match spans {
        [one] => alike(text.slice(*one), quote),
        several => {
            let len = several.iter().map(|span| span.len()).sum::<usize>() + several.len();
            if len != quote.len() + 1 {
                return false;
            }
            let parts: Vec<&str> = several.iter().map(|span| text.slice(*span)).collect();
            alike(&parts.join(" "), quote)
        }
    }
}

fn moved(spans: &[ByteSpan], step: impl Fn(usize) -> Option<usize>) -> Option<Vec<ByteSpan>> {
    spans
        .iter()
        .map(|span| Some(ByteSpan::new(step(span.start())?, step(span.end())?)))
        .collect()
}

fn back(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?.chars().next_back()?;
    Some(at - before.len_utf8())
}

fn forth(text: &str, at: usize) -> Option<usize> {
    let next = text.get(at..)?.chars().next()?;
    Some(at + next.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_place_that_reads_as_quoted_is_found() {
        let text = Text::from_lines("乌镇在浙江，浙江有乌镇。".to_owned()).unwrap();
        let span = |from: usize, to: usize| ByteSpan::new(from * 3, to * 3);
        for (spans, quote, want) in [
            (vec![span(4, 6)], "浙江", Some((vec![span(3, 5)], -1))),
            (vec![span(8, 10)], "乌镇", Some((vec![span(9, 11)], 1))),
            (
                vec![span(1, 3), span(4, 6)],
                "乌镇 浙江",
                Some((vec![span(0, 2), span(3, 5)], -1)),
            ),
            // As far to the left as to the right.
            (vec![span(4, 7)], "浙江有", Some((vec![span(6, 9)], 2))),
            (vec![span(0, 2)], "北京", None),
        ] {
            assert_eq!(nearby(&text, &spans, quote), want, "{quote}");
        }
        let text = Text::from_lines("水一水".to_owned()).unwrap();
        assert_eq!(nearby(&text, &[span(1, 2)], "水"), None, "on either side");
    }
}
