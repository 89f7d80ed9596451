//! Any bytes as what a terminal sends, wherever they are cut, through to the screen: no panic, no control typed or
//! painted.

#![no_main]

#[path = "../../tests/reader/mod.rs"]
mod reader;

use kanbao::app::Message;
use kanbao::keys::Code;
use kanbao::runtime::{Decoder, Input};
use libfuzzer_sys::fuzz_target;
use reader::Reader;

const TEXT: &str = "乌镇“峰会”开幕\n\n　　高锐说：“IPv6 在乌镇。”\n\n　　第二段，乌镇。\n";

fn take(reader: &mut Reader, input: Input) {
    let message = match input {
        Input::Key(key) => {
            assert!(!matches!(key.code, Code::Char(c) if c.is_control()), "{key:?}");
            Message::Key(key)
        }
        Input::Paste(text) => Message::Paste(text),
        Input::Mouse(mouse) => Message::Mouse(mouse),
        Input::Focus(_) | Input::Reply(_) => return,
    };
    reader.send(message);
}

fn look(reader: &Reader) {
    for cell in &reader.buffer().content {
        assert!(!cell.symbol().contains(char::is_control), "{:?}", cell.symbol());
    }
}

// The first byte says how long the reads are.
fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else {
        return;
    };
    let mut reader = Reader::plain(TEXT, 80, 24);
    let mut decoder = Decoder::default();
    let mut whole = Decoder::default();
    let all = whole.take(bytes);
    let mut parts = Vec::new();
    for piece in bytes.chunks(usize::from(*first % 16) + 1) {
        let inputs = decoder.take(piece);
        parts.extend(inputs.iter().cloned());
        for input in inputs {
            take(&mut reader, input);
        }
        look(&reader);
    }
    assert_eq!(parts, all);
    for input in decoder.expire() {
        take(&mut reader, input);
    }
    look(&reader);
});
