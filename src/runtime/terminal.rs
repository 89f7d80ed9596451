//! The terminal's set-up and its restore, whatever ends the program.
//!
//! What is set up once for the process can be restored from anywhere: the loop, the panic hook, a signal.

use std::fs::File;
use std::io::{self, Read as _, Write};
use std::os::fd::BorrowedFd;
use std::process;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::termios::{QueueSelector, tcflush};

use super::front::{MOMENT, comes_to_front, has_shell, in_front};
use super::input::{Decoder, Input};
use super::modes::{Modes, POP_KEYBOARD, PUSH_KEYBOARD};
use super::reply::Reply;
use super::{output, signals};
use crate::text::printable;

/// What every terminal answers.
const FENCE: &[u8] = b"\x1b[c";

/// The error number of a terminal that is no more.
const EIO: i32 = 5;

/// So long at most is waited at the end for what is still on its way, once the terminal has answered something.
const LAST_ANSWERS: Duration = Duration::from_millis(500);

/// So soon is looked again where nothing tells that there is something to read.
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// An answer that has not come by then does not come.
const NO_ANSWER: Duration = Duration::from_secs(2);

/// Held while anything of it changes, and while the terminal is read: who comes second waits until that is over.
static STATE: Mutex<State> = Mutex::new(State {
    entered: false,
    modes: Modes {
        alternate: true,
        mouse: false,
    },
    keyboard: false,
    questions: Vec::new(),
    asked: Vec::new(),
    journey: None,
    given_back: false,
});

/// How things stand between the terminal and us.
#[derive(Debug)]
struct State {
    /// Whether it is ours now.
    entered: bool,
    /// What is on in it while it is ours.
    modes: Modes,
    /// Whether the keyboard's flags are pushed while it is ours.
    keyboard: bool,
    /// Questions of which who reads the input has not learned: how many answers about the cursor each awaits.
    questions: Vec<u32>,
    /// When each question was asked of which the last answer, about the primary attributes, is still to come.
    asked: Vec<Instant>,
    /// How long the latest answer took.
    journey: Option<Duration>,
    /// Whether the terminal was given back since the input was read last: what it was in the midst of is gone.
    given_back: bool,
}

/// Where keys come from: a terminal on standard input, else the controlling one. Opened once.
static INPUT: OnceLock<File> = OnceLock::new();

/// The terminal while it is ours; dropping it gives it back.
#[derive(Debug)]
pub struct Terminal(());

impl Terminal {
    /// Sets the terminal up.
    ///
    /// # Errors
    /// When there is none, or it cannot be written to; it is as before then.
    pub fn enter(modes: Modes) -> io::Result<Self> {
        output::open()?;
        input()?;
        let mut state = lock();
        enable_raw_mode()?;
        if signals::ending() {
            // It was stopped in the background until it was to end.
            disable_raw_mode()?;
            return Err(io::ErrorKind::Interrupted.into());
        }
        state.entered = true;
        state.modes = modes;
        output::begin();
        drop(state);
        let mut terminal = Self(());
        terminal.write_all(&modes.enter())?;
        Ok(terminal)
    }

    /// Asks the terminal something. The question is to end with one about its primary attributes (`CSI c`), and
    /// so many of its answers tell of the cursor.
    ///
    /// # Errors
    /// When it cannot be written to.
    pub fn ask(&mut self, question: &[u8], cursors: u32) -> io::Result<()> {
        let mut state = lock();
        state.questions.push(cursors);
        state.asked.push(Instant::now());
        drop(state);
        self.write_all(question)
    }

    /// Has it tell keys apart that are one otherwise, Ctrl-I from Tab, once it has told that it knows kitty's keyboard
    /// protocol. Given back with all else.
    ///
    /// # Errors
    /// When it cannot be written to.
    pub fn push_keyboard(&mut self) -> io::Result<()> {
        let mut state = lock();
        if !state.entered || std::mem::replace(&mut state.keyboard, true) {
            return Ok(());
        }
        // Under the lock: nobody is to leave between.
        output::send(PUSH_KEYBOARD)
    }

    /// Its size in cells: columns, rows.
    ///
    /// # Errors
    /// When it does not say.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        crossterm::terminal::size()
    }

    /// Whether it has yet to take what was written: another frame would only have to wait.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        output::is_busy()
    }

    /// Sets it up once more, after something else may have had it. Nothing is known of the screen then.
    ///
    /// # Errors
    /// When it cannot be written to.
    fn enter_again(&mut self) -> io::Result<()> {
        let mut state = lock();
        // What the process has in the background stops here until it is in front.
        disable_raw_mode()?;
        enable_raw_mode()?;
        state.entered = true;
        output::begin();
        let (modes, keyboard) = (state.modes, state.keyboard);
        drop(state);
        let mut bytes = Vec::new();
        if keyboard {
            // It may still be there, and is not to pile up.
            bytes.extend_from_slice(POP_KEYBOARD);
        }
        bytes.extend(modes.enter());
        if keyboard {
            bytes.extend_from_slice(PUSH_KEYBOARD);
        }
        self.write_all(&bytes)
    }

    /// Gives the terminal back, stops the process with all of its group as Ctrl-Z does, and sets the terminal up again
    /// once a shell has continued it in front. Nothing is known of the screen then.
    ///
    /// Nothing stops where no shell could continue it. Returns at once when a signal asks the process to end.
    ///
    /// # Errors
    /// When the terminal cannot be set up again.
    pub fn suspend(&mut self) -> io::Result<()> {
        if !has_shell() {
            return Ok(());
        }
        leave();
        signals::stop()?;
        self.resume()
    }

    /// Takes the terminal again when the process was continued: at once in front, else once a shell has brought it
    /// there. Nothing is known of the screen then.
    ///
    /// Returns at once when a signal asks the process to end.
    ///
    /// # Errors
    /// When the terminal cannot be set up again.
    pub fn resume(&mut self) -> io::Result<()> {
        std::thread::sleep(MOMENT);
        while !signals::ending() && !comes_to_front() {
            // Continued in the background: by `bg`, to stop again, or so that it can take a signal. To touch the
            // terminal would stop the process wherever it is, with all that it holds.
            signals::stop()?;
        }
        if signals::ending() {
            return Ok(());
        }
        self.enter_again()
    }
}

impl Write for Terminal {
    /// Takes all, and waits for nothing once [`watch_output`](super::watch_output) was called. While the terminal is
    /// not ours, what is written goes nowhere.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        output::send(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        leave();
    }
}

/// Gives the terminal back, from any thread; nothing happens when it is not ours.
///
/// All is done once and in this order: what was switched on is switched off, what the terminal still sends is thrown
/// away, its driver is as before.
pub fn leave() {
    let Some(mut state) = lock_within(LAST_ANSWERS) else {
        // Whoever holds it has come to grief itself.
        let _ = disable_raw_mode();
        return;
    };
    if !state.entered {
        return;
    }
    state.entered = false;
    state.given_back = true;
    // In the background it is another's.
    if !in_front() {
        output::end();
        return;
    }
    let mut last = state.modes.leave(state.keyboard);
    state.asked.retain(|asked| asked.elapsed() < NO_ANSWER);
    // The mouse may move until the terminal has read this. An answer tells when it has; it is asked for only where one
    // has come soon, or else it could itself come too late.
    if state.journey.is_some_and(|journey| journey < LAST_ANSWERS) {
        state.asked.push(Instant::now());
        last.extend_from_slice(FENCE);
    }
    // The answers to what was asked when nothing was known yet may take as long as they may; later ones are known to
    // come sooner.
    let until = match (state.journey, state.asked.last()) {
        (None, Some(asked)) => *asked + NO_ANSWER,
        _ => Instant::now() + LAST_ANSWERS,
    };
    if output::finish(&last) && !state.asked.is_empty() {
        drain(state.asked.len(), until);
    }
    state.asked.clear();
    if let Some(input) = INPUT.get() {
        let _ = tcflush(input, QueueSelector::IFlush);
    }
    let _ = disable_raw_mode();
}

/// Throws away what the terminal sends until it has answered so many questions; for a short time only.
fn drain(mut awaited: usize, until: Instant) {
    let Some(input) = INPUT.get() else { return };
    let mut decoder = Decoder::default();
    let mut bytes = [0; 4096];
    while awaited > 0 {
        let left = until.saturating_duration_since(Instant::now());
        if !ready(input, Some(left)).is_some_and(|ready| ready.contains(PollFlags::IN)) {
            return;
        }
        let Ok(count @ 1..) = (&mut &*input).read(&mut bytes) else {
            return;
        };
        let inputs = decoder.take(bytes.get(..count).unwrap_or_default());
        let answers = inputs
            .iter()
            .filter(|input| **input == Input::Reply(Reply::Primary));
        awaited = awaited.saturating_sub(answers.count());
    }
}

/// Takes note that the terminal has answered the oldest question.
pub(super) fn answered() {
    let mut state = lock();
    if !state.asked.is_empty() {
        let asked = state.asked.remove(0);
        state.journey = Some(asked.elapsed());
    }
}

/// Whether answers may still come.
pub(super) fn is_awaited() -> bool {
    let state = lock();
    state.asked.iter().any(|asked| asked.elapsed() < NO_ANSWER)
}

/// What came of reading.
#[derive(Debug)]
pub(super) enum Read {
    /// So many bytes.
    Bytes {
        count: usize,
        /// The questions that were asked since the last time: how many answers about the cursor each awaits.
        questions: Vec<u32>,
        /// Whether the terminal was another's in between: nothing that was begun goes on.
        anew: bool,
    },
    /// Nothing, but the bell rang.
    Bell,
    /// Nothing for as long as was to be waited.
    Silence,
    /// The terminal is no more.
    Gone,
}

/// Waits for bytes or for what can be read from `bell`, for ever or so long, and reads some of the bytes. While the terminal
/// is not ours, what it sends is another's.
pub(super) fn read(bytes: &mut [u8], wait: Option<Duration>, bell: BorrowedFd<'_>) -> Read {
    let Some(input) = INPUT.get() else {
        return match poll_within(&mut [PollFd::from_borrowed_fd(bell, PollFlags::IN)], wait) {
            Ok(0) => Read::Silence,
            _ => Read::Bell,
        };
    };
    let until = wait.map(|wait| Instant::now() + wait);
    loop {
        let left = until.map(|until| until.saturating_duration_since(Instant::now()));
        let mut asked = [
            PollFd::new(input, PollFlags::IN),
            PollFd::from_borrowed_fd(bell, PollFlags::IN),
        ];
        let happened = match poll_within(&mut asked, left) {
            Ok(0) => return Read::Silence,
            Ok(_) => asked[0].revents(),
            Err(_) => PollFlags::ERR,
        };
        if happened.is_empty() {
            return Read::Bell;
        }
        if happened.intersects(PollFlags::HUP | PollFlags::ERR) {
            return Read::Gone;
        }
        let mut state = lock();
        // Who gave the terminal back and took it again may have thrown away what was there.
        if state.entered && ready(input, Some(Duration::ZERO)).is_some() {
            match (&mut &*input).read(bytes) {
                Ok(count @ 1..) => {
                    return Read::Bytes {
                        count,
                        questions: std::mem::take(&mut state.questions),
                        anew: std::mem::take(&mut state.given_back),
                    };
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Ok(0) | Err(_) => return Read::Gone,
            }
        }
        drop(state);
        // It is another's now, or the system does not tell of it (macOS of /dev/tty).
        let mut asked = [PollFd::from_borrowed_fd(bell, PollFlags::IN)];
        if poll_within(&mut asked, Some(LOOK_AGAIN)) != Ok(0) {
            return Read::Bell;
        }
        if left.is_some_and(|left| left.is_zero()) {
            return Read::Silence;
        }
    }
}

/// What there is to read or to know of the terminal; nothing when the time is over.
fn ready(input: &File, wait: Option<Duration>) -> Option<PollFlags> {
    let mut asked = [PollFd::new(input, PollFlags::IN)];
    match poll_within(&mut asked, wait) {
        Ok(0) => None,
        Ok(_) => Some(asked[0].revents()),
        Err(_) => Some(PollFlags::ERR),
    }
}

/// Waits for any of them, whatever signals come; the number of those that have something to tell.
fn poll_within(asked: &mut [PollFd<'_>], wait: Option<Duration>) -> Result<usize, Errno> {
    let limit = wait.and_then(|wait| Timespec::try_from(wait).ok());
    loop {
        match poll(asked, limit.as_ref()) {
            Err(Errno::INTR) => {}
            told => return told,
        }
    }
}

/// Where keys come from, once that was opened.
pub(super) fn opened() -> Option<&'static File> {
    INPUT.get()
}

/// Where keys come from.
///
/// # Errors
/// When there is no terminal.
pub(super) fn input() -> io::Result<&'static File> {
    if let Some(file) = INPUT.get() {
        return Ok(file);
    }
    let file = output::open_anew(&io::stdin())?.0;
    Ok(INPUT.get_or_init(|| file))
}

/// Makes a panic on any thread give the terminal back, say what happened, and end the process with 101.
pub fn install_panic_hook() {
    std::panic::set_hook(Box::new(|info| {
        leave();
        let thread = std::thread::current();
        let name = thread.name().unwrap_or("unnamed").to_owned();
        let backtrace = std::backtrace::Backtrace::capture();
        let said = match backtrace.status() {
            std::backtrace::BacktraceStatus::Captured => {
                format!("kanbao: thread {name} {info}\n{backtrace}")
            }
            _ => format!("kanbao: thread {name} {info}"),
        };
        let _ = writeln!(io::stderr(), "{}", printable(&said));
        process::exit(101);
    }));
}

/// Whether the error says that the terminal is no more, so that there is nobody to tell and nothing to restore.
#[must_use]
pub fn is_gone(error: &io::Error) -> bool {
    error.raw_os_error() == Some(EIO) || error.kind() == io::ErrorKind::BrokenPipe
}

fn lock() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The same, unless another thread keeps it, as one that panics.
fn lock_within(limit: Duration) -> Option<MutexGuard<'static, State>> {
    output::locked_within(&STATE, limit)
}
