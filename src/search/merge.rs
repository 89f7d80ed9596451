//! Two ways to find something, of which one goes before the other.

use std::iter::Peekable;
use std::ops::Range;

/// Two sequences of ranges in order, of which the first goes before where they meet.
pub(super) struct Both<A: Iterator, B: Iterator> {
    first: Peekable<A>,
    second: Peekable<B>,
    end: usize,
}

impl<A: Iterator, B: Iterator> Both<A, B> {
    pub(super) fn new(first: A, second: B) -> Self {
        Self {
            first: first.peekable(),
            second: second.peekable(),
            end: 0,
        }
    }
}

impl<A, B> Iterator for Both<A, B>
where
    A: Iterator<Item = Range<usize>>,
    B: Iterator<Item = Range<usize>>,
{
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            let first = self.first.peek().cloned();
            let Some(second) = self.second.peek().cloned() else {
                return self.first.next();
            };
            if second.start < self.end {
                self.second.next();
                continue;
            }
            match first {
                Some(first) if first.start < second.end => {
                    if first.end > second.start {
                        self.second.next();
                    }
                    self.end = first.end;
                    return self.first.next();
                }
                _ => return self.second.next(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::single_range_in_vec_init)]
    fn the_first_goes_before_where_they_meet() {
        let both = |first: &[Range<usize>], second: &[Range<usize>]| -> Vec<Range<usize>> {
            Both::new(first.iter().cloned(), second.iter().cloned()).collect()
        };
        assert_eq!(
            both(&[3..5, 8..9], &[0..2, 2..4, 4..6, 6..8]),
            [0..2, 3..5, 6..8, 8..9]
        );
        assert_eq!(both(&[0..9], &[1..2, 3..4, 9..10]), [0..9, 9..10]);
        assert_eq!(both(&[], &[1..2]), [1..2]);
    }
}
