//! Records of DuEE to articles.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::article::{Argument, Article, Note, Target};
use crate::format::code::Code;
use crate::format::count::Scale;
use crate::format::entry::{ReadOptions, Source, Split};
use crate::format::json::{self, COUNTING, Claim, Placer, Quotations, Sort, Teller, Value};
use crate::format::read::{File, ReadError};
use crate::format::record::{Made, text_of};
use crate::format::report::short;

/// Takes a file apart, and tries its words under every way to count.
pub(super) fn split(file: &File, options: &ReadOptions) -> Split {
    let mut split = json::split(file, options);
    json::settle(file, options, &mut split, COUNTING, |record, on| {
        let Some(text) = record.get("text").and_then(Value::text) else {
            return;
        };
        let mut quotations = Quotations::default();
        let events = record.get("event_list").into_iter().flat_map(Value::items);
        for event in events {
            let trigger = (event.get("trigger_start_index"), event.get("trigger"));
            let arguments = event.get("arguments").into_iter().flat_map(Value::items);
            let arguments =
                arguments.map(|held| (held.get("argument_start_index"), held.get("argument")));
            for (start, words) in arguments.chain([trigger]) {
                let (start, words) = (start.and_then(Value::whole), words.and_then(Value::text));
                if let (Some(start), Some(words)) = (start, words) {
                    quotations.add_start(start, words);
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
    let told = source.split.settled.map(|settled| settled.counting);
    let counting = source.options.offsets.or(told).unwrap_or(COUNTING);
    let scale = Scale::of_file(&text, counting);
    let mut made = Made::new(source, text)?;
    json::own_name(record, &mut made);
    json::told_meta(record, &mut made.meta);
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
        known: HashMap::new(),
        called: HashSet::new(),
    };
    for (_, events) in record.members().filter(|(key, _)| key.is("event_list")) {
        for event in reader.teller.list(Some(events), "“event_list”") {
            reader.event(event);
        }
    }
    let Reader { placer, teller, .. } = reader;
    let annotations = made.finish(placer.builder);
    Ok(made.article(annotations, teller.finish()))
}

struct Reader<'m, 't> {
    placer: Placer<'m>,
    teller: Teller<'t>,
    /// What stands at a place with a label: start, words, label.
    known: HashMap<(String, String, String), Target>,
    /// The aliases so far.
    called: HashSet<(Target, String)>,
}

impl Reader<'_, '_> {
    fn event(&mut self, event: Value<'_>) {
        if event.sort() != Sort::Object {
            return self.teller.wrong_type(event, "an event", "an object");
        }
        let label = self.word(event, "event_type").unwrap_or_default();
        let trigger = event
            .get("trigger")
            .and_then(|words| self.mention(event, event.get("trigger_start_index"), words, &label));
        let layer = self.placer.layer;
        let (named, lost) = match trigger {
            Some(Target::Mention(id)) => (Some(id), None),
            other => (None, other),
        };
        let Ok(made) = self.placer.builder.event(layer, "", &label, named) else {
            return;
        };
        let add = |reader: &mut Self, role: &str, target| {
            let role = role.into();
            // It cannot fail: both are there.
            let _ = reader
                .placer
                .builder
                .argument(made, Argument { role, target });
        };
        // A trigger without a place is kept as the first argument, in the role of the event's own label.
        if let Some(target) = lost {
            add(self, &label, target);
        }
        for argument in self.teller.list(event.get("arguments"), "“arguments”") {
            if argument.sort() != Sort::Object {
                self.teller.wrong_type(argument, "an argument", "an object");
                continue;
            }
            let role = self.word(argument, "role").unwrap_or_default();
            let Some(words) = argument.get("argument") else {
                let message = "the argument has no words";
                let remedy = "add “argument” with its words, or delete it; it is left out";
                self.teller
                    .tell(Code::MISSING, argument.start(), message, remedy);
                continue;
            };
            let start = argument.get("argument_start_index");
            if let Some(target) = self.mention(argument, start, words, &role) {
                add(self, &role, target);
                self.aliases(argument, target);
            }
        }
    }

    /// What an event or an argument is called. That there is nothing is told.
    fn word<'v>(&mut self, holder: Value<'v>, key: &str) -> Option<Cow<'v, str>> {
        let Some(value) = holder.get(key) else {
            let message = format!("there is no “{key}”");
            let remedy = format!("add the “{key}”");
            self.teller
                .tell(Code::MISSING, holder.start(), message, remedy);
            return None;
        };
        let word = value.word();
        if word.is_none() {
            self.teller
                .wrong_type(value, &format!("“{key}”"), "a string");
        }
        word
    }

    /// The mention of words that stand at an index, or where they first stand.
    fn mention(
        &mut self,
        holder: Value<'_>,
        start: Option<Value<'_>>,
        words: Value<'_>,
        label: &str,
    ) -> Option<Target> {
        let Some(quote) = words.text().map(json::lines) else {
            self.teller.wrong_type(words, "what is quoted", "a string");
            return None;
        };
        let place = start.map_or("", Value::raw).to_owned();
        let key = (place, quote.to_string(), label.to_owned());
        if let Some(known) = self.known.get(&key) {
            return Some(*known);
        }
        let at = start.unwrap_or(words).start();
        let ends = match start {
            Some(start) => self.ends(holder, start, &quote),
            None => self.first(words, &quote),
        };
        let claim = Claim {
            at,
            ends,
            label,
            id: "",
            quote: Some(&quote),
        };
        let target = self.placer.place(&mut self.teller, &claim);
        self.known.insert(key, target);
        Some(target)
    }

    /// The end follows from the words.
    fn ends(
        &mut self,
        holder: Value<'_>,
        start: Value<'_>,
        quote: &str,
    ) -> Result<(u32, u32), String> {
        let (from, _) = json::numbers(&mut self.teller, holder.start(), Some(start), Some(start))
            .map_err(|_| start.spelt().to_owned())?;
        let text = self.placer.text.whole();
        let to = self.placer.scale.end_of(text, from.into(), quote);
        Ok((from, u32::try_from(to).unwrap_or(u32::MAX)))
    }

    /// Where words without an index first stand.
    fn first(&mut self, words: Value<'_>, quote: &str) -> Result<(u32, u32), String> {
        let text = self.placer.text.whole();
        let found = text.find(quote).filter(|_| !quote.is_empty());
        let Some(from) = found else {
            let message = format!("“{}” is not in the text", short(quote));
            let remedy =
                "mend the words, or give the index where they stand; they are kept without a place";
            self.teller
                .tell(Code::QUOTE_NOWHERE, words.start(), message, remedy);
            return Err(String::new());
        };
        let scale = &self.placer.scale;
        let start = scale.offset(text, from);
        let ends = [start, scale.end_of(text, start, quote)];
        let [start, end] = ends.map(|offset| u32::try_from(offset).unwrap_or(u32::MAX));
        Ok((start, end))
    }

    fn aliases(&mut self, argument: Value<'_>, target: Target) {
        for alias in self.teller.list(argument.get("alias"), "“alias”") {
            let Some(text) = alias.word() else {
                self.teller.wrong_type(alias, "an alias", "a string");
                continue;
            };
            // An argument that several events share may have it in each.
            if !self.called.insert((target, text.to_string())) {
                continue;
            }
            // It cannot fail: what it is on is there.
            let _ = self.placer.builder.note(Note {
                source_id: "".into(),
                target: Some(target),
                label: "alias".to_owned(),
                text: text.into_owned(),
            });
        }
    }
}
