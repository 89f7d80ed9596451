//! Hits put together to the lines in which they stand.

use std::ops::Range;

use crate::format::FilePlace;
use crate::search::Matcher;

/// A line of an article that has hits.
#[derive(Debug)]
pub(super) struct Found {
    /// Of the article's text, from 1.
    pub(super) line: usize,
    /// Where the line begins in the article's text.
    pub(super) start: usize,
    pub(super) text: String,
    /// In the line, at least one.
    pub(super) hits: Vec<Range<usize>>,
    /// Where they stand in the file; nothing where that is the text itself.
    pub(super) places: Vec<FilePlace>,
}

impl Found {
    /// Where a hit stands in the file.
    pub(super) fn place(&self, hit: usize) -> FilePlace {
        self.places.get(hit).copied().unwrap_or_else(|| FilePlace {
            line: self.line,
            column: self.hits.get(hit).map_or(0, |hit| hit.start) + 1,
        })
    }
}

/// The lines of a text that have hits.
#[derive(Debug)]
pub(super) struct Lines {
    /// How many there are.
    pub(super) count: usize,
    /// How many hits they have, without those of no length.
    pub(super) hits: usize,
    /// The lines in order; none when they are only counted.
    pub(super) found: Vec<Found>,
    with_text: bool,
    /// The number of the line with which the next piece begins, from 1; of no use when lines are only counted.
    number: usize,
    /// Bytes of the text before the next piece.
    before: usize,
}

impl Lines {
    /// With the lines themselves, or only how many there are.
    pub(super) const fn new(with_text: bool) -> Self {
        Self {
            count: 0,
            hits: 0,
            found: Vec::new(),
            with_text,
            number: 1,
            before: 0,
        }
    }

    /// Searches a piece of the text that consists of whole lines.
    pub(super) fn take(&mut self, matcher: &Matcher, piece: &str) {
        self.add(piece, matcher.in_text(piece));
    }

    /// Takes the hits of a piece that consists of whole lines, in their order.
    pub(super) fn add(&mut self, piece: &str, hits: impl Iterator<Item = Range<usize>>) {
        let bytes = piece.as_bytes();
        let breaks = |part: Range<usize>| {
            memchr::memchr_iter(b'\n', bytes.get(part).unwrap_or_default()).count()
        };
        // Where the last line that has a hit begins and ends, and up to where line breaks have been counted.
        let (mut start, mut end, mut counted) = (0, None, 0);
        for hit in hits {
            self.hits += usize::from(!hit.is_empty());
            let is_new = end.is_none_or(|end| hit.start >= end);
            if is_new {
                self.count += 1;
                let behind = bytes.get(hit.end..).unwrap_or_default();
                end = Some(memchr::memchr(b'\n', behind).map_or(bytes.len(), |at| hit.end + at));
            }
            if !self.with_text {
                continue;
            }
            if is_new {
                let before = bytes.get(..hit.start).unwrap_or_default();
                start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
                self.number += breaks(counted..hit.start);
                counted = hit.start;
                let line = piece.get(start..end.unwrap_or(start)).unwrap_or("");
                self.found.push(Found {
                    line: self.number,
                    start: self.before + start,
                    text: line.to_owned(),
                    hits: Vec::new(),
                    places: Vec::new(),
                });
            }
            if let Some(line) = self.found.last_mut() {
                line.hits.push(hit.start - start..hit.end - start);
            }
        }
        if self.with_text {
            self.number += breaks(counted..bytes.len());
        }
        self.before += bytes.len();
    }
}
