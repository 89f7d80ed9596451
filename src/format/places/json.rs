//! Following a text that is a string of JSON (RFC 8259, section 7).

use super::{Piece, follow, skim};
use crate::format::labelstudio::Strand;

/// Tells where the text stands: of the strings that read as it does the one that its reader takes, which is that under
/// `text` (or `data`) of the record, of a task the one under its `data`; or several of those, each a part of the text that
/// ends with a line. False when no string does.
pub(super) fn follow(is_task: bool, raw: &str, text: &str, met: &mut dyn FnMut(Piece)) -> bool {
    let mut best: Option<(u8, Vec<Piece>)> = None;
    let (mut depth, mut at) = (0u32, 0);
    // The keys that are open in the record, and in what is directly in it.
    let mut keys = ["", ""];
    // Where the strings begin that are data of a task.
    let mut data = Vec::new();
    let bytes = raw.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                let start = at + 1;
                let end = end(raw, start);
                let behind = raw.get(end + 1..).unwrap_or("").trim_start();
                if behind.starts_with(':') {
                    if let Some(key) = (depth as usize)
                        .checked_sub(1)
                        .and_then(|n| keys.get_mut(n))
                    {
                        *key = raw.get(start..end).unwrap_or("");
                    }
                } else {
                    let rank = match (is_task, depth, keys) {
                        (false, 1, ["text" | "data", _]) | (true, 2, ["data", "text"]) => 3,
                        (true, 2, ["data", _]) => 2,
                        _ => 1,
                    };
                    if rank == 2 || is_task && rank == 3 {
                        data.push(start);
                    }
                    let mut pieces = Vec::new();
                    if best.as_ref().is_none_or(|(other, _)| rank > *other)
                        && reads(raw, start, text, false, &mut pieces).is_some()
                    {
                        best = Some((rank, pieces));
                    }
                    if rank == 3 && best.as_ref().is_some_and(|(rank, _)| *rank == 3) {
                        break;
                    }
                }
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
    let pieces = best.map(|(_, pieces)| pieces);
    let pieces = pieces.or_else(|| below_each_other(raw, &data, text));
    let found = pieces.is_some();
    pieces.into_iter().flatten().for_each(met);
    found
}

/// Tells where the text stands whose parts are known to be these strings. False when they are none of it.
pub(super) fn follow_strands(
    raw: &str,
    strands: &[Strand],
    text: &str,
    met: &mut dyn FnMut(Piece),
) -> bool {
    let mut found = false;
    for strand in strands {
        let (start, end) = (strand.text.start, strand.text.end.min(text.len()));
        let part = text.get(start..end).unwrap_or("");
        let inner = raw.get(strand.raw.clone()).unwrap_or("");
        let mut add = |piece: Piece| {
            found = true;
            met(Piece {
                text: start + piece.text,
                ..piece
            });
        };
        let mut pieces = Vec::new();
        if !strand.is_html && reads(raw, strand.raw.start, part, false, &mut pieces).is_some() {
            pieces.into_iter().for_each(add);
            continue;
        }
        let mut within = |piece: Piece| {
            add(Piece {
                raw: strand.raw.start + piece.raw,
                ..piece
            });
        };
        if strand.is_html {
            follow::follow(skim::page(inner), part, &mut within);
        } else {
            follow::follow(skim::escapes(inner), part, &mut within);
        }
    }
    found
}

/// The text as some of these strings in their order, each a part of it that ends with a line.
fn below_each_other(raw: &str, strings: &[usize], text: &str) -> Option<Vec<Piece>> {
    // What was taken: the number of the string, and how many pieces and bytes of the text there were before it.
    let mut taken: Vec<(usize, usize, usize)> = Vec::new();
    let (mut pieces, mut next, mut at) = (Vec::new(), 0, 0);
    // One that reads as its part by chance is given back; not for ever, since texts may be made to have many such.
    for _ in 0..MOST_TRIED {
        let Some(&start) = strings.get(next) else {
            let (number, before, from) = taken.pop()?;
            pieces.truncate(before);
            (next, at) = (number + 1, from);
            continue;
        };
        let before = pieces.len();
        match reads(raw, start, text.get(at..)?, true, &mut pieces) {
            Some(length) => {
                let own = pieces.get_mut(before..).unwrap_or_default();
                own.iter_mut().for_each(|piece| piece.text += at);
                if at + length == text.len() {
                    return Some(pieces);
                }
                taken.push((next, before, at));
                at += length + 1;
            }
            None => pieces.truncate(before),
        }
        next += 1;
    }
    None
}

/// So many strings are compared with the parts of a text.
const MOST_TRIED: usize = 256;

/// Where the string ends that begins here.
fn end(raw: &str, start: usize) -> usize {
    let bytes = raw.as_bytes();
    let mut at = start;
    loop {
        match memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
            Some(next) if bytes.get(at + next) == Some(&b'"') => return at + next,
            Some(next) => at += next + 2,
            None => return raw.len(),
        }
    }
}

/// Whether the string that begins here reads as the text, which has LF for whatever line ends the string has; or as the
/// lines at its start, where that is enough (`is_part`). Returns how many bytes of the text it is.
fn reads(
    raw: &str,
    start: usize,
    text: &str,
    is_part: bool,
    pieces: &mut Vec<Piece>,
) -> Option<usize> {
    let (mut at, mut wanted) = (start, text);
    loop {
        let Some((c, len)) = character(raw, at) else {
            // The string's end.
            let is_done = wanted.is_empty() || is_part && wanted.starts_with('\n');
            return (is_done && !text.is_empty()).then_some(text.len() - wanted.len());
        };
        let is_dropped =
            (c == '\r' && wanted.starts_with('\n')) || (c == '\u{FEFF}' && at == start);
        let is_same = match wanted.chars().next() {
            Some('\n') if c == '\r' => character(raw, at + len).is_none_or(|(c, _)| c != '\n'),
            Some(first) => first == c,
            None => false,
        };
        if is_same {
            let text_at = text.len() - wanted.len();
            wanted = wanted
                .get(if c == '\r' { 1 } else { c.len_utf8() }..)
                .unwrap_or("");
            let as_it_is = len == c.len_utf8();
            match pieces.last_mut() {
                Some(last)
                    if as_it_is && last.raw + last.len == at && last.text + last.len == text_at =>
                {
                    last.len += len;
                }
                _ => pieces.push(Piece {
                    text: text_at,
                    raw: at,
                    len: c.len_utf8(),
                }),
            }
        } else if !is_dropped {
            return None;
        }
        at += len;
    }
}

/// A character of a string and how many bytes it is written in; nothing at the string's end.
fn character(raw: &str, at: usize) -> Option<(char, usize)> {
    let rest = raw.get(at..)?;
    escaped(rest).filter(|(c, len)| *c != '"' || *len > 1)
}

/// A character as it may be written in a string, and in how many bytes.
pub(super) fn escaped(rest: &str) -> Option<(char, usize)> {
    let first = rest.chars().next()?;
    if first != '\\' {
        return Some((first, first.len_utf8()));
    }
    Some(match rest.as_bytes().get(1)? {
        b'n' => ('\n', 2),
        b'r' => ('\r', 2),
        b't' => ('\t', 2),
        b'b' => ('\u{8}', 2),
        b'f' => ('\u{C}', 2),
        b'u' => {
            let unit = |at: usize| {
                let digits = rest.get(at..at + 4)?;
                u16::from_str_radix(digits, 16).ok()
            };
            let high = unit(2)?;
            let low = rest.get(6..8).filter(|u| *u == "\\u").and_then(|_| unit(8));
            let pair = [high, low.unwrap_or(0)];
            match char::decode_utf16(pair).next() {
                Some(Ok(c)) if c.len_utf16() == 2 => (c, 12),
                Some(Ok(c)) => (c, 6),
                _ => ('\u{FFFD}', 6),
            }
        }
        // As WebAnno TSV 3.1 writes a character.
        b'0'..=b'7' => {
            let digits = rest.get(1..).unwrap_or("");
            let len = digits
                .bytes()
                .take(3)
                .take_while(|b| matches!(b, b'0'..=b'7'))
                .count();
            let code = u32::from_str_radix(digits.get(..len)?, 8).ok()?;
            (char::from_u32(code)?, 1 + len)
        }
        other if other.is_ascii() => (char::from(*other), 2),
        _ => ('\\', 1),
    })
}
