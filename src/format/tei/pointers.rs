//! What pointers lead to: entities of mentions, what takes part in relations, and what notes are on.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::super::code::Code;
use super::super::entry::Source;
use super::super::report::short;
use super::annotate::{Making, Named};
use super::elsewhere;
use super::outside::Outside;
use super::read::Remark;
use crate::article::{Argument, EntityId, Link, Note, Relation, Target};

/// Which ids there are.
pub(super) struct Pointers<'t> {
    /// All of the article.
    ids: HashSet<&'t str>,
    /// The file, whose articles may point to each other and to what is around them.
    source: Source<'t>,
}

/// What a pointer leads to.
enum Lead<'p> {
    To(Target),
    /// Something without annotation: its id, or where it is outside of the file.
    Else(&'p str),
    /// Nothing in the file.
    Nowhere,
}

impl<'t> Pointers<'t> {
    pub(super) fn new(source: &Source<'t>, ids: HashSet<&'t str>) -> Self {
        let source = *source;
        Self { ids, source }
    }

    /// The id that a pointer names; nothing for one that leads out of the file. P4 has ids without `#`.
    fn local<'p>(&self, pointer: &'p str) -> Option<&'p str> {
        match pointer.strip_prefix('#') {
            Some(id) => Some(id),
            None if self.ids.contains(pointer) => Some(pointer),
            None if pointer.contains([':', '/', '#', '.']) => None,
            None => Some(pointer),
        }
    }

    /// Whether anything has this id.
    fn has(&self, id: &str) -> bool {
        self.ids.contains(id) || elsewhere::find(&self.source, id).is_some()
    }
}

impl<'t> Making<'t, '_> {
    /// What refers to the same is one entity.
    pub(super) fn entities(&mut self, outside: &'t Outside<'_>) {
        let mut by_key: HashMap<Cow<'t, str>, EntityId> = HashMap::new();
        // What is said of each entity already.
        let mut said: HashSet<(EntityId, &'t str)> = HashSet::new();
        let drafts = self.drafts;
        // What a key stands for, where a mention that has it says it by `ref` too.
        let mut refs: HashMap<&str, &str> = HashMap::new();
        for draft in drafts {
            let (pointers, key) = (draft.pointers.trim(), draft.key.trim());
            if !pointers.is_empty() && !key.is_empty() {
                refs.entry(key).or_insert(pointers);
            }
        }
        for (index, draft) in drafts.iter().enumerate() {
            let (own, key) = (draft.pointers.trim(), draft.key.trim());
            let pointers = match own {
                "" => refs.get(key).copied().unwrap_or(""),
                own => own,
            };
            let first = pointers.split_whitespace();
            let first = first.into_iter().find_map(|one| one.strip_prefix('#'));
            let key = match (first, pointers, key) {
                (Some(id), ..) => Cow::Owned(format!("#{id}")),
                (None, "", "") => continue,
                (None, "", key) => Cow::Borrowed(key),
                (None, pointers, _) => Cow::Borrowed(pointers),
            };
            let Some(Target::Mention(mention)) = self.targets.get(index).copied() else {
                continue;
            };
            let named = first.and_then(|id| self.ids.get(id).copied());
            let (entity, is_new) = match (named, by_key.get(&key)) {
                (Some(Named::Told(told)), _) => {
                    (self.told_entity(told, Some(index), outside), false)
                }
                (_, Some(entity)) => (*entity, false),
                (_, None) => {
                    let entity = self.named_by(index);
                    by_key.insert(key, entity);
                    (entity, true)
                }
            };
            self.builder.refer(mention, entity);
            // Whatever else it points to is kept, on the mention where the entity is known without.
            let is_id = matches!(named, Some(Named::Told(_) | Named::Draft(_)));
            let mut is_first = true;
            for pointer in draft.pointers.split_whitespace() {
                let id = pointer.strip_prefix('#');
                if is_id && is_first && id == first {
                    is_first = false;
                    continue;
                }
                if !said.contains(&(entity, pointer)) {
                    let (target, reference) = self.reference(pointer, draft.at, outside);
                    let target = match target {
                        None if is_new => Target::Entity(entity),
                        _ => Target::Mention(mention),
                    };
                    if target == Target::Entity(entity) {
                        said.insert((entity, pointer));
                    }
                    self.link(target, &reference);
                }
            }
            let key = draft.key.trim();
            if is_new {
                said.insert((entity, key));
                self.link(Target::Entity(entity), key);
            } else if !said.contains(&(entity, key)) {
                self.link(Target::Mention(mention), key);
            }
        }
        self.named_mentions(&by_key);
    }

    /// A pointer as the reference of a link, which names what the file tells of by its name, and that.
    fn reference<'p>(
        &mut self,
        pointer: &'p str,
        at: usize,
        outside: &'t Outside<'_>,
    ) -> (Option<EntityId>, Cow<'p, str>) {
        let Some(id) = pointer.strip_prefix('#') else {
            return (None, Cow::Borrowed(pointer));
        };
        match self.ids.get(id).copied() {
            Some(Named::Told(told)) => {
                let entity = self.told_entity(told, None, outside);
                let told = self.builder.entities().get(entity.0 as usize);
                let name = told.map_or(id, |told| told.name.as_str());
                (Some(entity), Cow::Owned(format!("#{name}")))
            }
            Some(_) => (None, Cow::Borrowed(pointer)),
            // What it leads to is not carried, so that it would lead nowhere.
            None if self.pointers.has(id) => (None, Cow::Borrowed(id)),
            None => {
                self.dangling(pointer, at);
                (None, Cow::Borrowed(pointer))
            }
        }
    }

    pub(super) fn link(&mut self, target: Target, reference: &str) {
        if reference.is_empty() {
            return;
        }
        let _ = self.builder.link(Link {
            source_id: Box::default(),
            target,
            reference: reference.to_owned(),
            title: String::new(),
        });
    }

    fn dangling(&mut self, pointer: &str, at: usize) {
        let message = format!("`{}` points to nothing in the file", short(pointer));
        let remedy = "give something that xml:id, or point elsewhere";
        self.faults.add(Code::DANGLING, at, message, remedy);
    }

    fn lead<'p>(&mut self, pointer: &'p str, outside: &'t Outside<'_>) -> Lead<'p> {
        let Some(id) = self.pointers.local(pointer) else {
            return Lead::Else(pointer);
        };
        let target = match self.ids.get(id).copied() {
            Some(Named::Draft(draft)) => self.targets.get(draft).copied(),
            Some(Named::Told(told)) => Some(Target::Entity(self.told_entity(told, None, outside))),
            Some(Named::Tie(tie)) => self.ties.get(tie).copied().flatten().map(Target::Relation),
            None => None,
        };
        match target {
            Some(target) => Lead::To(target),
            None if self.pointers.has(id) => Lead::Else(id),
            None => Lead::Nowhere,
        }
    }

    pub(super) fn relations(&mut self, outside: &'t Outside<'_>) {
        for tie in &outside.ties {
            let mut arguments = Vec::new();
            for (role, pointers) in &tie.parts {
                for pointer in pointers.split_whitespace() {
                    let target = match self.lead(pointer, outside) {
                        Lead::To(target) => target,
                        Lead::Else(name) => Target::Entity(self.standing(name)),
                        Lead::Nowhere => {
                            self.dangling(pointer, tie.at);
                            continue;
                        }
                    };
                    arguments.push(Argument {
                        role: (*role).into(),
                        target,
                    });
                }
            }
            let made = self.builder.relation(Relation {
                layer: self.layer,
                source_id: tie.id.as_ref().into(),
                label: tie.label.clone().into_owned(),
                arguments,
            });
            self.ties.push(made.ok());
        }
    }

    /// The entity that stands for what has no annotation, or is outside of the file.
    fn standing(&mut self, name: &'t str) -> EntityId {
        if let Some(entity) = self.standing.get(name) {
            return *entity;
        }
        let label = self.builder.label("object");
        let entity = self.builder.entity(name, label, Vec::new());
        if name.contains([':', '/', '#']) {
            self.link(Target::Entity(entity), name);
        }
        self.standing.insert(name, entity);
        entity
    }

    /// A note on each of what it points to, else on the mention beside it or what is told around it. What has no
    /// annotation can have none: its notes are on the article.
    pub(super) fn note(&mut self, remark: &Remark<'_>, outside: &'t Outside<'_>) {
        let mut targets: Vec<Target> = Vec::new();
        let mut pointers = remark.pointers.split_whitespace().peekable();
        if pointers.peek().is_none() {
            let beside = remark.beside.and_then(|at| self.targets.get(at).copied());
            let told = match (beside, remark.told) {
                (None, Some(told)) => Some(Target::Entity(self.told_entity(told, None, outside))),
                _ => None,
            };
            targets.extend(beside.or(told));
        }
        for pointer in pointers {
            match self.lead(pointer, outside) {
                Lead::To(target) if targets.contains(&target) => {}
                Lead::To(target) => targets.push(target),
                Lead::Else(_) => {}
                Lead::Nowhere => self.dangling(pointer, remark.at),
            }
        }
        let targets = targets.into_iter().map(Some);
        let mut targets = targets.peekable();
        let on_all = targets.peek().is_none().then_some(None);
        for (number, target) in targets.chain(on_all).enumerate() {
            let id = if number == 0 { remark.id.as_ref() } else { "" };
            let _ = self.builder.note(Note {
                source_id: id.into(),
                target,
                label: remark.label.clone().into_owned(),
                text: remark.text.clone(),
            });
        }
    }
}
