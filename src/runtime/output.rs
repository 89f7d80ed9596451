//! Bytes on their way to the terminal. It takes at once what it has room for; a thread waits until it takes the rest, as
//! over a slow line, so that nothing else waits.
//!
//! Who draws asks [`is_busy`] first: one frame at most is on its way, those in between are never made, and
//! [`Event::Written`] says when the next can be.

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::os::fd::AsFd;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::termios::{Action, QueueSelector, tcflow, tcflush, ttyname};

use super::{Event, Post};

/// So long has the terminal at the end to take what gives it back.
const PATIENCE: Duration = Duration::from_millis(500);
/// So long once more, after what stood in its way was thrown away.
const LAST_TRY: Duration = Duration::from_millis(100);

/// Ends whatever sequence a terminal may be in the midst of (CAN, and ST for strings).
const CANCEL: &[u8] = b"\x18\x1b\\";

/// Ends a link (OSC 8).
const NO_LINK: &[u8] = b"\x1b]8;;\x1b\\";

/// So much is written at once where writing may block: what a terminal has room for if it has any.
const PIECE: usize = 256;

static OUTPUT: OnceLock<Output> = OnceLock::new();
static QUEUE: Mutex<Queue> = Mutex::new(Queue::NEW);
/// Told when there is something in the queue.
static FILLED: Condvar = Condvar::new();

/// Where we write.
#[derive(Debug)]
struct Output {
    file: File,
    /// Whether it is ours alone and so never blocks. Otherwise the shell has it too, and its flags are not ours.
    private: bool,
}

/// What the terminal has not taken yet.
#[derive(Debug)]
struct Queue {
    /// From the start of what was sent together.
    bytes: Vec<u8>,
    /// How much of it the terminal has.
    taken: usize,
    /// Whether a thread sees to it.
    watched: bool,
    /// Whether the terminal is ours.
    begun: bool,
}

/// Opens the terminal on standard output, else the controlling one. Once.
///
/// # Errors
/// When there is none.
pub(super) fn open() -> io::Result<()> {
    if OUTPUT.get().is_none() {
        let (file, private) = open_anew(&io::stdout())?;
        let output = Output { file, private };
        let _ = OUTPUT.set(output);
    }
    Ok(())
}

/// Lets bytes be sent from now on.
pub(super) fn begin() {
    lock().begun = true;
}

/// Drops what is on its way and whatever is sent from now on: the terminal is another's.
pub(super) fn end() {
    if let Some(mut queue) = locked_within(&QUEUE, PATIENCE) {
        queue.begun = false;
        queue.clear();
    }
}

/// Sends bytes behind those that are on their way; they go nowhere unless it was [begun](begin). Does not wait for a terminal that takes none, if
/// [`watch_output`] was called.
///
/// # Errors
/// When the terminal is no more.
pub(super) fn send(bytes: &[u8]) -> io::Result<()> {
    let Some(output) = OUTPUT.get() else {
        return Ok(());
    };
    let mut queue = lock();
    if !queue.begun {
        return Ok(());
    }
    queue.bytes.extend_from_slice(bytes);
    while !queue.push(output)? {
        if queue.watched {
            FILLED.notify_one();
            break;
        }
        output.wait(None);
    }
    Ok(())
}

/// Whether something is on its way.
pub(super) fn is_busy() -> bool {
    !lock().bytes.is_empty()
}

/// Sends the last bytes: what is on its way is cut off behind a whole character or sequence. Ends within a second,
/// even if the terminal takes nothing. What is sent behind them, as by a thread that has not heard of the end, goes
/// nowhere. Whether it has taken all.
pub(super) fn finish(last: &[u8]) -> bool {
    let Some(output) = OUTPUT.get() else {
        return false;
    };
    let Some(mut queue) = locked_within(&QUEUE, PATIENCE) else {
        return false;
    };
    queue.begun = false;
    let end = whole(&queue.bytes, queue.taken);
    queue.bytes.truncate(end);
    if queue.taken > 0 {
        // The frame may have been cut off within a link.
        queue.bytes.extend_from_slice(NO_LINK);
    }
    queue.bytes.extend_from_slice(last);
    let told = queue.drain(output, PATIENCE);
    if told == Ok(false) {
        // Output that someone has stopped goes on; what the terminal has not read is dropped, perhaps in the midst of
        // something.
        let _ = tcflow(&output.file, Action::OOn);
        let _ = tcflush(&output.file, QueueSelector::OFlush);
        queue.clear();
        queue.bytes.extend_from_slice(CANCEL);
        queue.bytes.extend_from_slice(NO_LINK);
        queue.bytes.extend_from_slice(last);
        let _ = queue.drain(output, LAST_TRY);
    }
    queue.clear();
    told == Ok(true)
}

/// Starts the thread that waits for the terminal to take what it has no room for at once. It sends
/// [`Event::Written`] when all is written, and [`Event::Gone`] when the terminal is no more.
///
/// # Errors
/// When no thread can be started.
pub fn watch_output(events: Post) -> io::Result<()> {
    thread::Builder::new()
        .name("output".to_owned())
        .spawn(move || watch(&events))?;
    lock().watched = true;
    Ok(())
}

fn watch(events: &Post) {
    loop {
        let mut queue = lock();
        while queue.bytes.is_empty() {
            queue = FILLED.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
        drop(queue);
        let Some(output) = OUTPUT.get() else { return };
        output.wait(None);
        let event = match lock().push(output) {
            Ok(false) => continue,
            Ok(true) => Event::Written,
            Err(_) => Event::Gone,
        };
        if events.send(event).is_err() {
            return;
        }
    }
}

impl Output {
    /// Waits until the terminal has room, or is no more, or the time is over.
    fn wait(&self, limit: Option<Duration>) {
        let limit = limit.and_then(|limit| Timespec::try_from(limit).ok());
        let mut asked = [PollFd::new(&self.file, PollFlags::OUT)];
        let told = poll(&mut asked, limit.as_ref());
        let known = PollFlags::OUT | PollFlags::HUP | PollFlags::ERR;
        if told.is_err() || told == Ok(1) && !asked[0].revents().intersects(known) {
            // Interrupted, or a system that does not tell this of terminals.
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Writes what there is room for, perhaps nothing.
    fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        let piece = if self.private {
            bytes
        } else {
            let mut asked = [PollFd::new(&self.file, PollFlags::OUT)];
            if poll(&mut asked, Some(&Timespec::default())) == Ok(0) {
                return Ok(0);
            }
            &bytes[..bytes.len().min(PIECE)]
        };
        loop {
            match (&self.file).write(piece) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(0),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                done => return done,
            }
        }
    }
}

impl Queue {
    const NEW: Self = Self {
        bytes: Vec::new(),
        taken: 0,
        watched: false,
        begun: false,
    };

    /// Writes what there is room for. Whether that was all.
    fn push(&mut self, output: &Output) -> io::Result<bool> {
        while let Some(rest @ [_, ..]) = self.bytes.get(self.taken..) {
            match output.write(rest) {
                Ok(0) => return Ok(false),
                Ok(count) => self.taken += count,
                Err(error) => {
                    self.clear();
                    return Err(error);
                }
            }
        }
        self.clear();
        Ok(true)
    }

    /// Writes all, if there is room within this time. Whether that was all.
    fn drain(&mut self, output: &Output, limit: Duration) -> Result<bool, io::ErrorKind> {
        let until = Instant::now() + limit;
        while !self.push(output).map_err(|error| error.kind())? {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(false);
            }
            output.wait(Some(left));
        }
        Ok(true)
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.taken = 0;
    }
}

/// Where the character or sequence ends of which some is among the first `taken` bytes; `taken` itself between two.
fn whole(bytes: &[u8], taken: usize) -> usize {
    let mut at = 0;
    while at < taken {
        at += unit(bytes.get(at..).unwrap_or_default()).max(1);
    }
    at.min(bytes.len())
}

/// Length of the character or sequence at the start. Source: ECMA-48, 5.4 for control sequences, 5.6 for strings.
fn unit(bytes: &[u8]) -> usize {
    let behind = |found: Option<usize>| found.map_or(bytes.len(), |at| at + 1);
    match bytes {
        [0x1b, b'[', ..] => {
            let rest = bytes.iter().skip(2);
            behind(
                rest.clone()
                    .position(|b| (0x40..=0x7e).contains(b))
                    .map(|at| at + 2),
            )
        }
        [0x1b, b']' | b'P' | b'_' | b'^' | b'X', ..] => {
            let mut at = 2;
            while let Some(byte) = bytes.get(at) {
                match (byte, bytes.get(at + 1)) {
                    (0x07, _) => return at + 1,
                    (0x1b, Some(b'\\')) => return at + 2,
                    // What is handed through tmux has each escape twice.
                    (0x1b, Some(0x1b)) => at += 2,
                    _ => at += 1,
                }
            }
            bytes.len()
        }
        [0x1b, _, ..] => 2,
        _ => behind(bytes.iter().skip(1).position(|b| b & 0xc0 != 0x80)),
    }
}

fn lock() -> MutexGuard<'static, Queue> {
    QUEUE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a lock keeps, unless another thread holds it for so long, as one that panics.
pub(super) fn locked_within<T>(
    lock: &'static Mutex<T>,
    limit: Duration,
) -> Option<MutexGuard<'static, T>> {
    let until = Instant::now() + limit;
    loop {
        match lock.try_lock() {
            Ok(guard) => return Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) if Instant::now() < until => {
                thread::sleep(Duration::from_millis(5));
            }
            Err(TryLockError::WouldBlock) => return None,
        }
    }
}

/// The terminal that a stream is, else the controlling one, opened anew, so that not to block is a matter of ours alone
/// and not of the shell that has the same terminal. Where that cannot be, the stream itself, and false.
///
/// # Errors
/// When there is no terminal.
pub(super) fn open_anew(stream: &(impl AsFd + IsTerminal)) -> io::Result<(File, bool)> {
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let anew = |path: &Path| -> io::Result<(File, bool)> {
        let file = rustix::fs::open(path, flags, Mode::empty()).map(File::from)?;
        Ok((file, true))
    };
    if !stream.is_terminal() {
        return anew(Path::new("/dev/tty"));
    }
    let name = ttyname(stream, Vec::new())?;
    let name = Path::new(std::ffi::OsStr::from_bytes(name.as_bytes()));
    // Another user's terminal, as behind su, cannot be opened.
    anew(name).or_else(|_| Ok((File::from(stream.as_fd().try_clone_to_owned()?), false)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_that_takes_nothing_is_given_up_in_time() {
        let (mut reader, writer) = io::pipe().unwrap();
        rustix::fs::fcntl_setfl(&writer, OFlags::NONBLOCK).unwrap();
        let output = Output {
            file: File::from(std::os::fd::OwnedFd::from(writer)),
            private: true,
        };
        let mut queue = Queue::NEW;
        queue.bytes = vec![b'x'; 1 << 20];
        let start = Instant::now();
        assert!(!queue.push(&output).unwrap());
        assert_eq!(queue.drain(&output, LAST_TRY), Ok(false));
        assert!(start.elapsed() >= LAST_TRY);
        // It goes on where it stopped.
        let rest = queue.bytes.len() - queue.taken;
        let mut taken = vec![0; queue.taken];
        io::Read::read_exact(&mut reader, &mut taken).unwrap();
        let reading = thread::spawn(move || {
            let mut got = Vec::new();
            io::Read::read_to_end(&mut reader, &mut got).unwrap();
            got.len()
        });
        assert_eq!(queue.drain(&output, Duration::from_secs(20)), Ok(true));
        drop(output);
        assert_eq!(reading.join().unwrap(), rest);
    }

    #[test]
    fn nothing_is_cut_in_two() {
        let parts = [
            "\u{1b}[38;2;1;2;3m",
            "a",
            "乌",
            "e",
            "\u{301}",
            "\u{1b}7",
            "\u{1b}]52;c;5LmM\u{7}",
            "\u{1b}]8;;https://a.example\u{1b}\\",
            "\u{1b}Ptmux;\u{1b}\u{1b}]52;c;5LmM\u{1b}\u{1b}\\\u{1b}\\",
            "\r",
            "\u{1b}[?2026l",
        ];
        let all = parts.concat();
        let mut start = 0;
        for part in parts {
            let end = start + part.len();
            for taken in start + 1..=end {
                assert_eq!(whole(all.as_bytes(), taken), end, "{part:?}, {taken} taken");
            }
            start = end;
        }
        assert_eq!(whole(all.as_bytes(), 0), 0);
        // Unfinished at its own end.
        assert_eq!(whole(b"\x1b[1", 2), 3);
    }
}
