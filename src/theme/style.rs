//! What a slot may say about the cells that it paints.

use super::color::Color;

/// How a line is drawn under text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Underline {
    /// Not at all.
    #[default]
    None,
    /// One line.
    Single,
    /// Two lines.
    Double,
    /// A wave.
    Curly,
    /// Dots.
    Dotted,
    /// Dashes.
    Dashed,
}

impl Underline {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::None,
        Self::Single,
        Self::Double,
        Self::Curly,
        Self::Dotted,
        Self::Dashed,
    ];

    /// The name that the config writes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Single => "single",
            Self::Double => "double",
            Self::Curly => "curly",
            Self::Dotted => "dotted",
            Self::Dashed => "dashed",
        }
    }
}

/// A style of which any part may be left open, for what lies below to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Style {
    /// Colour of the text.
    pub fg: Option<Color>,
    /// Colour behind it.
    pub bg: Option<Color>,
    /// Bold.
    pub bold: Option<bool>,
    /// Dim.
    pub dim: Option<bool>,
    /// Italic.
    pub italic: Option<bool>,
    /// Text and ground exchanged.
    pub reverse: Option<bool>,
    /// Struck through.
    pub strike: Option<bool>,
    /// Underlined.
    pub underline: Option<Underline>,
}

impl Style {
    /// This style laid over `below`: what it leaves open shows through.
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        Self {
            fg: self.fg.or(below.fg),
            bg: self.bg.or(below.bg),
            bold: self.bold.or(below.bold),
            dim: self.dim.or(below.dim),
            italic: self.italic.or(below.italic),
            reverse: self.reverse.or(below.reverse),
            strike: self.strike.or(below.strike),
            underline: self.underline.or(below.underline),
        }
    }
}
