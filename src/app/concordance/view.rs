//! A concordance as it is shown: its lines or collocates, and a cursor.

use std::sync::Arc;

use super::super::cursor::Cursor;
use super::super::geometry::Pane;
use super::super::message::{Effect, Ticket};
use super::act::{MOST_CELLS, MOST_NEAR};
use super::counting::Counted;
use super::library::Gathering;
use crate::article::ByteSpan;
use crate::search::concordance::{
    Change, Columns, Concordance, Frequencies, Near, Order, Sort, SourceId, Unit, Whence, Window,
};
use crate::text::{FoldOptions, Words};

/// A concordance as it is shown.
#[derive(Debug)]
pub struct ConcordanceView {
    pub(super) name: String,
    /// The pane that lay over the body when it was opened, and does again when it is closed.
    pub(super) over: Option<Pane>,
    pub(super) made: Arc<Concordance>,
    /// The open article, when it is of that alone.
    pub(super) source: Option<SourceId>,
    /// Where its lines come from, when it is of many articles.
    pub(super) library: Option<Gathering>,
    /// The search whose hits are still coming in.
    pub(super) awaits: Option<Ticket>,
    pub(super) cursor: Cursor,
    pub(super) most: u16,
    /// What lines must hold.
    pub(super) filter: String,
    /// What they must have near their hits besides, chosen among the collocates one after the other.
    pub(super) near_them: Vec<Near>,
    /// The order that was asked for last, and whether contexts are to go over the ends of blocks.
    pub(super) wanted: (Order, bool),
    /// By how many words or characters the order went before each of the digits pressed last.
    pub(super) depths: Vec<u8>,
    /// What else is to become of the lines when they are back.
    pub(super) pending: Change,
    /// The lines are being put in order.
    pub(super) asked: Option<Asked>,
    /// The hit that the cursor is to be on when they are put in order next.
    pub(super) back_to: Option<(u32, ByteSpan)>,
    /// How many hits came, when it is of the open article alone.
    pub(super) came: usize,
    /// What did not count in the search, and does not in the collocates.
    pub(super) fold: FoldOptions,
    pub(super) near: u8,
    pub(super) counted: Option<Counted>,
    /// How often all words, or characters, occur in the articles that were searched, once they were counted.
    pub(super) frequencies: Option<(Unit, Arc<Frequencies>)>,
}

/// How the lines were filtered before a filter was typed, and the one under the cursor.
#[derive(Debug)]
pub(in crate::app) struct LinesBefore {
    pub(super) filter: String,
    pub(super) near_them: Vec<Near>,
    pub(super) at: Option<(u32, ByteSpan)>,
}

/// What was asked for when the lines were given out to be put in order.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) ticket: Ticket,
    /// The hit that the cursor was on.
    pub(super) from: Option<(u32, ByteSpan)>,
    /// Whether a key asked for it.
    pub(super) by_key: bool,
}

impl ConcordanceView {
    /// One that nothing has been asked for yet.
    pub(super) fn new(name: String, made: Concordance, fold: FoldOptions) -> Self {
        Self {
            name,
            made: Arc::new(made),
            source: None,
            library: None,
            awaits: None,
            cursor: Cursor::default(),
            most: MOST_CELLS,
            filter: String::new(),
            near_them: Vec::new(),
            wanted: (Order::default(), false),
            depths: Vec::new(),
            pending: Change::default(),
            asked: None,
            back_to: None,
            came: 0,
            over: None,
            fold,
            near: MOST_NEAR,
            counted: None,
            frequencies: None,
        }
    }

    /// Whether it is of many articles.
    #[must_use]
    pub const fn is_of_library(&self) -> bool {
        self.library.is_some()
    }

    /// How much of the articles has been searched, 0 to 100, while lines of many articles are still coming in.
    #[must_use]
    pub fn percent(&self) -> Option<u8> {
        let of = self.library.as_ref().filter(|of| !of.done);
        of.map(|of| of.percent)
    }

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

    /// How a line of `cells` is parted: what tells where it is from, which lines of one article do not have, and the line.
    #[must_use]
    pub fn columns(&self, cells: u16) -> (Whence, Columns) {
        self.columns_with(cells, self.most)
    }

    /// The cells that the left context of a line of `cells` can have.
    pub(super) fn left_room(&self, cells: u16) -> u16 {
        self.columns_with(cells, u16::MAX).1.left
    }

    fn columns_with(&self, cells: u16, most: u16) -> (Whence, Columns) {
        let whence = if self.is_of_library() {
            Whence::new(cells, self.made.order().sort == Sort::Date)
        } else {
            Whence::default()
        };
        let rest = cells.saturating_sub(whence.cells());
        (whence, Columns::new(rest, most))
    }

    /// What lines must hold; empty when that does not matter.
    #[must_use]
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// What lines must have near their hits besides, where collocates were chosen.
    #[must_use]
    pub fn near_them(&self) -> &[Near] {
        &self.near_them
    }

    /// Whether only some lines are to be shown.
    #[must_use]
    pub const fn is_filtered(&self) -> bool {
        !self.filter.is_empty() || !self.near_them.is_empty()
    }

    /// How the lines are filtered, and the one under the cursor.
    pub(super) fn before(&self) -> LinesBefore {
        LinesBefore {
            filter: self.filter.clone(),
            near_them: self.near_them.clone(),
            at: self.made.place_of(self.cursor.line() as usize),
        }
    }

    /// Words or characters on either side that are near.
    #[must_use]
    pub const fn near(&self) -> u8 {
        self.near
    }

    /// What is near.
    pub(super) const fn window(&self) -> Window {
        Window {
            left: self.near,
            right: self.near,
        }
    }

    /// Whether the lines are being put in order as a key asked for it; those of before are shown meanwhile.
    #[must_use]
    pub fn is_arranging(&self) -> bool {
        let asked = self.asked.as_ref();
        asked.is_some_and(|asked| asked.by_key || !self.pending.only_adds_lines())
    }

    /// Whether hits are still coming in.
    #[must_use]
    pub fn is_growing(&self) -> bool {
        self.awaits.is_some() || self.percent().is_some()
    }

    /// Rows of the screen above the first line, or the first collocate.
    #[must_use]
    pub const fn head_rows(&self) -> u16 {
        if self.counted.is_some() { 2 } else { 1 }
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
        self.hold_cursor();
        self.cursor_mut().step(by, rows);
    }

    pub(super) fn go_to(&mut self, line: u32) {
        let rows = self.rows();
        self.hold_cursor();
        self.cursor_mut().go(line, rows);
    }

    /// From now on the cursor stays on its line, whatever comes in before it.
    pub(super) const fn hold_cursor(&mut self) {
        if let Some(of) = &mut self.library {
            of.moved = true;
        }
    }

    /// Gives the lines out to be changed, unless they are out already: then they go again when they are back. The cursor
    /// stays on its line, or goes to that of a hit.
    pub(super) fn ask(
        &mut self,
        ticket: Ticket,
        at: Option<(u32, ByteSpan)>,
        words: Arc<Words>,
    ) -> Vec<Effect> {
        if self.asked.is_some() || self.pending.is_empty() {
            return Vec::new();
        }
        let from = self.here();
        let at = at.or(self.back_to.take()).or(from);
        let by_key = !self.pending.only_adds_lines();
        self.asked = Some(Asked {
            ticket,
            from,
            by_key,
        });
        vec![Effect::Arrange {
            ticket,
            concordance: Arc::clone(&self.made),
            change: std::mem::take(&mut self.pending),
            at,
            words,
        }]
    }

    /// Whether the lines were given out under this ticket.
    pub(super) fn awaits_lines(&self, ticket: Ticket) -> bool {
        let asked = self.asked.as_ref();
        asked.is_some_and(|asked| asked.ticket == ticket)
    }

    /// Takes the lines back; `line` is that of the hit that was asked for.
    pub(super) fn take_back(&mut self, made: Arc<Concordance>, line: usize) {
        let Some(asked) = self.asked.take() else {
            return;
        };
        // Whoever moved on meanwhile stays where they are.
        let moved = self.here().filter(|here| Some(*here) != asked.from);
        self.made = made;
        let line = match moved {
            Some(here) => self.made.number_of(here).unwrap_or(0),
            None => line,
        };
        let len = u32::try_from(self.made.len()).unwrap_or(u32::MAX);
        self.cursor.go(u32::try_from(line).unwrap_or(0), len);
    }

    /// Whether all hits have come, and their lines are back.
    pub(super) fn is_settled(&self) -> bool {
        self.asked.is_none() && self.pending.is_empty() && !self.is_growing()
    }

    /// The hit on which the cursor is to stay: that on its line; where it was not moved yet, that at which it begins.
    fn here(&self) -> Option<(u32, ByteSpan)> {
        if let Some(of) = self.library.as_ref().filter(|of| !of.moved) {
            return of.start;
        }
        self.made.place_of(self.cursor.line() as usize)
    }

    pub(in crate::app) fn resize(&mut self, height: u16) {
        let rows = self.rows();
        // Of the rows that its lines have, the headings of collocates take one.
        let height = height.saturating_sub(self.head_rows() - 1);
        self.cursor_mut().resize(height, rows);
    }
}
