//! A name and its neighbours as a small drawing of lines and words.

use super::page::{Key, Page};
use super::{Measure, Within, ranked};
use crate::text::{Profile, Trait, graphemes, str_width, width};

/// So many neighbours stand on either side at most.
const MOST: usize = 5;
/// A narrower drawing has one side only, in cells.
const TWO_SIDES_FROM: u16 = 50;

/// A narrower one is none, in cells.
const LEAST: u16 = 24;

/// A neighbour in a drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    /// What ties it to the name: a relation's label, `3x` for the paragraphs in which both occur.
    pub label: String,
    /// Its name.
    pub name: String,
    /// Which it is.
    pub key: Option<Key>,
}

/// A name and its neighbours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    /// The name.
    pub name: String,
    /// Those from whom a relation leads to it.
    pub left: Vec<Neighbour>,
    /// Those to whom one leads from it, those who take part in its events, and who it occurs with.
    pub right: Vec<Neighbour>,
}

/// A drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphLines {
    /// Its lines from the top; none is wider than was asked for.
    pub lines: Vec<String>,
}

impl Graph {
    /// The neighbours of a page's name: relations and events first, then those who it occurs with in a paragraph, the
    /// surest first.
    #[must_use]
    pub fn of(page: &Page) -> Self {
        let mut graph = Self {
            name: page.group.name.clone(),
            left: Vec::new(),
            right: Vec::new(),
        };
        for tie in &page.ties {
            let side = if tie.leads || tie.trigger.is_some() {
                &mut graph.right
            } else {
                &mut graph.left
            };
            for part in tie.others.iter().filter(|part| !part.name.is_empty()) {
                let is_there = side
                    .iter()
                    .any(|one| one.name == part.name && one.label == tie.label);
                if side.len() < MOST && !is_there {
                    side.push(Neighbour {
                        label: tie.label.clone(),
                        name: part.name.clone(),
                        key: part.key.clone(),
                    });
                }
            }
        }
        let known: Vec<String> = graph
            .left
            .iter()
            .chain(&graph.right)
            .map(|one| one.name.clone())
            .collect();
        let by_rank = ranked(&page.companions, Within::Paragraph, Measure::LogLikelihood);
        let others = by_rank
            .into_iter()
            .filter(|(one, _)| !known.contains(&one.key.name));
        for (one, _) in others.take(MOST.saturating_sub(graph.right.len())) {
            graph.right.push(Neighbour {
                label: format!("{}x", one.paragraphs.both),
                name: one.key.name.clone(),
                key: Some(one.key.clone()),
            });
        }
        graph
    }

    /// The drawing, in at most `width` cells; no lines when there is no neighbour. Lines are drawn with characters that
    /// take one cell on a terminal of this profile.
    #[must_use]
    pub fn draw(&self, width: u16, profile: &Profile) -> GraphLines {
        let mut left = self.left.clone();
        let mut right = self.right.clone();
        if width < TWO_SIDES_FROM {
            right.append(&mut left);
            right.truncate(MOST);
        }
        if left.is_empty() && right.is_empty() || width < LEAST {
            return GraphLines { lines: Vec::new() };
        }
        let pen = Pen {
            profile,
            wide: profile.has(Trait::WideLines),
        };
        let sides = u16::from(!left.is_empty()) + u16::from(!right.is_empty());
        let name = pen.cut(&self.name, (width / if sides == 1 { 2 } else { 3 }).max(8));
        let room = (width - str_width(&name, profile) - 2) / sides;
        let rows = left.len().max(right.len());
        let middle = (rows - 1) / 2;
        // Each side is centred on the row of the name, as far as whole rows allow.
        let placed = |side: &[Neighbour]| {
            let from = middle - (side.len().max(1) - 1) / 2;
            from..from + side.len()
        };
        let (of_left, of_right) = (placed(&left), placed(&right));
        let mut lines = Vec::new();
        for row in 0..rows {
            let mut line = String::new();
            if !left.is_empty() {
                let one = of_left
                    .contains(&row)
                    .then(|| left.get(row - of_left.start))
                    .flatten();
                let joint = pen.joint(row, &of_left, middle, true);
                line.push_str(&pen.left(one, room, joint, row == middle));
            }
            if row == middle {
                line.push_str(&format!(" {name} "));
            } else {
                line.push_str(&" ".repeat(usize::from(str_width(&name, profile) + 2)));
            }
            if !right.is_empty() {
                let one = of_right
                    .contains(&row)
                    .then(|| right.get(row - of_right.start))
                    .flatten();
                let joint = pen.joint(row, &of_right, middle, false);
                line.push_str(&pen.right(one, room, joint, row == middle));
            }
            lines.push(line.trim_end().to_owned());
        }
        // What all lines have free at their left is of no use.
        let blanks = |line: &String| line.len() - line.trim_start_matches(' ').len();
        let free = lines.iter().map(blanks).min().unwrap_or(0);
        for line in &mut lines {
            line.drain(..free);
        }
        GraphLines { lines }
    }
}

struct Pen<'a> {
    profile: &'a Profile,
    /// Whether box drawing takes two cells, so that plain characters are used.
    wide: bool,
}

impl Pen<'_> {
    const fn line(&self) -> &'static str {
        if self.wide { "-" } else { "─" }
    }

    /// Where the line of a row meets those of the others.
    fn joint(
        &self,
        row: usize,
        side: &std::ops::Range<usize>,
        middle: usize,
        left: bool,
    ) -> &'static str {
        let is_own = side.contains(&row);
        let up = row > side.start.min(middle) && row < side.end.max(middle + 1);
        let down = row + 1 < side.end.max(middle + 1) && row >= side.start.min(middle);
        let (outer, inner) = (is_own, row == middle);
        if self.wide {
            return match (outer || inner, up || down) {
                (true, true) => "+",
                (true, false) => "-",
                (false, true) => "|",
                (false, false) => " ",
            };
        }
        let (west, east) = if left { (outer, inner) } else { (inner, outer) };
        match (up, down, west, east) {
            (true, true, true, true) => "┼",
            (true, true, true, false) => "┤",
            (true, true, false, true) => "├",
            (true, true, false, false) => "│",
            (true, false, true, true) => "┴",
            (true, false, true, false) => "┘",
            (true, false, false, true) => "└",
            (false, true, true, true) => "┬",
            (false, true, true, false) => "┐",
            (false, true, false, true) => "┌",
            (false, false, true, _) | (false, false, _, true) => "─",
            _ => " ",
        }
    }

    /// A neighbour on the left with its line, in exactly `room` cells.
    fn left(&self, one: Option<&Neighbour>, room: u16, joint: &str, inner: bool) -> String {
        let end = format!("{joint}{}", if inner { self.line() } else { " " });
        let room = room - 2;
        let Some(one) = one else {
            return format!("{}{end}", " ".repeat(usize::from(room)));
        };
        let (name, label, lead) = self.parts(one, room);
        let line = self.line();
        let text = format!("{name} {line} {label} {line}");
        format!("{}{text}{end}", " ".repeat(usize::from(lead)))
    }

    /// A neighbour on the right with its line, in at most `room` cells.
    fn right(&self, one: Option<&Neighbour>, room: u16, joint: &str, inner: bool) -> String {
        let start = format!("{}{joint}", if inner { self.line() } else { " " });
        let Some(one) = one else { return start };
        let (name, label, _) = self.parts(one, room - 2);
        let line = self.line();
        format!("{start}{line} {label} {line} {name}")
    }

    /// Name and label so that they fit, with four blanks and lines between and behind them, and the cells that are left.
    fn parts(&self, one: &Neighbour, room: u16) -> (String, String, u16) {
        let room = room.saturating_sub(5);
        let label = self.cut(&one.label, (room / 2).max(2));
        let name = self.cut(
            &one.name,
            room.saturating_sub(str_width(&label, self.profile)),
        );
        let used = str_width(&label, self.profile) + str_width(&name, self.profile);
        (name, label, room.saturating_sub(used))
    }

    /// A text in at most so many cells; one that is cut ends with a mark of one cell.
    fn cut(&self, text: &str, cells: u16) -> String {
        if str_width(text, self.profile) <= cells {
            return text.to_owned();
        }
        let mut cut = String::new();
        let mut used = 1;
        for grapheme in graphemes(text) {
            used += width(grapheme.text, self.profile);
            if used > cells {
                break;
            }
            cut.push_str(grapheme.text);
        }
        cut.push(if self.profile.has(Trait::WideMarks) {
            '~'
        } else {
            '…'
        });
        cut
    }
}
