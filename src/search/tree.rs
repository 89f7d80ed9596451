//! Terms put together: which places of a unit, a block or an article, a query with several terms matches.

use super::fields::{Asked, Has};
use super::leaf::Needle;
use super::matcher::{in_lines, in_parts};
use super::query::{Expr, Parsed, Pattern, Term};
use super::{Query, QueryError};
use crate::article::{Article, Block, ByteSpan};
use crate::text::{Fold, is_blank, is_han};

/// A query of several terms made ready.
#[derive(Debug)]
pub(super) struct Tree {
    expr: Expr,
    leaves: Vec<Leaf>,
    fold: Fold,
    /// For each term, whether the one behind it stands beside it, so that both may stand together in the text.
    beside_next: Vec<bool>,
}

#[derive(Debug)]
enum Leaf {
    Text(Needle),
    Field(Asked),
}

/// What an article has of each field that is asked for; nothing where a term is of the text.
pub(super) type Known = Vec<Has>;

/// A place, and the term that matches it.
type Hit = (ByteSpan, usize);

impl Tree {
    /// Makes the terms ready.
    ///
    /// # Errors
    /// When one of them is no regular expression.
    pub(super) fn new(expr: Expr, parsed: &Parsed, query: &Query) -> Result<Self, QueryError> {
        let leaves = parsed.leaves.iter().map(|leaf| match &leaf.term {
            Term::Text(pattern) => Ok(Leaf::Text(Needle::new(pattern, query)?)),
            Term::Field(field, value) => Ok(Leaf::Field(Asked::new(*field, value, query)?)),
        });
        let leaves: Vec<Leaf> = leaves.collect::<Result<_, QueryError>>()?;
        let mut beside_next = vec![false; leaves.len()];
        let is_word = |n: usize| {
            let leaf = parsed.leaves.get(n);
            leaf.is_some_and(|l| matches!(&l.term, Term::Text(Pattern::Word(_))))
        };
        beside(&expr, &mut |n| {
            if is_word(n) && is_word(n + 1) {
                beside_next[n] = true;
            }
        });
        Ok(Self {
            expr,
            leaves,
            fold: Fold::new(query.fold),
            beside_next,
        })
    }

    /// What an article has of the fields.
    pub(super) fn known(&self, article: &Article) -> Known {
        let of = |leaf: &Leaf| match leaf {
            Leaf::Text(_) => Has::default(),
            Leaf::Field(asked) => asked.of(article),
        };
        self.leaves.iter().map(of).collect()
    }

    /// Whether bytes in which characters stand for themselves may hold what is asked of the text.
    pub(super) fn may_be_in(&self, bytes: &[u8]) -> bool {
        let mut cache: Vec<Option<bool>> = vec![None; self.leaves.len()];
        self.may(&self.expr, bytes, &mut cache)
    }

    fn may(&self, expr: &Expr, bytes: &[u8], cache: &mut Vec<Option<bool>>) -> bool {
        match expr {
            Expr::Leaf(n) => match (cache.get_mut(*n), self.leaves.get(*n)) {
                (Some(known), Some(Leaf::Text(needle))) => {
                    *known.get_or_insert_with(|| needle.may_be_in(bytes))
                }
                _ => true,
            },
            Expr::And(parts) | Expr::Near(parts, _) => {
                parts.iter().all(|part| self.may(part, bytes, cache))
            }
            Expr::Or(parts) => parts.iter().any(|part| self.may(part, bytes, cache)),
            Expr::Not(_) => true,
        }
    }

    /// The hits of blocks that follow each other, each block for itself.
    pub(super) fn in_blocks(
        &self,
        article: &Article,
        known: &Known,
        blocks: &[Block],
    ) -> Vec<ByteSpan> {
        let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else {
            return Vec::new();
        };
        let all = ByteSpan::new(first.span.start(), last.span.end());
        let found = self.found(article, known, all, blocks);
        let mut out = Vec::new();
        let mut from = vec![0; found.len()];
        for block in blocks {
            let mut any = false;
            let parts: Vec<&[ByteSpan]> = found
                .iter()
                .zip(&mut from)
                .map(|(hits, from)| {
                    let rest = hits.get(*from..).unwrap_or(&[]);
                    let before = rest.partition_point(|hit| hit.start() < block.span.start());
                    let within = rest.partition_point(|hit| hit.start() < block.span.end());
                    *from += within;
                    any |= within > before;
                    rest.get(before..within).unwrap_or(&[])
                })
                .collect();
            if any {
                out.extend(self.unit(article, known, &parts).unwrap_or_default());
            }
        }
        out
    }

    /// The hits of an article as a whole; nothing when it does not match, or when it is over before all is searched.
    pub(super) fn in_article(
        &self,
        article: &Article,
        known: &Known,
        is_over: &dyn Fn() -> bool,
    ) -> Option<Vec<ByteSpan>> {
        let of = |(leaf, has): (&Leaf, &Has)| match leaf {
            Leaf::Field(_) => Some(has.hits.clone()),
            Leaf::Text(needle) => in_parts(needle, &article.text, is_over),
        };
        let found = self.leaves.iter().zip(known).map(of);
        let found = found.collect::<Option<Vec<Vec<ByteSpan>>>>()?;
        let parts: Vec<&[ByteSpan]> = found.iter().map(Vec::as_slice).collect();
        self.unit(article, known, &parts)
    }

    /// The places of each term between two bytes.
    fn found(
        &self,
        article: &Article,
        known: &Known,
        all: ByteSpan,
        blocks: &[Block],
    ) -> Vec<Vec<ByteSpan>> {
        let of = |(leaf, has): (&Leaf, &Has)| match leaf {
            Leaf::Field(_) => {
                let from = has.hits.partition_point(|hit| hit.start() < all.start());
                let to = has.hits.partition_point(|hit| hit.start() < all.end());
                has.hits.get(from..to).unwrap_or(&[]).to_vec()
            }
            Leaf::Text(needle) => in_lines(needle, &article.text, blocks).collect(),
        };
        self.leaves.iter().zip(known).map(of).collect()
    }

    /// The hits of one unit, of whose terms these are the places.
    fn unit(
        &self,
        article: &Article,
        known: &Known,
        parts: &[&[ByteSpan]],
    ) -> Option<Vec<ByteSpan>> {
        let mut hits = self.eval(&self.expr, article, known, parts)?;
        hits.sort_unstable_by_key(|(hit, _)| (hit.start(), std::cmp::Reverse(hit.end())));
        hits.dedup();
        let mut joined: Vec<Hit> = Vec::with_capacity(hits.len());
        for (hit, leaf) in hits {
            if let Some((last, of)) = joined.last_mut()
                && self.joins(article, *last, *of, hit, leaf)
            {
                (*last, *of) = (ByteSpan::new(last.start(), hit.end()), leaf);
            } else {
                joined.push((hit, leaf));
            }
        }
        settle(&mut joined, |(hit, _)| *hit);
        Some(joined.into_iter().map(|(hit, _)| hit).collect())
    }

    /// Whether two hits are one: those of two words beside each other in the query, of Han that stand together.
    fn joins(
        &self,
        article: &Article,
        left: ByteSpan,
        of: usize,
        right: ByteSpan,
        leaf: usize,
    ) -> bool {
        if leaf != of + 1 || !self.beside_next.get(of).copied().unwrap_or(false) {
            return false;
        }
        if right.start() < left.end() {
            return false;
        }
        let gap = article.text.slice(ByteSpan::new(left.end(), right.start()));
        let apart = !gap.is_empty() && !self.fold.options().spaces;
        let last = article
            .text
            .slice(left)
            .chars()
            .rfind(|c| !self.fold.is_mark(*c));
        let first = article.text.slice(right).chars().next();
        !apart && gap.chars().all(is_blank) && last.is_some_and(is_han) && first.is_some_and(is_han)
    }

    fn eval(
        &self,
        expr: &Expr,
        article: &Article,
        known: &Known,
        parts: &[&[ByteSpan]],
    ) -> Option<Vec<Hit>> {
        match expr {
            Expr::Leaf(n) => {
                let hits = parts.get(*n).copied().unwrap_or(&[]);
                let holds = !hits.is_empty() || known.get(*n).is_some_and(|has| has.whole);
                holds.then(|| hits.iter().map(|hit| (*hit, *n)).collect())
            }
            Expr::And(all) => {
                let mut hits = Vec::new();
                for part in all {
                    hits.extend(self.eval(part, article, known, parts)?);
                }
                Some(hits)
            }
            Expr::Or(any) => {
                let held = any
                    .iter()
                    .filter_map(|part| self.eval(part, article, known, parts));
                held.reduce(|mut all, more| {
                    all.extend(more);
                    all
                })
            }
            Expr::Not(inner) => match self.eval(inner, article, known, parts) {
                Some(_) => None,
                None => Some(Vec::new()),
            },
            Expr::Near(all, distances) => {
                let mut chain = Vec::new();
                for part in all {
                    let mut hits = self.eval(part, article, known, parts)?;
                    hits.sort_unstable();
                    chain.push(hits);
                }
                let near = |chain: &mut Vec<Vec<Hit>>, keep: usize, other: usize, distance| {
                    let others = std::mem::take(&mut chain[other]);
                    chain[keep].retain(|hit| is_near(article, hit.0, &others, distance));
                    chain[other] = others;
                };
                for (n, distance) in distances.iter().enumerate() {
                    near(&mut chain, n + 1, n, *distance);
                }
                for (n, distance) in distances.iter().enumerate().rev() {
                    near(&mut chain, n, n + 1, *distance);
                }
                let whole = chain.iter().all(|hits| !hits.is_empty());
                whole.then(|| chain.concat())
            }
        }
    }
}

/// Whether one of the hits, which are in order, lies at most so many characters before or behind.
fn is_near(article: &Article, hit: ByteSpan, others: &[Hit], distance: usize) -> bool {
    let gap = |left: ByteSpan, right: ByteSpan| {
        let bytes = right.start().saturating_sub(left.end());
        if bytes > distance.saturating_mul(4) {
            return false;
        }
        let between = ByteSpan::new(left.end(), right.start());
        article.text.slice(between).chars().count() <= distance
    };
    let behind = others.partition_point(|(other, _)| other.start() < hit.end());
    let next = others
        .get(behind)
        .is_some_and(|(other, _)| gap(hit, *other));
    // Those before end in the order in which they begin, since no term's hits lie over each other.
    let before = others.get(..behind).unwrap_or(&[]);
    next || before
        .iter()
        .rev()
        .take(8)
        .any(|(other, _)| *other != hit && (other.touches(hit) || gap(*other, hit)))
}

/// Calls `pair` with the number of every term that stands directly before the next one.
fn beside(expr: &Expr, pair: &mut impl FnMut(usize)) {
    match expr {
        Expr::Leaf(_) => {}
        Expr::And(parts) => {
            for two in parts.windows(2) {
                if let [Expr::Leaf(left), Expr::Leaf(right)] = two
                    && *right == left + 1
                {
                    pair(*left);
                }
            }
            parts.iter().for_each(|part| beside(part, pair));
        }
        Expr::Or(parts) | Expr::Near(parts, _) => parts.iter().for_each(|part| beside(part, pair)),
        Expr::Not(part) => beside(part, pair),
    }
}

/// Puts places in order and drops those that lie over one before; of those that begin together the longest stays.
pub(super) fn settle<T>(hits: &mut Vec<T>, span: impl Fn(&T) -> ByteSpan) {
    hits.sort_by_key(|hit| (span(hit).start(), std::cmp::Reverse(span(hit).end())));
    let mut end = 0;
    hits.retain(|hit| {
        let hit = span(hit);
        let kept = hit.start() >= end;
        if kept {
            end = hit.end();
        }
        kept
    });
}
