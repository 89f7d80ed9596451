//! How the file of an article was written.

/// The character encoding of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    #[default]
    Utf8,
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
    /// Runs of bytes that were not valid UTF-8; each is U+FFFD in the text.
    pub undecodable: usize,
    /// Code points of the text that the source has not: what the reader put between tokens and sentences.
    pub added: u32,
}
