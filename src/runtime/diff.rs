//! What changed between two buffers of cells, glyph by glyph.

use ratatui::buffer::{Buffer, Cell};

use crate::text::is_trusted;

/// What stands in one or two cells, and whether it has to be sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph<'a> {
    /// First column.
    pub x: u16,
    /// Columns that it takes, 1 or 2.
    pub cells: u16,
    /// Its first cell; its style is that of both halves.
    pub cell: &'a Cell,
    /// Whether any of its cells differs from what is on the screen.
    pub changed: bool,
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

    /// Whether the cursor stands behind it on every terminal once it is sent.
    pub(super) fn is_trusted(&self) -> bool {
        let mut chars = self.symbol().chars();
        let first = chars.next().is_some_and(is_trusted);
        first && chars.next().is_none()
    }
}

/// Whether these rows of cells look alike. The cells' own comparison calls a function for each pair of symbols.
pub(super) fn same(some: &[Cell], others: &[Cell]) -> bool {
    let alike = |(a, b): (&Cell, &Cell)| {
        let symbols = match (a.symbol().as_bytes(), b.symbol().as_bytes()) {
            ([a], [b]) => a == b,
            ([a, c, e], [b, d, f]) => a == b && c == d && e == f,
            (a, b) => a == b,
        };
        symbols && a.fg == b.fg && a.bg == b.bg && a.modifier == b.modifier
    };
    some.len() == others.len() && some.iter().zip(others).all(alike)
}

/// The cells of row `y`.
pub(super) fn cells(buffer: &Buffer, y: u16) -> &[Cell] {
    let columns = usize::from(buffer.area.width);
    let start = usize::from(y) * columns;
    buffer.content.get(start..start + columns).unwrap_or(&[])
}

/// The glyphs of row `y` of `next`, compared with `shown`; all of them have changed where nothing is known of the
/// screen.
pub(super) fn row<'a>(shown: Option<&Buffer>, next: &'a Buffer, y: u16, into: &mut Vec<Glyph<'a>>) {
    into.clear();
    let cells = self::cells(next, y);
    let before = shown.map(|buffer| self::cells(buffer, y));
    let mut covered = false;
    let mut x = 0;
    while let Some(cell) = cells.get(x) {
        let wide = !cell.symbol().is_empty()
            && cells
                .get(x + 1)
                .is_some_and(|next| next.symbol().is_empty());
        let width = 1 + usize::from(wide);
        let before = before.and_then(|before| before.get(x..x + width));
        let differs = before.is_none_or(|before| !same(before, &cells[x..x + width]));
        let glyph = Glyph {
            x: u16::try_from(x).unwrap_or(u16::MAX),
            cells: 1 + u16::from(wide),
            cell,
            changed: differs || covered,
        };
        // A terminal that draws it wider than we believe has covered what follows it.
        covered = glyph.changed && !glyph.is_trusted();
        into.push(glyph);
        x += width;
    }
}
