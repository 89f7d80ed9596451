//! Any bytes as plain text: no panic, blocks within the text.

#![no_main]

mod check;

use kanbao::format::{File, Files, Format, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let files = Files {
        main: File::new("a.txt", bytes),
        annotations: None,
    };
    check::check(&read(Format::Text, files));
});
