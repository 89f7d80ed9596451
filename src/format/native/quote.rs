//! Places given by quoted text and its occurrence.

use std::collections::HashMap;

use crate::article::ByteSpan;

/// A quotation in a file: what, and the how manieth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quote {
    /// Where in the file it stands, in bytes.
    pub(super) at: usize,
    /// The fragments; mostly one.
    pub(super) parts: Vec<String>,
    /// Which occurrence of the first fragment, from 1.
    pub(super) occurrence: usize,
}

/// Why a quotation has no place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lost {
    /// The first fragment occurs less often.
    Occurs(usize),
    /// This fragment does not occur behind the one before.
    NotBehind(usize),
}

/// Finds quotations, and remembers where each quoted text occurs.
pub(super) struct Finder<'t> {
    text: &'t str,
    known: HashMap<String, Vec<usize>>,
}

impl<'t> Finder<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            known: HashMap::new(),
        }
    }

    /// The spans of the fragments, in order. Occurrences are counted from the left and do not overlap.
    pub(super) fn find(&mut self, quote: &Quote) -> Result<Vec<ByteSpan>, Lost> {
        let mut spans: Vec<ByteSpan> = Vec::with_capacity(quote.parts.len());
        for (index, part) in quote.parts.iter().enumerate() {
            let places = self.places(part);
            let start = match spans.last() {
                None => quote.occurrence.checked_sub(1).and_then(|n| places.get(n)),
                Some(before) => places.get(places.partition_point(|at| *at < before.end())),
            };
            let Some(start) = start else {
                let count = places.len();
                return Err(if index == 0 {
                    Lost::Occurs(count)
                } else {
                    Lost::NotBehind(index)
                });
            };
            spans.push(ByteSpan::new(*start, start + part.len()));
        }
        Ok(spans)
    }

    fn places(&mut self, part: &str) -> &[usize] {
        let text = self.text;
        self.known
            .entry(part.to_owned())
            .or_insert_with(|| memchr::memmem::find_iter(text.as_bytes(), part).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn occurrences_count_from_the_left() {
        let mut finder = Finder::new("11月7日、8日。11月8日");
        for (parts, occurrence, want) in [
            (&["11月"][..], 2, Ok(&[(19, 24)][..])),
            (&["11月", "8日"], 1, Ok(&[(0, 5), (12, 16)])),
            (&["11月"], 3, Err(Lost::Occurs(2))),
            (&["乌镇"], 1, Err(Lost::Occurs(0))),
            (&["8日", "7日"], 1, Err(Lost::NotBehind(1))),
        ] {
            let quote = Quote {
                at: 0,
                parts: parts.iter().map(|p| (*p).to_owned()).collect(),
                occurrence,
            };
            let want = want.map(|spans| spans.iter().map(|(a, b)| ByteSpan::new(*a, *b)).collect());
            let got = finder.find(&quote);
            assert_eq!(got, want, "{parts:?}");
        }
    }
}
