//! Looking at results without opening them: from the list, and while the search is still being typed. What was open
//! then is held and comes back when the search is given up.

use super::body::{Body, View};
use super::gather::{Edge, Shown};
use super::geometry::Pane;
use super::jumps::Jump;
use super::message::Effect;
use super::prompt::{Prompt, PromptKind};
use super::reach::Reach;
use super::results::Results;
use super::sidebar::Sidebar;
use super::state::{App, Opening};
use crate::action::Action;

/// What the panes showed before results were looked at from the prompt.
#[derive(Debug)]
pub(super) struct Held {
    sidebar: Sidebar,
    /// The article that was open, once the body shows another.
    body: Option<Body>,
    away: bool,
}

impl App {
    /// Whether a search over the library is being typed.
    pub(super) fn is_typing_library(&self) -> bool {
        let kind = self.prompt.as_ref().map(|prompt| prompt.kind);
        matches!(kind, Some(PromptKind::Search { .. })) && self.seeking.reach != Reach::Article
    }

    /// Shows the article under the cursor of the results in the body, without leaving the list or the prompt.
    pub(super) fn preview(&mut self) -> Vec<Effect> {
        let is_there = self.list.results().is_some_and(|found| !found.is_stale());
        let typing = self.is_typing_library();
        if !is_there || (self.prompt.is_some() && !typing) || self.focus != Pane::List {
            return Vec::new();
        }
        let Some(id) = self.list.at(self.list.cursor().line()) else {
            return Vec::new();
        };
        if typing {
            // What was asked for to be read goes before what is only looked at.
            if self.opening.is_some_and(|opening| !is_preview(&opening)) {
                return Vec::new();
            }
            let sidebar = &self.sidebar;
            if let Some(before) = &mut self.seeking.library {
                before.held.get_or_insert_with(|| Held {
                    sidebar: sidebar.clone(),
                    body: None,
                    away: false,
                });
            }
        }
        let shown = Shown {
            edge: Edge::First,
            preview: true,
        };
        self.open_result(id, shown)
    }

    /// The reader has moved the cursor of the list: what is found later leaves it where it is.
    pub(super) fn preview_chosen(&mut self) -> Vec<Effect> {
        self.seeking.chosen = true;
        self.preview()
    }

    /// Up and down while a search over the library is typed: the cursor of what it found. Nothing where the keys go
    /// through earlier searches: without results, from the first one upwards, and while one of those is shown.
    pub(super) fn step_typed(&mut self, action: Action) -> Option<Vec<Effect>> {
        let recalled = self.prompt.as_ref().is_some_and(Prompt::is_recalled);
        if !self.is_typing_library() || self.list.results().is_none_or(Results::is_empty) {
            return None;
        }
        let by = match action {
            Action::PromptOlder if self.list.cursor().line() > 0 => -1,
            Action::PromptNewer if !recalled => 1,
            _ => return None,
        };
        let line = self.list.cursor().line();
        self.list.step(by);
        let moved = self.list.cursor().line() != line;
        Some(if moved {
            self.preview_chosen()
        } else {
            Vec::new()
        })
    }

    /// Holds the open article before it gives way to the first that is looked at from the prompt. False when none is
    /// looked at from there.
    pub(super) fn hold_body(&mut self) -> bool {
        if !self.is_typing_library() {
            return false;
        }
        let before = self.seeking.library.as_mut();
        let Some(held) = before.and_then(|before| before.held.as_mut()) else {
            return false;
        };
        if !std::mem::replace(&mut held.away, true) {
            held.body = self.body.take();
        }
        true
    }

    /// Shows the article again that was open before results were looked at from the prompt, as it was left.
    pub(super) fn give_back_body(&mut self) -> Vec<Effect> {
        self.opening = self.opening.filter(|opening| !is_preview(opening));
        let before = self.seeking.library.as_mut();
        let Some(held) = before.and_then(|before| before.held.take()) else {
            return Vec::new();
        };
        self.sidebar = held.sidebar;
        if held.away {
            self.body = held.body;
        }
        let view = self.seeking.before.as_ref().and_then(|before| before.view);
        if let (Some(view), Some(body)) = (view, &mut self.body) {
            body.restore(view);
        }
        self.find = None;
        let mut effects = vec![Effect::CancelSearch];
        if held.away {
            self.arrange();
            effects.extend(self.search_kept());
        }
        effects
    }

    /// What was typed holds: the article that was open is left, at the view that it had.
    pub(super) fn leave_held(&mut self, view: Option<View>) {
        let held = self.seeking.library.take().and_then(|before| before.held);
        let left = match held {
            Some(held) if held.away => held.body,
            _ => {
                let body = self.body.as_ref();
                let here = body.map(|body| (body.id(), view.unwrap_or_else(|| body.view())));
                if let Some((id, view)) = here {
                    self.been.jumps.leave(Jump { id, view });
                }
                return;
            }
        };
        let Some(mut left) = left else {
            return;
        };
        if let Some(view) = view {
            left.restore(view);
        }
        let (id, view) = (left.id(), left.view());
        self.been.visits.leave(id, view, left.percent());
        self.been.jumps.leave(Jump { id, view });
    }
}

/// Whether an article that is awaited is only to be looked at.
pub(super) fn is_preview(opening: &Opening) -> bool {
    opening.result.is_some_and(|shown| shown.preview)
}
