//! The symbols of the interface itself, each of one cell on the terminal at hand.

use crate::text::{Profile, Trait};

/// Characters of borders. Box drawing is of the ambiguous class, so a terminal that draws it wide gets ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lines {
    /// A line from left to right.
    pub horizontal: &'static str,
    /// A line from top to bottom.
    pub vertical: &'static str,
    /// Corners: top left, top right, bottom left, bottom right.
    pub corners: [&'static str; 4],
}

/// The symbols of the interface; every one takes one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    /// Borders.
    pub lines: Lines,
    /// The thumb of a scroll bar.
    pub thumb: &'static str,
    /// Before an item.
    pub bullet: &'static str,
    /// Before the title of the pane that keys go to.
    pub focus: &'static str,
    /// Before what is open or chosen.
    pub current: &'static str,
    /// At what has problems.
    pub problem: &'static str,
    /// At the end of what was cut, where three dots have no room.
    pub cut: &'static str,
}

impl Marks {
    /// The symbols for a terminal of this profile.
    #[must_use]
    pub const fn of(profile: &Profile) -> Self {
        let lines = if profile.has(Trait::WideLines) {
            Lines {
                horizontal: "-",
                vertical: "|",
                corners: ["+"; 4],
            }
        } else {
            Lines {
                horizontal: "─",
                vertical: "│",
                corners: ["┌", "┐", "└", "┘"],
            }
        };
        let [bullet, focus, current] = if profile.has(Trait::WideSymbols) {
            ["*", "@", ">"]
        } else {
            ["•", "◆", "▶"]
        };
        Self {
            lines,
            thumb: if profile.has(Trait::WideLines) {
                "#"
            } else {
                "█"
            },
            bullet,
            focus,
            current,
            problem: "!",
            cut: if profile.has(Trait::WideMarks) {
                "~"
            } else {
                "…"
            },
        }
    }

    /// What stands at the end of a text that is cut to so many cells: three dots where they have room.
    #[must_use]
    pub fn ellipsis(&self, cells: u16) -> &'static str {
        match self.cut {
            // In Chinese a ~ behind a word is a tone of voice.
            "~" if cells >= 8 => "...",
            cut => cut,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Ambiguous, str_width};

    #[test]
    fn every_mark_takes_one_cell() {
        let plain = Profile::default();
        let single = Trait::AMBIGUOUS.map(|class| plain.with(class, true));
        let all = [plain, Profile::new(Ambiguous::Two)];
        for profile in single.into_iter().chain(all) {
            let marks = Marks::of(&profile);
            let Lines {
                horizontal,
                vertical,
                corners,
            } = marks.lines;
            let rest = [marks.thumb, marks.bullet, marks.current, marks.focus];
            let all = [horizontal, vertical, marks.problem, marks.cut];
            for mark in all.iter().chain(&rest).chain(&corners) {
                assert_eq!(str_width(mark, &profile), 1, "{mark} at {profile:?}");
            }
        }
    }
}
