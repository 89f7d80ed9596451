//! The lines of a concordance: added in batches, put in order, filtered.

use std::sync::Arc;

use super::source::{Held, Places};
use super::{Context, Near, Order, Source, SourceId};
use crate::article::{Article, ByteSpan, Text};
use crate::search::Matcher;
use crate::text::Words;

/// A hit.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    source: SourceId,
    span: ByteSpan,
    /// Where it stands, unless its source is kept.
    held: Option<Held>,
}

/// What a line must have to pass.
#[derive(Debug, Clone)]
enum Passing {
    Holds(Matcher),
    Near(Near),
}

/// Hits in their contexts.
///
/// After hits were added, or the order or the filter changed, [`arrange`](Self::arrange) puts them in order; till then
/// the lines are those of before.
#[derive(Debug, Clone, Default)]
pub struct Concordance {
    sources: Vec<Source>,
    /// As they came.
    lines: Vec<Line>,
    order: Order,
    across: bool,
    /// A line passes when it has all of this.
    filter: Vec<Passing>,
    /// Those of the first lines, under this order.
    keys: Vec<Arc<str>>,
    /// Whether they are in order as far as they have keys, and the filter has let them through.
    arranged: usize,
    shown: Vec<u32>,
}

/// The same articles and hits in the same order; how they are filtered is seen in what is shown.
impl PartialEq for Concordance {
    fn eq(&self, other: &Self) -> bool {
        (&self.sources, &self.lines, self.order, self.across)
            == (&other.sources, &other.lines, other.order, other.across)
            && self.shown == other.shown
    }
}

impl Concordance {
    /// One whose contexts go over the ends of blocks, or not, in this order.
    #[must_use]
    pub fn new(order: Order, across: bool) -> Self {
        Self {
            order,
            across,
            ..Self::default()
        }
    }

    /// Adds an article.
    pub fn add_source(&mut self, source: Source) -> SourceId {
        let id = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        self.sources.push(source);
        SourceId(id)
    }

    /// Adds hits of an article, in the order of its text. They may be added in several goes, in any order.
    pub fn add(&mut self, source: SourceId, text: &Text, hits: &[ByteSpan]) {
        let kept = self.sources.get(source.0 as usize);
        let is_kept = kept.is_some_and(|s| s.kept.is_some());
        let mut places = Places::new(text.whole());
        self.lines.extend(hits.iter().map(|span| Line {
            source,
            span: *span,
            held: (!is_kept).then(|| Held::of(text.whole(), *span, places.of(span.start()))),
        }));
    }

    /// Adds hits of an article that is kept.
    pub(super) fn add_of_kept(&mut self, source: SourceId, hits: &[ByteSpan]) {
        self.lines.extend(hits.iter().map(|span| Line {
            source,
            span: *span,
            held: None,
        }));
    }

    /// Adds all articles and lines of another, behind these.
    pub fn join(&mut self, other: Self) {
        let by = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        self.sources.extend(other.sources);
        self.lines.extend(other.lines.into_iter().map(|line| Line {
            source: SourceId(line.source.0.saturating_add(by)),
            ..line
        }));
    }

    /// Names the file of all sources.
    pub fn name_file(&mut self, file: &str) {
        for source in &mut self.sources {
            file.clone_into(&mut source.file);
        }
    }

    /// The order.
    #[must_use]
    pub const fn order(&self) -> Order {
        self.order
    }

    /// Whether contexts go over the ends of blocks.
    #[must_use]
    pub const fn is_across(&self) -> bool {
        self.across
    }

    /// Changes the order.
    pub fn set_order(&mut self, order: Order) {
        self.order = order;
        self.forget();
    }

    /// Lets contexts go over the ends of blocks, or not.
    pub fn set_across(&mut self, across: bool) {
        self.across = across;
        self.forget();
    }

    /// Shows only lines in whose context or hit something is found; all without.
    pub fn set_filter(&mut self, filter: Option<Matcher>) {
        self.filter.clear();
        self.pass(filter.map(Passing::Holds));
    }

    /// Shows of the lines that pass so far only those in whose context or hit something is found; all of them without.
    pub(super) fn narrow(&mut self, filter: Option<Matcher>) {
        self.pass(filter.map(Passing::Holds));
    }

    /// Shows of the lines that pass so far only those with something near their hit.
    pub(super) fn narrow_near(&mut self, near: Near) {
        self.pass(Some(Passing::Near(near)));
    }

    fn pass(&mut self, filter: Option<Passing>) {
        self.filter.extend(filter);
        self.arranged = 0;
        self.shown.clear();
    }

    fn forget(&mut self) {
        self.keys.clear();
        self.arranged = 0;
        self.shown.clear();
    }

    /// Puts the lines in order. Those that were in order before cost little more than being looked at.
    pub fn arrange(&mut self, words: &Words) {
        let made = (self.keys.len()..self.lines.len()).filter_map(|n| {
            let context = self.context(n)?;
            let date = self.sources.get(self.lines.get(n)?.source.0 as usize)?;
            Some(self.order.key(&context, &date.date, words))
        });
        let made: Vec<Arc<str>> = made.collect();
        self.keys.extend(made);
        if self.arranged == self.lines.len() {
            return;
        }
        let passes = (self.arranged..self.lines.len()).filter(|n| self.passes(*n, words));
        let passed: Vec<u32> = passes.filter_map(|n| u32::try_from(n).ok()).collect();
        self.shown.extend(passed);
        self.arranged = self.lines.len();
        let (keys, lines, sources) = (&self.keys, &self.lines, &self.sources);
        let number = |id: SourceId| sources.get(id.0 as usize).map(|source| source.number);
        self.shown.sort_by(|a, b| {
            let (a, b) = (*a as usize, *b as usize);
            let place = |n: usize| lines.get(n).map(|l| (number(l.source), l.source, l.span));
            keys.get(a)
                .cmp(&keys.get(b))
                .then_with(|| place(a).cmp(&place(b)))
        });
    }

    fn passes(&self, line: usize, words: &Words) -> bool {
        if self.filter.is_empty() {
            return true;
        }
        let Some(context) = self.context(line) else {
            return false;
        };
        self.filter.iter().all(|filter| match filter {
            Passing::Holds(matcher) => {
                let whole = [context.left, context.hit, context.right].concat();
                matcher.is_in(&whole)
            }
            Passing::Near(near) => near.is_in(&context, words),
        })
    }

    /// How many lines are shown.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.shown.len()
    }

    /// Whether no line is shown.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// How many hits there are, shown or not.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.lines.len()
    }

    /// The articles.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The article and context of the line of that number, from 0.
    #[must_use]
    pub fn get(&self, number: usize) -> Option<(&Source, Context<'_>)> {
        let line = *self.shown.get(number)? as usize;
        let source = self.lines.get(line)?.source;
        Some((self.sources.get(source.0 as usize)?, self.context(line)?))
    }

    /// Of which article the line of that number is, by the article's number, and where its hit stands there.
    #[must_use]
    pub fn place_of(&self, number: usize) -> Option<(u32, ByteSpan)> {
        self.place(*self.shown.get(number)?)
    }

    fn place(&self, line: u32) -> Option<(u32, ByteSpan)> {
        let line = self.lines.get(line as usize)?;
        let source = self.sources.get(line.source.0 as usize)?;
        Some((source.number, line.span))
    }

    /// The number of the line of a hit, from 0.
    #[must_use]
    pub fn number_of(&self, place: (u32, ByteSpan)) -> Option<usize> {
        let mut lines = self.shown.iter();
        lines.position(|line| self.place(*line) == Some(place))
    }

    /// The articles that are kept.
    pub fn kept(&self) -> impl Iterator<Item = &Arc<Article>> {
        self.sources
            .iter()
            .filter_map(|source| source.kept.as_ref())
    }

    fn context(&self, line: usize) -> Option<Context<'_>> {
        let line = self.lines.get(line)?;
        let context = match &line.held {
            Some(held) => held.context(line.span),
            None => {
                let kept = self.sources.get(line.source.0 as usize)?.kept.as_ref()?;
                Context::of(kept.text.whole(), line.span)
            }
        };
        Some(if self.across {
            context
        } else {
            context.in_block()
        })
    }

    /// The lines that are shown in the order of articles and their texts, with the number of the article.
    pub(super) fn in_text_order(&self) -> Vec<(SourceId, Context<'_>)> {
        let mut lines: Vec<usize> = self.shown.iter().map(|n| *n as usize).collect();
        lines.sort_by_key(|n| self.lines.get(*n).map(|l| (l.source, l.span)));
        let placed = |n: usize| Some((self.lines.get(n)?.source, self.context(n)?));
        lines.into_iter().filter_map(placed).collect()
    }

    /// For each line that is shown, line of the article's text and byte of it, from 1.
    pub(super) fn places(&self) -> Vec<(u32, u32)> {
        let mut numbers: Vec<usize> = (0..self.shown.len()).collect();
        let line_of = |number: usize| self.lines.get(*self.shown.get(number)? as usize);
        numbers.sort_by_key(|n| line_of(*n).map(|l| (l.source, l.span)));
        let mut found = vec![(1, 1); numbers.len()];
        let mut places: Option<(SourceId, Places<'_>)> = None;
        for number in numbers {
            let Some(line) = line_of(number) else {
                continue;
            };
            let place = match &line.held {
                Some(held) => held.place,
                None => {
                    let source = self.sources.get(line.source.0 as usize);
                    let kept = source.and_then(|s| s.kept.as_ref());
                    let text = kept.map_or("", |article| article.text.whole());
                    if places.as_ref().is_none_or(|(id, _)| *id != line.source) {
                        places = Some((line.source, Places::new(text)));
                    }
                    let (_, places) = places.get_or_insert_with(|| (line.source, Places::new("")));
                    places.of(line.span.start())
                }
            };
            if let Some(found) = found.get_mut(number) {
                *found = place;
            }
        }
        found
    }
}
