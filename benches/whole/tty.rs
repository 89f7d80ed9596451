//! A program on a pseudo-terminal of 160x48, and the time from a key to its answer.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// So long without a byte, and an answer is over.
const QUIET: Duration = Duration::from_millis(40);
/// The same for a start, where a program may show something before it has read the file.
const QUIET_AT_START: Duration = Duration::from_millis(400);
/// So long is the first byte of an answer waited for.
const LIMIT: Duration = Duration::from_secs(30);
/// A key that changes nothing may have no answer; so long is one waited for.
const LIMIT_OF_KEY: Duration = Duration::from_secs(2);

const COLUMNS: u16 = 160;
const ROWS: u16 = 48;

/// What every terminal is asked and answers, and what a program may wait for.
const QUESTION: &[u8] = b"\x1b[c";
const ANSWER: &[u8] = b"\x1b[?62;22c";

type Writer = Arc<Mutex<Box<dyn Write + Send>>>;

/// The program and its terminal.
pub(crate) struct Tty {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    writer: Writer,
    chunks: Receiver<Chunk>,
    started: Instant,
}

/// What was read at once, and when.
struct Chunk {
    at: Instant,
    bytes: Vec<u8>,
}

/// How long an answer took until its last byte, in milliseconds, and its bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answer {
    pub(crate) time: f64,
    pub(crate) bytes: f64,
}

impl Tty {
    /// Starts a program; what it keeps goes into `home`.
    pub(crate) fn spawn(program: &Path, arguments: &[&str], home: &Path) -> Self {
        let pty = native_pty_system().openpty(size(COLUMNS)).unwrap();
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
        let mut reader = pty.master.try_clone_reader().unwrap();
        let writer: Writer = Arc::new(Mutex::new(pty.master.take_writer().unwrap()));
        let (send, chunks) = channel();
        let answers = Arc::clone(&writer);
        thread::spawn(move || {
            let mut room = vec![0; 1 << 16];
            while let Ok(length @ 1..) = reader.read(&mut room) {
                let (at, bytes) = (Instant::now(), room[..length].to_vec());
                if bytes.windows(QUESTION.len()).any(|part| part == QUESTION) {
                    let _ = answers.lock().unwrap().write_all(ANSWER);
                }
                if send.send(Chunk { at, bytes }).is_err() {
                    return;
                }
            }
        });
        let started = Instant::now();
        let child = pty.slave.spawn_command(command).unwrap();
        Self {
            child,
            master: pty.master,
            writer,
            chunks,
            started,
        }
    }

    /// Milliseconds from the start to the last byte of the first frame.
    pub(crate) fn first_frame(&mut self) -> f64 {
        self.answer(self.started, LIMIT, QUIET_AT_START)
            .map_or(f64::NAN, |answer| answer.time)
    }

    /// Presses a key; nothing when no answer came.
    pub(crate) fn press(&mut self, key: &str) -> Option<Answer> {
        let pressed = self.write(key);
        self.answer(pressed, LIMIT_OF_KEY, QUIET)
    }

    /// Presses a key and does not wait for its answer.
    pub(crate) fn press_quickly(&mut self, key: &str) {
        self.write(key);
        thread::sleep(Duration::from_millis(20));
    }

    /// Milliseconds from the keys, sent in one piece, until the terminal has got the character; NaN when it never did.
    pub(crate) fn press_until(&mut self, keys: &str, shown: char) -> f64 {
        let pressed = self.write(keys);
        let mut utf8 = [0; 4];
        let wanted = shown.encode_utf8(&mut utf8).as_bytes();
        let mut got = Vec::new();
        while let Ok(chunk) = self.chunks.recv_timeout(LIMIT) {
            got.extend(chunk.bytes);
            if got.windows(wanted.len()).any(|bytes| bytes == wanted) {
                self.answer(pressed, QUIET, QUIET);
                return milliseconds(chunk.at - pressed);
            }
        }
        f64::NAN
    }

    /// Gives the terminal so many columns.
    pub(crate) fn resize(&mut self, columns: u16) -> Option<Answer> {
        self.forget();
        let resized = Instant::now();
        self.master.resize(size(columns)).unwrap();
        self.answer(resized, LIMIT_OF_KEY, QUIET)
    }

    /// The most memory that the program has had, in MB.
    pub(crate) fn peak_memory(&self) -> f64 {
        let status = self
            .child
            .process_id()
            .and_then(|id| std::fs::read_to_string(format!("/proc/{id}/status")).ok())
            .unwrap_or_default();
        status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .and_then(|kib| kib.trim().trim_end_matches(" kB").parse::<f64>().ok())
            .map_or(f64::NAN, |kib| kib * 1024.0 / 1e6)
    }

    /// Presses the last key; a program that does not end of it is killed. Milliseconds until it has ended.
    pub(crate) fn end(mut self, key: &str) -> f64 {
        let pressed = self.write(key);
        while pressed.elapsed() < LIMIT_OF_KEY {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return milliseconds(pressed.elapsed());
            }
            thread::sleep(Duration::from_micros(200));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        f64::NAN
    }

    fn write(&mut self, keys: &str) -> Instant {
        self.forget();
        let now = Instant::now();
        let mut writer = self.writer.lock().unwrap();
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
        now
    }

    /// Drops what came before.
    fn forget(&mut self) {
        while self.chunks.try_recv().is_ok() {}
    }

    fn answer(&mut self, since: Instant, limit: Duration, quiet: Duration) -> Option<Answer> {
        let mut answer: Option<Answer> = None;
        let mut wait = limit;
        while let Ok(chunk) = self.chunks.recv_timeout(wait) {
            let before = answer.map_or(0.0, |answer| answer.bytes);
            answer = Some(Answer {
                time: milliseconds(chunk.at - since),
                bytes: before + chunk.bytes.len() as f64,
            });
            wait = quiet;
        }
        answer
    }
}

fn size(columns: u16) -> PtySize {
    PtySize {
        rows: ROWS,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
