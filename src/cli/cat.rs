//! `kanbao cat`: print articles, typeset.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::options::{Common, When};
use super::sources::{Sources, ended, say, settings};
use super::{markdown, page, record};
use crate::article::{Article, Block, BlockId, Diagnostic};
use crate::config::Config;
use crate::layout::printed_row;
use crate::library::ArticleId;
use crate::runtime::{Features, styled_line};
use crate::text::{Profile, printable, units};
use crate::theme::Theme;
use crate::typeset::{self, GlyphKind, HANG_RESERVE, Kinsoku, Line, NARROW_PLACEHOLDER, Options};

/// A narrower row has no room for a hanging mark beside its text.
const LEAST_WITH_HANGING: u16 = 4;
/// So many faults of an article are printed one by one.
const MOST_FAULTS: usize = 20;

/// The arguments of `kanbao cat`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Articles (native TOML, brat, plain text) and folders of them; - is standard input, also without any
    paths: Vec<PathBuf>,
    /// Width of a row in cells, a hanging mark included [default: the terminal's, else COLUMNS, else 80]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    width: Option<u16>,
    /// Print the text as it is, LF line ends, without typesetting
    #[arg(long, conflicts_with = "form")]
    raw: bool,
    /// Print text without colours, text with colours and marks (ansi), one HTML page, or Markdown [default: text, with
    /// colours on a terminal]
    #[arg(long = "as", value_name = "FORM")]
    form: Option<Form>,
    /// Print an object a line for each article: its text, and all that is marked in it
    #[arg(long, conflicts_with_all = ["raw", "form"])]
    json: bool,
    #[command(flatten)]
    common: Common,
}

/// What `--as` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// Typeset, without colours
    Text,
    /// Typeset, with escape sequences
    Ansi,
    /// One HTML page
    Html,
    /// Markdown
    Markdown,
}

impl Args {
    /// Whether nothing is there to print: no path, and nobody but the reader at standard input.
    pub(super) fn is_idle(&self) -> bool {
        self.paths.is_empty() && io::stdin().is_terminal()
    }

    /// What the reader was asked for, printed at the usual width.
    pub(super) fn printing(asked: super::read::Args) -> Self {
        Self {
            paths: asked.paths,
            width: None,
            raw: false,
            form: None,
            json: false,
            common: asked.common,
        }
    }
}

/// How rows are set: the config's choices with the flags over them.
struct Choice {
    /// The theme at the depth of colour, and the underlines that are known; nothing without escape sequences.
    colour: Option<(Theme, Features)>,
    width: u16,
    measure: u16,
    /// Cells of a paragraph's indent.
    indent: u16,
    options: Options,
}

impl Choice {
    fn new(args: &Args, config: &Config) -> Self {
        let typeset = &config.typeset;
        let width = columns(args.width);
        let hang = typeset.hang && typeset.kinsoku != Kinsoku::None && width >= LEAST_WITH_HANGING;
        // The config's measure is for reading: what is printed fills its width unless it was asked otherwise.
        let asked = args.common.typeset.measure;
        let measure = asked.map_or(u16::MAX, |han| han.saturating_mul(2));
        let term = std::env::var("TERM").ok();
        let color = match args.form {
            Some(Form::Text) => When::Never,
            Some(Form::Ansi) => When::Always,
            _ => args.common.color,
        };
        let colour = color.styles().then(|| {
            let theme = config.themes.get_or_first(&config.theme.dark);
            (
                theme.at_depth(color.depth()),
                Features::detect(term.as_deref()),
            )
        });
        Self {
            colour,
            width,
            measure: (if hang { width - HANG_RESERVE } else { width }).min(measure),
            indent: typeset.indent.saturating_mul(2),
            options: Options {
                kinsoku: typeset.kinsoku,
                hang,
                autospace: typeset.autospace,
                justify: typeset.justify,
                profile: Profile::new(config.ambiguous.unwrap_or_default()),
            },
        }
    }
}

/// Prints every path; what cannot be read is said on standard error and the rest goes on.
pub(super) fn run(args: &Args, explicit: Option<&Path>) -> ExitCode {
    let Some(mut config) = settings(explicit) else {
        return ExitCode::FAILURE;
    };
    args.common.typeset.lay_over(&mut config);
    let choice = Choice::new(args, &config);
    let mut out = BufWriter::new(io::stdout().lock());
    let printed = print_all(&mut out, args, &config, &choice);
    ended(printed.and_then(|sound| out.flush().map(|()| sound)))
}

/// Prints every article; false when something could not be read.
fn print_all(
    out: &mut impl Write,
    args: &Args,
    config: &Config,
    choice: &Choice,
) -> io::Result<bool> {
    let mut sources = Sources::open(&args.paths, &args.common.reading.asked_by(config), config);
    for (severity, text) in &sources.complaints {
        say(severity.name(), text);
    }
    let mut sound = sources.is_sound();
    let mut printed = 0usize;
    let theme = config.themes.get_or_first(&config.theme.dark);
    for id in (0..sources.library.len()).map(ArticleId) {
        match sources.library.load(id) {
            Ok(article) if args.json => {
                record::write(out, &article)?;
                printed += 1;
            }
            Ok(article) => {
                faults(&article.diagnostics);
                match args.form {
                    Some(Form::Html) => {
                        if printed == 0 {
                            let meta = &article.meta;
                            out.write_all(
                                page::open(&meta.title, &meta.language, theme).as_bytes(),
                            )?;
                        }
                        out.write_all(page::article(&article, printed + 1).as_bytes())?;
                    }
                    Some(Form::Markdown) => {
                        out.write_all(markdown::article(&article, printed + 1).as_bytes())?;
                    }
                    _ => {
                        parted(out, printed, choice.width)?;
                        print(out, &article, args.raw, choice)?;
                    }
                }
                printed += 1;
            }
            Err(error) => {
                sound = false;
                say("error", &error.to_string());
            }
        }
    }
    if args.form == Some(Form::Html) && printed > 0 {
        out.write_all(page::CLOSE.as_bytes())?;
    }
    Ok(sound)
}

/// Says what is wrong with an article that is shown all the same.
fn faults(found: &[Diagnostic]) {
    for fault in found.iter().take(MOST_FAULTS) {
        say(fault.severity.name(), &fault.bare());
    }
    if let Some(more @ 1..) = found.len().checked_sub(MOST_FAULTS) {
        say("note", &format!("{more} more like these are not shown"));
    }
}

/// The row width in cells: what was asked for, else the terminal's, else that of COLUMNS, else 80.
pub(super) fn columns(asked: Option<u16>) -> u16 {
    let terminal = || {
        let on_terminal = io::stdout().is_terminal();
        on_terminal
            .then(crossterm::terminal::size)
            .and_then(Result::ok)
            .map(|(columns, _)| columns)
    };
    let variable = || std::env::var("COLUMNS").ok()?.trim().parse().ok();
    asked
        .or_else(terminal)
        .or_else(variable)
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
            write_row(out, article, *block, None, choice)?;
        }
        above = Some(block.role);
        let text = article.text.slice(block.span);
        let setting = typeset::setting(block.role, choice.measure, choice.indent, traditional);
        let mut from = 0;
        while from < text.len() {
            let stretch = typeset::stretch_at(text, from);
            from = stretch.end;
            for line in typeset::lines(text, stretch, &setting, options) {
                write_row(out, article, *block, Some(&line), choice)?;
            }
        }
    }
    Ok(())
}

/// Writes a row with a line of a block, or a blank one.
fn write_row(
    out: &mut impl Write,
    article: &Article,
    block: Block,
    line: Option<&Line>,
    choice: &Choice,
) -> io::Result<()> {
    if let Some((theme, underlines)) = &choice.colour {
        let row = printed_row(article, block, line, &choice.options, theme, choice.width);
        out.write_all(&styled_line(&row, *underlines))?;
    } else if let Some(line) = line {
        let text = article.text.slice(block.span);
        out.write_all(row(line, text, &choice.options).as_bytes())?;
    }
    out.write_all(b"\n")
}

/// One row as it is printed, without blanks at its end.
fn row(line: &Line, text: &str, options: &Options) -> String {
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
