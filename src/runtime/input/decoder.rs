//! Bytes from a terminal as keys, pastes, mouse, focus and answers. Pure: no terminal, no clock.

use std::time::Duration;

use super::parser::{Csi, Parser, Token};
use super::{keys, replies};
use crate::app::{Mouse, MouseKind};
use crate::keys::Key;
use crate::runtime::Reply;

/// What a terminal sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key that can be bound.
    Key(Key),
    /// A text that was pasted, as it was sent: it may hold controls.
    Paste(String),
    /// The mouse, every press a first one and every notch of the wheel alone.
    Mouse(Mouse),
    /// Whether the window has come to the front, or another has.
    Focus(bool),
    /// An answer.
    Reply(Reply),
}

/// Turns bytes into what they say, wherever they are cut.
///
/// Sequences that say nothing known are swallowed, and so are answers that nobody awaits any more.
///
/// ```
/// use kanbao::keys::{Code, Key};
/// use kanbao::runtime::{Decoder, Input};
/// let mut decoder = Decoder::default();
/// assert_eq!(decoder.take(b"\x1b["), []);
/// assert_eq!(decoder.take(b"A"), [Input::Key(Key::plain(Code::Up))]);
/// ```
#[derive(Debug, Default)]
pub struct Decoder {
    parser: Parser,
    meaning: Meaning,
}

/// What the meaning of a sequence depends upon besides itself.
#[derive(Debug, Default)]
struct Meaning {
    /// So many answers about the cursor are to come.
    cursors: u32,
    /// So many times was asked for that, with a last question that every terminal answers.
    asked: u32,
}

impl Decoder {
    /// Awaits so many answers about the cursor, and an answer about the primary attributes behind them: F3 with
    /// modifiers has the form of some of them.
    pub const fn expect(&mut self, cursors: u32) {
        self.meaning.cursors = self.meaning.cursors.saturating_add(cursors);
        self.meaning.asked = self.meaning.asked.saturating_add(1);
    }

    /// Takes bytes in and returns what is whole.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Input> {
        let mut inputs = Vec::new();
        for byte in bytes {
            let meaning = &mut self.meaning;
            self.parser
                .take(*byte, &mut |token| meaning.read(token, &mut inputs));
        }
        inputs
    }

    /// How long to wait for more bytes before [`expire`](Self::expire); nothing when nothing is unfinished. `lately` tells
    /// whether the last question was asked so short a time ago that its answers may still come: then more is waited
    /// for, so that a torn answer is not typed.
    #[must_use]
    pub fn wait(&self, lately: bool) -> Option<Duration> {
        self.parser.wait(lately && self.meaning.asked > 0)
    }

    /// Gives up what is unfinished: a paste or an answer whose end was lost.
    pub fn give_up(&mut self) {
        self.parser.give_up();
    }

    /// Takes in that nothing came for as long as [`wait`](Self::wait) says, and returns what that makes of an unfinished
    /// sequence: an escape character alone is a key.
    pub fn expire(&mut self) -> Vec<Input> {
        let mut inputs = Vec::new();
        let meaning = &mut self.meaning;
        self.parser
            .expire(&mut |token| meaning.read(token, &mut inputs));
        inputs
    }
}

impl Meaning {
    fn read(&mut self, token: Token<'_>, out: &mut Vec<Input>) {
        match token {
            Token::Char(c, alt) => out.extend(keys::typed(c, alt).map(Input::Key)),
            Token::Ss3(number, last) => out.extend(keys::ss3(number, last).map(Input::Key)),
            Token::Console(byte) => out.extend(keys::console(byte).map(Input::Key)),
            Token::Paste(text) => out.push(Input::Paste(text)),
            Token::Osc(text) => out.extend(replies::osc(text).map(Input::Reply)),
            Token::Dcs(text) => out.extend(replies::dcs(text).map(Input::Reply)),
            Token::Csi(csi) => self.csi(&csi, out),
        }
    }

    fn csi(&mut self, csi: &Csi<'_>, out: &mut Vec<Input>) {
        match (csi.marker, csi.parameters, csi.last) {
            (None, b"", b'I') => out.push(Input::Focus(true)),
            (None, b"", b'O') => out.push(Input::Focus(false)),
            (Some(b'<'), _, b'M' | b'm') => out.extend(mouse(csi).map(Input::Mouse)),
            _ => match replies::csi(csi, self.cursors > 0) {
                Ok(reply) => out.extend(reply.map(|reply| Input::Reply(self.count(reply)))),
                Err(()) => keys::csi(csi, &mut |key| out.push(Input::Key(key))),
            },
        }
    }

    fn count(&mut self, reply: Reply) -> Reply {
        match reply {
            Reply::Cursor { .. } => self.cursors = self.cursors.saturating_sub(1),
            Reply::Primary => {
                self.asked = self.asked.saturating_sub(1);
                if self.asked == 0 {
                    self.cursors = 0;
                }
            }
            _ => {}
        }
        reply
    }
}

/// `CSI < button ; column ; row M`, or `m` for a button that goes up. Source: xterm's ctlseqs, mode 1006.
///
/// Modifiers are left out of account: with Shift the terminal keeps the mouse for itself.
fn mouse(csi: &Csi<'_>) -> Option<Mouse> {
    let place = |index| {
        let from_one = csi.number(index, 0)?.checked_sub(1)?;
        u16::try_from(from_one).ok()
    };
    let at = (place(1)?, place(2)?);
    let button = csi.number(0, 0)? & !(4 | 8 | 16);
    let kind = match (button, csi.last) {
        (0, b'M') => MouseKind::Press { clicks: 1 },
        (0, b'm') => MouseKind::Release,
        (32, b'M') => MouseKind::Drag,
        (64, b'M') => MouseKind::Wheel(-1),
        (65, b'M') => MouseKind::Wheel(1),
        _ => return None,
    };
    Some(Mouse { at, kind })
}
