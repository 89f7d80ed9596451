//! What a search over the library found: the articles, in the order in which the list shows them.

use std::collections::HashMap;
use std::sync::Arc;

use super::message::{FoundArticle, LibraryHits, Ticket};
use super::narrowed::Narrowed;
use crate::article::ByteSpan;
use crate::library::{ArticleId, Row};
use crate::names::Date;
use crate::search::{self, Matcher, Query};
use crate::text::Filter;

/// How results are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ResultOrder {
    /// As in the list.
    #[default]
    List,
    /// Those with most hits first.
    Hits,
    /// The newest first; those without a date last.
    Date,
}

impl ResultOrder {
    /// The next one.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::List => Self::Hits,
            Self::Hits => Self::Date,
            Self::Date => Self::List,
        }
    }

    /// For a message.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::List => "as in the list",
            Self::Hits => "by number of hits",
            Self::Date => "by date, the newest first",
        }
    }
}

/// An article among the results.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    id: ArticleId,
    hits: u32,
    first: Option<ByteSpan>,
    day: Option<Date>,
}

/// What a search is held to: the articles that were found before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Within {
    pub(super) articles: Arc<[ArticleId]>,
    /// The same with all that is known of them.
    pub(super) results: Arc<Results>,
    /// The one query that finds them; else those that did, as they were typed, which one query cannot say together.
    pub(super) found_by: Result<Query, String>,
}

/// The articles that a search found, as they come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Results {
    query: Query,
    ticket: Ticket,
    within: Option<Within>,
    entries: Vec<Entry>,
    /// The places of the entries, ordered by article; empty where the entries are in that order themselves.
    by_id: Vec<u32>,
    order: ResultOrder,
    hits: u64,
    searched: u32,
    total: u32,
    failed: u32,
    done: bool,
    /// Whether the entries are those of the search before, shown until this one answers.
    stale: bool,
    /// A filter of what is listed.
    narrowed: Option<Narrowed>,
}

impl Results {
    /// The results that these were held to.
    pub(super) fn refined(&self) -> Option<&Self> {
        Some(&*self.within.as_ref()?.results)
    }

    /// The results of a search that has been asked for under `ticket`. Those `before` are shown until it answers.
    pub(super) fn new(
        query: Query,
        ticket: Ticket,
        within: Option<Within>,
        before: Option<Self>,
    ) -> Self {
        let (entries, by_id, order, hits) = before
            .map(|b| (b.entries, b.by_id, b.order, b.hits))
            .unwrap_or_default();
        Self {
            query,
            ticket,
            within,
            entries,
            by_id,
            order,
            hits,
            searched: 0,
            total: 0,
            failed: 0,
            done: false,
            stale: true,
            narrowed: None,
        }
    }

    /// What its answers bear.
    pub(super) const fn ticket(&self) -> Ticket {
        self.ticket
    }

    /// What was searched for.
    #[must_use]
    pub const fn query(&self) -> &Query {
        &self.query
    }

    /// The articles to which the search was held, if any.
    #[must_use]
    pub fn within(&self) -> Option<&Arc<[ArticleId]>> {
        self.within.as_ref().map(|within| &within.articles)
    }

    /// What they are held to, as it is handed on to a search that begins anew.
    pub(super) const fn held_to(&self) -> Option<&Within> {
        self.within.as_ref()
    }

    /// The one query that finds these articles in the whole library; else the queries that did, one behind the other,
    /// which one query cannot say together.
    pub(super) fn whole_query(&self) -> Result<Query, String> {
        let Some(within) = &self.within else {
            return Ok(self.query.clone());
        };
        let (before, made) = match &within.found_by {
            Ok(base) => (&base.text, search::refined(base, &self.query)),
            Err(texts) => (texts, None),
        };
        let texts = || format!("{before} · {}", self.query.text);
        made.filter(|query| Matcher::new(query).is_ok())
            .ok_or_else(texts)
    }

    /// How many articles match.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether no article matches.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether the search is over, or was given up.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.done
    }

    /// Whether nothing is known of this search yet.
    #[must_use]
    pub const fn is_stale(&self) -> bool {
        self.stale
    }

    /// How many hits there are in all.
    #[must_use]
    pub const fn hits(&self) -> u64 {
        self.hits
    }

    /// How much of the library has been searched, 0 to 100.
    #[must_use]
    pub fn percent(&self) -> u8 {
        if self.total == 0 {
            return if self.done { 100 } else { 0 };
        }
        let percent = u64::from(self.searched) * 100 / u64::from(self.total);
        u8::try_from(percent).unwrap_or(100)
    }

    /// `12 hits in 5 articles`, and how many more could not be read.
    #[must_use]
    pub fn told(&self) -> String {
        let s = |n: u64| if n == 1 { "" } else { "s" };
        let articles = self.entries.len() as u64;
        let hits = self.hits;
        let unread = self.unread();
        format!(
            "{hits} hit{} in {articles} article{}{unread}",
            s(hits),
            s(articles)
        )
    }

    /// The same where there is little room: `12 in 5`.
    #[must_use]
    pub fn told_briefly(&self) -> String {
        format!("{} in {}{}", self.hits, self.entries.len(), self.unread())
    }

    fn unread(&self) -> String {
        match self.failed {
            0 => String::new(),
            failed => format!(", {failed} unreadable"),
        }
    }

    /// A line that says that nothing was found, and how many articles could not be read.
    pub(super) fn not_found(&self) -> String {
        let place = match &self.within {
            Some(_) => "these results",
            None => "the library",
        };
        let failure = self
            .failure()
            .map_or_else(String::new, |failure| format!("; {failure}"));
        format!("not found in {place}: {}{failure}", self.query.text)
    }

    /// A line that says how many articles could not be read; nothing where all could.
    #[must_use]
    pub fn failure(&self) -> Option<String> {
        let s = if self.failed == 1 { "" } else { "s" };
        (self.failed > 0).then(|| format!("{} article{s} could not be read", self.failed))
    }

    /// How many of them are listed: those that the filter lets through.
    #[must_use]
    pub fn listed(&self) -> usize {
        let narrowed = self.narrowed.as_ref();
        narrowed.map_or(self.entries.len(), Narrowed::len)
    }

    /// The filter of what is listed.
    #[must_use]
    pub fn filter(&self) -> Option<&Filter> {
        self.narrowed.as_ref().map(|narrowed| &**narrowed.by())
    }

    /// The article on line `index`.
    #[must_use]
    pub fn at(&self, index: u32) -> Option<ArticleId> {
        self.entry(index).map(|entry| entry.id)
    }

    fn entry(&self, index: u32) -> Option<&Entry> {
        let place = match &self.narrowed {
            Some(narrowed) => narrowed.place(index)?,
            None => index,
        };
        self.entries.get(place as usize)
    }

    /// What the filter of them has let through so far, so that it can be given back.
    pub(super) fn narrowed(&self) -> Option<Narrowed> {
        self.narrowed.clone()
    }

    /// Lists what a filter lets through of them; nothing lists all.
    pub(super) fn narrow(&mut self, by: Option<Filter>, rows: &HashMap<ArticleId, Row>) {
        self.narrowed = by.map(|by| Narrowed::new(Arc::new(by), self.ids()));
        self.look_on(rows);
    }

    /// Lists again what a filter had let through; what has come since is looked at too.
    pub(super) fn put_back(&mut self, narrowed: Option<Narrowed>, rows: &HashMap<ArticleId, Row>) {
        let by = narrowed.as_ref().map(|narrowed| Arc::clone(narrowed.by()));
        let known = narrowed.as_ref().map_or(0, Narrowed::known);
        self.narrowed = narrowed;
        if let Some(by) = by.filter(|_| known != self.entries.len()) {
            self.narrowed = Some(Narrowed::new(by, self.ids()));
            self.look_on(rows);
        }
        self.order_narrowed();
    }

    /// Whether the filter has looked at all of them.
    pub(super) fn is_narrowed(&self) -> bool {
        self.narrowed.as_ref().is_none_or(Narrowed::is_complete)
    }

    /// The filter looks at some more of them.
    pub(super) fn look_on(&mut self, rows: &HashMap<ArticleId, Row>) {
        if let Some(narrowed) = &mut self.narrowed {
            narrowed.look_on(rows);
        }
        self.order_narrowed();
    }

    fn order_narrowed(&mut self) {
        if let Some(narrowed) = &mut self.narrowed {
            narrowed.order(self.entries.iter().map(|entry| entry.id));
        }
    }

    /// All articles, in order.
    pub fn ids(&self) -> impl Iterator<Item = ArticleId> {
        self.entries.iter().map(|entry| entry.id)
    }

    /// The line of an article, where it is listed.
    #[must_use]
    pub fn line_of(&self, id: ArticleId) -> Option<u32> {
        let place = u32::try_from(self.find(id)?).ok()?;
        match &self.narrowed {
            Some(narrowed) => narrowed.line_of(place),
            None => Some(place),
        }
    }

    /// How many hits the article on line `index` has.
    #[must_use]
    pub fn hits_at(&self, index: u32) -> Option<u32> {
        self.entry(index).map(|entry| entry.hits)
    }

    /// The place of an article among the entries.
    fn find(&self, id: ArticleId) -> Option<usize> {
        if self.order == ResultOrder::List {
            return self.entries.binary_search_by_key(&id, |e| e.id).ok();
        }
        let id_at = |place: &u32| self.entries.get(*place as usize).map(|e| e.id);
        let at = self.by_id.binary_search_by_key(&Some(id), id_at).ok()?;
        self.by_id.get(at).map(|place| *place as usize)
    }

    /// How many hits an article has, and the first of them.
    #[must_use]
    pub fn of(&self, id: ArticleId) -> Option<(u32, Option<ByteSpan>)> {
        let entry = self.entries.get(self.find(id)?)?;
        Some((entry.hits, entry.first))
    }

    /// Takes a part of the answer. What answers another search is dropped, and false returned.
    pub(super) fn take(&mut self, part: &LibraryHits) -> bool {
        if part.ticket != self.ticket || self.done {
            return false;
        }
        if std::mem::take(&mut self.stale) {
            self.entries.clear();
            self.hits = 0;
            let narrowed = self.narrowed.take();
            self.narrowed = narrowed.map(|n| Narrowed::new(Arc::clone(n.by()), std::iter::empty()));
        }
        if let Some(narrowed) = &mut self.narrowed {
            narrowed.add(part.articles.iter().map(|found| found.row.id));
        }
        let entry = |found: &FoundArticle| Entry {
            id: found.row.id,
            hits: found.hits,
            first: found.first,
            day: Date::parse(&found.row.date),
        };
        self.entries.extend(part.articles.iter().map(entry));
        self.hits += part.articles.iter().map(|f| u64::from(f.hits)).sum::<u64>();
        (self.searched, self.total, self.failed) = (part.searched, part.total, part.failed);
        self.done = part.done;
        self.sort();
        true
    }

    /// Ends the search; what is known stays.
    pub(super) fn stop(&mut self) {
        if std::mem::take(&mut self.stale) {
            self.entries.clear();
            self.by_id.clear();
            self.hits = 0;
            self.narrowed = None;
        }
        self.done = true;
    }

    pub(super) fn turn_order(&mut self) -> ResultOrder {
        self.order = self.order.next();
        self.sort();
        self.order
    }

    fn sort(&mut self) {
        // What came before is in order already, which the sort makes use of.
        match self.order {
            ResultOrder::List => self.entries.sort_by_key(|e| e.id),
            ResultOrder::Hits => self
                .entries
                .sort_by(|a, b| b.hits.cmp(&a.hits).then(a.id.cmp(&b.id))),
            ResultOrder::Date => self
                .entries
                .sort_by(|a, b| b.day.cmp(&a.day).then(a.id.cmp(&b.id))),
        }
        self.by_id.clear();
        if self.order != ResultOrder::List {
            let all = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
            self.by_id.extend(0..all);
            let entries = &self.entries;
            self.by_id
                .sort_by_key(|place| entries.get(*place as usize).map(|e| e.id));
        }
        self.order_narrowed();
    }
}

#[cfg(test)]
mod tests;
