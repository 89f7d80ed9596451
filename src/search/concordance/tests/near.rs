//! What stands near the hits.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;

/// Word, left, right of every collocate within a window, by word.
fn near(text: &str, query: &str, window: u8) -> Vec<(String, u64, u64)> {
    let made = concordance(query, &[(text, "")], Order::default(), false);
    let words = Words::characters();
    let counting = counting(&words);
    let mut frequencies = Frequencies::default();
    frequencies.add(text, &counting);
    let window = Window {
        left: window,
        right: window,
    };
    let found = collocates(&made, window, &frequencies, &counting);
    let mut found: Vec<_> = found
        .into_iter()
        .map(|one| (one.word, one.left, one.right))
        .collect();
    found.sort_unstable();
    found
}

#[test]
fn each_place_counts_once_and_those_of_other_hits_count() {
    let told = |found: Vec<(String, u64, u64)>| -> Vec<String> {
        let one = |(word, left, right)| format!("{word}{left}{right}");
        found.into_iter().map(one).collect()
    };
    for (text, query, window, want) in [
        ("甲高锐乙丙高锐丁", "高锐", 2, "丁01 丙01 乙01 甲10"),
        (
            "甲高锐乙丙高锐丁",
            "高锐",
            3,
            "丁01 丙01 乙01 甲10 锐10 高01",
        ),
        (
            "甲高锐乙丙高锐丁",
            "高锐",
            5,
            "丁01 丙01 乙01 甲10 锐11 高11",
        ),
        // The hit between two others is near both, and counts at the first.
        ("甲乙甲乙甲", "甲", 2, "乙02 甲12"),
        // Another article, or block, begins anew.
        ("乙甲\n乙甲", "甲", 2, "乙20"),
    ] {
        let found = told(near(text, query, window));
        assert_eq!(found.join(" "), want, "{text} within {window}");
    }
}

proptest! {
    /// As many places are counted as there are within the window of any hit, each seen by itself.
    #[test]
    fn the_places_near_any_hit_are_counted(text in "[甲乙丙]{0,40}", window in 0u8..6) {
        let chars: Vec<char> = text.chars().collect();
        let near_to = |at: usize| (0..chars.len()).filter(move |n| n.abs_diff(at) <= window.into() && *n != at);
        let hits = (0..chars.len()).filter(|n| chars[*n] == '甲');
        let places: HashSet<usize> = hits.flat_map(near_to).collect();
        for c in ['甲', '乙', '丙'] {
            let want = places.iter().filter(|n| chars[**n] == c).count() as u64;
            let found = near(&text, "甲", window);
            let found = found.iter().find(|one| one.0 == c.to_string());
            prop_assert_eq!(found.map_or(0, |one| one.1 + one.2), want, "{}", c);
        }
    }
}
