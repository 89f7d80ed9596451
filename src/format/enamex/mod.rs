//! MUC named entities: `ENAMEX`, `TIMEX` and `NUMEX` in the text itself, as SGML.
//!
//! A file is plain text with these tags, or holds `DOC` elements, each an article. Case of tags does not matter, values
//! may stand without quotes, `&` and `<` on their own are text, and so is a word in angle brackets that is not ASCII.
//! White space is text, but beside tags that begin or end lines.
//!
//! The normal form is the text with tags in capitals; `TIMEX` and `NUMEX` for the labels that are theirs. An article
//! with a headline or dateline of its own is a `DOC` with `DOCNO`, `HL`, `DATE` or `DATELINE`, and `TEXT`; so is one of
//! which more is known than its text says, which attributes of `DOC` tell.
//!
//! MUC-7 Named Entity Task Definition, version 3.5:
//! <https://www-nlpir.nist.gov/related_projects/muc/proceedings/ne_task.html>.

mod read;
mod write;

use super::code::Code;
use super::entry::{Entry, Look, ReadOptions, Reader, Record, Sign, Split, Stretch, Writer};
use super::loss::Feature;
use super::read::File;
use super::report::Report;
use super::xml::root;

/// MUC named entities.
pub(super) const ENTRY: Entry = Entry {
    name: "enamex",
    about: "MUC named entities: ENAMEX, TIMEX and NUMEX in the text",
    detect,
    reader: Reader::Many {
        split,
        read: read::read,
    },
    writer: Writer {
        ending: "sgml",
        joined: None,
        write: write::write,
    },
    carries: &[
        Feature::Edges,
        Feature::Mentions,
        Feature::Lines,
        Feature::Spaces,
        Feature::Name,
        Feature::Meta,
        Feature::Nested,
        Feature::Equal,
        Feature::SubToken,
        Feature::Labels,
        Feature::Ids,
        Feature::Attributes,
    ],
    partly: &[],
    codes: &[
        Code::UNDECODABLE,
        Code::ENCODING,
        Code::SYNTAX,
        Code::ENTITY,
        Code::MISSING,
        Code::DUPLICATE_ID,
    ],
};

/// Whether an element, in small letters, is a mention.
fn is_mention(name: &str) -> bool {
    matches!(name, "enamex" | "timex" | "numex" | "timex2" | "timex3")
}

/// The name of the element that a tag begins, in small letters, where it is one of these.
fn named(behind: &str) -> Option<&'static str> {
    let names = ["enamex", "timex2", "timex3", "timex", "numex"];
    names.into_iter().find(|name| {
        let own = behind.get(..name.len());
        own.is_some_and(|own| own.eq_ignore_ascii_case(name))
    })
}

/// So many elements within each other say what they are without the end of one.
const DEEP: usize = 8;

fn detect(look: &Look<'_>) -> Option<Sign> {
    if look.only_shows() {
        return None;
    }
    let start = look.start;
    let is_document = root(start).is_some_and(|tag| tag.name.eq_ignore_ascii_case("doc"));
    let (mut begun, mut ended, mut quoted) = (0usize, 0usize, 0usize);
    for at in memchr::memchr_iter(b'<', start.as_bytes()) {
        let behind = start.get(at + 1..).unwrap_or("");
        let before = start.get(..at).unwrap_or("");
        if let Some(name) = named(behind) {
            let tag = behind
                .get(name.len()..)
                .and_then(|rest| rest.split('>').next());
            let tag = tag.unwrap_or("").to_ascii_lowercase();
            let has_type = ["type=\"", "type='", "val=\""]
                .iter()
                .any(|part| tag.contains(part));
            let begins = tag.starts_with([' ', '\t', '\n']) && (has_type || tag.contains("type="));
            begun += usize::from(begins);
            quoted += usize::from(begins && before.ends_with(['`', '"', '\'']));
        } else if behind.strip_prefix('/').and_then(named).is_some() {
            ended += 1;
        }
    }
    // So many begin that the ends of all may stand behind what was looked at.
    let is_cut = !look.whole && begun >= DEEP;
    if begun == 0 || (ended == 0 && !is_cut) {
        return None;
    }
    // What shows tags quotes them. In news a mention may well be the first word of what somebody says.
    let is_called_so = is_document || matches!(look.ending().as_str(), "sgm" | "sgml");
    if !is_called_so && (quoted * 2 > begun || start.contains("```")) {
        return None;
    }
    Some(if is_document {
        Sign::certain("it is a DOC with ENAMEX, TIMEX or NUMEX tags")
    } else {
        Sign::likely("it has ENAMEX, TIMEX or NUMEX tags with a type")
    })
}

/// Each `DOC` is an article; a file without one, or with one, is an article as a whole.
fn split(file: &File, options: &ReadOptions) -> Split {
    let text = file.decoded.text.as_str();
    let mut report = Report::of(&file.name, options);
    report.undecodable(&file.decoded);
    let mut starts = memchr::memchr_iter(b'<', text.as_bytes()).filter(|at| {
        let behind = text.as_bytes().get(at + 1..at + 5);
        behind.is_some_and(|b| {
            b[..3].eq_ignore_ascii_case(b"DOC") && (b[3] == b'>' || b[3].is_ascii_whitespace())
        })
    });
    // What stands before the first belongs to it.
    starts.next();
    let mut records = Vec::new();
    let (mut start, mut line) = (0, 1);
    for end in starts.chain([text.len()]) {
        records.push(Record::One(Stretch { start, end, line }));
        let own = text.as_bytes().get(start..end).unwrap_or(&[]);
        line += memchr::memchr_iter(b'\n', own).count();
        start = end;
    }
    Split {
        records,
        found: report.finish(),
        ..Split::default()
    }
}

#[cfg(test)]
mod tests;
