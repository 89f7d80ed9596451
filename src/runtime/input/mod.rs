//! What the terminal sends, as events of the loop.
//!
//! The decoder is ours: the one of the library that sets the terminal up keeps a terminal's answers to itself, or types
//! them.

mod batch;
mod decoder;
mod keys;
mod parser;
mod replies;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::os::fd::BorrowedFd;
use std::time::{Duration, Instant};

pub use decoder::{Decoder, Input};

use self::batch::{Clicks, fold};
use super::Event;
use super::reply::Reply;
use super::terminal::{self, Read};
use crate::app::Message;

/// What comes at once in more bytes than this is no key that somebody presses.
const KEY: usize = 8;
/// What Ctrl-C sends by itself.
const INTERRUPT: &[u8] = b"\x03";

/// So many bytes are read at once.
const PIECE: usize = 1 << 16;

/// What was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heard {
    /// The terminal sent something, which need not be whole yet.
    Terminal,
    /// The bell rang.
    Bell,
    /// Nothing within the time.
    Nothing,
}

/// Hears what the terminal sends. The terminal is to be set up before.
#[derive(Debug)]
pub(super) struct Listener {
    decoder: Decoder,
    clicks: Clicks,
    bytes: Vec<u8>,
    /// Since when what is unfinished waits for its end. Keys that are pressed meanwhile do not make that longer: else an
    /// end that was lost would swallow all that is typed.
    since: Instant,
}

impl Default for Listener {
    fn default() -> Self {
        Self {
            decoder: Decoder::default(),
            clicks: Clicks::default(),
            bytes: vec![0; PIECE],
            since: Instant::now(),
        }
    }
}

impl Listener {
    /// Waits for the terminal to send something or for the bell, for ever or so long. What it sends goes to `events`,
    /// [`Event::Gone`] when it is no more.
    pub(super) fn listen(
        &mut self,
        limit: Option<Duration>,
        bell: BorrowedFd<'_>,
        events: &mut VecDeque<Event>,
    ) -> Heard {
        let wait = self.decoder.wait(terminal::is_awaited());
        let left = wait.map(|wait| wait.saturating_sub(self.since.elapsed()));
        let soonest = [left, limit].into_iter().flatten().min();
        let inputs = match terminal::read(&mut self.bytes, soonest, bell) {
            Read::Bytes {
                count,
                questions,
                anew,
            } => {
                if anew {
                    self.decoder = Decoder::default();
                }
                for cursors in questions {
                    self.decoder.expect(cursors);
                }
                let came = self.bytes.get(..count).unwrap_or_default();
                if came == INTERRUPT {
                    self.decoder.give_up();
                }
                if wait.is_none() || count > KEY {
                    self.since = Instant::now();
                }
                self.decoder.take(came)
            }
            Read::Bell => return Heard::Bell,
            Read::Silence if left.is_some() && left == soonest => {
                self.since = Instant::now();
                self.decoder.expire()
            }
            Read::Silence => return Heard::Nothing,
            Read::Gone => {
                events.push_back(Event::Gone);
                return Heard::Terminal;
            }
        };
        let now = Instant::now();
        events.extend(fold(inputs).into_iter().map(|input| match input {
            Input::Key(key) => Event::Message(Message::Key(key)),
            Input::Paste(text) => Event::Message(Message::Paste(text)),
            Input::Mouse(mouse) => Event::Message(Message::Mouse(self.clicks.count(mouse, now))),
            Input::Focus(focused) => Event::Focus(focused),
            Input::Reply(reply) => {
                if reply == Reply::Primary {
                    terminal::answered();
                }
                Event::Reply(reply)
            }
        }));
        Heard::Terminal
    }
}
