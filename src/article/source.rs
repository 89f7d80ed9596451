//! How the file of an article was written.

use std::fmt;
use std::str::FromStr;

/// The character encoding of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    #[default]
    Utf8,
    /// UTF-16, the lesser byte first.
    Utf16Le,
    /// UTF-16, the greater byte first.
    Utf16Be,
    /// GB 18030, which holds GBK and GB 2312.
    Gb18030,
    /// HZ, GB 2312 in seven bits.
    Hz,
    /// Big5 with the characters of HKSCS.
    Big5,
    /// Shift JIS.
    ShiftJis,
    /// EUC-JP.
    EucJp,
    /// EUC-KR, with the characters of Windows.
    EucKr,
    /// Windows-1252, which holds Latin-1.
    Windows1252,
}

impl Encoding {
    /// All encodings.
    pub const ALL: [Self; 10] = [
        Self::Utf8,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::Gb18030,
        Self::Hz,
        Self::Big5,
        Self::ShiftJis,
        Self::EucJp,
        Self::EucKr,
        Self::Windows1252,
    ];

    /// The name, as `--encoding` takes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Gb18030 => "gb18030",
            Self::Hz => "hz",
            Self::Big5 => "big5",
            Self::ShiftJis => "shift_jis",
            Self::EucJp => "euc-jp",
            Self::EucKr => "euc-kr",
            Self::Windows1252 => "windows-1252",
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The name of no encoding.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "no encoding is called `{0}`; there are utf-8, utf-16le, utf-16be, gb18030 (gbk, gb2312), hz, big5 (big5-hkscs), \
     shift_jis, euc-jp, euc-kr and windows-1252 (latin1)"
)]
pub struct UnknownEncoding(String);

impl FromStr for Encoding {
    type Err = UnknownEncoding;

    /// Case, `-` and `_` do not count, and other names that are in use are known.
    fn from_str(said: &str) -> Result<Self, UnknownEncoding> {
        let lower = said.to_lowercase().replace(['-', '_'], "");
        let found = match lower.as_str() {
            "utf16" | "unicode" => Some(Self::Utf16Le),
            "gbk" | "gb2312" | "cp936" | "euccn" => Some(Self::Gb18030),
            "hzgb2312" => Some(Self::Hz),
            "big5hkscs" | "cp950" => Some(Self::Big5),
            "sjis" | "cp932" | "windows31j" => Some(Self::ShiftJis),
            "cp949" | "uhc" => Some(Self::EucKr),
            "latin1" | "iso88591" | "cp1252" => Some(Self::Windows1252),
            _ => Self::ALL
                .into_iter()
                .find(|e| e.name().replace(['-', '_'], "") == lower),
        };
        found.ok_or_else(|| UnknownEncoding(said.to_owned()))
    }
}

/// How sure it is that a file is in an encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Certainty {
    /// Others fit about as well.
    Guess,
    /// It fits, and the characters are those of a text.
    Likely,
    /// A byte order mark, valid UTF-8, what the file itself declares, or what the reader asked for.
    #[default]
    Certain,
}

impl Certainty {
    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Guess => "guess",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

/// The encoding of a file and how it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recognised {
    /// The encoding.
    pub encoding: Encoding,
    /// How sure that is.
    pub certainty: Certainty,
    /// The one that fits next best, and how many runs of bytes it could not decode.
    pub runner_up: Option<(Encoding, usize)>,
    /// What the file says that it is in, when that is another.
    pub declared: Option<Encoding>,
}

/// The line ends of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LineEnds {
    /// LF alone, or no line end at all.
    #[default]
    Lf,
    /// CR LF throughout.
    CrLf,
    /// Both occur.
    Mixed,
}

/// What is lost when text becomes UTF-8 with LF, kept so that the file can be written back as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SourceForm {
    /// The encoding.
    pub encoding: Encoding,
    /// Whether a byte order mark stood at the start.
    pub bom: bool,
    /// The line ends.
    pub line_ends: LineEnds,
    /// Runs of bytes that were not valid in the encoding; each is U+FFFD in the text.
    pub undecodable: usize,
    /// Code points of the text that the source has not: what the reader put between tokens and sentences.
    pub added: u32,
}
