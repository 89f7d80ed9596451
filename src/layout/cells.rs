//! Styles as cells hold them, among them the kinds of underlines, for which the cells' own type has no place.

use ratatui::style::{Color as CellColor, Modifier, Style as CellStyle};

use crate::theme::{Color, Style, Underline};

/// The bits of a modifier that hold the kind of an underline; the library uses the lower nine of sixteen.
const KIND: Modifier = Modifier::from_bits_retain(0b111 << 12);

/// The bits that hold the number of a link.
const LINK: Modifier = Modifier::from_bits_retain(0b111 << 9);

/// So many links are told apart on one screen, numbered from 1.
pub const MOST_LINKS: usize = 7;

/// The number of the link that a cell with this modifier belongs to; 0 for none.
#[must_use]
pub const fn link(modifier: Modifier) -> u8 {
    ((modifier.bits() & LINK.bits()) >> 9) as u8
}

/// The same modifier with the number of another link, from 0 to [`MOST_LINKS`].
#[must_use]
pub const fn with_link(modifier: Modifier, number: u8) -> Modifier {
    let others = modifier.bits() & !LINK.bits();
    Modifier::from_bits_retain(others | ((number as u16) << 9) & LINK.bits())
}

/// The modifier bits of an underline: that there is one, and its kind.
const fn underline_bits(underline: Underline) -> Modifier {
    let kind: u16 = match underline {
        Underline::None => return Modifier::empty(),
        Underline::Single => 0,
        Underline::Double => 1,
        Underline::Curly => 2,
        Underline::Dotted => 3,
        Underline::Dashed => 4,
    };
    Modifier::from_bits_retain(Modifier::UNDERLINED.bits() | kind << 12)
}

/// How the text of a cell with this modifier is underlined.
#[must_use]
pub const fn underline(modifier: Modifier) -> Underline {
    if modifier.bits() & Modifier::UNDERLINED.bits() == 0 {
        return Underline::None;
    }
    match (modifier.bits() & KIND.bits()) >> 12 {
        1 => Underline::Double,
        2 => Underline::Curly,
        3 => Underline::Dotted,
        4 => Underline::Dashed,
        _ => Underline::Single,
    }
}

/// A style as cells take it: what it leaves open stays as it is in the cell.
#[must_use]
pub fn cell_style(style: Style) -> CellStyle {
    let mut on = Modifier::empty();
    let mut off = Modifier::empty();
    for (part, bit) in [
        (style.bold, Modifier::BOLD),
        (style.dim, Modifier::DIM),
        (style.italic, Modifier::ITALIC),
        (style.reverse, Modifier::REVERSED),
        (style.strike, Modifier::CROSSED_OUT),
    ] {
        match part {
            Some(true) => on.insert(bit),
            Some(false) => off.insert(bit),
            None => {}
        }
    }
    if let Some(kind) = style.underline {
        let bits = underline_bits(kind);
        let all = Modifier::UNDERLINED.bits() | KIND.bits();
        on.insert(bits);
        off.insert(Modifier::from_bits_retain(all & !bits.bits()));
    }
    CellStyle {
        fg: style.fg.map(cell_color),
        bg: style.bg.map(cell_color),
        add_modifier: on,
        sub_modifier: off,
        ..CellStyle::default()
    }
}

const fn cell_color(color: Color) -> CellColor {
    match color {
        Color::Default => CellColor::Reset,
        Color::Ansi(number) | Color::Indexed(number) => match number {
            0 => CellColor::Black,
            1 => CellColor::Red,
            2 => CellColor::Green,
            3 => CellColor::Yellow,
            4 => CellColor::Blue,
            5 => CellColor::Magenta,
            6 => CellColor::Cyan,
            7 => CellColor::Gray,
            8 => CellColor::DarkGray,
            9 => CellColor::LightRed,
            10 => CellColor::LightGreen,
            11 => CellColor::LightYellow,
            12 => CellColor::LightBlue,
            13 => CellColor::LightMagenta,
            14 => CellColor::LightCyan,
            15 => CellColor::White,
            other => CellColor::Indexed(other),
        },
        Color::Rgb(r, g, b) => CellColor::Rgb(r, g, b),
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Cell;

    use super::*;

    #[test]
    fn every_underline_is_kept_and_replaced() {
        for before in Underline::ALL {
            for after in Underline::ALL {
                let mut cell = Cell::default();
                for kind in [before, after] {
                    cell.set_style(cell_style(Style {
                        underline: Some(kind),
                        ..Style::default()
                    }));
                    assert_eq!(underline(cell.modifier), kind, "{before:?}, {after:?}");
                }
            }
        }
    }

    #[test]
    fn a_link_has_bits_of_its_own() {
        let all = Modifier::all() | underline_bits(Underline::Dashed);
        for number in 0..=7 {
            let linked = with_link(all, number);
            assert_eq!(
                (link(linked), underline(linked)),
                (number, Underline::Dashed)
            );
            assert_eq!(with_link(linked, 0), all);
        }
    }

    #[test]
    fn what_a_style_leaves_open_stays() {
        let mut cell = Cell::default();
        cell.set_style(cell_style(Style {
            fg: Some(Color::Rgb(1, 2, 3)),
            bold: Some(true),
            underline: Some(Underline::Curly),
            ..Style::default()
        }));
        cell.set_style(cell_style(Style {
            bg: Some(Color::Indexed(200)),
            bold: Some(false),
            reverse: Some(true),
            ..Style::default()
        }));
        assert_eq!(cell.fg, CellColor::Rgb(1, 2, 3));
        assert_eq!(cell.bg, CellColor::Indexed(200));
        assert!(!cell.modifier.contains(Modifier::BOLD));
        assert!(cell.modifier.contains(Modifier::REVERSED));
        assert_eq!(underline(cell.modifier), Underline::Curly);
    }
}
