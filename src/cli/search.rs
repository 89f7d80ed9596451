//! `kanbao search`: what a query finds in files, line by line, counted, or as a concordance.

mod found;
mod kwic;
mod lines;
mod raw;

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::USAGE;
use super::bulk::{self, Outcome};
use super::options::{Cells, ReadingArgs, When};
use super::sources::{say, settings, unwritten};
use crate::article::{Certainty, Severity};
use crate::config::Config;
use crate::library::{Asked, Named};
use crate::runtime::Features;
use crate::search::concordance::{Form, Sort, Unit};
use crate::search::{Matcher, Query};
use crate::text::{FoldOptions, Switch};
use crate::theme::Theme;

/// The arguments of `kanbao search`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit status: 0 something was found, 1 nothing, 2 the query or the command line is wrong, or nothing \
    could be read. What cannot be read is told on standard error, and the rest is searched.",
    after_long_help = "Lines and columns count from 1, columns in UTF-8 bytes, as ripgrep's do. They are those of the file, \
    also where a format writes its text between marks; the text behind them is the article's.\n\n\
    Exit status: 0 something was found, 1 nothing, 2 the query or the command line is wrong, or nothing could be read. \
    What cannot be read is told on standard error, and the rest is searched."
)]
pub(super) struct Args {
    /// What to search for, as in the reader
    #[arg(allow_hyphen_values = true, value_parser = query)]
    pub(super) query: String,
    /// Files and folders of articles; - is standard input, also without any
    pub(super) paths: Vec<PathBuf>,
    /// The query is a regular expression
    #[arg(long)]
    regex: bool,
    /// Let this not count, besides what the config says: width, case, script, spaces, digits, punctuation, diacritics; or
    /// read Latin letters as pinyin
    #[arg(long = "fold", value_name = "SWITCH,...", value_delimiter = ',', value_parser = switch)]
    on: Vec<Turned>,
    /// Let this count, whatever the config says: the same, or pinyin
    #[arg(long = "no-fold", value_name = "SWITCH,...", value_delimiter = ',', value_parser = switch)]
    off: Vec<Turned>,
    /// Print how many lines of each file have a hit, as file:count
    #[arg(long, conflicts_with = "table")]
    count: bool,
    /// Print how many hits each file has, as file:count
    #[arg(long, conflicts_with_all = ["table", "count"])]
    count_matches: bool,
    /// Print a concordance: the hits below each other in their contexts
    #[arg(long, group = "table")]
    kwic: bool,
    /// Print what stands near the hits more often than elsewhere, with frequency, log-likelihood (G2) and mutual
    /// information (MI)
    #[arg(long, group = "table")]
    collocates: bool,
    /// Order the concordance by left or right context, by date, or as the articles come
    #[arg(
        long,
        value_name = "left|right|date|article",
        default_value = "article",
        hide_possible_values = true,
        requires = "kwic"
    )]
    sort: By,
    /// What context is counted in
    #[arg(
        long,
        value_name = "characters|words",
        default_value = "characters",
        hide_possible_values = true,
        requires = "table"
    )]
    by: Units,
    /// How many characters or words of the context decide the order, 1 to 3
    #[arg(long, value_name = "N", default_value = "3", value_parser = clap::value_parser!(u8).range(1..=3), requires = "kwic")]
    depth: u8,
    /// Cells of context on either side in a concordance; with --collocates how many words or characters away from the
    /// hit still count, 1 to 5 [default: what there is room for; 5]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=200), requires = "table")]
    context: Option<u16>,
    /// Let contexts go over the ends of blocks, which ¶ marks
    #[arg(long, requires = "table")]
    across: bool,
    /// Print one JSON object a line
    #[arg(long, conflicts_with_all = ["tsv", "csv"])]
    json: bool,
    /// Print a concordance or collocates as a table parted by TABs
    #[arg(long, conflicts_with = "csv", requires = "table")]
    tsv: bool,
    /// Print a concordance or collocates as a table parted by commas
    #[arg(long, requires = "table")]
    csv: bool,
    /// Width of a line of a concordance in cells [default: the terminal's, else COLUMNS, else 80]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(20..), requires = "kwic")]
    width: Option<u16>,
    /// Cells of an East Asian Ambiguous character; auto: 1
    #[arg(long, value_name = "auto|1|2", hide_possible_values = true)]
    ambiguous: Option<Cells>,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: When,
    #[command(flatten)]
    reading: ReadingArgs,
}

/// A query that looks like an option is most likely one that is misspelt, and what is meant stands behind it.
fn query(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix('-').unwrap_or("");
    let mut chars = rest.chars();
    let (first, second) = (chars.next(), chars.next());
    let is_option = match first {
        Some('-') => second.is_none_or(|c| c.is_ascii_alphabetic()),
        Some(c) => c.is_ascii_alphabetic() && second.is_none(),
        None => false,
    };
    if is_option {
        return Err(format!(
            "there is no such option; as a query it is written '({text})'"
        ));
    }
    Ok(text.to_owned())
}

/// What `--fold` turns: a switch, or the reading of pinyin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Turned(Option<Switch>);

fn switch(name: &str) -> Result<Turned, String> {
    if name == "pinyin" {
        return Ok(Turned(None));
    }
    match Switch::from_name(name) {
        Some(switch) => Ok(Turned(Some(switch))),
        None => {
            let names = Switch::ALL.map(Switch::name);
            Err(format!("there are {}, pinyin", names.join(", ")))
        }
    }
}

/// What `--sort` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum By {
    Left,
    Right,
    Date,
    Article,
}

/// What `--by` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Units {
    Characters,
    Words,
}

impl From<By> for Sort {
    fn from(by: By) -> Self {
        match by {
            By::Left => Self::Left,
            By::Right => Self::Right,
            By::Date => Self::Date,
            By::Article => Self::Article,
        }
    }
}

impl From<Units> for Unit {
    fn from(units: Units) -> Self {
        match units {
            Units::Characters => Self::Characters,
            Units::Words => Self::Words,
        }
    }
}

impl Args {
    /// The table that was asked for.
    const fn form(&self) -> Option<Form> {
        match (self.json, self.tsv, self.csv) {
            (true, _, _) => Some(Form::JsonLines),
            (_, true, _) => Some(Form::Tsv),
            (_, _, true) => Some(Form::Csv),
            _ => None,
        }
    }
}

/// A search over files.
struct Searching<'a> {
    args: &'a Args,
    files: Vec<Named>,
    asked: Asked,
    matcher: Matcher,
    /// What does not count in the query.
    fold: FoldOptions,
    config: Config,
    /// Whether standard output is a terminal.
    is_watched: bool,
}

impl Searching<'_> {
    /// Lets whoever looks on see what was printed so far; a pipe takes it in larger pieces.
    fn show(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.is_watched {
            out.flush()?;
        }
        Ok(())
    }
}

/// What came of it.
#[derive(Debug, Default)]
struct Came {
    /// Whether anything was found.
    found: bool,
    /// Whether any article could be read.
    read: bool,
}

impl Came {
    /// Takes note of a file, and says what is wrong with it.
    fn note<T>(&mut self, file: &Named, outcome: &Outcome<T>) {
        let was_read = outcome.made.is_some();
        let (document, faults) = (outcome.document.as_ref(), &outcome.faults);
        self.read |= was_read;
        let guessed = document.filter(|d| d.encoding().certainty == Certainty::Guess);
        if let Some(document) = guessed.filter(|_| was_read) {
            let encoding = document.encoding().encoding;
            let file = file.name();
            say(
                "warning",
                &format!(
                    "{file}: it is read as {encoding}, which is a guess; give --encoding if the text looks wrong"
                ),
            );
        }
        for fault in faults {
            say(fault.severity.name(), &fault.bare());
        }
        // A file that is empty was read; one that should hold articles and holds none has said why.
        if let Some(document) = document.filter(|d| d.is_empty()) {
            self.read |= document.found().is_empty();
            for fault in document.found() {
                say(fault.severity.name(), &fault.bare());
            }
        }
    }
}

/// Searches every path.
pub(super) fn run(args: &Args, explicit: Option<&Path>) -> ExitCode {
    let Some(mut config) = settings(explicit) else {
        return ExitCode::from(USAGE);
    };
    let mut query = Query {
        text: args.query.clone(),
        regex: args.regex,
        fold: config.search.fold,
        pinyin: config.search.pinyin,
        ..Query::default()
    };
    let on = args.on.iter().map(|turned| (turned, true));
    for (Turned(switch), on) in on.chain(args.off.iter().map(|turned| (turned, false))) {
        match switch {
            Some(switch) => query.fold.set(*switch, on),
            None => query.pinyin = on,
        }
    }
    let matcher = match Matcher::new(&query) {
        Ok(matcher) => matcher,
        Err(error) => {
            let at = error.at.map_or_else(String::new, |at| {
                let before = query.text.get(..at.start).unwrap_or("").chars().count();
                format!(", at character {} of the query", before + 1)
            });
            say("error", &format!("{}{at}", error.message));
            return ExitCode::from(USAGE);
        }
    };
    if matcher.is_empty() {
        say("error", "the query is empty: say what to search for");
        return ExitCode::from(USAGE);
    }
    if args.collocates && args.context.is_some_and(|n| n > kwic::MOST_NEAR.into()) {
        let most = kwic::MOST_NEAR;
        say(
            "error",
            &format!("--context with --collocates is a number from 1 to {most}"),
        );
        return ExitCode::from(USAGE);
    }
    Cells::lay_over(args.ambiguous, &mut config);
    let mut asked = args.reading.asked_by(&config);
    asked.options.every = false;
    let (files, wrong) = bulk::files(&args.paths, &asked);
    for diagnostic in &wrong {
        say(diagnostic.severity.name(), &diagnostic.bare());
    }
    let searching = Searching {
        args,
        files,
        asked,
        matcher,
        fold: query.fold,
        config,
        is_watched: io::stdout().is_terminal(),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let done = if args.kwic || args.collocates {
        kwic::run(&searching, &mut out)
    } else {
        lines::run(&searching, &mut out)
    };
    let bad = wrong.iter().any(|w| w.severity == Severity::Error);
    match done.and_then(|came| out.flush().map(|()| came)) {
        Ok(came) if came.found => ExitCode::SUCCESS,
        Ok(came) if !came.read && (bad || !searching.files.is_empty()) => ExitCode::from(USAGE),
        Ok(_) => ExitCode::FAILURE,
        // Whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            unwritten(&error);
            ExitCode::from(USAGE)
        }
    }
}

/// The theme at the depth of colour, and what is known of underlines; nothing without escape sequences.
fn colours(searching: &Searching<'_>) -> Option<(Theme, Features)> {
    let color = searching.args.color;
    let config = &searching.config;
    let term = std::env::var("TERM").ok();
    color.styles().then(|| {
        let theme = config.themes.get_or_first(&config.theme.dark);
        (
            theme.at_depth(color.depth()),
            Features::detect(term.as_deref()),
        )
    })
}
