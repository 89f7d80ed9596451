//! Mentions from names: where the names of entities stand in the text.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use aho_corasick::AhoCorasick;

use crate::article::ByteSpan;
use crate::text::{Script, is_han, script};

/// Finds every name in one pass over the text; `names` are pairs of an entity's number and one of its names. The
/// result is sorted by place; of overlapping places of one entity only the longest stands, of equally long ones the
/// leftmost.
pub(super) fn find(text: &str, names: &[(usize, &str)]) -> Vec<(ByteSpan, usize)> {
    let mut patterns: Vec<String> = Vec::new();
    let mut owners: Vec<Vec<usize>> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (entity, name) in names {
        let name = Squeezed::new(name).text;
        let at = *known.entry(name.clone()).or_insert_with(|| {
            patterns.push(name);
            owners.push(Vec::new());
            patterns.len() - 1
        });
        if owners[at].last() != Some(entity) {
            owners[at].push(*entity);
        }
    }
    // It fails only for more patterns than the memory of a 32-bit number holds.
    let Ok(automaton) = AhoCorasick::new(&patterns) else {
        return Vec::new();
    };
    let squeezed = Squeezed::new(text);
    let mut places: BTreeMap<usize, Vec<ByteSpan>> = BTreeMap::new();
    for found in automaton.find_overlapping_iter(&squeezed.text) {
        let span = squeezed.original(found.start(), found.end());
        if span.is_empty() || !stands_alone(text, span) {
            continue;
        }
        for entity in &owners[found.pattern().as_usize()] {
            places.entry(*entity).or_default().push(span);
        }
    }
    let mut all: Vec<(ByteSpan, usize)> = places
        .into_iter()
        .flat_map(|(entity, spans)| longest(spans).map(move |span| (span, entity)))
        .collect();
    all.sort_unstable();
    all
}

/// Of spans that overlap the longest, of equally long ones the leftmost.
fn longest(mut spans: Vec<ByteSpan>) -> impl Iterator<Item = ByteSpan> {
    spans.sort_unstable_by_key(|s| (Reverse(s.len()), s.start()));
    let mut taken: BTreeMap<usize, ByteSpan> = BTreeMap::new();
    for span in spans {
        // Those taken are apart, so only the last one that begins before the end can overlap.
        let before = taken.range(..span.end()).next_back();
        if before.is_none_or(|(_, other)| !other.touches(span)) {
            taken.insert(span.start(), span);
        }
    }
    taken.into_values()
}

/// Whether no Latin word is cut: a letter or digit at an edge of the span has none beside it outside.
fn stands_alone(text: &str, span: ByteSpan) -> bool {
    let word = |c: Option<char>| {
        c.is_some_and(|c| matches!(script(c), Script::Letter | Script::Digit) || is_mark(c))
    };
    let inside = &text[span.range()];
    let starts_within =
        word(inside.chars().next()) && word(text[..span.start()].chars().next_back());
    let ends_within = word(inside.chars().next_back()) && word(text[span.end()..].chars().next());
    !starts_within && !ends_within
}

/// Combining marks belong to the letter before them.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// A text without the single spaces that stand between two Han, and the way back.
struct Squeezed {
    text: String,
    /// Where in `text` spaces were left out, and how many bytes up to there.
    gaps: Vec<(usize, usize)>,
}

impl Squeezed {
    fn new(text: &str) -> Self {
        let mut squeezed = String::with_capacity(text.len());
        let (mut gaps, mut left_out) = (Vec::new(), 0);
        let mut before_is_han = false;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let is_space = matches!(c, ' ' | '\u{3000}');
            if is_space && before_is_han && chars.peek().copied().is_some_and(is_han) {
                left_out += c.len_utf8();
                gaps.push((squeezed.len(), left_out));
            } else {
                squeezed.push(c);
            }
            before_is_han = is_han(c);
        }
        Self {
            text: squeezed,
            gaps,
        }
    }

    fn original(&self, start: usize, end: usize) -> ByteSpan {
        let up_to = |n: usize| n.checked_sub(1).map_or(0, |last| self.gaps[last].1);
        let before_start = self.gaps.partition_point(|(at, _)| *at <= start);
        let before_end = self.gaps.partition_point(|(at, _)| *at < end);
        ByteSpan::new(start + up_to(before_start), end + up_to(before_end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found<'t>(text: &'t str, names: &[(usize, &str)]) -> Vec<(usize, &'t str)> {
        find(text, names)
            .into_iter()
            .map(|(span, entity)| (entity, &text[span.range()]))
            .collect()
    }

    #[test]
    fn names_are_found_where_they_are_meant() {
        for (text, names, want) in [
            (
                "乌镇峰会在乌镇",
                &["乌镇", "乌镇峰会"][..],
                &[(0, "乌镇"), (1, "乌镇峰会"), (0, "乌镇")][..],
            ),
            (
                "浙江乌镇峰会",
                &["浙江乌镇", "乌镇峰会"],
                &[(0, "浙江乌镇"), (1, "乌镇峰会")],
            ),
            (
                "IPv6的，IPv60，xIPv6，IPv6",
                &["IPv6"],
                &[(0, "IPv6"), (0, "IPv6")],
            ),
            ("ipv6 ＩＰｖ６", &["IPv6"], &[]),
            ("123个，23个", &["23个"], &[(0, "23个")]),
            ("cafe\u{301} cafe", &["cafe"], &[(0, "cafe")]),
            (
                "彭 飞、彭　飞、彭飞、彭  飞、彭\n飞",
                &["彭飞"],
                &[(0, "彭 飞"), (0, "彭　飞"), (0, "彭飞")],
            ),
            ("彭飞", &["彭 飞"], &[(0, "彭飞")]),
            ("甲 彭 飞 乙", &["彭飞"], &[(0, "彭 飞")]),
            (
                "Francis Gurry",
                &["Francis  Gurry", "Gurry"],
                &[(1, "Gurry")],
            ),
        ] {
            let names: Vec<_> = names.iter().copied().enumerate().collect();
            let mut got = found(text, &names);
            got.sort_by_key(|(_, name)| name.as_ptr());
            let mut want = want.to_vec();
            let order = |list: &mut Vec<(usize, &str)>| list.sort_by_key(|(e, n)| (*e, n.len()));
            order(&mut got);
            order(&mut want);
            assert_eq!(got, want, "{text}");
        }
    }

    #[test]
    fn the_longest_match_of_an_entity_wins() {
        let names = [(0, "世界互联网大会乌镇峰会"), (0, "乌镇峰会"), (0, "峰会")];
        assert_eq!(
            found("世界互联网大会乌镇峰会，乌镇峰会，峰会", &names),
            [(0, "世界互联网大会乌镇峰会"), (0, "乌镇峰会"), (0, "峰会")]
        );
        assert_eq!(
            found("甲乙丙丁", &[(0, "甲乙"), (0, "乙丙丁")]),
            [(0, "乙丙丁")]
        );
        assert_eq!(found("甲乙丙", &[(0, "甲乙"), (0, "乙丙")]), [(0, "甲乙")]);
    }

    #[test]
    fn hundreds_of_names_in_a_long_text_are_one_pass() {
        let names: Vec<String> = (0..900).map(|n| format!("第{n}号")).collect();
        let names: Vec<(usize, &str)> = names.iter().map(String::as_str).enumerate().collect();
        let text = "第1号与第899号在乌镇。".repeat(20_000);
        assert_eq!(find(&text, &names).len(), 40_000);
    }

    proptest! {
        #[test]
        fn places_are_in_bounds_and_apart(
            text in "[甲乙丙 　a1\n]{0,60}",
            names in proptest::collection::vec((0usize..3, "[甲乙丙 a1]{1,4}"), 0..8),
        ) {
            let names: Vec<(usize, &str)> = names.iter().map(|(e, n)| (*e, n.as_str())).collect();
            let found = find(&text, &names);
            for (span, entity) in &found {
                let part = text.get(span.range()).unwrap();
                prop_assert!(!part.is_empty() && !part.contains('\n'));
                prop_assert!(found.iter().all(|(s, e)| e != entity || s == span || !s.touches(*span)));
            }
        }
    }
}
