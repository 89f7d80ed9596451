//! A whole text after folding, with the way back: for names, titles and what is typed. A long text is never folded as a
//! whole.

use std::ops::Range;

use super::chars::{Fold, is_blank};

/// A folded text.
///
/// A **unit** is a character that counts, together with the marks behind it that do not. Blanks that do not count
/// belong to none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    text: String,
    /// For each unit: where it begins in `text`, and its bytes in the original.
    units: Vec<(usize, Range<usize>)>,
}

impl Folded {
    /// Folds a text.
    #[must_use]
    pub fn new(text: &str, fold: Fold) -> Self {
        let mut folded = Self::default();
        let mut before = None;
        let mut at = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let end = at + c.len_utf8();
            if fold.is_mark(c) {
                if let Some((_, range)) = folded.units.last_mut() {
                    range.end = end;
                }
                at = end;
                continue;
            }
            if is_blank(c) {
                let rest = &text[at..];
                let behind = rest.trim_start_matches(|c| is_blank(c) || fold.is_mark(c));
                let next = behind.chars().next();
                if before.zip(next).is_some_and(|(a, b)| fold.joins(a, b)) {
                    at += rest.len() - behind.len();
                    continue;
                }
            }
            folded.units.push((folded.text.len(), at..end));
            folded.text.push(fold.char(c));
            before = Some(c);
            at = end;
        }
        folded
    }

    /// The folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the original that a range of bytes of the folded text came from. Both are on character boundaries;
    /// an empty range is where its character begins.
    #[must_use]
    pub fn original(&self, folded: Range<usize>) -> Range<usize> {
        let unit = |at: usize| self.units.partition_point(|(start, _)| *start < at);
        let (first, behind) = (unit(folded.start), unit(folded.end));
        let end = self.units.last().map_or(0, |(_, range)| range.end);
        let start = self.units.get(first).map_or(end, |(_, range)| range.start);
        let last = behind
            .checked_sub(1)
            .filter(|last| *last >= first)
            .and_then(|last| self.units.get(last));
        start..last.map_or(start, |(_, range)| range.end)
    }

    /// The units: what each folds to, and its bytes in the original.
    pub fn units(&self) -> impl Iterator<Item = (char, Range<usize>)> + '_ {
        self.text
            .chars()
            .zip(self.units.iter().map(|(_, range)| range.clone()))
    }

    /// What is wanted of a text to be compared by it as a whole: no blank at its ends.
    #[must_use]
    pub fn key(text: &str, fold: Fold) -> String {
        Self::new(text.trim_matches(is_blank), fold).text
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::FoldOptions;

    #[test]
    fn the_way_back_is_exact() {
        let text = "王　正、e\u{301}Ａ葛\u{E0100}飾 鎮";
        let folded = Folded::new(text, Fold::new(FoldOptions::all(true)));
        assert_eq!(folded.text(), "王正,ea葛饰镇");
        for (part, want) in [
            ("王正", "王　正"),
            ("正", "正"),
            ("e", "e\u{301}"),
            ("葛", "葛\u{E0100}"),
            ("饰镇", "飾 鎮"),
            ("a葛饰", "Ａ葛\u{E0100}飾"),
        ] {
            let at = folded.text().find(part).expect(part);
            assert_eq!(&text[folded.original(at..at + part.len())], want);
        }
        assert_eq!(folded.original(0..0), 0..0);
        let end = folded.text().len();
        assert_eq!(folded.original(end..end), text.len()..text.len());
    }

    #[test]
    fn what_a_text_becomes() {
        let default = Fold::default();
        for (text, want) in [
            ("烏鎮峰會", "乌镇峰会"),
            ("IPv6 规模", "ipv6 规模"),
            ("王 \u{3000} 正", "王正"),
            ("王\u{200B}正", "王正"),
            ("王\n正", "王\n正"),
            ("王 、正", "王 、正"),
            (" 王 ", " 王 "),
            ("一九 九八", "一九九八"),
            ("\u{FE00}王", "王"),
        ] {
            let folded = Folded::new(text, default);
            let same = Folded::new(want, default);
            assert_eq!(folded.text(), same.text(), "{text}");
        }
    }

    proptest! {
        /// Every unit is its own bytes, in order and apart, and what lies between counts for nothing.
        #[test]
        fn units_are_parts_of_the_text(text in "[王鎮镇 　\u{200B}aÀ\u{301}\u{FE00}，1\n]{0,40}", all: bool) {
            let fold = if all { Fold::new(FoldOptions::all(true)) } else { Fold::default() };
            let folded = Folded::new(&text, fold);
            let mut end = 0;
            for (c, range) in folded.units() {
                prop_assert!(range.start >= end);
                prop_assert!(text[end..range.start].chars().all(|c| is_blank(c) || fold.is_mark(c)));
                let mut own = text[range.clone()].chars();
                prop_assert_eq!(own.next().map(|c| fold.char(c)), Some(c));
                prop_assert!(own.all(|c| fold.is_mark(c)));
                end = range.end;
            }
            prop_assert!(text[end..].chars().all(|c| is_blank(c) || fold.is_mark(c)));
            prop_assert_eq!(folded.original(0..folded.text().len()).is_empty(), folded.text().is_empty());
        }
    }
}
