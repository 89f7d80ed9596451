//! Which names are one: by hand, by link, by name, by alias, in this order of weight.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::fold;
use super::groups::{Join, Why};
use super::index::{Index, Local};
use super::rules::{base, is_title};
use super::strings::Word;
use super::union::Union;
use crate::article::Kind;
use crate::desk::NameRule;

/// What names have in common that read alike and are of one kind; the label only for [`Kind::Other`].
pub(super) type Alike = (Word, Kind, Word);

/// Which locals are one.
#[derive(Debug)]
pub(super) struct Grouping {
    /// Of each local its node: what reads alike, unless links or the reader part it.
    pub(super) of_local: Vec<u32>,
    /// Of each node one of its locals.
    pub(super) nodes: Vec<u32>,
    /// The nodes of what reads alike.
    pub(super) alike: HashMap<Alike, Vec<u32>>,
    pub(super) union: Union,
    /// What joined nodes, with one of them.
    pub(super) joins: Vec<(u32, Join)>,
    /// Aliases that several names of one kind have, with nodes of these.
    pub(super) shared: Vec<(Alike, Vec<u32>)>,
    /// Pairs of nodes that the reader parted.
    pub(super) parted: Vec<(u32, u32)>,
    /// Of each node's set the references, by knowledge base.
    links: HashMap<u32, BTreeMap<String, BTreeSet<Word>>>,
}

pub(super) fn alike(local: &Local, folded: Word) -> Alike {
    let label = match local.kind {
        Kind::Other => local.label,
        // Any word that is the same for all.
        _ => Word::default(),
    };
    (folded, local.kind, label)
}

impl Grouping {
    pub(super) fn new(index: &Index, rules: &[NameRule]) -> Self {
        let mut grouping = Self::nodes(index, rules);
        grouping.by_hand(index, rules);
        grouping.by_link(index);
        grouping.by_alias(index);
        grouping
    }

    /// Locals that read alike are a node; where their links tell several apart, each is one, and those without a link
    /// are another.
    fn nodes(index: &Index, rules: &[NameRule]) -> Self {
        let mut of_link = Union::default();
        let mut numbers: HashMap<Word, u32> = HashMap::new();
        let mut linked: Vec<(u32, u32)> = Vec::new();
        for (n, _) in (0u32..).zip(&index.locals) {
            let links = index.extra(n).map_or(&[][..], |extra| &extra.links);
            let mut first = None;
            for (_, link) in links {
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                let number = *numbers.entry(*link).or_insert(next);
                if number == next {
                    of_link.push();
                }
                match first {
                    None => first = Some(number),
                    Some(first) => {
                        of_link.join(first, number);
                    }
                }
            }
            linked.extend(first.map(|first| (n, first)));
        }
        let components: HashMap<u32, u32> = linked
            .into_iter()
            .map(|(local, link)| (local, of_link.find(link)))
            .collect();
        let mut alikes: HashMap<Alike, Vec<u32>> = HashMap::new();
        for (n, local) in (0u32..).zip(&index.locals) {
            alikes
                .entry(alike(local, local.folded))
                .or_default()
                .push(n);
        }
        let told_apart = |locals: &[u32]| {
            let mut bases: BTreeMap<&str, u32> = BTreeMap::new();
            locals.iter().any(|n| {
                let Some(component) = components.get(n) else {
                    return false;
                };
                let links = index.extra(*n).map_or(&[][..], |extra| &extra.links);
                let mut links = links.iter().map(|(_, link)| base(index.text(*link)));
                links.any(|base| *bases.entry(base).or_insert(*component) != *component)
            })
        };
        let mut made = Self {
            of_local: vec![0; index.locals.len()],
            nodes: Vec::new(),
            alike: HashMap::new(),
            union: Union::default(),
            joins: Vec::new(),
            shared: Vec::new(),
            parted: Vec::new(),
            links: HashMap::new(),
        };
        // In the order of the index, so that nothing depends on how a table is laid out.
        let mut apart: HashMap<Alike, bool> = HashMap::new();
        let mut numbers: HashMap<(Alike, Option<u32>, usize), u32> = HashMap::new();
        let splits = Splits::new(rules);
        for (n, local) in (0u32..).zip(&index.locals) {
            let alike = alike(local, local.folded);
            let locals = alikes.get(&alike).map_or(&[][..], Vec::as_slice);
            let is_apart = *apart.entry(alike).or_insert_with(|| told_apart(locals));
            let component = components.get(&n).copied().filter(|_| is_apart);
            let split = splits.of(index, local);
            let next = u32::try_from(made.nodes.len()).unwrap_or(u32::MAX);
            let node = *numbers.entry((alike, component, split)).or_insert(next);
            if node == next {
                made.nodes.push(n);
                if split == 0 {
                    made.alike.entry(alike).or_default().push(node);
                }
            }
            if let Some(of) = made.of_local.get_mut(n as usize) {
                *of = node;
            }
            for (_, link) in index.extra(n).map_or(&[][..], |extra| &extra.links) {
                let of_base = base(index.text(*link)).to_owned();
                let links = made.links.entry(node).or_default();
                links.entry(of_base).or_default().insert(*link);
            }
        }
        made.union = Union::new(made.nodes.len());
        made
    }

    /// The later of two rules about a pair holds.
    fn by_hand(&mut self, index: &Index, rules: &[NameRule]) {
        let mut decided: BTreeSet<(u32, u32)> = BTreeSet::new();
        let mut together = Vec::new();
        for rule in rules.iter().rev().filter(|rule| rule.articles.is_empty()) {
            let mut nodes: Vec<Vec<u32>> = Vec::new();
            for name in &rule.names {
                nodes.push(self.called(index, name, rule.kind));
            }
            let mut pairs = Vec::new();
            for (at, ones) in nodes.iter().enumerate() {
                // Names that read alike are one by hand only where they are told to be.
                let others = nodes.iter().skip(at + usize::from(!rule.same)).flatten();
                for other in others {
                    pairs.extend(
                        ones.iter()
                            .filter(|one| *one != other)
                            .map(|one| (*one, *other)),
                    );
                }
            }
            for (one, other) in pairs {
                let pair = (one.min(other), one.max(other));
                if !decided.insert(pair) {
                    continue;
                }
                if rule.same {
                    together.push((one, other));
                } else {
                    self.parted.push(pair);
                }
            }
        }
        for (one, other) in together.into_iter().rev() {
            self.unite(index, one, other, Why::Hand, "");
        }
    }

    /// The nodes of a name as a rule writes it.
    fn called(&self, index: &Index, name: &str, kind: Option<Kind>) -> Vec<u32> {
        let Some(word) = index.strings.find(&fold(name)) else {
            return Vec::new();
        };
        let fits = |(folded, of_kind, _): &Alike| {
            *folded == word && kind.is_none_or(|kind| kind == *of_kind)
        };
        let found = self.alike.iter().filter(|(alike, _)| fits(alike));
        let mut found: Vec<u32> = found.flat_map(|(_, nodes)| nodes).copied().collect();
        found.sort_unstable();
        found
    }

    fn by_link(&mut self, index: &Index) {
        let mut first: HashMap<Word, u32> = HashMap::new();
        for (n, _) in (0u32..).zip(&index.locals) {
            let Some(extra) = index.extra(n) else {
                continue;
            };
            let node = self.of_local.get(n as usize).copied().unwrap_or(0);
            for (_, link) in &extra.links {
                let known = *first.entry(*link).or_insert(node);
                if known != node {
                    self.unite(index, known, node, Why::Link, index.text(*link));
                }
            }
        }
    }

    /// An alias joins where only one name of its kind has it. What joins may make another alias that of one name only,
    /// so it is gone over until nothing changes. A title is nobody's, however many articles give it to one person.
    fn by_alias(&mut self, index: &Index) {
        let mut owners: BTreeMap<Alike, (Word, BTreeSet<u32>)> = BTreeMap::new();
        for (n, local) in (0u32..).zip(&index.locals) {
            let Some(extra) = index.extra(n) else {
                continue;
            };
            let node = self.of_local.get(n as usize).copied().unwrap_or(0);
            let joining = |folded: Word| folded != local.folded && !is_title(index.text(folded));
            for (alias, folded) in extra.aliases.iter().filter(|(_, f)| joining(*f)) {
                let owners = owners.entry(alike(local, *folded));
                owners
                    .or_insert_with(|| (*alias, BTreeSet::new()))
                    .1
                    .insert(node);
            }
        }
        loop {
            let mut changed = false;
            self.shared.clear();
            for (alike, (alias, owners)) in &owners {
                let mut roots: Vec<u32> = Vec::new();
                for owner in owners {
                    let root = self.union.find(*owner);
                    if !roots.iter().any(|known| self.union.find(*known) == root) {
                        roots.push(*owner);
                    }
                }
                let called = self.alike.get(alike).cloned().unwrap_or_default();
                match (&*roots, &*called) {
                    (_, []) => {}
                    ([owner], [node]) => {
                        changed |= self.unite(index, *owner, *node, Why::Alias, index.text(*alias));
                    }
                    _ => self.shared.push((*alike, roots)),
                }
            }
            if !changed {
                return;
            }
        }
    }

    /// Joins two nodes, unless they are one, the reader parted them or, but for the reader's word, their links tell
    /// them apart. Says whether it did.
    fn unite(&mut self, index: &Index, one: u32, other: u32, why: Why, by: &str) -> bool {
        let (root, of_other) = (self.union.find(one), self.union.find(other));
        if root == of_other {
            return false;
        }
        let is_parted = self.parted.clone().into_iter().any(|(a, b)| {
            let (a, b) = (self.union.find(a), self.union.find(b));
            (a, b) == (root, of_other) || (b, a) == (root, of_other)
        });
        if is_parted || (why == Why::Alias && self.links_differ(root, of_other)) {
            return false;
        }
        let join = Join {
            why,
            one: self.name(index, one),
            other: self.name(index, other),
            by: by.to_owned(),
        };
        self.joins.push((one, join));
        self.union.join(root, of_other);
        let (kept, gone) = (root.min(of_other), root.max(of_other));
        if let Some(links) = self.links.remove(&gone) {
            let into = self.links.entry(kept).or_default();
            for (base, references) in links {
                into.entry(base).or_default().extend(references);
            }
        }
        true
    }

    /// A name of a node.
    pub(super) fn name(&self, index: &Index, node: u32) -> String {
        let local = self.nodes.get(node as usize).copied();
        let local = local.and_then(|local| index.locals.get(local as usize));
        local.map_or_else(String::new, |local| index.text(local.name).to_owned())
    }

    /// In how many articles each node is, by number.
    pub(super) fn articles(&self, index: &Index) -> Vec<(u32, u32)> {
        let mut counts = vec![(u32::MAX, 0u32); self.nodes.len()];
        for (local, node) in index.locals.iter().zip(&self.of_local) {
            if let Some((last, count)) = counts.get_mut(*node as usize)
                && std::mem::replace(last, local.article) != local.article
            {
                *count += 1;
            }
        }
        let counts = counts.into_iter().map(|(_, count)| count);
        (0u32..).zip(counts).collect()
    }

    /// Whether two sets have references in one knowledge base, and none in common there.
    fn links_differ(&self, one: u32, other: u32) -> bool {
        let (Some(one), Some(other)) = (self.links.get(&one), self.links.get(&other)) else {
            return false;
        };
        one.iter().any(|(base, references)| {
            other
                .get(base)
                .is_some_and(|others| references.is_disjoint(others))
        })
    }
}

/// Rules that set names of certain articles apart from those that read alike elsewhere.
struct Splits<'a> {
    rules: Vec<(usize, &'a NameRule, Vec<String>)>,
}

impl<'a> Splits<'a> {
    fn new(rules: &'a [NameRule]) -> Self {
        let apart = rules.iter().enumerate();
        let apart = apart.filter(|(_, rule)| !rule.same && !rule.articles.is_empty());
        let with_names = |(n, rule): (usize, &'a NameRule)| {
            (
                n + 1,
                rule,
                rule.names.iter().map(|name| fold(name)).collect(),
            )
        };
        Self {
            rules: apart.map(with_names).collect(),
        }
    }

    /// The number of the last rule that sets a local apart; 0 when none does.
    fn of(&self, index: &Index, local: &Local) -> usize {
        if self.rules.is_empty() {
            return 0;
        }
        let name = index.text(local.folded);
        let row = index.articles.get(local.article as usize);
        let article = row.map_or("", |row| index.text(row.name));
        let fits = |(_, rule, names): &&(usize, &NameRule, Vec<String>)| {
            rule.kind.is_none_or(|kind| kind == local.kind)
                && names.iter().any(|of| of == name)
                && rule.articles.iter().any(|of| of == article)
        };
        self.rules.iter().rev().find(fits).map_or(0, |(n, _, _)| *n)
    }
}
