//! How files are to be read.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use crate::article::Encoding;
use crate::format::{Format, ReadOptions};

/// How files are to be read, whatever they look like.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The format that was asked for.
    pub format: Option<Format>,
    /// The encoding that was asked for.
    pub encoding: Option<Encoding>,
    /// What readers are told.
    pub options: ReadOptions,
    /// Counts the files of folders that were looked at, for whoever waits.
    pub seen: Arc<AtomicUsize>,
}

impl Asked {
    /// As a reader of articles wants it: mentions stand where their words are.
    #[must_use]
    pub fn reading(format: Option<Format>) -> Self {
        Self {
            format,
            encoding: None,
            seen: Arc::default(),
            options: ReadOptions {
                anchor: true,
                ..ReadOptions::default()
            },
        }
    }
}
