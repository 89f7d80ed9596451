//! The article's pane: what is open, which rows are in sight, and where the point is.

use std::sync::Arc;

use super::flow::{BodyRow, Flow, Manner, Place};
use crate::article::{Article, ByteSpan, MentionId};
use crate::library::ArticleId;
use crate::text;
use crate::typeset::GlyphKind;

/// What the reader went to last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gone {
    /// A mention.
    Mention(MentionId),
    /// A hit of the search.
    Hit(ByteSpan),
    /// A byte of the text: the start of a block, the cursor of a selection.
    Offset(usize),
}

/// The point: where searching, walking and selecting begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// Its byte of the text.
    pub offset: usize,
    /// What was gone to, when that is why it stands there; else it is the first character in sight.
    pub gone: Option<Gone>,
}

/// A view of an article that one can come back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// The place of the top row.
    pub top: Place,
    /// What had been gone to.
    pub gone: Option<Gone>,
}

/// The open article.
#[derive(Debug)]
pub struct Body {
    id: ArticleId,
    /// Its file, as it was named.
    file: String,
    flow: Flow,
    height: u16,
    top: Place,
    gone: Option<Gone>,
    rows: Vec<BodyRow>,
}

impl Body {
    /// Shows an article from its start.
    #[must_use]
    pub fn new(id: ArticleId, article: Arc<Article>, manner: Manner, height: u16) -> Self {
        let mut body = Self {
            id,
            file: String::new(),
            flow: Flow::new(article, manner),
            height,
            top: Place::default(),
            gone: None,
            rows: Vec::new(),
        };
        body.settle();
        body
    }

    /// The same, with the article's file, as it was named.
    #[must_use]
    pub fn of_file(mut self, file: String) -> Self {
        self.file = file;
        self
    }

    /// The article's file, as it was named.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Which article.
    #[must_use]
    pub const fn id(&self) -> ArticleId {
        self.id
    }

    /// The article.
    #[must_use]
    pub const fn article(&self) -> &Arc<Article> {
        self.flow.article()
    }

    /// Its rows.
    #[must_use]
    pub const fn flow(&self) -> &Flow {
        &self.flow
    }

    /// The rows in sight, from the top; fewer than the pane has where the text ends.
    #[must_use]
    pub fn rows(&self) -> &[BodyRow] {
        &self.rows
    }

    /// Rows of the pane.
    #[must_use]
    pub const fn height(&self) -> u16 {
        self.height
    }

    /// The bytes in sight.
    #[must_use]
    pub fn sight(&self) -> ByteSpan {
        let from = self.rows.first().map_or(0, |r| r.span().start());
        ByteSpan::new(from, self.rows.last().map_or(from, |r| r.span().end()))
    }

    /// The view as it is.
    #[must_use]
    pub const fn view(&self) -> View {
        View {
            top: self.top,
            gone: self.gone,
        }
    }

    /// Goes back to a view of this article.
    pub fn restore(&mut self, view: View) {
        self.top = view.top;
        self.gone = view.gone;
        self.settle();
    }

    /// Sets the pane's size. The text at the top stays there.
    pub fn resize(&mut self, manner: Manner, height: u16) {
        self.flow.set_manner(manner);
        self.height = height;
        self.settle();
    }

    /// The point; nothing in an article without text.
    #[must_use]
    pub fn point(&self) -> Option<Point> {
        if let Some(gone) = self.gone
            && self.is_in_sight(self.start_of(gone))
        {
            return Some(Point {
                offset: self.start_of(gone),
                gone: Some(gone),
            });
        }
        self.first_in_sight()
            .map(|offset| Point { offset, gone: None })
    }

    /// What was gone to last, as long as it is in sight.
    #[must_use]
    pub fn gone(&self) -> Option<Gone> {
        self.point().and_then(|p| p.gone)
    }

    /// How far the last byte in sight is through the text, in percent.
    #[must_use]
    pub fn percent(&self) -> u8 {
        let len = self.article().text.len().max(1);
        let end = self.sight().end();
        let last = self
            .rows
            .last()
            .is_none_or(|r| self.flow.below(r).is_none());
        if last {
            return 100;
        }
        u8::try_from(end.saturating_mul(100) / len).unwrap_or(100)
    }

    /// Scrolls down (or up, below 0) by rows. False when there was nowhere to go.
    pub fn scroll(&mut self, by: i64) -> bool {
        let Some(top) = self.flow.row_at(self.top) else {
            return false;
        };
        let steps = u32::try_from(by.unsigned_abs()).unwrap_or(u32::MAX);
        let row = if by < 0 {
            self.flow.climb(top, steps)
        } else {
            let bottom = self.rows.last().cloned().unwrap_or_else(|| top.clone());
            // Going down ends where the last row stands at the foot of the pane.
            let mut row = top;
            let mut foot = bottom;
            for _ in 0..steps {
                let (Some(next), Some(below)) = (self.flow.below(&row), self.flow.below(&foot))
                else {
                    break;
                };
                (row, foot) = (next, below);
            }
            row
        };
        let place = row.place();
        let moved = self.flow.row_at(self.top).map(|r| r.place()) != Some(place);
        if moved {
            self.top = place;
            self.settle();
            if self
                .gone
                .is_some_and(|g| !self.is_in_sight(self.start_of(g)))
            {
                self.gone = None;
            }
        }
        moved
    }

    /// To the start of the text.
    pub fn to_top(&mut self) {
        self.top = Place::default();
        self.gone = None;
        self.settle();
    }

    /// To the end of the text.
    pub fn to_bottom(&mut self) {
        if let Some(last) = self.flow.last() {
            let up = u32::from(self.height.saturating_sub(1));
            self.top = self.flow.climb(last, up).place();
            self.gone = None;
            self.settle();
        }
    }

    /// Puts the point there, and scrolls if it is not in sight: to a third of the pane's height.
    pub fn go(&mut self, to: Gone) {
        self.gone = Some(to);
        let at = self.start_of(to);
        if self.is_in_sight(at) {
            return;
        }
        if let Some(row) = self.flow.row_at(self.flow.place_of(at)) {
            self.top = self.flow.climb(row, u32::from(self.height / 3)).place();
            self.settle();
            let missing = usize::from(self.height).saturating_sub(self.rows.len());
            self.raise(missing);
        }
    }

    /// Scrolls by as few rows as bring a byte into sight, without forgetting what was gone to.
    pub fn keep_in_sight(&mut self, at: usize) {
        if self.is_in_sight(at) {
            return;
        }
        if let Some(row) = self.flow.row_at(self.flow.place_of(at)) {
            let before = self.sight().start() > at;
            let up = if before {
                0
            } else {
                self.height.saturating_sub(1)
            };
            self.top = self.flow.climb(row, u32::from(up)).place();
            self.settle();
        }
    }

    /// Whether the byte is on a row in sight.
    #[must_use]
    pub fn is_in_sight(&self, at: usize) -> bool {
        self.row_of(at).is_some()
    }

    /// The row in sight that shows the byte.
    #[must_use]
    pub fn row_of(&self, at: usize) -> Option<&BodyRow> {
        let index = self.rows.partition_point(|r| r.span().start() <= at);
        let row = self.rows.get(index.checked_sub(1)?)?;
        (row.line().is_some() && at < row.span().end()).then_some(row)
    }

    /// The first byte of what the reader went to.
    #[must_use]
    pub fn start_of(&self, gone: Gone) -> usize {
        match gone {
            Gone::Mention(id) => self
                .article()
                .annotations
                .mention(id)
                .map_or(0, |m| m.hull().start()),
            Gone::Hit(span) => span.start(),
            Gone::Offset(offset) => offset,
        }
    }

    /// The first character to see on the top row, or on the first below it that has one.
    fn first_in_sight(&self) -> Option<usize> {
        self.rows.iter().find_map(|row| {
            let text = self.flow.block_text(row);
            let mut glyphs = row.line()?.glyphs(text, &self.flow.manner().options);
            let first = glyphs.find(|g| g.cells > 0 && g.kind != GlyphKind::Blank)?;
            Some(row.part.span.start() + first.span.start)
        })
    }

    /// Shows `rows` more rows above, for a foot that would be empty.
    fn raise(&mut self, rows: usize) {
        if let Some(top) = self.rows.first().filter(|_| rows > 0) {
            let up = u32::try_from(rows).unwrap_or(u32::MAX);
            self.top = self.flow.climb(top.clone(), up).place();
            self.settle();
        }
    }

    fn settle(&mut self) {
        self.rows = self.flow.rows(self.top, self.height);
    }
}

/// The byte range of the grapheme at `offset` of a text's block, as bytes of the text.
#[must_use]
pub fn grapheme_at(article: &Article, offset: usize) -> ByteSpan {
    let block = article
        .text
        .block_at(offset)
        .and_then(|id| article.text.block(id));
    let Some(block) = block else {
        return ByteSpan::new(offset, offset);
    };
    let slice = article.text.slice(block.span);
    let at = text::floor_boundary(slice, offset.saturating_sub(block.span.start()));
    let end = text::next_boundary(slice, at);
    ByteSpan::new(block.span.start() + at, block.span.start() + end)
}
