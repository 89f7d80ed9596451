//! A selection of text, and the ways of its moving end.

use super::body::{Body, grapheme_at};
use super::state::App;
use crate::article::{Article, BlockId, ByteSpan};
use crate::text::{self, Script};

/// A run without marks is taken for a word up to so many characters on each side.
const LONGEST_RUN: usize = 100;

/// Text from one grapheme to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection {
    /// Start of the grapheme where it began, a byte of the text.
    pub anchor: usize,
    /// Start of the grapheme at its moving end.
    pub cursor: usize,
}

impl Selection {
    /// The selected bytes.
    #[must_use]
    pub fn span(self, article: &Article) -> ByteSpan {
        let (from, to) = (self.anchor.min(self.cursor), self.anchor.max(self.cursor));
        ByteSpan::new(from, grapheme_at(article, to).end())
    }
}

impl App {
    /// How many characters are selected, blanks apart.
    #[must_use]
    pub fn selected(&self) -> Option<usize> {
        self.selected.map(|(_, count)| count)
    }

    /// Counts what is selected. Of a selection that has grown or shrunk at one end only the difference is looked at.
    pub(super) fn count_selected(&mut self) {
        let before = self.selected.take();
        let Some((selection, article)) = self.selection.zip(self.article()) else {
            return;
        };
        let count = |from: usize, to: usize| {
            let text = article.text.slice(ByteSpan::new(from, to));
            text.chars().filter(|c| !c.is_whitespace()).count()
        };
        let span = selection.span(article);
        let (start, end) = (span.start(), span.end());
        let counted = match before {
            Some((of, known)) if of.start() == start && of.end() <= end => {
                known + count(of.end(), end)
            }
            Some((of, known)) if of.start() == start => known.saturating_sub(count(end, of.end())),
            Some((of, known)) if of.end() == end && start <= of.start() => {
                known + count(start, of.start())
            }
            Some((of, known)) if of.end() == end => known.saturating_sub(count(of.start(), start)),
            _ => count(start, end),
        };
        self.selected = Some((span, counted));
    }
}

/// A position within a block.
struct At<'a> {
    article: &'a Article,
    block: BlockId,
    slice: &'a str,
    start: usize,
    offset: usize,
}

impl<'a> At<'a> {
    fn new(article: &'a Article, offset: usize) -> Option<Self> {
        let block = article.text.block_at(offset)?;
        let part = article.text.block(block)?;
        let start = part.span.start();
        Some(Self {
            article,
            block,
            slice: article.text.slice(part.span),
            start,
            offset: offset.saturating_sub(start).min(part.span.len()),
        })
    }

    const fn byte(&self) -> usize {
        self.start + self.offset
    }

    fn script(&self) -> Option<Script> {
        let rest = self.slice.get(self.offset..)?;
        rest.chars().next().map(text::script)
    }

    /// One grapheme on, blank ones at block edges passed over.
    fn next(self) -> Option<Self> {
        let offset = text::next_boundary(self.slice, self.offset);
        if offset < self.slice.len() {
            return Some(Self { offset, ..self });
        }
        let next = BlockId(self.block.0.checked_add(1)?);
        let part = self.article.text.block(next)?;
        let slice = self.article.text.slice(part.span);
        Some(Self {
            block: next,
            offset: slice.len() - slice.trim_start().len(),
            start: part.span.start(),
            slice,
            article: self.article,
        })
    }

    /// One grapheme back.
    fn previous(self) -> Option<Self> {
        let lead = self.slice.len() - self.slice.trim_start().len();
        if self.offset > lead {
            let offset = text::prev_boundary(self.slice, self.offset);
            return Some(Self { offset, ..self });
        }
        let before = BlockId(self.block.0.checked_sub(1)?);
        let part = self.article.text.block(before)?;
        let slice = self.article.text.slice(part.span);
        Some(Self {
            block: before,
            offset: text::prev_boundary(slice, slice.trim_end().len()),
            start: part.span.start(),
            slice,
            article: self.article,
        })
    }
}

/// The grapheme after the one at `offset`.
#[must_use]
pub(super) fn next_character(article: &Article, offset: usize) -> Option<usize> {
    At::new(article, offset)?.next().map(|at| at.byte())
}

/// The grapheme before the one at `offset`.
#[must_use]
pub(super) fn previous_character(article: &Article, offset: usize) -> Option<usize> {
    At::new(article, offset)?.previous().map(|at| at.byte())
}

/// The start of the next word: a run of Latin letters and digits, or any single other character that is not blank.
#[must_use]
pub(super) fn next_word(article: &Article, offset: usize) -> Option<usize> {
    let mut at = At::new(article, offset)?;
    let from = run(&at);
    let block = at.block;
    loop {
        at = at.next()?;
        let same = at.block == block && from.is_some() && run(&at) == from;
        if !same && !is_blank(&at) {
            return Some(at.byte());
        }
    }
}

/// The start of this word, or of the one before when `offset` is there already.
#[must_use]
pub(super) fn previous_word(article: &Article, offset: usize) -> Option<usize> {
    let mut at = At::new(article, offset)?.previous()?;
    while is_blank(&at) {
        at = at.previous()?;
    }
    let Some(kind) = run(&at) else {
        return Some(at.byte());
    };
    let block = at.block;
    loop {
        let here = at.byte();
        match at.previous() {
            Some(before) if before.block == block && run(&before) == Some(kind) => at = before,
            _ => return Some(here),
        }
    }
}

/// The word around a byte: a Latin word or number; else the run of one script between marks, blanks and the edges of
/// mentions, as nothing here knows where a Chinese word ends; of marks and blanks, one.
#[must_use]
pub(super) fn word_around(article: &Article, offset: usize) -> ByteSpan {
    let here = grapheme_at(article, offset);
    let Some(at) = At::new(article, here.start()) else {
        return here;
    };
    if let Some(word) = text::word_at(at.slice, at.offset) {
        return ByteSpan::new(at.start + word.start, at.start + word.end);
    }
    let script = at.script();
    if !matches!(script, Some(Script::Han | Script::Kana | Script::Hangul)) {
        return here;
    }
    let is_free = |span: ByteSpan| article.annotations.touching(span).is_empty();
    let alone = is_free(here);
    let joins =
        |at: &At<'_>| at.script() == script && (!alone || is_free(grapheme_at(article, at.byte())));
    let block = at.block;
    let mut span = here;
    for _ in 0..LONGEST_RUN {
        let before = At::new(article, span.start()).and_then(At::previous);
        match before.filter(|at| at.block == block && joins(at)) {
            Some(at) => span = ByteSpan::new(at.byte(), span.end()),
            None => break,
        }
    }
    for _ in 0..LONGEST_RUN {
        let last = grapheme_at(article, span.end() - 1).start();
        let next = At::new(article, last).and_then(At::next);
        match next.filter(|at| at.block == block && joins(at)) {
            Some(at) => span = ByteSpan::new(span.start(), grapheme_at(article, at.byte()).end()),
            None => break,
        }
    }
    span
}

/// What runs together as a word: letters and digits; nothing for characters that stand alone.
fn run(at: &At<'_>) -> Option<()> {
    matches!(at.script(), Some(Script::Letter | Script::Digit)).then_some(())
}

fn is_blank(at: &At<'_>) -> bool {
    at.slice
        .get(at.offset..)
        .and_then(|rest| rest.chars().next())
        .is_some_and(char::is_whitespace)
}

impl Body {
    /// The grapheme at the same column `by` rows further down (or up, below 0), blank rows passed over.
    #[must_use]
    pub fn vertical(&self, offset: usize, by: i64) -> Option<usize> {
        let flow = self.flow();
        let options = &flow.manner().options;
        let mut row = flow.row_at(flow.place_of(offset))?;
        let local = offset.checked_sub(row.part.span.start())?;
        let column = row.line()?.cell_of(flow.block_text(&row), options, local);
        for _ in 0..by.unsigned_abs() {
            let mut next = row.clone();
            loop {
                let to = if by < 0 {
                    flow.above(&next)
                } else {
                    flow.below(&next)
                };
                match to {
                    None => break,
                    Some(to) => next = to,
                }
                if next.line().is_some() {
                    row = next;
                    break;
                }
            }
        }
        let at = row
            .line()?
            .offset_at(flow.block_text(&row), options, column);
        Some(row.part.span.start() + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format;

    #[test]
    fn words_are_latin_runs_or_single_han() {
        let files = format::Files {
            main: format::File::new("a.txt", "　　在 IPv6 上，5G。\n　　乌镇".as_bytes()),
            annotations: None,
        };
        let article = format::read(format::Format::Text, files).unwrap();
        let text = article.text.whole();
        let mut at = text.find('在').unwrap();
        let mut seen = Vec::new();
        while let Some(next) = next_word(&article, at) {
            seen.push(text[next..].chars().next().unwrap());
            at = next;
        }
        assert_eq!(seen, ['I', '上', '，', '5', '。', '乌', '镇']);
        let mut back = Vec::new();
        while let Some(next) = previous_word(&article, at) {
            back.push(text[next..].chars().next().unwrap());
            at = next;
        }
        assert_eq!(back, ['乌', '。', '5', '，', '上', 'I', '在']);
        let last = text.find('镇').unwrap();
        assert_eq!(next_character(&article, last), None);
        let selection = Selection {
            anchor: last,
            cursor: last - 3,
        };
        assert_eq!(article.text.slice(selection.span(&article)), "乌镇");
    }
}
