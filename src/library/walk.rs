//! The files of a folder that hold articles.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::natural::natural;
use crate::format;

/// How much of a file is looked at to tell text from binary, in bytes.
const LOOK_BYTES: u64 = 8192;

/// What a walk found.
#[derive(Debug, Default)]
pub struct Walk {
    /// The files worth reading, in natural order, folder by folder.
    pub files: Vec<PathBuf>,
    /// How many files were passed over as binary.
    pub binary: usize,
    /// How many files no format recognises.
    pub unknown: usize,
    /// Folders and files that could not be read, and why.
    pub failed: Vec<(PathBuf, io::Error)>,
}

/// Walks a folder and its folders.
///
/// Hidden names are passed over; a link is followed, and what it leads to is entered once, so that a ring of links
/// ends. Plain text is a file named `.txt` or `.text` or without an ending; a `.toml` is an
/// article when it sets a headline or a body. A NUL in its first 8 KiB makes a file binary.
#[must_use]
pub fn walk(folder: &Path) -> Walk {
    let mut found = Walk::default();
    let mut seen = HashSet::new();
    enter(folder, &mut seen, &mut found);
    found
}

fn enter(folder: &Path, seen: &mut HashSet<PathBuf>, found: &mut Walk) {
    match fs::canonicalize(folder) {
        Ok(real) => {
            if !seen.insert(real) {
                return;
            }
        }
        Err(error) => return found.failed.push((folder.to_owned(), error)),
    }
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return found.failed.push((folder.to_owned(), error)),
    };
    let mut names: Vec<(String, PathBuf)> = entries
        .filter_map(Result::ok)
        .map(|entry| {
            (
                entry.file_name().to_string_lossy().into_owned(),
                entry.path(),
            )
        })
        .filter(|(name, _)| !name.starts_with('.'))
        .collect();
    names.sort_by(|(a, _), (b, _)| natural(a, b));
    for (_, path) in names {
        match fs::metadata(&path) {
            Ok(meta) if meta.is_dir() => enter(&path, seen, found),
            Ok(meta) if meta.is_file() => take(path, seen, found),
            // A socket or a pipe would hold the walk for ever.
            Ok(_) => found.unknown += 1,
            Err(error) => found.failed.push((path, error)),
        }
    }
}

fn take(path: PathBuf, seen: &mut HashSet<PathBuf>, found: &mut Walk) {
    if fs::canonicalize(&path).is_ok_and(|real| !seen.insert(real)) {
        return;
    }
    match start_of(&path) {
        Err(error) => found.failed.push((path, error)),
        Ok(start) if memchr::memchr(0, &start).is_some() => found.binary += 1,
        Ok(start) if recognised(&path, &start) => found.files.push(path),
        Ok(_) => found.unknown += 1,
    }
}

fn recognised(path: &Path, start: &[u8]) -> bool {
    let ends = |wanted: &[&str]| {
        path.extension()
            .is_some_and(|e| wanted.iter().any(|w| e.eq_ignore_ascii_case(w)))
    };
    let native = || format::looks_native(&String::from_utf8_lossy(start));
    path.extension().is_none() || ends(&["txt", "text"]) || (ends(&["toml"]) && native())
}

fn start_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    fs::File::open(path)?
        .take(LOOK_BYTES)
        .read_to_end(&mut start)?;
    Ok(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_takes_text_in_natural_order_and_counts_the_rest() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        fs::create_dir_all(at("二/深")).unwrap();
        fs::create_dir_all(at(".git")).unwrap();
        for name in [
            "10.txt",
            "2.txt",
            "二/1.TXT",
            "二/深/无",
            ".hidden.txt",
            ".git/a.txt",
        ] {
            fs::write(at(name), "一段。").unwrap();
        }
        fs::write(at("a.bin"), b"a\0b").unwrap();
        fs::write(at("a.json"), "{}").unwrap();
        let found = walk(root.path());
        let names: Vec<_> = found
            .files
            .iter()
            .map(|f| f.strip_prefix(root.path()).unwrap().to_str().unwrap())
            .collect();
        assert_eq!(names, ["2.txt", "10.txt", "二/1.TXT", "二/深/无"]);
        assert_eq!((found.binary, found.unknown, found.failed.len()), (1, 1, 0));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_entered_once_and_a_ring_ends() {
        use std::os::unix::fs::symlink;
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        fs::create_dir(at("a")).unwrap();
        fs::write(at("a/1.txt"), "一。").unwrap();
        symlink(root.path(), at("a/ring")).unwrap();
        symlink(at("a"), at("b")).unwrap();
        symlink(at("a/1.txt"), at("c.txt")).unwrap();
        symlink(at("gone"), at("d.txt")).unwrap();
        let found = walk(root.path());
        assert_eq!(found.files.len(), 1);
        assert_eq!(found.failed.len(), 1, "a link that leads nowhere is said");
    }
}
