//! The normal form: TSV 3.3 with LF, each line of the text a sentence, offsets counted from 0 with one unit between
//! sentences and two where blank lines stood. Layers that the source declared keep their line; others get one with the
//! features in alphabetical order. Letters and digits of a script with spaces are one token, a Chinese character or a
//! sign is one; spans that part a token have a line of their own below it. Numbers in brackets are kept, and given
//! where a span has several tokens or shares one with another of its layer.

mod plan;
mod rows;
mod tokens;

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use self::plan::{Plan, feature_name};
use self::rows::Rows;
use self::tokens::{Place, Tokens};
use super::escape::{escape_text, number};
use super::header::{ANY, Column, Declared, IDENTIFIER, Sort};
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
                match self.item(argument.target) {
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
                    let ends = (self.item(governor.target), self.item(dependent.target));
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
            let Some((sheet, _)) = sheet.filter(|(_, s)| s.sort == Sort::Span) else {
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
                needed.extend(fillers.iter().map(|(_, filler)| *filler));
            }
        }
        for (at, tie) in self.ties.iter().enumerate() {
            if let Some((governor, dependent)) = tie
                && named_anyhow(self.sheet(Holder::Relation(at)))
            {
                needed.extend([*governor, *dependent]);
            }
        }
        let mut needed: Vec<usize> = needed.into_iter().collect();
        needed.retain(|at| {
            let sheet = self.sheet(Holder::Item(*at));
            sheet.is_some_and(|sheet| sheet.sort == Sort::Span)
        });
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

    /// Leaves out what names something that reading would not find again: of what has no number the first of its
    /// layer, or of all, is found.
    fn prune(&mut self, losses: &mut Losses) {
        let mut first: HashMap<(Option<usize>, Place), usize> = HashMap::new();
        let mut order: Vec<usize> = (0..self.items.len()).collect();
        order.sort_by_key(|at| {
            self.items
                .get(*at)
                .map(|i| (i.sheet, i.span.start(), Reverse(i.span.end())))
        });
        for at in order {
            if let Some(item) = self.items.get(at)
                && let (Some(sheet), Some(unit)) = (item.sheet, item.units.first())
            {
                first.entry((Some(sheet), *unit)).or_insert(at);
                first.entry((None, *unit)).or_insert(at);
            }
        }
        let sheets: HashMap<&str, usize> = self.sheets.iter().map(|s| s.name).zip(0..).collect();
        let is_found = |at: usize, base: &str| {
            let Some(item) = self.items.get(at) else {
                return false;
            };
            let found = |sheet: Option<usize>| {
                let unit = item.units.first();
                unit.is_some_and(|unit| first.get(&(sheet, *unit)) == Some(&at))
            };
            match (item.id, sheets.get(base)) {
                (Some(_), _) => true,
                (None, Some(sheet)) => found(Some(*sheet)),
                (None, None) if ANY.contains(&base) => {
                    let unit = item.units.first();
                    let alone = unit.is_some_and(|unit| !first.contains_key(&(None, *unit)));
                    found(None) || (item.sheet.is_none() && alone)
                }
                (None, None) => item.sheet.is_none(),
            }
        };
        let mut slots: HashMap<usize, Vec<(String, usize)>> = HashMap::new();
        for (host, fillers) in &self.slots {
            let sheet = self.sheet(Holder::Item(*host));
            let kept = fillers.iter().filter(|(role, filler)| {
                let base = sheet.and_then(|sheet| slot(sheet, role));
                base.is_some_and(|base| is_found(*filler, base))
            });
            let kept: Vec<_> = kept.cloned().collect();
            losses.add(Feature::Events, fillers.len() - kept.len());
            slots.insert(*host, kept);
        }
        let ties = self.ties.iter().enumerate().map(|(at, tie)| {
            let base = self.sheet(Holder::Relation(at))?.base;
            tie.filter(|(governor, dependent)| {
                is_found(*governor, base) && is_found(*dependent, base)
            })
        });
        let ties: Vec<_> = ties.collect();
        let before = self.ties.iter().flatten().count();
        losses.add(Feature::Relations, before - ties.iter().flatten().count());
        self.ties = ties;
        self.slots = slots;
    }
}

/// The type of what fills a slot in a role.
fn slot<'a>(sheet: &'a Declared<'_>, role: &str) -> Option<&'a str> {
    let mut before = None;
    sheet.columns.iter().find_map(|column| {
        let role_before = before.replace(column);
        match (role_before, column) {
            (Some(Column::Role(feature)), Column::Filler(base)) => {
                let own = role
                    .strip_prefix(feature)
                    .is_some_and(|r| r.starts_with(':'));
                (own || sheet.slots == 1).then_some(*base)
            }
            _ => None,
        }
    })
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
