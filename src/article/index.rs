//! Which spans touch a range, in O(log n + k): an interval tree laid out in a sorted array.

use super::ByteSpan;

/// Spans with a number each. The array is sorted by start; the middle of every half is the root of that half, and
/// keeps the greatest end in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SpanIndex {
    spans: Vec<(ByteSpan, u32)>,
    greatest_end: Vec<u32>,
}

impl SpanIndex {
    pub(super) fn new(mut spans: Vec<(ByteSpan, u32)>) -> Self {
        spans.sort_unstable();
        let mut greatest_end = vec![0; spans.len()];
        raise(&spans, &mut greatest_end);
        Self {
            spans,
            greatest_end,
        }
    }

    /// Calls `on` with the number of every span that shares a byte with `range`, in the order of their starts.
    pub(super) fn touching(&self, range: ByteSpan, on: &mut impl FnMut(u32)) {
        if !range.is_empty() {
            search(&self.spans, &self.greatest_end, range, on);
        }
    }
}

fn raise(spans: &[(ByteSpan, u32)], greatest_end: &mut [u32]) -> u32 {
    if spans.is_empty() {
        return 0;
    }
    let middle = spans.len() / 2;
    let left = raise(&spans[..middle], &mut greatest_end[..middle]);
    let right = raise(&spans[middle + 1..], &mut greatest_end[middle + 1..]);
    let own = u32::try_from(spans[middle].0.end()).unwrap_or(u32::MAX);
    greatest_end[middle] = own.max(left).max(right);
    greatest_end[middle]
}

fn search(
    spans: &[(ByteSpan, u32)],
    greatest_end: &[u32],
    range: ByteSpan,
    on: &mut impl FnMut(u32),
) {
    let middle = spans.len() / 2;
    let Some((span, number)) = spans.get(middle) else {
        return;
    };
    if greatest_end[middle] as usize <= range.start() {
        return;
    }
    search(&spans[..middle], &greatest_end[..middle], range, on);
    if span.start() >= range.end() {
        return;
    }
    if span.touches(range) {
        on(*number);
    }
    search(&spans[middle + 1..], &greatest_end[middle + 1..], range, on);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_index_finds_what_a_scan_finds(
            spans in proptest::collection::vec((0usize..300, 1usize..60), 0..120),
            range in (0usize..320, 0usize..80),
        ) {
            let spans: Vec<(ByteSpan, u32)> = spans
                .into_iter()
                .zip(0u32..)
                .map(|((start, len), number)| (ByteSpan::new(start, start + len), number))
                .collect();
            let range = ByteSpan::new(range.0, range.0 + range.1);
            let mut want: Vec<u32> = spans.iter().filter(|(s, _)| s.touches(range) && !range.is_empty()).map(|(_, n)| *n).collect();
            want.sort_unstable();
            let mut got = Vec::new();
            SpanIndex::new(spans).touching(range, &mut |n| got.push(n));
            got.sort_unstable();
            prop_assert_eq!(got, want);
        }
    }

    #[test]
    fn a_query_looks_at_few_spans_of_many() {
        // One span over everything and 50,000 short ones: a query must not walk them all. `touching` on the long
        // one alone would visit every node if ends were not kept per half.
        let mut spans: Vec<(ByteSpan, u32)> = (0u32..50_000)
            .map(|n| (ByteSpan::new(n as usize * 20, n as usize * 20 + 10), n))
            .collect();
        spans.push((ByteSpan::new(0, 1_000_000), 50_000));
        let index = SpanIndex::new(spans);
        let mut found = Vec::new();
        index.touching(ByteSpan::new(500_000, 500_030), &mut |n| found.push(n));
        assert_eq!(found, [50_000, 25_000, 25_001]);
    }
}
