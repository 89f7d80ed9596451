//! Painted units: what a grapheme becomes on the grid.
//!
//! Most terminals add up the characters of a cluster (a family emoji takes eight cells there), so a grapheme is
//! painted as one or more units of one or two cells. Joiners and variation selectors, about whose effect on the width
//! terminals disagree, are sent only to those that are known to draw the whole as one glyph; marks of no width of their
//! own stay with the unit before them.

use super::profile::{Profile, Trait};
use super::walk::{Event, walk};

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
        cells = cells.saturating_add(match event {
            Event::Base(_, width) => width,
            Event::Mark(_) => 0,
            Event::Widen => 1,
        });
    });
    cells
}

/// Cells that a whole string takes, grapheme by grapheme. For names and messages, not for body text.
#[must_use]
pub fn str_width(text: &str, profile: &Profile) -> u16 {
    super::graphemes(text).fold(0u16, |sum, g| sum.saturating_add(width(g.text, profile)))
}

/// A text in at most so many cells, after a whole grapheme; one that is cut ends with a mark of one cell: … or, where
/// that is wide, ~.
#[must_use]
pub fn shortened(text: &str, cells: u16, profile: &Profile) -> String {
    if str_width(text, profile) <= cells {
        return text.to_owned();
    }
    let mark = if profile.has(Trait::WideMarks) {
        '~'
    } else {
        '…'
    };
    let mut used = 1u16;
    let fits = super::graphemes(text).take_while(|g| {
        used = used.saturating_add(width(g.text, profile));
        used <= cells
    });
    let end = fits.last().map_or(0, |g| g.end());
    let mut cut = text.get(..end).unwrap_or("").to_owned();
    cut.push(mark);
    cut
}

/// The painted units of a grapheme, in order. Empty when nothing of it is sent.
#[must_use]
pub fn units(grapheme: &str, profile: &Profile) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::with_capacity(1);
    walk(grapheme, profile, |event| match event {
        Event::Base(c, cells) => out.push(Unit {
            symbol: c.to_string(),
            cells,
        }),
        Event::Mark(c) => {
            if let Some(unit) = out.last_mut() {
                unit.symbol.push(c);
            }
        }
        Event::Widen => {
            if let Some(unit) = out.last_mut() {
                unit.cells = 2;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::walk::MARKS_PER_UNIT;
    use crate::text::{Ambiguous, Trait};

    fn shown(grapheme: &str) -> Vec<(String, u16)> {
        shown_on(grapheme, &[])
    }

    fn shown_on(grapheme: &str, traits: &[Trait]) -> Vec<(String, u16)> {
        let plain = Profile::default();
        let profile = traits.iter().fold(plain, |p, t| p.with(*t, true));
        let cells: u16 = units(grapheme, &profile).iter().map(|u| u.cells).sum();
        assert_eq!(width(grapheme, &profile), cells, "{grapheme:?}");
        units(grapheme, &profile)
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
        assert_eq!(shown("ｶﾞ"), [unit("ｶﾞ", 2)]);
        assert_eq!(shown("ﾞ"), [unit("ﾞ", 1)]);
        assert_eq!(shown("葛\u{E0100}"), [unit("葛\u{E0100}", 2)]);
        assert_eq!(shown("❤\u{FE0F}"), [unit("❤", 1)]);
        assert_eq!(shown("1\u{FE0F}\u{20E3}"), [unit("1\u{20E3}", 1)]);
        assert_eq!(shown("👍\u{1F3FD}"), [unit("👍", 2), unit("\u{1F3FD}", 2)]);
        assert_eq!(
            width("👨\u{200D}👩\u{200D}👧\u{200D}👦", &Profile::default()),
            8
        );
        assert_eq!(shown("\u{1F1E8}\u{1F1F3}"), [unit("\u{1F1E8}\u{1F1F3}", 2)]);
        assert_eq!(shown("\u{1F1E8}"), [unit("\u{1F1E8}", 1)]);
        assert_eq!(shown("\u{1112}\u{1161}\u{11AB}"), [unit("한", 2)]);
        assert_eq!(shown("\u{31350}"), [unit("\u{31350}", 2)]);
    }

    #[test]
    fn a_terminal_that_joins_gets_the_cluster_whole() {
        use Trait::{
            JoinedEmoji, JoinedKeycaps, JoinedSkinTones, LostNewHan, NarrowNewHan, PartedJamo,
            PartedKana, WideEmoji, WideIndicators,
        };
        let family = "👨\u{200D}👩\u{200D}👧";
        let kiss = "👩🏽\u{200D}❤\u{FE0F}\u{200D}💋\u{200D}👨🏽";
        for (grapheme, traits, want) in [
            ("❤\u{FE0F}", &[WideEmoji][..], &[("❤\u{FE0F}", 2)][..]),
            ("©\u{FE0F}", &[WideEmoji], &[("©\u{FE0F}", 2)]),
            // A selector behind what has no coloured form, or is coloured anyway, changes nothing.
            ("中\u{FE0F}", &[WideEmoji], &[("中", 2)]),
            ("👍\u{FE0F}", &[WideEmoji], &[("👍", 2)]),
            ("1\u{FE0F}", &[WideEmoji], &[("1", 1)]),
            (
                "1\u{FE0F}\u{20E3}",
                &[JoinedKeycaps],
                &[("1\u{FE0F}\u{20E3}", 2)],
            ),
            ("1\u{20E3}", &[JoinedKeycaps], &[("1\u{20E3}", 1)]),
            ("👍🏽", &[JoinedSkinTones], &[("👍🏽", 2)]),
            ("☝🏽", &[JoinedSkinTones], &[("☝", 1), ("🏽", 2)]),
            (family, &[JoinedEmoji], &[(family, 2)]),
            (kiss, &[JoinedEmoji, JoinedSkinTones], &[(kiss, 2)]),
            ("\u{1F1E8}", &[WideIndicators], &[("\u{1F1E8}", 2)]),
            (
                "\u{1F1E8}\u{1F1F3}",
                &[WideIndicators],
                &[("\u{1F1E8}\u{1F1F3}", 2)],
            ),
            ("か\u{3099}", &[PartedKana], &[("が", 2)]),
            ("あ\u{3099}", &[PartedKana], &[("あ", 2), ("゛", 2)]),
            ("\u{1112}\u{1161}\u{11AB}", &[PartedJamo], &[("한", 2)]),
            (
                "\u{1113}\u{1161}\u{11AB}",
                &[PartedJamo],
                &[("\u{1113}", 2), ("\u{1161}", 1), ("\u{11AB}", 1)],
            ),
            ("\u{31350}", &[NarrowNewHan], &[("\u{31350}", 1)]),
            ("\u{31350}\u{E0100}", &[LostNewHan], &[("〓\u{E0100}", 2)]),
        ] {
            let want: Vec<_> = want.iter().map(|(s, cells)| unit(s, *cells)).collect();
            assert_eq!(shown_on(grapheme, traits), want, "{grapheme:?}");
        }
    }

    #[test]
    fn what_finds_no_room_widens_nothing() {
        for (base, selector, which) in [
            ("1", "\u{FE0F}\u{20E3}", Trait::JoinedKeycaps),
            ("❤", "\u{FE0F}", Trait::WideEmoji),
        ] {
            let full = format!("{base}{}{selector}", "\u{301}".repeat(MARKS_PER_UNIT));
            let units = shown_on(&full, &[which]);
            assert!(units.len() == 1 && units[0].1 == 1, "{units:?}");
            assert!(!units[0].0.contains('\u{FE0F}'));
        }
        assert_eq!(
            shown_on("\u{20E3}", &[Trait::JoinedKeycaps]),
            [unit("◌\u{20E3}", 1)]
        );
    }

    #[test]
    fn a_cluster_without_end_is_cut_into_units() {
        let chain = format!("👨{}", "\u{200D}👩".repeat(5_000));
        for unit in shown_on(&chain, &[Trait::JoinedEmoji]) {
            assert!(unit.0.chars().count() <= 1 + MARKS_PER_UNIT);
            assert_eq!(unit.1, 2);
        }
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
