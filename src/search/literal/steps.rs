//! From a character of the text to the next that counts, and to the one before: blanks between two Han are passed over,
//! and marks that do not count, as [`Folded`](crate::text::Folded) has it.

use crate::text::{Fold, is_blank, is_han};

/// A character that counts: itself, where it begins, and where it ends without its marks.
pub(super) type At = (char, usize, usize);

/// The one before byte `start`, at which `behind` begins.
pub(super) fn before(fold: Fold, hay: &str, start: usize, behind: char) -> Option<At> {
    let rest = hay.get(..start)?.trim_end_matches(|c| fold.is_mark(c));
    let counted = |(at, c): (usize, char)| (c, at, at + c.len_utf8());
    let (at, c) = rest.char_indices().next_back()?;
    // A run of blanks is looked through only where it may not count, lest each of them look through it.
    if is_blank(c) && fold.options().spaces && is_han(behind) {
        let kept = rest.trim_end_matches(|c| fold.is_mark(c) || is_blank(c));
        let before = kept.char_indices().next_back();
        if let Some(before) = before.filter(|(_, c)| fold.joins(*c, behind)) {
            return Some(counted(before));
        }
    }
    Some(counted((at, c)))
}

/// The one behind byte `end`, where the bytes of `before` end.
pub(super) fn behind(fold: Fold, hay: &str, end: usize, before: char) -> Option<At> {
    let start = marks_end(fold, hay, end);
    let rest = hay.get(start..)?;
    let c = rest.chars().next()?;
    if is_blank(c) && fold.options().spaces && is_han(before) {
        let kept = rest.trim_start_matches(|c| fold.is_mark(c) || is_blank(c));
        let next = kept.chars().next();
        if let Some(next) = next.filter(|next| fold.joins(before, *next)) {
            let at = start + rest.len() - kept.len();
            return Some((next, at, at + next.len_utf8()));
        }
    }
    Some((c, start, start + c.len_utf8()))
}

/// Where the marks end that go with the character before byte `end`.
pub(super) fn marks_end(fold: Fold, hay: &str, end: usize) -> usize {
    let marks = hay.get(end..).unwrap_or_default().chars();
    let marks = marks.take_while(|c| fold.is_mark(*c));
    end + marks.map(char::len_utf8).sum::<usize>()
}

/// Where the run of blanks that byte `at` stands in ends, and whether it is passed over.
pub(super) fn blanks(fold: Fold, hay: &str, at: usize) -> (usize, bool) {
    if !fold.options().spaces {
        return (hay.len(), false);
    }
    let skipped = |c: char| fold.is_mark(c) || is_blank(c);
    let before = hay.get(..at).unwrap_or_default().trim_end_matches(skipped);
    let rest = hay.get(at..).unwrap_or_default();
    let behind = rest.trim_start_matches(skipped);
    let sides = before.chars().next_back().zip(behind.chars().next());
    let passed = sides.is_some_and(|(before, behind)| fold.joins(before, behind));
    (at + rest.len() - behind.len(), passed)
}
