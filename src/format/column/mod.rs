//! Columns: a token a line with its tag, as corpora of named entities are written since CoNLL 2002.
//!
//! `cut` takes lines apart, `numbered` those with numbers in front, `seen` judges by the start of a file whether it is one of these, `shape` learns what the file
//! does throughout, `tag` follows a row of tags, `rows` goes through an article, `read` makes one of it, `write` writes. `-DOCSTART-` begins an article; a blank line ends a sentence, which is a line of the
//! text. What stood between the tokens such a file does not say: see [`tokens`](super::tokens).
//!
//! The normal form: token, tab, tag; `B-LABEL` with a hyphen; BIO when no scheme is asked for; a blank line behind each
//! sentence; Chinese a character a line. There is no specification; mentions are those of the shared task's own
//! program, conlleval, which also lets `I-` begin one.

mod cut;
mod numbered;
mod read;
mod rows;
mod seen;
mod shape;
mod tag;
mod write;

use super::code::Code;
use super::entry::{Entry, Look, Reader, Sign, Writer};
use super::loss::Feature;

pub(super) use numbered::counts;
pub(super) use read::{Dialect, read, split};
pub(super) use seen::Seen;
pub(super) use shape::{Shape, line_end, lines};
pub(super) use tag::{NAMELESS, Row, Step, inside, parse as parse_tag};
pub(super) use write::{Tagged, kept, tagged};

/// Columns of token and tag.
pub(super) const ENTRY: Entry = Entry {
    name: "column",
    about: "a token and its tag a line: BIO, IOB1, BIOES, BMES",
    detect,
    reader: Reader::Many {
        split,
        read: |source| read(source, &DIALECT),
    },
    writer: Writer {
        ending: "bio",
        joined: Some(["", "-DOCSTART-\tO\n\n", ""]),
        write: write::write,
    },
    carries: &[Feature::Mentions, Feature::Lines, Feature::Controls],
    partly: &[],
    codes: &CODES,
};

/// What readers of columns find.
pub(super) const CODES: [Code; 6] = [
    Code::UNDECODABLE,
    Code::ENCODING,
    Code::MALFORMED,
    Code::UNKNOWN_TAG,
    Code::ORPHAN_TAG,
    Code::UNFINISHED_TAG,
];

/// The columns between token and tag have no names.
const DIALECT: Dialect = Dialect {
    names: |count| NAMES.get(..count).unwrap_or(&NAMES),
};

/// As many as columns are told apart.
const NAMES: [&str; 14] = [
    "column2", "column3", "column4", "column5", "column6", "column7", "column8", "column9",
    "column10", "column11", "column12", "column13", "column14", "column15",
];

fn detect(look: &Look<'_>) -> Option<Sign> {
    let seen = Seen::of(look);
    // The name says more than a few lines that are broken.
    let is_called_so = seen.named || look.ending() == "tsv";
    if !fits_mostly(seen.fitting(), seen.rows, is_called_so) {
        return None;
    }
    if seen.articles > 0 && seen.starts_article {
        Some(Sign::certain("-DOCSTART- begins its articles"))
    } else if seen.named || (seen.has_mentions() && seen.is_told()) {
        Some(Sign::likely("its lines end with tags such as B-PER and O"))
    } else if seen.rows > 4 && !seen.has_mentions() && seen.is_even() {
        Some(Sign::guess("its lines end with the tag O"))
    } else {
        None
    }
}

/// Whether so many lines are of a format that the file is: most of them, or half where the name says so too.
pub(super) const fn fits_mostly(fitting: u32, rows: u32, is_called_so: bool) -> bool {
    let fits = if is_called_so {
        fitting * 2 >= rows
    } else {
        fitting * 10 >= rows * 9
    };
    fits && rows > 0 && fitting > 0
}

#[cfg(test)]
mod tests;
