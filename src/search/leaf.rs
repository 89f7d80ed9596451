//! One term that is looked for in text.

use std::ops::Range;

use regex::Regex;

use super::merge::Both;
use super::query::Pattern;
use super::spellings::Spellings;
use super::{Query, QueryError, pattern};
use crate::text::{Fold, FoldOptions, Pinyin, PinyinOptions};

/// A term made ready.
#[derive(Debug)]
pub(super) enum Needle {
    /// It is matched by nothing: white space.
    Nothing,
    Literal(Spellings),
    /// Latin letters, which are also read as pinyin.
    Latin(Spellings, Box<Pinyin>),
    Pattern(Regex),
}

/// Ranges of a text, in order.
pub(super) type Ranges<'a> = Box<dyn Iterator<Item = Range<usize>> + 'a>;

impl Needle {
    /// Makes a term of `query` ready.
    ///
    /// # Errors
    /// When it is no regular expression, or one that would take too much memory.
    pub(super) fn new(term: &Pattern, query: &Query) -> Result<Self, QueryError> {
        Ok(match term {
            Pattern::Word(word) => match Spellings::new(word, Fold::new(query.fold)) {
                None => Self::Nothing,
                Some(literal) => match Self::read(word, query) {
                    Some(pinyin) => Self::Latin(literal, Box::new(pinyin)),
                    None => Self::Literal(literal),
                },
            },
            Pattern::Phrase(phrase) => {
                let fold = FoldOptions {
                    spaces: false,
                    ..query.fold
                };
                Spellings::new(phrase, Fold::new(fold)).map_or(Self::Nothing, Self::Literal)
            }
            Pattern::Regex(regex, at) => {
                let shift = |place: Range<usize>| place.start + at..place.end + at;
                let compiled = pattern::compile(regex).map_err(|error| QueryError {
                    at: error.at.map(shift),
                    ..error
                })?;
                Self::Pattern(compiled)
            }
        })
    }

    fn read(word: &str, query: &Query) -> Option<Pinyin> {
        let options = PinyinOptions {
            han_spaces: query.fold.spaces,
        };
        query.pinyin.then(|| Pinyin::with(word, options)).flatten()
    }

    /// Its hits in a line, or, when it is no expression, in several.
    pub(super) fn hits<'a>(&'a self, hay: &'a str) -> Ranges<'a> {
        match self {
            Self::Nothing => Box::new(std::iter::empty()),
            Self::Literal(literal) => literal.hits(hay),
            Self::Latin(literal, pinyin) => {
                Box::new(Both::new(literal.hits(hay), pinyin.hits(hay)))
            }
            Self::Pattern(regex) => Box::new(pattern::hits(regex, hay)),
        }
    }

    /// Whether it can be matched at all.
    pub(super) const fn asks(&self) -> bool {
        !matches!(self, Self::Nothing)
    }

    /// Whether `hits` must be asked line by line.
    pub(super) const fn wants_lines(&self) -> bool {
        matches!(self, Self::Pattern(_))
    }

    /// Whether there is a hit in a name or another short text.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.hits(text).next().is_some()
    }

    /// Whether bytes of UTF-8, in which characters stand for themselves, may hold a hit.
    pub(super) fn may_be_in(&self, bytes: &[u8]) -> bool {
        match self {
            Self::Nothing => false,
            Self::Literal(literal) => literal.may_be_in(bytes),
            Self::Latin(..) | Self::Pattern(_) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_text_goes_before_what_is_read_so() {
        let query = Query::default();
        let needle = Needle::new(&Pattern::Word("wu".to_owned()), &query).expect("a word");
        let hay = "乌wu无WU五";
        let hits: Vec<&str> = needle.hits(hay).map(|hit| &hay[hit]).collect();
        assert_eq!(hits, ["乌", "wu", "无", "WU", "五"]);
    }
}
