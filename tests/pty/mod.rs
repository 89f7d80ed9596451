//! A program in a terminal of its own: what is typed into it, and what the terminal shows.

pub(crate) mod home;
pub(crate) mod size;
pub(crate) mod wire;

use std::io::{Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use alacritty_terminal::event::{Event, EventListener};
use alacritty_terminal::grid::Dimensions;
use alacritty_terminal::index::{Column, Line};
use alacritty_terminal::term::cell::Flags;
use alacritty_terminal::term::{Config, Term, TermMode};
use alacritty_terminal::vte::ansi::Processor;
use portable_pty::{
    Child, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system,
};
use size::Size;

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

type Writer = Arc<Mutex<Box<dyn Write + Send>>>;

/// Hands on what the terminal answers.
struct Answers(Sender<String>);

impl EventListener for Answers {
    fn send_event(&self, event: Event) {
        if let Event::PtyWrite(answer) = event {
            let _ = self.0.send(answer);
        }
    }
}

/// What a terminal does with questions.
#[derive(Clone)]
pub(crate) enum Voice {
    /// It answers.
    Answers,
    /// It is silent, but sends the second once the program has written the first; nothing when that is empty.
    Instead(&'static str, &'static str),
}

/// A running program, its terminal, and an emulator that shows what it writes.
pub(crate) struct Pty {
    /// Gone only after [`Pty::close`].
    child: Option<Box<dyn Child + Send + Sync>>,
    master: Box<dyn MasterPty + Send>,
    /// Kept open, so that the terminal and its modes outlive the program.
    _slave: Box<dyn SlavePty + Send>,
    writer: Writer,
    term: Arc<Mutex<Term<Answers>>>,
    /// Every byte that the program has written.
    written: Arc<Mutex<Vec<u8>>>,
    /// Whether the emulator is to go at the next byte.
    closing: Arc<AtomicBool>,
    /// Held while the emulator may not read.
    gate: Arc<Mutex<()>>,
    emulator: Option<JoinHandle<()>>,
    /// The modes before the program started.
    pub(crate) modes_before: String,
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

impl Pty {
    /// Starts a program in a terminal of this size, in the project's folder, with these variables and few others.
    pub(crate) fn start(
        program: &Path,
        args: &[&str],
        env: &[(&str, &str)],
        columns: u16,
        rows: u16,
    ) -> Self {
        Self::start_as(program, args, env, (columns, rows), Voice::Answers)
    }

    /// The same in a terminal that answers so.
    pub(crate) fn start_as(
        program: &Path,
        args: &[&str],
        env: &[(&str, &str)],
        (columns, rows): (u16, u16),
        voice: Voice,
    ) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap());
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "C.UTF-8");
        for home in ["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"] {
            command.env(home, env!("CARGO_TARGET_TMPDIR"));
        }
        for (name, value) in env {
            command.env(name, value);
        }
        let modes_before = modes(&*pair.master);
        let child = pair.slave.spawn_command(command).unwrap();
        let (answers, answered) = channel();
        let term = Term::new(
            Config {
                kitty_keyboard: true,
                ..Config::default()
            },
            &Size(columns, rows),
            Answers(answers),
        );
        let term = Arc::new(Mutex::new(term));
        let writer: Writer = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let reader = pair.master.try_clone_reader().unwrap();
        let written = Arc::default();
        let closing = Arc::new(AtomicBool::new(false));
        let gate = Arc::default();
        let emulator = std::thread::spawn({
            let emulator = Emulator {
                reader,
                term: Arc::clone(&term),
                writer: Arc::clone(&writer),
                answered,
                voice,
                written: Arc::clone(&written),
                closing: Arc::clone(&closing),
                gate: Arc::clone(&gate),
            };
            move || emulator.run()
        });
        Self {
            child: Some(child),
            master: pair.master,
            _slave: pair.slave,
            writer,
            term,
            written,
            closing,
            gate,
            emulator: Some(emulator),
            modes_before,
        }
    }

    /// Starts `kanbao` with these arguments.
    pub(crate) fn kanbao(args: &[&str], columns: u16, rows: u16) -> Self {
        Self::start(
            Path::new(env!("CARGO_BIN_EXE_kanbao")),
            args,
            &[],
            columns,
            rows,
        )
    }

    /// Types.
    pub(crate) fn send(&self, keys: &str) {
        let mut writer = self.writer.lock().unwrap();
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    /// What is shown, row by row, without blanks at their ends.
    pub(crate) fn screen(&self) -> Vec<String> {
        let term = self.term.lock().unwrap();
        (0..term.screen_lines())
            .map(|y| {
                let row = &term.grid()[Line(i32::try_from(y).unwrap())];
                let mut text = String::new();
                for x in 0..term.columns() {
                    let cell = &row[Column(x)];
                    if !cell.flags.contains(Flags::WIDE_CHAR_SPACER) {
                        text.push(cell.c);
                        text.extend(cell.zerowidth().into_iter().flatten());
                    }
                }
                text.trim_end().to_owned()
            })
            .collect()
    }

    /// Waits until some row holds the text.
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait_until(text, |pty| {
            pty.screen().iter().any(|row| row.contains(text))
        });
    }

    /// Waits until it is so.
    pub(crate) fn wait_until(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !is_so(self) {
            assert!(
                start.elapsed() < PATIENCE,
                "no “{what}” on\n{}",
                self.screen().join("\n")
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Gives the window another size.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        self.term.lock().unwrap().resize(Size(columns, rows));
        self.master.resize(size(columns, rows)).unwrap();
    }

    /// Gives the window one size after another, faster than the emulator could follow.
    pub(crate) fn storm(&self, sizes: impl Iterator<Item = (u16, u16)>) {
        for (columns, rows) in sizes {
            self.master.resize(size(columns, rows)).unwrap();
        }
    }

    /// Its number as a process.
    pub(crate) fn process_id(&self) -> u32 {
        self.child.as_ref().unwrap().process_id().unwrap()
    }

    /// Sends a signal to the program, by its name without SIG.
    pub(crate) fn kill(&self, signal: &str) {
        let number = self.child.as_ref().unwrap().process_id().unwrap();
        let command = format!("kill -{signal} {number}");
        let status = std::process::Command::new("sh")
            .args(["-c", &command])
            .status();
        assert!(status.unwrap().success(), "{command}");
    }

    /// Waits for the program's end.
    pub(crate) fn wait(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.as_mut().unwrap().try_wait().unwrap() {
                return status;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "it does not end; on\n{}",
                self.screen().join("\n")
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// The modes of the terminal as the system keeps them, what `stty -a` shows.
    pub(crate) fn modes(&self) -> String {
        modes(&*self.master)
    }

    /// Every byte that the program has written so far.
    pub(crate) fn written(&self) -> Vec<u8> {
        self.written.lock().unwrap().clone()
    }

    /// Lets the terminal read nothing, like a line that hangs, while something is done.
    pub(crate) fn while_blocked<T>(&mut self, act: impl FnOnce(&mut Self) -> T) -> T {
        let gate = Arc::clone(&self.gate);
        let _shut = gate.lock().unwrap();
        act(self)
    }

    /// Closes the window, as a terminal does that is closed or dies. `keys` make the program write something.
    pub(crate) fn close(mut self, keys: &str) -> Box<dyn Child + Send + Sync> {
        self.closing.store(true, Ordering::Relaxed);
        self.send(keys);
        self.emulator.take().unwrap().join().unwrap();
        self.child.take().unwrap()
    }

    /// The modes of the terminal as the emulator keeps them.
    pub(crate) fn term_mode(&self) -> TermMode {
        *self.term.lock().unwrap().mode()
    }
}

/// The modes of a terminal that is nobody's.
pub(crate) fn assert_given_back(pty: &Pty) {
    pty.wait_until("main screen", |pty| {
        !pty.term_mode().contains(TermMode::ALT_SCREEN)
    });
    // The screen comes before the driver, and a shell's prompt may stand on it from before.
    pty.wait_until("the driver as before", |pty| {
        pty.modes() == pty.modes_before
    });
    let mode = pty.term_mode();
    assert!(
        mode.contains(TermMode::SHOW_CURSOR | TermMode::LINE_WRAP),
        "{mode:?}"
    );
    assert!(
        !mode.intersects(
            TermMode::BRACKETED_PASTE
                | TermMode::KITTY_KEYBOARD_PROTOCOL
                | TermMode::MOUSE_MODE
                | TermMode::FOCUS_IN_OUT
        ),
        "{mode:?}"
    );
}

impl Drop for Pty {
    fn drop(&mut self) {
        // It has ended, unless a test failed.
        if let Some(child) = &mut self.child {
            let _ = child.kill();
        }
    }
}

/// Shows what the program writes, and types what the terminal answers.
struct Emulator {
    reader: Box<dyn Read + Send>,
    term: Arc<Mutex<Term<Answers>>>,
    writer: Writer,
    answered: Receiver<String>,
    voice: Voice,
    written: Arc<Mutex<Vec<u8>>>,
    closing: Arc<AtomicBool>,
    gate: Arc<Mutex<()>>,
}

impl Emulator {
    fn run(mut self) {
        let mut parser: Processor = Processor::new();
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = self.reader.read(&mut bytes) {
            if self.closing.load(Ordering::Relaxed) {
                return;
            }
            drop(self.gate.lock().unwrap());
            let cue = {
                let mut written = self.written.lock().unwrap();
                written.extend(&bytes[..count]);
                match self.voice {
                    Voice::Instead(cue, line) if !cue.is_empty() => {
                        let seen = written.windows(cue.len()).any(|w| w == cue.as_bytes());
                        seen.then_some(line)
                    }
                    _ => None,
                }
            };
            if let Some(line) = cue {
                self.voice = Voice::Instead("", "");
                let _ = self.writer.lock().unwrap().write_all(line.as_bytes());
            }
            parser.advance(&mut *self.term.lock().unwrap(), &bytes[..count]);
            for answer in self.answered.try_iter() {
                if matches!(self.voice, Voice::Instead(..)) {
                    continue;
                }
                let _ = self.writer.lock().unwrap().write_all(answer.as_bytes());
            }
        }
    }
}
