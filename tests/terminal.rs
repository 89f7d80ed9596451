//! The terminal is set up and given back, whatever ends the program.
//!
//! What runs in the terminal is [`child`] of this very file: the runtime with a loop that shows what it was told.

use std::path::Path;

use crate::pty::{Pty, assert_given_back};
use alacritty_terminal::term::TermMode;
use kanbao::app::{Area, Message, Mouse, MouseKind};
use kanbao::layout::Painter;
use kanbao::runtime::{
    Event, Events, Features, Modes, Reply, Screen, Terminal, end, install_panic_hook, watch_signals,
};
use kanbao::text::Profile;
use kanbao::theme::Slot;

const CHILD: &str = "KANBAO_TEST_CHILD";

#[test]
#[ignore = "the others run it, within a terminal"]
fn child() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    install_panic_hook();
    let (post, mut events) = Events::open().unwrap();
    watch_signals(post).unwrap();
    let term = std::env::var("TERM").ok();
    let mut terminal = Terminal::enter(Modes::detect(term.as_deref(), true)).unwrap();
    // As the probe does it, which asks more.
    terminal.ask(b"\x1b[?u\x1b[c", 0).unwrap();
    let (columns, rows) = terminal.size().unwrap();
    let mut screen = Screen::new(columns, rows, Features::default());
    let theme = kanbao::config::layer(None)
        .0
        .themes
        .get_or_first("mono")
        .clone();
    let mut said = format!("{columns}x{rows}");
    let mut count = 0;
    let (mut notches, mut turns) = (0, 0);
    loop {
        count += 1;
        let paint = |buffer: &mut _| {
            let mut painter = Painter::new(buffer, &theme, Profile::default());
            let style = painter.style(Slot::Headline);
            painter.fill(painter.area(), style);
            painter.text(Area::new(0, 0, columns, 1), "《乌镇》“峰会”开幕", style);
            painter.text(Area::new(0, 1, columns, 1), &said, style);
            painter.text(
                Area::new(0, 2, columns, 1),
                &format!("frame {count}"),
                style,
            );
            None
        };
        screen.draw(&mut terminal, paint).unwrap();
        if said == "key s" {
            std::thread::sleep(std::time::Duration::from_secs(60));
        }
        let event = loop {
            match events.next(None).unwrap() {
                Event::Reply(Reply::Keyboard(_)) => terminal.push_keyboard().unwrap(),
                Event::Reply(Reply::Primary) => {}
                event => break event,
            }
        };
        match event {
            Event::Message(Message::Key(key)) => match key.to_string().as_str() {
                "q" => break,
                "p" => panic!("asked to \u{1b}[2J"),
                "t" => drop(std::thread::spawn(|| panic!("on a thread"))),
                "Ctrl-Z" => {
                    terminal.suspend().unwrap();
                    screen.invalidate();
                }
                shown => said = format!("key {shown}"),
            },
            Event::Message(Message::Paste(text)) => said = format!("pasted {text}"),
            Event::Message(Message::Resize { columns, rows }) => {
                screen.resize(columns, rows);
                said = format!("size {columns}x{rows}");
            }
            Event::Message(Message::Mouse(Mouse {
                kind: MouseKind::Wheel(by),
                ..
            })) => {
                notches += by;
                turns += 1;
                said = format!("turned {notches} in {turns}");
            }
            Event::Message(other) => said = format!("{other:?}"),
            Event::Reply(reply) => said = format!("{reply:?}"),
            Event::Focus(focused) => said = format!("focus {focused}"),
            Event::Send(bytes) => said = format!("{} bytes", bytes.len()),
            Event::Suspend => {
                terminal.suspend().unwrap();
                screen.invalidate();
            }
            Event::Continued => {
                terminal.resume().unwrap();
                screen.invalidate();
            }
            Event::Written => {}
            Event::Signal(signal) => end(signal),
            Event::Gone => return,
        }
    }
}

const THIS: [&str; 5] = [
    "terminal::child",
    "--exact",
    "--ignored",
    "--nocapture",
    "--test-threads=1",
];

fn start() -> Pty {
    let program = std::env::current_exe().unwrap();
    let pty = Pty::start(
        &program,
        &THIS,
        &[(CHILD, "1"), ("RUST_BACKTRACE", "0")],
        40,
        8,
    );
    pty.wait_for("40x8");
    pty
}

#[test]
fn it_is_set_up_and_given_back_at_the_end() {
    let mut pty = start();
    pty.wait_until("the keyboard's flags", |pty| {
        pty.term_mode().contains(TermMode::DISAMBIGUATE_ESC_CODES)
    });
    let mode = pty.term_mode();
    let on = TermMode::ALT_SCREEN
        | TermMode::BRACKETED_PASTE
        | TermMode::FOCUS_IN_OUT
        | TermMode::MOUSE_DRAG
        | TermMode::SGR_MOUSE;
    assert!(mode.contains(on), "{mode:?}");
    assert!(
        !mode.intersects(TermMode::SHOW_CURSOR | TermMode::LINE_WRAP),
        "{mode:?}"
    );
    assert_ne!(pty.modes(), pty.modes_before);
    assert_eq!(pty.screen()[0], "《乌镇》“峰会”开幕");
    pty.send("q");
    assert!(pty.wait().success());
    assert_given_back(&pty);
}

#[test]
fn keys_pastes_and_sizes_arrive() {
    let mut pty = start();
    for (sent, shown) in [
        ("j", "key j"),
        ("乌", "key 乌"),
        ("\t", "key Tab"),
        ("\u{1b}[105;5u", "key Ctrl-I"),
        ("\u{1b}[27u", "key Esc"),
        ("\u{1b}[1;3C", "key Alt-Right"),
        ("\u{1b}[Z", "key Shift-Tab"),
        ("\u{f}", "key Ctrl-O"),
        ("\u{1b}[200~峰会\u{1b}[201~", "pasted 峰会"),
        ("\u{1b}[<0;3;4M", "Press"),
        ("\u{1b}[I", "focus true"),
        ("\u{1b}[5;10R", "Cursor { column: 9, row: 4 }"),
        // Alone, but not for long.
        ("\u{1b}", "key Esc"),
    ] {
        pty.send(sent);
        pty.wait_for(shown);
    }
    pty.resize(30, 6);
    pty.wait_for("size 30x6");
    assert_eq!(pty.screen()[0], "《乌镇》“峰会”开幕");
    pty.send("q");
    pty.wait();
    assert_given_back(&pty);
}

#[test]
fn a_flood_of_the_wheel_is_few_messages() {
    let mut pty = start();
    pty.send(&"\u{1b}[<65;3;4M".repeat(10_000));
    pty.wait_for("turned 10000 in");
    let screen = pty.screen();
    let turns: u32 = screen[1].rsplit(' ').next().unwrap().parse().unwrap();
    assert!(turns <= 1000, "{turns} messages");
    pty.send("q");
    assert!(pty.wait().success());
    assert_given_back(&pty);
}

#[test]
fn a_panic_on_any_thread_gives_it_back_and_is_told_after_that() {
    for (key, told) in [("p", "asked to ␛[2J"), ("t", "on a thread")] {
        let mut pty = start();
        pty.send(key);
        assert_eq!(pty.wait().exit_code(), 101, "{key}");
        pty.wait_for(told);
        assert_given_back(&pty);
    }
}

#[test]
fn a_signal_that_ends_gives_it_back() {
    for signal in ["TERM", "HUP", "INT", "QUIT"] {
        let mut pty = start();
        pty.kill(signal);
        assert!(pty.wait().signal().is_some(), "{signal}");
        assert_given_back(&pty);
    }
}

#[test]
fn a_signal_ends_a_loop_that_is_stuck() {
    let mut pty = start();
    pty.send("s");
    pty.wait_for("key s");
    pty.kill("TERM");
    assert_eq!(pty.wait().exit_code(), 128 + 15);
    assert_given_back(&pty);
}

/// The child as a job of an interactive shell.
fn start_in_shell() -> Pty {
    let this = std::env::current_exe().unwrap();
    let env = [(CHILD, "1"), ("PS1", "shell> "), ("ENV", "/dev/null")];
    let pty = Pty::start(Path::new("/bin/sh"), &["-i"], &env, 60, 20);
    pty.wait_for("shell>");
    pty.send(&format!("clear; {} {}\n", this.display(), THIS.join(" ")));
    pty.wait_for("60x20");
    // Answers of the terminal that come later would be typed into the shell.
    pty.wait_until("the keyboard's flags", |pty| {
        pty.term_mode().contains(TermMode::DISAMBIGUATE_ESC_CODES)
    });
    pty
}

#[test]
fn ctrl_z_gives_it_to_the_shell_and_fg_takes_it_back() {
    let mut pty = start_in_shell();
    // As an old terminal sends it, and as kitty's keyboard protocol does.
    for stop in ["\u{1a}", "\u{1b}[122;5u"] {
        pty.send(stop);
        pty.wait_for("Stopped");
        assert_given_back(&pty);
        pty.send("clear; echo in the $((1 + 1))nd shell\n");
        pty.wait_for("in the 2nd shell");
        pty.send("fg\n");
        pty.wait_for("《乌镇》“峰会”开幕");
        assert!(pty.term_mode().contains(TermMode::ALT_SCREEN));
    }
    pty.send("j");
    pty.wait_for("key j");
    pty.send("q");
    pty.wait_for("shell>");
    assert_given_back(&pty);
    pty.send("exit\n");
    pty.wait();
}

#[test]
fn a_stopped_one_can_be_ended_from_the_shell() {
    let mut pty = start_in_shell();
    pty.send("\u{1a}");
    pty.wait_for("Stopped");
    // One line: keys that wait for the shell would stop what is continued in the background and reads keys.
    let wait = "while kill -0 %1; do sleep 0.1; done 2>&-";
    pty.send(&format!(
        "kill -TERM %1; kill -CONT %1; {wait}; echo over $((1 + 1))\n"
    ));
    pty.wait_for("over 2");
    assert_given_back(&pty);
    pty.send("exit\n");
    pty.wait();
}

/// Stopped by a signal that nobody can catch, it has not given the terminal back, and continued in the background it must
/// not touch it: that would stop it for ever, with all that it holds.
#[cfg(target_os = "linux")]
#[test]
fn one_that_was_stopped_hard_can_be_ended_in_the_background() {
    let mut pty = start_in_shell();
    let shell = pty.process_id();
    let children = std::fs::read_to_string(format!("/proc/{shell}/task/{shell}/children")).unwrap();
    let kill = format!("kill -STOP {children}");
    let status = std::process::Command::new("sh")
        .args(["-c", &kill])
        .status();
    assert!(status.unwrap().success(), "{kill}");
    pty.wait_until("Stopped", |pty| {
        String::from_utf8_lossy(&pty.written()).contains("Stopped")
    });
    let wait = "while kill -0 %1; do sleep 0.1; done 2>&-";
    // It is there when it goes on: however slow the machine, both come at once.
    pty.send(&format!(
        "kill -TERM %1; bg; {wait}; echo over $((1 + 1))\n"
    ));
    pty.wait_until("its end", |pty| {
        String::from_utf8_lossy(&pty.written()).contains("over 2")
    });
    pty.send("exit\n");
    pty.wait();
}

#[test]
fn without_a_shell_ctrl_z_does_nothing() {
    let mut pty = start();
    pty.send("\u{1a}");
    pty.wait_for("frame 2");
    pty.kill("TSTP");
    pty.wait_for("frame 3");
    // Another may have had the terminal before this.
    pty.kill("CONT");
    pty.wait_for("frame 4");
    pty.send("jq");
    assert!(pty.wait().success());
    assert_given_back(&pty);
}

#[test]
fn a_printed_article_leaves_the_terminal_alone() {
    let mut pty = Pty::kanbao(&["cat", "-"], 20, 6);
    pty.send("　　乌镇“峰会”在浙江开幕。\n\u{4}");
    assert!(pty.wait().success());
    pty.wait_for("    乌镇“峰会”在浙");
    assert_given_back(&pty);
}
