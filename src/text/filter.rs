//! Filters that are typed: words, each of which a line must hold, as they are folded or as they are read.

use std::ops::Range;

use super::fold::{Fold, Folded};
use super::pinyin::Pinyin;

/// What lines are held against. Words are parted by blanks; width, case, Traditional and Simplified characters and spaces
/// between Han do not count, and words of Latin letters are looked for as pinyin too.
///
/// ```
/// use kanbao::text::Filter;
///
/// let filter = Filter::new("wz 会", true);
/// assert!(filter.matches("烏鎮峰會"));
/// assert_eq!(filter.ranges("烏鎮峰會"), [0..6, 9..12]);
/// assert!(!Filter::new("wz", false).matches("烏鎮峰會"));
/// ```
#[derive(Debug, Clone)]
pub struct Filter {
    text: String,
    by_reading: bool,
    words: Vec<Word>,
}

#[derive(Debug, Clone)]
struct Word {
    folded: String,
    pinyin: Option<Pinyin>,
}

impl PartialEq for Filter {
    fn eq(&self, other: &Self) -> bool {
        (&self.text, self.by_reading) == (&other.text, other.by_reading)
    }
}

impl Eq for Filter {}

impl Filter {
    /// A filter of what was typed; `by_reading`: pinyin finds Chinese text.
    #[must_use]
    pub fn new(typed: &str, by_reading: bool) -> Self {
        let word = |word: &str| Word {
            folded: Self::fold(word),
            pinyin: by_reading.then(|| Pinyin::new(word)).flatten(),
        };
        Self {
            text: typed.to_owned(),
            by_reading,
            // A word of marks alone asks for nothing.
            words: typed
                .split_whitespace()
                .map(word)
                .filter(|word| !word.folded.is_empty())
                .collect(),
        }
    }

    /// What was typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether everything passes, for nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The form of a line that words are looked for in, for lines that are asked about again and again.
    #[must_use]
    pub fn fold(line: &str) -> String {
        Folded::new(line, Fold::default()).text().to_owned()
    }

    /// Whether the line holds every word.
    #[must_use]
    pub fn matches(&self, line: &str) -> bool {
        self.matches_folded(line, &Self::fold(line))
    }

    /// The same, with the line's folded form at hand.
    #[must_use]
    pub fn matches_folded(&self, line: &str, folded: &str) -> bool {
        self.words.iter().all(|word| {
            folded.contains(&word.folded) || word.pinyin.as_ref().is_some_and(|p| p.is_match(line))
        })
    }

    /// Where the line holds words: its bytes, in order, none over another. A word that stands there as it was typed is
    /// not looked for as pinyin.
    #[must_use]
    pub fn ranges(&self, line: &str) -> Vec<Range<usize>> {
        let folded = Folded::new(line, Fold::default());
        let mut found: Vec<Range<usize>> = Vec::new();
        for word in &self.words {
            let before = found.len();
            for (at, part) in folded.text().match_indices(&word.folded) {
                found.push(folded.original(at..at + part.len()));
            }
            if let Some(pinyin) = word.pinyin.as_ref().filter(|_| found.len() == before) {
                found.extend(pinyin.hits(line));
            }
        }
        found.sort_by_key(|range| range.start);
        let mut merged: Vec<Range<usize>> = Vec::with_capacity(found.len());
        for range in found {
            match merged.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        merged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_folded_or_by_reading() {
        for (typed, line, want) in [
            ("烏鎮", "在乌镇", Some("乌镇")),
            ("wz", "在乌镇", Some("乌镇")),
            ("IPV6", "ｉｐｖ6手册", Some("ｉｐｖ6")),
            ("sc ip", "IPv6手册", Some("IP|手册")),
            ("sc x", "IPv6手册", None),
            ("王正", "记者王 正", Some("王 正")),
            ("wuzhen", "Wuzhen 乌镇", Some("Wuzhen")),
            ("乌 wuzhen 镇", "乌镇", Some("乌镇")),
            ("  ", "乌镇", Some("")),
            ("\u{FE00}", "乌镇", Some("")),
            ("\u{FE00} 镇", "乌镇", Some("镇")),
        ] {
            let filter = Filter::new(typed, true);
            assert_eq!(filter.matches(line), want.is_some(), "{typed} in {line}");
            if let Some(want) = want {
                let parts: Vec<&str> = filter.ranges(line).into_iter().map(|r| &line[r]).collect();
                assert_eq!(parts.join("|"), want, "{typed} in {line}");
            }
        }
        assert!(!Filter::new("wz", false).matches("乌镇"));
        assert!(Filter::new("\u{FE00}", true).is_empty());
    }
}
