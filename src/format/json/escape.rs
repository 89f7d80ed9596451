//! The escapes of strings, both ways.

use crate::article::{LineEnds, SourceForm};

/// What a backslash and what follows stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escape {
    Char(char),
    /// Half of a surrogate pair.
    Lone,
    /// None of JSON's.
    Bad,
}

/// The escape at the start of these bytes, which is a backslash, and its length in bytes.
pub(super) fn at(bytes: &[u8]) -> (Escape, usize) {
    let char = match bytes.get(1) {
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode(bytes),
        _ => return (Escape::Bad, 1),
    };
    (Escape::Char(char), 2)
}

fn unicode(bytes: &[u8]) -> (Escape, usize) {
    let Some(first) = unit(bytes) else {
        return (Escape::Bad, 1);
    };
    if let Some(char) = char::from_u32(first) {
        return (Escape::Char(char), 6);
    }
    let second = bytes.get(6..).and_then(unit).unwrap_or(0);
    if first < 0xDC00 && (0xDC00..0xE000).contains(&second) {
        let code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
        if let Some(char) = char::from_u32(code) {
            return (Escape::Char(char), 12);
        }
    }
    (Escape::Lone, 6)
}

/// The UTF-16 unit of `\uXXXX`.
fn unit(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |unit, digit| {
        let digit = char::from(*digit).to_digit(16)?;
        Some(unit * 16 + digit)
    })
}

/// What a string with escapes stands for. Half a surrogate pair is U+FFFD; what is no escape is kept.
pub(super) fn decode(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(found) = memchr::memchr(b'\\', rest.as_bytes()) {
        let (before, from) = rest.split_at(found);
        out.push_str(before);
        let (escape, len) = at(from.as_bytes());
        match escape {
            Escape::Char(char) => out.push(char),
            Escape::Lone => out.push('\u{FFFD}'),
            Escape::Bad => out.push('\\'),
        }
        rest = from.get(len..).unwrap_or("");
    }
    out.push_str(rest);
    out
}

/// How many escapes of a file stand for NUL, and the byte of the first; nothing when there is none.
pub(super) fn nuls(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut found = memchr::memmem::find_iter(bytes, b"\\u0000").filter(|at| {
        // Behind a backslash that is escaped itself, it is text.
        let before = bytes.get(..*at).unwrap_or_default();
        let slashes = before.iter().rev().take_while(|byte| **byte == b'\\');
        slashes.count() % 2 == 0
    });
    let first = found.next()?;
    Some((first, 1 + found.count()))
}

/// Writes a string in its quotes. Only what must be is escaped: quotes, backslashes, control characters.
pub(in crate::format) fn string(out: &mut String, text: &str) {
    written(out, text, "\\n");
}

/// Writes a text with the line ends that the record had which it came from.
pub(in crate::format) fn text_string(out: &mut String, text: &str, form: SourceForm) {
    let end = match form.line_ends {
        LineEnds::CrLf => "\\r\\n",
        LineEnds::Lf | LineEnds::Mixed => "\\n",
    };
    written(out, text, end);
}

fn written(out: &mut String, text: &str, line_end: &str) {
    out.push('"');
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => line_end,
            b'\r' => "\\r",
            b'\t' => "\\t",
            0x8 => "\\b",
            0xC => "\\f",
            0..0x20 => "",
            _ => continue,
        };
        out.push_str(text.get(from..at).unwrap_or(""));
        from = at + 1;
        if escape.is_empty() {
            out.push_str(&format!("\\u{byte:04x}"));
        } else {
            out.push_str(escape);
        }
    }
    out.push_str(text.get(from..).unwrap_or(""));
    out.push('"');
}

/// A string in its quotes.
pub(in crate::format) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    string(&mut out, text);
    out
}

/// Writes a list of values.
pub(in crate::format) fn list(out: &mut String, items: impl Iterator<Item = String>) {
    out.push('[');
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        out.push_str(&item);
    }
    out.push(']');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_nul_are_counted() {
        for (text, want) in [
            (r#"{"a": "b\u0000c"}"#.to_owned(), Some((8, 1))),
            ("\\u0000\\\\u0000\\\\\\u0000".to_owned(), Some((0, 2))),
            ("\\\\u0000 \\u000".to_owned(), None),
            ("\0".to_owned(), None),
        ] {
            assert_eq!(nuls(&text), want, "{text}");
        }
    }
}
