//! The normal form: TSV 3.3 with LF, each line of the text a sentence, offsets counted from 0 with one unit between
//! sentences and two where blank lines stood. Layers that the source declared keep their line; others get one with the
//! features in alphabetical order. Letters and digits of a script with spaces are one token, a Chinese character or a
//! sign is one; spans that part a token have a line of their own below it. Numbers in brackets are kept, and given
//! where a span has several tokens or shares one with another of its layer.

mod plan;
mod rows;
mod tokens;

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use self::plan::{Plan, feature_name};
use self::rows::Rows;
use self::tokens::{Place, Tokens};
use super::body::key;
use super::escape::{escape_text, number, suffix};
use super::header::{ANY, Column, Declared, IDENTIFIER};
use super::place::COUNTING;
use crate::article::{Article, ByteSpan, LabelId, Target};
use crate::format::count::Scale;
use crate::format::entry::{WriteOptions, Written};
use crate::format::loss::{Feature, Losses, mention_of};

/// Writes an article. What is on an entity as a whole goes to its first mention.
pub(super) fn write(article: &Article, _: &WriteOptions, losses: &mut Losses) -> Written {
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

/// What fills a slot.
#[derive(Debug, Clone)]
enum Filler<'a> {
    Item(usize),
    /// What was named and is not there, in the words of the source.
    Lost(&'a str),
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
    slots: HashMap<usize, Vec<(String, Filler<'a>)>>,
    /// Governor and dependent of each relation that is written.
    ties: Vec<Option<(Filler<'a>, usize)>>,
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
            self.items.push(Item {
                sheet: self.plan.mentions.get(at).copied().flatten(),
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
            let (Some(byte), Some(units), Some(sheet)) = (place, units, sheet) else {
                // What was named and is not there is written where it is named.
                losses.add(
                    Feature::Unplaced,
                    usize::from(lost(&unplaced.place).is_none()),
                );
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

    fn filler(&self, target: Target) -> Option<Filler<'a>> {
        if let Some(item) = self.item(target) {
            return Some(Filler::Item(item));
        }
        let Target::Unplaced(id) = target else {
            return None;
        };
        let unplaced = self.article.annotations.unplaced_of(id)?;
        lost(&unplaced.place).map(Filler::Lost)
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
            let key = (holder, column.to_owned());
            if self.values.contains_key(&key) {
                losses.add(feature, 1);
            } else {
                self.values.insert(key, value.to_owned());
            }
        }
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
                match self.filler(argument.target) {
                    Some(filler) => fillers.push((argument.role.to_string(), filler)),
                    None => left = 1,
                }
            }
            losses.add(Feature::Events, left);
            self.slots.insert(host, fillers);
        }
        for (at, relation) in made.relations().iter().enumerate() {
            let ends = match relation.arguments.as_slice() {
                [governor, dependent] => {
                    let ends = (self.filler(governor.target), self.item(dependent.target));
                    ends.0.zip(ends.1)
                }
                _ => None,
            };
            let is_planned = self.sheet(Holder::Relation(at)).is_some();
            if relation.arguments.len() == 2 && (ends.is_none() || !is_planned) {
                losses.add(Feature::Relations, 1);
            }
            self.ties.push(ends.filter(|_| is_planned));
        }
    }

    /// Gives numbers: its own to what had one in the source, new ones to what needs one.
    fn numbers(&mut self) {
        let mut needed: HashSet<usize> = HashSet::new();
        let mut holders: HashMap<(usize, Place), usize> = HashMap::new();
        for (at, item) in self.items.iter().enumerate() {
            let sheet = item
                .sheet
                .and_then(|sheet| Some((sheet, self.sheets.get(sheet)?)));
            let Some((sheet, _)) = sheet.filter(|(_, s)| s.sort == super::header::Sort::Span)
            else {
                continue;
            };
            if item.units.len() > 1 || own(item.source_id).is_some() {
                needed.insert(at);
            }
            for unit in &item.units {
                if let Some(other) = holders.insert((sheet, *unit), at) {
                    needed.extend([at, other]);
                }
            }
        }
        let named_anyhow = |sheet: Option<&Declared<'_>>| {
            let mut columns = sheet.into_iter().flat_map(|sheet| &sheet.columns);
            columns.any(
                |c| matches!(c, Column::Filler(base) | Column::Base(base) if ANY.contains(base)),
            )
        };
        for (host, fillers) in &self.slots {
            if named_anyhow(self.sheet(Holder::Item(*host))) {
                needed.extend(fillers.iter().filter_map(|(_, filler)| match filler {
                    Filler::Item(at) => Some(*at),
                    Filler::Lost(_) => None,
                }));
            }
        }
        for (at, tie) in self.ties.iter().enumerate() {
            if let Some((governor, dependent)) = tie
                && named_anyhow(self.sheet(Holder::Relation(at)))
            {
                needed.insert(*dependent);
                if let Filler::Item(governor) = governor {
                    needed.insert(*governor);
                }
            }
        }
        let mut needed: Vec<usize> = needed.into_iter().collect();
        needed.retain(|at| self.items.get(*at).is_some_and(|item| item.sheet.is_some()));
        needed.sort_unstable_by_key(|at| (self.items.get(*at).and_then(|i| i.sheet), *at));
        let mut taken: HashSet<u32> = HashSet::new();
        for at in &needed {
            if let Some(item) = self.items.get_mut(*at) {
                item.id = own(item.source_id).filter(|id| taken.insert(*id));
            }
        }
        let mut next = 1;
        for at in needed {
            if let Some(item) = self.items.get_mut(at).filter(|item| item.id.is_none()) {
                while !taken.insert(next) {
                    next += 1;
                }
                item.id = Some(next);
            }
        }
    }
}

/// The number that a mention had in such a file.
fn own(source_id: &str) -> Option<u32> {
    number(source_id).filter(|id| *id > 0 && !source_id.starts_with('0'))
}

/// The offset of a place between two characters: `16-16`.
fn point(place: &str) -> Option<u64> {
    let (start, end) = place.split_once('-')?;
    (start == end).then(|| number(start).map(u64::from))?
}

/// A name of a token that led nowhere: `1-99`, `1-2[7]`.
fn lost(place: &str) -> Option<&str> {
    let (unit, id) = suffix(place);
    let fits = id.is_none_or(|id| number(id).is_some());
    (fits && key(unit).is_some() && point(place).is_none()).then_some(place)
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
