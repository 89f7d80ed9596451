//! Relations and slots, and the annotations that they name.

use std::borrow::Cow;
use std::collections::HashMap;

use super::body::{Key, key};
use super::cells::{Cells, Slots, Tie, offset};
use super::escape::{number, parts, suffix, unescape_value};
use super::header::{ANY, Header, Sort, short as last};
use super::make::Maker;
use crate::article::{Argument, LayerId, MentionDraft, Relation, Target, Unplaced};
use crate::format::code::Code;
use crate::format::report::short;

/// The parts that a relation has.
const GOVERNOR: &str = "Governor";
const DEPENDENT: &str = "Dependent";

/// The type of tokens.
const TOKEN: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";

impl<'a> Maker<'a, '_> {
    /// The units by key. Lines in the order of their numbers, as they mostly are, need no sorting.
    pub(super) fn units(&mut self) -> Vec<(Key, usize)> {
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

    pub(super) fn relations(
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

    pub(super) fn events(&mut self, cells: &Cells<'a>, index: &Index<'a>) {
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
pub(super) struct Index<'a> {
    layers: HashMap<&'a str, usize>,
    units: Vec<(Key, usize)>,
    /// The first that begins at a unit, by layer.
    at: HashMap<(usize, usize), usize>,
    first: HashMap<usize, usize>,
    by_id: HashMap<u32, usize>,
}

impl<'a> Index<'a> {
    pub(super) fn new(cells: &Cells<'a>, header: &Header<'a>, units: Vec<(Key, usize)>) -> Self {
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
