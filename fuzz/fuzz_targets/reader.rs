//! Any bytes as an article, a config and what comes from the terminal, to the bytes that go back to it: no panic, and no
//! control among them that the reader does not send itself.
//!
//! The three are parted by NUL: config, input, article.

#![no_main]

#[path = "../../tests/reader/mod.rs"]
mod reader;
#[path = "../../tests/pty/wire.rs"]
mod wire;

use kanbao::app::Message;
use kanbao::library::Library;
use kanbao::runtime::{Decoder, Features, Input, Screen};
use libfuzzer_sys::fuzz_target;
use reader::{Choice, Reader};

fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.splitn(3, |b| *b == 0);
    let mut part = || parts.next().unwrap_or_default();
    let (config, input, article) = (part(), part(), part());
    let choice = Choice::of(&String::from_utf8_lossy(config));
    let name = ["a.txt", "a.toml", "a.ann"][usize::from(article.first().unwrap_or(&0) % 3)];
    let library = Library::from_bytes(name, article, &kanbao::library::Asked::reading(None));
    let size = (u16::from(config.first().unwrap_or(&80) % 120) + 1, 20);
    let mut reader = Reader::start(library, size.0, size.1, &choice);
    let mut screen = Screen::new(size.0, size.1, Features::detect(Some("xterm-256color")));
    let mut sent = Vec::new();
    let mut decoder = Decoder::default();
    let mut came = decoder.take(input);
    came.extend(decoder.expire());
    let mut draw = |reader: &Reader| {
        let buffer = reader.buffer();
        let drawn = screen.draw(&mut sent, |to| {
            *to = buffer;
            None
        });
        assert!(drawn.is_ok());
    };
    draw(&reader);
    for input in came.into_iter().take(200) {
        match input {
            Input::Key(key) => reader.send(Message::Key(key)),
            Input::Paste(text) => reader.send(Message::Paste(text)),
            Input::Mouse(mouse) => reader.send(Message::Mouse(mouse)),
            Input::Focus(_) | Input::Reply(_) => continue,
        };
        draw(&reader);
    }
    if let Some(fault) = wire::fault(&sent, b"") {
        panic!("{fault}");
    }
});
