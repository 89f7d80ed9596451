//! The command line: one file a subcommand.
//!
//! Below: `config`, `library`, `format`, `typeset`, `text`, `article`. Exit codes: 0 done, 1 something could not be read, 2 usage.

mod cat;
mod config;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Read annotated news text, above all Chinese, in a terminal.
#[derive(Debug, Parser)]
#[command(name = "kanbao", version, arg_required_else_help = true)]
struct Cli {
    /// Read this file instead of $XDG_CONFIG_HOME/kanbao/config.toml
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print articles, typeset, to standard output
    Cat(cat::Args),
    /// Say where the configuration is read from and what is wrong with it
    Config(config::Args),
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.command {
        Command::Cat(args) => cat::run(&args, cli.config.as_deref()),
        Command::Config(args) => config::run(&args, cli.config.as_deref()),
    }
}
