//! However the reader ends, the terminal is as before: in one order, once, and nothing is typed into the shell.

use crate::pty::home::{FIRST, Home, KANBAO, is_painted, status, wait_for_status};
use crate::pty::{Pty, Voice, assert_given_back};

/// What is written at the end: frames, scroll region, pen, wrapping, focus, pastes, keyboard, cursor, screen.
const LEAVE: &str = "\u{1b}[?2026l\u{1b}[r\u{1b}[m\u{1b}[?7h\u{1b}[?1006l\u{1b}[?1002l\u{1b}[?1000l\u{1b}[?1004l\u{1b}[?2004l\u{1b}[<u\u{1b}[?25h\u{1b}[?1049l";

fn written(pty: &Pty) -> String {
    String::from_utf8_lossy(&pty.written()).into_owned()
}

fn wait_for_frame(pty: &Pty) {
    pty.wait_until("a frame", |pty| {
        pty.screen().concat().contains(FIRST) && is_painted(pty)
    });
}

#[test]
fn each_ending_leaves_in_one_order_and_once() {
    for ending in [
        "q",
        "\u{3}",
        "TERM",
        "HUP",
        "INT",
        "QUIT",
        "panic",
        "panic on a thread",
    ] {
        let home = Home::new();
        let env: &[(&str, &str)] = match ending {
            "panic" => &[("KANBAO_PANIC", "1")],
            "panic on a thread" => &[("KANBAO_PANIC", "thread")],
            _ => &[],
        };
        let mut pty = home.run(KANBAO, &[], env, (80, 24));
        wait_for_frame(&pty);
        // Known by the terminal's answer.
        pty.wait_until("the keyboard", |pty| written(pty).contains("\u{1b}[>1u"));
        match ending {
            "q" | "panic" | "panic on a thread" => pty.send("q"),
            "\u{3}" => pty.send("\u{3}q"),
            signal => pty.kill(signal),
        }
        pty.wait();
        assert_given_back(&pty);
        let written = written(&pty);
        assert_eq!(written.matches(LEAVE).count(), 1, "{ending}: {written:?}");
        assert_eq!(written.matches("\u{1b}[?1049l").count(), 1, "{ending}");
    }
}

#[test]
fn late_answers_are_not_typed() {
    let home = Home::new();
    let pty = home.run_as(KANBAO, &[], &[], (80, 24), Voice::Instead("", ""));
    wait_for_frame(&pty);
    pty.send("/");
    wait_for_status(&pty, "/");
    std::thread::sleep(std::time::Duration::from_secs(1));
    pty.send("\u{1b}[5;10R\u{1b}[1;3R\u{1b}]11;rgb:ffff/ffff/ffff\u{1b}\\\u{1b}P>|late(1)\u{1b}\\");
    pty.send("\u{1b}[?2026;0$y\u{1b}[?6c\u{1b}[>1;2;3c乌");
    wait_for_status(&pty, "/乌");
    pty.send("q");
    wait_for_status(&pty, "/乌q");
    let mut pty = pty;
    pty.kill("TERM");
    pty.wait();
    assert_given_back(&pty);
}

#[test]
fn answers_that_come_at_the_end_are_not_typed_into_the_shell() {
    let home = Home::new();
    let late = "\u{1b}[5;10R\u{1b}]11;rgb:ffff/ffff/ffff\u{1b}\\\u{1b}[<65;1;1M\u{1b}[?6c";
    let line = format!("{KANBAO}; echo over; cat -v");
    let voice = Voice::Instead("\u{1b}[?1049l", late);
    let mut pty = home.run_as("/bin/sh", &["-c", &line], &[], (80, 24), voice);
    wait_for_frame(&pty);
    pty.send("q");
    pty.wait_for("over");
    pty.send("typed\n");
    let behind = |pty: &Pty| -> Vec<String> {
        let rows = pty.screen().into_iter().skip_while(|row| row != "over");
        rows.skip(1).filter(|row| !row.is_empty()).collect()
    };
    pty.wait_until("what was typed", |pty| behind(pty).len() > 1);
    assert_eq!(behind(&pty), ["typed", "typed"], "echoed, and read");
    pty.send("\u{4}");
    assert!(pty.wait().success());
}

#[test]
fn a_closed_standard_input_is_no_terminal() {
    let home = Home::new();
    let mut pty = home.shell(&format!("{KANBAO} <&-"), 80, 24);
    wait_for_status(&pty, "article 1/1");
    pty.send("q");
    assert!(pty.wait().success());
    assert_given_back(&pty);
}

#[test]
fn a_storm_of_sizes_is_few_frames_and_ends_right() {
    let mut pty = Home::new().bundled(80, 24);
    let frames = |pty: &Pty| written(pty).matches("\u{1b}[?2026h").count();
    let before = frames(&pty);
    pty.storm((0..1000).map(|n| (60 + n % 50, 20 + n % 7)));
    pty.resize(72, 18);
    pty.wait_until("the last size", |pty| {
        let screen = pty.screen();
        screen.len() == 18 && is_painted(pty) && !screen[16].is_empty()
    });
    let drawn = frames(&pty) - before;
    assert!((1..300).contains(&drawn), "{drawn} frames");
    pty.send("q");
    assert!(pty.wait().success());
    assert_given_back(&pty);
}

#[test]
fn a_paste_with_controls_is_one_clean_line() {
    let mut pty = Home::new().bundled(80, 24);
    pty.send("/\u{1b}[200~\u{1b}[31m乌\r\n\t镇\u{9b}2J\u{7}\u{202e}\u{1b}[201~");
    wait_for_status(&pty, "/[31m乌 镇2J");
    assert!(!status(&pty).contains('\u{202e}'));
    pty.send("\u{1b}[27u");
    pty.send("q");
    assert!(pty.wait().success());
    assert_given_back(&pty);
}

#[test]
fn ten_thousand_keys_at_once_are_no_burden() {
    let mut pty = Home::new().bundled(80, 24);
    pty.send(&"j".repeat(10_000));
    wait_for_status(&pty, "100%");
    pty.send("q");
    assert!(pty.wait().success());
    assert_given_back(&pty);
}

#[test]
fn one_that_was_killed_is_mended() {
    let home = Home::new();
    let line = format!(
        "sh -c 'echo $$ >$HOME/pid; exec {KANBAO}'; {KANBAO} doctor --reset && echo mended; read line"
    );
    let mut pty = home.shell(&line, 80, 24);
    wait_for_frame(&pty);
    let number = std::fs::read_to_string(home.path().join("pid")).unwrap();
    let kill = ["-9", number.trim()];
    let killed = std::process::Command::new("kill").args(kill).status();
    assert!(killed.unwrap().success());
    pty.wait_for("mended");
    let mode = format!("{:?}", pty.term_mode());
    for on in [
        "ALT_SCREEN",
        "BRACKETED_PASTE",
        "FOCUS_IN_OUT",
        "DISAMBIGUATE",
    ] {
        assert!(!mode.contains(on), "{on} in {mode}");
    }
    assert!(
        mode.contains("SHOW_CURSOR") && mode.contains("LINE_WRAP"),
        "{mode}"
    );
    pty.send("echoed\r");
    pty.wait_for("echoed");
    assert!(pty.wait().success());
}

#[test]
fn a_terminal_of_one_screen_keeps_its_last_frame() {
    let home = Home::new();
    let line = format!("{KANBAO}; echo below");
    let env = [("TERM", "vt100")];
    let mut pty = home.run("/bin/sh", &["-c", &line], &env, (80, 24));
    wait_for_frame(&pty);
    pty.send("q");
    assert!(pty.wait().success());
    pty.wait_for("below");
    assert_eq!(
        pty.screen().iter().rposition(|row| !row.is_empty()),
        Some(22)
    );
    assert!(pty.screen().concat().contains('%'));
    assert!(!written(&pty).contains("?1049"));
    assert_given_back(&pty);
}
