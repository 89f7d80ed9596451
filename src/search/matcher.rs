//! A query made ready to match.

use std::ops::Range;
use std::sync::Arc;

use regex::Regex;

use super::literal::Literal;
use super::{Query, pattern};
use crate::article::{Block, ByteSpan, Text};
use crate::text::Fold;

/// How many characters a query may have.
pub const MAX_QUERY_CHARS: usize = 1000;

/// Why a query cannot be searched for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// One short line for the prompt.
    pub message: String,
    /// The bytes of the query that are wrong, where one can say; empty where something is missing.
    pub at: Option<Range<usize>>,
}

/// A query made ready to match. Cheap to clone.
///
/// A **literal** query matches itself, and
/// - without an upper-case letter, any case (Unicode's simple folding); with one, case counts;
/// - full-width for half-width ASCII and the other way round, U+3000 for a space and the other way round;
/// - between two Han that follow each other one space or U+3000 may stand: 王正 finds 王 正. Spaces of the query
///   between two Han say no more than that: 王 正 finds 王正.
///
/// A **regular expression** has the syntax of the `regex` crate and the same rule for case, but width counts. It is
/// matched against each block by itself: `^` and `$` are its edges. Empty matches do not count.
///
/// An empty query matches nothing, as does a literal one of white space.
#[derive(Debug, Clone)]
pub struct Matcher(Arc<Ready>);

#[derive(Debug)]
enum Ready {
    Nothing,
    Literal(Literal),
    Pattern(Regex),
}

impl Matcher {
    /// Makes a query ready.
    ///
    /// # Errors
    /// When it has more than [`MAX_QUERY_CHARS`], or is no regular expression, or one that would take too much memory.
    pub fn new(query: &Query) -> Result<Self, QueryError> {
        if let Some((at, _)) = query.text.char_indices().nth(MAX_QUERY_CHARS) {
            return Err(QueryError {
                message: format!("longer than {MAX_QUERY_CHARS} characters"),
                at: Some(at..query.text.len()),
            });
        }
        let ready = if query.text.is_empty() {
            Ready::Nothing
        } else if query.regex {
            Ready::Pattern(pattern::compile(&query.text)?)
        } else {
            Literal::new(&query.text, Fold::new(query.fold)).map_or(Ready::Nothing, Ready::Literal)
        };
        Ok(Self(Arc::new(ready)))
    }

    /// Whether it can match nothing at all, because nothing was asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(*self.0, Ready::Nothing)
    }

    /// The hits of `text` that share a byte with `within`, in order: the same as a [`Search`](super::Search) gives.
    ///
    /// A literal query is looked for around `within` only, unless its hits might overlap (哈哈); else, and with a
    /// regular expression, every block that `within` touches is gone through from its start.
    #[must_use]
    pub fn hits(&self, text: &Text, within: ByteSpan) -> Vec<ByteSpan> {
        let within = ByteSpan::new(within.start().min(text.len()), within.end().min(text.len()));
        let all: Hits<'_> = match &*self.0 {
            Ready::Nothing => Box::new(std::iter::empty()),
            Ready::Literal(literal) => {
                let reach = literal.reach(text.whole(), within.range());
                let hay = &text.whole()[reach.clone()];
                Box::new(literal.hits(hay).map(move |hit| shift(hit, reach.start)))
            }
            Ready::Pattern(regex) => {
                let blocks = text.blocks();
                let first = blocks.partition_point(|b| b.span.end() <= within.start());
                let behind = blocks.partition_point(|b| b.span.start() < within.end());
                in_blocks(regex, text, &blocks[first.min(behind)..behind])
            }
        };
        all.skip_while(|hit| hit.end() <= within.start())
            .take_while(|hit| hit.start() < within.end())
            .collect()
    }

    /// All hits in blocks of `text` that follow each other.
    pub(super) fn in_blocks<'a>(&'a self, text: &'a Text, blocks: &'a [Block]) -> Hits<'a> {
        let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else {
            return Box::new(std::iter::empty());
        };
        match &*self.0 {
            Ready::Nothing => Box::new(std::iter::empty()),
            // No hit holds a line end, so there is no need to go block by block.
            Ready::Literal(literal) => {
                let start = first.span.start();
                let hay = text.slice(ByteSpan::new(start, last.span.end()));
                Box::new(literal.hits(hay).map(move |hit| shift(hit, start)))
            }
            Ready::Pattern(regex) => in_blocks(regex, text, blocks),
        }
    }
}

/// Hits in the order of the text.
pub(super) type Hits<'a> = Box<dyn Iterator<Item = ByteSpan> + 'a>;

fn in_blocks<'a>(regex: &'a Regex, text: &'a Text, blocks: &'a [Block]) -> Hits<'a> {
    Box::new(blocks.iter().flat_map(move |block| {
        let start = block.span.start();
        pattern::hits(regex, text.slice(block.span)).map(move |hit| shift(hit, start))
    }))
}

fn shift(hit: Range<usize>, by: usize) -> ByteSpan {
    ByteSpan::new(hit.start + by, hit.end + by)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn matcher(text: &str, regex: bool) -> Matcher {
        let text = text.to_owned();
        Matcher::new(&Query {
            text,
            regex,
            ..Query::default()
        })
        .expect("a query")
    }

    #[test]
    fn blank_and_long_queries() {
        for (query, regex, empty) in [
            ("", false, true),
            ("", true, true),
            (" 　", false, true),
            (" ", true, false),
            ("王", false, false),
        ] {
            assert_eq!(matcher(query, regex).is_empty(), empty, "{query:?}");
        }
        let text = "王".repeat(MAX_QUERY_CHARS + 1);
        for regex in [false, true] {
            let text = text.clone();
            let error = Matcher::new(&Query {
                text,
                regex,
                ..Query::default()
            })
            .expect_err("is too long");
            assert_eq!(error.at, Some(3000..3003));
        }
    }

    #[test]
    fn an_expression_stays_in_its_block() {
        let text = Text::from_lines("甲乙\n\n乙丙\n".to_owned()).expect("short");
        for (pattern, want) in [
            ("^乙", 1),
            ("乙$", 1),
            (r"乙\s+乙", 0),
            ("[^x]+", 2),
            ("(?s).+", 2),
        ] {
            let all = ByteSpan::new(0, usize::MAX);
            assert_eq!(
                matcher(pattern, true).hits(&text, all).len(),
                want,
                "{pattern}"
            );
        }
    }

    proptest! {
        #[test]
        fn the_hits_of_a_part_are_those_of_the_whole(
            (query, regex) in prop_oneof![
                "[王正a ]{1,3}".prop_map(|query| (query, false)),
                proptest::sample::select(["王[王正]{1,2}|a+", "正+王*$", "^[^ ]+", "a*"].as_slice())
                    .prop_map(|query| (query.to_owned(), true)),
            ],
            hay in "[王正a \n]{0,60}",
            within in (0usize..150, 0usize..60),
        ) {
            let within = ByteSpan::new(within.0, within.0 + within.1);
            let text = Text::from_lines(hay).expect("short");
            let matcher = matcher(&query, regex);
            let want: Vec<ByteSpan> = matcher.in_blocks(&text, text.blocks()).filter(|hit| hit.touches(within)).collect();
            prop_assert_eq!(matcher.hits(&text, within), want);
        }
    }
}
