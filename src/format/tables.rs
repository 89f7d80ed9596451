//! The tables of `docs/formats.md`, made from the formats themselves.

use std::fmt::Write as _;

use super::{Code, Feature, Format};

/// A row a format: its name and what it is.
#[must_use]
pub fn formats_table() -> String {
    let mut out =
        String::from("| name | format | several articles a file |\n| --- | --- | --- |\n");
    for format in Format::ALL {
        let many = if format.holds_many() { "yes" } else { "" };
        let _ = writeln!(out, "| `{}` | {} | {many} |", format.name(), format.about());
    }
    out
}

/// A row a feature, a column a format.
#[must_use]
pub fn features_table() -> String {
    let mut out = String::from("| |");
    for format in Format::ALL {
        let _ = write!(out, " {} |", format.name());
    }
    out.push_str("\n| --- |");
    out.push_str(&" :-: |".repeat(Format::ALL.len()));
    out.push('\n');
    for feature in Feature::ALL {
        let _ = write!(out, "| {} |", feature.name());
        for format in Format::ALL {
            let carries = format.carries().contains(&feature);
            let mark = match (carries, format.partly().contains(&feature)) {
                (true, false) => "✓",
                (true, true) => "(✓)",
                (false, _) => " ",
            };
            let _ = write!(out, " {mark} |");
        }
        out.push('\n');
    }
    out
}

/// A row a sort of fault: its name, how bad it is, what it means, which readers find it.
#[must_use]
pub fn codes_table() -> String {
    let mut out = String::from("| code | | meaning | formats |\n| --- | --- | --- | --- |\n");
    for code in Code::ALL {
        let by = Format::ALL
            .iter()
            .filter(|f| f.codes().contains(code))
            .map(|f| f.name());
        let by: Vec<&str> = by.collect();
        let by = if by.len() == Format::ALL.len() || Code::COMMON.contains(code) {
            "all".to_owned()
        } else {
            by.join(", ")
        };
        let _ = writeln!(
            out,
            "| `{}` | {} | {} | {by} |",
            code.name,
            code.severity.name(),
            code.meaning
        );
    }
    out
}
