//! Frames in, bytes out: what is sent, how much, and that a terminal shows what was painted.

#![allow(clippy::unwrap_used)]

use alacritty_terminal::event::VoidListener;
use alacritty_terminal::grid::Dimensions;
use alacritty_terminal::index::{Column, Line};
use alacritty_terminal::term::cell::{Cell as Shown, Flags};
use alacritty_terminal::term::{Config, Term};
use alacritty_terminal::vte::ansi::{Color as Seen, NamedColor, Processor};
use kanbao::app::Area;
use kanbao::config;
use kanbao::layout::{Painter, underline};
use kanbao::runtime::{Features, Place, Screen, Underlines};
use kanbao::text::{Ambiguous, Profile, char_width, is_trusted};
use kanbao::theme::{Color, Style, Theme, Underline};
use proptest::prelude::*;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color as CellColor, Modifier};

fn theme() -> Theme {
    config::layer(None).0.themes.get_or_first("dark").clone()
}

/// Frames of one screen, and the bytes of the last.
struct Frames {
    screen: Screen,
    theme: Theme,
    profile: Profile,
}

impl Frames {
    fn new(columns: u16, rows: u16, features: Features) -> Self {
        Self {
            screen: Screen::new(columns, rows, features),
            theme: theme(),
            profile: Profile::default(),
        }
    }

    /// Paints a frame; the bytes that are sent for it.
    fn frame(&mut self, paint: impl FnOnce(&mut Painter<'_>)) -> String {
        self.frame_at(None, paint)
    }

    fn frame_at(&mut self, cursor: Option<Place>, paint: impl FnOnce(&mut Painter<'_>)) -> String {
        let mut out = Vec::new();
        let count = self.screen.draw(&mut out, |buffer| {
            paint(&mut Painter::new(buffer, &self.theme, self.profile));
            cursor
        });
        assert_eq!(count.unwrap(), out.len());
        String::from_utf8(out).unwrap()
    }
}

/// Paints plain rows from the top.
fn lines(rows: &[&str]) -> impl FnOnce(&mut Painter<'_>) {
    let rows: Vec<String> = rows.iter().map(|row| (*row).to_owned()).collect();
    move |painter| {
        for (y, row) in (0..).zip(&rows) {
            painter.text(Area::new(0, y, 500, 1), row, Style::default());
        }
    }
}

/// Sequences with `^` for ESC, so that they can be read.
fn readable(bytes: &str) -> String {
    bytes.replace('\u{1b}', "^")
}

#[test]
fn plain_frames_cost_little_more_than_their_text() {
    let steps: &[(&[&str], &str)] = &[
        (&["乌镇", "ab"], "^[H^[m乌镇^[K^[2Hab^[K"),
        (&["乌镇", "ab"], ""),
        // One Han of a line: its column, the text.
        (&["乌真", "ab"], "^[1;3H真"),
        // A wide glyph gives way to narrow ones and comes back.
        (&["xy真", "ab"], "\rxy"),
        (&["乌真", "ab"], "\r乌"),
        (&["乌真“a”b", "ab"], "^[5G“^[6Ga”^[8Gb"),
        // Behind a changed quote, what follows is written again: a terminal that draws it wide has covered it.
        (&["乌真‘a”b", "ab"], "^[5G‘^[6Ga"),
        // What lies between is written again where that is shorter than a move.
        (&["乌真‘a”b", "xbx"], "^[2Hxbx"),
        (&["马真‘a”x", "xbx"], "^[H马^[8Gx"),
        (&["", "xbx"], "\r^[K"),
    ];
    let mut frames = Frames::new(12, 2, Features::default());
    for (rows, want) in steps {
        assert_eq!(readable(&frames.frame(lines(rows))), *want, "{rows:?}");
    }
}

#[test]
fn wide_glyphs_that_terminals_disagree_about_stand_on_blanks() {
    let mut frames = Frames::new(7, 1, Features::default());
    assert_eq!(
        readable(&frames.frame(lines(&["a👍b乌x"]))),
        "^[H^[ma  ^[2D👍^[4Gb乌x"
    );
    // In the last column a glyph may be refused, so a blank is there first.
    let mut frames = Frames::new(3, 1, Features::default());
    assert_eq!(readable(&frames.frame(lines(&["ab”"]))), "^[H^[mab ^[3G”");
    let mut frames = Frames::new(3, 1, Features::default());
    assert_eq!(readable(&frames.frame(lines(&["a👍"]))), "^[H^[ma  ^[2G👍");
    let mut frames = Frames::new(4, 1, Features::default());
    frames.profile = Profile::new(Ambiguous::Two);
    assert_eq!(
        readable(&frames.frame(lines(&["“镇"]))),
        "^[H^[m  ^[2D“^[3G镇"
    );
}

#[test]
fn styles_are_sent_as_differences() {
    let bold = Style {
        bold: Some(true),
        ..Style::default()
    };
    let wave = Style {
        underline: Some(Underline::Curly),
        fg: Some(Color::Rgb(1, 2, 3)),
        ..bold
    };
    let ground = Style {
        bg: Some(Color::Indexed(200)),
        fg: Some(Color::Ansi(9)),
        ..Style::default()
    };
    for (underlines, curl) in [(Underlines::Plain, "4"), (Underlines::Kinds, "4:3")] {
        let mut frames = Frames::new(8, 1, Features { underlines, ..Features::default() });
        let sent = frames.frame(|painter| {
            for (x, style) in [(0, bold), (2, wave), (4, bold), (6, ground)] {
                painter.text(Area::new(x, 0, 2, 1), "镇", style);
            }
        });
        assert_eq!(
            readable(&sent),
            format!("^[H^[0;1m镇^[{curl};38;2;1;2;3m镇^[0;1m镇^[0;91;48;5;200m镇")
        );
        // The pen stays as it was across frames.
        let sent = frames.frame(|painter| {
            for (x, style) in [(0, bold), (2, wave), (4, bold), (6, ground)] {
                let text = if x == 6 { "峰" } else { "镇" };
                painter.text(Area::new(x, 0, 2, 1), text, style);
            }
        });
        assert_eq!(readable(&sent), "^[7G峰");
    }
}

#[test]
fn the_cursor_is_shown_where_text_is_typed() {
    let mut frames = Frames::new(9, 1, Features::default());
    assert_eq!(
        readable(&frames.frame_at(Some((2, 0)), lines(&["/a"]))),
        "^[H^[m/a^[K^[?25h"
    );
    assert_eq!(frames.frame_at(Some((2, 0)), lines(&["/a"])), "");
    assert_eq!(
        readable(&frames.frame_at(Some((4, 0)), lines(&["/a乌"]))),
        "^[?25l乌^[?25h"
    );
    assert_eq!(
        readable(&frames.frame_at(Some((1, 0)), lines(&["/a乌"]))),
        "^[2G"
    );
    assert_eq!(readable(&frames.frame_at(None, lines(&["/a乌"]))), "^[?25l");
}

#[test]
fn a_failed_write_is_not_believed() {
    struct Broken;
    impl std::io::Write for Broken {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut frames = Frames::new(4, 1, Features::default());
    let first = frames.frame(lines(&["乌镇"]));
    let failed = frames.screen.draw(&mut Broken, |buffer| {
        Painter::new(buffer, &frames.theme, frames.profile).text(
            Area::new(0, 0, 4, 1),
            "峰会",
            Style::default(),
        );
        None
    });
    assert!(failed.is_err());
    assert_eq!(frames.frame(lines(&["乌镇"])), first);
}

/// The text of a screen of so many cells, cut from the given, over and over.
fn screenful(text: &str, columns: u16, rows: u16) -> Vec<String> {
    let mut chars = text.chars().cycle();
    (0..rows)
        .map(|_| {
            let mut row = String::new();
            let mut cells = 0;
            while cells + 1 < columns {
                let c = chars.next().unwrap();
                cells += char_width(c, &Profile::default());
                row.push(c);
            }
            row
        })
        .collect()
}

#[test]
fn a_full_screen_of_chinese_stays_near_its_text() {
    let news = "“今天的乌镇”——11月8日，2023年世界互联网大会乌镇峰会在浙江开幕：来自126个国家和地区的嘉宾……";
    for (what, text, most) in [
        ("Han", "世界互联网大会乌镇峰会开幕", 1.15),
        ("news", news, 1.27),
    ] {
        let rows = screenful(text, 160, 48);
        let size: usize = rows.iter().map(String::len).sum();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let sent = Frames::new(160, 48, xterm())
            .frame(lines(&rows))
            .len();
        #[expect(clippy::cast_precision_loss, reason = "some thousands")]
        let ratio = sent as f64 / size as f64;
        println!("{what}: {sent} bytes for {size} of text, {ratio:.3}");
        assert!(ratio <= most, "{what}: {sent} bytes for {size} of text");
    }
}

#[test]
fn underlines_follow_the_terminals_name() {
    for (term, want) in [
        (Some("xterm-kitty"), Underlines::Kinds),
        (Some("tmux-256color"), Underlines::Kinds),
        (Some("xterm-256color"), Features::default()),
        (None, Features::default()),
    ] {
        assert_eq!(Features::detect(term).underlines, want, "{term:?}");
    }
}

struct Size(u16, u16);

impl Dimensions for Size {
    fn total_lines(&self) -> usize {
        self.screen_lines()
    }
    fn screen_lines(&self) -> usize {
        self.1.into()
    }
    fn columns(&self) -> usize {
        self.0.into()
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
    let symbol = match (second, drawn_wide) {
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
    let stroke = (0u16..20, 0u16..4, 0u16..20, 0u16..4, text, styles()).prop_map(
        |(x, y, width, height, text, style)| Stroke {
            area: Area::new(x, y, width, height),
            text,
            style,
        },
    );
    prop::collection::vec(stroke, 0..7)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Whatever frames follow one another, the terminal shows the last one, cell by cell; also one that draws narrow
    /// what we believe to be wide.
    #[test]
    fn a_terminal_shows_what_was_painted(
        columns in 1u16..20,
        rows in 1u16..4,
        wide in any::<bool>(),
        frames in prop::collection::vec((strokes(), any::<bool>(), prop::option::of((0u16..20, 0u16..4))), 1..5),
    ) {
        let profile = Profile::new(if wide { Ambiguous::Two } else { Ambiguous::One });
        let theme = theme();
        let mut term = Term::new(Config::default(), &Size(columns, rows), VoidListener);
        let mut parser: Processor = Processor::new();
        parser.advance(&mut term, "\u{1b}[?7l乌乌乌乌\u{1b}[7m".as_bytes());
        let mut screen = Screen::new(columns, rows, features);
        for (strokes, forget, cursor) in frames {
            if forget {
                screen.invalidate();
            }
            let mut target = None;
            let cursor = cursor.map(|(x, y)| (x.min(columns - 1), y.min(rows - 1)));
            let mut sent = Vec::new();
            screen.draw(&mut sent, |buffer| {
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
            let target = target.unwrap();
            for y in 0..rows {
                for x in 0..columns {
                    let shown = &term.grid()[Line(i32::from(y))][Column(x.into())];
                    prop_assert_eq!(
                        seen(shown),
                        wanted(&target, x, y),
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
