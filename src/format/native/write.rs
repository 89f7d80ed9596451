//! Articles in the native format, in a normal form.

use crate::article::Article;
use crate::format::entry::{WriteOptions, Written};
use crate::format::loss::Losses;

/// Writes an article.
pub(super) fn write(article: &Article, _: &WriteOptions, _: &mut Losses) -> Written {
    Written {
        main: format!("body = {:?}\n", article.text.whole()),
        beside: None,
    }
}
