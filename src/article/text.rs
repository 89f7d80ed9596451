//! The text of an article and its blocks.

use super::{ByteSpan, Role};

/// The number of a block, from 0, in the order of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlockId(pub u32);

/// A stretch of the text with a role: one line that is not blank, without its line end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What it is on the page.
    pub role: Role,
    /// Its bytes.
    pub span: ByteSpan,
}

/// The text, UTF-8 with LF line ends, below 4 GiB. Read by block and range only, so that it may come from elsewhere
/// than memory one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    content: String,
    blocks: Vec<Block>,
}

/// A text of 4 GiB or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text has {0} bytes; an article holds less than 4 GiB: split the file")]
pub struct TooLong(
    /// Its length in bytes.
    pub usize,
);

impl Text {
    /// A text whose every non-blank line is a block of role paragraph.
    ///
    /// # Errors
    /// [`TooLong`] at 4 GiB and above.
    pub fn from_lines(content: String) -> Result<Self, TooLong> {
        if u32::try_from(content.len()).is_err() {
            return Err(TooLong(content.len()));
        }
        // Counted first: a vector that grows would hold twice the blocks of a large text for a moment.
        let lines = memchr::memchr_iter(b'\n', content.as_bytes()).count() + 1;
        let mut blocks = Vec::with_capacity(lines);
        let mut start = 0;
        let ends = memchr::memchr_iter(b'\n', content.as_bytes()).chain([content.len()]);
        for end in ends {
            let line = content.get(start..end).unwrap_or("");
            if line.chars().any(|c| !c.is_whitespace()) {
                blocks.push(Block {
                    role: Role::Paragraph,
                    span: ByteSpan::new(start, end),
                });
            }
            start = end + 1;
        }
        Ok(Self { content, blocks })
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.content.len()
    }

    /// Whether there is no byte of text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.content.is_empty()
    }

    /// The whole text with its blank lines and line ends, as it is written out raw.
    #[must_use]
    pub fn whole(&self) -> &str {
        &self.content
    }

    /// The blocks in order.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// A block; `None` when there is none of that number.
    #[must_use]
    pub fn block(&self, id: BlockId) -> Option<Block> {
        self.blocks.get(id.0 as usize).copied()
    }

    /// The text of a span; empty when the span is out of bounds or splits a character.
    #[must_use]
    pub fn slice(&self, span: ByteSpan) -> &str {
        self.content.get(span.range()).unwrap_or("")
    }

    /// The block that holds byte `offset`, else the last one before it, else the first.
    #[must_use]
    pub fn block_at(&self, offset: usize) -> Option<BlockId> {
        if self.blocks.is_empty() {
            return None;
        }
        let behind = self.blocks.partition_point(|b| b.span.start() <= offset);
        Some(BlockId(
            u32::try_from(behind.saturating_sub(1)).unwrap_or(u32::MAX),
        ))
    }

    /// How many empty lines stand above a block in the text.
    #[must_use]
    pub fn blank_lines_before(&self, id: BlockId) -> usize {
        let index = id.0 as usize;
        let Some(block) = self.blocks.get(index) else {
            return 0;
        };
        let from = index
            .checked_sub(1)
            .map_or(0, |p| self.blocks[p].span.end() + 1);
        let gap = ByteSpan::new(from.min(block.span.start()), block.span.start());
        memchr::memchr_iter(b'\n', self.slice(gap).as_bytes()).count()
    }

    /// Gives a block its role; nothing happens when there is no such block.
    pub fn set_role(&mut self, id: BlockId, role: Role) {
        if let Some(block) = self.blocks.get_mut(id.0 as usize) {
            block.role = role;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_blocks_and_blank_lines_are_space() {
        let text = Text::from_lines("题\n\n　\n一段。\n二段。".to_owned()).unwrap();
        let lines: Vec<&str> = text.blocks().iter().map(|b| text.slice(b.span)).collect();
        assert_eq!(lines, ["题", "一段。", "二段。"]);
        let above: Vec<usize> = (0..3)
            .map(|i| text.blank_lines_before(BlockId(i)))
            .collect();
        assert_eq!(above, [0, 2, 0]);
        assert_eq!(text.block_at(0), Some(BlockId(0)));
        assert_eq!(
            text.block_at(4),
            Some(BlockId(0)),
            "the blank line belongs to the block above"
        );
        assert_eq!(text.block_at(text.len()), Some(BlockId(2)));
        assert_eq!(
            Text::from_lines("\n\n".to_owned()).unwrap().block_at(0),
            None
        );
    }
}
