//! The word to search for at a place, in scripts that set words apart.

use std::ops::Range;

use super::{Script, script};

/// The Latin word or number in which byte `offset` of `text` stands, in bytes; `None` among Han, kana, marks, spaces.
///
/// Letters and digits of any such script and of both widths belong to it, with what joins two of them: - _ between
/// any, ' ’ between letters, . between any (PM2.5, U.S), a comma between digits (7,200).
#[must_use]
pub fn word_at(text: &str, offset: usize) -> Option<Range<usize>> {
    let offset = text.floor_char_boundary(offset);
    let c = text.get(offset..)?.chars().next()?;
    let behind = offset + c.len_utf8();
    if !is_part(c) && !joins(text, offset, c) {
        return None;
    }
    let mut start = offset;
    while let Some(c) = text[..start].chars().next_back() {
        let at = start - c.len_utf8();
        if !is_part(c) && !joins(text, at, c) {
            break;
        }
        start = at;
    }
    let mut end = behind;
    while let Some(c) = text[end..].chars().next()
        && (is_part(c) || joins(text, end, c))
    {
        end += c.len_utf8();
    }
    Some(start..end)
}

/// Combining marks go with the letter before them.
fn is_part(c: char) -> bool {
    matches!(script(c), Script::Letter | Script::Digit) || matches!(c, '\u{0300}'..='\u{036F}')
}

/// Whether `c`, which stands at byte `at`, joins its neighbours to one word.
fn joins(text: &str, at: usize, c: char) -> bool {
    let around = |both: fn(char) -> bool| {
        text[..at].chars().next_back().is_some_and(both)
            && text[at + c.len_utf8()..].chars().next().is_some_and(both)
    };
    match c {
        '-' | '－' | '_' | '＿' | '.' | '．' => around(is_part),
        '\'' | '＇' | '’' => around(|c| is_part(c) && script(c) != Script::Digit),
        ',' => around(|c| script(c) == Script::Digit),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers() {
        for (text, at, want) in [
            ("用IPv6上网", "v", "IPv6"),
            ("用IPv6上网", "用", ""),
            ("用IPv6上网", "上", ""),
            ("５Ｇ网", "Ｇ", "５Ｇ"),
            ("PM2.5升", ".", "PM2.5"),
            ("约7,200万", "2", "7,200"),
            ("约7，200万", "2", "200"),
            ("COVID-19。", "D", "COVID-19"),
            ("don’t go", "n", "don’t"),
            ("the end. Next", "d", "end"),
            ("the end. Next", ".", ""),
            ("a--b", "a", "a"),
            ("李 Ming", "M", "Ming"),
            ("李 Ming", " ", ""),
            ("cafe\u{301}在", "c", "cafe\u{301}"),
            ("Москва是", "к", "Москва"),
        ] {
            let offset = text.find(at).expect("is there");
            let got = word_at(text, offset).map_or("", |range| &text[range]);
            assert_eq!(got, want, "{at} in {text}");
        }
        assert_eq!(word_at("", 0), None);
        assert_eq!(word_at("ab", 2), None, "behind the end");
        assert_eq!(word_at("５Ｇ", 4), Some(0..6), "within a character");
    }
}
