//! A query made ready to match.

use std::ops::Range;
use std::sync::Arc;

use super::leaf::Needle;
use super::query::{Expr, Leaf, Parsed, Pattern, Query, Scope, Term, parse};
use super::tree::{Known, Over, Tree, settle};
use crate::article::{Annotations, Article, Block, ByteSpan, Meta, SourceForm, Text};

/// How many characters a query may have.
pub const MAX_QUERY_CHARS: usize = 1000;

/// So many bytes of an article are searched until it is asked whether that is still wanted; a block is always whole.
const PART_BYTES: usize = 256 << 10;

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
/// `docs/search.md` tells what it finds. A term is matched by what folding makes equal to it, and, when it is of Latin
/// letters, by Chinese that is read so. A **regular expression** has the syntax of the `regex` crate; case counts in it
/// when it has an upper-case letter, width always. It is matched against each block by itself: `^` and `$` are its edges.
/// Empty matches do not count.
///
/// Within an article terms belong together when they stand in one block; over a library, when in one article
/// ([`Query::scope`]).
#[derive(Debug, Clone)]
pub struct Matcher(Arc<Ready>, Scope);

#[derive(Debug)]
enum Ready {
    Nothing,
    One(Needle),
    Tree(Box<Tree>),
}

/// What a query has to know of an article beside its text; made once for each article.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    known: Known,
    /// The hits of the whole article, where terms belong together in all of it.
    hits: Option<Vec<ByteSpan>>,
}

impl Matcher {
    /// Makes a query ready.
    ///
    /// # Errors
    /// When it has more than [`MAX_QUERY_CHARS`], or a part of it says nothing, or is no regular expression, or one that
    /// would take too much memory.
    pub fn new(query: &Query) -> Result<Self, QueryError> {
        if let Some((at, _)) = query.text.char_indices().nth(MAX_QUERY_CHARS) {
            return Err(QueryError {
                message: format!("longer than {MAX_QUERY_CHARS} characters"),
                at: Some(at..query.text.len()),
            });
        }
        let ready = match (query.regex, query.text.is_empty()) {
            (true, true) => Ready::Nothing,
            (true, false) => {
                let whole = Pattern::Regex(query.text.clone(), 0);
                Ready::One(Needle::new(&whole, query)?)
            }
            (false, _) => Self::parsed(query)?,
        };
        Ok(Self(Arc::new(ready), query.scope))
    }

    fn parsed(query: &Query) -> Result<Ready, QueryError> {
        let mut parsed = parse(&query.text)?;
        let Some(expr) = parsed.expr.take() else {
            return Ok(Ready::Nothing);
        };
        Ok(match Self::only(&expr, &parsed) {
            Some(pattern) => match Needle::new(pattern, query)? {
                Needle::Nothing => Ready::Nothing,
                needle => Ready::One(needle),
            },
            None => Tree::new(expr, &parsed, query)?
                .map_or(Ready::Nothing, |tree| Ready::Tree(Box::new(tree))),
        })
    }

    /// The pattern of a query that has but one term.
    fn only<'a>(expr: &Expr, parsed: &'a Parsed) -> Option<&'a Pattern> {
        match (expr, &parsed.leaves[..]) {
            (
                Expr::Leaf(_),
                [
                    Leaf {
                        term: Term::Text(pattern),
                        ..
                    },
                ],
            ) => Some(pattern),
            _ => None,
        }
    }

    /// Whether it can match nothing at all, because nothing was asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(*self.0, Ready::Nothing)
    }

    /// What the query has to know of an article; nothing when it was `over` before all was known.
    pub(super) fn prepare(&self, article: &Article, over: Over<'_>) -> Option<Prepared> {
        let prepared = match &*self.0 {
            Ready::Tree(tree) => {
                let known = tree.known(article, over);
                let whole = self.1 == Scope::Article;
                let hits = || tree.in_article(article, &known, over).unwrap_or_default();
                let hits = whole.then(hits);
                Prepared { known, hits }
            }
            Ready::Nothing | Ready::One(_) => return Some(Prepared::default()),
        };
        (!over()).then_some(prepared)
    }

    /// All hits of an article, in order; terms belong together as the query has it.
    #[must_use]
    pub fn hits(&self, article: &Article) -> Vec<ByteSpan> {
        let prepared = self.prepare(article, &|| false).unwrap_or_default();
        self.in_blocks(article, &prepared, article.text.blocks(), &|| false)
            .unwrap_or_default()
    }

    /// The hits of an article in which all that was asked for stands somewhere; nothing when it does not match. An
    /// article may match without a hit: by its date, or by what is not there.
    #[must_use]
    pub fn in_article(&self, article: &Article) -> Option<Vec<ByteSpan>> {
        self.in_article_unless(article, &|| false)
    }

    /// The same, unless it is over before all is searched, which is asked again and again; nothing then.
    #[must_use]
    pub fn in_article_unless(&self, article: &Article, is_over: Over<'_>) -> Option<Vec<ByteSpan>> {
        match &*self.0 {
            Ready::Nothing => None,
            Ready::One(needle) => {
                let hits = in_parts(needle, &article.text, article.text.blocks(), is_over)?;
                (!hits.is_empty()).then_some(hits)
            }
            Ready::Tree(tree) => {
                let known = tree.known(article, is_over);
                tree.in_article(article, &known, is_over)
            }
        }
    }

    /// Whether lines can be searched one by one, whatever article they are of: it has one term, which is of the text, or
    /// several of which any is enough.
    #[must_use]
    pub fn is_of_lines(&self) -> bool {
        match &*self.0 {
            Ready::Nothing => false,
            Ready::One(_) => true,
            Ready::Tree(tree) => tree.alternatives().is_some(),
        }
    }

    /// The hits of a query [of lines](Self::is_of_lines) in whole lines of UTF-8, in bytes; none of any other query.
    #[must_use]
    pub fn in_text<'a>(&'a self, lines: &'a str) -> Box<dyn Iterator<Item = Range<usize>> + 'a> {
        match &*self.0 {
            Ready::Nothing => Box::new(std::iter::empty()),
            Ready::One(needle) => of_lines(needle, lines),
            Ready::Tree(tree) => {
                let needles = tree.alternatives().unwrap_or_default();
                let hits = needles.iter().flat_map(|needle| of_lines(needle, lines));
                let mut hits: Vec<ByteSpan> =
                    hits.map(|hit| ByteSpan::new(hit.start, hit.end)).collect();
                settle(&mut hits, |hit| *hit);
                Box::new(hits.into_iter().map(ByteSpan::range))
            }
        }
    }

    /// Whether a text without annotations, such as a line that is shown somewhere, matches.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        if let Ready::One(needle) = &*self.0
            && !needle.wants_lines()
        {
            return needle.is_in(text);
        }
        let Ok(text) = Text::from_lines(text.to_owned()) else {
            return false;
        };
        let article = Article {
            meta: Meta::default(),
            text,
            annotations: Annotations::default(),
            diagnostics: Vec::new(),
            form: SourceForm::default(),
        };
        self.in_article(&article).is_some()
    }

    /// Whether an article may match whose file has these bytes: UTF-8, in which letters and digits stand for themselves.
    /// True says nothing; false that reading it would be in vain.
    #[must_use]
    pub fn may_be_in(&self, bytes: &[u8]) -> bool {
        match &*self.0 {
            Ready::Nothing => false,
            Ready::One(needle) => needle.may_be_in(bytes),
            Ready::Tree(tree) => tree.may_be_in(bytes),
        }
    }

    /// All hits in blocks of an article that follow each other; nothing when it is over before all is searched.
    pub(super) fn in_blocks(
        &self,
        article: &Article,
        prepared: &Prepared,
        blocks: &[Block],
        over: Over<'_>,
    ) -> Option<Vec<ByteSpan>> {
        match &*self.0 {
            Ready::Nothing => Some(Vec::new()),
            Ready::One(needle) => in_parts(needle, &article.text, blocks, over),
            Ready::Tree(tree) => match (&prepared.hits, blocks.first(), blocks.last()) {
                (Some(hits), Some(first), Some(last)) => {
                    let from = hits.partition_point(|hit| hit.start() < first.span.start());
                    let to = hits.partition_point(|hit| hit.start() < last.span.end());
                    Some(hits.get(from..to).unwrap_or(&[]).to_vec())
                }
                _ => tree.in_blocks(article, &prepared.known, blocks, over),
            },
        }
    }
}

/// Hits in the order of the text.
type Hits<'a> = Box<dyn Iterator<Item = ByteSpan> + 'a>;

/// The hits of one term in blocks that follow each other.
fn in_lines<'a>(needle: &'a Needle, text: &'a Text, blocks: &'a [Block]) -> Hits<'a> {
    let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else {
        return Box::new(std::iter::empty());
    };
    if needle.wants_lines() {
        return Box::new(blocks.iter().flat_map(move |block| {
            let start = block.span.start();
            let hits = needle.hits(text.slice(block.span));
            hits.map(move |hit| shift(hit, start))
        }));
    }
    // No other hit holds a line end, so there is no need to go block by block.
    let start = first.span.start();
    let hay = text.slice(ByteSpan::new(start, last.span.end()));
    Box::new(needle.hits(hay).map(move |hit| shift(hit, start)))
}

/// The hits of a term in whole lines of UTF-8, in bytes and in order.
fn of_lines<'a>(needle: &'a Needle, lines: &'a str) -> Box<dyn Iterator<Item = Range<usize>> + 'a> {
    if !needle.wants_lines() {
        return needle.hits(lines);
    }
    let mut start = 0;
    Box::new(lines.split_inclusive('\n').flat_map(move |line| {
        let base = start;
        start += line.len();
        let line = line.strip_suffix('\n').unwrap_or(line);
        // A line of blanks is no block of an article.
        let block = line.contains(|c: char| !c.is_whitespace());
        let hits = needle.hits(if block { line } else { "" });
        hits.map(move |hit| hit.start + base..hit.end + base)
    }))
}

/// The same, unless it is over before all is searched.
pub(super) fn in_parts(
    needle: &Needle,
    text: &Text,
    blocks: &[Block],
    over: Over<'_>,
) -> Option<Vec<ByteSpan>> {
    let mut hits = Vec::new();
    let mut rest = blocks;
    while let Some(first) = rest.first() {
        if over() {
            return None;
        }
        let end = first.span.start() + PART_BYTES;
        let len = rest.partition_point(|block| block.span.start() < end);
        let (part, more) = rest.split_at(len);
        for hit in in_lines(needle, text, part) {
            // A block may be as long as the whole text.
            if hits.len() % 1024 == 1023 && over() {
                return None;
            }
            hits.push(hit);
        }
        rest = more;
    }
    Some(hits)
}

fn shift(hit: Range<usize>, by: usize) -> ByteSpan {
    ByteSpan::new(hit.start + by, hit.end + by)
}

#[cfg(test)]
mod tests;
