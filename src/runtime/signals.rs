//! Signals as events of the loop.

use std::io;
use std::process;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use crossterm::terminal::disable_raw_mode;
use rustix::process::{Signal, kill_current_process_group};
use signal_hook::consts::{
    SIGABRT, SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1,
    SIGUSR2, SIGVTALRM, SIGWINCH, SIGXCPU, SIGXFSZ,
};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::{Event, Post, leave};
use crate::app::Message;

/// How long the loop has to end after a signal that asks for it. A terminal that takes nothing may block it.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long the terminal has to take what restores it, after that.
const LAST_TRY: Duration = Duration::from_millis(500);

/// All that would end or stop the process, but what cannot be caught and what tells of a fault of its own.
const CAUGHT: [i32; 15] = [
    SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU,
    SIGXFSZ, SIGABRT, SIGTSTP, SIGCONT, SIGWINCH,
];

/// Whether a signal has asked the process to end.
static ENDING: AtomicBool = AtomicBool::new(false);

/// Whether [`stop`] is at work, which sees to the terminal itself.
static STOPPING: AtomicBool = AtomicBool::new(false);

/// How often the process was continued.
static CONTINUED: AtomicU32 = AtomicU32::new(0);

/// Sends an event for each signal from now on.
///
/// TERM, HUP, INT, QUIT and whatever else would end the process become [`Event::Signal`], upon which the loop is to keep what it has and call [`end`];
/// if it does not within a second, the process ends all the same. TSTP becomes [`Event::Suspend`], CONT
/// [`Event::Continued`], WINCH a [`Message::Resize`].
///
/// # Errors
/// When the handlers cannot be set.
pub fn watch_signals(events: Post) -> io::Result<()> {
    let mut signals = Signals::new(CAUGHT)?;
    let watch = move || {
        for signal in signals.forever() {
            let event = match signal {
                SIGTSTP => Event::Suspend,
                // The size of now: of many signals that came at once, one is left.
                SIGWINCH => match crossterm::terminal::size() {
                    Ok((columns, rows)) => Event::Message(Message::Resize { columns, rows }),
                    Err(_) => continue,
                },
                SIGCONT => {
                    CONTINUED.fetch_add(1, Ordering::Relaxed);
                    if STOPPING.load(Ordering::Relaxed) {
                        continue;
                    }
                    Event::Continued
                }
                _ => {
                    if !ENDING.swap(true, Ordering::Relaxed) {
                        thread::spawn(move || end_late(signal));
                    }
                    Event::Signal(signal)
                }
            };
            if events.send(event).is_err() {
                return;
            }
        }
    };
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(watch)?;
    Ok(())
}

/// Whether a signal has asked the process to end.
pub(super) fn ending() -> bool {
    ENDING.load(Ordering::Relaxed)
}

/// Stops the process with all of its group, as Ctrl-Z does, until it is continued.
///
/// # Errors
/// When it cannot be stopped.
pub(super) fn stop() -> io::Result<()> {
    STOPPING.store(true, Ordering::Relaxed);
    let before = CONTINUED.load(Ordering::Relaxed);
    let sent = kill_current_process_group(Signal::STOP);
    // Another thread may take the signal, and this one run on for a moment. Without handlers, a second is enough.
    for _ in 0..200 {
        if sent.is_err() || CONTINUED.load(Ordering::Relaxed) != before {
            break;
        }
        thread::sleep(Duration::from_millis(5));
    }
    STOPPING.store(false, Ordering::Relaxed);
    Ok(sent?)
}

/// Gives the terminal back and ends the process as the signal does by default, so that its parent learns of it.
pub fn end(signal: i32) -> ! {
    leave();
    let _ = emulate_default_handler(signal);
    process::exit(128 + signal)
}

/// Ends the process if the loop has not, even if the terminal takes nothing.
fn end_late(signal: i32) {
    thread::sleep(PATIENCE);
    thread::spawn(leave);
    thread::sleep(LAST_TRY);
    let _ = disable_raw_mode();
    process::exit(128 + signal)
}
