//! How many bytes the reader sends for its frames, of true articles on a screen of 160x48 in 24-bit colours.
//!
//! The figures are the same on every machine, so they are held to bounds here; `cargo test --test bytes -- --nocapture`
//! prints the table of docs/performance.md.

#![allow(clippy::unwrap_used)]

#[path = "../benches/made/mod.rs"]
#[allow(dead_code)]
mod made;
mod reader;

use kanbao::layout;
use kanbao::library::Library;
use kanbao::runtime::{Features, Screen};
use kanbao::text::Profile;
use kanbao::theme::Depth;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use reader::{Choice, Reader};

const COLUMNS: u16 = 160;
const ROWS: u16 = 48;
const BODY_ALONE: &str = "[panes]\nlist = false\nsidebar = false\n";

/// Quotes, dashes, ellipses, interpuncts and circled digits in nearly every clause.
const MARKED: &str = "“乌镇时间”——进入第十年……①阿卜杜勒·拉希德说：“这里‘什么都有’，连‘船’也上了网——真的……”②据统计，\
    ③“互联网+”的企业有1.2万家；④他又问：“为什么是乌镇？”——没有人回答……⑤约翰·冯·诺依曼奖——“数字之光”。";

/// The reader and what it sends to a terminal of this name.
struct Sent {
    reader: Reader,
    screen: Screen,
    profile: Profile,
}

impl Sent {
    fn new(library: Library, config: &str, term: &str) -> Self {
        Self {
            reader: Reader::start(library, COLUMNS, ROWS, &Choice::of(config)),
            screen: Screen::new(COLUMNS, ROWS, Features::detect(Some(term))),
            profile: Profile::default(),
        }
    }

    /// On a terminal that has shown the widths of its characters.
    fn measured(mut self) -> Self {
        self.profile = self.profile.as_measured();
        self
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

    /// The bytes of the rows as a plain text, without the blanks around them.
    fn text(&self) -> usize {
        let rows = self.reader.rows();
        rows.iter().map(|row| row.trim().len() + 1).sum()
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

fn ratio(sent: usize, text: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "some thousands")]
    let ratio = sent as f64 / text as f64;
    ratio
}

fn plain(text: &str) -> Library {
    Library::from_bytes("a.txt", text.as_bytes(), None)
}

fn marked() -> Library {
    plain(&format!("　　{}\n", MARKED.repeat(40)))
}

#[test]
fn a_body_costs_little_more_than_its_text() {
    let mut most: f64 = 0.0;
    for measured in [false, true] {
        let mut bundled = Sent::new(Library::bundled(), BODY_ALONE, "xterm-256color");
        if measured {
            bundled = bundled.measured();
        }
        for n in 1..=14 {
            for page in 0..3 {
                let sent = bundled.whole();
                let (all, text) = (without_styles(&sent), bundled.text());
                println!(
                    "bundled {n}.{page} {measured} {all} {text} {:.3} all {}",
                    ratio(all, text),
                    sent.len()
                );
                most = most.max(ratio(all, text));
                bundled.press("<Space>");
            }
            bundled.press("J");
        }
        let mut marked = Sent::new(marked(), BODY_ALONE, "xterm-256color");
        if measured {
            marked = marked.measured();
        }
        let sent = marked.whole();
        println!(
            "marked {measured} {} {} {:.3}",
            without_styles(&sent),
            marked.text(),
            ratio(without_styles(&sent), marked.text())
        );
    }
    println!("{most}");
}

#[test]
fn steps() {
    for (what, config, keys, step) in [
        ("j", BODY_ALONE, "", "j"),
        ("k", BODY_ALONE, "G", "k"),
        ("page", BODY_ALONE, "", "<Space>"),
        ("j panes", "", "", "j"),
        ("list", "", "<Tab><Tab>", "j"),
        ("list k", "", "<Tab><Tab>jjjjjj", "k"),
        ("sidebar", "", "<Tab>", "j"),
        ("]m", "", "", "]m"),
    ] {
        let mut sent = Sent::new(Library::bundled(), config, "xterm-256color");
        sent.reader.read_ahead();
        sent.frame();
        if !keys.is_empty() {
            sent.press(keys);
        }
        let steps: Vec<String> = (0..12).map(|_| sent.press(step)).collect();
        let longest = steps.iter().max_by_key(|s| s.len()).unwrap();
        println!("{longest:?}");
        let steps: Vec<usize> = steps.iter().map(String::len).collect();
        println!("{what} {steps:?}");
    }
    let mut sent = Sent::new(
        plain(&made::paragraphs(100_000)),
        BODY_ALONE,
        "xterm-256color",
    );
    sent.frame();
    let steps: Vec<usize> = (0..12).map(|_| sent.press("j").len()).collect();
    println!("made {steps:?}");
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
    let mut sent = Sent::new(Library::bundled(), "", "xterm-256color");
    sent.reader.read_ahead();
    for n in 1..=14 {
        let ours = sent.whole().len();
        let theirs = by_ratatui(&sent.buffer());
        println!("{n} {ours} {theirs} {:.3}", ratio(ours, theirs));
        sent.press("J");
    }
}
