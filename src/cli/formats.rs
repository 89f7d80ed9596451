//! `kanbao formats`: which formats there are, and what each can carry.

use std::io::{self, Write};
use std::process::ExitCode;

use super::sources::ended;
use crate::format::{Feature, Format};

/// Prints the table. It is the one in `docs/formats.md`.
pub(super) fn run() -> ExitCode {
    let printed = io::stdout().lock().write_all(table().as_bytes());
    ended(printed.map(|()| true))
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
        let names: Vec<&str> = carriers.map(|f| f.name()).collect();
        out.push_str(&format!("  {}: {}\n", feature.name(), names.join(", ")));
    }
    out
}
