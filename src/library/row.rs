//! What the list shows of an article.

use crate::article::Article;

/// The number of an article in its library, from 0, in the order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleId(pub u32);

/// One line of the list of articles. Strings are as the source writes them: paint them through the painter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which article.
    pub id: ArticleId,
    /// What other articles call it: its file's name without ending.
    pub name: String,
    /// Its title; its file's name when it cannot be read.
    pub title: String,
    /// The day it appeared; may be empty.
    pub date: String,
    /// The page of the paper, else the section; may be empty.
    pub page: String,
    /// How many mentions it has.
    pub mentions: u32,
    /// How many things are wrong with its files.
    pub problems: u32,
}

impl Row {
    /// The row of an article that was read.
    #[must_use]
    pub fn of(id: ArticleId, article: &Article) -> Self {
        let meta = &article.meta;
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let page = if meta.page.is_empty() {
            &meta.section
        } else {
            &meta.page
        };
        Self {
            id,
            name: meta.name.clone(),
            title: meta.title.clone(),
            date: meta.date.clone(),
            page: page.clone(),
            mentions: count(article.annotations.mentions().len()),
            problems: count(article.diagnostics.len()),
        }
    }
}
