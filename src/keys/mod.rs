//! From pressed keys to actions: notation, keymaps, counts and sequences, and the help that is made from them.
//!
//! Below: `action` (what can be asked for). Above: `config` fills a [`Keymap`] from TOML, `runtime` turns terminal
//! events into [`Key`]s, `app` holds a [`Resolver`] and carries out what it yields.
//! Not here: what an action does, any terminal library, and any default: those stand in the repo's `config.toml`,
//! in the user's own notation, and nowhere else.

mod help;
mod key;
mod keymap;
mod mode;
mod resolver;

pub use help::{help_table, keys_of_all, keys_of_mode, markdown_table};
pub use key::{Code, Key, KeyError, NAMES, parse_sequence, show_sequence};
pub use keymap::{BindError, Keymap};
pub use mode::{Mode, TABLES};
pub use resolver::{MAX_COUNT, Next, Outcome, Resolver};
