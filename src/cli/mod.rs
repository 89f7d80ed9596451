//! The command line: one file a subcommand.
//!
//! Below: `format`, `typeset`, `text`, `article`. Exit codes: 0 done, 1 something could not be read, 2 usage.

mod cat;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Read annotated news text, above all Chinese, in a terminal.
#[derive(Debug, Parser)]
#[command(name = "kanbao", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print articles, typeset, to standard output
    Cat(cat::Args),
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Cat(args) => cat::run(&args),
    }
}
