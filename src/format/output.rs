//! Written articles to the bytes of files.

use super::detect::Format;
use super::entry::{WriteOptions, Written};
use super::loss::Losses;
use crate::article::{Article, Encoding, LineEnds, SourceForm};

/// What stands before the first article of a file, between two, and behind the last; nothing for a format with one
/// article a file.
#[must_use]
pub fn joined(format: Format) -> Option<[&'static str; 3]> {
    format.entry().writer.joined
}

/// The ending of the files of a format.
#[must_use]
pub fn ending(format: Format) -> &'static str {
    format.entry().writer.ending
}

/// An article in a format, in its normal form, and what that leaves out.
#[must_use]
pub fn write(format: Format, article: &Article, options: &WriteOptions) -> (Written, Losses) {
    let entry = format.entry();
    let mut losses = Losses::of(article, entry.carries);
    let written = (entry.writer.write)(article, options, &mut losses);
    (written, losses)
}

/// The bytes of a file with one article: those of a text of its own have the byte order mark and the line ends of the
/// file that the article came from, all others neither mark nor CR. The encoding is UTF-8.
#[must_use]
pub fn bytes(format: Format, text: &str, form: SourceForm) -> Vec<u8> {
    let is_text = matches!(format, Format::Brat | Format::Text | Format::Yedda);
    let mut out = Vec::with_capacity(text.len() + 3);
    if is_text && form.bom && form.encoding == Encoding::Utf8 {
        out.extend_from_slice("\u{FEFF}".as_bytes());
    }
    if is_text && form.line_ends == LineEnds::CrLf {
        out.extend_from_slice(text.replace('\n', "\r\n").as_bytes());
    } else {
        out.extend_from_slice(text.as_bytes());
    }
    out
}
