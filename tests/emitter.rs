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
use kanbao::text::{Ambiguous, Profile, char_width, is_ambiguous, is_trusted};
use kanbao::theme::{Color, Style, Theme, Underline};
use proptest::prelude::*;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color as CellColor, Modifier};

fn theme() -> Theme {
    config::layer(None).0.themes.get_or_first("dark").clone()
}

/// What a terminal of this name is sent.
fn features(term: &str) -> Features {
    Features::detect(Some(term))
}

/// The same, with all kinds of underlines.
fn with_underlines(term: &str) -> Features {
    Features {
        underlines: Underlines::Kinds,
        ..features(term)
    }
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
            buffer.reset();
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
        (&["乌镇", "ab"], "^[H^[m乌镇^[K\r\nab^[K"),
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
        (&["乌真‘a”b", "xbx"], "\r\nxbx"),
        (&["马真‘a”x", "xbx"], "^[H马^[8Gx"),
        (&["", "xbx"], "\r^[K"),
        // One move behind a run of marks; what a terminal that draws both wide has covered is written again.
        (&["“——abcd", "xbx"], "“——^[4Gabcd"),
        (&["“—……cd", "xbx"], "^[3G……^[5Gcd "),
    ];
    let mut frames = Frames::new(12, 2, Features::default());
    for (rows, want) in steps {
        assert_eq!(readable(&frames.frame(lines(rows))), *want, "{rows:?}");
    }
}

const NEWS: [&str; 10] = [
    "世界互联网大会",
    "乌镇峰会今天在浙江开幕",
    "来自各国的嘉宾",
    "“乌镇时间”——进入第十年",
    "渡口的船靠岸了",
    "暖气片热了",
    "今年的雪来得早",
    "新线路通车",
    "沿线居民出行更方便",
    "（记者高锐）",
];

#[test]
fn rows_that_moved_are_moved() {
    let text = |from: usize| -> Vec<String> {
        let row = |n: usize| NEWS[n].to_owned();
        let mut rows = vec!["乌镇".to_owned()];
        rows.extend((from..from + 6).map(row));
        rows.push(format!("{from}%"));
        rows
    };
    let new = NEWS[7];
    for (term, scroll) in [
        ("xterm", Some("^[2;7r\n^[M^[r")),
        ("screen", Some("^[2;7r\n^[M^[r")),
        ("vt100", None),
    ] {
        let mut frames = Frames::new(40, 8, features(term));
        let show = |frames: &mut Frames, from: usize| {
            let rows = text(from);
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            readable(&frames.frame(lines(&rows)))
        };
        show(&mut frames, 1);
        let sent = show(&mut frames, 2);
        match scroll {
            Some(scroll) => assert_eq!(sent, format!("{scroll}^[7H{new}\r\n2"), "{term}"),
            None => assert!(!sent.contains('r') && sent.len() > 2 * new.len(), "{sent}"),
        }
        let sent = show(&mut frames, 4);
        assert_eq!(sent.contains("^[2M"), scroll.is_some(), "{term}: {sent}");
        let sent = show(&mut frames, 3);
        assert_eq!(sent.contains("\n^[L"), scroll.is_some(), "{term}: {sent}");
    }
}

#[test]
fn blanks_of_a_ground_are_erased_where_that_leaves_it() {
    let blue = Style {
        bg: Some(Color::Indexed(20)),
        ..Style::default()
    };
    let paint = |painter: &mut Painter<'_>| {
        painter.fill(painter.area(), blue);
        painter.text(Area::new(14, 0, 4, 1), "乌镇", blue);
    };
    let fill = |painter: &mut Painter<'_>| painter.text(Area::new(0, 0, 30, 1), LONG, blue);
    let blanks = |n: usize| " ".repeat(n);
    for (term, want) in [
        (
            "xterm",
            [
                "^[H^[0;48;5;20m^[K^[15G乌镇".to_owned(),
                "\r^[14X^[15G乌镇^[K".to_owned(),
            ],
        ),
        (
            "screen",
            [
                format!("^[H^[0;48;5;20m{}乌镇{}", blanks(14), blanks(12)),
                format!("\r{}乌镇{}", blanks(14), blanks(12)),
            ],
        ),
    ] {
        let mut frames = Frames::new(30, 1, features(term));
        // Of a screen of which nothing is known; then over a text, and a blank is a blank in any colour.
        assert_eq!(readable(&frames.frame(paint)), want[0], "{term}");
        frames.frame(|painter| {
            fill(painter);
        });
        assert_eq!(readable(&frames.frame(paint)), want[1], "{term}");
    }
}

#[test]
fn no_half_of_a_wide_glyph_is_erased() {
    let mut frames = Frames::new(30, 1, features("xterm"));
    frames.frame(lines(&[LONG]));
    // What stood in columns 14 and 15 goes when its first half is written.
    let sent = readable(&frames.frame(lines(&["               乌镇会今天的"])));
    assert_eq!(sent, "\r^[14X^[15G 乌镇会今天的   ");
}

const LONG: &str = "世界互联网大会在浙江开幕今天的";

#[test]
fn large_frames_are_shown_at_once() {
    let mut frames = Frames::new(100, 20, features("xterm-kitty"));
    let rows = screenful("乌镇", 100, 20);
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let sent = readable(&frames.frame(lines(&rows)));
    assert!(sent.starts_with("^[?2026h^[H"), "{sent}");
    assert!(sent.ends_with("^[?2026l"), "{sent}");
    assert_eq!(sent.matches("2026").count(), 2);
    // Neither a small one nor none at all.
    for rows in [&["峰会"][..], &["峰会"]] {
        assert!(!frames.frame(lines(rows)).contains("2026"));
    }
    frames.screen.set_features(features("xterm"));
    assert!(!frames.frame(lines(&rows)).contains("2026"));
}

#[test]
fn no_move_follows_what_was_measured() {
    let mut frames = Frames::new(20, 1, Features::default());
    frames.profile = Profile::new(Ambiguous::One);
    let text = "“乌镇”——①峰会…";
    let before = readable(&frames.frame(lines(&[text])));
    assert_eq!(before, "^[H^[m“^[2G乌镇”——①^[10G峰会…^[15G^[K");
    frames.profile = frames.profile.as_measured();
    frames.screen.set_profile(frames.profile);
    let after = readable(&frames.frame(lines(&[text])));
    assert_eq!(after, "^[H^[m“乌镇”——①峰会…^[K");
    assert_eq!(frames.frame(lines(&[text])), "");
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
        let mut frames = Frames::new(
            8,
            1,
            Features {
                underlines,
                ..Features::default()
            },
        );
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
        let sent = Frames::new(160, 48, features("xterm-kitty"))
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
        (Some("xterm-256color"), Underlines::Plain),
        (None, Underlines::Plain),
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
