//! Where one article comes from, and the reading of it.

use std::path::Path;
use std::sync::Arc;

use super::asked::Asked;
use super::error::LoadError;
use super::held::Held;
use super::place::Place;
use super::shared::Shared;
use crate::article::Article;
use crate::format::{self, Document, File, Files, Format, ReadOptions};

/// A source of one article.
#[derive(Debug, Clone)]
pub(super) enum Source {
    /// A file, or a few, with one article.
    Disk {
        place: Arc<Place>,
        shared: Arc<Shared>,
    },
    /// One of the articles of a file, by its number from 0.
    Member {
        place: Arc<Place>,
        shared: Arc<Shared>,
        index: usize,
    },
    /// Compiled in.
    Bundled {
        name: &'static str,
        content: &'static str,
    },
    /// Read once and kept: what came from a pipe does not come again.
    Held {
        name: String,
        held: Result<Arc<Document>, LoadError>,
        index: usize,
    },
}

impl Source {
    /// The articles of a file in memory.
    pub(super) fn hold(held: &Held, asked: &Asked) -> Vec<Self> {
        let name = &held.name;
        let held = held.open(asked).map(Arc::new);
        let count = held.as_ref().map_or(1, |document| document.len());
        let source = |index| Self::Held {
            name: name.clone(),
            held: held.clone(),
            index,
        };
        (0..count).map(source).collect()
    }

    /// The file's name; that of an article among others with its number.
    pub(super) fn base(&self) -> String {
        match self {
            Self::Disk { place, .. } => last(&place.main),
            Self::Member { place, index, .. } => numbered(&last(&place.main), *index),
            Self::Bundled { name, .. } => (*name).to_owned(),
            Self::Held { name, held, index } => {
                let name = last(Path::new(name));
                match held {
                    Ok(document) if document.len() > 1 => numbered(&name, *index),
                    _ => name,
                }
            }
        }
    }

    /// The file, as it was named: what `search` on the command line prints.
    pub(super) fn file(&self) -> String {
        match self {
            Self::Disk { place, .. } | Self::Member { place, .. } => {
                place.main.to_string_lossy().into_owned()
            }
            Self::Bundled { name, .. } => (*name).to_owned(),
            Self::Held { name, .. } => name.clone(),
        }
    }

    /// What other articles call it: the file's name without ending.
    pub(super) fn name(&self) -> String {
        let base = self.base();
        let (file, number) = match (self, base.rsplit_once('#')) {
            (Self::Member { .. } | Self::Held { .. }, Some((file, number))) => (file, Some(number)),
            _ => (base.as_str(), None),
        };
        let stem = Path::new(format::unpacked(file)).file_stem();
        let stem = stem.map_or_else(String::new, |s| s.to_string_lossy().into_owned());
        match number {
            Some(number) => format!("{stem}#{number}"),
            None => stem,
        }
    }

    /// The folder in which `continues` looks first.
    pub(super) fn folder(&self) -> Option<&Path> {
        match self {
            Self::Disk { place, .. } | Self::Member { place, .. } => place.main.parent(),
            Self::Bundled { .. } | Self::Held { .. } => None,
        }
    }

    /// Whether its format can say what it continues.
    pub(super) fn may_continue(&self) -> bool {
        match self {
            Self::Disk { place, .. } => place.format == Format::Toml,
            Self::Member { .. } => false,
            Self::Bundled { .. } | Self::Held { .. } => true,
        }
    }

    /// Reads it, unless `worth` says of the bytes of its text that this would be in vain.
    pub(super) fn read_if(
        &self,
        worth: &dyn Fn(&[u8]) -> bool,
    ) -> Option<Result<Arc<Article>, LoadError>> {
        let of = |document: &Document, index| {
            let worth = document.is_worth(index, worth);
            worth.then(|| document.read(index).map_err(LoadError::from))
        };
        let read = match self {
            Self::Held { held, index, .. } => match held {
                Ok(document) => of(document, *index)?,
                Err(error) => Err(error.clone()),
            },
            Self::Bundled { content, .. } => {
                return format::is_worth(content, worth).then(|| self.read());
            }
            Self::Disk { place, shared } => match place.open_if(shared.asked(), worth) {
                Ok(document) => document?.into_only().map_err(LoadError::from),
                Err(error) => Err(error),
            },
            Self::Member {
                place,
                shared,
                index,
            } => match shared.get(place) {
                Ok(document) => of(&document, *index)?,
                Err(error) => Err(error),
            },
        };
        Some(read.map(Arc::new))
    }

    /// Reads it.
    pub(super) fn read(&self) -> Result<Arc<Article>, LoadError> {
        let article = match self {
            Self::Held { held, index, .. } => seen(held.as_ref().map_err(Clone::clone)?, *index)?,
            Self::Bundled { name, content } => {
                let files = Files {
                    main: File::new(name, content.as_bytes()),
                    annotations: None,
                };
                Document::open(Format::Toml, files, ReadOptions::default()).into_only()?
            }
            Self::Disk { place, shared } => {
                let article = place.open(shared.asked())?.into_only()?;
                let main = place.main.to_string_lossy();
                let mut faults = article.diagnostics.iter();
                if faults.all(|fault| fault.line == 0 || fault.file != main) {
                    article
                } else {
                    // A file with faults is worth a second look, to tell where they are in the text.
                    seen(&place.open(shared.asked())?, 0)?
                }
            }
            Self::Member {
                place,
                shared,
                index,
            } => seen(shared.get(place)?.as_ref(), *index)?,
        };
        // Not when a key asks for it.
        article.annotations.prepare();
        Ok(Arc::new(article))
    }
}

/// An article whose faults are looked up in its text.
fn seen(document: &Document, index: usize) -> Result<Article, LoadError> {
    let mut article = document.read(index)?;
    document.see_faults(index, &mut article);
    Ok(article)
}

fn numbered(name: &str, index: usize) -> String {
    format!("{name}#{}", index + 1)
}

fn last(path: &Path) -> String {
    let last = path.file_name().unwrap_or(path.as_os_str());
    last.to_string_lossy().into_owned()
}
