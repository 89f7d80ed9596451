//! `kanbao config`: where the configuration is read from, what is wrong with it, and the whole default.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use super::sources::ended;
use crate::config;
use crate::text::{printable, printable_line};

/// The arguments of `kanbao config`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print the complete, commented default
    #[arg(long)]
    default: bool,
}

/// Prints the default, or the place of the user's file and its faults (exit code 1 when there are any).
pub(super) fn run(args: &Args, explicit: Option<&Path>) -> ExitCode {
    let mut out = io::stdout().lock();
    if args.default {
        let done = write!(out, "{}", config::default_text());
        return ended(done.map(|()| true));
    }
    let (problems, read) = match config::load(explicit) {
        Ok((_, problems, read)) => (problems, read),
        Err(error) => {
            eprintln!("error: {}", printable(&error.to_string()));
            return ExitCode::FAILURE;
        }
    };
    let place = match (read, config::user_path(explicit)) {
        (Some(path), _) => format!("read from {}", path.display()),
        (None, Some(path)) => format!("the default; there is no {}", path.display()),
        (None, None) => "the default; there is no home folder to look in".to_owned(),
    };
    let mut done = writeln!(out, "{}", printable_line(&place));
    for problem in &problems {
        done = done.and_then(|()| writeln!(out, "\n{}", problem.rendered.trim_end()));
    }
    ended(done.map(|()| problems.is_empty()))
}
