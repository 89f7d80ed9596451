//! Zhuyin (bopomofo), as it is typed in Taiwan: syllables of up to three letters and a tone mark, turned into pinyin.

use super::query::Letter;

const INITIALS: [(char, &str); 21] = [
    ('ㄅ', "b"),
    ('ㄆ', "p"),
    ('ㄇ', "m"),
    ('ㄈ', "f"),
    ('ㄉ', "d"),
    ('ㄊ', "t"),
    ('ㄋ', "n"),
    ('ㄌ', "l"),
    ('ㄍ', "g"),
    ('ㄎ', "k"),
    ('ㄏ', "h"),
    ('ㄐ', "j"),
    ('ㄑ', "q"),
    ('ㄒ', "x"),
    ('ㄓ', "zh"),
    ('ㄔ', "ch"),
    ('ㄕ', "sh"),
    ('ㄖ', "r"),
    ('ㄗ', "z"),
    ('ㄘ', "c"),
    ('ㄙ', "s"),
];

/// Finals: in zhuyin, alone, and after an initial.
const FINALS: [(&str, &str, &str); 37] = [
    ("ㄚ", "a", "a"),
    ("ㄛ", "o", "o"),
    ("ㄜ", "e", "e"),
    ("ㄝ", "e", "e"),
    ("ㄞ", "ai", "ai"),
    ("ㄟ", "ei", "ei"),
    ("ㄠ", "ao", "ao"),
    ("ㄡ", "ou", "ou"),
    ("ㄢ", "an", "an"),
    ("ㄣ", "en", "en"),
    ("ㄤ", "ang", "ang"),
    ("ㄥ", "eng", "eng"),
    ("ㄦ", "er", "er"),
    ("ㄧ", "yi", "i"),
    ("ㄧㄚ", "ya", "ia"),
    ("ㄧㄛ", "yo", "io"),
    ("ㄧㄝ", "ye", "ie"),
    ("ㄧㄠ", "yao", "iao"),
    ("ㄧㄡ", "you", "iu"),
    ("ㄧㄢ", "yan", "ian"),
    ("ㄧㄣ", "yin", "in"),
    ("ㄧㄤ", "yang", "iang"),
    ("ㄧㄥ", "ying", "ing"),
    ("ㄨ", "wu", "u"),
    ("ㄨㄚ", "wa", "ua"),
    ("ㄨㄛ", "wo", "uo"),
    ("ㄨㄞ", "wai", "uai"),
    ("ㄨㄟ", "wei", "ui"),
    ("ㄨㄢ", "wan", "uan"),
    ("ㄨㄣ", "wen", "un"),
    ("ㄨㄤ", "wang", "uang"),
    ("ㄨㄥ", "weng", "ong"),
    ("ㄩ", "yu", "v"),
    ("ㄩㄝ", "yue", "ve"),
    ("ㄩㄢ", "yuan", "van"),
    ("ㄩㄣ", "yun", "vn"),
    ("ㄩㄥ", "yong", "iong"),
];

/// Whether `c` is a letter of zhuyin.
pub(super) fn is_zhuyin(c: char) -> bool {
    matches!(c, 'ㄅ'..='ㄩ')
}

/// The pinyin letters of zhuyin; none when anything else but tone marks and spaces stands there. An initial alone stands for
/// any syllable that begins with it.
pub(super) fn letters(query: &str) -> Option<Vec<Letter>> {
    let mut letters: Vec<Letter> = Vec::new();
    let mut rest = query;
    while let Some(first) = rest.chars().next() {
        let tone = match first {
            'ˉ' => 1,
            'ˊ' => 2,
            'ˇ' => 3,
            'ˋ' => 4,
            '˙' => 5,
            _ => 0,
        };
        if tone > 0 {
            let last = letters.last_mut().filter(|last| last.tone == 0)?;
            *last = Letter {
                tone,
                whole: true,
                ..*last
            };
        }
        if tone > 0 || matches!(first, ' ' | '\u{3000}') {
            rest = rest.get(first.len_utf8()..)?;
            continue;
        }
        let initial = INITIALS
            .iter()
            .find(|(c, _)| *c == first)
            .map(|(_, pinyin)| *pinyin);
        if initial.is_some() {
            rest = rest.get(first.len_utf8()..)?;
        }
        let last = FINALS
            .iter()
            .filter(|(zhuyin, ..)| rest.starts_with(zhuyin))
            .max_by_key(|(zhuyin, ..)| zhuyin.len());
        let (initial, last) = match (initial, last) {
            (None, None) => return None,
            (Some(initial), None) => (initial, ""),
            (None, Some((zhuyin, alone, _))) => {
                rest = rest.get(zhuyin.len()..)?;
                ("", *alone)
            }
            (Some(initial), Some((zhuyin, _, after))) => {
                rest = rest.get(zhuyin.len()..)?;
                (initial, *after)
            }
        };
        let joined = |byte| Letter {
            joined: true,
            ..Letter::new(byte)
        };
        letters.extend(initial.bytes().chain(last.bytes()).map(joined));
        // `zh` alone is an initial, or the syllable zhi where a tone follows.
        let apical = last.is_empty() && rest.starts_with(['ˉ', 'ˊ', 'ˇ', 'ˋ', '˙']);
        letters.extend(apical.then(|| joined(b'i')));
        let last = letters.last_mut()?;
        last.closes = true;
        last.joined = false;
    }
    Some(letters)
}
