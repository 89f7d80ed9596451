//! Text that would command the terminal: through every way in and every way out, nothing of it gets through.

use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;
use std::time::Duration;

use crate::pty::Pty;
use crate::pty::home::{Home, status};
use crate::pty::wire::{copied, fault};
use kanbao::runtime::Probe;

const SIZE: (u16, u16) = (140, 40);

/// What is tried: its name, and the text. `PWN` is what would be done.
fn attacks() -> Vec<(&'static str, String)> {
    let marks = format!("e{}", "\u{301}".repeat(10_000));
    [
        ("the title (OSC 0)", "\u{1b}]0;PWN\u{7}"),
        ("the folder (OSC 7)", "\u{1b}]7;file://PWN\u{1b}\\"),
        (
            "a link (OSC 8)",
            "\u{1b}]8;;http://PWN\u{7}x\u{1b}]8;;\u{7}",
        ),
        ("the clipboard (OSC 52)", "\u{1b}]52;c;PWN\u{7}"),
        ("a file (OSC 1337)", "\u{1b}]1337;File=inline=1:PWN\u{7}"),
        ("a picture (DCS)", "\u{1b}PqPWN\u{1b}\\"),
        ("a question (DCS)", "\u{1b}P$qPWN\u{1b}\\"),
        ("kitty's pictures (APC)", "\u{1b}_GPWN\u{1b}\\"),
        ("privacy (PM)", "\u{1b}^PWN\u{1b}\\"),
        ("a string (SOS)", "\u{1b}XPWN\u{1b}\\"),
        (
            "colours and erasing (CSI)",
            "\u{1b}[31m\u{1b}[2J\u{1b}[HPWN",
        ),
        ("a report and printing (CSI)", "\u{1b}[6n\u{1b}[5iPWN"),
        ("a reset", "\u{1b}cPWN"),
        (
            "C1 in UTF-8",
            "\u{9b}31m\u{9d}0;PWN\u{9c}\u{90}qPWN\u{9c}\u{85}\u{84}",
        ),
        (
            "bells and the like",
            "\u{7}\u{8}\u{7f}\u{5}\u{e}\u{f}\u{0}PWN",
        ),
        ("an unfinished sequence", "PWN\u{1b}["),
        (
            "bidirectional controls",
            "\u{202e}PWN\u{202c}\u{200f}\u{200e}\u{61c}",
        ),
        ("isolates", "\u{2066}PWN\u{2067}x\u{2068}y\u{2069}"),
        (
            "zero widths",
            "P\u{200b}W\u{200d}N\u{2060}\u{feff}\u{ad}\u{200c}",
        ),
        ("separators", "P\u{2028}W\u{2029}N"),
        ("tags", "PWN\u{e0001}\u{e0041}\u{e007f}"),
        ("selectors", "P\u{fe0f}W\u{e0100}N\u{fe00}"),
        ("marks", &marks),
        ("a mark alone", "\u{20e3}\u{301}PWN"),
        ("no characters", "\u{fffe}\u{ffff}\u{fdd0}PWN"),
    ]
    .map(|(name, text)| (name, text.to_owned()))
    .to_vec()
}

/// The text as TOML writes it: every character by its number, so that the file itself is harmless to its parser.
fn toml(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|c| format!("\\U{:08x}", u32::from(c)))
        .collect();
    format!("\"{escaped}\"")
}

/// An article that has the text wherever text can stand.
fn article(text: &str) -> String {
    let t = toml(text);
    format!(
        "headline = {t}\nkicker = {t}\ndeck = {t}\nbyline = [{t}]\ndateline = {t}\ncaption = {t}\ncredits = [{t}]\n\
         source = {t}\npage = {t}\nsection = {t}\nlanguage = {t}\ndate = {t}\nunknown = {t}\n\
         body = \"乌镇峰会\\n{body}\\n乌镇\"\n\
         [[entity]]\nname = \"乌镇\"\nkind = {t}\naliases = [{t}, \"峰会\"]\nnote = {t}\nurl = {t}\n\
         attributes = {{ a = {t}, {t} = \"b\" }}\n\
         [[entity]]\nname = {t}\nkind = \"person\"\n\
         [[note]]\nmention = \"峰会\"\ntext = {t}\n",
        body = t.trim_matches('"'),
    )
}

/// A file of that name; what no name can hold is left out.
fn named(home: &Home, text: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let name: Vec<u8> = text
        .bytes()
        .filter(|b| !matches!(b, 0 | b'/'))
        .take(150)
        .collect();
    let folder = home.path().join("news");
    std::fs::create_dir_all(&folder).unwrap();
    let name = String::from_utf8_lossy(&name)
        .trim_end_matches('\u{fffd}')
        .to_owned();
    let path = folder.join(std::ffi::OsStr::from_bytes(
        format!("{name}.txt").as_bytes(),
    ));
    std::fs::write(&path, bytes).unwrap();
    path
}

/// All ways in: a folder with an article, a brat document and a text by attack, and a config.
fn library(home: &Home) -> PathBuf {
    let mut config = String::from("theme = \"dark\"\ncopy.to = \"osc52\"\n");
    for (number, (_, text)) in attacks().into_iter().enumerate() {
        home.file(&format!("news/a{number:02}.toml"), article(&text));
        home.file(
            &format!("news/b{number:02}/x.txt"),
            format!("乌镇 {text} 峰会\n"),
        );
        let ann = format!(
            "T1\tPERSON 0 2\t乌镇\nT2\t{text} 0 2\t乌镇\n#1\tAnnotatorNotes T1\t{text}\nN1\tReference T1 {text}:Q1\t{text}\n\
             A1\t{text} T1\n{text}\n"
        );
        home.file(&format!("news/b{number:02}/x.ann"), ann);
        named(home, &text, format!("{text}\n\n乌镇{text}峰会\n"));
        home.file(
            &format!("news/c{number:02}.toml"),
            format!("headline = {text}\n"),
        );
        config.push_str(&format!("{} = {}\n", toml(&text), toml(&text)));
    }
    let (_, text) = attacks().swap_remove(0);
    config.push_str(&format!(
        "library = {0}\n[keys.normal]\n{0} = {0}\n[themes.{0}]\n",
        toml(&text)
    ));
    config
        .push_str("# \u{1b}]0;PWN\u{7}\u{9b}\u{202e}\n[themes.x]\ninherits = \"\\u001b[31mPWN\"\n");
    home.config(&config);
    home.path().join("news")
}

fn says_pwn(written: &[u8]) -> bool {
    written.windows(3).any(|part| part == b"PWN")
}

fn assert_harmless(pty: &Pty, what: &str) {
    let (_, question) = Probe::ask(Some("xterm-256color"), SIZE.0);
    let found = fault(&pty.written(), &question);
    assert!(found.is_none(), "{what}: {}", found.unwrap_or_default());
}

#[test]
fn nothing_gets_through_the_reader() {
    let home = Home::new();
    let folder = library(&home);
    let mut pty = home.kanbao(&[folder.to_str().unwrap()], SIZE.0, SIZE.1);
    pty.wait_until("a first frame", |pty| status(pty).starts_with(" READ"));
    // Problems of the config and of the article, the help.
    pty.send("!");
    pty.wait_for("q closes");
    pty.send("  G\u{1b}[27u");
    // Every article: its text, its entities, the card of the first of them.
    let header = |pty: &Pty| pty.screen()[0].clone();
    pty.wait_until("the list", |pty| header(pty).contains(" 1/"));
    let first = header(&pty);
    let total = first.split(['/', '│']).nth(1).unwrap();
    let total: usize = total.trim().parse().unwrap();
    assert!(total > attacks().len() * 2, "{total} articles");
    for number in 1..=total {
        let place = format!(" {number}/{total}│");
        pty.wait_until(&place, |pty| header(pty).contains(&place));
        for keys in ["]m]eyp", "\t\tjj\t", "!", "\u{1b}[27u", "gg10jyfyp"] {
            pty.send(keys);
            // So that a frame shows what came of it; nothing depends on whether it does.
            std::thread::sleep(Duration::from_millis(12));
        }
        assert_harmless(&pty, &place);
        pty.send("J");
    }
    // Typed and pasted into a prompt, searched for, and shown again by the history.
    for (_, text) in attacks() {
        pty.send("/");
        pty.send(&format!("\u{1b}[200~乌{text}\u{1b}[201~"));
        pty.send("\r\u{1b}[27u");
    }
    pty.send("/\u{1b}[A\u{1b}[A\u{1b}[27u\u{1b}[27uT");
    pty.send("q");
    assert!(pty.wait().success());
    assert!(says_pwn(&pty.written()));
    assert_harmless(&pty, "the whole session");
    // What is pasted from the clipboard, into a shell perhaps, has no controls either.
    let copied = copied(&pty.written());
    assert!(copied.iter().any(|text| text.contains("PWN")), "{copied:?}");
    for text in copied {
        let control = text
            .chars()
            .find(|c| c.is_control() && !matches!(c, '\n' | '\t'));
        assert_eq!(control, None, "{text:?}");
        assert!(!text.ends_with('\n'), "{text:?}");
    }
    // What is kept on the disk can be looked at with cat.
    let kept = std::fs::read(home.path().join("state/kanbao/searches")).unwrap_or_default();
    let bad = |b: &u8| *b != b'\n' && (*b < b' ' || *b == 0x7f);
    assert!(
        !kept.iter().any(bad),
        "{:?}",
        String::from_utf8_lossy(&kept)
    );
}

#[test]
fn nothing_gets_through_what_is_printed() {
    let home = Home::new();
    let folder = library(&home);
    let folder = folder.to_str().unwrap();
    let attack = attacks().swap_remove(0).1;
    let commands: [&[&str]; 7] = [
        &["cat", folder],
        &["cat", "--color", "always", folder],
        &["config"],
        // Errors quote what they are about.
        &[&attack],
        &["cat", &attack],
        &["--format", &attack],
        &["--config", &attack],
    ];
    for command in commands {
        let mut pty = home.kanbao(command, SIZE.0, SIZE.1);
        pty.wait();
        // All of them print the text, as far as it can be seen, but for what is left out of an error about a flag.
        pty.wait_until("an answer", |pty| {
            says_pwn(&pty.written()) || pty.screen()[0].starts_with("error:")
        });
        assert_harmless(&pty, &format!("{command:?}"));
    }
}

#[test]
fn c1_bytes_and_broken_text_are_no_controls() {
    let home = Home::new();
    // The eight-bit forms, which a terminal in another mode would obey, in a file that is no UTF-8.
    let path = home.file(
        "news/raw.txt",
        b"\xce\xda\xd5\xf2\x9b31m\x9d0;PWN\x9c\x90q\x9c\xff\n".as_slice(),
    );
    let path = path.to_str().unwrap();
    let mut pty = home.kanbao(&[path], SIZE.0, SIZE.1);
    pty.wait_until("a first frame", |pty| status(pty).ends_with('%'));
    pty.send("q");
    pty.wait();
    assert_harmless(&pty, "the reader");
    let mut pty = home.kanbao(&["cat", path], SIZE.0, SIZE.1);
    pty.wait();
    assert_harmless(&pty, "cat");
}

#[test]
fn links_are_made_of_addresses_of_the_web_alone() {
    let home = Home::new();
    let entity = |name: &str, link: &str| {
        format!(
            "[[entity]]\nname = \"{name}\"\nkind = \"place\"\nlink = {}\n",
            toml(link)
        )
    };
    let text = [
        "body = \"乌镇，桐乡，嘉兴。\"\n".to_owned(),
        entity("乌镇", "https://example.org/wuzhen"),
        entity("桐乡", "file:///etc/passwd"),
        entity("嘉兴", "https://a.example/\u{1b}]52;c;PWN\u{7}"),
    ]
    .concat();
    let path = home.file("news/a.toml", text);
    let mut pty = home.kanbao(&[path.to_str().unwrap()], SIZE.0, SIZE.1);
    pty.wait_until("a first frame", |pty| status(pty).starts_with(" READ"));
    for name in ["乌镇", "桐乡", "嘉兴"] {
        pty.send("]m");
        pty.wait_until(name, |pty| {
            pty.screen().iter().any(|row| row.contains("link"))
        });
        std::thread::sleep(Duration::from_millis(50));
    }
    pty.send("q");
    pty.wait();
    assert_harmless(&pty, "links");
    let written = String::from_utf8_lossy(&pty.written()).into_owned();
    assert!(written.contains("\u{1b}]8;id=k1;https://example.org/wuzhen\u{1b}\\"));
    assert!(!written.contains(";file:") && !written.contains(";https://a.example"));
}
