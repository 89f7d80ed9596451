//! What changed between two buffers of cells, glyph by glyph.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use crate::layout::link;
use crate::text::{Profile, is_sure};

/// What stands in one or two cells, and whether it has to be sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph<'a> {
    /// First column.
    pub x: u16,
    /// Columns that it takes, 1 or 2.
    pub cells: u16,
    /// Its first cell; its style is that of both halves.
    pub cell: &'a Cell,
    /// Whether any of its cells differs from what is on the screen, or may have been covered.
    pub changed: bool,
    /// Whether the cursor stands behind it, on this terminal, once it is sent.
    pub sure: bool,
    /// Whether it goes on from the glyph before it without a move between them: both have changed, and both are
    /// single characters of one cell that is not sure.
    pub joins: bool,
    /// Whether a wide glyph may stand on both sides of its left edge on the screen.
    pub parts: bool,
}

impl Glyph<'_> {
    /// What is sent for it.
    pub(super) fn symbol(&self) -> &str {
        match self.cell.symbol() {
            // A second half without a first: no painter leaves one, and nothing may be sent for it.
            "" => " ",
            symbol => symbol,
        }
    }

    /// The first column behind it.
    pub(super) const fn end(&self) -> u16 {
        self.x + self.cells
    }
}

/// Whether these rows of cells look alike.
pub(super) fn same(some: &[Cell], others: &[Cell]) -> bool {
    some.len() == others.len() && some.iter().zip(others).all(alike)
}

/// Whether two cells look alike; also blanks in different colours.
#[inline]
pub(super) fn alike((a, b): (&Cell, &Cell)) -> bool {
    if a.bg != b.bg {
        return false;
    }
    if (a.fg, a.modifier) != (b.fg, b.modifier) {
        return bare(a) && bare(b);
    }
    // The symbols' own comparison calls a function for each pair.
    match (a.symbol().as_bytes(), b.symbol().as_bytes()) {
        ([a], [b]) => a == b,
        ([a, c, e], [b, d, f]) => a == b && c == d && e == f,
        (a, b) => a == b,
    }
}

/// Whether nothing but its ground is to be seen of a cell, and it leads nowhere.
pub(super) fn bare(cell: &Cell) -> bool {
    let seen = Modifier::REVERSED | Modifier::CROSSED_OUT | Modifier::UNDERLINED;
    cell.symbol() == " " && !cell.modifier.intersects(seen) && link(cell.modifier) == 0
}

/// A cell with nothing but a ground.
pub(super) fn blank(ground: Color) -> Cell {
    let mut blank = Cell::EMPTY;
    blank.bg = ground;
    blank
}

/// The cells of row `y`.
pub(super) fn cells(buffer: &Buffer, y: u16) -> &[Cell] {
    let columns = usize::from(buffer.area.width);
    let start = usize::from(y) * columns;
    buffer.content.get(start..start + columns).unwrap_or(&[])
}

/// The glyphs of a row, compared with what is shown there; all of them have changed where nothing is known of it.
pub(super) fn row<'a>(
    shown: Option<&[Cell]>,
    cells: &'a [Cell],
    profile: &Profile,
    into: &mut Vec<Glyph<'a>>,
) {
    into.clear();
    let mut covered = 0;
    let mut x = 0;
    while let Some(cell) = cells.get(x) {
        let wide = !cell.symbol().is_empty()
            && cells
                .get(x + 1)
                .is_some_and(|next| next.symbol().is_empty());
        let width = 1 + usize::from(wide);
        let before = shown.and_then(|shown| shown.get(x..x + width));
        let half = before.is_none_or(|before| before.first().is_none_or(|b| b.symbol().is_empty()));
        let differs = before.is_none_or(|before| !same(before, &cells[x..x + width]));
        let mut glyph = Glyph {
            x: u16::try_from(x).unwrap_or(u16::MAX),
            cells: 1 + u16::from(wide),
            cell,
            changed: differs || x < covered,
            sure: false,
            joins: false,
            parts: half,
        };
        glyph.sure = is_sure(glyph.symbol(), profile);
        let end = x + width;
        if glyph.changed && !glyph.sure {
            let narrow = |glyph: &Glyph<'_>| {
                glyph.changed
                    && !glyph.sure
                    && glyph.cells == 1
                    && glyph.symbol().chars().nth(1).is_none()
            };
            glyph.joins = end < cells.len() && narrow(&glyph) && into.last().is_some_and(narrow);
            // Where a terminal draws it wider than we believe, it covers what follows it; each of those that are joined
            // takes two cells there.
            let most = if glyph.joins { covered + 2 } else { x + 2 };
            covered = covered.max(most).max(end + 1);
        }
        into.push(glyph);
        x = end;
    }
}
