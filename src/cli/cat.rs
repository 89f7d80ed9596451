//! `kanbao cat`: print articles, typeset.

use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::article::{Article, BlockId};
use crate::config::{self, Config};
use crate::format;
use crate::library;
use crate::text::{Ambiguous, Profile, printable, printable_line, units};
use crate::typeset::{self, GlyphKind, HANG_RESERVE, Kinsoku, NARROW_PLACEHOLDER, Options};

/// A narrower row has no room for a hanging mark beside its text.
const LEAST_WITH_HANGING: u16 = 4;

/// The arguments of `kanbao cat`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Articles (native TOML, plain text) and folders of them; `-` is standard input
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Width of a row in cells, a hanging mark included [default: the terminal's, else COLUMNS, else 80]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    width: Option<u16>,
    /// Cells of an East Asian Ambiguous character
    #[arg(long, value_name = "1|2", value_parser = clap::value_parser!(u8).range(1..=2))]
    ambiguous: Option<u8>,
    /// How strictly marks are kept from line edges: none, basic, gb or strict
    #[arg(long, value_name = "LEVEL")]
    kinsoku: Option<Kinsoku>,
    /// Whether one of ，。、 may stand outside the measure
    #[arg(long, value_name = "on|off")]
    hang: Option<Switch>,
    /// Set a blank cell between Han and Latin
    #[arg(long, value_name = "on|off", num_args = 0..=1, require_equals = true, default_missing_value = "on")]
    autospace: Option<Switch>,
    /// Spread missing cells so that the right edge is even
    #[arg(long, value_name = "on|off", num_args = 0..=1, require_equals = true, default_missing_value = "on")]
    justify: Option<Switch>,
    /// Print the text as it is, LF line ends, without typesetting
    #[arg(long)]
    raw: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Switch {
    On,
    Off,
}

/// How rows are set: the config's choices with the flags over them.
struct Choice {
    width: u16,
    measure: u16,
    /// Cells of a paragraph's indent.
    indent: u16,
    options: Options,
}

impl Choice {
    fn new(args: &Args, config: &Config) -> Self {
        let chosen = |flag: Option<Switch>, kept: bool| flag.map_or(kept, |s| s == Switch::On);
        let kinsoku = args.kinsoku.unwrap_or(config.typeset.kinsoku);
        let width = width(args);
        let hang = chosen(args.hang, config.typeset.hang)
            && kinsoku != Kinsoku::None
            && width >= LEAST_WITH_HANGING;
        let ambiguous = match args.ambiguous {
            None => config.ambiguous,
            Some(2) => Ambiguous::Two,
            Some(_) => Ambiguous::One,
        };
        Self {
            width,
            measure: if hang { width - HANG_RESERVE } else { width },
            indent: config.typeset.indent.saturating_mul(2),
            options: Options {
                kinsoku,
                hang,
                autospace: chosen(args.autospace, config.typeset.autospace),
                justify: chosen(args.justify, config.typeset.justify),
                profile: Profile::new(ambiguous),
            },
        }
    }
}

/// Prints every path; what cannot be read is said on standard error and the rest goes on.
pub(super) fn run(args: &Args, explicit: Option<&Path>) -> ExitCode {
    let config = match config::load(explicit) {
        Ok((config, problems, _)) => {
            for problem in &problems {
                eprintln!("{}", problem.rendered.trim_end());
            }
            config
        }
        Err(error) => {
            eprintln!("error: {}", printable(&error.to_string()));
            return ExitCode::FAILURE;
        }
    };
    let choice = Choice::new(args, &config);
    let mut out = BufWriter::new(io::stdout().lock());
    let mut failed = false;
    let mut printed = 0usize;
    let (paths, walked) = files(&args.paths);
    failed |= !walked;
    for path in &paths {
        let article = match read(path) {
            Ok(article) => article,
            Err(error) => {
                failed = true;
                eprintln!("error: {}", printable_line(&error));
                continue;
            }
        };
        let done = parted(&mut out, printed, choice.width)
            .and_then(|()| print(&mut out, &article, args.raw, &choice));
        printed += 1;
        match done {
            Ok(()) => {}
            // Whoever reads has seen enough: `kanbao cat FILE | head`.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("error: cannot write to standard output: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    match out.flush() {
        Ok(()) if !failed => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// The files behind the paths, folders walked; false when something could not be read or a folder had no article.
fn files(paths: &[PathBuf]) -> (Vec<PathBuf>, bool) {
    let mut files = Vec::new();
    let mut sound = true;
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let found = library::walk(path);
        let say = |level: &str, message: String| eprintln!("{level}: {}", printable_line(&message));
        for (failed, error) in &found.failed {
            sound = false;
            say(
                "error",
                format!(
                    "{}: {error}; check the path and its permissions",
                    failed.display()
                ),
            );
        }
        if found.binary + found.unknown > 0 {
            say(
                "note",
                format!(
                    "{}: passed over {} binary files and {} that no format recognises",
                    path.display(),
                    found.binary,
                    found.unknown
                ),
            );
        }
        if found.files.is_empty() {
            sound = false;
            say(
                "error",
                format!(
                    "{}: no article in this folder; plain text is named .txt",
                    path.display()
                ),
            );
        }
        files.extend(found.files);
    }
    (files, sound)
}

fn read(path: &Path) -> Result<Article, String> {
    let shown = path.display();
    let (bytes, name) = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|e| format!("standard input: {e}"))?;
        (bytes, "standard input".to_owned())
    } else {
        let bytes = std::fs::read(path)
            .map_err(|e| format!("{shown}: {e}; check the path and its permissions"))?;
        let name = path
            .file_name()
            .map_or_else(|| shown.to_string(), |n| n.to_string_lossy().into_owned());
        (bytes, name)
    };
    let article = if path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("toml"))
    {
        format::read_native(bytes, &name).map_err(|e| format!("{shown}:{e}"))?
    } else {
        format::read_plain(bytes, &name).map_err(|e| format!("{shown}: {e}"))?
    };
    if article.form.undecodable > 0 {
        let said = format!(
            "{shown}: {} runs of bytes are not UTF-8 and are shown as U+FFFD; convert the file to UTF-8",
            article.form.undecodable
        );
        eprintln!("warning: {}", printable_line(&said));
    }
    Ok(article)
}

/// The row width in cells.
fn width(args: &Args) -> u16 {
    let terminal = || {
        let on_terminal = io::stdout().is_terminal();
        on_terminal
            .then(crossterm::terminal::size)
            .and_then(Result::ok)
            .map(|(columns, _)| columns)
    };
    let columns = || std::env::var("COLUMNS").ok()?.trim().parse().ok();
    args.width
        .or_else(terminal)
        .or_else(columns)
        .filter(|w| *w > 0)
        .unwrap_or(80)
}

/// A blank line, a rule and a blank line before every article but the first.
fn parted(out: &mut impl Write, printed: usize, width: u16) -> io::Result<()> {
    if printed == 0 {
        return Ok(());
    }
    writeln!(out, "\n{}\n", "-".repeat(usize::from(width)))
}

fn print(out: &mut impl Write, article: &Article, raw: bool, choice: &Choice) -> io::Result<()> {
    if !raw {
        return set(out, article, choice);
    }
    let text = article.text.whole();
    if io::stdout().is_terminal() {
        out.write_all(printable(text).as_bytes())
    } else {
        out.write_all(text.as_bytes())
    }
}

/// Writes the rows of an article, stretch by stretch.
fn set(out: &mut impl Write, article: &Article, choice: &Choice) -> io::Result<()> {
    let options = &choice.options;
    let traditional = article.meta.language.starts_with("zh-Hant");
    let mut above = None;
    for (index, block) in article.text.blocks().iter().enumerate() {
        let id = BlockId(u32::try_from(index).unwrap_or(u32::MAX));
        for _ in 0..typeset::space_before(above, block.role, article.text.blank_lines_before(id)) {
            writeln!(out)?;
        }
        above = Some(block.role);
        let text = article.text.slice(block.span);
        let setting = typeset::setting(block.role, choice.measure, choice.indent, traditional);
        let mut from = 0;
        while from < text.len() {
            let stretch = typeset::stretch_at(text, from);
            from = stretch.end;
            for line in typeset::lines(text, stretch, &setting, options) {
                writeln!(out, "{}", row(&line, text, options))?;
            }
        }
    }
    Ok(())
}

/// One row as it is printed, without blanks at its end.
fn row(line: &typeset::Line, text: &str, options: &Options) -> String {
    let mut row = String::with_capacity(line.span.len() + usize::from(line.indent));
    let mut column = 0;
    for glyph in line.glyphs(text, options) {
        if glyph.kind == GlyphKind::Blank || glyph.cells == 0 {
            continue;
        }
        row.extend(std::iter::repeat_n(
            ' ',
            usize::from(glyph.column.saturating_sub(column)),
        ));
        if glyph.kind == GlyphKind::Placeholder {
            row.push(NARROW_PLACEHOLDER);
        } else {
            row.extend(
                units(glyph.text, &options.profile)
                    .into_iter()
                    .map(|u| u.symbol),
            );
        }
        column = glyph.column + glyph.cells;
    }
    row
}
