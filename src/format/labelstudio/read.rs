//! Tasks of Label Studio to articles.

use std::borrow::Cow;
use std::collections::HashMap;

use super::laid::Laid;
use super::render::{Shown, Way};
use super::task::{Entry, Set, Task, task};
use super::{SETS, UTF16};
use super::{least, named};
use crate::article::{AnnotationsBuilder, Article, Target};
use crate::format::code::Code;
use crate::format::count::Scale;
use crate::format::entry::{ReadOptions, Source, Split};
use crate::format::json::{self, Claim, Placer, Quotations, Sort, Teller, Value};
use crate::format::plain;
use crate::format::read::{File, ReadError};
use crate::format::record::{Made, text_of};
use crate::format::report::short;

/// Takes a file apart, and tries what its regions quote under every way to count.
pub(super) fn split(file: &File, options: &ReadOptions) -> Split {
    let mut split = json::split(file, options);
    let names = named::names(file, &split);
    json::settle(file, options, &mut split, UTF16, |record, on| {
        let task = task(record, &names);
        for (number, shown) in task.shown().into_iter().enumerate() {
            let entries = task.sets.iter().flat_map(|set| &set.results);
            let entries = entries.filter(|entry| task.field_of(**entry) == Some(number));
            on(shown.text, quotations(entries, &shown.way));
        }
    });
    split.names = names;
    split
}

/// What regions of a text quote.
fn quotations<'a, 'v: 'a>(
    entries: impl Iterator<Item = &'a Entry<'v>>,
    way: &Way,
) -> Quotations<'v> {
    let mut quotations = Quotations::default();
    for entry in entries {
        let ends = entry.ends().filter(|_| entry.is_region());
        let whole = |value: Option<Value<'_>>| value.and_then(Value::whole);
        if let Some((start, end)) = ends
            && let (Some(start), Some(end)) = (whole(start), whole(end))
            && let Some(quote) = entry.quote()
        {
            let of = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
            let (start, end) = way.shifted((of(start), of(end)));
            quotations.add(start.into(), end.into(), quote);
        }
    }
    quotations
}

/// Reads a task.
pub(super) fn read(source: &Source<'_>) -> Result<Article, ReadError> {
    let (tree, mut teller) = json::open(source)?;
    let Some(record) = tree.root() else {
        let made = Made::new(source, text_of(Cow::Borrowed("")))?;
        return Ok(made.article(Default::default(), teller.finish()));
    };
    let task = task(record, &source.split.names);
    let mut shown = task.shown();
    if shown.is_empty() {
        shown.push(match task.fields.first() {
            Some(field) => {
                teller.wrong_type(field.value, "the text", "a string");
                Shown::default()
            }
            None => Shown {
                text: teller.text(record, &["text"]),
                way: Way::Plain,
            },
        });
    }
    let (text, mut laid) = Laid::new(&task, shown);
    let text = text_of(text);
    let told = source.split.settled.map(|settled| settled.counting);
    let counting = source.options.offsets.or(told).unwrap_or(UTF16);
    let scale = Scale::of_file(&text, counting);
    let mut made = Made::new(source, text)?;
    laid.measure(made.text.whole(), &scale);
    laid.give_roles(&mut made.text);
    if let Some(title) = plain::title(&made.text).filter(|_| laid.part(1).is_some()) {
        made.meta.title = title.to_owned();
    }
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
        laid: &laid,
        inclusive: counting.inclusive,
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
    if record.get("data").is_none_or(|d| d.sort() != Sort::Object) {
        let is_shown = |name: &str| task.fields.iter().any(|field| field.key == name);
        for (name, words) in least::said(record) {
            if is_shown(&name) {
                continue;
            }
            reader.note(None, &name, words.into_owned());
        }
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

pub(super) struct Reader<'m, 't, 'v> {
    task: &'m Task<'v, 'm>,
    laid: &'m Laid<'v>,
    /// Whether an end is the last unit.
    inclusive: bool,
    pub(super) placer: Placer<'m>,
    pub(super) teller: Teller<'t>,
    /// What the ids of regions stand for, in one set of results.
    pub(super) ids: HashMap<String, Target>,
}

impl<'v> Reader<'_, '_, 'v> {
    fn set(&mut self, set: &Set<'v>) {
        self.ids.clear();
        for entry in &set.results {
            if let Some(ends) = entry.ends().filter(|_| entry.is_region()) {
                self.region(*entry, ends);
            }
        }
        // What is said of regions may stand before them.
        for entry in &set.results {
            if entry.result.sort() != Sort::Object {
                continue;
            }
            if entry.said("type") == "relation" || entry.result.get("from_id").is_some() {
                self.relation(*entry);
            } else if !entry.is_region() {
                self.property(*entry);
            }
        }
    }

    fn region(&mut self, entry: Entry<'v>, (start, end): (Option<Value<'v>>, Option<Value<'v>>)) {
        let at = entry.result.start();
        let part = self.task.field_of(entry);
        let part = part.and_then(|number| self.laid.part(number));
        let way = part.map_or(&Way::Plain, |part| &part.way);
        let mut ends = match (way, entry.in_paragraphs()) {
            (Way::Paragraphs(_), Some(places)) => self.in_paragraphs(at, way, places),
            _ => json::numbers(&mut self.teller, at, start, end).map(|ends| way.shifted(ends)),
        };
        let to = entry.said("to_name");
        if let Ok((start, end)) = ends {
            let moved = part.map(|part| part.moved((start, end), self.inclusive));
            ends = match (part, moved) {
                (Some(part), Some(None)) => {
                    let message = format!(
                        "the region goes from {start} to {end}, and “{}” has {} of what offsets count",
                        short(part.key()),
                        part.units()
                    );
                    let remedy =
                        "mend the offsets; see that the text is the one that was annotated";
                    self.teller.tell(Code::OFFSET_RANGE, at, message, remedy);
                    Err(format!("{to}: {start} {end}"))
                }
                (Some(_), Some(Some(moved))) if !self.is_elsewhere(entry) => Ok(moved),
                _ => {
                    let message = format!(
                        "the region is on “{}”, but the text of the article is “{}”; it is kept without a place",
                        short(&to),
                        short(&self.laid.keys())
                    );
                    let remedy =
                        "a task is read with those of its texts that results name: mend the name";
                    self.teller.tell(Code::DANGLING, at, message, remedy);
                    Err(format!("{to}: {start} {end}"))
                }
            };
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
        let listed: Vec<Cow<'v, str>> = match entry.labels() {
            Some(labels) => self.words(labels, "a label"),
            None => Vec::new(),
        };
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
        way: &Way,
        [(first, from), (last, to)]: [(Value<'v>, Value<'v>); 2],
    ) -> Result<(u32, u32), String> {
        let (start, end) = json::numbers(&mut self.teller, at, Some(from), Some(to))?;
        let place = |number: Value<'v>, offset| {
            let number = number.word()?;
            way.in_paragraph(&number, offset)
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

    /// Whether a result is on another text than the only one that is shown.
    fn is_elsewhere(&self, entry: Entry<'_>) -> bool {
        let [field] = self.task.fields.as_slice() else {
            return false;
        };
        let name = entry.said("to_name");
        if name.is_empty() || self.task.is_on(&name, field) || !entry.said("source").is_empty() {
            return false;
        }
        // The name is that of an object of the interface; only where several are used does it tell something.
        let mut all = self.task.sets.iter().flat_map(|set| &set.results);
        all.any(|entry| self.task.is_on(&entry.said("to_name"), field))
    }

    /// The strings or numbers of a list, or one alone.
    pub(super) fn words(&mut self, value: Value<'v>, what: &str) -> Vec<Cow<'v, str>> {
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
}
