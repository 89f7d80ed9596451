//! Writing a file so that at every moment it is the old one or the new one, whole.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Puts a file with these bytes in the place of `path`: written beside it under another name, brought to the disk,
/// renamed over it. Only the user may read it (mode 0600); the folder is made when it is not there (0700). Where
/// `path` is a symbolic link, what it leads to is replaced.
///
/// # Errors
/// When the folder cannot be made, or the file not be written or renamed. `path` is as it was then, and nothing is left
/// beside it.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = match fs::canonicalize(path) {
        Ok(target) => target,
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
        Err(error) => return Err(error),
    };
    let folder = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    create_folder(folder)?;
    // A temporary file is the user's alone from its creation on, and is removed when it goes out of scope.
    let mut file = tempfile::Builder::new()
        .prefix(".kanbao-")
        .tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(&target).map_err(|failed| failed.error)?;
    sync_folder(folder)
}

#[cfg(unix)]
fn create_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(not(unix))]
fn create_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// Brings the renaming to the disk. Some file systems cannot; the file stands renamed all the same.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        match File::open(folder)?.sync_all() {
            Err(error)
                if !matches!(
                    error.kind(),
                    io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
                ) =>
            {
                return Err(error);
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let name = |e: io::Result<fs::DirEntry>| e.expect("an entry").file_name();
        let mut names: Vec<String> = entries
            .map(|e| name(e).to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_whole_and_is_the_users_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a").join("b").join("history");
        for content in ["一个长的内容", "短"] {
            replace(&path, content.as_bytes()).expect("written");
            assert_eq!(fs::read_to_string(&path).expect("reads"), content);
        }
        let mode = |path: &Path| fs::metadata(path).expect("is there").permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        let parent = path.parent().expect("a folder");
        assert_eq!(mode(parent), 0o700);
        assert_eq!(names(parent), ["history"], "nothing is left beside it");
    }

    #[test]
    fn a_failure_leaves_everything_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        // A folder cannot be replaced by a file, nor a file hold one.
        let path = folder.path().join("history");
        fs::create_dir(&path).expect("made");
        replace(&path, b"x").expect_err("is a folder");
        fs::write(folder.path().join("file"), "x").expect("written");
        replace(&folder.path().join("file").join("history"), b"x").expect_err("is in a file");
        assert_eq!(names(folder.path()), ["file", "history"]);
    }

    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().expect("a folder");
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "old").expect("written");
        symlink(&target, &link).expect("linked");
        replace(&link, b"new").expect("written");
        assert!(fs::symlink_metadata(&link).expect("is there").is_symlink());
        assert_eq!(fs::read_to_string(&target).expect("reads"), "new");
    }
}
