//! Literal queries: one character of the query is looked for by its bytes, the others are compared around it.
//!
//! No folded copy of the text is made. What counts as equal is what [`Folded`](crate::text::Folded) makes equal: a test
//! compares both.

mod elements;
mod needles;
mod steps;

use std::ops::Range;

use elements::{Element, elements};
use needles::{Needle, Stream, needles};
use steps::{before, behind, blanks, marks_end};

use super::commonness::commonness;
use crate::text::{Fold, is_blank};

/// A literal query made ready.
#[derive(Debug)]
pub(super) struct Literal {
    fold: Fold,
    elements: Vec<Element>,
    /// The element that is looked for.
    anchor: usize,
    needles: Vec<Needle>,
    /// Whether one of the characters that are looked for is one that formats may write otherwise: `&`, a quotation mark.
    escapable: bool,
}

impl Literal {
    /// `None` for a query of white space alone, which matches nothing.
    pub(super) fn new(query: &str, fold: Fold) -> Option<Self> {
        if query.chars().all(|c| c.is_whitespace() || fold.is_mark(c)) {
            return None;
        }
        let elements = elements(query, fold);
        let repeats = |e: &Element| elements.iter().filter(|o| o.chars == e.chars).count();
        let anchor = (0..elements.len()).min_by_key(|i| {
            let element = &elements[*i];
            (element.cost(), repeats(element))
        })?;
        let escapable = |c: &char| c.is_ascii() && !c.is_ascii_alphanumeric();
        Some(Self {
            fold,
            escapable: elements[anchor].chars.iter().any(escapable),
            needles: needles(&elements[anchor].chars),
            elements,
            anchor,
        })
    }

    /// The hits in `hay`, from left to right; one begins behind the end of the one before.
    pub(super) fn hits<'a>(&'a self, hay: &'a str) -> LiteralHits<'a> {
        let streams = self.needles.iter().map(|n| Stream::new(n, hay)).collect();
        LiteralHits {
            literal: self,
            hay,
            streams,
            end: 0,
            blanks: (0, false),
        }
    }

    /// Whether bytes of UTF-8, in which letters stand for themselves, may hold a hit.
    pub(super) fn may_be_in(&self, bytes: &[u8]) -> bool {
        self.escapable || self.needles.iter().any(|needle| needle.is_in(bytes))
    }

    /// The hit whose anchor stands at byte `at`. `run` is the last run of blanks that was looked at: where it ends, and
    /// whether it is passed over.
    fn around(&self, hay: &str, at: usize, run: &mut (usize, bool)) -> Option<Range<usize>> {
        let (left, right) = self.elements.split_at(self.anchor);
        let own = hay.get(at..)?.chars().next()?;
        if is_blank(own) {
            if at >= run.0 {
                *run = blanks(self.fold, hay, at);
            }
            if run.1 {
                return None;
            }
        }
        let (mut start, mut c) = (at, own);
        for element in left.iter().rev() {
            (c, start, _) = before(self.fold, hay, start, c)?;
            if !element.matches(c) {
                return None;
            }
        }
        let (mut end, mut c) = (at + own.len_utf8(), own);
        for element in right.get(1..)? {
            (c, _, end) = behind(self.fold, hay, end, c)?;
            if !element.matches(c) {
                return None;
            }
        }
        Some(start..marks_end(self.fold, hay, end))
    }
}

/// The hits of a literal query in a text.
pub(super) struct LiteralHits<'a> {
    literal: &'a Literal,
    hay: &'a str,
    streams: Vec<Stream<'a>>,
    /// Where the last hit ended.
    end: usize,
    /// The run of blanks that was looked at last, as [`blanks`] tells it.
    blanks: (usize, bool),
}

impl Iterator for LiteralHits<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            // The nearest anchor. A later anchor never belongs to an earlier hit, so hits come in order.
            let nearest = self.streams.iter_mut().filter(|s| s.next.is_some());
            let stream = nearest.min_by_key(|s| s.next)?;
            let at = stream.next?;
            stream.advance();
            if let Some(hit) = self.literal.around(self.hay, at, &mut self.blanks)
                && hit.start >= self.end
            {
                self.end = hit.end;
                return Some(hit);
            }
        }
    }
}

#[cfg(test)]
mod tests;
