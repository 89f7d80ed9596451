//! The model: an article is metadata, one text, blocks with roles, annotation layers and entities.
//!
//! Pure data. Constructors keep the invariants (spans in bounds, on character boundaries, not empty, fragments in
//! order); whatever breaks one is returned as a fault that the reader turns into a [`Diagnostic`], and the rest of
//! the article still stands. Below: nothing of ours. Above: everything.
//! Not here: files, formats, widths, colours. All offsets are bytes of the article's UTF-8 text.

mod role;

pub use role::Role;
