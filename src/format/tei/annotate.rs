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
use super::elsewhere;
use super::outside::Outside;
use super::pointers::Pointers;
use super::read::{Draft, Found};
use crate::article::{
    Annotations, AnnotationsBuilder, Article, Attribute, ByteSpan, EntityId, LayerId, MentionDraft,
    RelationId, Target, Text, Unplaced,
};

/// What an id names.
#[derive(Debug, Clone, Copy)]
pub(super) enum Named {
    Draft(usize),
    Told(usize),
    Tie(usize),
}

/// The article.
pub(super) fn article<'t>(
    source: &Source<'t>,
    found: Found<'t>,
    mut faults: Faults<'_>,
) -> Result<Article, ReadError> {
    let Found {
        weave,
        drafts,
        remarks,
        asides,
        mut outside,
        ids: known,
        body,
    } = found;
    if !body {
        let message = "there is no text/body";
        let remedy = "put the text into <text><body>";
        faults.add(Code::MISSING, 0, message, remedy);
    }
    elsewhere::tell(source, &known, (&drafts, &remarks), &mut outside);
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
        pointers: Pointers::new(source, known),
        standing: HashMap::new(),
        told: vec![None; outside.told.len()],
        ties: Vec::new(),
    };
    making.number(&outside);
    making.mentions();
    making.entities(&outside);
    making.relations(&outside);
    for remark in &remarks {
        making.note(remark, &outside);
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

pub(super) struct Making<'t, 'f> {
    text: &'t Text,
    pub(super) builder: AnnotationsBuilder<'t>,
    pub(super) layer: LayerId,
    pub(super) faults: Faults<'f>,
    pub(super) drafts: &'t [Draft<'t>],
    /// What became of each draft.
    pub(super) targets: Vec<Target>,
    pub(super) ids: HashMap<&'t str, Named>,
    pub(super) pointers: Pointers<'t>,
    /// Entities that stand for what takes part in relations and has no annotation.
    pub(super) standing: HashMap<&'t str, EntityId>,
    /// The entity of each that is told, once something refers to it.
    told: Vec<Option<EntityId>>,
    pub(super) ties: Vec<Option<RelationId>>,
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

    /// A mention to which others point is of their entity.
    pub(super) fn named_mentions(&mut self, by_key: &HashMap<Cow<'t, str>, EntityId>) {
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

    /// A new entity, named as a mention reads.
    pub(super) fn named_by(&mut self, index: usize) -> EntityId {
        let draft = self.drafts.get(index);
        let span = draft.and_then(|d| d.span).unwrap_or_default();
        let name = alike::name(self.text, &[ByteSpan::new(span.0, span.1)]);
        let label = self.builder.label(draft.map_or("", |d| d.label.as_ref()));
        self.builder.entity(&name, label, Vec::new())
    }

    /// The entity of which a list tells; its label is that of its first mention, and its name where the list has none.
    pub(super) fn told_entity(
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
            self.link(Target::Entity(entity), link);
        }
        if let Some(slot) = self.told.get_mut(index) {
            *slot = Some(entity);
        }
        entity
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
