//! A literal query in the forms in which Unicode writes its letters: é is one character, or e and a mark (UAX #15).

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::leaf::Ranges;
use super::literal::Literal;
use super::merge::Both;
use crate::text::Fold;

/// A literal query made ready, composed and, where that differs, decomposed. A word of a text is written in one of the two.
#[derive(Debug)]
pub(super) struct Spellings {
    composed: Literal,
    decomposed: Option<Box<Literal>>,
    fold: Fold,
}

impl Spellings {
    /// `None` for a query of white space alone, which matches nothing.
    pub(super) fn new(query: &str, fold: Fold) -> Option<Self> {
        // Where marks do not count, both are found anyway. Han are left as they are: their compatibility ideographs are
        // the switches' affair.
        let is_letter = |c: char| matches!(c, '\u{C0}'..='\u{1FFF}');
        let apart: String = query
            .chars()
            .flat_map(|c| {
                let parts: Vec<char> = if is_letter(c) {
                    c.to_string().nfd().collect()
                } else {
                    vec![c]
                };
                parts
            })
            .collect();
        let marked = !fold.options().diacritics && apart.chars().any(is_combining_mark);
        if !marked {
            return Some(Self {
                composed: Literal::new(query, fold)?,
                decomposed: None,
                fold,
            });
        }
        let together: String = apart.nfc().collect();
        let decomposed = (together != apart).then(|| Literal::new(&apart, fold));
        Some(Self {
            composed: Literal::new(&together, fold)?,
            decomposed: decomposed.flatten().map(Box::new),
            fold,
        })
    }

    /// Its hits, in order.
    pub(super) fn hits<'a>(&'a self, hay: &'a str) -> Ranges<'a> {
        // With a mark behind it that counts, a letter is another one.
        let whole = move |hit: &Range<usize>| {
            let next = hay.get(hit.end..).and_then(|rest| rest.chars().next());
            let marked = next.is_some_and(|c| matches!(c, '\u{300}'..='\u{36F}'));
            !marked || self.fold.options().diacritics
        };
        let composed = self.composed.hits(hay).filter(whole);
        match &self.decomposed {
            None => Box::new(composed),
            Some(other) => Box::new(Both::new(composed, other.hits(hay).filter(whole))),
        }
    }

    /// Whether bytes of UTF-8, in which letters stand for themselves, may hold a hit.
    pub(super) fn may_be_in(&self, bytes: &[u8]) -> bool {
        let other = self.decomposed.as_ref();
        self.composed.may_be_in(bytes) || other.is_some_and(|other| other.may_be_in(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FoldOptions;

    #[test]
    fn a_letter_is_found_however_it_is_written() {
        for (query, hay, want) in [
            (
                "caf\u{E9}",
                "cafe\u{301} Caf\u{C9}",
                "cafe\u{301}|Caf\u{C9}",
            ),
            (
                "cafe\u{301}",
                "cafe\u{301} caf\u{E9}",
                "cafe\u{301}|caf\u{E9}",
            ),
            ("cafe", "cafe\u{301} caf\u{E9} cafe", "cafe"),
            ("e", "e\u{301}\u{E9}ee\u{301}", "e"),
            (
                "l\u{1DC}",
                "lu\u{308}\u{300} l\u{FC}\u{300} l\u{1DC}",
                "lu\u{308}\u{300}|l\u{1DC}",
            ),
            ("豈", "豈\u{F900}岂", "豈|\u{F900}|岂"),
        ] {
            let needle = Spellings::new(query, Fold::default()).expect("not blank");
            let hits: Vec<&str> = needle.hits(hay).map(|hit| &hay[hit]).collect();
            assert_eq!(hits.join("|"), want, "{query} in {hay}");
            assert!(hits.is_empty() || needle.may_be_in(hay.as_bytes()));
        }
        let all = Fold::new(FoldOptions::all(true));
        let needle = Spellings::new("caf\u{E9}", all).expect("not blank");
        assert_eq!(needle.hits("cafe\u{301} cafe caf\u{E9}").count(), 3);
    }
}
