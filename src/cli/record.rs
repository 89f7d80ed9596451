//! An article as an object of JSON, for `kanbao cat --json`: all that is known of it, whatever format it is from.
//!
//! What others refer to is referred to by its place in its list, from 0: `{"mention": 3}`. A span is told in UTF-8 bytes and
//! in code points of `text`, half-open.

use std::collections::HashMap;
use std::io::{self, Write};

use serde::Serialize;

use super::check::Problem;
use super::json;
use crate::article::{
    Annotations, Argument, Article, ByteSpan, Kind, LabelId, LayerId, Role, Target,
};

/// Writes an article as one line.
///
/// # Errors
/// Those of `out`.
pub(super) fn write(out: &mut impl Write, article: &Article) -> io::Result<()> {
    json::write(&mut *out, &Record::new(article))?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Record<'a> {
    file: &'a str,
    name: &'a str,
    title: &'a str,
    date: &'a str,
    source: &'a str,
    page: &'a str,
    section: &'a str,
    language: &'a str,
    continues: &'a str,
    text: &'a str,
    blocks: Vec<BlockOf>,
    layers: Vec<&'a str>,
    mentions: Vec<MentionOf<'a>>,
    unplaced: Vec<UnplacedOf<'a>>,
    entities: Vec<EntityOf<'a>>,
    relations: Vec<RelationOf<'a>>,
    events: Vec<EventOf<'a>>,
    attributes: Vec<AttributeOf<'a>>,
    notes: Vec<NoteOf<'a>>,
    links: Vec<LinkOf<'a>>,
    problems: Vec<Problem<'a>>,
}

#[derive(Serialize)]
struct Place {
    bytes: [usize; 2],
    chars: [usize; 2],
}

#[derive(Serialize)]
struct BlockOf {
    role: &'static str,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize)]
struct MentionOf<'a> {
    id: &'a str,
    layer: LayerNumber,
    label: &'a str,
    kind: &'static str,
    entity: Option<u32>,
    words: String,
    spans: Vec<Place>,
}

#[derive(Serialize)]
struct UnplacedOf<'a> {
    id: &'a str,
    layer: LayerNumber,
    label: &'a str,
    kind: &'static str,
    place: &'a str,
    quote: &'a str,
}

#[derive(Serialize)]
struct EntityOf<'a> {
    name: &'a str,
    label: &'a str,
    kind: &'static str,
    aliases: &'a [String],
    mentions: Vec<u32>,
}

#[derive(Serialize)]
struct RelationOf<'a> {
    id: &'a str,
    layer: LayerNumber,
    label: &'a str,
    arguments: Vec<ArgumentOf<'a>>,
}

#[derive(Serialize)]
struct EventOf<'a> {
    id: &'a str,
    layer: LayerNumber,
    label: &'a str,
    trigger: Option<u32>,
    arguments: Vec<ArgumentOf<'a>>,
}

#[derive(Serialize)]
struct ArgumentOf<'a> {
    role: &'a str,
    target: TargetOf,
}

#[derive(Serialize)]
struct AttributeOf<'a> {
    id: &'a str,
    name: &'a str,
    value: Option<&'a str>,
    target: TargetOf,
}

#[derive(Serialize)]
struct NoteOf<'a> {
    id: &'a str,
    label: &'a str,
    text: &'a str,
    /// Nothing where it is on the article.
    target: Option<TargetOf>,
}

#[derive(Serialize)]
struct LinkOf<'a> {
    id: &'a str,
    reference: &'a str,
    title: &'a str,
    target: TargetOf,
}

/// A place in the list of layers.
#[derive(Serialize)]
#[serde(transparent)]
struct LayerNumber(u16);

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum TargetOf {
    Mention(u32),
    Unplaced(u32),
    Entity(u32),
    Relation(u32),
    Event(u32),
}

impl From<Target> for TargetOf {
    fn from(target: Target) -> Self {
        match target {
            Target::Mention(id) => Self::Mention(id.0),
            Target::Unplaced(id) => Self::Unplaced(id.0),
            Target::Entity(id) => Self::Entity(id.0),
            Target::Relation(id) => Self::Relation(id.0),
            Target::Event(id) => Self::Event(id.0),
        }
    }
}

impl From<LayerId> for LayerNumber {
    fn from(id: LayerId) -> Self {
        Self(id.0)
    }
}

impl<'a> Record<'a> {
    fn new(article: &'a Article) -> Self {
        let Article {
            meta,
            text,
            annotations,
            diagnostics,
            ..
        } = article;
        let places = Places::new(article);
        let named = Named(annotations);
        let blocks = text.blocks().iter().map(|block| BlockOf {
            role: Role::name(block.role),
            place: places.of(block.span),
        });
        Self {
            file: &meta.file,
            name: &meta.name,
            title: &meta.title,
            date: &meta.date,
            source: &meta.source,
            page: &meta.page,
            section: &meta.section,
            language: &meta.language,
            continues: &meta.continues,
            text: text.whole(),
            blocks: blocks.collect(),
            layers: annotations.layers().iter().map(|l| &*l.name).collect(),
            mentions: named.mentions(article, &places),
            unplaced: named.unplaced(),
            entities: named.entities(),
            relations: named.relations(),
            events: named.events(),
            attributes: named.attributes(),
            notes: named.notes(),
            links: named.links(),
            problems: diagnostics.iter().map(Problem::new).collect(),
        }
    }
}

/// The code points before the bytes at which something begins or ends.
struct Places(HashMap<usize, usize>);

impl Places {
    /// In one pass over the text, however much is marked in it.
    fn new(article: &Article) -> Self {
        let blocks = article.text.blocks().iter().map(|block| block.span);
        let mentions = article.annotations.mentions().iter();
        let spans = mentions.flat_map(|mention| mention.spans().iter().copied());
        let mut ends: Vec<usize> = blocks
            .chain(spans)
            .flat_map(|span| [span.start(), span.end()])
            .collect();
        ends.sort_unstable();
        ends.dedup();
        let (mut at, mut count) = (0, 0);
        let known = ends.into_iter().map(|end| {
            count += article.text.slice(ByteSpan::new(at, end)).chars().count();
            at = end;
            (end, count)
        });
        Self(known.collect())
    }

    fn of(&self, span: ByteSpan) -> Place {
        let chars = |at: usize| self.0.get(&at).copied().unwrap_or_default();
        Place {
            bytes: [span.start(), span.end()],
            chars: [chars(span.start()), chars(span.end())],
        }
    }
}

/// What is annotated, with labels by their names.
struct Named<'a>(&'a Annotations);

impl<'a> Named<'a> {
    fn label(&self, id: LabelId) -> (&'a str, &'static str) {
        (self.0.label_name(id), Kind::name(self.0.kind(id)))
    }

    fn mentions(&self, article: &Article, places: &Places) -> Vec<MentionOf<'a>> {
        let all = self.0.mentions().iter().map(|mention| {
            let (label, kind) = self.label(mention.label);
            MentionOf {
                id: &mention.source_id,
                layer: mention.layer.into(),
                label,
                kind,
                entity: mention.entity.map(|id| id.0),
                words: words(article, mention.spans()),
                spans: mention.spans().iter().map(|s| places.of(*s)).collect(),
            }
        });
        all.collect()
    }

    fn unplaced(&self) -> Vec<UnplacedOf<'a>> {
        let all = self.0.unplaced().iter().map(|unplaced| {
            let (label, kind) = self.label(unplaced.label);
            UnplacedOf {
                id: &unplaced.source_id,
                layer: unplaced.layer.into(),
                label,
                kind,
                place: &unplaced.place,
                quote: &unplaced.quote,
            }
        });
        all.collect()
    }

    fn entities(&self) -> Vec<EntityOf<'a>> {
        let all = self.0.entities().iter().map(|entity| {
            let (label, kind) = self.label(entity.label);
            EntityOf {
                name: &entity.name,
                label,
                kind,
                aliases: &entity.aliases,
                mentions: entity.mentions().iter().map(|id| id.0).collect(),
            }
        });
        all.collect()
    }

    fn relations(&self) -> Vec<RelationOf<'a>> {
        let all = self.0.relations().iter().map(|relation| RelationOf {
            id: &relation.source_id,
            layer: relation.layer.into(),
            label: &relation.label,
            arguments: arguments(&relation.arguments),
        });
        all.collect()
    }

    fn events(&self) -> Vec<EventOf<'a>> {
        let all = self.0.events().iter().map(|event| EventOf {
            id: &event.source_id,
            layer: event.layer.into(),
            label: &event.label,
            trigger: event.trigger.map(|id| id.0),
            arguments: arguments(&event.arguments),
        });
        all.collect()
    }

    fn attributes(&self) -> Vec<AttributeOf<'a>> {
        let all = self.0.attributes().iter().map(|attribute| AttributeOf {
            id: &attribute.source_id,
            name: &attribute.name,
            value: attribute.value.as_deref(),
            target: attribute.target.into(),
        });
        all.collect()
    }

    fn notes(&self) -> Vec<NoteOf<'a>> {
        let all = self.0.notes().iter().map(|note| NoteOf {
            id: &note.source_id,
            label: &note.label,
            text: &note.text,
            target: note.target.map(TargetOf::from),
        });
        all.collect()
    }

    fn links(&self) -> Vec<LinkOf<'a>> {
        let all = self.0.links().iter().map(|link| LinkOf {
            id: &link.source_id,
            reference: &link.reference,
            title: &link.title,
            target: link.target.into(),
        });
        all.collect()
    }
}

/// The text of spans, exactly: a mention may have blanks at its ends.
fn words(article: &Article, spans: &[ByteSpan]) -> String {
    let parts: Vec<&str> = spans.iter().map(|span| article.text.slice(*span)).collect();
    parts.join("…")
}

fn arguments(all: &[Argument]) -> Vec<ArgumentOf<'_>> {
    let all = all.iter().map(|argument| ArgumentOf {
        role: &argument.role,
        target: argument.target.into(),
    });
    all.collect()
}
