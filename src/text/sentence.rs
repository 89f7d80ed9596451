//! Sentences: UAX #29 with what Chinese adds to it.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// So many bytes on each side of a place are looked at: a longer sentence is cut there.
const REACH: usize = 16 * 1024;

/// The sentence of `text` in which byte `offset` stands, in bytes, without white space around it. White space behind
/// a sentence belongs to it, that at the start of the text to the first. Empty only where there is nothing else.
///
/// Sentences end as UAX #29 has it (at 。！？ and at a full stop that is no decimal point, with the closing quotes and
/// brackets behind it), and behind …… with its closing marks where no comma says that the sentence goes on.
#[must_use]
pub fn sentence_at(text: &str, offset: usize) -> Range<usize> {
    let from = text.floor_char_boundary(offset.saturating_sub(REACH));
    let to = text.ceil_char_boundary(offset.saturating_add(REACH).min(text.len()));
    let near = text.get(from..to).unwrap_or("");
    let mut found = 0..0;
    let mut start = 0;
    for end in near
        .split_sentence_bound_indices()
        .flat_map(|(at, piece)| ends(piece).into_iter().map(move |end| at + end))
    {
        let is_blank = near.get(start..end).is_none_or(|s| s.trim().is_empty());
        if is_blank {
            continue;
        }
        found = start..end;
        start = end;
        if offset < from + end {
            break;
        }
    }
    let slice = near.get(found.clone()).unwrap_or("");
    let start = from + found.start + slice.len() - slice.trim_start().len();
    start..start + slice.trim().len()
}

/// Where the sentences end that UAX #29 takes for one, in bytes of the piece.
fn ends(piece: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut at = 0;
    while let Some(dots) = piece.get(at..).and_then(|rest| rest.find("……")) {
        let behind = piece.get(at + dots..).unwrap_or("");
        let tail = behind.trim_start_matches('…').trim_start_matches(closes);
        at = piece.len() - tail.len();
        if !tail.trim().is_empty() && !tail.starts_with(goes_on) {
            ends.push(at);
        }
    }
    // To UAX #29 an opening bracket directly behind a stop closes; it belongs to what follows.
    ends.push(piece.trim_end_matches(opens).len());
    ends
}

const fn opens(c: char) -> bool {
    matches!(
        c,
        '“' | '‘' | '「' | '『' | '（' | '(' | '《' | '〈' | '【' | '〔'
    )
}

const fn closes(c: char) -> bool {
    matches!(
        c,
        '”' | '’' | '」' | '』' | '）' | ')' | '》' | '〉' | '】' | '〕' | '"'
    )
}

const fn goes_on(c: char) -> bool {
    matches!(
        c,
        '，' | ',' | '、' | '；' | '：' | '—' | '。' | '！' | '？' | '!' | '?'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_chinese_and_latin() {
        for (text, at, want) in [
            ("　　一。二！三？", "一", "一。"),
            ("　　一。二！三？", "　", "一。"),
            ("　　一。二！三？", "二", "二！"),
            ("　　一。二！三？", "三", "三？"),
            ("他说：“好。”（完。）又走了", "说", "他说：“好。”"),
            ("“好。”（完。）又走了", "完", "（完。）"),
            ("“好！”——他说。", "他", "“好！”——他说。"),
            ("等等……再说。", "等", "等等……"),
            ("“等等……”再说。", "等", "“等等……”"),
            ("“等等……”再说。", "再", "再说。"),
            ("甲、乙……，都来。", "乙", "甲、乙……，都来。"),
            ("真的？！是。", "真", "真的？！"),
            (
                "It grew 3.5 per cent. Next year, too.",
                "grew",
                "It grew 3.5 per cent.",
            ),
            (
                "It grew 3.5 per cent. Next year, too.",
                "too",
                "Next year, too.",
            ),
            ("用 IPv6.net 上网。好", "net", "用 IPv6.net 上网。"),
            ("一。  二。", "  ", "一。"),
            ("没有句号", "号", "没有句号"),
        ] {
            let offset = text.find(at).expect("is there");
            assert_eq!(&text[sentence_at(text, offset)], want, "{at} in {text}");
        }
        assert_eq!(sentence_at("", 0), 0..0);
        assert_eq!(&"一。"[sentence_at("一。", 99)], "一。");
        assert!(sentence_at(" 　", 1).is_empty());
    }

    #[test]
    fn a_sentence_without_end_is_cut() {
        let text = "水".repeat(100_000);
        let found = sentence_at(&text, 150_000);
        assert!(found.contains(&150_000) && found.len() <= 2 * REACH + 6);
    }
}
