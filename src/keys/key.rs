//! Keys and how they are written: vim's notation, read leniently and shown in one way.

use std::fmt;
use std::ops::Range;

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character as it is typed, upper case with Shift.
    Char(char),
    /// Enter, Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Cursor up.
    Up,
    /// Cursor down.
    Down,
    /// Cursor left.
    Left,
    /// Cursor right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key, F1 being `F(1)`.
    F(u8),
}

/// A key press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// With Ctrl. Letters are lower case then: terminals do not tell Ctrl-O from Ctrl-o.
    pub ctrl: bool,
    /// With Alt.
    pub alt: bool,
    /// With Shift; never set for a character, whose case says it already.
    pub shift: bool,
}

impl Key {
    /// The character `c` without modifiers.
    #[must_use]
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// A key without modifiers.
    #[must_use]
    pub const fn plain(code: Code) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }

    /// A key with modifiers, in the one form under which it is bound: see the fields.
    ///
    /// ```
    /// use kanbao::keys::{Code, Key};
    /// assert_eq!(Key::new(Code::Char('O'), true, false, true), Key::new(Code::Char('o'), true, false, false));
    /// assert_eq!(Key::new(Code::Char('a'), false, false, true), Key::char('A'));
    /// ```
    #[must_use]
    pub fn new(code: Code, ctrl: bool, alt: bool, shift: bool) -> Self {
        let Code::Char(c) = code else {
            return Self {
                code,
                ctrl,
                alt,
                shift,
            };
        };
        let c = if ctrl {
            c.to_ascii_lowercase()
        } else if shift {
            c.to_ascii_uppercase()
        } else {
            c
        };
        Self {
            code: Code::Char(c),
            ctrl,
            alt,
            shift: false,
        }
    }

    /// The character that the key types, if it types one.
    #[must_use]
    pub const fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

/// Names of keys as they are shown; the notation takes them in any case.
pub const NAMES: [(&str, Code); 17] = [
    ("Enter", Code::Enter),
    ("Esc", Code::Esc),
    ("Tab", Code::Tab),
    ("Backspace", Code::Backspace),
    ("Delete", Code::Delete),
    ("Insert", Code::Insert),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PageUp", Code::PageUp),
    ("PageDown", Code::PageDown),
    ("Space", Code::Char(' ')),
    ("lt", Code::Char('<')),
    ("gt", Code::Char('>')),
];

/// Other spellings of the names, all lower case.
const ALIASES: [(&str, Code); 8] = [
    ("return", Code::Enter),
    ("cr", Code::Enter),
    ("escape", Code::Esc),
    ("bs", Code::Backspace),
    ("del", Code::Delete),
    ("ins", Code::Insert),
    ("pgup", Code::PageUp),
    ("pgdn", Code::PageDown),
];

const MODIFIERS: [(&str, Modifier); 3] = [
    ("ctrl-", Modifier::Ctrl),
    ("alt-", Modifier::Alt),
    ("shift-", Modifier::Shift),
];
const SHORT_MODIFIERS: [(&str, Modifier); 4] = [
    ("c-", Modifier::Ctrl),
    ("a-", Modifier::Alt),
    ("m-", Modifier::Alt),
    ("s-", Modifier::Shift),
];

#[derive(Clone, Copy)]
enum Modifier {
    Ctrl,
    Alt,
    Shift,
}

/// Why a key sequence cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// There is no key in it.
    #[error("there is no key in it")]
    Empty,
    /// `<name>` or `Ctrl-name` with a name that no key has.
    #[error("no key is called “{name}”")]
    UnknownName {
        /// The name as it was written, without modifiers.
        name: String,
        /// Where it stands, in bytes of the sequence.
        at: Range<usize>,
    },
    /// A control character, which no key can be.
    #[error("a control character is not a key; write its name, such as <Esc>")]
    Control,
}

/// Reads a sequence: `]m`, `gg`, `<Ctrl-o>`, `<C-o>`, `<PageDown>`, or a single key by its bare name, `Ctrl-o`.
///
/// Names and modifiers are read in any case. Spaces between keys are ignored; the space bar is `<Space>`, `<` may
/// be written `<lt>`.
///
/// # Errors
/// When it is empty, names an unknown key or holds a control character.
///
/// ```
/// use kanbao::keys::{parse_sequence, show_sequence};
/// let shown = |text: &str| parse_sequence(text).map(|keys| show_sequence(&keys));
/// assert_eq!(shown("] m"), Ok("]m".to_owned()));
/// assert_eq!(shown("<c-O>"), Ok("Ctrl-O".to_owned()));
/// assert!(shown("<PagDown>").is_err());
/// ```
pub fn parse_sequence(text: &str) -> Result<Vec<Key>, KeyError> {
    let bare = text.trim();
    let start = text.len() - text.trim_start().len();
    if bare.chars().nth(1).is_some() {
        if let Some(code) = named(bare) {
            return Ok(vec![Key::plain(code)]);
        }
        if MODIFIERS
            .iter()
            .any(|(prefix, _)| strip(bare, prefix).is_some())
        {
            return one(bare, start).map(|key| vec![key]);
        }
    }
    let mut keys = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let next = at + c.len_utf8();
        if c == '<'
            && let Some(length) = text[next..].find('>').filter(|length| *length > 0)
        {
            // `<Ctrl->>`: the key may itself be a `>`.
            let length = if text[next..next + length].ends_with('-')
                && text[next + length + 1..].starts_with('>')
            {
                length + 1
            } else {
                length
            };
            keys.push(one(&text[next..next + length], next)?);
            at = next + length + 1;
            continue;
        }
        match c {
            ' ' => {}
            c if c.is_control() => return Err(KeyError::Control),
            c => keys.push(Key::char(c)),
        }
        at = next;
    }
    if keys.is_empty() {
        Err(KeyError::Empty)
    } else {
        Ok(keys)
    }
}

/// One key with its modifiers; `start` is where `text` stands in the sequence.
fn one(text: &str, start: usize) -> Result<Key, KeyError> {
    let (mut ctrl, mut alt, mut shift) = (false, false, false);
    let mut rest = text;
    while let Some((after, modifier)) = MODIFIERS
        .iter()
        .chain(&SHORT_MODIFIERS)
        .find_map(|(prefix, modifier)| strip(rest, prefix).map(|after| (after, *modifier)))
    {
        match modifier {
            Modifier::Ctrl => ctrl = true,
            Modifier::Alt => alt = true,
            Modifier::Shift => shift = true,
        }
        rest = after;
    }
    let mut chars = rest.chars();
    let code = match (chars.next(), chars.next()) {
        (Some(c), None) if c.is_control() => return Err(KeyError::Control),
        (Some(c), None) => Some(Code::Char(c)),
        _ => named(rest),
    };
    let from = start + text.len() - rest.len();
    code.map(|code| Key::new(code, ctrl, alt, shift))
        .ok_or_else(|| KeyError::UnknownName {
            name: rest.to_owned(),
            at: from..from + rest.len(),
        })
}

/// `text` without the prefix, when something stands behind it.
fn strip<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    (head.eq_ignore_ascii_case(prefix) && !rest.is_empty()).then_some(rest)
}

fn named(name: &str) -> Option<Code> {
    let known = NAMES
        .iter()
        .chain(&ALIASES)
        .find(|(known, _)| known.eq_ignore_ascii_case(name));
    known.map(|(_, code)| *code).or_else(|| {
        let number: u8 = name.strip_prefix(['F', 'f'])?.parse().ok()?;
        (1..=24).contains(&number).then_some(Code::F(number))
    })
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (on, name) in [
            (self.ctrl, "Ctrl-"),
            (self.alt, "Alt-"),
            (self.shift, "Shift-"),
        ] {
            if on {
                f.write_str(name)?;
            }
        }
        match self.code {
            Code::Char(' ') => f.write_str("Space"),
            Code::Char(c) if self.ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            Code::Char(c) => write!(f, "{c}"),
            Code::F(number) => write!(f, "F{number}"),
            code => f.write_str(
                NAMES
                    .iter()
                    .find(|(_, known)| *known == code)
                    .map_or("", |(name, _)| name),
            ),
        }
    }
}

/// A sequence as help shows it: `]m`, `gg`, `Ctrl-O`; a named key within a longer sequence stands in brackets.
#[must_use]
pub fn show_sequence(keys: &[Key]) -> String {
    if let [key] = keys {
        return key.to_string();
    }
    keys.iter()
        .map(|key| match key.typed() {
            Some(c) if c != ' ' => c.to_string(),
            _ => format!("<{key}>"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notation_is_read_and_shown() {
        for (written, shown) in [
            ("]m", "]m"),
            (" ] m ", "]m"),
            ("gg", "gg"),
            ("<", "<"),
            (">", ">"),
            ("<lt>", "<"),
            ("<<", "<<"),
            ("<>", "<>"),
            ("<Ctrl-o>", "Ctrl-O"),
            ("<C-O>", "Ctrl-O"),
            ("Ctrl-o", "Ctrl-O"),
            ("<Alt-Right>", "Alt-Right"),
            ("<M-r>", "Alt-r"),
            ("alt-R", "Alt-R"),
            ("<S-Tab>", "Shift-Tab"),
            ("<shift-a>", "A"),
            ("<PageDown>", "PageDown"),
            ("pagedown", "PageDown"),
            ("<pgdn>", "PageDown"),
            ("<Space>", "Space"),
            ("<F1>", "F1"),
            ("f12", "F12"),
            ("<Esc>", "Esc"),
            ("<enter>", "Enter"),
            ("<Ctrl-Alt-Del>", "Ctrl-Alt-Delete"),
            ("<Ctrl-->", "Ctrl--"),
            ("<Ctrl->>", "Ctrl->"),
            ("g<Space>x", "g<Space>x"),
            ("c-x", "c-x"),
            ("，", "，"),
        ] {
            let keys = parse_sequence(written);
            assert_eq!(
                keys.as_deref().map(show_sequence),
                Ok(shown.to_owned()),
                "{written}"
            );
        }
        assert_eq!(parse_sequence("c-x").map(|keys| keys.len()), Ok(3));
    }

    #[test]
    fn what_is_no_key_says_where() {
        let unknown = |name: &str, at| {
            Err(KeyError::UnknownName {
                name: name.to_owned(),
                at,
            })
        };
        assert_eq!(parse_sequence("g<PagDown>"), unknown("PagDown", 2..9));
        assert_eq!(parse_sequence("Ctrl-foo"), unknown("foo", 5..8));
        assert_eq!(parse_sequence("<F99>"), unknown("F99", 1..4));
        assert_eq!(parse_sequence("  "), Err(KeyError::Empty));
        assert_eq!(parse_sequence("\u{1b}"), Err(KeyError::Control));
    }
}
