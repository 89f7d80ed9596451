//! Which script a character belongs to, as far as line breaking, word rules and searching ask.

use super::profile::{Ambiguous, Profile};
use super::width::char_width;

/// The scripts that the rules of Chinese typesetting tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Script {
    /// Chinese characters, with their iteration and number forms (〇 々 〆).
    Han,
    /// Hiragana and katakana, full or half width.
    Kana,
    /// Hangul syllables and jamo.
    Hangul,
    /// Letters of any other script, full-width Latin included.
    Letter,
    /// Digits of any kind.
    Digit,
    /// Everything else: marks, symbols, spaces.
    Other,
}

/// The script of `c`.
#[must_use]
pub fn script(c: char) -> Script {
    match c {
        '0'..='9' | '\u{FF10}'..='\u{FF19}' => Script::Digit,
        'a'..='z' | 'A'..='Z' => Script::Letter,
        _ if is_han(c) => Script::Han,
        '\u{3041}'..='\u{309F}'
        | '\u{30A1}'..='\u{30FA}'
        | '\u{30FC}'..='\u{30FF}'
        | '\u{31F0}'..='\u{31FF}'
        | '\u{FF66}'..='\u{FF9F}'
        | '\u{1B000}'..='\u{1B16F}' => Script::Kana,
        '\u{1100}'..='\u{11FF}'
        | '\u{3131}'..='\u{318E}'
        | '\u{A960}'..='\u{A97C}'
        | '\u{AC00}'..='\u{D7FB}' => Script::Hangul,
        _ if c.is_numeric() && !c.is_alphabetic() => Script::Digit,
        _ if c.is_alphabetic() => Script::Letter,
        _ => Script::Other,
    }
}

/// Whether `c` is a Chinese character: the unified and compatibility ideographs of all planes, 〇, 々, 〆.
#[must_use]
pub const fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3021}'..='\u{3029}'
        | '\u{3038}'..='\u{303B}'
        | '\u{2E80}'..='\u{2FD5}'
        | '\u{F900}'..='\u{FAD9}'
        | '\u{20000}'..='\u{2FA1D}'
        | '\u{30000}'..='\u{33479}')
}

/// Whether `c` is a character of East Asian Width W, F or H, or Han: what the CJK floor of line breaking owns.
#[must_use]
pub fn is_cjk(c: char) -> bool {
    if c < '\u{1100}' {
        return false;
    }
    is_han(c)
        || matches!(c, '\u{FF61}'..='\u{FFDC}' | '\u{FFE8}'..='\u{FFEE}' | '\u{20A9}')
        || (char_width(c, &Profile::new(Ambiguous::One)) == 2 && !is_emoji_like(c))
}

const fn is_emoji_like(c: char) -> bool {
    matches!(c, '\u{231A}'..='\u{2B55}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Whether `text` holds any character for which [`is_cjk`] is true.
#[must_use]
pub fn has_wide(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(is_cjk)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_of_hard_characters() {
        for (chars, want) in [
            ("中〇々𠀀", Script::Han),
            ("あアーｱ", Script::Kana),
            ("한ᄀ", Script::Hangul),
            ("aZéЖＡ", Script::Letter),
            ("09１", Script::Digit),
            ("，“— ·😀", Script::Other),
        ] {
            for c in chars.chars() {
                assert_eq!(script(c), want, "{c}");
            }
        }
        assert!(is_cjk('，') && is_cjk('１') && is_cjk('ｱ') && is_cjk('中'));
        assert!(!is_cjk('“') && !is_cjk('a') && !is_cjk('—') && !is_cjk('😀'));
    }
}
