//! Rows that moved: which rows of a frame stood elsewhere in the one before.
//!
//! The parts of the changed rows vote for how far they have moved. Where moving whole rows leaves few cells to be
//! written, it is worth it.

use ratatui::style::Color;

use super::diff::{alike, blank};
use super::frames::Frame;
use super::rows::{Row, part_cells};

/// Moving rows takes some twenty bytes; a cell to be written takes one or two.
const COST: usize = 24;

/// Rows to be moved within a region of whole rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shift {
    /// First row of the region, from 0.
    pub top: u16,
    /// Its last row.
    pub bottom: u16,
    /// How far its rows move.
    pub lines: u16,
    /// Whether upwards.
    pub up: bool,
    /// What the rows that come free show.
    pub ground: Color,
}

impl Shift {
    /// The rows that come free.
    pub(super) const fn free(self) -> std::ops::RangeInclusive<u16> {
        if self.up {
            self.bottom + 1 - self.lines..=self.bottom
        } else {
            self.top..=self.top + self.lines - 1
        }
    }

    /// The row whose cells stand in row `y` once the rows have moved; nothing in rows that come free.
    pub(super) fn source(self, y: u16) -> Option<u16> {
        if !(self.top..=self.bottom).contains(&y) {
            return Some(y);
        }
        let from = if self.up {
            y.checked_add(self.lines)
        } else {
            y.checked_sub(self.lines)
        };
        from.filter(|from| (self.top..=self.bottom).contains(from))
    }
}

/// Finds the rows that moved, if moving them saves more than it costs. `erasing` tells whether free rows take the ground
/// of the pen, and not the terminal's own.
pub(super) fn find(shown: Frame<'_>, next: Frame<'_>, erasing: bool) -> Option<Shift> {
    let pairs = shown.rows.iter().zip(next.rows).enumerate();
    let changed: Vec<usize> = pairs.filter(|(_, (a, b))| a != b).map(|(y, _)| y).collect();
    if changed.len() < 3 {
        return None;
    }
    let distance = vote(shown.rows, next.rows, &changed)?;
    let mut shift = best_region(shown.rows, next.rows, distance)?;
    if erasing && let Some(free) = next.cells(*shift.free().start()).first() {
        shift.ground = free.bg;
    }
    is_worth_it(shift, shown.rows, next).then_some(shift)
}

/// How far most parts of the changed rows have moved, downwards if positive.
fn vote(shown: &[Row], next: &[Row], changed: &[usize]) -> Option<i32> {
    let rows = next.len();
    let mut votes = vec![0; 2 * rows];
    for to in changed {
        for from in changed {
            if from != to {
                votes[rows + to - from] += next[*to].shared(&shown[*from]);
            }
        }
    }
    let (distance, most) = votes.iter().enumerate().max_by_key(|(_, votes)| **votes)?;
    let distance = i32::try_from(distance).ok()? - i32::try_from(rows).ok()?;
    (*most > 0).then_some(distance)
}

/// The region whose rows are best moved by this distance: one row behind the other of which more is alike than without.
fn best_region(shown: &[Row], next: &[Row], distance: i32) -> Option<Shift> {
    let lines = usize::try_from(distance.unsigned_abs()).ok()?;
    let up = distance < 0;
    let (mut best, mut most) = (None, 0);
    let (mut saved, mut start) = (0usize, 0);
    for (y, row) in next.iter().enumerate() {
        let from = if up {
            y.checked_add(lines)
        } else {
            y.checked_sub(lines)
        };
        if saved == 0 {
            start = y;
        }
        let from = from.and_then(|from| shown.get(from));
        // A row that has nothing of its source, but is as short, has not moved.
        saved = match from.filter(|from| row.shared(from) > 0 || row.differing(from) < 2) {
            Some(from) => (saved + row.differing(&shown[y])).saturating_sub(row.differing(from)),
            None => 0,
        };
        if saved > most {
            (most, best) = (saved, Some((start, y)));
        }
    }
    let (first, last) = best?;
    let (top, bottom) = if up {
        (first, last + lines)
    } else {
        (first - lines, last)
    };
    Some(Shift {
        top: u16::try_from(top).ok()?,
        bottom: u16::try_from(bottom).ok()?,
        lines: u16::try_from(lines).ok()?,
        up,
        ground: Color::Reset,
    })
}

/// Whether moving the rows leaves little to be mended, and saves more cells than it costs.
fn is_worth_it(shift: Shift, shown: &[Row], next: Frame<'_>) -> bool {
    let part = part_cells(next.columns.into());
    let blank = blank(shift.ground);
    let (mut before, mut after, mut mended) = (0, 0, 0);
    for y in shift.top..=shift.bottom {
        let row = &next.rows[usize::from(y)];
        before += part * row.differing(&shown[usize::from(y)]);
        match shift.source(y) {
            Some(from) => mended += part * row.differing(&shown[usize::from(from)]),
            None => {
                let cells = next.cells(y).iter();
                after += cells.filter(|cell| !alike((&blank, cell))).count();
            }
        }
    }
    // Where much would have to be mended, as panes beside the one that scrolls, that would be seen.
    mended * 4 <= before && mended + after + COST < before
}
