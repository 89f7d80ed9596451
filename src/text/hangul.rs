//! Modern Hangul syllables out of conjoining letters.
//!
//! Source: The Unicode Standard, 3.12 "Conjoining Jamo Behavior" (the arithmetic of composition).

const SYLLABLE: u32 = 0xAC00;
const LEADING: u32 = 0x1100;
const VOWEL: u32 = 0x1161;
/// One below the first final: the 0th is none.
const FINAL: u32 = 0x11A7;
const VOWELS: u32 = 21;
const FINALS: u32 = 28;
const SYLLABLES: u32 = 19 * VOWELS * FINALS;

/// The syllable that a leading consonant and a vowel make, or a syllable without a final and a final.
pub(super) fn compose(first: char, second: char) -> Option<char> {
    let (first, second) = (u32::from(first), u32::from(second));
    if let Some(leading) = first.checked_sub(LEADING).filter(|l| *l < 19) {
        let vowel = second.checked_sub(VOWEL).filter(|v| *v < VOWELS)?;
        return char::from_u32(SYLLABLE + (leading * VOWELS + vowel) * FINALS);
    }
    let syllable = first.checked_sub(SYLLABLE).filter(|s| *s < SYLLABLES)?;
    let last = second
        .checked_sub(FINAL)
        .filter(|f| (1..FINALS).contains(f))?;
    (syllable % FINALS == 0)
        .then(|| char::from_u32(first + last))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_make_syllables() {
        for (first, second, want) in [
            ('\u{1112}', '\u{1161}', Some('하')),
            ('하', '\u{11AB}', Some('한')),
            ('\u{1100}', '\u{1161}', Some('가')),
            ('\u{1112}', '\u{1175}', Some('히')),
            ('히', '\u{11C2}', Some('힣')),
            ('한', '\u{11AB}', None),
            ('\u{1113}', '\u{1161}', None),
            ('가', '\u{11A7}', None),
            ('中', '\u{11AB}', None),
        ] {
            assert_eq!(compose(first, second), want, "{first:?} {second:?}");
        }
    }
}
