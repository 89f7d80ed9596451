//! Whatever frames follow one another, an emulator shows the last one; also one that draws ambiguous characters wide.

use crate::pty::size::Size;
use alacritty_terminal::event::VoidListener;
use alacritty_terminal::index::{Column, Line};
use alacritty_terminal::term::cell::{Cell as Shown, Flags};
use alacritty_terminal::term::{Config, Term};
use alacritty_terminal::vte::ansi::{Color as Seen, NamedColor, Processor};
use kanbao::app::Area;
use kanbao::config;
use kanbao::layout::{Painter, underline};
use kanbao::runtime::{Features, Screen, Underlines};
use kanbao::text::{Ambiguous, Profile, char_width, is_ambiguous, is_trusted};
use kanbao::theme::{Color, Style, Theme, Underline};
use proptest::prelude::*;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color as CellColor, Modifier};

fn theme() -> Theme {
    config::layer(None).0.themes.get_or_first("dark").clone()
}

/// What a terminal of this name is sent, with all kinds of underlines.
fn with_underlines(term: &str) -> Features {
    Features {
        underlines: Underlines::Kinds,
        ..Features::detect(Some(term))
    }
}

/// What a terminal that draws ambiguous characters narrow is to show for a cell: the symbol, and the style as far
/// as it can be seen.
fn wanted(buffer: &Buffer, x: u16, y: u16) -> (String, String) {
    let cell = &buffer[(x, y)];
    let (cell, second) = match cell.symbol() {
        "" => (&buffer[(x - 1, y)], true),
        _ => (cell, false),
    };
    let first = cell.symbol().chars().next().unwrap();
    let drawn_wide = is_trusted(first) || char_width(first, &Profile::default()) == 2;
    let mark = cell
        .symbol()
        .strip_prefix(first)
        .filter(|rest| rest.starts_with(['ﾞ', 'ﾟ']));
    let symbol = match (second, drawn_wide) {
        // A half-width kana and its mark are sent as one, and each has its cell there.
        (false, _) if mark.is_some() => first.to_string(),
        (true, _) if mark.is_some() => mark.unwrap_or_default().to_owned(),
        (false, _) => cell.symbol().to_owned(),
        (true, true) => String::new(),
        (true, false) => " ".to_owned(),
    };
    (symbol.clone(), look(&symbol, cell))
}

fn look(symbol: &str, cell: &Cell) -> String {
    let has = |modifier| cell.modifier.contains(modifier);
    let number = |color| match color {
        CellColor::Reset => "default".to_owned(),
        CellColor::Red => "1".to_owned(),
        CellColor::LightCyan => "14".to_owned(),
        CellColor::Indexed(n) => n.to_string(),
        CellColor::Rgb(r, g, b) => format!("{r},{g},{b}"),
        other => panic!("{other:?} is not in the test"),
    };
    seen_style(
        symbol,
        number(cell.fg),
        number(cell.bg),
        [
            has(Modifier::BOLD),
            has(Modifier::DIM),
            has(Modifier::ITALIC),
            has(Modifier::REVERSED),
            has(Modifier::CROSSED_OUT),
        ],
        underline(cell.modifier),
    )
}

fn seen(cell: &Shown) -> (String, String) {
    let mut symbol: String = if cell.flags.contains(Flags::WIDE_CHAR_SPACER) {
        String::new()
    } else {
        cell.c.to_string()
    };
    symbol.extend(cell.zerowidth().into_iter().flatten());
    let number = |color| match color {
        Seen::Named(NamedColor::Foreground | NamedColor::Background) => "default".to_owned(),
        Seen::Named(name) => (name as usize).to_string(),
        Seen::Indexed(n) => n.to_string(),
        Seen::Spec(rgb) => format!("{},{},{}", rgb.r, rgb.g, rgb.b),
    };
    let has = |flags| cell.flags.contains(flags);
    let kinds = [
        (Flags::UNDERLINE, Underline::Single),
        (Flags::DOUBLE_UNDERLINE, Underline::Double),
        (Flags::UNDERCURL, Underline::Curly),
        (Flags::DOTTED_UNDERLINE, Underline::Dotted),
        (Flags::DASHED_UNDERLINE, Underline::Dashed),
    ];
    let line = kinds.into_iter().find(|(flag, _)| has(*flag));
    let style = seen_style(
        &symbol,
        number(cell.fg),
        number(cell.bg),
        [
            has(Flags::BOLD),
            has(Flags::DIM),
            has(Flags::ITALIC),
            has(Flags::INVERSE),
            has(Flags::STRIKEOUT),
        ],
        line.map_or(Underline::None, |(_, kind)| kind),
    );
    (symbol, style)
}

/// A style in words; of a blank without lines only the ground can be seen.
fn seen_style(
    symbol: &str,
    fg: String,
    bg: String,
    [bold, dim, italic, reverse, strike]: [bool; 5],
    line: Underline,
) -> String {
    if symbol == " " && !reverse && !strike && line == Underline::None {
        return format!("on {bg}");
    }
    format!("{fg} on {bg} {bold} {dim} {italic} {reverse} {strike} {line:?}")
}

#[derive(Debug, Clone)]
struct Stroke {
    area: Area,
    text: Option<String>,
    style: Style,
}

fn styles() -> impl Strategy<Value = Style> {
    let color = prop::option::of(prop::sample::select(vec![
        Color::Default,
        Color::Ansi(1),
        Color::Ansi(14),
        Color::Indexed(77),
        Color::Rgb(9, 99, 199),
    ]));
    let flag = || prop::option::weighted(0.3, any::<bool>());
    let line = prop::option::weighted(0.3, prop::sample::select(Underline::ALL.to_vec()));
    (
        color.clone(),
        color,
        flag(),
        flag(),
        flag(),
        flag(),
        flag(),
        line,
    )
        .prop_map(
            |(fg, bg, bold, dim, italic, reverse, strike, underline)| Style {
                fg,
                bg,
                bold,
                dim,
                italic,
                reverse,
                strike,
                underline,
            },
        )
}

fn strokes() -> impl Strategy<Value = Vec<Stroke>> {
    let text = prop::option::weighted(0.8, "[ab 乌镇会，“”—…·👍é한𠀀ｶﾞ\u{301}\u{3099}\u{1b}]{0,12}");
    let stroke = (0u16..20, 0u16..9, 0u16..20, 0u16..4, text, styles()).prop_map(
        |(x, y, width, height, text, style)| Stroke {
            area: Area::new(x, y, width, height),
            text,
            style,
        },
    );
    prop::collection::vec(stroke, 0..7)
}

/// How far what was painted before is moved, up or down, before more is painted; else it is gone.
fn moves() -> impl Strategy<Value = Option<i32>> {
    prop::option::of(-4i32..4)
}

fn move_rows(before: &Buffer, moved: i32, into: &mut Buffer) {
    let columns = usize::from(before.area.width);
    let rows = before.content.chunks(columns);
    for (y, row) in (moved..).zip(rows) {
        let place = usize::try_from(y).map(|y| y * columns..(y + 1) * columns);
        if let Some(cells) = place.ok().and_then(|place| into.content.get_mut(place)) {
            cells.clone_from_slice(row);
        }
    }
}

/// Something on the screen before, and a pen; lines do not wrap.
const STALE: &str = "\u{1b}[?7l乌乌乌乌\u{1b}[7m";

/// A terminal that draws ambiguous characters two cells wide: it is shown wide ones in their place.
struct Other {
    term: Term<VoidListener>,
    parser: Processor,
}

impl Other {
    fn new(columns: u16, rows: u16) -> Self {
        let mut other = Self {
            term: Term::new(Config::default(), &Size(columns, rows), VoidListener),
            parser: Processor::new(),
        };
        other.show(STALE.as_bytes());
        other
    }

    fn show(&mut self, sent: &[u8]) {
        let wide: String = std::str::from_utf8(sent)
            .unwrap()
            .chars()
            .map(|c| {
                let is_wide = is_ambiguous(c) && char_width(c, &Profile::default()) == 1;
                if is_wide { '龘' } else { c }
            })
            .collect();
        self.parser.advance(&mut self.term, wide.as_bytes());
    }

    /// The first cell of which all terminals agree what it is to show, and which shows something else.
    fn misplaced(&self, target: &Buffer) -> Option<(u16, u16)> {
        let area = target.area;
        let all = (0..area.height).flat_map(|y| (0..area.width).map(move |x| (x, y)));
        all.into_iter().find(|(x, y)| {
            let symbol = target[(*x, *y)].symbol();
            let mut chars = symbol.chars();
            let agreed = chars.next().is_some_and(is_trusted) && chars.next().is_none();
            let shown = &self.term.grid()[Line(i32::from(*y))][Column((*x).into())];
            agreed && seen(shown) != wanted(target, *x, *y)
        })
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Whatever frames follow one another, the terminal shows the last one, cell by cell; also one that draws narrow
    /// what we believe to be wide.
    #[test]
    fn a_terminal_shows_what_was_painted(
        columns in 1u16..20,
        rows in 1u16..9,
        wide in any::<bool>(),
        measured in any::<bool>(),
        features in prop::sample::select(vec!["xterm-kitty", "screen", "vt100"]).prop_map(with_underlines),
        frames in prop::collection::vec((strokes(), moves(), any::<bool>(), prop::option::of((0u16..20, 0u16..9))), 1..5),
    ) {
        let profile = if measured {
            // It draws them narrow.
            Profile::new(Ambiguous::One).as_measured()
        } else {
            Profile::new(if wide { Ambiguous::Two } else { Ambiguous::One })
        };
        let theme = theme();
        let mut term = Term::new(Config::default(), &Size(columns, rows), VoidListener);
        let mut parser: Processor = Processor::new();
        parser.advance(&mut term, STALE.as_bytes());
        let mut other = Other::new(columns, rows);
        let mut screen = Screen::new(columns, rows, features);
        screen.set_profile(profile);
        let mut target: Option<Buffer> = None;
        for (strokes, moved, forget, cursor) in frames {
            if forget {
                screen.invalidate();
            }
            let before = target.take();
            let cursor = cursor.map(|(x, y)| (x.min(columns - 1), y.min(rows - 1)));
            let mut sent = Vec::new();
            screen.draw(&mut sent, |buffer| {
                buffer.reset();
                if let Some((before, moved)) = before.zip(moved) {
                    move_rows(&before, moved, buffer);
                }
                let mut painter = Painter::new(buffer, &theme, profile);
                for stroke in &strokes {
                    match &stroke.text {
                        Some(text) => {
                            painter.text(stroke.area, text, stroke.style);
                        }
                        None => painter.fill(stroke.area, stroke.style),
                    }
                }
                target = Some(buffer.clone());
                cursor
            }).unwrap();
            parser.advance(&mut term, &sent);
            let target = target.as_ref().unwrap();
            if !measured {
                other.show(&sent);
                prop_assert_eq!(other.misplaced(target), None, "sent {:?}", String::from_utf8_lossy(&sent));
            }
            for y in 0..rows {
                for x in 0..columns {
                    let shown = &term.grid()[Line(i32::from(y))][Column(x.into())];
                    prop_assert_eq!(
                        seen(shown),
                        wanted(target, x, y),
                        "column {} of row {}, sent {:?}", x, y, String::from_utf8_lossy(&sent)
                    );
                }
            }
            if let Some((x, y)) = cursor {
                let point = term.grid().cursor.point;
                prop_assert_eq!((point.column.0, point.line.0), (x.into(), i32::from(y)));
            }
        }
    }
}
