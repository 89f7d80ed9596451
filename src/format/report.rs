//! What a reader finds wrong, gathered: places in lines and columns, many of one sort summed up.

use std::cell::{Cell, OnceCell};
use std::collections::BTreeMap;

use super::code::Code;
use super::count::{Counting, Settled};
use super::decode::Decoded;
use super::entry::ReadOptions;
use crate::article::{Certainty, Diagnostic, Recognised, Severity};

/// So many of one sort are told one by one.
const EACH: u32 = 100;
/// The same where every one is asked for: a file without a sound line would else need far more room than it has itself.
pub const MOST: u32 = 50_000;

/// A line and a column in code points, from 1; zeros for the file as a whole.
pub(super) type Place = (u32, u32);

/// The line starts of a file's text or a part of it, to turn byte offsets into places. They are looked for when the
/// first place is asked for: most records have no fault.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    text: &'t str,
    /// The line of the file, from 1, in which the text begins.
    first: usize,
    /// Code points that stand before it on that line.
    before: u32,
    starts: OnceCell<Vec<usize>>,
    /// A byte offset that was asked for and its column there, from 0: so many faults on one long line do not make
    /// for as many walks from its start.
    last: Cell<(usize, usize)>,
}

impl<'t> Lines<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self::from_line(text, 1)
    }

    /// Of a part of a file that begins at the start of line `first`, from 1.
    pub(super) const fn from_line(text: &'t str, first: usize) -> Self {
        Self::from_place(text, first, 0)
    }

    /// Of a part of a file that begins behind so many code points of line `first`, from 1.
    pub(super) const fn from_place(text: &'t str, first: usize, before: u32) -> Self {
        Self {
            text,
            first,
            before,
            starts: OnceCell::new(),
            last: Cell::new((0, 0)),
        }
    }

    /// The place of a byte offset; that of the character when it is within one.
    pub(super) fn place(&self, offset: usize) -> Place {
        let starts = self.starts.get_or_init(|| {
            let behind = memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|at| at + 1);
            std::iter::once(0).chain(behind).collect()
        });
        let offset = self.text.floor_char_boundary(offset);
        let line = starts.partition_point(|start| *start <= offset);
        let start = starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let (last, behind) = self.last.get();
        // From the last place or the start of the line, whichever is nearer.
        let next = starts.get(line).copied().unwrap_or(usize::MAX);
        let is_near = last > offset && last < next && last - offset < offset - start;
        let column = if is_near {
            behind - self.text[offset..last].chars().count()
        } else if (start..=offset).contains(&last) {
            behind + self.text[last..offset].chars().count()
        } else {
            self.text[start..offset].chars().count()
        };
        self.last.set((offset, column));
        let before = if line == 1 { self.before as usize } else { 0 };
        let line = line + self.first - 1;
        (number(line), number(before + column + 1))
    }
}

pub(super) fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A quotation short enough for a message.
pub(super) fn short(text: &str) -> String {
    const MOST: usize = 40;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// On one line, whatever was quoted.
fn line_of(message: impl Into<String>) -> String {
    let message = message.into();
    if message.contains(['\n', '\r']) {
        message.replace(['\n', '\r'], " ")
    } else {
        message
    }
}

/// The faults of one file.
#[derive(Debug)]
pub(super) struct Report {
    file: String,
    found: Vec<Diagnostic>,
    counts: BTreeMap<Code, u32>,
    /// So many of one sort are told one by one.
    each: u32,
}

impl Report {
    pub(super) fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            found: Vec::new(),
            counts: BTreeMap::new(),
            each: EACH,
        }
    }

    /// As the reader wants it: every fault as far as there is room, or the first hundred of a sort.
    pub(super) fn of(file: &str, options: &ReadOptions) -> Self {
        let mut report = Self::new(file);
        if options.every {
            report.each = MOST;
        }
        report
    }

    /// Enters a fault.
    pub(super) fn add(
        &mut self,
        code: Code,
        (line, column): Place,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let count = self.counts.entry(code).or_insert(0);
        *count += 1;
        if *count <= self.each {
            self.found.push(Diagnostic {
                severity: code.severity,
                code: code.name,
                file: self.file.clone(),
                line,
                column,
                message: line_of(message),
                remedy: line_of(remedy),
                at: None,
                times: 1,
            });
        }
    }

    /// Enters what was not sure about the file's encoding, what could not be unpacked or decoded, and what no text has.
    pub(super) fn undecodable(&mut self, decoded: &Decoded) {
        self.encoded(decoded);
        let text = decoded.text.as_bytes();
        if let Some(first) = memchr::memchr(0, text) {
            let count = memchr::memchr_iter(0, text).count();
            let message = format!("there are {count} NUL characters in it, the first here");
            let remedy = "see whether the file is whole, and delete them";
            let place = Lines::new(&decoded.text).place(first);
            self.add(Code::NUL, place, message, remedy);
        }
    }

    /// Enters that so many escapes of a file, the first of which begins at this byte, stand for NUL.
    pub(super) fn escaped_nuls(&mut self, text: &str, first: usize, count: usize, escape: &str) {
        let message = match count {
            1 => format!("an escape, {escape}, stands for a NUL character here"),
            count => format!("{count} escapes, {escape}, stand for NUL characters, the first here"),
        };
        let remedy = "see whether what wrote the file was damaged, and delete them";
        self.add(Code::NUL, Lines::new(text).place(first), message, remedy);
    }

    /// What [`undecodable`](Self::undecodable) enters but for NUL characters, for formats whose own syntax forbids them.
    pub(super) fn encoded(&mut self, decoded: &Decoded) {
        if let Some(why) = &decoded.damage {
            let message =
                format!("it is damaged or cut off ({why}); what could be unpacked is read");
            let remedy = "get the file anew";
            self.add(Code::DAMAGED, (0, 0), message, remedy);
        }
        let Recognised {
            encoding,
            certainty,
            runner_up,
            declared,
        } = decoded.recognised;
        let bytes = decoded.undecodable_bytes;
        if certainty == Certainty::Guess {
            let next = runner_up.map_or_else(String::new, |(other, bad)| {
                format!("; next best is {other}, with {bad} undecodable places")
            });
            let message = format!(
                "it is read as {encoding}, which is a guess, with {bytes} undecodable bytes{next}"
            );
            let remedy = "give --encoding if the text looks wrong";
            self.add(Code::ENCODING, (0, 0), message, remedy);
        }
        if let Some(declared) = declared {
            let message = format!("it says that it is in {declared}, but it is {encoding}");
            let remedy = "mend what it says; it is read as it is";
            self.add(Code::ENCODING, (0, 0), message, remedy);
        }
        if let Some(place) = decoded.undecodable_at {
            let runs = decoded.form.undecodable;
            let places = if runs == 1 {
                "1 place".to_owned()
            } else {
                format!("{runs} places")
            };
            let message = format!(
                "{bytes} bytes are not {encoding}, in {places}; each place is shown as U+FFFD"
            );
            let remedy = "mend the bytes, or give the encoding with --encoding";
            self.add(Code::UNDECODABLE, place, message, remedy);
        }
    }

    /// Enters how offsets count when that is not as the format says.
    pub(super) fn counted(&mut self, settled: Settled, documented: Counting) {
        if settled.counting != documented {
            let Settled {
                counting,
                matched,
                quoted,
            } = settled;
            let message = format!(
                "offsets are counted as {counting}, under which {matched} of {quoted} quotations match, and not as \
                 {documented}, which the format says"
            );
            let remedy = "give --offsets to have them counted otherwise";
            self.add(Code::OFFSET_UNIT, (0, 0), message, remedy);
        }
    }

    /// The worst that was found, the first of its kind.
    pub(super) fn worst(&self) -> Option<&Diagnostic> {
        let error = self.found.iter().find(|d| d.severity == Severity::Error);
        error.or(self.found.first())
    }

    /// All of it in the order of the file; what was summed up comes last.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|d| (d.line, d.column));
        for (code, count) in self.counts {
            if count > self.each {
                self.found.push(Diagnostic {
                    severity: code.severity,
                    code: code.name,
                    file: self.file.clone(),
                    line: 0,
                    column: 0,
                    message: format!("{} more: {}", count - self.each, code.many),
                    remedy: "mend the first of them; the others are often of one cause".to_owned(),
                    at: None,
                    times: count - self.each,
                });
            }
        }
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_lines_and_code_points() {
        let lines = Lines::new("一\n二三四\n");
        for (offset, place) in [
            (0, (1, 1)),
            (3, (1, 2)),
            (4, (2, 1)),
            (8, (2, 2)),
            (10, (2, 3)),
            (99, (3, 1)),
            (12, (2, 3)),
            (8, (2, 2)),
            (3, (1, 2)),
            (0, (1, 1)),
        ] {
            assert_eq!(lines.place(offset), place, "{offset}");
        }
    }

    #[test]
    fn many_of_one_sort_are_summed_up() {
        let mut report = Report::new("a.ann");
        for line in (1..=250).rev() {
            report.add(Code::QUOTE_DIFFERS, (line, 1), "m", "r");
        }
        report.add(Code::SYNTAX, (7, 2), "m", "r");
        assert_eq!(report.worst().unwrap().line, 7);
        let found = report.finish();
        assert_eq!(found.len(), 102);
        assert!(found[..101].windows(2).all(|w| w[0].line <= w[1].line));
        assert_eq!(
            found[101].message,
            "150 more: quotations that differ from the text"
        );
        assert_eq!(found.iter().map(|d| d.times).sum::<u32>(), 251);
    }

    #[test]
    fn so_many_faults_as_need_much_room_are_counted() {
        let options = ReadOptions {
            every: true,
            ..ReadOptions::default()
        };
        let mut report = Report::of("a.conll", &options);
        for line in 1..=MOST + 7 {
            report.add(Code::MALFORMED, (line, 1), "m", "r");
        }
        let found = report.finish();
        assert_eq!(found.len(), MOST as usize + 1);
        assert_eq!(found.last().map(|d| d.times), Some(7));
    }
}
