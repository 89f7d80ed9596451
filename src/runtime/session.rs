//! The event loop: what happens goes into the core, its effects are carried out, the screen is drawn.

use std::collections::VecDeque;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::clipboard::Clipboard;
use super::events::Events;
use super::features::Features;
use super::keep::{Keeper, Places, read_views};
use super::learn::Learning;
use super::modes::Modes;
use super::output::watch_output;
use super::screen::Screen;
use super::signals::{ending, watch_signals};
use super::terminal::{Terminal, install_panic_hook};
use super::workers::Workers;
use super::{Event, leave};
use crate::app::{App, Effect, Message, Start};
use crate::article::Severity;
use crate::config::Config;
use crate::layout::{self, Canvas, Picture};
use crate::library::Library;
use crate::text::printable_line;
use crate::theme::{Depth, Theme};

/// How long a frame waits for an answer that will most likely come at once, so that nothing flickers.
const PATIENCE: Duration = Duration::from_millis(8);
/// So long without a key, and a `3` meant the sidebar and not the beginning of `3j`.
const PAUSE: Duration = Duration::from_millis(400);
/// While the mouse is held beyond the article it scrolls on as often as this.
const DRAG_STEP: Duration = Duration::from_millis(60);
/// The same for the very first frame.
const FIRST_PATIENCE: Duration = Duration::from_millis(60);

/// So long at most do keys wait for the article or the hit that they are meant for, as when J/高锐 is typed in one go.
const HOLD: Duration = Duration::from_millis(150);

/// So long at most are events taken in before a frame shows what came of them.
const FRAME_DUE: Duration = Duration::from_millis(50);

/// What the reader is started with.
#[derive(Debug)]
pub struct Session {
    /// The settings, flags laid over them.
    pub config: Config,
    /// The articles.
    pub library: Library,
    /// What is wrong with the config and the library, in one line each.
    pub problems: Vec<(Severity, String)>,
    /// How many colours the terminal shows.
    pub depth: Depth,
    /// Where searches are kept; nothing when there is no place for it.
    pub history: Option<PathBuf>,
    /// Where views are kept, likewise.
    pub views: Option<PathBuf>,
    /// Where the widths of terminals are kept, likewise.
    pub terminals: Option<PathBuf>,
    /// Where the reader's rules about names are, likewise.
    pub names: Option<PathBuf>,
}

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The reader quit.
    Quit,
    /// A signal of this number asked for it.
    Signal(i32),
    /// The terminal is gone.
    Gone,
}

/// Runs the reader on the terminal until it ends. The terminal is as before when this returns.
///
/// # Errors
/// When there is no terminal, or it cannot be set up.
pub fn run(mut session: Session) -> std::io::Result<Ended> {
    install_panic_hook();
    let (post, mut happened) = Events::open()?;
    watch_signals(post.clone())?;
    let term = std::env::var("TERM").ok();
    let mut terminal = Terminal::enter(Modes::detect(term.as_deref(), session.config.mouse))?;
    let (columns, rows) = terminal.size()?;
    watch_output(post.clone())?;
    let learning = Learning::begin(&mut terminal, columns, session.terminals)?;
    let (views, wrong) = read_views(session.views.as_deref());
    let wrong = wrong.into_iter().map(|said| (Severity::Warning, said));
    session.problems.extend(wrong);
    let (app, effects) = App::new(Start {
        config: &session.config,
        articles: session.library.len(),
        problems: &session.problems,
        columns,
        rows,
    });
    let places = Places {
        history: session.history,
        views: session.views,
        names: session.names,
    };
    let workers = Workers::start(session.library, places.names.clone(), &post)?;
    let history = places.history.clone();
    let keeper = Keeper::start(places, &post)?;
    let clipboard = Clipboard::start(&session.config.copy.to, &post)?;
    let mut reader = Reader {
        app,
        workers,
        clipboard: Some(clipboard),
        screen: Screen::new(columns, rows, Features::detect(term.as_deref())),
        terminal,
        learning,
        depth: session.depth,
        theme: None,
        keeper: Some(keeper),
        held: VecDeque::new(),
        held_since: None,
        resized: None,
        ended: None,
    };
    reader.load_history(history.as_deref());
    reader.update(Message::Views(views));
    reader.perform(effects);
    reader.run(&mut happened)
}

pub(super) struct Reader {
    pub(super) app: App,
    workers: Workers,
    /// Gone at the end.
    clipboard: Option<Clipboard>,
    pub(super) screen: Screen,
    pub(super) terminal: Terminal,
    pub(super) learning: Learning,
    pub(super) depth: Depth,
    /// The theme at the terminal's depth, with the name of the one that it was made of.
    pub(super) theme: Option<Theme>,
    /// Gone at the end.
    pub(super) keeper: Option<Keeper>,
    /// Keys, pastes and what was done with the mouse, which wait for an answer in their order.
    held: VecDeque<Message>,
    /// Since when keys have had to wait for an answer.
    held_since: Option<Instant>,
    /// The size that the window has now, until it is taken in.
    resized: Option<(u16, u16)>,
    pub(super) ended: Option<Ended>,
}

impl Reader {
    fn run(mut self, happened: &mut Events) -> std::io::Result<Ended> {
        self.await_answers(happened);
        self.gather(happened, FIRST_PATIENCE);
        loop {
            // Over a slow line frames are left out; the last is drawn when the one before has gone.
            if self.ended.is_none() && !self.terminal.is_busy() {
                self.draw();
            }
            if let Some(ended) = self.ended {
                let mut untold = Vec::new();
                if ended == Ended::Quit {
                    untold = self.finish_copying(happened);
                }
                if ended != Ended::Gone {
                    leave();
                }
                untold.extend(self.finish_keeping(happened));
                for said in untold {
                    let _ = writeln!(std::io::stderr(), "warning: {}", printable_line(&said));
                }
                return Ok(ended);
            }
            match self.next(happened) {
                Some(event) => self.take(event),
                None => self.release(),
            }
            self.gather(happened, PATIENCE);
        }
    }

    /// Waits for the next event; a pause in typing is one where the core awaits it. Nothing, when keys have waited
    /// long enough.
    fn next(&self, happened: &mut Events) -> Option<Event> {
        let (limit, after) = if self.held.is_empty() {
            if self.app.has_work() {
                let idle = Some(Event::Message(Message::Idle));
                return happened.next(Some(Duration::ZERO)).or(idle);
            }
            let pause = if self.app.is_dragging_beyond() {
                Some(DRAG_STEP)
            } else {
                self.app.awaits_pause().then_some(PAUSE)
            };
            (pause, Some(Event::Message(Message::Pause)))
        } else {
            (Some(self.hold_left()), None)
        };
        happened.next(limit).or(after)
    }

    /// How long keys have to wait yet.
    fn hold_left(&self) -> Duration {
        self.held_since
            .map_or(Duration::ZERO, |since| HOLD.saturating_sub(since.elapsed()))
    }

    /// Takes in everything that has happened already, and, when the core waits for an answer or the window is being
    /// resized, what comes soon. A frame is due all the same while events never cease.
    fn gather(&mut self, happened: &mut Events, patience: Duration) {
        let start = Instant::now();
        while self.ended.is_none() {
            let gone = start.elapsed();
            let left = if self.app.is_waiting() || self.resized.is_some() {
                patience.saturating_sub(gone)
            } else {
                Duration::ZERO
            };
            match happened.next(Some(left)) {
                Some(event) if gone < FRAME_DUE => self.take(event),
                Some(event) => {
                    self.take(event);
                    break;
                }
                None => break,
            }
        }
        self.take_size();
    }

    /// Takes in the size that the window has now, once for all the sizes that it had in between.
    fn take_size(&mut self) {
        if let Some((columns, rows)) = self.resized.take() {
            self.screen.resize(columns, rows);
            self.update(Message::Resize { columns, rows });
        }
    }

    pub(super) fn take(&mut self, event: Event) {
        if let Event::Message(Message::Resize { columns, rows }) = event {
            self.resized = Some((columns, rows));
            return;
        }
        self.take_size();
        match event {
            Event::Message(message @ (Message::Key(_) | Message::Paste(_) | Message::Mouse(_))) => {
                self.held.push_back(message);
                self.release();
            }
            Event::Message(message) => {
                self.update(message);
                self.release();
            }
            Event::Reply(reply) => self.answered(reply),
            Event::Focus(focused) => self.focused(focused),
            Event::Written => {}
            Event::Send(bytes) => {
                self.send(&bytes);
                // What hands such bytes on to its own terminal, as GNU screen does, may lose sight of what that shows.
                self.screen.invalidate();
            }
            Event::Signal(number) => self.ended = Some(Ended::Signal(number)),
            Event::Suspend => self.suspend(),
            Event::Continued => {
                if self.terminal.resume().is_err() {
                    self.ended = Some(Ended::Gone);
                }
                self.taken_again();
            }
            Event::Gone => self.ended = Some(Ended::Gone),
        }
    }

    /// Hands keys to the core as long as they need not wait.
    fn release(&mut self) {
        while self.ended.is_none() && !self.held.is_empty() {
            if self.app.keys_await_answer() && !self.hold_left().is_zero() {
                return;
            }
            let Some(message) = self.held.pop_front() else {
                return;
            };
            if matches!(message, Message::Key(_)) {
                panic_if_asked();
            }
            self.update(message);
        }
    }

    pub(super) fn update(&mut self, message: Message) {
        let effects = self.app.update(message);
        self.perform(effects);
        if !self.app.keys_await_answer() {
            self.held_since = None;
        } else if self.held_since.is_none() {
            self.held_since = Some(Instant::now());
        }
    }

    pub(super) fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Quit => self.ended = Some(Ended::Quit),
                Effect::Suspend => self.suspend(),
                Effect::Redraw => self.refresh(),
                kept if Keeper::concerns(&kept) => {
                    if let Some(keeper) = &self.keeper {
                        keeper.keep(kept);
                    }
                }
                Effect::Copy { text, what } => {
                    if let Some(clipboard) = &self.clipboard {
                        clipboard.copy(text, what);
                    }
                }
                other => {
                    self.workers.hand(other);
                }
            }
        }
    }

    fn draw(&mut self) {
        let app = &self.app;
        let wanted = app.theme();
        if self
            .theme
            .as_ref()
            .is_none_or(|t| t.name() != wanted.name())
        {
            self.theme = Some(wanted.at_depth(self.depth));
        }
        let theme = self.theme.as_ref().unwrap_or(wanted);
        self.screen.set_profile(app.profile());
        self.screen.set_links(layout::links(app));
        let picture = Picture::of(app, theme);
        let paint = |canvas: Canvas<'_>| layout::draw_on(app, theme, canvas);
        let drawn = self.screen.draw_rows(&mut self.terminal, picture, paint);
        if drawn.is_err() {
            self.ended = Some(Ended::Gone);
        }
    }

    /// Writes what is no part of a frame.
    fn send(&mut self, bytes: &[u8]) {
        if self.terminal.write_all(bytes).is_err() {
            self.ended = Some(Ended::Gone);
        }
    }

    /// Lets what was copied last reach its place before the terminal is given back. What failed is to be told then.
    fn finish_copying(&mut self, happened: &mut Events) -> Vec<String> {
        let is_done = self.clipboard.take().is_none_or(Clipboard::finish);
        let mut untold = Vec::new();
        while let Some(event) = happened.posted() {
            match event {
                Event::Send(bytes) => {
                    self.send(&bytes);
                    // What hands such bytes on to its own terminal, as GNU screen does, may lose sight of what that shows.
                    self.screen.invalidate();
                }
                Event::Message(Message::Failed(said)) => untold.push(said),
                _ => {}
            }
        }
        if !is_done {
            untold.push("copying took too long and was given up".to_owned());
        }
        untold
    }

    fn suspend(&mut self) {
        if self.terminal.suspend().is_err() {
            self.ended = Some(Ended::Gone);
        }
        self.taken_again();
    }

    /// The terminal was another's in between.
    fn taken_again(&mut self) {
        if !ending() {
            self.refresh();
            self.ask_again();
        }
    }

    /// Draws everything anew, at the size that the window has now.
    fn refresh(&mut self) {
        if let Ok((columns, rows)) = self.terminal.size() {
            self.screen.resize(columns, rows);
            self.update(Message::Resize { columns, rows });
        }
        self.screen.invalidate();
    }
}

/// `KANBAO_PANIC=1` makes the next key press panic, and `KANBAO_PANIC=thread` another thread than this one: so that
/// tests can see the terminal restored.
fn panic_if_asked() {
    match std::env::var("KANBAO_PANIC").as_deref() {
        Ok("1") => panic!("asked for by KANBAO_PANIC"),
        Ok("thread") => {
            let _ = std::thread::spawn(|| panic!("asked for by KANBAO_PANIC")).join();
        }
        _ => {}
    }
}
