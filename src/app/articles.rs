//! Going from article to article: opening, next and previous, continuations, the filter of the list.

use std::sync::Arc;

use super::body::{Body, View};
use super::gather::{Edge, Shown};
use super::geometry::{Pane, has_room};
use super::message::{Effect, Ticket};
use super::preview::is_preview;
use super::prompt::{Prompt, PromptKind};
use super::reach::Reach;
use super::sheet::Tone;
use super::state::{App, Opening};
use super::unfiltered::Unfiltered;
use super::visits::Visit;
use crate::article::Article;
use crate::library::ArticleId;
use crate::text::Filter;

impl App {
    /// Asks for an article; it is shown when it comes. What was asked for before and has not come is not waited for.
    pub(super) fn open(&mut self, id: ArticleId, view: Option<View>) -> Vec<Effect> {
        let ticket = self.ticket();
        self.following = None;
        self.opening = Some(Opening {
            ticket,
            id,
            view,
            result: None,
        });
        vec![Effect::LoadArticle {
            ticket,
            id,
            anew: false,
        }]
    }

    /// Gives up what was asked for to be gone to and has not come; false when there is nothing of the kind. The list is
    /// again on the article that is open.
    pub(super) fn stay(&mut self) -> bool {
        let looked = self.following.take().is_some();
        if self.opening.is_none() {
            return looked;
        }
        (self.opening, self.bound_for) = (None, None);
        let open = self.body.as_ref().map(Body::id);
        if let Some(line) = open.and_then(|id| self.list.line_of(id)) {
            self.list.go(line);
        }
        true
    }

    /// Esc, while something is awaited that would lead elsewhere: one stays. Nothing when there is none, or nowhere to stay.
    pub(super) fn give_up_going(&mut self) -> Option<Vec<Effect>> {
        let opens = self.opening.is_some_and(|opening| !is_preview(&opening));
        let looks = self.following.is_some();
        if self.body.is_none() || !(opens || looks) {
            return None;
        }
        self.stay();
        self.say(if opens {
            "not opened; the article that was here stays"
        } else {
            "the continuation is not looked for any more"
        });
        Some(Vec::new())
    }

    pub(super) fn opened(
        &mut self,
        ticket: Ticket,
        id: ArticleId,
        file: String,
        result: Result<Arc<Article>, String>,
    ) -> Vec<Effect> {
        let Some(opening) = self.opening.filter(|o| o.ticket == ticket) else {
            return Vec::new();
        };
        (self.opening, self.following) = (None, None);
        if let Some(line) = self.list.line_of(id) {
            self.list.go(line);
        }
        let article = match result {
            Ok(article) => article,
            Err(text) => {
                self.said = Some((Tone::Error, text));
                self.unopened = Some(id);
                return Vec::new();
            }
        };
        self.unopened = None;
        let (_, manner) = self.column();
        let height = self.geometry.body.inner.height;
        let mut body = Body::new(id, article, manner, height).of_file(file);
        if let Some(view) = opening.view {
            body.restore(view);
        }
        let preview = is_preview(&opening);
        let held = preview && self.hold_body();
        if let Some(left) = self.body.as_ref().filter(|_| !held) {
            self.been
                .visits
                .leave(left.id(), left.view(), left.percent());
        }
        self.sidebar.open(&body.article().annotations);
        (self.selection, self.selected) = (None, None);
        self.walked.related = None;
        self.held = None;
        if !preview {
            self.forget_keys();
        }
        if let Some(prompt) = &self.prompt
            && matches!(prompt.kind, PromptKind::Search { .. })
            && !held
        {
            // The place to go back to was in the article before.
            match (self.seeking.reach, &mut self.seeking.before) {
                (Reach::Article, _) => {
                    self.prompt = None;
                    self.seeking.before = None;
                }
                (_, Some(before)) => {
                    (before.view, before.find, before.sidebar) = (None, None, None);
                }
                (_, None) => {}
            }
        }
        self.body = Some(body);
        if !preview {
            self.enter_visit();
        }
        self.word_wanted = None;
        self.refill_overlay();
        let mut effects = match &self.concordance {
            // It was of the article before.
            Some(view) if !view.is_of_library() => self.drop_concordance().1,
            _ => Vec::new(),
        };
        effects.extend(self.search_kept());
        effects.extend(match opening.result {
            Some(shown) => self.enter_result(shown),
            None => self.search_again(),
        });
        effects
    }

    /// Counts the open article among those visited.
    pub(super) fn enter_visit(&mut self) {
        if let Some(body) = &self.body {
            let meta = &body.article().meta;
            self.been.visits.enter(Visit {
                id: body.id(),
                title: meta.title.clone(),
                date: meta.date.clone(),
                left: None,
                percent: 0,
            });
        }
    }

    /// The article from which one steps to the next: that which is being opened, that which last could not be opened, lest
    /// it bar the way, or the open one.
    pub(super) fn stands_on(&self) -> Option<ArticleId> {
        let opening = self.opening.map(|opening| opening.id);
        let open = || self.body.as_ref().map(Body::id);
        opening.or(self.unopened).or_else(open)
    }

    /// Opens the article so many lines further down the list, or up.
    pub(super) fn step_article(&mut self, forwards: bool, count: Option<u32>) -> Vec<Effect> {
        let line = self.stands_on().and_then(|id| self.list.line_of(id));
        let count = count.unwrap_or(1);
        let (first, last) = (self.list.lead(), self.list.len().saturating_sub(1));
        let to = match (line, forwards) {
            (None, _) => first,
            (Some(line), true) => line.saturating_add(count).min(last),
            (Some(line), false) => line.saturating_sub(count).max(first),
        };
        if line == Some(to) || self.list.is_empty() {
            self.say(match (self.list.is_empty(), forwards) {
                (true, _) => "no article in the list",
                (false, true) => "last article",
                (false, false) => "first article",
            });
            return Vec::new();
        }
        let Some(id) = self.list.at(to) else {
            return Vec::new();
        };
        self.leave_here();
        self.list.go(to);
        if self.list.results().is_some() {
            let (edge, preview) = (Edge::First, false);
            return self.open_result(id, Shown { edge, preview });
        }
        self.open(id, None)
    }

    pub(super) fn continued(&mut self, ticket: Ticket, id: Option<ArticleId>) -> Vec<Effect> {
        if self.following != Some(ticket) {
            return Vec::new();
        }
        (self.following, self.said) = (None, None);
        let Some(id) = id else {
            self.warn("no article here is its continuation (`continues` in a file says which)");
            return Vec::new();
        };
        self.leave_here();
        self.open(id, None)
    }

    /// The prompt that filters the list, or the results in it, as one types; the list is shown for it.
    pub(super) fn open_filter(&mut self) {
        let panes = self.panes_before();
        self.show_list();
        self.selection = None;
        let text = self.list.filtered_by().map_or("", Filter::text);
        self.prompt = Some(Prompt::new(PromptKind::Filter, text));
        self.prompt_error = None;
        self.unfiltered = Some(Unfiltered::List(self.list.filter_state(), panes));
    }

    /// The prompt that filters the entities as one types; the sidebar is shown for it.
    pub(super) fn open_entity_filter(&mut self) {
        let panes = self.panes_before();
        if has_room(Pane::Sidebar, self.size.0) {
            self.config.panes.sidebar = true;
            self.over = None;
        } else {
            self.over = Some(Pane::Sidebar);
        }
        self.arrange();
        self.focus = Pane::Sidebar;
        self.selection = None;
        let text = self.sidebar.filter().map_or("", |f| f.text());
        self.unfiltered = Some(Unfiltered::Entities {
            typed: text.to_owned(),
            cursor: self.sidebar.cursor(),
            panes,
        });
        self.prompt = Some(Prompt::new(PromptKind::Entities, text));
        self.prompt_error = None;
    }

    /// What was typed to filter the list or the entities.
    fn filter(&self, typed: &str) -> Filter {
        Filter::new(typed, self.config.search.pinyin)
    }

    /// Filters the list by what was typed; nothing lets all through.
    pub(super) fn filter_list(&mut self, typed: &str) -> Vec<Effect> {
        let (by, ticket) = (self.filter(typed), self.ticket());
        let open = self.body.as_ref().map(Body::id);
        self.list.set_filter(by, ticket, open).into_iter().collect()
    }

    /// Filters the entities by what was typed; nothing lets all through.
    pub(super) fn filter_entities(&mut self, typed: &str) {
        let by = self.filter(typed);
        if let Some(body) = &self.body {
            self.sidebar.set_filter(by, &body.article().annotations);
        }
    }
}
