//! Literal queries: one character of the query is looked for by its bytes, the others are compared around it.

use memchr::memmem;

use std::ops::Range;

use super::variants::{commonness, is_blank, variants};
use crate::text;

/// What one more needle costs, in the unit of [`commonness`]: a pass over the text takes as long as comparing around
/// one character in a hundred.
const NEEDLE_COST: usize = 100;

/// A literal query made ready.
#[derive(Debug)]
pub(super) struct Literal {
    elements: Vec<Element>,
    /// The element that is looked for.
    anchor: usize,
    needles: Vec<Needle>,
    /// The most bytes that a hit may have.
    longest: usize,
    /// Whether a hit might begin within another.
    overlaps: bool,
}

/// A character of the query.
#[derive(Debug)]
struct Element {
    /// Any of which matches.
    chars: Vec<char>,
    /// Whether one blank may stand before it, as between the characters of a name that is set apart.
    parted: bool,
}

#[derive(Debug)]
enum Needle {
    One(u8),
    Two(u8, u8),
    Bytes(Box<memmem::Finder<'static>>),
}

impl Literal {
    /// `None` for a query of white space alone, which matches nothing.
    pub(super) fn new(query: &str) -> Option<Self> {
        if query.chars().all(char::is_whitespace) {
            return None;
        }
        let elements = elements(query);
        let repeats = |e: &Element| elements.iter().filter(|o| o.chars == e.chars).count();
        let anchor = (0..elements.len()).min_by_key(|i| {
            let element = &elements[*i];
            (element.cost(), repeats(element))
        })?;
        let longest = elements.iter().map(Element::longest).sum();
        let first = &elements[0];
        let overlaps = elements[1..].iter().any(|e| {
            e.chars.iter().any(|c| first.chars.contains(c)) || (e.parted && first.matches(' '))
        });
        Some(Self {
            needles: needles(&elements[anchor].chars),
            elements,
            anchor,
            longest,
            overlaps,
        })
    }

    /// The hits in `hay`, from left to right; one begins behind the end of the one before.
    pub(super) fn hits<'a>(&'a self, hay: &'a str) -> LiteralHits<'a> {
        let streams = self.needles.iter().map(|n| Stream::new(n, hay)).collect();
        LiteralHits {
            literal: self,
            hay,
            streams,
            end: 0,
        }
    }

    /// The part of `hay` that must be looked through for all hits that touch `within`.
    ///
    /// Where hits might overlap, which of them count depends on those before, from the start of the line.
    pub(super) fn reach(&self, hay: &str, within: Range<usize>) -> Range<usize> {
        let start = hay.floor_char_boundary(within.start.saturating_sub(self.longest));
        let start = if self.overlaps {
            memchr::memrchr(b'\n', &hay.as_bytes()[..start]).map_or(0, |at| at + 1)
        } else {
            start
        };
        start..hay.ceil_char_boundary(within.end.saturating_add(self.longest).min(hay.len()))
    }

    /// The hit whose anchor stands at byte `at`.
    fn around(&self, hay: &str, at: usize) -> Option<Range<usize>> {
        let (before, behind) = self.elements.split_at(self.anchor);
        let mut start = at;
        let mut parted = behind[0].parted;
        for element in before.iter().rev() {
            let mut chars = hay[..start].chars().rev();
            let mut c = chars.next()?;
            start -= c.len_utf8();
            if parted && is_blank(c) {
                c = chars.next()?;
                start -= c.len_utf8();
            }
            if !element.matches(c) {
                return None;
            }
            parted = element.parted;
        }
        let mut end = at + hay[at..].chars().next()?.len_utf8();
        for element in &behind[1..] {
            let mut chars = hay[end..].chars();
            let mut c = chars.next()?;
            end += c.len_utf8();
            if element.parted && is_blank(c) {
                c = chars.next()?;
                end += c.len_utf8();
            }
            if !element.matches(c) {
                return None;
            }
        }
        Some(start..end)
    }
}

/// Blanks of the query between two Han do not count: there one may stand in the text or not.
fn elements(query: &str) -> Vec<Element> {
    let cased = query.chars().any(char::is_uppercase);
    let chars: Vec<char> = query.chars().collect();
    let mut elements = Vec::new();
    let mut han_before = false;
    let mut i = 0;
    while i < chars.len() {
        let blanks = chars[i..].iter().take_while(|c| is_blank(**c)).count();
        let han_behind = chars.get(i + blanks).is_some_and(|c| text::is_han(*c));
        if han_before && han_behind {
            i += blanks;
        }
        let c = chars[i];
        elements.push(Element {
            chars: variants(c, cased),
            parted: han_before && han_behind,
        });
        han_before = text::is_han(c);
        i += 1;
    }
    elements
}

impl Element {
    fn matches(&self, c: char) -> bool {
        self.chars.contains(&c)
    }

    fn longest(&self) -> usize {
        let char = self.chars.iter().map(|c| c.len_utf8()).max();
        char.unwrap_or(0)
            + if self.parted {
                '\u{3000}'.len_utf8()
            } else {
                0
            }
    }

    /// What it costs to look for it.
    fn cost(&self) -> usize {
        let ascii = usize::from(self.chars.iter().any(char::is_ascii));
        let needles = ascii + self.chars.iter().filter(|c| !c.is_ascii()).count();
        let common: usize = self.chars.iter().map(|c| commonness(*c)).sum();
        needles * NEEDLE_COST + common
    }
}

fn needles(chars: &[char]) -> Vec<Needle> {
    let (ascii, others): (Vec<char>, Vec<char>) = chars.iter().partition(|c| c.is_ascii());
    // An ASCII character fits a byte.
    let bytes: Vec<u8> = ascii.iter().filter_map(|c| u8::try_from(*c).ok()).collect();
    let ascii = bytes.chunks(2).map(|pair| match *pair {
        [one, two] => Needle::Two(one, two),
        _ => Needle::One(pair[0]),
    });
    let others = others.iter().map(|c| {
        let finder = memmem::Finder::new(c.encode_utf8(&mut [0; 4])).into_owned();
        Needle::Bytes(Box::new(finder))
    });
    ascii.chain(others).collect()
}

/// The occurrences of one needle.
struct Stream<'a> {
    found: Occurrences<'a>,
    next: Option<usize>,
}

enum Occurrences<'a> {
    One(memchr::Memchr<'a>),
    Two(memchr::Memchr2<'a>),
    Bytes(Box<memmem::FindIter<'a, 'a>>),
}

impl<'a> Stream<'a> {
    fn new(needle: &'a Needle, hay: &'a str) -> Self {
        let hay = hay.as_bytes();
        let found = match needle {
            Needle::One(a) => Occurrences::One(memchr::memchr_iter(*a, hay)),
            Needle::Two(a, b) => Occurrences::Two(memchr::memchr2_iter(*a, *b, hay)),
            Needle::Bytes(finder) => Occurrences::Bytes(Box::new(finder.find_iter(hay))),
        };
        let mut stream = Self { found, next: None };
        stream.advance();
        stream
    }

    fn advance(&mut self) {
        self.next = match &mut self.found {
            Occurrences::One(found) => found.next(),
            Occurrences::Two(found) => found.next(),
            Occurrences::Bytes(found) => found.next(),
        };
    }
}

/// The hits of a literal query in a text.
pub(super) struct LiteralHits<'a> {
    literal: &'a Literal,
    hay: &'a str,
    streams: Vec<Stream<'a>>,
    /// Where the last hit ended.
    end: usize,
}

impl Iterator for LiteralHits<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            // The nearest anchor. A later anchor never belongs to an earlier hit, so hits come in order.
            let nearest = self.streams.iter_mut().filter(|s| s.next.is_some());
            let stream = nearest.min_by_key(|s| s.next)?;
            let at = stream.next?;
            stream.advance();
            if let Some(hit) = self.literal.around(self.hay, at)
                && hit.start >= self.end
            {
                self.end = hit.end;
                return Some(hit);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use regex::Regex;

    fn found<'a>(query: &str, hay: &'a str) -> Vec<&'a str> {
        let literal = Literal::new(query).expect("not blank");
        literal.hits(hay).map(|hit| &hay[hit]).collect()
    }

    #[test]
    fn what_a_literal_query_finds() {
        for (query, hay, want) in [
            ("高锐", "记者高锐报道，高 锐摄。", "高锐|高 锐"),
            (
                "王正",
                "王 正、王　正、王正、王  正、王\n正",
                "王 正|王　正|王正",
            ),
            ("王 正", "王 正、王正", "王 正|王正"),
            ("王　 正", "王 正、王正", "王 正|王正"),
            (
                "王建国",
                "王 建 国王建 国王 建国",
                "王 建 国|王建 国|王 建国",
            ),
            ("ｉｐｖ６", "IPv6、ＩＰｖ６、ipv4", "IPv6|ＩＰｖ６"),
            ("IPv6", "IPv6、ＩＰｖ６、ipv6、IPｖ6", "IPv6|ＩＰｖ６|IPｖ6"),
            ("12", "１２月12日 1２ 1 2", "１２|12|1２"),
            (",", "，,、", "，|,"),
            ("5g ", "5G 与５Ｇ　与5g", "5G |５Ｇ　"),
            ("IPv6规", "IPv6规模、IPv6 规模", "IPv6规"),
            ("a.c", "abc a.c", "a.c"),
            ("哈哈", "哈哈哈哈哈", "哈哈|哈哈"),
            ("哈", "哈哈", "哈|哈"),
            ("straße", "STRASSE Straße", "Straße"),
            ("的\n", "的\n", ""),
            (" 王", "李 王、 王", " 王| 王"),
        ] {
            assert_eq!(found(query, hay).join("|"), want, "{query} in {hay}");
        }
        for blank in ["", " ", "　 \t", "\n"] {
            assert!(Literal::new(blank).is_none());
        }
    }

    #[test]
    fn the_rarest_character_is_looked_for() {
        for (query, want) in [("的翀国", 1), ("国翀ab", 1), ("王王李", 2), ("ipv6", 3)] {
            assert_eq!(
                Literal::new(query).expect("not blank").anchor,
                want,
                "{query}"
            );
        }
    }

    /// The same query as an expression, by its definition.
    fn expression(query: &str) -> Regex {
        let mut pattern = String::new();
        for element in elements(query) {
            pattern += if element.parted { "[ 　]?" } else { "" };
            let class: Vec<String> = element
                .chars
                .iter()
                .map(|c| regex::escape(&c.to_string()))
                .collect();
            pattern += &format!("(?:{})", class.join("|"));
        }
        Regex::new(&pattern).expect("an expression")
    }

    proptest! {
        #[test]
        fn hits_are_those_of_the_expression(query in "[王正的 　aAＡ1，]{1,5}", hay in "[王正的 　aAＡ1，\n]{0,60}") {
            prop_assume!(!query.chars().all(char::is_whitespace));
            let literal = Literal::new(&query).expect("not blank");
            let got: Vec<Range<usize>> = literal.hits(&hay).collect();
            let want: Vec<Range<usize>> = expression(&query).find_iter(&hay).map(|m| m.range()).collect();
            prop_assert_eq!(got, want);
        }
    }
}
