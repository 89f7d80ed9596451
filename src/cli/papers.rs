//! `kanbao completions` and `kanbao man`: made from the command line and the keymap themselves, so they cannot lie.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::CommandFactory;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::Cli;
use super::sources::ended;
use crate::keys::{Keymap, help_table};

/// The arguments of `kanbao completions`.
#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    shell: clap_complete::Shell,
}

/// Prints a completion script.
pub(super) fn completions(args: &CompletionsArgs) -> ExitCode {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "kanbao", &mut script);
    print(&script)
}

/// Prints the manual page.
pub(super) fn man() -> ExitCode {
    let mut page = Vec::new();
    match render(&mut page) {
        Ok(()) => print(&page),
        Err(_) => ExitCode::FAILURE,
    }
}

fn render(page: &mut Vec<u8>) -> io::Result<()> {
    let command = Cli::command();
    let man = Man::new(command.clone());
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    man.render_options_section(page)?;
    man.render_subcommands_section(page)?;
    for sub in command.get_subcommands().filter(|s| s.get_name() != "help") {
        let mut roff = Roff::new();
        let name = format!("KANBAO {}", sub.get_name().to_uppercase());
        roff.control("SH", [name.as_str()]);
        roff.to_writer(page)?;
        Man::new(sub.clone()).render_options_section(page)?;
    }
    let mut roff = Roff::new();
    roff.control("SH", ["KEYS"]);
    for (group, rows) in help_table(&Keymap::defaults()) {
        roff.control("SS", [group.title()]);
        for (keys, action) in rows {
            roff.control("TP", []);
            roff.text([bold(keys)]);
            roff.text([roman(action.help())]);
        }
    }
    for (heading, lines) in [
        (
            "EXIT STATUS",
            [
                "0: done; 1: something could not be read or written, check found errors, convert would lose something, search found nothing; 2: the command line cannot be understood, or search could read nothing; 101: a panic.",
                "A signal ends the program as it would end any other, after the terminal is as before.",
            ],
        ),
        (
            "FILES",
            [
                "$XDG_CONFIG_HOME/kanbao/config.toml: the settings; kanbao config --default prints all of them with comments.",
                "$XDG_STATE_HOME/kanbao/searches: what was searched for.",
            ],
        ),
        (
            "ENVIRONMENT",
            [
                "NO_COLOR, COLORTERM, TERM: how many colours are used.",
                "COLUMNS: the width of what kanbao cat prints where there is no terminal.",
            ],
        ),
    ] {
        roff.control("SH", [heading]);
        for line in lines {
            roff.text([roman(line)]);
            roff.control("br", []);
        }
    }
    roff.to_writer(page)
}

fn print(bytes: &[u8]) -> ExitCode {
    let printed = io::stdout().lock().write_all(bytes);
    ended(printed.map(|()| true))
}
