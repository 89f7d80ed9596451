//! Keys as terminals write them: the old ways, xterm's modifyOtherKeys, kitty's keyboard protocol.
//!
//! Source: xterm's ctlseqs (PC-style function keys, SS3, modifyOtherKeys), "Comprehensive keyboard handling in terminals"
//! (sw.kovidgoyal.net/kitty/keyboard-protocol), console_codes(4).

use super::parser::Csi;
use crate::keys::{Code, Key};

/// The modifiers that a key can be bound with; the locks (64 caps, 128 num) do not change what a key is.
const SHIFT: u32 = 1;
const ALT: u32 = 2;
const CTRL: u32 = 4;
const LOCKS: u32 = 64 | 128;

/// Modifiers as a number that is one more than their bits. Nothing when there are some that no key is bound with
/// (super, hyper, meta).
#[derive(Debug, Clone, Copy)]
pub(super) struct Modifiers(u32);

impl Modifiers {
    pub(super) fn new(number: u32) -> Option<Self> {
        let bits = number.saturating_sub(1) & !LOCKS;
        (bits & !(SHIFT | ALT | CTRL) == 0).then_some(Self(bits))
    }

    const fn has(self, bit: u32) -> bool {
        self.0 & bit != 0
    }

    const fn key(self, code: Code) -> Key {
        Key {
            code,
            ctrl: self.has(CTRL),
            alt: self.has(ALT),
            shift: self.has(SHIFT),
        }
    }
}

/// The key of a character or control.
pub(super) fn typed(c: char, alt: bool) -> Option<Key> {
    let (code, ctrl) = match c {
        '\r' => (Code::Enter, false),
        '\t' => (Code::Tab, false),
        '\u{1b}' => (Code::Esc, false),
        '\u{7f}' => (Code::Backspace, false),
        '\0' => (Code::Char(' '), true),
        // A control is a letter without its upper bits: Ctrl-A is 1.
        '\u{1}'..='\u{1f}' => (Code::Char(from(u32::from(c) + 0x40)?), true),
        _ if c.is_control() => return None,
        _ => (Code::Char(c), false),
    };
    Some(Key::new(code, ctrl, alt, false))
}

/// The key of `SS3`: cursor and function keys, and the keypad in its application mode.
pub(super) fn ss3(number: u32, last: u8) -> Option<Key> {
    let modifiers = Modifiers::new(number)?;
    let code = match last {
        b' ' => Code::Char(' '),
        b'I' => Code::Tab,
        b'M' => Code::Enter,
        b'X' => Code::Char('='),
        // Ctrl with a cursor key in rxvt.
        b'a'..=b'd' => {
            let code = lettered(last.to_ascii_uppercase())?;
            return Some(Key::new(code, true, false, false));
        }
        b'j'..=b'y' => Code::Char(char::from(last - 0x40)),
        _ => lettered(last)?,
    };
    Some(modified(code, modifiers))
}

/// A function key of the Linux console: `CSI [ A` is F1.
pub(super) const fn console(byte: u8) -> Option<Key> {
    match byte {
        b'A'..=b'E' => Some(Key::plain(Code::F(byte - b'A' + 1))),
        _ => None,
    }
}

/// The keys of a control sequence: one, or the characters that kitty's protocol says were typed.
pub(super) fn csi(csi: &Csi<'_>, out: &mut impl FnMut(Key)) {
    if csi.marker.is_some() || !csi.between.is_empty() {
        return;
    }
    // Event 3 is a key that is let go.
    if csi.number(1, 1) == Some(3) {
        return;
    }
    let first = csi.number(0, 0);
    let number = csi.number(1, 0).unwrap_or(1);
    let key = match csi.last {
        b'u' => return coded(csi, number, out),
        // modifyOtherKeys: the modifiers come before the key.
        b'~' if first == Some(27) => csi.number(2, 0).and_then(|code| {
            let modifiers = Modifiers::new(number)?;
            unicode(code).map(|code| modified(code, modifiers))
        }),
        b'~' => numbered(first, number),
        // rxvt says Ctrl and both in the last byte.
        b'^' => numbered(first, CTRL + 1),
        b'@' => numbered(first, CTRL + SHIFT + 1),
        b'Z' => Modifiers::new(number).map(|m| Key {
            shift: true,
            ..m.key(Code::Tab)
        }),
        b'a'..=b'd' => {
            let code = lettered(csi.last.to_ascii_uppercase());
            code.map(|code| Key::new(code, false, false, true))
        }
        last => lettered(last)
            .and_then(|code| Modifiers::new(number).map(|modifiers| modified(code, modifiers))),
    };
    if let Some(key) = key {
        out(key);
    }
}

/// `CSI key:shifted:base ; modifiers:event ; text u`.
fn coded(csi: &Csi<'_>, number: u32, out: &mut impl FnMut(Key)) {
    let Some(modifiers) = Modifiers::new(number) else {
        return;
    };
    let commands = modifiers.has(CTRL) || modifiers.has(ALT);
    let mut text = csi.parts(2).filter_map(from).peekable();
    if !commands && text.peek().is_some() {
        text.filter_map(|c| typed(c, false)).for_each(out);
        return;
    }
    let shifted = csi.number(0, 1).filter(|_| modifiers.has(SHIFT));
    let code = shifted.or_else(|| csi.number(0, 0));
    if let Some(code) = code.and_then(unicode) {
        out(modified(code, modifiers));
    }
}

fn numbered(number: Option<u32>, modifiers: u32) -> Option<Key> {
    let code = match number? {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        n @ 11..=15 => function(n - 10)?,
        n @ 17..=21 => function(n - 11)?,
        n @ 23..=26 => function(n - 12)?,
        n @ (28 | 29) => function(n - 13)?,
        n @ 31..=34 => function(n - 14)?,
        _ => return None,
    };
    Modifiers::new(modifiers).map(|modifiers| modified(code, modifiers))
}

const fn lettered(last: u8) -> Option<Code> {
    Some(match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'F' => Code::End,
        b'H' => Code::Home,
        b'P'..=b'S' => Code::F(last - b'P' + 1),
        _ => return None,
    })
}

/// The key of a number of kitty's protocol or of modifyOtherKeys.
fn unicode(code: u32) -> Option<Code> {
    Some(match code {
        8 | 127 => Code::Backspace,
        9 => Code::Tab,
        13 | 57414 => Code::Enter,
        27 => Code::Esc,
        n @ 57376..=57387 => function(n - 57376 + 13)?,
        // The keypad.
        n @ 57399..=57408 => Code::Char(from(n - 57399 + u32::from(b'0'))?),
        57409 => Code::Char('.'),
        57410 => Code::Char('/'),
        57411 => Code::Char('*'),
        57412 => Code::Char('-'),
        57413 => Code::Char('+'),
        57415 => Code::Char('='),
        57416 => Code::Char(','),
        57417 => Code::Left,
        57418 => Code::Right,
        57419 => Code::Up,
        57420 => Code::Down,
        57421 => Code::PageUp,
        57422 => Code::PageDown,
        57423 => Code::Home,
        57424 => Code::End,
        57425 => Code::Insert,
        57426 => Code::Delete,
        // Locks, media, modifiers by themselves.
        57344..=63743 => return None,
        n => Code::Char(from(n).filter(|c| !c.is_control())?),
    })
}

fn function(number: u32) -> Option<Code> {
    u8::try_from(number).ok().map(Code::F)
}

fn from(code: u32) -> Option<char> {
    char::from_u32(code)
}

/// The key in the form under which it is bound.
fn modified(code: Code, modifiers: Modifiers) -> Key {
    let Key {
        ctrl, alt, shift, ..
    } = modifiers.key(code);
    Key::new(code, ctrl, alt, shift)
}
