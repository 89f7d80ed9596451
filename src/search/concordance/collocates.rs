//! Collocates: what stands near the hits more often than elsewhere.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::context::cut;
use super::{Concordance, SourceId, Unit};
use crate::statistics::Together;
use crate::text::{Fold, FoldOptions, Words};

/// Counting an article asks so often, in bytes of its text, whether it is to go on.
const STEP_BYTES: usize = 1 << 16;
/// And counting what stands near so often, in lines.
const STEP_LINES: usize = 512;

/// What counts as near.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Window {
    /// How many to the left.
    pub left: u8,
    /// How many to the right.
    pub right: u8,
}

/// What is counted, and which forms of it are one.
#[derive(Debug, Clone, Copy)]
pub struct Counting<'a> {
    /// Characters or words.
    pub unit: Unit,
    /// What does not count, as far as it is of one character: 网 and 網, Ａ and a. Blanks and numerals stay as they are.
    pub fold: FoldOptions,
    /// What cuts words.
    pub words: &'a Words,
}

impl Counting<'_> {
    /// The form under which a word is counted.
    pub(super) fn key_into(&self, word: &str, key: &mut String) {
        let fold = Fold::new(self.fold);
        key.clear();
        let counted = word.chars().filter(|c| !fold.is_mark(*c));
        key.extend(counted.map(|c| fold.char(c)));
    }
}

/// How often each word, or character, occurs in the articles that were searched, all its forms together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frequencies {
    counts: HashMap<Box<str>, u64>,
    all: u64,
}

impl Frequencies {
    /// Counts a text.
    pub fn add(&mut self, text: &str, counting: &Counting<'_>) {
        self.add_while(text, counting, |_| true);
    }

    /// The same as long as `go_on` says so, which is told now and then how many bytes of the text are done. False when
    /// it was given up; then the counts are of a part.
    pub fn add_while(
        &mut self,
        text: &str,
        counting: &Counting<'_>,
        mut go_on: impl FnMut(usize) -> bool,
    ) -> bool {
        let mut key = String::new();
        let (mut done, mut asked) = (0, 0);
        for line in text.split_inclusive('\n') {
            for range in cut(line, counting.unit, counting.words) {
                counting.key_into(line.get(range).unwrap_or(""), &mut key);
                self.all += 1;
                match self.counts.get_mut(key.as_str()) {
                    Some(count) => *count += 1,
                    None => {
                        self.counts.insert(key.as_str().into(), 1);
                    }
                }
            }
            done += line.len();
            if done - asked >= STEP_BYTES {
                asked = done;
                if !go_on(done) {
                    return false;
                }
            }
        }
        true
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
    /// The word, or character, in the form that most often stands near the hits.
    pub word: String,
    /// How often it stands near a hit on the left, in whichever form.
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

/// How often a word stands near hits.
#[derive(Debug, Default)]
struct Near<'a> {
    left: u64,
    right: u64,
    /// How it is written there, and how often so; seldom more than one.
    forms: Vec<(&'a str, u64)>,
}

impl<'a> Near<'a> {
    fn add(&mut self, form: &'a str, is_left: bool) {
        *(if is_left {
            &mut self.left
        } else {
            &mut self.right
        }) += 1;
        match self.forms.iter_mut().find(|(known, _)| *known == form) {
            Some((_, count)) => *count += 1,
            None => self.forms.push((form, 1)),
        }
    }

    /// The commonest form; of those that are as common the first by code points.
    fn form(&self) -> &'a str {
        let by = |(form, count): &&(&'a str, u64)| (std::cmp::Reverse(*count), *form);
        self.forms
            .iter()
            .min_by_key(by)
            .map_or("", |(form, _)| form)
    }
}

/// Which parts of an article have been counted, so that none is counted twice.
///
/// Where two windows overlap the later one may reach back before the last word that was counted, to the words of the
/// hit between them; and it may cut what both have into other words.
#[derive(Debug, Default)]
struct Counted {
    source: Option<SourceId>,
    /// Ends by starts, in bytes of the text; no two overlap.
    parts: BTreeMap<usize, usize>,
}

impl Counted {
    /// Goes on to a hit, no part of whose window begins before `from`; hits come in the order of the text.
    fn reach(&mut self, source: SourceId, from: usize) {
        if self.source != Some(source) {
            self.parts.clear();
            self.source = Some(source);
        }
        while self
            .parts
            .first_key_value()
            .is_some_and(|(_, to)| *to <= from)
        {
            self.parts.pop_first();
        }
    }

    /// Takes a part; false when any of it was counted before.
    fn take(&mut self, part: Range<usize>) -> bool {
        let before = self.parts.range(..part.end).next_back();
        if before.is_some_and(|(_, to)| *to > part.start) {
            return false;
        }
        self.parts.insert(part.start, part.end);
        true
    }
}

/// The collocates of the lines that are shown, the most telling (by G²) first.
///
/// What stands near two hits counts once, at the first of them; what stands in a hit counts where it is near another. A word is counted among the words near hits and among
/// all; what the context cuts through at its edge may be no word of the article, and counts as its own. `frequencies`
/// were counted in the same way.
#[must_use]
pub fn collocates(
    concordance: &Concordance,
    window: Window,
    frequencies: &Frequencies,
    counting: &Counting<'_>,
) -> Vec<Collocate> {
    collocates_while(concordance, window, frequencies, counting, |_| true).unwrap_or_default()
}

/// The same as long as `go_on` says so, which is told now and then how many lines are done; nothing when it was given up.
pub fn collocates_while(
    concordance: &Concordance,
    window: Window,
    frequencies: &Frequencies,
    counting: &Counting<'_>,
    mut go_on: impl FnMut(usize) -> bool,
) -> Option<Vec<Collocate>> {
    let Counting { unit, words, .. } = *counting;
    let mut near: HashMap<Box<str>, Near<'_>> = HashMap::new();
    let mut key = String::new();
    let lines = concordance.in_text_order();
    let mut counted = Counted::default();
    for (number, (source, context)) in lines.iter().enumerate() {
        if number % STEP_LINES == 0 && !go_on(number) {
            return None;
        }
        counted.reach(*source, context.span.start() - context.left.len());
        let mut left = context.leftwards(unit, window.left.into(), words);
        left.reverse();
        let right = context.rightwards(unit, window.right.into(), words);
        let sides = [(left, true), (right, false)];
        for (side, is_left) in sides {
            for (at, word) in side {
                if !counted.take(at..at + word.len()) {
                    continue;
                }
                counting.key_into(word, &mut key);
                match near.get_mut(key.as_str()) {
                    Some(near) => near.add(word, is_left),
                    None => near
                        .entry(key.as_str().into())
                        .or_default()
                        .add(word, is_left),
                }
            }
        }
    }
    let tokens: u64 = near.values().map(|near| near.left + near.right).sum();
    let mut found: Vec<Collocate> = near
        .into_iter()
        .map(|(key, near)| {
            let both = near.left + near.right;
            let all = frequencies.counts.get(&key).copied().unwrap_or(0).max(both);
            let together = Together {
                both,
                first: tokens,
                second: all,
                // No fewer than there must be.
                all: frequencies.all.max(tokens + all - both),
            };
            Collocate {
                word: near.form().to_owned(),
                left: near.left,
                right: near.right,
                all,
                // Never -0: added to nothing it is 0.
                log_likelihood: together.log_likelihood() + 0.0,
                mutual_information: together.mutual_information().unwrap_or(0.0),
            }
        })
        .collect();
    found.sort_by(|a, b| {
        let by = b.log_likelihood.total_cmp(&a.log_likelihood);
        by.then(b.count().cmp(&a.count()))
            .then_with(|| a.word.cmp(&b.word))
    });
    Some(found)
}
