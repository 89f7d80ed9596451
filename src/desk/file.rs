//! Reading a file that the reader left behind, which may have become anything meanwhile.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// The bytes of a file; none when it is not there.
///
/// # Errors
/// When it cannot be read, is no file, or has more than `most` bytes: it is none of ours then.
pub(super) fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    // Opening a pipe would wait for a writer, so what it is comes first.
    match fs::metadata(path) {
        Ok(meta) if meta.is_file() => {}
        Ok(_) => return Err(io::Error::other("it is not a file")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    }
    let mut bytes = Vec::new();
    // It may grow meanwhile, or not tell its length.
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        let said = format!("it has more than {} MiB; is it the right file?", most >> 20);
        return Err(io::Error::other(said));
    }
    Ok(bytes)
}

/// The same of a file in UTF-8.
///
/// # Errors
/// As [`read`], and when it is no UTF-8.
pub(super) fn read_text(path: &Path, most: u64) -> io::Result<String> {
    String::from_utf8(read(path, most)?).map_err(|_| io::Error::other("it is not UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_none_of_ours_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state");
        assert_eq!(read_text(&path, 1 << 20).expect("is none"), "");
        read(folder.path(), 1 << 20).expect_err("is a folder");
        fs::write(&path, vec![b'a'; 1 << 20]).expect("written");
        assert_eq!(read(&path, 1 << 20).expect("reads").len(), 1 << 20);
        fs::write(&path, vec![b'a'; (1 << 20) + 1]).expect("written");
        let said = read(&path, 1 << 20).expect_err("is too long").to_string();
        assert_eq!(said, "it has more than 1 MiB; is it the right file?");
        fs::write(&path, b"\xff").expect("written");
        read_text(&path, 1 << 20).expect_err("is no UTF-8");
    }
}
