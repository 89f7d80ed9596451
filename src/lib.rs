//! Kanbao 看报 reads annotated news in a terminal.
//!
//! Rooms from the ground up; imports run downwards only: `article`, `action`, `statistics`, `text`, `typeset`, `desk`, `format`,
//! `library`, `names`, `search`, `theme`, `keys`, `config`, `app`, `layout`, `runtime`, `cli`. `docs/architecture.md` walks
//! from a key to the screen.

pub mod action;
pub mod app;
pub mod article;
pub mod cli;
pub mod config;
pub mod desk;
pub mod format;
pub mod keys;
pub mod layout;
pub mod library;
pub mod names;
pub mod runtime;
pub mod search;
pub mod statistics;
pub mod text;
pub mod theme;
pub mod typeset;
