//! The program as a command: files for it, and what it says.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    root
}

/// The program run there, with nobody's settings.
pub(crate) fn kanbao(arguments: &[&str], at: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kanbao"))
        .args(arguments)
        .current_dir(at)
        .env("XDG_CONFIG_HOME", at.join("no-config"))
        .output()
        .unwrap()
}

/// Both outputs and the exit code.
pub(crate) fn said(output: &Output) -> (String, String, i32) {
    (
        String::from_utf8(output.stdout.clone()).unwrap(),
        String::from_utf8(output.stderr.clone()).unwrap(),
        output.status.code().unwrap(),
    )
}
