//! spaCy's training data of version 2: pairs, each a text and an object that says what is in it, in a list or one a line.

use crate::format::code::Code;
use crate::format::entry::{Confidence, Look, ReadOptions, Record, Split, Stretch};
use crate::format::json::{self, Sort, Value};
use crate::format::read::File;
use crate::format::report::{Report, number};

/// What the object of a pair may hold.
const KEYS: [&str; 3] = ["entities", "spans", "cats"];

/// Whether a text begins as such a list, or as such lines.
pub(super) fn begins(text: &str) -> bool {
    let inner = text.trim_start().strip_prefix('[').map(str::trim_start);
    let pair = inner.and_then(|inner| inner.strip_prefix('['));
    are_lines(text) || pair.is_some_and(|pair| pair.trim_start().starts_with('"'))
}

/// Whether pairs stand one a line, without a list around them.
fn are_lines(text: &str) -> bool {
    let pair = text.trim_start().strip_prefix('[');
    pair.is_some_and(|pair| pair.trim_start().starts_with('"'))
}

/// How sure it is, by the first pair.
pub(super) fn fits(look: &Look<'_>) -> Option<Confidence> {
    if !begins(look.start) {
        return None;
    }
    let (start, end) = Pairs::new(look.start).next()?;
    json::with_root(look.start.get(start..end)?, |pair| {
        let (_, said) = parts(pair)?;
        let has_one = KEYS.iter().any(|key| said.get(key).is_some());
        has_one.then_some(Confidence::Likely)
    })
}

/// The text of a pair, and the object.
pub(super) fn parts(pair: Value<'_>) -> Option<(Value<'_>, Value<'_>)> {
    let mut items = pair.items();
    let (text, said) = (items.next()?, items.next()?);
    let fits = text.text().is_some() && said.sort() == Sort::Object;
    fits.then_some((text, said))
}

/// Takes a file apart.
pub(super) fn split(file: &File, options: &ReadOptions) -> Split {
    let mut report = Report::of(&file.name, options);
    report.undecodable(&file.decoded);
    let text = file.decoded.text.as_str();
    let mut split = Split::default();
    let (mut line, mut at) = (1, 0);
    let mut pairs = Pairs::new(text);
    for (start, end) in pairs.by_ref() {
        line += memchr::memchr_iter(b'\n', text.as_bytes().get(at..start).unwrap_or(&[])).count();
        at = start;
        let before = text.get(..start).unwrap_or("");
        let column = before.rsplit('\n').next().unwrap_or("").chars().count();
        split
            .records
            .push(Record::One(Stretch { start, end, line }));
        split.columns.push(number(column));
    }
    if !pairs.closed {
        let message = "the list of pairs is not closed by the end of the file";
        let remedy = "the file may be cut off: get it whole, or close the list with ]";
        report.add(Code::SYNTAX, (0, 0), message, remedy);
    }
    split.found = report.finish();
    split
}

/// Goes from pair to pair: bytes of the text.
struct Pairs<'t> {
    bytes: &'t [u8],
    at: usize,
    by_line: bool,
    /// Whether the list was; lines need not be.
    closed: bool,
}

impl<'t> Pairs<'t> {
    fn new(text: &'t str) -> Self {
        let list = memchr::memchr(b'[', text.as_bytes()).map_or(text.len(), |at| at + 1);
        let by_line = are_lines(text);
        Self {
            bytes: text.as_bytes(),
            at: if by_line { 0 } else { list },
            by_line,
            closed: by_line,
        }
    }
}

impl Pairs<'_> {
    /// The next line that is not blank.
    fn line(&mut self) -> Option<(usize, usize)> {
        let rest = self.bytes.get(self.at..)?;
        let start = self.at + rest.iter().position(|b| !b.is_ascii_whitespace())?;
        let line = self.bytes.get(start..)?;
        let end = start + memchr::memchr(b'\n', line).unwrap_or(line.len());
        self.at = end;
        Some((start, end))
    }
}

impl Iterator for Pairs<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        if self.by_line {
            return self.line();
        }
        let rest = self.bytes.get(self.at..)?;
        let start = self.at + memchr::memchr2(b'[', b']', rest)?;
        if self.bytes.get(start) == Some(&b']') {
            self.closed = true;
            self.at = self.bytes.len();
            return None;
        }
        let (mut depth, mut at, mut quoted) = (0usize, start, false);
        while let Some(byte) = self.bytes.get(at) {
            match (quoted, byte) {
                (true, b'\\') => at += 1,
                (_, b'"') => quoted = !quoted,
                (false, b'[' | b'{') => depth += 1,
                (false, b']' | b'}') => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        self.at = at + 1;
                        return Some((start, at + 1));
                    }
                }
                _ => {}
            }
            at += 1;
        }
        self.at = self.bytes.len();
        Some((start, self.bytes.len()))
    }
}
