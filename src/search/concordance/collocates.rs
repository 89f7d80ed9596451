//! Collocates: what stands near the hits more often than elsewhere.

use std::collections::{BTreeMap, HashMap};

use super::context::cut;
use super::{Concordance, Unit};
use crate::statistics::Together;
use crate::text::Words;

/// What counts as near.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Window {
    /// What is counted.
    pub unit: Unit,
    /// How many to the left.
    pub left: u8,
    /// How many to the right.
    pub right: u8,
}

/// How often each word, or character, occurs in the articles that were searched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frequencies {
    counts: HashMap<Box<str>, u64>,
    all: u64,
}

impl Frequencies {
    /// Counts a text.
    pub fn add(&mut self, text: &str, unit: Unit, words: &Words) {
        for line in text.lines() {
            for range in cut(line, unit, words) {
                let word = line.get(range).unwrap_or("");
                self.all += 1;
                match self.counts.get_mut(word) {
                    Some(count) => *count += 1,
                    None => {
                        self.counts.insert(word.into(), 1);
                    }
                }
            }
        }
    }

    /// Adds other counts.
    pub fn join(&mut self, other: Self) {
        self.all += other.all;
        for (word, count) in other.counts {
            *self.counts.entry(word).or_insert(0) += count;
        }
    }
}

/// A word that stands near hits.
#[derive(Debug, Clone, PartialEq)]
pub struct Collocate {
    /// The word, or character.
    pub word: String,
    /// How often it stands near a hit on the left.
    pub left: u64,
    /// And on the right.
    pub right: u64,
    /// How often it occurs at all.
    pub all: u64,
    /// The log-likelihood ratio G², negative when it avoids the hits.
    pub log_likelihood: f64,
    /// Mutual information, in bits.
    pub mutual_information: f64,
}

impl Collocate {
    /// How often it stands near a hit.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.left + self.right
    }
}

/// The collocates of the lines that are shown, the most telling (by G²) first.
///
/// What stands near two hits counts once, at the first of them. A word is counted among the words near hits and among
/// all; what the context cuts through at its edge may be no word of the article, and counts as its own.
#[must_use]
pub fn collocates(
    concordance: &Concordance,
    window: Window,
    frequencies: &Frequencies,
    words: &Words,
) -> Vec<Collocate> {
    let mut near: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    let lines = concordance.in_text_order();
    let mut counted = None;
    for (source, context) in &lines {
        let mut left = context.leftwards(window.unit, window.left.into(), words);
        left.reverse();
        let right = context.rightwards(window.unit, window.right.into(), words);
        let sides = [(left, true), (right, false)];
        for (side, is_left) in sides {
            for (at, word) in side {
                if counted.is_some_and(|last| (*source, at) <= last) {
                    continue;
                }
                counted = Some((*source, at));
                let (left, right) = near.entry(word).or_default();
                *(if is_left { left } else { right }) += 1;
            }
        }
    }
    let tokens: u64 = near.values().map(|(left, right)| left + right).sum();
    let mut found: Vec<Collocate> = near
        .into_iter()
        .map(|(word, (left, right))| {
            let both = left + right;
            let all = frequencies.counts.get(word).copied().unwrap_or(0).max(both);
            let together = Together {
                both,
                first: tokens,
                second: all,
                // No fewer than there must be.
                all: frequencies.all.max(tokens + all - both),
            };
            Collocate {
                word: word.to_owned(),
                left,
                right,
                all,
                log_likelihood: together.log_likelihood(),
                mutual_information: together.mutual_information().unwrap_or(0.0),
            }
        })
        .collect();
    found.sort_by(|a, b| {
        let by = b.log_likelihood.total_cmp(&a.log_likelihood);
        by.then(b.count().cmp(&a.count()))
            .then_with(|| a.word.cmp(&b.word))
    });
    found
}
