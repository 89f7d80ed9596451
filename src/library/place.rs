//! One article on disk: which files, which format.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::format::{self, Format};

/// How much of a file is looked at to tell its format, and text from binary, in bytes.
const LOOK_BYTES: u64 = 8192;

/// The files of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) main: PathBuf,
    /// The `.ann` of a brat article.
    pub(super) annotations: Option<PathBuf>,
    pub(super) format: Format,
}

/// What a file of a folder is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Article(Place),
    /// The half of an article that its other half brings.
    Part,
    /// Annotations without their text.
    Lone,
    Binary,
    Unknown,
}

/// What a file is that was met in a folder. A forced format narrows down which files are taken: `.toml` files, pairs
/// of `.txt` and `.ann`, or text files.
pub(super) fn met(path: PathBuf, forced: Option<Format>) -> io::Result<Sort> {
    let start = start_of(&path)?;
    if format::is_binary(&start) {
        return Ok(Sort::Binary);
    }
    let pair = format::companion(&path).filter(|other| other.is_file());
    let place = |format, annotations| {
        Sort::Article(Place {
            main: path.clone(),
            annotations,
            format,
        })
    };
    let detected = format::detect(&path.to_string_lossy(), &start);
    Ok(match (detected, forced) {
        (Some(Format::Brat), None | Some(Format::Brat)) if pair.is_some() => Sort::Part,
        (Some(Format::Brat), None | Some(Format::Brat)) => Sort::Lone,
        (Some(Format::Text), None | Some(Format::Brat)) if pair.is_some() => {
            place(Format::Brat, pair)
        }
        (Some(found), None) => place(found, None),
        (Some(found), Some(forced)) if found == forced => place(found, None),
        (None, Some(Format::Toml)) if has_ending(&path, "toml") => place(Format::Toml, None),
        _ => Sort::Unknown,
    })
}

/// The article of a file that was named by the reader.
///
/// # Errors
/// One line that says what is wrong and what to do.
pub(super) fn named(path: &Path, forced: Option<Format>) -> Result<Place, String> {
    let shown = path.display();
    let start = start_of(path).map_err(|error| unreadable(path, &error))?;
    if forced.is_none() && format::is_binary(&start) {
        return Err(format!(
            "{shown}: this is a binary file, it holds a NUL byte; convert UTF-16 to UTF-8, or give --format to read \
             it all the same"
        ));
    }
    let format = forced.unwrap_or_else(|| format::detect_named(&path.to_string_lossy(), &start));
    let alone = |format| Place {
        main: path.to_owned(),
        annotations: None,
        format,
    };
    let is_annotations = has_ending(path, "ann");
    let other = match format::companion(path) {
        Some(other) => other,
        None => path.with_extension("ann"),
    };
    match format {
        Format::Brat if is_annotations && !other.is_file() => Err(format!(
            "{shown}: these are brat annotations, and there is no {} beside them; put the text there",
            other.display()
        )),
        Format::Brat if is_annotations => Ok(Place {
            main: other,
            annotations: Some(path.to_owned()),
            format,
        }),
        Format::Brat if !other.is_file() => Err(format!(
            "{shown}: there is no {} beside it; put the brat annotations there, or read the text with --format text",
            other.display()
        )),
        Format::Brat => Ok(Place {
            annotations: Some(other),
            ..alone(format)
        }),
        Format::Text
            if forced.is_none() && format::companion(path).is_some_and(|o| o.is_file()) =>
        {
            Ok(Place {
                annotations: Some(other),
                ..alone(Format::Brat)
            })
        }
        Format::Text | Format::Toml => Ok(alone(format)),
    }
}

/// The line for what cannot be read.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> String {
    format!(
        "{}: {error}; check the path and its permissions",
        path.display()
    )
}

fn has_ending(path: &Path, wanted: &str) -> bool {
    path.extension()
        .is_some_and(|e| e.eq_ignore_ascii_case(wanted))
}

fn start_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    fs::File::open(path)?
        .take(LOOK_BYTES)
        .read_to_end(&mut start)?;
    Ok(start)
}
