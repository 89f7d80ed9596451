//! User-perceived characters (extended grapheme clusters, UAX #29) and their boundaries.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// One grapheme and where it starts, in bytes of the string it was cut from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grapheme<'a> {
    /// Byte offset of its first byte.
    pub start: usize,
    /// The grapheme itself, never empty.
    pub text: &'a str,
}

impl Grapheme<'_> {
    /// Byte offset just behind it.
    #[must_use]
    pub const fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The extended grapheme clusters of `text` in order; together they are `text`, byte for byte.
pub fn graphemes(text: &str) -> impl Iterator<Item = Grapheme<'_>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let first = Grapheme {
            start,
            text: first(text.get(start..)?)?,
        };
        start = first.end();
        Some(first)
    })
}

/// The first grapheme of a text. No rule looks back over a boundary, so what stood before it does not matter.
fn first(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    let c = chars.next()?;
    if is_simple(c) && chars.next().is_none_or(is_simple) {
        return text.get(..c.len_utf8());
    }
    text.graphemes(true).next()
}

/// Whether `c` is one of those between any two of which there is a boundary, as nearly all characters of news text
/// are. Looking them up in the tables of UAX #29 is most of the work of cutting a text into graphemes.
#[must_use]
pub const fn is_simple(c: char) -> bool {
    matches!(c,
        ' '..='~'
        | '\u{2010}'..='\u{2027}'
        | '\u{3000}'..='\u{3029}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{FF01}'..='\u{FF60}')
}

/// The smallest grapheme boundary above `offset` (bytes), or `text.len()`.
///
/// An `offset` inside a character counts as the start of that character.
#[must_use]
pub fn next_boundary(text: &str, offset: usize) -> usize {
    if offset >= text.len() {
        return text.len();
    }
    let from = floor_char(text, offset);
    GraphemeCursor::new(from, text.len(), true)
        .next_boundary(text, 0)
        .ok()
        .flatten()
        .unwrap_or(text.len())
}

/// The greatest grapheme boundary below `offset` (bytes), or 0.
#[must_use]
pub fn prev_boundary(text: &str, offset: usize) -> usize {
    let from = ceil_char(text, offset);
    GraphemeCursor::new(from, text.len(), true)
        .prev_boundary(text, 0)
        .ok()
        .flatten()
        .unwrap_or(0)
}

/// `offset` itself when it is a grapheme boundary, else the start of the grapheme it is in.
#[must_use]
pub fn floor_boundary(text: &str, offset: usize) -> usize {
    if offset >= text.len() {
        return text.len();
    }
    let at = floor_char(text, offset);
    if at == offset && is_boundary(text, at) {
        at
    } else {
        prev_boundary(text, at + usize::from(at != offset))
    }
}

/// `offset` itself when it is a grapheme boundary, else the end of the grapheme it is in.
#[must_use]
pub fn ceil_boundary(text: &str, offset: usize) -> usize {
    if offset >= text.len() {
        return text.len();
    }
    let at = floor_char(text, offset);
    if at == offset && is_boundary(text, at) {
        at
    } else {
        next_boundary(text, at)
    }
}

fn is_boundary(text: &str, at: usize) -> bool {
    GraphemeCursor::new(at, text.len(), true)
        .is_boundary(text, 0)
        .unwrap_or(true)
}

fn floor_char(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset)
}

fn ceil_char(text: &str, offset: usize) -> usize {
    text.ceil_char_boundary(offset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn simple_characters_have_no_part_in_any_rule() {
        // A character before or behind every simple one: where there is no boundary, the character is not simple.
        for c in ('\0'..=char::MAX).filter(|c| is_simple(*c)) {
            for other in ['中', 'a', '，', '—'] {
                let text: String = [other, c, other].iter().collect();
                assert_eq!(text.graphemes(true).count(), 3, "U+{:04X}", c as u32);
            }
        }
    }

    proptest! {
        #[test]
        fn the_short_way_and_the_tables_agree(
            text in "[ a中，—…\u{FF01}\u{3029}\u{302A}\u{301}\u{200D}\u{FE0F}👍🏽👩\u{1F1E8}\u{1F1F3}각\u{1100}\u{1161}कष\u{94D}\r\n]{0,12}"
        ) {
            let short: Vec<(usize, &str)> = graphemes(&text).map(|g| (g.start, g.text)).collect();
            let whole: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
            prop_assert_eq!(short, whole);
        }
    }

    #[test]
    fn boundaries_stay_outside_clusters() {
        let text = "a葛\u{E0100}e\u{301}乌"; // a | 葛+IVS | e+acute | 乌
        let edges = [0, 1, 8, 11, 14];
        for offset in 0..=text.len() {
            let floor = edges
                .iter()
                .rev()
                .find(|e| **e <= offset)
                .copied()
                .unwrap_or(0);
            let ceil = edges.iter().find(|e| **e >= offset).copied().unwrap_or(14);
            assert_eq!(floor_boundary(text, offset), floor, "floor of {offset}");
            assert_eq!(ceil_boundary(text, offset), ceil, "ceil of {offset}");
            let next = edges.iter().find(|e| **e > offset).copied().unwrap_or(14);
            assert_eq!(
                next_boundary(text, floor_boundary(text, offset)),
                next,
                "next of {offset}"
            );
        }
        assert_eq!(prev_boundary(text, 14), 11);
        assert_eq!(prev_boundary(text, 8), 1);
        assert_eq!(prev_boundary(text, 0), 0);
    }
}
