//! Where converted articles go: names of files below a folder, each once and none outside it, and bytes as they are.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::format::{self, Format};
use crate::library::{Held, Named, inner_name};

/// Where the articles go.
pub(super) enum Out {
    Printed,
    File(PathBuf),
    Folder(PathBuf),
}

/// The paths that were given out.
#[derive(Debug, Default)]
pub(super) struct Names {
    written: HashSet<PathBuf>,
}

impl Names {
    /// A path below the folder that was not written yet. No name leads out of the folder.
    pub(super) fn path(&mut self, folder: &Path, name: &Path, ending: &str) -> PathBuf {
        let mut path = folder.to_owned();
        let name = name.to_string_lossy();
        let parts = name.split(['/', '\\']);
        let mut parts: Vec<String> = parts
            .filter(|part| !matches!(*part, "" | "." | ".."))
            .map(|part| part.replace(|c: char| c.is_control() || matches!(c, ':' | '\0'), "_"))
            .collect();
        let last = parts.pop().unwrap_or_else(|| "article".to_owned());
        path.extend(parts);
        let dot = if ending.is_empty() { "" } else { "." };
        let mut wanted = path.join(format!("{last}{dot}{ending}"));
        let mut number = 1;
        while !self.written.insert(wanted.clone()) {
            number += 1;
            wanted = path.join(format!("{last}-{number}{dot}{ending}"));
        }
        wanted
    }
}

/// A file's name without its ending, and the ending: `a/1` and `txt`, or `txt.gz` where it is compressed.
pub(super) fn parted(path: &Path) -> (PathBuf, String) {
    let stem = inner_name(path).with_extension("");
    let name = |path: &Path| path.file_name().map(|n| n.to_string_lossy().into_owned());
    let (whole, begin) = (name(path).unwrap_or_default(), name(&stem));
    let ending = whole.strip_prefix(&begin.unwrap_or_default());
    let ending = ending.unwrap_or("").trim_start_matches('.');
    (stem, ending.to_owned())
}

/// What stands beside a file, under the same name with another ending.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = parted(path).0.into_os_string();
    name.push(".");
    name.push(ending);
    name.into()
}

/// What a file is called below the path by which it was found, a folder or an archive, without ending.
pub(super) fn name_of(named: &Named, paths: &[PathBuf]) -> PathBuf {
    let main = match named {
        Named::Place(place) => place.main.as_path(),
        Named::Held(held) => Path::new(&held.name),
    };
    // What is held may be in an archive, whose members are called below it.
    let is_held = matches!(named, Named::Held(_));
    let below = paths.iter().filter(|path| is_held || path.is_dir());
    let below = below.filter_map(|path| main.strip_prefix(path).ok());
    let below = below.filter(|rest| !rest.as_os_str().is_empty());
    let shortest = below.min_by_key(|rest| rest.as_os_str().len());
    let rest = shortest.or(main.file_name().map(Path::new)).unwrap_or(main);
    parted(rest).0
}

/// The files of what is in memory, the one with the text first: their endings, and what is in them. What came without a
/// name gets the ending of its format.
pub(super) fn held_files(held: &Held, format: Format) -> Vec<(String, Arc<[u8]>)> {
    let beside = held.annotations.iter();
    let beside = beside.map(|(name, bytes)| (name.as_str(), bytes));
    let files = std::iter::once((held.name.as_str(), &held.bytes)).chain(beside);
    let file = |(name, bytes): (&str, &Arc<[u8]>)| {
        let (_, mut ending) = parted(Path::new(name));
        if ending.is_empty() {
            format::ending(format).clone_into(&mut ending);
        }
        (ending, Arc::clone(bytes))
    };
    files.map(file).collect()
}

/// The bytes of a file as they are.
pub(super) fn copy(named: &Named, out: &mut dyn Write) -> io::Result<()> {
    match named {
        Named::Place(place) => copy_file(&place.main, out),
        Named::Held(held) => out.write_all(&held.bytes),
    }
}

pub(super) fn copy_file(path: &Path, out: &mut dyn Write) -> io::Result<()> {
    io::copy(&mut fs::File::open(path)?, out).map(drop)
}

pub(super) fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
