//! What is known of a terminal that matters for widths.
//!
//! Source of the differences: eight set-ups of six terminals that were asked; see `docs/decisions.md`, 0053.

use icu_properties::CodePointMapData;
use icu_properties::props::EastAsianWidth;

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

/// A way in which a terminal may depart from what most do: its characters are summed up, none of class A is wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Trait {
    /// “ ” ‘ ’ take two cells.
    WideQuotes,
    /// Dashes, ellipses and the interpunct (— … ·) take two cells.
    WideMarks,
    /// Circled and bracketed letters and digits (①) take two cells.
    WideCircled,
    /// Ambiguous letters (α Ж ā) take two cells.
    WideLetters,
    /// Box drawing and blocks (─ █) take two cells.
    WideLines,
    /// Other ambiguous symbols (☆ → ℃) take two cells.
    WideSymbols,
    /// Characters of private use take two cells.
    WidePrivate,
    /// A narrow emoji with VS16 (❤️) takes two cells, not one.
    WideEmoji,
    /// A keycap (1️⃣) takes two cells, not one.
    JoinedKeycaps,
    /// An emoji and its skin tone (👍🏽) take two cells together, not four.
    JoinedSkinTones,
    /// Emoji with joiners (👨‍👩‍👧) take two cells together, not two each.
    JoinedEmoji,
    /// A regional indicator without a second one takes two cells, not one.
    WideIndicators,
    /// A combining kana voicing mark (U+3099, U+309A) takes cells of its own.
    PartedKana,
    /// Conjoining vowels and finals of Hangul take a cell each, not none.
    PartedJamo,
    /// Hexagrams (䷀) take one cell, not two.
    NarrowHexagrams,
    /// Trigrams (☰) take two cells, not one.
    WideTrigrams,
    /// Han of plane 3 from Extension H on (U+31350) takes one cell, not two.
    NarrowNewHan,
    /// The same takes none: it is not shown at all.
    LostNewHan,
}

impl Trait {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 18] = [
        Self::WideQuotes,
        Self::WideMarks,
        Self::WideCircled,
        Self::WideLetters,
        Self::WideLines,
        Self::WideSymbols,
        Self::WidePrivate,
        Self::WideEmoji,
        Self::JoinedKeycaps,
        Self::JoinedSkinTones,
        Self::JoinedEmoji,
        Self::WideIndicators,
        Self::PartedKana,
        Self::PartedJamo,
        Self::NarrowHexagrams,
        Self::WideTrigrams,
        Self::NarrowNewHan,
        Self::LostNewHan,
    ];

    /// Those that tell the width of a class of ambiguous characters.
    pub const AMBIGUOUS: [Self; 7] = {
        let [quotes, marks, circled, letters, lines, symbols, private, ..] = Self::ALL;
        [quotes, marks, circled, letters, lines, symbols, private]
    };

    const fn bit(self) -> u32 {
        1 << self as u8
    }
}

/// What is known of the terminal that matters for widths: its [`Trait`]s, and which of them were measured on it.
///
/// By default no trait and nothing measured: most terminals are like that, and on the others the painter's cursor
/// moves keep everything in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Profile {
    traits: u32,
    measured: u32,
}

impl Profile {
    /// A profile with the given width of ambiguous characters of all classes.
    #[must_use]
    pub const fn new(ambiguous: Ambiguous) -> Self {
        let empty = Self {
            traits: 0,
            measured: 0,
        };
        empty.with_ambiguous(ambiguous)
    }

    /// The same with this width for ambiguous characters of all classes, as someone has said it: nothing of them
    /// counts as measured.
    #[must_use]
    pub const fn with_ambiguous(self, ambiguous: Ambiguous) -> Self {
        let mut all = 0;
        let mut at = 0;
        while at < Trait::AMBIGUOUS.len() {
            all |= Trait::AMBIGUOUS[at].bit();
            at += 1;
        }
        Self {
            traits: match ambiguous {
                Ambiguous::One => self.traits & !all,
                Ambiguous::Two => self.traits | all,
            },
            measured: self.measured & !all,
        }
    }

    /// The same, of which it was measured whether it has this trait.
    #[must_use]
    pub const fn measured(mut self, which: Trait, has: bool) -> Self {
        self = self.with(which, has);
        self.measured |= which.bit();
        self
    }

    /// The same with or without a trait.
    #[must_use]
    pub const fn with(mut self, which: Trait, has: bool) -> Self {
        if has {
            self.traits |= which.bit();
        } else {
            self.traits &= !which.bit();
        }
        self
    }

    /// Whether the terminal has this trait.
    #[must_use]
    pub const fn has(&self, which: Trait) -> bool {
        self.traits & which.bit() != 0
    }

    /// Whether it was measured on the terminal if it has this trait.
    #[must_use]
    pub const fn is_measured(&self, which: Trait) -> bool {
        self.measured & which.bit() != 0
    }

    /// The same, all of it as the terminal itself has shown it.
    #[must_use]
    pub const fn as_measured(self) -> Self {
        Self {
            measured: u32::MAX >> (u32::BITS - Trait::ALL.len() as u32),
            ..self
        }
    }

    /// The same as a guess: nothing of it counts as measured.
    #[must_use]
    pub const fn unmeasured(self) -> Self {
        Self {
            measured: 0,
            ..self
        }
    }

    /// The profile as two numbers, for a cache.
    #[must_use]
    pub const fn to_bits(&self) -> (u32, u32) {
        (self.traits, self.measured)
    }

    /// A profile from the numbers of [`Self::to_bits`]; nothing when they name a trait that there is not.
    #[must_use]
    pub fn from_bits(traits: u32, measured: u32) -> Option<Self> {
        let known = Trait::ALL.iter().fold(0, |bits, t| bits | t.bit());
        ((traits | measured) & !known == 0).then_some(Self { traits, measured })
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

/// Which trait tells the width of `c`, if it is of class A.
#[must_use]
pub fn ambiguous_trait(c: char) -> Option<Trait> {
    is_ambiguous(c).then(|| match c {
        '\u{2018}' | '\u{2019}' | '\u{201C}' | '\u{201D}' => Trait::WideQuotes,
        '\u{B7}' | '\u{2010}'..='\u{2016}' | '\u{2024}'..='\u{2027}' => Trait::WideMarks,
        '\u{2460}'..='\u{24FF}'
        | '\u{2776}'..='\u{2793}'
        | '\u{3248}'..='\u{324F}'
        | '\u{1F100}'..='\u{1F1AC}' => Trait::WideCircled,
        '\u{2500}'..='\u{259F}' => Trait::WideLines,
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'.. => Trait::WidePrivate,
        '\0'..'\u{2000}' if c.is_alphabetic() => Trait::WideLetters,
        _ => Trait::WideSymbols,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ambiguous_character_has_its_class() {
        for (chars, want) in [
            ("“”‘’", Trait::WideQuotes),
            ("—…·–‥‐", Trait::WideMarks),
            ("①⑳Ⓐ❶㉈", Trait::WideCircled),
            ("αЖāǎß", Trait::WideLetters),
            ("─│█▒", Trait::WideLines),
            ("☆→℃Ⅷ×°※", Trait::WideSymbols),
            ("\u{E000}\u{F8FF}\u{100000}", Trait::WidePrivate),
        ] {
            for c in chars.chars() {
                assert_eq!(ambiguous_trait(c), Some(want), "U+{:04X}", c as u32);
            }
        }
        for c in "a中，〓한ｱ👍".chars() {
            assert_eq!(ambiguous_trait(c), None, "U+{:04X}", c as u32);
        }
    }

    #[test]
    fn what_is_said_of_the_classes_leaves_what_was_measured_of_clusters() {
        let measured = Profile::default()
            .measured(Trait::WideQuotes, true)
            .measured(Trait::WideLetters, false)
            .measured(Trait::JoinedEmoji, true);
        let said = measured.with_ambiguous(Ambiguous::One);
        assert!(!said.has(Trait::WideQuotes) && !said.is_measured(Trait::WideQuotes));
        assert!(said.has(Trait::JoinedEmoji) && said.is_measured(Trait::JoinedEmoji));
        let (traits, known) = measured.to_bits();
        assert_eq!(Profile::from_bits(traits, known), Some(measured));
        assert_eq!(Profile::from_bits(1 << 31, 0), None);
    }
}
