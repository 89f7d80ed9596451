//! A concordance as it is shown: its lines or collocates, and a cursor.

use std::sync::Arc;

use super::super::cursor::Cursor;
use super::super::message::Ticket;
use crate::search::concordance::{Collocate, Concordance, SourceId};
use crate::text::Words;

/// A concordance as it is shown.
#[derive(Debug)]
pub struct ConcordanceView {
    pub(super) name: String,
    pub(super) made: Arc<Concordance>,
    pub(super) source: SourceId,
    /// The search whose hits are still coming in.
    pub(super) awaits: Option<Ticket>,
    pub(super) cursor: Cursor,
    pub(super) most: u16,
    pub(super) filter: String,
    pub(super) near: u8,
    pub(super) counted: Option<Counted>,
}

/// The collocates, instead of the lines.
#[derive(Debug)]
pub(super) struct Counted {
    pub(super) ticket: Option<Ticket>,
    pub(super) found: Vec<Collocate>,
    pub(super) cursor: Cursor,
}

impl ConcordanceView {
    /// What it is of: the query, or the entity's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The lines.
    #[must_use]
    pub fn lines(&self) -> &Concordance {
        &self.made
    }

    /// The cursor on the lines, or on the collocates where they are shown.
    #[must_use]
    pub fn cursor(&self) -> &Cursor {
        self.counted.as_ref().map_or(&self.cursor, |c| &c.cursor)
    }

    /// Cells of context on either side, at the most.
    #[must_use]
    pub const fn most_cells(&self) -> u16 {
        self.most
    }

    /// What lines must hold; empty when all are shown.
    #[must_use]
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// Words or characters on either side that are near.
    #[must_use]
    pub const fn near(&self) -> u8 {
        self.near
    }

    /// Whether hits are still coming in.
    #[must_use]
    pub const fn is_growing(&self) -> bool {
        self.awaits.is_some()
    }

    /// The collocates, where they are shown; nothing in them while they are being counted.
    #[must_use]
    pub fn collocates(&self) -> Option<&[Collocate]> {
        self.counted.as_ref().map(|c| c.found.as_slice())
    }

    /// Whether the collocates are being counted.
    #[must_use]
    pub fn is_counting(&self) -> bool {
        self.counted.as_ref().is_some_and(|c| c.ticket.is_some())
    }

    pub(super) fn rows(&self) -> u32 {
        let counted = self.counted.as_ref().map(|c| c.found.len());
        u32::try_from(counted.unwrap_or(self.made.len())).unwrap_or(u32::MAX)
    }

    pub(super) fn cursor_mut(&mut self) -> &mut Cursor {
        match &mut self.counted {
            Some(counted) => &mut counted.cursor,
            None => &mut self.cursor,
        }
    }

    pub(super) fn step(&mut self, by: i64) {
        let rows = self.rows();
        self.cursor_mut().step(by, rows);
    }

    /// Changes the lines; the cursor stays on its line.
    pub(super) fn change(&mut self, words: &Words, change: impl FnOnce(&mut Concordance)) {
        let here = self.made.place_of(self.cursor.line() as usize);
        let made = Arc::make_mut(&mut self.made);
        change(made);
        made.arrange(words);
        let line = here.and_then(|here| made.number_of(here));
        let len = u32::try_from(made.len()).unwrap_or(u32::MAX);
        let line = line.and_then(|line| u32::try_from(line).ok()).unwrap_or(0);
        self.cursor.go(line, len);
    }

    pub(in crate::app) fn resize(&mut self, height: u16) {
        let rows = self.rows();
        self.cursor_mut().resize(height, rows);
    }
}
