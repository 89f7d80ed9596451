//! Painted units: what a grapheme becomes on the grid.
//!
//! Most terminals add up the characters of a cluster (a family emoji takes eight cells there), so a grapheme is
//! painted as one or more units of one or two cells. Joiners and variation selectors whose effect on the width
//! terminals disagree about are left out; marks of no width of their own stay with the unit before them.

use super::sanitise::{Sent, sent};
use super::width::{Profile, char_width};

/// At most so many combining characters are sent with one base: terminals keep only a few, and a text with ten
/// thousand of them must not become ten thousand bytes in one cell.
const MARKS_PER_UNIT: usize = 8;

/// What one or two cells hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// What is sent to the terminal; safe by construction.
    pub symbol: String,
    /// Cells it takes, 1 or 2.
    pub cells: u16,
}

/// Cells that the grapheme takes on a terminal of this profile: the sum of its painted units.
///
/// 0 for a grapheme of which nothing is sent (zero-width space, byte order mark, soft hyphen ...). A TAB is a
/// matter of its place in the line and counts 0 here; `typeset` decides.
#[must_use]
pub fn width(grapheme: &str, profile: &Profile) -> u16 {
    let mut chars = grapheme.chars();
    if let (Some(c), None) = (chars.next(), chars.next())
        && let Some(cells) = plain_width(c)
    {
        return cells;
    }
    let mut cells: u16 = 0;
    walk(grapheme, profile, |event| {
        if let Event::Base(_, width) = event {
            cells = cells.saturating_add(width);
        }
    });
    cells
}

/// Cells that a whole string takes, grapheme by grapheme. For names and messages, not for body text.
#[must_use]
pub fn str_width(text: &str, profile: &Profile) -> u16 {
    super::graphemes(text).fold(0u16, |sum, g| sum.saturating_add(width(g.text, profile)))
}

/// The painted units of a grapheme, in order. Empty when nothing of it is sent.
#[must_use]
pub fn units(grapheme: &str, profile: &Profile) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::with_capacity(1);
    let mut marks = 0;
    walk(grapheme, profile, |event| match event {
        Event::Base(c, cells) => {
            marks = 0;
            out.push(Unit {
                symbol: c.to_string(),
                cells,
            });
        }
        Event::Mark(c) => {
            marks += 1;
            if marks <= MARKS_PER_UNIT
                && let Some(unit) = out.last_mut()
            {
                unit.symbol.push(c);
            }
        }
    });
    out
}

/// Width of the characters that need no look at all, which is nearly all of them.
const fn plain_width(c: char) -> Option<u16> {
    match c {
        ' '..='~' => Some(1),
        '\u{4E00}'..='\u{9FFF}' | '\u{3001}'..='\u{3029}' | '\u{FF01}'..='\u{FF60}' => Some(2),
        _ => None,
    }
}

enum Event {
    Base(char, u16),
    Mark(char),
}

fn walk(grapheme: &str, profile: &Profile, mut on: impl FnMut(Event)) {
    let mut based = false;
    for c in grapheme.chars() {
        match sent(c) {
            Sent::Placeholder(p) => {
                based = true;
                on(Event::Base(p, 1));
            }
            Sent::Dropped => {}
            Sent::AsIs => {
                let cells = char_width(c, profile);
                if cells > 0 {
                    based = true;
                    on(Event::Base(c, cells));
                } else {
                    if !based {
                        // A mark without a base would join whatever stood in the cell before it.
                        based = true;
                        on(Event::Base('\u{25CC}', char_width('\u{25CC}', profile)));
                    }
                    on(Event::Mark(c));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Ambiguous;

    fn shown(grapheme: &str) -> Vec<(String, u16)> {
        units(grapheme, &Profile::default())
            .into_iter()
            .map(|u| (u.symbol, u.cells))
            .collect()
    }

    fn unit(symbol: &str, cells: u16) -> (String, u16) {
        (symbol.to_owned(), cells)
    }

    #[test]
    fn clusters_become_units_as_most_terminals_draw_them() {
        assert_eq!(shown("中"), [unit("中", 2)]);
        assert_eq!(shown("e\u{301}"), [unit("e\u{301}", 1)]);
        assert_eq!(shown("か\u{3099}"), [unit("か\u{3099}", 2)]);
        assert_eq!(shown("ｶﾞ"), [unit("ｶ", 1), unit("ﾞ", 1)]);
        assert_eq!(shown("葛\u{E0100}"), [unit("葛\u{E0100}", 2)]);
        assert_eq!(shown("❤\u{FE0F}"), [unit("❤", 1)]);
        assert_eq!(shown("1\u{FE0F}\u{20E3}"), [unit("1\u{20E3}", 1)]);
        assert_eq!(shown("👍\u{1F3FD}"), [unit("👍", 2), unit("\u{1F3FD}", 2)]);
        assert_eq!(
            width("👨\u{200D}👩\u{200D}👧\u{200D}👦", &Profile::default()),
            8
        );
        assert_eq!(
            shown("\u{1F1E8}\u{1F1F3}"),
            [unit("\u{1F1E8}", 1), unit("\u{1F1F3}", 1)]
        );
    }

    #[test]
    fn nothing_unsafe_becomes_a_unit() {
        assert_eq!(shown("\u{1b}"), [unit("␛", 1)]);
        assert_eq!(shown("\u{7f}"), [unit("␡", 1)]);
        assert_eq!(shown("\u{9b}"), [unit("␦", 1)]);
        assert_eq!(shown("\u{202E}"), [unit("␦", 1)]);
        assert_eq!(shown("\u{200B}"), []);
        assert_eq!(shown("\u{AD}"), []);
        assert_eq!(shown("\u{301}"), [unit("◌\u{301}", 1)]);
        let many = format!("e{}", "\u{301}".repeat(10_000));
        assert_eq!(shown(&many)[0].0.chars().count(), 1 + MARKS_PER_UNIT);
    }

    #[test]
    fn ambiguous_width_is_the_profiles() {
        let wide = Profile::new(Ambiguous::Two);
        assert_eq!(width("—", &wide), 2);
        assert_eq!(str_width("“乌镇”", &wide), 8);
        assert_eq!(str_width("“乌镇”", &Profile::default()), 6);
    }
}
