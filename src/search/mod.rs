//! A query, and the places of an article that it matches.
//!
//! Below: `text`, `article`. Above: `app` asks for searches as effects and walks their hits, `runtime` carries them out
//! on a thread.
//! Not here: prompts, history, going to a hit. Hits are always ranges of the original text.

mod query;

pub use query::Query;
pub struct Matcher;
#[derive(Debug, thiserror::Error)]
#[error("x")]
pub struct QueryError;
impl Matcher {
    pub fn new(_: &Query) -> Result<Self, QueryError> {
        Ok(Self)
    }
}
pub fn escape(t: &str) -> String {
    t.to_owned()
}
pub fn word_at(_: &str, _: usize) -> Option<std::ops::Range<usize>> {
    None
}
