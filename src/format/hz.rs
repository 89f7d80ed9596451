//! HZ, the encoding of GB 2312 in seven bits that mail and news once used. Source: RFC 1843.

use encoding_rs::GBK;

/// Decodes HZ. `~{` and `~}` bracket pairs of bytes that are GB 2312 without their high bits, `~~` is a tilde, `~` at a
/// line's end joins it with the next; a line end ends GB as well. What is none of it is U+FFFD.
pub(super) fn decode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    let mut rest = bytes;
    let mut wide = false;
    loop {
        rest = match rest {
            [] => return out,
            [b'~', b'}', rest @ ..] if wide => {
                wide = false;
                rest
            }
            [b'\n', rest @ ..] => {
                wide = false;
                out.push('\n');
                rest
            }
            [b'\r', b'\n', rest @ ..] => {
                wide = false;
                out.push_str("\r\n");
                rest
            }
            [a, b, rest @ ..] if wide => {
                out.push(pair(*a, *b).unwrap_or('\u{FFFD}'));
                rest
            }
            [_] if wide => {
                out.push('\u{FFFD}');
                &[]
            }
            [b'~', b'{', rest @ ..] => {
                wide = true;
                rest
            }
            [b'~', b'~', rest @ ..] => {
                out.push('~');
                rest
            }
            [b'~', b'\n', rest @ ..] | [b'~', b'\r', b'\n', rest @ ..] => rest,
            [byte, rest @ ..] => {
                out.push(if byte.is_ascii() && *byte != b'~' {
                    char::from(*byte)
                } else {
                    '\u{FFFD}'
                });
                rest
            }
        };
    }
}

/// A pair of bytes between the brackets.
fn pair(a: u8, b: u8) -> Option<char> {
    // The first byte goes up to the last row of GB 2312.
    if !(0x21..=0x77).contains(&a) || !(0x21..=0x7E).contains(&b) {
        return None;
    }
    let bytes = [a | 0x80, b | 0x80];
    let (text, had_errors) = GBK.decode_without_bom_handling(&bytes);
    let mut chars = text.chars();
    let one = chars
        .next()
        .filter(|_| !had_errors && chars.next().is_none());
    one.filter(|c| !matches!(u32::from(*c), 0xE000..=0xF8FF))
}

/// Whether ASCII bytes look like HZ: brackets with whole pairs between them, and all of those known.
pub(super) fn is_likely(bytes: &[u8]) -> bool {
    if !bytes.is_ascii() {
        return false;
    }
    let mut pairs = 0;
    let mut from = 0;
    while let Some(at) = memchr::memmem::find(bytes.get(from..).unwrap_or(&[]), b"~{") {
        let start = from + at + 2;
        // An escaped tilde before a bracket.
        if bytes
            .get(..start - 2)
            .is_some_and(|before| before.ends_with(b"~"))
        {
            from = start;
            continue;
        }
        let inside = bytes.get(start..).unwrap_or(&[]);
        let line = memchr::memchr(b'\n', inside).unwrap_or(inside.len());
        let inside = inside.get(..line).unwrap_or(&[]);
        let end = memchr::memmem::find(inside, b"~}").unwrap_or(inside.len());
        let inside = inside.get(..end).unwrap_or(&[]);
        let known = |pair: &[u8]| matches!(pair, [a, b] if self::pair(*a, *b).is_some());
        if inside.is_empty() || !inside.len().is_multiple_of(2) || !inside.chunks(2).all(known) {
            return false;
        }
        pairs += inside.len() / 2;
        from = start + end;
    }
    pairs > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_tildes_and_line_ends() {
        for (bytes, text) in [
            (&b"~{<:Ky2;S{#,NpJ)l6HK!#~}"[..], "己所不欲，勿施於人。"),
            (b"a~~b ~{<:~}c", "a~b 己c"),
            (b"~{<:\nab", "己\nab"),
            (b"one ~\ntwo", "one two"),
            (b"~{<", "\u{FFFD}"),
            (b"~{~!~}\xFF~x", "\u{FFFD}\u{FFFD}\u{FFFD}x"),
        ] {
            assert_eq!(decode(bytes), text);
        }
        assert!(is_likely(b"From: x\n\n~{<:Ky2;S{#,NpJ)l6HK!#~}\n"));
        for other in [&b"a ~{ b }"[..], b"plain", b"~~{<:~}", b"~{<:K~}", b""] {
            assert!(!is_likely(other), "{}", String::from_utf8_lossy(other));
        }
    }
}
