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
pub fn graphemes(text: &str) -> impl DoubleEndedIterator<Item = Grapheme<'_>> {
    text.grapheme_indices(true)
        .map(|(start, text)| Grapheme { start, text })
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
