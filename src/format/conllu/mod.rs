//! CoNLL-U, the format of Universal Dependencies: ten columns a word, remarks above a sentence.
//!
//! `row` takes lines apart, `brackets` the values of `Entity=`; `words` goes through the sentences of an article, `annotate`
//! makes annotations of what it finds, `read` an article; `marks` makes brackets of mentions, `write` writes. `# newdoc`
//! begins an article, `# newpar` a paragraph; a sentence is a line of the text. What stands between two words is said by
//! `SpaceAfter=No` and `SpacesAfter=`. Mentions stand in MISC: as brackets in `Entity=`, or as tags in `NER=`, `NE=`,
//! `NamedEntity=` or `Entity=`; `unread` tells of other keys that hold tags.
//!
//! The normal form: `# newdoc id`, `# global.Entity` where there are mentions, `# newpar` for a blank line, `# sent_id`,
//! `# text`; of the columns ID, FORM and MISC; entities are numbered in the order of their first mentions. Chinese is
//! written a character a word.
//!
//! Sources: <https://universaldependencies.org/format.html>, <https://ufal.mff.cuni.cz/corefud>; `SpacesAfter` is
//! UDPipe's.

mod annotate;
mod brackets;
mod marks;
mod read;
mod row;
mod unread;
mod words;
mod write;

use super::code::Code;
use super::entry::{Entry, Look, Reader, Sign, Writer};
use super::loss::Feature;

/// CoNLL-U.
pub(super) const ENTRY: Entry = Entry {
    name: "conllu",
    about: "CoNLL-U, with entities in its last column",
    detect,
    reader: Reader::Many {
        split: read::split,
        read: read::read,
    },
    writer: Writer {
        ending: "conllu",
        joined: Some(["", "", ""]),
        write: write::write,
    },
    carries: &[
        Feature::Mentions,
        Feature::Lines,
        Feature::Spaces,
        Feature::Name,
        Feature::Nested,
        Feature::Crossing,
        Feature::Equal,
        Feature::Discontinuous,
        Feature::SubToken,
        Feature::Labels,
        Feature::Entities,
        Feature::Links,
        Feature::Attributes,
        Feature::Controls,
    ],
    partly: &[],
    codes: &[
        Code::UNDECODABLE,
        Code::ENCODING,
        Code::MALFORMED,
        Code::UNKNOWN_KEY,
        Code::QUOTE_DIFFERS,
        Code::ORPHAN_TAG,
        Code::UNFINISHED_TAG,
    ],
};

fn detect(look: &Look<'_>) -> Option<Sign> {
    let (mut rows, mut fitting) = (0u32, 0u32);
    for line in look.lines() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        rows += 1;
        let is_row = row::parse(line).is_ok();
        fitting += u32::from(is_row);
    }
    // The name says more than a few lines that are broken.
    let is_called_so = matches!(look.ending().as_str(), "conllu" | "conll");
    let fits = super::column::fits_mostly(fitting, rows, is_called_so);
    fits.then_some(Sign::likely("its lines have the ten columns of CoNLL-U"))
}

#[cfg(test)]
mod tests;
