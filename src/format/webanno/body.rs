//! The sentences of a file: their text, and the lines of their tokens.

use super::escape::{number, unescape_text};
use super::header::Header;
use crate::format::code::Code;
use crate::format::report::{Lines, Report, short};

/// A token or a part of one: `1-2` or `1-2.1`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit<'a> {
    /// The numbers of sentence, token and part, as the line gives them; a token's part is 0.
    pub(super) key: Key,
    /// Offsets into the document as the file counts them.
    pub(super) start: u32,
    pub(super) end: u32,
    /// What it reads, as the line quotes it.
    pub(super) word: &'a str,
    /// The rest of the line, from the fourth column on.
    pub(super) cells: &'a str,
    /// Where its line begins, in bytes of the file.
    pub(super) at: usize,
}

/// What a unit is called.
pub(super) type Key = (u32, u32, u32);

/// The key of `1-2` or `1-2.3`.
pub(super) fn key(id: &str) -> Option<Key> {
    let (sentence, token) = id.split_once('-')?;
    let (token, part) = match token.split_once('.') {
        Some((token, part)) => (token, number(part)?),
        None => (token, 0),
    };
    Some((number(sentence)?, number(token)?, part))
}

/// A sentence with its place in the article's text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sentence {
    /// Bytes of the article's text.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Its units, by their number in the file.
    pub(super) first: usize,
    pub(super) last: usize,
    /// The offset at which it begins in the document, told by its first token with offsets.
    pub(super) base: Option<u32>,
}

/// All sentences.
#[derive(Debug, Default)]
pub(super) struct Body<'a> {
    /// The text of the article: a sentence on a line, and an empty line where the file has a gap of two or more.
    pub(super) text: String,
    pub(super) sentences: Vec<Sentence>,
    pub(super) units: Vec<Unit<'a>>,
    /// Code points of the text that the file has not.
    pub(super) added: u32,
}

/// Reads the lines behind the head.
pub(super) fn parse<'a>(
    text: &'a str,
    header: &Header<'_>,
    lines: &Lines<'_>,
    report: &mut Report,
) -> Body<'a> {
    let rest = text.get(header.end..).unwrap_or("");
    let mut parser = Parser {
        header,
        lines,
        report,
        body: Body::default(),
        open: None,
        end: 0,
    };
    parser.body.text.reserve(rest.len() / 6);
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', rest.as_bytes()).chain([rest.len()]) {
        parser.line(rest.get(start..end).unwrap_or(""), header.end + start);
        start = end + 1;
    }
    parser.close();
    parser.body
}

struct Parser<'a, 'r> {
    header: &'r Header<'r>,
    lines: &'r Lines<'r>,
    report: &'r mut Report,
    body: Body<'a>,
    open: Option<Open>,
    /// The offset behind the last token.
    end: u32,
}

/// A sentence of which more may come.
struct Open {
    sentence: Sentence,
    /// Whether its text is given; else it is made of the words.
    told: bool,
}

impl<'a> Parser<'a, '_> {
    fn line(&mut self, line: &'a str, at: usize) {
        match line.as_bytes().first() {
            None => self.close(),
            Some(b'#') => {
                if let Some(text) = line.strip_prefix("#Text=") {
                    self.text(text);
                }
            }
            Some(b'0'..=b'9') => self.token(line, at),
            Some(_) if line.trim().is_empty() => self.close(),
            Some(_) => self.stray(line, at),
        }
    }

    fn stray(&mut self, line: &str, at: usize) {
        self.report.add(
            Code::STRAY,
            self.lines.place(at),
            format!(
                "“{}” is neither #Text= nor the line of a token",
                short(line)
            ),
            "a token's line begins 1-1, a TAB, 0-4, a TAB; mend it or take it out",
        );
    }

    fn text(&mut self, line: &str) {
        let (first, last) = (self.body.units.len(), self.body.units.len());
        let body = &mut self.body;
        match &self.open {
            // Another line of the same sentence.
            Some(open) if open.sentence.first == last && open.told => body.text.push('\n'),
            _ => {
                self.close();
                self.begin(true, first);
            }
        }
        unescape_text(line, self.header.version, &mut self.body.text);
    }

    /// Begins a sentence on a new line.
    fn begin(&mut self, told: bool, first: usize) {
        let body = &mut self.body;
        if !body.sentences.is_empty() {
            body.text.push('\n');
            body.added += 1;
        }
        let sentence = Sentence {
            start: body.text.len(),
            first,
            ..Sentence::default()
        };
        self.open = Some(Open { sentence, told });
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            let (end, last) = (self.body.text.len(), self.body.units.len());
            let sentence = Sentence {
                end,
                last,
                ..open.sentence
            };
            self.body.sentences.push(sentence);
        }
    }

    fn token(&mut self, line: &'a str, at: usize) {
        let mut fields = line.splitn(4, '\t');
        let id = fields.next().unwrap_or("");
        let Some(key) = key(id) else {
            return self.stray(line, at);
        };
        let offsets = fields.next().unwrap_or("");
        let pair = offsets
            .split_once('-')
            .and_then(|(start, end)| Some((number(start)?, number(end)?)));
        if pair.is_none() {
            self.report.add(
                Code::MALFORMED,
                self.lines.place(at + id.len() + 1),
                format!("“{}” are no offsets: 0-4 is expected", short(offsets)),
                "write where the token begins and ends; what is on it has no place until then",
            );
        }
        // Reversed, so it has no place.
        let (start, end) = pair.unwrap_or((1, 0));
        let word = fields.next().unwrap_or("");
        let cells = fields.next().unwrap_or("");
        if self.open.is_none() {
            self.report.add(
                Code::MISSING,
                self.lines.place(at),
                "the sentence has no #Text= line; its text is made of its tokens",
                "put #Text= and the sentence above its first token",
            );
            self.begin(false, self.body.units.len());
        }
        self.place(pair, word, key.2 > 0);
        self.body.units.push(Unit {
            key,
            start,
            end,
            word,
            cells,
            at,
        });
    }

    /// Finds where a sentence begins by its first token, and makes its text where it has none.
    fn place(&mut self, pair: Option<(u32, u32)>, word: &str, is_part: bool) {
        let (Some((start, end)), Some(open)) = (pair, &mut self.open) else {
            return;
        };
        let body = &mut self.body;
        if open.sentence.base.is_none() {
            let text = body.text.get(open.sentence.start..).unwrap_or("");
            let is_first = open.sentence.first == body.units.len();
            let indent = before_word(text, word, is_first);
            let units = indent.chars().map(char::len_utf16).sum::<usize>();
            let base = start.saturating_sub(u32::try_from(units).unwrap_or(u32::MAX));
            open.sentence.base = Some(base);
            let before = body.text.get(..open.sentence.start).unwrap_or("");
            let before = before.trim_end_matches('\n');
            let trailing = before.chars().rev().take_while(|c| c.is_whitespace());
            let trailing = u32::try_from(trailing.count()).unwrap_or(u32::MAX);
            let known = !body.sentences.is_empty() && self.end > 0;
            if known && base > self.end.saturating_add(trailing).saturating_add(1) {
                body.text.insert(open.sentence.start, '\n');
                body.added += 1;
                open.sentence.start += 1;
            }
        } else if !open.told && !is_part {
            // As much space as the offsets say, within reason: they may be anything.
            let gap = start.saturating_sub(self.end).min(8);
            body.text.extend(std::iter::repeat_n(' ', gap as usize));
            body.added += gap;
        }
        if !open.told && !is_part {
            body.text.push_str(word);
        }
        if !is_part {
            self.end = end;
        }
    }
}

/// What stands before the first token in the text of its sentence: white space, or more where lines before it are
/// broken.
fn before_word<'t>(text: &'t str, word: &str, is_first: bool) -> &'t str {
    if word.is_empty() || text.starts_with(word) {
        return "";
    }
    let indent = text.len() - text.trim_start().len();
    let at = if is_first {
        let bare = text.get(indent..).unwrap_or("");
        bare.starts_with(word).then_some(indent)
    } else {
        text.find(word)
    };
    text.get(..at.unwrap_or(0)).unwrap_or("")
}
