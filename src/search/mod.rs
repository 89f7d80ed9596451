//! A query, and the places of an article that it matches.
//!
//! Below: `text`, `article`. Above: `app` asks for searches as effects and walks their hits, `runtime` carries them out
//! on a thread.
//! Not here: prompts, history, going to a hit. Hits are always ranges of the original text.

mod query;

pub use query::Query;
