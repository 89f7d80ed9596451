//! Compressed files and archives, read in place. Nothing is written to the disk, and what comes out is bounded.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::rc::Rc;

use super::gzip::Gzip;
use super::pair::has_ending;
use super::xz::Xz;
use super::zstd::{self, Zstd};
use crate::format::unpacked as unpacked_name;

/// So much may come out of one file or archive, in bytes.
pub(super) const MOST: u64 = 1 << 30;
/// Bytes that a look at a file has room for before it grows.
const ROOM: usize = 1 << 15;
/// How a file is packed, by its first bytes. Sources: RFC 1952 (gzip), RFC 8878 (zstd), the .xz file format 1.1, APPNOTE
/// 4.3 (zip), POSIX ustar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packed {
    Gzip,
    Zstd,
    Xz,
    Zip,
    Tar,
}

impl Packed {
    /// How many bytes the first look needs.
    pub(super) const LOOK: usize = 262;

    pub(super) fn of(start: &[u8]) -> Option<Self> {
        match start {
            [0x1F, 0x8B, 8, ..] => Some(Self::Gzip),
            _ if zstd::begins(start) => Some(Self::Zstd),
            [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Self::Zip),
            _ if start.get(257..262) == Some(b"ustar") => Some(Self::Tar),
            _ => None,
        }
    }
}

/// A file's name without the ending of its compression.
#[must_use]
pub fn inner_name(path: &Path) -> Cow<'_, Path> {
    let name = path.file_name().map(OsStr::to_string_lossy);
    let name = name.unwrap_or_default();
    if has_ending(path, "tgz") {
        path.with_extension("tar").into()
    } else if unpacked_name(&name).len() < name.len() {
        path.with_extension("").into()
    } else {
        path.into()
    }
}

/// What a file holds: itself, or what is packed in it.
///
/// # Errors
/// Those of reading and unpacking.
pub(super) fn stream(path: &Path) -> io::Result<(Box<dyn Read>, bool)> {
    let mut file = File::open(path)?;
    let packed = Packed::of(&start(&mut file, Packed::LOOK)?);
    file.seek(SeekFrom::Start(0))?;
    let file = BufReader::with_capacity(1 << 16, file);
    Ok(match packed {
        Some(Packed::Gzip | Packed::Zstd | Packed::Xz) => (unpacked(file, packed), true),
        _ => (Box::new(file), false),
    })
}

/// Why the rest of a compressed file could not be unpacked, once that is so.
#[derive(Debug, Clone, Default)]
pub(super) struct Damage(Rc<RefCell<Option<String>>>);

impl Damage {
    pub(super) fn take(&self) -> Option<String> {
        self.0.take()
    }
}

/// A stream that ends where its file is damaged, when there was something before that.
struct Rest {
    from: Box<dyn Read>,
    damage: Damage,
    is_begun: bool,
}

impl Read for Rest {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.from.read(into) {
            Ok(got) => {
                self.is_begun |= got > 0;
                Ok(got)
            }
            Err(error) if self.is_begun && is_damage(&error) => {
                self.damage.0.replace(Some(error.to_string()));
                Ok(0)
            }
            Err(error) => Err(error),
        }
    }
}

fn is_damage(error: &io::Error) -> bool {
    !matches!(
        error.kind(),
        io::ErrorKind::Interrupted | io::ErrorKind::FileTooLarge
    )
}

/// As [`stream`], as far as the file can be unpacked.
///
/// # Errors
/// Those of reading, and those of unpacking when nothing can be unpacked.
pub(super) fn stream_rest(path: &Path, damage: &Damage) -> io::Result<Box<dyn Read>> {
    let (from, is_packed) = stream(path)?;
    if !is_packed {
        return Ok(from);
    }
    Ok(Box::new(Rest {
        from,
        damage: damage.clone(),
        is_begun: false,
    }))
}

/// What is packed in bytes, at most so much, and why not all of it; nothing when they are not compressed.
///
/// # Errors
/// Those of unpacking when nothing can be unpacked, and when it is too much.
pub(super) fn unpack(bytes: &[u8], most: u64) -> io::Result<Option<(Vec<u8>, Option<String>)>> {
    let packed = Packed::of(bytes);
    if !matches!(packed, Some(Packed::Gzip | Packed::Zstd | Packed::Xz)) {
        return Ok(None);
    }
    let damage = Damage::default();
    let rest = Rest {
        from: unpacked(Cursor::new(bytes.to_owned()), packed),
        damage: damage.clone(),
        is_begun: false,
    };
    let mut made = Vec::new();
    rest.take(most.saturating_add(1)).read_to_end(&mut made)?;
    if made.len() as u64 > most {
        return Err(too_much());
    }
    Ok(Some((made, damage.take())))
}

/// The first bytes of what a file holds, at most so many; fewer when the rest is broken.
///
/// # Errors
/// Those of reading, not those of unpacking.
pub(super) fn start_of(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let is_packed = |error: &io::Error| is_damage(error) && Packed::of(&head(path)).is_some();
    match stream_rest(path, &Damage::default()).and_then(|mut from| start(&mut from, most)) {
        Err(error) if is_packed(&error) => Ok(Vec::new()),
        start => start,
    }
}

/// How a file begins, packed or not; nothing when it cannot be read.
fn head(path: &Path) -> Vec<u8> {
    File::open(path)
        .and_then(|mut file| start(&mut file, Packed::LOOK))
        .unwrap_or_default()
}

pub(super) fn start(from: &mut impl Read, most: usize) -> io::Result<Vec<u8>> {
    // Room for what is looked at first, so that a short file is read at once.
    let mut bytes = Vec::with_capacity(most.min(ROOM));
    from.take(most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unpacked(from: impl BufRead + 'static, packed: Option<Packed>) -> Box<dyn Read> {
    let from: Box<dyn Read> = match packed {
        Some(Packed::Gzip) => Box::new(Gzip::new(from)),
        Some(Packed::Zstd) => Box::new(Zstd::new(from)),
        Some(Packed::Xz) => Box::new(Xz::new(from)),
        _ => return Box::new(from),
    };
    Box::new(Limited { from, left: MOST })
}

pub(super) fn too_much() -> io::Error {
    let said = format!(
        "it unpacks to more than {} MiB; unpack it yourself",
        MOST >> 20
    );
    io::Error::new(io::ErrorKind::FileTooLarge, said)
}

/// A stream that fails when it gives too much.
struct Limited {
    from: Box<dyn Read>,
    left: u64,
}

impl Read for Limited {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let got = self.from.read(into)?;
        self.left = self.left.checked_sub(got as u64).ok_or_else(too_much)?;
        Ok(got)
    }
}

/// How a file begins: the first bytes of what it holds, at most so many and at least [`Packed::LOOK`]; nothing where that
/// is an archive, zip or tar, the latter also compressed.
///
/// # Errors
/// Those of reading, not those of unpacking.
pub(super) fn begins(path: &Path, most: usize) -> io::Result<Option<Vec<u8>>> {
    let most = most.max(Packed::LOOK);
    let begun = start(&mut File::open(path)?, most)?;
    Ok(match Packed::of(&begun) {
        None => Some(begun),
        Some(Packed::Zip | Packed::Tar) => None,
        Some(_) => {
            Some(start_of(path, most)?).filter(|inner| Packed::of(inner) != Some(Packed::Tar))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compressed_file_is_named_by_what_is_in_it() {
        for (name, inner) in [
            ("a/b.txt.gz", "a/b.txt"),
            ("b.jsonl.ZST", "b.jsonl"),
            ("c.xz", "c"),
            ("d.tgz", "d.tar"),
            ("e.txt", "e.txt"),
        ] {
            assert_eq!(&*inner_name(Path::new(name)), Path::new(inner));
        }
    }

    #[test]
    fn what_gives_too_much_is_ended() {
        let from = Box::new(io::repeat(b'x'));
        let mut limited = Limited { from, left: 100 };
        let error = limited.read_to_end(&mut Vec::new()).unwrap_err();
        assert!(error.to_string().contains("unpack it yourself"), "{error}");
    }
}
