//! Asks the terminal about itself and gives it back at once: what `kanbao doctor` tells of.

use std::io;
use std::time::{Duration, Instant};

use signal_hook::consts::SIGINT;

use super::Event;
use super::events::Events;
use super::modes::Modes;
use super::probe::{Learned, Probe};
use super::signals::{end, watch_signals};
use super::terminal::{Terminal, install_panic_hook};
use crate::app::Message;
use crate::keys::{Code, Key};

/// Ctrl-C.
const INTERRUPT: Key = Key {
    code: Code::Char('c'),
    ctrl: true,
    alt: false,
    shift: false,
};

/// So long does a terminal have for its answers.
pub(super) const ANSWERS: Duration = Duration::from_secs(2);

/// What came of asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// What the terminal told.
    pub learned: Learned,
    /// Columns and rows of the window.
    pub size: (u16, u16),
    /// How long the last answer took; nothing when it did not come.
    pub took: Option<Duration>,
}

/// Asks the terminal everything that the reader asks, and waits for the answers, two seconds at most.
///
/// # Errors
/// When there is no terminal.
pub fn examine() -> io::Result<Examined> {
    install_panic_hook();
    let (post, mut events) = Events::open()?;
    watch_signals(post)?;
    let term = std::env::var("TERM").ok();
    let mut terminal = Terminal::enter(Modes::detect(term.as_deref(), false))?;
    let size = terminal.size()?;
    let (mut probe, question) = Probe::ask(term.as_deref(), size.0);
    terminal.ask(&question, probe.cursors_left())?;
    let asked = Instant::now();
    while !probe.is_done() && asked.elapsed() < ANSWERS {
        match events.next(Some(ANSWERS.saturating_sub(asked.elapsed()))) {
            Some(Event::Reply(reply)) => probe.take(reply),
            Some(Event::Signal(number)) => end(number),
            // In raw mode it is a key.
            Some(Event::Message(Message::Key(key))) if key == INTERRUPT => end(SIGINT),
            Some(Event::Gone) | None => break,
            Some(_) => {}
        }
    }
    let took = probe.is_done().then(|| asked.elapsed());
    drop(terminal);
    Ok(Examined {
        learned: probe.learned().clone(),
        size,
        took,
    })
}
