//! The state core: what is open, where the reader is, what is marked, and what becomes of it with each message.
//!
//! Pure: `App::update` takes a [`Message`] and returns [`Effect`]s; it touches no terminal, clock or file.
//! Below: `article`, `action`, `typeset`, `search`, `library`'s rows, `keys`, `theme`, `config`. Above: `layout` reads
//! it, `runtime` feeds it and carries out its effects.
//! Not here: colours and cells of the screen, threads.

mod area;
mod message;

pub use area::Area;
pub use message::{Effect, Hits, Message, Ticket};
