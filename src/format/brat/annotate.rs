//! The lines of an `.ann` file to annotations over the text.

use crate::format::alike::{Candidate, clusters};
use crate::format::code::Code;
use std::collections::{HashMap, HashSet};

use super::groups;
use super::keep::Kept;
use super::lines::{Line, Part, What, Word};
use crate::article::{
    Annotations, AnnotationsBuilder, Argument, Attribute, EventId, LayerId, Link, MentionId, Note,
    Relation, Target, Text, Types,
};
use crate::format::count::Scale;
use crate::format::entry::ReadOptions;
use crate::format::report::{Lines, Report};
use crate::format::ring::closing;

/// The `.ann` file.
pub(super) struct Source<'a> {
    /// Its name, which becomes the layer's.
    pub(super) name: &'a str,
    pub(super) text: &'a str,
    pub(super) scale: &'a Scale,
    pub(super) options: &'a ReadOptions,
}

/// Makes the annotations. Events may name events and lines may stand in any order, so every sort of line has its own
/// pass.
pub(super) fn annotate(
    source: &Source<'_>,
    lines: &[Line<'_>],
    text: &Text,
    report: &mut Report,
) -> Annotations {
    let mut builder = AnnotationsBuilder::with_kinds(text, &source.options.kinds);
    builder.describe(&source.options.types);
    let layer = builder.layer(source.name);
    let mut maker = Maker {
        places: Lines::new(source.text),
        report,
        text,
        scale: source.scale,
        anchor: source.options.anchor,
        types: &source.options.types,
        unknown: HashSet::new(),
        builder,
        layer,
        ids: HashMap::new(),
        candidates: Vec::new(),
        events: Vec::new(),
        kept: Kept::default(),
    };
    maker.mentions(lines);
    maker.events(lines);
    maker.relations(lines);
    maker.arguments();
    maker.attributes(lines);
    maker.remarks(lines);
    maker.entities(lines);
    maker.keep(lines, source.text);
    maker.builder.finish()
}

pub(super) struct Maker<'a, 'l> {
    pub(super) places: Lines<'a>,
    pub(super) report: &'a mut Report,
    pub(super) text: &'a Text,
    pub(super) scale: &'a Scale,
    pub(super) anchor: bool,
    pub(super) types: &'a Types,
    /// Labels that the corpus' configuration has not, told once each.
    pub(super) unknown: HashSet<&'l str>,
    pub(super) builder: AnnotationsBuilder<'a>,
    pub(super) layer: LayerId,
    /// What each id stands for; that of an attribute or link for what it is on.
    pub(super) ids: HashMap<&'l str, Target>,
    /// The mentions by their provisional number.
    pub(super) candidates: Vec<Candidate<'l>>,
    /// The events that wait for their arguments.
    pub(super) events: Vec<(EventId, &'l [Part<'l>], Word<'l>)>,
    /// Which lines are to be kept in their own words.
    pub(super) kept: Kept,
}

impl<'l> Maker<'_, 'l> {
    fn events(&mut self, lines: &'l [Line<'l>]) {
        for line in lines {
            let What::Event {
                label,
                trigger,
                arguments,
            } = &line.what
            else {
                continue;
            };
            let found = match self.target(line.id, *trigger) {
                None => continue,
                Some(found @ (Target::Mention(_) | Target::Unplaced(_))) => found,
                Some(_) => {
                    let message = format!(
                        "the trigger of {} should be a mention, and is {}",
                        line.id.text, trigger.text
                    );
                    self.tell(Code::TRIGGER, *trigger, message, "give the id of a T line");
                    continue;
                }
            };
            if !self.is_new(line.id) {
                continue;
            }
            let mention = match found {
                Target::Mention(mention) => Some(mention),
                _ => None,
            };
            if let Some(candidate) = mention.and_then(|m| self.candidates.get_mut(m.0 as usize)) {
                candidate.is_trigger = true;
            }
            if let Ok(event) = self.builder.event(self.layer, line.id.text, label, mention) {
                self.kept.made.push(line.id.at);
                self.ids.insert(line.id.text, Target::Event(event));
                self.events.push((event, arguments, line.id));
                if mention.is_none() {
                    // A trigger without a place is its first argument, in the role of the event itself.
                    let argument = Argument {
                        role: (*label).into(),
                        target: found,
                    };
                    let _ = self.builder.argument(event, argument);
                }
            }
        }
    }

    fn arguments(&mut self) {
        let events = std::mem::take(&mut self.events);
        let mut edges = vec![Vec::new(); events.len()];
        for (event, parts, id) in &events {
            let (event, edges) = (*event, &mut edges[event.0 as usize]);
            for (role, word) in *parts {
                if let Some(target) = self.target(*word, *word) {
                    if let Target::Event(other) = target {
                        edges.push(other.0 as usize);
                    }
                    let role = (*role).into();
                    // It cannot fail: both are there.
                    let _ = self.builder.argument(event, Argument { role, target });
                } else {
                    self.kept.partly.push(id.at);
                }
            }
        }
        for index in closing(&edges) {
            if let Some((_, _, id)) = events.get(index) {
                let message = format!(
                    "{} takes part in itself, at once or by way of others",
                    id.text
                );
                let remedy = "let one of the events of the ring name something else";
                self.tell(Code::CYCLE, *id, message, remedy);
            }
        }
    }

    fn relations(&mut self, lines: &'l [Line<'l>]) {
        for line in lines {
            let What::Relation {
                label,
                arguments,
                is_listing,
            } = &line.what
            else {
                continue;
            };
            let found: Vec<Argument> = arguments
                .iter()
                .filter_map(|(role, word)| {
                    let target = self.target(line.id, *word)?;
                    Some(Argument {
                        role: (*role).into(),
                        target,
                    })
                })
                .collect();
            if found.len() < arguments.len() || !self.is_new(line.id) {
                continue;
            }
            let relation = Relation {
                layer: self.layer,
                source_id: line.id.text.into(),
                label: (*label).to_owned(),
                arguments: found,
            };
            if let Ok(id) = self.builder.relation(relation) {
                self.kept.made.push(line.id.at);
                if *is_listing {
                    self.kept.partly.push(line.id.at);
                }
                self.ids.insert(line.id.text, Target::Relation(id));
            }
        }
    }

    fn attributes(&mut self, lines: &'l [Line<'l>]) {
        for line in lines {
            let (Some(target), source_id) = (self.of(line), line.id.text.into()) else {
                continue;
            };
            let done = match &line.what {
                What::Attribute { name, value, .. } => self.builder.attribute(Attribute {
                    source_id,
                    target,
                    name: (*name).to_owned(),
                    value: value.map(str::to_owned),
                }),
                What::Link {
                    reference,
                    title,
                    is_usual,
                    ..
                } => {
                    if !is_usual {
                        self.kept.partly.push(line.id.at);
                    }
                    self.builder.link(Link {
                        source_id,
                        target,
                        reference: (*reference).to_owned(),
                        title: (*title).to_owned(),
                    })
                }
                _ => continue,
            };
            if done.is_ok() {
                self.kept.made.push(line.id.at);
                self.ids.insert(line.id.text, target);
            }
        }
    }

    /// What an attribute or a link is on, when its id is new.
    fn of(&mut self, line: &Line<'l>) -> Option<Target> {
        let (What::Attribute { target, .. } | What::Link { target, .. }) = &line.what else {
            return None;
        };
        let found = self.target(line.id, *target)?;
        self.is_new(line.id).then_some(found)
    }

    fn remarks(&mut self, lines: &'l [Line<'l>]) {
        for line in lines {
            let What::Note {
                label,
                target,
                text,
            } = &line.what
            else {
                continue;
            };
            let Some(target) = self.target(line.id, *target) else {
                continue;
            };
            if !self.is_new(line.id) {
                continue;
            }
            self.ids.insert(line.id.text, target);
            self.kept.made.push(line.id.at);
            let _ = self.builder.note(Note {
                source_id: line.id.text.into(),
                target: Some(target),
                label: (*label).to_owned(),
                text: (*text).to_owned(),
            });
        }
    }

    fn entities(&mut self, lines: &'l [Line<'l>]) {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut words: HashMap<usize, &str> = HashMap::new();
        let mut read: Vec<groups::Line<'l>> = Vec::new();
        for line in lines {
            let What::Group { label, members } = &line.what else {
                continue;
            };
            let mut group = Vec::new();
            for word in members {
                match self.target(line.id, *word) {
                    Some(Target::Mention(mention)) => group.push(mention.0 as usize),
                    Some(_) => {
                        let message =
                            format!("only mentions can be one, and {} is none", word.text);
                        self.tell(Code::GROUP_MEMBER, *word, message, "give ids of T lines");
                    }
                    None => {}
                }
            }
            if group.len() > 1 {
                self.kept.made.push(line.id.at);
                if group.len() < members.len() {
                    self.kept.partly.push(line.id.at);
                }
                read.push((line.id.at, *label, group.clone()));
                // That a mention is itself makes no group.
                if group.iter().any(|member| Some(member) != group.first()) {
                    words.extend(group.iter().map(|member| (*member, *label)));
                    groups.push(group);
                }
            }
        }
        self.kept.partly.extend(groups::kept(&read));
        for cluster in clusters(&self.candidates, &groups) {
            let label = self.builder.label(self.candidates[cluster.named_by].label);
            let word = cluster.members.iter().find_map(|m| words.get(m));
            let entity = match word {
                Some(word) => self
                    .builder
                    .group(&cluster.name, label, cluster.aliases, word),
                None => self.builder.alike(&cluster.name, label, cluster.aliases),
            };
            for member in cluster.members {
                let mention = MentionId(u32::try_from(member).unwrap_or(u32::MAX));
                self.builder.refer(mention, entity);
            }
        }
    }

    /// What an id stands for; reported when nothing does.
    fn target(&mut self, by: Word<'_>, word: Word<'_>) -> Option<Target> {
        let found = self.ids.get(word.text).copied();
        if found.is_none() {
            let message = if by.text == word.text {
                format!("there is no {}", word.text)
            } else {
                format!("{} names {}, and there is none", by.text, word.text)
            };
            let remedy = "mend the id, or delete the line; what it names may be at fault itself";
            self.tell(Code::DANGLING, word, message, remedy);
        }
        found
    }

    pub(super) fn is_new(&mut self, id: Word<'_>) -> bool {
        let is_new = !self.ids.contains_key(id.text);
        if !is_new {
            let message = format!("{} is there twice; this one is left out", id.text);
            self.tell(Code::DUPLICATE_ID, id, message, "give it another id");
        }
        is_new
    }

    pub(super) fn tell(&mut self, code: Code, word: Word<'_>, message: String, remedy: &str) {
        let place = self.places.place(word.at);
        self.report.add(code, place, message, remedy);
    }
}
