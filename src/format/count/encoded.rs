//! How many bytes characters have in the encoding of their file.

use encoding_rs::EncoderResult;

use crate::article::Encoding;
use crate::format::encoding::library;

/// Whether bytes of a file in this encoding are worth counting: they are others than those of UTF-8, and each character
/// has its own.
pub(super) fn differs(encoding: Encoding) -> bool {
    !matches!(encoding, Encoding::Utf8 | Encoding::Hz)
}

/// How many bytes a character has. U+FFFD is what could not be decoded, mostly one byte.
pub(super) fn length(encoding: Encoding, c: char) -> usize {
    match encoding {
        Encoding::Utf8 | Encoding::Hz => c.len_utf8(),
        Encoding::Utf16Le | Encoding::Utf16Be => c.len_utf16() * 2,
        _ if c.is_ascii() || c == '\u{FFFD}' => 1,
        Encoding::Windows1252 => 1,
        // Most of a Chinese text, without asking.
        Encoding::Gb18030 if ('\u{4E00}'..='\u{9FA5}').contains(&c) => 2,
        Encoding::Gb18030
        | Encoding::Big5
        | Encoding::ShiftJis
        | Encoding::EucJp
        | Encoding::EucKr => asked(encoding, c),
    }
}

/// The same by the encoder. What it does not write although it reads it has two bytes in Big5 (HKSCS), three in EUC-JP
/// (JIS X 0212).
fn asked(encoding: Encoding, c: char) -> usize {
    let other = match encoding {
        Encoding::EucJp => 3,
        _ => 2,
    };
    let Some(library) = library(encoding) else {
        return other;
    };
    let (mut from, mut to) = ([0; 4], [0; 16]);
    let mut encoder = library.new_encoder();
    let (result, _, written) =
        encoder.encode_from_utf8_without_replacement(c.encode_utf8(&mut from), &mut to, false);
    match result {
        EncoderResult::InputEmpty => written,
        EncoderResult::OutputFull | EncoderResult::Unmappable(_) => other,
    }
}
