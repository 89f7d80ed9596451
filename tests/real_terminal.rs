//! The whole reader in a real terminal: what is typed, what is shown, how it ends.

use std::fs;
use std::time::{Duration, Instant};

use crate::pty::home::{FIRST, Home, KANBAO, is_painted, status, wait_for_status};
use crate::pty::wire::fault;
use crate::pty::{Pty, assert_given_back};
use alacritty_terminal::term::TermMode;
use kanbao::runtime::Probe;

/// Ends the reader with q and looks whether all is as before.
fn quit(mut pty: Pty) {
    pty.send("q");
    assert_eq!(pty.wait().exit_code(), 0);
    assert_given_back(&pty);
}

/// Where these bytes begin first.
fn position(bytes: &[u8], wanted: &str) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|part| part == wanted.as_bytes())
}

#[test]
fn the_first_article_is_on_the_screen_at_any_size() {
    for (columns, rows, borders) in [(160, 48, 2), (100, 30, 1), (60, 20, 0), (20, 5, 0)] {
        let pty = Home::new().bundled(columns, rows);
        // The list is filled by another thread than the body.
        let is_whole = |pty: &Pty| {
            let mut screen = pty.screen();
            screen.pop();
            screen.iter().all(|row| row.matches('│').count() == borders)
                && (borders == 0 || screen.concat().contains("暖气片热了"))
        };
        pty.wait_until("straight borders", is_whole);
        assert_eq!(pty.screen().len(), usize::from(rows));
        assert!(status(&pty).starts_with(" READ"), "{}", status(&pty));
        assert!(pty.term_mode().contains(TermMode::ALT_SCREEN));
        quit(pty);
    }
}

#[test]
fn an_article_is_read_by_keys() {
    let pty = Home::new().bundled(100, 30);
    let body = |pty: &Pty, y: usize| {
        let row = &pty.screen()[y];
        let row = row.rsplit('│').next().unwrap();
        row.trim_matches([' ', '█']).to_owned()
    };
    let second = body(&pty, 2);
    pty.send("j");
    pty.wait_until("the second row at the top", |pty| body(pty, 1) == second);
    pty.send("k ");
    pty.wait_until("another page", |pty| {
        (1..29).all(|y| body(pty, y) != second)
    });
    pty.send("G");
    wait_for_status(&pty, "100%");
    pty.send("gg]m");
    // Id, label and the offsets of its source, in code points.
    wait_for_status(&pty, "m1 ");
    wait_for_status(&pty, "mention 1/105");
    pty.send("5]m");
    wait_for_status(&pty, "mention 6/105");
    pty.send("g?");
    pty.wait_for("Mentions and entities");
    pty.send("\u{1b}[27u");
    pty.send("J");
    wait_for_status(&pty, "article 2/14");
    pty.send("T");
    wait_for_status(&pty, "light");
    quit(pty);
}

#[test]
fn names_are_found_with_their_counts() {
    let pty = Home::new().bundled(160, 48);
    for (go, typed, all) in [
        ("", "高锐", 3),
        ("7J", "ｉｐｖ６", 12),
        // In print with a space between: 王 正.
        ("4J", "王正", 8),
    ] {
        pty.send(&format!("{go}gg/{typed}"));
        wait_for_status(&pty, &format!("1/{all}"));
        assert!(status(&pty).starts_with(&format!("/{typed}")));
        pty.send("\r");
        wait_for_status(&pty, "READ");
        for n in (2..=all).chain([1]) {
            wait_for_status(
                &pty,
                &format!(" {}/{all} ", if n == 1 { all } else { n - 1 }),
            );
            pty.send("n");
            wait_for_status(&pty, &format!(" {n}/{all} "));
        }
        wait_for_status(&pty, "on from the start");
    }
    quit(pty);
}

#[test]
fn the_text_at_the_top_stays_when_the_window_changes() {
    let home = Home::new();
    let text: String = (1..=300).map(|n| format!("　　第{n:03}段。\n")).collect();
    let path = home.file("long.txt", text);
    let pty = home.kanbao(&[path.to_str().unwrap()], 100, 30);
    pty.wait_for("第001段。");
    pty.send("99j");
    // Panes have no title where there are few rows.
    let top = |pty: &Pty| pty.screen()[usize::from(pty.screen().len() >= 10)].contains("第100段。");
    pty.wait_until("第100段 at the top", top);
    for (columns, rows) in [(60, 20), (160, 48), (20, 5), (100, 30)] {
        pty.resize(columns, rows);
        // The last row of the new size shows that it was drawn at that size.
        pty.wait_until("all rows", |pty| {
            top(pty) && pty.screen().len() == usize::from(rows) && status(pty).contains("READ")
        });
    }
    quit(pty);
}

#[test]
fn a_signal_gives_the_terminal_back() {
    for signal in ["TERM", "HUP"] {
        let mut pty = Home::new().bundled(60, 20);
        pty.kill(signal);
        let status = pty.wait();
        assert!(status.signal().is_some(), "{signal}: {status:?}");
        assert_given_back(&pty);
    }
}

#[test]
fn a_panic_gives_the_terminal_back_and_is_told_after_that() {
    for kind in ["1", "thread"] {
        let more = [("KANBAO_PANIC", kind)];
        let mut pty = Home::new().run(KANBAO, &[], &more, (60, 20));
        pty.wait_for(FIRST);
        pty.send("j");
        assert_eq!(pty.wait().exit_code(), 101, "{kind}");
        pty.wait_for("asked for by KANBAO_PANIC");
        assert_given_back(&pty);
        let written = pty.written();
        let left = position(&written, "\u{1b}[?1049l").unwrap();
        assert!(left < position(&written, "asked for by").unwrap(), "{kind}");
    }
}

#[test]
fn ctrl_z_leads_to_the_shell_and_fg_back() {
    let home = Home::new();
    let env = [("PS1", "shell> "), ("ENV", "/dev/null")];
    let mut pty = home.run("/bin/sh", &["-i"], &env, (80, 24));
    pty.wait_for("shell>");
    pty.send(&format!("clear; {KANBAO}\n"));
    pty.wait_for(FIRST);
    pty.send("]m");
    wait_for_status(&pty, "mention 1/105");
    pty.send("\u{1a}");
    pty.wait_for("Stopped");
    assert_given_back(&pty);
    pty.send("clear; fg\n");
    pty.wait_until("the reader", |pty| {
        pty.term_mode().contains(TermMode::ALT_SCREEN) && status(pty).contains("m1 event")
    });
    pty.send("q");
    pty.wait_until("the shell", |pty| {
        !pty.term_mode().contains(TermMode::ALT_SCREEN)
    });
    // What is typed before the shell asks is taken for a late answer and goes with it.
    pty.wait_for("shell>");
    pty.send("clear; echo it said $?\n");
    pty.wait_for("it said 0");
    assert_given_back(&pty);
    pty.send("exit\n");
    pty.wait();
}

#[test]
fn a_paste_goes_into_the_prompt() {
    let pty = Home::new().bundled(100, 30);
    pty.send("/");
    pty.wait_until("the prompt", |pty| status(pty).starts_with('/'));
    // What would be keys of the reader is text in a paste.
    pty.send("\u{1b}[200~高锐q\u{1b}[201~");
    wait_for_status(&pty, "/高锐q");
    pty.send("\u{7f}");
    wait_for_status(&pty, "1/3");
    pty.send("\r");
    wait_for_status(&pty, "READ");
    quit(pty);
}

#[test]
fn the_program_ends_with_its_window() {
    let pty = Home::new().bundled(60, 20);
    let mut child = pty.close("j");
    let closed = Instant::now();
    while child.try_wait().unwrap().is_none() {
        // Within a second, and as much for a busy machine.
        assert!(closed.elapsed() < Duration::from_secs(5), "it lives on");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn standard_input_is_read_while_keys_come_from_the_terminal() {
    let home = Home::new();
    home.file("a.txt", "　　渡口的船靠岸了。\n");
    for line in [
        "cat a.txt | $KANBAO -",
        "cat a.txt | $KANBAO",
        "$KANBAO - < a.txt",
    ] {
        let line = format!("cd && KANBAO={KANBAO}; {line}");
        let pty = home.shell(&line, 60, 10);
        pty.wait_for("渡口的船靠岸了。");
        pty.send("/靠岸\r");
        wait_for_status(&pty, "1/1");
        quit(pty);
    }
}

#[test]
fn what_goes_into_a_file_is_printed() {
    let home = Home::new();
    home.file("a.txt", "　　渡口的船靠岸了。\n");
    let mut pty = home.shell(&format!("cd && {KANBAO} a.txt > out"), 60, 10);
    assert_eq!(pty.wait().exit_code(), 0);
    let out = fs::read_to_string(home.path().join("out")).unwrap();
    assert_eq!(out, "    渡口的船靠岸了。\n");
    assert_eq!(pty.written(), b"");
}

/// What a hostile file says wherever it can.
const HOSTILE: &str = "毒\u{1b}[31;47;5m\u{1b}]0;owned\u{7}\u{9b}7m\u{9d}1;x\u{9c}\u{202e}反\u{2066}\u{2028}\u{85}\u{7f}\u{8}字";

#[test]
fn no_byte_of_a_hostile_file_gets_through() {
    let home = Home::new();
    let name = "坏\u{1b}[2J\u{7}\u{202e}\u{9b}8m名.txt";
    let mut bytes = format!("{HOSTILE}\n\n　　{HOSTILE}。\n").into_bytes();
    bytes.extend(b"\xff\x9b31m\n");
    let plain = home.file(name, bytes);
    let quoted = HOSTILE
        .chars()
        .map(|c| format!("\\U{:08x}", u32::from(c)))
        .collect::<String>();
    let toml = home.file(
        "b.toml",
        format!(
            "headline = \"{quoted}\"\nsource = \"{quoted}\"\nbody = \"{quoted}\"\n\
             [[entity]]\nname = \"毒\"\nkind = \"{quoted}\"\nnote = \"{quoted}\"\nlink = \"{quoted}\"\n\
             [[entity]]\nname = \"没有{quoted}\"\nkind = \"person\"\n"
        ),
    );
    let latin = home.file("c.txt", b"\xff\x9b31m\x1b[1;5m\xfe\n");
    home.config(&format!("theme = \"{quoted}\"\n"));
    let args = [&plain, &toml, &latin].map(|path| path.to_str().unwrap());
    let mut pty = home.kanbao(&args, 160, 48);
    pty.wait_for("反");
    // The list of problems, the other articles, a mention with its card, the search for what stands there.
    pty.send("!");
    pty.wait_for("坏");
    for keys in [
        "\u{1b}[27u",
        "J",
        "]m",
        "3",
        "!",
        "\u{1b}[27u",
        "*",
        "J",
        "K",
    ] {
        pty.send(keys);
    }
    // A paste is as little to be trusted.
    pty.send(&format!(
        "/\u{1b}[200~{}\u{1b}[201~",
        HOSTILE.replace('\u{1b}', "")
    ));
    pty.wait_until("the prompt", |pty| status(pty).starts_with('/'));
    pty.send("\u{1b}[27u\u{1b}[27uq");
    assert_eq!(pty.wait().exit_code(), 0);
    assert_given_back(&pty);
    assert_harmless(&pty);
}

/// The program has written no control of anybody but itself, and none of those of [`HOSTILE`].
fn assert_harmless(pty: &Pty) {
    let (_, question) = Probe::ask(Some("xterm-256color"), 100);
    let found = fault(&pty.written(), &question);
    assert!(found.is_none(), "{}", found.unwrap_or_default());
    let text = String::from_utf8(pty.written()).unwrap();
    for theirs in ["\u{1b}[31;47;5m", "\u{1b}[2J", "\u{1b}[1;5m"] {
        assert!(!text.contains(theirs), "{theirs:?}");
    }
}

#[test]
fn a_mistake_in_the_config_is_told_with_its_place() {
    let home = Home::new();
    home.config("# mine\n[typeset]\nkinsoko = \"gb\"\n");
    let pty = home.bundled(160, 48);
    wait_for_status(&pty, "config.toml:3:1: ");
    pty.send("!");
    pty.wait_for("kinsoku");
    pty.send("\u{1b}[27uj");
    wait_for_status(&pty, "article 1/14");
    quit(pty);
}

#[test]
fn a_theme_of_three_lines_works() {
    let home = Home::new();
    home.config(
        "theme = \"mine\"\n[themes.mine]\ninherits = \"paper\"\npalette = { ground = \"#123456\" }\n",
    );
    let more = [("COLORTERM", "truecolor")];
    let pty = home.run(KANBAO, &[], &more, (60, 20));
    pty.wait_for(FIRST);
    let written = String::from_utf8_lossy(&pty.written()).into_owned();
    assert!(written.contains("48;2;18;52;86"), "{written:?}");
    quit(pty);
}

#[test]
fn the_config_says_what_is_read_and_how_it_looks() {
    let home = Home::new();
    home.file("news/a.txt", "渡口的船靠岸了。\n");
    home.file("news/b.txt", "　　第二篇。\n");
    home.config(
        "library = \"~/news\"\nambiguous = 2\n[panes]\nlist = false\nsidebar = false\n\
         [typeset]\nindent = 0\n[keys.normal]\n\"x\" = \"quit\"\n\"q\" = \"none\"\n",
    );
    let mut pty = home.kanbao(&[], 160, 20);
    pty.wait_for("渡口的船靠岸了。");
    let screen = pty.screen();
    assert!(!screen.concat().contains('│'), "{screen:?}");
    wait_for_status(&pty, "article 1/2");
    let indent = |pty: &Pty| {
        let screen = pty.screen();
        let row = screen[1..].iter().find(|row| row.contains("渡口")).unwrap();
        row.len() - row.trim_start().len()
    };
    let unindented = indent(&pty);
    // q is free now, so what it says is not the end.
    pty.send("qJ");
    wait_for_status(&pty, "article 2/2");
    pty.send("x");
    assert_eq!(pty.wait().exit_code(), 0);
    assert_given_back(&pty);
    home.config("library = \"~/news\"\n[panes]\nlist = false\nsidebar = false\n");
    let pty = home.kanbao(&[], 160, 20);
    pty.wait_for("渡口的船靠岸了。");
    assert_eq!(indent(&pty), unindented + 4);
    quit(pty);
}

#[test]
fn what_cannot_be_opened_is_said_without_touching_the_terminal() {
    let home = Home::new();
    fs::create_dir(home.path().join("empty")).unwrap();
    let empty = home.path().join("empty");
    for (args, code, said) in [
        (&["no-such-file.txt"][..], 1, "no-such-file.txt"),
        (&["no\u{1b}[2J\u{7}\u{202e}such"], 1, "such"),
        (&["--no-such\u{1b}[2J\u{7}\u{202e}such"], 2, "such"),
        (&[empty.to_str().unwrap()], 1, "empty"),
        (&["--no-such-flag"], 2, "--no-such-flag"),
        (&["--ambiguous", "3"], 2, "--ambiguous"),
        (&["--config", "no-such.toml"], 1, "no-such.toml"),
    ] {
        let mut pty = home.kanbao(args, 100, 20);
        assert_eq!(pty.wait().exit_code(), code, "{args:?}");
        pty.wait_for(said);
        assert_eq!(position(&pty.written(), "\u{1b}[?1049h"), None, "{args:?}");
        assert_given_back(&pty);
        assert_harmless(&pty);
    }
}

#[test]
fn one_missing_file_leaves_the_rest() {
    let home = Home::new();
    let path = home.file("a.txt", "　　渡口的船靠岸了。\n");
    let pty = home.kanbao(&["no-such-file.txt", path.to_str().unwrap()], 100, 20);
    pty.wait_for("渡口的船靠岸了。");
    wait_for_status(&pty, "no-such-file.txt");
    quit(pty);
}

#[test]
fn searches_are_kept_from_one_run_to_the_next() {
    let home = Home::new();
    let pty = home.bundled(100, 30);
    pty.send("/武汉\r");
    wait_for_status(&pty, "1/");
    quit(pty);
    let kept = fs::read_to_string(home.path().join("state/kanbao/searches")).unwrap();
    assert!(kept.contains("武汉"), "{kept}");
    let pty = home.bundled(100, 30);
    pty.send("/\u{1b}[A");
    wait_for_status(&pty, "/武汉");
    pty.send("\r");
    wait_for_status(&pty, "READ");
    quit(pty);
}

#[test]
fn what_is_copied_reaches_the_terminal_and_a_file() {
    let home = Home::new();
    // 弗朗西斯·高锐 in base64.
    let osc52 = "\u{1b}]52;c;5byX5pyX6KW/5pavwrfpq5jplJA=\u{7}";
    let copy = |pty: &Pty| {
        pty.wait_until("an article", is_painted);
        pty.send("/弗朗西斯\r");
        wait_for_status(pty, "1/");
        pty.send("ym");
    };
    let pty = home.run(KANBAO, &[], &[("SSH_TTY", "/dev/pts/9")], (160, 30));
    copy(&pty);
    wait_for_status(
        &pty,
        "a mention, 7 characters, sent to the terminal (OSC 52",
    );
    assert!(position(&pty.written(), osc52).is_some());
    // What was asked for last is not lost at the end.
    pty.send("ymq");
    pty.wait_until("a second time", |pty| {
        let written = String::from_utf8_lossy(&pty.written()).into_owned();
        written.matches(osc52).count() == 2
    });

    home.config("[copy]\nto = \"file\"\n");
    let pty = home.run(KANBAO, &[], &[], (160, 30));
    copy(&pty);
    wait_for_status(&pty, "written to ");
    let copied = fs::read_to_string(home.path().join("state/kanbao/clipboard"));
    assert_eq!(copied.unwrap(), "弗朗西斯·高锐");
    assert!(position(&pty.written(), "]52;").is_none());
    quit(pty);
}
