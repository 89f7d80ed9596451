//! JSON for machines that a terminal may show as well: what must never reach one is written by its number. It is the
//! same value.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use super::is_unsafe;

/// Writes a value as JSON.
pub fn write_json(out: &mut (impl Write + ?Sized), value: &impl Serialize) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(out, Harmless(CompactFormatter));
    value.serialize(&mut serializer).map_err(io::Error::from)
}

struct Harmless(CompactFormatter);

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut from = 0;
        for (at, c) in fragment.char_indices().filter(|(_, c)| is_unsafe(*c)) {
            let before = fragment.get(from..at).unwrap_or("");
            self.0.write_string_fragment(out, before)?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            from = at + c.len_utf8();
        }
        let rest = fragment.get(from..).unwrap_or("");
        self.0.write_string_fragment(out, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_raw_is_written_and_the_value_stays() {
        let text = "甲\u{9b}31m\u{1b}]0;x\u{7}\u{202e}乙\u{7f}\u{2028}\"\\\n\u{1F600}\u{FFFF}\0";
        let mut out = Vec::new();
        write_json(&mut out, &[text]).unwrap();
        let written = String::from_utf8(out).unwrap();
        assert!(!written.chars().any(is_unsafe), "{written:?}");
        assert!(written.contains("甲\\u009b31m"));
        let read: Vec<String> = serde_json::from_str(&written).unwrap();
        assert_eq!(read, [text]);
    }
}
