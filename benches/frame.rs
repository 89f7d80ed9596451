//! Key to frame: a message into the core, the screen painted, what changed turned into bytes; without a terminal.
//!
//! `1 kB` is less than a screen, so there a key moves nothing. `mentions` is a million characters with 50,000 of them
//! and all three panes open; elsewhere the body is alone.

#![allow(clippy::unwrap_used)]

mod made;

use std::sync::{Arc, LazyLock};

use divan::Bencher;
use kanbao::app::{App, Effect, Message, Pane, Start};
use kanbao::article::{
    Annotations, AnnotationsBuilder, Article, ByteSpan, MentionDraft, Meta, SourceForm, Text,
};
use kanbao::config;
use kanbao::keys::parse_sequence;
use kanbao::layout::{self, Picture};
use kanbao::library::ArticleId;
use kanbao::runtime::{Features, Screen};
use kanbao::theme::{Depth, Theme};

const ARTICLES: [&str; 5] = ["1 kB", "10 kB", "1 MB", "100 MB", "mentions"];
const COLUMNS: u16 = 160;
const ROWS: u16 = 48;
const MENTIONS: usize = 50_000;
const ENTITIES: usize = 5_000;

static MADE: LazyLock<Vec<Arc<Article>>> = LazyLock::new(|| {
    let sizes = [1_000, 10_000, 1_000_000, 100_000_000];
    let plain = sizes.map(|size| article(text(size), Annotations::default()));
    let long = text(3_000_000);
    let annotations = mentions(&long);
    plain
        .into_iter()
        .chain([article(long, annotations)])
        .collect()
});

fn main() {
    divan::main();
}

fn text(size: usize) -> Text {
    let mut content = made::paragraphs(size);
    content.truncate(content.floor_char_boundary(size));
    Text::from_lines(content).unwrap()
}

fn article(text: Text, annotations: Annotations) -> Arc<Article> {
    Arc::new(Article {
        meta: Meta::default(),
        text,
        annotations,
        diagnostics: Vec::new(),
        form: SourceForm::default(),
    })
}

fn mentions(text: &Text) -> Annotations {
    let mut builder = AnnotationsBuilder::new(text);
    let layer = builder.layer("gold");
    let labels = ["person", "place", "organisation", "time"].map(|name| builder.label(name));
    let label = |n: usize| labels[n % labels.len()];
    let entities: Vec<_> = (0..ENTITIES)
        .map(|n| builder.entity(&format!("名{n}"), label(n), Vec::new()))
        .collect();
    let whole = text.whole();
    let step = whole.len() / MENTIONS;
    for n in 0..MENTIONS {
        let start = whole.floor_char_boundary(n * step);
        let end = whole.ceil_char_boundary(start + 9);
        let draft = MentionDraft {
            layer,
            label: label(n),
            spans: vec![ByteSpan::new(start, end)],
            ..MentionDraft::default()
        };
        let mention = builder.mention(draft).unwrap();
        builder.refer(mention, entities[n % ENTITIES]);
    }
    builder.finish()
}

/// The reader without its terminal.
struct Reader {
    app: App,
    screen: Screen,
    theme: Theme,
    bytes: Vec<u8>,
}

impl Reader {
    fn open(name: &str) -> Self {
        let (mut config, _) = config::layer(None);
        let all = name == "mentions";
        (config.panes.list, config.panes.sidebar) = (all, all);
        let (mut app, effects) = App::new(Start {
            config: &config,
            articles: 1,
            problems: &[],
            columns: COLUMNS,
            rows: ROWS,
        });
        let ticket = effects.iter().find_map(|effect| match effect {
            Effect::LoadArticle { ticket, .. } => Some(*ticket),
            _ => None,
        });
        let at = ARTICLES.iter().position(|n| *n == name).unwrap();
        app.update(Message::Opened {
            ticket: ticket.unwrap(),
            id: ArticleId(0),
            file: String::new(),
            result: Ok(Arc::clone(&MADE[at])),
        });
        let theme = app.theme().at_depth(Depth::True);
        let mut reader = Self {
            app,
            screen: Screen::new(COLUMNS, ROWS, Features::detect(Some("xterm-kitty"))),
            theme,
            bytes: Vec::new(),
        };
        reader.draw();
        reader
    }

    fn draw(&mut self) -> usize {
        let (app, theme) = (&self.app, &self.theme);
        self.bytes.clear();
        let picture = Picture::of(app, theme);
        self.screen
            .draw_rows(&mut self.bytes, picture, |canvas| {
                layout::draw_on(app, theme, canvas)
            })
            .unwrap()
    }

    fn send(&mut self, message: Message) -> usize {
        if let Message::Resize { columns, rows } = message {
            self.screen.resize(columns, rows);
        }
        self.app.update(message);
        self.draw()
    }
}

/// Keys in turn, a frame each.
fn keys(bencher: Bencher<'_, '_>, mut reader: Reader, sequence: &str) {
    let keys = parse_sequence(sequence).unwrap();
    let mut next = keys.iter().cycle();
    bencher.bench_local(|| reader.send(Message::Key(*next.next().unwrap())));
}

#[divan::bench(args = ARTICLES)]
fn line(bencher: Bencher<'_, '_>, name: &str) {
    let there_and_back = "j".repeat(100) + &"k".repeat(100);
    keys(bencher, Reader::open(name), &there_and_back);
}

/// So many that most of them show rows that are not set yet.
#[divan::bench(args = ARTICLES)]
fn page(bencher: Bencher<'_, '_>, name: &str) {
    let there_and_back = "<Space>".repeat(100) + &"b".repeat(100);
    keys(bencher, Reader::open(name), &there_and_back);
}

/// From the top to the bottom and back: two keys and two frames for the top.
#[divan::bench(args = ARTICLES)]
fn bottom_and_top(bencher: Bencher<'_, '_>, name: &str) {
    keys(bencher, Reader::open(name), "Ggg");
}

/// All of the rows in sight are set anew, and every cell is sent.
#[divan::bench(args = ARTICLES)]
fn resize(bencher: Bencher<'_, '_>, name: &str) {
    let mut reader = Reader::open(name);
    let mut columns = COLUMNS;
    bencher.bench_local(|| {
        columns = if columns == COLUMNS { 120 } else { COLUMNS };
        let rows = ROWS;
        reader.send(Message::Resize { columns, rows })
    });
}

/// From the article in memory to the first frame, with the program's config read.
#[divan::bench(args = ARTICLES)]
fn first_frame(bencher: Bencher<'_, '_>, name: &str) {
    LazyLock::force(&MADE);
    bencher.bench_local(|| Reader::open(name));
}

/// `]m`, the first of whose keys draws a frame too.
#[divan::bench]
fn next_mention(bencher: Bencher<'_, '_>) {
    keys(bencher, Reader::open("mentions"), "]m");
}

/// The same for the mentions of one entity, which stand far apart.
#[divan::bench]
fn next_of_entity(bencher: Bencher<'_, '_>) {
    let mut reader = Reader::open("mentions");
    for key in parse_sequence("]m").unwrap() {
        reader.send(Message::Key(key));
    }
    keys(bencher, reader, "]e");
}

/// `j` in the sidebar: another entity is set off, and its card made.
#[divan::bench]
fn next_entity(bencher: Bencher<'_, '_>) {
    let mut reader = Reader::open("mentions");
    for key in parse_sequence("<Tab>").unwrap() {
        reader.send(Message::Key(key));
    }
    assert!(reader.app.focus() == Pane::Sidebar);
    keys(bencher, reader, "j");
}
