//! Numbers in brackets, and whether what is named by them or by a token alone is found again.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::tokens::Place;
use super::{Book, Holder};
use crate::format::loss::{Feature, Losses};
use crate::format::webanno::escape::number;
use crate::format::webanno::header::{ANY, Column, Declared, Sort};

impl Book<'_> {
    /// Gives numbers: its own to what had one in the source, new ones to what needs one.
    pub(super) fn numbers(&mut self) {
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
    pub(super) fn prune(&mut self, losses: &mut Losses) {
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
