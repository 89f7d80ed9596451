//! Columns: a token a line with its tag, as corpora of named entities are written since CoNLL 2002.
//!
//! `cut` takes lines apart, `shape` learns what the file does throughout, `tag` follows a row of tags, `rows` goes through
//! an article, `read` makes one of it, `write` writes. `-DOCSTART-` begins an article; a blank line ends a sentence, which is a line of the
//! text. What stood between the tokens such a file does not say: see [`tokens`](super::tokens).
//!
//! The normal form: token, tab, tag; `B-LABEL` with a hyphen; BIO when no scheme is asked for; a blank line behind each
//! sentence; Chinese a character a line. There is no specification; mentions are those of the shared task's own
//! program, conlleval, which also lets `I-` begin one.

mod cut;
mod read;
mod rows;
mod shape;
mod tag;
mod write;

use super::code::Code;
use super::entry::{Entry, Look, Reader, Sign, Writer};
use super::loss::Feature;
use cut::{Separator, cut};
use shape::Sort;
use tag::{NAMELESS, Part};

pub(super) use read::{Dialect, read, split};
pub(super) use shape::{Shape, line_end, lines};
pub(super) use tag::{Row, Step, inside, parse as parse_tag};
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
    names: |count| match count {
        0 => &[],
        1 => &["column2"],
        _ => &["column2", "column3"],
    },
};

fn detect(look: &Look<'_>) -> Option<Sign> {
    let seen = Seen::of(look);
    // The name says more than a few lines that are broken.
    let is_called_so = seen.named || look.ending() == "tsv";
    let fits = fits_mostly(seen.fitting, seen.rows, is_called_so);
    if !fits {
        return None;
    }
    if seen.articles > 0 && seen.starts_article {
        Some(Sign::certain("-DOCSTART- begins its articles"))
    } else if seen.mentions > 0 || seen.named {
        Some(Sign::likely("its lines end with tags such as B-PER and O"))
    } else if seen.rows > 4 {
        Some(Sign::guess("its lines end with the tag O"))
    } else {
        None
    }
}

/// The lines of the start of a file without white space at their ends, and without one that may be cut.
fn lines_of<'a>(look: &Look<'a>) -> impl Iterator<Item = &'a str> {
    let end = char::from(shape::line_end(look.start));
    let cut = if look.whole {
        look.start.len()
    } else {
        look.start.rfind(end).unwrap_or(0)
    };
    shape::lines(look.start.get(..cut).unwrap_or("")).map(|(line, ..)| line)
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

/// What the start of a file shows.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Lines that are to be a token and its tag, and those that are.
    pub(super) rows: u32,
    pub(super) fitting: u32,
    /// Tags that begin a mention or go on with one.
    mentions: u32,
    articles: u32,
    /// The name ends as those of such files do.
    named: bool,
    pub(super) starts_article: bool,
    /// Lines of four columns, the third of which is a chunk.
    chunked: u32,
    /// Lines of four columns that have nothing but `_` for a part of speech and a chunk.
    unknown: u32,
    /// Articles begin with `-DOCSTART- -X- -X- O`, as CoNLL-2003 has it.
    crossed: bool,
}

impl Seen {
    pub(super) fn of(look: &Look<'_>) -> Self {
        let named = matches!(
            look.ending().as_str(),
            "conll" | "bio" | "iob" | "iob1" | "iob2" | "bioes" | "bmes" | "bieo"
        );
        let mut seen = Self {
            named,
            ..Self::default()
        };
        let tabs = lines_of(look).filter(|line| line.trim().contains('\t'));
        let rows = lines_of(look).filter(|line| !line.trim().is_empty());
        let separator = if tabs.count() * 2 >= rows.count() {
            Separator::Tab
        } else {
            Separator::Space
        };
        let mut start = true;
        for line in lines_of(look) {
            match shape::sort(line) {
                Sort::Blank => start = true,
                Sort::Article => {
                    seen.starts_article |= seen.rows == 0;
                    seen.articles += 1;
                    seen.crossed |= cut(line, Separator::Space).middle.starts_with("-X-");
                }
                Sort::Row => {
                    let cut = cut(line, separator);
                    if !(start && shape::is_remark(line, cut.tag)) {
                        start = false;
                        seen.row(&cut, separator);
                    }
                }
            }
        }
        seen
    }

    fn row(&mut self, cut: &cut::Cut<'_>, separator: Separator) {
        self.rows += 1;
        let Some(tag) = tag::parse(cut.tag).filter(|tag| tag.label != NAMELESS) else {
            return;
        };
        // A label is a word that does not begin with a digit or a mark; where all else says that these are columns, it
        // may be a number, as that of an exported class.
        let is_sure = self.named || self.articles > 0;
        let is_word = tag
            .label
            .starts_with(|c: char| c.is_alphabetic() || (is_sure && c.is_ascii_digit()));
        if !(2..=4).contains(&cut.columns) || (tag.part != Part::Outside && !is_word) {
            return;
        }
        self.fitting += 1;
        self.mentions += u32::from(tag.part != Part::Outside);
        if cut.columns == 4 {
            let mut middle = cut::values(cut.middle, separator);
            let pos = middle.next().unwrap_or("");
            let chunk = middle.next().unwrap_or("");
            self.unknown += u32::from((pos, chunk) == ("_", "_"));
            let is_chunk = tag::parse(chunk).is_some_and(|tag| tag.label != NAMELESS);
            self.chunked += u32::from(is_chunk);
        }
    }

    /// Whether most lines are those of CoNLL-2003. Its normal form has `_` for what it does not know, which other files
    /// of four columns have as well.
    pub(super) const fn is_chunked(&self) -> bool {
        let fitting = if self.crossed {
            self.chunked + self.unknown
        } else {
            self.chunked
        };
        fits_mostly(fitting, self.rows, self.named)
    }
}

#[cfg(test)]
mod tests;
