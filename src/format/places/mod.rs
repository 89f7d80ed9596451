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
        Format::Cluener
        | Format::DuEe
        | Format::Spacy
        | Format::Doccano
        | Format::LabelStudio
        | Format::WebAnnotation => json::follow(raw, text, met),
        Format::Column | Format::Conll2003 => columns::follow(raw, text, 0, met),
        Format::Conllu => columns::follow(raw, text, 1, met),
        Format::WebAnno => follow::follow(skim::sentences(raw), text, met),
        Format::Tei | Format::Cec | Format::Enamex => {
            follow::follow(skim::elements(raw), text, met)
        }
        Format::Boson => follow::follow(skim::braces(raw), text, met),
        Format::Yedda => follow::follow(skim::brackets(raw), text, met),
        Format::Msra => follow::follow(skim::words(raw), text, met),
        Format::Pfr => follow::follow(skim::compounds(raw), text, met),
        Format::Toml | Format::Brat | Format::Text => follow::follow_lines(raw, text, met),
    }
}

/// The places of bytes of a text, in their order, which ascends. `first` is the line in which the part of the file
/// begins, `before` how many bytes of that line stand before it. What has no place has that of the piece before it,
/// and the part's own where there is none.
pub(super) fn places(
    pieces: &[Piece],
    raw: &str,
    (first, before): (usize, usize),
    wanted: &[usize],
) -> Vec<FilePlace> {
    let mut found = Vec::with_capacity(wanted.len());
    let mut lines = Lines::new(raw, first, before);
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
    const fn new(raw: &'a str, first: usize, before: usize) -> Self {
        Self {
            raw,
            first: (first, before),
            at: 0,
            line: first,
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
