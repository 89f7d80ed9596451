//! Who and what is named across many articles: what is said of a name in each, brought together.
//!
//! A [`Digest`] is what one article says of its names; an [`Index`] takes digests in one by one and keeps no text;
//! [`Groups`] says which names are one, and why, with the reader's own word ([`crate::desk::NameRule`]) above all;
//! [`Page`] is all of one group. Below: `article`, `text`, `statistics`, `desk`, `library`'s numbers. Above: `runtime`
//! and `cli` feed it articles, `app` shows pages. Not here: files, threads, rows of the screen.

mod company;
mod date;
mod digest;
mod graph;
mod grouping;
mod groups;
mod index;
mod page;
mod proposals;
mod rules;
mod strings;
mod timeline;
mod union;

pub use company::{Companion, Measure, Within, ranked};
pub use date::Date;
pub use digest::{Argument, Digest, Fact, Named, Who};
pub use graph::{Graph, GraphLines, Neighbour};
pub use groups::{Group, GroupId, Groups, Join, Why};
pub use index::Index;
pub use page::{Key, Page, PageArticle, Part, Tie};
pub use proposals::{Proposal, Short};
pub use timeline::{Bar, Step, Timeline};

pub use crate::text::fold_name as fold;

#[cfg(test)]
mod tests;
