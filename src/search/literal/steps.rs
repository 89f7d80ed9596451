//! From a character of the text to the next that counts, and to the one before: blanks between two Han are passed over,
//! and marks that do not count, as [`Folded`](crate::text::Folded) has it.

use crate::text::{Fold, is_blank};

/// A character that counts: itself, where it begins, and where it ends without its marks.
pub(super) type At = (char, usize, usize);

/// The one before byte `start`, at which `behind` begins.
pub(super) fn before(fold: Fold, hay: &str, start: usize, behind: char) -> Option<At> {
    let rest = hay.get(..start)?;
    let c = rest.chars().next_back()?;
    if !fold.is_mark(c) && !is_blank(c) {
        return Some((c, start - c.len_utf8(), start));
    }
    let kept = rest.trim_end_matches(|c| fold.is_mark(c) || is_blank(c));
    let counted = |(at, c): (usize, char)| (c, at, at + c.len_utf8());
    let blank = rest[kept.len()..]
        .char_indices()
        .rfind(|(_, c)| is_blank(*c))
        .map(|(at, c)| (kept.len() + at, c));
    let before = kept.char_indices().next_back();
    match (blank, before) {
        (Some(_), Some((at, c))) if fold.joins(c, behind) => Some(counted((at, c))),
        (Some(blank), _) => Some(counted(blank)),
        (None, before) => before.map(counted),
    }
}

/// The one behind byte `end`, where the bytes of `before` end.
pub(super) fn behind(fold: Fold, hay: &str, end: usize, before: char) -> Option<At> {
    let start = marks_end(fold, hay, end);
    let rest = hay.get(start..)?;
    let c = rest.chars().next()?;
    if is_blank(c) {
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

/// Whether the blank at byte `at` counts for nothing.
pub(super) fn is_passed_over(fold: Fold, hay: &str, at: usize) -> bool {
    let skipped = |c: char| fold.is_mark(c) || is_blank(c);
    let before = hay.get(..at).unwrap_or_default().trim_end_matches(skipped);
    let behind = hay
        .get(at..)
        .unwrap_or_default()
        .trim_start_matches(skipped);
    let sides = before.chars().next_back().zip(behind.chars().next());
    sides.is_some_and(|(before, behind)| fold.joins(before, behind))
}
