//! The command line: the reader by default, and one file a subcommand.
//!
//! Below: everything. Exit codes: 0 done, 1 something could not be read or written (for `search`: nothing was found), 2
//! usage, 101 a panic, 128 and the number of a signal that ended the reader.

mod bulk;
mod card;
mod cat;
mod check;
mod config;
mod convert;
mod doctor;
mod entities;
mod formats;
mod json;
mod locale;
mod markdown;
mod options;
mod page;
mod papers;
mod pieces;
mod read;
mod record;
mod search;
mod sources;
mod stat;
mod targets;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::text::printable;

/// The exit code for a command line that cannot be understood.
const USAGE: u8 = 2;

/// Read annotated news text, above all Chinese, in a terminal.
///
/// Without a subcommand the reader opens the given articles. A path named like a subcommand is written ./cat, or
/// behind --.
#[derive(Debug, Parser)]
#[command(
    name = "kanbao",
    version,
    max_term_width = 100,
    after_help = "In the reader F1 shows all keys, q quits; `kanbao man` has the keys as well."
)]
struct Cli {
    /// Read this file instead of $XDG_CONFIG_HOME/kanbao/config.toml
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    read: read::Args,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print articles, typeset, to standard output
    Cat(cat::Args),
    /// Search articles: lines with hits, their numbers, a concordance, collocates
    Search(search::Args),
    /// Tell everything that is wrong with annotated files, where, and what to do
    Check(check::Args),
    /// Count what annotated files hold
    Stat(stat::Args),
    /// List who and what is named across articles, or print the page of one name
    Entities(entities::Args),
    /// Write articles in another format, telling what it cannot carry
    Convert(convert::Args),
    /// List the formats and what each can carry
    Formats(formats::Args),
    /// Say where the configuration is read from and what is wrong with it
    Config(config::Args),
    /// Tell what the terminal can do, show a test card, and say what to set
    Doctor(doctor::Args),
    /// Print a script that completes the command line in a shell
    Completions(papers::CompletionsArgs),
    /// Print the manual page, with all keys (kanbao man | man -l -)
    Man,
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => {
            // It quotes the arguments, and the shell may have made one of a file's name.
            eprint!("{}", printable(&error.render().to_string()));
            return ExitCode::from(USAGE);
        }
        Err(error) => error.exit(),
    };
    let explicit = cli.config.as_deref();
    let Some(command) = cli.command else {
        return read::run(cli.read, explicit);
    };
    if cli.read != read::Args::default() {
        let said = "paths and flags of the reader stand before a subcommand; flags go behind it, and a path named like a subcommand is written ./NAME";
        Cli::command()
            .error(clap::error::ErrorKind::ArgumentConflict, said)
            .exit();
    }
    match command {
        Command::Cat(args) if args.is_idle() => idle("print"),
        Command::Check(args) if bulk::is_idle(&args.paths) => idle("check"),
        Command::Convert(args) if bulk::is_idle(&args.paths) => idle("convert"),
        Command::Stat(args) if bulk::is_idle(&args.paths) => idle("count"),
        Command::Entities(args) if bulk::is_idle(&args.paths) => idle("list names of"),
        Command::Search(args) if bulk::is_idle(&args.paths) => idle("search"),
        Command::Search(args) => search::run(&args, explicit),
        Command::Cat(args) => cat::run(&args, explicit),
        Command::Check(args) => check::run(&args, explicit),
        Command::Stat(args) => stat::run(&args, explicit),
        Command::Entities(args) => entities::run(&args, explicit),
        Command::Convert(args) => convert::run(&args, explicit),
        Command::Formats(args) => formats::run(&args),
        Command::Config(args) => config::run(&args, explicit),
        Command::Doctor(args) => doctor::run(&args, explicit),
        Command::Completions(args) => papers::completions(&args),
        Command::Man => papers::man(),
    }
}

/// Ends with the message that nothing is there to read.
fn idle(what: &str) -> ! {
    let said = format!("name the articles to {what}, or send one to standard input");
    Cli::command()
        .error(clap::error::ErrorKind::MissingRequiredArgument, said)
        .exit()
}
