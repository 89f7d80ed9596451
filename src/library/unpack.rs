//! Compressed files and archives, read in place. Nothing is written to the disk, and what comes out is bounded.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::{Component, Path};
use std::sync::Arc;

use flate2::read::MultiGzDecoder;

use crate::format::decode_bytes;

/// So much may come out of one file or archive, in bytes.
pub(super) const MOST: u64 = 1 << 30;
/// So many members an archive may have.
const MOST_MEMBERS: usize = 200_000;

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
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Self::Zstd),
            [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Self::Zip),
            _ if start.get(257..262) == Some(b"ustar") => Some(Self::Tar),
            _ => None,
        }
    }
}

/// The endings that compressed files have behind that of what is in them.
const ENDINGS: [&str; 3] = ["gz", "zst", "xz"];

/// A file's name without the ending of its compression.
pub(super) fn inner_name(path: &Path) -> std::borrow::Cow<'_, Path> {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("tgz") => path.with_extension("tar").into(),
        Some(ending) if ENDINGS.contains(&ending) => path.with_extension("").into(),
        _ => path.into(),
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
        Some(Packed::Gzip | Packed::Zstd | Packed::Xz) => (unpacked(file, packed)?, true),
        _ => (Box::new(file), false),
    })
}

/// The first bytes of what a file holds, at most so many; fewer when the rest is broken.
///
/// # Errors
/// Those of reading, not those of unpacking.
pub(super) fn start_of(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let (mut from, is_packed) = stream(path)?;
    match start(&mut from, most) {
        Err(error) if !is_packed => Err(error),
        Err(_) => Ok(Vec::new()),
        start => start,
    }
}

fn start(from: &mut impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unpacked(from: impl BufRead + 'static, packed: Option<Packed>) -> io::Result<Box<dyn Read>> {
    let limited = |from: Box<dyn Read>| -> Box<dyn Read> { Box::new(Limited { from, left: MOST }) };
    Ok(match packed {
        Some(Packed::Gzip) => limited(Box::new(MultiGzDecoder::new(from))),
        Some(Packed::Zstd) => {
            let decoder = ruzstd::decoding::StreamingDecoder::new(from)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
            limited(Box::new(decoder))
        }
        Some(Packed::Xz) => {
            // This decoder writes all at once; what is too much ends it.
            let mut out = Bounded(Vec::new());
            let mut from = from;
            lzma_rs::xz_decompress(&mut from, &mut out).map_err(|error| match error {
                lzma_rs::error::Error::IoError(error)
                | lzma_rs::error::Error::HeaderTooShort(error) => error,
                lzma_rs::error::Error::LzmaError(said) | lzma_rs::error::Error::XzError(said) => {
                    io::Error::new(io::ErrorKind::InvalidData, said)
                }
            })?;
            Box::new(Cursor::new(out.0))
        }
        _ => Box::new(from),
    })
}

fn too_much() -> io::Error {
    let said = format!(
        "it unpacks to more than {} MiB; unpack it yourself",
        MOST >> 20
    );
    io::Error::new(io::ErrorKind::InvalidData, said)
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

struct Bounded(Vec<u8>);

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if (self.0.len() + bytes.len()) as u64 > MOST {
            return Err(too_much());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A file within an archive.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// Its path there, with `/`.
    pub(super) name: String,
    pub(super) bytes: Arc<[u8]>,
}

/// The files of an archive, and the names of those that were left out since they lead out of it.
#[derive(Debug, Default)]
pub(super) struct Archive {
    pub(super) members: Vec<Member>,
    pub(super) outside: Vec<String>,
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

/// Reads all files of an archive.
///
/// # Errors
/// Those of reading and unpacking, and when it holds too much.
pub(super) fn archive(path: &Path) -> io::Result<Archive> {
    let mut file = File::open(path)?;
    let packed = Packed::of(&start(&mut file, Packed::LOOK)?);
    file.seek(SeekFrom::Start(0))?;
    if packed == Some(Packed::Zip) {
        zipped(file)
    } else {
        tarred(stream(path)?.0)
    }
}

fn zipped(file: File) -> io::Result<Archive> {
    let mut archive = Archive::default();
    let mut left = MOST;
    let mut zip = zip::ZipArchive::new(BufReader::new(file))?;
    if zip.len() > MOST_MEMBERS {
        return Err(too_many());
    }
    for index in 0..zip.len() {
        let member = zip.by_index(index)?;
        if !member.is_file() {
            continue;
        }
        // Old archives have names in the encoding of the machine on which they were made.
        let name = decode_bytes(member.name_raw(), None).text;
        archive.take(name, member, &mut left)?;
    }
    Ok(archive)
}

fn tarred(from: impl Read) -> io::Result<Archive> {
    let mut archive = Archive::default();
    let mut left = MOST;
    // Holes of sparse files are written out by the reader, so they count as well.
    let mut tar = tar::Archive::new(from);
    for (index, entry) in tar.entries()?.enumerate() {
        let entry = entry?;
        if index > MOST_MEMBERS {
            return Err(too_many());
        }
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        archive.take(name, entry, &mut left)?;
    }
    Ok(archive)
}

fn too_many() -> io::Error {
    let said = format!("it has more than {MOST_MEMBERS} files; unpack it yourself");
    io::Error::new(io::ErrorKind::InvalidData, said)
}

impl Archive {
    fn take(&mut self, name: String, from: impl Read, left: &mut u64) -> io::Result<()> {
        let inside = Path::new(&name)
            .components()
            .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        if !inside || name.contains('\\') {
            self.outside.push(name);
            return Ok(());
        }
        let mut bytes = Vec::new();
        from.take(*left + 1).read_to_end(&mut bytes)?;
        *left = left.checked_sub(bytes.len() as u64).ok_or_else(too_much)?;
        let bytes = bytes.into();
        self.members.push(Member { name, bytes });
        Ok(())
    }
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
