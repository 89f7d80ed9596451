//! Code points of a text file to bytes of its text.

use crate::format::decode::Decoded;
use crate::format::report::number;

/// Where the wanted code points of a file are in its text.
pub(super) struct Offsets {
    /// Sorted, each with the byte where it begins.
    places: Vec<(u32, usize)>,
    /// How many code points the file has.
    pub(super) length: u32,
}

impl Offsets {
    /// Looks for the `wanted` code points in one pass. Those behind the file have no place; CR and LF of one line end
    /// have the same.
    pub(super) fn new(decoded: &Decoded, mut wanted: Vec<u32>) -> Self {
        wanted.sort_unstable();
        wanted.dedup();
        let mut next = wanted.into_iter().peekable();
        let mut places = Vec::new();
        let mut point = 0;
        let mut pass = |point: u32, byte: usize| {
            if let Some(wanted) = next.next_if_eq(&point) {
                places.push((wanted, byte));
            }
        };
        if decoded.form.bom {
            pass(point, 0);
            point += 1;
        }
        let (mut line, mut ends, mut pair) = (0, decoded.ends.iter().peekable(), false);
        for (byte, c) in decoded.text.char_indices() {
            if c == '\n' {
                if let Some((_, is_pair)) = ends.next_if(|(from, _)| *from == line) {
                    pair = *is_pair;
                }
                line += 1;
                if pair {
                    pass(point, byte);
                    point += 1;
                }
            }
            pass(point, byte);
            point += 1;
        }
        pass(point, decoded.text.len());
        Self {
            places,
            length: point,
        }
    }

    /// The byte of a wanted code point; nothing when it is behind the file.
    pub(super) fn byte(&self, point: u32) -> Option<usize> {
        let found = self.places.binary_search_by_key(&point, |(p, _)| *p);
        found.ok().map(|at| self.places[at].1)
    }
}

/// How many code points `text` has, for messages.
pub(super) fn length(text: &str) -> u32 {
    number(text.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::decode;

    #[test]
    fn code_points_count_as_the_file_has_them() {
        for (bytes, want) in [
            ("a乌\nb", &[0, 1, 4, 5, 6][..]),
            ("a\r\n乌\nb", &[0, 1, 1, 2, 5, 6, 7]),
            ("\u{FEFF}乌\r\n", &[0, 0, 3, 3, 4]),
            ("a\rb", &[0, 1, 2, 3]),
            ("", &[0]),
        ] {
            let offsets = Offsets::new(&decode(bytes.as_bytes()), (0..20).collect());
            let got: Vec<usize> = (0..20).map_while(|n| offsets.byte(n)).collect();
            assert_eq!(got, want, "{bytes:?}");
            assert_eq!(offsets.length as usize, want.len() - 1);
        }
    }
}
