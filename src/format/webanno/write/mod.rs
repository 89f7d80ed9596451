//! The normal form: TSV 3.3 with LF, each line of the text a sentence, offsets counted from 0 with one unit between
//! sentences and two where blank lines stood. Layers that the source declared keep their line; others get one with the
//! features in alphabetical order. Letters and digits of a script with spaces are one token, a Chinese character or a
//! sign is one; spans that part a token have a line of their own below it. Numbers in brackets are kept, and given
//! where a span has several tokens or shares one with another of its layer.

mod number;
mod plan;
mod rows;
mod tokens;

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt::Write as _;

use self::plan::{Plan, feature_name};
use self::rows::Rows;
use self::tokens::{Place, Tokens};
use super::escape::{escape_text, number};
use super::header::{Column, Declared, IDENTIFIER};
use super::place::COUNTING;
use crate::article::{Article, ByteSpan, LabelId, Layer, Target};
use crate::format::count::Scale;
use crate::format::entry::{WriteOptions, Written};
use crate::format::layers::{is_type, lost_names};
use crate::format::loss::{
    Feature, Losses, has_own_title, labels_of_mentions, labels_of_relations, lost_lines, mention_of,
};
use crate::format::pair::pair;

/// Writes an article. What is on an entity as a whole goes to its first mention.
pub(super) fn write(article: &Article, _: &WriteOptions, losses: &mut Losses) -> Written {
    // Of blank lines one between two sentences is kept, as a gap.
    let blank = Cell::new(true);
    let is_lost = |line: &str| {
        let after_blank = blank.replace(line.trim().is_empty());
        blank.get() && (after_blank || !line.is_empty())
    };
    losses.add(Feature::Spaces, lost_lines(article, is_lost));
    let made = &article.annotations;
    let labels = labels_of_mentions(made).chain(labels_of_relations(made));
    // There is no escape for a CR, and an empty value is none.
    losses.add_labels(labels, |label| !label.is_empty() && !label.contains('\r'));
    // Each layer stays one, but only a type is a name here.
    let fits = |layer: &Layer| !layer.declared.is_empty() || is_type(&layer.name);
    losses.add(Feature::Layers, lost_names(article, fits));
    let plan = plan::plan(&article.annotations);
    let mut sheets: Vec<Declared<'_>> = Vec::new();
    let mut columns = 0;
    for line in &plan.lines {
        if let Some(declared) = Declared::parse(line, columns) {
            columns += declared.columns.len();
            sheets.push(declared);
        }
    }
    let mut book = Book::new(article, &plan, &sheets);
    book.items(losses);
    book.values(losses);
    book.fillers(losses);
    book.numbers();
    book.prune(losses);
    let mut out = String::from("#FORMAT=WebAnno TSV 3.3\n");
    for line in &plan.lines {
        out.push_str(line);
        out.push('\n');
    }
    out.push('\n');
    Rows::new(&book, losses).write(&mut out);
    Written {
        main: out,
        beside: None,
    }
}

/// A mention, or a place between two characters.
#[derive(Debug)]
struct Item<'a> {
    /// Its layer; none for a token, which is not written but may be named.
    sheet: Option<usize>,
    label: LabelId,
    source_id: &'a str,
    span: ByteSpan,
    units: Vec<Place>,
    /// The number by which it is told from others.
    id: Option<u32>,
}

/// What has values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Holder {
    Item(usize),
    Relation(usize),
}

/// All that is to be written, with its places.
struct Book<'a> {
    article: &'a Article,
    plan: &'a Plan,
    sheets: &'a [Declared<'a>],
    tokens: Tokens,
    /// Mentions by their numbers, and behind them what has no words.
    items: Vec<Item<'a>>,
    unplaced: HashMap<u32, usize>,
    values: HashMap<(Holder, String), String>,
    /// The fillers of an item's slots with their roles.
    slots: HashMap<usize, Vec<(String, usize)>>,
    /// Governor and dependent of each relation that is written.
    ties: Vec<Option<(usize, usize)>>,
}

impl<'a> Book<'a> {
    fn new(article: &'a Article, plan: &'a Plan, sheets: &'a [Declared<'a>]) -> Self {
        Self {
            article,
            plan,
            sheets,
            tokens: Tokens::new(article.text.whole()),
            items: Vec::new(),
            unplaced: HashMap::new(),
            values: HashMap::new(),
            slots: HashMap::new(),
            ties: Vec::new(),
        }
    }

    fn items(&mut self, losses: &mut Losses) {
        let made = &self.article.annotations;
        for (at, mention) in made.mentions().iter().enumerate() {
            let (units, whole) = if mention.is_discontinuous() {
                (Vec::new(), true)
            } else {
                self.tokens.units(mention.hull())
            };
            losses.add(Feature::Lines, usize::from(!whole));
            let sheet = self.plan.mentions.get(at).copied().flatten();
            let units = match units.as_slice() {
                // A token by itself is named by one unit, however it is cut here.
                [(token, _), _, ..] if sheet.is_none() => {
                    let span = mention.hull();
                    vec![(*token, Some((span.start(), Reverse(span.end()))))]
                }
                _ => units,
            };
            self.items.push(Item {
                sheet,
                label: mention.label,
                source_id: &mention.source_id,
                span: mention.hull(),
                units,
                id: None,
            });
        }
        let text = self.article.text.whole();
        let mut scale = None;
        for (at, unplaced) in (0u32..).zip(made.unplaced()) {
            let scale = scale.get_or_insert_with(|| Scale::of_text(text, COUNTING));
            let place = point(&unplaced.place).and_then(|at| scale.byte(text, at));
            let sheet = self.plan.unplaced.get(at as usize).copied().flatten();
            let units = place.map(|byte| self.tokens.units(ByteSpan::new(byte, byte)).0);
            let units = units.filter(|units| !units.is_empty());
            let (Some(byte), Some(units), Some(sheet)) = (place, units, sheet) else {
                losses.add(Feature::Unplaced, 1);
                continue;
            };
            self.unplaced.insert(at, self.items.len());
            self.items.push(Item {
                sheet: Some(sheet),
                label: unplaced.label,
                source_id: &unplaced.source_id,
                span: ByteSpan::new(byte, byte),
                units,
                id: None,
            });
        }
    }

    /// The item that stands for a target, if it is written.
    fn item(&self, target: Target) -> Option<usize> {
        let at = match target {
            Target::Unplaced(id) => *self.unplaced.get(&id.0)?,
            target => mention_of(&self.article.annotations, target)?.0 as usize,
        };
        let item = self.items.get(at)?;
        (!item.units.is_empty()).then_some(at)
    }

    fn sheet(&self, holder: Holder) -> Option<&'a Declared<'a>> {
        let sheet = match holder {
            Holder::Item(at) => self.items.get(at)?.sheet,
            Holder::Relation(at) => self.plan.relations.get(at).copied().flatten(),
        };
        self.sheets.get(sheet?)
    }

    fn values(&mut self, losses: &mut Losses) {
        let made = &self.article.annotations;
        let attributes = made.attributes().iter().map(|a| {
            let value = a.value.as_deref().unwrap_or("true");
            (a.target, a.name.as_str(), value, Feature::Attributes)
        });
        let links = made.links().iter();
        let links = links.map(|l| (l.target, IDENTIFIER, l.reference.as_str(), Feature::Links));
        for (target, name, value, feature) in attributes.chain(links) {
            let holder = match target {
                Target::Relation(id) => Some(Holder::Relation(id.0 as usize)),
                target => self.item(target).map(Holder::Item),
            };
            let column = holder.and_then(|holder| {
                let names = self.sheet(holder)?.columns.iter();
                let mut names = names.filter_map(|column| match column {
                    Column::Feature(name) | Column::Link(name) | Column::Role(name) => Some(*name),
                    _ => None,
                });
                let wanted = feature_name(name);
                names.find(|own| *own == name || *own == wanted)
            });
            let (Some(holder), Some(column)) = (holder, column) else {
                losses.add(feature, 1);
                continue;
            };
            match self.values.entry((holder, column.to_owned())) {
                Entry::Occupied(_) => losses.add(feature, 1),
                Entry::Vacant(free) => {
                    free.insert(value.to_owned());
                }
            }
        }
        // A column has the reference alone.
        let titled = made.links().iter();
        let titled = titled.filter(|link| has_own_title(self.article, link));
        losses.add(Feature::Links, titled.count());
    }

    fn fillers(&mut self, losses: &mut Losses) {
        let made = &self.article.annotations;
        for event in made.events() {
            let mut arguments = event.arguments.as_slice();
            let mut host = event.trigger.map(Target::Mention);
            // One whose trigger has no place names it as its first part.
            if let (None, [first, rest @ ..]) = (host, arguments)
                && *first.role == *event.label
            {
                (host, arguments) = (Some(first.target), rest);
            }
            let host = host.and_then(|target| self.item(target));
            let sheet = host.and_then(|at| self.sheet(Holder::Item(at)));
            let free = host.filter(|at| !self.slots.contains_key(at));
            let (Some(host), Some(true)) = (free, sheet.map(|sheet| sheet.slots > 0)) else {
                losses.add(Feature::Events, 1);
                continue;
            };
            let label = self.items.get(host).map(|item| made.label_name(item.label));
            let mut left = usize::from(label != Some(event.label.as_str()));
            let mut fillers = Vec::with_capacity(arguments.len());
            for argument in arguments {
                match self.item(argument.target) {
                    Some(filler) => fillers.push((argument.role.to_string(), filler)),
                    None => left = 1,
                }
            }
            losses.add(Feature::Events, left);
            self.slots.insert(host, fillers);
        }
        for (at, relation) in made.relations().iter().enumerate() {
            let ends = pair(relation).and_then(|[governor, dependent]| {
                self.item(governor.target).zip(self.item(dependent.target))
            });
            let is_planned = self.sheet(Holder::Relation(at)).is_some();
            if relation.arguments.len() == 2 && (ends.is_none() || !is_planned) {
                losses.add(Feature::Relations, 1);
            }
            self.ties.push(ends.filter(|_| is_planned));
        }
    }
}

/// The offset of a place between two characters: `16-16`.
fn point(place: &str) -> Option<u64> {
    let (start, end) = place.split_once('-')?;
    (start == end).then(|| number(start).map(u64::from))?
}

/// A sentence of the file, above its tokens.
fn sentence(text: &str, out: &mut String) {
    out.push_str("\n#Text=");
    escape_text(text, out);
    out.push('\n');
}

/// The number of an item in brackets.
fn bracket(id: Option<u32>, out: &mut String) {
    if let Some(id) = id {
        let _ = write!(out, "[{id}]");
    }
}
