//! Rows of cells by their hashes: one look at a new frame tells which rows are as they were, and which moved.
//!
//! The frame before is not read again but where rows differ. The hashes begin from a number drawn at the start, so
//! that no text can be made up of which two rows are taken for one; by chance that is one in 10^19.

use std::hash::{BuildHasher, RandomState};

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use super::diff::bare;

/// Parts of a row: so a scroll bar beside a text hides nothing of it.
const PARTS: usize = 8;

/// The hash of a row, part by part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Row {
    parts: [u64; PARTS],
    /// Which parts have more than one symbol.
    tells: [bool; PARTS],
}

impl Row {
    /// How many parts are alike and tell something.
    pub(super) fn shared(&self, other: &Self) -> usize {
        (0..PARTS)
            .filter(|part| self.tells[*part] && self.parts[*part] == other.parts[*part])
            .count()
    }

    /// How many parts are not alike.
    pub(super) fn differing(&self, other: &Self) -> usize {
        let pairs = self.parts.iter().zip(&other.parts);
        pairs.filter(|(a, b)| a != b).count()
    }
}

/// What the hashes of one program begin from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seed(u64);

impl Seed {
    pub(super) fn draw() -> Self {
        Self(RandomState::new().hash_one(0))
    }

    /// The hash of a row of these cells.
    pub(super) fn row(self, cells: &[Cell]) -> Row {
        let mut row = Row::default();
        for (part, cells) in cells.chunks(part_cells(cells.len())).enumerate() {
            (row.parts[part], row.tells[part]) = self.part(cells);
        }
        row
    }

    fn part(self, cells: &[Cell]) -> (u64, bool) {
        let mut hash = self.0;
        let (mut first, mut tells) = (None, false);
        let mut before: Option<(&Cell, u64)> = None;
        // Blanks that follow each other are one step, with their number.
        let mut blanks = 0;
        for cell in cells {
            let bytes = cell.symbol().as_bytes();
            let same = before.is_some_and(|(last, _)| has_style_of(cell, last));
            if same && bytes.is_empty() {
                // The second half of the glyph before it.
                continue;
            }
            if same && blanks > 0 && bytes == b" " {
                blanks += 1;
                continue;
            }
            if blanks > 1 {
                hash = mix(hash, blanks);
            }
            let symbol = word(bytes);
            blanks = u64::from(symbol == BLANK);
            tells |= *first.get_or_insert(symbol) != symbol;
            let look = match before {
                Some((_, look)) if same => look,
                _ => look(cell),
            };
            before = Some((cell, look));
            // A blank looks the same in any colour of its text.
            let look = if blanks > 0 && bare(cell) {
                mix(0, color(cell.bg))
            } else {
                look
            };
            hash = mix(hash, symbol ^ look);
        }
        (if blanks > 1 { mix(hash, blanks) } else { hash }, tells)
    }
}

/// Cells of each part of a row of so many.
pub(super) fn part_cells(columns: usize) -> usize {
    columns.div_ceil(PARTS).max(1)
}

const BLANK: u64 = b' ' as u64;

/// A step that loses nothing: other words give other hashes, whatever follows.
const fn mix(hash: u64, word: u64) -> u64 {
    (hash ^ word)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .rotate_left(29)
}

/// A symbol as a number; those of up to eight bytes as what they are.
fn word(symbol: &[u8]) -> u64 {
    match symbol {
        // The second cell of a wide glyph, as half of all cells of Chinese are.
        [] => 0,
        [a] => (*a).into(),
        [a, b, c] => u64::from(u32::from_le_bytes([*a, *b, *c, 0])),
        bytes => bytes
            .chunks(8)
            .map(|chunk| chunk.iter().fold(0, |word, b| word << 8 | u64::from(*b)))
            .fold(0, mix),
    }
}

fn has_style_of(cell: &Cell, other: &Cell) -> bool {
    (cell.fg, cell.bg, cell.modifier) == (other.fg, other.bg, other.modifier)
}

fn look(cell: &Cell) -> u64 {
    let modifier: Modifier = cell.modifier;
    mix(mix(color(cell.fg), color(cell.bg)), modifier.bits().into())
}

fn color(color: Color) -> u64 {
    match color {
        Color::Rgb(r, g, b) => u64::from(u32::from_le_bytes([r, g, b, 1])),
        Color::Indexed(n) => 1 << 16 | u64::from(n),
        Color::Reset => 2 << 16,
        Color::Black => 3 << 16,
        Color::Red => 4 << 16,
        Color::Green => 5 << 16,
        Color::Yellow => 6 << 16,
        Color::Blue => 7 << 16,
        Color::Magenta => 8 << 16,
        Color::Cyan => 9 << 16,
        Color::Gray => 10 << 16,
        Color::DarkGray => 11 << 16,
        Color::LightRed => 12 << 16,
        Color::LightGreen => 13 << 16,
        Color::LightYellow => 14 << 16,
        Color::LightBlue => 15 << 16,
        Color::LightMagenta => 16 << 16,
        Color::LightCyan => 17 << 16,
        Color::White => 18 << 16,
    }
}
