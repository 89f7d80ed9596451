//! Searching a folder of many small files, beside ripgrep on the same folder in the same round.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use super::inputs::{BESIDE_NAME, NAME, text};
use super::tty::Tty;
use super::{Figures, Programs, heading, medians, row};

/// What is measured: a heading, the digits shown behind the point.
const LIBRARY: [(&str, usize); 6] = [
    ("first frame ms", 0),
    ("key echoed ms", 1),
    ("first hits ms", 1),
    ("all hits ms", 0),
    ("`rg -l` first ms", 1),
    ("`rg -l` all ms", 0),
];

/// One file in so many holds the name.
const NAMED: usize = 300;

/// A character that stands in no file, and one that stands in all.
const NOWHERE: char = '籲';
const ALL: &str = "的";

/// A folder of small texts; the names stand in some of them, whose titles tell it.
fn folder(root: &Path, files: usize) -> PathBuf {
    let path = root.join("library");
    fs::create_dir_all(&path).unwrap();
    let named = text(2_500, true);
    let plain = named.replace(NAME, "");
    for n in 0..files {
        let (title, body) = if n % NAMED == NAMED / 2 {
            (format!("{BESIDE_NAME}页第{n}号"), &named)
        } else {
            (format!("来信第{n}号"), &plain)
        };
        let body = body.replace(BESIDE_NAME, "");
        fs::write(
            path.join(format!("{n:05}.txt")),
            format!("{title}\n\n{body}"),
        )
        .unwrap();
    }
    path
}

/// Prints the table.
pub(crate) fn library(programs: &Programs<'_>, rounds: usize, quick: bool) {
    let files = if quick { 1_000 } else { 10_000 };
    let path = folder(programs.folder, files);
    println!(
        "\n{files} files of 2.5 kB, a name in one of {NAMED} of them, all in the page cache:\n"
    );
    heading(&["search"], &LIBRARY);
    let rounds: Vec<Figures<6>> = (0..rounds)
        .map(|_| {
            let ours = in_kanbao(programs.kanbao(&[path.to_str().unwrap()]));
            let (first, all) = in_ripgrep(&path);
            [ours[0], ours[1], ours[2], ours[3], first, all]
        })
        .collect();
    row(&["a name"], &medians(&rounds), &LIBRARY);
    let rounds: Vec<Figures<2>> = (0..2)
        .map(|_| {
            let mut tty = programs.kanbao(&[path.to_str().unwrap()]);
            tty.first_frame();
            tty.press("g/");
            let all = tty.press(ALL).map_or(f64::NAN, |answer| answer.time);
            // While that search runs.
            tty.press("\x15");
            tty.press_quickly(ALL);
            let echoed = tty.press_until(&NOWHERE.to_string(), NOWHERE);
            tty.press("\x1b");
            tty.end("q");
            [echoed, all]
        })
        .collect();
    let [echoed, all] = medians(&rounds);
    let figures = [f64::NAN, echoed, f64::NAN, all, f64::NAN, f64::NAN];
    row(&["in every file"], &figures, &LIBRARY);
}

/// The first frame, the answer to a key, the first hits, all hits.
fn in_kanbao(mut tty: Tty) -> [f64; 4] {
    let start = tty.first_frame();
    tty.press("g/");
    let echoed = tty.press_until(&NOWHERE.to_string(), NOWHERE);
    tty.press("\x15");
    let name = NAME;
    let first = tty.press_until(name, BESIDE_NAME);
    tty.press("\x15");
    let all = tty.press(name).map_or(f64::NAN, |answer| answer.time);
    tty.press("\x1b");
    tty.end("q");
    [start, echoed, first, all]
}

/// Milliseconds until ripgrep named the first file, and until it ended; NaN where it is not installed.
fn in_ripgrep(path: &Path) -> (f64, f64) {
    let start = Instant::now();
    let spawned = Command::new("rg")
        .args(["-l", NAME])
        .arg(path)
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut child) = spawned else {
        return (f64::NAN, f64::NAN);
    };
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    let first = start.elapsed().as_secs_f64() * 1000.0;
    out.read_to_string(&mut line).unwrap();
    child.wait().unwrap();
    (first, start.elapsed().as_secs_f64() * 1000.0)
}
