//! The prompt that searches the library: how far it reaches, what it goes back to.

use std::sync::Arc;

use super::View;
use super::cursor::Cursor;
use super::find::Find;
use super::gather::Shown;
use super::geometry::Pane;
use super::message::{Effect, Ticket};
use super::preview::Held;
use super::prompt::{Prompt, PromptKind};
use super::results::{Results, Within};
use super::state::App;
use crate::library::ArticleId;

/// How far the search of the prompt reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// Over the open article.
    #[default]
    Article,
    /// Over all articles.
    Library,
    /// Over the articles that were found before.
    Results,
}

/// What a search goes back to when its prompt is left.
#[derive(Debug, Clone)]
pub(super) struct Before {
    pub(super) view: Option<View>,
    pub(super) find: Option<Find>,
    pub(super) origin: usize,
    /// Where the sidebar's cursor stood; nothing once another article is open.
    pub(super) sidebar: Option<Cursor>,
}

/// What a search over the library goes back to when its prompt is left.
#[derive(Debug)]
pub(super) struct BeforeLibrary {
    results: Option<Results>,
    focus: Pane,
    over: Option<Pane>,
    list: bool,
    on: Option<ArticleId>,
    chosen: bool,
    /// The articles of the results, once a search has been held to them.
    within: Option<Within>,
    /// What the panes showed, once results have been looked at.
    pub(super) held: Option<Held>,
}

/// How far a search reaches that is being typed, and what is gone back to when it is given up.
#[derive(Debug, Default)]
pub(super) struct Seeking {
    pub(super) reach: Reach,
    pub(super) before: Option<Before>,
    pub(super) library: Option<BeforeLibrary>,
    /// Whether the reader has gone to one of the results since they were asked for; else the cursor keeps to the first.
    pub(super) chosen: bool,
    /// The search in the article that was entered from the results last, and how it was entered.
    pub(super) entered: Option<(Ticket, Shown)>,
    /// The article that was read anew last as its hits were others, and the search over the library that found them.
    pub(super) renewed: Option<(Ticket, ArticleId)>,
}

impl App {
    /// How far the search of the prompt reaches.
    #[must_use]
    pub const fn reach(&self) -> Reach {
        self.seeking.reach
    }

    /// The prompt that searches the library.
    pub(super) fn open_library_search(&mut self) -> Vec<Effect> {
        let origin = self.point().map_or(0, |point| point.offset);
        self.open_search_at(false, origin);
        self.reach_out(Reach::Library)
    }

    /// The next reach: article, library, results where there are any.
    pub(super) fn turn_reach(&mut self) -> Vec<Effect> {
        if !matches!(
            self.prompt.as_ref().map(|p| p.kind),
            Some(PromptKind::Search { .. })
        ) {
            return Vec::new();
        }
        let found = self.seeking.library.as_ref().map(|b| &b.results);
        let refines = matches!(found, Some(Some(results)) if !results.is_empty());
        let next = match self.seeking.reach {
            Reach::Article => Reach::Library,
            Reach::Library if refines => Reach::Results,
            _ if self.body.is_none() => Reach::Library,
            _ => Reach::Article,
        };
        self.reach_out(next)
    }

    /// While the library is searched the results stay in sight, even if the window has no longer room for them beside the
    /// text.
    pub(super) fn keep_list_shown(&mut self) {
        if self.seeking.reach != Reach::Article && self.over.is_none() {
            self.show_list();
        }
    }

    /// Back to where the body and the sidebar stood before the search was begun.
    pub(super) fn go_before(&mut self) {
        let Some(before) = &self.seeking.before else {
            return;
        };
        if let (Some(view), Some(body)) = (before.view, &mut self.body) {
            body.restore(view);
        }
        if let Some(cursor) = before.sidebar {
            self.sidebar.put_back(cursor);
        }
    }

    fn reach_out(&mut self, reach: Reach) -> Vec<Effect> {
        let mut effects = Vec::new();
        match (self.seeking.reach, reach) {
            (Reach::Article, Reach::Article) => {}
            (Reach::Article, _) => {
                let on = self.list.at(self.list.cursor().line());
                self.seeking.library = Some(BeforeLibrary {
                    results: self.list.show_results(None, on),
                    focus: self.focus,
                    over: self.over,
                    list: self.config.panes.list,
                    on,
                    chosen: self.seeking.chosen,
                    within: None,
                    held: None,
                });
                self.show_list();
                self.go_before();
                self.find = None;
                effects.push(Effect::CancelSearch);
            }
            (_, Reach::Article) => effects.extend(self.restore_list()),
            _ => {}
        }
        self.seeking.reach = reach;
        effects.extend(self.prompt_changed());
        effects
    }

    /// The list as it was before the library was searched. A search that ran then is begun anew, as it was given up for
    /// what was typed.
    pub(super) fn restore_list(&mut self) -> Vec<Effect> {
        self.seeking.reach = Reach::Article;
        let mut effects = self.give_back_body();
        let Some(before) = self.seeking.library.take() else {
            return Vec::new();
        };
        let filter = before.results.as_ref().and_then(Results::filter).cloned();
        let (results, effect) = match before.results {
            Some(results) if !results.is_done() => {
                let (ticket, query) = (self.ticket(), results.query().clone());
                let within = results.held_to().cloned();
                let effect = Effect::SearchLibrary {
                    ticket,
                    query: query.clone(),
                    within: results.within().cloned(),
                };
                let anew = Results::new(query, ticket, within, Some(results));
                (Some(anew), effect)
            }
            results => (results, Effect::CancelLibrarySearch),
        };
        let is_anew = results.as_ref().is_some_and(Results::is_stale);
        self.list.show_results(results, before.on);
        if let Some(filter) = filter.filter(|_| is_anew) {
            let ticket = self.ticket();
            effects.extend(self.list.set_filter(filter, ticket, before.on));
        }
        self.seeking.chosen = before.chosen;
        self.focus = before.focus;
        self.over = before.over;
        self.config.panes.list = before.list;
        self.arrange();
        effects.push(effect);
        effects
    }

    /// Searches the library, or the results of before, for what is typed now.
    pub(super) fn gather_typed(&mut self, text: String) -> Vec<Effect> {
        self.prompt_error = None;
        let within = self.within(self.seeking.reach);
        let query = self.query(text);
        if query.text.is_empty() {
            self.list.show_results(None, None);
            let mut effects = self.give_back_body();
            effects.push(Effect::CancelLibrarySearch);
            return effects;
        }
        self.gather(query, within)
    }

    /// The articles to which the search of the prompt is held: those found before, when it reaches over them.
    fn within(&mut self, reach: Reach) -> Option<Within> {
        let before = self.seeking.library.as_mut();
        let before = before.filter(|_| reach == Reach::Results)?;
        let found = before.results.as_ref()?;
        let within = before.within.get_or_insert_with(|| Within {
            articles: found.ids().collect(),
            results: Arc::new(found.clone()),
            found_by: found.whole_query(),
        });
        Some(within.clone())
    }

    /// Enter in the prompt of a search over the library: the focus goes to what it found.
    pub(super) fn accept_gathered(&mut self, prompt: &Prompt) -> Vec<Effect> {
        let mut effects = Vec::new();
        let found = self.list.results();
        let nothing = found.is_some_and(|found| found.is_done() && found.is_empty());
        if nothing && self.seeking.reach == Reach::Results && !prompt.text().is_empty() {
            // The results in which nothing was found are as they were, and so is what was open.
            effects.extend(self.remember(prompt.text()));
            let said = self.list.results().map(Results::not_found);
            effects.extend(self.give_up_search());
            self.warn(said.unwrap_or_default());
            return effects;
        }
        // What was looked at was of what had been typed before.
        if found.is_none_or(|found| found.is_stale() || found.is_empty()) {
            effects.extend(self.give_back_body());
        }
        let reach = std::mem::take(&mut self.seeking.reach);
        let before = self.seeking.before.take();
        if prompt.text().is_empty() {
            let Some(last) = self.history.last().cloned() else {
                effects.extend(self.restore_list());
                self.find = before.and_then(|b| b.find);
                return effects;
            };
            let (query, within) = (self.query(last), self.within(reach));
            effects.extend(self.gather(query, within));
        } else {
            effects.extend(self.drop_laid_by());
            effects.extend(self.remember(prompt.text()));
        }
        self.leave_held(before.and_then(|before| before.view));
        self.show_list();
        let nothing = self
            .list
            .results()
            .is_some_and(|found| found.is_done() && found.is_empty());
        if nothing {
            effects.extend(self.found_nothing());
        } else {
            self.warn_of_unread();
        }
        effects.extend(self.preview());
        effects
    }
}
