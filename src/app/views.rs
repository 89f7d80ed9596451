//! Views: searches over the library that have a name and stay in the list.

use super::message::{Effect, ViewChange};
use super::prompt::{Prompt, PromptKind};
use super::results::Results;
use super::state::App;
use crate::action::Action;
use crate::search::{Query, Scope};

/// A search that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// As the reader called it; no other has the same.
    pub name: String,
    /// What is searched for.
    pub query: Query,
    /// What it found when it ran last, once it has: `12 hits in 5 articles`, and the hits alone.
    pub found: Option<(String, u64)>,
}

/// What is asked about views.
#[derive(Debug, Default)]
pub(super) struct AskedOfViews {
    /// The search that is being given a name.
    pub(super) naming: Option<Query>,
    /// The view that one more key deletes.
    pub(super) deleting: Option<String>,
}

impl View {
    /// A view that has not run yet.
    #[must_use]
    pub fn new(name: &str, query: Query) -> Self {
        Self {
            name: name.to_owned(),
            query: Query {
                scope: Scope::Article,
                ..query
            },
            found: None,
        }
    }
}

impl App {
    /// The prompt that asks for the name of a view. It is made of the results that are shown, else of the last search.
    pub(super) fn open_view_name(&mut self) {
        let shown = match self.list.results().map(Results::whole_query).transpose() {
            Ok(shown) => shown,
            Err(texts) => {
                self.warn(format!(
                    "no view: one query cannot hold {texts} with these switches"
                ));
                return;
            }
        };
        let query = shown
            .or_else(|| self.find.as_ref().map(|find| find.query.clone()))
            .or_else(|| self.history.last().map(|last| self.query(last.clone())));
        let Some(query) = query else {
            self.say_hinting(
                "nothing has been searched for",
                Action::SearchLibrary,
                "searches the library",
            );
            return;
        };
        self.selection = None;
        self.prompt = Some(Prompt::new(PromptKind::View, &query.text));
        self.prompt_error = None;
        self.asked_of_views.naming = Some(query);
    }

    /// Keeps the view under the name that was typed; one that has this name gives way.
    pub(super) fn save_view(&mut self, name: &str) -> Vec<Effect> {
        let (Some(query), name) = (self.asked_of_views.naming.take(), name.trim()) else {
            return Vec::new();
        };
        if name.is_empty() {
            self.warn("a view needs a name; it was not kept");
            return Vec::new();
        }
        let mut view = View::new(name, query);
        view.found = self.found_by(&view.query);
        let kept = view.clone();
        self.list.change_views(|views| {
            match views.iter_mut().find(|known| known.name == view.name) {
                Some(known) => *known = view,
                None => views.push(view),
            }
        });
        self.say(format!("kept as view “{name}”, at the top of the list"));
        vec![Effect::KeepView(ViewChange::Keep {
            name: kept.name,
            query: kept.query,
        })]
    }

    /// What the results that are shown say of a query, when they are all there and of this query.
    fn found_by(&self, query: &Query) -> Option<(String, u64)> {
        let results = self.list.results()?;
        let whole = results.is_done() && results.percent() == 100 && results.within().is_none();
        (whole && results.query() == query).then(|| (results.told(), results.hits()))
    }

    /// Tells the views what a search over the whole library found.
    pub(super) fn tell_views(&mut self) {
        let Some(query) = self.list.results().map(|results| results.query().clone()) else {
            return;
        };
        if let Some(found) = self.found_by(&query) {
            self.list.change_views(|views| {
                let same = views.iter_mut().filter(|view| view.query == query);
                same.for_each(|view| view.found = Some(found.clone()));
            });
        }
    }

    /// Deletes the view under the cursor when it is asked for twice.
    pub(super) fn delete_view(&mut self) -> Vec<Effect> {
        let line = self.list.cursor().line();
        let Some(name) = self.list.view_at(line).map(|view| view.name.clone()) else {
            self.say("no view under the cursor");
            return Vec::new();
        };
        if self.asked_of_views.deleting.take().as_ref() != Some(&name) {
            self.warn(format!("once more deletes the view “{name}”"));
            self.asked_of_views.deleting = Some(name);
            return Vec::new();
        }
        self.list
            .change_views(|views| views.retain(|view| view.name != name));
        self.say(format!("the view “{name}” is deleted"));
        vec![Effect::KeepView(ViewChange::Delete { name })]
    }
}
