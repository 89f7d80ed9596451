//! A search and its hits, which come in little by little.

use super::message::{Hits, Ticket};
use super::ring;
use crate::article::ByteSpan;
use crate::search::{Query, settle};

/// So many hits are looked at one by one.
const MOST_LOOKED_AT: usize = 10_000;

/// A hit that is wanted and not known yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// The nearest one from the origin, in the direction of the search.
    Nearest,
    /// The last one of all, as the article was entered from behind.
    Last,
    /// So many hits on from a byte.
    Step {
        from: Start,
        forwards: bool,
        count: u32,
    },
}

/// Where a step begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// At a hit: it does not count itself.
    Hit(usize),
    /// At a byte: a hit that begins there counts.
    Byte(usize),
}

/// What is known of the hit that was wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// There it is; whether the way went over the end of the text.
    At(ByteSpan, bool),
    /// There is none in the whole text.
    Nowhere,
    /// It is not known yet.
    Later,
}

/// A search in one article.
#[derive(Debug, Clone)]
pub struct Find {
    /// What is searched for.
    pub query: Query,
    /// Whether it goes towards the start.
    pub backwards: bool,
    ticket: Ticket,
    origin: usize,
    hits: Vec<ByteSpan>,
    percent: u8,
    done: bool,
    wanted: Option<Wanted>,
}

impl Find {
    /// A search that has been asked for under `ticket`, beginning at byte `origin`. With `go`, the nearest hit is
    /// wanted.
    #[must_use]
    pub const fn new(
        query: Query,
        backwards: bool,
        ticket: Ticket,
        origin: usize,
        go: bool,
    ) -> Self {
        Self {
            query,
            backwards,
            ticket,
            origin,
            hits: Vec::new(),
            percent: 0,
            done: false,
            wanted: if go { Some(Wanted::Nearest) } else { None },
        }
    }

    /// A search whose hits are known from the start: the mentions of an entity. `query` stands for it in the prompt's
    /// history and in other articles. Of mentions that lie over each other the first and longest stays, as with any hits.
    #[must_use]
    pub fn known(query: Query, ticket: Ticket, mut hits: Vec<ByteSpan>) -> Self {
        settle(&mut hits, |hit| *hit);
        Self {
            hits,
            percent: 100,
            done: true,
            ..Self::new(query, false, ticket, 0, false)
        }
    }

    /// What its answers bear.
    pub(super) const fn ticket(&self) -> Ticket {
        self.ticket
    }

    /// The byte of the text where it begins.
    pub(super) const fn origin(&self) -> usize {
        self.origin
    }

    /// The hits known so far, in the order of the text.
    #[must_use]
    pub fn hits(&self) -> &[ByteSpan] {
        &self.hits
    }

    /// Of the hits known so far those that share a byte with `range`.
    #[must_use]
    pub fn within(&self, range: ByteSpan) -> &[ByteSpan] {
        let from = self.hits.partition_point(|h| h.end() <= range.start());
        let to = self.hits.partition_point(|h| h.start() < range.end());
        self.hits.get(from..to).unwrap_or(&[])
    }

    /// Whether a hit is wanted that is not known yet.
    #[must_use]
    pub const fn is_wanting(&self) -> bool {
        self.wanted.is_some()
    }

    /// Whether the hit that is wanted lies further down.
    #[must_use]
    pub(super) const fn is_wanting_forwards(&self) -> bool {
        match self.wanted {
            Some(Wanted::Step { forwards, .. }) => forwards,
            Some(Wanted::Last) => false,
            _ => !self.backwards,
        }
    }

    /// Wants the last hit of a search that goes backwards from the end of the text.
    pub(super) const fn want_last(&mut self) {
        self.wanted = Some(Wanted::Last);
    }

    /// Whether the last hit of all is wanted.
    #[must_use]
    pub(super) const fn is_wanting_last(&self) -> bool {
        matches!(self.wanted, Some(Wanted::Last))
    }

    /// Whether the whole text has been searched.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.done
    }

    /// How much of the text has been searched, 0 to 100.
    #[must_use]
    pub const fn percent(&self) -> u8 {
        self.percent
    }

    /// The number of a hit, from 1; nothing when it is none, or when hits before it may still be found.
    #[must_use]
    pub fn number_of(&self, hit: ByteSpan) -> Option<usize> {
        let at = self.hits.binary_search(&hit).ok()?;
        self.done.then_some(at + 1)
    }

    /// Whether the span is one of the hits.
    #[must_use]
    pub fn is_hit(&self, span: ByteSpan) -> bool {
        self.hits.binary_search(&span).is_ok()
    }

    /// Whether a part of an answer is of this search.
    #[must_use]
    pub fn answers(&self, part: &Hits) -> bool {
        part.ticket == self.ticket
    }

    /// Takes a part of the answer. What answers another search is dropped, and false returned.
    pub fn take(&mut self, part: Hits) -> bool {
        if part.ticket != self.ticket || self.done {
            return false;
        }
        if let Some(first) = part.hits.first() {
            let at = self.hits.partition_point(|h| h < first);
            self.hits.splice(at..at, part.hits);
        }
        self.percent = part.percent;
        self.done = part.done;
        true
    }

    /// Asks for the hit `count` on from `from`.
    pub fn step(&mut self, from: Start, forwards: bool, count: u32) -> Found {
        self.wanted = Some(Wanted::Step {
            from,
            forwards,
            count: count.max(1),
        });
        self.answer()
    }

    /// Looks for the wanted hit among those known; when it is found, or cannot be, nothing is wanted any more.
    pub fn answer(&mut self) -> Found {
        let found = match self.wanted {
            None => return Found::Later,
            Some(Wanted::Nearest) if self.backwards => {
                self.reach(Start::Hit(self.origin), false, 1)
            }
            Some(Wanted::Nearest) => self.reach(Start::Byte(self.origin), true, 1),
            Some(Wanted::Last) => self.reach(Start::Byte(self.origin), false, 1),
            Some(Wanted::Step {
                from,
                forwards,
                count,
            }) => self.reach(from, forwards, count),
        };
        if found != Found::Later {
            self.wanted = None;
        }
        found
    }

    /// As [`Self::answer`], but where the nearest hit is wanted those that are such go before the others: the nearest of
    /// them on this side of the origin as soon as it is known, one on the other side when all is searched. Any hit will do
    /// when there is none, or too many to look at each. With `patient` it is waited for till then, else only as long as no
    /// hit is known.
    pub(super) fn answer_rather(
        &mut self,
        is_such: impl Fn(ByteSpan) -> bool,
        patient: bool,
    ) -> Found {
        if self.wanted != Some(Wanted::Nearest) || self.hits.len() > MOST_LOOKED_AT {
            return self.answer();
        }
        // What comes in later on this side lies further away.
        let behind = self.hits.partition_point(|hit| hit.start() < self.origin);
        let (before, behind) = self.hits.split_at(behind);
        let is_such = |hit: &&ByteSpan| is_such(**hit);
        let (near, far) = if self.backwards {
            let last = |side: &[ByteSpan]| side.iter().rev().find(is_such).copied();
            (last(before), last(behind))
        } else {
            let first = |side: &[ByteSpan]| side.iter().find(is_such).copied();
            (first(behind), first(before))
        };
        let found = match (near, far) {
            (Some(hit), _) => Found::At(hit, false),
            (None, Some(hit)) if self.done => Found::At(hit, true),
            (None, _) if self.done || !patient => return self.answer(),
            (None, _) => return Found::Later,
        };
        self.wanted = None;
        found
    }

    fn reach(&self, from: Start, forwards: bool, count: u32) -> Found {
        let (at, behind) = match from {
            Start::Hit(at) => (at, self.hits.partition_point(|h| h.start() <= at)),
            Start::Byte(at) => (at, self.hits.partition_point(|h| h.start() < at)),
        };
        let before = self.hits.partition_point(|h| h.start() < at);
        let found = ring::step(self.hits.len(), before, behind, forwards, count)
            .and_then(|(index, round)| Some((*self.hits.get(index)?, round)));
        if self.done {
            return found.map_or(Found::Nowhere, |(hit, round)| Found::At(hit, round));
        }
        // On the other side of the origin hits in between may be missing until all is searched.
        let same_side = |hit: ByteSpan| {
            if forwards {
                (hit.start() >= self.origin) == (at >= self.origin)
            } else {
                (hit.start() < self.origin) == (at <= self.origin)
            }
        };
        match found {
            Some((hit, false)) if same_side(hit) => Found::At(hit, false),
            _ => Found::Later,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(at: usize) -> ByteSpan {
        ByteSpan::new(at, at + 2)
    }

    fn part(hits: &[usize], percent: u8) -> Hits {
        Hits {
            ticket: Ticket(1),
            hits: hits.iter().map(|h| span(*h)).collect(),
            percent,
            done: percent == 100,
        }
    }

    #[test]
    fn the_nearest_hit_is_gone_to_as_soon_as_it_is_known() {
        let mut find = Find::new(Query::default(), false, Ticket(1), 50, true);
        assert_eq!(find.answer(), Found::Later);
        find.take(part(&[], 10));
        assert_eq!(find.answer(), Found::Later);
        find.take(part(&[60, 70], 50));
        assert_eq!(find.answer(), Found::At(span(60), false));
        assert_eq!(
            find.step(Start::Hit(60), true, 1),
            Found::At(span(70), false)
        );
        assert_eq!(find.step(Start::Hit(70), true, 1), Found::Later);
        assert_eq!(find.number_of(span(60)), None);
        find.take(part(&[10, 20], 100));
        assert_eq!(find.answer(), Found::At(span(10), true));
        assert_eq!(find.number_of(span(60)), Some(3));
        assert_eq!(
            find.step(Start::Hit(10), false, 1),
            Found::At(span(70), true)
        );
        assert_eq!(
            find.step(Start::Hit(10), true, 9),
            Found::At(span(20), true)
        );
        assert_eq!(
            find.step(Start::Hit(20), false, 5),
            Found::At(span(10), true)
        );
        assert!(!find.take(part(&[1], 100)));
    }

    #[test]
    fn what_lies_beyond_the_origin_waits_for_all_hits() {
        let mut find = Find::new(Query::default(), true, Ticket(1), 50, true);
        find.take(part(&[30, 40], 20));
        assert_eq!(find.answer(), Found::At(span(40), false));
        find.take(part(&[90], 60));
        assert_eq!(
            find.step(Start::Hit(40), true, 1),
            Found::Later,
            "60 is not known"
        );
        find.take(part(&[60], 100));
        assert_eq!(find.answer(), Found::At(span(60), false));
        assert_eq!(find.within(ByteSpan::new(41, 61)), [span(40), span(60)]);
    }

    #[test]
    fn what_is_rather_wanted_goes_before_what_is_nearer() {
        let is_such = |hit: ByteSpan| hit.start().is_multiple_of(20);
        let answer = |find: &mut Find| find.answer_rather(is_such, true);
        let mut find = Find::new(Query::default(), false, Ticket(1), 50, true);
        find.take(part(&[50], 10));
        assert_eq!(answer(&mut find), Found::Later, "more may come");
        let mut hasty = find.clone();
        assert_eq!(
            hasty.answer_rather(is_such, false),
            Found::At(span(50), false)
        );
        find.take(part(&[70, 80], 50));
        assert_eq!(answer(&mut find), Found::At(span(80), false));
        // Backwards, and on the other side when all is searched.
        let mut find = Find::new(Query::default(), true, Ticket(1), 50, true);
        find.take(part(&[10, 30], 40));
        find.take(part(&[60, 80, 90], 90));
        assert_eq!(answer(&mut find), Found::Later);
        let mut without = Find::new(Query::default(), true, Ticket(1), 50, true);
        without.take(part(&[10, 30, 90], 100));
        assert_eq!(answer(&mut without), Found::At(span(30), false));
        find.take(part(&[], 100));
        assert_eq!(answer(&mut find), Found::At(span(80), true));
        // A step counts every hit.
        assert_eq!(
            find.step(Start::Hit(80), true, 1),
            Found::At(span(90), false)
        );
    }

    #[test]
    fn mentions_that_lie_over_each_other_are_one_hit() {
        let long = ByteSpan::new(10, 60);
        let find = Find::known(Query::default(), Ticket(1), vec![span(80), span(20), long]);
        assert_eq!(find.hits(), [long, span(80)]);
        assert_eq!(find.within(ByteSpan::new(40, 50)), [long], "on a later row");
    }

    #[test]
    fn nothing_is_nowhere_only_when_all_is_searched() {
        let mut find = Find::new(Query::default(), false, Ticket(1), 0, true);
        find.take(part(&[], 100));
        assert_eq!(find.answer(), Found::Nowhere);
    }
}
