//! Following a text through what a file has of it, character by character.

use std::collections::VecDeque;

use super::{Piece, skim};

/// So many characters must agree before what was lost is taken as found again; fewer at the end of the text.
const AGREEING: usize = 3;
/// So many characters of the file are looked through for what comes next.
const FARTHEST: usize = 1 << 14;
/// So often in vain, and the rest is given up: it is not written in a way that is known here.
const MOST_LOST: usize = 100;

/// What of a file is text, with a look at what comes.
struct Stream<I> {
    from: I,
    ahead: VecDeque<(usize, char)>,
}

impl<I: Iterator<Item = (usize, char)>> Stream<I> {
    fn peek(&mut self, n: usize) -> Option<(usize, char)> {
        while self.ahead.len() <= n {
            let next = self.from.next()?;
            self.ahead.push_back(next);
        }
        self.ahead.get(n).copied()
    }

    fn skip(&mut self, n: usize) {
        self.ahead.drain(..n.min(self.ahead.len()));
    }

    /// How far ahead these characters stand, blanks between them left out.
    fn find(&mut self, wanted: &[char]) -> Option<usize> {
        let first = wanted.first()?;
        (0..FARTHEST).find_map(|n| {
            let (_, c) = self.peek(n)?;
            (c == *first && self.agrees(n, wanted)).then_some(n)
        })
    }

    fn agrees(&mut self, from: usize, wanted: &[char]) -> bool {
        let mut n = from;
        wanted.iter().all(|wanted| {
            let mut next = self.peek(n);
            while next.is_some_and(|(_, c)| c.is_whitespace()) {
                n += 1;
                next = self.peek(n);
            }
            n += 1;
            // A part ends where the text may go on.
            next.is_none_or(|(_, c)| c == *wanted)
        })
    }
}

/// Tells which pieces of `text` stand in a file of which `from` is what is text, each character with its place.
pub(super) fn follow(
    from: impl Iterator<Item = (usize, char)>,
    text: &str,
    met: &mut dyn FnMut(Piece),
) {
    let mut stream = Stream {
        from,
        ahead: VecDeque::new(),
    };
    let mut piece: Option<Piece> = None;
    let (mut lost, mut is_on) = (0, false);
    // How many characters are let go before it is tried again, the more the longer it was in vain.
    let (mut wait, mut patience) = (0, 1);
    let mut add = |at: usize, raw: usize, c: char| {
        let len = c.len_utf8();
        match &mut piece {
            Some(last) if last.text + last.len == at && last.raw + last.len == raw => {
                last.len += len;
            }
            _ => {
                let begun = Piece { text: at, raw, len };
                if let Some(whole) = piece.replace(begun) {
                    met(whole);
                }
            }
        }
    };
    for (at, c) in text.char_indices() {
        if lost > MOST_LOST || stream.peek(0).is_none() {
            break;
        }
        if let Some((raw, _)) = stream.peek(0).filter(|(_, next)| is_on && *next == c) {
            add(at, raw, c);
            stream.skip(1);
            continue;
        }
        // Line ends and blanks between words may be the reader's.
        if c.is_whitespace() {
            continue;
        }
        if wait > 0 {
            wait -= 1;
            continue;
        }
        let rest = text.get(at..).unwrap_or("").chars();
        let wanted: Vec<char> = rest.filter(|c| !c.is_whitespace()).take(AGREEING).collect();
        match stream.find(&wanted) {
            Some(n) => {
                stream.skip(n);
                if let Some((raw, _)) = stream.peek(0) {
                    add(at, raw, c);
                    stream.skip(1);
                }
                (is_on, patience) = (true, 1);
            }
            None => {
                lost += 1;
                (wait, patience) = (patience, patience * 2);
                is_on = false;
            }
        }
    }
    if let Some(last) = piece {
        met(last);
    }
}

/// The same for a text that is put together of parts of the file, in its order, each with where it begins.
pub(super) fn follow_parts<'a, I: Iterator<Item = (usize, char)>>(
    parts: impl Iterator<Item = (usize, &'a str)>,
    skim: impl Fn(&'a str) -> I,
    text: &str,
    met: &mut dyn FnMut(Piece),
) {
    let mut from = 0;
    for (start, part) in parts {
        let mut end = from;
        follow(skim(part), text.get(from..).unwrap_or(""), &mut |piece| {
            end = from + piece.text + piece.len;
            met(Piece {
                text: from + piece.text,
                raw: start + piece.raw,
                len: piece.len,
            });
        });
        from = end;
    }
}

/// The same for a text whose lines mostly stand in the file as they are, in whatever order.
pub(super) fn follow_lines(raw: &str, text: &str, met: &mut dyn FnMut(Piece)) {
    let (mut at, mut start) = (0, 0);
    for line in text.split_inclusive('\n') {
        let here = start;
        start += line.len();
        let words = line.trim();
        let indent = line.len() - line.trim_start().len();
        if words.is_empty() {
            continue;
        }
        let from = |at: usize| {
            let rest = raw.as_bytes().get(at..).unwrap_or_default();
            let mut found = memchr::memmem::find_iter(rest, words.as_bytes());
            found
                .find(|found| may_be_text(raw, at + found))
                .map(|found| at + found)
        };
        if let Some(found) = from(at).or_else(|| from(0)) {
            met(Piece {
                text: here + indent,
                raw: found,
                len: words.len(),
            });
            at = found + words.len();
            continue;
        }
        // With escapes in it.
        let rest = skim::escapes(raw.get(at..).unwrap_or(""));
        let mut end = at;
        follow(rest.map(|(n, c)| (at + n, c)), words, &mut |piece| {
            end = piece.raw + piece.len;
            met(Piece {
                text: here + indent + piece.text,
                ..piece
            });
        });
        at = end;
    }
}

/// Whether a place of a native file may be of its text: it is in no comment, and under no key of another sort.
fn may_be_text(raw: &str, at: usize) -> bool {
    const KEYS: [&str; 9] = [
        "kicker", "headline", "deck", "byline", "dateline", "body", "caption", "credits", "text",
    ];
    let before = raw.get(..at).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("").trim_start();
    let key = line.split_once('=').map(|(key, _)| key.trim());
    let is_other = |key: &str| {
        key.bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
            && !KEYS.contains(&key)
    };
    !line.starts_with('#') && !key.is_some_and(is_other)
}
