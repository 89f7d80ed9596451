//! Rows that moved: which rows of a frame stood elsewhere in the one before.
//!
//! Each row is cut into a few parts, and the parts of the changed rows vote, by hashes, for how far they have moved:
//! so a scroll bar beside a text hides nothing. Where moving whole rows leaves few cells to be written, it is worth it.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Color;

use super::diff::{alike, blank, cells, same};

/// Parts of a row that vote.
const PARTS: usize = 4;
/// Of so many cells one is looked at, to tell what rows are like. Odd, since halves of wide glyphs are all alike.
const STEP: usize = 3;
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
pub(super) fn find(shown: &Buffer, next: &Buffer, erasing: bool) -> Option<Shift> {
    let rows = next.area.height;
    let changed: Vec<u16> = (0..rows)
        .filter(|y| !same(cells(shown, *y), cells(next, *y)))
        .collect();
    if changed.len() < 3 {
        return None;
    }
    let distance = vote(shown, next, &changed)?;
    best_region(shown, next, erasing, distance)
}

/// How far most parts of the changed rows have moved, downwards if positive.
fn vote(shown: &Buffer, next: &Buffer, changed: &[u16]) -> Option<i32> {
    let of = |buffer: &Buffer| -> Vec<[Option<u64>; PARTS]> {
        let hashes = |y: &u16| {
            let row = cells(buffer, *y);
            let size = row.len().div_ceil(PARTS).max(1);
            let mut parts = row.chunks(size);
            std::array::from_fn(|_| parts.next().and_then(hash))
        };
        changed.iter().map(hashes).collect()
    };
    let (before, after) = (of(shown), of(next));
    let rows = usize::from(next.area.height);
    let mut votes = vec![0u32; 2 * rows];
    for (y, row) in changed.iter().zip(&after) {
        for (from, old) in changed.iter().zip(&before) {
            let alike = row.iter().zip(old).filter(|(a, b)| a.is_some() && a == b);
            let count = alike.count();
            if count > 0 && y != from {
                let distance = rows + usize::from(*y) - usize::from(*from);
                votes[distance] += u32::try_from(count).unwrap_or(0);
            }
        }
    }
    let (distance, most) = votes.iter().enumerate().max_by_key(|(_, votes)| **votes)?;
    let distance = i32::try_from(distance).ok()? - i32::try_from(rows).ok()?;
    (*most > 0).then_some(distance)
}

/// A hash of the symbols of cells that tell something: not all alike.
fn hash(part: &[Cell]) -> Option<u64> {
    let first = part.first()?.symbol();
    let mut hash = 0u64;
    let mut tells = false;
    for cell in part.iter().step_by(STEP) {
        let symbol = cell.symbol();
        tells |= symbol != first;
        for byte in symbol.bytes() {
            // FNV-1a.
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        hash = hash.rotate_left(7);
    }
    tells.then_some(hash)
}

/// How many cells look different, about.
fn differing(some: &[Cell], others: &[Cell]) -> usize {
    let pairs = some.iter().zip(others).step_by(STEP);
    STEP * pairs.filter(|pair| !alike(*pair)).count()
}

/// The region whose rows are best moved by this distance, if that saves more than it costs.
fn best_region(shown: &Buffer, next: &Buffer, erasing: bool, distance: i32) -> Option<Shift> {
    let lines = u16::try_from(distance.unsigned_abs()).ok()?;
    let rows = next.area.height;
    let up = distance < 0;
    let source = |y: u16| {
        if up {
            y.checked_add(lines)
        } else {
            y.checked_sub(lines)
        }
    };
    // Cells to be written in each row without a move, and with it, where its source is.
    let stays = |y: u16| differing(cells(shown, y), cells(next, y));
    let moved = |y: u16| {
        let from = source(y).filter(|from| *from < rows)?;
        Some(differing(cells(shown, from), cells(next, y)))
    };
    let costs: Vec<(usize, Option<usize>)> = (0..rows).map(|y| (stays(y), moved(y))).collect();
    // The stretch of rows, one behind the other, that saves most.
    let (mut best, mut saved, mut start) = (None, 0usize, 0u16);
    let mut most = 0;
    for (y, (stays, moved)) in (0..rows).zip(&costs) {
        let (gain, loss) = moved.map_or((0, usize::MAX), |moved| (*stays, moved));
        if saved == 0 {
            start = y;
        }
        saved = saved.saturating_add(gain).saturating_sub(loss);
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
    let mut shift = Shift {
        top,
        bottom,
        lines,
        up,
        ground: Color::Reset,
    };
    if erasing && let Some(free) = cells(next, *shift.free().start()).first() {
        shift.ground = free.bg;
    }
    let blank = blank(shift.ground);
    let (mut before, mut after) = (0, 0);
    for y in first..=last {
        before += costs[usize::from(y)].0;
        after += costs[usize::from(y)].1.unwrap_or(0);
    }
    // Where much would have to be mended, as panes beside the one that scrolls, that would be seen.
    if after * 4 > before {
        return None;
    }
    for y in shift.free() {
        before += costs[usize::from(y)].0;
        after += cells(next, y)
            .iter()
            .filter(|cell| !alike((&blank, cell)))
            .count();
    }
    (after + COST < before).then_some(shift)
}
