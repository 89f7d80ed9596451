//! All of one name.

use std::collections::{BTreeMap, HashMap};

use super::company::{Companion, company};
use super::date::Date;
use super::digest::words;
use super::groups::{Group, GroupId, Groups, Join};
use super::index::Index;
use super::proposals::Proposal;
use super::strings::Word;
use crate::article::{Article, Kind, MentionId};
use crate::library::ArticleId;

/// So many articles, relations, notes and links a page names at most; it says how many there are.
const MOST: usize = 2_000;

/// Which name is meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// The name; compared folded.
    pub name: String,
    /// Its kind.
    pub kind: Kind,
    /// Its label, which tells names apart whose kind is not known.
    pub label: String,
    /// An article in which it occurs, as another elsewhere may have the same name.
    pub article: Option<ArticleId>,
}

impl Key {
    pub(super) fn of_local(index: &Index, local: u32) -> Self {
        let found = index.locals.get(local as usize);
        Self {
            name: found.map_or_else(String::new, |one| index.text(one.name).to_owned()),
            kind: found.map_or(Kind::Other, |one| one.kind),
            label: found.map_or_else(String::new, |one| index.text(one.label).to_owned()),
            article: found.map(|one| index.id(one.article)),
        }
    }

    /// The key of a mention: its entity's, else what it reads.
    #[must_use]
    pub fn of_mention(id: ArticleId, article: &Article, mention: MentionId) -> Option<Self> {
        let annotations = &article.annotations;
        let mention = annotations.mention(mention)?;
        let entity = mention.entity.and_then(|id| annotations.entity(id));
        let label = entity.map_or(mention.label, |entity| entity.label);
        let name = entity.map(|entity| entity.name.clone());
        Some(Self {
            name: name
                .filter(|name| !name.trim().is_empty())
                .unwrap_or_else(|| words(article, mention)),
            kind: annotations.kind(label),
            label: annotations.label_name(label).to_owned(),
            article: Some(id),
        })
    }
}

/// All that is known of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Which.
    pub key: Key,
    /// Name, kind, counts, dates.
    pub group: Group,
    /// What brought its names together.
    pub joins: Vec<Join>,
    /// Its names and aliases, apart from the one under which it stands.
    pub aliases: Vec<String>,
    /// How it is written, the most frequent first.
    pub forms: Vec<(String, u64)>,
    /// The articles, the most recent first, those without date behind them.
    pub articles: Vec<PageArticle>,
    /// Mentions by date.
    pub dates: Vec<(Date, u64)>,
    /// Who it occurs with.
    pub companions: Vec<Companion>,
    /// The relations and events in which it takes part, those of most articles first.
    pub ties: Vec<Tie>,
    /// Remarks, each once.
    pub notes: Vec<String>,
    /// References, each once.
    pub links: Vec<String>,
    /// Names that may be this one.
    pub proposals: Vec<Proposal>,
    /// How many articles the page was made from.
    pub of_articles: usize,
}

/// An article with the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageArticle {
    /// Which.
    pub id: ArticleId,
    /// What other articles call it.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its date as the source writes it.
    pub date: String,
    /// How many mentions it has.
    pub count: u64,
    /// The first of them.
    pub first: MentionId,
}

/// A relation or an event, from where the name stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Tie {
    /// As the source writes it.
    pub label: String,
    /// The word that tells of an event; nothing for a relation.
    pub trigger: Option<String>,
    /// The parts that the name plays.
    pub roles: Vec<String>,
    /// Whether the name comes first among those who take part.
    pub leads: bool,
    /// The others.
    pub others: Vec<Part>,
    /// In how many articles it is told so.
    pub articles: u32,
}

/// Another who takes part.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Part {
    /// The part it plays.
    pub role: String,
    /// Who it is, in words.
    pub name: String,
    /// Its page, when it is a name.
    pub key: Option<Key>,
}

impl Page {
    /// The page of a group. `proposals` are those of all groups; the page takes its own.
    #[must_use]
    pub fn new(
        index: &Index,
        groups: &Groups,
        proposals: &[Proposal],
        id: GroupId,
    ) -> Option<Self> {
        let group = groups.get(id)?.clone();
        let mut articles: Vec<PageArticle> = Vec::new();
        let mut last = None;
        let mut dates: BTreeMap<Date, u64> = BTreeMap::new();
        let (mut aliases, mut notes, mut links) = (Vec::new(), Vec::new(), Vec::new());
        for n in groups.locals(id) {
            let Some(local) = index.locals.get(*n as usize) else {
                continue;
            };
            let Some(row) = index.articles.get(local.article as usize) else {
                continue;
            };
            let count = u64::from(local.count);
            if let Some(day) = row.day {
                *dates.entry(day).or_default() += count;
            }
            add(&mut aliases, local.name);
            if let Some(extra) = index.extra(*n) {
                extra
                    .aliases
                    .iter()
                    .for_each(|(alias, _)| add(&mut aliases, *alias));
                extra
                    .links
                    .iter()
                    .for_each(|(link, _)| add(&mut links, *link));
                extra.notes.iter().for_each(|note| add(&mut notes, *note));
            }
            match articles.last_mut().filter(|_| last == Some(local.article)) {
                Some(article) => {
                    article.count += count;
                    article.first = article.first.min(local.first);
                }
                None => articles.push(PageArticle {
                    id: ArticleId(row.id),
                    name: index.text(row.name).to_owned(),
                    title: index.text(row.title).to_owned(),
                    date: index.text(row.date).to_owned(),
                    count,
                    first: local.first,
                }),
            }
            last = Some(local.article);
        }
        articles.sort_by_cached_key(|article| {
            (std::cmp::Reverse(Date::parse(&article.date)), article.id)
        });
        articles.truncate(MOST);
        let texts = |words: Vec<Word>| {
            let texts = words
                .into_iter()
                .take(MOST)
                .map(|word| index.text(word).to_owned());
            texts.collect::<Vec<_>>()
        };
        let key = groups.key(index, id);
        let mut aliases = texts(aliases);
        aliases.retain(|alias| *alias != group.name);
        let own = |one: &&Proposal| one.ids.0 == id || one.ids.1 == id;
        let proposals = proposals.iter().filter(own);
        Some(Self {
            key,
            joins: groups.joins(id).to_vec(),
            aliases,
            forms: groups.forms(index, id),
            articles,
            dates: dates.into_iter().collect(),
            companions: company(index, groups, id),
            ties: ties(index, groups, id),
            notes: texts(notes),
            links: texts(links),
            proposals: proposals.cloned().collect(),
            of_articles: groups.of_articles(),
            group,
        })
    }

    /// The page of a mention as far as its own article tells.
    #[must_use]
    pub fn of_article(
        digest: &super::digest::Digest,
        key: &Key,
        rules: &[crate::desk::NameRule],
    ) -> Option<Self> {
        let mut index = Index::default();
        index.add(digest);
        let groups = Groups::new(&index, rules);
        let id = groups.find(&index, key)?;
        let proposals = groups.proposals(&index);
        Self::new(&index, &groups, &proposals, id)
    }
}

fn add(words: &mut Vec<Word>, word: Word) {
    if words.len() < MOST && !words.contains(&word) {
        words.push(word);
    }
}

fn ties(index: &Index, groups: &Groups, id: GroupId) -> Vec<Tie> {
    let mut found: HashMap<Tie, (usize, u32, u32)> = HashMap::new();
    let mut last = None;
    for n in groups.locals(id) {
        let Some(local) = index.locals.get(*n as usize) else {
            continue;
        };
        if last.replace(local.article) == Some(local.article) {
            continue;
        }
        for told in index.facts_of(local.article) {
            let is_own = |who: &Result<u32, Word>| who.is_ok_and(|n| groups.of(n) == id);
            if !told.arguments.iter().any(|(_, who)| is_own(who)) {
                continue;
            }
            let (own, others): (Vec<_>, Vec<_>) =
                told.arguments.iter().partition(|(_, who)| is_own(who));
            let part = |(role, who): (Word, Result<u32, Word>)| Part {
                role: index.text(role).to_owned(),
                name: match who {
                    Ok(n) => groups
                        .get(groups.of(n))
                        .map_or_else(String::new, |g| g.name.clone()),
                    Err(words) => index.text(words).to_owned(),
                },
                key: who.ok().map(|n| groups.key(index, groups.of(n))),
            };
            // The word that tells of an event is told as such.
            let others = others
                .into_iter()
                .filter(|(role, _)| !index.text(*role).is_empty());
            let roles = own.iter().map(|(role, _)| index.text(*role).to_owned());
            let tie = Tie {
                label: index.text(told.label).to_owned(),
                trigger: told.trigger.map(|word| index.text(word).to_owned()),
                roles: roles.filter(|role| !role.is_empty()).collect(),
                leads: told.arguments.first().is_some_and(|(_, who)| is_own(who)),
                others: others.map(part).collect(),
                articles: 0,
            };
            let next = found.len();
            let known = found.entry(tie).or_insert((next, 0, u32::MAX));
            if known.2 != local.article {
                known.1 += 1;
                known.2 = local.article;
            }
        }
    }
    let mut found: Vec<(Tie, (usize, u32, u32))> = found.into_iter().collect();
    found.sort_by_key(|(_, (at, articles, _))| (std::cmp::Reverse(*articles), *at));
    let told = found
        .into_iter()
        .take(MOST)
        .map(|(tie, (_, articles, _))| Tie { articles, ..tie });
    told.collect()
}
