//! The painter: the one way by which characters reach a cell.

use std::ops::Range;

use ratatui::buffer::{Buffer, Cell};

use super::canvas::Canvas;
use super::cells::{cell_style, with_link};
use super::marks::Marks;
use crate::app::Area;
use crate::text::{
    Profile, ceil_boundary, graphemes, is_trusted, str_width, trusted_width, units, width,
};
use crate::theme::{Slot, Style, Theme};

/// Paints sanitised text into a buffer of cells. Whatever lies outside the buffer is not painted.
///
/// A glyph of two cells has its symbol in the first and the empty symbol in the second, both of one style. Painting
/// over either of them blanks the other, so no half of a glyph is ever left.
/// Styles are laid over what a cell has: what they leave open stays.
#[derive(Debug)]
pub struct Painter<'a> {
    canvas: Canvas<'a>,
    theme: &'a Theme,
    profile: Profile,
    marks: Marks,
}

impl<'a> Painter<'a> {
    /// A painter for a terminal of this profile; the theme is the one for its colours (see [`Theme::at_depth`]).
    #[must_use]
    pub fn new(buffer: &'a mut Buffer, theme: &'a Theme, profile: Profile) -> Self {
        Self::on(Canvas::whole(buffer), theme, profile)
    }

    /// The same, on rows of which some may be left out: there it paints nothing.
    #[must_use]
    pub fn on(canvas: Canvas<'a>, theme: &'a Theme, profile: Profile) -> Self {
        Self {
            canvas,
            theme,
            profile,
            marks: Marks::of(&profile),
        }
    }

    /// All of the buffer.
    #[must_use]
    pub const fn area(&self) -> Area {
        self.canvas.area()
    }

    /// Whether what is painted on row `y` is to be seen.
    #[must_use]
    pub fn paints(&self, y: u16) -> bool {
        self.canvas.has(y)
    }

    /// What is known of the terminal's widths.
    #[must_use]
    pub const fn profile(&self) -> Profile {
        self.profile
    }

    /// The symbols of the interface.
    #[must_use]
    pub const fn marks(&self) -> Marks {
        self.marks
    }

    /// The style of a slot, laid over that of [`Slot::Text`].
    #[must_use]
    pub fn style(&self, slot: Slot) -> Style {
        self.over(slot, self.theme.style(Slot::Text))
    }

    /// The style of a slot, laid over that of what it stands in.
    #[must_use]
    pub fn over(&self, slot: Slot, ground: Style) -> Style {
        self.theme.over(slot, ground)
    }

    /// The style on a ground of a corpus' own.
    #[must_use]
    pub fn on_ground(&self, color: [u8; 3]) -> Style {
        self.theme.on_ground(color)
    }

    /// Makes the area blank, of this style and nothing that was there before.
    pub fn fill(&mut self, area: Area, style: Style) {
        let area = self.clip(area);
        if area.is_empty() {
            return;
        }
        let mut blank = Cell::EMPTY;
        blank.set_style(cell_style(style));
        for y in area.y..area.bottom() {
            if !self.paints(y) {
                continue;
            }
            self.part(area.x, y);
            self.part(area.right(), y);
            for cell in self.canvas.part_mut(area.x, y, area.width) {
                // Most of a window stays blank from frame to frame, and looking is cheaper than writing.
                let style = (cell.fg, cell.bg, cell.modifier);
                if cell.symbol().as_bytes() != b" " {
                    cell.set_symbol(" ");
                }
                if style != (blank.fg, blank.bg, blank.modifier) {
                    (cell.fg, cell.bg, cell.modifier) = (blank.fg, blank.bg, blank.modifier);
                }
            }
        }
    }

    /// Paints text into the first row of the area, from its left, as far as it fits.
    ///
    /// Line ends and TABs become blanks. Returns the cells it took, 0 where nothing is painted.
    pub fn text(&mut self, area: Area, text: &str, style: Style) -> u16 {
        let right = area.right().min(self.area().right());
        if area.is_empty() || !self.paints(area.y) {
            return 0;
        }
        let mut x = area.x;
        for g in graphemes(text) {
            if x >= right {
                break;
            }
            x += self.glyph(x, area.y, right, shown(g.text), style);
        }
        x - area.x
    }

    /// As [`Self::text`], but a text that is too long ends with an ellipsis, after a whole grapheme.
    pub fn text_ellipsis(&mut self, area: Area, text: &str, style: Style) -> u16 {
        self.text_marked(area, text, style, &[], style)
    }

    /// As [`Self::text_ellipsis`], with the graphemes that begin in one of the ranges of bytes in another style. The ranges
    /// are in order.
    pub fn text_marked(
        &mut self,
        area: Area,
        text: &str,
        style: Style,
        ranges: &[Range<usize>],
        marked: Style,
    ) -> u16 {
        if !self.paints(area.y) {
            return 0;
        }
        let ellipsis = self.marks.ellipsis(area.width);
        let short = area
            .width
            .saturating_sub(str_width(ellipsis, &self.profile));
        let mut used = 0u16;
        // Where a text that is too long ends: its bytes and cells.
        let mut cut = (0, 0);
        for g in graphemes(text) {
            used = used.saturating_add(width(shown(g.text), &self.profile));
            if used <= short {
                cut = (g.end(), used);
            }
            if used > area.width {
                break;
            }
        }
        let fits = used <= area.width;
        let (end, room) = if fits {
            (text.len(), area.width)
        } else {
            (cut.0, short)
        };
        let room = area.columns(0, room);
        let mut at = 0;
        let mut used = 0;
        for range in ranges {
            for (to, style) in [(range.start, style), (range.end, marked)] {
                let to = ceil_boundary(text, to.min(text.len())).min(end);
                if to > at {
                    used += self.text(room.columns(used, room.width), &text[at..to], style);
                    at = to;
                }
            }
        }
        used += self.text(room.columns(used, room.width), &text[at..end], style);
        if fits {
            return used;
        }
        used + self.text(area.columns(used, area.width), ellipsis, style)
    }

    /// Paints one grapheme at column `x` of row `y`, all of it before column `right`.
    ///
    /// A part of two cells of which only one is left becomes a blank. Returns the cells it took, 0 where nothing is
    /// painted.
    pub fn glyph(&mut self, x: u16, y: u16, right: u16, grapheme: &str, style: Style) -> u16 {
        let right = right.min(self.area().right());
        if x >= right || !self.paints(y) {
            return 0;
        }
        // Nearly all text: a character that is sent as it is.
        let mut chars = grapheme.chars();
        if let (Some(c), None) = (chars.next(), chars.next())
            && is_trusted(c)
            && let cells @ 1.. = trusted_width(c)
        {
            return self.unit(x, y, right, grapheme, cells, style);
        }
        let mut at = x;
        for unit in units(grapheme, &self.profile) {
            if at >= right {
                break;
            }
            at += self.unit(at, y, right, &unit.symbol, unit.cells, style);
        }
        at - x
    }

    /// Puts a symbol of one or two cells, or a blank where only one is left.
    fn unit(&mut self, x: u16, y: u16, right: u16, symbol: &str, cells: u16, style: Style) -> u16 {
        if cells == 2 && right - x < 2 {
            self.put(x, y, " ", 1, style);
            return 1;
        }
        self.put(x, y, symbol, cells, style);
        cells
    }

    /// Lays a style over what stands in the area; a glyph that lies half in it takes it as a whole.
    pub fn restyle(&mut self, area: Area, style: Style) {
        let area = self.clip(area);
        if area.is_empty() {
            return;
        }
        let style = cell_style(style);
        for y in area.y..area.bottom() {
            let from = area.x - u16::from(self.is_second(area.x, y) && area.x > 0);
            let to = area.right() + u16::from(self.is_second(area.right(), y));
            for x in from..to {
                if let Some(cell) = self.canvas.cell_mut(x, y) {
                    cell.set_style(style);
                }
            }
        }
    }

    /// Makes what stands in the area part of a link (see [`link`](super::link)).
    pub fn link(&mut self, area: Area, number: u8) {
        let area = self.clip(area);
        for y in area.y..area.bottom() {
            for x in area.x..area.right() {
                if let Some(cell) = self.canvas.cell_mut(x, y) {
                    cell.modifier = with_link(cell.modifier, number);
                }
            }
        }
    }

    /// A border from top to bottom.
    pub fn vertical(&mut self, x: u16, y: u16, height: u16, style: Style) {
        for row in y..y.saturating_add(height).min(self.area().bottom()) {
            self.mark(x, row, self.marks.lines.vertical, style);
        }
    }

    /// A border from left to right.
    pub fn horizontal(&mut self, x: u16, y: u16, width: u16, style: Style) {
        for column in x..x.saturating_add(width).min(self.area().right()) {
            self.mark(column, y, self.marks.lines.horizontal, style);
        }
    }

    /// A border along the edges of the area, inside it.
    pub fn frame(&mut self, area: Area, style: Style) {
        if area.is_empty() {
            return;
        }
        let (right, bottom) = (area.right() - 1, area.bottom() - 1);
        self.horizontal(area.x, area.y, area.width, style);
        self.horizontal(area.x, bottom, area.width, style);
        self.vertical(area.x, area.y, area.height, style);
        self.vertical(right, area.y, area.height, style);
        let corners = self.marks.lines.corners;
        for (corner, (x, y)) in corners.into_iter().zip([
            (area.x, area.y),
            (right, area.y),
            (area.x, bottom),
            (right, bottom),
        ]) {
            self.mark(x, y, corner, style);
        }
    }

    /// Paints one of the [`Marks`].
    pub fn mark(&mut self, x: u16, y: u16, mark: &str, style: Style) {
        self.glyph(x, y, x.saturating_add(1), mark, style);
    }

    /// Puts a symbol into one or two cells within the buffer; both look alike, whatever lay below.
    fn put(&mut self, x: u16, y: u16, symbol: &str, cells: u16, style: Style) {
        self.part(x, y);
        self.part(x.saturating_add(cells), y);
        if let [first, others @ ..] = self.canvas.part_mut(x, y, cells) {
            first.set_symbol(symbol).set_style(cell_style(style));
            for second in others {
                second.set_symbol("");
                (second.fg, second.bg, second.modifier) = (first.fg, first.bg, first.modifier);
            }
        }
    }

    /// Makes blanks of the glyph that lies on both sides of the left edge of this cell, if one does.
    fn part(&mut self, x: u16, y: u16) {
        if !self.is_second(x, y) {
            return;
        }
        for half in [x.checked_sub(1), Some(x)].into_iter().flatten() {
            if let Some(cell) = self.canvas.cell_mut(half, y) {
                cell.set_symbol(" ");
            }
        }
    }

    fn is_second(&self, x: u16, y: u16) -> bool {
        self.canvas
            .cell(x, y)
            .is_some_and(|cell| cell.symbol().is_empty())
    }

    fn clip(&self, area: Area) -> Area {
        let all = self.area();
        let x = area.x.clamp(all.x, all.right());
        let y = area.y.clamp(all.y, all.bottom());
        Area::new(
            x,
            y,
            area.right().min(all.right()).saturating_sub(x),
            area.bottom().min(all.bottom()).saturating_sub(y),
        )
    }
}

/// What is shown for a grapheme of a line of the interface: a line end or TAB there is a blank.
fn shown(grapheme: &str) -> &str {
    match grapheme {
        "\n" | "\r" | "\r\n" | "\t" => " ",
        other => other,
    }
}
