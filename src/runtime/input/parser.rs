//! Bytes from a terminal cut into characters and sequences, wherever reads may have cut them.
//!
//! Source: ECMA-48 (5.4 control sequences, 5.6 strings), the state machine of the VT500 series
//! (vt100.net/emu/dec_ansi_parser), xterm's ctlseqs for SS3 keys and bracketed paste. Bytes are UTF-8, so C1 controls have
//! their two-byte form alone.

use std::time::Duration;

/// So long is an escape character alone held for the beginning of a sequence.
const ESCAPE: Duration = Duration::from_millis(50);
/// So long is the beginning of a sequence held that may be a key with Alt: `ESC [`, `ESC O`.
const OPENED: Duration = Duration::from_millis(250);
/// So long is a sequence held that can be nothing else, as over a slow line.
const TORN: Duration = Duration::from_secs(2);
/// So long after its last byte is handed on what came of a paste, which a line may carry in pieces.
const PASTE: Duration = Duration::from_secs(3);
/// So long after that may the rest still come: it is never typed.
const PASTE_REST: Duration = Duration::from_secs(10);

/// Bytes of a control sequence between `CSI` and its last byte that are kept; no sequence of use is longer.
const SEQUENCE_LIMIT: usize = 256;
/// Bytes of a string that are kept; what follows is swallowed.
const STRING_LIMIT: usize = 4096;
/// Bytes of a paste that are kept: 1 MiB.
const PASTE_LIMIT: usize = 1 << 20;

/// What ends a paste.
const PASTE_END: &[u8] = b"\x1b[201~";

/// A whole character or sequence.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A character or control, behind an escape character or not.
    Char(char, bool),
    /// A control sequence.
    Csi(Csi<'a>),
    /// `SS3`: its number (a modifier, as old Konsoles send it) and its last byte.
    Ss3(u32, u8),
    /// `CSI [` and a byte: function keys of the Linux console.
    Console(u8),
    /// An operating system command without its ends.
    Osc(&'a [u8]),
    /// A device control string without its ends.
    Dcs(&'a [u8]),
    /// A paste without its ends.
    Paste(String),
}

/// A control sequence in its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Csi<'a> {
    /// `?`, `>`, `<` or `=` in front.
    pub(super) marker: Option<u8>,
    /// Digits, semicolons and colons.
    pub(super) parameters: &'a [u8],
    /// Bytes before the last: `$`, space ...
    pub(super) between: &'a [u8],
    /// Which sequence it is.
    pub(super) last: u8,
}

impl<'a> Csi<'a> {
    fn new(body: &'a [u8], last: u8) -> Self {
        let (marker, rest) = match body {
            [marker @ b'<'..=b'?', rest @ ..] => (Some(*marker), rest),
            _ => (None, body),
        };
        let end = rest.iter().position(|byte| *byte < b'0');
        let (parameters, between) = rest.split_at(end.unwrap_or(rest.len()));
        Self {
            marker,
            parameters,
            between,
            last,
        }
    }

    /// Parameter number `index`, and within it part number `part`, both from 0; nothing when it is not given.
    pub(super) fn number(&self, index: usize, part: usize) -> Option<u32> {
        let parameter = self.parameters.split(|byte| *byte == b';').nth(index)?;
        decimal(parameter.split(|byte| *byte == b':').nth(part)?)
    }

    /// The parts of a parameter that are given.
    pub(super) fn parts(&self, index: usize) -> impl Iterator<Item = u32> {
        let parameter = self.parameters.split(|byte| *byte == b';').nth(index);
        let parts = parameter.unwrap_or_default().split(|byte| *byte == b':');
        parts.filter_map(decimal)
    }
}

/// A number of digits alone.
fn decimal(digits: &[u8]) -> Option<u32> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// Which string it is. Only two kinds hold answers; the others (APC, PM, SOS) are swallowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Osc,
    Dcs,
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum State {
    #[default]
    Ground,
    /// Within a character of so many bytes, behind an escape character or not.
    Utf8 {
        length: usize,
        alt: bool,
    },
    /// Behind an escape character.
    Escape,
    Csi,
    Ss3,
    /// Behind `CSI [`.
    Console,
    /// Behind `CSI M`: so many bytes more, the mouse in its oldest form, as a crashed program leaves it on.
    OldMouse(u8),
    /// Within a string; `opened` is what began it.
    String {
        kind: Kind,
        opened: u8,
    },
    /// Behind an escape character within a string.
    StringEscape(Kind),
    /// Within a paste, so many bytes of [`PASTE_END`] seen.
    Paste(usize),
}

/// Where in a sequence the bytes so far end.
#[derive(Debug, Default)]
pub(super) struct Parser {
    state: State,
    /// What is kept of the character or sequence.
    kept: Vec<u8>,
    /// Whether more came than is kept.
    overflown: bool,
    /// Whether a string was cut off whose end is still to come.
    cut: bool,
    /// Whether all that came of a paste was handed on, and nothing has come since.
    told: bool,
}

impl Parser {
    /// How long to wait for more before [`expire`](Self::expire); nothing when nothing is unfinished. Where answers are
    /// awaited, what may be the beginning of one is.
    pub(super) fn wait(&self, awaited: bool) -> Option<Duration> {
        Some(match self.state {
            State::Ground => return None,
            State::Escape if awaited => OPENED,
            State::Escape => ESCAPE,
            State::Paste(_) if self.told => PASTE_REST,
            State::Paste(_) => PASTE,
            _ if self.opened().is_some() && !awaited => OPENED,
            _ => TORN,
        })
    }

    /// Takes a byte in.
    pub(super) fn take(&mut self, byte: u8, token: &mut impl FnMut(Token<'_>)) {
        match self.state {
            State::Ground => self.text(byte, false, token),
            State::Utf8 { length, alt } => self.continuation(byte, length, alt, token),
            State::Escape => self.escape(byte, token),
            State::Csi => self.csi(byte, token),
            State::Ss3 => self.ss3(byte, token),
            State::Console => {
                self.state = State::Ground;
                token(Token::Console(byte));
            }
            State::OldMouse(1) => self.state = State::Ground,
            State::OldMouse(left) => self.state = State::OldMouse(left - 1),
            State::String { kind, .. } => self.string(kind, byte, token),
            State::StringEscape(kind) if byte == b'\\' => {
                self.finish_string(kind, token);
            }
            // Another escape sequence cut the string off.
            State::StringEscape(_) => {
                self.cut = true;
                self.enter(State::Escape);
                self.escape(byte, token);
            }
            State::Paste(seen) => self.paste(byte, seen, token),
        }
    }

    /// Gives up what is unfinished, whatever it is.
    pub(super) fn give_up(&mut self) {
        self.told = false;
        self.enter(State::Ground);
    }

    /// Takes in that nothing came for as long as [`wait`](Self::wait) says.
    pub(super) fn expire(&mut self, token: &mut impl FnMut(Token<'_>)) {
        let opened = self.opened();
        let state = std::mem::take(&mut self.state);
        match state {
            State::Escape => token(Token::Char('\u{1b}', false)),
            State::Paste(_) if self.told => self.told = false,
            State::Paste(_) => {
                token(Token::Paste(self.pasted(0)));
                self.enter(State::Paste(0));
                self.told = true;
            }
            _ => {
                if let Some(byte) = opened {
                    token(Token::Char(char::from(byte), true));
                }
            }
        }
    }

    /// The byte behind the escape character where nothing came behind that.
    fn opened(&self) -> Option<u8> {
        let byte = match self.state {
            State::Csi => b'[',
            State::Ss3 => b'O',
            State::String { opened, .. } => opened,
            _ => return None,
        };
        (self.kept.is_empty() && !self.overflown).then_some(byte)
    }

    fn enter(&mut self, state: State) {
        self.state = state;
        self.kept.clear();
        self.overflown = false;
    }

    fn keep(&mut self, byte: u8, limit: usize) {
        if self.kept.len() < limit {
            self.kept.push(byte);
        } else {
            self.overflown = true;
        }
    }

    /// A byte where a character begins.
    fn text(&mut self, byte: u8, alt: bool, token: &mut impl FnMut(Token<'_>)) {
        let length = match byte {
            0x1b => return self.enter(State::Escape),
            0..=0x7f => {
                self.state = State::Ground;
                return token(Token::Char(char::from(byte), alt));
            }
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            // No character begins so; it is dropped, and the next byte begins anew.
            _ => {
                self.state = State::Ground;
                return;
            }
        };
        self.enter(State::Utf8 { length, alt });
        self.kept.push(byte);
    }

    fn continuation(
        &mut self,
        byte: u8,
        length: usize,
        alt: bool,
        token: &mut impl FnMut(Token<'_>),
    ) {
        if byte & 0xc0 != 0x80 {
            return self.text(byte, false, token);
        }
        self.kept.push(byte);
        if self.kept.len() == length {
            self.state = State::Ground;
            let whole = std::str::from_utf8(&self.kept);
            if let Some(c) = whole.ok().and_then(|text| text.chars().next()) {
                token(Token::Char(c, alt));
            }
        }
    }

    fn escape(&mut self, byte: u8, token: &mut impl FnMut(Token<'_>)) {
        let string = |kind| State::String { kind, opened: byte };
        match byte {
            b'[' => self.enter(State::Csi),
            b'O' => self.enter(State::Ss3),
            b']' => self.enter(string(Kind::Osc)),
            b'P' => self.enter(string(Kind::Dcs)),
            b'_' | b'^' | b'X' => self.enter(string(Kind::Other)),
            0x1b => token(Token::Char('\u{1b}', false)),
            // The end of a string that something else has cut off.
            b'\\' if std::mem::take(&mut self.cut) => self.state = State::Ground,
            _ => self.text(byte, true, token),
        }
    }

    fn csi(&mut self, byte: u8, token: &mut impl FnMut(Token<'_>)) {
        match byte {
            0x20..=0x3f => self.keep(byte, SEQUENCE_LIMIT),
            b'[' if self.kept.is_empty() => self.state = State::Console,
            b'M' if self.kept.is_empty() => self.state = State::OldMouse(3),
            0x40..=0x7e => {
                self.state = State::Ground;
                if self.overflown {
                    return;
                }
                let csi = Csi::new(&self.kept, byte);
                if csi.last == b'~' && csi.marker.is_none() && csi.number(0, 0) == Some(200) {
                    return self.enter(State::Paste(0));
                }
                token(Token::Csi(csi));
            }
            // CAN and SUB give up any sequence.
            0x18 | 0x1a => self.state = State::Ground,
            _ => self.text(byte, false, token),
        }
    }

    fn ss3(&mut self, byte: u8, token: &mut impl FnMut(Token<'_>)) {
        match byte {
            b'0'..=b'9' | b';' => self.keep(byte, SEQUENCE_LIMIT),
            b' ' | 0x40..=0x7e => {
                self.state = State::Ground;
                let last = self.kept.split(|byte| *byte == b';').next_back();
                let number = last.and_then(decimal).unwrap_or(1);
                token(Token::Ss3(number, byte));
            }
            _ => self.text(byte, false, token),
        }
    }

    fn string(&mut self, kind: Kind, byte: u8, token: &mut impl FnMut(Token<'_>)) {
        match byte {
            0x1b => self.state = State::StringEscape(kind),
            0x07 if kind == Kind::Osc => self.finish_string(kind, token),
            0x18 | 0x1a => self.state = State::Ground,
            _ => self.keep(byte, STRING_LIMIT),
        }
    }

    fn finish_string(&mut self, kind: Kind, token: &mut impl FnMut(Token<'_>)) {
        self.state = State::Ground;
        match kind {
            _ if self.overflown => {}
            Kind::Osc => token(Token::Osc(&self.kept)),
            Kind::Dcs => token(Token::Dcs(&self.kept)),
            Kind::Other => {}
        }
    }

    fn paste(&mut self, byte: u8, seen: usize, token: &mut impl FnMut(Token<'_>)) {
        // The mark has one escape character, so a part of it can only begin anew there.
        let seen = match PASTE_END.get(seen) {
            Some(next) if *next == byte => seen + 1,
            _ => usize::from(byte == 0x1b),
        };
        self.keep(byte, PASTE_LIMIT + PASTE_END.len());
        self.told = false;
        self.state = State::Paste(seen);
        if seen == PASTE_END.len() {
            self.state = State::Ground;
            token(Token::Paste(self.pasted(seen)));
        }
    }

    /// What was pasted, without its last so many bytes; cut behind a whole character where it was too long.
    fn pasted(&self, end: usize) -> String {
        let end = if self.overflown { 0 } else { end };
        let length = self.kept.len().saturating_sub(end).min(PASTE_LIMIT);
        let kept = self.kept.get(..length).unwrap_or_default();
        let whole = match std::str::from_utf8(kept) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => length,
        };
        String::from_utf8_lossy(&kept[..whole]).into_owned()
    }
}
