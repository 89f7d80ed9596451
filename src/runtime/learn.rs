//! What the reader does with the terminal's answers: at the start, and whenever they come.

use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::events::Events;
use super::features::Features;
use super::probe::{ASK_GROUND, Learned, Probe};
use super::reply::Reply;
use super::session::{Ended, Reader};
use super::terminal::Terminal;
use crate::app::Message;
use crate::desk::Terminals;
use crate::theme::{Depth, Ground};

/// So long at most does the first frame wait for the answers.
const FIRST: Duration = Duration::from_millis(100);

/// The questions that are out, and what has been made of the answers so far.
#[derive(Debug)]
pub(super) struct Learning {
    probe: Probe,
    asked: Instant,
    used: Learned,
    /// Where the widths of terminals are kept, and those that were.
    kept: Option<(PathBuf, Terminals)>,
}

impl Learning {
    /// Asks the terminal, of which the widths may be known from another time.
    ///
    /// # Errors
    /// When it cannot be written to.
    pub(super) fn begin(
        terminal: &mut Terminal,
        columns: u16,
        kept: Option<PathBuf>,
    ) -> io::Result<Self> {
        let probe = ask(terminal, columns)?;
        let asked = Instant::now();
        let kept = kept.map(|path| {
            let terminals = Terminals::load(&path);
            (path, terminals)
        });
        Ok(Self {
            probe,
            asked,
            used: Learned::default(),
            kept,
        })
    }
}

fn ask(terminal: &mut Terminal, columns: u16) -> io::Result<Probe> {
    let term = std::env::var("TERM").ok();
    let (probe, question) = Probe::ask(term.as_deref(), columns);
    terminal.ask(&question, probe.cursors_left())?;
    Ok(probe)
}

impl Reader {
    /// Asks once more, as what has the terminal may be another one now. The samples are drawn over by the next frame.
    pub(super) fn ask_again(&mut self) {
        let (columns, _) = self.screen.size();
        match ask(&mut self.terminal, columns) {
            Ok(probe) => {
                self.learning.probe = probe;
                // Of the same terminal more is known already than it has answered another time.
                self.learning.used = Learned {
                    identity: self.learning.used.identity.take(),
                    ..Learned::default()
                };
            }
            Err(_) => self.ended = Some(Ended::Gone),
        }
    }

    /// Takes in what happens until all answers have come, so that the first frame is right at once; not for long.
    pub(super) fn await_answers(&mut self, happened: &mut Events) {
        while self.ended.is_none() && !self.learning.probe.is_done() {
            let left = FIRST.saturating_sub(self.learning.asked.elapsed());
            match happened.next(Some(left)) {
                Some(event) => self.take(event),
                None => return,
            }
        }
    }

    /// Takes in an answer of the terminal and does what follows from it.
    pub(super) fn answered(&mut self, reply: Reply) {
        if let Reply::Ground(colour) = reply {
            self.update(Message::Ground(Ground::of(colour)));
        }
        self.learning.probe.take(reply);
        let learned = self.learning.probe.learned().clone();
        let used = std::mem::replace(&mut self.learning.used, learned.clone());
        if learned.profile != used.profile {
            self.widths_are(&learned);
        } else if learned.identity != used.identity && learned.profile.is_none() {
            self.widths_were(&learned);
        }
        if let Some(synchronised) = learned.synchronised {
            let features = self.screen.features();
            self.screen.set_features(Features {
                synchronised,
                ..features
            });
        }
        if learned.keyboard && !used.keyboard && self.terminal.push_keyboard().is_err() {
            self.ended = Some(Ended::Gone);
        }
        if learned.all_colours && !used.all_colours && self.depth > Depth::Mono {
            self.depth = Depth::True;
            self.theme = None;
        }
    }

    /// The window has come to the front, or another has: people change the ground while they work elsewhere.
    pub(super) fn focused(&mut self, focused: bool) {
        if focused && self.learning.probe.learned().ground.is_some() {
            let question = [ASK_GROUND, b"\x1b[c"].concat();
            if self.terminal.ask(&question, 0).is_err() {
                self.ended = Some(Ended::Gone);
            }
        }
    }

    /// The widths were measured: they hold from now on, and for the first moment of the next time.
    fn widths_are(&mut self, learned: &Learned) {
        let Some(profile) = learned.profile else {
            return;
        };
        self.update(Message::Profile(profile));
        let (Some((path, terminals)), Some(name)) = (&mut self.learning.kept, &learned.identity)
        else {
            return;
        };
        if terminals.get(name) != Some(profile) {
            terminals.keep(name, profile);
            let (path, terminals) = (path.clone(), terminals.clone());
            // A disk may be slow, and it is no loss when this comes to nothing: the terminal is asked each time.
            let save = move || drop(terminals.save(&path));
            let thread = std::thread::Builder::new().name("terminals".to_owned());
            drop(thread.spawn(save));
        }
    }

    /// The terminal has said who it is, and its widths of another time hold until they are measured.
    fn widths_were(&mut self, learned: &Learned) {
        let (Some((_, terminals)), Some(name)) = (&self.learning.kept, &learned.identity) else {
            return;
        };
        if let Some(profile) = terminals.get(name) {
            self.update(Message::Profile(profile.unmeasured()));
        }
    }
}
