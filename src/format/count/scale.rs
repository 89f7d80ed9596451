//! From offsets to bytes and back.

use super::{Counting, Unit, encoded};
use crate::article::{Encoding, LineEnds, SourceForm};
use crate::format::decode::Decoded;
use crate::text::graphemes;

/// The way from offsets of a text to bytes of it and back. The text is walked once, when the scale is made; an offset
/// then costs at most a walk of [`STEP`] units, in any order.
#[derive(Debug)]
pub(in crate::format) struct Scale {
    counting: Counting,
    /// That of the file, of which bytes may be counted.
    encoding: Encoding,
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
    pub(in crate::format) fn of_text(text: &str, counting: Counting) -> Self {
        Self::new(text, &[], SourceForm::default(), counting)
    }

    /// Over a whole file of text.
    pub(in crate::format) fn of_file(file: &Decoded, counting: Counting) -> Self {
        Self::new(&file.text, &file.ends, file.form, counting)
    }

    /// Over a text as it is written in this form: CR LF throughout, or LF.
    pub(in crate::format) fn of_form(text: &str, form: SourceForm, counting: Counting) -> Self {
        let ends: &[(u32, bool)] = match form.line_ends {
            LineEnds::CrLf => &[(0, true)],
            LineEnds::Lf | LineEnds::Mixed => &[],
        };
        let bom = form.bom && form.encoding == Encoding::Utf8;
        Self::new(text, ends, SourceForm { bom, ..form }, counting)
    }

    fn new(text: &str, ends: &[(u32, bool)], form: SourceForm, counting: Counting) -> Self {
        let crlf = counting.crlf && ends.iter().any(|(_, pair)| *pair);
        let bom = counting.bom && form.bom;
        // What is ASCII has a byte for each character everywhere but in UTF-16.
        let is_wide = counting.unit == Unit::FileBytes && encoded::length(form.encoding, ' ') > 1;
        let mut scale = Self {
            counting,
            encoding: form.encoding,
            marks: Vec::new(),
            plain: !crlf && !bom && (counting.unit == Unit::Bytes || !is_wide && text.is_ascii()),
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
        let mut marks = Vec::new();
        if scale.even {
            // The start of the text needs no mark, so short texts need none at all.
            let mut mark = Mark::default();
            while text.len() - mark.bytes >= STEP as usize
                && let Some(bytes) = behind(text, mark.bytes, STEP)
            {
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
    pub(in crate::format) const fn units(&self) -> u64 {
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

    fn bom_units(&self) -> u64 {
        match self.counting.unit {
            Unit::Bytes => 3,
            Unit::FileBytes => encoded::length(self.encoding, '\u{FEFF}') as u64,
            Unit::CodePoints | Unit::Utf16 | Unit::Graphemes => 1,
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
        // A CR or an LF.
        let end = match self.counting.unit {
            Unit::FileBytes => encoded::length(self.encoding, '\n') as u64,
            _ => 1,
        };
        let mut step = |byte: usize, piece: &str, units: u64| {
            let mut units = units;
            if piece == "\n" {
                let pair = !self.ends.is_empty() && self.is_pair(line);
                // A grapheme of CR LF is one.
                if pair && self.counting.unit != Unit::Graphemes {
                    if !on(unit, byte) {
                        return false;
                    }
                    unit += end;
                }
                line += 1;
                units = end;
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
                    Unit::FileBytes => encoded::length(self.encoding, c),
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
    pub(in crate::format) fn byte(&self, text: &str, offset: u64) -> Option<usize> {
        if self.plain {
            let byte = usize::try_from(offset).ok()?;
            return text.is_char_boundary(byte).then_some(byte);
        }
        let at = self.marks.partition_point(|mark| mark.units <= offset);
        let mark = at.checked_sub(1).and_then(|at| self.marks.get(at)).copied();
        if self.even {
            let mark = mark.unwrap_or_default();
            return behind(text, mark.bytes, offset - mark.units);
        }
        let Some(mark) = mark else {
            // Before the text, where a byte order mark is counted.
            return (offset == 0 && self.bom).then_some(0);
        };
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
    pub(in crate::format) fn bytes(
        &self,
        text: &str,
        start: u64,
        end: u64,
    ) -> Option<(usize, usize)> {
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
    pub(in crate::format) fn offset(&self, text: &str, wanted: usize) -> u64 {
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
    pub(in crate::format) fn end_of(&self, text: &str, start: u64, words: &str) -> u64 {
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
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    let bytes = text.get(from..)?.as_bytes();
    let (mut at, mut left) = (0, characters);
    // Eight bytes at a time, of which those count that begin a character: all but 10xxxxxx.
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let eight = u64::from_le_bytes(*eight);
        let within = ((eight & !(eight << 1)) >> 7) & ONES;
        let begun = 8 - (within.wrapping_mul(ONES) >> 56);
        if begun > left {
            break;
        }
        left -= begun;
        at += 8;
    }
    for byte in bytes.get(at..).unwrap_or_default() {
        if byte & 0xC0 != 0x80 {
            if left == 0 {
                return Some(from + at);
            }
            left -= 1;
        }
        at += 1;
    }
    (left == 0).then_some(from + bytes.len())
}

fn feeds(text: &str) -> u32 {
    u32::try_from(memchr::memchr_iter(b'\n', text.as_bytes()).count()).unwrap_or(u32::MAX)
}
