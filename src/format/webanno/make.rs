//! Annotations with their places: mentions, entities of chains, relations, events of slots.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::body::Body;
use super::cells::{Cells, Draft, Owner};
use super::header::{Header, IDENTIFIER, SAME};
use super::place::COUNTING;
use super::ties::Index;
use crate::article::{
    AnnotationsBuilder, Attribute, ByteSpan, LayerId, Link, MentionDraft, MentionId, Target, Text,
    Unplaced,
};
use crate::format::alike::name;
use crate::format::code::Code;
use crate::format::count::Scale;
use crate::format::report::{Lines, Report, short};

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

    pub(super) fn layer(&self, number: usize) -> LayerId {
        self.layers.get(number).copied().unwrap_or_default()
    }

    /// The layer of a type that the file does not declare, or not as one of mentions.
    pub(super) fn implied(&mut self, name: &'a str) -> LayerId {
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
            Some((name(self.text, mention.spans()), mention.label))
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

    pub(super) fn feature(&mut self, target: Target, name: &str, value: &str) {
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
}
