//! Rows that look as they did are not painted again, and nobody can tell.

use crate::reader::{Choice, Reader};
use kanbao::app::Message;
use kanbao::layout::{self, Canvas, Picture};
use kanbao::library::Library;
use kanbao::runtime::{Features, Screen};
use kanbao::text::{Ambiguous, Profile};
use kanbao::theme::{Depth, Ground};
use proptest::prelude::*;

const BODY_ALONE: &str = "[panes]\nlist = false\nsidebar = false\n";

/// A reader on two screens: one keeps rows, the other has each frame painted from nothing.
struct Twice {
    reader: Reader,
    keeping: Screen,
    painting: Screen,
    size: (u16, u16),
    depth: Depth,
}

impl Twice {
    fn new(library: Library, config: &str, size: (u16, u16)) -> Self {
        let screen = || Screen::new(size.0, size.1, Features::detect(Some("xterm-kitty")));
        Self {
            reader: Reader::start(library, size.0, size.1, &Choice::of(config)),
            keeping: screen(),
            painting: screen(),
            size,
            depth: Depth::True,
        }
    }

    fn resize(&mut self, columns: u16, rows: u16) {
        self.size = (columns, rows);
        for screen in [&mut self.keeping, &mut self.painting] {
            screen.resize(columns, rows);
        }
        self.reader.resize(columns, rows);
    }

    /// Draws a frame on both, finds them equal, and says how many rows were painted on the one that keeps them.
    fn frame(&mut self) -> usize {
        let app = &self.reader.app;
        let theme = app.theme().at_depth(self.depth);
        let (mut kept, mut whole) = (Vec::new(), Vec::new());
        for screen in [&mut self.keeping, &mut self.painting] {
            screen.set_profile(app.profile());
            screen.set_links(layout::links(app));
        }
        let mut painted = 0;
        let paint = |canvas: Canvas<'_>| {
            painted = canvas.count();
            layout::draw_on(app, &theme, canvas)
        };
        let picture = Picture::of(app, &theme);
        self.keeping.draw_rows(&mut kept, picture, paint).unwrap();
        let paint = |buffer: &mut ratatui::buffer::Buffer| {
            buffer.reset();
            layout::draw(app, &theme, buffer)
        };
        self.painting.draw(&mut whole, paint).unwrap();
        for y in 0..self.size.1 {
            for x in 0..self.size.0 {
                assert_eq!(
                    self.keeping.cell(x, y),
                    self.painting.cell(x, y),
                    "column {x} of row {y}"
                );
            }
        }
        assert_eq!(
            String::from_utf8_lossy(&kept),
            String::from_utf8_lossy(&whole)
        );
        painted
    }

    fn press(&mut self, keys: &str) -> usize {
        self.reader.press(keys);
        self.frame()
    }
}

/// Enough lines to scroll, none of which is like another.
fn lines(count: usize) -> String {
    (0..count)
        .map(|n| format!("第{n}只船上的灯笼亮了，照着石桥。\n"))
        .collect()
}

#[test]
fn a_line_costs_what_came_into_sight() {
    let library = Library::from_bytes(
        "a.txt",
        lines(200).as_bytes(),
        &kanbao::library::Asked::reading(None),
    );
    let mut twice = Twice::new(library, BODY_ALONE, (100, 40));
    assert_eq!(twice.frame(), 40, "all of the first frame");
    assert_eq!(twice.frame(), 1, "the status row, when nothing happened");
    // The row that came in, the one that has the point now, the status row, and two where the scroll bar moved.
    for key in ["j", "j", "k", "3j", "j"] {
        let painted = twice.press(key);
        assert!(painted < 10, "{painted} rows after {key}");
    }
    let painted = twice.press("}");
    assert!(painted < 10, "{painted} rows for the point to go on");
    assert_eq!(twice.press("T"), 40, "another theme");
}

#[test]
fn what_is_laid_over_a_row_is_painted_and_taken_off() {
    let library = Library::from_bytes(
        "a.txt",
        lines(60).as_bytes(),
        &kanbao::library::Asked::reading(None),
    );
    let mut twice = Twice::new(library, BODY_ALONE, (60, 20));
    for keys in [
        "/灯笼<Enter>",
        "n",
        "N",
        "<Esc>",
        "<Esc>",
        "vjjj",
        "w",
        "k",
        "<Esc>",
        "<F1>",
        "j",
        "<Esc>",
    ] {
        twice.press(keys);
    }
}

#[test]
fn a_kind_that_was_hidden_between_two_frames_is_gone() {
    let mut twice = Twice::new(Library::bundled(), BODY_ALONE, (160, 48));
    twice.frame();
    twice.reader.press("3").pause().press("<Tab>x3").pause();
    assert!(!twice.reader.app.sidebar().hidden().is_empty());
    assert_eq!(twice.frame(), 48);
    // The sidebar keeps an entity set off, the body does so only for a mention that was gone to.
    for keys in ["]m", "]m", "]e", "3", "<Tab>", "j", "3", "k", "J", "K"] {
        twice.reader.press(keys).pause();
        twice.frame();
    }
}

#[derive(Debug, Clone)]
enum Step {
    Press(&'static str),
    Resize(u16, u16),
    Profile(Profile),
    Ground(Ground),
    Depth(Depth),
    /// Nothing is known of the terminal any more.
    Forget,
    /// Nothing is drawn in between.
    Hurry(&'static str),
}

const KEYS: [&str; 46] = [
    "j",
    "j",
    "j",
    "k",
    "k",
    "5j",
    "4k",
    "<Space>",
    "b",
    "<Ctrl-d>",
    "<Ctrl-u>",
    "gg",
    "G",
    "}",
    "{",
    "]m",
    "[m",
    "]e",
    "]k",
    "/的<Enter>",
    "/中国<Enter>",
    "?一",
    "*",
    "n",
    "N",
    "<Esc>",
    "<Esc>",
    "v",
    "w",
    "l",
    "J",
    "K",
    "<Ctrl-o>",
    "1",
    "3",
    "<Tab>",
    "<Tab>x",
    "o",
    "T",
    "<F1>",
    "!",
    "<Ctrl-e>",
    "<Enter>",
    "yl",
    "f",
    "2",
];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let key = || prop::sample::select(KEYS.to_vec());
    let step = prop_oneof![
        20 => key().prop_map(Step::Press),
        4 => key().prop_map(Step::Hurry),
        1 => (15u16..130, 4u16..45).prop_map(|(columns, rows)| Step::Resize(columns, rows)),
        1 => prop::sample::select(vec![Ambiguous::One, Ambiguous::Two])
            .prop_map(|ambiguous| Step::Profile(Profile::new(ambiguous))),
        1 => prop::sample::select(vec![Ground::Dark, Ground::Light]).prop_map(Step::Ground),
        1 => prop::sample::select(vec![Depth::True, Depth::Ansi16]).prop_map(Step::Depth),
        1 => Just(Step::Forget),
    ];
    prop::collection::vec(step, 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_frame_of_kept_rows_is_that_of_rows_painted_anew(
        alone in prop::bool::weighted(0.8),
        size in prop::sample::select(vec![(160, 48), (100, 30), (60, 12), (24, 8)]),
        steps in steps(),
    ) {
        let config = if alone { BODY_ALONE } else { "" };
        let mut twice = Twice::new(Library::bundled(), config, size);
        twice.frame();
        for step in steps {
            match step {
                Step::Press(keys) => {
                    twice.reader.press(keys);
                }
                Step::Hurry(keys) => {
                    twice.reader.press(keys);
                    continue;
                }
                Step::Resize(columns, rows) => twice.resize(columns, rows),
                Step::Profile(profile) => {
                    twice.reader.send(Message::Profile(profile));
                }
                Step::Ground(ground) => {
                    twice.reader.send(Message::Ground(ground));
                }
                Step::Depth(depth) => twice.depth = depth,
                Step::Forget => {
                    twice.keeping.invalidate();
                    twice.painting.invalidate();
                }
            }
            twice.frame();
        }
    }
}
