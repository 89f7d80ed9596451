//! What a literal query is made of: for each character those that may stand for it.

use std::collections::HashMap;

use super::commonness;
use crate::text::{Fold, Folded, numeral};

/// What one more needle costs, in the unit of [`commonness`]: a pass over the text takes as long as comparing around
/// one character in a hundred.
const NEEDLE_COST: usize = 100;

/// A character of the query.
#[derive(Debug)]
pub(super) struct Element {
    /// Any of which matches; none for a line end.
    pub(super) chars: Vec<char>,
}

/// The characters of a query that count. Of two or more numerals together each matches its digit.
pub(super) fn elements(query: &str, fold: Fold) -> Vec<Element> {
    let folded = Folded::new(query, fold);
    let own: Vec<char> = folded
        .units()
        .filter_map(|(_, range)| query.get(range)?.chars().next())
        .collect();
    let classes = fold.classes(&own);
    let counts: Vec<bool> = own.iter().map(|c| numeral(*c).is_some()).collect();
    let digits = fold.options().digits;
    let in_run = |i: usize| {
        let beside = i.checked_sub(1).is_some_and(|i| counts[i]);
        digits && counts[i] && (beside || counts.get(i + 1) == Some(&true))
    };
    // A class is made by going over all tables: one for each digit, not for each numeral.
    let mut numerals: HashMap<char, Vec<char>> = HashMap::new();
    let elements = classes.into_iter().enumerate().map(|(i, chars)| {
        let digit = own.get(i).and_then(|c| numeral(*c));
        let chars = match digit.filter(|_| in_run(i)) {
            Some(digit) => numerals
                .entry(digit)
                .or_insert_with(|| fold.numeral_class(digit))
                .clone(),
            None => chars,
        };
        Element { chars }
    });
    elements.collect()
}

impl Element {
    pub(super) fn matches(&self, c: char) -> bool {
        self.chars.contains(&c)
    }

    /// What it costs to look for it.
    pub(super) fn cost(&self) -> usize {
        let ascii = usize::from(self.chars.iter().any(char::is_ascii));
        let needles = ascii + self.chars.iter().filter(|c| !c.is_ascii()).count();
        let common: usize = self.chars.iter().map(|c| commonness(*c)).sum();
        needles * NEEDLE_COST + common
    }
}
