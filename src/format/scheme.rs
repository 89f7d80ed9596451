//! How tags of column formats mark where mentions begin and end.

use std::fmt;
use std::str::FromStr;

/// A scheme of tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// B- begins every mention, I- goes on (IOB2).
    Bio,
    /// I- throughout; B- only where a mention follows another of the same label at once (IOB1).
    Iob1,
    /// B- begins, I- goes on, E- ends, S- is a mention of one token.
    Bioes,
    /// B- begins, M- goes on, E- ends, S- is a mention of one token.
    Bmes,
}

impl Scheme {
    /// All schemes.
    pub const ALL: [Self; 4] = [Self::Bio, Self::Iob1, Self::Bioes, Self::Bmes];

    /// The name, as `--scheme` takes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bio => "bio",
            Self::Iob1 => "iob1",
            Self::Bioes => "bioes",
            Self::Bmes => "bmes",
        }
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The name of no scheme.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no scheme is called `{0}`; there are bio, iob1, bioes and bmes")]
pub struct UnknownScheme(String);

impl FromStr for Scheme {
    type Err = UnknownScheme;

    fn from_str(name: &str) -> Result<Self, UnknownScheme> {
        let found = Self::ALL.into_iter().find(|s| s.name() == name);
        found.ok_or_else(|| UnknownScheme(name.to_owned()))
    }
}
