//! A line set in cells: the hit begins in the same column in each.

use super::{Context, flat};
use crate::text::{Profile, graphemes, width};

/// About so many cells are left for the hit when the contexts are shared out.
const HIT_CELLS: u16 = 8;

/// How many cells the parts of a line take. Between them stands a blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns {
    /// Cells of the left context.
    pub left: u16,
    /// Cells of hit, blank and right context together.
    pub rest: u16,
    /// Cells of the right context, at the most.
    pub right: u16,
}

impl Columns {
    /// The columns of a line of `cells`, each context of `most` cells at the most.
    #[must_use]
    pub fn new(cells: u16, most: u16) -> Self {
        let left = (cells.saturating_sub(HIT_CELLS + 2) / 2).min(most);
        Self {
            left,
            rest: cells.saturating_sub(left + 1),
            right: most,
        }
    }
}

/// The parts of a line, on one line each; what a terminal must not get is still in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Blank cells before the left context.
    pub indent: u16,
    /// The left context, as much of its end as there is room for.
    pub left: String,
    /// The hit, as much of its start as there is room for.
    pub hit: String,
    /// The right context, likewise.
    pub right: String,
}

/// Sets a line.
#[must_use]
pub fn set(context: &Context<'_>, columns: &Columns, profile: &Profile) -> Row {
    let (left, used) = tail(&flat(context.left), columns.left, profile);
    let (hit, hit_used) = head(&flat(context.hit), columns.rest, profile);
    let room = columns.rest.saturating_sub(hit_used + 1);
    let (right, _) = head(&flat(context.right), room.min(columns.right), profile);
    Row {
        indent: columns.left - used,
        left,
        hit,
        right,
    }
}

/// As many of the first graphemes as fit into `cells`, and the cells that they take.
#[must_use]
pub fn head(text: &str, cells: u16, profile: &Profile) -> (String, u16) {
    let (mut used, mut end) = (0, 0);
    for g in graphemes(text) {
        let taken = width(g.text, profile);
        if used + taken > cells {
            break;
        }
        used += taken;
        end = g.end();
    }
    (text.get(..end).unwrap_or("").to_owned(), used)
}

/// The same of the last ones.
#[must_use]
pub fn tail(text: &str, cells: u16, profile: &Profile) -> (String, u16) {
    let all: Vec<_> = graphemes(text).collect();
    let (mut used, mut start) = (0, text.len());
    for g in all.iter().rev() {
        let taken = width(g.text, profile);
        if used + taken > cells {
            break;
        }
        used += taken;
        start = g.start;
    }
    (text.get(start..).unwrap_or("").to_owned(), used)
}
