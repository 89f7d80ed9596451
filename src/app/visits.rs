//! The articles that were visited, and the places at which they were left.

use super::body::View;
use crate::library::ArticleId;

/// So many articles are kept.
const KEPT: usize = 1000;

/// A visit to an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Which article.
    pub id: ArticleId,
    /// Its title.
    pub title: String,
    /// Its date as the file has it; may be empty.
    pub date: String,
    /// The view of it when it was left; nothing while it is open.
    pub left: Option<View>,
    /// How far it had been read then, in percent.
    pub percent: u8,
}

/// Visits, the oldest first, an article once.
#[derive(Debug, Default)]
pub(super) struct Visits(Vec<Visit>);

impl Visits {
    /// An article is shown.
    pub(super) fn enter(&mut self, visit: Visit) {
        self.0.retain(|v| v.id != visit.id);
        self.0.push(visit);
        let surplus = self.0.len().saturating_sub(KEPT);
        self.0.drain(..surplus);
    }

    /// An article is about to be left, at this view.
    pub(super) fn leave(&mut self, id: ArticleId, view: View, percent: u8) {
        if let Some(visit) = self.0.iter_mut().rev().find(|v| v.id == id) {
            (visit.left, visit.percent) = (Some(view), percent);
        }
    }

    /// All, the newest first.
    pub(super) fn newest_first(&self) -> Vec<Visit> {
        self.0.iter().rev().cloned().collect()
    }
}
