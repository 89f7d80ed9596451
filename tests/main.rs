//! The tests from outside, one program: a file of each would link the whole of Kanbao again.
//!
//! `cargo test --test all screens::` runs those of one file.

#![allow(clippy::unwrap_used)]

mod archives;
mod article_format;
mod asking;
mod bytes;
mod cat;
mod cat_json;
mod choosing;
mod closing;
mod collocates;
mod command;
mod concordance;
mod converting;
mod copying;
mod corpus;
mod degraded;
mod emitter;
mod emulated;
mod encodings;
mod entities;
mod equal_characters;
mod file_places;
mod filtering;
mod format_properties;
mod format_round_trips;
mod gathering;
mod helping;
mod hit_lists;
mod hostile;
mod house;
mod kept;
mod kept_views;
mod leaving;
mod library_concordance;
mod looking;
mod mouse;
mod moving;
mod name_rules;
mod names;
mod packed;
mod palette;
mod papers;
mod previewing;
mod pty;
mod reader;
mod reading;
mod real_terminal;
mod restored;
mod screens;
mod search;
mod searching;
mod shared_task;
mod slow_line;
mod terminal;
mod ties;
mod typeset_clreq;
mod typeset_properties;
mod typeset_stretches;
mod typeset_unicode;
mod views;
mod wanted;
mod widths;
mod xterm;
