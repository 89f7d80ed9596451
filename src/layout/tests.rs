//! Tests of the painter.

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Painter, underline};
use crate::app::Area;
use crate::config;
use crate::text::{Ambiguous, Profile};
use crate::theme::{Color, Slot, Style, Theme, Underline};

fn theme() -> Theme {
    config::layer(None).0.themes.get_or_first("dark").clone()
}

fn blank(columns: u16, rows: u16) -> Buffer {
    Buffer::empty(Rect::new(0, 0, columns, rows))
}

/// The rows of a buffer; the second half of a wide glyph shows nothing.
fn rows(buffer: &Buffer) -> Vec<String> {
    let columns = usize::from(buffer.area.width);
    let row = |cells: &[ratatui::buffer::Cell]| cells.iter().map(|c| c.symbol()).collect();
    buffer.content.chunks(columns).map(row).collect()
}

/// Paints with plain styles on one row of so many columns.
fn painted(columns: u16, ambiguous: Ambiguous, paint: impl FnOnce(&mut Painter<'_>)) -> String {
    let mut buffer = blank(columns, 1);
    let theme = theme();
    paint(&mut Painter::new(
        &mut buffer,
        &theme,
        Profile::new(ambiguous),
    ));
    assert_whole(&buffer);
    rows(&buffer).remove(0)
}

/// No half of a wide glyph stands alone, and both halves look alike.
fn assert_whole(buffer: &Buffer) {
    let columns = usize::from(buffer.area.width);
    for row in buffer.content.chunks(columns) {
        assert!(!row[0].symbol().is_empty(), "{row:?}");
        for pair in row.windows(2).filter(|pair| pair[1].symbol().is_empty()) {
            assert!(!pair[0].symbol().is_empty() && pair[0].symbol() != " ");
            assert_eq!(pair[0].style(), pair[1].style());
        }
    }
}

const ROW: Area = Area::new(0, 0, 100, 1);

#[test]
fn text_is_cut_at_whole_glyphs() {
    for (text, columns, want) in [
        ("乌镇", 4, "乌镇"),
        ("乌镇", 3, "乌 "),
        ("乌镇", 1, " "),
        ("a乌", 2, "a "),
        ("ab", 1, "a"),
        ("a\u{1b}[2J\u{9b}", 9, "a␛[2J␦   "),
        ("一\t二\r\n三", 8, "一 二 三"),
        ("\u{200B}\u{FEFF}e\u{301}", 2, "e\u{301} "),
        ("\u{301}", 2, "◌\u{301} "),
    ] {
        let shown = painted(columns, Ambiguous::One, |p| {
            p.text(ROW, text, Style::default());
        });
        assert_eq!(shown, want, "{text:?} in {columns}");
    }
}

#[test]
fn long_text_ends_with_an_ellipsis() {
    for (text, columns, narrow, wide) in [
        ("乌镇峰会", 8, "乌镇峰会", "乌镇峰会"),
        ("乌镇峰会", 7, "乌镇峰…", "乌镇峰~"),
        ("乌镇峰会", 6, "乌镇… ", "乌镇~ "),
        ("世界互联网大会", 9, "世界互联…", "世界互..."),
        ("乌镇", 1, "…", "~"),
        ("乌镇", 2, "… ", "~ "),
        ("ab\u{200B}", 2, "ab", "ab"),
    ] {
        for (ambiguous, want) in [(Ambiguous::One, narrow), (Ambiguous::Two, wide)] {
            let shown = painted(columns, ambiguous, |p| {
                let area = Area::new(0, 0, columns, 1);
                let used = p.text_ellipsis(area, text, Style::default());
                assert!(used <= columns);
            });
            assert_eq!(shown, want, "{text} in {columns} at {ambiguous:?}");
        }
    }
}

#[test]
fn painting_over_a_half_blanks_the_other() {
    let over = |x: u16, text: &str| {
        painted(6, Ambiguous::One, |p| {
            p.text(ROW, "乌镇峰", Style::default());
            p.text(Area::new(x, 0, 9, 1), text, Style::default());
        })
    };
    assert_eq!(over(0, "a"), "a 镇峰");
    assert_eq!(over(1, "a"), " a镇峰");
    assert_eq!(over(1, "会"), " 会 峰");
    assert_eq!(over(2, "会"), "乌会峰");
    assert_eq!(over(3, "ab"), "乌 ab ");
    let filled = painted(6, Ambiguous::One, |p| {
        p.text(ROW, "乌镇峰", Style::default());
        p.fill(Area::new(1, 0, 2, 1), Style::default());
    });
    assert_eq!(filled, "    峰");
}

#[test]
fn a_style_covers_both_halves() {
    let mut buffer = blank(6, 1);
    let theme = theme();
    let mut painter = Painter::new(&mut buffer, &theme, Profile::default());
    painter.text(ROW, "乌镇峰", Style::default());
    let style = Style {
        underline: Some(Underline::Dotted),
        ..Style::default()
    };
    painter.restyle(Area::new(1, 0, 2, 1), style);
    assert_whole(&buffer);
    let lines: Vec<_> = buffer
        .content
        .iter()
        .map(|c| underline(c.modifier) == Underline::Dotted)
        .collect();
    assert_eq!(lines, [true, true, true, true, false, false]);
}

#[test]
fn the_ground_shows_through() {
    let mut buffer = blank(4, 1);
    let theme = theme();
    let mut painter = Painter::new(&mut buffer, &theme, Profile::default());
    let red = Style {
        bg: Some(Color::Ansi(1)),
        ..Style::default()
    };
    painter.fill(Area::new(0, 0, 3, 1), red);
    painter.text(ROW, "a镇", Style::default());
    let grounds: Vec<_> = buffer.content.iter().map(|c| c.bg).collect();
    assert_eq!(grounds[..3], [ratatui::style::Color::Red; 3]);
    assert_eq!(grounds[3], ratatui::style::Color::Reset);
}

#[test]
fn borders_follow_the_profile() {
    for (ambiguous, want) in [
        (Ambiguous::One, ["┌──┐", "│  │", "└──┘"]),
        (Ambiguous::Two, ["+--+", "|  |", "+--+"]),
    ] {
        let mut buffer = blank(4, 3);
        let theme = theme();
        let mut painter = Painter::new(&mut buffer, &theme, Profile::new(ambiguous));
        painter.frame(painter.area(), painter.style(Slot::Border));
        assert_eq!(rows(&buffer), want);
    }
}

proptest! {
    /// Whatever is painted wherever: no panic, and no half of a glyph.
    #[test]
    fn no_half_glyph_is_ever_left(
        columns in 1u16..12,
        strokes in prop::collection::vec(
            (0u8..7, 0u16..14, 0u16..4, 0u16..14, 0u16..4, "[a乌“👍\u{301}\t\u{1b}é👨\u{200D}]{0,8}", any::<bool>()),
            0..12,
        ),
    ) {
        let theme = theme();
        let mut buffer = blank(columns, 2);
        let profile = |wide| Profile::new(if wide { Ambiguous::Two } else { Ambiguous::One });
        for (what, x, y, width, height, text, wide) in strokes {
            let mut painter = Painter::new(&mut buffer, &theme, profile(wide));
            let area = Area::new(x, y, width, height);
            let style = painter.style(if wide { Slot::Hit } else { Slot::MentionPerson });
            match what {
                0 => painter.fill(area, style),
                1 => prop_assert!(painter.text(area, &text, style) <= width),
                2 => prop_assert!(painter.text_ellipsis(area, &text, style) <= width),
                3 => painter.restyle(area, style),
                4 => painter.vertical(x, y, height, style),
                5 => painter.frame(area, style),
                _ => painter.horizontal(u16::MAX - x, y, u16::MAX, style),
            }
        }
        assert_whole(&buffer);
    }
}
