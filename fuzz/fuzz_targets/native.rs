//! Any bytes as a native article: no panic, spans within the text.

#![no_main]

mod check;

use kanbao::format::{File, Files, Format, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let files = Files {
        main: File::new("a.toml", bytes),
        annotations: None,
    };
    check::check(&read(Format::Toml, files));
});
