//! Text and values as XML writes them.

use super::is_space;
use super::tag::{begins_name, is_allowed};

/// Whether a label or an id can be the name of an element or an id, without prefix.
pub(in crate::format) fn is_name(text: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    text.starts_with(|c| begins_name(c) && c != ':') && text.chars().all(part)
}

/// Whether XML may have all characters of a value.
pub(in crate::format) fn is_written(value: &str) -> bool {
    value.chars().all(is_allowed)
}

/// Adds text between tags. A character that XML may not have is written as U+FFFD.
pub(in crate::format) fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A CR alone is a line end to XML.
            '\r' => out.push(' '),
            c if is_allowed(c) => out.push(c),
            _ => out.push(char::REPLACEMENT_CHARACTER),
        }
    }
}

/// Adds ` name="value"`.
pub(in crate::format) fn push_value(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            c if is_allowed(c) => out.push(c),
            _ => out.push(char::REPLACEMENT_CHARACTER),
        }
    }
    out.push('"');
}

/// Adds text in which white space means what it is: at its ends where `edges` say that it would be layout there, and
/// around line ends, which are written as `line`, it is written by numbers; `wide` says whether all spaces of Unicode
/// would be layout. Empty lines are left out.
pub(in crate::format) fn push_spaced(
    out: &mut String,
    text: &str,
    edges: (bool, bool),
    line: &str,
    wide: bool,
) {
    let space = |c: char| is_space(c) || (wide && c.is_whitespace());
    let mut parts = text.split('\n').peekable();
    let (mut first, mut broken) = (true, false);
    while let Some(part) = parts.next() {
        let last = parts.peek().is_none();
        let inside = !first && !last;
        let (head, tail) = (edges.0 || !first, edges.1 || !last);
        broken |= !first;
        first = false;
        let is_blank = part.trim_matches(space).is_empty();
        if part.is_empty() || (is_blank && inside) {
            continue;
        }
        if std::mem::take(&mut broken) {
            out.push_str(line);
        }
        let inner = part.trim_start_matches(space);
        let (before, inner) = part.split_at(part.len() - inner.len());
        let (inner, behind) = inner.split_at(inner.trim_end_matches(space).len());
        push_white(out, before, head || (is_blank && tail));
        push_text(out, inner);
        push_white(out, behind, tail);
    }
    if broken {
        out.push_str(line);
    }
}

fn push_white(out: &mut String, white: &str, by_number: bool) {
    for c in white.chars() {
        // A CR alone is a line end to XML.
        let c = if c == '\r' { ' ' } else { c };
        if by_number {
            out.push_str(&format!("&#{};", u32::from(c)));
        } else {
            out.push(c);
        }
    }
}
