//! What the reader may choose about lines, and how one block is set.

use std::str::FromStr;

use crate::text::Profile;

/// Cells beside the measure that are kept free for a hanging mark.
pub const HANG_RESERVE: u16 = 2;

/// How strictly characters are kept from line starts and line ends (避头尾), after the levels of CLREQ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub enum Kinsoku {
    /// UAX #14 over the whole text, graphemes kept whole; no rule of Chinese typesetting, no hanging.
    None,
    /// Pause and stop marks, closing marks, connectors, the interpunct and the solidus do not start a line; opening
    /// marks do not end one; —— and …… are not split; numbers keep sign and unit.
    Basic,
    /// As `Basic`, and a solidus does not end a line. GB/T 15834.
    #[default]
    Gb,
    /// As `Gb`, and —— and …… do not start a line, save at the start of a paragraph.
    Strict,
}

/// A word that names no level of [`Kinsoku`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such kinsoku level: “{0}”; there are none, basic, gb and strict")]
pub struct UnknownKinsoku(
    /// The word as it was written.
    pub String,
);

impl Kinsoku {
    /// All levels, from the most lenient to the strictest.
    pub const ALL: [Self; 4] = [Self::None, Self::Basic, Self::Gb, Self::Strict];

    /// The level's name on the command line and in the config.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Basic => "basic",
            Self::Gb => "gb",
            Self::Strict => "strict",
        }
    }
}

impl FromStr for Kinsoku {
    type Err = UnknownKinsoku;

    fn from_str(word: &str) -> Result<Self, UnknownKinsoku> {
        Self::ALL
            .into_iter()
            .find(|level| level.name() == word)
            .ok_or_else(|| UnknownKinsoku(word.to_owned()))
    }
}

/// The reader's choices, the same for every block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Options {
    /// Which characters are kept from line edges.
    pub kinsoku: Kinsoku,
    /// Whether one of ，。、 may stand outside the measure, in the [`HANG_RESERVE`].
    pub hang: bool,
    /// Whether one blank cell is set between Han and a Latin letter or digit.
    pub autospace: bool,
    /// Whether missing cells are spread so that the right edge is even.
    pub justify: bool,
    /// The terminal's widths.
    pub profile: Profile,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            kinsoku: Kinsoku::Gb,
            hang: true,
            autospace: false,
            justify: false,
            profile: Profile::default(),
        }
    }
}

/// To which side the lines of a block stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Align {
    /// Flush with the left edge.
    #[default]
    Start,
    /// In the middle; an odd cell goes to the right.
    Centre,
    /// Flush with the right edge.
    End,
}

/// How one block is set; [`setting`](super::setting) makes it from the block's role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Setting {
    /// Width of the column in cells, without the hanging reserve. 0 counts as 1.
    pub measure: u16,
    /// Cells of blank before the first line.
    pub first_indent: u16,
    /// Cells of blank before every other line.
    pub indent: u16,
    /// To which side lines stand. Indents hold for [`Align::Start`] only.
    pub align: Align,
    /// Whether the text is Traditional Chinese (zh-Hant), whose marks do not hang.
    pub traditional: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn level_names_are_read_back() {
        for level in Kinsoku::ALL {
            assert_eq!(level.name().parse(), Ok(level));
        }
        let error = Kinsoku::from_str("loose").map_err(|e| e.to_string());
        assert_eq!(
            error,
            Err("no such kinsoku level: “loose”; there are none, basic, gb and strict".to_owned())
        );
    }
}
