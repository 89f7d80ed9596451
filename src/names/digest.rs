//! What one article says of its names.

use std::collections::{HashMap, HashSet};

use super::fold;
use crate::article::{
    Annotations, Article, ByteSpan, EntityId, Kind, LabelId, Mention, MentionId, Target,
};
use crate::library::ArticleId;

/// What one article says of its names. It holds no text but names, and is small beside the article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Digest {
    /// Its number in the library.
    pub article: u32,
    /// What other articles call it.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The day it appeared, as the source writes it.
    pub date: String,
    /// How many blocks it has.
    pub blocks: u32,
    /// Who and what is named in it, in the order of entities; mentions that belong to none come behind them.
    pub names: Vec<Named>,
    /// The relations and events, in the order of the source.
    pub facts: Vec<Fact>,
}

/// A name in an article: an entity, or the mentions without one that read alike and are of one label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// What it is called.
    pub name: String,
    /// Its kind.
    pub kind: Kind,
    /// Its label as the source writes it.
    pub label: String,
    /// Other names that the source gives it.
    pub aliases: Vec<String>,
    /// References into knowledge bases.
    pub links: Vec<String>,
    /// How it is written in the text, and how often so.
    pub forms: Vec<(String, u32)>,
    /// How many mentions it has.
    pub count: u32,
    /// The first of them.
    pub first: MentionId,
    /// The blocks in which it is mentioned, by number, ascending.
    pub blocks: Vec<u32>,
    /// Remarks on it, on its mentions, and on relations and events that are seen in them.
    pub notes: Vec<String>,
    /// Whether it is no name but the words that tell of events.
    pub tells: bool,
}

/// A relation or an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// As the source writes it.
    pub label: String,
    /// The word in the text that tells of an event; nothing for a relation.
    pub trigger: Option<String>,
    /// Those who take part, in the order of the source.
    pub arguments: Vec<Argument>,
}

/// One who takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// The part it plays.
    pub role: String,
    /// Who it is.
    pub who: Who,
}

/// Who takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A name of [`Digest::names`], by its place there.
    Name(u32),
    /// Anything else, in words.
    Other(String),
}

impl Digest {
    /// The digest of an article.
    #[must_use]
    pub fn of(id: ArticleId, article: &Article) -> Self {
        let annotations = &article.annotations;
        let mut making = Making {
            article,
            names: Vec::new(),
            of_entity: vec![None; annotations.entities().len()],
            of_mention: vec![None; annotations.mentions().len()],
        };
        making.entities();
        making.mentions();
        making.mark_triggers();
        making.notes_on_ties();
        let facts = making.facts();
        Self {
            article: id.0,
            name: article.meta.name.clone(),
            title: article.meta.title.clone(),
            date: article.meta.date.clone(),
            blocks: number(article.text.blocks().len()),
            names: making.names,
            facts,
        }
    }
}

struct Making<'a> {
    article: &'a Article,
    names: Vec<Named>,
    of_entity: Vec<Option<u32>>,
    of_mention: Vec<Option<u32>>,
}

impl Making<'_> {
    fn annotations(&self) -> &Annotations {
        &self.article.annotations
    }

    fn words(&self, mention: &Mention) -> String {
        words(self.article, mention)
    }

    fn empty(&self, name: &str, label: LabelId, first: MentionId) -> Named {
        Named {
            name: name.to_owned(),
            kind: self.annotations().kind(label),
            label: self.annotations().label_name(label).to_owned(),
            aliases: Vec::new(),
            links: Vec::new(),
            forms: Vec::new(),
            count: 0,
            first,
            blocks: Vec::new(),
            notes: Vec::new(),
            tells: false,
        }
    }

    /// Marks what only tells of events, and is of no known kind.
    fn mark_triggers(&mut self) {
        let events = self.article.annotations.events();
        let triggers: HashSet<MentionId> = events.iter().filter_map(|e| e.trigger).collect();
        if triggers.is_empty() {
            return;
        }
        for named in &mut self.names {
            named.tells = named.kind == Kind::Other;
        }
        for (n, place) in (0u32..).zip(&self.of_mention) {
            let named = place.and_then(|place| self.names.get_mut(place as usize));
            if let Some(named) = named.filter(|_| !triggers.contains(&MentionId(n))) {
                named.tells = false;
            }
        }
    }

    fn entities(&mut self) {
        let article = self.article;
        for (n, entity) in (0u32..).zip(article.annotations.entities()) {
            let Some(first) = entity.mentions().first().copied() else {
                continue;
            };
            let mut named = self.empty(&entity.name, entity.label, first);
            named.aliases.clone_from(&entity.aliases);
            self.tell(&mut named, Target::Entity(EntityId(n)));
            let place = number(self.names.len());
            for id in entity.mentions() {
                self.mention(&mut named, *id, place);
            }
            if named.name.trim().is_empty() {
                let words = named.forms.first();
                named.name = words.map_or_else(String::new, |(form, _)| form.clone());
            }
            if let Some(of) = self.of_entity.get_mut(n as usize) {
                *of = Some(place);
            }
            self.names.push(named);
        }
    }

    /// Mentions without an entity, by what they read and their label.
    fn mentions(&mut self) {
        let article = self.article;
        let mut places: HashMap<(String, LabelId), u32> = HashMap::new();
        let mut names = std::mem::take(&mut self.names);
        for (n, mention) in (0u32..).zip(article.annotations.mentions()) {
            if mention.entity.is_some() {
                continue;
            }
            let words = self.words(mention);
            let id = MentionId(n);
            let next = number(names.len());
            let place = *places.entry((fold(&words), mention.label)).or_insert(next);
            if place == next {
                names.push(self.empty(&words, mention.label, id));
            }
            if let Some(named) = names.get_mut(place as usize) {
                self.mention(named, id, place);
            }
        }
        self.names = names;
    }

    /// Takes a mention in.
    fn mention(&mut self, named: &mut Named, id: MentionId, place: u32) {
        let article = self.article;
        let Some(mention) = article.annotations.mention(id) else {
            return;
        };
        if let Some(of) = self.of_mention.get_mut(id.0 as usize) {
            *of = Some(place);
        }
        named.count += 1;
        let words = self.words(mention);
        match named.forms.iter_mut().find(|(form, _)| *form == words) {
            Some((_, count)) => *count += 1,
            None => named.forms.push((words, 1)),
        }
        for span in mention.spans() {
            self.blocks(named, *span);
        }
        self.tell(named, Target::Mention(id));
    }

    fn blocks(&self, named: &mut Named, span: ByteSpan) {
        let text = &self.article.text;
        let last = span.end().saturating_sub(1).max(span.start());
        let (Some(from), Some(to)) = (text.block_at(span.start()), text.block_at(last)) else {
            return;
        };
        for block in from.0..=to.0 {
            if let Err(at) = named.blocks.binary_search(&block) {
                named.blocks.insert(at, block);
            }
        }
    }

    /// Links and notes, each once.
    fn tell(&self, named: &mut Named, target: Target) {
        for link in self.annotations().links_on(target) {
            if !named.links.contains(&link.reference) {
                named.links.push(link.reference.clone());
            }
        }
        for note in self.annotations().notes_on(target) {
            if !named.notes.contains(&note.text) {
                named.notes.push(note.text.clone());
            }
        }
    }

    /// Gives the notes on relations and events to the names in which these are seen.
    fn notes_on_ties(&mut self) {
        let annotations = &self.article.annotations;
        let mut names = std::mem::take(&mut self.names);
        for note in annotations.notes() {
            let Some(target @ (Target::Relation(_) | Target::Event(_))) = note.target else {
                continue;
            };
            annotations.each_end(target, &mut |end| {
                let named = self.place(end).and_then(|n| names.get_mut(n as usize));
                if let Some(named) = named.filter(|named| !named.notes.contains(&note.text)) {
                    named.notes.push(note.text.clone());
                }
            });
        }
        self.names = names;
    }

    /// The place of an entity's or a mention's name.
    fn place(&self, end: Target) -> Option<u32> {
        match end {
            Target::Entity(id) => self.of_entity.get(id.0 as usize).copied().flatten(),
            Target::Mention(id) => self.of_mention.get(id.0 as usize).copied().flatten(),
            Target::Relation(_) | Target::Event(_) | Target::Unplaced(_) => None,
        }
    }

    /// Who takes part: an event is the word that tells of it.
    fn who(&self, target: Target) -> Who {
        let annotations = self.annotations();
        let end = annotations.end_of(target).unwrap_or(target);
        if let Some(place) = self.place(end) {
            return Who::Name(place);
        }
        let words = match end {
            Target::Entity(id) => annotations.entity(id).map(|entity| entity.name.clone()),
            Target::Mention(id) => annotations.mention(id).map(|mention| self.words(mention)),
            Target::Relation(id) => {
                let relation = annotations.relations().get(id.0 as usize);
                relation.map(|relation| relation.label.clone())
            }
            Target::Event(id) => {
                let event = annotations.events().get(id.0 as usize);
                event.map(|event| event.label.clone())
            }
            Target::Unplaced(id) => {
                let unplaced = annotations.unplaced_of(id);
                unplaced.map(|unplaced| (*unplaced.quote).to_owned())
            }
        };
        Who::Other(words.unwrap_or_default())
    }

    fn facts(&self) -> Vec<Fact> {
        let annotations = self.annotations();
        let told = |arguments: &[crate::article::Argument]| {
            let one = |argument: &crate::article::Argument| Argument {
                role: (*argument.role).to_owned(),
                who: self.who(argument.target),
            };
            arguments.iter().map(one).collect::<Vec<_>>()
        };
        let relations = annotations.relations().iter().map(|relation| Fact {
            label: relation.label.clone(),
            trigger: None,
            arguments: told(&relation.arguments),
        });
        let events = annotations.events().iter().map(|event| {
            let trigger = event.trigger.and_then(|id| annotations.mention(id));
            let mut arguments = told(&event.arguments);
            if let Some(id) = event.trigger {
                arguments.push(Argument {
                    role: String::new(),
                    who: self.who(Target::Mention(id)),
                });
            }
            Fact {
                label: event.label.clone(),
                trigger: Some(trigger.map_or_else(String::new, |mention| self.words(mention))),
                arguments,
            }
        });
        relations.chain(events).collect()
    }
}

/// The words of a mention: its fragments, line ends as blanks.
pub(super) fn words(article: &Article, mention: &Mention) -> String {
    let parts = mention.spans().iter();
    let parts = parts.map(|span| article.text.slice(*span).trim());
    let words = parts.collect::<Vec<_>>().join("…");
    words.split(['\n', '\r']).collect::<Vec<_>>().join(" ")
}

pub(super) fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
