//! Where the records of a file begin and end: objects in lines of their own, one after another over many lines, or in
//! a list. Nothing is parsed here: brackets and strings are counted.
//!
//! A record that is cut off must not swallow those behind it. So a string ends with its line at the latest, and a record
//! ends where a line begins that can only be another's: with an object where a key must be, or as far to the left as
//! the record itself when that is indented.

use memchr::memmem;

use super::escape::nuls;
use crate::format::code::Code;
use crate::format::entry::{ReadOptions, Record, Split, Stretch};
use crate::format::read::File;
use crate::format::report::{Report, number};

/// Takes a file apart into its objects.
pub(in crate::format) fn split(file: &File, options: &ReadOptions) -> Split {
    let mut report = Report::of(&file.name, options);
    report.encoded(&file.decoded);
    if let Some((first, count)) = nuls(&file.decoded.text) {
        report.escaped_nuls(&file.decoded.text, first, count, "\\u0000");
    }
    split_text(&file.decoded.text, report)
}

/// The same for a text, the faults with those that are known already.
pub(super) fn split_text(text: &str, report: Report) -> Split {
    let mut found = Found {
        text,
        split: Split::default(),
        report,
        cursor: Cursor::default(),
    };
    if are_lines(text) {
        found.lines();
    } else {
        let end = text.len();
        Scan::new(&mut found, end).run();
    }
    let mut split = found.split;
    if split.columns.iter().all(|column| *column == 0) {
        split.columns = Vec::new();
    }
    split.found = found.report.finish();
    split
}

/// Whether each record is a line.
fn are_lines(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or("");
    if !first.starts_with('{') || first.ends_with(['[', ':']) {
        return false;
    }
    // A first line that is cut off is still a line when another record follows at once.
    match text.lines().filter(|l| !l.trim().is_empty()).nth(1) {
        Some(second) => second.starts_with('{') || first.ends_with('}'),
        None => true,
    }
}

/// Line, column and byte of where something was found; it only goes forwards.
#[derive(Debug, Clone, Copy, Default)]
struct Cursor {
    at: usize,
    line: usize,
    column: usize,
}

impl Cursor {
    /// The line and the column of a byte, both from 0.
    fn advance(&mut self, text: &str, to: usize) -> (usize, usize) {
        let between = text.get(self.at..to).unwrap_or("");
        let ends = memchr::memchr_iter(b'\n', between.as_bytes()).count();
        let tail = match memchr::memrchr(b'\n', between.as_bytes()) {
            Some(end) => {
                self.column = 0;
                between.get(end + 1..).unwrap_or("")
            }
            None => between,
        };
        self.line += ends;
        self.column += tail.chars().count();
        self.at = to;
        (self.line, self.column)
    }
}

struct Found<'t> {
    text: &'t str,
    split: Split,
    report: Report,
    cursor: Cursor,
}

impl Found<'_> {
    fn record(&mut self, start: usize, end: usize) {
        let (line, column) = self.cursor.advance(self.text, start);
        self.push(start, end, line + 1, column);
    }

    fn push(&mut self, start: usize, end: usize, line: usize, column: usize) {
        self.split
            .records
            .push(Record::One(Stretch { start, end, line }));
        self.split.columns.push(number(column));
    }

    fn tell(&mut self, at: usize, message: &str, remedy: &str) {
        let (line, column) = self.cursor.advance(self.text, at);
        let place = (number(line + 1), number(column + 1));
        self.report.add(Code::SYNTAX, place, message, remedy);
    }

    fn lines(&mut self) {
        let text = self.text;
        let close = memmem::Finder::new("}{");
        let spaced = memmem::Finder::new("} {");
        let (mut start, mut line) = (0, 0);
        for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
            let part = text.get(start..end).unwrap_or("").as_bytes();
            let blank = part.iter().take_while(|b| b.is_ascii_whitespace()).count();
            let at = start + blank;
            match part.get(blank) {
                None => {}
                Some(b'{')
                    if close.find(part).is_none()
                        && spaced.find(part).is_none()
                        // Old files have it alone between their lines.
                        && memchr::memchr(b'\r', part).is_none()
                        && blank == 0 =>
                {
                    self.push(start, end, line + 1, 0);
                }
                Some(_) => {
                    self.cursor = Cursor {
                        at: start,
                        line,
                        column: 0,
                    };
                    let mut scan = Scan::new(self, end);
                    scan.at = at;
                    scan.run();
                }
            }
            start = end + 1;
            line += 1;
        }
    }
}

/// Finds objects between `at` and `end`.
struct Scan<'f, 't> {
    found: &'f mut Found<'t>,
    bytes: &'t [u8],
    at: usize,
    end: usize,
    in_list: bool,
}

impl<'f, 't> Scan<'f, 't> {
    fn new(found: &'f mut Found<'t>, end: usize) -> Self {
        Self {
            bytes: found.text.as_bytes(),
            at: 0,
            end,
            in_list: false,
            found,
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied().filter(|_| at < self.end)
    }

    fn after_blank(&self, mut at: usize) -> usize {
        while self.byte(at).is_some_and(|b| b.is_ascii_whitespace()) {
            at += 1;
        }
        at
    }

    fn run(&mut self) {
        // Whether a comma stands before what comes, and whether one must.
        let (mut comma, mut needed) = (false, false);
        loop {
            self.at = self.after_blank(self.at);
            let Some(byte) = self.byte(self.at) else {
                break;
            };
            match byte {
                b'[' if !self.in_list => {
                    self.in_list = true;
                    (comma, needed) = (false, false);
                    self.at += 1;
                }
                b']' if self.in_list => {
                    if comma {
                        let remedy = "delete the comma";
                        let message = "a comma stands behind the last record of the list";
                        self.found.tell(self.at, message, remedy);
                    }
                    self.in_list = false;
                    (comma, needed) = (false, false);
                    self.at += 1;
                }
                b',' if self.in_list && needed && !comma => {
                    comma = true;
                    self.at += 1;
                }
                b'{' => {
                    if needed && !comma {
                        let message = "a comma was expected between two records of the list";
                        let remedy = "put a comma between them";
                        self.found.tell(self.at, message, remedy);
                    }
                    let end = self.object(self.at);
                    self.found.record(self.at, end);
                    self.at = end;
                    (comma, needed) = (false, self.in_list);
                }
                _ => self.stray(),
            }
        }
        if self.in_list {
            let message = "the list of records is not closed by the end of the file";
            let remedy = "the file may be cut off: get it whole, or close the list with ]";
            self.found.tell(self.at, message, remedy);
        }
    }

    /// What is no record: it is passed over to the next object or the end of the line.
    fn stray(&mut self) {
        let message = "an object was expected here, which is what a record is";
        let remedy = "a record begins with {; delete what is no record";
        self.found.tell(self.at, message, remedy);
        let rest = self.bytes.get(self.at..self.end).unwrap_or_default();
        let next = memchr::memchr2(b'{', b'\n', rest);
        self.at += next.unwrap_or(rest.len());
    }

    /// The end of the object that begins at `start`, or of what is there of it.
    fn object(&self, start: usize) -> usize {
        let indent = self.indent(start);
        // Known at the first line end within.
        let mut is_indented = None;
        let mut open: Vec<u8> = Vec::new();
        let mut at = start;
        while let Some(byte) = self.byte(at) {
            match byte {
                b'"' => {
                    at = self.string_end(at + 1);
                    continue;
                }
                b'{' if at > start => {
                    if open.last() == Some(&b'{') && self.begins_line(at) && !self.is_value(at) {
                        return at;
                    }
                    open.push(byte);
                }
                b'{' | b'[' => open.push(byte),
                b'}' | b']' => {
                    let wanted = if byte == b'}' { b'{' } else { b'[' };
                    let below = open.len().checked_sub(2).and_then(|n| open.get(n));
                    if open.last() == Some(&wanted) {
                        open.pop();
                    } else if below == Some(&wanted) {
                        open.truncate(open.len() - 2);
                    } else if byte == b']' && open.len() == 1 && self.in_list {
                        return at;
                    }
                    if open.is_empty() {
                        return at + 1;
                    }
                }
                b'\n' => {
                    let next = self.after_blank(at);
                    if let (Some(own), Some(other)) = (indent, self.indent(next)) {
                        let is_indented = *is_indented.get_or_insert(other > own);
                        if is_indented && other <= own {
                            match self.byte(next) {
                                Some(b'{') => return next,
                                Some(b'}') if self.ends_record(next + 1) => return next + 1,
                                _ => {}
                            }
                        }
                    }
                    at = next;
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
        self.end
    }

    /// Behind the quote that closes a string, or at the line end before which none does.
    fn string_end(&self, mut at: usize) -> usize {
        while at < self.end {
            let rest = self.bytes.get(at..self.end).unwrap_or_default();
            let Some(found) = memchr::memchr3(b'"', b'\\', b'\n', rest) else {
                break;
            };
            at += found;
            match self.byte(at) {
                Some(b'"') => return at + 1,
                Some(b'\\') if self.byte(at + 1) != Some(b'\n') => at += 2,
                Some(b'\\') => return at + 1,
                _ => return at,
            }
        }
        self.end
    }

    /// How many bytes of white space stand before this on its line; nothing when something else does.
    fn indent(&self, at: usize) -> Option<usize> {
        let before = self.bytes.get(..at)?.iter().rev();
        let blank = before.take_while(|b| matches!(b, b' ' | b'\t')).count();
        let line = at - blank;
        (line == 0 || self.bytes.get(line - 1) == Some(&b'\n')).then_some(blank)
    }

    fn begins_line(&self, at: usize) -> bool {
        self.indent(at).is_some()
    }

    /// Whether a colon stands before this, of which it is then the value.
    fn is_value(&self, at: usize) -> bool {
        let before = self.bytes.get(..at).unwrap_or_default();
        let last = before.iter().rev().find(|b| !b.is_ascii_whitespace());
        last == Some(&b':')
    }

    /// Whether a record may end here, by what follows.
    fn ends_record(&self, at: usize) -> bool {
        let mut next = self.after_blank(at);
        if self.in_list && self.byte(next) == Some(b',') {
            next = self.after_blank(next + 1);
        }
        match self.byte(next) {
            None | Some(b'{') => true,
            Some(b']') => self.in_list,
            _ => false,
        }
    }
}
