//! W3C Web Annotation in JSON-LD: annotations of a text that stands elsewhere.
//!
//! `take` reads what each annotation says, `fragment` places within addresses, `sources` which of them are in another text, `make` puts
//! it into the text, `others` has annotations of annotations, `write` writes it.
//!
//! A file is one annotation, a list, one a line, or a collection or page with `items`. The text is taken from a file
//! beside it: of the same name, or that which a target names as its source. Without one nothing has a place, and all
//! of it is kept. A `TextQuoteSelector` quotes, a `TextPositionSelector` counts code points, which quotations may
//! refute. The first tag is the label, else the motivation; other tags are attributes `tagging`, other textual bodies
//! notes, other bodies links. An annotation of two or more annotations is a relation, of one a remark on it.
//! Several targets in the text are one mention of several fragments.
//!
//! The normal form is a list with an annotation a line, mentions in the order of the text, then what has no place,
//! relations, and remarks on the whole; the text stands beside it. Source: <https://www.w3.org/TR/annotation-model/>.

mod creators;
mod fragment;
mod make;
mod others;
mod sources;
mod take;
mod write;

use std::cell::RefCell;

use super::code::Code;
use super::count::{Counting, Unit};
use super::decode::Decoded;
use super::entry::{Confidence, Entry, Look, ReadOptions, Reader, Sign, Source, Writer};
use super::json::{self, Value};
use super::loss::Feature;
use super::plain;
use super::read::{File, Files, ReadError};
use super::report::{Lines, Report};
use crate::article::{Article, Meta};

/// W3C Web Annotation.
pub(super) const ENTRY: Entry = Entry {
    name: "webannotation",
    about: "W3C Web Annotation JSON-LD, its text in a file beside it",
    detect,
    reader: Reader::One(read),
    writer: Writer {
        ending: "json",
        joined: None,
        write: write::write,
    },
    carries: &[
        Feature::Edges,
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
        Feature::Ids,
        Feature::Links,
        Feature::Relations,
        Feature::Roled,
        Feature::Attributes,
        Feature::Notes,
        Feature::ArticleNotes,
        Feature::Layers,
        Feature::Unplaced,
        Feature::Controls,
    ],
    partly: &[
        Feature::Links,
        Feature::Attributes,
        Feature::Roled,
        Feature::Layers,
    ],
    codes: &[
        Code::UNDECODABLE,
        Code::ENCODING,
        Code::SYNTAX,
        Code::DUPLICATE_KEY,
        Code::SURROGATE,
        Code::WRONG_TYPE,
        Code::MISSING,
        Code::OFFSET_RANGE,
        Code::OFFSET_BAD,
        Code::OFFSET_CLUSTER,
        Code::EMPTY_SPAN,
        Code::OTHER_TEXT,
        Code::OFFSET_UNIT,
        Code::RE_ANCHORED,
        Code::QUOTE_DIFFERS,
        Code::QUOTE_NOWHERE,
        Code::QUOTE_AGAIN,
        Code::DUPLICATE_ID,
        Code::DANGLING,
    ],
};

/// How the model counts: code points of the text as it is.
const COUNTING: Counting = Counting {
    unit: Unit::CodePoints,
    inclusive: false,
    crlf: true,
    bom: false,
};

fn detect(look: &Look<'_>) -> Option<Sign> {
    match json::fits(look, fits)? {
        Confidence::Certain => Some(Sign::certain("its @context is that of Web Annotation")),
        _ => Some(Sign::likely(
            "its objects are of type Annotation and have a target",
        )),
    }
}

fn fits(record: Value<'_>) -> Option<Confidence> {
    let says = |value: Value<'_>| value.text().is_some_and(|t| t.contains("/ns/anno"));
    let context = record.get("@context");
    if context.is_some_and(|c| says(c) || c.items().any(says)) {
        return Some(Confidence::Certain);
    }
    let is_one = take::is_annotation(record) && record.get("target").is_some();
    let is_page = take::is_of(record, &["AnnotationPage", "AnnotationCollection"]);
    (is_one || is_page).then_some(Confidence::Likely)
}

/// The name of the file in which the text stands, as a target at the start of a file gives it.
#[must_use]
pub fn source_of(look: &Look<'_>) -> Option<String> {
    let found = RefCell::new(None);
    json::fits(look, |record| {
        let mut found = found.borrow_mut();
        if found.is_none() {
            *found = take::annotations(record).find_map(take::source);
        }
        None
    });
    found.into_inner()
}

/// Reads annotations, and the text when it is there: then it is the main file.
fn read(files: Files, options: &ReadOptions) -> Result<Article, ReadError> {
    let (text, annotations) = match files.annotations {
        Some(annotations) => (Some(files.main), annotations),
        None => (None, files.main),
    };
    let split = json::split(&annotations, options);
    let mut diagnostics = split.found.clone();
    let mut taken = Vec::new();
    for (index, record) in split.records.iter().enumerate() {
        let source = Source {
            file: &annotations,
            split: &split,
            index,
            options,
        };
        let (tree, mut teller) = json::open(&source)?;
        let start = record.stretches().first().map_or(0, |s| s.start);
        if let Some(root) = tree.root() {
            take::record(root, start, &mut teller, &mut taken);
        }
        diagnostics.extend(teller.finish().finish());
    }
    take::prefer_ids(&mut taken);
    let mut report = Report::of(&annotations.name, options);
    let lines = Lines::new(&annotations.decoded.text);
    if text.is_none() && !taken.is_empty() {
        let message = "the text is not in the file, and there is none beside it";
        let remedy = format!(
            "put it into {}.txt in the same folder; until then nothing has a place",
            annotations.stem()
        );
        report.add(Code::MISSING, (0, 0), message, remedy);
    }
    let name = text.as_ref().unwrap_or(&annotations).stem().to_owned();
    let base = text.as_ref().unwrap_or(&annotations).base().to_owned();
    let is_there = text.is_some();
    let file = text.unwrap_or_else(|| File {
        name: annotations.name.clone(),
        decoded: Decoded {
            form: annotations.decoded.form,
            ..Decoded::default()
        },
        joined: Vec::new(),
    });
    if is_there {
        let mut of_text = Report::of(&file.name, options);
        of_text.undecodable(&file.decoded);
        diagnostics.extend(of_text.finish());
        sources::part(&mut taken, &base);
    }
    let counting = options
        .offsets
        .unwrap_or_else(|| make::settle(&file.decoded, &taken, &mut report));
    let scale = super::count::Scale::of_file(&file.decoded, counting);
    let mut places = taken.iter().flat_map(|taken| &taken.places);
    let fragments = places
        .any(|place| place.is_fragment)
        .then(|| super::count::Scale::of_file(&file.decoded, fragment::COUNTING));
    let form = file.decoded.form;
    let text =
        plain::blocks(file.decoded.text).map_err(|error| ReadError::too_long(&file.name, error))?;
    let input = make::Input {
        text: &text,
        scale,
        fragments,
        is_there,
        options,
        name: annotations.base(),
        lines: &lines,
    };
    let annotations = make::make(&input, &taken, &mut report);
    diagnostics.extend(report.finish());
    Ok(Article {
        meta: Meta {
            title: plain::title(&text).unwrap_or(&base).to_owned(),
            name,
            ..Meta::default()
        },
        text,
        annotations,
        diagnostics,
        form,
    })
}

#[cfg(test)]
mod tests;
