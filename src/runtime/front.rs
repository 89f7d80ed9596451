//! Whether the process has the terminal, or a shell has put it into the background.

use std::time::{Duration, Instant};

use rustix::process::{getpgrp, getppid, getsid};
use rustix::termios::tcgetpgrp;

use super::signals;
use super::terminal::opened;

/// How long it is waited for what comes with a signal that continues the process: another signal, the front. On a busy
/// machine the threads that take two signals may be far apart.
const SETTLED: Duration = Duration::from_millis(400);
/// So soon is looked again.
pub(super) const MOMENT: Duration = Duration::from_millis(20);

/// Whether the process is in front, or soon is; it need not be known when it is to end.
pub(super) fn comes_to_front() -> bool {
    let since = Instant::now();
    loop {
        if in_front() || signals::ending() {
            return true;
        }
        if since.elapsed() > SETTLED {
            return false;
        }
        std::thread::sleep(MOMENT);
    }
}

/// Whether the process is the one that the terminal listens to; also where it has no control over jobs.
pub(super) fn in_front() -> bool {
    opened()
        .and_then(|input| tcgetpgrp(input).ok())
        .is_none_or(|front| front == getpgrp())
}

/// Whether a shell stands above the process that continues it when it stops.
///
/// A shell gives its jobs groups of their own, so in the group of the session's leader there is none.
pub(super) fn has_shell() -> bool {
    let Ok(session) = getsid(None) else {
        return false;
    };
    session != getpgrp() && getppid().is_some_and(|parent| getsid(Some(parent)) == Ok(session))
}
