//! The list of articles: which rows are known, which are in sight, where the cursor is, what the filter lets through.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::cursor::Cursor;
use super::message::{Effect, LibraryHits, Ticket};
use super::narrowed::Narrowed;
use super::results::{ResultOrder, Results};
use super::views::View;
use crate::library::{ArticleId, Row};
use crate::text;

/// Rows beyond the pane that are asked for ahead.
const MARGIN: u32 = 50;

/// What the filter lets through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// What articles are held against.
    pub by: Arc<text::Filter>,
    /// Of the request that will be answered.
    pub ticket: Ticket,
    /// The articles known to pass so far.
    ids: Vec<ArticleId>,
    /// Whether these are all.
    pub complete: bool,
}

/// How the list was filtered, and where its cursor stood.
#[derive(Debug)]
pub(super) struct FilterState {
    filter: Option<Filter>,
    narrowed: Option<Narrowed>,
    cursor: Cursor,
    on: Option<ArticleId>,
}

/// The state of the list.
#[derive(Debug, Default)]
pub struct List {
    total: u32,
    rows: HashMap<ArticleId, Row>,
    asked: HashSet<ArticleId>,
    filter: Option<Filter>,
    /// What a search over the library found; goes before the filter.
    results: Option<Results>,
    views: Vec<View>,
    cursor: Cursor,
}

impl List {
    /// A list of so many articles.
    #[must_use]
    pub fn new(total: u32) -> Self {
        Self {
            total,
            ..Self::default()
        }
    }

    /// How many articles the library has.
    #[must_use]
    pub const fn total(&self) -> u32 {
        self.total
    }

    /// How many lines there are: the views, and the articles that were found, or that the filter lets through.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.articles().saturating_add(self.lead())
    }

    /// Whether the filter has yet to see rows that may pass it.
    #[must_use]
    pub fn is_filtering(&self) -> bool {
        self.filter.as_ref().is_some_and(|filter| !filter.complete)
    }

    /// How many articles are listed.
    #[must_use]
    pub fn articles(&self) -> u32 {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        match (&self.results, &self.filter) {
            (Some(results), _) => count(results.listed()),
            (None, Some(filter)) => count(filter.ids.len()),
            (None, None) => self.total,
        }
    }

    /// How many lines stand above the articles: those of the views, where all articles are listed.
    #[must_use]
    pub fn lead(&self) -> u32 {
        if self.results.is_some() || self.filter.is_some() {
            return 0;
        }
        u32::try_from(self.views.len()).unwrap_or(0)
    }

    /// The view on line `index`.
    #[must_use]
    pub fn view_at(&self, index: u32) -> Option<&View> {
        let shown = self.views.get(..self.lead() as usize)?;
        shown.get(index as usize)
    }

    /// The views.
    #[must_use]
    pub fn views(&self) -> &[View] {
        &self.views
    }

    /// Changes the views. The cursor stays where it is.
    pub(super) fn change_views<T>(&mut self, change: impl FnOnce(&mut Vec<View>) -> T) -> T {
        let here = self.at(self.cursor.line());
        let made = change(&mut self.views);
        let line = here.and_then(|id| self.line_of(id));
        self.go(line.unwrap_or(self.cursor.line()));
        made
    }

    /// What a search over the library found.
    #[must_use]
    pub const fn results(&self) -> Option<&Results> {
        self.results.as_ref()
    }

    /// Shows results, or the whole list, and gives back the results that were shown. The cursor goes to the first line,
    /// or to the article `on`.
    pub(super) fn show_results(
        &mut self,
        results: Option<Results>,
        on: Option<ArticleId>,
    ) -> Option<Results> {
        let before = std::mem::replace(&mut self.results, results);
        self.go(on.and_then(|id| self.line_of(id)).unwrap_or(0));
        before
    }

    /// Takes a part of what a search over the library found. With `stay` the cursor stays on its article. False when
    /// that search is not wanted any more.
    pub(super) fn results_came(&mut self, part: LibraryHits, stay: bool) -> bool {
        let here = self.at(self.cursor.line()).filter(|_| stay);
        let taken = self.results.as_mut().is_some_and(|r| r.take(&part));
        if taken {
            self.rows_came(part.articles.into_iter().map(|found| found.row).collect());
            self.look_on();
            let line = here.and_then(|id| self.line_of(id));
            self.go(line.unwrap_or(0));
        }
        taken
    }

    /// Ends the search over the library; what it found stays.
    pub(super) fn stop_results(&mut self) {
        if let Some(results) = &mut self.results {
            results.stop();
        }
        self.go(self.cursor.line());
    }

    /// Orders the results in the next way. The cursor stays on its article.
    pub(super) fn turn_results(&mut self) -> Option<ResultOrder> {
        let here = self.at(self.cursor.line());
        let order = self.results.as_mut()?.turn_order();
        self.go(here.and_then(|id| self.line_of(id)).unwrap_or(0));
        Some(order)
    }

    /// Whether there is no line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The filter.
    #[must_use]
    pub const fn filter(&self) -> Option<&Filter> {
        self.filter.as_ref()
    }

    /// The article on line `index`.
    #[must_use]
    pub fn at(&self, index: u32) -> Option<ArticleId> {
        let index = index.checked_sub(self.lead())?;
        match (&self.results, &self.filter) {
            (Some(results), _) => results.at(index),
            (None, Some(filter)) => filter.ids.get(index as usize).copied(),
            (None, None) => (index < self.total).then_some(ArticleId(index)),
        }
    }

    /// The line of an article, if it is listed.
    #[must_use]
    pub fn line_of(&self, id: ArticleId) -> Option<u32> {
        match (&self.results, &self.filter) {
            (Some(results), _) => results.line_of(id),
            (None, Some(filter)) => filter
                .ids
                .iter()
                .position(|i| *i == id)
                .and_then(|i| u32::try_from(i).ok()),
            (None, None) => (id.0 < self.total).then_some(id.0.saturating_add(self.lead())),
        }
    }

    /// What is known of an article.
    #[must_use]
    pub fn row(&self, id: ArticleId) -> Option<&Row> {
        self.rows.get(&id)
    }

    /// The cursor and the lines in sight.
    #[must_use]
    pub const fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// Sets the pane's height in lines.
    pub fn resize(&mut self, height: u16) {
        self.cursor.resize(height, self.len());
    }

    /// Puts the cursor on a line, as near as there is one.
    pub fn go(&mut self, line: u32) {
        self.cursor.go(line, self.len());
    }

    /// Scrolls by lines without moving the cursor, as long as it stays in sight.
    pub fn scroll(&mut self, by: i64) {
        self.cursor.scroll(by, self.len());
    }

    /// Moves the cursor by lines.
    pub fn step(&mut self, by: i64) {
        self.cursor.step(by, self.len());
    }

    /// What is listed is held against: the filter of the results, else that of the whole list.
    #[must_use]
    pub fn filtered_by(&self) -> Option<&text::Filter> {
        match &self.results {
            Some(results) => results.filter(),
            None => self.filter.as_ref().map(|filter| &*filter.by),
        }
    }

    /// Whether the filter of the results has not looked at all of them.
    #[must_use]
    pub(super) fn has_work(&self) -> bool {
        self.results
            .as_ref()
            .is_some_and(|found| !found.is_narrowed())
    }

    /// It looks at some more. The cursor stays on its article.
    pub(super) fn look_on(&mut self) {
        let here = self.at(self.cursor.line());
        let Some(results) = self.results.as_mut().filter(|found| !found.is_narrowed()) else {
            return;
        };
        results.look_on(&self.rows);
        let line = here.and_then(|id| self.line_of(id));
        self.go(line.unwrap_or(self.cursor.line()));
    }

    /// How what is listed is filtered, and where the cursor stands.
    pub(super) fn filter_state(&self) -> FilterState {
        FilterState {
            filter: self.filter.clone(),
            narrowed: self.results.as_ref().and_then(Results::narrowed),
            cursor: self.cursor,
            on: self.at(self.cursor.line()),
        }
    }

    /// Gives back how what is listed was filtered, and where the cursor stood. A filter that was not known to have been
    /// answered in full is asked for again under the ticket.
    pub(super) fn put_back(&mut self, state: FilterState, ticket: Ticket) -> Option<Effect> {
        let mut asked = None;
        if let Some(results) = &mut self.results {
            results.put_back(state.narrowed, &self.rows);
        } else {
            self.filter = state.filter;
            if let Some(filter) = self.filter.as_mut().filter(|filter| !filter.complete) {
                filter.ticket = ticket;
                let filter = Arc::clone(&filter.by);
                asked = Some(Effect::Filter { ticket, filter });
            }
        }
        self.cursor.put_back(state.cursor, self.len());
        if let Some(line) = state.on.and_then(|id| self.line_of(id)) {
            self.go(line);
        }
        asked
    }

    /// Sets the filter of the results, or of the whole list; an empty one lets everything through. The cursor stays on
    /// its article where it can; it goes to the `open` one where it was on none.
    pub fn set_filter(
        &mut self,
        by: text::Filter,
        ticket: Ticket,
        open: Option<ArticleId>,
    ) -> Option<Effect> {
        if let Some(results) = &self.results {
            let here = results.at(self.cursor.line()).or(open);
            let by = Some(by).filter(|by| !by.is_empty());
            if let Some(results) = &mut self.results {
                results.narrow(by, &self.rows);
            }
            self.go(here.and_then(|id| self.line_of(id)).unwrap_or(0));
            return None;
        }
        if by.is_empty() {
            let here = self.at(self.cursor.line()).or(open);
            self.filter = None;
            self.go(here.and_then(|id| self.line_of(id)).unwrap_or(0));
            return None;
        }
        let ids = self.filter.take().map(|f| f.ids);
        let ids = ids.unwrap_or_else(|| (0..self.total).map(ArticleId).collect());
        let by = Arc::new(by);
        // What passed before is shown until the answer comes.
        self.filter = Some(Filter {
            by: Arc::clone(&by),
            ticket,
            ids,
            complete: false,
        });
        Some(Effect::Filter { ticket, filter: by })
    }

    /// Takes the answer of a filter.
    pub fn filtered(&mut self, ticket: Ticket, ids: Vec<ArticleId>, complete: bool) {
        let here = self.at(self.cursor.line());
        let Some(filter) = self.filter.as_mut().filter(|f| f.ticket == ticket) else {
            return;
        };
        filter.ids = ids;
        filter.complete = complete;
        let line = here.and_then(|id| self.line_of(id)).unwrap_or(0);
        self.go(line);
    }

    /// Whether rows have been asked for that have not come.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        !self.asked.is_empty()
    }

    /// Takes rows that were asked for.
    pub fn rows_came(&mut self, rows: Vec<Row>) {
        for row in rows {
            self.asked.remove(&row.id);
            self.rows.insert(row.id, row);
        }
    }

    /// Asks for the rows in sight that are not known, and some around them.
    pub fn ask(&mut self) -> Option<Effect> {
        let from = self.cursor.top();
        let height = u32::from(self.cursor.height());
        let to = from.saturating_add(height).min(self.len());
        let is_known = |id: &ArticleId| self.rows.contains_key(id) || self.asked.contains(id);
        let missing = (from..to)
            .filter_map(|line| self.at(line))
            .any(|id| !is_known(&id));
        if !missing {
            return None;
        }
        let wanted: Vec<ArticleId> = (from.saturating_sub(MARGIN)..(to + MARGIN).min(self.len()))
            .filter_map(|line| self.at(line))
            .filter(|id| !is_known(id))
            .collect();
        self.asked.extend(&wanted);
        Some(Effect::LoadRows(wanted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_keeps_the_cursor_on_its_article() {
        let mut list = List::new(10);
        list.resize(4);
        list.go(6);
        assert!(
            list.set_filter(text::Filter::new("乌", true), Ticket(1), None)
                .is_some()
        );
        list.filtered(Ticket(0), vec![], true);
        assert_eq!(list.len(), 10, "an answer to another request is dropped");
        list.filtered(Ticket(1), [2, 6, 8].map(ArticleId).to_vec(), true);
        assert_eq!((list.len(), list.cursor().line()), (3, 1));
        assert_eq!(list.line_of(ArticleId(8)), Some(2));
        assert!(
            list.set_filter(text::Filter::new(" ", true), Ticket(2), None)
                .is_none()
        );
        assert_eq!((list.len(), list.cursor().line()), (10, 6));
    }

    #[test]
    fn rows_are_asked_for_once() {
        let mut list = List::new(1000);
        list.resize(10);
        let Some(Effect::LoadRows(ids)) = list.ask() else {
            panic!("nothing asked")
        };
        assert_eq!(ids.len(), 60);
        assert_eq!(list.ask(), None);
        list.go(500);
        assert!(list.ask().is_some());
    }
}
