//! How many cells one character takes, for a terminal of which a [`Profile`] is known.
//!
//! Source: UAX #11 (East Asian Width) for the ambiguous class, `unicode-width` for the rest, corrected where all
//! terminals that were asked differ from the tables (see `docs/decisions.md`, 0006).

use unicode_width::UnicodeWidthChar;

use super::profile::{Profile, Trait, ambiguous_trait};

/// Cells that the single character `c` takes: 0, 1 or 2. Controls count 0: they are never sent (see `sanitise`).
#[must_use]
pub fn char_width(c: char, profile: &Profile) -> u16 {
    match c {
        ' '..='~' => 1,
        '\u{4E00}'..='\u{9FFF}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FA}'
        | '\u{FF01}'..='\u{FF60}' => 2,
        // Trigrams and monograms became wide in Unicode 16; no terminal that was asked draws them so.
        '\u{2630}'..='\u{2637}' | '\u{268A}'..='\u{268F}' => {
            1 + u16::from(profile.has(Trait::WideTrigrams))
        }
        '\u{4DC0}'..='\u{4DFF}' => 2 - u16::from(profile.has(Trait::NarrowHexagrams)),
        '\u{31350}'..='\u{3FFFD}' => 2 - u16::from(profile.has(Trait::NarrowNewHan)),
        '\u{1F1E6}'..='\u{1F1FF}' => 1 + u16::from(profile.has(Trait::WideIndicators)),
        '\u{1160}'..='\u{11FF}' | '\u{D7B0}'..='\u{D7FF}' => {
            u16::from(profile.has(Trait::PartedJamo))
        }
        _ => {
            let narrow = c.width().unwrap_or(0);
            let narrow = u16::try_from(narrow).unwrap_or(0).min(2);
            match ambiguous_trait(c) {
                Some(which) if narrow == 1 => 1 + u16::from(profile.has(which)),
                _ => narrow,
            }
        }
    }
}

/// Whether all terminals agree on the width of `c`, so that no cursor move is needed behind it.
///
/// The list is what eight set-ups of six terminals agreed on; see `docs/decisions.md`, 0006.
#[must_use]
pub const fn is_trusted(c: char) -> bool {
    matches!(c,
        ' '..='~'
        | '\u{3001}'..='\u{303D}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FA}'
        | '\u{30FC}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FA6D}'
        | '\u{FA70}'..='\u{FAD9}'
        | '\u{FF01}'..='\u{FF60}'
        | '\u{20000}'..='\u{2FA1D}'
        | '\u{30000}'..='\u{3134F}')
}

/// Cells of a character that [is trusted](is_trusted), without a look into tables: none for the tone marks among them.
#[must_use]
pub const fn trusted_width(c: char) -> u16 {
    match c {
        ' '..='~' => 1,
        '\u{302A}'..='\u{302F}' => 0,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Ambiguous, is_ambiguous};

    #[test]
    fn widths_follow_the_profile_only_for_class_a() {
        let one = Profile::new(Ambiguous::One);
        let two = Profile::new(Ambiguous::Two);
        // (characters, cells at ambiguous = 1, cells at ambiguous = 2)
        for (chars, narrow, wide) in [
            ("aZ9~ｱﾞ", 1, 1),
            ("中文，。（％Ａ１あアー𠀀𰀀한", 2, 2),
            ("“”‘’—…·①☆→αЖā─℃", 1, 2),
            ("☰⚊", 1, 1),
            ("\u{301}\u{3099}\u{FE0F}\u{200D}\u{E0100}", 0, 0),
            ("䷀\u{31350}", 2, 2),
            ("\u{1F1E8}", 1, 1),
            ("\u{1161}\u{11A8}", 0, 0),
        ] {
            for c in chars.chars() {
                assert_eq!(char_width(c, &one), narrow, "U+{:04X} narrow", c as u32);
                assert_eq!(char_width(c, &two), wide, "U+{:04X} wide", c as u32);
            }
        }
    }

    #[test]
    fn trusted_characters_are_never_ambiguous() {
        for c in ('\0'..='\u{3FFFF}').filter(|c| is_trusted(*c)) {
            assert!(!is_ambiguous(c), "U+{:04X}", c as u32);
            let cells = char_width(c, &Profile::default());
            assert_eq!(trusted_width(c), cells, "U+{:04X}", c as u32);
        }
    }
}
