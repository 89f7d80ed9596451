//! The files of an archive, zip or tar, as many as can be read of it.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Component, Path};
use std::sync::Arc;

use zip::ZipArchive;
use zip::read::{ZipFile, read_zipfile_from_stream};
use zip::result::ZipError;

use super::unpack::{MOST, Packed, inner_name, start, stream, unpack};
use crate::format::decode_bytes;

/// So many members an archive may have.
const MOST_MEMBERS: usize = 200_000;
/// So much room is made at once for a member, in bytes.
const ROOM: u64 = 1 << 28;

/// A file within an archive.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// Its path there, with `/`; that of what is in it when it is compressed.
    pub(super) name: String,
    pub(super) bytes: Arc<[u8]>,
    /// Why the rest of it could not be unpacked.
    pub(super) damage: Option<String>,
}

/// What could be read of an archive.
#[derive(Debug, Default)]
pub(super) struct Archive {
    pub(super) members: Vec<Member>,
    /// How many members are archives themselves.
    pub(super) nested: usize,
    /// What is wrong with it, and what of it was left out, to go on from its name.
    pub(super) wrong: Vec<String>,
}

/// Reads the files of an archive, as far as it can be read.
///
/// # Errors
/// Those of reading, and of unpacking when nothing can be unpacked.
pub(super) fn archive(path: &Path) -> io::Result<Archive> {
    archive_within(path, MOST)
}

/// The same when so many bytes may come out of it.
fn archive_within(path: &Path, most: u64) -> io::Result<Archive> {
    let mut file = File::open(path)?;
    let packed = Packed::of(&start(&mut file, Packed::LOOK)?);
    file.seek(SeekFrom::Start(0))?;
    if packed == Some(Packed::Zip) {
        zipped(file, most)
    } else {
        Ok(tarred(stream(path)?.0, most))
    }
}

fn zipped(file: File, most: u64) -> io::Result<Archive> {
    let mut archive = Archive::default();
    let mut left = most;
    let mut file = BufReader::new(file);
    let mut zip = match ZipArchive::new(&mut file) {
        Ok(zip) => zip,
        Err(error) => {
            let error = io::Error::from(error);
            return without_directory(file, most, error);
        }
    };
    let mut locked: Vec<String> = Vec::new();
    for index in 0..zip.len() {
        if index > MOST_MEMBERS {
            archive.too_many();
            break;
        }
        let called = match zip.name_for_index(index) {
            Some(Ok(name)) => name.into_owned(),
            _ => format!("number {}", index + 1),
        };
        let member = match zip.by_index(index) {
            Ok(member) => member,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                locked.push(called);
                continue;
            }
            Err(error) => {
                archive.broken(&called, &error);
                continue;
            }
        };
        if !member.is_file() {
            continue;
        }
        let (name, size) = (name_of(&member), member.size());
        if !archive.take(name, size, member, &mut left, most) {
            break;
        }
    }
    if let Some(first) = locked.first() {
        archive.wrong.push(format!(
            "{} of its members need a password, {first} first, and are left out; unpack it yourself",
            locked.len()
        ));
    }
    Ok(archive)
}

/// The members of a zip archive whose directory, which stands at its end, is missing. They are read one after the other,
/// as long as they tell their own length.
fn without_directory(mut file: BufReader<File>, most: u64, why: io::Error) -> io::Result<Archive> {
    let mut archive = Archive::default();
    let mut left = most;
    file.seek(SeekFrom::Start(0))?;
    for _ in 0..MOST_MEMBERS {
        let Ok(Some(member)) = read_zipfile_from_stream(&mut file) else {
            break;
        };
        if !member.is_file() {
            continue;
        }
        let (name, size) = (name_of(&member), member.size());
        if !archive.take(name, size, member, &mut left, most) {
            break;
        }
    }
    if archive.is_empty() {
        return Err(why);
    }
    archive.cut(&why);
    Ok(archive)
}

/// Old archives have names in the encoding of the machine on which they were made.
fn name_of<R: Read>(member: &ZipFile<'_, R>) -> String {
    decode_bytes(member.name_raw(), None).text
}

fn tarred(from: impl Read, most: u64) -> Archive {
    let mut archive = Archive::default();
    let mut left = most;
    // Holes of sparse files are written out by the reader, so they count as well.
    let mut tar = tar::Archive::new(from);
    let entries = match tar.entries() {
        Ok(entries) => entries,
        Err(error) => {
            archive.cut(&error);
            return archive;
        }
    };
    for (index, entry) in entries.enumerate() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                archive.cut(&error);
                break;
            }
        };
        if index > MOST_MEMBERS {
            archive.too_many();
            break;
        }
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let size = entry.size();
        if !archive.take(name, size, entry, &mut left, most) {
            break;
        }
    }
    archive
}

impl Archive {
    fn too_many(&mut self) {
        self.wrong.push(format!(
            "it has more than {MOST_MEMBERS} files, and the rest is left out; unpack it yourself"
        ));
    }

    fn broken(&mut self, member: &str, error: &dyn std::error::Error) {
        self.wrong.push(format!(
            "its member {member} cannot be read ({error}) and is left out; get the archive anew"
        ));
    }

    fn cut(&mut self, error: &io::Error) {
        self.wrong.push(format!(
            "it is damaged or cut off ({error}), and what comes behind that is left out; get the archive anew"
        ));
    }

    /// Whether nothing was found in it.
    const fn is_empty(&self) -> bool {
        self.members.is_empty() && self.nested == 0 && self.wrong.is_empty()
    }

    /// Takes a member, which says that it has so many bytes; false when there is room for no more.
    fn take(
        &mut self,
        name: String,
        size: u64,
        from: impl Read,
        left: &mut u64,
        most: u64,
    ) -> bool {
        let inside = Path::new(&name)
            .components()
            .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        if !inside || name.contains('\\') {
            self.wrong
                .push(format!("its member {name} leads out of it and is left out"));
            return true;
        }
        let name = plain(&name);
        // What it says is believed only as far as it costs little when it is wrong.
        let room = usize::try_from(size.min(*left).min(ROOM)).unwrap_or(0);
        let mut bytes = Vec::with_capacity(room);
        let read = from.take(left.saturating_add(1)).read_to_end(&mut bytes);
        let torn = match read {
            Ok(_) => None,
            Err(error) if bytes.is_empty() => {
                self.broken(&name, &error);
                return true;
            }
            Err(error) => Some(error.to_string()),
        };
        let unpacked = if bytes.len() as u64 > *left {
            return self.full(&name, most);
        } else {
            unpack(&bytes, *left)
        };
        let (name, bytes, damage) = match unpacked {
            Ok(None) => (name, bytes, None),
            Ok(Some((bytes, damage))) => {
                let inner = inner_name(Path::new(&name)).to_string_lossy().into_owned();
                (inner, bytes, damage)
            }
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                return self.full(&name, most);
            }
            Err(error) => {
                self.broken(&name, &error);
                return true;
            }
        };
        let damage = damage.or(torn);
        *left = left.saturating_sub(bytes.len() as u64);
        if matches!(Packed::of(&bytes), Some(Packed::Zip | Packed::Tar)) {
            self.nested += 1;
            return true;
        }
        self.members.push(Member {
            name,
            bytes: bytes.into(),
            damage,
        });
        true
    }

    fn full(&mut self, name: &str, most: u64) -> bool {
        self.wrong.push(format!(
            "it unpacks to more than {} MiB; its member {name} and what comes behind it are left out: unpack it yourself",
            most >> 20
        ));
        false
    }
}

/// A member's path without the `.` in it: `tar cf x.tar .` calls all of them `./NAME`, which hides none.
fn plain(name: &str) -> String {
    let parts = Path::new(name).components().filter_map(|part| match part {
        Component::Normal(part) => Some(part.to_string_lossy()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn what_fits_is_read_of_an_archive_that_holds_too_much() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("a.zip");
        let mut zip = zip::ZipWriter::new(File::create(&path).unwrap());
        for number in 0..5 {
            let options = zip::write::SimpleFileOptions::default();
            zip.start_file(format!("{number}.txt"), options).unwrap();
            zip.write_all(&[b'x'; 400]).unwrap();
        }
        zip.finish().unwrap();
        let archive = archive_within(&path, 1000).unwrap();
        let names: Vec<&str> = archive.members.iter().map(|m| m.name.as_str()).collect();
        assert_eq!(names, ["0.txt", "1.txt"]);
        assert!(
            archive.wrong.len() == 1 && archive.wrong[0].contains("2.txt"),
            "{:?}",
            archive.wrong
        );
    }
}
