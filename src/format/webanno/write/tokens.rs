//! The text as sentences and tokens, and the units that mentions take.

use std::cmp::Reverse;

use crate::article::ByteSpan;
use crate::text::{graphemes, is_cjk};

/// A line of the text that is not blank, with its tokens.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) span: ByteSpan,
    /// Its tokens, by their numbers in the text.
    pub(super) first: usize,
    pub(super) last: usize,
    /// The offset of its start in the document as it is written, in UTF-16 units.
    pub(super) offset: usize,
}

/// All tokens of a text.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub(super) lines: Vec<Line>,
    pub(super) spans: Vec<ByteSpan>,
}

/// A unit: a token by its number, and the bytes of a part of it. The token itself comes before its parts, these in the
/// order of the text, the longer first.
pub(super) type Place = (usize, Option<(usize, Reverse<usize>)>);

impl Tokens {
    /// Cuts a text. Between two lines there is one unit in the document that is written, two where lines between them
    /// are blank.
    pub(super) fn new(text: &str) -> Self {
        let mut tokens = Self::default();
        let (mut start, mut offset, mut blank) = (0, 0, false);
        for line in text.split('\n') {
            let end = start + line.len();
            if line.trim().is_empty() {
                blank = true;
            } else {
                if !tokens.lines.is_empty() {
                    offset += 1 + usize::from(blank);
                }
                blank = false;
                let first = tokens.spans.len();
                tokens.cut(line, start);
                tokens.lines.push(Line {
                    span: ByteSpan::new(start, end),
                    first,
                    last: tokens.spans.len(),
                    offset,
                });
                offset += line.encode_utf16().count();
            }
            start = end + 1;
        }
        tokens
    }

    /// White space parts tokens, and one at the start of a line is a token itself, so that the sentence begins there.
    /// Letters and digits go together, Chinese characters and signs stand alone.
    fn cut(&mut self, line: &str, start: usize) {
        let indent = line.len() - line.trim_start().len();
        let is_writable = |c: char| c == ' ' || c == '\u{3000}';
        if indent > 0
            && line
                .chars()
                .take_while(|c| c.is_whitespace())
                .all(is_writable)
        {
            self.spans.push(ByteSpan::new(start, start + indent));
        }
        let mut word: Option<(usize, usize)> = None;
        for grapheme in graphemes(line) {
            let (from, to) = (start + grapheme.start, start + grapheme.end());
            let c = grapheme.text.chars().next().unwrap_or(' ');
            if c.is_alphanumeric() && !is_cjk(c) {
                word = Some((word.map_or(from, |(from, _)| from), to));
                continue;
            }
            if let Some((from, to)) = word.take() {
                self.spans.push(ByteSpan::new(from, to));
            }
            if !grapheme.text.chars().all(char::is_whitespace) {
                self.spans.push(ByteSpan::new(from, to));
            }
        }
        if let Some((from, to)) = word {
            self.spans.push(ByteSpan::new(from, to));
        }
    }

    fn token(&self, at: usize) -> ByteSpan {
        let none = ByteSpan::new(0, 0);
        self.spans.get(at).copied().unwrap_or(none)
    }

    /// The units of a span, and whether they hold all of it. Line ends at its edges belong to no line.
    pub(super) fn units(&self, span: ByteSpan) -> (Vec<Place>, bool) {
        if span.is_empty() {
            return (self.point(span.start()).into_iter().collect(), true);
        }
        let mut units = Vec::new();
        let first = self.lines.partition_point(|l| l.span.end() <= span.start());
        let (mut from, mut to) = (None, 0);
        for line in self.lines.get(first..).unwrap_or(&[]) {
            if line.span.start() >= span.end() {
                break;
            }
            let begin = line.span.start().max(span.start());
            let end = line.span.end().min(span.end());
            from = from.or(Some(begin));
            to = end;
            self.piece(line, span, (begin, end), &mut units);
        }
        (units, from == Some(span.start()) && to == span.end())
    }

    /// The units of a span's part in one line.
    fn piece(
        &self,
        line: &Line,
        span: ByteSpan,
        (begin, end): (usize, usize),
        out: &mut Vec<Place>,
    ) {
        let tokens = self.spans.get(line.first..line.last).unwrap_or(&[]);
        let i = tokens.partition_point(|t| t.end() <= begin);
        let j = tokens.partition_point(|t| t.start() < end);
        if i >= j {
            // White space alone.
            let token = line.first + i.min(tokens.len().saturating_sub(1));
            out.push((token, Some((begin, Reverse(end)))));
            return;
        }
        for at in i..j {
            let token = self.token(line.first + at);
            // At an edge of the span itself white space outside of tokens counts.
            let lowest = if at == i && begin == span.start() {
                begin
            } else {
                begin.max(token.start())
            };
            let highest = if at + 1 == j && end == span.end() {
                end
            } else {
                end.min(token.end())
            };
            let is_whole = (lowest, highest) == (token.start(), token.end());
            let part = (!is_whole).then_some((lowest, Reverse(highest)));
            out.push((line.first + at, part));
        }
    }

    /// The unit of a place between two characters: at the end of a token rather than at the start of the next.
    fn point(&self, at: usize) -> Option<Place> {
        let line = self.lines.partition_point(|l| l.span.end() < at);
        let line = self.lines.get(line).filter(|l| l.span.start() <= at)?;
        let tokens = self.spans.get(line.first..line.last)?;
        let token = tokens.partition_point(|t| t.end() < at);
        let token = line.first + token.min(tokens.len().checked_sub(1)?);
        Some((token, Some((at, Reverse(at)))))
    }
}
