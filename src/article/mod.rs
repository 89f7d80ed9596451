//! The model: an article is metadata, one text, blocks with roles, annotation layers and entities.
//!
//! Pure data. Constructors keep the invariants (spans in bounds, on character boundaries, not empty, fragments in
//! order); whatever breaks one is returned as a fault that the reader turns into a message with file, line and
//! column, and the rest of the article still stands. Below: nothing of ours. Above: everything.
//! Not here: files, formats, widths, colours. All offsets are bytes of the article's UTF-8 text.

mod role;
mod source;
mod span;
mod text;

pub use role::Role;
pub use source::{Encoding, LineEnds, SourceForm};
pub use span::ByteSpan;
pub use text::{Block, BlockId, Text, TooLong};

/// A piece of news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// What lists and window titles call it.
    pub title: String,
    /// Its language as a BCP 47 tag, such as zh-Hans; empty when the source does not say.
    pub language: String,
    /// Its text and blocks.
    pub text: Text,
    /// How its file was written, so that it can be written back so.
    pub form: SourceForm,
}
