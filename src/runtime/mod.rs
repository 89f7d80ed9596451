//! The terminal, and all that waits: set-up and restore, keys, signals, and the frames that are sent.
//!
//! Below: everything. Above: `cli` starts it.
//! Not here: what is seen (`layout` paints it into a buffer of cells) and what a message does (`app`). This is the
//! only room that knows escape sequences.

mod clipboard;
mod collocates;
mod diff;
mod emit;
mod errands;
mod events;
mod examine;
mod export;
mod features;
mod frames;
mod front;
mod gather;
mod input;
mod keep;
mod learn;
mod lines;
mod modes;
mod names;
mod osc52;
mod output;
mod passes;
mod pen;
mod probe;
mod reply;
mod reset;
mod rows;
mod screen;
mod scroll;
mod session;
mod signals;
mod terminal;
mod workers;

use crate::app::Message;

pub use emit::styled_line;
pub use errands::run_errand;
pub use events::{Events, Post};
pub use examine::{Examined, examine};
pub use features::{Features, Underlines};
pub use input::{Decoder, Input};
pub use modes::Modes;
pub use output::watch_output;
pub use probe::{Learned, Probe};
pub use reply::Reply;
pub use reset::reset;
pub use screen::{Place, Screen};
pub use session::{Ended, Session, run};
pub use signals::{end, watch_signals};
pub use terminal::{Terminal, install_panic_hook, is_gone, leave};
pub use workers::{Librarian, search_through};

/// Everything that can wake the loop.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Something for the core.
    Message(Message),
    /// The terminal answered a question.
    Reply(Reply),
    /// The window has come to the front, or another has.
    Focus(bool),
    /// Bytes for the terminal that are no part of a frame, to be written between two.
    Send(Vec<u8>),
    /// A signal that asks the process to end: keep what there is to keep, then [`end`].
    Signal(i32),
    /// A signal that asks the process to stop ([`Terminal::suspend`]).
    Suspend,
    /// The process was continued, so another may have had the terminal: [`Terminal::resume`], and draw all.
    Continued,
    /// The terminal has taken all that was written: the next frame can be drawn.
    Written,
    /// The terminal is no more: end without writing to it.
    Gone,
}
