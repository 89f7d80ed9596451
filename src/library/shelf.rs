//! The library: a list of sources, read when they are asked for.

mod continuation;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

use super::asked::Asked;
use super::bundled::ARTICLES;
use super::error::{Complaint, LoadError};
use super::held::Held;
use super::open::sources;
use super::row::{ArticleId, Row};
use super::snapshot::Snapshot;
use super::source::Source;
use crate::article::Article;
use crate::text::Filter;

pub use continuation::Continuing;

/// So many articles are kept when they are small.
const KEPT: usize = 8;
/// The greatest text of a small article, in bytes.
const SMALL: usize = 1 << 20;

/// The articles one can choose from. Nothing but the start of files is read until an article or its row is asked for.
#[derive(Debug, Default)]
pub struct Library {
    items: Vec<Item>,
    /// Read lately, the latest last.
    kept: VecDeque<(ArticleId, Arc<Article>)>,
    /// All rows before this one have been read.
    next: usize,
}

#[derive(Debug)]
struct Item {
    source: Source,
    summary: Option<Summary>,
}

/// What is kept of an article that was read.
#[derive(Debug)]
struct Summary {
    row: Row,
    /// What the filter looks in, and the same folded.
    searched: String,
    folded: String,
    continues: String,
}

/// What a filter lets through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filtered {
    /// In the order of the list.
    pub ids: Vec<ArticleId>,
    /// Whether all rows have been looked at; else only names are known of some.
    pub complete: bool,
}

impl Library {
    /// The articles of files and folders, which are walked in natural order; a format that was asked for goes before what the files look
    /// like. Complaints say what is missing, unreadable or passed over.
    #[must_use]
    pub fn open(paths: &[PathBuf], asked: &Asked) -> (Self, Vec<Complaint>) {
        let (sources, complaints) = sources(paths, asked);
        (Self::new(sources), complaints)
    }

    /// The articles that come with the program.
    #[must_use]
    pub fn bundled() -> Self {
        let bundled = |(name, content)| Source::Bundled { name, content };
        Self::new(ARTICLES.into_iter().map(bundled).collect())
    }

    /// The articles of bytes: standard input. `name` is what it is called in messages.
    #[must_use]
    pub fn from_bytes(name: &str, bytes: &[u8], asked: &Asked) -> Self {
        Self::new(Source::hold(&Held::new(name, bytes.to_owned()), asked))
    }

    fn new(sources: Vec<Source>) -> Self {
        let item = |source| Item {
            source,
            summary: None,
        };
        Self {
            items: sources.into_iter().map(item).collect(),
            ..Self::default()
        }
    }

    /// Puts the articles of another library behind those of this one.
    pub fn append(&mut self, other: Self) {
        self.items.extend(other.items);
    }

    /// The sources as they are now, to be read on other threads.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::new(self.items.iter().map(|item| item.source.clone()))
    }

    /// How many articles there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        u32::try_from(self.items.len()).unwrap_or(u32::MAX)
    }

    /// Whether there is no article.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The file of an article, as it was named; empty when there is no such article.
    #[must_use]
    pub fn file(&self, id: ArticleId) -> String {
        let item = self.items.get(id.0 as usize);
        item.map_or_else(String::new, |item| item.source.file())
    }

    /// Reads an article. The last few small ones are kept.
    ///
    /// # Errors
    /// [`LoadError`] when it cannot be read; its row then says so too.
    pub fn load(&mut self, id: ArticleId) -> Result<Arc<Article>, LoadError> {
        if let Some(at) = self.kept.iter().position(|(kept, _)| *kept == id)
            && let Some((_, article)) = self.kept.remove(at)
        {
            self.kept.push_back((id, Arc::clone(&article)));
            return Ok(article);
        }
        let article = self.read(id)?;
        if article.text.len() <= SMALL {
            self.kept.push_back((id, Arc::clone(&article)));
            if self.kept.len() > KEPT {
                self.kept.pop_front();
            }
        }
        Ok(article)
    }

    /// Does not keep an article any more: it is read from its file when it is asked for next.
    pub fn forget(&mut self, id: ArticleId) {
        self.kept.retain(|(kept, _)| *kept != id);
    }

    /// Reads an article without keeping it, for whoever goes over all of them.
    ///
    /// # Errors
    /// As [`Self::load`].
    pub fn look_at(&mut self, id: ArticleId) -> Result<Arc<Article>, LoadError> {
        let kept = self.kept.iter().find(|(kept, _)| *kept == id);
        match kept {
            Some((_, article)) => Ok(Arc::clone(article)),
            None => self.read(id),
        }
    }

    /// The row of an article, which is read when its row is not known yet. One that cannot be read has its file's name
    /// and one problem.
    pub fn row(&mut self, id: ArticleId) -> Row {
        if let Some(summary) = self.summary(id) {
            return summary.row.clone();
        }
        Row {
            id,
            name: String::new(),
            title: String::new(),
            date: String::new(),
            page: String::new(),
            mentions: 0,
            problems: 1,
        }
    }

    /// Reads one more row, for idle times; false when all are there.
    pub fn summarise_next(&mut self) -> bool {
        while self
            .items
            .get(self.next)
            .is_some_and(|item| item.summary.is_some())
        {
            self.next += 1;
        }
        let Ok(number) = u32::try_from(self.next) else {
            return false;
        };
        self.summary(ArticleId(number)).is_some()
    }

    /// The articles whose title, name, date, page or section passes the filter.
    /// Of articles whose row has not been read only the name is looked at.
    #[must_use]
    pub fn filter(&self, filter: &Filter) -> Filtered {
        let mut complete = true;
        let mut ids = Vec::new();
        for (number, item) in (0..).zip(&self.items) {
            let fits = match &item.summary {
                Some(summary) => filter.matches_folded(&summary.searched, &summary.folded),
                None => {
                    complete &= filter.is_empty();
                    filter.matches(&item.source.base())
                }
            };
            if fits {
                ids.push(ArticleId(number));
            }
        }
        Filtered { ids, complete }
    }

    fn summary(&mut self, id: ArticleId) -> Option<&Summary> {
        if self.items.get(id.0 as usize)?.summary.is_none() {
            // A failure is kept as a row.
            let _ = self.read(id);
        }
        self.items.get(id.0 as usize)?.summary.as_ref()
    }

    /// Reads an article and keeps its summary.
    fn read(&mut self, id: ArticleId) -> Result<Arc<Article>, LoadError> {
        let item = self.items.get_mut(id.0 as usize);
        let item = item.ok_or(LoadError::NoSuch(id))?;
        let read = item.source.read();
        item.summary = Some(match &read {
            Ok(article) => summary(id, article, &item.source),
            Err(_) => failed(id, &item.source),
        });
        read
    }
}

fn summary(id: ArticleId, article: &Article, source: &Source) -> Summary {
    let meta = &article.meta;
    let searched = [
        &meta.title,
        &source.base(),
        &meta.date,
        &meta.page,
        &meta.section,
    ];
    let searched = searched.map(String::as_str).join("\n");
    Summary {
        row: Row::of(id, article),
        folded: Filter::fold(&searched),
        searched,
        continues: meta.continues.clone(),
    }
}

fn failed(id: ArticleId, source: &Source) -> Summary {
    Summary {
        row: Row {
            id,
            name: source.name(),
            title: source.base(),
            date: String::new(),
            page: String::new(),
            mentions: 0,
            problems: 1,
        },
        searched: source.base(),
        folded: Filter::fold(&source.base()),
        continues: String::new(),
    }
}

#[cfg(test)]
mod tests;
