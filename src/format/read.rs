//! One way in for all formats: decoded files to an article.

use std::path::Path;

use super::document::Document;
use super::entry::ReadOptions;
use super::{Decoded, Format};
use crate::article::{Article, Diagnostic, Encoding};

/// The endings that compressed files have behind that of what is in them.
const PACKED: [&str; 3] = ["gz", "zst", "xz"];

/// A file's name without the ending of its compression.
#[must_use]
pub fn unpacked(name: &str) -> &str {
    let is_packing = |ending: &str| PACKED.iter().any(|p| ending.eq_ignore_ascii_case(p));
    match name.rsplit_once('.') {
        Some((inner, ending)) if !inner.is_empty() && is_packing(ending) => inner,
        _ => name,
    }
}

/// A name as it is, and with each ending that a compressed file has behind it.
pub fn packed_or_not(name: &str) -> impl Iterator<Item = String> {
    let packed = PACKED.map(|ending| format!("{name}.{ending}"));
    std::iter::once(name.to_owned()).chain(packed)
}

/// A file that was opened and decoded by someone else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name as messages show it: mostly the path as it was given.
    pub name: String,
    /// Its text; see [`decode`](super::decode()) and [`decode_from`](super::decode_from).
    pub decoded: Decoded,
    /// The files that were joined to it, each with the line of the text, from 1, in which it begins.
    pub joined: Vec<(String, u32)>,
}

impl File {
    /// A file of these bytes, in whatever encoding they are.
    #[must_use]
    pub fn new(name: &str, bytes: &[u8]) -> Self {
        Self::encoded(name, bytes, None)
    }

    /// The same in an encoding that was asked for.
    #[must_use]
    pub fn encoded(name: &str, bytes: &[u8], asked: Option<Encoding>) -> Self {
        Self {
            name: name.to_owned(),
            decoded: super::decode_bytes(bytes, asked),
            joined: Vec::new(),
        }
    }

    /// Joins the text of another file to this one, from a line of its own on. What is wrong there keeps its own place:
    /// see `own_places`.
    pub fn join(&mut self, other: Self) {
        let (own, other) = (&mut self.decoded, (other.name, other.decoded));
        let (name, other) = other;
        if !own.text.is_empty() && !own.text.ends_with('\n') {
            own.text.push('\n');
        }
        let before = memchr::memchr_iter(b'\n', own.text.as_bytes()).count();
        let before = u32::try_from(before).unwrap_or(u32::MAX);
        own.text.push_str(&other.text);
        own.undecodable_bytes += other.undecodable_bytes;
        own.form.undecodable = own.form.undecodable.saturating_add(other.form.undecodable);
        let at = other
            .undecodable_at
            .map(|(line, column)| (line.saturating_add(before), column));
        own.undecodable_at = own.undecodable_at.or(at);
        if other.recognised.certainty < own.recognised.certainty {
            own.recognised = other.recognised;
        }
        own.damage = own.damage.take().or(other.damage);
        self.joined.push((name, before.saturating_add(1)));
    }

    /// Gives what is wrong with the joined text the file and the line in which it stands.
    pub(super) fn own_places(&self, found: &mut [Diagnostic]) {
        for fault in found.iter_mut().filter(|fault| fault.file == self.name) {
            let behind = self
                .joined
                .partition_point(|(_, first)| *first <= fault.line);
            let part = behind.checked_sub(1).and_then(|at| self.joined.get(at));
            if let Some((name, first)) = part {
                fault.file.clone_from(name);
                fault.line -= first - 1;
            }
        }
    }

    /// The last part of its name.
    pub(super) fn base(&self) -> &str {
        // Each record of a file asks, so what is plain is told without taking the path apart.
        let last = self.name.rsplit('/').next().unwrap_or("");
        if cfg!(unix) && !matches!(last, "" | "." | "..") {
            return last;
        }
        let base = Path::new(&self.name).file_name();
        base.and_then(|b| b.to_str()).unwrap_or(&self.name)
    }

    /// The last part of its name without ending, nor that of its compression: what other articles call the article.
    pub(super) fn stem(&self) -> &str {
        let base = unpacked(self.base());
        match base.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() && base != ".." => stem,
            _ => base,
        }
    }
}

/// The files of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// The file with the text.
    pub main: File,
    /// The annotations, where they stand in a file of their own: the `.ann` of a brat article. Several files are joined.
    pub annotations: Option<File>,
}

/// Why files are no article; one line that says where and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {message}; {remedy}", place(*.line, *.column))]
pub struct ReadError {
    /// The file's name as it was given.
    pub file: String,
    /// Line from 1; 0 when it is about the file as a whole.
    pub line: u32,
    /// Column from 1, in code points; 0 with a line of 0.
    pub column: u32,
    /// What was found and what was expected.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

fn place(line: u32, column: u32) -> String {
    if line == 0 {
        String::new()
    } else {
        format!(":{line}:{column}")
    }
}

impl ReadError {
    /// About a file as a whole.
    pub(super) fn whole(file: &str, message: &str, remedy: &str) -> Self {
        Self {
            file: file.to_owned(),
            line: 0,
            column: 0,
            message: message.to_owned(),
            remedy: remedy.to_owned(),
        }
    }

    pub(super) fn too_long(file: &str, error: crate::article::TooLong) -> Self {
        let bytes = error.0;
        let message = format!("the text has {bytes} bytes; an article holds less than 4 GiB");
        Self::whole(file, &message, "split the file")
    }
}

/// Reads the first article of files. Whatever is wrong with a part of it is a diagnostic of the article.
///
/// # Errors
/// [`ReadError`] when there is no article at all: no text in a native file, no `.ann` for brat, 4 GiB of text.
pub fn read(format: Format, files: Files) -> Result<Article, ReadError> {
    Document::open(format, files, ReadOptions::default()).into_only()
}
