//! Terms that stand near each other.

use super::tree::Hit;
use crate::article::{ByteSpan, Text};
use crate::text::graphemes;

/// Leaves of each link of a chain the hits that are near to one of the link before and to one of the next: at most so many
/// characters, as readers see them (UAX #29), lie between them, whichever comes first. All are in order afterwards.
pub(super) fn keep_near(text: &Text, chain: &mut [Vec<Hit>], distances: &[usize]) {
    for hits in chain.iter_mut() {
        hits.sort_unstable();
    }
    let numbers = Numbers::new(text, chain);
    let mut keep = |kept: usize, other: usize, distance: usize| {
        let others = std::mem::take(&mut chain[other]);
        let near = Near::new(&others, &numbers, distance);
        chain[kept].retain(|(hit, _)| near.has(*hit));
        chain[other] = others;
    };
    for (n, distance) in distances.iter().enumerate() {
        keep(n + 1, n, *distance);
    }
    for (n, distance) in distances.iter().enumerate().rev() {
        keep(n, n + 1, *distance);
    }
}

/// Hits that others may be near to.
struct Near<'a> {
    hits: &'a [Hit],
    /// For each the farthest end of those up to it, in bytes: they may lie over each other.
    ends: Vec<usize>,
    numbers: &'a Numbers,
    distance: usize,
}

impl<'a> Near<'a> {
    fn new(hits: &'a [Hit], numbers: &'a Numbers, distance: usize) -> Self {
        let ends = hits.iter().scan(0, |farthest, (hit, _)| {
            *farthest = hit.end().max(*farthest);
            Some(*farthest)
        });
        Self {
            hits,
            ends: ends.collect(),
            numbers,
            distance,
        }
    }

    /// Whether one of them is near, other than the hit itself.
    fn has(&self, hit: ByteSpan) -> bool {
        let before = self.hits.partition_point(|(other, _)| *other < hit);
        let from = self.hits.partition_point(|(other, _)| *other <= hit);
        let behind = self
            .hits
            .partition_point(|(other, _)| other.start() < hit.end());
        let is_close = |left, right| self.numbers.between(left, right) <= self.distance;
        let next = self.hits.get(behind);
        let last = before.checked_sub(1).and_then(|n| self.ends.get(n));
        // Those in between begin within it.
        from < behind
            || next.is_some_and(|(next, _)| is_close(hit.end(), next.start()))
            || last.is_some_and(|end| *end > hit.start() || is_close(*end, hit.start()))
    }
}

/// The numbers of the characters at which hits begin and end, so that none is counted for each pair anew.
struct Numbers {
    /// In order, in bytes.
    places: Vec<usize>,
    numbers: Vec<usize>,
}

impl Numbers {
    fn new(text: &Text, chain: &[Vec<Hit>]) -> Self {
        let hits = chain.iter().flatten();
        let mut places: Vec<usize> = hits.flat_map(|(hit, _)| [hit.start(), hit.end()]).collect();
        places.sort_unstable();
        places.dedup();
        let (mut at, mut number) = (places.first().copied().unwrap_or(0), 0);
        let numbers = places.iter().map(|place| {
            let between = text.slice(ByteSpan::new(at, *place));
            number += graphemes(between).count();
            at = *place;
            number
        });
        Self {
            numbers: numbers.collect(),
            places,
        }
    }

    fn between(&self, left: usize, right: usize) -> usize {
        let number = |place| {
            let known = self.places.binary_search(&place).ok();
            known.and_then(|n| self.numbers.get(n)).copied()
        };
        let both = number(left).zip(number(right));
        both.map_or(usize::MAX, |(left, right)| right.saturating_sub(left))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// It is what holding each hit against each other one says.
        #[test]
        fn near_is_what_each_pair_says(
            text in "[a乙\u{20000}]{30}",
            hits in proptest::collection::vec((0usize..30, 1usize..9), 0..6),
            others in proptest::collection::vec((0usize..30, 1usize..20), 0..12),
            distance in 0usize..6,
        ) {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let spans = |chars: &[(usize, usize)]| -> Vec<(usize, usize)> {
                chars.iter().map(|(from, len)| (*from, (from + len).min(29))).filter(|(a, b)| a < b).collect()
            };
            let (hits, others) = (spans(&hits), spans(&others));
            let is_near = |a: &(usize, usize), b: &(usize, usize)| {
                a != b && a.0.saturating_sub(b.1).max(b.0.saturating_sub(a.1)) <= distance
            };
            let span = |(from, to): &(usize, usize)| ByteSpan::new(places[*from], places[*to]);
            let mut want: Vec<ByteSpan> = hits
                .iter()
                .filter(|hit| others.iter().any(|other| is_near(hit, other)))
                .map(span)
                .collect();
            want.sort_unstable();
            let of = |all: &[(usize, usize)], leaf| -> Vec<Hit> { all.iter().map(|hit| (span(hit), leaf)).collect() };
            let mut chain = [of(&hits, 0), of(&others, 1)];
            keep_near(&Text::from_lines(text).expect("short"), &mut chain, &[distance]);
            let got: Vec<ByteSpan> = chain[0].iter().map(|(hit, _)| *hit).collect();
            prop_assert_eq!(got, want);
        }
    }
}
