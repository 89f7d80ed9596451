//! A program in a terminal of its own: what is typed into it, and what the terminal shows.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
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

struct Size(u16, u16);

impl Dimensions for Size {
    fn total_lines(&self) -> usize {
        self.screen_lines()
    }
    fn screen_lines(&self) -> usize {
        self.1.into()
    }
    fn columns(&self) -> usize {
        self.0.into()
    }
}

/// A running program, its terminal, and an emulator that shows what it writes.
pub(crate) struct Pty {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    /// Kept open, so that the terminal and its modes outlive the program.
    _slave: Box<dyn SlavePty + Send>,
    writer: Writer,
    term: Arc<Mutex<Term<Answers>>>,
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
    /// Starts a program in a terminal of this size, with these variables besides its own.
    pub(crate) fn start(
        program: &Path,
        args: &[&str],
        env: &[(&str, &str)],
        columns: u16,
        rows: u16,
    ) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        command.env("TERM", "xterm-256color");
        command.env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR"));
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
        std::thread::spawn({
            let (term, writer) = (Arc::clone(&term), Arc::clone(&writer));
            move || emulate(reader, &term, &writer, &answered)
        });
        Self {
            child,
            master: pair.master,
            _slave: pair.slave,
            writer,
            term,
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

    /// Sends a signal to the program, by its name without SIG.
    pub(crate) fn kill(&self, signal: &str) {
        let number = self.child.process_id().unwrap();
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
            if let Some(status) = self.child.try_wait().unwrap() {
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

    /// The modes of the terminal as the emulator keeps them.
    pub(crate) fn term_mode(&self) -> TermMode {
        *self.term.lock().unwrap().mode()
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // It has ended, unless a test failed.
        let _ = self.child.kill();
    }
}

/// Shows what the program writes, and types what the terminal answers, until the end.
fn emulate(
    mut reader: Box<dyn Read + Send>,
    term: &Mutex<Term<Answers>>,
    writer: &Mutex<Box<dyn Write + Send>>,
    answered: &Receiver<String>,
) {
    let mut parser: Processor = Processor::new();
    let mut bytes = [0; 4096];
    while let Ok(count @ 1..) = reader.read(&mut bytes) {
        parser.advance(&mut *term.lock().unwrap(), &bytes[..count]);
        for answer in answered.try_iter() {
            let _ = writer.lock().unwrap().write_all(answer.as_bytes());
        }
    }
}
