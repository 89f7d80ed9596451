//! What the formats written in XML share: elements one after another, text with its white space laid out, faults with
//! their places, and the way back to markup.
//!
//! `walk` reads elements with quick-xml and mends what is not well-formed, `tag` takes a start tag apart, `weave` makes
//! the article's text and says where elements begin and end in it, `nest` says which mentions can be elements at all,
//! `escape` writes text and values. Nothing here recurs on the nesting of a file, and no entity is ever resolved but
//! the five of XML itself and references to characters.
//!
//! Extensible Markup Language 1.0, fifth edition: <https://www.w3.org/TR/xml/>.

mod escape;
mod faults;
mod nest;
mod root;
mod tag;
mod told;
mod walk;
mod weave;

pub(super) use escape::{is_name, is_written, push_spaced, push_text, push_value};
pub(super) use faults::Faults;
pub(super) use nest::{Step, nest, steps, trimmed};
pub(super) use root::root;
pub(super) use tag::{Reference, Tag, is_allowed, reference};
pub(super) use told::{has_meta, push_meta, take_meta};
pub(super) use walk::{Piece, Rules, Walk};
pub(super) use weave::{Manner, Mark, Weave};

/// Whether a character is white space to XML; an ideographic space is text.
pub(super) const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
