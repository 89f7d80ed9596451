//! One term that is looked for in text.

use std::iter::Peekable;
use std::ops::Range;

use regex::Regex;

use super::literal::Literal;
use super::query::Pattern;
use super::{Query, QueryError, pattern};
use crate::text::{Fold, FoldOptions, Pinyin, PinyinOptions};

/// A term made ready.
#[derive(Debug)]
pub(super) enum Needle {
    /// It is matched by nothing: white space.
    Nothing,
    Literal(Literal),
    /// Latin letters, which are also read as pinyin.
    Latin(Literal, Box<Pinyin>),
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
            Pattern::Word(word) => match Literal::new(word, Fold::new(query.fold)) {
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
                Literal::new(phrase, Fold::new(fold)).map_or(Self::Nothing, Self::Literal)
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
            Self::Literal(literal) => Box::new(literal.hits(hay)),
            Self::Latin(literal, pinyin) => Box::new(Both {
                first: literal.hits(hay).peekable(),
                second: pinyin.hits(hay).peekable(),
                end: 0,
            }),
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

/// Two sequences of ranges in order, of which the first goes before where they meet.
struct Both<A: Iterator, B: Iterator> {
    first: Peekable<A>,
    second: Peekable<B>,
    end: usize,
}

impl<A, B> Iterator for Both<A, B>
where
    A: Iterator<Item = Range<usize>>,
    B: Iterator<Item = Range<usize>>,
{
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            let first = self.first.peek().cloned();
            let Some(second) = self.second.peek().cloned() else {
                return self.first.next();
            };
            if second.start < self.end {
                self.second.next();
                continue;
            }
            match first {
                Some(first) if first.start < second.end => {
                    if first.end > second.start {
                        self.second.next();
                    }
                    self.end = first.end;
                    return self.first.next();
                }
                _ => return self.second.next(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::single_range_in_vec_init)]
    fn latin_text_goes_before_what_is_read_so() {
        let query = Query::default();
        let needle = Needle::new(&Pattern::Word("wu".to_owned()), &query).expect("a word");
        let hay = "乌wu无WU五";
        let hits: Vec<&str> = needle.hits(hay).map(|hit| &hay[hit]).collect();
        assert_eq!(hits, ["乌", "wu", "无", "WU", "五"]);
        let both = |first: &[Range<usize>], second: &[Range<usize>]| -> Vec<Range<usize>> {
            Both {
                first: first.iter().cloned().peekable(),
                second: second.iter().cloned().peekable(),
                end: 0,
            }
            .collect()
        };
        assert_eq!(
            both(&[3..5, 8..9], &[0..2, 2..4, 4..6, 6..8]),
            [0..2, 3..5, 6..8, 8..9]
        );
        assert_eq!(both(&[0..9], &[1..2, 3..4, 9..10]), [0..9, 9..10]);
        assert_eq!(both(&[], &[1..2]), [1..2]);
    }
}
