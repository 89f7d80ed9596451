//! Faults by byte of the file or record.

use super::super::code::Code;
use super::super::entry::Source;
use super::super::report::{Lines, Place, Report, number};
use crate::article::Diagnostic;

/// Where faults of a file, or of an article's part of it, are entered by their byte.
#[derive(Debug)]
pub(in crate::format) struct Faults<'a> {
    lines: Lines<'a>,
    /// The line in which the part begins, and how many characters of it stand before.
    first: (u32, u32),
    /// The byte and the place of the fault before: the next one is mostly behind it on the same line.
    last: (usize, Place),
    text: &'a str,
    report: Report,
}

impl<'a> Faults<'a> {
    /// Of a whole file.
    pub(in crate::format) fn of_file(text: &'a str, report: Report) -> Self {
        Self {
            lines: Lines::new(text),
            first: (1, 0),
            last: (0, (1, 1)),
            text,
            report,
        }
    }

    /// Of an article's part of a file; it may begin within a line.
    pub(in crate::format) fn of_record(source: &Source<'a>) -> Self {
        let (_, line) = source.part();
        let all = source.file.decoded.text.as_str();
        let records = source.split.records.get(source.index);
        let start = records.and_then(|r| r.stretches().first().map(|s| s.start));
        let before = all.get(..start.unwrap_or(0)).unwrap_or("");
        let own = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before.get(own..).map_or(0, |part| part.chars().count());
        Self {
            lines: source.lines(),
            first: (number(line), number(column)),
            last: (0, (number(line), number(column) + 1)),
            text: source.part().0,
            report: source.report(),
        }
    }

    /// Enters a fault at a byte of the text.
    pub(in crate::format) fn add(
        &mut self,
        code: Code,
        at: usize,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let place = self.place(at);
        self.report.add(code, place, message, remedy);
    }

    /// The line and column of a byte of the text.
    fn place(&mut self, at: usize) -> Place {
        let at = self.text.floor_char_boundary(at);
        let (before, (line, column)) = self.last;
        let between = self.text.get(before..at);
        let place = match between.filter(|part| !part.contains('\n')) {
            Some(part) => (line, column.saturating_add(number(part.chars().count()))),
            None => {
                let (line, column) = self.lines.place(at);
                let shift = if line == self.first.0 {
                    self.first.1
                } else {
                    0
                };
                (line, column.saturating_add(shift))
            }
        };
        self.last = (at, place);
        place
    }

    /// A reference to an entity that is none of XML's own.
    pub(super) fn entity(&mut self, at: usize, name: &str) {
        let name = super::super::report::short(name);
        let message =
            format!("the entity &{name}; is none of the five of XML, and is not resolved");
        let remedy = "write the character itself, or a reference such as &#160;";
        self.add(Code::ENTITY, at, message, remedy);
    }

    /// All of it, in the order of the file.
    pub(in crate::format) fn finish(self) -> Vec<Diagnostic> {
        self.report.finish()
    }
}
