//! The pair rules: how willingly a line breaks at each boundary of a stretch.

use std::borrow::Cow;

use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, LineBreak};
use icu_segmenter::LineSegmenter;

use super::breaks::Break;
use super::classes::Class;
use super::cut::{Atom, cut};
use super::options::Kinsoku;
use super::tokens;
use crate::text::Profile;

/// The byte offsets, above 0 and with the end, at which a line of `text` may end without any rule yielding.
///
/// At level none these are the break opportunities of UAX #14 (untailored, Unicode 15.1) that are grapheme
/// boundaries, and so they are at every level where no CJK is about.
#[must_use]
pub fn opportunities(text: &str, kinsoku: Kinsoku) -> Vec<usize> {
    let mut atoms = cut(text, 0..text.len(), &Profile::default());
    mark(text, &mut atoms, text.len(), kinsoku);
    let inner = atoms
        .iter()
        .skip(1)
        .filter(|a| a.before == Break::Allowed)
        .map(|a| a.start);
    inner
        .chain((!text.is_empty()).then_some(text.len()))
        .collect()
}

/// Sets the level of every boundary. `end` is the byte offset behind the last atom.
pub(super) fn mark(block: &str, atoms: &mut [Atom], end: usize, kinsoku: Kinsoku) {
    if kinsoku == Kinsoku::None {
        let mut last = None;
        for i in 0..atoms.len() {
            if atoms[i].class.is_content() {
                atoms[i].before = last.map_or(Break::Inside, |p: usize| {
                    kept(atoms[p].class, atoms[i].class)
                });
                last = Some(i);
            }
        }
        latin_run(block, atoms, 0..atoms.len(), end);
        return;
    }
    own_floor(atoms, kinsoku);
    let mut at = 0;
    while at < atoms.len() {
        let run = at + atoms[at..].iter().take_while(|a| !a.cjk).count();
        if run > at + 1 {
            latin_run(block, atoms, at..run, end);
        }
        at = run.max(at + 1);
        while at < atoms.len() && atoms[at].cjk {
            at += 1;
        }
    }
    tokens::tighten(block, atoms, end);
}

/// What stands between two atoms that are not next to each other.
#[derive(Clone, Copy, Default)]
struct Between {
    wide_blank: bool,
    zero_space: bool,
    glue: bool,
}

/// The rules of this room. Boundaries that belong to UAX #14 get the level they have if it forbids them.
fn own_floor(atoms: &mut [Atom], kinsoku: Kinsoku) {
    let mut last: Option<usize> = None;
    let mut between = Between::default();
    // How many dashes or dots of an ellipsis stand in an unbroken row up to and with the last content.
    let mut row = 0usize;
    for i in 0..atoms.len() {
        let b = atoms[i];
        if !b.class.is_content() {
            between.wide_blank |= b.class == Class::Blank && b.cjk;
            between.zero_space |= b.class == Class::ZeroSpace;
            between.glue |= b.class == Class::ZeroGlue;
            continue;
        }
        let next_is_same = atoms
            .get(i + 1)
            .is_some_and(|n| n.class == b.class && n.cjk == b.cjk);
        let level = match last {
            None => {
                row = 0;
                if b.cjk || between.wide_blank {
                    Break::Allowed
                } else {
                    Break::Inside
                }
            }
            Some(p) => {
                let a = atoms[p];
                let adjacent = p + 1 == i;
                row = if adjacent && a.class == b.class && a.cjk == b.cjk {
                    row + 1
                } else {
                    0
                };
                if !a.cjk && !b.cjk && !between.wide_blank {
                    kept(a.class, b.class)
                } else {
                    let rows = matches!(b.class, Class::Dash | Class::Ellipsis);
                    let paired = if rows {
                        paired(b.class, row, next_is_same, kinsoku)
                    } else {
                        None
                    };
                    let name_dot = a.class == Class::Dot
                        && b.class == Class::Han
                        && p.checked_sub(1)
                            .is_some_and(|q| atoms[q].class == Class::Han);
                    let level = paired
                        .unwrap_or_else(|| pair(a.class, b.class, adjacent, name_dot, kinsoku));
                    // Invisible characters part or glue what the marks leave open.
                    if between.glue || a.class == Class::Glue || b.class == Class::Glue {
                        level.max(Break::Inside)
                    } else if between.zero_space && level < Break::Kinsoku {
                        Break::Allowed
                    } else {
                        level
                    }
                }
            }
        };
        atoms[i].before = level;
        last = Some(i);
        between = Between::default();
    }
}

/// The boundary before a dash or an ellipsis, if its row decides it: pairs are whole, a row may part between pairs.
const fn paired(class: Class, row: usize, next_is_same: bool, kinsoku: Kinsoku) -> Option<Break> {
    if row % 2 == 1 {
        return Some(Break::Pair);
    }
    // The odd one at the end of a longer row stays with the pair before it.
    if row > 0 && !next_is_same {
        return Some(Break::Pair);
    }
    let single_dash = matches!(class, Class::Dash) && !next_is_same;
    if single_dash || matches!(kinsoku, Kinsoku::Strict) {
        return Some(Break::Kinsoku);
    }
    None
}

/// The boundary between two marks or characters of which at least one is CJK.
fn pair(a: Class, b: Class, adjacent: bool, name_dot: bool, kinsoku: Kinsoku) -> Break {
    if b.never_starts() || a.never_ends() || (a == Class::Solidus && kinsoku >= Kinsoku::Gb) {
        Break::Kinsoku
    } else if adjacent && a.is_word() && b.is_word() {
        Break::Inside
    } else if name_dot || b == Class::Hyphen {
        Break::Soft
    } else {
        Break::Allowed
    }
}

/// The level of a boundary that UAX #14 forbids: a mark at a line edge is worse than a word in two.
pub(super) const fn kept(a: Class, b: Class) -> Break {
    match (a, b) {
        (Class::Dash, Class::Dash) | (Class::Ellipsis, Class::Ellipsis) => Break::Pair,
        _ if b.never_starts() || a.never_ends() => Break::Kinsoku,
        _ => Break::Inside,
    }
}

/// Runs UAX #14 over the atoms of `run` and allows what it allows between two of them.
fn latin_run(block: &str, atoms: &mut [Atom], run: std::ops::Range<usize>, end: usize) {
    let Some(first) = atoms.get(run.start) else {
        return;
    };
    let from = first.start;
    let to = atoms.get(run.end).map_or(end, |a| a.start);
    let text = &block[from..to];
    // A word or number between Han, the most common run of all, has no place to break.
    if text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return;
    }
    let text = without_complex(text);
    let segmenter = LineSegmenter::new_for_non_complex_scripts(Default::default());
    // What stands between CJK text and the first content of the run is no boundary of UAX #14's.
    let lead = atoms[run.clone()]
        .iter()
        .take_while(|a| !a.class.is_content())
        .count();
    let first_owned = if run.start == 0 {
        1
    } else {
        run.start + lead + 1
    };
    let mut i = run.start;
    for at in segmenter.segment_str(&text) {
        let at = from + at;
        while i < run.end && atoms[i].start < at {
            i += 1;
        }
        if i >= run.end {
            break;
        }
        if atoms[i].start == at && i >= first_owned {
            atoms[i].before = Break::Allowed;
        }
    }
}

/// `text` with the characters that only a dictionary could break (class SA of UAX #14: Thai, Khmer ...) replaced by
/// letters and marks of the same number of bytes.
///
/// That is rule LB1, which the segmenter leaves to the models that are not compiled in; debug builds of it also
/// complain of that on standard error, where the screen is.
fn without_complex(text: &str) -> Cow<'_, str> {
    use GeneralCategory::{NonspacingMark, SpacingMark};
    let first = '\u{E00}'; // Thai; no character before it is of the class.
    let breaks = CodePointMapData::<LineBreak>::new();
    let complex = |c: char| c >= first && breaks.get(c) == LineBreak::ComplexContext;
    if text.is_ascii() || !text.chars().any(complex) {
        return Cow::Borrowed(text);
    }
    let categories = CodePointMapData::<GeneralCategory>::new();
    let replaced = text.chars().map(|c| {
        let mark = matches!(categories.get(c), NonspacingMark | SpacingMark);
        match (complex(c), mark, c.len_utf8()) {
            (true, true, 3) => '\u{81C}',
            (true, true, _) => '\u{101FD}',
            (true, false, 3) => '\u{800}',
            (true, false, _) => '\u{10000}',
            (false, ..) => c,
        }
    });
    Cow::Owned(replaced.collect())
}
