//! The lines of tokens, cell by cell.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use super::tokens::{Line, Place};
use super::{Book, Holder, Item, bracket, sentence};
use crate::article::ByteSpan;
use crate::format::loss::{Feature, Losses};
use crate::format::webanno::escape::escape_value;
use crate::format::webanno::header::{Column, Declared, Sort};

/// The chain of an item and its number in it.
type Member = (usize, usize);

pub(super) struct Rows<'b, 'a> {
    book: &'b Book<'a>,
    /// What is on each unit: units in order, each with its items in order.
    units: Vec<(Place, usize)>,
    /// Relations by the first unit of their dependent.
    ties: Vec<(Place, usize)>,
    /// The names of units.
    names: HashMap<Place, String>,
    /// The members of declared chains, and of those that link spans.
    chains: HashMap<usize, Member>,
    same: HashMap<usize, Member>,
}

impl<'b, 'a> Rows<'b, 'a> {
    pub(super) fn new(book: &'b Book<'a>, losses: &mut Losses) -> Self {
        let items = book.items.iter().enumerate();
        let written = items.filter(|(_, item)| item.sheet.is_some());
        let mut units: Vec<(Place, usize)> = written
            .flat_map(|(at, item)| item.units.iter().map(move |unit| (*unit, at)))
            .collect();
        units.sort_unstable_by_key(|(unit, at)| {
            let span = book
                .items
                .get(*at)
                .map(|item| (item.span.start(), Reverse(item.span.end())));
            (*unit, span, *at)
        });
        let dependents = book.ties.iter().enumerate().filter_map(|(at, tie)| {
            let item = book.items.get(tie.as_ref()?.1)?;
            Some((*item.units.first()?, at))
        });
        let mut ties: Vec<(Place, usize)> = dependents.collect();
        ties.sort_unstable();
        let mut rows = Self {
            book,
            units,
            ties,
            names: HashMap::new(),
            chains: HashMap::new(),
            same: HashMap::new(),
        };
        rows.name();
        rows.chains(losses);
        rows
    }

    /// Parts of tokens that are needed, in order, each once.
    fn parts(&self) -> Vec<Place> {
        let ties = self.book.ties.iter().flatten();
        let tied = ties.flat_map(|(governor, dependent)| [*governor, *dependent]);
        let filling = self
            .book
            .slots
            .values()
            .flatten()
            .map(|(_, filler)| *filler);
        let named = tied.chain(filling).filter_map(|at| self.book.items.get(at));
        let named = named.filter_map(|item| item.units.first().copied());
        let mut parts: Vec<Place> = self.units.iter().map(|(unit, _)| *unit).collect();
        parts.extend(named);
        parts.retain(|(_, part)| part.is_some());
        parts.sort_unstable();
        parts.dedup();
        parts
    }

    fn name(&mut self) {
        let parts = self.parts();
        let mut parts = parts.iter().peekable();
        for (sentence, line) in self.book.tokens.lines.iter().enumerate() {
            for token in line.first..line.last {
                let name = format!("{}-{}", sentence + 1, token - line.first + 1);
                let mut number = 1;
                while let Some(part) = parts.next_if(|(of, _)| *of == token) {
                    self.names.insert(*part, format!("{name}.{number}"));
                    number += 1;
                }
                self.names.insert((token, None), name);
            }
        }
    }

    /// Numbers chains in the order of the text.
    fn chains(&mut self, losses: &mut Losses) {
        let book = self.book;
        let made = &book.article.annotations;
        let is_chain = |item: &Item<'_>| {
            let sheet = item.sheet.and_then(|sheet| book.sheets.get(sheet));
            sheet.is_some_and(|sheet| sheet.sort == Sort::Chain)
        };
        let mut groups: Vec<(Vec<usize>, bool)> = Vec::new();
        let mut seen = HashSet::new();
        for entity in made.entities().iter().filter(|e| e.given.is_some()) {
            let mentions = entity.mentions().iter().map(|id| id.0 as usize);
            let written = mentions.filter(|at| {
                let item = book.items.get(*at);
                item.is_some_and(|item| item.sheet.is_some() && !item.units.is_empty())
            });
            let (links, spans): (Vec<usize>, Vec<usize>) =
                written.partition(|at| book.items.get(*at).is_some_and(is_chain));
            // A chain of each sort: where there are both, that they are one is lost.
            let both = !links.is_empty() && !spans.is_empty();
            losses.add(Feature::Entities, usize::from(both));
            seen.extend(links.iter().copied());
            groups.extend((!links.is_empty()).then_some((links, false)));
            groups.extend((spans.len() > 1).then_some((spans, true)));
        }
        for (at, item) in book.items.iter().enumerate() {
            if is_chain(item) && !item.units.is_empty() && !seen.contains(&at) {
                groups.push((vec![at], false));
            }
        }
        groups.sort_by_key(|(members, _)| {
            let first = *members.first()?;
            let item = book.items.get(first)?;
            Some((item.units.first().copied(), item.sheet, first))
        });
        for (chain, (members, same)) in groups.iter().enumerate() {
            let numbers = if *same {
                &mut self.same
            } else {
                &mut self.chains
            };
            for (number, item) in members.iter().enumerate() {
                numbers.insert(*item, (chain + 1, number + 1));
            }
        }
    }

    pub(super) fn write(&self, out: &mut String) {
        let (mut units, mut ties) = (self.units.as_slice(), self.ties.as_slice());
        let parts = self.parts();
        let mut parts = parts.iter().peekable();
        for line in &self.book.tokens.lines {
            sentence(self.book.article.text.slice(line.span), out);
            let mut units16 = Walk {
                byte: line.span.start(),
                units: line.offset,
            };
            for token in line.first..line.last {
                let mut next = Some((token, None));
                while let Some(unit) = next {
                    let on = take(&mut units, unit);
                    let tied = take(&mut ties, unit);
                    self.row(line, unit, on, tied, &mut units16, out);
                    next = parts.next_if(|(of, _)| *of == token).copied();
                }
            }
        }
    }

    fn row(
        &self,
        line: &Line,
        unit: Place,
        on: &[(Place, usize)],
        tied: &[(Place, usize)],
        walk: &mut Walk,
        out: &mut String,
    ) {
        let text = self.book.article.text.whole();
        let span = match unit {
            (_, Some((start, Reverse(end)))) => ByteSpan::new(start, end),
            (token, None) => match self.book.tokens.spans.get(token) {
                Some(span) => *span,
                None => return,
            },
        };
        let name = self.names.get(&unit).map_or("", String::as_str);
        let start = walk.to(text, line, span.start());
        let end = start + self.book.article.text.slice(span).encode_utf16().count();
        let _ = write!(out, "{name}\t{start}-{end}\t");
        let word = self.book.article.text.slice(span);
        if word.contains(['\t', '\n', '\r']) {
            escape_value(word, out);
        } else {
            out.push_str(word);
        }
        out.push('\t');
        for (sheet, declared) in self.book.sheets.iter().enumerate() {
            if Some(sheet) == self.book.plan.same {
                self.links(declared, on, out);
            } else if declared.sort == Sort::Relation {
                let ties = tied.iter().map(|(_, tie)| *tie);
                let own =
                    ties.filter(|tie| self.book.plan.relations.get(*tie) == Some(&Some(sheet)));
                let own: Vec<usize> = own.collect();
                self.cells(declared, &own, out, |column, at, out| {
                    self.tie(declared, column, at, out)
                });
            } else {
                let of =
                    |item: &usize| self.book.items.get(*item).and_then(|i| i.sheet) == Some(sheet);
                let own: Vec<usize> = on.iter().map(|(_, item)| *item).filter(of).collect();
                self.cells(declared, &own, out, |column, at, out| {
                    self.item(declared, column, at, out)
                });
            }
        }
        out.push('\n');
    }

    /// The cells of one layer: what is stacked parted by strokes.
    fn cells(
        &self,
        declared: &Declared<'_>,
        own: &[usize],
        out: &mut String,
        write: impl Fn(usize, usize, &mut String),
    ) {
        for column in 0..declared.columns.len() {
            if own.is_empty() {
                out.push('_');
            }
            for (number, at) in own.iter().enumerate() {
                if number > 0 {
                    out.push('|');
                }
                write(column, *at, out);
            }
            out.push('\t');
        }
    }

    /// Links between spans of other layers.
    fn links(&self, declared: &Declared<'_>, on: &[(Place, usize)], out: &mut String) {
        let items = on.iter().map(|(_, item)| *item);
        let own: Vec<usize> = items.filter(|item| self.same.contains_key(item)).collect();
        self.cells(declared, &own, out, |column, at, out| {
            let (chain, number) = self.same.get(&at).copied().unwrap_or_default();
            if column == 0 {
                let _ = write!(out, "*->{chain}-{number}");
            } else {
                let made = &self.book.article.annotations;
                let label = self
                    .book
                    .items
                    .get(at)
                    .map_or("", |item| made.label_name(item.label));
                value(Some(label), out);
                let _ = write!(out, "[{chain}]");
            }
        });
    }

    fn item(&self, declared: &Declared<'_>, column: usize, at: usize, out: &mut String) {
        let Some(item) = self.book.items.get(at) else {
            return;
        };
        let label = self.book.article.annotations.label_name(item.label);
        let label = (label != declared.short()).then_some(label);
        let of = |name: &str| {
            let key = (Holder::Item(at), name.to_owned());
            self.book.values.get(&key).map(String::as_str)
        };
        match declared.columns.get(column) {
            Some(Column::Feature(_)) if declared.main == Some(column) => value(label, out),
            Some(Column::Feature(name)) => value(of(name), out),
            Some(Column::Role(name)) => self.slots(declared, name, at, false, out),
            Some(Column::Filler(_)) => {
                let before = column.checked_sub(1).and_then(|c| declared.columns.get(c));
                if let Some(Column::Role(name)) = before {
                    self.slots(declared, name, at, true, out);
                }
                return;
            }
            Some(Column::Link(name)) => {
                let (chain, number) = self.chains.get(&at).copied().unwrap_or_default();
                value(of(name), out);
                let _ = write!(out, "->{chain}-{number}");
                return;
            }
            Some(Column::Member(_)) => {
                let (chain, _) = self.chains.get(&at).copied().unwrap_or_default();
                value(label, out);
                let _ = write!(out, "[{chain}]");
                return;
            }
            Some(Column::Placeholder | Column::Base(_)) | None => out.push('*'),
        }
        bracket(item.id, out);
    }

    /// The roles of a slot feature, or what plays them.
    fn slots(
        &self,
        declared: &Declared<'_>,
        name: &str,
        at: usize,
        fillers: bool,
        out: &mut String,
    ) {
        let all = self.book.slots.get(&at).map_or(&[][..], Vec::as_slice);
        let prefix = format!("{name}:");
        let own = all
            .iter()
            .filter_map(|(role, filler)| match declared.slots {
                0 | 1 => Some((role.as_str(), filler)),
                _ => Some((role.strip_prefix(&prefix)?, filler)),
            });
        let mut written = false;
        for (role, filler) in own {
            if written {
                out.push(';');
            }
            written = true;
            if fillers {
                self.reference(*filler, out);
                bracket(self.book.items.get(*filler).and_then(|item| item.id), out);
            } else {
                value(Some(role).filter(|role| *role != name), out);
            }
        }
        if !written {
            out.push(if fillers { '*' } else { '_' });
        }
    }

    /// The name of an item's first unit.
    fn reference(&self, item: usize, out: &mut String) {
        let first = self
            .book
            .items
            .get(item)
            .and_then(|item| item.units.first());
        out.push_str(
            first
                .and_then(|unit| self.names.get(unit))
                .map_or("", String::as_str),
        );
    }

    fn tie(&self, declared: &Declared<'_>, column: usize, at: usize, out: &mut String) {
        let relation = self.book.article.annotations.relations().get(at);
        let (Some(relation), Some(Some((governor, dependent)))) =
            (relation, self.book.ties.get(at))
        else {
            return;
        };
        match declared.columns.get(column) {
            Some(Column::Feature(_)) if declared.main == Some(column) => {
                let label = relation.label.as_str();
                value((label != declared.short()).then_some(label), out);
            }
            Some(Column::Feature(name)) => {
                let key = (Holder::Relation(at), (*name).to_owned());
                value(self.book.values.get(&key).map(String::as_str), out);
            }
            Some(Column::Base(_)) => {
                let id = |item: usize| self.book.items.get(item).and_then(|item| item.id);
                let to = id(*dependent);
                let from = id(*governor);
                self.reference(*governor, out);
                if from.is_some() || to.is_some() {
                    let (from, to) = (from.unwrap_or(0), to.unwrap_or(0));
                    let _ = write!(out, "[{from}_{to}]");
                }
            }
            _ => out.push('*'),
        }
    }
}

/// A value, or the sign for none.
fn value(said: Option<&str>, out: &mut String) {
    match said {
        Some(said) if !said.is_empty() => escape_value(said, out),
        _ => out.push('*'),
    }
}

/// Takes what is on a unit off the front.
fn take<'t>(from: &mut &'t [(Place, usize)], unit: Place) -> &'t [(Place, usize)] {
    let count = from.iter().take_while(|(at, _)| *at == unit).count();
    let (own, rest) = from.split_at(count);
    *from = rest;
    own
}

/// A place of the line, in bytes of the text and units of the document; it goes on with the tokens.
struct Walk {
    byte: usize,
    units: usize,
}

impl Walk {
    fn to(&mut self, text: &str, line: &Line, byte: usize) -> usize {
        let between = |from: usize, to: usize| {
            let part = text.get(from..to).unwrap_or("");
            part.encode_utf16().count()
        };
        if byte < line.span.start() {
            return line.offset;
        }
        if byte >= self.byte {
            self.units += between(self.byte, byte);
        } else {
            self.units -= between(byte, self.byte);
        }
        self.byte = byte;
        self.units
    }
}
