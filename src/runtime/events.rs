//! What happens, for the loop: events that other threads post, and what the terminal sends, which is read here.
//!
//! There is no thread that reads keys, so none has to wake another before a key acts. Whoever posts an event rings a bell,
//! a pipe for which the loop waits together with the terminal.

use std::collections::VecDeque;
use std::io::{self, PipeReader, PipeWriter, Read as _, Write as _};
use std::os::fd::AsFd;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SendError, Sender, channel};
use std::time::{Duration, Instant};

use rustix::fs::{OFlags, fcntl_setfl};

use super::Event;
use super::input::{Heard, Listener};

/// Where threads post their events.
#[derive(Debug, Clone)]
pub struct Post {
    events: Sender<Event>,
    bell: Arc<PipeWriter>,
}

impl Post {
    /// Posts an event, and wakes the loop if it waits.
    ///
    /// # Errors
    /// When nobody takes events any more.
    pub fn send(&self, event: Event) -> Result<(), SendError<Event>> {
        self.events.send(event)?;
        // A pipe that is full has woken it already.
        let _ = (&*self.bell).write(&[0]);
        Ok(())
    }
}

/// Where the loop takes its events from.
#[derive(Debug)]
pub struct Events {
    posted: Receiver<Event>,
    bell: PipeReader,
    terminal: Listener,
    /// What the terminal sent and nobody has taken yet.
    came: VecDeque<Event>,
    /// Whether the last that was looked at is the terminal.
    listened: bool,
}

impl Events {
    /// Both ends. The terminal is heard once it is set up.
    ///
    /// # Errors
    /// When there is no pipe to be had.
    pub fn open() -> io::Result<(Post, Self)> {
        let (events, posted) = channel();
        let (rung, bell) = io::pipe()?;
        fcntl_setfl(&rung, OFlags::NONBLOCK)?;
        fcntl_setfl(&bell, OFlags::NONBLOCK)?;
        let post = Post {
            events,
            bell: Arc::new(bell),
        };
        let events = Self {
            posted,
            bell: rung,
            terminal: Listener::default(),
            came: VecDeque::new(),
            listened: false,
        };
        Ok((post, events))
    }

    /// The next event, waited for so long or for ever. [`Event::Gone`] when the terminal is no more.
    pub fn next(&mut self, limit: Option<Duration>) -> Option<Event> {
        let until = limit.map(|limit| Instant::now() + limit);
        loop {
            if let Some(event) = self.came.pop_front() {
                return Some(event);
            }
            // A terminal that never ceases to send does not keep others from being heard.
            if std::mem::take(&mut self.listened)
                && let Ok(event) = self.posted.try_recv()
            {
                return Some(event);
            }
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            let heard = self
                .terminal
                .listen(left, self.bell.as_fd(), &mut self.came);
            match heard {
                Heard::Terminal => self.listened = true,
                Heard::Bell => {
                    if let Some(event) = self.posted() {
                        return Some(event);
                    }
                }
                Heard::Nothing => return None,
            }
        }
    }

    /// An event that was posted already.
    pub fn posted(&mut self) -> Option<Event> {
        if let Ok(event) = self.posted.try_recv() {
            return Some(event);
        }
        // The bell is silenced before the last look: who posts after that rings again.
        let mut rings = [0; 256];
        while matches!(self.bell.read(&mut rings), Ok(count) if count == rings.len()) {}
        self.posted.try_recv().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_posted_comes_in_order_and_then_nothing() {
        let (post, mut events) = Events::open().unwrap();
        // More than a pipe has room for rings.
        let count = 70_000;
        let posting = std::thread::spawn(move || {
            for number in 0..count {
                post.send(Event::Signal(number)).unwrap();
            }
            post
        });
        for number in 0..count {
            assert_eq!(events.next(None), Some(Event::Signal(number)));
        }
        let post = posting.join().unwrap();
        assert_eq!(events.next(Some(Duration::ZERO)), None);
        post.send(Event::Written).unwrap();
        assert_eq!(events.next(None), Some(Event::Written));
        post.send(Event::Suspend).unwrap();
        assert_eq!(events.posted(), Some(Event::Suspend));
        assert_eq!(events.posted(), None);
        assert_eq!(events.next(Some(Duration::from_millis(1))), None);
    }
}
