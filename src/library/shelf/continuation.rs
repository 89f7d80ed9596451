//! Looking for the article in which another goes on, a few rows at a time: rows that are not known yet have to be read.

use std::path::Path;

use super::Library;
use crate::library::ArticleId;

/// So many rows are looked at in a step, of which one is read.
const LOOKED_AT_ONCE: usize = 4096;

/// A search for the article that continues another, or for the one that it continues.
#[derive(Debug, Clone)]
pub struct Continuing {
    id: ArticleId,
    earlier: bool,
    /// The name that is wanted, once it is known.
    wanted: Option<String>,
    /// All articles before this one have been looked at.
    next: usize,
    /// The first in any folder.
    found: Option<ArticleId>,
}

impl Continuing {
    /// For the article that continues this one, or, with `earlier`, for the one that it continues: by
    /// [`Meta::continues`](crate::article::Meta::continues) and name, in the same folder first.
    #[must_use]
    pub const fn new(id: ArticleId, earlier: bool) -> Self {
        Self {
            id,
            earlier,
            wanted: None,
            next: 0,
            found: None,
        }
    }
}

impl Library {
    /// The article that goes on or goes before, as [`Continuing`] has it. Rows that may be needed are read.
    pub fn continuation(&mut self, id: ArticleId, earlier: bool) -> Option<ArticleId> {
        let mut search = Continuing::new(id, earlier);
        loop {
            if let Some(found) = self.look_on(&mut search) {
                return found;
            }
        }
    }

    /// Looks at some more articles, of which one is read at the most; the answer when that is all that was needed.
    pub fn look_on(&mut self, search: &mut Continuing) -> Option<Option<ArticleId>> {
        let Some(wanted) = search.wanted.clone() else {
            let item = self.items.get(search.id.0 as usize);
            let name = item.map_or_else(String::new, |item| item.source.name());
            let wanted = if search.earlier {
                self.summary(search.id).map(|s| s.continues.clone())
            } else {
                Some(name)
            };
            let wanted = wanted.unwrap_or_default();
            let is_over = wanted.is_empty();
            search.wanted = Some(wanted);
            return is_over.then_some(None);
        };
        let mut reads = false;
        for _ in 0..LOOKED_AT_ONCE {
            let Some(item) = self.items.get(search.next) else {
                return Some(search.found);
            };
            let Ok(number) = u32::try_from(search.next) else {
                return Some(search.found);
            };
            let id = ArticleId(number);
            let fits = if search.earlier {
                item.source.name() == wanted
            } else if item.source.may_continue() {
                if item.summary.is_none() && std::mem::replace(&mut reads, true) {
                    return None;
                }
                let summary = self.summary(id);
                summary.is_some_and(|summary| summary.continues == wanted)
            } else {
                false
            };
            search.next += 1;
            if fits && id != search.id {
                if self.folder(id) == self.folder(search.id) {
                    return Some(Some(id));
                }
                search.found = search.found.or(Some(id));
            }
        }
        None
    }

    fn folder(&self, id: ArticleId) -> Option<&Path> {
        let item = self.items.get(id.0 as usize);
        item.and_then(|item| item.source.folder())
    }
}
