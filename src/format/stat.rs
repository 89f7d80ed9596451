//! What articles hold, counted.

use std::collections::BTreeMap;

use serde::Serialize;

use super::geometry::lies;
use crate::article::{Article, Diagnostic};

/// Counts over one article or many.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Stat {
    /// Articles.
    pub articles: u64,
    /// Code points of the texts, with line ends as LF and without byte order marks; what readers put between tokens
    /// and sentences is not counted.
    pub chars: u64,
    /// Lines of the texts that are not blank.
    pub blocks: u64,
    /// Mentions that have a place, triggers of events among them.
    pub mentions: u64,
    /// The same by label.
    pub labels: BTreeMap<String, u64>,
    /// The same by kind.
    pub kinds: BTreeMap<String, u64>,
    /// What the sources say to be one: groups of mentions, entries with names.
    pub entities: u64,
    /// Relations.
    pub relations: u64,
    /// Events.
    pub events: u64,
    /// Attributes.
    pub attributes: u64,
    /// Notes.
    pub notes: u64,
    /// Mentions of two fragments or more.
    pub discontinuous: u64,
    /// Mentions that lie within another of the same layer.
    pub nested: u64,
    /// Mentions that overlap another of the same layer, neither within the other.
    pub overlapping: u64,
    /// Mentions without a place.
    pub unplaced: u64,
    /// What is wrong, by code.
    pub problems: BTreeMap<String, u64>,
}

impl Stat {
    /// Counts an article.
    #[must_use]
    pub fn of(article: &Article) -> Self {
        let mut stat = Self::default();
        stat.count(article);
        stat
    }

    /// Counts one more article.
    pub fn count(&mut self, article: &Article) {
        let made = &article.annotations;
        let points = points_of(article.text.whole());
        self.articles += 1;
        self.chars += points.saturating_sub(article.form.added.into());
        self.blocks += article.text.blocks().len() as u64;
        self.mentions += made.mentions().len() as u64;
        let given = made.entities().iter().filter(|e| e.given.is_some());
        self.entities += given.count() as u64;
        self.relations += made.relations().len() as u64;
        self.events += made.events().len() as u64;
        self.attributes += made.attributes().len() as u64;
        self.notes += made.notes().len() as u64;
        self.unplaced += made.unplaced().len() as u64;
        let mut by_label = vec![0u64; made.labels().len()];
        for mention in made.mentions() {
            if let Some(count) = by_label.get_mut(mention.label.0 as usize) {
                *count += 1;
            }
        }
        for (label, count) in made.labels().iter().zip(by_label) {
            if count > 0 {
                add(&mut self.labels, &label.name, count);
                add(&mut self.kinds, label.kind.name(), count);
            }
        }
        for (mention, lie) in made.mentions().iter().zip(lies(made.mentions())) {
            self.discontinuous += u64::from(mention.is_discontinuous());
            self.nested += u64::from(lie.within);
            self.overlapping += u64::from(lie.crossing);
        }
        self.add_problems(&article.diagnostics);
    }

    /// Counts what is wrong.
    pub fn add_problems(&mut self, found: &[Diagnostic]) {
        for diagnostic in found {
            add(&mut self.problems, diagnostic.code, diagnostic.times.into());
        }
    }

    /// Adds other counts to these.
    pub fn join(&mut self, other: &Self) {
        let Self {
            articles,
            chars,
            blocks,
            mentions,
            labels,
            kinds,
            entities,
            relations,
            events,
            attributes,
            notes,
            discontinuous,
            nested,
            overlapping,
            unplaced,
            problems,
        } = other;
        for (own, other) in [
            (&mut self.articles, articles),
            (&mut self.chars, chars),
            (&mut self.blocks, blocks),
            (&mut self.mentions, mentions),
            (&mut self.entities, entities),
            (&mut self.relations, relations),
            (&mut self.events, events),
            (&mut self.attributes, attributes),
            (&mut self.notes, notes),
            (&mut self.discontinuous, discontinuous),
            (&mut self.nested, nested),
            (&mut self.overlapping, overlapping),
            (&mut self.unplaced, unplaced),
        ] {
            *own += other;
        }
        for (own, other) in [
            (&mut self.labels, labels),
            (&mut self.kinds, kinds),
            (&mut self.problems, problems),
        ] {
            for (name, count) in other {
                add(own, name, *count);
            }
        }
    }
}

fn add(counts: &mut BTreeMap<String, u64>, name: &str, count: u64) {
    match counts.get_mut(name) {
        Some(known) => *known += count,
        None => {
            counts.insert(name.to_owned(), count);
        }
    }
}

/// Code points: bytes that continue none.
fn points_of(text: &str) -> u64 {
    text.bytes().filter(|b| b & 0xC0 != 0x80).count() as u64
}
