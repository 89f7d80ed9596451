//! Ranges of the article's text.

use std::ops::Range;

/// A half-open range of the article's text, in bytes of its UTF-8. A text is below 4 GiB, so 32 bits suffice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ByteSpan {
    start: u32,
    end: u32,
}

impl ByteSpan {
    /// The span `start..end` in bytes; `end` below `start` gives an empty span at `start`. Offsets above 4 GiB,
    /// which no [`Text`](super::Text) has, are cut to that.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            start: cut(start),
            end: cut(end.max(start)),
        }
    }

    /// First byte.
    #[must_use]
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// Byte behind the last.
    #[must_use]
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a range of bytes.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub const fn touches(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}
