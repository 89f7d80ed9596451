//! A program on a pseudo-terminal, and the time from a key to the last byte of its answer.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// So long without a byte, and the answer is over.
const QUIET: Duration = Duration::from_millis(40);
/// So long is the first byte of an answer waited for.
const FIRST: Duration = Duration::from_secs(3);

/// The program and its terminal.
pub struct Tty {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    chunks: Receiver<(Instant, usize)>,
    started: Instant,
    _master: Box<dyn MasterPty + Send>,
}

impl Tty {
    /// Starts a program in a terminal of 160x48.
    pub fn spawn(program: &Path, arguments: &[String], home: &Path) -> Self {
        let size = PtySize {
            rows: 48,
            cols: 160,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pty = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.cwd(home);
        for (name, value) in [
            ("TERM", "xterm-256color"),
            ("LC_ALL", "C.UTF-8"),
            ("LESSCHARSET", "utf-8"),
            ("LESSHISTFILE", "-"),
        ] {
            command.env(name, value);
        }
        command.env("XDG_STATE_HOME", home);
        let started = Instant::now();
        let child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let mut reader = pty.master.try_clone_reader().unwrap();
        let writer = pty.master.take_writer().unwrap();
        let (send, chunks) = channel();
        thread::spawn(move || {
            let mut bytes = vec![0; 1 << 16];
            while let Ok(size) = reader.read(&mut bytes) {
                if size == 0 || send.send((Instant::now(), size)).is_err() {
                    return;
                }
            }
        });
        Self {
            child,
            writer,
            chunks,
            started,
            _master: pty.master,
        }
    }

    /// Milliseconds from the start to the last byte before the program is quiet for so long.
    pub fn settle(&mut self, quiet: Duration, limit: Duration) -> f64 {
        let mut last = self.started;
        let mut wait = limit;
        while let Ok((at, _)) = self.chunks.recv_timeout(wait) {
            last = at;
            wait = quiet;
        }
        milliseconds(last - self.started)
    }

    /// Milliseconds from a key to the last byte of its answer, and the answer's bytes; nothing when none came.
    pub fn press(&mut self, key: &str) -> Option<(f64, f64)> {
        while self.chunks.try_recv().is_ok() {}
        let pressed = Instant::now();
        self.writer.write_all(key.as_bytes()).unwrap();
        self.writer.flush().unwrap();
        let (mut last, mut bytes) = (None, 0);
        loop {
            let wait = if last.is_none() { FIRST } else { QUIET };
            match self.chunks.recv_timeout(wait) {
                Ok((at, size)) => {
                    last = Some(at);
                    bytes += size;
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        #[allow(clippy::cast_precision_loss)]
        let bytes = bytes as f64;
        last.map(|at| (milliseconds(at - pressed), bytes))
    }

    /// The most memory that the program has had, in MB.
    pub fn peak_memory(&self) -> f64 {
        let status = self
            .child
            .process_id()
            .and_then(|id| std::fs::read_to_string(format!("/proc/{id}/status")).ok())
            .unwrap_or_default();
        status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .and_then(|kb| kb.trim().trim_end_matches(" kB").parse::<f64>().ok())
            .map_or(f64::NAN, |kb| kb / 1000.0)
    }

    /// Sends the last keys and ends the program if they do not.
    pub fn end(mut self, keys: &str) {
        let _ = self.writer.write_all(keys.as_bytes());
        let _ = self.writer.flush();
        for _ in 0..50 {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
