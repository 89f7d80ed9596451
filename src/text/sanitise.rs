//! What may be sent to a terminal. The only sanitiser of the program.
//!
//! Controls (C0, DEL, C1) and bidirectional controls become a visible placeholder of one cell; other characters
//! that draw nothing (zero-width spaces, joiners, soft hyphens, tags, byte order marks) are left out. Both are a
//! matter of showing: the text and its offsets stay as they are.

use std::borrow::Cow;

use super::grapheme::graphemes;
use super::profile::Profile;
use super::unit::units;

/// What becomes of a character on its way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sent {
    /// Sent as it is.
    AsIs,
    /// Shown as this character, one cell wide on every terminal.
    Placeholder(char),
    /// Not shown.
    Dropped,
}

pub(super) const fn sent(c: char) -> Sent {
    match c {
        // Nearly all text, told before all that is rare.
        ' '..='~' | '\u{3000}'..='\u{3029}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF60}' => {
            Sent::AsIs
        }
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => Sent::Placeholder(placeholder(c)),
        // Bidirectional controls: they could turn a line round so that it reads otherwise than it is written.
        '\u{061C}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}' => Sent::Placeholder(placeholder(c)),
        // Line and paragraph separators: some terminals move the cursor.
        '\u{2028}' | '\u{2029}' => Sent::Placeholder(placeholder(c)),
        // Default ignorables and the joiners and selectors on whose width terminals disagree.
        '\u{AD}'
        | '\u{034F}'
        | '\u{115F}'..='\u{1160}'
        | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200D}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206A}'..='\u{206F}'
        | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E00FF}'
        | '\u{E01F0}'..='\u{E0FFF}' => Sent::Dropped,
        // Noncharacters: terminals treat them in any way they like.
        '\u{FDD0}'..='\u{FDEF}' | '\u{FFFE}' | '\u{FFFF}' => Sent::Placeholder('\u{2426}'),
        _ => Sent::AsIs,
    }
}

/// Whether `c` must never reach a terminal: a control, a bidirectional control or a line separator.
#[must_use]
pub const fn is_unsafe(c: char) -> bool {
    matches!(sent(c), Sent::Placeholder(_))
}

/// The visible one-cell stand-in for an unsafe character: the control picture of C0 and DEL, `␦` for the rest.
#[must_use]
pub const fn placeholder(c: char) -> char {
    match c {
        '\0'..='\u{1F}' => match char::from_u32(0x2400 + c as u32) {
            Some(picture) => picture,
            None => '\u{2426}',
        },
        '\u{7F}' => '\u{2421}',
        _ => '\u{2426}',
    }
}

/// `text` as it may be printed on a terminal, on one line: line ends and TABs become a space.
///
/// For names, titles and messages. Body text goes through `typeset`, which keeps its offsets.
#[must_use]
pub fn printable_line(text: &str) -> String {
    clean(text, |c| matches!(c, '\n' | '\r' | '\t').then_some(' '))
}

/// As [`printable_line`], but line feeds and TABs are kept: for messages of several lines.
#[must_use]
pub fn printable(text: &str) -> String {
    clean(text, |c| matches!(c, '\n' | '\t').then_some(c))
}

/// `text` as it may go into a pipe or a table, on one line: what [`printable_line`] shows a sign for is that sign here as
/// well, but characters that draw nothing stay, so that the words are those of the text.
#[must_use]
pub fn passable_line(text: &str) -> Cow<'_, str> {
    pass(text, |c| matches!(c, '\n' | '\r' | '\t').then_some(' '))
}

/// As [`passable_line`], but line feeds and TABs are kept.
#[must_use]
pub fn passable(text: &str) -> Cow<'_, str> {
    pass(text, |c| matches!(c, '\n' | '\t').then_some(c))
}

fn pass(text: &str, keep: impl Fn(char) -> Option<char>) -> Cow<'_, str> {
    let passed = |c: char| match sent(c) {
        Sent::Placeholder(shown) => keep(c).unwrap_or(shown),
        Sent::AsIs | Sent::Dropped => c,
    };
    // Hardly any text has something to be changed.
    match text.char_indices().find(|(_, c)| passed(*c) != *c) {
        None => Cow::Borrowed(text),
        Some((at, _)) => {
            let (before, rest) = text.split_at(at);
            let mut out = before.to_owned();
            out.extend(rest.chars().map(passed));
            Cow::Owned(out)
        }
    }
}

fn clean(text: &str, keep: impl Fn(char) -> Option<char>) -> String {
    if text.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        return text.to_owned();
    }
    let profile = Profile::default();
    let mut out = String::with_capacity(text.len());
    for g in graphemes(text) {
        let mut chars = g.text.chars();
        if let (Some(c), None) = (chars.next(), chars.next())
            && let Some(c) = keep(c)
        {
            out.push(c);
            continue;
        }
        if g.text == "\r\n" {
            out.extend(keep('\n'));
            continue;
        }
        for unit in units(g.text, &profile) {
            out.push_str(&unit.symbol);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_text_has_no_control_in_it() {
        for (text, line) in [
            ("乌镇", "乌镇"),
            ("a\u{1b}[31mb", "a␛[31mb"),
            ("a\u{9b}31mb", "a␦31mb"),
            ("行\r\n二\t三", "行 二 三"),
            ("\u{202E}倒", "␦倒"),
            ("a\u{200B}b\u{FEFF}", "ab"),
        ] {
            assert_eq!(printable_line(text), line);
        }
        assert_eq!(printable("一\n二\u{7}"), "一\n二␇");
    }

    #[test]
    fn what_draws_nothing_goes_into_pipes() {
        for (text, line) in [
            (
                "a\u{200B}乌\u{200D}镇\u{FE0F}",
                "a\u{200B}乌\u{200D}镇\u{FE0F}",
            ),
            ("a\u{1b}[31m\u{202E}\tb\n", "a␛[31m␦ b "),
        ] {
            assert_eq!(passable_line(text), line);
        }
        assert_eq!(passable("一\t\u{7}\n"), "一\t␇\n");
    }

    #[test]
    fn no_character_at_all_gets_a_control_through() {
        for c in '\0'..=char::MAX {
            let out = printable_line(&c.to_string());
            assert!(!out.chars().any(|c| c.is_control()), "U+{:04X}", c as u32);
        }
    }
}
