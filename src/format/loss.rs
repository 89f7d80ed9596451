//! What articles have that not every format can carry, and what a writer leaves out.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;

use super::alike::{name, surface};
use super::geometry::{Lie, lies};
use super::layers::telling;
use super::pair::is_usual;
use super::report::short;
use crate::article::{Annotations, Article, Link, Target};

/// No alias is longer than this (bytes).
const LONGEST_ALIAS: usize = 4096;
/// So many of the labels that are lost are named.
const NAMED: usize = 3;

/// Something that an article may have and a format may lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Feature {
    /// Line ends within the text.
    Lines,
    /// White space as it is: several spaces, at the ends of lines.
    Spaces,
    /// Control characters in the text, and what else XML may not have.
    Controls,
    /// A name or an id of the article.
    Name,
    /// Date, source, page, section, language.
    Meta,
    /// A headline and other roles of blocks that are told, not guessed.
    Roles,
    /// Mentions at all.
    Mentions,
    /// White space at the ends of mentions.
    Edges,
    /// Mentions within others.
    Nested,
    /// Mentions that overlap, neither within the other.
    Crossing,
    /// Mentions over the same words.
    Equal,
    /// Mentions of several fragments.
    Discontinuous,
    /// Mentions that begin or end within a token of the format.
    SubToken,
    /// Labels of any characters: white space, brackets, whatever means something in the format.
    Labels,
    /// Ids of mentions.
    Ids,
    /// Mentions that are said to be one.
    Entities,
    /// Other names of an entity.
    Aliases,
    /// References into knowledge bases.
    Links,
    /// Relations.
    Relations,
    /// Relations of other than two participants, or with roles of their own.
    Roled,
    /// Events.
    Events,
    /// Attributes.
    Attributes,
    /// Notes on mentions, entities, relations and events.
    Notes,
    /// Notes that are on nothing less than the article, such as the labels and comments that a text has as a whole.
    ArticleNotes,
    /// More than one layer.
    Layers,
    /// Mentions without a place.
    Unplaced,
    /// Lines of the source that made no annotation, or only a part of one.
    Verbatim,
}

impl Feature {
    /// All of them, in the order of tables.
    pub const ALL: [Self; 27] = [
        Self::Lines,
        Self::Spaces,
        Self::Controls,
        Self::Name,
        Self::Meta,
        Self::Roles,
        Self::Mentions,
        Self::Edges,
        Self::Nested,
        Self::Crossing,
        Self::Equal,
        Self::Discontinuous,
        Self::SubToken,
        Self::Labels,
        Self::Ids,
        Self::Entities,
        Self::Aliases,
        Self::Links,
        Self::Relations,
        Self::Roled,
        Self::Events,
        Self::Attributes,
        Self::Notes,
        Self::ArticleNotes,
        Self::Layers,
        Self::Unplaced,
        Self::Verbatim,
    ];

    /// What it is called, as in "12 discontinuous mentions".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lines => "line ends in the text",
            Self::Spaces => "white space",
            Self::Controls => "control characters",
            Self::Name => "names of articles",
            Self::Meta => "dates, sources, pages, sections and languages",
            Self::Roles => "roles of blocks",
            Self::Mentions => "mentions",
            Self::Edges => "white space at the ends of mentions",
            Self::Nested => "nested mentions",
            Self::Crossing => "crossing mentions",
            Self::Equal => "mentions over the same words",
            Self::Discontinuous => "discontinuous mentions",
            Self::SubToken => "mentions that part a token",
            Self::Labels => "labels as they are written",
            Self::Ids => "ids of mentions",
            Self::Entities => "entities of several mentions",
            Self::Aliases => "aliases",
            Self::Links => "links",
            Self::Relations => "relations",
            Self::Roled => "relations with roles or other than two participants",
            Self::Events => "events",
            Self::Attributes => "attributes",
            Self::Notes => "notes on annotations",
            Self::ArticleNotes => "notes on the whole article",
            Self::Layers => "layers",
            Self::Unplaced => "mentions without a place",
            Self::Verbatim => "lines that are no annotations",
        }
    }

    /// Whether leaving it out is no loss that anyone has to agree to: names and ids are given anew.
    #[must_use]
    pub const fn is_dispensable(self) -> bool {
        matches!(self, Self::Name | Self::Ids)
    }
}

/// What is left out, how often.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Losses {
    counts: BTreeMap<Feature, usize>,
    /// The labels that are not written as they are, each once.
    labels: BTreeSet<String>,
}

impl Losses {
    /// What the article has and a format that carries no more than this must leave out.
    pub(super) fn of(article: &Article, carries: &[Feature]) -> Self {
        let mut losses = Self::default();
        for (feature, count) in used(article) {
            if !carries.contains(&feature) {
                losses.add(feature, count);
            }
        }
        losses
    }

    pub(super) fn add(&mut self, feature: Feature, count: usize) {
        if count > 0 {
            *self.counts.entry(feature).or_default() += count;
        }
    }

    /// Adds those of the labels that do not fit, which are written otherwise. A label counts once, however many have it.
    pub(super) fn add_labels<'a>(
        &mut self,
        labels: impl Iterator<Item = &'a str>,
        fits: impl Fn(&str) -> bool,
    ) {
        for label in labels.filter(|label| !fits(label)) {
            if !self.labels.contains(label) {
                self.labels.insert(label.to_owned());
            }
        }
    }

    /// Puts those of another article with these.
    pub fn join(&mut self, other: &Self) {
        self.labels.extend(other.labels.iter().cloned());
        for (feature, count) in &other.counts {
            self.add(*feature, *count);
        }
    }

    /// Whether something goes that a reader would miss.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty() && self.counts.keys().all(|f| f.is_dispensable())
    }

    /// What goes, and how many of it; without what is dispensable.
    pub fn iter(&self) -> impl Iterator<Item = (Feature, usize)> {
        let labels = (Feature::Labels, self.labels.len());
        let all = self.counts.iter().map(|(f, n)| (*f, *n));
        let (before, behind): (Vec<_>, Vec<_>) = all
            .filter(|(f, _)| !f.is_dispensable())
            .partition(|(f, _)| *f < Feature::Labels);
        let labels = std::iter::once(labels).filter(|(_, n)| *n > 0);
        before.into_iter().chain(labels).chain(behind)
    }
}

impl fmt::Display for Losses {
    /// `201 discontinuous mentions, 2 labels as they are written (“A B” “C#”), 3 layers`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (feature, count)) in self.iter().enumerate() {
            let comma = if index > 0 { ", " } else { "" };
            write!(f, "{comma}{count} {}", feature.name())?;
            if feature == Feature::Labels {
                let named = self.labels.iter().take(NAMED);
                let named: Vec<String> = named.map(|label| format!("“{}”", short(label))).collect();
                let more = if count > NAMED { " …" } else { "" };
                write!(f, " ({}{more})", named.join(" "))?;
            }
        }
        Ok(())
    }
}

/// What an article has, and how many of it.
fn used(article: &Article) -> Vec<(Feature, usize)> {
    let annotations = &article.annotations;
    let mut found = Vec::new();
    let meta = &article.meta;
    let told = [
        &meta.date,
        &meta.source,
        &meta.page,
        &meta.section,
        &meta.language,
        &meta.continues,
    ];
    found.push((Feature::Meta, told.iter().filter(|m| !m.is_empty()).count()));
    let text = article.text.whole().trim_end_matches('\n');
    // A line end at the end of all is no loss.
    found.push((
        Feature::Lines,
        memchr::memchr_iter(b'\n', text.as_bytes()).count(),
    ));
    let is_control =
        |c: &char| (*c < ' ' && !matches!(c, '\n' | '\t')) || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    found.push((Feature::Controls, text.chars().filter(is_control).count()));
    let is_blank = |c: char| c.is_whitespace();
    let edged = annotations
        .mentions()
        .iter()
        .flat_map(|mention| mention.spans());
    let edged = edged.filter(|span| {
        let words = article.text.slice(**span);
        words.starts_with(is_blank) || words.ends_with(is_blank)
    });
    found.push((Feature::Edges, edged.count()));
    found.push((Feature::Mentions, annotations.mentions().len()));
    let lies = lies(annotations.mentions());
    let count = |of: fn(&&Lie) -> bool| lies.iter().filter(of).count();
    found.push((Feature::Nested, count(|lie| lie.within)));
    found.push((Feature::Equal, count(|lie| lie.equal)));
    found.push((Feature::Crossing, count(|lie| lie.crossing)));
    let parted = annotations
        .mentions()
        .iter()
        .filter(|m| m.is_discontinuous());
    found.push((Feature::Discontinuous, parted.count()));
    let entities = || annotations.entities().iter().filter(|e| e.given.is_some());
    found.push((
        Feature::Entities,
        entities().filter(|e| e.mentions().len() > 1).count(),
    ));
    // What a mention reads is no loss: it is in the text.
    let unread = entities().map(|entity| {
        let mentions = entity.mentions().iter();
        let read: HashSet<String> = mentions
            .filter_map(|id| annotations.mention(*id))
            .flat_map(|mention| {
                // What is far longer than a name is known by its beginning.
                let whole = mention.hull().len() <= LONGEST_ALIAS;
                let whole = whole.then(|| surface(&article.text, mention.spans()));
                whole
                    .into_iter()
                    .chain([name(&article.text, mention.spans())])
            })
            .collect();
        let aliases = entity.aliases.iter();
        aliases.filter(|alias| !read.contains(*alias)).count()
    });
    found.push((Feature::Aliases, unread.sum()));
    let relations = annotations.relations();
    found.push((Feature::Relations, relations.len()));
    let is_roled = |r: &&crate::article::Relation| !is_usual(r);
    found.push((Feature::Roled, relations.iter().filter(is_roled).count()));
    found.push((Feature::Events, annotations.events().len()));
    found.push((Feature::Attributes, annotations.attributes().len()));
    let notes = annotations.notes();
    let on_all = notes.iter().filter(|n| n.target.is_none()).count();
    found.push((Feature::Notes, notes.len() - on_all));
    found.push((Feature::ArticleNotes, on_all));
    found.push((Feature::Links, annotations.links().len()));
    let layers = telling(annotations).into_iter().filter(|told| *told);
    found.push((Feature::Layers, layers.count().saturating_sub(1)));
    found.push((Feature::Unplaced, annotations.unplaced().len()));
    // What a mention quotes is no loss, whatever it is.
    let lines = annotations.verbatim().iter();
    let lines = lines.filter(|kept| !kept.of.starts_with('T'));
    found.push((Feature::Verbatim, lines.count()));
    found
}

/// The labels of all mentions.
pub(super) fn labels_of_mentions(made: &Annotations) -> impl Iterator<Item = &str> {
    let mut seen = vec![false; made.labels().len()];
    let ids = made
        .mentions()
        .iter()
        .map(|mention| mention.label.0 as usize);
    ids.for_each(|id| {
        if let Some(seen) = seen.get_mut(id) {
            *seen = true;
        }
    });
    let labels = made.labels().iter().zip(seen);
    labels
        .filter(|(_, seen)| *seen)
        .map(|(label, _)| label.name.as_str())
}

/// The labels of all relations.
pub(super) fn labels_of_relations(made: &Annotations) -> impl Iterator<Item = &str> {
    made.relations()
        .iter()
        .map(|relation| relation.label.as_str())
}

/// Lines of which a format takes something away, those at the end of all apart: `is_lost` tells which.
pub(super) fn lost_lines(article: &Article, is_lost: impl Fn(&str) -> bool) -> usize {
    let text = article.text.whole().trim_end_matches('\n');
    if text.is_empty() {
        return 0;
    }
    text.split('\n').filter(|line| is_lost(line)).count()
}

/// Whether a link has a title that is not what its mention reads, so that where titles have no place it is lost.
pub(super) fn has_own_title(article: &Article, link: &Link) -> bool {
    let (made, title) = (&article.annotations, link.title.as_str());
    if title.is_empty() {
        return false;
    }
    if let Target::Unplaced(id) = link.target {
        return made
            .unplaced_of(id)
            .is_none_or(|unplaced| *unplaced.quote != *title);
    }
    let mention = mention_of(made, link.target).and_then(|id| made.mention(id));
    mention.is_none_or(|mention| surface(&article.text, mention.spans()) != title)
}

/// Whether a target can be named where only mentions have ids.
#[must_use]
pub(super) fn mention_of(
    annotations: &Annotations,
    target: Target,
) -> Option<crate::article::MentionId> {
    match target {
        Target::Mention(id) => Some(id),
        Target::Entity(id) => annotations.entity(id)?.mentions().first().copied(),
        Target::Event(id) => annotations.events().get(id.0 as usize)?.trigger,
        Target::Relation(_) | Target::Unplaced(_) => None,
    }
}
