//! A filter over the results of a search: which of them it lets through, a few thousand looked at between two keys.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::library::{ArticleId, Row};
use crate::text::Filter;

/// So many results are held against the filter before a key is taken in again.
const LOOKED_AT_ONCE: usize = 4096;

/// What a filter lets through of results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Narrowed {
    by: Arc<Filter>,
    passing: HashSet<ArticleId>,
    /// All results in the order in which they came, and how many of them have been looked at.
    known: Vec<ArticleId>,
    looked: usize,
    /// The places of those that pass among the results, in order.
    shown: Vec<u32>,
}

impl Narrowed {
    /// A filter over these results, none of which has been looked at.
    pub(super) fn new(by: Arc<Filter>, known: impl Iterator<Item = ArticleId>) -> Self {
        Self {
            by,
            passing: HashSet::new(),
            known: known.collect(),
            looked: 0,
            shown: Vec::new(),
        }
    }

    /// What they are held against.
    pub(super) const fn by(&self) -> &Arc<Filter> {
        &self.by
    }

    /// Whether all have been looked at.
    pub(super) const fn is_complete(&self) -> bool {
        self.looked >= self.known.len()
    }

    /// How many results it knows of.
    pub(super) const fn known(&self) -> usize {
        self.known.len()
    }

    /// Other results have come.
    pub(super) fn add(&mut self, ids: impl Iterator<Item = ArticleId>) {
        self.known.extend(ids);
    }

    /// Looks at some more, by their titles, names, dates and pages.
    pub(super) fn look_on(&mut self, rows: &HashMap<ArticleId, Row>) {
        let to = self.known.len().min(self.looked + LOOKED_AT_ONCE);
        let unseen = self.known.get(self.looked..to).unwrap_or(&[]);
        let passes = |id: &&ArticleId| {
            let row = rows.get(id);
            row.is_some_and(|row| {
                let parts = [&row.title, &row.name, &row.date, &row.page];
                self.by.matches(&parts.map(String::as_str).join("\n"))
            })
        };
        self.passing.extend(unseen.iter().filter(passes));
        self.looked = to;
    }

    /// The results stand in this order now.
    pub(super) fn order(&mut self, ids: impl Iterator<Item = ArticleId>) {
        let passing = &self.passing;
        let places = (0u32..).zip(ids).filter(|(_, id)| passing.contains(id));
        self.shown = places.map(|(place, _)| place).collect();
    }

    /// How many pass.
    pub(super) fn len(&self) -> usize {
        self.shown.len()
    }

    /// The place among the results of line `line`.
    pub(super) fn place(&self, line: u32) -> Option<u32> {
        self.shown.get(line as usize).copied()
    }

    /// The line of a place among the results.
    pub(super) fn line_of(&self, place: u32) -> Option<u32> {
        let line = self.shown.binary_search(&place).ok()?;
        u32::try_from(line).ok()
    }
}
