//! Tasks of Label Studio to articles.

use std::borrow::Cow;
use std::collections::HashMap;

use super::render::{Shown, Way};
use super::task::{Entry, Set, Task, task};
use super::{SETS, UTF16};
use crate::article::{AnnotationsBuilder, Argument, Article, Attribute, Note, Relation, Target};
use crate::format::code::Code;
use crate::format::count::Scale;
use crate::format::entry::{ReadOptions, Source, Split};
use crate::format::json::{self, Claim, Placer, Quotations, Sort, Teller, Value};
use crate::format::read::{File, ReadError};
use crate::format::record::{Made, text_of};
use crate::format::report::short;

/// Takes a file apart, and tries what its regions quote under every way to count.
pub(super) fn split(file: &File, options: &ReadOptions) -> Split {
    let mut split = json::split(file, options);
    json::settle(file, options, &mut split, UTF16, |record, on| {
        let task = task(record);
        let Some(shown) = task.shown() else {
            return;
        };
        let mut quotations = Quotations::default();
        for entry in task.sets.iter().flat_map(|set| &set.results) {
            let ends = entry.ends().filter(|_| entry.labels().is_some());
            let whole = |value: Option<Value<'_>>| value.and_then(Value::whole);
            if let Some((start, end)) = ends
                && let (Some(start), Some(end)) = (whole(start), whole(end))
                && let Some(quote) = entry.quote()
            {
                let of = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
                let (start, end) = shown.way.shifted((of(start), of(end)));
                quotations.add(start.into(), end.into(), quote);
            }
        }
        on(shown.text, quotations);
    });
    split
}

/// Reads a task.
pub(super) fn read(source: &Source<'_>) -> Result<Article, ReadError> {
    let (tree, mut teller) = json::open(source)?;
    let Some(record) = tree.root() else {
        let made = Made::new(source, text_of(Cow::Borrowed("")))?;
        return Ok(made.article(Default::default(), teller.finish()));
    };
    let task = task(record);
    let Shown { text, way } = match (task.shown(), task.text) {
        (Some(shown), _) => shown,
        (None, Some(value)) => {
            teller.wrong_type(value, "the text", "a string");
            Shown::default()
        }
        (None, None) => Shown {
            text: teller.text(record, &["text"]),
            way: Way::Plain,
        },
    };
    let text = text_of(text);
    let told = source.split.settled.map(|settled| settled.counting);
    let counting = source.options.offsets.or(told).unwrap_or(UTF16);
    let scale = Scale::of_file(&text, counting);
    let mut made = Made::new(source, text)?;
    json::own_name(record, &mut made);
    for holder in ["data", "meta"] {
        if let Some(value) = record.get(holder) {
            json::told_meta(value, &mut made.meta);
        }
    }
    shapes(&mut teller, record);
    let mut builder = AnnotationsBuilder::with_kinds(&made.text, &source.options.kinds);
    let layer = match task.sets.first() {
        Some(set) => builder.layer(&name(set, 0, source)),
        None => builder.layer(source.file.base()),
    };
    let mut reader = Reader {
        task: &task,
        way: &way,
        placer: Placer {
            text: &made.text,
            scale,
            builder,
            layer,
            anchor: source.options.anchor,
        },
        teller,
        ids: HashMap::new(),
    };
    for (number, set) in task.sets.iter().enumerate() {
        if number > 0 {
            reader.placer.layer = reader.placer.builder.layer(&name(set, number, source));
        }
        reader.set(set);
    }
    let Reader { placer, teller, .. } = reader;
    let annotations = made.finish(placer.builder);
    Ok(made.article(annotations, teller.finish()))
}

/// The name of a layer.
fn name(set: &Set<'_>, number: usize, source: &Source<'_>) -> String {
    match &set.by {
        Some(model) if set.is_prediction => format!("prediction {model}"),
        None if set.is_prediction => "prediction".to_owned(),
        Some(by) => by.clone().into_owned(),
        None if number == 0 => source.file.base().to_owned(),
        None => format!("{}#{}", source.file.base(), number + 1),
    }
}

/// Tells what has another shape than sets of results have.
fn shapes(teller: &mut Teller<'_>, record: Value<'_>) {
    if record.get("data").is_none_or(|d| d.sort() != Sort::Object) {
        return;
    }
    for key in SETS {
        for set in teller.list(record.get(key), &format!("“{key}”")) {
            if set.sort() != Sort::Object {
                teller.wrong_type(set, "a set of results", "an object with “result”");
                continue;
            }
            for result in teller.list(set.get("result"), "“result”") {
                if result.sort() != Sort::Object {
                    teller.wrong_type(result, "a result", "an object");
                }
            }
        }
    }
}

struct Reader<'m, 't, 'v> {
    task: &'m Task<'v>,
    way: &'m Way,
    placer: Placer<'m>,
    teller: Teller<'t>,
    /// What the ids of regions stand for, in one set of results.
    ids: HashMap<String, Target>,
}

impl<'v> Reader<'_, '_, 'v> {
    fn set(&mut self, set: &Set<'v>) {
        self.ids.clear();
        for entry in &set.results {
            if let (Some(ends), Some(labels)) = (entry.ends(), entry.labels()) {
                self.region(*entry, ends, labels);
            }
        }
        // What is said of regions may stand before them.
        for entry in &set.results {
            if entry.result.sort() != Sort::Object {
                continue;
            }
            if entry.said("type") == "relation" || entry.result.get("from_id").is_some() {
                self.relation(*entry);
            } else if entry.ends().is_none() || entry.labels().is_none() {
                self.property(*entry);
            }
        }
    }

    fn region(
        &mut self,
        entry: Entry<'v>,
        (start, end): (Option<Value<'v>>, Option<Value<'v>>),
        labels: Value<'v>,
    ) {
        let at = entry.result.start();
        let mut ends = match (self.way, entry.in_paragraphs()) {
            (Way::Paragraphs(_), Some(places)) => self.in_paragraphs(at, places),
            _ => json::numbers(&mut self.teller, at, start, end).map(|ends| self.way.shifted(ends)),
        };
        let to = entry.said("to_name");
        if let Ok((start, end)) = ends
            && !to.is_empty()
            && to != self.task.key
            && entry.said("source").is_empty()
            && self.is_other_text(&to)
        {
            let message = format!(
                "the region is on “{}”, but the text of the article is “{}”; it is kept without a place",
                short(&to),
                short(&self.task.key)
            );
            let remedy = "a task is read with one of its texts: make tasks of the others";
            self.teller.tell(Code::DANGLING, at, message, remedy);
            ends = Err(format!("{to}: {start} {end}"));
        }
        let mut id = entry.said("id");
        if !id.is_empty() && self.ids.contains_key(&*id) {
            let message = format!("the id {} is given to a second region", short(&id));
            let remedy =
                "give each its own; what names this id means the first, and the second gets none";
            self.teller.tell(Code::DUPLICATE_ID, at, message, remedy);
            id = Cow::Borrowed("");
        }
        let quote = entry.quote().map(json::lines);
        let listed: Vec<Cow<'v, str>> = self.words(labels, "a label");
        if listed.is_empty() {
            let message = "the region has no label";
            self.teller
                .tell(Code::MISSING, at, message, "add its label");
        }
        let none = Cow::Borrowed("");
        let some = listed.iter().chain(listed.is_empty().then_some(&none));
        for (index, label) in some.enumerate() {
            let id = if index == 0 { &*id } else { "" };
            let claim = Claim {
                at,
                ends: ends.clone(),
                label,
                id,
                quote: quote.as_deref(),
            };
            let target = self.placer.place(&mut self.teller, &claim);
            if !id.is_empty() {
                self.ids.insert(id.to_owned(), target);
            }
        }
        let remarks = entry.result.get("meta").and_then(|meta| meta.get("text"));
        if let (Some(remarks), Some(target)) = (remarks, self.ids.get(&*id).copied()) {
            for text in self.words(remarks, "a remark") {
                self.note(Some(target), "meta", text.into_owned());
            }
        }
    }

    /// Start and end of a region of paragraphs; else the words that say them, which is told.
    fn in_paragraphs(
        &mut self,
        at: usize,
        [(first, from), (last, to)]: [(Value<'v>, Value<'v>); 2],
    ) -> Result<(u32, u32), String> {
        let (start, end) = json::numbers(&mut self.teller, at, Some(from), Some(to))?;
        let place = |number: Value<'v>, offset| {
            let number = number.word()?;
            self.way.in_paragraph(&number, offset)
        };
        if let (Some(start), Some(end)) = (place(first, start), place(last, end)) {
            return Ok((start, end));
        }
        let words = format!("{} {}", first.spelt(), last.spelt());
        let message = format!("there are no paragraphs {}", short(&words));
        let remedy = "give the number of a paragraph, from 0, as start and end";
        self.teller.tell(Code::OFFSET_RANGE, at, message, remedy);
        Err(words)
    }

    /// Whether the task has another text under this name.
    fn is_other_text(&self, name: &str) -> bool {
        let texts = self.task.sets.iter().flat_map(|set| &set.results);
        let mut names = texts.map(|entry| entry.said("to_name"));
        // The name is that of an object of the interface; only where several are used does it tell something.
        let is_own = |to: Cow<'_, str>| to == self.task.key;
        name != self.task.key && names.any(is_own)
    }

    /// The strings or numbers of a list, or one alone.
    fn words(&mut self, value: Value<'v>, what: &str) -> Vec<Cow<'v, str>> {
        if let Some(word) = value.word() {
            return vec![word];
        }
        let mut words = Vec::new();
        for item in self.teller.list(Some(value), what) {
            match item.word() {
                Some(word) => words.push(word),
                None => self.teller.wrong_type(item, what, "a string"),
            }
        }
        words
    }

    /// Choices, remarks and whatever else is said of a region or of the text.
    fn property(&mut self, entry: Entry<'v>) {
        let (sort, name, id) = (
            entry.said("type"),
            entry.said("from_name"),
            entry.said("id"),
        );
        let Some(value) = entry.value else {
            let message = "the result has no value";
            let remedy = "add its “value”, or delete it";
            self.teller
                .tell(Code::MISSING, entry.result.start(), message, remedy);
            return;
        };
        let target = self.ids.get(&*id).copied();
        if target.is_none() && entry.ends().is_some() {
            let message = format!("the result is on region {}, which is not there", short(&id));
            let remedy = "add the region with its label, or delete the result; it is kept as a note on the text";
            self.teller
                .tell(Code::DANGLING, entry.result.start(), message, remedy);
        }
        match (value.get("choices"), value.get("text"), target) {
            (Some(choices), _, Some(target)) => {
                let words = self.words(choices, "a choice");
                let none = words.is_empty().then_some(None);
                for value in words.into_iter().map(Some).chain(none) {
                    // It cannot fail: what has it is there.
                    let _ = self.placer.builder.attribute(Attribute {
                        source_id: "".into(),
                        target,
                        name: name.clone().into_owned(),
                        value: value.map(Cow::into_owned),
                    });
                }
            }
            (Some(choices), _, None) => {
                for choice in self.words(choices, "a choice") {
                    self.note(None, &name, choice.into_owned());
                }
            }
            (None, Some(text), target) if sort == "textarea" => {
                for text in self.words(text, "a remark") {
                    let label = match target {
                        Some(_) => name.clone().into_owned(),
                        None => format!("textarea:{name}"),
                    };
                    self.note(target, &label, text.into_owned());
                }
            }
            _ => {
                let said = value.get(&sort).unwrap_or(value);
                let said = said.text().unwrap_or(Cow::Borrowed(said.spelt()));
                self.note(target, &format!("{sort}:{name}"), said.into_owned());
            }
        }
    }

    fn note(&mut self, target: Option<Target>, label: &str, text: String) {
        // It cannot fail: what it is on is there.
        let _ = self.placer.builder.note(Note {
            source_id: "".into(),
            target,
            label: label.to_owned(),
            text,
        });
    }

    fn relation(&mut self, entry: Entry<'v>) {
        let ends = ["from_id", "to_id"].map(|key| self.target(entry, key));
        let [Some(from), Some(to)] = ends else { return };
        let roles = match &*entry.said("direction") {
            "left" => ["to", "from"],
            "bi" => ["either", "either"],
            _ => ["from", "to"],
        };
        let mut labels = match entry.result.get("labels") {
            Some(labels) => self.words(labels, "the label of a relation"),
            None => Vec::new(),
        };
        if labels.is_empty() {
            labels.push(Cow::Borrowed(""));
        }
        for label in labels {
            let arguments = roles.into_iter().zip([from, to]);
            let arguments = arguments.map(|(role, target)| Argument {
                role: role.into(),
                target,
            });
            // It cannot fail: both ends are there.
            let _ = self.placer.builder.relation(Relation {
                layer: self.placer.layer,
                source_id: (*entry.said("id")).into(),
                label: label.into_owned(),
                arguments: arguments.collect(),
            });
        }
    }

    /// What an end of a relation names.
    fn target(&mut self, entry: Entry<'v>, key: &str) -> Option<Target> {
        let Some(value) = entry.result.get(key) else {
            let message = format!("the relation has no “{key}”");
            let remedy = "add the id of the region, or delete the relation, which is left out";
            self.teller
                .tell(Code::MISSING, entry.result.start(), message, remedy);
            return None;
        };
        let Some(id) = value.word() else {
            self.teller
                .wrong_type(value, &format!("“{key}”"), "the id of a region");
            return None;
        };
        let found = self.ids.get(&*id).copied();
        if found.is_none() {
            let message = format!(
                "the relation names {}, and no region has that id",
                short(&id)
            );
            let remedy = "mend the id, or delete the relation, which is left out";
            self.teller
                .tell(Code::DANGLING, value.start(), message, remedy);
        }
        found
    }
}
