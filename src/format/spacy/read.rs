//! Records of spaCy and Prodigy to articles.

use std::borrow::Cow;
use std::collections::HashMap;

use super::SPANS;
use crate::article::{Argument, Article, Link, Note, Relation, Target};
use crate::format::code::Code;
use crate::format::count::Scale;
use crate::format::entry::{ReadOptions, Source, Split};
use crate::format::json::{self, COUNTING, Claim, Placer, Quotations, Sort, Teller, Value};
use crate::format::read::{File, ReadError};
use crate::format::record::{Made, text_of};
use crate::format::report::short;

/// Takes a file apart, and tries what its spans and tokens quote under every way to count.
pub(super) fn split(file: &File, options: &ReadOptions) -> Split {
    let mut split = json::split(file, options);
    json::settle(file, options, &mut split, COUNTING, |record, on| {
        let Some(text) = record.get("text").and_then(Value::text) else {
            return;
        };
        let of_key = |key: &str| record.get(key).into_iter().flat_map(spans);
        let quoting = SPANS.into_iter().chain(["tokens"]).flat_map(of_key);
        let mut quotations = Quotations::default();
        for span in quoting {
            let whole = |key: &str| span.get(key).and_then(Value::whole);
            if let (Some(start), Some(end)) = (whole("start"), whole("end"))
                && let Some(quote) = span.get("text").and_then(Value::text)
            {
                quotations.add(start, end, quote);
            }
        }
        on(&text_of(text), quotations);
    });
    split
}

/// The spans of a list, or of the lists of an object.
fn spans(value: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    let groups = value.members().flat_map(|(_, group)| group.items());
    value.items().chain(groups)
}

/// Reads a record.
pub(super) fn read(source: &Source<'_>) -> Result<Article, ReadError> {
    let (tree, mut teller) = json::open(source)?;
    let Some(record) = tree.root() else {
        let made = Made::new(source, text_of(Cow::Borrowed("")))?;
        return Ok(made.article(Default::default(), teller.finish()));
    };
    let text = text_of(teller.text(record, &["text"]));
    let told = source.split.settled.map(|settled| settled.counting);
    let counting = source.options.offsets.or(told).unwrap_or(COUNTING);
    let scale = Scale::of_file(&text, counting);
    let mut made = Made::new(source, text)?;
    if let Some(meta) = record.get("meta") {
        json::told_meta(meta, &mut made.meta);
    }
    let (builder, layer) = made.builder(source);
    let mut reader = Reader {
        placer: Placer {
            text: &made.text,
            scale,
            builder,
            layer,
            anchor: source.options.anchor,
        },
        teller,
        record,
        places: HashMap::new(),
    };
    for (key, value) in record.members() {
        match &*key.text().unwrap_or_default() {
            key if SPANS.contains(&key) => reader.marked(key, value),
            "cats" => reader.cats(value),
            key @ ("accept" | "answer" | "label") => reader.whole(key, value),
            _ => {}
        }
    }
    reader.placer.layer = layer;
    for (_, value) in record.members().filter(|(key, _)| key.is("relations")) {
        reader.relations(value);
    }
    let Reader { placer, teller, .. } = reader;
    let annotations = made.finish(placer.builder);
    Ok(made.article(annotations, teller.finish()))
}

/// What a relation knows of a span.
type Key = (String, String, String);

struct Reader<'m, 't, 'v> {
    placer: Placer<'m>,
    teller: Teller<'t>,
    record: Value<'v>,
    /// The first mention at each place with each label.
    places: HashMap<Key, Target>,
}

fn key_of(span: Value<'_>) -> Key {
    let word = |key: &str| span.get(key).and_then(Value::word).unwrap_or_default();
    let [start, end, label] = ["start", "end", "label"].map(|key| word(key).into_owned());
    (start, end, label)
}

impl<'v> Reader<'_, '_, 'v> {
    /// Spans in a list, or in named groups.
    fn marked(&mut self, key: &str, value: Value<'v>) {
        if value.sort() != Sort::Object {
            for span in self.teller.list(Some(value), &format!("“{key}”")) {
                self.span(span);
            }
            return;
        }
        let own = self.placer.layer;
        for (name, group) in value.members() {
            let name = name.text().unwrap_or_default();
            self.placer.layer = self.placer.builder.layer(&name);
            for span in self.teller.list(Some(group), "a group of spans") {
                self.span(span);
            }
        }
        self.placer.layer = own;
    }

    fn span(&mut self, span: Value<'v>) {
        if span.sort() != Sort::Object {
            let wanted = "an object with start, end and label";
            return self.teller.wrong_type(span, "a span", wanted);
        }
        let at = span.start();
        let ends = json::numbers(&mut self.teller, at, span.get("start"), span.get("end"));
        let label = span.get("label");
        let word = label.and_then(Value::word);
        match (label, &word) {
            (_, Some(_)) => {}
            (Some(label), None) => self.teller.wrong_type(label, "a label", "a string"),
            (None, None) => {
                let message = "the span has no label";
                self.teller
                    .tell(Code::MISSING, at, message, "add its label");
            }
        }
        let id = span.get("id").and_then(Value::word).unwrap_or_default();
        let quote = span.get("text").and_then(Value::text).map(json::lines);
        let claim = Claim {
            at,
            ends,
            label: &word.unwrap_or_default(),
            id: &id,
            quote: quote.as_deref(),
        };
        let target = self.placer.place(&mut self.teller, &claim);
        self.places.entry(key_of(span)).or_insert(target);
        let reference = span.get("kb_id").and_then(Value::word);
        if let Some(reference) = reference.filter(|reference| !reference.is_empty()) {
            // It cannot fail: what it identifies is there.
            let _ = self.placer.builder.link(Link {
                source_id: "".into(),
                target,
                reference: reference.into_owned(),
                title: String::new(),
            });
        }
    }

    /// Labels of the text with how sure they are.
    fn cats(&mut self, value: Value<'v>) {
        if value.sort() != Sort::Object {
            return self.whole("cats", value);
        }
        for (name, sure) in value.members() {
            let name = name.text().unwrap_or_default();
            self.note("cats", format!("{name} {}", sure.spelt()));
        }
    }

    /// Labels of the text, and what an annotator said of the record.
    fn whole(&mut self, key: &str, value: Value<'v>) {
        if let Some(word) = value.word() {
            return self.note(key, word.into_owned());
        }
        for item in self.teller.list(Some(value), &format!("“{key}”")) {
            match item.word() {
                Some(word) => self.note(key, word.into_owned()),
                None => self.teller.wrong_type(item, &format!("“{key}”"), "strings"),
            }
        }
    }

    fn note(&mut self, label: &str, text: String) {
        // It cannot fail: it is on nothing.
        let _ = self.placer.builder.note(Note {
            source_id: "".into(),
            target: None,
            label: label.to_owned(),
            text,
        });
    }

    fn relations(&mut self, value: Value<'v>) {
        for item in self.teller.list(Some(value), "“relations”") {
            if item.sort() != Sort::Object {
                self.teller.wrong_type(item, "a relation", "an object");
                continue;
            }
            let ends = [("head", "head_span"), ("child", "child_span")].map(|(role, key)| {
                let target = self.target(item, role, key)?;
                Some(Argument {
                    role: role.into(),
                    target,
                })
            });
            let [Some(head), Some(child)] = ends else {
                continue;
            };
            let label = item.get("label").and_then(Value::word);
            if label.is_none() {
                let message = "the relation has no label";
                self.teller
                    .tell(Code::MISSING, item.start(), message, "add its label");
            }
            // It cannot fail: both ends are there.
            let _ = self.placer.builder.relation(Relation {
                layer: self.placer.layer,
                source_id: "".into(),
                label: label.unwrap_or_default().into_owned(),
                arguments: vec![head, child],
            });
        }
    }

    /// The mention at an end of a relation.
    fn target(&mut self, relation: Value<'v>, role: &str, key: &str) -> Option<Target> {
        let found = match (relation.get(key), relation.get(role)) {
            (Some(span), _) => self.places.get(&key_of(span)).copied(),
            (None, Some(token)) => self.ending_with(token),
            (None, None) => {
                let message = format!("the relation has no “{key}”");
                let remedy = "add the span, or delete the relation, which is left out";
                self.teller
                    .tell(Code::MISSING, relation.start(), message, remedy);
                return None;
            }
        };
        if found.is_none() {
            let named = relation.get(key).or(relation.get(role))?;
            let said = short(named.raw());
            let message = format!("the {role} of the relation is no span of the record: {said}");
            let remedy = "mend its place and label, or delete the relation, which is left out";
            self.teller
                .tell(Code::DANGLING, named.start(), message, remedy);
        }
        found
    }

    /// The mention of the span whose last token this is.
    fn ending_with(&self, token: Value<'v>) -> Option<Target> {
        let wanted = token.whole()?;
        let lists = self.record.get("spans").into_iter().flat_map(spans);
        let mut spans = lists.filter(|span| {
            let last = span.get("token_end").and_then(Value::whole);
            last == Some(wanted)
        });
        self.places.get(&key_of(spans.next()?)).copied()
    }
}
