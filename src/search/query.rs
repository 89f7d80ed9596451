//! What is searched for.

use crate::text::FoldOptions;

/// What the reader typed, and how it is to be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// As it was typed.
    pub text: String,
    /// Whether all of it is a regular expression.
    pub regex: bool,
    /// What does not count.
    pub fold: FoldOptions,
}

impl Query {
    /// A query in the query language, with the folding that is usual.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            ..Self::default()
        }
    }
}
