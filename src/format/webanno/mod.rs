//! WebAnno TSV 3, as WebAnno and INCEpTION write it: sentences, a token a line, layers of annotations in columns.
//!
//! `header` reads which layers there are, `body` sentences and tokens, `place` where they stand, `cells` what is on
//! them (`stack`), `make` and `ties` make annotations of that; `write` writes them. `escape` has what a backslash stands for.
//!
//! Each layer of the file is a layer of the article. The label of a mention or relation is the value of the layer's
//! main feature, else the last part of the layer's name; other features are attributes, `identifier` is a link. A
//! chain is an entity, a span of a layer with slots an event. Offsets count UTF-16 units; sentences are lines.
//! Source: the appendix "WebAnno TSV 3.3" of INCEpTION's user guide.

mod body;
mod cells;
mod escape;
mod header;
mod make;
mod place;
mod stack;
mod ties;
mod write;

use std::collections::{HashMap, HashSet};

use super::alike;
use super::code::Code;
use super::entry::{Entry, Look, ReadOptions, Reader, Sign, Writer};
use super::loss::Feature;
use super::plain;
use super::read::{File, ReadError};
use super::report::{Lines, Report};
use crate::article::{AnnotationsBuilder, Article, Meta};

/// WebAnno TSV 3.
pub(super) const ENTRY: Entry = Entry {
    name: "webanno",
    about: "WebAnno TSV 3, as WebAnno and INCEpTION export it",
    detect,
    reader: Reader::One(|files, options| read(files.main, options)),
    writer: Writer {
        ending: "tsv",
        joined: None,
        write: write::write,
    },
    carries: &[
        Feature::Mentions,
        Feature::Lines,
        Feature::Nested,
        Feature::Crossing,
        Feature::Equal,
        Feature::SubToken,
        Feature::Labels,
        Feature::Ids,
        Feature::Entities,
        Feature::Links,
        Feature::Relations,
        Feature::Events,
        Feature::Attributes,
        Feature::Layers,
        Feature::Unplaced,
        Feature::Controls,
    ],
    partly: &[Feature::Links, Feature::Layers, Feature::Unplaced],
    codes: &[
        Code::UNDECODABLE,
        Code::ENCODING,
        Code::SYNTAX,
        Code::MALFORMED,
        Code::STRAY,
        Code::MISSING,
        Code::OFFSET_RANGE,
        Code::OFFSET_BAD,
        Code::OFFSET_UNIT,
        Code::EMPTY_SPAN,
        Code::RE_ANCHORED,
        Code::QUOTE_DIFFERS,
        Code::DUPLICATE_ID,
        Code::DANGLING,
    ],
};

fn detect(look: &Look<'_>) -> Option<Sign> {
    let first = look.start.lines().find(|line| !line.trim().is_empty())?;
    first
        .starts_with(header::FORMAT)
        .then_some(Sign::certain("its first line says #FORMAT=WebAnno TSV 3"))
}

fn read(file: File, options: &ReadOptions) -> Result<Article, ReadError> {
    let mut report = Report::of(&file.name, options);
    report.undecodable(&file.decoded);
    let whole = file.decoded.text.as_str();
    let lines = Lines::new(whole);
    let header = header::parse(whole, &lines, &mut report);
    let mut body = body::parse(whole, &header, &lines, &mut report);
    let counting = match options.offsets {
        Some(counting) => counting,
        None => {
            let settled = place::settle(&body);
            report.counted(settled, place::COUNTING);
            settled.counting
        }
    };
    let text = plain::blocks(std::mem::take(&mut body.text))
        .map_err(|error| ReadError::too_long(&file.name, error))?;
    let places = place::places(&body, &text, counting, options, &lines, &mut report);
    let cells = cells::read(whole, &header, &body, &places, &lines, &mut report);
    let mut maker = make::Maker {
        file: whole,
        header: &header,
        body: &body,
        places: &places,
        text: &text,
        lines: &lines,
        report: &mut report,
        builder: AnnotationsBuilder::with_kinds(&text, &options.kinds),
        layers: Vec::new(),
        targets: Vec::new(),
        apart: HashSet::new(),
        implied: HashMap::new(),
        scale: None,
    };
    maker.make(&cells);
    let (mut builder, apart) = (maker.builder, maker.apart);
    alike::group(&mut builder, &text, |index| {
        u32::try_from(index).is_ok_and(|index| apart.contains(&index))
    });
    let annotations = builder.finish();
    let mut form = file.decoded.form;
    form.added = body.added;
    Ok(Article {
        meta: Meta {
            title: plain::title(&text).unwrap_or(file.base()).to_owned(),
            name: file.stem().to_owned(),
            ..Meta::default()
        },
        text,
        annotations,
        diagnostics: report.finish(),
        form,
    })
}

#[cfg(test)]
mod tests;
