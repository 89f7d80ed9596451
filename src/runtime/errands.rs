//! Errands: what takes a while and is seldom asked for, each on a thread of its own.

use std::sync::Arc;
use std::thread;

use super::export::export;
use super::{Event, Post};
use crate::app::{Effect, Message};
use crate::search::concordance::collocates;
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
        Effect::LoadWords | Effect::Arrange { .. } | Effect::Collocate { .. }
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
        // For tests and for whoever has time; the reader has a thread for what is written.
        Effect::Export { path, form, table } => export(path, *form, table, &|| false),
        _ => return None,
    })
}
