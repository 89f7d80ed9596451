//! The terminal, and all that waits: set-up and restore, keys, signals, and the frames that are sent.
//!
//! Below: everything. Above: `cli` starts it.
//! Not here: what is seen (`layout` paints it into a buffer of cells) and what a message does (`app`). This is the
//! only room that knows escape sequences.

mod clipboard;
mod diff;
mod emit;
mod input;
mod osc52;
mod reply;
mod screen;
mod session;
mod signals;
mod terminal;
mod workers;

use crate::app::Message;

pub use emit::{Underlines, styled_line};
pub use input::watch_input;
pub use reply::Reply;
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
    /// Bytes for the terminal that are no part of a frame, to be written between two.
    Send(Vec<u8>),
    /// A signal that asks the process to end: keep what there is to keep, then [`end`].
    Signal(i32),
    /// A signal that asks the process to stop ([`Terminal::suspend`]).
    Suspend,
    /// The process was continued, so another may have had the terminal: [`Terminal::enter_again`], and draw all.
    Continued,
    /// The terminal is no more: end without writing to it.
    Gone,
}
