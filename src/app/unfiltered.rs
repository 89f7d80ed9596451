//! What a prompt that filters gives back when it is left: the filter that there was before, and the cursor.

use super::concordance::LinesBefore;
use super::cursor::Cursor;
use super::geometry::{Pane, has_room};
use super::list::FilterState;
use super::message::Effect;
use super::picker::PickerState;
use super::state::App;

/// How something was filtered before it was to be filtered otherwise.
#[derive(Debug)]
pub(super) enum Unfiltered {
    /// The list of articles.
    List(FilterState, PanesBefore),
    /// The entities.
    Entities {
        /// What had been typed.
        typed: String,
        /// Where the cursor stood.
        cursor: Cursor,
        /// What was shown.
        panes: PanesBefore,
    },
    /// The lines of the concordance.
    Lines(LinesBefore),
    /// A list to choose from.
    Picker(PickerState),
}

/// Which panes were shown, and where the focus was, before one was shown for what was to be typed.
#[derive(Debug)]
pub(super) struct PanesBefore {
    focus: Pane,
    over: Option<Pane>,
    list: bool,
    sidebar: bool,
}

impl App {
    pub(super) fn panes_before(&self) -> PanesBefore {
        PanesBefore {
            focus: self.focus,
            over: self.over,
            list: self.config.panes.list,
            sidebar: self.config.panes.sidebar,
        }
    }

    fn put_back_panes(&mut self, before: &PanesBefore) {
        self.focus = before.focus;
        self.over = before.over.filter(|pane| !has_room(*pane, self.size.0));
        self.config.panes.list = before.list;
        self.config.panes.sidebar = before.sidebar;
        self.arrange();
    }

    /// Esc in a prompt that filters: all is filtered as before, and the cursor where it was.
    pub(super) fn give_back_filter(&mut self) -> Vec<Effect> {
        match self.unfiltered.take() {
            Some(Unfiltered::List(state, panes)) => {
                self.put_back_panes(&panes);
                let ticket = self.ticket();
                self.list.put_back(state, ticket).into_iter().collect()
            }
            Some(Unfiltered::Entities {
                typed,
                cursor,
                panes,
            }) => {
                self.put_back_panes(&panes);
                self.filter_entities(&typed);
                self.sidebar.put_back(cursor);
                Vec::new()
            }
            Some(Unfiltered::Lines(before)) => self.put_back_lines(before),
            Some(Unfiltered::Picker(state)) => {
                self.put_back_picker(state);
                Vec::new()
            }
            None => Vec::new(),
        }
    }
}
