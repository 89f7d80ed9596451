//! Names that are one.

use std::collections::HashMap;
use std::ops::Range;

use super::date::Date;
use super::fold;
use super::grouping::Grouping;
use super::index::Index;
use super::page::Key;
use super::strings::Word;
use crate::article::Kind;
use crate::desk::NameRule;

/// The number of a group, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GroupId(pub u32);

/// Why names are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// The reader said so.
    Hand,
    /// They have the same reference.
    Link,
    /// They read alike and are of one kind.
    Name,
    /// One is an alias of the other, and of no other name of that kind.
    Alias,
}

impl Why {
    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hand => "by hand",
            Self::Link => "link",
            Self::Name => "name",
            Self::Alias => "alias",
        }
    }
}

/// Two names that were brought together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Join {
    /// Why.
    pub why: Why,
    /// One name.
    pub one: String,
    /// The other.
    pub other: String,
    /// The reference or the alias that they share; in how many articles it is, for a name that reads alike; empty by
    /// hand.
    pub by: String,
}

/// A group: one person, place or thing as far as is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The name that most articles call it by.
    pub name: String,
    /// Its kind.
    pub kind: Kind,
    /// The label of its kind as most articles write it.
    pub label: String,
    /// How many mentions it has.
    pub mentions: u64,
    /// In how many articles.
    pub articles: u32,
    /// In how many blocks.
    pub blocks: u64,
    /// The earliest date of these articles.
    pub first: Option<Date>,
    /// The latest.
    pub last: Option<Date>,
    /// How many of these articles have no date that can be read.
    pub undated: u32,
}

/// The groups of an index.
#[derive(Debug)]
pub struct Groups {
    groups: Vec<Group>,
    /// Of each local of the index its group.
    of_local: Vec<u32>,
    /// The locals in the order of their groups, and where each group's begin.
    members: Vec<u32>,
    starts: Vec<u32>,
    joins: Vec<Vec<Join>>,
    pub(super) grouping: Grouping,
    /// Groups by the folded names of their locals.
    named: HashMap<Word, Vec<u32>>,
    /// How many articles the index had, and how many blocks these have. It may take in more afterwards, which the
    /// groups know nothing of.
    of_articles: usize,
    of_blocks: u64,
}

impl Groups {
    /// The groups of an index, as the reader's rules have it.
    #[must_use]
    pub fn new(index: &Index, rules: &[NameRule]) -> Self {
        let mut grouping = Grouping::new(index, rules);
        let mut numbers: HashMap<u32, u32> = HashMap::new();
        let mut of_local = Vec::with_capacity(index.locals.len());
        for node in grouping.of_local.clone() {
            let root = grouping.union.find(node);
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            of_local.push(*numbers.entry(root).or_insert(next));
        }
        let len = numbers.len();
        let mut starts = vec![0u32; len + 1];
        for group in &of_local {
            if let Some(start) = starts.get_mut(*group as usize + 1) {
                *start += 1;
            }
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut members = vec![0u32; of_local.len()];
        for (local, group) in (0u32..).zip(&of_local) {
            if let Some(at) = next.get_mut(*group as usize) {
                if let Some(member) = members.get_mut(*at as usize) {
                    *member = local;
                }
                *at += 1;
            }
        }
        let mut joins = vec![Vec::new(); len];
        for (node, articles) in grouping.articles(index) {
            let root = grouping.union.find(node);
            let list = numbers.get(&root).and_then(|n| joins.get_mut(*n as usize));
            if let Some(list) = list.filter(|_| articles > 1) {
                let name = grouping.name(index, node);
                list.push(Join {
                    why: Why::Name,
                    one: name.clone(),
                    other: name,
                    by: format!("{articles} articles"),
                });
            }
        }
        for (node, join) in std::mem::take(&mut grouping.joins) {
            let root = grouping.union.find(node);
            if let Some(list) = numbers.get(&root).and_then(|n| joins.get_mut(*n as usize)) {
                list.push(join);
            }
        }
        let mut named: HashMap<Word, Vec<u32>> = HashMap::new();
        for (local, group) in index.locals.iter().zip(&of_local) {
            let list = named.entry(local.folded).or_default();
            if !list.contains(group) {
                list.push(*group);
            }
        }
        let mut groups = Self {
            groups: Vec::new(),
            of_local,
            members,
            starts,
            joins,
            grouping,
            named,
            of_articles: index.len(),
            of_blocks: index.all_blocks,
        };
        let number = u32::try_from(len).unwrap_or(u32::MAX);
        groups.groups = (0..number)
            .map(|n| groups.summary(index, GroupId(n)))
            .collect();
        groups
    }

    /// How many articles were grouped.
    pub(super) const fn of_articles(&self) -> usize {
        self.of_articles
    }

    /// How many blocks these have.
    pub(super) const fn of_blocks(&self) -> u64 {
        self.of_blocks
    }

    /// All groups, by number.
    #[must_use]
    pub fn all(&self) -> &[Group] {
        &self.groups
    }

    /// A group.
    #[must_use]
    pub fn get(&self, id: GroupId) -> Option<&Group> {
        self.groups.get(id.0 as usize)
    }

    /// What joined the names of a group; nothing when it is in one article only.
    #[must_use]
    pub fn joins(&self, id: GroupId) -> &[Join] {
        self.joins.get(id.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// The groups with a name that reads like this one, else with such an alias, the most mentioned first.
    #[must_use]
    pub fn known_as(&self, index: &Index, name: &str) -> Vec<GroupId> {
        let named = self.named(index, name);
        if !named.is_empty() {
            return named;
        }
        let Some(word) = index.strings.find(&fold(name)) else {
            return named;
        };
        let mut found: Vec<GroupId> = Vec::new();
        for (n, _) in (0u32..).zip(&index.locals) {
            let aliases = index.extra(n).map_or(&[][..], |extra| &extra.aliases);
            let id = self.of(n);
            if aliases.iter().any(|(_, folded)| *folded == word) && !found.contains(&id) {
                found.push(id);
            }
        }
        found.sort_by_key(|id| std::cmp::Reverse(self.get(*id).map_or(0, |one| one.mentions)));
        found
    }

    /// The groups with a name that reads like this one, the most mentioned first.
    #[must_use]
    pub fn named(&self, index: &Index, name: &str) -> Vec<GroupId> {
        let word = index.strings.find(&fold(name));
        let found = word.and_then(|word| self.named.get(&word));
        let mut found: Vec<GroupId> = found.into_iter().flatten().map(|n| GroupId(*n)).collect();
        let mentions = |id: &GroupId| self.get(*id).map_or(0, |group| group.mentions);
        found.sort_by_key(|id| std::cmp::Reverse(mentions(id)));
        found
    }

    /// The group that a key means: the one of that name and kind in the key's article, else the most mentioned.
    #[must_use]
    pub fn find(&self, index: &Index, key: &Key) -> Option<GroupId> {
        let word = index.strings.find(&fold(&key.name))?;
        let fits = |id: &GroupId| {
            let locals = self.locals(*id).iter();
            let mut locals = locals.filter_map(|n| index.locals.get(*n as usize));
            locals.any(|local| {
                local.kind == key.kind
                    && (key.kind != Kind::Other || index.text(local.label) == key.label)
                    && local.folded == word
                    && key.article.is_none_or(|id| index.id(local.article) == id)
            })
        };
        let named = self.named(index, &key.name);
        let exact = named.iter().copied().find(fits);
        exact.or_else(|| {
            let of_kind = |id: &GroupId| self.get(*id).is_some_and(|group| group.kind == key.kind);
            named.iter().copied().find(of_kind)
        })
    }

    /// How the names of a group are written, the most frequent first.
    #[must_use]
    pub fn forms(&self, index: &Index, id: GroupId) -> Vec<(String, u64)> {
        let mut forms: HashMap<Word, u64> = HashMap::new();
        for n in self.locals(id) {
            for (form, count) in index.forms(*n) {
                *forms.entry(*form).or_default() += u64::from(*count);
            }
        }
        let mut forms: Vec<(Word, u64)> = forms.into_iter().collect();
        forms.sort_by_key(|(word, count)| (std::cmp::Reverse(*count), *word));
        let texts = forms
            .into_iter()
            .map(|(word, n)| (index.text(word).to_owned(), n));
        texts.collect()
    }

    /// The locals of a group, in the order of the articles.
    pub(super) fn locals(&self, id: GroupId) -> &[u32] {
        let start = |n: u32| {
            self.starts
                .get(n as usize)
                .map_or(0, |start| *start as usize)
        };
        let range: Range<usize> = start(id.0)..start(id.0 + 1);
        self.members.get(range).unwrap_or(&[])
    }

    /// The group of a local.
    pub(super) fn of(&self, local: u32) -> GroupId {
        GroupId(
            self.of_local
                .get(local as usize)
                .copied()
                .unwrap_or(u32::MAX),
        )
    }

    /// The blocks of a group in each of its articles, ascending, each once.
    pub(super) fn blocks(&self, index: &Index, id: GroupId) -> Vec<(u32, Vec<u32>)> {
        let mut all: Vec<(u32, Vec<u32>)> = Vec::new();
        for n in self.locals(id) {
            let Some(local) = index.locals.get(*n as usize) else {
                continue;
            };
            let blocks = index.blocks(*n);
            match all.last_mut() {
                Some((article, known)) if *article == local.article => {
                    known.extend(blocks);
                    known.sort_unstable();
                    known.dedup();
                }
                _ => all.push((local.article, blocks.to_vec())),
            }
        }
        all
    }

    fn summary(&self, index: &Index, id: GroupId) -> Group {
        // In how many articles, how often, and the last article.
        let mut names: HashMap<Word, (u32, u64, Option<u32>)> = HashMap::new();
        let mut kinds: HashMap<(Kind, Word), u64> = HashMap::new();
        let mut group = Group {
            name: String::new(),
            kind: Kind::Other,
            label: String::new(),
            mentions: 0,
            articles: 0,
            blocks: 0,
            first: None,
            last: None,
            undated: 0,
        };
        let mut article = None;
        let locals = self.locals(id);
        for n in locals {
            let Some(local) = index.locals.get(*n as usize) else {
                continue;
            };
            let name = names.entry(local.name).or_default();
            name.0 += u32::from(name.2.replace(local.article) != Some(local.article));
            name.1 += u64::from(local.count);
            *kinds.entry((local.kind, local.label)).or_default() += u64::from(local.count);
            group.mentions += u64::from(local.count);
            if article.replace(local.article) != Some(local.article) {
                group.articles += 1;
                match index
                    .articles
                    .get(local.article as usize)
                    .and_then(|row| row.day)
                {
                    Some(day) => {
                        group.first = Some(group.first.map_or(day, |first| first.min(day)));
                        group.last = Some(group.last.map_or(day, |last| last.max(day)));
                    }
                    None => group.undated += 1,
                }
            }
        }
        group.blocks = match locals {
            [only] => index.blocks(*only).len() as u64,
            _ => {
                let blocks = self.blocks(index, id);
                blocks.iter().map(|(_, blocks)| blocks.len() as u64).sum()
            }
        };
        // Ties go to what came first in the library, as words are numbered in that order.
        let name = names
            .iter()
            .max_by_key(|(word, n)| (n.0, n.1, std::cmp::Reverse(**word)));
        let kind = kinds
            .iter()
            .max_by_key(|(kind, n)| (**n, std::cmp::Reverse(**kind)));
        group.name = name.map_or_else(String::new, |(word, _)| index.text(*word).to_owned());
        if let Some(((kind, label), _)) = kind {
            group.kind = *kind;
            index.text(*label).clone_into(&mut group.label);
        }
        group
    }
}
