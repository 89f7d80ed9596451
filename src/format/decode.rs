//! Bytes of a file to UTF-8 text with LF line ends.

use crate::article::{Encoding, LineEnds, SourceForm};

/// Decoded text and what was lost on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// UTF-8 with LF line ends, without byte order mark. Runs of undecodable bytes are U+FFFD.
    pub text: String,
    /// How the bytes were written.
    pub form: SourceForm,
}

/// Decodes UTF-8 with or without byte order mark, LF or CRLF.
#[must_use]
pub fn decode(mut bytes: Vec<u8>) -> Decoded {
    let mut form = SourceForm {
        encoding: Encoding::Utf8,
        ..SourceForm::default()
    };
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        form.bom = true;
        bytes.drain(..3);
    }
    let text = if simdutf8::basic::from_utf8(&bytes).is_ok() {
        String::from_utf8(bytes).unwrap_or_default()
    } else {
        form.undecodable = bytes
            .utf8_chunks()
            .filter(|chunk| !chunk.invalid().is_empty())
            .count();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return Decoded { text, form };
    }
    let pairs = memchr::memmem::find_iter(text.as_bytes(), b"\r\n").count();
    let feeds = memchr::memchr_iter(b'\n', text.as_bytes()).count();
    form.line_ends = match pairs {
        0 => LineEnds::Lf,
        n if n == feeds => LineEnds::CrLf,
        _ => LineEnds::Mixed,
    };
    Decoded {
        text: text.replace("\r\n", "\n"),
        form,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_the_file_is_remembered() {
        for (bytes, text, bom, ends, bad) in [
            (&b"a\nb"[..], "a\nb", false, LineEnds::Lf, 0),
            (b"\xEF\xBB\xBFa\r\nb\r\n", "a\nb\n", true, LineEnds::CrLf, 0),
            (b"a\r\nb\n", "a\nb\n", false, LineEnds::Mixed, 0),
            (b"a\rb", "a\rb", false, LineEnds::Lf, 0),
            (
                b"a\xFFb\xE4\xB8",
                "a\u{FFFD}b\u{FFFD}",
                false,
                LineEnds::Lf,
                2,
            ),
            (b"", "", false, LineEnds::Lf, 0),
        ] {
            let got = decode(bytes.to_vec());
            assert_eq!(got.text, text);
            assert_eq!(
                (got.form.bom, got.form.line_ends, got.form.undecodable),
                (bom, ends, bad)
            );
        }
    }
}
