//! Records of spaCy and Prodigy to articles.

use std::borrow::Cow;
use std::collections::HashMap;

use memchr::memmem::Finder;

use super::{SPANS, pairs};
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
    if pairs::begins(&file.decoded.text) {
        return pairs::split(file, options);
    }
    let mut split = json::split(file, options);
    // A quotation stands under the key that the text of the record has as well, or either is spelt with escapes.
    let (key, escaped) = (Finder::new("text"), Finder::new("\\u00"));
    let may_quote = |record: &str| {
        let record = record.as_bytes();
        key.find_iter(record).nth(1).is_some() || escaped.find(record).is_some()
    };
    json::settle_where(
        file,
        options,
        &mut split,
        COUNTING,
        may_quote,
        |record, on| {
            let Some(text) = record.get("text").and_then(Value::text) else {
                return;
            };
            let of_key = |key: &str| record.get(key).into_iter().flat_map(spans);
            let quoting = SPANS.into_iter().chain(["tokens"]).flat_map(of_key);
            let mut quotations = Quotations::default();
            for span in quoting {
                let [start, end, quote] = span.several(["start", "end", "text"]);
                if let (Some(start), Some(end)) =
                    (start.and_then(Value::whole), end.and_then(Value::whole))
                    && let Some(quote) = quote.and_then(Value::text)
                {
                    quotations.add(start, end, quote);
                }
            }
            on(text, quotations);
        },
    );
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
    let (text, record) = match pairs::parts(record) {
        Some((text, said)) => (text.text().unwrap_or_default(), said),
        None => (teller.text(record, &["text"]), record),
    };
    let text = text_of(text);
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
        placed: Vec::new(),
        is_tied: record.members().any(|(key, _)| key.is("relations")),
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
    if reader.is_tied {
        let places = reader.places();
        for (_, value) in record.members().filter(|(key, _)| key.is("relations")) {
            reader.relations(value, &places);
        }
    }
    let Reader { placer, teller, .. } = reader;
    let annotations = made.finish(placer.builder);
    Ok(made.article(annotations, teller.finish()))
}

/// What a relation knows of a span.
type Key<'v> = [Cow<'v, str>; 3];

struct Reader<'m, 't, 'v> {
    placer: Placer<'m>,
    teller: Teller<'t>,
    record: Value<'v>,
    /// Whether relations tie spans.
    is_tied: bool,
    /// What was made of the spans, where relations need it.
    placed: Vec<(Value<'v>, Target)>,
}

/// The first mention at each place with each label.
type Places<'v> = HashMap<Key<'v>, Target>;

fn key_of(span: Value<'_>) -> Key<'_> {
    let parts = span.several(["start", "end", "label"]);
    parts.map(|part| part.and_then(Value::word).unwrap_or_default())
}

impl<'v> Reader<'_, '_, 'v> {
    fn places(&self) -> Places<'v> {
        let mut places = Places::with_capacity(self.placed.len());
        for (span, target) in &self.placed {
            places.entry(key_of(*span)).or_insert(*target);
        }
        places
    }

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
        if span.sort() == Sort::Array {
            return self.triple(span);
        }
        if span.sort() != Sort::Object {
            let wanted = "an object with start, end and label";
            return self.teller.wrong_type(span, "a span", wanted);
        }
        let at = span.start();
        let [start, end, label, id, quote, reference] =
            span.several(["start", "end", "label", "id", "text", "kb_id"]);
        let ends = json::numbers(&mut self.teller, at, start, end);
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
        let id = id.and_then(Value::word).unwrap_or_default();
        let quote = quote.and_then(Value::text).map(json::lines);
        let claim = Claim {
            at,
            ends,
            label: &word.unwrap_or_default(),
            id: &id,
            quote: quote.as_deref(),
        };
        let target = self.placer.place(&mut self.teller, &claim);
        if self.is_tied {
            self.placed.push((span, target));
        }
        let reference = reference.and_then(Value::word);
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

    /// `[start, end, label]`.
    fn triple(&mut self, span: Value<'v>) {
        let mut parts = span.items();
        let (start, end, label) = (parts.next(), parts.next(), parts.next());
        let ends = json::numbers(&mut self.teller, span.start(), start, end);
        let word = label.and_then(Value::word);
        if word.is_none() {
            let message = "the span has no label";
            let remedy = "add its label";
            self.teller
                .tell(Code::MISSING, span.start(), message, remedy);
        }
        let claim = Claim {
            at: span.start(),
            ends,
            label: &word.unwrap_or_default(),
            id: "",
            quote: None,
        };
        self.placer.place(&mut self.teller, &claim);
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

    fn relations(&mut self, value: Value<'v>, places: &Places<'v>) {
        for item in self.teller.list(Some(value), "“relations”") {
            if item.sort() != Sort::Object {
                self.teller.wrong_type(item, "a relation", "an object");
                continue;
            }
            let ends = [("head", "head_span"), ("child", "child_span")].map(|(role, key)| {
                let target = self.target(item, role, key, places)?;
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
    fn target(
        &mut self,
        relation: Value<'v>,
        role: &str,
        key: &str,
        places: &Places<'v>,
    ) -> Option<Target> {
        let found = match (relation.get(key), relation.get(role)) {
            (Some(span), _) => places.get(&key_of(span)).copied(),
            (None, Some(token)) => self.ending_with(token, places),
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
    fn ending_with(&self, token: Value<'v>, places: &Places<'v>) -> Option<Target> {
        let wanted = token.whole()?;
        let lists = self.record.get("spans").into_iter().flat_map(spans);
        let mut spans = lists.filter(|span| {
            let last = span.get("token_end").and_then(Value::whole);
            last == Some(wanted)
        });
        places.get(&key_of(spans.next()?)).copied()
    }
}
