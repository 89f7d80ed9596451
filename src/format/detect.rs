//! The formats, and which of them a file is in.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::code::Code;
use super::encoding::{marked, utf16};
use super::entry::{Confidence, Entry, Look, Reader, Sign};
use super::loss::Feature;
use crate::text::nearest;

macro_rules! formats {
    ($($(#[$doc:meta])* $id:ident $room:ident;)*) => {
        /// How articles are written down.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Format {
            $($(#[$doc])* $id),*
        }

        impl Format {
            /// All formats, the surest to be recognised first.
            pub const ALL: &'static [Self] = &[$(Self::$id),*];

            pub(super) const fn entry(self) -> &'static Entry {
                match self {
                    $(Self::$id => &super::$room::ENTRY),*
                }
            }
        }
    };
}

formats! {
    /// The native format, TOML.
    Toml native;
    /// YEDDA: a text with bracketed mentions, mostly named `.ann` as well.
    Yedda yedda;
    /// brat standoff: a `.txt` and an `.ann` beside it.
    Brat brat;
    /// Label Studio's JSON.
    LabelStudio labelstudio;
    /// CoNLL-U, the format of Universal Dependencies.
    Conllu conllu;
    /// The four columns of CoNLL-2003.
    Conll2003 conll2003;
    /// Columns of token and tag.
    Column column;
    /// The People's Daily corpus of Peking University: words with tags.
    Pfr pfr;
    /// MSRA inline: segments with tags.
    Msra msra;
    /// Boson inline: words in double braces behind a type.
    Boson boson;
    /// CLUENER JSON.
    Cluener cluener;
    /// DuEE JSON.
    DuEe duee;
    /// spaCy and Prodigy JSONL.
    Spacy spacy;
    /// doccano JSONL.
    Doccano doccano;
    /// TEI XML.
    Tei tei;
    /// WebAnno TSV 3.
    WebAnno webanno;
    /// Event XML of the Chinese Emergency Corpus.
    Cec cec;
    /// MUC named entities.
    Enamex enamex;
    /// W3C Web Annotation.
    WebAnnotation webannotation;
    /// Plain text.
    Text plain;
}

/// The name of no format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no format is called `{name}`{meant}; there are {}", names())]
pub struct UnknownFormat {
    name: String,
    meant: String,
}

/// The names of all formats, for messages.
fn names() -> String {
    let names: Vec<&str> = Format::ALL.iter().map(|f| f.name()).collect();
    names.join(", ")
}

impl Format {
    /// The name, as `--format` takes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.entry().name
    }

    /// What it is, in a few words.
    #[must_use]
    pub const fn about(self) -> &'static str {
        self.entry().about
    }

    /// What it can carry.
    #[must_use]
    pub const fn carries(self) -> &'static [Feature] {
        self.entry().carries
    }

    /// What of that it can carry only some of: notes that it has a place for, attributes that it has a column for.
    #[must_use]
    pub fn partly(self) -> &'static [Feature] {
        self.entry().partly
    }

    /// The sorts of faults that its reader finds.
    #[must_use]
    pub const fn codes(self) -> &'static [Code] {
        self.entry().codes
    }

    /// Whether its tags follow a [`Scheme`](super::Scheme).
    #[must_use]
    pub fn has_schemes(self) -> bool {
        matches!(self.name(), "column" | "conll2003")
    }

    /// Whether a file of it can have several articles.
    #[must_use]
    pub const fn holds_many(self) -> bool {
        matches!(self.entry().reader, Reader::Many { .. })
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
        let found = Self::ALL.iter().copied().find(|f| f.name() == name);
        found.ok_or_else(|| UnknownFormat {
            name: name.to_owned(),
            meant: nearest(name, Self::ALL.iter().map(|f| f.name()))
                .map(|near| format!(" (did you mean `{near}`?)"))
                .unwrap_or_default(),
        })
    }
}

/// Whether the start of a file of this name says that it is no text: it holds NULs, and is no UTF-16. A few among much
/// that is text are damage, and so are many in what else is text by its name or by its characters: a crash fills the end
/// of a file with them.
#[must_use]
pub fn is_binary(name: &str, start: &[u8]) -> bool {
    let zeros = memchr::memchr_iter(0, start).count();
    if zeros == 0 || marked(start).is_some() || utf16(start).is_some() {
        return false;
    }
    let is_utf8 = match std::str::from_utf8(start) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    let is_control = |byte: &&u8| matches!(**byte, 1..=8 | 14..=26 | 28..=31);
    let controls = start.iter().filter(is_control).count();
    // Bytes of whatever sort hold a control character among eight.
    let most = |length: usize| length / if is_utf8 { 16 } else { 64 };
    if controls > most(start.len() - zeros) {
        return true;
    }
    if zeros <= most(start.len()) {
        return false;
    }
    let is_text = ending(name).is_some_and(|ending| TEXTS.contains(&ending.as_str()));
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte >= 0x80;
    let tail = start.iter().rev().take_while(|byte| **byte == 0).count();
    let is_filled_up = zeros - tail <= most(start.len() - tail);
    if is_text {
        return !start.iter().any(is_word) || !(is_utf8 || is_filled_up);
    }
    !is_utf8 || start.is_ascii()
}

/// Endings of files that hold text and nothing else.
const TEXTS: [&str; 24] = [
    "txt", "text", "ann", "toml", "json", "jsonl", "ndjson", "jsonld", "xml", "tei", "sgm", "sgml",
    "conll", "conllu", "bio", "iob", "iob1", "iob2", "bioes", "bmes", "bieo", "tsv", "csv", "pfr",
];

/// The format of a file by its name and its start, with the reason; nothing when no format knows it. Of signs that are
/// as sure as each other that of the format which comes first counts.
///
/// That a `.txt` is the other half of a brat article only the folder knows: see [`companion`].
#[must_use]
pub fn detect(look: &Look<'_>) -> Option<(Format, Sign)> {
    let mut best: Option<(Format, Sign)> = None;
    for format in Format::ALL {
        if let Some(sign) = (format.entry().detect)(look)
            && (sign.confidence == Confidence::Certain || !is_program(&look.ending()))
            && best.is_none_or(|(_, other)| sign.confidence > other.confidence)
        {
            best = Some((*format, sign));
        }
    }
    best
}

/// Whether an ending is that of programs and their papers, which may quote any markup: they are articles only when they
/// say so themselves.
fn is_program(ending: &str) -> bool {
    const ENDINGS: [&str; 34] = [
        "rs", "md", "markdown", "rst", "c", "h", "cc", "cpp", "hpp", "java", "kt", "go", "py",
        "pyi", "rb", "pl", "lua", "js", "mjs", "ts", "tsx", "jsx", "vue", "php", "css", "scss",
        "sh", "bash", "zsh", "sql", "tex", "yml", "yaml", "snap",
    ];
    ENDINGS.contains(&ending)
}

/// What a file is read as that was named by the reader: as [`detect`], but a `.toml` is always the native format and
/// what no format knows is plain text.
#[must_use]
pub fn detect_named(look: &Look<'_>) -> (Format, Sign) {
    or_text(look.name, detect(look))
}

/// What a file of this name is read as that was named by the reader, when this was found of it.
#[must_use]
pub fn or_text(name: &str, found: Option<(Format, Sign)>) -> (Format, Sign) {
    match found {
        Some(found) => found,
        None if ending(name).as_deref() == Some("toml") => {
            (Format::Toml, Sign::guess("its name ends in .toml"))
        }
        None => (Format::Text, Sign::guess("it looks like nothing else")),
    }
}

/// The name of the file that makes a brat article of this one: the `.ann` of a `.txt`, the `.txt` of an `.ann` or of a
/// file of a [`SHARED`] task.
#[must_use]
pub fn companion(path: &Path) -> Option<PathBuf> {
    match ending(&path.to_string_lossy())?.as_str() {
        "txt" => Some(path.with_extension("ann")),
        "ann" => Some(path.with_extension("txt")),
        other => SHARED.contains(&other).then(|| path.with_extension("txt")),
    }
}

/// What the annotations of a BioNLP shared task end in, in the order in which they build on each other: given mentions,
/// events over them, relations and coreference. One of the first two is always there.
pub const SHARED: [&str; 4] = ["a1", "a2", "rel", "co"];

fn ending(name: &str) -> Option<String> {
    let ending = Path::new(name).extension()?;
    Some(ending.to_string_lossy().to_lowercase())
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
            ("a.rs", "[@水乡#Location*] 和 [@老人#Person*]", None, Text),
        ] {
            let look = Look {
                name,
                start: start.trim_start_matches('\u{FEFF}'),
                whole: true,
            };
            assert_eq!(detect(&look).map(|(f, _)| f), found, "{name}");
            assert_eq!(detect_named(&look).0, named, "{name}");
        }
        assert_eq!(
            companion(Path::new("乌.镇/1.txt")),
            Some("乌.镇/1.ann".into())
        );
        assert_eq!(companion(Path::new("1.toml")), None);
        let random: Vec<u8> = (0..4096u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect();
        for name in ["a", "a.txt"] {
            assert!(is_binary(name, &random));
            let program = b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0";
            assert!(is_binary(name, program));
            assert!(is_binary(name, &[0; 100]));
        }
    }

    #[test]
    fn zeros_in_what_else_is_text_are_damage() {
        let filled = |text: &[u8]| [text, &[0; 4096]].concat();
        let (gbk, _, _) = encoding_rs::GBK.encode("林小满去风城。风城下雨了。");
        assert!(is_binary("a", b"a\0") && is_binary("a.bin", b"a\0b"));
        assert!(is_binary("a.bin", &filled(&gbk)));
        for (name, bytes) in [
            ("a", "乌".into()),
            (
                "a",
                b"{\"text\":\"a\0b\",\"label\":[[0,3,\"P\"]]}\n".to_vec(),
            ),
            ("standard input", "林\0小\n".into()),
            ("a.txt", b"a\0b".to_vec()),
            ("a.txt", "林\0小\0满\0\0\n".into()),
            ("a.jsonl", filled("{\"text\":\"a\"}\n".as_bytes())),
            ("a.txt", filled(&gbk)),
        ] {
            assert!(!is_binary(name, &bytes), "{name} {bytes:?}");
        }
    }

    #[test]
    fn what_shows_the_markup_of_a_format_is_not_of_it() {
        for start in [
            "[@林小满#Person*]去风城。\n",
            "{{person_name:林小满}}去{{location:风城}}。\n",
            "<ENAMEX TYPE=\"PERSON\">林小满</ENAMEX>去风城。\n",
        ] {
            let found = |name| {
                detect(&Look {
                    name,
                    start,
                    whole: true,
                })
            };
            assert!(found("a.txt").is_some(), "{start}");
            for name in ["README.md", "src/a.rs", "a.py", "a.vue"] {
                assert_eq!(found(name), None, "{name}: {start}");
            }
        }
    }

    #[test]
    fn names_of_formats() {
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(*format));
        }
        let said = "tmol".parse::<Format>().unwrap_err().to_string();
        assert_eq!(
            said,
            format!(
                "no format is called `tmol` (did you mean `toml`?); there are {}",
                names()
            )
        );
    }
}
