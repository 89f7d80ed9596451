//! Searching the library: the results that come in, going through them.

use super::body::{Body, Gone};
use super::find::{Find, Found};
use super::geometry::{Pane, has_room};
use super::message::{Effect, LibraryHits};
use super::results::{Results, Within};
use super::state::{App, Opening};
use crate::action::Action;
use crate::library::ArticleId;
use crate::search::{Matcher, Query, Scope};

/// Which hit of an article is gone to when it is opened from the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    First,
    Last,
}

/// An article that is opened from the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) edge: Edge,
    /// Whether it is only looked at from the list: keys need not wait for it.
    pub(super) preview: bool,
}

impl App {
    /// Shows the list, beside the body where there is room, and puts the focus there.
    pub(super) fn show_list(&mut self) {
        if has_room(Pane::List, self.size.0) {
            self.config.panes.list = true;
            self.over = None;
        } else {
            self.over = Some(Pane::List);
        }
        self.arrange();
        self.focus = Pane::List;
    }

    /// Begins a search over the library.
    pub(super) fn gather(&mut self, query: Query, within: Option<Within>) -> Vec<Effect> {
        let query = Query {
            scope: Scope::Article,
            ..query
        };
        if let Err(error) = Matcher::new(&query) {
            if self.prompt.is_some() {
                self.prompt_error = Some(error);
            } else {
                self.warn(error.to_string());
            }
            self.list.stop_results();
            return vec![Effect::CancelLibrarySearch];
        }
        let ticket = self.ticket();
        self.seeking.chosen = false;
        let before = self.list.show_results(None, None);
        let articles = within.as_ref().map(|within| within.articles.clone());
        let results = Results::new(query.clone(), ticket, within, before);
        self.list.show_results(Some(results), None);
        let mut effects = vec![Effect::SearchLibrary {
            ticket,
            query,
            within: articles,
        }];
        // What is typed may still be given up.
        if self.prompt.is_none() {
            effects.extend(self.drop_laid_by());
        }
        effects
    }

    /// Says that nothing was found, and shows again what was searched: the results that were refined, or the whole list.
    pub(super) fn found_nothing(&mut self) -> Vec<Effect> {
        let found = self.list.results();
        let said = found.map(Results::not_found).unwrap_or_default();
        let base = found.and_then(Results::refined).cloned();
        let on = self.body.as_ref().map(Body::id);
        self.list.show_results(None, on);
        match base {
            Some(base) => {
                let effects = self.give_back_refined(base, on);
                self.warn(said);
                effects
            }
            None => {
                self.warn(said);
                Vec::new()
            }
        }
    }

    /// Shows results again in which nothing was found, with the cursor on the article `on`, which stays as it is.
    fn give_back_refined(&mut self, base: Results, on: Option<ArticleId>) -> Vec<Effect> {
        let query = base.query().clone();
        if !base.is_done() {
            return self.gather(query, base.held_to().cloned());
        }
        self.seeking.chosen = true;
        let is_in = on.is_some_and(|id| base.of(id).is_some());
        self.list.show_results(Some(base), on);
        if is_in && self.find.is_none() {
            // Its hits are marked again.
            return self.search_for(query, false, 0, false);
        }
        Vec::new()
    }

    pub(super) fn gathered(&mut self, part: LibraryHits) -> Vec<Effect> {
        let done = part.done;
        // The cursor keeps to the first article of the list until the reader goes elsewhere.
        let typing = self.is_typing_library();
        let stay = self.seeking.chosen || (self.focus != Pane::List && !typing);
        if !self.list.results_came(part, stay) {
            return Vec::new();
        }
        if done {
            self.tell_views();
        }
        let nothing = self.list.results().is_none_or(Results::is_empty);
        if typing && done && nothing {
            return self.give_back_body();
        }
        if self.prompt.is_some() {
            return self.preview();
        }
        if done && nothing {
            return self.found_nothing();
        }
        self.warn_of_unread();
        self.preview()
    }

    /// Says how many articles could not be searched, once the search is over.
    pub(super) fn warn_of_unread(&mut self) {
        let found = self.list.results().filter(|found| found.is_done());
        if let Some(failure) = found.and_then(Results::failure) {
            self.warn(failure);
        }
    }

    /// Opens an article of the results at one of its hits.
    pub(super) fn open_result(&mut self, id: ArticleId, shown: Shown) -> Vec<Effect> {
        self.seeking.chosen |= !shown.preview;
        if let Some(opening) = &mut self.opening
            && opening.id == id
            && opening.result.is_some()
        {
            opening.result = Some(shown);
            return Vec::new();
        }
        if self.body.as_ref().is_some_and(|body| body.id() == id) {
            self.opening = None;
            if !shown.preview {
                self.enter_visit();
            }
            if shown.edge == Edge::First && self.walks_results() {
                return Vec::new();
            }
            return self.enter_result(shown);
        }
        let effects = self.open(id, None);
        if let Some(opening) = &mut self.opening {
            opening.result = Some(shown);
        }
        effects
    }

    /// Whether the hits in the open article are those of the results.
    pub(super) fn walks_results(&self) -> bool {
        let query = self.list.results().map(Results::query);
        query.is_some() && query == self.find.as_ref().map(|find| &find.query)
    }

    /// Goes to a hit of the open article, which is one of the results, and looks for all of them.
    pub(super) fn enter_result(&mut self, shown: Shown) -> Vec<Effect> {
        let Some((results, body)) = self.list.results().zip(self.body.as_ref()) else {
            return Vec::new();
        };
        let text = &body.article().text;
        let query = results.query().clone();
        // The file may have changed since it was searched.
        let (hits, first) = results.of(body.id()).unwrap_or_default();
        let first = first.filter(|hit| text.whole().get(hit.range()).is_some());
        // An article may match without a hit.
        let last = shown.edge == Edge::Last && hits > 0;
        let origin = if last { text.len() } else { 0 };
        let ticket = self.ticket();
        let mut find = Find::new(query, false, ticket, origin, false);
        if last {
            find.want_last();
        } else if let (Some(hit), Some(body)) = (first, &mut self.body) {
            body.go(Gone::Hit(hit));
        }
        self.seeking.entered = Some((ticket, shown));
        let search = self.begin_find(find);
        self.sync_sidebar();
        search
    }

    /// Once all hits of an article that was entered from the results are known: reads it anew where they are others than
    /// those that the search over the library found, as its file has changed since it was read. That is done once for a
    /// search: the file may also have changed since it was searched.
    pub(super) fn renew_result(&mut self) -> Option<Vec<Effect>> {
        let find = self.find.as_ref().filter(|find| find.is_done())?;
        let (_, shown) = self
            .seeking
            .entered
            .filter(|(ticket, _)| *ticket == find.ticket())?;
        let results = self.list.results().filter(|found| !found.is_stale())?;
        let id = self.body.as_ref()?.id();
        let (hits, first) = results.of(id)?;
        let same = find.hits().len() == hits as usize && find.hits().first().copied() == first;
        let once = Some((results.ticket(), id));
        if same || !self.walks_results() || self.opening.is_some() {
            return None;
        }
        if self.seeking.renewed == once {
            // It was changed after it was searched: its first hit is another one, if nobody has left the place since.
            let own = find
                .hits()
                .first()
                .copied()
                .filter(|_| shown.edge == Edge::First);
            if let (Some(own), Some(body)) = (own, &mut self.body)
                && (body.gone().is_none() || body.gone() == first.map(Gone::Hit))
            {
                body.go(Gone::Hit(own));
            }
            return None;
        }
        self.seeking.renewed = once;
        let ticket = self.ticket();
        self.opening = Some(Opening {
            ticket,
            id,
            view: None,
            result: Some(shown),
        });
        let anew = true;
        Some(vec![Effect::LoadArticle { ticket, id, anew }])
    }

    /// From the last hit of an article of the results to the next article, or back from its first; nothing where the way
    /// does not lead out of it.
    pub(super) fn past_article(&mut self, found: Found, forwards: bool) -> Option<Vec<Effect>> {
        let past = matches!(found, Found::At(_, true) | Found::Nowhere);
        if !past || self.prompt.is_some() || !self.walks_results() || self.list.len() < 2 {
            return None;
        }
        let all = self.list.len();
        let line = self.list.line_of(self.stands_on()?)?;
        let to = if forwards {
            (line + 1) % all
        } else {
            (line + all - 1) % all
        };
        let id = self.list.at(to)?;
        self.leave_here();
        self.list.go(to);
        let round = (to > line) != forwards;
        let title = self.list.row(id).map_or("", |row| row.title.as_str());
        let said = format!("article {}/{all}: {title}", to + 1);
        self.say(match (round, forwards) {
            (false, _) => said,
            (true, true) => format!("past the last, on from {said}"),
            (true, false) => format!("past the first, on from {said}"),
        });
        let edge = if forwards { Edge::First } else { Edge::Last };
        Some(self.open_result(
            id,
            Shown {
                edge,
                preview: false,
            },
        ))
    }

    /// Esc: ends the search over the library that runs, else gives the whole list back. Nothing when there is neither.
    pub(super) fn leave_results(&mut self) -> Option<Vec<Effect>> {
        let results = self.list.results()?;
        if !results.is_done() {
            let percent = results.percent();
            self.list.stop_results();
            let told = self.list.results().map(Results::told).unwrap_or_default();
            self.say(format!("stopped after {percent}%: {told}"));
            return Some(vec![Effect::CancelLibrarySearch]);
        }
        if self.focus != Pane::List {
            return None;
        }
        if self.list.filtered_by().is_some() {
            return Some(self.filter_list(""));
        }
        self.give_back_list();
        Some(Vec::new())
    }

    /// Shows the whole list in place of results, with the cursor on the article that is open.
    pub(super) fn give_back_list(&mut self) {
        let on = self.opening.map(|o| o.id);
        let on = on.or_else(|| self.body.as_ref().map(Body::id));
        self.list.show_results(None, on);
    }

    /// Orders the results in the next way.
    pub(super) fn sort_results(&mut self) {
        match self.list.turn_results() {
            Some(order) => {
                self.seeking.chosen = true;
                self.say(format!("results {}", order.name()));
            }
            None => self.say_hinting(
                "only results of a search are ordered",
                Action::SearchLibrary,
                "searches the library",
            ),
        }
    }

    /// Runs the view under the cursor of the list, if there is one.
    pub(super) fn run_view(&mut self) -> Option<Vec<Effect>> {
        let view = self.list.view_at(self.list.cursor().line())?;
        let query = view.query.clone();
        self.leave_here();
        Some(self.gather(query, None))
    }
}
