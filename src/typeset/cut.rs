//! Cutting a stretch into atoms: one a grapheme, with its cells and class.

use std::ops::Range;

use super::breaks::Break;
use super::classes::{Class, Floor, classify};
use crate::text::{self, Profile, is_simple};

/// A grapheme as line breaking sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Atom {
    /// Byte offset in the block.
    pub(super) start: usize,
    /// Cells on the terminal, before any placeholder; 1 for a TAB, whose cells depend on its place.
    pub(super) cells: u16,
    /// What it is to the rules.
    pub(super) class: Class,
    /// Whether the rules of this room decide the boundaries on both sides of it.
    pub(super) cjk: bool,
    /// The boundary before it.
    pub(super) before: Break,
}

/// A cluster longer than so many bytes is measured in pieces: its cells could pass what a `u16` holds.
const LONG_CLUSTER: usize = 16 * 1024;

/// The atoms of `block[stretch]`, in order; together they cover it. Boundaries are still [`Break::Inside`].
pub(super) fn cut(block: &str, stretch: Range<usize>, profile: &Profile) -> Vec<Atom> {
    let text = &block[stretch.clone()];
    // Most text is Han of three bytes; a reserve too large costs nothing that is ever touched.
    let mut atoms = Vec::with_capacity(text.len() / 3 + 1);
    let (mut any_cjk, mut any_shared, mut any_quote) = (false, false, false);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let mut end = at + c.len_utf8();
        let (mut class, floor) = classify(c);
        let cells = if is_simple(c) && text[end..].chars().next().is_none_or(is_simple) {
            match c {
                ' '..='~' => 1,
                '\u{2010}'..='\u{2027}' => text::width(&text[at..end], profile),
                _ => 2,
            }
        } else {
            end = at
                + text::graphemes(&text[at..])
                    .next()
                    .map_or(c.len_utf8(), |g| g.text.len());
            let grapheme = &text[at..end];
            let cells = if class == Class::Tab {
                1
            } else {
                cluster_cells(grapheme, profile)
            };
            if cells == 0 && !class.is_zero() {
                class = Class::Zero;
            }
            if cells > 0 && (class.is_zero() || (class.is_blank() && grapheme.len() > c.len_utf8()))
            {
                // A space that carries a combining mark is something to see.
                class = Class::Other;
            }
            cells
        };
        any_cjk |= floor == Floor::Cjk;
        any_shared |= floor == Floor::Shared;
        any_quote |= class == Class::Quote;
        atoms.push(Atom {
            start: stretch.start + at,
            cells,
            class,
            // Shared marks are marked here and settled below, when it is known what stands around them.
            cjk: floor != Floor::Latin,
            before: Break::Inside,
        });
        at = end;
    }
    if any_shared {
        settle_shared(&mut atoms, any_cjk, block);
    }
    if any_quote {
        settle_quotes(&mut atoms, block);
    }
    atoms
}

/// Cells of a cluster of any length.
pub(super) fn cluster_cells(grapheme: &str, profile: &Profile) -> u16 {
    if grapheme.len() <= LONG_CLUSTER {
        return text::width(grapheme, profile);
    }
    let mut cells = 0u16;
    let mut at = 0;
    while at < grapheme.len() {
        let end = grapheme.ceil_char_boundary((at + LONG_CLUSTER).min(grapheme.len()));
        // A piece must not begin with a mark: without its base that would count as a cell of its own.
        let piece = &grapheme[at..end];
        let piece = if at == 0 {
            piece
        } else {
            piece.trim_start_matches(|c| text::char_width(c, profile) == 0)
        };
        if !piece.is_empty() {
            cells = cells.saturating_add(text::width(piece, profile));
        }
        at = end;
    }
    cells
}

/// Shared marks are CJK where there is CJK text, unless they stand within a Latin word (don’t, 3–5). A dash is CJK there
/// in any company: it never begins a line (2001—2008年).
fn settle_shared(atoms: &mut [Atom], any_cjk: bool, block: &str) {
    for i in 0..atoms.len() {
        let c = first_char(block, &atoms[i]);
        if classify(c).1 != Floor::Shared {
            continue;
        }
        let within = !(any_cjk && atoms[i].class == Class::Dash)
            && i > 0
            && atoms[i - 1].class.is_latin()
            && atoms.get(i + 1).is_some_and(|next| next.class.is_latin());
        atoms[i].cjk = any_cjk && !within;
        if within && atoms[i].class != Class::NonStart {
            atoms[i].class = Class::Other;
        }
    }
}

/// Gives the straight quotes a side: by the space beside them, else by turns. Within a word they are apostrophes.
fn settle_quotes(atoms: &mut [Atom], block: &str) {
    let mut open = [false; 2];
    for i in 0..atoms.len() {
        if atoms[i].class != Class::Quote {
            continue;
        }
        let which = usize::from(first_char(block, &atoms[i]) == '\'');
        let before = i.checked_sub(1).map(|p| atoms[p].class);
        let after = atoms.get(i + 1).map(|next| next.class);
        if which == 1 && before.is_some_and(Class::is_latin) && after.is_some_and(Class::is_latin) {
            atoms[i].class = Class::Other;
            continue;
        }
        let after_gap = before.is_none_or(|b| b.is_blank() || b == Class::Open);
        let before_gap = after.is_none_or(|a| a.is_blank() || a.never_starts());
        let opens = match (after_gap, before_gap) {
            (true, false) => true,
            (false, true) => false,
            _ => !open[which],
        };
        open[which] = opens;
        atoms[i].class = if opens { Class::Open } else { Class::Close };
    }
}

/// The base character of an atom.
pub(super) fn first_char(block: &str, atom: &Atom) -> char {
    block[atom.start..].chars().next().unwrap_or(' ')
}
