//! `kanbao PATH...`: the reader itself; printing instead where standard output is no terminal.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::locale;
use super::options::{Common, Switch};
use super::sources::{Sources, say};
use crate::article::Severity;
use crate::config::{self, Problem};
use crate::desk;
use crate::runtime::{self, Ended, Session};
use crate::text::{printable, printable_line};

/// What to read, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq, clap::Args)]
pub(super) struct Args {
    /// Articles and folders of them; - is standard input. Without any: the config's library, else the bundled articles
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) common: Common,
    /// Whether Latin letters find Chinese text by how it is read: wuzhen, wz
    #[arg(long, value_name = "on|off")]
    pinyin: Option<Switch>,
}

/// Opens the reader; where standard output is no terminal, prints as `kanbao cat` does.
pub(super) fn run(args: Args, explicit: Option<&Path>) -> ExitCode {
    if !io::stdout().is_terminal() {
        return super::cat::run(&super::cat::Args::printing(args), explicit);
    }
    let term = std::env::var("TERM").unwrap_or_default();
    if locale::is_dumb(&term) {
        let term = if term.is_empty() {
            "TERM is not set"
        } else {
            "TERM=dumb"
        };
        say(
            "note",
            &format!(
                "{term}: a terminal that cannot place its cursor is printed to; `kanbao doctor` says more"
            ),
        );
        return super::cat::run(&super::cat::Args::printing(args), explicit);
    }
    let (mut config, problems) = match config::load(explicit) {
        Ok((config, problems, _)) => (config, problems),
        Err(error) => {
            eprintln!("error: {}", printable(&error.to_string()));
            return ExitCode::FAILURE;
        }
    };
    args.common.typeset.lay_over(&mut config);
    if let Some(pinyin) = args.pinyin {
        config.search.pinyin = pinyin == Switch::On;
    }
    let sources = Sources::open(&args.paths, &args.common.reading.asked_by(&config), &config);
    if sources.library.is_empty() {
        for (severity, text) in &sources.complaints {
            say(severity.name(), text);
        }
        return ExitCode::FAILURE;
    }
    let mut said: Vec<(Severity, String)> = problems.iter().map(one_line).collect();
    said.extend(sources.complaints);
    let locale = locale::complaint(|name| std::env::var(name).ok());
    said.extend(locale.map(|text| (Severity::Warning, text)));
    let state = desk::state_folder();
    let session = Session {
        config,
        library: sources.library,
        problems: said,
        depth: args.common.color.depth(),
        history: state.as_ref().map(|folder| folder.join("searches")),
        views: state.as_ref().map(|folder| folder.join("views.toml")),
        terminals: state.as_ref().map(|folder| folder.join("terminals")),
        names: state.map(|folder| folder.join("names.toml")),
    };
    match runtime::run(session) {
        Ok(Ended::Quit) => ExitCode::SUCCESS,
        Ok(Ended::Signal(number)) => runtime::end(number),
        Ok(Ended::Gone) => ExitCode::FAILURE,
        Err(error) => {
            let said = format!("error: the terminal cannot be used: {error}; `kanbao cat` prints");
            eprintln!("{}", printable_line(&said));
            ExitCode::FAILURE
        }
    }
}

fn one_line(problem: &Problem) -> (Severity, String) {
    let Problem {
        file,
        line,
        column,
        message,
        help,
        ..
    } = problem;
    let help = if help.is_empty() {
        String::new()
    } else {
        format!("; {help}")
    };
    (
        Severity::Warning,
        format!("{file}:{line}:{column}: {message}{help}"),
    )
}
