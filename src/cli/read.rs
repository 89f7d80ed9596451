//! `kanbao PATH...`: the reader itself; printing instead where standard output is no terminal.

use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::options::{TypesetArgs, When};
use crate::article::Severity;
use crate::config::{self, Config, Problem};
use crate::desk;
use crate::format::Format;
use crate::library::Library;
use crate::runtime::{self, Ended, Session};
use crate::text::{printable, printable_line};

/// What to read, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq, clap::Args)]
pub(super) struct Args {
    /// Articles and folders of them; - is standard input. Without any: the config's library, else the bundled articles
    pub(super) paths: Vec<PathBuf>,
    /// What the files are written in: toml, brat or text [default: found out from name and content]
    #[arg(long, value_name = "FORMAT")]
    pub(super) format: Option<Format>,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(super) color: When,
    #[command(flatten)]
    pub(super) typeset: TypesetArgs,
}

/// A library, and what could not be taken into it.
pub(super) struct Opened {
    pub(super) library: Library,
    pub(super) complaints: Vec<(Severity, String)>,
}

/// Opens the reader; where standard output is no terminal, prints as `kanbao cat` does.
pub(super) fn run(args: Args, explicit: Option<&Path>) -> ExitCode {
    if !io::stdout().is_terminal() {
        return super::cat::run(&super::cat::Args::printing(args), explicit);
    }
    let (mut config, problems) = match config::load(explicit) {
        Ok((config, problems, _)) => (config, problems),
        Err(error) => {
            eprintln!("error: {}", printable(&error.to_string()));
            return ExitCode::FAILURE;
        }
    };
    args.typeset.lay_over(&mut config);
    let opened = open(&args, &config);
    if opened.library.is_empty() {
        say(&opened.complaints);
        return ExitCode::FAILURE;
    }
    let mut said: Vec<(Severity, String)> = problems.iter().map(one_line).collect();
    said.extend(opened.complaints);
    let session = Session {
        config,
        library: opened.library,
        problems: said,
        depth: args.color.depth(),
        history: desk::state_folder().map(|folder| folder.join("searches")),
    };
    match runtime::run(session) {
        Ok(Ended::Quit) => ExitCode::SUCCESS,
        Ok(Ended::Signal(number)) => ExitCode::from(128 + u8::try_from(number).unwrap_or(0)),
        Ok(Ended::Gone) => ExitCode::FAILURE,
        Err(error) => {
            let said = format!("error: the terminal cannot be used: {error}; `kanbao cat` prints");
            eprintln!("{}", printable_line(&said));
            ExitCode::FAILURE
        }
    }
}

/// The articles behind the arguments: paths, standard input, the config's library, the bundled ones.
pub(super) fn open(args: &Args, config: &Config) -> Opened {
    let from_input = args.paths.is_empty() && !io::stdin().is_terminal();
    let paths = if from_input {
        vec![PathBuf::from("-")]
    } else if args.paths.is_empty() {
        match &config.library {
            Some(library) => vec![library.clone()],
            None => {
                return Opened {
                    library: Library::bundled(),
                    complaints: Vec::new(),
                };
            }
        }
    } else {
        args.paths.clone()
    };
    let mut opened = Opened {
        library: Library::default(),
        complaints: Vec::new(),
    };
    for path in paths {
        if path == Path::new("-") {
            let mut bytes = Vec::new();
            match io::stdin().lock().read_to_end(&mut bytes) {
                Ok(_) => opened
                    .library
                    .add_bytes("standard input", bytes, args.format),
                Err(error) => opened
                    .complaints
                    .push((Severity::Error, format!("standard input: {error}"))),
            }
            continue;
        }
        let complaints = opened.library.add_path(&path, args.format);
        opened
            .complaints
            .extend(complaints.into_iter().map(|c| (c.severity, c.message)));
    }
    opened
}

/// Prints complaints on standard error.
pub(super) fn say(complaints: &[(Severity, String)]) {
    for (severity, text) in complaints {
        eprintln!("{}: {}", severity.name(), printable_line(text));
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
