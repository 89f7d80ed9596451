//! Any bytes as what a terminal sends, wherever they are cut, through to the screen: no panic, no control typed or
//! painted.

#![no_main]

use std::sync::LazyLock;

use kanbao::app::{App, Effect, Message, Start};
use kanbao::config::{self, Config};
use kanbao::keys::Code;
use kanbao::layout;
use kanbao::library::Library;
use kanbao::runtime::{Decoder, Input, Librarian, search_through};
use libfuzzer_sys::fuzz_target;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

static CONFIG: LazyLock<Config> = LazyLock::new(|| config::layer(None).0);

const TEXT: &str = "乌镇“峰会”开幕\n\n　　高锐说：“IPv6 在乌镇。”\n\n　　第二段，乌镇。\n";

struct Reader {
    app: App,
    librarian: Librarian,
    size: (u16, u16),
}

impl Reader {
    fn new() -> Self {
        let library = Library::from_bytes("a.txt", TEXT.as_bytes(), None);
        let size = (80, 24);
        let (app, effects) = App::new(Start {
            config: &CONFIG,
            articles: library.len(),
            problems: &[],
            columns: size.0,
            rows: size.1,
        });
        let librarian = Librarian::new(library);
        let mut reader = Self {
            app,
            librarian,
            size,
        };
        reader.carry_out(effects);
        reader
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let mut messages = search_through(&effect);
            messages.extend(self.librarian.serve(&effect));
            for message in messages {
                let effects = self.app.update(message);
                self.carry_out(effects);
            }
        }
    }

    fn take(&mut self, input: Input) {
        let message = match input {
            Input::Key(key) => {
                assert!(!matches!(key.code, Code::Char(c) if c.is_control()), "{key:?}");
                Message::Key(key)
            }
            Input::Paste(text) => Message::Paste(text),
            Input::Mouse(mouse) => Message::Mouse(mouse),
            Input::Focus(_) | Input::Reply(_) => return,
        };
        let effects = self.app.update(message);
        self.carry_out(effects);
    }

    fn paint(&self) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        layout::draw(&self.app, self.app.theme(), &mut buffer);
        for cell in &buffer.content {
            assert!(!cell.symbol().contains(char::is_control), "{:?}", cell.symbol());
        }
    }
}

// The first byte says how long the reads are.
fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else {
        return;
    };
    let mut reader = Reader::new();
    let mut decoder = Decoder::default();
    let mut whole = Decoder::default();
    let all = whole.take(bytes);
    let mut parts = Vec::new();
    for piece in bytes.chunks(usize::from(*first % 16) + 1) {
        let inputs = decoder.take(piece);
        parts.extend(inputs.iter().cloned());
        for input in inputs {
            reader.take(input);
        }
        reader.paint();
    }
    assert_eq!(parts, all);
    for input in decoder.expire() {
        reader.take(input);
    }
    reader.paint();
});
