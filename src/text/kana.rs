//! Voiced kana out of a kana and a combining mark.
//!
//! Source: the canonical decompositions of the Hiragana and Katakana blocks (UnicodeData.txt).

/// How far katakana lies behind hiragana.
const APART: u32 = 0x60;

/// The voiced or half-voiced kana that a kana and U+3099 or U+309A make.
pub(super) fn compose(kana: char, mark: char) -> Option<char> {
    let code = u32::from(kana);
    if mark == '\u{3099}' {
        match kana {
            'ワ'..='ヲ' => return char::from_u32(code + 8),
            'う' | 'ウ' => return char::from_u32(code + 0x4E),
            'ゝ' | 'ヽ' => return char::from_u32(code + 1),
            _ => {}
        }
    }
    let hiragana = match code {
        0x30A1..=0x30FA => code - APART,
        _ => code,
    };
    let is_h = (0x306F..=0x307B).contains(&hiragana) && hiragana % 3 == 0;
    let voices = match hiragana {
        0x304B..=0x3061 => hiragana % 2 == 1,
        0x3064 | 0x3066 | 0x3068 => true,
        _ => is_h,
    };
    match mark {
        '\u{3099}' if voices => char::from_u32(code + 1),
        '\u{309A}' if is_h => char::from_u32(code + 2),
        _ => None,
    }
}

/// The mark as a character of its own, two cells wide.
pub(super) const fn spacing(mark: char) -> char {
    match mark {
        '\u{309A}' => '\u{309C}',
        _ => '\u{309B}',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kana_and_marks_make_voiced_kana() {
        let pairs = "かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼうゔゝゞ\
                     カガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドハバヒビフブヘベホボウヴワヷヰヸヱヹヲヺヽヾ";
        let half = "はぱひぴふぷへぺほぽハパヒピフプヘペホポ";
        for (pairs, mark) in [(pairs, '\u{3099}'), (half, '\u{309A}')] {
            let all: Vec<char> = pairs.chars().collect();
            for pair in all.chunks(2) {
                assert_eq!(compose(pair[0], mark), Some(pair[1]), "{}", pair[0]);
            }
            // Nothing else takes the mark.
            for c in ('\u{3041}'..='\u{30FF}').filter(|c| !all.iter().step_by(2).any(|a| a == c)) {
                assert_eq!(compose(c, mark), None, "{c}");
            }
        }
    }
}
