//! Ids under which members are written: their own where those fit, else new ones that nothing else has.

use std::collections::{HashMap, HashSet};

/// An id for each, in order. An id of its own is kept when it fits and is there once, or at its first place when
/// `first` is set; all others get the letter and the next number that is free.
pub(super) fn given<'a>(
    letter: char,
    ids: impl Iterator<Item = &'a str> + Clone,
    first: bool,
    fits: impl Fn(&str) -> bool,
) -> Vec<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for id in ids.clone() {
        *counts.entry(id).or_default() += 1;
    }
    let is_own = |id: &str| fits(id) && (first || counts.get(id) == Some(&1));
    let mut taken: HashSet<String> = ids
        .clone()
        .filter(|id| is_own(id))
        .map(str::to_owned)
        .collect();
    let (mut kept, mut next) = (HashSet::new(), 1usize);
    ids.map(|id| {
        if is_own(id) && kept.insert(id) {
            return id.to_owned();
        }
        loop {
            let id = format!("{letter}{next}");
            next += 1;
            if taken.insert(id.clone()) {
                return id;
            }
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_ids_are_kept_and_others_are_free() {
        let ids = ["T2", "", "x", "T2", "T1"];
        let numbered = |id: &str| id.starts_with('T');
        assert_eq!(
            given('T', ids.into_iter(), true, numbered),
            ["T2", "T3", "T4", "T5", "T1"]
        );
        let filled = |id: &str| !id.is_empty();
        assert_eq!(
            given('m', ids.into_iter(), false, filled),
            ["m1", "m2", "x", "m3", "T1"]
        );
    }
}
