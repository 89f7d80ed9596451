//! What is searched for: the query as it is typed, and its language.
//!
//! `docs/search.md` tells the language to readers. `scan` cuts terms off the front of a query, `parse` puts them
//! together, `expr` is what comes out; `values` reads what stands behind a field's colon, `refine` makes one query of two.

mod expr;
mod parse;
mod refine;
mod scan;
#[cfg(test)]
mod tests;
mod values;

use crate::text::FoldOptions;

pub(super) use expr::{Expr, Field, Leaf, Pattern, Term, Value};
pub(super) use parse::{Parsed, parse};
pub use refine::refined;
pub(super) use values::{first, last};

/// What the reader typed, and how it is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// As it was typed.
    pub text: String,
    /// Whether all of it is a regular expression; else it is in the query language.
    pub regex: bool,
    /// What does not count.
    pub fold: FoldOptions,
    /// Whether Latin letters are also read as pinyin.
    pub pinyin: bool,
    /// Where terms belong together.
    pub scope: Scope,
}

/// Where the terms of a query belong together: all that AND, `-not` and `~` hold within.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Scope {
    /// In one block: the scope of a search in an article.
    #[default]
    Block,
    /// In one article: the scope of a search over a library.
    Article,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            text: String::new(),
            regex: false,
            fold: FoldOptions::default(),
            pinyin: true,
            scope: Scope::default(),
        }
    }
}

impl Query {
    /// A query in the query language, with the folding that is usual.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            ..Self::default()
        }
    }
}

/// A query that finds a text as it is: in quotation marks, unless the bare text means just that.
#[must_use]
pub fn quoted(text: &str) -> String {
    let plain = |parsed: &Parsed| match &parsed.leaves[..] {
        [leaf] => leaf.term == Term::Text(Pattern::Word(text.to_owned())),
        _ => false,
    };
    let is_read = crate::text::Pinyin::new(text).is_some();
    if !is_read && parse(text).is_ok_and(|parsed| plain(&parsed)) {
        return text.to_owned();
    }
    let mut out = String::from('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}
