//! How willingly a line breaks at a boundary.

/// The levels of a boundary between two graphemes, from the most to the least willing.
///
/// A line that cannot hold what comes next breaks at its last boundary of the best level it has; so a rule yields
/// only where every line of that measure would break it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// A line may end here.
    Allowed,
    /// What belongs together would part: a name at its dot, a number and its unit, an address at / ? & . -
    Soft,
    /// Within a word, a number or whatever else UAX #14 keeps whole.
    Inside,
    /// A mark would stand at a line edge from which it is kept; [`Line::forced`](super::Line::forced).
    Kinsoku,
    /// A two-cell dash or ellipsis would be split.
    Pair,
}

impl Break {
    /// Number of levels.
    pub(super) const COUNT: usize = 5;
}
