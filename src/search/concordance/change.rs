//! What is to become of a concordance, in one piece, so that it can be done where nobody waits for it.

use super::{Concordance, Near, Order, SourceId};
use crate::article::ByteSpan;
use crate::search::{Matcher, Query};
use crate::text::Words;

/// What a line must have to be shown.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// It holds this; with an empty text all do. It is known to compile.
    Holds(Query),
    /// It has this near its hit.
    Near(Near),
}

/// What is to become of a concordance; what is not named stays as it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Change {
    /// Another order, or the same with other words.
    pub order: Option<Order>,
    /// Whether contexts go over the ends of blocks.
    pub across: Option<bool>,
    /// Which lines are shown from now on: those that have all of this.
    pub filter: Option<Vec<Filter>>,
    /// More hits of an article that is kept, in the order of its text.
    pub hits: Option<(SourceId, Vec<ByteSpan>)>,
    /// Lines of other articles, as they came.
    pub lines: Vec<Concordance>,
}

impl Change {
    /// Whether nothing is to be done.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.only_adds_lines() && self.lines.is_empty()
    }

    /// Whether nothing is to be done but to add lines of other articles, if any.
    #[must_use]
    pub const fn only_adds_lines(&self) -> bool {
        self.order.is_none()
            && self.across.is_none()
            && self.filter.is_none()
            && self.hits.is_none()
    }

    /// Adds hits of an article to those that are to be added; all are of one article.
    pub fn add(&mut self, source: SourceId, hits: &[ByteSpan]) {
        let added = self.hits.get_or_insert_with(|| (source, Vec::new()));
        added.1.extend_from_slice(hits);
    }
}

impl Concordance {
    /// What becomes of it, put in order. The work grows with the number of lines.
    #[must_use]
    pub fn changed(&self, change: &Change, words: &Words) -> Self {
        let mut made = self.clone();
        if let Some((source, hits)) = &change.hits {
            made.add_of_kept(*source, hits);
        }
        for lines in &change.lines {
            made.join(lines.clone());
        }
        if let Some(order) = change.order {
            made.set_order(order);
        }
        if let Some(across) = change.across {
            made.set_across(across);
        }
        if let Some(filters) = &change.filter {
            made.set_filter(None);
            for filter in filters {
                match filter {
                    Filter::Holds(query) => {
                        let matcher = Matcher::new(query).ok();
                        made.narrow(matcher.filter(|matcher| !matcher.is_empty()));
                    }
                    Filter::Near(near) => made.narrow_near(near.clone()),
                }
            }
        }
        made.arrange(words);
        made
    }
}
