//! Frames in, bytes out: what is sent, to the byte.

use kanbao::app::Area;
use kanbao::config;
use kanbao::layout::Painter;
use kanbao::runtime::{Features, Place, Screen, Underlines};
use kanbao::text::{Ambiguous, Profile, char_width};
use kanbao::theme::{Color, Style, Theme, Underline};

fn theme() -> Theme {
    config::layer(None).0.themes.get_or_first("dark").clone()
}

/// What a terminal of this name is sent.
fn features(term: &str) -> Features {
    Features::detect(Some(term))
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

/// A frame with these texts, a row each, of which the second and those behind it lead to addresses.
fn linked(frames: &mut Frames, texts: &[(&str, Option<&str>)]) -> String {
    let mut links: Vec<String> = Vec::new();
    for link in texts.iter().filter_map(|(_, link)| *link) {
        if !links.iter().any(|l| l == link) {
            links.push(link.to_owned());
        }
    }
    frames.screen.set_links(links.clone());
    readable(&frames.frame(|painter| {
        painter.fill(painter.area(), Style::default());
        for (y, (text, link)) in (0..).zip(texts) {
            let area = Area::new(0, y, 40, 1);
            let cells = painter.text(area, text, Style::default());
            let number = links.iter().position(|l| Some(l.as_str()) == *link);
            if let Some(number) = number {
                painter.link(area.columns(0, cells), u8::try_from(number + 1).unwrap());
            }
        }
    }))
}

#[test]
fn links_are_opened_and_closed_and_never_mean_two_things() {
    let features = Features {
        links: true,
        ..Features::default()
    };
    let mut frames = Frames::new(20, 3, features);
    let (a, b) = (Some("https://a.example/"), Some("https://b.example/"));
    let first = linked(&mut frames, &[("乌镇", None), ("a b", a), ("峰会", a)]);
    assert_eq!(
        first,
        "^[H^[m乌镇^[K\r\n^]8;id=k1;https://a.example/^\\a b^]8;;^\\^[K\r\n\
         ^]8;id=k1;https://a.example/^\\峰会^]8;;^\\^[K"
    );
    // Nothing changes, nothing is sent; another address behind the same text is.
    assert_eq!(
        linked(&mut frames, &[("乌镇", None), ("a b", a), ("峰会", a)]),
        ""
    );
    let second = linked(&mut frames, &[("乌镇", None), ("a b", a), ("峰会", b)]);
    assert_eq!(second, "\r^]8;id=k2;https://b.example/^\\峰会^]8;;^\\");
    // In another order the numbers stay, and so does what is on the screen.
    let third = linked(&mut frames, &[("乌镇", b), ("a b", a), ("峰会", b)]);
    assert_eq!(third, "^[H^]8;id=k2;https://b.example/^\\乌镇^]8;;^\\");
    // The same text without a link is no link any more.
    let last = linked(
        &mut frames,
        &[("乌镇", None), ("a b", None), ("峰会", None)],
    );
    assert_eq!(last, "\r乌镇\r\na b\r\n峰会");
    // A terminal that may not know them gets none.
    let mut frames = Frames::new(20, 3, Features::default());
    assert!(!linked(&mut frames, &[("乌镇", a)]).contains(']'));
}

#[test]
fn more_links_than_numbers_are_told_apart_from_frame_to_frame() {
    let features = Features {
        links: true,
        ..Features::default()
    };
    let mut frames = Frames::new(20, 9, features);
    for round in 0..5 {
        let addresses: Vec<String> = (0..7)
            .map(|n| format!("https://{round}.example/{n}"))
            .collect();
        let texts: Vec<(&str, Option<&str>)> =
            addresses.iter().map(|a| ("a", Some(&**a))).collect();
        let sent = linked(&mut frames, &texts);
        for address in &addresses {
            assert_eq!(
                sent.matches(&format!(";{address}^")).count(),
                1,
                "{round}: {sent}"
            );
        }
    }
}
