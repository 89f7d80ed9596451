//! Mentions, entities, relations and notes of what a file tells.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::alike;
use super::super::code::Code;
use super::super::entry::Source;
use super::super::read::ReadError;
use super::super::record;
use super::super::report::short;
use super::super::xml::Faults;
use super::elements::is_reading;
use super::outside::Outside;
use super::read::{Draft, Found, Remark};
use crate::article::{
    Annotations, AnnotationsBuilder, Argument, Article, Attribute, ByteSpan, EntityId, LayerId,
    Link, MentionDraft, Note, Relation, RelationId, Target, Text, Unplaced,
};

/// What an id names.
#[derive(Debug, Clone, Copy)]
enum Named {
    Draft(usize),
    Told(usize),
    Tie(usize),
}

/// The article.
pub(super) fn article(
    source: &Source<'_>,
    found: Found<'_>,
    mut faults: Faults<'_>,
) -> Result<Article, ReadError> {
    let Found {
        weave,
        drafts,
        remarks,
        asides,
        outside,
        body,
    } = found;
    if !body {
        let message = "there is no text/body";
        let remedy = "put the text into <text><body>";
        faults.add(Code::MISSING, 0, message, remedy);
    }
    let (text, added) = weave
        .finish()
        .map_err(|error| ReadError::too_long(&source.file.name, error))?;
    let mut builder = AnnotationsBuilder::with_kinds(&text, &source.options.kinds);
    let layer = builder.layer(source.file.base());
    let mut making = Making {
        text: &text,
        builder,
        layer,
        faults,
        drafts: &drafts,
        targets: Vec::with_capacity(drafts.len()),
        ids: HashMap::new(),
        told: vec![None; outside.told.len()],
        ties: Vec::new(),
    };
    making.number(&outside);
    making.mentions();
    making.entities(&outside);
    making.relations(&outside);
    for remark in &remarks {
        let target = making.remarked(remark, &outside);
        let _ = making.builder.note(Note {
            source_id: remark.id.as_ref().into(),
            target,
            label: remark.label.clone().into_owned(),
            text: remark.text.clone(),
        });
    }
    for aside in &asides {
        let label = making.builder.label(&aside.label);
        making.builder.unplaced(Unplaced {
            layer,
            source_id: Box::default(),
            label,
            place: format!("in a {}", aside.within).into(),
            quote: aside.quote.as_str().into(),
        });
    }
    let (annotations, faults) = making.finish();
    let mut meta = outside.meta;
    meta.name = source.name();
    if meta.title.is_empty() {
        meta.title = record::title(&text, source);
    }
    let mut form = source.file.decoded.form;
    form.added = added;
    Ok(Article {
        meta,
        text,
        annotations,
        diagnostics: faults.finish(),
        form,
    })
}

struct Making<'t, 'f> {
    text: &'t Text,
    builder: AnnotationsBuilder<'t>,
    layer: LayerId,
    faults: Faults<'f>,
    drafts: &'t [Draft<'t>],
    /// What became of each draft.
    targets: Vec<Target>,
    ids: HashMap<&'t str, Named>,
    /// The entity of each that is told, once something refers to it.
    told: Vec<Option<EntityId>>,
    ties: Vec<RelationId>,
}

impl<'t, 'f> Making<'t, 'f> {
    /// Enters ids; of those given twice the first holds.
    fn number(&mut self, outside: &'t Outside<'_>) {
        let drafts = self.drafts.iter().enumerate();
        let drafts = drafts.map(|(n, d)| (d.id.as_ref(), d.at, Named::Draft(n)));
        let told = outside.told.iter().enumerate();
        let told = told.map(|(n, t)| (t.id.as_ref(), t.at, Named::Told(n)));
        let ties = outside.ties.iter().enumerate();
        let ties = ties.map(|(n, t)| (t.id.as_ref(), t.at, Named::Tie(n)));
        let mut all: Vec<_> = drafts.chain(told).chain(ties).collect();
        all.sort_by_key(|(_, at, _)| *at);
        for (id, at, named) in all {
            if id.is_empty() {
                continue;
            }
            if self.ids.contains_key(id) {
                let message = format!("the id `{}` is given twice", short(id));
                let remedy = "give the second an id of its own; what names it means the first";
                self.faults.add(Code::DUPLICATE_ID, at, message, remedy);
            } else {
                self.ids.insert(id, named);
            }
        }
    }

    /// The id of a draft, unless another has it.
    fn own_id(&self, index: usize) -> &'t str {
        let id = self.drafts.get(index).map_or("", |d| d.id.as_ref());
        match self.ids.get(id) {
            Some(Named::Draft(first)) if *first == index => id,
            _ => "",
        }
    }

    fn mentions(&mut self) {
        for (index, draft) in self.drafts.iter().enumerate() {
            let label = self.builder.label(&draft.label);
            let id = self.own_id(index);
            let span = draft.span.map(|(start, end)| ByteSpan::new(start, end));
            let made = span.and_then(|span| {
                let spans = vec![span];
                let made = self.builder.mention(MentionDraft {
                    layer: self.layer,
                    source_id: id.to_owned(),
                    label,
                    spans,
                    ..MentionDraft::default()
                });
                made.ok()
            });
            let target = match made {
                Some(mention) => Target::Mention(mention),
                None => {
                    let message = format!("<{}> has no text", short(&draft.label));
                    let remedy = "put the words that it marks into it, or take it out";
                    self.faults.add(Code::MISSING, draft.at, message, remedy);
                    Target::Unplaced(self.builder.unplaced(Unplaced {
                        layer: self.layer,
                        source_id: id.into(),
                        label,
                        place: "without text".into(),
                        quote: Box::default(),
                    }))
                }
            };
            self.targets.push(target);
            for (name, value) in &draft.attributes {
                let value = (name != value).then(|| value.clone().into_owned());
                let _ = self.builder.attribute(Attribute {
                    source_id: Box::default(),
                    target,
                    name: name.clone().into_owned(),
                    value,
                });
            }
        }
    }

    /// What refers to the same is one entity.
    fn entities(&mut self, outside: &Outside<'_>) {
        let mut by_key: HashMap<Cow<'t, str>, EntityId> = HashMap::new();
        for (index, draft) in self.drafts.iter().enumerate() {
            let local = local(&draft.pointers).next();
            let key = match (local, draft.pointers.trim(), draft.key.trim()) {
                (Some(id), ..) => Cow::Owned(format!("#{id}")),
                (None, "", "") => continue,
                (None, "", key) => Cow::Borrowed(key),
                (None, pointers, _) => Cow::Borrowed(pointers),
            };
            let target = self.targets.get(index).copied();
            let Some(Target::Mention(mention)) = target else {
                continue;
            };
            let entity = match (
                local.and_then(|id| self.ids.get(id).copied()),
                by_key.get(&key),
            ) {
                (Some(Named::Told(told)), _) => self.told_entity(told, Some(index), outside),
                (_, Some(entity)) => *entity,
                (named, None) => {
                    let names_mention = matches!(named, Some(Named::Draft(_)));
                    let entity = self.named_by(index);
                    for link in draft.pointers.split_whitespace() {
                        self.link(Target::Entity(entity), link, names_mention);
                    }
                    self.link(Target::Entity(entity), draft.key.trim(), false);
                    if local.is_some() && named.is_none() {
                        self.dangling(&key, draft.at);
                    }
                    by_key.insert(key, entity);
                    entity
                }
            };
            if let Some(id) = local {
                // What else it points to is its own.
                if matches!(self.ids.get(id), Some(Named::Told(_))) {
                    for link in draft.pointers.split_whitespace() {
                        self.link(target.unwrap_or(Target::Entity(entity)), link, true);
                    }
                }
            }
            self.builder.refer(mention, entity);
        }
        self.named_mentions(&by_key);
    }

    /// A mention to which others point is of their entity.
    fn named_mentions(&mut self, by_key: &HashMap<Cow<'t, str>, EntityId>) {
        for (key, entity) in by_key {
            let id = key.strip_prefix('#').unwrap_or("");
            let Some(Named::Draft(draft)) = self.ids.get(id) else {
                continue;
            };
            let says = self.drafts.get(*draft);
            if says.is_some_and(|d| d.pointers.is_empty() && d.key.is_empty())
                && let Some(Target::Mention(mention)) = self.targets.get(*draft)
            {
                self.builder.refer(*mention, *entity);
            }
        }
    }

    fn link(&mut self, target: Target, reference: &str, skip_local: bool) {
        if reference.is_empty() || (skip_local && reference.starts_with('#')) {
            return;
        }
        let _ = self.builder.link(Link {
            source_id: Box::default(),
            target,
            reference: reference.to_owned(),
            title: String::new(),
        });
    }

    /// A new entity, named as a mention reads.
    fn named_by(&mut self, index: usize) -> EntityId {
        let draft = self.drafts.get(index);
        let span = draft.and_then(|d| d.span).unwrap_or_default();
        let name = alike::name(self.text, &[ByteSpan::new(span.0, span.1)]);
        let label = self.builder.label(draft.map_or("", |d| d.label.as_ref()));
        self.builder.entity(&name, label, Vec::new())
    }

    /// The entity of which a list tells; its label is that of its first mention, and its name where the list has none.
    fn told_entity(
        &mut self,
        index: usize,
        first: Option<usize>,
        outside: &Outside<'_>,
    ) -> EntityId {
        if let Some(entity) = self.told.get(index).copied().flatten() {
            return entity;
        }
        let told = outside.told.get(index);
        let names = told.map_or(&[][..], |told| &told.names);
        let id = told.map_or("", |told| told.id.as_ref());
        let first = first.and_then(|index| self.drafts.get(index));
        let label = first.map(|draft| draft.label.as_ref());
        let label = label.or(told.map(|told| told.element)).unwrap_or("");
        let label = self.builder.label(label);
        let reads = first.and_then(|draft| draft.span);
        let reads = reads.map(|(start, end)| alike::name(self.text, &[ByteSpan::new(start, end)]));
        let reads = reads.unwrap_or_else(|| id.to_owned());
        let name = names.first().map_or(reads.as_str(), String::as_str);
        let aliases = names.iter().skip(1).cloned().collect();
        let entity = self.builder.entity(name, label, aliases);
        for link in told.map_or(&[][..], |told| &told.links) {
            self.link(Target::Entity(entity), link, false);
        }
        if let Some(slot) = self.told.get_mut(index) {
            *slot = Some(entity);
        }
        entity
    }

    fn dangling(&mut self, pointer: &str, at: usize) {
        let message = format!("`{}` points to nothing in the file", short(pointer));
        let remedy = "give something that xml:id, or point elsewhere";
        self.faults.add(Code::DANGLING, at, message, remedy);
    }

    /// What a pointer leads to.
    fn pointed(&mut self, id: &str, outside: &Outside<'_>) -> Option<Target> {
        match self.ids.get(id).copied()? {
            Named::Draft(draft) => self.targets.get(draft).copied(),
            Named::Told(told) => Some(Target::Entity(self.told_entity(told, None, outside))),
            Named::Tie(tie) => self.ties.get(tie).copied().map(Target::Relation),
        }
    }

    fn relations(&mut self, outside: &Outside<'_>) {
        for tie in &outside.ties {
            let mut arguments = Vec::new();
            for (role, pointers) in &tie.parts {
                for pointer in pointers.split_whitespace() {
                    let id = pointer.strip_prefix('#').unwrap_or(pointer);
                    match self.pointed(id, outside) {
                        Some(target) => arguments.push(Argument {
                            role: (*role).into(),
                            target,
                        }),
                        None => self.dangling(pointer, tie.at),
                    }
                }
            }
            let made = self.builder.relation(Relation {
                layer: self.layer,
                source_id: tie.id.as_ref().into(),
                label: tie.label.clone().into_owned(),
                arguments,
            });
            self.ties.extend(made.ok());
        }
    }

    /// What a note is on: what it points to, else the mention beside it.
    fn remarked(&mut self, remark: &Remark<'_>, outside: &Outside<'_>) -> Option<Target> {
        if let Some(pointer) = remark.pointers.split_whitespace().next() {
            let id = pointer.strip_prefix('#').unwrap_or(pointer);
            let target = self.pointed(id, outside);
            if target.is_none() {
                self.dangling(pointer, remark.at);
            }
            return target;
        }
        self.targets.get(remark.beside?).copied()
    }

    fn finish(mut self) -> (Annotations, Faults<'f>) {
        let drafts = self.drafts;
        // Readings name nothing.
        let placed: Vec<bool> = drafts
            .iter()
            .filter(|d| d.span.is_some())
            .map(|d| is_reading(&d.label))
            .collect();
        alike::group(&mut self.builder, self.text, |index| {
            placed.get(index).copied().unwrap_or(false)
        });
        (self.builder.finish(), self.faults)
    }
}

/// The ids in pointers within the file.
fn local(pointers: &str) -> impl Iterator<Item = &str> {
    pointers
        .split_whitespace()
        .filter_map(|p| p.strip_prefix('#'))
}
