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
    loop {
        let wait = decoder.wait(terminal::is_awaited());
        let inputs = match terminal::read(&mut bytes, wait) {
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
                decoder.take(bytes.get(..count).unwrap_or_default())
            }
            Read::Silence => decoder.expire(),
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
