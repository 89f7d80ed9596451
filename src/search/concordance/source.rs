//! Where lines are from: their articles, and what is held of those that are not kept.

use std::ops::Range;
use std::sync::Arc;

use super::Context;
use crate::article::{Article, ByteSpan};

/// An article that lines are from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Source {
    /// The file, as it was named.
    pub file: String,
    /// Its title.
    pub title: String,
    /// The day it appeared; empty when nobody says.
    pub date: String,
    /// Its number in a library, by which articles are ordered; those of one number stand as they were added.
    pub number: u32,
    /// Its text, when it is kept: its lines need nothing of their own then.
    pub(super) kept: Option<Arc<Article>>,
}

impl Source {
    /// An article that is not kept: each line has a part of its text.
    #[must_use]
    pub fn of(article: &Article, file: &str) -> Self {
        Self {
            file: file.to_owned(),
            title: article.meta.title.clone(),
            date: article.meta.date.clone(),
            number: 0,
            kept: None,
        }
    }

    /// The same, with its number in a library.
    #[must_use]
    pub const fn numbered(mut self, number: u32) -> Self {
        self.number = number;
        self
    }

    /// An article that is held anyway.
    #[must_use]
    pub fn kept(article: Arc<Article>, file: &str) -> Self {
        Self {
            kept: Some(Arc::clone(&article)),
            ..Self::of(&article, file)
        }
    }
}

/// The number of a source, in the order in which they were added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub(super) u32);

/// A part of an article that is not kept.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Held {
    text: Arc<str>,
    /// Where the hit ends and begins in it.
    hit: Range<u16>,
    /// Line of the article's text and UTF-8 byte of it, from 1.
    pub(super) place: (u32, u32),
}

impl Held {
    pub(super) fn of(text: &str, span: ByteSpan, place: (u32, u32)) -> Self {
        let context = Context::of(text, span);
        // None of the three is longer than 300 bytes but where a cluster is.
        let short = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        let from = context.left.len();
        Self {
            hit: short(from)..short(from + context.hit.len()),
            text: [context.left, context.hit, context.right].concat().into(),
            place,
        }
    }

    pub(super) fn context(&self, span: ByteSpan) -> Context<'_> {
        let (from, to) = (usize::from(self.hit.start), usize::from(self.hit.end));
        Context {
            span,
            left: self.text.get(..from).unwrap_or(""),
            hit: self.text.get(from..to).unwrap_or(""),
            right: self.text.get(to..).unwrap_or(""),
        }
    }
}

/// Lines and columns of places that are asked for from the start of a text on.
#[derive(Debug)]
pub(super) struct Places<'a> {
    text: &'a str,
    line: u32,
    line_start: usize,
    /// Up to where lines were counted.
    at: usize,
}

impl<'a> Places<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self {
            text,
            line: 1,
            line_start: 0,
            at: 0,
        }
    }

    /// Line and byte of the line, from 1.
    pub(super) fn of(&mut self, offset: usize) -> (u32, u32) {
        if offset < self.at {
            *self = Self::new(self.text);
        }
        let passed = self.text.as_bytes().get(self.at..offset).unwrap_or(&[]);
        for end in memchr::memchr_iter(b'\n', passed) {
            self.line = self.line.saturating_add(1);
            self.line_start = self.at + end + 1;
        }
        self.at = offset;
        let column = u32::try_from(offset - self.line_start).unwrap_or(u32::MAX);
        (self.line, column.saturating_add(1))
    }
}
