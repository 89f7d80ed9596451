//! A record of doccano to an article.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::MARKED;
use crate::article::{Argument, Article, Note, Relation, Target};
use crate::format::code::Code;
use crate::format::count::Scale;
use crate::format::entry::Source;
use crate::format::json::{self, COUNTING, Claim, Placer, Sort, Teller, Value};
use crate::format::read::ReadError;
use crate::format::record::{Made, text_of};
use crate::format::report::short;

/// Reads a record.
pub(super) fn read(source: &Source<'_>) -> Result<Article, ReadError> {
    let (tree, mut teller) = json::open(source)?;
    let Some(record) = tree.root() else {
        let made = Made::new(source, text_of(Cow::Borrowed("")))?;
        return Ok(made.article(Default::default(), teller.finish()));
    };
    let text = text_of(teller.text(record, &["text", "data"]));
    let scale = Scale::of_file(&text, source.options.offsets.unwrap_or(COUNTING));
    let mut made = Made::new(source, text)?;
    json::own_name(record, &mut made);
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
            anchor: false,
        },
        teller,
        ids: HashMap::new(),
    };
    for (key, value) in record.members() {
        match &*key.text().unwrap_or_default() {
            key if MARKED.contains(&key) => reader.marked(key, value),
            "cats" => reader.whole("cats", value),
            "Comments" | "comments" => reader.comments(value),
            _ => {}
        }
    }
    // Relations may stand before what they name.
    for (_, value) in record.members().filter(|(key, _)| key.is("relations")) {
        reader.relations(value);
    }
    let Reader { placer, teller, .. } = reader;
    let annotations = made.finish(placer.builder);
    Ok(made.article(annotations, teller.finish()))
}

struct Reader<'m, 't> {
    placer: Placer<'m>,
    teller: Teller<'t>,
    /// What the ids of mentions stand for.
    ids: HashMap<String, Target>,
}

impl Reader<'_, '_> {
    fn marked(&mut self, key: &str, value: Value<'_>) {
        if value.sort() == Sort::Text {
            return self.whole("label", value);
        }
        for item in self.teller.list(Some(value), &format!("“{key}”")) {
            match item.sort() {
                Sort::Array => self.triple(item),
                Sort::Object => self.object(item),
                Sort::Text => self.whole("label", item),
                _ => self.teller.wrong_type(
                    item,
                    "a label",
                    "[start, end, label], an object or a string",
                ),
            }
        }
    }

    /// `[start, end, label]`.
    fn triple(&mut self, item: Value<'_>) {
        let mut parts = item.items();
        let (start, end, label) = (parts.next(), parts.next(), parts.next());
        self.mention(item, start, end, label, "");
    }

    /// An object with an id.
    fn object(&mut self, item: Value<'_>) {
        let either = |key: &str, other: &str| item.get(key).or_else(|| item.get(other));
        let start = either("start_offset", "start");
        let end = either("end_offset", "end");
        let label = either("label", "type");
        let mut id = Cow::Borrowed("");
        if let Some(value) = item.get("id") {
            match value.word() {
                Some(word) => id = word,
                None => self
                    .teller
                    .wrong_type(value, "the id of a mention", "a number"),
            }
            if self.ids.contains_key(&*id) {
                let message = format!("the id {} is given to a second mention", short(&id));
                let remedy = "give each its own; relations with this id mean the first, and the second gets none";
                self.teller
                    .tell(Code::DUPLICATE_ID, value.start(), message, remedy);
                id = Cow::Borrowed("");
            }
        }
        let target = self.mention(item, start, end, label, &id);
        if !id.is_empty() {
            self.ids.insert(id.into_owned(), target);
        }
    }

    fn mention(
        &mut self,
        item: Value<'_>,
        start: Option<Value<'_>>,
        end: Option<Value<'_>>,
        label: Option<Value<'_>>,
        id: &str,
    ) -> Target {
        let at = item.start();
        let ends = json::numbers(&mut self.teller, at, start, end);
        let word = label.and_then(Value::word);
        match (label, &word) {
            (_, Some(_)) => {}
            (Some(label), None) => self.teller.wrong_type(label, "a label", "a string"),
            (None, None) => {
                let message = "the mention has no label";
                self.teller
                    .tell(Code::MISSING, at, message, "add its label");
            }
        }
        let claim = Claim {
            at,
            ends,
            label: &word.unwrap_or_default(),
            id,
            quote: None,
        };
        self.placer.place(&mut self.teller, &claim)
    }

    /// Labels of the text as a whole.
    fn whole(&mut self, name: &str, value: Value<'_>) {
        if let Some(label) = value.text() {
            return self.note(name, &label);
        }
        for item in self.teller.list(Some(value), &format!("“{name}”")) {
            match item.text() {
                Some(label) => self.note(name, &label),
                None => self
                    .teller
                    .wrong_type(item, "a label of the text", "a string"),
            }
        }
    }

    fn comments(&mut self, value: Value<'_>) {
        if let Some(comment) = value.text() {
            return self.note("", &comment);
        }
        for item in self.teller.list(Some(value), "“Comments”") {
            let label = item.get("label").and_then(Value::text);
            match item.text().or_else(|| item.get("text")?.text()) {
                Some(comment) => self.note(&label.unwrap_or_default(), &comment),
                None => self.teller.wrong_type(item, "a comment", "a string"),
            }
        }
    }

    fn note(&mut self, label: &str, text: &str) {
        // It cannot fail: it is on nothing.
        let _ = self.placer.builder.note(Note {
            source_id: "".into(),
            target: None,
            label: label.to_owned(),
            text: text.to_owned(),
        });
    }

    fn relations(&mut self, value: Value<'_>) {
        let mut known: HashSet<String> = HashSet::new();
        for item in self.teller.list(Some(value), "“relations”") {
            if item.sort() != Sort::Object {
                self.teller.wrong_type(item, "a relation", "an object");
                continue;
            }
            let arguments = [("from", "from_id"), ("to", "to_id")].map(|(role, key)| {
                let target = self.target(item, key)?;
                Some(Argument {
                    role: role.into(),
                    target,
                })
            });
            let [Some(from), Some(to)] = arguments else {
                continue;
            };
            let label = item.get("type").or_else(|| item.get("label"));
            let word = label.and_then(Value::word);
            if word.is_none() {
                let message = "the relation has no type";
                self.teller
                    .tell(Code::MISSING, item.start(), message, "add its “type”");
            }
            let mut id = item.get("id").and_then(Value::word).unwrap_or_default();
            if !id.is_empty() && !known.insert(id.to_string()) {
                let message = format!("the id {} is given to a second relation", short(&id));
                let remedy = "give each its own; the second gets none";
                self.teller
                    .tell(Code::DUPLICATE_ID, item.start(), message, remedy);
                id = Cow::Borrowed("");
            }
            // It cannot fail: both ends are there.
            let _ = self.placer.builder.relation(Relation {
                layer: self.placer.layer,
                source_id: (*id).into(),
                label: word.unwrap_or_default().into_owned(),
                arguments: vec![from, to],
            });
        }
    }

    /// What an end of a relation names.
    fn target(&mut self, relation: Value<'_>, key: &str) -> Option<Target> {
        let Some(value) = relation.get(key) else {
            let message = format!("the relation has no “{key}”");
            let remedy = "add the id of the mention, or delete the relation, which is left out";
            self.teller
                .tell(Code::MISSING, relation.start(), message, remedy);
            return None;
        };
        let Some(id) = value.word() else {
            self.teller
                .wrong_type(value, &format!("“{key}”"), "the id of a mention");
            return None;
        };
        let found = self.ids.get(&*id).copied();
        if found.is_none() {
            let message = format!(
                "the relation names {}, and no mention has that id",
                short(&id)
            );
            let remedy = "mend the id, or delete the relation, which is left out";
            self.teller
                .tell(Code::DANGLING, value.start(), message, remedy);
        }
        found
    }
}
