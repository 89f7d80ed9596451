//! Errands: what takes a while and is seldom asked for, each on a thread of its own.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use super::{Event, Post};
use crate::app::{Effect, Message, Table};
use crate::config::at_home;
use crate::desk::atomic;
use crate::search::concordance::{collocates, write_collocates, write_line_names, write_lines};
use crate::text::Words;

/// Sends somebody on an errand; it is answered by a message.
pub(super) fn send_on_errand(effect: Effect, answers: &Post) {
    let post = answers.clone();
    let errand = move || {
        if let Some(message) = run_errand(&effect) {
            // The other end is gone only when the program ends.
            let _ = post.send(Event::Message(message));
        }
    };
    let thread = thread::Builder::new().name("errand".to_owned());
    if let Err(error) = thread.spawn(errand) {
        let failed = Message::Failed(format!("no thread can be started: {error}"));
        let _ = answers.send(Event::Message(failed));
    }
}

/// Whether an effect is an errand.
pub(super) const fn is_errand(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::LoadWords
            | Effect::Arrange { .. }
            | Effect::Collocate { .. }
            | Effect::Export { .. }
    )
}

/// The answer to an effect that is an errand; nothing for any other.
#[must_use]
pub fn run_errand(effect: &Effect) -> Option<Message> {
    Some(match effect {
        Effect::LoadWords => Message::Words(Arc::new(Words::load())),
        Effect::Arrange {
            ticket,
            concordance,
            change,
            at,
            words,
        } => {
            let made = concordance.changed(change, words);
            let line = at.and_then(|at| made.number_of(at));
            Message::Arranged {
                ticket: *ticket,
                line: line.unwrap_or(0),
                concordance: Arc::new(made),
            }
        }
        Effect::Collocate {
            ticket,
            concordance,
            window,
            words,
        } => {
            let frequencies = concordance.frequencies(window.unit, words);
            Message::Collocates {
                ticket: *ticket,
                found: collocates(concordance, *window, &frequencies, words),
            }
        }
        Effect::Export { path, form, table } => {
            let write = |out: &mut dyn Write| match table {
                Table::Lines(made) => {
                    write_line_names(out, *form)?;
                    write_lines(out, made, *form)
                }
                Table::Collocates(found) => write_collocates(out, found, *form),
            };
            let rows = match table {
                Table::Lines(made) => made.len(),
                Table::Collocates(found) => found.len(),
            };
            match atomic::create(&at_home(Path::new(path)), write) {
                Ok(()) => {
                    let s = if rows == 1 { "" } else { "s" };
                    Message::Exported(format!("{rows} row{s} written to {path}"))
                }
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                    Message::Failed(format!("{path} is there already; give another name"))
                }
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Message::Failed(
                    format!("{path}: there is no such folder; make it, or give another name"),
                ),
                // The kind alone: the rest of it may be about the file that is written first, under another name.
                Err(error) => Message::Failed(format!(
                    "{path}: {}; nothing was written, give another name",
                    error.kind()
                )),
            }
        }
        _ => return None,
    })
}
