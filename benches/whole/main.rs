//! Whole-process figures: kanbao beside less on the same file, in turn, on a pseudo-terminal of 160x48.
//!
//! `cargo bench --bench whole` prints the tables of docs/performance.md; with `-- --quick` fewer rounds on smaller
//! files. Figures are medians of the rounds' medians; a ratio is the median of the ratios of each round, so that a slow
//! spell of the machine hits both alike. The floor is `cat` echoing keys in raw mode: what pseudo-terminal and harness
//! cost by themselves.

#![allow(clippy::unwrap_used)]

mod inputs;
mod library;
mod tty;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use inputs::{BESIDE_NAME, Input, NAME, all};
use tty::{Answer, Tty};

/// Less has nothing beside the text either.
const BODY_ALONE: &str = "[panes]\nlist = false\nsidebar = false\n";

/// What is measured beside less: a heading, the digits shown behind the point.
const BESIDE_LESS: [(&str, usize); 8] = [
    ("first frame ms", 1),
    ("line ms", 2),
    ("line B", 0),
    ("page ms", 2),
    ("page B", 0),
    ("search ms", 1),
    ("peak MB", 1),
    ("quit ms", 1),
];
/// What is measured of kanbao alone, with all panes open.
const PANES: [(&str, usize); 5] = [
    ("`j`", 2),
    ("page", 2),
    ("`]m`", 2),
    ("`j` in the sidebar", 2),
    ("resize", 2),
];

/// Figures in the order of their headings; NaN for what could not be measured.
type Figures<const N: usize> = [f64; N];

fn main() {
    // Other commands than `cargo bench` start it only to see that it runs.
    if !std::env::args().any(|a| a == "--bench") {
        return;
    }
    let quick = std::env::args().any(|a| a == "--quick");
    let rounds = if quick { 2 } else { 5 };
    let folder = std::env::temp_dir().join(format!("kanbao-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let inputs = all(&folder, quick);
    let programs = Programs::new(&folder);
    // `-- library` measures that alone.
    if !std::env::args().any(|a| a == "library") {
        programs.beside_less(&inputs, rounds);
        programs.panes(&inputs, rounds);
    }
    library::library(&programs, rounds, quick);
    let floor: Vec<f64> = (0..rounds).map(|_| floor(&folder)).collect();
    println!("\nfloor: {} ms a key", shown(median(&floor), 2));
    fs::remove_dir_all(&folder).unwrap();
}

/// The two programs, and where they may write.
struct Programs<'a> {
    folder: &'a Path,
    config: PathBuf,
    has_less: bool,
}

impl<'a> Programs<'a> {
    fn new(folder: &'a Path) -> Self {
        let config = folder.join("config.toml");
        fs::write(&config, BODY_ALONE).unwrap();
        let mut less = Command::new("less");
        let version = less.arg("--version").stdout(Stdio::null()).status();
        Self {
            folder,
            config,
            has_less: version.is_ok_and(|status| status.success()),
        }
    }

    fn kanbao(&self, arguments: &[&str]) -> Tty {
        Tty::spawn(
            Path::new(env!("CARGO_BIN_EXE_kanbao")),
            arguments,
            self.folder,
        )
    }

    /// Both programs on each file, kanbao with the body alone.
    fn beside_less(&self, inputs: &[Input], rounds: usize) {
        if !self.has_less {
            println!("less is not installed, so there are no ratios.\n");
        }
        heading(&["file", "program"], &BESIDE_LESS);
        for Input { name, path } in inputs {
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            for round in 0..rounds {
                // Who goes first changes from round to round.
                for turn in [round % 2, (round + 1) % 2] {
                    if turn == 0 {
                        ours.push(self.read_in_kanbao(path));
                    } else if self.has_less {
                        theirs.push(self.read_in_less(path));
                    }
                }
            }
            row(&[name, "kanbao"], &medians(&ours), &BESIDE_LESS);
            if self.has_less {
                row(&[name, "less"], &medians(&theirs), &BESIDE_LESS);
                let pairs = ours.iter().zip(&theirs);
                let ratios: Vec<Figures<8>> = pairs
                    .map(|(ours, theirs)| std::array::from_fn(|n: usize| ours[n] / theirs[n]))
                    .collect();
                row(&["", "ratio"], &medians(&ratios), &[("", 2); 8]);
            }
        }
    }

    fn read_in_kanbao(&self, path: &Path) -> Figures<8> {
        let config = self.config.to_str().unwrap();
        let mut tty = self.kanbao(&["--config", config, path.to_str().unwrap()]);
        let start = tty.first_frame();
        let (line, page) = (tty.presses("j", 30), tty.presses(" ", 20));
        tty.press("gg");
        tty.press("/");
        // It searches as one types.
        let search = tty.press_until(NAME, BESIDE_NAME);
        let memory = tty.peak_memory();
        tty.press("\r");
        let quit = tty.end("q");
        [
            start, line.time, line.bytes, page.time, page.bytes, search, memory, quit,
        ]
    }

    fn read_in_less(&self, path: &Path) -> Figures<8> {
        let mut tty = Tty::spawn(Path::new("less"), &[path.to_str().unwrap()], self.folder);
        let start = tty.first_frame();
        let (line, page) = (tty.presses("j", 30), tty.presses(" ", 20));
        for key in ["g", "/", NAME] {
            tty.press(key);
        }
        let search = tty.press_until("\r", BESIDE_NAME);
        let memory = tty.peak_memory();
        let quit = tty.end("q");
        [
            start, line.time, line.bytes, page.time, page.bytes, search, memory, quit,
        ]
    }

    /// Kanbao as it starts by default, with three panes: what no size and no number of mentions may slow down.
    fn panes(&self, inputs: &[Input], rounds: usize) {
        println!("\nThree panes, ms:\n");
        heading(&["file"], &PANES);
        for Input { name, path } in inputs {
            let rounds: Vec<Figures<5>> = (0..rounds).map(|_| self.read_in_panes(path)).collect();
            row(&[name], &medians(&rounds), &PANES);
        }
    }

    fn read_in_panes(&self, path: &Path) -> Figures<5> {
        let mut tty = self.kanbao(&[path.to_str().unwrap()]);
        tty.first_frame();
        let line = tty.presses("j", 20).time;
        let page = tty.presses(" ", 10).time;
        let mention = tty.presses("]m", 20).time;
        let resize = (0..10).filter_map(|n| tty.resize([120, 160][n % 2]));
        let resize = middle(resize.collect()).time;
        tty.press("\t");
        let entity = tty.presses("j", 20).time;
        tty.end("q");
        [line, page, mention, entity, resize]
    }
}

impl Tty {
    /// The middle answer to a key pressed up to `count` times: a key without an answer has come to the end of the text.
    fn presses(&mut self, key: &str, count: usize) -> Answer {
        middle((0..count).map_while(|_| self.press(key)).collect())
    }
}

fn floor(folder: &Path) -> f64 {
    let script = "printf ready; stty raw -echo; exec cat";
    let mut tty = Tty::spawn(Path::new("sh"), &["-c", script], folder);
    tty.first_frame();
    let time = tty.presses("j", 30).time;
    tty.end("");
    time
}

/// The middle of the times and of the sizes.
fn middle(answers: Vec<Answer>) -> Answer {
    let of = |of: fn(&Answer) -> f64| median(&answers.iter().map(of).collect::<Vec<f64>>());
    Answer {
        time: of(|answer| answer.time),
        bytes: of(|answer| answer.bytes),
    }
}

fn medians<const N: usize>(rounds: &[Figures<N>]) -> Figures<N> {
    std::array::from_fn(|n| median(&rounds.iter().map(|round| round[n]).collect::<Vec<f64>>()))
}

/// The middle of the figures that are any; NaN of none.
fn median(figures: &[f64]) -> f64 {
    let mut figures: Vec<f64> = figures.iter().copied().filter(|f| !f.is_nan()).collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

fn heading(first: &[&str], figures: &[(&str, usize)]) {
    let figures = figures.iter().map(|(name, _)| *name);
    let names: Vec<&str> = first.iter().copied().chain(figures).collect();
    println!("| {} |", names.join(" | "));
    println!("|{}", " --- |".repeat(names.len()));
}

fn row(first: &[&str], figures: &[f64], columns: &[(&str, usize)]) {
    let figures = figures.iter().zip(columns);
    let figures = figures.map(|(figure, (_, digits))| shown(*figure, *digits));
    let cells: Vec<String> = first
        .iter()
        .map(|s| (*s).to_owned())
        .chain(figures)
        .collect();
    println!("| {} |", cells.join(" | "));
}

fn shown(figure: f64, digits: usize) -> String {
    if figure.is_nan() {
        "–".to_owned()
    } else {
        format!("{figure:.digits$}")
    }
}
