//! The model: an article is metadata, one text, blocks with roles, annotation layers and entities.
//!
//! Pure data. Constructors keep the invariants (spans in bounds, on character boundaries, not empty, fragments in
//! order); whatever breaks one is returned as a fault that the reader turns into a message with file, line and
//! column, and the rest of the article still stands. Below: nothing of ours. Above: everything.
//! Not here: files, formats, widths, colours. All offsets are bytes of the article's UTF-8 text.

mod annotation;
mod annotations;
mod builder;
mod diagnostic;
mod ends;
mod fragments;
mod index;
mod kind;
mod lookups;
mod order;
mod role;
mod source;
mod span;
mod text;
mod types;

pub use annotation::{
    Argument, Attribute, Entity, EntityId, Event, EventId, Layer, LayerId, Link, Mention,
    MentionId, Note, Relation, RelationId, SourceSpan, Target, Unplaced, UnplacedId, Verbatim,
};
pub use annotations::Annotations;
pub use builder::{AnnotationsBuilder, Fault, MentionDraft};
pub use diagnostic::{Diagnostic, Severity};
pub use kind::{Category, Kind, Kinds, Label, LabelId};
pub(crate) use order::push_number;
pub use role::Role;
pub use source::{Certainty, Encoding, LineEnds, Recognised, SourceForm, UnknownEncoding};
pub use span::ByteSpan;
pub use text::{Block, BlockId, Text, TooLong};
pub use types::{Type, Types};

/// What is known of an article beside its text. A string is empty when the source does not say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meta {
    /// What lists and window titles call it; never empty.
    pub title: String,
    /// What other articles call it, as in `continues`: its file's name without ending.
    pub name: String,
    /// The path of its file as messages name it, a member of an archive behind the archive's; empty where nothing was
    /// read. Never written.
    pub file: String,
    /// The day it appeared, as the source writes it: `2023-11-11`.
    pub date: String,
    /// The paper or site.
    pub source: String,
    /// The page of the paper.
    pub page: String,
    /// The section of the paper.
    pub section: String,
    /// Its language as a BCP 47 tag, such as zh-Hans.
    pub language: String,
    /// The `name` of the article that it continues, from which a jump line leads here.
    pub continues: String,
}

/// A piece of news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// What is known of it.
    pub meta: Meta,
    /// Its text and blocks.
    pub text: Text,
    /// What is marked in the text.
    pub annotations: Annotations,
    /// What is wrong with its files.
    pub diagnostics: Vec<Diagnostic>,
    /// How its file was written, so that it can be written back so.
    pub form: SourceForm,
}
