//! How files are to be read.

use crate::format::{Format, ReadOptions};

/// How files are to be read, whatever they look like.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The format that was asked for.
    pub format: Option<Format>,
    /// What readers are told.
    pub options: ReadOptions,
}

impl Asked {
    /// As a reader of articles wants it: mentions stand where their words are.
    #[must_use]
    pub fn reading(format: Option<Format>) -> Self {
        Self {
            format,
            options: ReadOptions {
                anchor: true,
                ..ReadOptions::default()
            },
        }
    }
}
