//! The members of an annotation layer.

use std::borrow::Cow;

use super::fragments::Fragments;
use super::{ByteSpan, LabelId, Text};

/// The number of a mention in its article, from 0, in the order of the text: by start, then the longer first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MentionId(pub u32);

/// The number of an entity in its article, from 0, in the order of its first mention; those without come last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId(pub u32);

/// The number of a relation in its article, in the order of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RelationId(pub u32);

/// The number of an event in its article, in the order of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventId(pub u32);

/// The number of an annotation without a place, in the order of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnplacedId(pub u32);

/// The number of a layer in its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct LayerId(pub u16);

/// One annotator's or source's set of annotations over the text. What belongs to it names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// What it is called: a file's name, an annotator's, a type of annotations.
    pub name: String,
    /// How the source declares it, in the source's own words; empty when it does not.
    pub declared: Box<str>,
}

/// What a relation, event, attribute, note or link is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// A mention.
    Mention(MentionId),
    /// An entity, all its mentions together.
    Entity(EntityId),
    /// A relation.
    Relation(RelationId),
    /// An event.
    Event(EventId),
    /// A mention that has no place in the text.
    Unplaced(UnplacedId),
}

/// One or more places of the text that refer to something, with a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The layer it belongs to.
    pub layer: LayerId,
    /// Its id in the source, such as `T3`; in formats without ids a number given in the order of the text, `m3`.
    pub source_id: Box<str>,
    /// Its label.
    pub label: LabelId,
    /// What it refers to.
    pub entity: Option<EntityId>,
    pub(super) spans: Fragments<ByteSpan>,
    pub(super) source_spans: Fragments<SourceSpan>,
}

/// A range as the source counts it where the source gives offsets; else half-open, in code points of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SourceSpan {
    /// Where it starts.
    pub start: u32,
    /// Where it ends, as the source gives that.
    pub end: u32,
}

impl Mention {
    /// What stands between the fragments of a mention wherever its words are shown.
    pub const GAP: &'static str = "…";

    /// Its words: its fragments, without blanks at their ends, and `between` them [`GAP`](Self::GAP), or nothing where
    /// words are compared.
    #[must_use]
    pub fn words<'t>(&self, text: &'t Text, between: &str) -> Cow<'t, str> {
        let mut parts = self.spans.iter().map(|span| text.slice(*span).trim());
        match (&*self.spans, parts.next()) {
            ([_], Some(only)) => Cow::Borrowed(only),
            (_, first) => {
                let parts: Vec<&str> = first.into_iter().chain(parts).collect();
                Cow::Owned(parts.join(between))
            }
        }
    }

    /// Its fragments in the order of the text, which share no byte; at least one, none of them empty.
    #[must_use]
    pub fn spans(&self) -> &[ByteSpan] {
        &self.spans
    }

    /// The fragments as the source counts them, or in code points of the text.
    #[must_use]
    pub fn source_spans(&self) -> &[SourceSpan] {
        &self.source_spans
    }

    /// From the start of the first fragment to the end of the last.
    #[must_use]
    pub fn hull(&self) -> ByteSpan {
        let start = self.spans.first().map_or(0, |s| s.start());
        ByteSpan::new(start, self.spans.last().map_or(start, |s| s.end()))
    }

    /// Whether there are several fragments.
    #[must_use]
    pub fn is_discontinuous(&self) -> bool {
        self.spans.len() > 1
    }

    /// Whether one of its fragments shares a byte with `span`.
    #[must_use]
    pub fn touches(&self, span: ByteSpan) -> bool {
        self.spans.iter().any(|s| s.touches(span))
    }
}

/// A mention whose place the text has not: its offsets are out of bounds, or its words are nowhere. It is kept as the
/// source has it, so that nothing is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unplaced {
    /// The layer it belongs to.
    pub layer: LayerId,
    /// Its id in the source; empty when it has none.
    pub source_id: Box<str>,
    /// Its label.
    pub label: LabelId,
    /// Where the source says that it stands, in the source's own words: `120 125;130 131`.
    pub place: Box<str>,
    /// What the source says that it reads; empty when it does not say.
    pub quote: Box<str>,
}

/// What a source has that is no annotation, or has otherwise than it would be written: kept in its own words, so that it can
/// be written back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verbatim {
    /// The id of the annotation that it belongs to; the sign of its sort where that has no ids; empty for a line that
    /// made none.
    pub of: Box<str>,
    /// The line; of a mention what stands behind its offsets, which may go on over lines.
    pub words: Box<str>,
}

/// Someone or something that mentions refer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// The name under which it is listed.
    pub name: String,
    /// The source's word for it when the source says that its mentions are one, such as `Equiv`, or nothing between the
    /// quotes; `None` when they were grouped since they read alike.
    pub given: Option<Box<str>>,
    /// Its label.
    pub label: LabelId,
    /// Other names.
    pub aliases: Vec<String>,
    pub(super) mentions: Box<[MentionId]>,
}

impl Entity {
    /// Its mentions in the order of the text.
    #[must_use]
    pub fn mentions(&self) -> &[MentionId] {
        &self.mentions
    }
}

/// A participant of a relation or an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// The part it plays: `Arg1`, `from`, `place`.
    pub role: Box<str>,
    /// What plays it.
    pub target: Target,
}

/// A labelled tie between participants, mostly two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The layer it belongs to.
    pub layer: LayerId,
    /// Its id in the source; empty when it has none.
    pub source_id: Box<str>,
    /// As the source writes it.
    pub label: String,
    /// The participants, in the order of the source.
    pub arguments: Vec<Argument>,
}

/// Something that happens, with a trigger in the text and participants in roles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The layer it belongs to.
    pub layer: LayerId,
    /// Its id in the source; empty when it has none.
    pub source_id: Box<str>,
    /// As the source writes it.
    pub label: String,
    /// The mention that names it.
    pub trigger: Option<MentionId>,
    /// The participants, in the order of the source.
    pub arguments: Vec<Argument>,
}

/// A property of something: a name, mostly with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its id in the source; empty when it has none.
    pub source_id: Box<str>,
    /// What has it.
    pub target: Target,
    /// The property.
    pub name: String,
    /// Its value; nothing for a property that is there or not.
    pub value: Option<String>,
}

/// A remark on something, or on the article when it has no target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its id in the source; empty when it has none.
    pub source_id: Box<str>,
    /// What it is on.
    pub target: Option<Target>,
    /// What sort of remark, such as `AnnotatorNotes`; empty when the source does not say.
    pub label: String,
    /// The remark.
    pub text: String,
}

/// A reference into a knowledge base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its id in the source; empty when it has none.
    pub source_id: Box<str>,
    /// What it identifies.
    pub target: Target,
    /// A URL, or `base:id`.
    pub reference: String,
    /// What the knowledge base calls it; may be empty.
    pub title: String,
}
