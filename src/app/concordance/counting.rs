//! The collocates: counting them, and what is shown of that.
//!
//! How often all words occur in the articles that were searched is counted once for a concordance, and again where words
//! are counted rather than characters. What stands near the hits is counted anew for another window, or other lines.

use std::sync::Arc;

use super::super::cursor::Cursor;
use super::super::message::{Effect, Ticket};
use super::super::state::App;
use super::ConcordanceView;
use crate::search::concordance::{
    Collocate, Concordance, Frequencies, Near, Unit, Window, number_cells,
};
use crate::text::{FoldOptions, Words};

/// The collocates, instead of the lines.
#[derive(Debug)]
pub(super) struct Counted {
    /// What was asked for, until it is answered.
    running: Option<Running>,
    /// The lines near whose hits they are counted.
    of: Option<Arc<Concordance>>,
    /// Something else is to be counted as soon as the words of the articles are.
    again: bool,
    /// In what, and how near, what was found was counted.
    how: Option<(Unit, Window)>,
    pub(super) found: Vec<Collocate>,
    number_cells: [u16; 6],
    pub(super) cursor: Cursor,
}

/// A count that is under way.
#[derive(Debug)]
struct Running {
    ticket: Ticket,
    unit: Unit,
    window: Window,
    /// Whether the words of all articles are counted too.
    reads: bool,
    percent: u8,
}

impl Counted {
    /// What a line must have near its hit to be one of those near which this was counted, in whichever form.
    pub(super) fn near(&self, one: &Collocate, fold: FoldOptions) -> Option<Near> {
        let (unit, window) = self.how?;
        Some(Near {
            word: one.word.clone(),
            window,
            unit,
            fold,
        })
    }
}

impl ConcordanceView {
    /// The collocates, where they are shown; nothing in them while they are counted for the first time.
    #[must_use]
    pub fn collocates(&self) -> Option<&[Collocate]> {
        self.counted.as_ref().map(|c| c.found.as_slice())
    }

    /// Cells that their numbers take.
    #[must_use]
    pub fn number_cells(&self) -> Option<&[u16; 6]> {
        self.counted.as_ref().map(|c| &c.number_cells)
    }

    /// How much has been counted, 0 to 100, while collocates are being counted.
    #[must_use]
    pub fn counting(&self) -> Option<u8> {
        let running = self.counted.as_ref()?.running.as_ref()?;
        Some(running.percent)
    }

    /// Shows the collocates, of which none has been counted yet.
    pub(super) fn open_collocates(&mut self, height: u16) {
        self.counted = Some(Counted {
            running: None,
            of: None,
            again: false,
            how: None,
            found: Vec::new(),
            number_cells: number_cells(&[]),
            cursor: Cursor::default(),
        });
        self.resize(height);
    }

    /// Whether other lines than those that are shown were counted, and it is time to count these.
    fn is_outdated(&self) -> bool {
        let Some(counted) = &self.counted else {
            return false;
        };
        counted.of.as_ref().is_none_or(|of| {
            let is_other = of.order().unit != self.made.order().unit;
            is_other || (self.is_settled() && !Arc::ptr_eq(of, &self.made))
        })
    }

    /// Words are cut otherwise from now on: what was counted of them is of no use. True when a count was given up.
    pub(super) fn forget_words(&mut self) -> bool {
        self.frequencies = None;
        let Some(counted) = &mut self.counted else {
            return false;
        };
        counted.of = None;
        counted.running.take().is_some()
    }

    /// Has the collocates counted. While the articles are being counted it waits for that.
    fn count(&mut self, ticket: Ticket, words: Arc<Words>) -> Vec<Effect> {
        let unit = self.made.order().unit;
        let known = self.frequencies.as_ref().filter(|known| known.0 == unit);
        let frequencies = known.map(|known| Arc::clone(&known.1));
        let window = self.window();
        let Some(counted) = &mut self.counted else {
            return Vec::new();
        };
        let running = counted.running.as_ref();
        if running.is_some_and(|running| running.reads && running.unit == unit) {
            counted.again = true;
            return Vec::new();
        }
        counted.again = false;
        counted.of = Some(Arc::clone(&self.made));
        counted.running = Some(Running {
            ticket,
            unit,
            window,
            reads: frequencies.is_none(),
            percent: 0,
        });
        vec![Effect::Collocate {
            ticket,
            concordance: Arc::clone(&self.made),
            articles: self.library.as_ref().map(|of| Arc::clone(&of.searched)),
            frequencies,
            window,
            fold: self.fold,
            words,
        }]
    }
}

impl App {
    /// Has the collocates counted, where they are shown.
    pub(super) fn count_again(&mut self) -> Vec<Effect> {
        let ticket = self.ticket();
        let words = self.words_or_characters();
        let view = self.concordance.as_mut();
        view.map_or_else(Vec::new, |view| view.count(ticket, words))
    }

    /// The same where the lines have changed. While hits come in it waits for the last.
    pub(super) fn count_others(&mut self) -> Vec<Effect> {
        let view = self.concordance.as_ref();
        if view.is_some_and(ConcordanceView::is_outdated) {
            return self.count_again();
        }
        Vec::new()
    }

    fn counted_under(&mut self, ticket: Ticket) -> Option<&mut Counted> {
        let counted = self.concordance.as_mut()?.counted.as_mut()?;
        let running = counted.running.as_ref()?;
        (running.ticket == ticket).then_some(counted)
    }

    pub(in crate::app) fn counting_came(&mut self, ticket: Ticket, percent: u8) {
        let counted = self.counted_under(ticket);
        if let Some(running) = counted.and_then(|counted| counted.running.as_mut()) {
            running.percent = percent;
        }
    }

    pub(in crate::app) fn collocates_came(
        &mut self,
        ticket: Ticket,
        found: Vec<Collocate>,
        frequencies: Arc<Frequencies>,
        failed: u32,
    ) -> Vec<Effect> {
        let Some(counted) = self.counted_under(ticket) else {
            return Vec::new();
        };
        let how = counted
            .running
            .take()
            .map(|running| (running.unit, running.window));
        let again = std::mem::take(&mut counted.again);
        if !again {
            counted.how = how;
            let len = u32::try_from(found.len()).unwrap_or(u32::MAX);
            counted.number_cells = number_cells(&found);
            counted.found = found;
            counted.cursor.go(0, len);
        }
        if let Some(view) = &mut self.concordance {
            view.frequencies = how.map(|(unit, _)| (unit, frequencies));
        }
        if failed > 0 {
            let s = if failed == 1 { "" } else { "s" };
            self.warn(format!(
                "{failed} article{s} could not be read and {} not counted",
                if failed == 1 { "is" } else { "are" }
            ));
        }
        if again {
            return self.count_again();
        }
        self.count_others()
    }

    /// Shows the lines again instead of the collocates, and gives up counting these.
    pub(super) fn drop_counted(&mut self) -> Vec<Effect> {
        let counted = self.concordance.as_mut().and_then(|v| v.counted.take());
        let runs = counted.is_some_and(|counted| counted.running.is_some());
        if runs {
            return vec![Effect::CancelCollocates];
        }
        Vec::new()
    }
}
