//! Faults by byte of the file or record.

use super::super::code::Code;
use super::super::entry::Source;
use super::super::report::{Lines, Place, Report, number};
use crate::article::Diagnostic;

/// Where faults of a file, or of an article's part of it, are entered by their byte.
#[derive(Debug)]
pub(in crate::format) struct Faults<'a> {
    lines: Lines<'a>,
    /// The line in which the part begins, and what stands before the part.
    first: (u32, &'a str),
    /// How many characters of that line stand before, once that was asked for.
    shift: Option<u32>,
    /// The byte and the place of the fault before: the next one is mostly behind it on the same line.
    last: Option<(usize, Place)>,
    text: &'a str,
    report: Report,
    /// Whether the file is SGML, in which an ampersand, a less-than sign and values without quotes are usual.
    pub(super) sgml: bool,
}

impl<'a> Faults<'a> {
    /// Of a whole file.
    pub(in crate::format) fn of_file(text: &'a str, report: Report) -> Self {
        Self {
            lines: Lines::new(text),
            first: (1, ""),
            shift: None,
            last: None,
            text,
            report,
            sgml: false,
        }
    }

    /// Of an article's part of a file; it may begin within a line.
    pub(in crate::format) fn of_record(source: &Source<'a>) -> Self {
        let (_, line) = source.part();
        let all = source.file.decoded.text.as_str();
        let records = source.split.records.get(source.index);
        let start = records.and_then(|r| r.stretches().first().map(|s| s.start));
        let before = all.get(..start.unwrap_or(0)).unwrap_or("");
        Self {
            lines: source.lines(),
            first: (number(line), before),
            shift: None,
            last: None,
            text: source.part().0,
            report: source.report(),
            sgml: false,
        }
    }

    /// The same, where what SGML allows and XML does not is no fault.
    pub(in crate::format) const fn sgml(mut self) -> Self {
        self.sgml = true;
        self
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
        let last = self.last.and_then(|(before, (line, column))| {
            let between = self.text.get(before..at)?;
            let characters = (!between.contains('\n')).then(|| between.chars().count());
            Some((line, column.saturating_add(number(characters?))))
        });
        let place = last.unwrap_or_else(|| {
            let (line, column) = self.lines.place(at);
            let shift = if line == self.first.0 {
                self.shift()
            } else {
                0
            };
            (line, column.saturating_add(shift))
        });
        self.last = Some((at, place));
        place
    }

    fn shift(&mut self) -> u32 {
        let before = self.first.1;
        *self.shift.get_or_insert_with(|| {
            let own = before.rfind('\n').map_or(0, |at| at + 1);
            number(before.get(own..).map_or(0, |part| part.chars().count()))
        })
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
