//! Where the text of an article stands in its file.
//!
//! Readers keep no record of it, since most articles are never asked. It is found again from both: what of a record is
//! text, as its format has it ([`skim`]), is followed beside the article's text, and what is the same in both is a piece
//! of the way. What the file writes otherwise, as an escape or a reference, has the place where that begins.

mod columns;
mod follow;
mod json;
mod skim;

use super::detect::Format;
use super::entry::{Names, Stretch};
use super::labelstudio;
use super::native::text_spans;

/// A piece of text that stands in the file as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where it begins in the article's text, in bytes.
    pub(super) text: usize,
    /// Where it begins in the part of the file that was gone through, in bytes.
    pub(super) raw: usize,
    /// Bytes of text.
    pub(super) len: usize,
}

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FilePlace {
    /// Line from 1.
    pub line: usize,
    /// Column from 1, in bytes of UTF-8.
    pub column: usize,
}

/// Goes through a part of a file beside the text that was read from it. Pieces come in the order of the text.
pub(super) fn pieces(format: Format, raw: &str, text: &str, met: &mut dyn FnMut(Piece)) {
    if raw == text {
        return met(Piece {
            text: 0,
            raw: 0,
            len: text.len(),
        });
    }
    match format {
        _ if is_json(format) => {
            if !json::follow(format == Format::LabelStudio, raw, text, met) {
                follow::follow(skim::html(raw), text, met);
            }
        }
        Format::Column | Format::Conll2003 => columns::follow(raw, text, met),
        Format::Conllu => columns::follow_words(raw, text, met),
        Format::WebAnno => follow::follow(skim::sentences(raw), text, met),
        Format::Tei => follow::follow(skim::tei(raw), text, met),
        Format::Cec | Format::Enamex => follow::follow(skim::elements(raw), text, met),
        Format::Boson => follow::follow(skim::braces(raw), text, met),
        Format::Yedda => follow::follow(skim::brackets(raw), text, met),
        Format::Msra => follow::follow(skim::words(raw), text, met),
        Format::Pfr => follow::follow(skim::compounds(raw), text, met),
        Format::Toml => match native_text(raw) {
            Some(parts) => follow::follow_parts(parts.into_iter(), skim::escapes, text, met),
            None => follow::follow_lines(raw, text, met),
        },
        _ => follow::follow_lines(raw, text, met),
    }
}

/// The same for a task of which it is known what its results name.
pub(super) fn of_task(raw: &str, names: &Names, text: &str, met: &mut dyn FnMut(Piece)) {
    let strands = labelstudio::strands(raw, names);
    if !json::follow_strands(raw, &strands, text, met) {
        pieces(Format::LabelStudio, raw, text, met);
    }
}

/// The strings of a native file that its text is made of, in the text's order, each with where it begins.
fn native_text(raw: &str) -> Option<Vec<(usize, &str)>> {
    let spans = text_spans(raw)?;
    let part = |span: std::ops::Range<usize>| {
        let written = raw.get(span.clone())?;
        let marks = ["\"\"\"", "'''", "\"", "'"];
        let mark = marks.iter().find(|mark| written.starts_with(**mark))?.len();
        let inner = span.start + mark..span.end.checked_sub(mark)?;
        Some((inner.start, raw.get(inner)?))
    };
    spans.into_iter().map(part).collect()
}

/// The same as [`pieces`] for a text that is scattered over a file; places are those of the whole file.
pub(super) fn scattered(
    format: Format,
    whole: &str,
    stretches: &[Stretch],
    text: &str,
    met: &mut dyn FnMut(Piece),
) {
    let part = |one: &Stretch| Some((one.start, whole.get(one.start..one.end)?));
    let parts = stretches.iter().filter_map(part);
    match format {
        Format::Pfr => follow::follow_parts(parts, skim::compounds, text, met),
        _ => follow::follow_parts(parts, str::char_indices, text, met),
    }
}

/// A part of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) raw: &'a str,
    /// The line in which it begins, from 1.
    pub(super) line: usize,
    /// What of that line stands before it.
    pub(super) before: &'a str,
}

/// The places of bytes of a text, in their order, which ascends. What has no place has that of the piece before it,
/// and the part's own where there is none.
pub(super) fn places(pieces: &[Piece], part: Part<'_>, wanted: &[usize]) -> Vec<FilePlace> {
    let mut found = Vec::with_capacity(wanted.len());
    let mut lines = Lines::new(part);
    let mut next = 0;
    for &at in wanted {
        while pieces.get(next).is_some_and(|piece| piece.text <= at) {
            next += 1;
        }
        let raw_at = next.checked_sub(1).and_then(|n| pieces.get(n));
        found.push(match raw_at {
            Some(piece) => {
                // Behind a piece's end is what could not be followed.
                let within = Some(at - piece.text).filter(|within| *within < piece.len);
                lines.place(piece.raw + within.unwrap_or(0))
            }
            None => lines.place(0),
        });
    }
    found
}

/// The byte of the text that is to be seen at a place of the file, line and column from 1, the column in code points.
/// That of a mark between the text is the nearest of the line; a line without text has none.
pub(super) fn text_at(
    format: Format,
    pieces: &[Piece],
    part: Part<'_>,
    (line, column): (usize, usize),
) -> Option<usize> {
    let skipped = line.checked_sub(part.line)?;
    let breaks = memchr::memchr_iter(b'\n', part.raw.as_bytes());
    let start = match skipped.checked_sub(1) {
        Some(n) => breaks.clone().nth(n)? + 1,
        None => 0,
    };
    let rest = part.raw.get(start..)?;
    let within = rest.split('\n').next().unwrap_or(rest);
    let before = if skipped == 0 {
        part.before.chars().count()
    } else {
        0
    };
    let chars = column.saturating_sub(1).saturating_sub(before);
    let at = start
        + within
            .char_indices()
            .nth(chars)
            .map_or(within.len(), |(at, _)| at);
    let ends = |piece: &Piece| piece.raw + piece.len;
    // A mark is about what stands behind it; of columns it is about the token before.
    let by_lines = matches!(format, Format::Column | Format::Conll2003 | Format::Conllu);
    let far = |piece: &Piece| match at {
        at if at < piece.raw => (u8::from(by_lines), piece.raw - at),
        at if at >= ends(piece) => (u8::from(!by_lines), at - ends(piece) + 1),
        _ => (0, 0),
    };
    let on_line = |piece: &&Piece| ends(piece) > start && piece.raw < start + within.len().max(1);
    let nearest = pieces
        .iter()
        .filter(on_line)
        .min_by_key(|piece| far(piece))?;
    // In JSON all is one line, and what is beside the text is about other things.
    if far(nearest) != (0, 0) && is_json(format) {
        return None;
    }
    let into = at.saturating_sub(nearest.raw).min(nearest.len - 1);
    let mut into = into;
    while !part.raw.is_char_boundary(nearest.raw + into) {
        into -= 1;
    }
    Some(nearest.text + into)
}

const fn is_json(format: Format) -> bool {
    matches!(
        format,
        Format::Cluener
            | Format::DuEe
            | Format::Spacy
            | Format::Doccano
            | Format::LabelStudio
            | Format::WebAnnotation
    )
}

/// Counts lines.
#[derive(Debug)]
struct Lines<'a> {
    raw: &'a str,
    first: (usize, usize),
    /// How far they are counted, which line that is, and where it begins.
    at: usize,
    line: usize,
    start: usize,
}

impl<'a> Lines<'a> {
    const fn new(part: Part<'a>) -> Self {
        Self {
            raw: part.raw,
            first: (part.line, part.before.len()),
            at: 0,
            line: part.line,
            start: 0,
        }
    }

    fn place(&mut self, to: usize) -> FilePlace {
        if to < self.at {
            (self.at, self.line, self.start) = (0, self.first.0, 0);
        }
        let passed = self.raw.as_bytes().get(self.at..to).unwrap_or_default();
        for end in memchr::memchr_iter(b'\n', passed) {
            self.line += 1;
            self.start = self.at + end + 1;
        }
        self.at = to;
        let before = if self.line == self.first.0 {
            self.first.1
        } else {
            0
        };
        FilePlace {
            line: self.line,
            column: before + to - self.start + 1,
        }
    }
}
