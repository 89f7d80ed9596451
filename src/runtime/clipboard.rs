//! Bringing text to the clipboard: by a tool of this machine, by the terminal (OSC 52), or into a file.
//!
//! A thread does it, one text after another, as a tool may be slow; it tries one way after another and says which it
//! was. What is for the terminal it hands to the loop, which alone writes there.

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

#[cfg(unix)]
use rustix::process::{Pid, Signal, kill_process_group};

use super::osc52::{self, Through};
use super::{Event, Post};
use crate::app::Message;
use crate::config::CopyTo;
use crate::desk::{atomic, state_folder};
use crate::text::printable_line;

/// So long may a tool take before it is ended.
const TOOL_LIMIT: Duration = Duration::from_secs(2);
/// How often it is looked whether it has ended.
const TOOL_STEP: Duration = Duration::from_millis(5);
/// So long may it take until it is known whether a tool that is content has read the text.
const READ_LIMIT: Duration = Duration::from_millis(100);
/// So long may the tools take at the end, all of them together.
const LAST_LIMIT: Duration = Duration::from_secs(1);
/// So much longer may it take to end a tool, and to bring what is left to the terminal or into the file.
const LAST_GRACE: Duration = Duration::from_millis(500);

/// When tools must have ended, once the reader has quit.
type Deadline = OnceLock<Instant>;

/// The thread that copies. Dropping it waits for nothing: who has lost the terminal, or is asked to end, ends.
#[derive(Debug)]
pub(super) struct Clipboard {
    texts: Sender<(String, &'static str)>,
    thread: JoinHandle<()>,
    deadline: Arc<Deadline>,
}

impl Clipboard {
    /// Starts the thread, which answers with [`Message::Copied`] and [`Event::Send`].
    pub(super) fn start(to: &CopyTo, events: &Post) -> std::io::Result<Self> {
        Self::start_where(to, events, Around::look)
    }

    fn start_where(
        to: &CopyTo,
        events: &Post,
        look: impl Fn() -> Around + Send + 'static,
    ) -> std::io::Result<Self> {
        let (texts, asked) = channel();
        let (to, events) = (to.clone(), events.clone());
        let deadline = Arc::new(Deadline::new());
        let until = Arc::clone(&deadline);
        let thread = thread::Builder::new()
            .name("clipboard".to_owned())
            .spawn(move || keep_copying(&to, look, &asked, &events, &until))?;
        Ok(Self {
            texts,
            thread,
            deadline,
        })
    }

    /// Copies a text; `what` it is goes into the message.
    pub(super) fn copy(&self, text: String, what: &'static str) {
        // The other end is gone only when its thread has panicked, which ends the program.
        let _ = self.texts.send((text, what));
    }

    /// Waits for what has been asked for, but not long: tools share [`LAST_LIMIT`], and what they have not taken by
    /// then goes the next way at once. Whether everything has ended; what went wrong is among the events.
    pub(super) fn finish(self) -> bool {
        let until = Instant::now() + LAST_LIMIT;
        let _ = self.deadline.set(until);
        drop(self.texts);
        while !self.thread.is_finished() && Instant::now() < until + LAST_GRACE {
            thread::sleep(TOOL_STEP);
        }
        self.thread.is_finished()
    }
}

fn keep_copying(
    to: &CopyTo,
    look: impl Fn() -> Around,
    asked: &Receiver<(String, &'static str)>,
    events: &Post,
    deadline: &Deadline,
) {
    while let Ok((text, what)) = asked.recv() {
        let send = |bytes| events.send(Event::Send(bytes)).is_ok();
        let message = match copy(&text, what, &ways(to, &look()), send, deadline) {
            // Who has quit looks for the text in the clipboard, and must be told when it went elsewhere.
            Ok(done) if done.instead && deadline.get().is_some() => Message::Failed(done.said),
            Ok(done) => Message::Copied(done.said),
            Err(said) => Message::Failed(said),
        };
        let _ = events.send(Event::Message(message));
    }
}

/// What there is around the program that decides how to copy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Around {
    /// The terminal is on another machine.
    ssh: bool,
    /// The tools found whose display is there, the best first.
    tools: Vec<Tool>,
    /// What stands between the program and its terminal.
    through: Through,
    /// The terminal is known not to take OSC 52.
    deaf: bool,
    /// The file to write to.
    file: Option<PathBuf>,
}

impl Around {
    fn look() -> Self {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let is_there = |name: &str| std::env::split_paths(&path).any(|p| is_program(&p.join(name)));
        let file = state_folder().map(|folder| folder.join("clipboard"));
        Self::of(|name| std::env::var_os(name), is_there, file)
    }

    fn of(
        variable: impl Fn(&str) -> Option<OsString>,
        is_there: impl Fn(&str) -> bool,
        file: Option<PathBuf>,
    ) -> Self {
        let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        let term = variable("TERM").unwrap_or_default();
        let through = if is_set("TMUX") {
            Through::Tmux
        } else if is_set("STY") {
            Through::Screen
        } else {
            Through::Nothing
        };
        let tools = Tool::ALL
            .into_iter()
            .filter(|tool| tool.needs().is_none_or(is_set))
            .filter(|tool| is_there(tool.command()[0]));
        Self {
            ssh: is_set("SSH_CONNECTION") || is_set("SSH_TTY"),
            tools: tools.collect(),
            through,
            deaf: through == Through::Nothing && (term == "linux" || term == "dumb"),
            file,
        }
    }
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata()
        .is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

/// A tool that fills the clipboard from its standard input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tool {
    WlCopy,
    Xclip,
    Xsel,
    Pbcopy,
    ClipExe,
}

impl Tool {
    /// The best first. clip.exe comes last: it stands in the PATH of every WSL, also where a display is there.
    const ALL: [Self; 5] = [
        Self::WlCopy,
        Self::Xclip,
        Self::Xsel,
        Self::Pbcopy,
        Self::ClipExe,
    ];

    const fn command(self) -> &'static [&'static str] {
        match self {
            Self::WlCopy => &["wl-copy"],
            Self::Xclip => &["xclip", "-selection", "clipboard", "-in"],
            Self::Xsel => &["xsel", "--clipboard", "--input"],
            Self::Pbcopy => &["pbcopy"],
            Self::ClipExe => &["clip.exe"],
        }
    }

    /// The variable without which it has no clipboard to fill.
    const fn needs(self) -> Option<&'static str> {
        match self {
            Self::WlCopy => Some("WAYLAND_DISPLAY"),
            Self::Xclip | Self::Xsel => Some("DISPLAY"),
            Self::Pbcopy | Self::ClipExe => None,
        }
    }

    /// The text as the tool takes it. clip.exe reads the code page of the console, which mangles Chinese, unless a
    /// byte order mark says that it is UTF-16.
    fn bytes(self, text: &str) -> Vec<u8> {
        if self == Self::ClipExe {
            let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
            units.flat_map(u16::to_le_bytes).collect()
        } else {
            text.as_bytes().to_vec()
        }
    }
}

/// A way to copy.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Way {
    /// No way: a tool was asked for, and none is there.
    NoTool,
    Tool(Tool),
    /// The user's own command.
    Command(Vec<String>),
    /// tmux itself: it keeps the text and hands it to its terminal, also where it drops the OSC 52 of programs, as it
    /// does by default (`set-clipboard external`).
    Tmux,
    Osc52(Through),
    File(PathBuf),
}

/// The ways to try, in order.
fn ways(to: &CopyTo, around: &Around) -> Vec<Way> {
    let mut ways = Vec::new();
    let tools = around.tools.iter().copied().map(Way::Tool);
    match to {
        CopyTo::Auto if !around.ssh => ways.extend(tools),
        CopyTo::Tool if around.tools.is_empty() => ways.push(Way::NoTool),
        CopyTo::Tool => ways.extend(tools),
        CopyTo::Command(command) => ways.push(Way::Command(command.clone())),
        CopyTo::Auto | CopyTo::Osc52 | CopyTo::File => {}
    }
    let by_terminal = match to {
        CopyTo::Auto => !around.deaf,
        CopyTo::Osc52 => true,
        CopyTo::Tool | CopyTo::File | CopyTo::Command(_) => false,
    };
    if by_terminal {
        if around.through == Through::Tmux && *to == CopyTo::Auto {
            ways.push(Way::Tmux);
        }
        ways.push(Way::Osc52(around.through));
    }
    ways.extend(around.file.clone().map(Way::File));
    ways
}

/// A text that was copied.
#[derive(Debug, PartialEq, Eq)]
struct Done {
    /// What, by which way, and why not by those before it.
    said: String,
    /// There was one before it.
    instead: bool,
}

/// Copies by the first way that works.
fn copy(
    text: &str,
    what: &str,
    ways: &[Way],
    send: impl Fn(Vec<u8>) -> bool,
    deadline: &Deadline,
) -> Result<Done, String> {
    let count = text.chars().count();
    let s = if count == 1 { "" } else { "s" };
    let mut failed = String::new();
    for way in ways {
        let done = match way {
            Way::NoTool => Err(
                "none of wl-copy, xclip, xsel, pbcopy and clip.exe is here for a display"
                    .to_owned(),
            ),
            Way::Tool(tool) => run(tool.command(), tool.bytes(text), deadline)
                .map(|()| format!("copied by {}", tool.command()[0])),
            Way::Command(command) => run(command, text.as_bytes().to_vec(), deadline).map(|()| {
                let name = command.first().map_or("", String::as_str);
                format!("copied by {name}")
            }),
            Way::Tmux => run(
                &["tmux", "load-buffer", "-w", "-"],
                text.as_bytes().to_vec(),
                deadline,
            )
            .map(|()| {
                "given to tmux for its terminal (OSC 52, which no terminal confirms)".to_owned()
            }),
            Way::Osc52(through) => osc52::sequence(text, *through).and_then(|bytes| {
                if send(bytes) {
                    Ok("sent to the terminal (OSC 52, which no terminal confirms)".to_owned())
                } else {
                    Err("the terminal is gone".to_owned())
                }
            }),
            Way::File(path) => atomic::replace(path, text.as_bytes())
                .map(|()| format!("written to {}", path.display()))
                .map_err(|error| format!("{}: {error}", path.display())),
        };
        match done {
            Ok(done) => {
                let said = format!("{what}, {count} character{s}, {done}{failed}");
                return Ok(Done {
                    said: printable_line(&said),
                    instead: !failed.is_empty(),
                });
            }
            Err(error) => failed.push_str(&format!("; {error}")),
        }
    }
    let failed = if failed.is_empty() {
        "; there is no way to: `to` in [copy] of config.toml names one"
    } else {
        &failed
    };
    Err(printable_line(&format!("{what} is not copied{failed}")))
}

/// Runs a command with these bytes on its standard input, and ends it when it takes too long. A tool that stays, as it
/// holds the clipboard, leaves a child behind and ends itself.
fn run(command: &[impl AsRef<OsStr>], bytes: Vec<u8>, deadline: &Deadline) -> Result<(), String> {
    let Some((program, arguments)) = command.split_first() else {
        return Err("no command".to_owned());
    };
    let name = program.as_ref().to_string_lossy();
    let limit = Instant::now() + TOOL_LIMIT;
    let is_late = || Instant::now() >= deadline.get().map_or(limit, |last| limit.min(*last));
    if is_late() {
        return Err(format!("there was no time for {name}"));
    }
    let mut run = Command::new(program);
    run.args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    // In a group of its own: what holds the clipboard must outlive our being stopped and the terminal's end.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut run, 0);
    let mut child = run.spawn().map_err(|error| format!("{name}: {error}"))?;
    // A tool that does not read would block whoever writes; when it ends so does the thread.
    let stdin = child.stdin.take();
    let (written, is_written) = channel();
    thread::spawn(move || {
        let _ = written.send(stdin.is_some_and(|mut to| to.write_all(&bytes).is_ok()));
    });
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => {
                // What it has not read by now fails soon, unless a child of it reads on.
                return match is_written.recv_timeout(READ_LIMIT) {
                    Ok(false) => Err(format!("{name} did not read the text")),
                    _ => Ok(()),
                };
            }
            Ok(Some(status)) => return Err(format!("{name} failed ({status})")),
            Ok(None) if !is_late() => thread::sleep(TOOL_STEP),
            Ok(None) => {
                end(&mut child);
                return Err(format!("{name} did not end"));
            }
            Err(error) => return Err(format!("{name}: {error}")),
        }
    }
}

/// Ends a tool and what it has started, which would read on from the pipe.
fn end(child: &mut Child) {
    #[cfg(unix)]
    let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(test)]
mod tests;
