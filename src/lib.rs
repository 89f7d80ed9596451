//! Kanbao 看报 reads annotated news in a terminal.
//!
//! The rooms, from the ground up; imports run downwards only (`tests/house.rs` keeps it so):
//! `article`, `action`, `text`, `typeset`, `desk`, `format`, `library`, `search`, `theme`, `keys`, `config`, `app`,
//! `layout`, `runtime`, `cli`. A walk from a key to the screen is in `docs/architecture.md`.

pub mod action;
pub mod article;
pub mod config;
pub mod keys;
pub mod text;
pub mod theme;
pub mod typeset;
