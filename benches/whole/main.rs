//! Whole-process figures: kanbao beside less on the same file, in turn, on a pseudo-terminal of 160x48.
//!
//! `cargo bench --bench whole` prints Markdown for docs/performance.md; `-- --quick` does fewer rounds on smaller
//! files. Figures are medians over rounds, and the ratio is the median of the ratios of each round, so that a slow
//! spell of the machine hits both alike. `floor` is `cat` echoing keys in raw mode: what pseudo-terminal and harness
//! cost by themselves.

#![allow(clippy::unwrap_used)]

mod inputs;
mod tty;

use std::path::{Path, PathBuf};
use std::time::Duration;

use tty::Tty;

/// What is measured of one program on one file.
#[derive(Debug, Clone, Copy, Default)]
struct Figures {
    start: f64,
    line: f64,
    line_bytes: f64,
    page: f64,
    page_bytes: f64,
    search: f64,
    memory: f64,
}

fn main() {
    let quick = std::env::args().any(|a| a == "--quick");
    // `cargo test --benches` and the like only ask whether it runs.
    if std::env::args().any(|a| a == "--test" || a == "--list") {
        return;
    }
    let folder = std::env::temp_dir().join(format!("kanbao-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let rounds = if quick { 2 } else { 5 };
    println!(
        "| file | program | start ms | line ms | bytes | page ms | bytes | search ms | memory MB |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (name, path) in inputs::all(&folder, quick) {
        let has_less = name != "50,000 mentions";
        measure(name, &path, &folder, rounds, has_less);
    }
    let floor: Vec<f64> = (0..rounds).map(|_| floor()).collect();
    println!("\nfloor: {:.2} ms a key", median(floor));
    std::fs::remove_dir_all(&folder).unwrap();
}

fn measure(name: &str, path: &Path, folder: &Path, rounds: usize, has_less: bool) {
    let kanbao = (0..rounds).map(|n| (n, true));
    let less = (0..rounds).map(|n| (n, false)).filter(|_| has_less);
    let mut turns: Vec<(usize, bool)> = kanbao.chain(less).collect();
    // In each round both, the order turned by one from round to round.
    turns.sort_by_key(|(n, ours)| (*n, *ours == (n % 2 == 0)));
    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    for (_, is_ours) in turns {
        let figures = run(is_ours, path, folder);
        if is_ours {
            ours.push(figures);
        } else {
            theirs.push(figures);
        }
    }
    print_row(name, "kanbao", &ours);
    if !has_less {
        return;
    }
    print_row(name, "less", &theirs);
    let ratio = |of: fn(&Figures) -> f64| {
        median(
            ours.iter()
                .zip(&theirs)
                .map(|(a, b)| of(a) / of(b))
                .collect(),
        )
    };
    println!(
        "| | ratio | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} |",
        ratio(|f| f.start),
        ratio(|f| f.line),
        ratio(|f| f.line_bytes),
        ratio(|f| f.page),
        ratio(|f| f.page_bytes),
        ratio(|f| f.search),
        ratio(|f| f.memory),
    );
}

fn print_row(name: &str, program: &str, figures: &[Figures]) {
    let of = |of: fn(&Figures) -> f64| median(figures.iter().map(of).collect());
    println!(
        "| {name} | {program} | {:.1} | {:.2} | {:.0} | {:.2} | {:.0} | {:.0} | {:.0} |",
        of(|f| f.start),
        of(|f| f.line),
        of(|f| f.line_bytes),
        of(|f| f.page),
        of(|f| f.page_bytes),
        of(|f| f.search),
        of(|f| f.memory),
    );
}

fn run(ours: bool, path: &Path, folder: &Path) -> Figures {
    let (program, arguments): (PathBuf, Vec<String>) = if ours {
        let config = folder.join("config.toml");
        // The body alone, as less has nothing beside it.
        std::fs::write(&config, "[panes]\nlist = false\nsidebar = false\n").unwrap();
        let config = config.to_str().unwrap().to_owned();
        let path = path.to_str().unwrap().to_owned();
        (
            PathBuf::from(env!("CARGO_BIN_EXE_kanbao")),
            vec!["--config".to_owned(), config, path],
        )
    } else {
        let text = path.with_extension("txt");
        ("less".into(), vec![text.to_str().unwrap().to_owned()])
    };
    let mut tty = Tty::spawn(&program, &arguments, folder);
    let mut figures = Figures {
        start: tty.settle(Duration::from_millis(400), Duration::from_secs(30)),
        ..Figures::default()
    };
    let mut keys = |key: &str, count: usize| {
        let (mut times, mut bytes) = (Vec::new(), Vec::new());
        for _ in 0..count {
            if let Some((time, size)) = tty.press(key) {
                times.push(time);
                bytes.push(size);
            }
        }
        (median(times), median(bytes))
    };
    (figures.line, figures.line_bytes) = keys("j", 30);
    (figures.page, figures.page_bytes) = keys(" ", 20);
    tty.press("g");
    tty.press("g");
    for key in ["/", inputs::NEEDLE] {
        tty.press(key);
    }
    figures.search = if ours {
        // Kanbao searches as one types: what counts is the time from the last character.
        tty.press("\x1b");
        tty.press("/");
        tty.press(inputs::NEEDLE).map_or(f64::NAN, |(time, _)| time)
    } else {
        tty.press("\r").map_or(f64::NAN, |(time, _)| time)
    };
    figures.memory = tty.peak_memory();
    tty.end(if ours { "\x1bq" } else { "q" });
    figures
}

fn floor() -> f64 {
    let script = "printf ready; stty raw -echo; exec cat".to_owned();
    let mut tty = Tty::spawn(Path::new("sh"), &["-c".to_owned(), script], Path::new("."));
    tty.settle(Duration::from_millis(100), Duration::from_secs(2));
    let times = (0..30)
        .filter_map(|_| tty.press("j"))
        .map(|(t, _)| t)
        .collect();
    tty.end("");
    median(times)
}

/// The middle of the figures; NaN of none.
fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}
