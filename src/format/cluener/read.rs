//! Records of CLUENER to articles, and what their words say of how offsets count.

use std::borrow::Cow;

use super::INCLUSIVE;
use crate::article::Article;
use crate::format::code::Code;
use crate::format::count::{Scale, Settled};
use crate::format::entry::{ReadOptions, Source, Split};
use crate::format::json::{self, Claim, Placer, Quotations, Sort, Value};
use crate::format::read::{File, ReadError};
use crate::format::record::{Made, text_of};

/// Takes a file apart, and tries its words under every way to count.
pub(super) fn split(file: &File, options: &ReadOptions) -> Split {
    let mut split = json::split(file, options);
    json::settle(file, options, &mut split, INCLUSIVE, |record, on| {
        let Some(text) = record.get("text").and_then(Value::text) else {
            return;
        };
        let quoted = record.get("label").into_iter().flat_map(Value::members);
        let words = quoted.flat_map(|(_, words)| words.members());
        let mut quotations = Quotations::default();
        for (words, places) in words {
            let quote = words.text().unwrap_or_default();
            for place in places.items() {
                let mut ends = place.items().map(Value::whole);
                if let (Some(Some(start)), Some(Some(end))) = (ends.next(), ends.next()) {
                    quotations.add(start, end, quote.clone());
                }
            }
        }
        on(text, quotations);
    });
    split
}

/// Reads a record.
pub(super) fn read(source: &Source<'_>) -> Result<Article, ReadError> {
    let (tree, mut teller) = json::open(source)?;
    let Some(record) = tree.root() else {
        let made = Made::new(source, text_of(Cow::Borrowed("")))?;
        return Ok(made.article(Default::default(), teller.finish()));
    };
    let text = text_of(teller.text(record, &["text"]));
    let told = source
        .split
        .settled
        .map(|settled: Settled| settled.counting);
    let counting = source.options.offsets.or(told).unwrap_or(INCLUSIVE);
    let scale = Scale::of_file(&text, counting);
    let mut made = Made::new(source, text)?;
    json::own_name(record, &mut made);
    let (builder, layer) = made.builder(source);
    let mut placer = Placer {
        text: &made.text,
        scale,
        builder,
        layer,
        anchor: source.options.anchor,
    };
    let labels = record.members().filter(|(key, _)| key.is("label"));
    for (_, labels) in labels {
        if !matches!(labels.sort(), Sort::Object | Sort::Null) {
            teller.wrong_type(labels, "“label”", "an object");
        }
        for (label, words) in labels.members() {
            let label = label.text().unwrap_or_default();
            if words.sort() != Sort::Object {
                teller.wrong_type(words, "what a label holds", "an object of words");
            }
            for (quoted, places) in words.members() {
                let quote = json::lines(quoted.text().unwrap_or_default());
                for place in teller.list(Some(places), "what words hold") {
                    let (at, mut ends) = (place.start(), place.items());
                    let ends = if place.sort() == Sort::Array {
                        if ends.clone().nth(2).is_some() {
                            teller.tell(
                                Code::WRONG_TYPE,
                                place.start(),
                                "a place has more than a start and an end; the first two count",
                                "write a list of start and end",
                            );
                        }
                        json::numbers(&mut teller, at, ends.next(), ends.next())
                    } else {
                        teller.wrong_type(place, "a place", "a list of start and end");
                        Err(place.spelt().to_owned())
                    };
                    let claim = Claim {
                        at,
                        ends,
                        label: &label,
                        id: "",
                        quote: Some(&quote),
                    };
                    placer.place(&mut teller, &claim);
                }
            }
        }
    }
    let annotations = made.finish(placer.builder);
    Ok(made.article(annotations, teller.finish()))
}
