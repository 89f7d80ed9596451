//! Which way text takes, and that it takes it.

use std::cell::RefCell;

use super::*;
use crate::runtime::Events;

/// Copies, with no end in sight; what is said of it.
fn copy(
    text: &str,
    what: &str,
    ways: &[Way],
    send: impl Fn(Vec<u8>) -> bool,
) -> Result<String, String> {
    super::copy(text, what, ways, send, &Deadline::new()).map(|done| done.said)
}

/// What is around with these variables set and these programs there.
fn around(variables: &[&str], programs: &[&str]) -> Around {
    let variable = |name: &str| {
        variables.iter().find_map(|set| {
            let (key, value) = set.split_once('=').unwrap_or((set, "1"));
            (key == name).then(|| OsString::from(value))
        })
    };
    let file = Some(PathBuf::from("/s/clipboard"));
    Around::of(variable, |name| programs.contains(&name), file)
}

/// The ways as words.
fn told(to: &CopyTo, around: &Around) -> String {
    let words = ways(to, around).into_iter().map(|way| match way {
        Way::NoTool => "no tool".to_owned(),
        Way::Tool(tool) => tool.command()[0].to_owned(),
        Way::Command(command) => command.join(" "),
        Way::Tmux => "tmux".to_owned(),
        Way::Osc52(Through::Screen) => "osc52 through screen".to_owned(),
        Way::Osc52(_) => "osc52".to_owned(),
        Way::File(_) => "file".to_owned(),
    });
    words.collect::<Vec<_>>().join(", ")
}

#[test]
fn the_way_follows_from_what_is_around() {
    let all = ["wl-copy", "xclip", "xsel", "clip.exe"];
    for (variables, programs, want) in [
        (
            &["WAYLAND_DISPLAY", "DISPLAY"][..],
            &all[..],
            "wl-copy, xclip, xsel, clip.exe, osc52, file",
        ),
        (&["DISPLAY"], &all, "xclip, xsel, clip.exe, osc52, file"),
        (&["DISPLAY"], &["xsel"], "xsel, osc52, file"),
        (&["DISPLAY="], &all, "clip.exe, osc52, file"),
        (&[], &["pbcopy"], "pbcopy, osc52, file"),
        (&["DISPLAY", "SSH_CONNECTION"], &all, "osc52, file"),
        (&["WAYLAND_DISPLAY", "SSH_TTY"], &all, "osc52, file"),
        (&["SSH_TTY", "TMUX"], &all, "tmux, osc52, file"),
        (&["SSH_TTY", "STY"], &all, "osc52 through screen, file"),
        (&["TERM=linux"], &[], "file"),
        (&["TERM=linux", "TMUX"], &[], "tmux, osc52, file"),
        (&[], &[], "osc52, file"),
    ] {
        let around = around(variables, programs);
        assert_eq!(
            told(&CopyTo::Auto, &around),
            want,
            "{variables:?} {programs:?}"
        );
    }
}

#[test]
fn the_config_chooses_the_way() {
    let around = around(&["SSH_TTY", "DISPLAY", "TMUX", "TERM=linux"], &["xclip"]);
    let own = CopyTo::Command(vec!["my".to_owned(), "tool".to_owned()]);
    for (to, want) in [
        (CopyTo::Tool, "xclip, file"),
        (CopyTo::Osc52, "osc52, file"),
        (CopyTo::File, "file"),
        (own, "my tool, file"),
    ] {
        assert_eq!(told(&to, &around), want);
    }
    let none = self::around(&[], &[]);
    assert_eq!(told(&CopyTo::Tool, &none), "no tool, file");
}

#[test]
fn windows_gets_utf_16_with_its_mark() {
    assert_eq!(
        Tool::ClipExe.bytes("a乌"),
        [0xFF, 0xFE, b'a', 0, 0x4C, 0x4E]
    );
    assert_eq!(Tool::Xclip.bytes("乌"), "乌".as_bytes());
}

/// A command of a shell as a way.
fn shell(script: &str) -> Way {
    Way::Command(["/bin/sh", "-c", script].map(str::to_owned).to_vec())
}

#[test]
fn a_tool_gets_the_text_and_what_fails_falls_to_the_next() {
    let folder = tempfile::tempdir().expect("a folder");
    let (first, second) = (
        folder.path().join("first"),
        folder.path().join("state").join("clipboard"),
    );
    let tool = shell(&format!("cat > '{}'", first.display()));
    let nothing = |_: Vec<u8>| false;
    let said = copy("乌镇", "a mention", &[tool], nothing);
    assert_eq!(
        said,
        Ok("a mention, 2 characters, copied by /bin/sh".to_owned())
    );
    assert_eq!(std::fs::read_to_string(&first).expect("is there"), "乌镇");

    let ways = [
        shell("exit 3"),
        Way::Command(vec!["/nowhere/tool".to_owned()]),
        Way::Osc52(Through::Nothing),
        Way::File(second.clone()),
    ];
    let said = copy("乌", "a row", &ways, nothing).expect("is written");
    assert!(
        said.starts_with("a row, 1 character, written to "),
        "{said}"
    );
    for part in ["/bin/sh failed", "/nowhere/tool: ", "the terminal is gone"] {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert_eq!(std::fs::read_to_string(&second).expect("is there"), "乌");
    let error = copy("乌", "a row", &ways[..2], nothing).expect_err("no way is left");
    assert!(error.starts_with("a row is not copied; "), "{error}");
}

#[test]
fn the_file_is_the_users_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("clipboard");
    copy("乌", "a row", &[Way::File(path.clone())], |_| true).expect("is written");
    let mode = path.metadata().expect("is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_tool_that_hangs_is_ended() {
    let start = Instant::now();
    // More than a pipe holds, so whoever writes waits as well.
    let error = copy(
        &"a".repeat(1 << 20),
        "a row",
        &[shell("exec sleep 60")],
        |_| true,
    );
    assert!(error.expect_err("is ended").contains("did not end"));
    assert!(start.elapsed() < Duration::from_secs(30));
}

#[test]
fn what_a_tool_has_started_ends_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("child");
    // The child holds the pipe as well, so it is the writer that would wait for it.
    let script = format!("sleep 600 <&0 & echo $! > '{}'; wait", path.display());
    let error = copy(&"a".repeat(1 << 20), "a row", &[shell(&script)], |_| true);
    assert!(error.expect_err("is ended").contains("did not end"));
    let child = std::fs::read_to_string(&path).expect("has started");
    let child = child.trim().parse().ok().and_then(Pid::from_raw);
    let child = child.expect("a process");
    // Whoever inherits it may take a while to see its end; until then it is there, but dead.
    let is_alive = || {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", child.as_raw_nonzero()));
        rustix::process::test_kill_process(child).is_ok()
            && stat.is_ok_and(|stat| !stat.contains(") Z "))
    };
    let until = Instant::now() + Duration::from_secs(10);
    while is_alive() && Instant::now() < until {
        thread::sleep(TOOL_STEP);
    }
    assert!(!is_alive());
}

#[test]
fn a_tool_that_does_not_read_is_not_believed() {
    let text = "a".repeat(1 << 20);
    for _ in 0..50 {
        let said = copy(&text, "a row", &[shell("exit 0")], |_| true);
        assert!(said.expect_err("is unread").contains("did not read"));
    }
}

#[test]
fn at_the_end_all_tools_have_one_deadline() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("clipboard");
    let (events, mut happened) = Events::open().expect("a pipe");
    let hang = ["/bin/sh", "-c", "exec sleep 600"].map(str::to_owned);
    let file = Some(path.clone());
    let look = move || Around {
        file: file.clone(),
        ..Around::default()
    };
    let to = CopyTo::Command(hang.to_vec());
    let clipboard = Clipboard::start_where(&to, &events, look).expect("a thread");
    for text in ["一", "二", "三", "四"] {
        clipboard.copy(text.to_owned(), "a row");
    }
    let start = Instant::now();
    assert!(clipboard.finish(), "everything has ended");
    // One tool alone could take TOOL_LIMIT.
    assert!(start.elapsed() < LAST_LIMIT + LAST_GRACE + Duration::from_millis(250));
    assert_eq!(std::fs::read_to_string(&path).expect("is written"), "四");
    let said: Vec<Event> = std::iter::from_fn(|| happened.posted()).collect();
    assert_eq!(said.len(), 4);
    for (i, event) in said.iter().enumerate() {
        let Event::Message(Message::Failed(said)) = event else {
            panic!("not told: {event:?}");
        };
        let why = ["there was no time for /bin/sh", "/bin/sh did not end"][usize::from(i == 0)];
        assert!(said.contains("written to ") && said.contains(why), "{said}");
    }
}

#[test]
fn quitting_waits_for_a_tool_that_is_at_work() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("text");
    let (events, mut happened) = Events::open().expect("a pipe");
    let script = format!("sleep 0.1; cat > '{}'", path.display());
    let to = CopyTo::Command(["/bin/sh", "-c", &script].map(str::to_owned).to_vec());
    let clipboard = Clipboard::start_where(&to, &events, Around::default).expect("a thread");
    clipboard.copy("乌镇".to_owned(), "a row");
    assert!(clipboard.finish());
    assert_eq!(std::fs::read_to_string(&path).expect("is there"), "乌镇");
    let said = happened.posted();
    assert!(
        matches!(said, Some(Event::Message(Message::Copied(_)))),
        "{said:?}"
    );
}

#[test]
fn the_terminal_gets_the_bytes_unless_they_are_too_many() {
    let sent = RefCell::new(Vec::new());
    let send = |bytes: Vec<u8>| {
        sent.borrow_mut().extend(bytes);
        true
    };
    let way = [Way::Osc52(Through::Nothing)];
    let said = copy("乌镇", "a mention", &way, send).expect("is sent");
    assert!(
        said.contains("OSC 52, which no terminal confirms"),
        "{said}"
    );
    assert_eq!(*sent.borrow(), b"\x1b]52;c;5LmM6ZWH\x07");
    let error = copy(&"a".repeat(80_000), "a row", &way, send).expect_err("too long");
    assert!(error.contains("80000 bytes are too many"), "{error}");
    assert_eq!(sent.borrow().len(), 16);
}
