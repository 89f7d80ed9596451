//! What can be wrong with the JSON of a record, and what is said of it.

use crate::format::code::Code;

/// What is wrong with the JSON of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    Cut,
    NoValue,
    NoKey,
    NoColon,
    NoComma,
    TrailingComma,
    Bracket,
    Unclosed,
    Behind,
    OpenString,
    Control,
    BadEscape,
    Surrogate,
    Deep,
    TooMuch,
}

impl Wrong {
    /// Its sort, what is said of it, and what to do.
    pub(super) const fn said(self) -> (Code, &'static str, &'static str) {
        let (message, remedy) = match self {
            Self::Cut => (
                "the record ends here before it is closed",
                "the file or line may be cut off: get it whole, or close what is open",
            ),
            Self::NoValue => (
                "a JSON value was expected: a string, number, list, object, true, false or null",
                "put strings in double quotes; JSON knows no NaN and no single quotes",
            ),
            Self::NoKey => (
                "a key in double quotes was expected",
                "put the key in double quotes",
            ),
            Self::NoColon => (
                "a colon was expected behind the key",
                "put a colon between key and value",
            ),
            Self::NoComma => (
                "a comma was expected between two values",
                "put a comma between them",
            ),
            Self::TrailingComma => ("a comma stands behind the last value", "delete the comma"),
            Self::Bracket => (
                "this bracket closes nothing that is open",
                "delete it, or add the one that opens",
            ),
            Self::Unclosed => (
                "this bracket closes what was opened outside of what is still open",
                "add the bracket that is missing before it",
            ),
            Self::Behind => (
                "more stands behind the end of the record",
                "put each record on a line of its own, or delete what is too much",
            ),
            Self::OpenString => (
                "the string is not closed by the end of its line",
                "close it with a double quote; a line end within a string is written \\n",
            ),
            Self::Control => (
                "a control character stands in a string as it is",
                "write it as an escape, such as \\t or \\u0001",
            ),
            Self::BadEscape => (
                "this is no escape of JSON; it is kept as it is written",
                "write a backslash itself as \\\\",
            ),
            Self::Surrogate => (
                "this escape is half of a surrogate pair and no character; it is shown as U+FFFD",
                "write both halves, or the character itself",
            ),
            Self::Deep => (
                "the value is nested deeper than 200 levels and is passed over",
                "no format of annotated text is nested so deep: see what wrote the file",
            ),
            Self::TooMuch => (
                "the rest of the record is passed over: too much is wrong with it",
                "see that the file is JSON at all",
            ),
        };
        let code = match self {
            Self::Surrogate => Code::SURROGATE,
            _ => Code::SYNTAX,
        };
        (code, message, remedy)
    }
}

/// A fault and its byte in the record.
pub(super) type Fault = (usize, Wrong);
