//! From changed cells to bytes: as few of them as keep the screen right on terminals that disagree about widths.
//!
//! Behind a character whose width all terminals agree on the cursor is known, and nothing is sent. Behind any other
//! the next one is preceded by its column. A glyph of two cells that is not agreed on is written over two blanks, so
//! that both cells are ours wherever it is drawn narrow. The terminal does not wrap lines (see `terminal`).

use std::io::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use super::diff::{Glyph, cells, row, same};
use crate::layout::underline;
use crate::theme::Underline;

/// Which underlines a terminal draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Underlines {
    /// One line only; the other kinds become that.
    #[default]
    Plain,
    /// Double, curly, dotted and dashed ones too (`4:2` to `4:5`).
    Kinds,
}

/// Terminals that know the kinds of underlines, by a part of their `TERM`. tmux hands on what its terminal can.
const KINDS: [&str; 8] = [
    "kitty",
    "wezterm",
    "foot",
    "ghostty",
    "alacritty",
    "contour",
    "tmux-256color",
    "mintty",
];

impl Underlines {
    /// What the value of `TERM` speaks for.
    #[must_use]
    pub fn detect(term: Option<&str>) -> Self {
        if term.is_some_and(|term| KINDS.iter().any(|name| term.contains(name))) {
            Self::Kinds
        } else {
            Self::Plain
        }
    }
}

/// A style as the terminal was last told it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pen {
    fg: Color,
    bg: Color,
    on: Modifier,
    underline: Underline,
}

impl Pen {
    /// What a terminal has after a reset.
    const PLAIN: Self = Self {
        fg: Color::Reset,
        bg: Color::Reset,
        on: Modifier::empty(),
        underline: Underline::None,
    };

    fn of(cell: &Cell, underlines: Underlines) -> Self {
        let drawn = Modifier::BOLD
            | Modifier::DIM
            | Modifier::ITALIC
            | Modifier::REVERSED
            | Modifier::CROSSED_OUT;
        let underline = match (underline(cell.modifier), underlines) {
            (Underline::None, _) => Underline::None,
            (_, Underlines::Plain) => Underline::Single,
            (kind, Underlines::Kinds) => kind,
        };
        Self {
            fg: cell.fg,
            bg: cell.bg,
            on: cell.modifier.intersection(drawn),
            underline,
        }
    }

    /// Whether a blank of this style is what erasing leaves: the terminal's own ground and no line.
    fn erases(self) -> bool {
        let lines = Modifier::REVERSED | Modifier::CROSSED_OUT;
        self.bg == Color::Reset && self.underline == Underline::None && !self.on.intersects(lines)
    }
}

/// Turns changes into bytes, and knows how the terminal was left behind them.
#[derive(Debug)]
pub(super) struct Emitter {
    underlines: Underlines,
    /// Nothing when not known.
    pen: Option<Pen>,
    /// Row and column, from 0; the column is nothing when not known.
    at: Option<(u16, Option<u16>)>,
    /// Room for the parameters of a style, kept from one use to the next.
    parameters: Vec<u8>,
}

impl Emitter {
    pub(super) const fn new(underlines: Underlines) -> Self {
        Self {
            underlines,
            pen: None,
            at: None,
            parameters: Vec::new(),
        }
    }

    /// Forgets how the terminal was left.
    pub(super) const fn forget(&mut self) {
        self.pen = None;
        self.at = None;
    }

    /// Appends what turns `shown`, or a screen of which nothing is known, into `next`.
    pub(super) fn frame(&mut self, shown: Option<&Buffer>, next: &Buffer, out: &mut Vec<u8>) {
        let mut glyphs = Vec::with_capacity(usize::from(next.area.width));
        for y in 0..next.area.height {
            if shown.is_some_and(|shown| same(cells(shown, y), cells(next, y))) {
                continue;
            }
            row(shown, next, y, &mut glyphs);
            self.row(y, &glyphs, next.area.width, out);
        }
    }

    /// Appends the glyphs of a row one after another, without any move, and a reset behind them.
    fn line(&mut self, glyphs: &[Glyph<'_>], out: &mut Vec<u8>) {
        self.pen = Some(Pen::PLAIN);
        for glyph in glyphs {
            self.style(Pen::of(glyph.cell, self.underlines), out);
            out.extend_from_slice(glyph.symbol().as_bytes());
        }
        self.style(Pen::PLAIN, out);
    }

    /// Appends a move to the cell.
    pub(super) fn go(&mut self, x: u16, y: u16, out: &mut Vec<u8>) {
        let (column, line) = (u32::from(x) + 1, u32::from(y) + 1);
        match self.at {
            Some((row, Some(at))) if row == y && at == x => return,
            Some((row, _)) if row == y && x == 0 => out.push(b'\r'),
            Some((row, Some(at))) if row == y && at < x => {
                let step = x - at;
                match step {
                    1 => put(out, format_args!("\x1b[C")),
                    _ if digits(u32::from(step)) < digits(column) => {
                        put(out, format_args!("\x1b[{step}C"));
                    }
                    _ => put(out, format_args!("\x1b[{column}G")),
                }
            }
            Some((row, _)) if row == y => put(out, format_args!("\x1b[{column}G")),
            _ if x == 0 && y == 0 => put(out, format_args!("\x1b[H")),
            _ if x == 0 => put(out, format_args!("\x1b[{line}H")),
            _ => put(out, format_args!("\x1b[{line};{column}H")),
        }
        self.at = Some((y, Some(x)));
    }

    fn row(&mut self, y: u16, glyphs: &[Glyph<'_>], width: u16, out: &mut Vec<u8>) {
        let blank = |glyph: &&Glyph<'_>| {
            glyph.symbol() == " " && Pen::of(glyph.cell, self.underlines).erases()
        };
        let tail = glyphs.len() - glyphs.iter().rev().take_while(blank).count();
        let stale = glyphs[tail..].iter().filter(|glyph| glyph.changed).count();
        // Erasing to the end takes three bytes.
        let (written, erased) = if stale > 3 {
            glyphs.split_at(tail)
        } else {
            (glyphs, [].as_slice())
        };
        let mut next = 0;
        for (index, glyph) in written.iter().enumerate() {
            if glyph.changed {
                self.reach(y, &written[next..index], glyph.x, out);
                self.glyph(y, glyph, width, out);
                next = index + 1;
            }
        }
        if let Some(first) = erased.first() {
            self.go(first.x, y, out);
            // Erasing takes the ground alone from the pen.
            if !self.pen.is_some_and(Pen::erases) {
                self.style(Pen::of(first.cell, self.underlines), out);
            }
            out.extend_from_slice(b"\x1b[K");
        }
    }

    /// Goes to column `x`, over unchanged glyphs that are written again where that is shorter than a move.
    fn reach(&mut self, y: u16, between: &[Glyph<'_>], x: u16, out: &mut Vec<u8>) {
        if let (Some((row, Some(at))), Some(first)) = (self.at, between.first())
            && row == y
            && at == first.x
        {
            // The shortest move forward takes three bytes and reaches one cell, any other four.
            let room = if x - at == 1 { 2 } else { 3 };
            let length: usize = between.iter().map(|glyph| glyph.symbol().len()).sum();
            let known = |glyph: &Glyph<'_>| {
                glyph.is_trusted() && self.pen == Some(Pen::of(glyph.cell, self.underlines))
            };
            if length <= room && between.iter().all(known) {
                for glyph in between {
                    out.extend_from_slice(glyph.symbol().as_bytes());
                }
                self.at = Some((y, Some(x)));
            }
        }
        self.go(x, y, out);
    }

    fn glyph(&mut self, y: u16, glyph: &Glyph<'_>, width: u16, out: &mut Vec<u8>) {
        self.go(glyph.x, y, out);
        self.style(Pen::of(glyph.cell, self.underlines), out);
        let end = glyph.x + glyph.cells;
        let symbol = glyph.symbol();
        if glyph.is_trusted() {
            out.extend_from_slice(symbol.as_bytes());
            // Behind the last column terminals stand in it or beyond it.
            self.at = Some((y, (end < width).then_some(end)));
            return;
        }
        if glyph.cells == 2 || end == width {
            out.resize(out.len() + usize::from(glyph.cells), b' ');
            if end < width {
                out.extend_from_slice(b"\x1b[2D");
            } else {
                // The terminal may refuse the glyph here, or stand in the column or beyond it behind a blank.
                self.at = Some((y, None));
                self.go(glyph.x, y, out);
            }
        }
        out.extend_from_slice(symbol.as_bytes());
        self.at = Some((y, None));
    }

    /// Changes the pen, by differences or from a reset, whichever is shorter.
    fn style(&mut self, to: Pen, out: &mut Vec<u8>) {
        if self.pen == Some(to) {
            return;
        }
        let mut reset = std::mem::take(&mut self.parameters);
        reset.clear();
        if to != Pen::PLAIN {
            reset.extend_from_slice(b"0;");
            differences(Pen::PLAIN, to, &mut reset);
        }
        out.extend_from_slice(b"\x1b[");
        let start = out.len();
        if let Some(from) = self.pen {
            differences(from, to, out);
        }
        if self.pen.is_none() || out.len() - start > reset.len() {
            out.truncate(start);
            out.extend_from_slice(&reset);
        }
        if out.last() == Some(&b';') {
            out.pop();
        }
        out.push(b'm');
        self.parameters = reset;
        self.pen = Some(to);
    }
}

/// The first row of a buffer with its styles, for a stream rather than a screen: no move, no line end. Blanks at its
/// end that show nothing are left out.
#[must_use]
pub fn styled_line(buffer: &Buffer, underlines: Underlines) -> Vec<u8> {
    let mut glyphs = Vec::new();
    row(None, buffer, 0, &mut glyphs);
    while let Some(last) = glyphs.last()
        && last.symbol() == " "
        && Pen::of(last.cell, underlines).erases()
    {
        glyphs.pop();
    }
    let mut out = Vec::new();
    Emitter::new(underlines).line(&glyphs, &mut out);
    out
}

/// Appends the parameters that turn one style into another, a semicolon behind each.
fn differences(from: Pen, to: Pen, out: &mut Vec<u8>) {
    let weight = Modifier::BOLD | Modifier::DIM;
    let mut on = from.on;
    if (from.on - to.on).intersects(weight) {
        out.extend_from_slice(b"22;");
        on.remove(weight);
    }
    for (bit, set, unset) in [
        (Modifier::BOLD, "1;", ""),
        (Modifier::DIM, "2;", ""),
        (Modifier::ITALIC, "3;", "23;"),
        (Modifier::REVERSED, "7;", "27;"),
        (Modifier::CROSSED_OUT, "9;", "29;"),
    ] {
        match (on.contains(bit), to.on.contains(bit)) {
            (false, true) => out.extend_from_slice(set.as_bytes()),
            (true, false) => out.extend_from_slice(unset.as_bytes()),
            _ => {}
        }
    }
    if from.underline != to.underline {
        out.extend_from_slice(match to.underline {
            Underline::None => b"24;",
            Underline::Single => b"4;",
            Underline::Double => b"4:2;",
            Underline::Curly => b"4:3;",
            Underline::Dotted => b"4:4;",
            Underline::Dashed => b"4:5;",
        });
    }
    if from.fg != to.fg {
        color(to.fg, 30, out);
    }
    if from.bg != to.bg {
        color(to.bg, 40, out);
    }
}

/// Appends the parameter of a colour; `base` is 30 for text and 40 for the ground.
fn color(color: Color, base: u8, out: &mut Vec<u8>) {
    let number = match color {
        Color::Reset => {
            put(out, format_args!("{};", base + 9));
            return;
        }
        Color::Rgb(r, g, b) => {
            put(out, format_args!("{};2;{r};{g};{b};", base + 8));
            return;
        }
        Color::Black | Color::Indexed(0) => 0,
        Color::Red | Color::Indexed(1) => 1,
        Color::Green | Color::Indexed(2) => 2,
        Color::Yellow | Color::Indexed(3) => 3,
        Color::Blue | Color::Indexed(4) => 4,
        Color::Magenta | Color::Indexed(5) => 5,
        Color::Cyan | Color::Indexed(6) => 6,
        Color::Gray | Color::Indexed(7) => 7,
        Color::DarkGray | Color::Indexed(8) => 8,
        Color::LightRed | Color::Indexed(9) => 9,
        Color::LightGreen | Color::Indexed(10) => 10,
        Color::LightYellow | Color::Indexed(11) => 11,
        Color::LightBlue | Color::Indexed(12) => 12,
        Color::LightMagenta | Color::Indexed(13) => 13,
        Color::LightCyan | Color::Indexed(14) => 14,
        Color::White | Color::Indexed(15) => 15,
        Color::Indexed(number) => {
            put(out, format_args!("{};5;{number};", base + 8));
            return;
        }
    };
    let code = if number < 8 {
        base + number
    } else {
        base + 52 + number
    };
    put(out, format_args!("{code};"));
}

fn put(out: &mut Vec<u8>, what: std::fmt::Arguments<'_>) {
    // Writing to a vector does not fail.
    let _ = out.write_fmt(what);
}

const fn digits(number: u32) -> u32 {
    match number {
        0..=9 => 1,
        10..=99 => 2,
        100..=999 => 3,
        _ => 4,
    }
}
