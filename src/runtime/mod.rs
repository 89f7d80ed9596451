//! The terminal, and all that waits: set-up and restore, keys, signals, and the frames that are sent.
//!
//! Below: everything. Above: `cli` starts it.
//! Not here: what is seen (`layout` paints it into a buffer of cells) and what a message does (`app`). This is the
//! only room that knows escape sequences.

mod diff;
mod emit;
mod screen;
mod workers;

pub use emit::Underlines;
pub use screen::{Place, Screen};
pub use workers::{Librarian, search_through};

/// Something that the event loop waits for.
#[derive(Debug)]
pub enum Event {
    /// For the core.
    Message(crate::app::Message),
}
