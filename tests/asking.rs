//! What the reader asks its terminal, what it makes of the answers, and of those that come late or never.

use std::fs;

use crate::pty::home::{FIRST, Home, KANBAO, is_painted, wait_for_status};
use crate::pty::{Pty, Voice, assert_given_back};
use kanbao::runtime::Probe;
use kanbao::text::{Ambiguous, Profile, str_width};

const SIZE: (u16, u16) = (100, 30);

/// What every terminal answers last.
const LAST: &str = "\u{1b}[?62;22c";

/// The reader on a terminal that says nothing by itself.
fn on_silent(home: &Home) -> Pty {
    let pty = home.run_as(KANBAO, &[], &[], SIZE, Voice::Instead("", ""));
    pty.wait_until("a frame", |pty| {
        pty.screen().concat().contains(FIRST) && is_painted(pty)
    });
    pty
}

/// How often a border stands in the rows of the screen.
fn borders(pty: &Pty, border: char) -> usize {
    let mut screen = pty.screen();
    screen.pop();
    screen.iter().filter(|row| row.contains(border)).count()
}

/// Where a terminal's cursor goes behind each sample that is printed, if its ambiguous characters are wide.
fn wide_answers() -> String {
    let (_, question) = Probe::ask(Some("xterm-256color"), SIZE.0);
    let question = String::from_utf8(question).unwrap();
    let samples = question
        .split('\r')
        .filter_map(|part| part.split_once("\u{1b}[6n"))
        .map(|(text, _)| text);
    let profile = Profile::new(Ambiguous::Two);
    samples
        .map(|text| format!("\u{1b}[2;{}R", 1 + str_width(text, &profile)))
        .collect()
}

fn quit(mut pty: Pty) {
    pty.send("q");
    assert!(pty.wait().success());
    assert_given_back(&pty);
}

#[test]
fn late_answers_about_widths_change_what_is_drawn_and_are_kept_under_the_terminals_name() {
    let home = Home::new();
    let name = "\u{1b}P>|wide terminal(1)\u{1b}\\";
    let rows = usize::from(SIZE.1) - 1;
    let pty = on_silent(&home);
    // Nothing is known, so most terminals are believed to be like this one.
    assert_eq!((borders(&pty, '│'), borders(&pty, '|')), (rows, 0));
    pty.send(name);
    pty.send(&wide_answers());
    pty.wait_until("borders that are narrow there", |pty| {
        (borders(pty, '│'), borders(pty, '|')) == (0, rows)
    });
    pty.send(LAST);
    quit(pty);
    let kept = home.path().join("state/kanbao/terminals");
    assert!(
        fs::read_to_string(&kept)
            .unwrap()
            .contains(" wide terminal(1)\n")
    );
    // The next time its name is enough, until it answers.
    let pty = on_silent(&home);
    pty.send(name);
    pty.wait_until("borders of the last time", |pty| borders(pty, '|') == rows);
    // What was said by hand goes before what is measured.
    quit(pty);
    home.config("ambiguous = 1\n");
    let pty = on_silent(&home);
    pty.send(name);
    pty.send(&wide_answers());
    pty.send("j");
    wait_for_status(&pty, "%");
    assert_eq!(borders(&pty, '|'), 0);
    quit(pty);
}

#[test]
fn the_ground_chooses_the_theme_until_one_is_chosen_by_hand() {
    let home = Home::new();
    let pty = on_silent(&home);
    pty.send("\u{1b}]11;rgb:ffff/ffff/ffff\u{7}");
    // The next one behind light.
    pty.send("T");
    wait_for_status(&pty, "theme paper");
    pty.send("\u{1b}]11;rgb:0000/0000/0000\u{7}");
    pty.send("T");
    wait_for_status(&pty, "theme contrast");
    quit(pty);
}

#[test]
fn keys_are_told_apart_where_the_terminal_knows_how() {
    let home = Home::new();
    let pty = on_silent(&home);
    let pushed = |pty: &Pty| String::from_utf8_lossy(&pty.written()).contains("\u{1b}[>1u");
    assert!(!pushed(&pty));
    pty.send("\u{1b}[?0u");
    pty.wait_until("flags", pushed);
    quit(pty);
}
