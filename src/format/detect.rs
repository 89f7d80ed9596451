//! The formats, and which of them a file is in.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::text::nearest;

/// How an article is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// The native format, TOML.
    Toml,
    /// brat standoff: a `.txt` and an `.ann` beside it.
    Brat,
    /// Plain text.
    Text,
}

/// The name of no format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no format is called `{name}`{meant}; there are toml, brat and text")]
pub struct UnknownFormat {
    name: String,
    meant: String,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Toml, Self::Brat, Self::Text];

    /// The name, as `--format` takes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Toml => "toml",
            Self::Brat => "brat",
            Self::Text => "text",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        let found = Self::ALL.into_iter().find(|f| f.name() == name);
        found.ok_or_else(|| UnknownFormat {
            name: name.to_owned(),
            meant: nearest(name, Self::ALL.map(Self::name))
                .map(|near| format!(" (did you mean `{near}`?)"))
                .unwrap_or_default(),
        })
    }
}

/// Whether the start of a file says that it is no text: it holds a NUL.
#[must_use]
pub fn is_binary(start: &[u8]) -> bool {
    memchr::memchr(0, start).is_some()
}

/// The format of a file by its ending and its start; nothing when no format knows it.
///
/// A `.toml` is an article when a line of its start sets `headline` or `body`. An `.ann` is one half of a brat
/// article. A name without an ending, or one that ends in `.txt` or `.text`, is plain text, and without an ending also
/// a native article when it looks like one. That a `.txt` is the other half of a brat article only the folder knows:
/// see [`companion`].
#[must_use]
pub fn detect(name: &str, start: &[u8]) -> Option<Format> {
    let Some(ending) = ending(name) else {
        return Some(if looks_native(start) {
            Format::Toml
        } else {
            Format::Text
        });
    };
    match ending.as_str() {
        "toml" => looks_native(start).then_some(Format::Toml),
        "ann" => Some(Format::Brat),
        "txt" | "text" => Some(Format::Text),
        _ => None,
    }
}

/// What a file is read as that was named by the reader: as [`detect`], but a `.toml` is always the native format and
/// what no format knows is plain text.
#[must_use]
pub fn detect_named(name: &str, start: &[u8]) -> Format {
    match ending(name).as_deref() {
        Some("toml") => Format::Toml,
        _ => detect(name, start).unwrap_or(Format::Text),
    }
}

/// The name of the file that makes a brat article of this one: the `.ann` of a `.txt`, the `.txt` of an `.ann`.
#[must_use]
pub fn companion(path: &Path) -> Option<PathBuf> {
    match ending(&path.to_string_lossy())?.as_str() {
        "txt" => Some(path.with_extension("ann")),
        "ann" => Some(path.with_extension("txt")),
        _ => None,
    }
}

fn ending(name: &str) -> Option<String> {
    let ending = Path::new(name).extension()?;
    Some(ending.to_string_lossy().to_lowercase())
}

/// Whether the start of a file looks like a native article: a line of it sets `headline` or `body` to a string.
fn looks_native(start: &[u8]) -> bool {
    let start = String::from_utf8_lossy(start);
    start
        .trim_start_matches('\u{FEFF}')
        .lines()
        .filter_map(|line| line.split_once('='))
        .any(|(key, value)| {
            matches!(key.trim(), "headline" | "body") && value.trim_start().starts_with(['"', '\''])
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_ending_and_its_start() {
        use Format::{Brat, Text, Toml};
        for (name, start, found, named) in [
            ("a.toml", "\u{FEFF}headline = \"题\"", Some(Toml), Toml),
            ("a.toml", "date = 2023-11-11\nbody = '''", Some(Toml), Toml),
            ("a.toml", "[package]\nname = \"body\"", None, Toml),
            ("版.1/乌镇", "水乡。", Some(Text), Text),
            ("standard input", "headline = \"题\"", Some(Toml), Toml),
            ("standard input", "E = mc²", Some(Text), Text),
            ("a.TXT", "headline = \"题\"", Some(Text), Text),
            ("a.ann", "", Some(Brat), Brat),
            ("a.md", "# 题", None, Text),
        ] {
            assert_eq!(detect(name, start.as_bytes()), found, "{name}");
            assert_eq!(detect_named(name, start.as_bytes()), named, "{name}");
        }
        assert_eq!(
            companion(Path::new("乌.镇/1.txt")),
            Some("乌.镇/1.ann".into())
        );
        assert_eq!(companion(Path::new("1.toml")), None);
        assert!(is_binary(b"a\0") && !is_binary("乌".as_bytes()));
    }

    #[test]
    fn names_of_formats() {
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(format));
        }
        let said = "tmol".parse::<Format>().unwrap_err().to_string();
        assert_eq!(
            said,
            "no format is called `tmol` (did you mean `toml`?); there are toml, brat and text"
        );
    }
}
