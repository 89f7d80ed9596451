//! Annotations with their places: mentions, entities of chains, relations, events of slots.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::body::{Body, Key, key};
use super::cells::{Cells, Draft, Owner, Slots, Tie, offset};
use super::escape::{number, parts, suffix, unescape_value};
use super::header::{ANY, Header, IDENTIFIER, SAME, Sort, short as last};
use super::place::COUNTING;
use crate::article::{
    AnnotationsBuilder, Argument, Attribute, ByteSpan, LayerId, Link, MentionDraft, MentionId,
    Relation, Target, Text, Unplaced,
};
use crate::format::alike::surface;
use crate::format::code::Code;
use crate::format::count::Scale;
use crate::format::report::{Lines, Report, short};

/// The parts that a relation has.
pub(super) const GOVERNOR: &str = "Governor";
pub(super) const DEPENDENT: &str = "Dependent";

/// The type of tokens.
const TOKEN: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";

/// What is made of a file.
pub(super) struct Maker<'a, 'r> {
    pub(super) file: &'r str,
    pub(super) header: &'r Header<'a>,
    pub(super) body: &'r Body<'a>,
    pub(super) places: &'r [Option<ByteSpan>],
    pub(super) text: &'r Text,
    pub(super) lines: &'r Lines<'r>,
    pub(super) report: &'r mut Report,
    pub(super) builder: AnnotationsBuilder<'r>,
    pub(super) layers: Vec<LayerId>,
    /// What became of each draft.
    pub(super) targets: Vec<Target>,
    /// Mentions that name no entity by their words.
    pub(super) apart: HashSet<u32>,
    /// Layers of types that the file does not declare: that of tokens.
    pub(super) implied: HashMap<&'a str, LayerId>,
    /// Where there are annotations without words: the offsets of the article.
    pub(super) scale: Option<Scale>,
}

impl<'a> Maker<'a, '_> {
    pub(super) fn make(&mut self, cells: &Cells<'a>) {
        for layer in &self.header.layers {
            let id = if layer.name == SAME {
                LayerId::default()
            } else {
                self.builder.declared(layer.name, layer.line)
            };
            self.layers.push(id);
        }
        self.mentions(&cells.drafts);
        self.chains(&cells.drafts);
        let units = self.units();
        let index = Index::new(cells, self.header, units);
        let ties = self.relations(&cells.ties, &index, cells);
        for (owner, name, value) in &cells.features {
            let target = match owner {
                Owner::Draft(at) => self.targets.get(*at).copied(),
                Owner::Tie(at) => ties.get(*at).copied().flatten(),
            };
            if let Some(target) = target {
                self.feature(target, name, value);
            }
        }
        self.events(cells, &index);
    }

    fn layer(&self, number: usize) -> LayerId {
        self.layers.get(number).copied().unwrap_or_default()
    }

    /// The layer of a type that the file does not declare, or not as one of mentions.
    fn implied(&mut self, name: &'a str) -> LayerId {
        if let Some(layer) = self.implied.get(name) {
            return *layer;
        }
        let layer = self.builder.layer(name);
        self.implied.insert(name, layer);
        layer
    }

    fn mentions(&mut self, drafts: &[Draft<'a>]) {
        let mut alike: HashMap<(ByteSpan, &str), Vec<usize>> = HashMap::new();
        let is_same = |draft: &Draft<'_>| {
            let layer = self.header.layers.get(draft.layer);
            layer.is_some_and(|layer| layer.name == SAME)
        };
        let same: Vec<bool> = drafts.iter().map(is_same).collect();
        if same.contains(&true) {
            for (at, draft) in drafts.iter().enumerate().rev() {
                let placed = draft.span.filter(|_| same.get(at) == Some(&false));
                if let Some(span) = placed {
                    alike.entry((span, &*draft.label)).or_default().push(at);
                }
            }
        }
        let mut linked: Vec<(usize, usize)> = Vec::new();
        for (at, draft) in drafts.iter().enumerate() {
            // A link that says no more than that mentions of other layers are one.
            if same.get(at) == Some(&true)
                && let Some(span) = draft.span
                && let Some(other) = alike.get_mut(&(span, &*draft.label)).and_then(Vec::pop)
            {
                linked.push((at, other));
                self.targets.push(Target::Mention(MentionId(u32::MAX)));
                continue;
            }
            let layer = if same.get(at) == Some(&true) {
                self.implied(SAME)
            } else {
                self.layer(draft.layer)
            };
            let target = self.mention(draft, layer);
            self.targets.push(target);
        }
        for (at, other) in linked {
            let target = self.targets.get(other).copied();
            if let (Some(slot), Some(target)) = (self.targets.get_mut(at), target) {
                *slot = target;
            }
        }
    }

    fn mention(&mut self, draft: &Draft<'a>, layer: LayerId) -> Target {
        let label = self.builder.label(&draft.label);
        let source_id = draft.id.map_or_else(String::new, |id| id.to_string());
        if let Some(span) = draft.span.filter(|span| !span.is_empty()) {
            let made = self.builder.mention(MentionDraft {
                layer,
                source_id: source_id.clone(),
                label,
                spans: vec![span],
                ..MentionDraft::default()
            });
            if let Ok(id) = made {
                let declared = self.header.layers.get(draft.layer);
                if declared.is_some_and(|d| d.is_grammar() || d.slots > 0) {
                    self.apart.insert(id.0);
                }
                return Target::Mention(id);
            }
        }
        let unit = self.body.units.get(draft.unit);
        if let Some(unit) = unit.filter(|_| draft.span.is_some()) {
            self.report.add(
                Code::EMPTY_SPAN,
                self.lines.place(unit.at),
                format!(
                    "“{}” has no words: it begins and ends at {}",
                    short(&draft.label),
                    unit.start
                ),
                "nothing is to be done if that is meant; it is kept without a place",
            );
        }
        let place = match (draft.span, unit) {
            (Some(span), _) => {
                let whole = self.text.whole();
                let new = || Scale::of_text(whole, COUNTING);
                let at = self
                    .scale
                    .get_or_insert_with(new)
                    .offset(whole, span.start());
                format!("{at}-{at}")
            }
            (None, Some(unit)) => format!("{}-{}", unit.start, unit.end),
            (None, None) => String::new(),
        };
        Target::Unplaced(self.builder.unplaced(Unplaced {
            layer,
            source_id: source_id.into(),
            label,
            place: place.into(),
            quote: unit.map_or("", |unit| unit.word).into(),
        }))
    }

    fn chains(&mut self, drafts: &[Draft<'a>]) {
        let mut chains: BTreeMap<(usize, u32), Vec<usize>> = BTreeMap::new();
        for (at, draft) in drafts.iter().enumerate() {
            if let Some(chain) = draft.chain {
                chains.entry((draft.layer, chain)).or_default().push(at);
            }
        }
        for members in chains.into_values() {
            let mut seen = HashSet::new();
            let members: Vec<MentionId> = members
                .iter()
                .filter_map(|at| match self.targets.get(*at) {
                    Some(Target::Mention(id)) if seen.insert(*id) => Some(*id),
                    _ => None,
                })
                .collect();
            self.entity(&members);
        }
    }

    /// An entity of these mentions, named by the longest, with the others as aliases.
    fn entity(&mut self, members: &[MentionId]) {
        let mentions = self.builder.mentions();
        let named = members.iter().filter_map(|id| {
            let mention = mentions.get(id.0 as usize)?;
            Some((surface(self.text, mention.spans()), mention.label))
        });
        let named: Vec<_> = named.collect();
        let longest = named
            .iter()
            .rev()
            .max_by_key(|(name, _)| name.chars().count());
        let Some((name, label)) = longest.cloned() else {
            return;
        };
        let mut known = HashSet::from([name.clone()]);
        let aliases = named.into_iter().map(|(name, _)| name);
        let aliases = aliases.filter(|n| known.insert(n.clone())).collect();
        let entity = self.builder.entity(&name, label, aliases);
        for member in members {
            self.builder.refer(*member, entity);
        }
    }

    /// The units by key. Lines in the order of their numbers, as they mostly are, need no sorting.
    fn units(&mut self) -> Vec<(Key, usize)> {
        let units = self.body.units.iter().enumerate();
        let mut index: Vec<(Key, usize)> = units.map(|(at, unit)| (unit.key, at)).collect();
        if index
            .windows(2)
            .all(|pair| matches!(pair, [a, b] if a.0 < b.0))
        {
            return index;
        }
        index.sort_unstable();
        for pair in index.windows(2) {
            if let [(first, _), (second, at)] = pair
                && first == second
                && let Some(unit) = self.body.units.get(*at)
            {
                let id = self.file.get(unit.at..).and_then(|l| l.split('\t').next());
                self.report.add(
                    Code::DUPLICATE_ID,
                    self.lines.place(unit.at),
                    format!("there is another {} before", short(id.unwrap_or(""))),
                    "number the tokens anew; what refers to it means the first",
                );
            }
        }
        index.dedup_by_key(|(key, _)| *key);
        index
    }

    fn feature(&mut self, target: Target, name: &str, value: &str) {
        // What has no mention of its own was told already.
        let _ = if name == IDENTIFIER {
            self.builder.link(Link {
                source_id: "".into(),
                target,
                reference: value.to_owned(),
                title: String::new(),
            })
        } else {
            self.builder.attribute(Attribute {
                source_id: "".into(),
                target,
                name: name.to_owned(),
                value: Some(value.to_owned()),
            })
        };
    }

    fn relations(
        &mut self,
        ties: &[Tie<'a>],
        index: &Index<'a>,
        cells: &Cells<'a>,
    ) -> Vec<Option<Target>> {
        let mut made = Vec::with_capacity(ties.len());
        for tie in ties {
            let mut arguments = Vec::with_capacity(2);
            if let Some(governor) = tie.governor {
                let target = self.find(governor, tie.ids.0, tie.base, index, cells);
                arguments.push((GOVERNOR, target));
            }
            let line = self.body.units.get(tie.unit).map_or(0, |unit| unit.at);
            let dependent = self.at(tie.unit, line, tie.ids.1, tie.base, index, cells);
            arguments.push((DEPENDENT, dependent));
            let relation = self.builder.relation(Relation {
                layer: self.layer(tie.layer),
                source_id: "".into(),
                label: tie.label.clone().into_owned(),
                arguments: arguments
                    .into_iter()
                    .map(|(role, target)| Argument {
                        role: role.into(),
                        target,
                    })
                    .collect(),
            });
            made.push(relation.ok().map(Target::Relation));
        }
        made
    }

    fn events(&mut self, cells: &Cells<'a>, index: &Index<'a>) {
        let mut events = HashMap::new();
        for (at, draft) in cells.drafts.iter().enumerate() {
            let declared = self.header.layers.get(draft.layer);
            if declared.is_none_or(|declared| declared.slots == 0) {
                continue;
            }
            let (trigger, lost) = match self.targets.get(at).copied() {
                Some(Target::Mention(id)) => (Some(id), None),
                other => (None, other),
            };
            let layer = self.layer(draft.layer);
            let Ok(event) = self.builder.event(layer, "", &draft.label, trigger) else {
                continue;
            };
            if let Some(target) = lost {
                let role = (&*draft.label).into();
                let _ = self.builder.argument(event, Argument { role, target });
            }
            events.insert(at, event);
        }
        for slots in &cells.slots {
            for (role, target) in self.fillers(slots, cells, index) {
                if let Some(event) = events.get(&slots.draft) {
                    let role = role.into();
                    let _ = self.builder.argument(*event, Argument { role, target });
                }
            }
        }
    }

    /// The roles and what plays them; a role that nothing plays becomes a value of its own.
    fn fillers(
        &mut self,
        slots: &Slots<'a>,
        cells: &Cells<'a>,
        index: &Index<'a>,
    ) -> Vec<(String, Target)> {
        let draft = cells.drafts.get(slots.draft);
        let declared = draft.and_then(|draft| self.header.layers.get(draft.layer));
        let named = |role: &str| {
            let role = match role {
                "*" | "_" => Cow::Borrowed(""),
                role => unescape_value(role),
            };
            declared.map_or_else(|| role.to_string(), |d| d.role(slots.feature, &role))
        };
        let mut roles = parts(slots.roles, b';');
        let mut found = Vec::new();
        for filler in parts(slots.fillers, b';') {
            let role = named(roles.next().unwrap_or(""));
            if matches!(filler, "" | "*" | "_") {
                self.idle(slots, &role);
                continue;
            }
            let (unit, id) = match suffix(filler) {
                (unit, Some(id)) => (unit, number(id).unwrap_or(0)),
                (unit, None) => (unit, 0),
            };
            found.push((role, self.find(unit, id, slots.base, index, cells)));
        }
        for role in roles.filter(|role| !role.is_empty()) {
            self.idle(slots, &named(role));
        }
        found
    }

    fn idle(&mut self, slots: &Slots<'a>, role: &str) {
        if let Some(target) = self.targets.get(slots.draft).copied() {
            self.feature(target, slots.feature, role);
        }
    }

    /// The annotation that `1-2` and perhaps a number name.
    fn find(
        &mut self,
        said: &str,
        id: u32,
        base: &'a str,
        index: &Index<'a>,
        cells: &Cells<'a>,
    ) -> Target {
        let at = offset(self.file, said);
        let unit = key(said).and_then(|key| index.unit(key));
        match unit {
            Some(unit) => self.at(unit, at, id, base, index, cells),
            None => self.dangling(at, base, said, format!("there is no token {}", short(said))),
        }
    }

    fn dangling(&mut self, at: usize, base: &str, said: &str, message: String) -> Target {
        self.report.add(
            Code::DANGLING,
            self.lines.place(at),
            message,
            "name a token with such an annotation; what refers to it is kept",
        );
        let label = self.builder.label(last(base));
        Target::Unplaced(self.builder.unplaced(Unplaced {
            layer: LayerId::default(),
            source_id: "".into(),
            label,
            // Told apart from offsets, which look alike.
            place: format!("token {said}").into(),
            quote: "".into(),
        }))
    }

    /// The annotation of a type at a unit. Where a file has none of the type since tokens are meant, one is made.
    fn at(
        &mut self,
        unit: usize,
        at: usize,
        id: u32,
        base: &'a str,
        index: &Index<'a>,
        cells: &Cells<'a>,
    ) -> Target {
        let any = ANY.contains(&base);
        let layer = index.layers.get(base).copied();
        if id > 0 {
            let own = layer.and_then(|layer| cells.by_id.get(&(layer, id)));
            if let Some(draft) = own.or_else(|| index.by_id.get(&id))
                && let Some(target) = self.targets.get(*draft)
            {
                return *target;
            }
            let line = self.body.units.get(unit).map_or(0, |unit| unit.at);
            let line = self.file.get(line..).unwrap_or("");
            let said = format!("{}[{id}]", line.split('\t').next().unwrap_or(""));
            let message = format!("no annotation has the number [{id}]");
            return self.dangling(at, base, &said, message);
        }
        let own = layer.and_then(|layer| index.at.get(&(layer, unit)));
        let found = own.or_else(|| index.first.get(&unit).filter(|_| any));
        if let Some(target) = found.and_then(|draft| self.targets.get(*draft)) {
            return *target;
        }
        self.token(unit, base, layer)
    }

    /// A token that takes part in something without an annotation of its own.
    fn token(&mut self, unit: usize, base: &'a str, layer: Option<usize>) -> Target {
        let layer = match layer {
            Some(layer) => self.layer(layer),
            None if ANY.contains(&base) => self.implied(TOKEN),
            None => self.implied(base),
        };
        let label = self.builder.label(last(base));
        let place = self.places.get(unit).copied().flatten();
        let spans = place.into_iter().collect();
        let draft = MentionDraft {
            layer,
            label,
            spans,
            ..MentionDraft::default()
        };
        match self.builder.mention(draft) {
            Ok(id) => {
                self.apart.insert(id.0);
                Target::Mention(id)
            }
            Err(_) => {
                let unit = self.body.units.get(unit);
                let place = unit.map_or_else(String::new, |u| format!("{}-{}", u.start, u.end));
                Target::Unplaced(self.builder.unplaced(Unplaced {
                    layer,
                    source_id: "".into(),
                    label,
                    place: place.into(),
                    quote: unit.map_or("", |unit| unit.word).into(),
                }))
            }
        }
    }
}

/// Ways to the drafts that relations and slots name.
struct Index<'a> {
    layers: HashMap<&'a str, usize>,
    units: Vec<(Key, usize)>,
    /// The first that begins at a unit, by layer.
    at: HashMap<(usize, usize), usize>,
    first: HashMap<usize, usize>,
    by_id: HashMap<u32, usize>,
}

impl<'a> Index<'a> {
    fn new(cells: &Cells<'a>, header: &Header<'a>, units: Vec<(Key, usize)>) -> Self {
        let mut index = Self {
            layers: HashMap::new(),
            units,
            at: HashMap::new(),
            first: HashMap::new(),
            by_id: HashMap::new(),
        };
        if cells.ties.is_empty() && cells.slots.is_empty() {
            return index;
        }
        for (at, layer) in header.layers.iter().enumerate() {
            if layer.sort != Sort::Relation {
                index.layers.entry(layer.name).or_insert(at);
            }
        }
        for (at, draft) in cells.drafts.iter().enumerate() {
            index.at.entry((draft.layer, draft.unit)).or_insert(at);
            index.first.entry(draft.unit).or_insert(at);
            if let Some(id) = draft.id {
                index.by_id.entry(id).or_insert(at);
            }
        }
        index
    }

    fn unit(&self, key: Key) -> Option<usize> {
        let found = self.units.binary_search_by_key(&key, |(key, _)| *key);
        found
            .ok()
            .and_then(|at| self.units.get(at))
            .map(|(_, unit)| *unit)
    }
}
