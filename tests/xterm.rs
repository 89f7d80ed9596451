//! The reader in a real xterm, narrow and with `-cjk_width`. Skipped where xterm or Xvfb is not installed.
//!
//! What xterm shows is read back by its printing of the screen (media copy, `CSI i`), cell by cell, so that no library
//! has to be believed about widths.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(60);
const SIZE: (u16, u16) = (100, 30);

/// A process that ends with the test.
struct Held(Child);

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn is_installed(program: &str) -> bool {
    let found = Command::new("sh")
        .args(["-c", &format!("command -v {program}")])
        .stdout(Stdio::null())
        .status();
    found.is_ok_and(|status| status.success())
}

/// A display of its own, and its name.
fn display() -> (Held, String) {
    let mut server = Command::new("Xvfb")
        .args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1600x1200x24",
            "-nolisten",
            "tcp",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut number = String::new();
    BufReader::new(server.stdout.take().unwrap())
        .read_line(&mut number)
        .unwrap();
    (Held(server), format!(":{}", number.trim()))
}

fn until<T>(what: &str, mut found: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = found() {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "no {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The rows that xterm prints of its screen.
fn screen(tty: &str, printed: &Path) -> Vec<String> {
    let _ = fs::remove_file(printed);
    let mut terminal = fs::OpenOptions::new().write(true).open(tty).unwrap();
    terminal.write_all(b"\x1b[i").unwrap();
    let rows = until("print", || {
        let text = fs::read(printed).ok()?;
        let text = String::from_utf8_lossy(&text).into_owned();
        (text.matches('\n').count() >= usize::from(SIZE.1)).then_some(text)
    });
    let printable = |row: &str| row.trim_matches(['\r', '\u{c}']).to_owned();
    rows.lines().map(printable).collect()
}

#[test]
fn borders_are_straight_in_a_real_xterm_of_either_width() {
    if !is_installed("xterm") || !is_installed("Xvfb") {
        eprintln!("skipped: xterm and Xvfb are not installed");
        return;
    }
    let (_server, display) = display();
    for (wide, border) in [(false, '│'), (true, '|')] {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name);
        let (tty, printed) = (path("tty"), path("printed"));
        let mut xterm = Command::new("xterm");
        xterm
            .env("DISPLAY", &display)
            .env("HOME", home.path())
            .env("XDG_CONFIG_HOME", path("config"))
            .env("XDG_STATE_HOME", path("state"))
            .env("LC_ALL", "C.UTF-8")
            .args(["-u8", "-geometry", &format!("{}x{}", SIZE.0, SIZE.1)])
            .args(["-xrm", "XTerm*printAttributes: 0"])
            .args([
                "-xrm",
                &format!("XTerm*printerCommand: cat > {}", printed.display()),
            ]);
        if wide {
            xterm.arg("-cjk_width");
        }
        let line = format!(
            "tty > {} && exec {}",
            tty.display(),
            env!("CARGO_BIN_EXE_kanbao")
        );
        let child = xterm
            .args(["-e", "sh", "-c", &line])
            .stderr(Stdio::null())
            .spawn();
        let _xterm = Held(child.unwrap());
        let tty = until("terminal", || {
            let name = fs::read_to_string(&tty).ok()?;
            name.ends_with('\n').then(|| name.trim().to_owned())
        });
        let rows = until("frame", || {
            std::thread::sleep(Duration::from_millis(300));
            let rows = screen(&tty, &printed);
            rows.iter()
                .any(|row| row.trim_end().ends_with('%'))
                .then_some(rows)
        });
        // Every cell is a character: the second one of a wide glyph is printed as U+FFFF.
        let column = |row: &String| Some(row[..row.find(border)?].chars().count());
        let body = &rows[..usize::from(SIZE.1) - 1];
        let columns: Vec<Option<usize>> = body.iter().map(column).collect();
        assert!(columns[1].is_some(), "no border in\n{}", rows.join("\n"));
        assert!(
            columns.iter().all(|c| *c == columns[1]),
            "wide: {wide}, {columns:?}\n{}",
            rows.join("\n")
        );
        assert!(
            rows.concat().contains('“'),
            "no quote in\n{}",
            rows.join("\n")
        );
    }
}
