//! Terminals that can do little, and a window that is very large.

use crate::pty::home::{Home, KANBAO, status, wait_for_status};
use crate::pty::wire::without;
use crate::pty::{Pty, assert_given_back};
use kanbao::runtime::Probe;

fn written(pty: &Pty) -> String {
    String::from_utf8_lossy(&pty.written()).into_owned()
}

/// The reader on a terminal of this name.
fn on(home: &Home, term: &str, more: &[(&str, &str)], size: (u16, u16)) -> Pty {
    let mut env = vec![("TERM", term)];
    env.extend(more);
    home.run(KANBAO, &[], &env, size)
}

fn quit(mut pty: Pty) {
    pty.send("q");
    assert_eq!(pty.wait().exit_code(), 0);
    assert_given_back(&pty);
}

/// The parameters of every SGR that was sent.
fn styles(written: &str) -> Vec<String> {
    written
        .split("\u{1b}[")
        .skip(1)
        .filter_map(|part| {
            let end = part.find(|c: char| c.is_ascii_alphabetic())?;
            (part.as_bytes()[end] == b'm').then(|| part[..end].to_owned())
        })
        .collect()
}

#[test]
fn a_dumb_terminal_is_printed_to_and_told_why() {
    for (term, said) in [("dumb", "TERM=dumb"), ("", "TERM is not set")] {
        let home = Home::new();
        let mut pty = on(&home, term, &[], (80, 24));
        assert!(pty.wait().success());
        pty.wait_until("the last article", |pty| {
            written(pty).contains("How to Read")
        });
        let written = written(&pty);
        assert!(written.contains(said), "{written}");
        assert!(written.contains("水乡十年"));
        assert!(!written.contains('\u{1b}'), "{written:?}");
    }
}

#[test]
fn few_colours_are_enough() {
    for (term, no_color, colourless) in [
        ("xterm-16color", "", false),
        ("screen", "", false),
        ("xterm-mono", "", true),
        ("vt220", "", true),
        ("xterm-256color", "1", true),
    ] {
        let home = Home::new();
        let pty = on(&home, term, &[("NO_COLOR", no_color)], (100, 30));
        wait_for_status(&pty, "%");
        pty.send("]m");
        wait_for_status(&pty, "mention 1/");
        // What the terminal was asked is not what is shown on it.
        let (_, question) = Probe::ask(Some(term), 100);
        let sent = styles(&String::from_utf8_lossy(&without(
            &pty.written(),
            &question,
        )));
        let numbers = |style: &String| -> Vec<u16> {
            let numbers = style.split([';', ':']);
            numbers.filter_map(|n| n.parse().ok()).collect()
        };
        let all: Vec<u16> = sent.iter().flat_map(numbers).collect();
        let colours = |n: &u16| matches!(n, 30..=37 | 40..=47 | 90..=97 | 100..=107);
        // 38 and 48 begin colours of more than sixteen.
        assert!(
            !all.iter().any(|n| matches!(n, 38 | 48)),
            "{sent:?} on {term}"
        );
        assert_eq!(all.iter().any(colours), !colourless, "{sent:?} on {term}");
        assert!(!all.is_empty(), "no style at all on {term}");
        quit(pty);
    }
}

#[test]
fn a_locale_that_is_not_utf8_is_told_with_what_to_set() {
    for (env, told) in [
        (&[("LC_ALL", "C")][..], true),
        (&[("LC_ALL", ""), ("LANG", "zh_CN.GB18030")], true),
        (&[("LC_ALL", ""), ("LANG", "zh_CN.UTF-8")], false),
    ] {
        let home = Home::new();
        let pty = on(&home, "xterm-256color", env, (120, 30));
        pty.wait_until("a frame", |pty| status(pty).starts_with(" READ"));
        assert_eq!(
            status(&pty).contains("LC_ALL=C.UTF-8"),
            told,
            "{}",
            status(&pty)
        );
        quit(pty);
    }
}

#[test]
fn a_very_large_window_is_filled() {
    let pty = Home::new().bundled(600, 200);
    pty.wait_until("borders", |pty| {
        let mut screen = pty.screen();
        screen.pop();
        screen.len() == 199 && screen.iter().all(|row| row.matches('│').count() == 2)
    });
    pty.send(" ");
    quit(pty);
}
