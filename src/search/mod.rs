//! A query, and the places of an article that it matches.
//!
//! [`Matcher`] is a query made ready; [`Search`] takes it over an article in steps, nearest hits first; a
//! [`concordance::Concordance`] sets hits in their contexts below each other.
//! Below: `names` (of which it has dates), `statistics`, `text`, `article`. Above: `app` asks for searches as effects and walks their hits, `runtime` carries them out
//! on a thread.
//! Not here: prompts, history, going to a hit. Hits are always ranges of the original text, and exact: a hit may begin
//! or end within a grapheme (e of é written as two characters), and whoever paints it widens it. No hit crosses a
//! line end, none is empty, and two hits of one query never overlap.

mod commonness;
pub mod concordance;
mod fields;
mod leaf;
mod literal;
mod matcher;
mod merge;
mod near;
mod pattern;
mod query;
mod spellings;
mod steps;
mod tree;

pub use matcher::{MAX_QUERY_CHARS, Matcher, QueryError};
pub use query::{Query, Scope, quoted, refined};
pub use steps::{Search, Step};
pub(crate) use tree::settle;
