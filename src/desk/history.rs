//! What was searched for, kept over sessions.
//!
//! The file is UTF-8 text, one entry a line, the newest last; it may be edited by hand. Lines that could not have been
//! written here (not UTF-8, with control characters, blank, too long) are passed over, and gone after the next save.

use std::io;
use std::path::Path;

use super::{atomic, file};

/// How many entries are kept.
pub const MAX_ENTRIES: usize = 500;
/// How many bytes an entry may have.
pub const MAX_ENTRY_BYTES: usize = 4096;
/// A longer file is none of searches, in bytes: all entries of full length need less.
const MAX_FILE_BYTES: u64 = 4 << 20;

/// What was searched for: no entry twice, the newest last, at most [`MAX_ENTRIES`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    entries: Vec<String>,
    /// What was added since the file was last read or written, the newest last.
    added: Vec<String>,
}

impl History {
    /// Reads a history. A file that is not there is an empty one.
    ///
    /// # Errors
    /// When there is something at `path` that cannot be read, or is no file.
    pub fn load(path: &Path) -> io::Result<Self> {
        Ok(Self {
            entries: read(path)?,
            added: Vec::new(),
        })
    }

    /// The entries, the newest last.
    #[must_use]
    pub fn entries(&self) -> &[String] {
        &self.entries
    }

    /// Adds an entry as the newest; one that was there moves. Says whether it was taken: not when it is blank, longer
    /// than [`MAX_ENTRY_BYTES`] or has a control character, since another query is not what was searched for.
    pub fn add(&mut self, entry: &str) -> bool {
        if !is_entry(entry) {
            return false;
        }
        push(&mut self.entries, entry);
        push(&mut self.added, entry);
        true
    }

    /// Saves what was added, behind what the file has by now, so that two programs that run at once keep the entries
    /// of both; afterwards the history has them too. Nothing is written when nothing was added.
    ///
    /// Two programs that save within the same instant may still lose the entries that one of them adds.
    ///
    /// # Errors
    /// When the file cannot be read or written. What was added then still waits to be saved.
    pub fn save(&mut self, path: &Path) -> io::Result<()> {
        if self.added.is_empty() {
            return Ok(());
        }
        let mut entries = read(path)?;
        for entry in &self.added {
            push(&mut entries, entry);
        }
        let lines: String = entries.iter().flat_map(|e| [e.as_str(), "\n"]).collect();
        atomic::replace(path, lines.as_bytes())?;
        self.entries = entries;
        self.added.clear();
        Ok(())
    }
}

fn is_entry(entry: &str) -> bool {
    entry.len() <= MAX_ENTRY_BYTES
        && !entry.chars().any(char::is_control)
        && !entry.chars().all(char::is_whitespace)
}

fn push(entries: &mut Vec<String>, entry: &str) {
    entries.retain(|e| e != entry);
    entries.push(entry.to_owned());
    let excess = entries.len().saturating_sub(MAX_ENTRIES);
    entries.drain(..excess);
}

fn read(path: &Path) -> io::Result<Vec<String>> {
    let bytes = file::read(path, MAX_FILE_BYTES)?;
    let mut entries = Vec::new();
    for line in bytes.split(|b| *b == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if let Ok(entry) = std::str::from_utf8(line)
            && is_entry(entry)
        {
            push(&mut entries, entry);
        }
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::PathBuf;

    fn in_folder() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state").join("history");
        (folder, path)
    }

    #[test]
    fn entries_come_back_newest_last_and_once() {
        let (_folder, path) = in_folder();
        let mut history = History::load(&path).expect("is empty");
        for entry in ["王正", "IPv6 ", "王正"] {
            assert!(history.add(entry));
        }
        history.save(&path).expect("saved");
        let again = History::load(&path).expect("reads");
        assert_eq!(again.entries(), ["IPv6 ", "王正"]);
        assert_eq!(again, history);
    }

    #[test]
    fn what_cannot_be_a_line_is_refused() {
        let mut history = History::default();
        for entry in [
            "",
            " 　",
            "a\nb",
            "a\tb",
            "\u{1b}[2J",
            "\u{9b}",
            &"a".repeat(4097),
        ] {
            assert!(!history.add(entry), "{entry:?}");
        }
        assert!(history.entries().is_empty());
    }

    #[test]
    fn only_so_many_are_kept() {
        let (_folder, path) = in_folder();
        let mut history = History::default();
        for n in 0..MAX_ENTRIES + 3 {
            history.add(&n.to_string());
        }
        history.save(&path).expect("saved");
        let entries = History::load(&path).expect("reads").entries;
        assert_eq!((entries.len(), entries[0].as_str()), (MAX_ENTRIES, "3"));
    }

    #[test]
    fn corrupt_lines_are_passed_over() {
        let (_folder, path) = in_folder();
        fs::create_dir(path.parent().expect("a folder")).expect("made");
        fs::write(&path, b"one\r\n\n\xff\xfe\na\x1bb\n\xe4\xb8\nlast").expect("written");
        let history = History::load(&path).expect("reads");
        assert_eq!(history.entries(), ["one", "last"]);
    }

    #[test]
    fn what_is_no_file_is_an_error() {
        let folder = tempfile::tempdir().expect("a folder");
        History::load(folder.path()).expect_err("is a folder");
        let mut history = History::default();
        history.add("王正");
        history.save(folder.path()).expect_err("is a folder");
        let path = folder.path().join("history");
        history.save(&path).expect("is saved elsewhere");
        assert_eq!(History::load(&path).expect("reads").entries(), ["王正"]);
    }

    #[test]
    fn two_programs_keep_the_entries_of_both() {
        let (_folder, path) = in_folder();
        let mut first = History::load(&path).expect("is empty");
        first.add("old");
        first.save(&path).expect("saved");
        let mut second = History::load(&path).expect("reads");
        first.add("甲");
        second.add("乙");
        first.save(&path).expect("saved");
        second.save(&path).expect("saved");
        assert_eq!(second.entries(), ["old", "甲", "乙"]);
        // Saving again adds nothing and takes nothing back.
        first.save(&path).expect("saved");
        assert_eq!(History::load(&path).expect("reads"), second);
    }
}
