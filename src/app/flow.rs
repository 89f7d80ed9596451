//! The rows of an article at one measure, made where they are asked for and nowhere else.
//!
//! A row is known by its block and byte, never by a number: nothing here counts rows from the start of an article.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use crate::article::{Article, Block, BlockId, ByteSpan};
use crate::typeset::{self, Line, Options};

/// So many stretches are kept; above that all are forgotten and those in sight are made again.
const KEPT_STRETCHES: usize = 512;

/// A place to stand: a byte of a block, or a blank row above the block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct Place {
    /// The block.
    pub block: u32,
    /// Byte of the block.
    pub offset: usize,
    /// How many rows above the block's first one; 0 in the block itself.
    pub above: u16,
}

/// How blocks are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// Width of the text column in cells, without the hanging reserve.
    pub measure: u16,
    /// First-line indent of paragraphs in cells.
    pub indent: u16,
    /// The reader's choices.
    pub options: Options,
}

/// The lines of one stretch of a block.
#[derive(Debug)]
struct Stretch {
    range: Range<usize>,
    lines: Vec<Line>,
}

/// One row of the body.
#[derive(Debug, Clone)]
pub struct BodyRow {
    /// The block that it belongs to.
    pub block: BlockId,
    /// The block's role and bytes.
    pub part: Block,
    above: u16,
    stretch: Rc<Stretch>,
    index: usize,
}

impl BodyRow {
    /// The line on it; nothing for a blank row between blocks.
    #[must_use]
    pub fn line(&self) -> Option<&Line> {
        (self.above == 0)
            .then(|| self.stretch.lines.get(self.index))
            .flatten()
    }

    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        Place {
            block: self.block.0,
            offset: self.line().map_or(0, |l| l.span.start),
            above: self.above,
        }
    }

    /// Its bytes of the article's text; empty for a blank row.
    #[must_use]
    pub fn span(&self) -> ByteSpan {
        let from = self.part.span.start();
        self.line().map_or(ByteSpan::new(from, from), |l| {
            ByteSpan::new(from + l.span.start, from + l.span.end)
        })
    }
}

/// The rows of one article.
#[derive(Debug)]
pub struct Flow {
    article: Arc<Article>,
    manner: Manner,
    traditional: bool,
    made: RefCell<HashMap<(u32, usize), Rc<Stretch>>>,
}

impl Flow {
    /// The rows of `article`, none of which is made yet.
    #[must_use]
    pub fn new(article: Arc<Article>, manner: Manner) -> Self {
        let traditional = article.meta.language.starts_with("zh-Hant");
        Self {
            article,
            manner,
            traditional,
            made: RefCell::default(),
        }
    }

    /// The article.
    #[must_use]
    pub const fn article(&self) -> &Arc<Article> {
        &self.article
    }

    /// How it is set.
    #[must_use]
    pub const fn manner(&self) -> &Manner {
        &self.manner
    }

    /// Sets the article in another manner from now on.
    pub fn set_manner(&mut self, manner: Manner) {
        if self.manner != manner {
            self.manner = manner;
            self.made.get_mut().clear();
        }
    }

    /// The text of a row's block.
    #[must_use]
    pub fn block_text(&self, row: &BodyRow) -> &str {
        self.article.text.slice(row.part.span)
    }

    /// The place of a byte of the article's text.
    #[must_use]
    pub fn place_of(&self, offset: usize) -> Place {
        let Some(id) = self.article.text.block_at(offset) else {
            return Place::default();
        };
        let start = self.article.text.block(id).map_or(0, |b| b.span.start());
        Place {
            block: id.0,
            offset: offset.saturating_sub(start),
            above: 0,
        }
    }

    /// The row that holds a place; nothing when there is no such block.
    #[must_use]
    pub fn row_at(&self, place: Place) -> Option<BodyRow> {
        let id = BlockId(place.block);
        let part = self.article.text.block(id)?;
        let above = place.above.min(self.space_above(id));
        let offset = if above > 0 { 0 } else { place.offset };
        let stretch = self.stretch(id, part, offset);
        let index = stretch
            .lines
            .partition_point(|line| line.span.start <= offset)
            .saturating_sub(1);
        Some(BodyRow {
            block: id,
            part,
            above,
            stretch,
            index,
        })
    }

    /// The row below.
    #[must_use]
    pub fn below(&self, row: &BodyRow) -> Option<BodyRow> {
        if row.above > 0 {
            return Some(BodyRow {
                above: row.above - 1,
                ..row.clone()
            });
        }
        if row.index + 1 < row.stretch.lines.len() {
            return Some(BodyRow {
                index: row.index + 1,
                ..row.clone()
            });
        }
        let end = row.stretch.range.end;
        if end < row.part.span.len() {
            return self.row_at(Place {
                block: row.block.0,
                offset: end,
                above: 0,
            });
        }
        let next = BlockId(row.block.0.checked_add(1)?);
        self.row_at(Place {
            block: next.0,
            offset: 0,
            above: self.space_above(next),
        })
    }

    /// The row above.
    #[must_use]
    pub fn above(&self, row: &BodyRow) -> Option<BodyRow> {
        if row.above == 0 {
            if row.index > 0 {
                return Some(BodyRow {
                    index: row.index - 1,
                    ..row.clone()
                });
            }
            if row.stretch.range.start > 0 {
                return self.row_at(Place {
                    block: row.block.0,
                    offset: row.stretch.range.start - 1,
                    above: 0,
                });
            }
        }
        if row.above < self.space_above(row.block) {
            return Some(BodyRow {
                above: row.above + 1,
                ..row.clone()
            });
        }
        self.row_at(Place {
            block: row.block.0.checked_sub(1)?,
            offset: usize::MAX,
            above: 0,
        })
    }

    /// At most `count` rows from a place on.
    #[must_use]
    pub fn rows(&self, from: Place, count: u16) -> Vec<BodyRow> {
        let mut rows = Vec::with_capacity(usize::from(count));
        let mut next = self.row_at(from);
        while let Some(row) = next.filter(|_| rows.len() < usize::from(count)) {
            next = self.below(&row);
            rows.push(row);
        }
        rows
    }

    /// The row `count` rows further up or as far as there are any.
    #[must_use]
    pub fn climb(&self, mut row: BodyRow, count: u32) -> BodyRow {
        for _ in 0..count {
            let Some(above) = self.above(&row) else { break };
            row = above;
        }
        row
    }

    /// The row `count` rows further down or as far as there are any.
    #[must_use]
    pub fn descend(&self, mut row: BodyRow, count: u32) -> BodyRow {
        for _ in 0..count {
            let Some(below) = self.below(&row) else { break };
            row = below;
        }
        row
    }

    /// The very last row.
    #[must_use]
    pub fn last(&self) -> Option<BodyRow> {
        let blocks = u32::try_from(self.article.text.blocks().len()).unwrap_or(u32::MAX);
        self.row_at(Place {
            block: blocks.checked_sub(1)?,
            offset: usize::MAX,
            above: 0,
        })
    }

    fn space_above(&self, id: BlockId) -> u16 {
        let text = &self.article.text;
        let Some(block) = text.block(id) else {
            return 0;
        };
        let previous = id.0.checked_sub(1).and_then(|p| text.block(BlockId(p)));
        typeset::space_before(
            previous.map(|b| b.role),
            block.role,
            text.blank_lines_before(id),
        )
    }

    fn stretch(&self, id: BlockId, part: Block, offset: usize) -> Rc<Stretch> {
        let text = self.article.text.slice(part.span);
        let range = typeset::stretch_at(text, offset);
        let key = (id.0, range.start);
        if let Some(made) = self.made.borrow().get(&key) {
            return Rc::clone(made);
        }
        let manner = &self.manner;
        let setting = typeset::setting(part.role, manner.measure, manner.indent, self.traditional);
        let stretch = Rc::new(Stretch {
            lines: typeset::lines(text, range.clone(), &setting, &manner.options),
            range,
        });
        let mut made = self.made.borrow_mut();
        if made.len() >= KEPT_STRETCHES {
            made.clear();
        }
        made.insert(key, Rc::clone(&stretch));
        stretch
    }
}
