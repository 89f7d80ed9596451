//! The offset law: what the numbers of a file count, and where in the text they lead.
//!
//! Producers count bytes, code points, UTF-16 units or grapheme clusters; the end is behind the last or at it; CR LF
//! are one or two; a byte order mark counts or not. Where annotations quote the text, every way to count is tried, and
//! the one under which most quotations match is taken; the format's own wins a tie.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use super::decode::Decoded;
use crate::article::{Encoding, LineEnds, SourceForm};
use crate::text::graphemes;

/// What an offset counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// Code points (Unicode scalar values).
    CodePoints,
    /// UTF-16 code units, as JavaScript and Java count.
    Utf16,
    /// Bytes of UTF-8.
    Bytes,
    /// Extended grapheme clusters (UAX #29).
    Graphemes,
}

impl Unit {
    /// All units, the usual ones first.
    pub const ALL: [Self; 4] = [Self::CodePoints, Self::Utf16, Self::Bytes, Self::Graphemes];

    /// The name, as `--offsets` takes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CodePoints => "codepoints",
            Self::Utf16 => "utf16",
            Self::Bytes => "bytes",
            Self::Graphemes => "graphemes",
        }
    }
}

/// A way to count offsets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Counting {
    /// What an offset counts.
    pub unit: Unit,
    /// Whether an end is the last unit, and not the one behind it.
    pub inclusive: bool,
    /// Whether CR LF counts as two units where the file has it.
    pub crlf: bool,
    /// Whether a byte order mark at the start counts.
    pub bom: bool,
}

impl Counting {
    /// Code points with half-open ends, CR LF as one: what most formats say.
    pub const CODE_POINTS: Self = Self {
        unit: Unit::CodePoints,
        inclusive: false,
        crlf: false,
        bom: false,
    };

    /// The same with another unit.
    #[must_use]
    pub const fn with(self, unit: Unit) -> Self {
        Self { unit, ..self }
    }

    /// The same with ends that are the last unit.
    #[must_use]
    pub const fn including_ends(self) -> Self {
        Self {
            inclusive: true,
            ..self
        }
    }
}

impl fmt::Display for Counting {
    /// As `--offsets` takes it: `utf16`, `codepoints,inclusive`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.unit.name())?;
        for (on, name) in [
            (self.inclusive, "inclusive"),
            (self.crlf, "crlf"),
            (self.bom, "bom"),
        ] {
            if on {
                write!(f, ",{name}")?;
            }
        }
        Ok(())
    }
}

/// What is no way to count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is no way to count offsets; give codepoints, utf16, bytes or graphemes, and behind commas inclusive (an \
     end is the last unit), crlf (CR LF counts as two), bom (a byte order mark counts)"
)]
pub struct UnknownCounting(String);

impl FromStr for Counting {
    type Err = UnknownCounting;

    fn from_str(said: &str) -> Result<Self, UnknownCounting> {
        let unknown = || UnknownCounting(said.to_owned());
        let mut parts = said.split(',').map(str::trim);
        let unit = parts.next().unwrap_or_default();
        let unit = Unit::ALL.into_iter().find(|u| u.name() == unit);
        let mut counting = Self::CODE_POINTS.with(unit.ok_or_else(unknown)?);
        for part in parts {
            match part {
                "inclusive" => counting.inclusive = true,
                "half-open" => counting.inclusive = false,
                "crlf" => counting.crlf = true,
                "bom" => counting.bom = true,
                _ => return Err(unknown()),
            }
        }
        Ok(counting)
    }
}

/// The way from offsets of a text to bytes of it and back. The text is walked once, when the scale is made; an offset
/// then costs at most a walk of [`STEP`] units, in any order.
#[derive(Debug)]
pub(super) struct Scale {
    counting: Counting,
    /// A checkpoint each [`STEP`] units, ascending.
    marks: Vec<Mark>,
    /// All units are one byte each, so nothing has to be walked.
    plain: bool,
    /// All units are one character each.
    even: bool,
    units: u64,
    bytes: usize,
    /// Where the file has CR LF: as in [`Decoded`].
    ends: Vec<(u32, bool)>,
    bom: bool,
}

/// A place of the text: what stands before it.
#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    units: u64,
    bytes: usize,
    /// Line ends; not counted where all units are characters.
    lines: u32,
}

/// Units between two checkpoints.
const STEP: u64 = 256;

impl Scale {
    /// Over a part of a file whose lines end with LF, and without byte order mark: a text within JSON, a record.
    pub(super) fn of_text(text: &str, counting: Counting) -> Self {
        Self::new(text, &[], false, counting)
    }

    /// Over a whole file of text.
    pub(super) fn of_file(file: &Decoded, counting: Counting) -> Self {
        Self::new(&file.text, &file.ends, file.form.bom, counting)
    }

    /// Over a text as it is written in this form: CR LF throughout, or LF.
    pub(super) fn of_form(text: &str, form: SourceForm, counting: Counting) -> Self {
        let ends: &[(u32, bool)] = match form.line_ends {
            LineEnds::CrLf => &[(0, true)],
            LineEnds::Lf | LineEnds::Mixed => &[],
        };
        let bom = form.bom && form.encoding == Encoding::Utf8;
        Self::new(text, ends, bom, counting)
    }

    fn new(text: &str, ends: &[(u32, bool)], bom: bool, counting: Counting) -> Self {
        let crlf = counting.crlf && ends.iter().any(|(_, pair)| *pair);
        let bom = counting.bom && bom;
        let mut scale = Self {
            counting,
            marks: Vec::new(),
            plain: !crlf && !bom && (counting.unit == Unit::Bytes || text.is_ascii()),
            even: !crlf && !bom && counting.unit == Unit::CodePoints,
            units: 0,
            bytes: text.len(),
            ends: if crlf { ends.to_vec() } else { Vec::new() },
            bom,
        };
        if scale.plain {
            scale.units = text.len() as u64;
            return scale;
        }
        let mut marks = Vec::with_capacity(text.len() / 512 + 1);
        if scale.even {
            let mut mark = Mark::default();
            marks.push(mark);
            while let Some(bytes) = behind(text, mark.bytes, STEP) {
                mark.bytes = bytes;
                mark.units += STEP;
                marks.push(mark);
            }
            let rest = text.get(mark.bytes..).unwrap_or("");
            scale.units = mark.units + rest.chars().count() as u64;
            scale.marks = marks;
            return scale;
        }
        let (mut next, mut last, mut mark) = (0, usize::MAX, Mark::default());
        scale.units = scale.walk(text, &mut |unit, byte| {
            // A walk may begin at the first half of a line end alone.
            if unit >= next && byte != last {
                let between = text.get(mark.bytes..byte).unwrap_or("");
                mark = Mark {
                    units: unit,
                    bytes: byte,
                    lines: mark.lines + feeds(between),
                };
                marks.push(mark);
                next = unit + STEP;
            }
            last = byte;
            true
        });
        scale.marks = marks;
        scale
    }

    /// How many units there are.
    pub(super) const fn units(&self) -> u64 {
        self.units
    }

    /// Calls `on` with the units before and the byte of each grapheme or character, until it says stop. Returns the
    /// units of all that was walked.
    fn walk(&self, text: &str, on: &mut impl FnMut(u64, usize) -> bool) -> u64 {
        let mut unit = 0u64;
        if self.bom {
            unit += self.bom_units();
        }
        self.walk_from(text, 0, 0, unit, on)
    }

    const fn bom_units(&self) -> u64 {
        match self.counting.unit {
            Unit::Bytes => 3,
            _ => 1,
        }
    }

    /// The same from a byte, of which line and units are known.
    fn walk_from(
        &self,
        text: &str,
        from: usize,
        mut line: u32,
        mut unit: u64,
        on: &mut impl FnMut(u64, usize) -> bool,
    ) -> u64 {
        let rest = text.get(from..).unwrap_or("");
        let mut step = |byte: usize, piece: &str, units: u64| {
            let mut units = units;
            if piece == "\n" {
                let pair = !self.ends.is_empty() && self.is_pair(line);
                // A grapheme of CR LF is one.
                if pair && self.counting.unit != Unit::Graphemes {
                    if !on(unit, byte) {
                        return false;
                    }
                    unit += 1;
                }
                line += 1;
                units = 1;
            }
            if !on(unit, byte) {
                return false;
            }
            unit += units;
            true
        };
        let mut whole = true;
        if self.counting.unit == Unit::Graphemes {
            for grapheme in graphemes(rest) {
                let byte = from + grapheme.start;
                whole = step(byte, grapheme.text, 1);
                if !whole {
                    break;
                }
            }
        } else {
            for (at, c) in rest.char_indices() {
                let units = match self.counting.unit {
                    Unit::Utf16 => c.len_utf16(),
                    Unit::Bytes => c.len_utf8(),
                    Unit::CodePoints | Unit::Graphemes => 1,
                };
                let piece = if c == '\n' { "\n" } else { "" };
                whole = step(from + at, piece, units as u64);
                if !whole {
                    break;
                }
            }
        }
        if whole {
            on(unit, text.len());
        }
        unit
    }

    fn is_pair(&self, line: u32) -> bool {
        let behind = self.ends.partition_point(|(from, _)| *from <= line);
        behind
            .checked_sub(1)
            .and_then(|at| self.ends.get(at))
            .is_some_and(|(_, pair)| *pair)
    }

    /// The byte at an offset; nothing when it is behind the text or within a character.
    pub(super) fn byte(&self, text: &str, offset: u64) -> Option<usize> {
        if self.plain {
            let byte = usize::try_from(offset).ok()?;
            return text.is_char_boundary(byte).then_some(byte);
        }
        let at = self.marks.partition_point(|mark| mark.units <= offset);
        let Some(mark) = at.checked_sub(1).and_then(|at| self.marks.get(at)).copied() else {
            // Before the text, where a byte order mark is counted.
            return (offset == 0 && self.bom).then_some(0);
        };
        if self.even {
            return behind(text, mark.bytes, offset - mark.units);
        }
        let mut found = None;
        self.walk_from(
            text,
            mark.bytes,
            mark.lines,
            mark.units,
            &mut |unit, byte| {
                if unit == offset {
                    found = Some(byte);
                }
                unit < offset
            },
        );
        found
    }

    /// The bytes between two offsets as the file gives them; nothing when they are unusable.
    pub(super) fn bytes(&self, text: &str, start: u64, end: u64) -> Option<(usize, usize)> {
        let end = if self.counting.inclusive {
            end.checked_add(1)?
        } else {
            end
        };
        if end > self.units {
            return None;
        }
        let from = self.byte(text, start)?;
        let to = match end.checked_sub(start) {
            // The end of a short mention is nearer to its start than to a checkpoint.
            Some(len) if self.even && !self.plain && len < STEP => behind(text, from, len)?,
            _ => self.byte(text, end)?,
        };
        (from <= to).then_some((from, to))
    }

    /// The offset of a byte.
    pub(super) fn offset(&self, text: &str, wanted: usize) -> u64 {
        if self.plain {
            return wanted.min(self.bytes) as u64;
        }
        let at = self.marks.partition_point(|mark| mark.bytes <= wanted);
        let mark = at.checked_sub(1).and_then(|at| self.marks.get(at));
        let mark = mark.copied().unwrap_or_default();
        if self.even {
            let to = text.ceil_char_boundary(wanted);
            let between = text.get(mark.bytes..to).unwrap_or("");
            return mark.units + between.chars().count() as u64;
        }
        let mut found = self.units;
        self.walk_from(
            text,
            mark.bytes,
            mark.lines,
            mark.units,
            &mut |unit, byte| {
                if byte < wanted {
                    return true;
                }
                found = unit;
                // Of the halves of a line end the first.
                false
            },
        );
        found
    }
}

impl Scale {
    /// The end, as it is counted, of words that begin at an offset and are the text's there.
    pub(super) fn end_of(&self, text: &str, start: u64, words: &str) -> u64 {
        let last = u64::from(self.counting.inclusive);
        let from = self.byte(text, start);
        let is_there = |from: &usize| {
            let rest = text.get(*from..);
            rest.is_some_and(|rest| rest.starts_with(words))
        };
        let end = match from.filter(is_there) {
            Some(from) => self.offset(text, from + words.len()),
            None => start.saturating_add(Self::of_text(words, self.counting).units),
        };
        end.saturating_sub(last)
    }
}

/// The byte behind so many characters from a byte on; nothing when there are fewer.
fn behind(text: &str, from: usize, characters: u64) -> Option<usize> {
    let bytes = text.get(from..)?.as_bytes();
    let (mut at, mut left) = (0, characters);
    while left > 0 {
        // The first byte of a character says how many it has.
        at += match bytes.get(at)? {
            0x00..=0x7F => 1,
            0x80..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xFF => 4,
        };
        left -= 1;
    }
    Some(from + at)
}

fn feeds(text: &str) -> u32 {
    u32::try_from(memchr::memchr_iter(b'\n', text.as_bytes()).count()).unwrap_or(u32::MAX)
}

/// How well each way to count does, over all the quotations of a file.
#[derive(Debug, Default)]
pub(super) struct Trial {
    matched: HashMap<Counting, u32>,
    quoted: u32,
}

/// The way to count that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// The way to count.
    pub counting: Counting,
    /// Quotations that match under it.
    pub matched: u32,
    /// All quotations.
    pub quoted: u32,
}

impl Trial {
    /// Tries every way to count on one text and its quotations: start, end and words, as the file gives them.
    pub(super) fn add<'q>(
        &mut self,
        text: &str,
        file: Option<&Decoded>,
        claims: impl Iterator<Item = (u64, u64, &'q str)> + Clone,
    ) {
        self.quoted += u32::try_from(claims.clone().count()).unwrap_or(u32::MAX);
        let pairs = file.is_some_and(|f| f.ends.iter().any(|(_, pair)| *pair));
        let bom = file.is_some_and(|f| f.form.bom);
        for unit in Unit::ALL {
            // Where there is nothing to count, counting it makes no difference.
            let mut known: Vec<(Counting, (u32, u32))> = Vec::new();
            for (crlf, mark) in [(false, false), (true, false), (false, true), (true, true)] {
                let counting = |crlf, bom| Counting {
                    unit,
                    inclusive: false,
                    crlf,
                    bom,
                };
                let real = counting(crlf && pairs, mark && bom);
                let fitting = match known.iter().find(|(same, _)| *same == real) {
                    Some((_, fitting)) => *fitting,
                    None => fitting(text, file, real, claims.clone()),
                };
                known.push((real, fitting));
                self.enter(counting(crlf, mark), fitting);
            }
        }
    }

    /// Enters how many fit with half-open ends, and with inclusive ones.
    fn enter(&mut self, counting: Counting, (open, closed): (u32, u32)) {
        *self.matched.entry(counting).or_default() += open;
        *self.matched.entry(counting.including_ends()).or_default() += closed;
    }

    /// The best way to count; `documented` wins a tie, then the unit that is more usual.
    pub(super) fn settle(&self, documented: Counting) -> Settled {
        let matched = |counting: Counting| self.matched.get(&counting).copied().unwrap_or(0);
        let mut best = documented;
        for unit in Unit::ALL {
            for bits in 0..8u8 {
                let counting = Counting {
                    unit,
                    inclusive: (bits & 1 != 0) != documented.inclusive,
                    crlf: (bits & 2 != 0) != documented.crlf,
                    bom: (bits & 4 != 0) != documented.bom,
                };
                if matched(counting) > matched(best) {
                    best = counting;
                }
            }
        }
        Settled {
            counting: best,
            matched: matched(best),
            quoted: self.quoted,
        }
    }
}

/// In the place of an end that is not given and follows from the words.
pub(super) const NO_END: u64 = u64::MAX;

/// How many quotations a text has where they are said to stand, with half-open ends and with inclusive ones.
fn fitting<'q>(
    text: &str,
    file: Option<&Decoded>,
    counting: Counting,
    claims: impl Iterator<Item = (u64, u64, &'q str)>,
) -> (u32, u32) {
    let scale = match file {
        Some(file) => Scale::of_file(file, counting),
        None => Scale::of_text(text, counting),
    };
    let (mut open, mut closed) = (0, 0);
    for (start, end, quote) in claims {
        if end == NO_END {
            let from = scale.byte(text, start).and_then(|from| text.get(from..));
            let fits = u32::from(from.is_some_and(|rest| rest.starts_with(quote)));
            open += fits;
            closed += fits;
            continue;
        }
        let fits = |end: u64| {
            scale
                .bytes(text, start, end)
                .and_then(|(from, to)| text.get(from..to))
                .is_some_and(|found| alike(found, quote))
        };
        open += u32::from(fits(end));
        closed += u32::from(end.checked_add(1).is_some_and(fits));
    }
    (open, closed)
}

/// Whether a text is what is quoted: exactly, or with line ends quoted as spaces.
pub(super) fn alike(found: &str, quote: &str) -> bool {
    // Lengths first: what many annotations of a hostile file claim may be most of a long text each.
    found.len() == quote.len()
        && (found == quote
            || std::iter::zip(found.bytes(), quote.bytes())
                .all(|(found, quoted)| found == quoted || (found, quoted) == (b'\n', b' ')))
}

#[cfg(test)]
#[path = "count_tests.rs"]
mod tests;
