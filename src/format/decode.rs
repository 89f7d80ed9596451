//! Bytes of a file to UTF-8 text with LF line ends, piece by piece, so that no second copy of a large file is made.

use std::io::{self, Read};

use encoding_rs::DecoderResult;

use super::encoding::{declared, library, marked, recognise};
use super::hz;
use crate::article::{Certainty, Encoding, LineEnds, Recognised, SourceForm};

/// So many bytes are read at a time: few enough to stay in the processor's cache.
const PIECE: usize = 1 << 18;
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Decoded text and what was lost on the way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decoded {
    /// UTF-8 with LF line ends, without byte order mark. Runs of undecodable bytes are U+FFFD.
    pub text: String,
    /// How the bytes were written.
    pub form: SourceForm,
    /// The encoding, and how it was found.
    pub recognised: Recognised,
    /// How many bytes were undecodable.
    pub undecodable_bytes: usize,
    /// Line and column (code points) from 1 of the first run of undecodable bytes.
    pub undecodable_at: Option<(u32, u32)>,
    /// Why the rest could not be unpacked of a compressed file that is damaged.
    pub damage: Option<String>,
    /// From which line end on (from 0) they are CR LF (true) or LF: where that changes. Needed to count as the file
    /// counts.
    pub(super) ends: Vec<(u32, bool)>,
}

impl Decoded {
    /// The encoding of a file that belongs to this one, such as the annotations of a text, when its own is a guess and
    /// this one's is not: a few bad bytes in a short file look like another encoding.
    #[must_use]
    pub fn decides(&self, other: &Self) -> Option<Encoding> {
        let own = self.recognised.encoding;
        // What is ASCII would be the same in others.
        let is_known = self.recognised.certainty > Certainty::Guess && !self.text.is_ascii();
        let is_guess = other.recognised.certainty == Certainty::Guess;
        (is_known && is_guess && other.recognised.encoding != own).then_some(own)
    }
}

/// Decodes a file in whatever encoding it is, or in the one that was asked for. `open` gives its bytes, about `size` of
/// them; it is called once for UTF-8, of which no second copy is made, and twice for all else.
///
/// # Errors
/// Those of `open` and of what it gives.
pub fn decode_file<R: Read>(
    mut open: impl FnMut() -> io::Result<R>,
    size: usize,
    asked: Option<Encoding>,
) -> io::Result<Decoded> {
    if matches!(asked, None | Some(Encoding::Utf8)) {
        let mut made = decode_from(open()?, size)?;
        if asked.is_none() {
            made.recognised.declared = declared_otherwise(&made.text);
        }
        let text = made.text.as_bytes();
        // Zeros are those of UTF-16, and HZ is ASCII to the eye.
        let is_sure = made.form.undecodable == 0
            && memchr::memchr(0, text).is_none()
            && memchr::memmem::find(text, b"~{").is_none();
        if is_sure || asked.is_some() {
            return Ok(made);
        }
    }
    let mut bytes = Vec::with_capacity(size);
    open()?.read_to_end(&mut bytes)?;
    Ok(decode_bytes(&bytes, asked))
}

/// What a text says that it is in, when that is not UTF-8, which it is.
fn declared_otherwise(text: &str) -> Option<Encoding> {
    declared(text.as_bytes()).filter(|declared| *declared != Encoding::Utf8 && !text.is_ascii())
}

/// The same for bytes in memory.
#[must_use]
pub fn decode_bytes(bytes: &[u8], asked: Option<Encoding>) -> Decoded {
    let mark = marked(bytes);
    let recognised = match (asked, mark) {
        (Some(encoding), _) | (None, Some((encoding, _))) => Recognised {
            encoding,
            ..Recognised::default()
        },
        (None, None) => recognise(bytes),
    };
    let mark = mark.filter(|(encoding, _)| *encoding == recognised.encoding);
    let rest = bytes
        .get(mark.map_or(0, |(_, length)| length)..)
        .unwrap_or(&[]);
    let mut made = match (recognised.encoding, library(recognised.encoding)) {
        (Encoding::Utf8, _) => decode(bytes),
        (Encoding::Hz, _) => {
            let mut decoder = Decoder::new(rest.len());
            decoder.push_replaced(&hz::decode(rest));
            decoder.finish()
        }
        (_, Some(library)) => {
            let mut decoder = Decoder::new(rest.len());
            decoder.push_with(&mut library.new_decoder_without_bom_handling(), rest);
            decoder.finish()
        }
        (_, None) => decode(bytes),
    };
    made.form.encoding = recognised.encoding;
    made.form.bom = mark.is_some();
    made.recognised = recognised;
    if asked.is_none() && made.form.bom && recognised.encoding == Encoding::Utf8 {
        made.recognised.declared = declared_otherwise(&made.text);
    }
    made
}

/// Decodes UTF-8 with or without byte order mark, LF or CRLF.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    // Reading from memory cannot fail.
    decode_from(bytes, bytes.len()).unwrap_or_default()
}

/// As [`decode`], from a reader that gives about `size` bytes; the memory needed is that of the text and a little.
///
/// # Errors
/// Those of the reader.
pub fn decode_from(mut from: impl Read, size: usize) -> io::Result<Decoded> {
    let mut decoder = Decoder::new(size);
    let mut piece = vec![0; PIECE.min(size.saturating_add(16).max(4096))];
    let (mut held, mut first) = (0, true);
    loop {
        let got = match from.read(&mut piece[held..]) {
            Ok(got) => got,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let (last, end) = (got == 0, held + got);
        let mut start = 0;
        if first && (end >= BOM.len() || last) {
            first = false;
            if piece[..end].starts_with(BOM) {
                decoder.made.form.bom = true;
                start = BOM.len();
            }
        }
        if first {
            held = end;
            continue;
        }
        let ready = if last {
            end
        } else {
            start + whole(&piece[start..end])
        };
        decoder.push(&piece[start..ready]);
        piece.copy_within(ready..end, 0);
        held = end - ready;
        if last {
            return Ok(decoder.finish());
        }
    }
}

/// How many bytes there are before a character that begins at the end and goes on behind it.
fn whole(bytes: &[u8]) -> usize {
    for (back, byte) in (1..=3).zip(bytes.iter().rev()) {
        let needs = match byte {
            0x80..=0xBF => continue,
            0xC0..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xFF => 4,
            _ => 1,
        };
        return bytes.len() - if needs > back { back } else { 0 };
    }
    bytes.len()
}

struct Decoder {
    made: Decoded,
    /// A CR at the end of the last piece, of which it is not known whether LF follows.
    held_cr: bool,
    /// Line ends so far, and how many of them are CR LF.
    feeds: u32,
    pairs: u32,
}

impl Decoder {
    fn new(size: usize) -> Self {
        let mut made = Decoded::default();
        made.form.encoding = Encoding::Utf8;
        made.text.reserve(size);
        Self {
            made,
            held_cr: false,
            feeds: 0,
            pairs: 0,
        }
    }

    fn push(&mut self, mut bytes: &[u8]) {
        if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
            return self.push_text(text);
        }
        loop {
            let error = match simdutf8::compat::from_utf8(bytes) {
                Ok(text) => return self.push_text(text),
                Err(error) => error,
            };
            let (valid, rest) = bytes.split_at(error.valid_up_to());
            self.push_text(std::str::from_utf8(valid).unwrap_or_default());
            let length = error.error_len().unwrap_or(rest.len());
            self.push_undecodable(length);
            bytes = &rest[length..];
        }
    }

    /// Decodes with a decoder of the library.
    fn push_with(&mut self, decoder: &mut encoding_rs::Decoder, mut bytes: &[u8]) {
        let mut piece = String::with_capacity(PIECE);
        loop {
            piece.clear();
            let (result, read) =
                decoder.decode_to_string_without_replacement(bytes, &mut piece, true);
            self.push_text(&piece);
            bytes = bytes.get(read..).unwrap_or(&[]);
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(length, _) => self.push_undecodable(length.into()),
            }
        }
    }

    /// Text in which what could not be decoded is U+FFFD already.
    fn push_replaced(&mut self, text: &str) {
        let mut parts = text.split('\u{FFFD}');
        self.push_text(parts.next().unwrap_or(""));
        for part in parts {
            self.push_undecodable(1);
            self.push_text(part);
        }
    }

    fn push_undecodable(&mut self, length: usize) {
        self.made.undecodable_bytes += length;
        self.release_cr();
        let text = &mut self.made.text;
        if self.made.form.undecodable == 0 {
            let line = text.rfind('\n').map_or(0, |at| at + 1);
            let column = text[line..].chars().count() + 1;
            self.made.undecodable_at =
                Some((self.feeds + 1, u32::try_from(column).unwrap_or(u32::MAX)));
        }
        self.made.form.undecodable += 1;
        text.push('\u{FFFD}');
    }

    fn push_text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let mut rest = text;
        if self.held_cr && rest.starts_with('\n') {
            self.held_cr = false;
            self.feed(true);
            rest = &rest[1..];
        }
        self.release_cr();
        while let Some(at) = memchr::memchr(b'\r', rest.as_bytes()) {
            self.push_lines(&rest[..at]);
            rest = &rest[at + 1..];
            if let Some(behind) = rest.strip_prefix('\n') {
                rest = behind;
                self.feed(true);
            } else if rest.is_empty() {
                self.held_cr = true;
            } else {
                self.made.text.push('\r');
            }
        }
        self.push_lines(rest);
    }

    /// Text without CR.
    fn push_lines(&mut self, text: &str) {
        let feeds = memchr::memchr_iter(b'\n', text.as_bytes()).count();
        if feeds > 0 {
            self.end(false);
            self.feeds += u32::try_from(feeds).unwrap_or(u32::MAX);
        }
        self.made.text.push_str(text);
    }

    fn feed(&mut self, pair: bool) {
        self.end(pair);
        self.feeds += 1;
        self.pairs += u32::from(pair);
        self.made.text.push('\n');
    }

    fn end(&mut self, pair: bool) {
        if self.made.ends.last().is_none_or(|(_, last)| *last != pair) {
            self.made.ends.push((self.feeds, pair));
        }
    }

    fn release_cr(&mut self) {
        if std::mem::take(&mut self.held_cr) {
            self.made.text.push('\r');
        }
    }

    fn finish(mut self) -> Decoded {
        self.release_cr();
        self.made.form.line_ends = match self.pairs {
            0 => LineEnds::Lf,
            n if n == self.feeds => LineEnds::CrLf,
            _ => LineEnds::Mixed,
        };
        self.made
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_form_of_the_file_is_remembered() {
        for (bytes, text, bom, ends, bad) in [
            (&b"a\nb"[..], "a\nb", false, LineEnds::Lf, 0),
            (b"\xEF\xBB\xBFa\r\nb\r\n", "a\nb\n", true, LineEnds::CrLf, 0),
            (b"a\r\nb\n", "a\nb\n", false, LineEnds::Mixed, 0),
            (b"a\rb\r", "a\rb\r", false, LineEnds::Lf, 0),
            (
                b"a\xFFb\xE4\xB8",
                "a\u{FFFD}b\u{FFFD}",
                false,
                LineEnds::Lf,
                2,
            ),
            (b"", "", false, LineEnds::Lf, 0),
            (b"\xEF\xBB", "\u{FFFD}", false, LineEnds::Lf, 1),
        ] {
            let got = decode(bytes);
            assert_eq!(got.text, text);
            assert_eq!(
                (got.form.bom, got.form.line_ends, got.form.undecodable),
                (bom, ends, bad)
            );
        }
        assert_eq!(
            decode("一\n二\r\n三\n".as_bytes()).ends,
            [(0, false), (1, true), (2, false)]
        );
        assert_eq!(
            decode(b"\xE4\xB8\x80\n\xE4\xB8\x80a\xFF").undecodable_at,
            Some((2, 3))
        );
    }

    #[test]
    fn a_file_in_memory_and_one_on_disk_are_told_alike() {
        let xml = "<?xml version=\"1.0\" encoding=\"GBK\"?>\n<a>风城</a>\n";
        let marked = format!("\u{FEFF}{xml}");
        for (text, declared) in [
            (xml, Some(Encoding::Gb18030)),
            (marked.as_str(), Some(Encoding::Gb18030)),
            ("<?xml version=\"1.0\" encoding=\"GBK\"?><a/>", None),
            ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>风</a>", None),
            ("风城", None),
        ] {
            let on_disk = decode_file(|| Ok(text.as_bytes()), text.len(), None).unwrap();
            assert_eq!(on_disk.recognised.declared, declared, "{text}");
            assert_eq!(on_disk, decode_bytes(text.as_bytes(), None), "{text}");
        }
        let bytes = xml.as_bytes();
        let asked = decode_file(|| Ok(bytes), bytes.len(), Some(Encoding::Utf8)).unwrap();
        assert_eq!(asked.recognised.declared, None);
    }

    /// Gives its bytes in pieces of these lengths.
    struct Drip<'a>(&'a [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let n = self.1.min(self.0.len()).min(into.len());
            into[..n].copy_from_slice(&self.0[..n]);
            self.0 = &self.0[n..];
            Ok(n)
        }
    }

    proptest! {
        #[test]
        fn pieces_make_no_difference(
            parts in proptest::collection::vec(
                prop_oneof![
                    Just(b"\r".to_vec()), Just(b"\n".to_vec()), Just("乌".as_bytes().to_vec()),
                    Just("😀".as_bytes().to_vec()), Just(BOM.to_vec()),
                    proptest::collection::vec(any::<u8>(), 0..4),
                ],
                0..40,
            ),
            step in 1usize..9,
        ) {
            let bytes = parts.concat();
            let got = decode_from(Drip(&bytes, step), 0).unwrap();
            let plain = String::from_utf8_lossy(bytes.strip_prefix(BOM).unwrap_or(&bytes)).replace("\r\n", "\n");
            prop_assert_eq!(&got.text, &plain);
            prop_assert_eq!(got, decode(&bytes));
        }
    }
}
