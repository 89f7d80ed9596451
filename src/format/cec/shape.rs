//! Which events and mentions can be elements, and to which event each belongs: an element is part of one event at most,
//! and lies within one line.

use std::cmp::Reverse;

use super::super::xml::nest;
use super::DENOTER;
use crate::article::{Annotations, Article, Target};

/// Bytes of the text.
type Span = (usize, usize);

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
    /// Events and parts of them that cannot be written.
    pub(super) lost: usize,
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
        let spans: Vec<Option<Span>> = made
            .mentions()
            .iter()
            .map(|mention| {
                let hull = mention.hull();
                let span = (hull.start(), hull.end());
                (!mention.is_discontinuous() && line(span)).then_some(span)
            })
            .collect();
        let mut shape = Self {
            items: Vec::new(),
            owners: vec![None; spans.len()],
            parents: vec![None; made.events().len()],
            lost: 0,
        };
        shape.belong(made, &spans);
        shape.part_rings();
        let (depths, hulls) = shape.hulls(&spans, line);
        shape.arrange(&spans, &depths, &hulls);
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

    /// How deep each event lies, and from where to where its parts reach; nothing for one that cannot be written.
    fn hulls(
        &mut self,
        spans: &[Option<Span>],
        line: impl Fn(Span) -> bool,
    ) -> (Vec<usize>, Vec<Option<Span>>) {
        let count = self.parents.len();
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); count];
        let mut order: Vec<usize> = Vec::with_capacity(count);
        for (index, parent) in self.parents.iter().enumerate() {
            match parent.and_then(|(parent, _)| children.get_mut(parent)) {
                Some(list) => list.push(index),
                None => order.push(index),
            }
        }
        let mut depths = vec![0; count];
        let mut next = 0;
        while let Some(event) = order.get(next).copied() {
            next += 1;
            let depth = depths.get(event).copied().unwrap_or(0) + 1;
            for child in children.get(event).map_or(&[][..], Vec::as_slice) {
                if let Some(slot) = depths.get_mut(*child) {
                    *slot = depth;
                }
                order.push(*child);
            }
        }
        let mut hulls: Vec<Option<Span>> = vec![None; count];
        for (owner, span) in self.owners.iter().zip(spans) {
            if let (Some((event, _)), Some(span)) = (owner, span) {
                widen(&mut hulls, *event, *span);
            }
        }
        for event in order.iter().rev().copied() {
            let hull = hulls
                .get(event)
                .copied()
                .flatten()
                .filter(|hull| line(*hull));
            if let Some(slot) = hulls.get_mut(event) {
                *slot = hull;
            }
            match (hull, self.parents.get(event).copied().flatten()) {
                (Some(hull), Some((parent, _))) => widen(&mut hulls, parent, hull),
                (Some(_), None) => {}
                (None, _) => self.lost += 1,
            }
        }
        (depths, hulls)
    }

    /// Puts what nests in the order of the text: outer events before their parts, these before inner events.
    fn arrange(&mut self, spans: &[Option<Span>], depths: &[usize], hulls: &[Option<Span>]) {
        let depth = |event: usize| 2 * depths.get(event).copied().unwrap_or(0);
        let mentions = spans.iter().enumerate().filter_map(|(index, span)| {
            let owner = self.owners.get(index).copied().flatten();
            let deep = owner.map_or(0, |(event, _)| depth(event) + 2);
            Some(((*span)?, deep, Item::Mention(index)))
        });
        let events = hulls.iter().enumerate();
        let events = events
            .filter_map(|(index, hull)| Some(((*hull)?, depth(index) + 1, Item::Event(index))));
        let mut all: Vec<(Span, usize, Item)> = mentions.chain(events).collect();
        all.sort_by_key(|((start, end), deep, item)| {
            let number = match item {
                Item::Mention(number) | Item::Event(number) => *number,
            };
            (*start, Reverse(*end), *deep, number)
        });
        let sorted: Vec<Span> = all.iter().map(|(span, ..)| *span).collect();
        for ((span, _, item), fits) in all.into_iter().zip(nest(&sorted)) {
            match (fits, item) {
                (true, item) => self.items.push((item, span)),
                (false, Item::Event(_)) => self.lost += 1,
                (false, Item::Mention(index)) => {
                    let owned = self.owners.get(index).is_some_and(Option::is_some);
                    self.lost += usize::from(owned);
                }
            }
        }
    }
}

fn widen(hulls: &mut [Option<Span>], event: usize, span: Span) {
    if let Some(slot) = hulls.get_mut(event) {
        let (start, end) = slot.unwrap_or(span);
        *slot = Some((start.min(span.0), end.max(span.1)));
    }
}
