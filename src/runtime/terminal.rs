//! The terminal's set-up and its restore, whatever ends the program.
//!
//! What is set up once for the process can be restored from anywhere: the loop, the panic hook, a signal.

use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::os::fd::AsFd;
use std::process;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{getpgrp, getppid, getsid};
use rustix::termios::{QueueSelector, tcflush, tcgetpgrp};

use super::{output, signals};
use crate::text::printable;

/// The other screen, no cursor, no wrapping at the right edge, pastes marked as such, keys told apart where the
/// terminal can (Ctrl-I from Tab: kitty's keyboard protocol), a plain pen.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h\x1b[>1u\x1b[m";

/// All of it undone; the keyboard before the screen, as each screen has a keyboard mode of its own.
const LEAVE: &[u8] = b"\x1b[m\x1b[?7h\x1b[?2004l\x1b[<u\x1b[?25h\x1b[?1049l";

/// Takes back the keyboard mode, so that it can be set again without piling up.
const KEYBOARD_BACK: &[u8] = b"\x1b[<u";

/// The error number of a terminal that is no more.
const EIO: i32 = 5;

/// Whether the terminal is ours now. Held while that changes: who comes second waits until it has.
static ENTERED: Mutex<bool> = Mutex::new(false);

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
    pub fn enter() -> io::Result<Self> {
        output::open()?;
        open(&INPUT, io::stdin())?;
        let mut entered = lock();
        enable_raw_mode()?;
        *entered = true;
        drop(entered);
        let mut terminal = Self(());
        terminal.write_all(ENTER)?;
        Ok(terminal)
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
    pub fn enter_again(&mut self) -> io::Result<()> {
        let mut entered = lock();
        // What the process has in the background stops here until it is in front.
        disable_raw_mode()?;
        enable_raw_mode()?;
        *entered = true;
        drop(entered);
        self.write_all(KEYBOARD_BACK)?;
        self.write_all(ENTER)
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
        loop {
            signals::stop()?;
            if in_front() {
                return self.enter_again();
            }
            // Continued in the background: by `bg`, to stop again, or so that it can take a signal.
            std::thread::sleep(Duration::from_millis(20));
            if signals::ending() {
                return Ok(());
            }
        }
    }
}

impl Write for Terminal {
    /// Takes all, and waits for nothing once [`watch_output`](super::watch_output) was called. While the terminal is
    /// not ours, what is written goes nowhere.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if *lock() {
            output::send(bytes)?;
        }
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
pub fn leave() {
    let mut entered = lock();
    if !*entered {
        return;
    }
    *entered = false;
    // In the background it is another's.
    if !in_front() {
        return;
    }
    output::finish(LEAVE);
    // Late answers of the terminal and keys pressed at the end are not for the shell.
    if let Some(input) = INPUT.get() {
        let _ = tcflush(input, QueueSelector::IFlush);
    }
    let _ = disable_raw_mode();
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

/// Blocks until the terminal is no more.
pub(super) fn wait_for_hangup() {
    let Some(input) = INPUT.get() else { return };
    // No event is asked for: hangups are reported all the same.
    let mut asked = [PollFd::new(input, PollFlags::empty())];
    while !matches!(poll(&mut asked, None), Ok(1..)) {}
}

fn open(
    into: &'static OnceLock<File>,
    stream: impl AsFd + IsTerminal,
) -> io::Result<&'static File> {
    if let Some(file) = into.get() {
        return Ok(file);
    }
    let file = if stream.is_terminal() {
        File::from(stream.as_fd().try_clone_to_owned()?)
    } else {
        OpenOptions::new().read(true).write(true).open("/dev/tty")?
    };
    Ok(into.get_or_init(|| file))
}

/// Whether the process is the one that the terminal listens to; also where it has no control over jobs.
fn in_front() -> bool {
    INPUT
        .get()
        .and_then(|input| tcgetpgrp(input).ok())
        .is_none_or(|front| front == getpgrp())
}

/// Whether a shell stands above the process that continues it when it stops.
///
/// A shell gives its jobs groups of their own, so in the group of the session's leader there is none.
fn has_shell() -> bool {
    let Ok(session) = getsid(None) else {
        return false;
    };
    session != getpgrp() && getppid().is_some_and(|parent| getsid(Some(parent)) == Ok(session))
}

fn lock() -> MutexGuard<'static, bool> {
    ENTERED.lock().unwrap_or_else(PoisonError::into_inner)
}
