//! Filling lines: as much as the measure holds, a mark in the reserve, no Han alone on the last line.

use std::ops::Range;

use super::breaks::Break;
use super::classes::Class;
use super::cut::{Atom, cut};
use super::gaps;
use super::line::{Line, tab_cells};
use super::options::{Align, HANG_RESERVE, Kinsoku, Options, Setting};
use super::rules::mark;
use crate::text;

/// Breaks a stretch of `block` into lines of at most [`Setting::measure`] cells.
///
/// `block` is the whole block, without line feeds, `stretch` a range of it as [`stretch_at`](super::stretch_at) gives
/// it. Lines are byte ranges of the block on grapheme boundaries; in order they cover the stretch whole, so no text
/// is lost. An empty block has one empty line.
///
/// No line begins or ends with a character that [`Options::kinsoku`] forbids there; where no other break is to be
/// had at this measure, the rule yields and [`Line::forced`] is set on the line before the break. One of ，。、 may
/// stand in the [`HANG_RESERVE`] beside the measure. At a measure of one cell a wide grapheme is a placeholder of
/// one cell that keeps its range. White space at the start of a block with a first-line indent stands for the indent.
///
/// Work grows with the stretch, not with the block.
#[must_use]
pub fn lines(
    block: &str,
    stretch: Range<usize>,
    setting: &Setting,
    options: &Options,
) -> Vec<Line> {
    let end = text::floor_boundary(block, stretch.end);
    let start = text::floor_boundary(block, stretch.start).min(end);
    let mut atoms = cut(block, start..end, &options.profile);
    mark(block, &mut atoms, end, options.kinsoku);
    let filler = Filler::new(&atoms, start..end, setting, options);
    filler
        .rows()
        .into_iter()
        .map(|row| filler.line(&row))
        .collect()
}

/// The atoms of one line.
#[derive(Debug, Clone, Copy)]
struct Row {
    start: usize,
    end: usize,
    hung: bool,
    forced: bool,
}

struct Filler<'a> {
    atoms: &'a [Atom],
    /// Bytes of the block.
    stretch: Range<usize>,
    measure: u16,
    first_indent: u16,
    indent: u16,
    align: Align,
    hang: bool,
    autospace: bool,
    justify: bool,
    save_orphans: bool,
}

impl<'a> Filler<'a> {
    fn new(atoms: &'a [Atom], stretch: Range<usize>, setting: &Setting, options: &Options) -> Self {
        let measure = setting.measure.clamp(1, u16::MAX - HANG_RESERVE);
        let at_start = setting.align == Align::Start;
        // One Han must remain beside an indent.
        let fitting = |indent: u16| {
            if at_start {
                indent.min(measure.saturating_sub(2))
            } else {
                0
            }
        };
        let ruled = options.kinsoku != Kinsoku::None;
        Self {
            atoms,
            first_indent: fitting(if stretch.start == 0 {
                setting.first_indent
            } else {
                setting.indent
            }),
            indent: fitting(setting.indent),
            stretch,
            measure,
            align: setting.align,
            hang: ruled && options.hang && !setting.traditional && measure > 1,
            autospace: options.autospace,
            justify: options.justify && at_start,
            save_orphans: ruled,
        }
    }

    fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut start = 0;
        while start < self.atoms.len() {
            let row = self.take(start);
            start = row.end;
            rows.push(row);
        }
        if rows.is_empty() {
            rows.push(Row {
                start: 0,
                end: 0,
                hung: false,
                forced: false,
            });
        }
        if self.save_orphans {
            self.save_orphan(&mut rows);
        }
        rows
    }

    fn indent_at(&self, start: usize) -> u16 {
        if start == 0 {
            self.first_indent
        } else {
            self.indent
        }
    }

    /// Cells that an atom takes in a line that holds `room` cells.
    const fn cells(atom: &Atom, room: u16) -> u32 {
        if atom.cells > room {
            1
        } else {
            atom.cells as u32
        }
    }

    /// Cells of white space that begins at `column`.
    fn blank_cells(atom: &Atom, column: u32) -> u32 {
        u32::from(if atom.class == Class::Tab {
            tab_cells(column)
        } else {
            atom.cells
        })
    }

    /// Whether white space at the start of the line takes no cells.
    ///
    /// It has cells only at the start of a block without a first-line indent, and where it leaves room for what
    /// follows.
    fn flat_lead(&self, start: usize) -> bool {
        if start > 0
            || self.stretch.start > 0
            || self.first_indent > 0
            || self.align != Align::Start
        {
            return true;
        }
        let mut column = 0;
        for atom in self.atoms {
            if atom.class.is_blank() {
                column += Self::blank_cells(atom, column);
            } else if atom.class.is_content() {
                return column + Self::cells(atom, self.measure) > u32::from(self.measure);
            }
        }
        true
    }

    /// The cell between the content atoms `p` and `i`, if they ask for one.
    fn space_between(&self, p: usize, i: usize) -> u32 {
        u32::from(
            self.autospace && p + 1 == i && gaps::han_meets_latin(&self.atoms[p], &self.atoms[i]),
        )
    }

    /// The line that begins with the atom `start`.
    fn take(&self, start: usize) -> Row {
        let indent = self.indent_at(start);
        let room = self.measure - indent;
        let limit = u32::from(self.measure);
        let flat = self.flat_lead(start);
        let mut column = u32::from(indent);
        // For each level the last boundary of that level within the line.
        let mut best = [None; Break::COUNT];
        let mut last = None;
        for (i, atom) in self.atoms.iter().enumerate().skip(start) {
            if atom.class.is_blank() {
                if last.is_some() || !flat {
                    column += Self::blank_cells(atom, column);
                }
                continue;
            }
            if atom.class.is_zero() {
                continue;
            }
            let mut cells = Self::cells(atom, room);
            if let Some(p) = last {
                cells += self.space_between(p, i);
                best[atom.before as usize] = Some(i);
                if column + cells > limit {
                    return self.end_row(start, p, i, column <= limit, &best);
                }
            }
            column += cells;
            last = Some(i);
        }
        Row {
            start,
            end: self.atoms.len(),
            hung: false,
            forced: false,
        }
    }

    /// Ends a line at the atom `i` that did not fit behind `p`: by hanging it, if the text before it `reaches` no
    /// further than the reserve, else at the best boundary.
    fn end_row(
        &self,
        start: usize,
        p: usize,
        i: usize,
        reaches: bool,
        best: &[Option<usize>],
    ) -> Row {
        if self.hang
            && reaches
            && self.atoms[i].class == Class::Stop
            && self.atoms[p].class != Class::Stop
        {
            let next = self.next_content(i + 1);
            if self
                .atoms
                .get(next)
                .is_none_or(|a| a.before == Break::Allowed)
            {
                return Row {
                    start,
                    end: next,
                    hung: true,
                    forced: false,
                };
            }
        }
        let found = best
            .iter()
            .enumerate()
            .find_map(|(level, at)| at.map(|at| (level, at)));
        let (level, end) = found.unwrap_or((Break::Pair as usize, i));
        Row {
            start,
            end,
            hung: false,
            forced: level >= Break::Kinsoku as usize,
        }
    }

    fn next_content(&self, from: usize) -> usize {
        let rest = &self.atoms[from.min(self.atoms.len())..];
        from + rest
            .iter()
            .position(|a| a.class.is_content())
            .unwrap_or(rest.len())
    }

    /// Gives a Han that stands alone on the last line the company of one more unit of the line before.
    fn save_orphan(&self, rows: &mut [Row]) {
        let [.., before, last] = rows else { return };
        if !self.is_orphan(last) {
            return;
        }
        let inner = (before.start + 1..last.start).rev();
        let mut units = inner.filter(|i| {
            self.atoms[*i].class.is_content() && self.atoms[*i].before == Break::Allowed
        });
        // The line before must keep two units: one more boundary.
        let (Some(at), Some(_)) = (units.next(), units.next()) else {
            return;
        };
        let moved = Row {
            start: at,
            end: last.end,
            hung: false,
            forced: false,
        };
        if self.text_cells(&moved, self.measure - self.indent)
            <= u32::from(self.measure - self.indent)
        {
            *before = Row {
                end: at,
                hung: false,
                forced: false,
                ..*before
            };
            *last = moved;
        }
    }

    fn is_orphan(&self, row: &Row) -> bool {
        let mut han = 0;
        for atom in &self.atoms[row.start..row.end] {
            match atom.class {
                Class::Han | Class::Ideograph => han += 1,
                class if class.is_content() && !class.never_starts() && class != Class::Open => {
                    return false;
                }
                _ => {}
            }
            if han > 1 {
                return false;
            }
        }
        han == 1
    }

    /// Cells from the first glyph of a line to behind its last, a hung mark not included.
    fn text_cells(&self, row: &Row, room: u16) -> u32 {
        let from = u32::from(self.indent_at(row.start));
        let flat = self.flat_lead(row.start);
        let (mut column, mut ink, mut without_last) = (from, from, from);
        let mut last = None;
        for (i, atom) in self.atoms.iter().enumerate().take(row.end).skip(row.start) {
            if atom.class.is_blank() {
                if last.is_some() || !flat {
                    column += Self::blank_cells(atom, column);
                }
            } else if atom.class.is_content() {
                without_last = column;
                column += Self::cells(atom, room) + last.map_or(0, |p| self.space_between(p, i));
                last = Some(i);
                ink = column;
            }
        }
        (if row.hung { without_last } else { ink }) - from
    }

    fn line(&self, row: &Row) -> Line {
        let byte = |i: usize| self.atoms.get(i).map_or(self.stretch.end, |a| a.start);
        let atoms = &self.atoms[row.start..row.end];
        let ink = row.end
            - atoms
                .iter()
                .rev()
                .take_while(|a| !a.class.is_content())
                .count();
        let mut indent = self.indent_at(row.start);
        let room = self.measure - indent;
        let mut missing = 0;
        let is_last = row.end == self.atoms.len();
        if self.align != Align::Start || (self.justify && !is_last) {
            let cells = u16::try_from(self.text_cells(row, room))
                .unwrap_or(room)
                .min(room);
            match self.align {
                Align::Start => missing = room - cells,
                Align::Centre => indent = (room - cells) / 2,
                Align::End => indent = room - cells,
            }
        }
        let gaps = if self.autospace || missing > 0 {
            gaps::gaps(&self.atoms[row.start..ink], self.autospace, missing)
        } else {
            Box::default()
        };
        Line {
            span: byte(row.start)..byte(row.end),
            indent,
            hung: row.hung,
            forced: row.forced,
            ink_end: byte(ink),
            room,
            flat_lead: self.flat_lead(row.start),
            tabs_from: if self.align == Align::Start {
                0
            } else {
                indent
            },
            gaps,
        }
    }
}
