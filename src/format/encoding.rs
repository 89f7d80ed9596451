//! Which character encoding bytes are in, and how sure that is.
//!
//! Certain is a byte order mark, valid UTF-8, and what a file declares if it is valid so. Else chardetng, Firefox' own
//! detector, is asked, and its answer held against how many bytes each encoding of ours leaves undecodable. HZ, which
//! is ASCII to the eye, is known by its brackets; UTF-16 without a mark by where its zeros and line ends stand.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, GB18030, GBK, ISO_2022_JP, SHIFT_JIS, UTF_16BE, UTF_16LE, WINDOWS_1252,
};

use super::hz;
use crate::article::{Certainty, Encoding, Recognised};

/// So much of a file is given to the detector, in bytes.
const MOST_LOOKED_AT: usize = 1 << 20;
/// Shorter files are not taken for UTF-16 without a mark, in bytes.
const LEAST_UTF16: usize = 8;
/// Fewer bytes that are not ASCII tell nothing of an encoding: they are damage.
const LEAST_HIGH: usize = 4;
/// A declaration stands within so many bytes.
const DECLARATION: usize = 400;

/// What other encodings a file without a mark that is no UTF-8 may be in.
const OTHERS: [Encoding; 6] = [
    Encoding::Gb18030,
    Encoding::Big5,
    Encoding::ShiftJis,
    Encoding::EucJp,
    Encoding::EucKr,
    Encoding::Windows1252,
];

/// The encoding that a byte order mark tells, and the mark's length in bytes.
pub(super) fn marked(bytes: &[u8]) -> Option<(Encoding, usize)> {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => Some((Encoding::Utf8, 3)),
        [0xFF, 0xFE, ..] => Some((Encoding::Utf16Le, 2)),
        [0xFE, 0xFF, ..] => Some((Encoding::Utf16Be, 2)),
        _ => None,
    }
}

/// The encoding of a whole file that has no mark.
pub(super) fn recognise(bytes: &[u8]) -> Recognised {
    let found = |encoding, certainty| Recognised {
        encoding,
        certainty,
        runner_up: None,
        declared: None,
    };
    let declared = declared(bytes);
    if let Some(encoding) = utf16(bytes) {
        return found(encoding, Certainty::Likely);
    }
    if simdutf8::basic::from_utf8(bytes).is_ok() {
        if hz::is_likely(bytes) {
            return found(Encoding::Hz, Certainty::Likely);
        }
        let wrong = declared.filter(|d| *d != Encoding::Utf8 && !bytes.is_ascii());
        return Recognised {
            declared: wrong,
            ..found(Encoding::Utf8, Certainty::Certain)
        };
    }
    if let Some(encoding) = declared.filter(|d| *d != Encoding::Utf8)
        && undecodable(encoding, bytes) == 0
    {
        return found(encoding, Certainty::Certain);
    }
    let looked_at = bytes.get(..MOST_LOOKED_AT).unwrap_or(bytes);
    if high(looked_at) < LEAST_HIGH {
        return found(Encoding::Utf8, Certainty::Likely);
    }
    let damaged = damaged_utf8(looked_at);
    let mut ranked: Vec<(usize, Encoding)> = OTHERS
        .iter()
        .map(|encoding| (undecodable(*encoding, looked_at), *encoding))
        .collect();
    ranked.sort_by_key(|(bad, _)| *bad);
    // Single bytes fit anything, so that they fit tells nothing.
    let fitting = ranked
        .iter()
        .find(|(_, other)| *other != Encoding::Windows1252);
    if damaged.is_some_and(|bad| {
        fitting.is_none_or(|(best, _)| bad <= *best + 1 || bad * 50 < high(looked_at))
    }) {
        // Most of what is not ASCII is whole UTF-8: some bytes were lost.
        return Recognised {
            runner_up: fitting.map(|(bad, encoding)| (*encoding, *bad)),
            declared: declared.filter(|d| *d != Encoding::Utf8),
            ..found(Encoding::Utf8, Certainty::Likely)
        };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(looked_at, true);
    let asked = ours(detector.guess(None, Utf8Detection::Deny));
    let bad_of = |encoding: Encoding| {
        let found = ranked.iter().find(|(_, other)| *other == encoding);
        found.map_or(usize::MAX, |(bad, _)| *bad)
    };
    // They are believed only where no encoding of several bytes fits as well.
    let best = match (asked, fitting) {
        (Some(asked), _) if asked != Encoding::Windows1252 && bad_of(asked) == 0 => asked,
        (Some(asked), Some((bad, _)))
            if asked != Encoding::Windows1252 && bad_of(asked) <= *bad =>
        {
            asked
        }
        (Some(Encoding::Windows1252), Some((bad, _))) if *bad * 50 > high(looked_at) => {
            Encoding::Windows1252
        }
        (_, Some((_, encoding))) => *encoding,
        (Some(asked), None) => asked,
        (None, None) => Encoding::Utf8,
    };
    let runner_up = ranked.iter().find(|(_, other)| *other != best);
    let agreed = asked == Some(best) && bad_of(best) == 0;
    let certainty = if agreed && high(looked_at) >= 40 {
        Certainty::Likely
    } else {
        Certainty::Guess
    };
    Recognised {
        runner_up: runner_up.map(|(bad, encoding)| (*encoding, *bad)),
        declared: declared.filter(|d| *d != best),
        ..found(best, certainty)
    }
}

/// How many bytes are not ASCII.
fn high(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b >= 0x80).count()
}

/// Runs of bytes that break UTF-8, when there is whole UTF-8 beside them.
fn damaged_utf8(bytes: &[u8]) -> Option<usize> {
    let (mut bad, mut whole) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    (whole >= bad).then_some(bad)
}

/// The encoding that a file says it is in, in an XML declaration or HTML's `charset`.
pub(super) fn declared(bytes: &[u8]) -> Option<Encoding> {
    let head = bytes.get(..DECLARATION).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_lowercase();
    let head = head.trim_start();
    let at = if head.starts_with("<?xml") {
        let end = head.find("?>").unwrap_or(head.len());
        head.get(..end)?.find("encoding")? + "encoding".len()
    } else if head.starts_with('<') {
        head.find("charset")? + "charset".len()
    } else {
        return None;
    };
    let rest = head.get(at..)?.trim_start().strip_prefix('=')?.trim_start();
    let rest = rest.trim_start_matches(['"', '\'']);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'));
    rest.get(..end.unwrap_or(rest.len()))?.parse().ok()
}

/// UTF-16 without a mark. Text has line ends, blanks and digits, of which one byte is zero; and read from the right side
/// it is made of common characters, without halves of surrogate pairs.
pub(super) fn utf16(bytes: &[u8]) -> Option<Encoding> {
    let looked_at = bytes.get(..MOST_LOOKED_AT & !1).unwrap_or(bytes);
    let looked_at = looked_at.get(..looked_at.len() & !1)?;
    let zeros = memchr::memchr_iter(0, looked_at).count();
    // A zero or two in UTF-8 are damage.
    let least = if simdutf8::basic::from_utf8(looked_at).is_ok() {
        looked_at.len() / 4
    } else {
        1
    };
    if zeros < least.max(1) || looked_at.len() < LEAST_UTF16 {
        return None;
    }
    let [little, big] = [Encoding::Utf16Le, Encoding::Utf16Be].map(|encoding| {
        let units = looked_at
            .chunks_exact(2)
            .map(|pair| match (encoding, pair) {
                (Encoding::Utf16Le, [a, b]) => u16::from_le_bytes([*a, *b]),
                (_, [a, b]) => u16::from_be_bytes([*a, *b]),
                _ => 0,
            });
        let (mut all, mut text) = (0usize, 0usize);
        for c in char::decode_utf16(units) {
            all += 1;
            text += usize::from(c.is_ok_and(is_common));
        }
        (text, all, encoding)
    });
    let (text, all, encoding) = if little.0 >= big.0 { little } else { big };
    (text * 100 >= all * 90).then_some(encoding)
}

/// Whether a character is one of those that most of a text is made of.
fn is_common(c: char) -> bool {
    matches!(u32::from(c), 0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0xA0..=0x4FF | 0x2000..=0x206F)
        || matches!(u32::from(c), 0x3000..=0x30FF | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3 | 0xFF00..=0xFFEF)
        || matches!(u32::from(c), 0x1F000..=0x1FAFF | 0x20000..=0x323AF)
}

/// How many runs of bytes the encoding cannot decode.
pub(super) fn undecodable(encoding: Encoding, bytes: &[u8]) -> usize {
    match library(encoding) {
        Some(library) => {
            let (text, _, had_errors) = library.decode(bytes);
            if had_errors {
                text.matches('\u{FFFD}').count()
            } else {
                0
            }
        }
        None => usize::MAX,
    }
}

/// The library's decoder for an encoding; none for HZ, and UTF-8 has a faster one.
pub(super) const fn library(encoding: Encoding) -> Option<&'static encoding_rs::Encoding> {
    match encoding {
        Encoding::Utf8 | Encoding::Hz => None,
        Encoding::Utf16Le => Some(UTF_16LE),
        Encoding::Utf16Be => Some(UTF_16BE),
        Encoding::Gb18030 => Some(GB18030),
        Encoding::Big5 => Some(BIG5),
        Encoding::ShiftJis => Some(SHIFT_JIS),
        Encoding::EucJp => Some(EUC_JP),
        Encoding::EucKr => Some(EUC_KR),
        Encoding::Windows1252 => Some(WINDOWS_1252),
    }
}

/// The library's answer as one of ours.
fn ours(found: &'static encoding_rs::Encoding) -> Option<Encoding> {
    if found == GBK || found == GB18030 {
        return Some(Encoding::Gb18030);
    }
    if found == ISO_2022_JP {
        return None;
    }
    let same = OTHERS
        .into_iter()
        .find(|ours| library(*ours) == Some(found));
    same.or(found.is_single_byte().then_some(Encoding::Windows1252))
}
