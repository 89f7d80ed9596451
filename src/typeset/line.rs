//! A line, and the map between its bytes and its cells.
//!
//! Drawing, selection, search and mouse all ask [`Line::glyphs`], so they cannot disagree about a column.

use std::ops::Range;

use super::classes::{Class, classify};
use super::cut::cluster_cells;
use super::options::Options;
use crate::text::{self, Profile};

/// What is drawn for a grapheme that is wider than its line: ▯, U+25AF, one cell in every profile.
pub const NARROW_PLACEHOLDER: char = '▯';

/// TAB stops stand at every so many cells, counted from the line's column 0.
pub(super) const TAB_CELLS: u32 = 4;

/// One row of a stretch: a byte range of the block, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Bytes of the block, on grapheme boundaries. White space at a soft line end belongs to the line it ends.
    pub span: Range<usize>,
    /// Cells of blank before the first glyph: indent, or what centring and end alignment leave free.
    pub indent: u16,
    /// Whether the last mark stands outside the measure.
    pub hung: bool,
    /// Whether the break behind this line is one that a rule forbids: there was no other.
    pub forced: bool,
    /// Byte behind the last thing to see; what follows is white space without cells.
    pub(super) ink_end: usize,
    /// Cells of text the line can hold; a wider grapheme is a placeholder.
    pub(super) room: u16,
    /// Whether white space at the start takes no cells, as the indent stands for it.
    pub(super) flat_lead: bool,
    /// Column from which TAB stops are counted: 0, or the first glyph in centred and end-aligned lines.
    pub(super) tabs_from: u16,
    /// Blank cells before some graphemes, in order.
    pub(super) gaps: Box<[Gap]>,
}

/// Cells of blank before a grapheme that are not in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gap {
    /// Byte offset of the grapheme in the block.
    pub(super) at: usize,
    /// Cells before it.
    pub(super) cells: u16,
}

/// A grapheme in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glyph<'a> {
    /// Bytes of the block.
    pub span: Range<usize>,
    /// The grapheme.
    pub text: &'a str,
    /// Column of its first cell, counted from the line's left edge, indent included.
    pub column: u16,
    /// Cells it takes, 0 for what is not shown.
    pub cells: u16,
    /// How it is drawn.
    pub kind: GlyphKind,
}

/// How a glyph is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GlyphKind {
    /// As the painted units of its text.
    Shown,
    /// Not at all: white space. It may take cells all the same.
    Blank,
    /// As one [`NARROW_PLACEHOLDER`]: it is wider than the line.
    Placeholder,
    /// As `Shown`, outside the measure.
    Hung,
}

impl Line {
    /// Cells from column 0 to behind the last thing to see, a hung mark included, white space at the end not.
    /// 0 for a line that shows nothing.
    #[must_use]
    pub fn width(&self, block: &str, options: &Options) -> u16 {
        let shown = self
            .glyphs(block, options)
            .filter(|g| g.kind != GlyphKind::Blank && g.cells > 0);
        shown.last().map_or(0, |g| g.column + g.cells)
    }

    /// The graphemes of the line in order, those without cells too. `block` and `options` are those it was made of.
    pub fn glyphs<'a>(
        &'a self,
        block: &'a str,
        options: &Options,
    ) -> impl Iterator<Item = Glyph<'a>> + use<'a> {
        let text = block.get(self.span.clone()).unwrap_or("");
        let mut walk = Walk {
            line: self,
            profile: options.profile,
            column: self.indent,
            lead: true,
            gap: 0,
        };
        text::graphemes(text).map(move |g| walk.place(self.span.start + g.start, g.text))
    }

    /// Column of the grapheme that holds byte `offset` of the block.
    ///
    /// An offset before the line counts as its first grapheme; one behind it gives the column behind the last.
    #[must_use]
    pub fn cell_of(&self, block: &str, options: &Options, offset: usize) -> u16 {
        let mut behind = self.indent;
        for glyph in self.glyphs(block, options) {
            if offset < glyph.span.end {
                return glyph.column;
            }
            behind = glyph.column + glyph.cells;
        }
        behind
    }

    /// Byte offset of the grapheme under `column`.
    ///
    /// Left of the text that is the first grapheme with cells, right of it the last one. The blank cells of a gap
    /// belong to the grapheme behind them. A line without cells gives its start.
    #[must_use]
    pub fn offset_at(&self, block: &str, options: &Options, column: u16) -> usize {
        let mut under = self.span.start;
        for glyph in self.glyphs(block, options).filter(|g| g.cells > 0) {
            under = glyph.span.start;
            if column < glyph.column + glyph.cells {
                break;
            }
        }
        under
    }
}

/// Where a walk along a line has come to.
struct Walk<'a> {
    line: &'a Line,
    profile: Profile,
    column: u16,
    /// Whether nothing but white space has come yet.
    lead: bool,
    /// Index of the next gap.
    gap: usize,
}

impl Walk<'_> {
    fn place<'a>(&mut self, at: usize, text: &'a str) -> Glyph<'a> {
        let line = self.line;
        let end = at + text.len();
        if let Some(gap) = line.gaps.get(self.gap)
            && gap.at == at
        {
            self.column += gap.cells;
            self.gap += 1;
        }
        let (cells, kind) = match blank_class(text) {
            Some(_) if at >= line.ink_end || (self.lead && line.flat_lead) => (0, GlyphKind::Blank),
            Some(Class::Tab) => (
                tab_cells(u32::from(self.column - line.tabs_from)),
                GlyphKind::Blank,
            ),
            Some(_) => (text::width(text, &self.profile), GlyphKind::Blank),
            None => {
                let cells = cluster_cells(text, &self.profile);
                self.lead &= cells == 0;
                match cells {
                    _ if cells > line.room => (1, GlyphKind::Placeholder),
                    _ if line.hung && cells > 0 && end == line.ink_end => (cells, GlyphKind::Hung),
                    _ => (cells, GlyphKind::Shown),
                }
            }
        };
        let column = self.column;
        self.column += cells;
        Glyph {
            span: at..end,
            text,
            column,
            cells,
            kind,
        }
    }
}

/// Cells of a TAB that begins `column` cells behind the place that stops are counted from.
pub(super) fn tab_cells(column: u32) -> u16 {
    u16::try_from(TAB_CELLS - column % TAB_CELLS).unwrap_or(1)
}

/// The class of a grapheme that is white space, which is always a single character.
fn blank_class(grapheme: &str) -> Option<Class> {
    let mut chars = grapheme.chars();
    let class = classify(chars.next()?).0;
    (class.is_blank() && chars.next().is_none()).then_some(class)
}
