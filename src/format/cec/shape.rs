//! Which events and mentions can be elements, and to which event each belongs: an element is part of one event at most,
//! and lies within one line.

use std::cmp::Reverse;

use super::super::xml::{nest, trimmed};
use super::DENOTER;
use super::read::is_denoter;
use crate::article::{Annotations, Article, Target};

/// Bytes of the text.
type Span = (usize, usize);

/// So many times at most it is looked whether all fits.
const TURNS: usize = 64;

/// What becomes an element, by its number in the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    Mention(usize),
    Event(usize),
}

/// The elements of an article.
pub(super) struct Shape<'a> {
    /// In the order of their start tags; they nest.
    pub(super) items: Vec<(Item, Span)>,
    /// The event of each mention, and its role there.
    pub(super) owners: Vec<Option<(usize, &'a str)>>,
    /// The event around each event, and its role there.
    pub(super) parents: Vec<Option<(usize, &'a str)>>,
    /// The mention that is read as the trigger of each event: its first denoter.
    pub(super) triggers: Vec<Option<usize>>,
    /// Events and parts of them that cannot be written.
    pub(super) lost: usize,
    /// Mentions that go over line ends, which are cut off or go.
    pub(super) torn: usize,
}

impl<'a> Shape<'a> {
    pub(super) fn new(article: &'a Article) -> Self {
        let made = &article.annotations;
        let line = |span: Span| {
            let blocks = article.text.blocks();
            let at = blocks.partition_point(|block| block.span.start() <= span.0);
            let block = at.checked_sub(1).and_then(|at| blocks.get(at));
            block.is_some_and(|block| span.1 <= block.span.end())
        };
        let mut torn = 0;
        let mut spans: Vec<Option<Span>> = made
            .mentions()
            .iter()
            .map(|mention| {
                if mention.is_discontinuous() {
                    return None;
                }
                let hull = mention.hull();
                let span = trimmed(&article.text, hull).filter(|span| line(*span));
                torn += usize::from(span != Some((hull.start(), hull.end())));
                span
            })
            .collect();
        let mut shape = Self {
            items: Vec::new(),
            owners: vec![None; spans.len()],
            parents: vec![None; made.events().len()],
            triggers: vec![None; made.events().len()],
            lost: 0,
            torn,
        };
        apart(&mut spans);
        shape.belong(made, &spans);
        shape.part_rings();
        // An event that is taken out leaves others narrower; hostile files end this sooner, without events.
        let mut barred = vec![false; made.events().len()];
        for turn in 0..=TURNS {
            if turn == TURNS {
                barred.fill(true);
            }
            let (order, hulls) = shape.hulls(&spans, &barred, line);
            let crossing = shape.arrange(&spans, &order, &hulls);
            for event in &crossing {
                if let Some(slot) = barred.get_mut(*event) {
                    *slot = true;
                }
            }
            if !shape.part() && crossing.is_empty() {
                break;
            }
        }
        for (item, _) in &shape.items {
            if let Item::Mention(index) = item
                && let Some((event, role)) = shape.owners.get(*index).copied().flatten()
                && is_denoter(role)
                && let Some(slot) = shape.triggers.get_mut(event)
            {
                slot.get_or_insert(*index);
            }
        }
        let written = shape
            .items
            .iter()
            .filter(|(item, _)| matches!(item, Item::Event(_)));
        shape.lost += made.events().len() - written.count();
        shape
    }

    /// Says to which event everything belongs; the first that names it has it.
    fn belong(&mut self, made: &'a Annotations, spans: &[Option<Span>]) {
        for (index, event) in made.events().iter().enumerate() {
            let trigger = event.trigger.map(|t| (DENOTER, Target::Mention(t)));
            let arguments = event.arguments.iter().map(|a| (&*a.role, a.target));
            for (role, target) in trigger.into_iter().chain(arguments) {
                let slot = match target {
                    Target::Mention(id)
                        if spans.get(id.0 as usize).is_some_and(Option::is_some) =>
                    {
                        self.owners.get_mut(id.0 as usize)
                    }
                    Target::Event(id) if id.0 as usize != index => {
                        self.parents.get_mut(id.0 as usize)
                    }
                    _ => None,
                };
                match slot.filter(|slot| slot.is_none() && !role.is_empty()) {
                    Some(slot) => *slot = Some((index, role)),
                    None => self.lost += 1,
                }
            }
        }
    }

    /// Takes events out of what they would lie within themselves.
    fn part_rings(&mut self) {
        let mut seen = vec![0usize; self.parents.len()];
        for start in 0..self.parents.len() {
            let mut at = start;
            while let Some(slot) = seen.get_mut(at).filter(|slot| **slot == 0) {
                *slot = start + 1;
                match self.parents.get(at).copied().flatten() {
                    Some((next, _)) if seen.get(next) == Some(&(start + 1)) => {
                        if let Some(parent) = self.parents.get_mut(at) {
                            *parent = None;
                        }
                        self.lost += 1;
                    }
                    Some((next, _)) => at = next,
                    None => {}
                }
            }
        }
    }

    /// The place of each event in an order in which it stands before those in it, and from where to where its parts
    /// reach; nothing for one that cannot be written.
    fn hulls(
        &self,
        spans: &[Option<Span>],
        barred: &[bool],
        line: impl Fn(Span) -> bool,
    ) -> (Vec<usize>, Vec<Option<Span>>) {
        let count = self.parents.len();
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); count];
        let mut next: Vec<usize> = Vec::new();
        for (index, parent) in self.parents.iter().enumerate().rev() {
            match parent.and_then(|(parent, _)| children.get_mut(parent)) {
                Some(list) => list.push(index),
                None => next.push(index),
            }
        }
        let mut events: Vec<usize> = Vec::with_capacity(count);
        let mut order = vec![0; count];
        while let Some(event) = next.pop() {
            if let Some(slot) = order.get_mut(event) {
                *slot = events.len();
            }
            events.push(event);
            next.extend(children.get(event).map_or(&[][..], Vec::as_slice));
        }
        let mut hulls: Vec<Option<Span>> = vec![None; count];
        for (owner, span) in self.owners.iter().zip(spans) {
            if let (Some((event, _)), Some(span)) = (owner, span) {
                widen(&mut hulls, *event, *span);
            }
        }
        for event in events.iter().rev().copied() {
            let hull = hulls.get(event).copied().flatten();
            let hull = hull.filter(|hull| line(*hull) && barred.get(event) == Some(&false));
            if let Some(slot) = hulls.get_mut(event) {
                *slot = hull;
            }
            if let (Some(hull), Some((parent, _))) =
                (hull, self.parents.get(event).copied().flatten())
            {
                widen(&mut hulls, parent, hull);
            }
        }
        (order, hulls)
    }

    /// Puts what there is in the order of the text: outer events before their parts, these before inner events. The
    /// events that cross something.
    fn arrange(
        &mut self,
        spans: &[Option<Span>],
        order: &[usize],
        hulls: &[Option<Span>],
    ) -> Vec<usize> {
        let place = |event: usize| 2 * order.get(event).copied().unwrap_or(0);
        let mentions = spans.iter().enumerate().filter_map(|(index, span)| {
            let owner = self.owners.get(index).copied().flatten();
            let place = owner.map_or(0, |(event, _)| place(event) + 2);
            Some(((*span)?, place, Item::Mention(index)))
        });
        let events = hulls.iter().enumerate();
        let events = events
            .filter_map(|(index, hull)| Some(((*hull)?, place(index) + 1, Item::Event(index))));
        let mut all: Vec<(Span, usize, Item)> = mentions.chain(events).collect();
        all.sort_by_key(|((start, end), place, item)| {
            let number = match item {
                Item::Mention(number) | Item::Event(number) => *number,
            };
            (*start, Reverse(*end), *place, number)
        });
        let mut crossing = Vec::new();
        let mut open: Vec<(usize, Item)> = Vec::new();
        self.items.clear();
        for (span, _, item) in all {
            while open.last().is_some_and(|(end, _)| *end <= span.0) {
                open.pop();
            }
            // Of a mention and an event that cross each other the event goes.
            while let Some((_, Item::Event(event))) = open
                .last()
                .filter(|(end, _)| *end < span.1 && matches!(item, Item::Mention(_)))
            {
                crossing.push(*event);
                open.pop();
            }
            match item {
                Item::Event(event) if open.last().is_some_and(|(end, _)| *end < span.1) => {
                    crossing.push(event);
                }
                _ => {
                    open.push((span.1, item));
                    self.items.push((item, span));
                }
            }
        }
        crossing
    }

    /// Takes what does not lie right in its event out of it; whether there was any.
    fn part(&mut self) -> bool {
        let mut changed = false;
        // The events that are open, with their ends.
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (item, (start, end)) in &self.items {
            while open.last().is_some_and(|(_, last)| last <= start) {
                open.pop();
            }
            let around = open.last().map(|(event, _)| *event);
            let slot = match item {
                Item::Mention(index) => self.owners.get_mut(*index),
                Item::Event(index) => {
                    open.push((*index, *end));
                    self.parents.get_mut(*index)
                }
            };
            let elsewhere =
                |slot: &Option<(usize, &str)>| slot.is_some_and(|(event, _)| around != Some(event));
            if let Some(slot) = slot.filter(|slot| elsewhere(slot)) {
                *slot = None;
                self.lost += 1;
                changed = true;
            }
        }
        changed
    }
}

/// Takes out mentions that cross an earlier one.
fn apart(spans: &mut [Option<Span>]) {
    let mut order: Vec<(usize, Span)> = spans
        .iter()
        .enumerate()
        .filter_map(|(n, span)| Some((n, (*span)?)))
        .collect();
    order.sort_by_key(|(number, (start, end))| (*start, Reverse(*end), *number));
    let sorted: Vec<Span> = order.iter().map(|(_, span)| *span).collect();
    for ((number, _), fits) in order.iter().zip(nest(&sorted)) {
        if let Some(slot) = spans.get_mut(*number).filter(|_| !fits) {
            *slot = None;
        }
    }
}

fn widen(hulls: &mut [Option<Span>], event: usize, span: Span) {
    if let Some(slot) = hulls.get_mut(event) {
        let (start, end) = slot.unwrap_or(span);
        *slot = Some((start.min(span.0), end.max(span.1)));
    }
}
