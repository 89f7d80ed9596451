//! Lines that have a word near their hits.

use super::context::Context;
use super::{Counting, Unit, Window};
use crate::text::{FoldOptions, Words};

/// A word that is to stand within a window of the hit, in whichever form: what [`collocates`](super::collocates()) counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// The word, or character.
    pub word: String,
    /// How near.
    pub window: Window,
    /// In what that is counted.
    pub unit: Unit,
    /// What does not count.
    pub fold: FoldOptions,
}

impl Near {
    /// Whether it is near this hit; `words` cuts words.
    pub(super) fn is_in(&self, context: &Context<'_>, words: &Words) -> bool {
        let counting = Counting {
            unit: self.unit,
            fold: self.fold,
            words,
        };
        let (mut wanted, mut key) = (String::new(), String::new());
        counting.key_into(&self.word, &mut wanted);
        let Window { left, right } = self.window;
        let left = context.leftwards(self.unit, left.into(), words);
        let right = context.rightwards(self.unit, right.into(), words);
        left.into_iter().chain(right).any(|(_, word)| {
            counting.key_into(word, &mut key);
            key == wanted
        })
    }
}
