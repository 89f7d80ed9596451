//! `kanbao formats`: which formats there are, and what each can carry.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::process::ExitCode;

use super::sources::ended;
use crate::format::{Feature, Format, ending};

/// The arguments of `kanbao formats`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// A format, as JSON has it.
#[derive(Debug, serde::Serialize)]
struct Told {
    name: &'static str,
    about: &'static str,
    /// Whether a file may have several articles.
    several: bool,
    ending: &'static str,
    carries: Vec<&'static str>,
    /// What of that it can carry only some of.
    partly: Vec<&'static str>,
    codes: Vec<&'static str>,
}

/// Prints the table. It is the one in `docs/formats.md`.
pub(super) fn run(args: &Args) -> ExitCode {
    let mut out = io::stdout().lock();
    let printed = if args.json {
        super::json::write(&mut out, &told()).and_then(|()| writeln!(out))
    } else {
        out.write_all(table().as_bytes())
    };
    ended(printed.map(|()| true))
}

/// `{"formats": [{"name": "toml", …}, …]}`
fn told() -> BTreeMap<&'static str, Vec<Told>> {
    let all = Format::ALL.iter().map(|format| Told {
        name: format.name(),
        about: format.about(),
        several: format.holds_many(),
        ending: ending(*format),
        carries: format.carries().iter().map(|f| f.name()).collect(),
        partly: format.partly().iter().map(|f| f.name()).collect(),
        codes: format.codes().iter().map(|code| code.name).collect(),
    });
    BTreeMap::from([("formats", all.collect())])
}

/// A row a format, then a row a feature with the formats that carry it.
fn table() -> String {
    let mut out = String::new();
    let wide = |name: &str| format!("{name:<14}");
    for format in Format::ALL {
        out.push_str(&format!("{}{}\n", wide(format.name()), format.about()));
    }
    out.push_str("\ncarried by\n");
    for feature in Feature::ALL {
        let carriers = Format::ALL
            .iter()
            .filter(|f| f.carries().contains(&feature));
        let names = carriers.map(|f| match f.partly().contains(&feature) {
            true => format!("{} (some)", f.name()),
            false => f.name().to_owned(),
        });
        let names: Vec<String> = names.collect();
        out.push_str(&format!("  {}: {}\n", feature.name(), names.join(", ")));
    }
    out
}
