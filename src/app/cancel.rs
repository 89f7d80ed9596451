//! Esc: leaving whatever is open, the uppermost first.

use super::geometry::Pane;
use super::message::Effect;
use super::prompt::PromptKind;
use super::state::App;
use crate::action::Action;

impl App {
    /// Leaves whatever is open, the uppermost first.
    pub(super) fn cancel(&mut self) -> Vec<Effect> {
        if self.close_overlay() {
            return Vec::new();
        }
        if self.pages.is_some() && self.picker.is_none() {
            return self.cancel_page();
        }
        if self.picker.is_some() {
            self.leave_picker();
            return Vec::new();
        }
        if let Some(prompt) = self.prompt.take() {
            self.prompt_error = None;
            return match prompt.kind {
                PromptKind::Search { .. } => self.give_up_search(),
                PromptKind::Filter | PromptKind::Entities | PromptKind::FilterLines => {
                    self.give_back_filter()
                }
                PromptKind::Picker { .. } | PromptKind::View | PromptKind::Export => Vec::new(),
            };
        }
        if self.concordance.is_some() {
            return self.leave_concordance();
        }
        if self.word_wanted.take().is_some() {
            self.said = None;
            return Vec::new();
        }
        if let Some(effects) = self.give_up_going() {
            return effects;
        }
        if self.selection.take().is_some() {
            return Vec::new();
        }
        if let Some(effects) = self.leave_results() {
            return effects;
        }
        if self.focus == Pane::List && self.list.filter().is_some() {
            return self.filter_list("");
        }
        if self.focus == Pane::Sidebar && self.sidebar.filter().is_some() {
            self.filter_entities("");
            return Vec::new();
        }
        if self.over.take().is_some() {
            self.focus = Pane::Body;
            return Vec::new();
        }
        if self.focus != Pane::Body {
            self.focus = Pane::Body;
            return Vec::new();
        }
        if self.find.take().is_some() {
            return vec![Effect::CancelSearch];
        }
        if let Some(effects) = self.widen() {
            return effects;
        }
        let quit = self.keys_of(Action::Quit);
        if let Some(quit) = quit.first() {
            self.say(format!("nothing to cancel; {quit} quits"));
        }
        Vec::new()
    }

    /// Esc where nothing else is left: what is narrowed is whole again: the filter of results, the results of a search,
    /// the filter of the list, that of the entities.
    fn widen(&mut self) -> Option<Vec<Effect>> {
        if self.list.results().is_some() && self.list.filtered_by().is_some() {
            self.say("all results are listed again");
            return Some(self.filter_list(""));
        }
        if self.list.results().is_some() {
            self.give_back_list();
            self.say("all articles are listed again");
            return Some(Vec::new());
        }
        if self.list.filter().is_some() {
            self.say("all articles are listed again");
            return Some(self.filter_list(""));
        }
        self.sidebar.filter()?;
        self.filter_entities("");
        self.say("all entities are listed again");
        Some(Vec::new())
    }

    /// Esc in the prompt: back to where one was, and to the search that was before.
    pub(super) fn give_up_search(&mut self) -> Vec<Effect> {
        // The article that was open comes before its view.
        let mut listed = self.restore_list();
        self.go_before();
        let Some(before) = self.seeking.before.take() else {
            return listed;
        };
        self.find = before.find;
        let mut effects = vec![Effect::CancelSearch];
        effects.append(&mut listed);
        if self.find.as_ref().is_some_and(|f| !f.is_done()) {
            effects.extend(self.search_again());
        }
        effects
    }
}
