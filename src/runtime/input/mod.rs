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

use std::io;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Instant;

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

/// Sends an event for all that the terminal sends from now on, and [`Event::Gone`] when it is no more.
///
/// The terminal is to be set up before.
///
/// # Errors
/// When no thread can be started.
pub fn watch_input(events: Sender<Event>) -> io::Result<()> {
    thread::Builder::new()
        .name("input".to_owned())
        .spawn(move || watch(&events))?;
    Ok(())
}

fn watch(events: &Sender<Event>) {
    let mut decoder = Decoder::default();
    let mut clicks = Clicks::default();
    let mut bytes = vec![0; PIECE];
    // Since when what is unfinished waits for its end. Keys that are pressed meanwhile do not make that longer: else an end
    // that was lost would swallow all that is typed.
    let mut since = Instant::now();
    loop {
        let wait = decoder.wait(terminal::is_awaited());
        let inputs = match terminal::read(
            &mut bytes,
            wait.map(|wait| wait.saturating_sub(since.elapsed())),
        ) {
            Read::Bytes {
                count,
                questions,
                anew,
            } => {
                if anew {
                    decoder = Decoder::default();
                }
                for cursors in questions {
                    decoder.expect(cursors);
                }
                let came = bytes.get(..count).unwrap_or_default();
                if came == INTERRUPT {
                    decoder.give_up();
                }
                if wait.is_none() || count > KEY {
                    since = Instant::now();
                }
                decoder.take(came)
            }
            Read::Silence => {
                since = Instant::now();
                decoder.expire()
            }
            Read::Gone => {
                // The loop has ended if nobody is there to hear it.
                let _ = events.send(Event::Gone);
                return;
            }
        };
        let now = Instant::now();
        for input in fold(inputs) {
            let event = match input {
                Input::Key(key) => Event::Message(Message::Key(key)),
                Input::Paste(text) => Event::Message(Message::Paste(text)),
                Input::Mouse(mouse) => Event::Message(Message::Mouse(clicks.count(mouse, now))),
                Input::Focus(focused) => Event::Focus(focused),
                Input::Reply(reply) => {
                    if reply == Reply::Primary {
                        terminal::answered();
                    }
                    Event::Reply(reply)
                }
            };
            if events.send(event).is_err() {
                return;
            }
        }
    }
}
