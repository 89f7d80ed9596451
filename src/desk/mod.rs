//! What the reader leaves behind and finds again: what was searched for, views, the widths of terminals, which names are
//! one.
//!
//! Everything is kept in files under [`state_folder`], each written whole by [`atomic::replace`], so that a crash
//! leaves the old file or the new one. Below: `article`, `text`. Above: `runtime` loads and saves on a thread.
//! Not here: config, which the program only reads; caches, which may be thrown away.

pub mod atomic;
mod file;
mod folder;
mod history;
mod names;
mod shown;
mod terminals;
mod toml_faults;
mod views;

pub use folder::state_folder;
pub use history::{History, MAX_ENTRIES, MAX_ENTRY_BYTES};
pub use names::{NameRule, NameRules};
pub use shown::shown_path;
pub use terminals::Terminals;
pub use views::{KeptView, delete_view, keep_view, load_views};
