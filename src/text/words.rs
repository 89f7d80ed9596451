//! Chinese text cut into words, which it does not set apart itself.
//!
//! By the dictionary of jieba-rs where the feature `words` is on and the dictionary has been [loaded](Words::load); by
//! single characters otherwise. Words of scripts that set them apart are words either way.

use std::fmt;
use std::ops::Range;

use super::{Script, ceil_boundary, graphemes, next_boundary, prev_boundary, script, word_at};

/// So many graphemes of Han are cut at once, at the most: what is needed for it grows with their number.
const MOST_AT_ONCE: usize = 2000;
/// So many graphemes of Han on either side decide how the word at a place is cut.
const AROUND: usize = 40;

/// What cuts text into words.
pub struct Words {
    #[cfg(feature = "words")]
    dictionary: Option<jieba_rs::Jieba>,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words")
            .field("dictionary", &self.has_dictionary())
            .finish()
    }
}

/// There is one dictionary, so two that have it cut alike, and so do two that have none.
impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        self.has_dictionary() == other.has_dictionary()
    }
}

impl Eq for Words {}

impl Words {
    /// Whether [`Self::load`] loads a dictionary: whether the program was built with the feature `words`.
    pub const CAN_LOAD: bool = cfg!(feature = "words");

    /// Words by the dictionary. Takes a fifth of a second and 35 MB, so: on a thread, and not before it is needed.
    #[must_use]
    pub fn load() -> Self {
        Self {
            #[cfg(feature = "words")]
            dictionary: Some(jieba_rs::Jieba::new()),
        }
    }

    /// Every Han character a word by itself.
    #[must_use]
    pub const fn characters() -> Self {
        Self {
            #[cfg(feature = "words")]
            dictionary: None,
        }
    }

    /// Whether Han is cut by a dictionary.
    #[must_use]
    pub const fn has_dictionary(&self) -> bool {
        #[cfg(feature = "words")]
        return self.dictionary.is_some();
        #[cfg(not(feature = "words"))]
        return false;
    }

    /// The words of `text` in order, in bytes, on grapheme boundaries. Marks, symbols and blanks are none.
    #[must_use]
    pub fn cut(&self, text: &str) -> Vec<Range<usize>> {
        let mut words = Vec::new();
        let mut at = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let kind = script(c);
            at = match kind {
                Script::Han => {
                    let end = run(text, at, kind);
                    self.cut_han(text, at..end, &mut words);
                    end
                }
                Script::Kana | Script::Hangul => {
                    let end = run(text, at, kind);
                    words.push(at..end);
                    end
                }
                Script::Letter | Script::Digit => {
                    let end = word_at(text, at).map_or(at + c.len_utf8(), |word| word.end);
                    let end = ceil_boundary(text, end);
                    words.push(at..end);
                    end
                }
                Script::Other => next_boundary(text, at),
            };
        }
        words
    }

    /// The word in which byte `offset` of `text` stands; `None` among marks and blanks.
    #[must_use]
    pub fn word_at(&self, text: &str, offset: usize) -> Option<Range<usize>> {
        let offset = super::floor_boundary(text, offset);
        let kind = script(text.get(offset..)?.chars().next()?);
        if matches!(kind, Script::Letter | Script::Digit | Script::Other) {
            // Some marks belong to a word: the point of PM2.5.
            return word_at(text, offset);
        }
        let mut from = offset;
        for _ in 0..AROUND {
            let before = prev_boundary(text, from);
            let c = text.get(before..from).and_then(|g| g.chars().next());
            if c.is_none_or(|c| script(c) != kind) {
                break;
            }
            from = before;
        }
        let around = graphemes(text.get(offset..)?).take(AROUND);
        let to = around.last().map_or(text.len(), |g| offset + g.end());
        let words = self.cut(text.get(from..to)?);
        let word = words
            .into_iter()
            .find(|word| (from + word.start..from + word.end).contains(&offset))?;
        Some(from + word.start..from + word.end)
    }

    /// The words of a run of Han.
    fn cut_han(&self, text: &str, range: Range<usize>, words: &mut Vec<Range<usize>>) {
        let Some(slice) = text.get(range.clone()) else {
            return;
        };
        let starts: Vec<usize> = graphemes(slice).map(|g| range.start + g.start).collect();
        let end_of = |n: usize| starts.get(n).copied().unwrap_or(range.end);
        let numbers = self.numbers(slice, starts.len());
        words.extend(numbers.map(|word| end_of(word.start)..end_of(word.end)));
    }

    /// The same, in numbers of graphemes.
    #[cfg(feature = "words")]
    fn numbers(&self, slice: &str, count: usize) -> impl Iterator<Item = Range<usize>> {
        let tokens = self.dictionary.as_ref().map(|dictionary| {
            // The dictionary knows characters without what modifies them.
            let bases = graphemes(slice).filter_map(|g| g.text.chars().next());
            let bases: String = bases.collect();
            let tokens = dictionary.cut(&bases, true);
            tokens.iter().map(|t| t.start..t.end).collect::<Vec<_>>()
        });
        let singly = if tokens.is_some() { 0 } else { count };
        let tokens = tokens.into_iter().flatten();
        tokens.chain((0..singly).map(|n| n..n + 1))
    }

    #[cfg(not(feature = "words"))]
    fn numbers(&self, _: &str, count: usize) -> impl Iterator<Item = Range<usize>> {
        (0..count).map(|n| n..n + 1)
    }
}

/// The end of the graphemes of one script from byte `at` on.
fn run(text: &str, at: usize, kind: Script) -> usize {
    let rest = text.get(at..).unwrap_or("");
    let is_kind = |g: &str| g.chars().next().is_some_and(|c| script(c) == kind);
    let run = graphemes(rest)
        .take(MOST_AT_ONCE)
        .take_while(|g| is_kind(g.text));
    run.last().map_or(at, |g| at + g.end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut<'a>(words: &Words, text: &'a str) -> String {
        let parts: Vec<&'a str> = words.cut(text).into_iter().map(|w| &text[w]).collect();
        parts.join("|")
    }

    #[test]
    fn without_a_dictionary_every_han_is_a_word() {
        let words = Words::characters();
        for (text, want) in [
            ("用IPv6上网。", "用|IPv6|上|网"),
            ("约7,200万，PM2.5", "约|7,200|万|PM2.5"),
            ("２０２３年", "２０２３|年"),
            ("葛\u{E0100}城", "葛\u{E0100}|城"),
            ("カラオケの夜", "カラオケの|夜"),
            ("cafe\u{301}里", "cafe\u{301}|里"),
            (" 　，。—\u{301}", ""),
            ("", ""),
        ] {
            assert_eq!(cut(&words, text), want, "{text}");
        }
    }

    #[cfg(feature = "words")]
    #[test]
    fn the_dictionary_knows_words() {
        let words = &*LOADED;
        for (text, want) in [
            ("我们在北京学习。", "我们|在|北京|学习"),
            ("使用IPv6的网络", "使用|IPv6|的|网络"),
            // A modified character belongs to its word.
            ("中\u{E0100}国人民", "中\u{E0100}国|人民"),
        ] {
            assert_eq!(cut(words, text), want, "{text}");
        }
        let text = "他说：我们在北京见面。";
        for (at, want) in [("京", "北京"), ("们", "我们"), ("见", "见面"), ("：", "")] {
            let offset = text.find(at).expect("is there");
            let word = words.word_at(text, offset).map_or("", |w| &text[w]);
            assert_eq!(word, want, "{at}");
        }
    }

    #[test]
    fn the_word_at_a_place_is_one_of_the_cut() {
        let words = Words::characters();
        let text = "用PM2.5测 量";
        for (at, want) in [("用", "用"), (".", "PM2.5"), ("量", "量"), (" ", "")] {
            let offset = text.find(at).expect("is there");
            let word = words.word_at(text, offset).map_or("", |w| &text[w]);
            assert_eq!(word, want, "{at}");
        }
        assert_eq!(words.word_at(text, text.len()), None);
        assert_eq!(words.word_at("乌镇", 4), Some(3..6), "within a character");
    }

    /// Loaded once for all the cases.
    static LOADED: std::sync::LazyLock<Words> = std::sync::LazyLock::new(Words::load);

    proptest! {
        #[test]
        fn words_come_in_order_on_boundaries_and_leave_out_only_marks(
            text in "[乌镇葛\u{E0100}カｶﾞ한\u{1112}\u{1161}aé\u{301}7,. 　，。\n\u{200D}👩\u{1F1E8}]{0,40}"
        ) {
            for words in [&Words::characters(), &*LOADED] {
                let mut behind = 0;
                for word in words.cut(&text) {
                    prop_assert!(word.start >= behind && word.end > word.start);
                    prop_assert_eq!(ceil_boundary(&text, word.start), word.start);
                    prop_assert_eq!(ceil_boundary(&text, word.end), word.end);
                    let between = &text[behind..word.start];
                    prop_assert!(graphemes(between).all(|g| g.text.chars().next().is_some_and(|c| script(c) == Script::Other)));
                    behind = word.end;
                }
            }
        }
    }
}
