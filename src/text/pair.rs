//! Brackets and quotation marks and their partners.

use std::ops::Range;

use memchr::memmem;

/// Marks that open, each with the one that closes it.
const PAIRS: [(char, char); 29] = [
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
    ('（', '）'),
    ('［', '］'),
    ('｛', '｝'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('〈', '〉'),
    ('【', '】'),
    ('〔', '〕'),
    ('〖', '〗'),
    ('〘', '〙'),
    ('〚', '〛'),
    ('“', '”'),
    ('‘', '’'),
    ('〝', '〞'),
    ('«', '»'),
    ('‹', '›'),
    ('｢', '｣'),
    ('｟', '｠'),
    ('⟨', '⟩'),
    ('⟦', '⟧'),
    ('﹙', '﹚'),
    ('﹛', '﹜'),
    ('﹝', '﹞'),
    ('﹁', '﹂'),
    ('﹃', '﹄'),
];

/// Marks of which the same one opens and closes.
const STRAIGHT: [char; 2] = ['"', '＂'];

/// So many bytes are looked through for a mark, and so many again for its partner: what is farther away belongs to
/// nothing that one could read, and a key must not wait for it.
pub const PAIR_REACH: usize = 1 << 20;

/// A bracket or quotation mark in a text, and its partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// Byte of the mark.
    pub at: usize,
    /// The mark.
    pub mark: char,
    /// Byte of the mark that opens or closes with it; nothing where the text has none within [`PAIR_REACH`].
    pub partner: Option<usize>,
}

/// The first bracket or quotation mark at byte `from` of `text` or behind it, within [`PAIR_REACH`].
///
/// Marks of the same sort nest; of straight quotation marks the first opens, the second closes, and so on. An
/// apostrophe (don’t) is none.
///
/// ```
/// use kanbao::text::pair_from;
/// let pair = pair_from("（甲（乙）丙）", 0).unwrap();
/// assert_eq!(pair.partner, Some("（甲（乙）丙".len()));
/// ```
#[must_use]
pub fn pair_from(text: &str, from: usize) -> Option<Pair> {
    let from = text.ceil_char_boundary(from);
    let up_to = |at: usize| text.floor_char_boundary(at.saturating_add(PAIR_REACH));
    let (at, mark) = marks(text, from..up_to(from)).next()?;
    let partner = if STRAIGHT.contains(&mark) {
        // All before it count, however far they are; the search for one string is fast enough for that.
        let (mut utf8, bytes) = ([0; 4], text.as_bytes());
        let needle = mark.encode_utf8(&mut utf8).as_bytes();
        let behind = at + needle.len();
        let before = bytes.get(..at).unwrap_or(&[]);
        if memmem::find_iter(before, needle).count() % 2 == 0 {
            let rest = bytes.get(behind..).unwrap_or(&[]);
            memmem::find(rest, needle).map(|found| behind + found)
        } else {
            memmem::rfind(before, needle)
        }
    } else {
        let (open, close) = PAIRS.iter().find(|(o, c)| [*o, *c].contains(&mark))?;
        let step = |(_, c): &(usize, char)| i64::from(c == open) - i64::from(c == close);
        let mut depth = 0;
        let is_level = |found: &(usize, char)| {
            depth += step(found);
            depth == 0
        };
        if mark == *open {
            marks(text, at..up_to(at)).find(is_level)
        } else {
            let first = text.ceil_char_boundary(at.saturating_sub(PAIR_REACH));
            marks(text, first..at + mark.len_utf8())
                .rev()
                .find(is_level)
        }
        .map(|(at, _)| at)
    };
    Some(Pair { at, mark, partner })
}

/// The brackets and quotation marks in a range of a text, with their bytes.
fn marks(text: &str, range: Range<usize>) -> impl DoubleEndedIterator<Item = (usize, char)> {
    let start = range.start;
    let part = text.get(range).unwrap_or("");
    part.char_indices()
        .map(move |(at, c)| (start + at, c))
        .filter(move |(at, c)| is_mark(text, *at, *c))
}

fn is_mark(text: &str, at: usize, c: char) -> bool {
    if c.is_ascii_alphanumeric() || ('\u{4E00}'..='\u{9FFF}').contains(&c) {
        return false;
    }
    if c == '’' {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let behind = text.get(at + c.len_utf8()..).and_then(|t| t.chars().next());
        let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && c < '\u{300}');
        return !(is_latin(before) && is_latin(behind));
    }
    STRAIGHT.contains(&c) || PAIRS.iter().any(|(open, close)| c == *open || c == *close)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partners_are_found_from_either_side() {
        // The mark at the point stands before ^, its partner is drawn as it is found.
        for (before, behind, want) in [
            ("", "（甲（乙）丙）丁", Some((0, 6))),
            ("（甲", "（乙）丙）", Some((2, 4))),
            ("（甲（乙", "）丙）", Some((4, 2))),
            ("（甲（乙）丙", "）", Some((6, 0))),
            ("", "他说：“看《报》。”", Some((3, 9))),
            ("“看", "《报》。”", Some((2, 4))),
            ("（甲", "乙）", Some((3, 0))),
            ("甲", "\"乙\"丙\"丁\"", Some((1, 3))),
            ("\"乙\"丙\"丁", "\"", Some((6, 4))),
            ("‘don", "’t’", Some((6, 0))),
            ("", "（甲《乙）", Some((0, 4))),
            ("", "[a]{b}「c」『d』〈e〉【f】〔g〕", Some((0, 2))),
            ("[a]", "{b}「c」『d』", Some((3, 5))),
            ("（", "甲", None),
            ("", "甲）", Some((1, usize::MAX))),
            ("", "甲（", Some((1, usize::MAX))),
            ("", "", None),
        ] {
            let text = format!("{before}{behind}");
            let number = |at: usize| text[..at].chars().count();
            let found = pair_from(&text, before.len());
            let found = found.map(|p| (number(p.at), p.partner.map_or(usize::MAX, number)));
            assert_eq!(found, want, "{before}^{behind}");
        }
    }

    #[test]
    fn what_is_far_away_is_not_looked_for() {
        let long = "字".repeat(PAIR_REACH / 3 + 1);
        assert_eq!(pair_from(&format!("{long}（）"), 0), None);
        for (text, from) in [
            (format!("（{long}）"), 0),
            (format!("（{long}）"), 1 + long.len()),
        ] {
            let pair = pair_from(&text, from).expect("a mark");
            assert_eq!(pair.partner, None, "{}", pair.mark);
        }
        // Of straight marks all count.
        let text = format!("\"甲\"{long}\"乙\"");
        let pair = pair_from(&text, text.len() - 1).expect("a mark");
        assert_eq!(pair.partner, Some(5 + long.len()));
    }

    proptest::proptest! {
        /// The partner of the partner is the mark itself.
        #[test]
        fn partners_are_mutual(text in "[甲a（）《》“”‘’\"\\[\\]]{0,30}", from in 0usize..40) {
            if let Some(Pair { at, partner: Some(partner), .. }) = pair_from(&text, from) {
                let back = pair_from(&text, partner).expect("a mark");
                assert_eq!((back.at, back.partner), (partner, Some(at)), "{text}");
            }
        }
    }
}
