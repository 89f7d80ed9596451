//! Paths to sources, with a line for everything that is wrong with them.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::Complaint;
use super::place::{Place, named, unreadable};
use super::source::Source;
use super::walk::{Walk, walk};
use crate::article::Severity;
use crate::format::Format;

/// The sources behind paths, in their order; folders are walked.
pub(super) fn sources(paths: &[PathBuf], forced: Option<Format>) -> (Vec<Source>, Vec<Complaint>) {
    let mut opener = Opener {
        forced,
        sources: Vec::new(),
        complaints: Vec::new(),
    };
    for path in paths {
        opener.open(path);
    }
    (opener.sources, opener.complaints)
}

struct Opener {
    forced: Option<Format>,
    sources: Vec<Source>,
    complaints: Vec<Complaint>,
}

impl Opener {
    fn open(&mut self, path: &Path) {
        match fs::metadata(path) {
            Err(error) => self.error(unreadable(path, &error)),
            Ok(meta) if meta.is_dir() => {
                let found = walk(path, self.forced);
                self.tell(path, &found);
                self.sources
                    .extend(found.found.into_iter().map(Source::Disk));
            }
            Ok(meta) if meta.is_file() => match named(path, self.forced) {
                Ok(place) => self.add(path, place),
                Err(message) => self.error(message),
            },
            // A pipe, such as <(command): it can be read only once.
            Ok(_) => match fs::read(path) {
                Ok(bytes) => {
                    let source = Source::hold(&path.to_string_lossy(), &bytes, self.forced);
                    self.sources.push(source);
                }
                Err(error) => self.error(unreadable(path, &error)),
            },
        }
    }

    /// Adds a named file. The second half of a pair whose first half was named brings nothing new.
    fn add(&mut self, path: &Path, place: Place) {
        let is_half = place.annotations.is_some();
        let is_known = is_half
            && self
                .sources
                .iter()
                .any(|s| matches!(s, Source::Disk(known) if *known == place))
            && (place.annotations.as_deref() == Some(path) || place.main == path);
        if !is_known {
            self.sources.push(Source::Disk(place));
        }
    }

    fn tell(&mut self, folder: &Path, found: &Walk) {
        let shown = folder.display();
        for (path, error) in &found.failed {
            self.error(unreadable(path, error));
        }
        if let Some(first) = found.lone.first() {
            let count = found.lone.len();
            let message = format!(
                "{shown}: {count} .ann without a .txt beside it, {} first; put the text there",
                first.display()
            );
            self.warn(message);
        }
        let passed: Vec<String> = [
            (found.hidden, "hidden"),
            (found.binary, "binary"),
            (found.unknown, "that no format recognises"),
        ]
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
        if !passed.is_empty() {
            let message = format!(
                "{shown}: passed over {}; name a file itself to read it",
                passed.join(", ")
            );
            self.warn(message);
        }
        if found.found.is_empty() {
            let message = format!(
                "{shown}: no article in this folder; plain text is named .txt, native articles .toml, brat .txt with .ann"
            );
            self.error(message);
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
