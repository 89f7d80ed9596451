//! Plain text searched as it is read, a piece at a time: no article is made of it, and no more of it is in memory than a
//! piece and its longest line.
//!
//! What decoding would change is left to the reader of articles: other encodings than UTF-8, byte order marks, line ends
//! with CR. Both find the same lines.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::found::{Found, Lines};
use crate::format::Format;
use crate::library::{Asked, Named};
use crate::search::Matcher;

/// Bytes of a piece: what the caches hold.
const PIECE: usize = 1 << 19;
/// So long is a file whose lines are printed as they are found.
const LONG: u64 = 8 << 20;

/// The lines of a file that have hits; nothing when it must be read as an article.
pub(super) fn scan(
    file: &Named,
    asked: &Asked,
    matcher: &Matcher,
    with_text: bool,
) -> Option<Lines> {
    let path = plain(file, asked, matcher)?;
    let mut lines = Lines::new(with_text);
    let taken = pieces(path, |piece| {
        lines.take(matcher, piece);
        Ok(())
    });
    // What cannot be read is told by whoever opens it again.
    taken.ok()?.then_some(lines)
}

/// Gives the lines of a long file that have hits to `print` as they are found, so that they need no memory; nothing when
/// it must be read as an article, or is short. Whether there were any, or why they could not be printed.
pub(super) fn stream(
    file: &Named,
    asked: &Asked,
    matcher: &Matcher,
    mut print: impl FnMut(&[Found]) -> io::Result<()>,
) -> Option<io::Result<bool>> {
    let path = plain(file, asked, matcher)?;
    if path.metadata().ok()?.len() < LONG {
        return None;
    }
    // What is printed cannot be taken back: all of it must be text before the first line is.
    if !pieces(path, |_| Ok(())).ok()? {
        return None;
    }
    let mut lines = Lines::new(true);
    let taken = pieces(path, |piece| {
        lines.take(matcher, piece);
        print(&lines.found)?;
        lines.found.clear();
        Ok(())
    });
    Some(taken.map(|_| lines.count > 0))
}

/// Where a file is that may be searched so.
fn plain<'f>(file: &'f Named, asked: &Asked, matcher: &Matcher) -> Option<&'f Path> {
    let Named::Place(place) = file else {
        return None;
    };
    let is_plain =
        place.format == Format::Text && asked.encoding.is_none() && matcher.is_of_lines();
    is_plain.then_some(&place.main)
}

/// Reads a file by pieces of whole lines. False when decoding would change something.
fn pieces(path: &Path, mut take: impl FnMut(&str) -> io::Result<()>) -> io::Result<bool> {
    let mut file = File::open(path)?;
    // Most files are short; a piece for each of ten thousand of them would be written full of zeros in vain.
    let size = usize::try_from(file.metadata()?.len()).unwrap_or(PIECE);
    let mut buffer = vec![0; size.saturating_add(1).min(PIECE)];
    let mut filled = 0;
    loop {
        if filled == buffer.len() {
            // A line that is longer than a piece.
            buffer.resize(buffer.len() * 2, 0);
        }
        let read = match file.read(buffer.get_mut(filled..).unwrap_or_default()) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        let fresh = filled;
        filled += read;
        let have = buffer.get(..filled).unwrap_or_default();
        let whole = if read == 0 {
            filled
        } else {
            let newest = have.get(fresh..).unwrap_or_default();
            match memchr::memrchr(b'\n', newest) {
                Some(at) => fresh + at + 1,
                None => continue,
            }
        };
        let Some(text) = as_it_is(have.get(..whole).unwrap_or_default()) else {
            return Ok(false);
        };
        take(text)?;
        if read == 0 {
            return Ok(true);
        }
        buffer.copy_within(whole..filled, 0);
        filled -= whole;
    }
}

/// The text of bytes that decoding leaves as they are.
fn as_it_is(bytes: &[u8]) -> Option<&str> {
    // NUL is binary, ESC and ~{ may be encodings of seven bits.
    let changed = memchr::memchr3(b'\r', 0, 0x1B, bytes).is_some()
        || bytes.starts_with("\u{FEFF}".as_bytes())
        || memchr::memmem::find(bytes, b"~{").is_some();
    if changed {
        return None;
    }
    simdutf8::basic::from_utf8(bytes).ok()
}
