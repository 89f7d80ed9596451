//! Lines of groups: which of them are more than the one line that their entity is written as, and whom lines join.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use crate::format::alike::root;

/// A line: its byte in the file, its word, the mentions that it names.
pub(super) type Line<'a> = (usize, &'a str, Vec<usize>);

/// The bytes of the lines that one line for their entity would not give back: they name a mention twice, or lines of
/// other words name some of theirs.
pub(super) fn kept(lines: &[Line<'_>]) -> Vec<usize> {
    let members: Vec<&[usize]> = lines.iter().map(|(.., members)| &members[..]).collect();
    let roots = roots(&members);
    let mut words: HashMap<usize, HashSet<&str>> = HashMap::new();
    for ((_, word, _), root) in lines.iter().zip(&roots) {
        words.entry(*root).or_default().insert(word);
    }
    let is_kept = |((_, _, members), root): &(&Line<'_>, usize)| {
        let differ = words.get(root).is_some_and(|words| words.len() > 1);
        let mut seen = HashSet::new();
        differ || !members.iter().all(|member| seen.insert(member))
    };
    let kept = lines.iter().zip(roots).filter(is_kept);
    kept.map(|((at, ..), _)| *at).collect()
}

/// For each id that lines name, which of the sets it is in that they make together.
pub(super) fn sets<'a>(lines: &[&'a str]) -> HashMap<&'a str, usize> {
    // Behind the sign and the word.
    let ids = |line: &&'a str| line.split_whitespace().skip(2).collect();
    let members: Vec<Vec<&str>> = lines.iter().map(ids).collect();
    let members: Vec<&[&str]> = members.iter().map(|ids| &ids[..]).collect();
    let sets = members.iter().zip(roots(&members));
    sets.flat_map(|(ids, root)| ids.iter().map(move |id| (*id, root)))
        .collect()
}

/// For each line the first of those that it shares members with, by way of others too.
fn roots<T: Copy + Eq + Hash>(lines: &[&[T]]) -> Vec<usize> {
    let mut parents: Vec<usize> = (0..lines.len()).collect();
    let mut named: HashMap<T, usize> = HashMap::new();
    for (index, members) in lines.iter().enumerate() {
        for member in *members {
            let other = *named.entry(*member).or_insert(index);
            let (a, b) = (root(&mut parents, index), root(&mut parents, other));
            if let Some(parent) = parents.get_mut(a.max(b)) {
                *parent = a.min(b);
            }
        }
    }
    (0..lines.len())
        .map(|index| root(&mut parents, index))
        .collect()
}
