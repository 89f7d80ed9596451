//! What is searched for.

/// What the reader typed, and how it is to be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// As it was typed.
    pub text: String,
    /// Whether it is a regular expression.
    pub regex: bool,
}
