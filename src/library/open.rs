//! Paths to sources, with a line for everything that is wrong with them.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::asked::Asked;
use super::error::{Complaint, LoadError};
use super::forced::wanted;
use super::held::{Held, open_archive};
use super::place::{Key, Place, named, unreadable};
use super::shared::Shared;
use super::source::Source;
use super::unpack::{begins, inner_name};
use super::walk::{Walk, walk};
use crate::article::Severity;
use crate::format::{Document, Format};

/// What paths name, in their order; folders are walked.
#[derive(Debug)]
pub enum Named {
    /// Files on disk.
    Place(Place),
    /// What came from a pipe, such as <(command), or is in an archive.
    Held(Held),
}

impl Named {
    /// What messages call it.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Place(place) => place.main.to_string_lossy().into_owned(),
            Self::Held(held) => held.name.clone(),
        }
    }

    /// Why it is taken for its format; nothing where only its content was asked.
    #[must_use]
    pub const fn reason(&self) -> &'static str {
        match self {
            Self::Place(place) => place.reason,
            Self::Held(_) => "",
        }
    }

    /// Opens it. All of its text is in memory then.
    ///
    /// # Errors
    /// [`LoadError`] when it cannot be read, or holds no text.
    pub fn open(&self, asked: &Asked) -> Result<Document, LoadError> {
        match self {
            Self::Place(place) => place.open(asked),
            Self::Held(held) => held.open(asked),
        }
    }
}

/// Takes out what stands there more than once: the same files, read alike.
pub fn once(found: &mut Vec<Named>) {
    let mut known = HashSet::new();
    found.retain(|named| match named {
        Named::Place(place) => known.insert(place.key()),
        Named::Held(_) => true,
    });
}

/// Finds the files behind paths, with a line for everything that is wrong with them.
#[must_use]
pub fn find(paths: &[PathBuf], asked: &Asked) -> (Vec<Named>, Vec<Complaint>) {
    let mut opener = Opener {
        asked,
        found: Vec::new(),
        halves: HashSet::new(),
        complaints: Vec::new(),
    };
    for path in paths {
        opener.open(path);
    }
    (opener.found, opener.complaints)
}

/// The sources behind paths. A file that can hold several articles is opened to see how many they are.
pub(super) fn sources(paths: &[PathBuf], asked: &Asked) -> (Vec<Source>, Vec<Complaint>) {
    let (found, mut complaints) = find(paths, asked);
    let shared = Arc::new(Shared::new(asked));
    let mut sources = Vec::new();
    for named in found {
        let place = match named {
            Named::Place(place) => Arc::new(place),
            Named::Held(held) => {
                sources.extend(Source::hold(&held, asked));
                continue;
            }
        };
        let shared = Arc::clone(&shared);
        if !place.format.holds_many() {
            sources.push(Source::Disk { place, shared });
            continue;
        }
        match shared.get(&place) {
            Ok(document) => sources.extend((0..document.len()).map(|index| Source::Member {
                place: Arc::clone(&place),
                shared: Arc::clone(&shared),
                index,
            })),
            Err(error) => complaints.push(Complaint {
                severity: Severity::Error,
                message: error.to_string(),
            }),
        }
    }
    (sources, complaints)
}

/// The key of an article of two files.
fn half(named: &Named) -> Option<Key> {
    match named {
        Named::Place(place) if !place.annotations.is_empty() => Some(place.key()),
        Named::Place(_) | Named::Held(_) => None,
    }
}

/// That there is nothing of the format that was asked for.
fn none_of(format: Format, place: &str) -> String {
    format!(
        "no article of {format} in this {place}; --format {format} takes {} and what looks like it: give the files such names, or name one itself",
        wanted(format)
    )
}

struct Opener<'a> {
    asked: &'a Asked,
    found: Vec<Named>,
    /// Those of two files.
    halves: HashSet<Key>,
    complaints: Vec<Complaint>,
}

impl Opener<'_> {
    fn open(&mut self, path: &Path) {
        match fs::metadata(path) {
            Err(error) => self.error(unreadable(path, &error)),
            Ok(meta) if meta.is_dir() => {
                let found = walk(path, self.asked);
                self.tell(path, &found);
                let halves = found.found.iter().filter_map(half);
                self.halves.extend(halves);
                self.found.extend(found.found);
            }
            Ok(meta) if meta.is_file() && matches!(begins(path, 0), Ok(None)) => self.archive(path),
            Ok(meta) if meta.is_file() => match named(path, self.asked) {
                Ok(place) => self.add(path, place),
                Err(message) => self.error(message),
            },
            Ok(_) => match fs::read(path) {
                Ok(bytes) => {
                    let held = Held::new(&path.to_string_lossy(), bytes);
                    self.found.push(Named::Held(held));
                }
                Err(error) => self.error(unreadable(path, &error)),
            },
        }
    }

    /// Adds what is in a named archive.
    fn archive(&mut self, path: &Path) {
        let opened = open_archive(path, self.asked);
        for said in opened.wrong {
            self.error(said);
        }
        let passed = opened.passed.words();
        if !passed.is_empty() {
            let shown = path.display();
            self.warn(format!(
                "{shown}: passed over {passed}; unpack it to read them"
            ));
        }
        if opened.held.is_empty() {
            let shown = path.display();
            self.error(match self.asked.format {
                Some(format) => format!("{shown}: {}", none_of(format, "archive")),
                None => {
                    format!("{shown}: no article in this archive; unpack it to see what it holds")
                }
            });
        }
        self.found.extend(opened.held.into_iter().map(Named::Held));
    }

    /// Adds a named file. The second half of a pair whose first half was named brings nothing new.
    fn add(&mut self, path: &Path, place: Place) {
        let is_part = place.files().any(|file| file == path);
        let named = Named::Place(place);
        let is_known = half(&named).is_some_and(|key| !self.halves.insert(key));
        if !is_known || !is_part {
            self.found.push(named);
        }
    }

    fn tell(&mut self, folder: &Path, found: &Walk) {
        let shown = folder.display();
        for (path, error) in &found.failed {
            self.error(unreadable(path, error));
        }
        for said in &found.wrong {
            self.error(said.clone());
        }
        if let Some(first) = found.lone.first() {
            let count = found.lone.len();
            let message = format!(
                "{shown}: {count} .{} without a .txt beside it, {} first; put the text there",
                inner_name(first).extension().unwrap_or_default().display(),
                first.display()
            );
            self.warn(message);
        }
        let passed = found.passed.words();
        if !passed.is_empty() {
            let message = format!("{shown}: passed over {passed}; name a file itself to read it");
            self.warn(message);
        }
        if found.found.is_empty() {
            self.error(match self.asked.format {
                Some(format) => format!("{shown}: {}", none_of(format, "folder")),
                None => format!(
                    "{shown}: no article in this folder; a text is named .txt, with an .ann beside it for brat, a native article .toml; files of other formats are known by their content"
                ),
            });
        }
    }

    fn error(&mut self, message: String) {
        self.complaints.push(Complaint {
            severity: Severity::Error,
            message,
        });
    }

    fn warn(&mut self, message: String) {
        self.complaints.push(Complaint {
            severity: Severity::Warning,
            message,
        });
    }
}
