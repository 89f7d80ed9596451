//! Any bytes as a file of the format after which the program is named: it is read, checked, written and read again.
//!
//! The annotations of a brat article stand behind the first NUL. Seeds: the fixtures under `tests/formats`.

#![no_main]

mod check;

use std::sync::LazyLock;

use kanbao::format::{
    Document, File, Files, Format, ReadOptions, WriteOptions, bytes, joined, write,
};
use libfuzzer_sys::fuzz_target;

/// So many articles of a file are looked at.
const MOST: usize = 32;

static FORMAT: LazyLock<Format> = LazyLock::new(|| {
    let program = std::env::args().next().unwrap_or_default();
    let name = program.rsplit('/').next().unwrap_or_default();
    name.parse().expect("the program is named after a format")
});

fn open(main: &[u8], beside: &[u8]) -> Document {
    let files = Files {
        main: File::new("a.x", main),
        annotations: Some(File::new("a.ann", beside)),
    };
    let options = ReadOptions {
        anchor: true,
        ..ReadOptions::default()
    };
    Document::open(*FORMAT, files, options)
}

fuzz_target!(|input: &[u8]| {
    let at = input.iter().position(|byte| *byte == 0 && *FORMAT == Format::Brat);
    let (main, beside) = input.split_at(at.unwrap_or(input.len()));
    let document = open(main, beside.get(1..).unwrap_or(&[]));
    let [before, _, behind] = joined(*FORMAT).unwrap_or_default();
    for index in 0..document.len().min(MOST) {
        let read = document.read(index);
        check::check(&read);
        let Ok(article) = read else { continue };
        let (written, _) = write(*FORMAT, &article, &WriteOptions::default());
        let whole = format!("{before}{}{behind}", written.main);
        let beside = written.beside.map(|(_, text)| text).unwrap_or_default();
        let again = open(&bytes(*FORMAT, &whole, article.form), beside.as_bytes());
        for index in 0..again.len().min(2) {
            check::check(&again.read(index));
        }
    }
});
