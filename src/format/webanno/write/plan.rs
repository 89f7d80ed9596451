//! Which layers are written, with which columns, and what goes where.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::article::{Annotations, Target};
use crate::format::layers::is_type;
use crate::format::loss::mention_of;
use crate::format::webanno::header::{ANY, Declared, IDENTIFIER, SAME, Sort};

/// The type of tokens: their annotations are the tokens themselves.
const TOKEN: &str = ".segmentation.type.Token";
/// The type of names that every project has.
const NAMED: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";

/// The layers as they are written.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Their lines in the head.
    pub(super) lines: Vec<String>,
    /// The layer of each mention; none for tokens.
    pub(super) mentions: Vec<Option<usize>>,
    pub(super) unplaced: Vec<Option<usize>>,
    pub(super) relations: Vec<Option<usize>>,
    /// The layer of links between mentions of other layers.
    pub(super) same: Option<usize>,
}

/// Features of a layer to be declared: what stands in the line, by the feature's name, for the order.
type Features = BTreeSet<(String, String)>;

pub(super) fn plan(made: &Annotations) -> Plan {
    let mut planner = Planner {
        made,
        plan: Plan {
            mentions: vec![None; made.mentions().len()],
            unplaced: vec![None; made.unplaced().len()],
            relations: vec![None; made.relations().len()],
            ..Plan::default()
        },
        names: HashSet::new(),
        triggers: made
            .events()
            .iter()
            .filter_map(|event| event.trigger.map(|id| id.0 as usize))
            .collect(),
    };
    planner.declared();
    planner.spans();
    planner.relations();
    planner.same();
    planner.plan
}

struct Planner<'a> {
    made: &'a Annotations,
    plan: Plan,
    names: HashSet<String>,
    triggers: HashSet<usize>,
}

impl Planner<'_> {
    /// What the source declared is written as it was.
    fn declared(&mut self) {
        let mut sheets: HashMap<usize, (usize, Sort)> = HashMap::new();
        for (at, layer) in self.made.layers().iter().enumerate() {
            if let Some(declared) = Declared::parse(&layer.declared, 0) {
                sheets.insert(at, (self.plan.lines.len(), declared.sort));
                self.names.insert(declared.name.to_owned());
                self.plan.lines.push(layer.declared.to_string());
            }
        }
        let of = |layer: u16, relation: bool| {
            let (sheet, sort) = sheets.get(&usize::from(layer))?;
            ((*sort == Sort::Relation) == relation).then_some(*sheet)
        };
        let made = self.made;
        let plan = &mut self.plan;
        plan.mentions = made
            .mentions()
            .iter()
            .map(|m| of(m.layer.0, false))
            .collect();
        plan.unplaced = made
            .unplaced()
            .iter()
            .map(|u| of(u.layer.0, false))
            .collect();
        plan.relations = made
            .relations()
            .iter()
            .map(|r| of(r.layer.0, true))
            .collect();
    }

    /// A name that no layer has yet.
    fn name(&mut self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        let mut number = 2;
        while !self.names.insert(name.clone()) {
            name = format!("{wanted}{number}");
            number += 1;
        }
        name
    }

    /// Mentions of layers that no line declares: those that trigger events apart from the others.
    fn spans(&mut self) {
        for (at, layer) in self.made.layers().iter().enumerate() {
            if !layer.declared.is_empty() || layer.name.ends_with(TOKEN) {
                continue;
            }
            for events in [false, true] {
                let mentions = self.made.mentions().iter().enumerate();
                let own: Vec<usize> = mentions
                    .filter(|(id, m)| {
                        usize::from(m.layer.0) == at && self.triggers.contains(id) == events
                    })
                    .map(|(id, _)| id)
                    .collect();
                if !own.is_empty() {
                    self.span_layer(&layer.name, events, &own);
                }
            }
        }
    }

    fn span_layer(&mut self, layer: &str, events: bool, own: &[usize]) {
        let members: HashSet<usize> = own.iter().copied().collect();
        let made = self.made;
        let of = |target: Target| {
            let mention = match target {
                Target::Relation(_) => None,
                target => mention_of(made, target),
            };
            mention.is_some_and(|id| members.contains(&(id.0 as usize)))
        };
        let mut features = features(made, of);
        let plain = features.len() == 1 + usize::from(made.links().iter().any(|l| of(l.target)));
        let wanted = match (events, is_type(layer) && layer != SAME, plain) {
            (true, ..) => "webanno.custom.Event",
            (false, true, _) => layer,
            (false, false, true) if !self.names.contains(NAMED) => NAMED,
            (false, false, _) => "webanno.custom.Span",
        };
        let name = self.name(wanted);
        let sheet = self.plan.lines.len();
        for id in own {
            if let Some(slot) = self.plan.mentions.get_mut(*id) {
                *slot = Some(sheet);
            }
        }
        if events {
            let own = |trigger: Option<crate::article::MentionId>| {
                trigger.is_some_and(|id| members.contains(&(id.0 as usize)))
            };
            // Fillers may be of this layer itself, whose line is to come.
            self.plan.lines.push(format!("#T_SP={name}|"));
            let events = made.events().iter().filter(|event| own(event.trigger));
            let fillers = events.flat_map(|e| e.arguments.iter().map(|a| a.target));
            let base = self.base(fillers);
            self.plan.lines.pop();
            features.insert((
                "arguments".to_owned(),
                format!("ROLE_{name}:arguments_{name}ArgumentsLink|{base}"),
            ));
        }
        self.plan.lines.push(line("SP", &name, &features));
    }

    /// The type of all these, or that of any annotation.
    fn base(&self, targets: impl Iterator<Item = Target>) -> String {
        let sheets: HashSet<Option<usize>> = targets
            .filter_map(|target| mention_of(self.made, target))
            .map(|id| self.plan.mentions.get(id.0 as usize).copied().flatten())
            .collect();
        let only = match sheets.into_iter().collect::<Vec<_>>().as_slice() {
            [Some(only)] => self.plan.lines.get(*only),
            _ => None,
        };
        let declared = only.and_then(|line| Declared::parse(line, 0));
        declared.map_or(ANY[0], |declared| declared.name).to_owned()
    }

    /// Entities of which the source tells, where their mentions are spans.
    fn same(&mut self) {
        let chains: Vec<bool> = self
            .plan
            .lines
            .iter()
            .map(|line| line.starts_with("#T_CH"))
            .collect();
        let is_span = |mention: usize| {
            let sheet = self.plan.mentions.get(mention).copied().flatten();
            sheet.is_some_and(|sheet| chains.get(sheet) == Some(&false))
        };
        let needed = self.made.entities().iter().any(|entity| {
            let spans = entity.mentions().iter().filter(|id| is_span(id.0 as usize));
            entity.given.is_some() && spans.count() > 1
        });
        if needed {
            self.plan.same = Some(self.plan.lines.len());
            let line = format!("#T_CH={SAME}|referenceRelation|referenceType");
            self.plan.lines.push(line);
        }
    }

    fn relations(&mut self) {
        let made = self.made;
        for at in 0..made.layers().len() {
            let relations = made.relations().iter().enumerate();
            let own: Vec<usize> = relations
                .filter(|(id, r)| {
                    let open = self.plan.relations.get(*id) == Some(&None);
                    open && usize::from(r.layer.0) == at && r.arguments.len() == 2
                })
                .map(|(id, _)| id)
                .collect();
            if own.is_empty() {
                continue;
            }
            let members: HashSet<usize> = own.iter().copied().collect();
            let mut features = features(made, |target| match target {
                Target::Relation(id) => members.contains(&(id.0 as usize)),
                _ => false,
            });
            features.retain(|(name, _)| name != IDENTIFIER);
            let ends = own.iter().filter_map(|id| made.relations().get(*id));
            let ends = ends.flat_map(|r| r.arguments.iter().map(|a| a.target));
            let base = self.base(ends);
            let name = self.name("webanno.custom.Relation");
            for id in own {
                if let Some(slot) = self.plan.relations.get_mut(id) {
                    *slot = Some(self.plan.lines.len());
                }
            }
            let line = line("RL", &name, &features);
            self.plan.lines.push(format!("{line}|BT_{base}"));
        }
    }
}

/// The features of a layer: the label, and what its annotations have beside it.
fn features(made: &Annotations, of: impl Fn(Target) -> bool) -> Features {
    let mut features = Features::from([("value".to_owned(), "value".to_owned())]);
    for attribute in made.attributes().iter().filter(|a| of(a.target)) {
        let name = feature_name(&attribute.name);
        features.insert((name.clone(), name));
    }
    if made.links().iter().any(|link| of(link.target)) {
        features.insert((IDENTIFIER.to_owned(), IDENTIFIER.to_owned()));
    }
    features
}

/// The name under which an attribute is written: without what parts the columns of the head.
pub(super) fn feature_name(name: &str) -> String {
    let fits = |c: char| if c.is_alphanumeric() { c } else { '_' };
    let name: String = name.chars().map(fits).collect();
    match name.as_str() {
        "" => "_".to_owned(),
        "value" | IDENTIFIER | "arguments" => format!("{name}_"),
        _ if ["ROLE_", "BT_"].iter().any(|sign| name.starts_with(sign)) => format!("_{name}"),
        _ => name,
    }
}

fn line(sort: &str, name: &str, features: &Features) -> String {
    let mut line = format!("#T_{sort}={name}");
    for (_, written) in features {
        line.push('|');
        line.push_str(written);
    }
    line
}
