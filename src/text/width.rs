//! How many cells one character takes, for a terminal of which a [`Profile`] is known.
//!
//! Source: UAX #11 (East Asian Width) for the ambiguous class, `unicode-width` for the rest, corrected where all
//! terminals that were asked differ from the tables (see `docs/decisions.md`, 0006).

use icu_properties::CodePointMapData;
use icu_properties::props::EastAsianWidth;
use unicode_width::UnicodeWidthChar;

/// How many cells East Asian Ambiguous characters (class A of UAX #11) take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Ambiguous {
    /// One cell, as most terminals draw them.
    #[default]
    One,
    /// Two cells, as terminals in a CJK-width mode draw them.
    Two,
}

impl Ambiguous {
    /// The width in cells.
    #[must_use]
    pub const fn cells(self) -> u16 {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }
}

/// What is known of the terminal that matters for widths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Profile {
    /// Width of the characters of class A.
    pub ambiguous: Ambiguous,
    /// Whether the terminal itself has shown that width.
    pub measured: bool,
}

impl Profile {
    /// A profile with the given width of ambiguous characters.
    #[must_use]
    pub const fn new(ambiguous: Ambiguous) -> Self {
        Self {
            ambiguous,
            measured: false,
        }
    }

    /// The same, as the terminal itself has shown it.
    #[must_use]
    pub const fn as_measured(self) -> Self {
        Self {
            measured: true,
            ..self
        }
    }
}

/// Whether `c` is of East Asian Width class A (UAX #11).
#[must_use]
pub fn is_ambiguous(c: char) -> bool {
    // Below U+00A1 nothing is ambiguous, and Han, which most text is made of, never is.
    if c < '\u{A1}' || ('\u{4E00}'..='\u{9FFF}').contains(&c) {
        return false;
    }
    CodePointMapData::<EastAsianWidth>::new().get(c) == EastAsianWidth::Ambiguous
}

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
        '\u{2630}'..='\u{2637}' | '\u{268A}'..='\u{268F}' => 1,
        _ => {
            let narrow = c.width().unwrap_or(0);
            let narrow = u16::try_from(narrow).unwrap_or(0).min(2);
            if narrow == 1 && is_ambiguous(c) {
                profile.ambiguous.cells()
            } else {
                narrow
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

#[cfg(test)]
mod tests {
    use super::*;

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
        }
    }
}
