//! Where the reader has been: the list behind back and forward.

use super::body::View;
use super::marks::Marks;
use super::visits::Visits;
use crate::library::ArticleId;

/// So many places are kept.
const KEPT: usize = 200;

/// A place in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Jump {
    /// The article.
    pub id: ArticleId,
    /// The view of it.
    pub view: View,
}

/// Places, oldest first, and where among them one stands.
#[derive(Debug, Default)]
pub(super) struct Jumps {
    places: Vec<Jump>,
    /// Index of the place that back leads to, plus one; the length when one has not gone back.
    at: usize,
}

/// The places that are remembered.
#[derive(Debug, Default)]
pub(super) struct Been {
    pub(super) jumps: Jumps,
    pub(super) marks: Marks,
    pub(super) visits: Visits,
}

impl Jumps {
    /// Remembers a place that is about to be left. What lay ahead is forgotten.
    pub(super) fn leave(&mut self, from: Jump) {
        self.places.truncate(self.at);
        if self.places.last() != Some(&from) {
            self.places.push(from);
        }
        if self.places.len() > KEPT {
            self.places.remove(0);
        }
        self.at = self.places.len();
    }

    /// The place that was left last.
    pub(super) fn last_left(&self) -> Option<Jump> {
        self.places.get(self.at.checked_sub(1)?).copied()
    }

    /// One place back from `here`; nothing at the oldest.
    pub(super) fn back(&mut self, here: Jump) -> Option<Jump> {
        let to = self.at.checked_sub(1)?;
        if self.at == self.places.len() {
            self.places.push(here);
        } else if let Some(place) = self.places.get_mut(self.at) {
            *place = here;
        }
        self.at = to;
        self.places.get(to).copied()
    }

    /// One place forward from `here`; nothing at the newest.
    pub(super) fn forward(&mut self, here: Jump) -> Option<Jump> {
        let to = self.places.get(self.at + 1).copied()?;
        if let Some(place) = self.places.get_mut(self.at) {
            *place = here;
        }
        self.at += 1;
        // The newest place is where one came from, and not one to go back to.
        if self.at + 1 == self.places.len() {
            self.places.pop();
        }
        Some(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::flow::Place;

    fn jump(n: usize) -> Jump {
        let top = Place {
            offset: n,
            ..Place::default()
        };
        Jump {
            id: ArticleId(0),
            view: View { top, gone: None },
        }
    }

    #[test]
    fn back_and_forward_walk_the_same_places() {
        let mut jumps = Jumps::default();
        for n in 0..3 {
            jumps.leave(jump(n));
        }
        // Now at 3, having been at 0, 1, 2.
        assert_eq!(jumps.forward(jump(3)), None);
        assert_eq!(jumps.back(jump(3)), Some(jump(2)));
        assert_eq!(jumps.back(jump(2)), Some(jump(1)));
        assert_eq!(jumps.forward(jump(1)), Some(jump(2)));
        assert_eq!(jumps.forward(jump(2)), Some(jump(3)));
        assert_eq!(jumps.forward(jump(3)), None);
        assert_eq!(jumps.back(jump(3)), Some(jump(2)));
        jumps.leave(jump(2));
        assert_eq!(jumps.forward(jump(9)), None, "what lay ahead is forgotten");
        assert_eq!(jumps.back(jump(9)), Some(jump(2)));
        assert_eq!(jumps.back(jump(2)), Some(jump(1)));
        assert_eq!(jumps.back(jump(1)), Some(jump(0)));
        assert_eq!(jumps.back(jump(0)), None);
    }
}
