//! The rules of the house: imports run downwards only, and every room has a head.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the ground up.
const ROOMS: [&str; 17] = [
    "article",
    "action",
    "statistics",
    "text",
    "typeset",
    "desk",
    "format",
    "library",
    "names",
    "search",
    "keys",
    "theme",
    "config",
    "app",
    "layout",
    "runtime",
    "cli",
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found
}

#[test]
fn imports_run_downwards_only() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut rooms = 0;
    for entry in fs::read_dir(&src).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        rooms += 1;
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let floor = ROOMS
            .iter()
            .position(|r| *r == name)
            .unwrap_or_else(|| panic!("no floor is given to room {name}"));
        for file in sources(&folder) {
            let code = fs::read_to_string(&file).unwrap();
            for part in code.split("crate::").skip(1) {
                let used: String = part
                    .chars()
                    .take_while(|c| c.is_ascii_lowercase() || *c == '_')
                    .collect();
                if let Some(other) = ROOMS.iter().position(|r| *r == used) {
                    assert!(
                        other <= floor,
                        "{} imports {used}, which is above {name}",
                        file.display()
                    );
                }
            }
        }
    }
    assert!(rooms > 4, "the rooms were not found");
}

#[test]
fn every_file_has_a_head() {
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let code = fs::read_to_string(&file).unwrap();
        assert!(
            code.starts_with("//! "),
            "{} does not say what it is for",
            file.display()
        );
    }
}
