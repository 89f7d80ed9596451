//! What is wrong with a source, where, and what to do.

use std::fmt;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Something is odd; nothing is lost.
    Warning,
    /// Something could not be read.
    Error,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing wrong with the file of an article; the rest of the article is there all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The name of its sort, which `docs/formats.md` explains: `offset-range`.
    pub code: &'static str,
    /// The file's name as it was given.
    pub file: String,
    /// Line from 1; 0 when it is about the file as a whole.
    pub line: u32,
    /// Column from 1, in code points; 0 with a line of 0.
    pub column: u32,
    /// What was found and what was expected, in one line.
    pub message: String,
    /// What to do, in one line.
    pub remedy: String,
    /// The byte of the article's text where it is to be seen, where that is known.
    pub at: Option<usize>,
    /// How many it stands for: 1, unless it sums others up.
    pub times: u32,
}

impl Diagnostic {
    /// `file:line:column: message; remedy`, for where the severity is shown otherwise. Not sanitised: print it through
    /// `text::printable_line`.
    #[must_use]
    pub fn bare(&self) -> String {
        format!("{}{}", self.place(), self.said())
    }

    fn place(&self) -> String {
        match self.line {
            0 => format!("{}: ", self.file),
            line => format!("{}:{line}:{}: ", self.file, self.column),
        }
    }

    fn said(&self) -> String {
        if self.remedy.is_empty() {
            self.message.clone()
        } else {
            format!("{}; {}", self.message, self.remedy)
        }
    }
}

impl fmt::Display for Diagnostic {
    /// `file:line:column: severity[code]: message; remedy`. Not sanitised: print it through `text::printable_line`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}{}[{}]: {}",
            self.place(),
            self.severity.name(),
            self.code,
            self.said()
        )
    }
}
