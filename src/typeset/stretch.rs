//! Where the stretches of a long block begin, so that its lines can be made anywhere without walking over it.

use std::ops::Range;

use super::classes::{Class, classify};
use crate::text;

/// A block of at most so many bytes is one stretch.
pub const WHOLE_BYTES: usize = 64 * 1024;
/// Bytes between the nominal checkpoints of a longer block.
pub const STRETCH_BYTES: usize = 16 * 1024;
/// How many bytes a checkpoint moves forward at most to find the end of a sentence.
const LOOK_BYTES: usize = 2 * 1024;

/// The stretch of `block` that holds byte `offset`; `block.len()` and above are in the last one.
///
/// A block of up to [`WHOLE_BYTES`] is one stretch. In a longer one stretches begin at multiples of
/// [`STRETCH_BYTES`], each moved forward to just behind the next sentence end with its closing marks, or, where
/// none comes within 2 KiB, to the next grapheme boundary. Stretches depend on the text alone, partition the block,
/// and are found by looking at the text around the checkpoint only.
#[must_use]
pub fn stretch_at(block: &str, offset: usize) -> Range<usize> {
    if block.len() <= WHOLE_BYTES {
        return 0..block.len();
    }
    let offset = offset.min(block.len() - 1);
    let mut k = offset / STRETCH_BYTES;
    let start = loop {
        let at = checkpoint(block, k);
        if at <= offset {
            break at;
        }
        let nominal = k * STRETCH_BYTES;
        // Within one huge grapheme all checkpoints are its end: go back over it in one step.
        let back = if at > nominal + LOOK_BYTES {
            text::floor_boundary(block, nominal) / STRETCH_BYTES
        } else {
            k
        };
        k = back.min(k - 1);
    };
    // Behind a huge grapheme the last checkpoint that fell into it may have found a sentence end further on.
    let here = start / STRETCH_BYTES;
    let end = match checkpoint(block, here) {
        at if at > start => at,
        _ => checkpoint(block, here + 1),
    };
    start..end
}

/// The byte offset at which checkpoint `k` stands. Never falls as `k` grows.
fn checkpoint(block: &str, k: usize) -> usize {
    let nominal = k * STRETCH_BYTES;
    if k == 0 || nominal >= block.len() {
        return nominal.min(block.len());
    }
    sentence_end(block, nominal).unwrap_or_else(|| text::ceil_boundary(block, nominal))
}

/// The first place within the look-ahead that is behind a sentence end, its closing marks and white space.
fn sentence_end(block: &str, nominal: usize) -> Option<usize> {
    let from = block.ceil_char_boundary(nominal);
    let to = block.floor_char_boundary((nominal + LOOK_BYTES).min(block.len()));
    let window = block.get(from..to)?;
    let mut chars = window.char_indices().peekable();
    while let Some((_, c)) = chars.next() {
        if !ends_sentence(c) {
            continue;
        }
        while chars
            .next_if(|(_, c)| ends_sentence(*c) || closes(*c))
            .is_some()
        {}
        while chars.next_if(|(_, c)| classify(*c).0.is_blank()).is_some() {}
        let at = chars.peek().map_or(to, |(at, _)| from + at);
        if text::floor_boundary(block, at) == at {
            return Some(at);
        }
    }
    None
}

const fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '…')
}

fn closes(c: char) -> bool {
    matches!(classify(c).0, Class::Close | Class::Stop)
}
