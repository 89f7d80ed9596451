//! Names that may be one, for the reader to say: short forms, shared aliases, one name with several references.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::groups::{GroupId, Groups};
use super::index::Index;
use super::page::Key;
use super::rules::{is_title, surname_len};
use super::strings::Word;
use crate::article::Kind;
use crate::text::is_han;

/// A short form with more longer ones than this is told with those that it occurs with most.
const MOST: usize = 8;
/// A character that more names of organisations have than this leads to too many of them.
const MOST_WITH_CHARACTER: usize = 20_000;

/// Why two names may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Short {
    /// A part of a name with dots or blanks: 高锐 of 弗朗西斯·高锐.
    Part,
    /// A Chinese name without its surname.
    Given,
    /// An organisation by some of its characters, or by its initials.
    Abbreviation,
    /// An alias that several names have.
    Alias,
    /// The same name with another reference, or with none.
    Reference,
}

impl Short {
    /// What it is in words, behind the two names.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Part => "a part of the name",
            Self::Given => "without the surname",
            Self::Abbreviation => "an abbreviation",
            Self::Alias => "an alias of several names",
            Self::Reference => "the same name, other references",
        }
    }
}

/// Two names that may be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The shorter one.
    pub short: Key,
    /// The longer one.
    pub long: Key,
    /// Why.
    pub why: Short,
    /// How many articles have both.
    pub together: u32,
    pub(super) ids: (GroupId, GroupId),
}

type Pairs = BTreeMap<(GroupId, GroupId), Short>;

impl Groups {
    /// All names that may be one, those that share most articles first.
    #[must_use]
    pub fn proposals(&self, index: &Index) -> Vec<Proposal> {
        let mut pairs = Pairs::new();
        let names = self.names(index);
        self.parts(index, &names, &mut pairs);
        self.abbreviations(index, &names, &mut pairs);
        self.shared(index, &mut pairs);
        let parted = self.parted();
        pairs.retain(|(short, long), _| {
            short != long
                && !parted.contains(&(*short, *long))
                && !parted.contains(&(*long, *short))
        });
        let mut by_short: BTreeMap<GroupId, Vec<(u32, GroupId, Short)>> = BTreeMap::new();
        for ((short, long), why) in pairs {
            let together = self.together(index, short, long);
            by_short
                .entry(short)
                .or_default()
                .push((together, long, why));
        }
        let mut all = Vec::new();
        for (short, mut longs) in by_short {
            let mentions = |id: GroupId| self.get(id).map_or(0, |group| group.mentions);
            longs.sort_by_key(|(together, long, _)| {
                (
                    std::cmp::Reverse(*together),
                    std::cmp::Reverse(mentions(*long)),
                    *long,
                )
            });
            for (together, long, why) in longs.into_iter().take(MOST) {
                all.push(Proposal {
                    short: self.key(index, short),
                    long: self.key(index, long),
                    why,
                    together,
                    ids: (short, long),
                });
            }
        }
        all.sort_by_key(|proposal| std::cmp::Reverse(proposal.together));
        all
    }

    /// The key of a group, under the name that it is called by everywhere.
    #[must_use]
    pub fn key(&self, index: &Index, id: GroupId) -> Key {
        let locals = self.locals(id);
        let called = self.get(id).map_or("", |group| group.name.as_str());
        let named = locals.iter().find(|n| {
            let local = index.locals.get(**n as usize);
            local.is_some_and(|local| index.text(local.name) == called)
        });
        let local = named.or(locals.first()).copied().unwrap_or(u32::MAX);
        Key::of_local(index, local)
    }

    /// The names and aliases of each group, folded.
    fn names(&self, index: &Index) -> Vec<BTreeSet<Word>> {
        let mut names = vec![BTreeSet::new(); self.all().len()];
        for (n, local) in (0u32..).zip(&index.locals) {
            if let Some(names) = names.get_mut(self.of(n).0 as usize) {
                names.insert(local.folded);
                let aliases = index.extra(n).map_or(&[][..], |extra| &extra.aliases);
                names.extend(aliases.iter().map(|(_, folded)| *folded));
            }
        }
        names
    }

    /// The groups of a kind with a name that reads so.
    fn called(&self, index: &Index, folded: &str, kind: Kind) -> Vec<GroupId> {
        let of_kind = |id: &GroupId| self.get(*id).is_some_and(|group| group.kind == kind);
        self.named(index, folded)
            .into_iter()
            .filter(of_kind)
            .collect()
    }

    fn parts(&self, index: &Index, names: &[BTreeSet<Word>], pairs: &mut Pairs) {
        for (n, (group, names)) in (0u32..).zip(self.all().iter().zip(names)) {
            if group.kind != Kind::Person {
                continue;
            }
            for name in names.iter().map(|word| index.text(*word)) {
                for (short, why) in short_forms(name) {
                    if is_title(&short) || short.chars().count() < 2 {
                        continue;
                    }
                    for of_short in self.called(index, &short, Kind::Person) {
                        pairs.entry((of_short, GroupId(n))).or_insert(why);
                    }
                }
            }
        }
    }

    fn abbreviations(&self, index: &Index, names: &[BTreeSet<Word>], pairs: &mut Pairs) {
        let organisations = || {
            let all = (0u32..).zip(self.all().iter().zip(names));
            let of_kind = all.filter(|(_, (group, _))| group.kind == Kind::Organisation);
            of_kind.flat_map(|(n, (_, names))| {
                names
                    .iter()
                    .map(move |word| (GroupId(n), index.text(*word)))
            })
        };
        let mut with: HashMap<char, Vec<(GroupId, &str)>> = HashMap::new();
        let mut initials: HashMap<String, Vec<GroupId>> = HashMap::new();
        for (id, name) in organisations() {
            let chars: BTreeSet<char> = name.chars().filter(|c| is_han(*c)).collect();
            for c in chars {
                with.entry(c).or_default().push((id, name));
            }
            let words = name
                .split([' ', '-'])
                .filter_map(|word| word.chars().next());
            let word = words.collect::<String>();
            if word.chars().count() > 1 {
                initials.entry(word).or_default().push(id);
            }
        }
        for (id, short) in organisations() {
            for long in initials.get(short).into_iter().flatten() {
                pairs.entry((id, *long)).or_insert(Short::Abbreviation);
            }
            let len = short.chars().count();
            if !(2..=8).contains(&len) || !short.chars().all(is_han) {
                continue;
            }
            let lists = short.chars().filter_map(|c| with.get(&c));
            let Some(list) = lists.min_by_key(|list| list.len()) else {
                continue;
            };
            for (of_long, long) in list.iter().take(MOST_WITH_CHARACTER) {
                if *of_long != id && long.chars().count() >= 2 * len && is_among(short, long) {
                    pairs.entry((id, *of_long)).or_insert(Short::Abbreviation);
                }
            }
        }
    }

    /// Aliases of several names, and names that references part. The grouping passes over titles among the aliases.
    fn shared(&self, index: &Index, pairs: &mut Pairs) {
        let of_node = |node: u32| {
            let local = self.grouping.nodes.get(node as usize).copied();
            self.of(local.unwrap_or(u32::MAX))
        };
        for (alike, owners) in &self.grouping.shared {
            for called in self.grouping.alike.get(alike).into_iter().flatten() {
                for owner in owners {
                    pairs
                        .entry((of_node(*called), of_node(*owner)))
                        .or_insert(Short::Alias);
                }
            }
        }
        for ((folded, _, _), nodes) in &self.grouping.alike {
            if nodes.len() < 2 || is_title(index.text(*folded)) {
                continue;
            }
            let mut ids: Vec<GroupId> = nodes.iter().map(|node| of_node(*node)).collect();
            ids.sort_unstable();
            ids.dedup();
            // The one with most mentions is taken for the name itself.
            let most = |id: &GroupId| self.get(*id).map_or(0, |group| group.mentions);
            let Some(main) = ids
                .iter()
                .copied()
                .max_by_key(|id| (most(id), std::cmp::Reverse(*id)))
            else {
                continue;
            };
            for id in ids.into_iter().filter(|id| *id != main) {
                pairs.entry((id, main)).or_insert(Short::Reference);
            }
        }
    }

    fn parted(&self) -> BTreeSet<(GroupId, GroupId)> {
        let of_node = |node: u32| {
            let local = self.grouping.nodes.get(node as usize).copied();
            self.of(local.unwrap_or(u32::MAX))
        };
        let pairs = self.grouping.parted.iter();
        pairs
            .map(|(one, other)| (of_node(*one), of_node(*other)))
            .collect()
    }

    /// How many articles have both.
    fn together(&self, index: &Index, one: GroupId, other: GroupId) -> u32 {
        // Locals stand in the order of the articles.
        let articles = |id: GroupId| {
            let locals = self.locals(id).iter();
            let locals = locals.filter_map(|n| index.locals.get(*n as usize));
            let mut articles: Vec<u32> = locals.map(|local| local.article).collect();
            articles.dedup();
            articles
        };
        let (one, other) = (articles(one), articles(other));
        let (few, many) = if one.len() < other.len() {
            (one, other)
        } else {
            (other, one)
        };
        let both = few.iter().filter(|n| many.binary_search(n).is_ok()).count();
        u32::try_from(both).unwrap_or(u32::MAX)
    }
}

/// Parts of a folded name by which a person may be called.
fn short_forms(name: &str) -> Vec<(String, Short)> {
    let mut forms = Vec::new();
    for mark in ['·', ' '] {
        let parts: Vec<&str> = name.split(mark).filter(|part| !part.is_empty()).collect();
        if parts.len() < 2 || parts.len() > 6 {
            continue;
        }
        for from in 0..parts.len() {
            for to in from + 1..=parts.len() {
                if let Some(part) = parts.get(from..to).filter(|part| part.len() < parts.len()) {
                    forms.push((part.join(&mark.to_string()), Short::Part));
                }
            }
        }
    }
    let len = name.chars().count();
    if name.chars().all(is_han) {
        let surname = surname_len(name);
        if (surname + 2..=4).contains(&len) && len == surname + 2 {
            forms.push((name.chars().skip(surname).collect(), Short::Given));
        }
    }
    forms
}

/// Whether the characters of `short` stand in `long` in this order.
fn is_among(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c))
}
