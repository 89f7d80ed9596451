//! What a prompt that filters gives back when it is left: the filter that there was before, and the cursor.

use super::concordance::LinesBefore;
use super::cursor::Cursor;
use super::list::FilterState;
use super::message::Effect;
use super::picker::PickerState;
use super::state::App;

/// How something was filtered before it was to be filtered otherwise.
#[derive(Debug)]
pub(super) enum Unfiltered {
    /// The list of articles.
    List(FilterState),
    /// The entities.
    Entities {
        /// What had been typed.
        typed: String,
        /// Where the cursor stood.
        cursor: Cursor,
    },
    /// The lines of the concordance.
    Lines(LinesBefore),
    /// A list to choose from.
    Picker(PickerState),
}

impl App {
    /// Esc in a prompt that filters: all is filtered as before, and the cursor where it was.
    pub(super) fn give_back_filter(&mut self) -> Vec<Effect> {
        match self.unfiltered.take() {
            Some(Unfiltered::List(state)) => {
                let ticket = self.ticket();
                self.list.put_back(state, ticket).into_iter().collect()
            }
            Some(Unfiltered::Entities { typed, cursor }) => {
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
