//! Files that are in memory: what came from a pipe, and the members of archives.

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::archive::{Archive, Member, archive};
use super::asked::Asked;
use super::error::LoadError;
use super::forced::could_be;
use super::natural::natural;
use super::passed::Passed;
use super::place::unreadable;
use super::unpack::{MOST, Packed, unpack};
use crate::format::{self, Document, FIRST_LOOK, File, Files, Format, SHARED, Sign};

/// A file in memory, with the annotations that belong to it.
#[derive(Debug, Clone)]
pub struct Held {
    /// What messages call it.
    pub name: String,
    /// All of it.
    pub bytes: Arc<[u8]>,
    /// The `.ann` of a brat article, or the `.a1`, `.a2` and so on of a BioNLP shared task.
    pub annotations: Vec<(String, Arc<[u8]>)>,
    /// How it is written, when that is known already.
    pub format: Option<Format>,
    /// Why the rest of it could not be unpacked.
    damage: Option<String>,
}

impl Held {
    /// What came from a pipe, compressed or not.
    #[must_use]
    pub fn new(name: &str, bytes: Vec<u8>) -> Self {
        // What cannot be unpacked is binary, which is said when it is opened.
        let (bytes, damage) = match unpack(&bytes, MOST) {
            Ok(Some(unpacked)) => unpacked,
            Ok(None) | Err(_) => (bytes, None),
        };
        Self {
            name: name.to_owned(),
            bytes: bytes.into(),
            annotations: Vec::new(),
            format: None,
            damage,
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
        if matches!(Packed::of(start), Some(Packed::Zip | Packed::Tar)) {
            return Err(LoadError::File(format!(
                "{name}: this is an archive; save it as a file and name that"
            )));
        }
        if said.is_none() && asked.encoding.is_none() && format::is_binary(name, start) {
            return Err(LoadError::File(format!(
                "{name}: this is binary, it holds a NUL byte; give --encoding or --format to read it all the same"
            )));
        }
        let format =
            said.unwrap_or_else(|| format::or_text(name, recognise(name, &self.bytes, asked)).0);
        let file = |name: &str, bytes: &[u8]| File::encoded(name, bytes, asked.encoding);
        let mut main = file(name, &self.bytes);
        main.decoded.damage.clone_from(&self.damage);
        let beside = self.annotations.iter().map(|(name, bytes)| {
            let beside = file(name, bytes);
            match main.decoded.decides(&beside.decoded) {
                Some(encoding) => File::encoded(name, bytes, Some(encoding)),
                None => beside,
            }
        });
        let annotations = beside.reduce(|mut all, next| {
            all.join(next);
            all
        });
        let files = Files { main, annotations };
        let mut options = asked.options.clone();
        options.looked = asked.format.is_none();
        Ok(Document::open(format, files, options))
    }
}

fn start(bytes: &[u8]) -> &[u8] {
    bytes.get(..FIRST_LOOK).unwrap_or(bytes)
}

/// The format of what is in memory.
fn recognise(name: &str, bytes: &[u8], asked: &Asked) -> Option<(Format, Sign)> {
    format::recognise(name, start(bytes), asked.encoding, &|most| {
        bytes.get(..most).unwrap_or(bytes).into()
    })
}

/// Whether an `.ann` is brat's; YEDDA's are called so too.
fn is_brat(ann: &Member, asked: &Asked) -> bool {
    let found = recognise(&ann.name, &ann.bytes, asked);
    asked.format == Some(Format::Brat) || found.is_none_or(|(format, _)| format == Format::Brat)
}

/// What was found in an archive.
#[derive(Debug, Default)]
pub(super) struct Opened {
    /// The files with articles, in natural order.
    pub(super) held: Vec<Held>,
    /// How many were passed over: hidden, binary, of no format, and archives themselves.
    pub(super) passed: Passed,
    /// What is wrong with it, in one line each.
    pub(super) wrong: Vec<String>,
}

/// The files of an archive that hold articles. A `.txt` and an `.ann` of one name in one folder of it are one article.
pub(super) fn open_archive(path: &Path, asked: &Asked) -> Opened {
    let mut opened = Opened::default();
    let shown = path.display();
    let Archive {
        mut members,
        nested,
        wrong,
    } = match archive(path) {
        Ok(read) => read,
        Err(error) => {
            opened.wrong.push(match error.kind() {
                io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => format!(
                    "{shown}: it is damaged or cut off ({error}), and nothing of it can be read; get the archive anew"
                ),
                io::ErrorKind::FileTooLarge => format!("{shown}: {error}"),
                _ => unreadable(path, &error),
            });
            return opened;
        }
    };
    opened.passed.archives = nested;
    let wrong = wrong.into_iter().map(|wrong| format!("{shown}: {wrong}"));
    opened.wrong.extend(wrong);
    members.sort_by(|a, b| natural(&a.name, &b.name));
    let by_name: HashMap<&str, &Member> = members.iter().map(|m| (m.name.as_str(), m)).collect();
    for member in &members {
        let hidden = |part: &str| part.starts_with('.') || part == "__MACOSX";
        if member.name.split('/').any(hidden) {
            opened.passed.hidden += 1;
            continue;
        }
        let beside = |ending: &str| {
            let other = Path::new(&member.name).with_extension(ending);
            by_name.get(other.to_string_lossy().as_ref()).copied()
        };
        let ending = Path::new(&member.name)
            .extension()
            .map(|e| e.to_string_lossy().to_lowercase());
        // What a BioNLP shared task has in the place of an .ann.
        let shared = || {
            let all: Vec<&Member> = SHARED.into_iter().filter_map(beside).collect();
            let is_one = |first: &&Member| {
                matches!(
                    recognise(&first.name, &first.bytes, asked),
                    Some((Format::Brat, _))
                )
            };
            let is_asked = matches!(asked.format, None | Some(Format::Brat));
            let is_one = is_asked && all.first().is_some_and(is_one);
            if is_one { all } else { Vec::new() }
        };
        let annotations: Vec<&Member> = match ending.as_deref() {
            Some("ann") if beside("txt").is_some() && is_brat(member, asked) => continue,
            Some(other)
                if SHARED.contains(&other)
                    && beside("txt").is_some()
                    && beside("ann").is_none()
                    && !shared().is_empty() =>
            {
                continue;
            }
            Some("txt") => match beside("ann") {
                Some(ann) => Some(ann)
                    .filter(|ann| is_brat(ann, asked))
                    .into_iter()
                    .collect(),
                None => shared(),
            },
            _ => Vec::new(),
        };
        if asked.encoding.is_none() && format::is_binary(&member.name, start(&member.bytes)) {
            opened.passed.binary += 1;
            continue;
        }
        let detected = recognise(&member.name, &member.bytes, asked);
        let found = match detected {
            _ if !annotations.is_empty() => Some(Format::Brat),
            Some((format, _)) if format != Format::Brat => Some(format),
            _ => None,
        };
        let format = match asked.format {
            None => found,
            // Its text stands in the .ann as well.
            Some(Format::Yedda) if ending.as_deref() == Some("txt") && beside("ann").is_some() => {
                continue;
            }
            Some(forced) if found == Some(forced) => found,
            Some(forced) => could_be(Path::new(&member.name), forced).then_some(forced),
        };
        let Some(format) = format else {
            opened.passed.unknown += 1;
            continue;
        };
        let annotations = annotations.iter().filter(|_| format == Format::Brat);
        let full = |member: &Member| format!("{}/{}", path.display(), member.name);
        opened.held.push(Held {
            name: full(member),
            bytes: Arc::clone(&member.bytes),
            annotations: annotations
                .map(|a| (full(a), Arc::clone(&a.bytes)))
                .collect(),
            format: Some(format),
            damage: member.damage.clone(),
        });
    }
    opened
}
