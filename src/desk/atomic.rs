//! Writing a file so that at every moment it is the old one or the new one, whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Puts a file with these bytes in the place of `path`: written beside it under another name, brought to the disk,
/// renamed over it. Only the user may read it (mode 0600); the folder is made when it is not there (0700). Where
/// `path` is a symbolic link, what it leads to is replaced.
///
/// # Errors
/// When the folder cannot be made, or the file not be written or renamed. `path` is as it was then, and nothing is left
/// beside it.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = target(path)?;
    create_folder(folder_of(&target))?;
    put(&target, 0o600, |file| file.write_all(bytes))
}

/// The same for what others may read as far as the user's mask lets them; `write` writes it piece by piece, and when
/// it fails nothing has changed.
///
/// # Errors
/// As [`replace`], and those of `write`.
pub fn save(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let target = target(path)?;
    fs::create_dir_all(folder_of(&target))?;
    put(&target, 0o666, |file| {
        let mut out = BufWriter::new(file);
        write(&mut out)?;
        out.flush()
    })
}

/// The same for a file that must not be there yet.
///
/// # Errors
/// As [`save`], and [`AlreadyExists`](io::ErrorKind::AlreadyExists) when something of that name is there.
pub fn create(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let folder = folder_of(path);
    let mut file = temporary(folder, 0o666)?;
    let mut out = BufWriter::new(file.as_file_mut());
    write(&mut out)?;
    out.flush()?;
    drop(out);
    file.as_file().sync_all()?;
    // Somebody may have been quicker.
    file.persist_noclobber(path)
        .map_err(|failed| failed.error)?;
    sync_folder(folder);
    Ok(())
}

fn target(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Ok(target) => Ok(target),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(path.to_owned()),
        Err(error) => Err(error),
    }
}

fn folder_of(target: &Path) -> &Path {
    match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

fn put(
    target: &Path,
    mode: u32,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<()> {
    let folder = folder_of(target);
    let mut file = temporary(folder, mode)?;
    write(file.as_file_mut())?;
    file.as_file().sync_all()?;
    file.persist(target).map_err(|failed| failed.error)?;
    sync_folder(folder);
    Ok(())
}

/// A temporary file goes away when it goes out of scope.
fn temporary(folder: &Path, mode: u32) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".kanbao-");
    permit(&mut builder, mode);
    builder.tempfile_in(folder)
}

/// The mode with which the file is made, less the user's mask.
#[cfg(unix)]
fn permit(builder: &mut tempfile::Builder<'_, '_>, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(fs::Permissions::from_mode(mode));
}

#[cfg(not(unix))]
fn permit(_: &mut tempfile::Builder<'_, '_>, _: u32) {}

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

/// Brings the renaming to the disk, where that can be done: not in a folder that may be written but not read, nor on
/// some file systems. The file stands there all the same, so this is no failure.
fn sync_folder(folder: &Path) {
    if cfg!(unix)
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
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
    fn what_is_saved_may_be_read_by_others_and_a_failure_changes_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a").join("corpus");
        save(&path, |out| out.write_all(b"one")).expect("written");
        let mode = fs::metadata(&path).expect("is there").permissions().mode();
        assert_eq!(mode & 0o600, 0o600);
        assert_eq!(mode & 0o111, 0);
        let failed = save(&path, |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("stopped"))
        });
        failed.expect_err("said so");
        assert_eq!(fs::read(&path).expect("reads"), b"one");
        assert_eq!(names(&folder.path().join("a")), ["corpus"]);
    }

    #[test]
    fn what_is_created_never_takes_the_place_of_anything() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("table.tsv");
        create(&path, |out| out.write_all(b"one")).expect("written");
        let again = create(&path, |out| out.write_all(b"two")).expect_err("is there");
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        symlink(folder.path().join("nowhere"), folder.path().join("link")).expect("linked");
        create(&folder.path().join("link"), |_| Ok(())).expect_err("is a link");
        let failed = create(&folder.path().join("other"), |_| {
            Err(io::Error::other("no"))
        });
        failed.expect_err("said so");
        assert_eq!(fs::read(&path).expect("reads"), b"one");
        assert_eq!(names(folder.path()), ["link", "table.tsv"]);
    }

    /// Whoever may read everything (root) sees no difference here.
    #[test]
    fn a_folder_need_not_be_readable() {
        let folder = tempfile::tempdir().expect("a folder");
        let allow = |mode| {
            let mode = fs::Permissions::from_mode(mode);
            fs::set_permissions(folder.path(), mode).expect("allowed");
        };
        allow(0o300);
        let replaced = replace(&folder.path().join("a"), b"one");
        let created = create(&folder.path().join("b"), |out| out.write_all(b"two"));
        allow(0o700);
        replaced.expect("written");
        created.expect("written");
        assert_eq!(names(folder.path()), ["a", "b"]);
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
