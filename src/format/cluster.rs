//! Offsets that part what is one character to the eye: a letter and its accent, a family in one emoji.

use super::report::short;
use crate::article::ByteSpan;
use crate::text::{graphemes, is_simple};

/// So many bytes before an offset are looked at; no character to the eye that anyone writes is longer.
const BEFORE: usize = 256;
/// So many behind it.
const BEHIND: usize = 64;

/// What is wrong with a span that begins or ends within a grapheme (UAX #29).
pub(super) fn parted(text: &str, span: ByteSpan) -> Option<String> {
    let found = [span.start(), span.end()]
        .into_iter()
        .find_map(|at| around(text, at))?;
    let codes: Vec<String> = found
        .chars()
        .take(8)
        .map(|c| format!("U+{:04X}", u32::from(c)))
        .collect();
    Some(format!(
        "the offsets part “{}” ({}), which is one character to the eye",
        short(found),
        codes.join(" ")
    ))
}

/// The grapheme within which an offset lies.
fn around(text: &str, at: usize) -> Option<&str> {
    if text.get(at..)?.chars().next().is_none_or(is_simple) {
        return None;
    }
    let start = text.floor_char_boundary(at.saturating_sub(BEFORE));
    let end = text.floor_char_boundary((at + BEHIND).min(text.len()));
    let window = text.get(start..end)?;
    graphemes(window)
        .take_while(|grapheme| start + grapheme.start < at)
        .find(|grapheme| start + grapheme.end() > at)
        .map(|grapheme| grapheme.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_within_a_grapheme_is_found() {
        let text = "风e\u{301}城👨‍👩‍👧。🇨🇳\r\n";
        let at = |part: &str| text.find(part).unwrap();
        for (start, end, is_parted) in [
            (0, at("e"), false),
            (at("e"), at("城"), false),
            (0, at("\u{301}"), true),
            (at("\u{301}"), at("城"), true),
            (at("👨"), at("。"), false),
            (at("👩"), at("。"), true),
            (at("🇨"), at("🇳"), true),
            (0, text.len(), false),
        ] {
            let found = parted(text, ByteSpan::new(start, end));
            assert_eq!(found.is_some(), is_parted, "{start} {end}: {found:?}");
        }
        let said = parted(text, ByteSpan::new(0, at("\u{301}"))).unwrap();
        assert!(said.contains("U+0065 U+0301"), "{said}");
    }
}
