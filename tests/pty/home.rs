//! `kanbao` in a terminal and a home of its own: configured by nobody, leaving nothing behind.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::{Pty, Voice};

/// The program.
pub(crate) const KANBAO: &str = env!("CARGO_BIN_EXE_kanbao");

/// The title of the first bundled article.
pub(crate) const FIRST: &str = "水乡十年　一网相连";

/// A home of its own for a test, with all folders that the program looks in.
pub(crate) struct Home(TempDir);

impl Home {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Its folder.
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// A file in the home.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    pub(crate) fn config(&self, text: &str) {
        self.file("config/kanbao/config.toml", text);
    }

    /// Runs a program here, with these variables besides.
    pub(crate) fn run(
        &self,
        program: &str,
        args: &[&str],
        more: &[(&str, &str)],
        size: (u16, u16),
    ) -> Pty {
        self.run_as(program, args, more, size, Voice::Answers)
    }

    /// The same in a terminal that answers so.
    pub(crate) fn run_as(
        &self,
        program: &str,
        args: &[&str],
        more: &[(&str, &str)],
        size: (u16, u16),
        voice: Voice,
    ) -> Pty {
        let home = self.0.path().to_str().unwrap();
        let (config, state) = (format!("{home}/config"), format!("{home}/state"));
        let mut env = vec![
            ("HOME", home),
            ("XDG_CONFIG_HOME", &config),
            ("XDG_STATE_HOME", &state),
        ];
        env.extend(more);
        Pty::start_as(Path::new(program), args, &env, size, voice)
    }

    pub(crate) fn kanbao(&self, args: &[&str], columns: u16, rows: u16) -> Pty {
        self.run(KANBAO, args, &[], (columns, rows))
    }

    /// A line of a shell.
    pub(crate) fn shell(&self, line: &str, columns: u16, rows: u16) -> Pty {
        self.run("/bin/sh", &["-c", line], &[], (columns, rows))
    }

    /// The bundled library, its first article on the screen.
    pub(crate) fn bundled(&self, columns: u16, rows: u16) -> Pty {
        let pty = self.kanbao(&[], columns, rows);
        // In a small window the title takes two rows.
        let shown = if columns < 40 { &FIRST[..12] } else { FIRST };
        pty.wait_until(shown, |pty| {
            pty.screen().iter().any(|row| row.contains(shown)) && is_painted(pty)
        });
        pty
    }
}

pub(crate) fn status(pty: &Pty) -> String {
    pty.screen().pop().unwrap()
}

/// Whether a frame with an article has been written to its end: its last row ends with a percentage.
pub(crate) fn is_painted(pty: &Pty) -> bool {
    status(pty).ends_with('%')
}

pub(crate) fn wait_for_status(pty: &Pty, text: &str) {
    pty.wait_until(text, |pty| status(pty).contains(text));
}
