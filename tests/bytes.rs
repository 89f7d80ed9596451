//! How many bytes the reader sends for its frames, of true articles on a screen of 160x48 in 24-bit colours.
//!
//! The figures are the same on every machine, so they are held to bounds here; `cargo test --test all bytes -- --nocapture`
//! prints the table of docs/performance.md.

#[path = "../benches/made/mod.rs"]
#[allow(dead_code)]
mod made;

use crate::reader::{Choice, Reader};
use kanbao::layout;
use kanbao::library::Library;
use kanbao::runtime::{Features, Screen};
use kanbao::text::Profile;
use kanbao::theme::Depth;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const COLUMNS: u16 = 160;
const ROWS: u16 = 48;
/// A terminal that knows mode 2026, colours and scroll regions.
const TERM: &str = "xterm-kitty";
const BODY_ALONE: &str = "[panes]\nlist = false\nsidebar = false\n";

/// Quotes, dashes, ellipses, interpuncts and circled digits in nearly every clause.
const MARKED: &str = "“乌镇时间”——进入第十年……①阿卜杜勒·拉希德说：“这里‘什么都有’，连‘船’也上了网——真的……”②据统计，\
    ③“互联网+”的企业有1.2万家；④他又问：“为什么是乌镇？”——没有人回答……⑤约翰·冯·诺依曼奖——“数字之光”。";

/// The reader and what it sends.
struct Sent {
    reader: Reader,
    screen: Screen,
    profile: Profile,
}

impl Sent {
    /// Draws a first frame. `measured`: the terminal has shown the widths of its characters.
    fn new(library: Library, config: &str, measured: bool) -> Self {
        let mut reader = Reader::start(library, COLUMNS, ROWS, &Choice::of(config));
        reader.read_ahead();
        let profile = Profile::default();
        let mut sent = Self {
            reader,
            screen: Screen::new(COLUMNS, ROWS, Features::detect(Some(TERM))),
            profile: if measured {
                profile.as_measured()
            } else {
                profile
            },
        };
        sent.frame();
        sent
    }

    fn frame(&mut self) -> String {
        let mut out = Vec::new();
        let app = &self.reader.app;
        let theme = app.theme().at_depth(Depth::True);
        self.screen.set_profile(self.profile);
        let paint = |buffer: &mut _| layout::draw(app, &theme, buffer);
        self.screen.draw(&mut out, paint).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// Every cell.
    fn whole(&mut self) -> String {
        self.screen.invalidate();
        self.frame()
    }

    /// The frame that answers to keys.
    fn press(&mut self, keys: &str) -> String {
        self.reader.press(keys);
        self.frame()
    }

    fn buffer(&self) -> Buffer {
        let theme = self.reader.app.theme().at_depth(Depth::True);
        let mut buffer = Buffer::empty(Rect::new(0, 0, COLUMNS, ROWS));
        layout::draw(&self.reader.app, &theme, &mut buffer);
        buffer
    }

    /// What the whole frame costs beside its text, styles apart.
    fn cost(&mut self) -> f64 {
        let sent = without_styles(&self.whole());
        #[expect(clippy::cast_precision_loss, reason = "some thousands")]
        let cost = sent as f64 / self.text() as f64;
        cost
    }

    /// The bytes of the rows as a plain text, without margins; one blank between what stands far apart, as the scroll
    /// bar beside the text.
    fn text(&self) -> usize {
        let apart = " ".repeat(12);
        let row = |row: &String| -> usize {
            let parts = row.split(&apart).map(str::trim);
            parts
                .filter(|part| !part.is_empty())
                .map(|part| part.len() + 1)
                .sum()
        };
        self.reader.rows().iter().map(|text| row(text).max(1)).sum()
    }
}

/// The bytes without the styles among them.
fn without_styles(sent: &str) -> usize {
    let styles = sent.split("\u{1b}[").skip(1).filter_map(|part| {
        let end = part.find(|c: char| c.is_ascii_alphabetic())?;
        (part.as_bytes()[end] == b'm').then_some("\u{1b}[m".len() + end)
    });
    sent.len() - styles.sum::<usize>()
}

fn marked() -> Library {
    let text = format!("　　{}\n", MARKED.repeat(40));
    Library::from_bytes(
        "a.txt",
        text.as_bytes(),
        &kanbao::library::Asked::reading(None),
    )
}

fn news() -> Library {
    Library::from_bytes(
        "a.txt",
        made::paragraphs(100_000).as_bytes(),
        &kanbao::library::Asked::reading(None),
    )
}

/// Both kinds of terminals: on one nothing is known of doubtful widths, the other has shown them.
const MEASURED: [bool; 2] = [false, true];

#[test]
fn a_body_costs_little_more_than_its_text() {
    for (measured, most) in [(false, 1.26), (true, 1.15)] {
        assert!(Sent::new(news(), BODY_ALONE, measured).cost() < 1.1);
        let mut bundled = Sent::new(Library::bundled(), BODY_ALONE, measured);
        for article in 1..=14 {
            for _ in 0..3 {
                let cost = bundled.cost();
                // Tables, whose short rows are far from the scroll bar.
                let more = if matches!(article, 8 | 9) { 0.2 } else { 0.0 };
                assert!(
                    cost < most + more,
                    "article {article}, measured {measured}: {cost}"
                );
                bundled.press("<Space>");
            }
            bundled.press("J");
        }
    }
}

#[test]
fn marks_cost_little_once_their_width_is_known() {
    for (measured, most) in [(false, 1.43), (true, 1.1)] {
        let cost = Sent::new(marked(), BODY_ALONE, measured).cost();
        assert!(cost < most, "measured {measured}: {cost}");
    }
}

/// The bytes of the frames that answer to a key pressed so many times, in order of their size.
fn steps(sent: &mut Sent, key: &str, count: usize) -> Vec<String> {
    let mut steps: Vec<String> = (0..count).map(|_| sent.press(key)).collect();
    steps.sort_by_key(String::len);
    steps
}

#[test]
fn a_line_of_news_costs_little_more_than_the_row_that_appears() {
    for measured in MEASURED {
        let mut sent = Sent::new(news(), BODY_ALONE, measured);
        for key in ["j", "k"] {
            let steps = steps(&mut sent, key, 100);
            let longest = steps.last().unwrap();
            assert!(longest.len() < 400, "{} bytes: {longest:?}", longest.len());
        }
        // With many mentions in a row, the 24-bit colours are most of it.
        let mut sent = Sent::new(Library::bundled(), BODY_ALONE, measured);
        for key in ["j", "k"] {
            let steps = steps(&mut sent, key, 12);
            let longest = steps.iter().map(|s| without_styles(s)).max().unwrap();
            assert!(longest < 400, "{longest} bytes");
            assert!(steps[6].len() < 400, "{} bytes", steps[6].len());
        }
    }
}

#[test]
fn a_step_in_the_list_costs_two_rows_of_it() {
    let mut sent = Sent::new(Library::bundled(), "", false);
    sent.press("<Tab><Tab>");
    for key in ["j", "k"] {
        let steps = steps(&mut sent, key, 12);
        let longest = steps.last().unwrap();
        // An article has two rows there, and both lie on the ground of the cursor.
        assert!(longest.len() < 320, "{} bytes: {longest:?}", longest.len());
    }
}

/// What ratatui's own backend writes for all of these cells, after a screen that it has cleared.
fn by_ratatui(buffer: &Buffer) -> usize {
    let mut buffer = buffer.clone();
    for cell in &mut buffer.content {
        // There the second half of a wide glyph is a blank, which is passed over.
        if cell.symbol().is_empty() {
            cell.set_symbol(" ");
        }
    }
    let empty = Buffer::empty(buffer.area);
    let mut out = Vec::new();
    let mut backend = CrosstermBackend::new(&mut out);
    backend.draw(empty.diff(&buffer).into_iter()).unwrap();
    Backend::flush(&mut backend).unwrap();
    out.len()
}

#[test]
fn three_panes_cost_less_than_half_of_what_ratatui_writes() {
    let mut sent = Sent::new(Library::bundled(), "", false);
    for article in 1..=14 {
        let ours = sent.whole().len();
        let theirs = by_ratatui(&sent.buffer());
        assert!(2 * ours < theirs, "article {article}: {ours}, {theirs}");
        sent.press("J");
    }
}

/// Prints what is in docs/performance.md.
#[test]
fn a_table_of_bytes() {
    println!("| frame of 160x48 | bytes | without styles | beside |");
    println!("| --- | --- | --- | --- |");
    let row = |what: &str, sent: &str, beside: String| {
        let bare = without_styles(sent);
        println!("| {what} | {} | {bare} | {beside} |", sent.len());
    };
    type Opened = fn() -> Library;
    let whole: [(&str, Opened, usize); 4] = [
        ("made-up news", news, 0),
        ("the first article", Library::bundled, 0),
        ("the article with most marks", Library::bundled, 11),
        ("news full of marks", marked, 0),
    ];
    for (what, library, presses) in whole {
        for measured in MEASURED {
            let mut sent = Sent::new(library(), BODY_ALONE, measured);
            for _ in 0..presses {
                sent.press("J");
            }
            let told = if measured { ", widths measured" } else { "" };
            let text = sent.text();
            row(
                &format!("{what}{told}"),
                &sent.whole(),
                format!("{text} of text"),
            );
        }
    }
    let mut panes = Sent::new(Library::bundled(), "", false);
    let ratatui = by_ratatui(&panes.buffer());
    row(
        "three panes",
        &panes.whole(),
        format!("{ratatui} by ratatui-crossterm"),
    );
    let middle = |what: &str, sent: &mut Sent, key: &str| {
        let steps = steps(sent, key, 11);
        row(what, &steps[5], format!("{} the longest", steps[10].len()));
    };
    middle(
        "a line of news",
        &mut Sent::new(news(), BODY_ALONE, false),
        "j",
    );
    middle(
        "a page of news",
        &mut Sent::new(news(), BODY_ALONE, false),
        "<Space>",
    );
    let mut first = Sent::new(Library::bundled(), BODY_ALONE, false);
    middle("a line of the first article", &mut first, "j");
    middle("the same in three panes", &mut panes, "j");
    panes.press("<Tab><Tab>");
    middle("a row in the list", &mut panes, "j");
}
