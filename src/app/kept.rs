//! Searches that are kept: their hits stay marked, each search in a colour of its own, while others are searched for.

use super::find::Find;
use super::message::{Effect, Hits};
use super::state::App;
use crate::action::Action;

/// So many searches are kept; each has a colour.
const MOST_KEPT: usize = 5;

/// A search that is kept.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Which colour it has, from 0.
    pub colour: usize,
    /// The search.
    pub find: Find,
}

impl App {
    /// The searches that are kept, in the order in which they were.
    #[must_use]
    pub fn kept(&self) -> &[Kept] {
        &self.kept
    }

    /// Keeps the present search marked; there is none at present then.
    pub(super) fn keep_search(&mut self) -> Vec<Effect> {
        let Some(find) = self.find.take() else {
            self.say_hinting("nothing is searched for", Action::Search, "searches");
            return Vec::new();
        };
        self.kept.retain(|kept| kept.find.query != find.query);
        let gone = (self.kept.len() == MOST_KEPT).then(|| self.kept.remove(0));
        let taken = |colour: &usize| self.kept.iter().all(|kept| kept.colour != *colour);
        let colour = (0..MOST_KEPT).find(taken).unwrap_or(0);
        let text = find.query.text.clone();
        let mut effects = vec![Effect::CancelSearch];
        let done = find.is_done();
        self.kept.push(Kept { colour, find });
        if !done {
            effects.extend(self.search_kept_on());
        }
        let text = match gone {
            Some(gone) => format!("{text} stays marked, in place of {}", gone.find.query.text),
            None => format!("{text} stays marked"),
        };
        self.say_hinting(&text, Action::NextSearch, "turns to it again");
        effects
    }

    /// The search that was kept first is the present one; the present one is kept in its stead.
    pub(super) fn turn_search(&mut self) -> Vec<Effect> {
        if self.kept.is_empty() {
            self.say_hinting("no search is kept", Action::KeepSearch, "keeps one");
            return Vec::new();
        }
        let Kept { colour, find } = self.kept.remove(0);
        let text = find.query.text.clone();
        let mut effects = Vec::new();
        let mut is_running = false;
        if let Some(find) = self.find.replace(find) {
            is_running = !find.is_done();
            self.kept.push(Kept { colour, find });
        }
        if is_running {
            effects.extend(self.search_kept_on());
        }
        if self.find.as_ref().is_some_and(|find| !find.is_done()) {
            let query = self.find.as_ref().map(|find| find.query.clone());
            effects.extend(query.map_or_else(Vec::new, |q| self.search_for(q, false, 0, false)));
        } else {
            effects.push(Effect::CancelSearch);
        }
        self.say(format!("on with {text}"));
        effects
    }

    /// Lets go of what was kept.
    pub(super) fn drop_kept(&mut self) -> Vec<Effect> {
        let count = self.kept.len();
        self.kept.clear();
        self.say(match count {
            0 => "no search is kept".to_owned(),
            1 => "one search is not kept any more".to_owned(),
            _ => format!("{count} searches are not kept any more"),
        });
        vec![Effect::CancelKept]
    }

    /// Searches an article that has just been opened for all that is kept.
    pub(super) fn search_kept(&mut self) -> Vec<Effect> {
        self.search_kept_if(|_| true)
    }

    /// Searches on for what is kept and not all found yet. What was found stays, such as the mentions of an entity.
    fn search_kept_on(&mut self) -> Vec<Effect> {
        self.search_kept_if(|find| !find.is_done())
    }

    fn search_kept_if(&mut self, is_wanted: impl Fn(&Find) -> bool) -> Vec<Effect> {
        let Some(article) = self.body.as_ref().map(|body| body.article().clone()) else {
            return Vec::new();
        };
        if self.kept.is_empty() {
            return Vec::new();
        }
        let mut effects = vec![Effect::CancelKept];
        let mut kept = std::mem::take(&mut self.kept);
        for Kept { find, .. } in kept.iter_mut().filter(|kept| is_wanted(&kept.find)) {
            let ticket = self.ticket();
            let query = find.query.clone();
            *find = Find::new(query.clone(), false, ticket, 0, false);
            effects.push(Effect::SearchKept {
                ticket,
                article: article.clone(),
                query,
            });
        }
        self.kept = kept;
        effects
    }

    pub(super) fn kept_takes(&mut self, hits: &Hits) {
        for kept in &mut self.kept {
            if kept.find.answers(hits) {
                kept.find.take(hits.clone());
                return;
            }
        }
    }
}
