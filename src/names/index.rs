//! The names of many articles, taken in one by one.

use std::collections::HashMap;
use std::ops::Range;

use super::date::Date;
use super::digest::{Digest, Who, number};
use super::fold;
use super::rules::reference;
use super::strings::{Strings, Word};
use crate::article::{Kind, MentionId};
use crate::library::ArticleId;

/// The names of many articles. Every string is kept once; a name takes some 40 bytes for each article that has it.
#[derive(Debug, Default)]
pub struct Index {
    pub(super) strings: Strings,
    pub(super) articles: Vec<Row>,
    pub(super) locals: Vec<Local>,
    /// Of all locals: how each is written, and how often so.
    forms: Vec<(Word, u32)>,
    /// Of all locals: the blocks in which each is mentioned.
    blocks: Vec<u32>,
    /// What few locals have.
    extras: HashMap<u32, Extra>,
    facts: Vec<Told>,
    /// How many blocks all articles have.
    pub(super) all_blocks: u64,
}

/// An article.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) id: u32,
    pub(super) name: Word,
    pub(super) title: Word,
    pub(super) date: Word,
    pub(super) day: Option<Date>,
    /// Its first local; those of the next article follow.
    locals: u32,
    facts: u32,
}

/// A name in an article.
#[derive(Debug, Clone, Copy)]
pub(super) struct Local {
    /// The article, by its place in the index.
    pub(super) article: u32,
    pub(super) name: Word,
    /// The name, folded.
    pub(super) folded: Word,
    pub(super) label: Word,
    pub(super) kind: Kind,
    pub(super) count: u32,
    pub(super) first: MentionId,
    pub(super) tells: bool,
    forms: u32,
    blocks: u32,
}

/// What few names of an article have.
#[derive(Debug, Default, Clone)]
pub(super) struct Extra {
    /// As written, and folded.
    pub(super) aliases: Vec<(Word, Word)>,
    /// As written, and in one form.
    pub(super) links: Vec<(Word, Word)>,
    pub(super) notes: Vec<Word>,
}

/// A relation or an event.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) label: Word,
    pub(super) trigger: Option<Word>,
    /// Role, and the local or the words.
    pub(super) arguments: Box<[(Word, Result<u32, Word>)]>,
}

impl Index {
    /// Takes an article in.
    pub fn add(&mut self, digest: &Digest) {
        let article = number(self.articles.len());
        let first = number(self.locals.len());
        let row = Row {
            id: digest.article,
            name: self.strings.intern(&digest.name),
            title: self.strings.intern(&digest.title),
            date: self.strings.intern(&digest.date),
            day: Date::parse(&digest.date),
            locals: first,
            facts: number(self.facts.len()),
        };
        self.articles.push(row);
        self.all_blocks += u64::from(digest.blocks);
        for named in &digest.names {
            let local = Local {
                article,
                name: self.strings.intern(&named.name),
                folded: self.strings.intern(&fold(&named.name)),
                label: self.strings.intern(&named.label),
                kind: named.kind,
                count: named.count,
                first: named.first,
                tells: named.tells,
                forms: number(self.forms.len()),
                blocks: number(self.blocks.len()),
            };
            for (form, count) in &named.forms {
                let form = self.strings.intern(form);
                self.forms.push((form, *count));
            }
            self.blocks.extend(&named.blocks);
            if !(named.aliases.is_empty() && named.links.is_empty() && named.notes.is_empty()) {
                let strings = &mut self.strings;
                let mut both = |text: &String, form: fn(&str) -> String| {
                    (strings.intern(text), strings.intern(&form(text)))
                };
                let aliases = named.aliases.iter().map(|alias| both(alias, fold));
                let aliases = aliases.collect();
                let links = named.links.iter().map(|link| both(link, reference));
                let links = links.collect();
                let notes = named.notes.iter().map(|note| strings.intern(note));
                let extra = Extra {
                    aliases,
                    links,
                    notes: notes.collect(),
                };
                self.extras.insert(number(self.locals.len()), extra);
            }
            self.locals.push(local);
        }
        for fact in &digest.facts {
            let arguments = fact.arguments.iter().map(|argument| {
                let who = match &argument.who {
                    Who::Name(n) => Ok(first + n),
                    Who::Other(words) => Err(self.strings.intern(words)),
                };
                (self.strings.intern(&argument.role), who)
            });
            let arguments = arguments.collect();
            let trigger = fact.trigger.as_deref();
            self.facts.push(Told {
                label: self.strings.intern(&fact.label),
                trigger: trigger.map(|trigger| self.strings.intern(trigger)),
                arguments,
            });
        }
    }

    /// Takes the articles of another index in behind its own. They are numbered from where its own end.
    pub fn join(&mut self, other: &Self) {
        let base = number(self.articles.len());
        for (n, _) in (0u32..).zip(&other.articles) {
            let mut digest = other.digest(n);
            digest.article = base + n;
            self.add(&digest);
        }
        self.all_blocks += other.all_blocks;
    }

    /// The digest of which an article was taken in.
    fn digest(&self, article: u32) -> Digest {
        let text = |word: Word| self.strings.get(word).to_owned();
        let Some(row) = self.articles.get(article as usize) else {
            return Digest::default();
        };
        let locals = self.locals_of(article);
        let names = locals.clone().filter_map(|n| {
            let local = self.locals.get(n as usize)?;
            let extra = self.extras.get(&n).cloned().unwrap_or_default();
            Some(super::digest::Named {
                name: text(local.name),
                kind: local.kind,
                label: text(local.label),
                aliases: extra
                    .aliases
                    .iter()
                    .map(|(alias, _)| text(*alias))
                    .collect(),
                links: extra.links.iter().map(|(link, _)| text(*link)).collect(),
                forms: self
                    .forms(n)
                    .iter()
                    .map(|(form, count)| (text(*form), *count))
                    .collect(),
                count: local.count,
                first: local.first,
                tells: local.tells,
                blocks: self.blocks(n).to_vec(),
                notes: extra.notes.iter().map(|note| text(*note)).collect(),
            })
        });
        let names = names.collect();
        let facts = self
            .facts_of(article)
            .iter()
            .map(|told| super::digest::Fact {
                label: text(told.label),
                trigger: told.trigger.map(text),
                arguments: told
                    .arguments
                    .iter()
                    .map(|(role, who)| super::digest::Argument {
                        role: text(*role),
                        who: match who {
                            Ok(local) => Who::Name(local - locals.start),
                            Err(words) => Who::Other(text(*words)),
                        },
                    })
                    .collect(),
            });
        Digest {
            article: row.id,
            name: text(row.name),
            title: text(row.title),
            date: text(row.date),
            // Summed by whoever takes it in.
            blocks: 0,
            names,
            facts: facts.collect(),
        }
    }

    /// How many articles were taken in.
    #[must_use]
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Whether none was.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// How many of the articles have no date that can be read.
    #[must_use]
    pub fn undated(&self) -> usize {
        self.articles.iter().filter(|row| row.day.is_none()).count()
    }

    /// The article at a place of the index.
    pub(super) fn id(&self, article: u32) -> ArticleId {
        ArticleId(self.articles.get(article as usize).map_or(0, |row| row.id))
    }

    /// The locals of an article.
    pub(super) fn locals_of(&self, article: u32) -> Range<u32> {
        let start = |article: usize| self.articles.get(article).map(|row| row.locals);
        let from = start(article as usize).unwrap_or(0);
        from..start(article as usize + 1).unwrap_or(number(self.locals.len()))
    }

    /// The facts of an article.
    pub(super) fn facts_of(&self, article: u32) -> &[Told] {
        let start = |article: usize| self.articles.get(article).map(|row| row.facts as usize);
        let from = start(article as usize).unwrap_or(0);
        let to = start(article as usize + 1).unwrap_or(self.facts.len());
        self.facts.get(from..to).unwrap_or(&[])
    }

    /// How a local is written.
    pub(super) fn forms(&self, local: u32) -> &[(Word, u32)] {
        let start = |n: usize| self.locals.get(n).map(|local| local.forms as usize);
        let from = start(local as usize).unwrap_or(0);
        let to = start(local as usize + 1).unwrap_or(self.forms.len());
        self.forms.get(from..to).unwrap_or(&[])
    }

    /// The blocks of a local, ascending.
    pub(super) fn blocks(&self, local: u32) -> &[u32] {
        let start = |n: usize| self.locals.get(n).map(|local| local.blocks as usize);
        let from = start(local as usize).unwrap_or(0);
        let to = start(local as usize + 1).unwrap_or(self.blocks.len());
        self.blocks.get(from..to).unwrap_or(&[])
    }

    pub(super) fn extra(&self, local: u32) -> Option<&Extra> {
        self.extras.get(&local)
    }

    pub(super) fn text(&self, word: Word) -> &str {
        self.strings.get(word)
    }
}
