//! Terms put together: which places of a unit, a block or an article, a query with several terms matches.

use std::cmp::Reverse;

use super::fields::{Asked, Has};
use super::leaf::Needle;
use super::matcher::in_parts;
use super::near::keep_near;
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

impl Leaf {
    /// Whether it asks for anything.
    const fn asks(&self) -> bool {
        match self {
            Self::Text(needle) => needle.asks(),
            Self::Field(asked) => asked.asks(),
        }
    }
}

/// What an article has of each field that is asked for; nothing where a term is of the text.
pub(super) type Known = Vec<Has>;

/// A place, and the term that matches it.
pub(super) type Hit = (ByteSpan, usize);

/// Whether a search is over before its end, which is asked between its parts. What was found till then is lost.
pub(super) type Over<'a> = &'a dyn Fn() -> bool;

impl Tree {
    /// Makes the terms ready; nothing when none of them asks for anything.
    ///
    /// # Errors
    /// When one of them is no regular expression.
    pub(super) fn new(
        expr: Expr,
        parsed: &Parsed,
        query: &Query,
    ) -> Result<Option<Self>, QueryError> {
        let leaves = parsed.leaves.iter().map(|leaf| match &leaf.term {
            Term::Text(pattern) => Ok(Leaf::Text(Needle::new(pattern, query)?)),
            Term::Field(field, value) => Ok(Leaf::Field(Asked::new(*field, value, query)?)),
        });
        let leaves: Vec<Leaf> = leaves.collect::<Result<_, QueryError>>()?;
        // A word of marks that folding passes over is nothing to look for.
        let asks = |n: usize| leaves.get(n).is_some_and(Leaf::asks);
        let Some(expr) = expr.without(&|n| !asks(n)) else {
            return Ok(None);
        };
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
        Ok(Some(Self {
            expr,
            leaves,
            fold: Fold::new(query.fold),
            beside_next,
        }))
    }

    /// The terms of which any is enough, when the query is no more than that and all of them are of the text.
    pub(super) fn alternatives(&self) -> Option<Vec<&Needle>> {
        fn of<'t>(tree: &'t Tree, expr: &Expr, out: &mut Vec<&'t Needle>) -> Option<()> {
            match expr {
                Expr::Leaf(n) => match tree.leaves.get(*n)? {
                    Leaf::Text(needle) => out.push(needle),
                    Leaf::Field(_) => return None,
                },
                Expr::Or(parts) => {
                    for part in parts {
                        of(tree, part, out)?;
                    }
                }
                Expr::And(_) | Expr::Near(..) | Expr::Not(_) => return None,
            }
            Some(())
        }
        let mut out = Vec::new();
        of(self, &self.expr, &mut out).map(|()| out)
    }

    /// What an article has of the fields.
    pub(super) fn known(&self, article: &Article, over: Over<'_>) -> Known {
        let of = |leaf: &Leaf| match leaf {
            Leaf::Field(asked) if !over() => asked.of(article),
            _ => Has::default(),
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

    /// The hits of blocks that follow each other, each block for itself; nothing when it is over before.
    pub(super) fn in_blocks(
        &self,
        article: &Article,
        known: &Known,
        blocks: &[Block],
        over: Over<'_>,
    ) -> Option<Vec<ByteSpan>> {
        let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else {
            return Some(Vec::new());
        };
        let all = ByteSpan::new(first.span.start(), last.span.end());
        let found = self.found(article, known, all, blocks, over)?;
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
        (!over()).then_some(out)
    }

    /// The hits of an article as a whole; nothing when it does not match, or when it is over before all is searched.
    pub(super) fn in_article(
        &self,
        article: &Article,
        known: &Known,
        over: Over<'_>,
    ) -> Option<Vec<ByteSpan>> {
        let blocks = article.text.blocks();
        let all = ByteSpan::new(0, article.text.len());
        let found = self.found(article, known, all, blocks, over)?;
        let parts: Vec<&[ByteSpan]> = found.iter().map(Vec::as_slice).collect();
        self.unit(article, known, &parts)
    }

    /// The places of each term between two bytes; nothing when it is over before.
    fn found(
        &self,
        article: &Article,
        known: &Known,
        all: ByteSpan,
        blocks: &[Block],
        over: Over<'_>,
    ) -> Option<Vec<Vec<ByteSpan>>> {
        let of = |(leaf, has): (&Leaf, &Has)| match leaf {
            Leaf::Field(_) => {
                let from = has.hits.partition_point(|hit| hit.start() < all.start());
                let to = has.hits.partition_point(|hit| hit.start() < all.end());
                Some(has.hits.get(from..to).unwrap_or(&[]).to_vec())
            }
            Leaf::Text(needle) => in_parts(needle, &article.text, blocks, over),
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
        hits.sort_unstable_by_key(|(hit, leaf)| (hit.start(), Reverse(hit.end()), *leaf));
        hits.dedup();
        let mut kept: Vec<ByteSpan> = Vec::new();
        while !hits.is_empty() {
            let (joined, of) = self.join(article, &hits, &kept);
            let mut settled: Vec<(ByteSpan, usize)> = joined.iter().copied().zip(0..).collect();
            settle(&mut settled, |(hit, _)| *hit);
            kept.extend(settled.iter().map(|(hit, _)| *hit));
            kept.sort_unstable();
            if joined.len() == hits.len() {
                break;
            }
            // Of several hits that are one, and lie over another before, those that lie over none are hits all the same.
            let mut stays = vec![false; joined.len()];
            for (_, at) in settled {
                if let Some(one) = stays.get_mut(at) {
                    *one = true;
                }
            }
            let mut of = of.into_iter();
            hits.retain(|(hit, _)| {
                let at = of.next().unwrap_or(usize::MAX);
                let goes = stays.get(at) == Some(&false) && joined.get(at) != Some(hit);
                goes && is_free(&kept, *hit)
            });
        }
        Some(kept)
    }

    /// Puts together the hits that are one, in order, though not over a place that is taken: the places, and for each hit
    /// which of them is its.
    fn join(
        &self,
        article: &Article,
        hits: &[Hit],
        taken: &[ByteSpan],
    ) -> (Vec<ByteSpan>, Vec<usize>) {
        let mut joined: Vec<Hit> = Vec::with_capacity(hits.len());
        let mut of = Vec::with_capacity(hits.len());
        // For each term where its hits stand in these.
        let mut of_leaf: Vec<Vec<usize>> = vec![Vec::new(); self.leaves.len()];
        for (hit, leaf) in hits.iter().copied() {
            // A term's hits do not lie over each other: but for the last one all that began before this one end there.
            let before = leaf.checked_sub(1).and_then(|n| of_leaf.get(n));
            let last = before.map_or(&[][..], Vec::as_slice).iter().rev().take(2);
            let joining = last.copied().find(|at| {
                joined.get(*at).is_some_and(|(left, term)| {
                    self.joins(article, *left, *term, hit, leaf)
                        && is_free(taken, ByteSpan::new(left.end(), hit.start()))
                })
            });
            let at = joining.unwrap_or(joined.len());
            match joined.get_mut(at) {
                Some(left) => *left = (ByteSpan::new(left.0.start(), hit.end()), leaf),
                None => joined.push((hit, leaf)),
            }
            of.push(at);
            if self.beside_next.get(leaf) == Some(&true)
                && let Some(own) = of_leaf.get_mut(leaf)
            {
                own.push(at);
            }
        }
        (joined.into_iter().map(|(hit, _)| hit).collect(), of)
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
                let of = |part| self.eval(part, article, known, parts);
                let mut chain: Vec<Vec<Hit>> = all.iter().map(of).collect::<Option<_>>()?;
                keep_near(&article.text, &mut chain, distances);
                let whole = chain.iter().all(|hits| !hits.is_empty());
                whole.then(|| chain.concat())
            }
        }
    }
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

/// Whether nothing of a place is taken by these, which are in order and lie apart.
fn is_free(taken: &[ByteSpan], place: ByteSpan) -> bool {
    let before = taken.partition_point(|one| one.end() <= place.start());
    let next = taken.get(before);
    next.is_none_or(|one| one.start() >= place.end())
}

/// Puts places in order and drops those that lie over one before; of those that begin together the longest stays.
pub(crate) fn settle<T>(hits: &mut Vec<T>, span: impl Fn(&T) -> ByteSpan) {
    hits.sort_by_key(|hit| (span(hit).start(), Reverse(span(hit).end())));
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
