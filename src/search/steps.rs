//! A search over an article in steps, so that the first answer comes at once and the rest can be given up.

use std::ops::Range;
use std::sync::Arc;

use super::matcher::{Matcher, Prepared};
use super::tree::Over;
use crate::article::{Article, ByteSpan};

/// Bytes of the first step: what is on the screen and around it.
const FIRST_BYTES: usize = 256 << 10;
/// Bytes of the later ones.
const LATER_BYTES: usize = 4 << 20;

/// A search that runs over one article.
///
/// Forwards it goes from the origin to the end of the text and then from the start to the origin, backwards the other
/// way round. A hit belongs to the side of the origin on which it begins. A step takes whole blocks, so that a hit is
/// the same wherever the search began; a block of many megabytes is one step.
#[derive(Debug)]
pub struct Search {
    article: Arc<Article>,
    matcher: Matcher,
    /// Made in the first step.
    prepared: Option<Prepared>,
    origin: usize,
    backwards: bool,
    /// Blocks not yet searched: on this side of the origin, and on the other.
    ahead: Range<usize>,
    wrapped: Range<usize>,
    window: usize,
    searched: usize,
    /// Hits of the block in which the origin stands that lie on the other side.
    kept: Vec<ByteSpan>,
    over: bool,
}

/// What a step found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// In the order of the text. Every hit of an earlier step lies before the first or behind the last of them.
    pub hits: Vec<ByteSpan>,
    /// How much of the text has been searched, 0 to 100; 100 only when the search is over.
    pub percent: u8,
    /// Whether the search is over.
    pub done: bool,
}

impl Search {
    /// Begins a search at byte `origin` of the text, which may stand within a character or behind the end.
    #[must_use]
    pub fn new(article: Arc<Article>, matcher: Matcher, origin: usize, backwards: bool) -> Self {
        let blocks = article.text.blocks();
        let all = blocks.len();
        let (ahead, wrapped) = if backwards {
            let behind = blocks.partition_point(|b| b.span.start() < origin);
            (0..behind, behind..all)
        } else {
            let first = blocks.partition_point(|b| b.span.end() <= origin);
            (first..all, 0..first)
        };
        let nothing = matcher.is_empty();
        Self {
            ahead: if nothing { 0..0 } else { ahead },
            wrapped: if nothing { 0..0 } else { wrapped },
            article,
            matcher,
            prepared: None,
            origin,
            backwards,
            window: FIRST_BYTES,
            searched: 0,
            kept: Vec::new(),
            over: false,
        }
    }

    /// Searches on; nothing when the search is over.
    pub fn step(&mut self) -> Option<Step> {
        self.step_unless(|| false)
    }

    /// Searches on, unless the search is over or `cancelled`, which is asked at the start and again and again. What a
    /// cancelled step found is lost, and the search over.
    pub fn step_unless(&mut self, cancelled: impl Fn() -> bool) -> Option<Step> {
        if self.over || cancelled() {
            self.over = true;
            return None;
        }
        let near = !self.ahead.is_empty();
        let blocks = self.take();
        let Some(found) = self.found(blocks, &cancelled) else {
            self.over = true;
            return None;
        };
        let mut hits = Vec::with_capacity(found.len());
        for hit in found {
            if near && (hit.start() < self.origin) != self.backwards {
                self.kept.push(hit);
            } else {
                hits.push(hit);
            }
        }
        let searched = self.ahead.is_empty() && self.wrapped.is_empty();
        let done = searched && (self.kept.is_empty() || !near);
        if done {
            // They lie nearest to the origin on the other side, so the wrapped search comes upon them last.
            let kept = std::mem::take(&mut self.kept);
            let at = if self.backwards { 0 } else { hits.len() };
            hits.splice(at..at, kept);
            self.over = true;
        }
        Some(Step {
            hits,
            percent: if done { 100 } else { self.percent() },
            done,
        })
    }

    /// The hits of these blocks; nothing when it was cancelled.
    fn found(&mut self, blocks: Range<usize>, cancelled: Over<'_>) -> Option<Vec<ByteSpan>> {
        if self.prepared.is_none() {
            self.prepared = self.matcher.prepare(&self.article, cancelled);
        }
        let prepared = self.prepared.as_ref()?;
        let blocks = self.article.text.blocks().get(blocks)?;
        let found = self
            .matcher
            .in_blocks(&self.article, prepared, blocks, cancelled);
        found.filter(|_| !cancelled())
    }

    /// The next blocks, in the order of the text.
    fn take(&mut self) -> Range<usize> {
        let part = if self.ahead.is_empty() {
            &mut self.wrapped
        } else {
            &mut self.ahead
        };
        let blocks = self.article.text.blocks();
        let start = part.clone();
        let mut bytes = 0;
        while bytes < self.window
            && let Some(i) = if self.backwards {
                part.next_back()
            } else {
                part.next()
            }
        {
            bytes += blocks[i].span.len() + 1;
        }
        self.window = LATER_BYTES;
        self.searched += bytes;
        if self.backwards {
            part.end..start.end
        } else {
            start.start..part.start
        }
    }

    fn percent(&self) -> u8 {
        let percent = self.searched.saturating_mul(100) / self.article.text.len().max(1);
        u8::try_from(percent.min(99)).unwrap_or(99)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Annotations, Meta, SourceForm, Text};
    use crate::search::{Query, Scope};
    use proptest::prelude::*;

    fn article(content: String) -> Arc<Article> {
        Arc::new(Article {
            meta: Meta::default(),
            text: Text::from_lines(content).expect("short"),
            annotations: Annotations::default(),
            diagnostics: Vec::new(),
            form: SourceForm::default(),
        })
    }

    fn matcher(text: &str, regex: bool) -> Matcher {
        let text = text.to_owned();
        Matcher::new(&Query {
            text,
            regex,
            ..Query::default()
        })
        .expect("a query")
    }

    fn any_query() -> impl Strategy<Value = (String, bool)> {
        const PATTERNS: &[&str] = &["王[王正]{1,2}|a+", "正+王*$", "^[^ ]+", "a*"];
        let pattern = proptest::sample::select(PATTERNS);
        prop_oneof![
            "[王正a]{1,3}".prop_map(|query| (query, false)),
            pattern.prop_map(|query| (query.to_owned(), true)),
        ]
    }

    /// A search whose steps are of `window` bytes, taken to its end.
    fn run(mut search: Search, window: usize) -> Vec<Step> {
        let mut steps = Vec::new();
        loop {
            search.window = window;
            let Some(step) = search.step() else {
                return steps;
            };
            steps.push(step);
        }
    }

    fn starts(steps: &[Step]) -> Vec<Vec<usize>> {
        let of_step = |s: &Step| s.hits.iter().map(|h| h.start()).collect();
        steps.iter().map(of_step).collect()
    }

    #[test]
    fn the_nearest_hits_come_first() {
        let article = article("ab\nab ab ab\nab".to_owned());
        // The origin stands within the second hit of the second line; the last step brings the hits of that line on
        // the other side.
        for (backwards, want) in [
            (false, vec![vec![9], vec![12], vec![0, 3, 6]]),
            (true, vec![vec![3, 6], vec![0], vec![9, 12]]),
        ] {
            let search = Search::new(article.clone(), matcher("ab", false), 7, backwards);
            assert_eq!(starts(&run(search, 1)), want);
        }
    }

    #[test]
    fn a_search_ends_with_done_whatever_is_there() {
        for (content, query) in [
            ("", "ab"),
            ("\n\n", "ab"),
            ("ab", " "),
            ("x", "ab"),
            ("ab", "ab"),
        ] {
            for origin in [0, 1, 99] {
                for backwards in [false, true] {
                    let search = Search::new(
                        article(content.to_owned()),
                        matcher(query, false),
                        origin,
                        backwards,
                    );
                    let steps = run(search, FIRST_BYTES);
                    let done: Vec<bool> = steps.iter().map(|s| s.done).collect();
                    assert!(done.len() <= 2 && done.last() == Some(&true), "{done:?}");
                    assert_eq!(steps.last().map(|s| s.percent), Some(100));
                    let hits: usize = steps.iter().map(|s| s.hits.len()).sum();
                    assert_eq!(hits, usize::from(content == query && query != " "));
                }
            }
        }
    }

    #[test]
    fn a_cancelled_search_is_over() {
        let mut search = Search::new(article("ab ab".to_owned()), matcher("ab", false), 0, false);
        let asked = std::cell::Cell::new(0);
        let cancelled = || {
            asked.set(asked.get() + 1);
            asked.get() > 2
        };
        assert_eq!(search.step_unless(cancelled), None);
        assert_eq!(search.step(), None);
    }

    #[test]
    fn what_finds_nothing_can_be_cancelled_too() {
        let article = article("ab\n".repeat(4000));
        for (text, regex, scope, least) in [
            ("xy", false, Scope::Block, 3),
            ("x+", true, Scope::Block, 3),
            ("xy zz", false, Scope::Block, 5),
            // What the whole article says is found out in the first step.
            ("xy person:zz", false, Scope::Article, 4),
        ] {
            let query = Query {
                text: text.to_owned(),
                regex,
                scope,
                ..Query::default()
            };
            let matcher = Matcher::new(&query).expect("a query");
            let run = |most: usize| {
                let asked = std::cell::Cell::new(0);
                let cancelled = || {
                    asked.set(asked.get() + 1);
                    asked.get() > most
                };
                let mut search = Search::new(article.clone(), matcher.clone(), 0, false);
                (search.step_unless(cancelled).is_some(), asked.get())
            };
            let (came, asked) = run(usize::MAX);
            assert!(came && asked >= least, "{text}: {asked}");
            for most in 0..asked {
                assert!(!run(most).0, "{text}: {most} of {asked}");
            }
        }
    }

    proptest! {
        #[test]
        fn steps_find_what_one_scan_finds(
            (query, regex) in any_query(),
            content in "[王正aA \n]{0,80}",
            origin in 0usize..200,
            backwards: bool,
            window in 1usize..60,
        ) {
            let article = article(content);
            let matcher = matcher(&query, regex);
            let whole = matcher.hits(&article);
            let steps = run(Search::new(article.clone(), matcher.clone(), origin, backwards), window);

            // Put together as the reader of the steps does.
            let mut together: Vec<ByteSpan> = Vec::new();
            for hits in steps.iter().map(|s| &s.hits).filter(|hits| !hits.is_empty()) {
                let at = together.partition_point(|hit| hit < &hits[0]);
                together.splice(at..at, hits.iter().copied());
            }
            prop_assert_eq!(&together, &whole);

            // The first hit that arrives is the nearest on its side of the origin, else the farthest on the other.
            let first = steps.iter().find(|s| !s.hits.is_empty());
            let nearest = if backwards {
                whole.iter().rfind(|h| h.start() < origin).or(whole.last())
            } else {
                whole.iter().find(|h| h.start() >= origin).or(whole.first())
            };
            let arrived = first.and_then(|s| if backwards { s.hits.last() } else { s.hits.first() });
            let on_this_side = |h: &ByteSpan| (h.start() < origin) == backwards;
            if whole.iter().any(on_this_side) {
                prop_assert!(first.is_some_and(|s| nearest.is_some_and(|n| s.hits.contains(n))));
            } else {
                prop_assert_eq!(arrived, nearest);
            }
        }
    }
}
