//! What a backslash stands for, in the text of sentences and in the values of features.

use std::borrow::Cow;

use super::header::Version;

/// A line of a sentence's text without its escapes, added to `out`. TSV 3.1 has those of Java, later versions those
/// of control characters alone. A backslash before anything else stands for itself.
pub(super) fn unescape_text(line: &str, version: Version, out: &mut String) {
    let mut rest = line;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        out.push_str(rest.get(..at).unwrap_or(""));
        let behind = rest.get(at + 1..).unwrap_or("");
        let (found, length) = match version {
            Version::Plain => (None, 0),
            Version::Java => java(behind),
            Version::Controls => control(behind),
        };
        out.push(found.unwrap_or('\\'));
        rest = behind.get(length..).unwrap_or("");
    }
    out.push_str(rest);
}

/// What an escape stands for, and how long it is behind its backslash, in bytes.
fn control(behind: &str) -> (Option<char>, usize) {
    let found = match behind.chars().next() {
        Some('t') => '\t',
        Some('n') => '\n',
        Some('f') => '\u{C}',
        Some('r') => '\r',
        Some('b') => '\u{8}',
        Some('\\') => '\\',
        Some(c) if c < ' ' => c,
        _ => return (None, 0),
    };
    (Some(found), 1)
}

/// The same with quotes, code units and octal numbers, as Java writes strings.
fn java(behind: &str) -> (Option<char>, usize) {
    let quoted = behind.chars().next().filter(|c| "\"'/".contains(*c));
    if let Some(c) = quoted {
        return (Some(c), 1);
    }
    if let Some(unit) = unit(behind) {
        let low = behind.get(5..).and_then(|next| next.strip_prefix('\\'));
        if let Some(low) = low.and_then(self::unit) {
            let pair = char::decode_utf16([unit, low]).next();
            if let Some(Ok(c)) = pair.filter(|_| (0xD800..0xDC00).contains(&unit)) {
                return (Some(c), 11);
            }
        }
        let c = char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER);
        return (Some(c), 5);
    }
    let digits = behind
        .bytes()
        .take(3)
        .take_while(|b| (b'0'..b'8').contains(b));
    let length = digits.count();
    let octal = behind
        .get(..length)
        .and_then(|n| u32::from_str_radix(n, 8).ok());
    match octal.and_then(char::from_u32) {
        Some(c) => (Some(c), length),
        None => control(behind),
    }
}

/// The code unit of `u4E2D`.
fn unit(behind: &str) -> Option<u16> {
    let digits = behind.strip_prefix('u')?.get(..4)?;
    let hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
    hex.then(|| u16::from_str_radix(digits, 16).ok())?
}

/// A line of a sentence's text as TSV 3.3 writes it.
pub(super) fn escape_text(line: &str, out: &mut String) {
    for c in line.chars() {
        match c {
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{C}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            '\u{8}' => out.push_str("\\b"),
            '\\' => out.push_str("\\\\"),
            c if c < ' ' && c != '\u{B}' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
}

/// A value without its escapes.
pub(super) fn unescape_value(value: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\\', value.as_bytes()).is_none() {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        out.push_str(rest.get(..at).unwrap_or(""));
        let behind = rest.get(at + 1..).unwrap_or("");
        let found = match behind.chars().next() {
            Some(c) if "\\[]|_;*".contains(c) => Some(c),
            Some('-') if behind.starts_with("->") => Some('-'),
            Some('t') => Some('\t'),
            Some('n') => Some('\n'),
            _ => None,
        };
        out.push(found.unwrap_or('\\'));
        rest = behind.get(usize::from(found.is_some())..).unwrap_or("");
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// A value as it is written.
pub(super) fn escape_value(value: &str, out: &mut String) {
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            // A line ends there for most readers, and there is no escape for it.
            '\r' => out.push(' '),
            '-' if chars.peek() == Some(&'>') => out.push_str("\\-"),
            '\\' | '[' | ']' | '|' | '_' | ';' | '*' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
}

/// The parts of a cell between separators that no backslash escapes.
pub(super) fn parts(cell: &str, separator: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(cell);
    std::iter::from_fn(move || {
        let now = rest?;
        let bytes = now.as_bytes();
        let mut from = 0;
        while let Some(at) = memchr::memchr(separator, bytes.get(from..).unwrap_or(&[])) {
            let at = from + at;
            if !is_escaped(bytes, at) {
                rest = now.get(at + 1..);
                return now.get(..at);
            }
            from = at + 1;
        }
        rest = None;
        Some(now)
    })
}

/// Whether an odd number of backslashes stands before a byte.
fn is_escaped(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(..at).unwrap_or(&[]);
    let slashes = before.iter().rev().take_while(|b| **b == b'\\').count();
    slashes % 2 == 1
}

/// A value and what stands in square brackets behind it.
pub(super) fn suffix(value: &str) -> (&str, Option<&str>) {
    let bytes = value.as_bytes();
    let closed = bytes.last() == Some(&b']') && !is_escaped(bytes, bytes.len() - 1);
    let open = memchr::memrchr(b'[', bytes).filter(|at| closed && !is_escaped(bytes, *at));
    match open {
        Some(at) => (
            value.get(..at).unwrap_or(""),
            value.get(at + 1..value.len() - 1),
        ),
        None => (value, None),
    }
}

/// The value of a chain's link, the number of the chain, and that of the link in it: `*->1-2`.
pub(super) fn link(value: &str) -> Option<(&str, u32, u32)> {
    let at = value.rfind("->")?;
    let (chain, element) = value.get(at + 2..)?.split_once('-')?;
    Some((value.get(..at)?, number(chain)?, number(element)?))
}

/// A number of digits alone.
pub(super) fn number(digits: &str) -> Option<u32> {
    let all = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    all.then(|| digits.parse().ok())?
}
