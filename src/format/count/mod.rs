//! The offset law: what the numbers of a file count, and where in the text they lead.
//!
//! Producers count bytes of UTF-8 or of the file as it is, code points, UTF-16 units or grapheme clusters; the end is behind the last or at it; CR LF
//! are one or two; a byte order mark counts or not. Where annotations quote the text, every way to count is tried, and
//! the one under which most quotations match is taken; the format's own wins a tie.

mod encoded;
mod scale;
mod trial;

use std::fmt;
use std::str::FromStr;

pub(super) use scale::Scale;
pub use trial::Settled;
pub(super) use trial::{NO_END, Trial, alike};

/// What an offset counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// Code points (Unicode scalar values).
    CodePoints,
    /// UTF-16 code units, as JavaScript and Java count.
    Utf16,
    /// Bytes of UTF-8.
    Bytes,
    /// Extended grapheme clusters (UAX #29).
    Graphemes,
    /// Bytes of the file in its own encoding; those of UTF-8 where that is its encoding.
    FileBytes,
}

impl Unit {
    /// All units, the usual ones first.
    pub const ALL: [Self; 5] = [
        Self::CodePoints,
        Self::Utf16,
        Self::Bytes,
        Self::Graphemes,
        Self::FileBytes,
    ];

    /// The name, as `--offsets` takes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CodePoints => "codepoints",
            Self::Utf16 => "utf16",
            Self::Bytes => "bytes",
            Self::Graphemes => "graphemes",
            Self::FileBytes => "filebytes",
        }
    }
}

/// A way to count offsets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Counting {
    /// What an offset counts.
    pub unit: Unit,
    /// Whether an end is the last unit, and not the one behind it.
    pub inclusive: bool,
    /// Whether CR LF counts as two units where the file has it.
    pub crlf: bool,
    /// Whether a byte order mark at the start counts.
    pub bom: bool,
}

impl Counting {
    /// Code points with half-open ends, CR LF as one: what most formats say.
    pub const CODE_POINTS: Self = Self {
        unit: Unit::CodePoints,
        inclusive: false,
        crlf: false,
        bom: false,
    };

    /// The same with another unit.
    #[must_use]
    pub const fn with(self, unit: Unit) -> Self {
        Self { unit, ..self }
    }

    /// The same with ends that are the last unit.
    #[must_use]
    pub const fn including_ends(self) -> Self {
        Self {
            inclusive: true,
            ..self
        }
    }
}

impl fmt::Display for Counting {
    /// As `--offsets` takes it: `utf16`, `codepoints,inclusive`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.unit.name())?;
        for (on, name) in [
            (self.inclusive, "inclusive"),
            (self.crlf, "crlf"),
            (self.bom, "bom"),
        ] {
            if on {
                write!(f, ",{name}")?;
            }
        }
        Ok(())
    }
}

/// What is no way to count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is no way to count offsets; give codepoints, utf16, bytes, graphemes or filebytes, and behind commas inclusive (an \
     end is the last unit), crlf (CR LF counts as two), bom (a byte order mark counts)"
)]
pub struct UnknownCounting(String);

impl FromStr for Counting {
    type Err = UnknownCounting;

    fn from_str(said: &str) -> Result<Self, UnknownCounting> {
        let unknown = || UnknownCounting(said.to_owned());
        let mut parts = said.split(',').map(str::trim);
        let unit = parts.next().unwrap_or_default();
        let unit = Unit::ALL.into_iter().find(|u| u.name() == unit);
        let mut counting = Self::CODE_POINTS.with(unit.ok_or_else(unknown)?);
        for part in parts {
            match part {
                "inclusive" => counting.inclusive = true,
                "half-open" => counting.inclusive = false,
                "crlf" => counting.crlf = true,
                "bom" => counting.bom = true,
                _ => return Err(unknown()),
            }
        }
        Ok(counting)
    }
}

#[cfg(test)]
mod tests;
