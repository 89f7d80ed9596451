//! The start of a file of JSON without most of what its strings say: keys, brackets and the sorts of values tell the
//! format, and a text of 50 MB before them does not.

/// So many bytes are left of a string.
const LEFT: usize = 128;

/// What is left of the start of a file.
#[derive(Debug, Default)]
pub(in crate::format) struct Shortened {
    pub(in crate::format) bytes: Vec<u8>,
    /// Whether that is of all bytes that were given, and not only of the first.
    pub(in crate::format) is_all: bool,
}

/// Cuts long strings short, until so much is left as `most`, in bytes. A string ends with its line at the latest. Bytes
/// may be of any encoding in which those of ASCII stand for themselves.
pub(in crate::format) fn shorten(bytes: &[u8], most: usize) -> Shortened {
    let mut out = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() && out.len() < most {
        let quote = memchr::memchr(b'"', rest).map_or(rest.len(), |at| at + 1);
        let (before, behind) = rest.split_at(quote);
        out.extend_from_slice(before);
        let (string, behind) = behind.split_at(string_end(behind));
        out.extend_from_slice(cut(string));
        // The quote that closes it opens no other.
        let closing = usize::from(behind.first() == Some(&b'"'));
        let (closing, behind) = behind.split_at(closing);
        out.extend_from_slice(closing);
        rest = behind;
    }
    Shortened {
        bytes: out,
        is_all: rest.is_empty(),
    }
}

/// Where a string ends: at its quote or its line end.
fn string_end(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(found) = memchr::memchr3(b'"', b'\\', b'\n', bytes.get(at..).unwrap_or(&[])) {
        at += found;
        match bytes.get(at) {
            Some(b'\\') if bytes.get(at + 1) != Some(&b'\n') => at += 2,
            Some(b'\\') => at += 1,
            _ => return at,
        }
    }
    bytes.len()
}

/// The beginning of a string, which does not end within a character of UTF-8 or an escape.
fn cut(string: &[u8]) -> &[u8] {
    let Some(next) = string.get(LEFT) else {
        return string;
    };
    let mut kept = string.get(..LEFT).unwrap_or(string);
    if matches!(next, 0x80..=0xBF) {
        let lead = kept.iter().rposition(|byte| !matches!(byte, 0x80..=0xBF));
        kept = kept.get(..lead.unwrap_or(0)).unwrap_or(kept);
    }
    match memchr::memchr(b'\\', kept) {
        Some(escape) => kept.get(..escape).unwrap_or(kept),
        None => kept,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(text: &str) -> String {
        String::from_utf8(shorten(text.as_bytes(), usize::MAX).bytes).unwrap()
    }

    #[test]
    fn only_long_strings_are_cut() {
        let brief = "[{\"text\": \"风\\\"大\\\\\", \"label\": [[0, 1, \"W\"]]}]\n";
        assert_eq!(short(brief), brief);
        for long in ["风", "\\\"", "\\\\", "a风", "\\u98ce"] {
            let text = format!("{{\"text\": \"{}\", \"label\": []}}", long.repeat(500));
            let left = short(&text);
            assert!(
                left.starts_with("{\"text\": \"") && left.len() < 200,
                "{left}"
            );
            assert!(left.ends_with("\", \"label\": []}"), "{left}");
        }
    }

    #[test]
    fn an_open_string_ends_with_its_line() {
        let text = format!("{{\"text\": \"{}\n{{\"text\": \"雨\"}}", "风".repeat(500));
        assert!(short(&text).ends_with("\n{\"text\": \"雨\"}"));
    }

    #[test]
    fn no_more_is_left_than_was_asked_for() {
        let text = "{\"text\": \"风大了。\"}\n".repeat(100);
        let made = shorten(text.as_bytes(), 300);
        assert!(made.bytes.len() < 300 + 2 * LEFT && !made.is_all);
        assert!(shorten(text.as_bytes(), text.len()).is_all);
    }
}
