//! Where one article comes from, and the reading of it.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::error::LoadError;
use super::place::{Place, unreadable};
use crate::article::Article;
use crate::format::{self, File, Files, Format};

/// A source of one article.
#[derive(Debug, Clone)]
pub(super) enum Source {
    Disk(Place),
    /// Compiled in.
    Bundled {
        name: &'static str,
        content: &'static str,
    },
    /// Read once and kept: what came from a pipe does not come again.
    Held {
        name: String,
        read: Result<Arc<Article>, LoadError>,
    },
}

impl Source {
    /// Reads bytes of which there is no file; `format` goes before what they look like.
    pub(super) fn hold(name: &str, bytes: &[u8], format: Option<Format>) -> Self {
        let start = bytes.get(..8192).unwrap_or(bytes);
        let read = if format.is_none() && format::is_binary(start) {
            Err(LoadError::File(format!(
                "{name}: this is binary, it holds a NUL byte; convert UTF-16 to UTF-8, or give --format to read it \
                 all the same"
            )))
        } else {
            let format = format.unwrap_or_else(|| format::detect_named(name, start));
            let files = Files {
                main: File::new(name, bytes),
                annotations: None,
            };
            format::read(format, files)
                .map(Arc::new)
                .map_err(LoadError::Read)
        };
        Self::Held {
            name: name.to_owned(),
            read,
        }
    }

    /// The file's name.
    pub(super) fn base(&self) -> String {
        match self {
            Self::Disk(place) => last(&place.main),
            Self::Bundled { name, .. } => (*name).to_owned(),
            Self::Held { name, .. } => last(Path::new(name)),
        }
    }

    /// What other articles call it: the file's name without ending.
    pub(super) fn name(&self) -> String {
        let base = self.base();
        let stem = Path::new(&base).file_stem();
        stem.map_or_else(String::new, |s| s.to_string_lossy().into_owned())
    }

    /// The folder in which `continues` looks first.
    pub(super) fn folder(&self) -> Option<&Path> {
        match self {
            Self::Disk(place) => place.main.parent(),
            Self::Bundled { .. } | Self::Held { .. } => None,
        }
    }

    /// Whether its format can say what it continues.
    pub(super) fn may_continue(&self) -> bool {
        match self {
            Self::Disk(place) => place.format == Format::Toml,
            Self::Bundled { .. } | Self::Held { .. } => true,
        }
    }

    /// Reads it.
    pub(super) fn read(&self) -> Result<Arc<Article>, LoadError> {
        let (format, files) = match self {
            Self::Held { read, .. } => return read.clone(),
            Self::Bundled { name, content } => (
                Format::Toml,
                Files {
                    main: File::new(name, content.as_bytes()),
                    annotations: None,
                },
            ),
            Self::Disk(place) => (
                place.format,
                Files {
                    main: open(&place.main)?,
                    annotations: place.annotations.as_deref().map(open).transpose()?,
                },
            ),
        };
        Ok(Arc::new(format::read(format, files)?))
    }
}

fn open(path: &Path) -> Result<File, LoadError> {
    let read = || {
        let file = fs::File::open(path)?;
        let size = usize::try_from(file.metadata()?.len()).unwrap_or(0);
        format::decode_from(file, size)
    };
    let decoded = read().map_err(|error| LoadError::File(unreadable(path, &error)))?;
    Ok(File {
        name: path.to_string_lossy().into_owned(),
        decoded,
    })
}

fn last(path: &Path) -> String {
    let last = path.file_name().unwrap_or(path.as_os_str());
    last.to_string_lossy().into_owned()
}
