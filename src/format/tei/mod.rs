//! TEI XML: names, dates, readings and notes marked in the text itself.
//!
//! The text is what stands within `front`, `body` and `back` of `text`; the header and what lies outside say what is
//! known of the article and of its entities. `read` follows the elements, `outside` the header and the lists of entities,
//! `annotate` makes annotations of what was found, `pointers` follows what points to what, `elsewhere`
//! into other articles of a corpus; `elements` says which element
//! means what; `write` writes the text, `beside` entities and relations, `lines` says which mentions and lines are
//! elements, `given` gives ids.
//!
//! White space with a line end in it is layout: it is one space, and nothing beside a Chinese character. `lb` is a line
//! end of the text.
//!
//! The normal form has a header, a `standOff` where entities or relations have to be told, and a body of one element a
//! line; lines over which a mention goes are one element with `lb`. A label that is no element of TEI is the type of an
//! `rs`; notes stand behind their mention, the others at the end of the body.
//!
//! TEI P5, chapters 3.5, 3.6, 13 and 16: <https://tei-c.org/release/doc/tei-p5-doc/en/html/>.

mod annotate;
mod beside;
mod elements;
mod elsewhere;
mod given;
mod lines;
mod outside;
mod pointers;
mod read;
mod write;

use memchr::memmem;

use super::code::Code;
use super::entry::{
    Entry, Look, ReadOptions, Reader, Record, Sign, Source, Split, Stretch, Writer,
};
use super::loss::Feature;
use super::read::{File, ReadError};
use super::report::Report;
use super::xml::{Faults, Rules, Walk, root};
use crate::article::Article;

pub(super) use elements::READINGS;

/// TEI XML.
pub(super) const ENTRY: Entry = Entry {
    name: "tei",
    about: "TEI XML, with names, dates, readings and notes in the text",
    detect,
    reader: Reader::Many { split, read },
    writer: Writer {
        ending: "xml",
        joined: None,
        write: write::write,
    },
    carries: &[
        Feature::Edges,
        Feature::Mentions,
        Feature::Lines,
        Feature::Meta,
        Feature::Roles,
        Feature::Nested,
        Feature::Equal,
        Feature::SubToken,
        Feature::Labels,
        Feature::Ids,
        Feature::Entities,
        Feature::Aliases,
        Feature::Links,
        Feature::Relations,
        Feature::Roled,
        Feature::Attributes,
        Feature::Notes,
        Feature::ArticleNotes,
    ],
    partly: &[Feature::Roled, Feature::Attributes],
    codes: &[
        Code::UNDECODABLE,
        Code::ENCODING,
        Code::SYNTAX,
        Code::ENTITY,
        Code::MISSING,
        Code::DUPLICATE_ID,
        Code::DANGLING,
    ],
};

/// The namespace of TEI.
const NAMESPACE: &str = "http://www.tei-c.org/ns/1.0";

fn detect(look: &Look<'_>) -> Option<Sign> {
    let root = root(look.start)?;
    match root.name {
        "TEI" | "teiCorpus" | "TEI.2" | "teiCorpus.2" => {
            Some(Sign::certain("its root element is TEI"))
        }
        _ if root.value("xmlns") == Some(NAMESPACE) => {
            Some(Sign::likely("its root element has the namespace of TEI"))
        }
        _ => None,
    }
}

/// Each `TEI` element is an article; a file without one, or with one, is an article as a whole.
fn split(file: &File, options: &ReadOptions) -> Split {
    let text = file.decoded.text.as_str();
    let mut report = Report::of(&file.name, options);
    report.undecodable(&file.decoded);
    let mut starts: Vec<usize> = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    for at in memmem::find_iter(text.as_bytes(), "TEI") {
        let behind = text.get(at + 3..).unwrap_or("");
        let name = behind.strip_prefix(".2").unwrap_or(behind);
        if !name.starts_with(|c: char| c.is_ascii_whitespace() || c == '>') {
            continue;
        }
        let before = text.get(..at).unwrap_or("");
        let prefixed = before.strip_suffix(':').unwrap_or(before);
        let before = prefixed.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
        if before.ends_with('<') {
            starts.push(before.len() - 1);
        } else if before.ends_with("</") {
            ends.push(at + 3 + behind.find('>').map_or(0, |end| end + 1));
        }
    }
    let mut split = Split::default();
    if starts.len() < 2 {
        let (start, end, line) = (0, text.len(), 1);
        split
            .records
            .push(Record::One(Stretch { start, end, line }));
    } else {
        let prolog = text
            .get(..starts.first().copied().unwrap_or(0))
            .unwrap_or("");
        let no_ends = Rules {
            must_end: |_| false,
            ..Rules::XML
        };
        let mut faults = Faults::of_file(prolog, report);
        let mut walk = Walk::new(prolog, no_ends);
        while walk.next(&mut faults).is_some() {}
        split.found = faults.finish();
        split.records = records(text, &starts, &ends);
        split.ids = elsewhere::ids(text);
        return split;
    }
    split.found = report.finish();
    split
}

fn records(text: &str, starts: &[usize], ends: &[usize]) -> Vec<Record> {
    let (mut line, mut counted) = (1, 0);
    let nexts = starts.iter().skip(1).copied().chain([text.len()]);
    let mut records = Vec::with_capacity(starts.len());
    for (start, next) in starts.iter().copied().zip(nexts) {
        let between = text.as_bytes().get(counted..start).unwrap_or(&[]);
        line += memchr::memchr_iter(b'\n', between).count();
        counted = start;
        // Its own end tag, so that what is behind it does not count as its text.
        let own = ends.partition_point(|end| *end <= next);
        let end = own.checked_sub(1).and_then(|at| ends.get(at)).copied();
        let end = end.filter(|end| *end > start).unwrap_or(next);
        records.push(Record::One(Stretch { start, end, line }));
    }
    records
}

fn read(source: &Source<'_>) -> Result<Article, ReadError> {
    let mut faults = Faults::of_record(source);
    let found = read::follow(source.part().0, &mut faults);
    annotate::article(source, found, faults)
}

#[cfg(test)]
mod tests;
