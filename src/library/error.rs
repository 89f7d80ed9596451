//! What goes wrong with sources, each in one line that says what to do.

use std::fmt;

use super::ArticleId;
use crate::article::Severity;
use crate::format::ReadError;

/// Something about the paths that were opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// An error when something that was asked for is not there.
    pub severity: Severity,
    /// One line that says what to do. Not sanitised: print it through `text::printable_line`.
    pub message: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.severity.name(), self.message)
    }
}

/// Why an article cannot be shown; one line. Not sanitised: print it through `text::printable_line`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// A file cannot be opened or read, or holds no text.
    #[error("{0}")]
    File(String),
    /// Its files hold no article.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The library has no such article.
    #[error("there is no article number {}; open the list anew", .0.0)]
    NoSuch(ArticleId),
}
