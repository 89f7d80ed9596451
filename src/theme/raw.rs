//! Themes as they are written, and what can be wrong with them.

use std::ops::Range;

use super::color::Color;
use super::slot::Slot;
use super::style::Style;

/// A colour as it is written: known at once, or a name that some palette must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawColor {
    /// A colour.
    Fixed(Color),
    /// A name of the palette, and where it stands in the text that it was read from.
    Named(String, Option<Range<usize>>),
}

/// A style as it is written. The colours of `rest` are not used.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawStyle {
    /// Colour of the text.
    pub fg: Option<RawColor>,
    /// Colour behind it.
    pub bg: Option<RawColor>,
    /// All that is not a colour.
    pub rest: Style,
}

/// One table `[themes.NAME]`. Several of one name are layers, later ones over earlier.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawTheme {
    /// Its name.
    pub name: String,
    /// The theme that it stands upon, and where that is said.
    pub inherits: Option<(String, Option<Range<usize>>)>,
    /// Names of colours.
    pub palette: Vec<(String, Color)>,
    /// Styles by slot.
    pub styles: Vec<(Slot, RawStyle)>,
}

/// Something wrong in a theme that only shows when themes are put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeProblem {
    /// The theme in which it is written.
    pub theme: String,
    /// Where, in the text that it was read from.
    pub at: Option<Range<usize>>,
    /// What is wrong.
    pub fault: Fault,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// No theme has that name; the names there are.
    UnknownBase(String, Vec<String>),
    /// The themes inherit from one another in a circle; from the theme itself back to it.
    Cycle(Vec<String>),
    /// No palette of the theme or those below it has that colour; the names there are.
    UnknownColor(String, Vec<String>),
}
