//! What a corpus says of its own labels.

use std::collections::HashMap;
use std::sync::Arc;

/// What a corpus says of a label.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Type {
    /// How it is to be shown; empty: as it is written.
    pub shown: String,
    /// The labels above it, the nearest first.
    pub above: Vec<String>,
    /// The colour behind its mentions: red, green, blue.
    pub color: Option<[u8; 3]>,
    /// Whether it is one of those that mentions may have; else only something is said of how it is shown.
    pub declared: bool,
}

/// What a corpus says of its labels, as brat's `annotation.conf` and `visual.conf` do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Types(Arc<HashMap<String, Type>>);

impl Types {
    /// These labels.
    #[must_use]
    pub fn new(types: HashMap<String, Type>) -> Self {
        Self(Arc::new(types))
    }

    /// What is said of a label.
    #[must_use]
    pub fn get(&self, label: &str) -> Option<&Type> {
        self.0.get(label)
    }

    /// Whether the corpus says which labels there are, and this is none of them.
    #[must_use]
    pub fn lacks(&self, label: &str) -> bool {
        self.0.values().any(|t| t.declared) && !self.get(label).is_some_and(|t| t.declared)
    }
}
