//! Searching: the prompt that searches as one types, the hits that come in, going from hit to hit.

use super::body::Gone;
use super::find::{Find, Found, Start};
use super::message::{Effect, Hits};
use super::preview::is_preview;
use super::prompt::{Prompt, PromptKind};
use super::reach::{Before, Reach};
use super::results::Results;
use super::state::App;
use super::update::rows_of;
use crate::action::Action;
use crate::search::{Matcher, Query};

/// So many searches are kept.
const KEPT: usize = 500;

/// In a longer text, in bytes, it takes too long to see that letters stand nowhere as letters: the first answer has them, or
/// else what is read so is gone to.
const MOST_LATIN: usize = 16 << 20;

impl App {
    pub(super) fn open_search(&mut self, backwards: bool) {
        let Some(point) = self.point() else {
            self.warn("nothing to search in");
            return;
        };
        // What is searched is the article in sight.
        self.stay();
        let origin = match point.gone {
            // Searching on from something that was gone to does not find it again.
            Some(_) if !backwards => point.offset + 1,
            _ => point.offset,
        };
        self.open_search_at(backwards, origin);
    }

    pub(super) fn open_search_at(&mut self, backwards: bool, origin: usize) {
        // What is only looked at would come in between.
        if let Some(opening) = self.opening
            && is_preview(&opening)
        {
            self.opening = None;
        }
        self.following = None;
        self.seeking.reach = Reach::Article;
        self.over = None;
        self.seeking.before = Some(Before {
            view: self.body.as_ref().map(super::body::Body::view),
            find: self.find.take(),
            origin,
            sidebar: Some(self.sidebar.cursor()),
        });
        self.prompt = Some(Prompt::new(PromptKind::Search { backwards }, ""));
        self.prompt_error = None;
        self.selection = None;
    }

    /// What an action does to the line that is being typed.
    pub(super) fn act_in_prompt(&mut self, action: Action) -> Vec<Effect> {
        if let Some(effects) = self.turn_switch(action) {
            return effects;
        }
        if let Some(effects) = self.step_typed(action) {
            return effects;
        }
        let Some(prompt) = &mut self.prompt else {
            return Vec::new();
        };
        match action {
            Action::PromptAccept => return self.accept(),
            Action::PromptDelete => {
                // Deleting from an empty line leaves it, as in vim.
                if !prompt.delete() {
                    return self.act(Action::Cancel, None);
                }
            }
            Action::SearchScope => return self.turn_reach(),
            Action::PromptDeleteWord => prompt.delete_word(),
            Action::PromptDeleteAll => prompt.delete_all(),
            Action::PromptOlder | Action::PromptNewer if prompt.kind.is_filter() => {
                let by = if action == Action::PromptOlder { -1 } else { 1 };
                match (&mut self.picker, prompt.kind) {
                    (Some(picker), _) => picker.step(by),
                    (None, PromptKind::Entities) => self.sidebar.step(by),
                    (None, _) => self.list.step(by),
                }
                return Vec::new();
            }
            Action::PageDown | Action::PageUp => {
                if let Some(picker) = &mut self.picker {
                    let height = picker.cursor().height();
                    picker.step(rows_of(action, None, height).unwrap_or(0));
                }
                return Vec::new();
            }
            Action::FocusNext => {
                // The list is narrowed, and its keys are at hand.
                if self.picker.is_some() {
                    self.prompt = None;
                }
                return Vec::new();
            }
            Action::PromptOlder | Action::PromptNewer if prompt.kind == PromptKind::FilterLines => {
                self.step_line(if action == Action::PromptOlder { -1 } else { 1 });
                return Vec::new();
            }
            Action::PromptOlder | Action::PromptNewer if prompt.kind == PromptKind::Export => {
                return Vec::new();
            }
            Action::PromptOlder => {
                if !prompt.older(&self.history) {
                    return Vec::new();
                }
            }
            Action::PromptNewer => {
                if !prompt.newer(&self.history) {
                    return Vec::new();
                }
            }
            Action::ToggleRegex => {
                if !matches!(prompt.kind, PromptKind::Search { .. }) {
                    return Vec::new();
                }
                self.regex = !self.regex;
            }
            Action::PromptLeft | Action::PromptRight | Action::PromptStart | Action::PromptEnd => {
                match action {
                    Action::PromptLeft => prompt.left(),
                    Action::PromptRight => prompt.right(),
                    Action::PromptStart => prompt.start(),
                    _ => prompt.end(),
                }
                return Vec::new();
            }
            _ => return Vec::new(),
        }
        self.prompt_changed()
    }

    /// Searches, or filters, for what is typed now.
    pub(super) fn prompt_changed(&mut self) -> Vec<Effect> {
        let Some(prompt) = &self.prompt else {
            return Vec::new();
        };
        let text = prompt.text().to_owned();
        match prompt.kind {
            PromptKind::Picker { .. } => {
                self.narrow(&text);
                Vec::new()
            }
            PromptKind::Filter => self.filter_list(&text),
            PromptKind::Entities => {
                self.filter_entities(&text);
                Vec::new()
            }
            PromptKind::View => Vec::new(),
            PromptKind::Search { .. } if self.seeking.reach != Reach::Article => {
                self.gather_typed(text)
            }
            PromptKind::FilterLines => {
                self.prompt_error = None;
                self.filter_lines(&text)
            }
            PromptKind::Export => {
                self.prompt_error = None;
                Vec::new()
            }
            PromptKind::Search { backwards } => {
                self.prompt_error = None;
                let origin = self.seeking.before.as_ref().map_or(0, |b| b.origin);
                self.go_before();
                let query = self.query(text);
                if query.text.is_empty() {
                    self.find = None;
                    return vec![Effect::CancelSearch];
                }
                self.search_for(query, backwards, origin, true)
            }
        }
    }

    /// What was typed, as it is to be read now.
    pub(super) fn query(&self, text: String) -> Query {
        Query {
            text,
            regex: self.regex,
            fold: self.config.search.fold,
            pinyin: self.config.search.pinyin,
            ..Query::default()
        }
    }

    /// Begins a search; with `go` the nearest hit is gone to when it is known.
    pub(super) fn search_for(
        &mut self,
        query: Query,
        backwards: bool,
        origin: usize,
        go: bool,
    ) -> Vec<Effect> {
        if self.body.is_none() {
            return Vec::new();
        }
        if let Err(error) = Matcher::new(&query) {
            self.find = None;
            if self.prompt.is_some() {
                self.prompt_error = Some(error);
            } else {
                self.warn(error.to_string());
            }
            return vec![Effect::CancelSearch];
        }
        let ticket = self.ticket();
        self.begin_find(Find::new(query, backwards, ticket, origin, go))
    }

    /// Asks for the hits of a search in the open article. One that wants the last hit is made from behind, wherever it
    /// goes on to.
    pub(super) fn begin_find(&mut self, find: Find) -> Vec<Effect> {
        let Some(body) = &self.body else {
            return Vec::new();
        };
        let search = Effect::Search {
            ticket: find.ticket(),
            article: body.article().clone(),
            query: find.query.clone(),
            origin: find.origin(),
            backwards: find.backwards || find.is_wanting_last(),
        };
        self.find = Some(find);
        vec![search]
    }

    /// Searches the open article for what was searched for before, without going anywhere.
    pub(super) fn search_again(&mut self) -> Vec<Effect> {
        let find = self.find.take();
        find.map_or_else(Vec::new, |find| {
            self.search_for(find.query, find.backwards, 0, false)
        })
    }

    pub(super) fn hits_came(&mut self, hits: Hits) -> Vec<Effect> {
        let mut effects = self.concordance_takes(&hits);
        self.kept_takes(&hits);
        let listed = self.listed_hits();
        let Some(find) = &mut self.find else {
            return effects;
        };
        if find.take(hits) {
            if let Some(anew) = self.renew_result() {
                effects.extend(anew);
                return effects;
            }
            let Some(find) = &mut self.find else {
                return effects;
            };
            let forwards = find.is_wanting_forwards();
            // Where it is gone since the library was searched, one stays: the articles before may be like this one.
            let enters = find.is_wanting_last();
            // Letters are looked for as letters first, and only else as what is read so.
            let Query { text, regex, .. } = &find.query;
            // Nothing in a field or a regular expression is read so.
            let is_latin = find.query.pinyin && text.is_ascii() && !text.contains(':') && !regex;
            let text = self.body.as_ref().map(|body| &body.article().text);
            let found = match text.filter(|_| is_latin) {
                Some(text) => find.answer_rather(
                    |hit| !text.slice(hit).chars().any(crate::text::is_han),
                    text.len() <= MOST_LATIN,
                ),
                None => find.answer(),
            };
            if !enters && let Some(further) = self.past_article(found, forwards) {
                effects.extend(further);
                return effects;
            }
            self.go_to_found(found, forwards);
            self.hit_list_grows(listed);
        }
        effects
    }

    pub(super) fn go_to_found(&mut self, found: Found, forwards: bool) {
        match found {
            Found::At(hit, wrapped) => {
                if let Some(body) = &mut self.body {
                    body.go(Gone::Hit(hit));
                }
                if wrapped {
                    self.say(if forwards {
                        "past the end, on from the start"
                    } else {
                        "past the start, on from the end"
                    });
                }
                self.sync_sidebar();
            }
            Found::Nowhere => {
                let text = self.find.as_ref().map_or("", |f| f.query.text.as_str());
                let text = format!("not found: {text}");
                if self.prompt.is_none() {
                    self.warn(text);
                }
            }
            Found::Later => {}
        }
    }

    /// Enter in the prompt: one stays where the search has led.
    fn accept(&mut self) -> Vec<Effect> {
        if self.picker.is_some() {
            return self.choose();
        }
        let is_wrong = self.prompt_error.is_some();
        let is_query = |kind| matches!(kind, PromptKind::Search { .. } | PromptKind::FilterLines);
        // What cannot be searched for stays to be mended, with what is wrong with it.
        let may_close = |prompt: &mut Prompt| !(is_wrong && is_query(prompt.kind));
        let Some(prompt) = self.prompt.take_if(may_close) else {
            return Vec::new();
        };
        self.prompt_error = None;
        if prompt.kind == PromptKind::View {
            return self.save_view(prompt.text());
        }
        if prompt.kind == PromptKind::Export {
            return self.export(prompt.text());
        }
        let PromptKind::Search { backwards } = prompt.kind else {
            // The filter stays; its pane has the cursor. Of results the article under it is looked at.
            self.unfiltered = None;
            return match prompt.kind {
                PromptKind::Filter if self.list.results().is_some() => self.preview_chosen(),
                _ => Vec::new(),
            };
        };
        if self.seeking.reach != Reach::Article {
            return self.accept_gathered(&prompt);
        }
        let before = self.seeking.before.take();
        let mut effects = Vec::new();
        if prompt.text().is_empty() {
            // An empty search repeats the last one.
            let Some(last) = self.history.last().cloned() else {
                self.find = before.and_then(|b| b.find);
                return effects;
            };
            let query = self.query(last);
            let origin = before.as_ref().map_or(0, |b| b.origin);
            effects = self.search_for(query, backwards, origin, true);
        } else {
            effects.extend(self.remember(prompt.text()));
        }
        let goes = self.find.as_ref().is_some_and(Find::is_wanting);
        if let (Some(view), Some(body)) = (before.and_then(|b| b.view), &self.body)
            && (goes || view != body.view())
        {
            let id = body.id();
            self.been.jumps.leave(super::jumps::Jump { id, view });
        }
        if let Some(find) = &self.find
            && find.is_done()
            && find.hits().is_empty()
        {
            self.go_to_found(Found::Nowhere, true);
        }
        effects
    }

    pub(super) fn remember(&mut self, text: &str) -> Vec<Effect> {
        self.history.retain(|entry| entry != text);
        self.history.push(text.to_owned());
        let surplus = self.history.len().saturating_sub(KEPT);
        self.history.drain(..surplus);
        vec![Effect::KeepSearch(text.to_owned())]
    }

    /// `n` and `N`: on in the direction of the search, or against it.
    pub(super) fn step_hit(&mut self, along: bool, count: Option<u32>) -> Vec<Effect> {
        let Some(point) = self.point() else {
            return Vec::new();
        };
        let Some(find) = &mut self.find else {
            let Some(last) = self.history.last().cloned() else {
                self.say_hinting("nothing has been searched for", Action::Search, "searches");
                return Vec::new();
            };
            // What the list was searched for is walked through all that it found.
            let results = self.list.results().map(Results::query);
            let query = match results.filter(|query| query.text == last) {
                Some(query) => query.clone(),
                None => self.query(last),
            };
            self.leave_here();
            let effects = self.search_for(query, !along, point.offset, true);
            if let (Some(count @ 2..), Some(find)) = (count, &mut self.find) {
                // Nothing is known yet: the hit is gone to when it comes. As without a count, one at the point is the first.
                let from = if along {
                    Start::Byte(point.offset)
                } else {
                    Start::Hit(point.offset)
                };
                find.step(from, along, count);
            }
            return effects;
        };
        let forwards = along != find.backwards;
        let from = match point.gone {
            Some(Gone::Hit(_) | Gone::Mention(_)) => Start::Hit(point.offset),
            _ => Start::Byte(point.offset),
        };
        let found = find.step(from, forwards, count.unwrap_or(1));
        if let Some(effects) = self.past_article(found, forwards) {
            return effects;
        }
        // A hit that is not known yet is gone to when it comes, from here.
        if found != Found::Nowhere {
            self.leave_here();
        }
        if found == Found::Later
            && let Some(find) = &self.find
        {
            let percent = find.percent();
            self.say_hinting(
                &format!("searching, {percent}%"),
                Action::Cancel,
                "gives up",
            );
        }
        self.go_to_found(found, forwards);
        Vec::new()
    }
}
