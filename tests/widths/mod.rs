//! Widths on terminals that differ: what was measured is what they draw, and borders stay straight on all of them.

mod emulators;

use crate::reader::{Choice, Reader};
use emulators::Emulator;
use kanbao::app::{Area, Message};
use kanbao::config;
use kanbao::layout::{Marks, Painter};
use kanbao::library::Library;
use kanbao::runtime::{Features, Screen};
use kanbao::text::{Ambiguous, Profile, Trait, graphemes, str_width, units};
use kanbao::theme::Style;

/// What terminals draw differently, or might. The table is that of `docs/decisions.md`, 0053.
const CASES: [&str; 26] = [
    "“乌镇”‘a’",
    "——……",
    "李·某",
    "①⑳",
    "αβ",
    "Жд",
    "āǎ",
    "─│█",
    "☆→℃",
    "\u{E000}",
    "❤\u{FE0F}",
    "1\u{FE0F}\u{20E3}",
    "👍🏽",
    "👨\u{200D}👩\u{200D}👧",
    "🏳\u{FE0F}\u{200D}🌈",
    "\u{1F1E8}\u{1F1F3}",
    "\u{1F1E8}a",
    "か\u{3099}は\u{309A}",
    "ｶﾞ",
    "\u{1112}\u{1161}\u{11AB}",
    "\u{1113}\u{1161}",
    "䷀☰",
    "\u{31350}\u{20000}",
    "葛\u{E0100}e\u{301}",
    "a\u{AD}b\u{200B}c\u{202E}d",
    "\u{301}a",
];

/// Behind everything.
const BORDER: u16 = 20;

#[test]
fn the_measured_width_of_every_hard_case_is_the_drawn_one() {
    for (name, mut emulator) in Emulator::all(40, 4) {
        let profile = emulator.profile();
        for case in CASES {
            for g in graphemes(case) {
                // One by one: the second emulator draws “” as two cells, not four, when ambiguous characters are wide.
                let sent: String = units(g.text, &profile).iter().map(|u| &*u.symbol).collect();
                emulator.send(format!("\r\x1b[K{sent}"));
                let want = usize::from(str_width(g.text, &profile));
                assert_eq!(emulator.column(), want, "{:?} on {name}", g.text);
            }
        }
    }
}

#[test]
fn profiles_differ_where_terminals_do() {
    let [alacritty, narrow, wide] = Emulator::all(80, 24).map(|(_, mut e)| e.profile());
    let trigrams = Profile::default().with(Trait::WideTrigrams, true);
    assert_eq!(alacritty.unmeasured(), trigrams);
    assert_ne!(narrow.unmeasured(), Profile::default());
    // Private use has a width of its own there.
    for class in Trait::AMBIGUOUS
        .iter()
        .filter(|c| **c != Trait::WidePrivate)
    {
        assert!(wide.has(*class) && !narrow.has(*class), "{class:?}");
        assert!(wide.is_measured(*class) && narrow.is_measured(*class));
    }
}

#[test]
fn a_border_behind_every_hard_case_is_straight_whatever_is_known() {
    let theme = config::layer(None).0.themes.get_or_first("dark").clone();
    let rows = u16::try_from(CASES.len()).unwrap();
    for (name, mut emulator) in Emulator::all(40, rows) {
        let measured = emulator.profile();
        let plain = Profile::default();
        for (known, profile) in [
            ("as measured", measured),
            ("not known", plain),
            ("said to be narrow", plain.with_ambiguous(Ambiguous::One)),
            ("said to be wide", plain.with_ambiguous(Ambiguous::Two)),
        ] {
            // A border itself cannot be straight where box drawing is wider than it is thought to be.
            let profile = profile.with(Trait::WideLines, measured.has(Trait::WideLines));
            let mut screen = Screen::new(40, rows, Features::default());
            let border = Marks::of(&profile).lines.vertical;
            let mut out = Vec::new();
            screen
                .draw(&mut out, |buffer| {
                    let mut painter = Painter::new(buffer, &theme, profile);
                    for (y, case) in (0..).zip(CASES) {
                        painter.text(Area::new(0, y, BORDER, 1), case, Style::default());
                    }
                    painter.vertical(BORDER, 0, rows, Style::default());
                    None
                })
                .unwrap();
            emulator.send("\x1b[H\x1b[2J\x1b[?7l");
            emulator.send(&out);
            for (y, case) in (0..).zip(CASES) {
                assert_eq!(
                    emulator.cell(BORDER, y),
                    border,
                    "behind {case:?} on {name}, {known}"
                );
                for x in BORDER + 1..40 {
                    let cell = emulator.cell(x, y);
                    assert!(
                        cell.trim().is_empty(),
                        "{cell:?} behind {case:?} on {name}, {known}"
                    );
                }
            }
        }
    }
}

#[test]
fn borders_of_every_bundled_article_are_straight_at_both_widths() {
    let pages = straight(&Library::bundled, usize::MAX);
    assert!(pages > 14 * 4, "{pages} pages");
}

/// `KANBAO_NEWS=FOLDER cargo test --test all widths -- --ignored --nocapture` looks at the first pages of all articles there.
#[test]
#[ignore = "for a folder of one's own"]
fn borders_of_a_folder_are_straight_at_both_widths() {
    let folder = std::env::var_os("KANBAO_NEWS").expect("KANBAO_NEWS names a folder");
    let open = || {
        Library::open(
            &[folder.clone().into()],
            &kanbao::library::Asked::reading(None),
        )
        .0
    };
    println!("{} pages", straight(&open, 3));
}

/// Looks at so many pages of every article, in two sizes of windows, on terminals of either width; returns how many.
fn straight(open: &dyn Fn() -> Library, most: usize) -> usize {
    let mut pages = 0;
    for (columns, rows) in [(80, 24), (160, 48)] {
        for wide in [false, true] {
            let mut emulator = Emulator::wezterm(columns, rows, wide);
            let profile = emulator.profile();
            let mut reader = Reader::start(open(), columns, rows, &Choice::default());
            reader.send(Message::Profile(profile));
            let articles = reader.app.list().len();
            let mut screen = Screen::new(columns, rows, Features::default());
            screen.set_profile(profile);
            emulator.send("\x1b[?7l");
            for _ in 0..articles {
                for _ in 0..most {
                    let before = reader.buffer();
                    let mut out = Vec::new();
                    screen
                        .draw(&mut out, |buffer| {
                            *buffer = before.clone();
                            None
                        })
                        .unwrap();
                    emulator.send(&out);
                    assert_straight(&reader, &emulator, &profile);
                    pages += 1;
                    reader.press("<Space>");
                    if reader.buffer() == before {
                        break;
                    }
                }
                reader.press("J");
            }
        }
    }
    pages
}

/// Every border that was painted is shown in its cell.
fn assert_straight(reader: &Reader, emulator: &Emulator, profile: &Profile) {
    let border = Marks::of(profile).lines.vertical;
    let buffer = reader.buffer();
    let mut borders = 0;
    for y in 0..buffer.area.height {
        for x in 0..buffer.area.width {
            if buffer[(x, y)].symbol() == border {
                borders += 1;
                let shown = emulator.cell(x, y);
                assert_eq!(
                    shown,
                    border,
                    "column {x} of row {y}: {:?}",
                    reader.rows()[usize::from(y)]
                );
            }
        }
    }
    assert!(
        borders >= usize::from(buffer.area.height) / 2,
        "{borders} borders"
    );
}
