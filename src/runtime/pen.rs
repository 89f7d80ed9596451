//! Styles as a terminal takes them (SGR), and what turns one into another in the fewest bytes.
//!
//! Source: ECMA-48, 8.3.117; xterm's ctlseqs for colours beyond 8 and kitty's "underlines" for their kinds.

use std::io::Write as _;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use super::features::Underlines;
use crate::layout::underline;
use crate::theme::Underline;

/// What shows in a blank too, besides underlines.
const LINES: Modifier = Modifier::REVERSED.union(Modifier::CROSSED_OUT);

/// A style as the terminal was last told it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pen {
    fg: Color,
    bg: Color,
    on: Modifier,
    underline: Underline,
}

impl Pen {
    /// What a terminal has after a reset.
    pub(super) const PLAIN: Self = Self {
        fg: Color::Reset,
        bg: Color::Reset,
        on: Modifier::empty(),
        underline: Underline::None,
    };

    pub(super) fn of(cell: &Cell, underlines: Underlines) -> Self {
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

    /// Whether a blank of this pen looks the same in another.
    pub(super) fn is_blank_in(self, other: Self, symbol: &str) -> bool {
        let ground = self.ground();
        symbol == " " && ground.is_some() && other.ground() == ground
    }

    /// The nearest with which a blank shows this ground and nothing else.
    pub(super) fn bare(self, ground: Color) -> Self {
        Self {
            bg: ground,
            on: self.on - LINES,
            underline: Underline::None,
            ..self
        }
    }

    /// What can be seen of a blank in this style, its ground; nothing where a line or its colours' exchange shows too.
    pub(super) fn ground(self) -> Option<Color> {
        let bare = self.underline == Underline::None && !self.on.intersects(LINES);
        bare.then_some(self.bg)
    }
}

/// Appends what turns one style, if it is known, into another: by differences or from a reset, whichever is shorter.
pub(super) fn change(from: Option<Pen>, to: Pen, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\x1b[");
    let start = out.len();
    if to != Pen::PLAIN {
        out.extend_from_slice(b"0;");
        differences(Pen::PLAIN, to, out);
    }
    if let Some(from) = from {
        let end = out.len();
        differences(from, to, out);
        if out.len() - end <= end - start {
            out.drain(start..end);
        } else {
            out.truncate(end);
        }
    }
    if out.last() == Some(&b';') {
        out.pop();
    }
    out.push(b'm');
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

pub(super) fn put(out: &mut Vec<u8>, what: std::fmt::Arguments<'_>) {
    // Writing to a vector does not fail.
    let _ = out.write_fmt(what);
}
