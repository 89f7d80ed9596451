//! Any bytes as a brat article: text before the first NUL, annotations behind it.

#![no_main]

mod check;

use kanbao::format::{File, Files, Format, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let at = bytes.iter().position(|byte| *byte == 0);
    let (text, annotations) = bytes.split_at(at.unwrap_or(bytes.len()));
    let files = Files {
        main: File::new("a.txt", text),
        annotations: Some(File::new("a.ann", annotations.get(1..).unwrap_or(&[]))),
    };
    check::check(&read(Format::Brat, files));
});
