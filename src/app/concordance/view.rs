//! A concordance as it is shown: its lines or collocates, and a cursor.

use std::sync::Arc;

use super::super::cursor::Cursor;
use super::super::message::{Effect, Ticket};
use crate::article::ByteSpan;
use crate::search::concordance::{Change, Collocate, Concordance, Order, SourceId};
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
    /// The order that was asked for last, and whether contexts are to go over the ends of blocks.
    pub(super) wanted: (Order, bool),
    /// What else is to become of the lines when they are back.
    pub(super) pending: Change,
    /// The lines are being put in order.
    pub(super) asked: Option<Asked>,
    pub(super) near: u8,
    pub(super) counted: Option<Counted>,
}

/// What was asked for when the lines were given out to be put in order.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) ticket: Ticket,
    /// The hit that the cursor is to be on.
    pub(super) at: Option<(SourceId, ByteSpan)>,
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

    /// Whether the lines are being put in order; those of before are shown meanwhile.
    #[must_use]
    pub const fn is_arranging(&self) -> bool {
        self.asked.is_some()
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

    /// Gives the lines out to be changed, unless they are out already: then they go again when they are back. The cursor
    /// stays on its line, or goes to that of a hit.
    pub(super) fn ask(
        &mut self,
        ticket: Ticket,
        at: Option<(SourceId, ByteSpan)>,
        words: Arc<Words>,
    ) -> Vec<Effect> {
        if self.asked.is_some() || self.pending.is_empty() {
            return Vec::new();
        }
        let at = at.or_else(|| self.here());
        self.asked = Some(Asked { ticket, at });
        vec![Effect::Arrange {
            ticket,
            concordance: Arc::clone(&self.made),
            change: std::mem::take(&mut self.pending),
            at,
            words,
        }]
    }

    /// Takes the lines back, when they were given out under this ticket; `line` is that of the hit that was asked for.
    pub(super) fn take_back(
        &mut self,
        ticket: Ticket,
        made: Arc<Concordance>,
        line: usize,
    ) -> bool {
        let Some(asked) = self.asked.take_if(|asked| asked.ticket == ticket) else {
            return false;
        };
        // Whoever moved on meanwhile stays where they are.
        let moved = self.here().filter(|here| Some(*here) != asked.at);
        self.made = made;
        let line = match moved {
            Some(here) => self.made.number_of(here).unwrap_or(0),
            None => line,
        };
        let len = u32::try_from(self.made.len()).unwrap_or(u32::MAX);
        self.cursor.go(u32::try_from(line).unwrap_or(0), len);
        true
    }

    /// The hit on the cursor's line.
    fn here(&self) -> Option<(SourceId, ByteSpan)> {
        self.made.place_of(self.cursor.line() as usize)
    }

    pub(in crate::app) fn resize(&mut self, height: u16) {
        let rows = self.rows();
        self.cursor_mut().resize(height, rows);
    }
}
