//! Files that are in memory: what came from a pipe, and the members of archives.

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::asked::Asked;
use super::error::LoadError;
use super::natural::natural;
use super::place::{LOOK_BYTES, look, unreadable};
use super::unpack::{Member, archive};
use crate::format::{self, Document, File, Files, Format};

/// A file in memory, with the annotations that belong to it.
#[derive(Debug, Clone)]
pub struct Held {
    /// What messages call it.
    pub name: String,
    /// All of it.
    pub bytes: Arc<[u8]>,
    /// The `.ann` of a brat article.
    pub annotations: Option<(String, Arc<[u8]>)>,
    /// How it is written, when that is known already.
    pub format: Option<Format>,
}

impl Held {
    /// What came from a pipe.
    #[must_use]
    pub fn new(name: &str, bytes: Vec<u8>) -> Self {
        Self {
            name: name.to_owned(),
            bytes: bytes.into(),
            annotations: None,
            format: None,
        }
    }

    /// Opens it; a format that was asked for goes before what it looks like.
    ///
    /// # Errors
    /// [`LoadError`] when it is binary.
    pub fn open(&self, asked: &Asked) -> Result<Document, LoadError> {
        let name = &self.name;
        let start = start(&self.bytes);
        let said = asked.format.or(self.format);
        if said.is_none() && asked.encoding.is_none() && format::is_binary(start) {
            return Err(LoadError::File(format!(
                "{name}: this is binary, it holds a NUL byte; give --encoding or --format to read it all the same"
            )));
        }
        let format =
            said.unwrap_or_else(|| look(name, start, asked.encoding, format::detect_named).0);
        let file = |name: &str, bytes: &[u8]| File::encoded(name, bytes, asked.encoding);
        let files = Files {
            main: file(name, &self.bytes),
            annotations: self
                .annotations
                .as_ref()
                .map(|(name, bytes)| file(name, bytes)),
        };
        Ok(Document::open(format, files, asked.options.clone()))
    }
}

fn start(bytes: &[u8]) -> &[u8] {
    let most = usize::try_from(LOOK_BYTES).unwrap_or(usize::MAX);
    bytes.get(..most).unwrap_or(bytes)
}

/// Whether an `.ann` is brat's; YEDDA's are called so too.
fn is_brat(ann: &Member, asked: &Asked) -> bool {
    let found = look(&ann.name, start(&ann.bytes), asked.encoding, format::detect);
    asked.format == Some(Format::Brat) || found.is_none_or(|(format, _)| format == Format::Brat)
}

/// What was found in an archive.
#[derive(Debug, Default)]
pub(super) struct Opened {
    /// The files with articles, in natural order.
    pub(super) held: Vec<Held>,
    /// How many were passed over as binary, and as of no format.
    pub(super) binary: usize,
    pub(super) unknown: usize,
    /// What is wrong with it, in one line each.
    pub(super) wrong: Vec<String>,
}

/// The files of an archive that hold articles. A `.txt` and an `.ann` of one name in one folder of it are one article.
pub(super) fn open_archive(path: &Path, asked: &Asked) -> Opened {
    let mut opened = Opened::default();
    let read = match archive(path) {
        Ok(read) => read,
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            opened.wrong.push(format!("{}: {error}", path.display()));
            return opened;
        }
        Err(error) => {
            opened.wrong.push(unreadable(path, &error));
            return opened;
        }
    };
    for outside in &read.outside {
        opened.wrong.push(format!(
            "{}: its member {outside} leads out of it and is left out",
            path.display()
        ));
    }
    let mut members = read.members;
    members.sort_by(|a, b| natural(&a.name, &b.name));
    let by_name: HashMap<&str, &Member> = members.iter().map(|m| (m.name.as_str(), m)).collect();
    for member in &members {
        let hidden = |part: &str| part.starts_with('.') || part == "__MACOSX";
        if member.name.split('/').any(hidden) {
            continue;
        }
        let beside = |ending: &str| {
            let other = Path::new(&member.name).with_extension(ending);
            by_name.get(other.to_string_lossy().as_ref()).copied()
        };
        let ending = Path::new(&member.name)
            .extension()
            .map(|e| e.to_string_lossy().to_lowercase());
        let annotations = match ending.as_deref() {
            Some("ann") if beside("txt").is_some() && is_brat(member, asked) => continue,
            Some("txt") => beside("ann").filter(|ann| is_brat(ann, asked)),
            _ => None,
        };
        if asked.encoding.is_none() && format::is_binary(start(&member.bytes)) {
            opened.binary += 1;
            continue;
        }
        let detected = look(
            &member.name,
            start(&member.bytes),
            asked.encoding,
            format::detect,
        );
        let format = match (annotations, detected) {
            (Some(_), _) => Format::Brat,
            (None, Some((format, _))) if format != Format::Brat => format,
            _ => {
                opened.unknown += 1;
                continue;
            }
        };
        if asked.format.is_some_and(|asked| asked != format) {
            opened.unknown += 1;
            continue;
        }
        let full = |member: &Member| format!("{}/{}", path.display(), member.name);
        opened.held.push(Held {
            name: full(member),
            bytes: Arc::clone(&member.bytes),
            annotations: annotations.map(|a| (full(a), Arc::clone(&a.bytes))),
            format: Some(format),
        });
    }
    opened
}
