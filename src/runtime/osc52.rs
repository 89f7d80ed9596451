//! OSC 52: text for the terminal's clipboard, also through what stands between the program and the terminal.
//!
//! Source: xterm's "Control Sequences" (ctlseqs), OSC Ps = 52: `OSC 52 ; c ; base64 ST`. No terminal answers to it.

/// What stands between the program and its terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Through {
    #[default]
    Nothing,
    /// tmux understands OSC 52 itself, where `set-clipboard` is `on`.
    Tmux,
    /// GNU screen hands on what stands in a device control string.
    Screen,
}

/// Terminals cut a sequence off at some length; 100,000 bytes is what hterm takes and xterm's scripts keep to. So many
/// bytes of text are that in base64, with the 8 bytes around it.
pub(super) const MOST_BYTES: usize = 74_994;

/// screen takes strings of 768 bytes, before 2014 of 256.
const SCREEN_BYTES: usize = 240;

/// The bytes that bring `text` to the clipboard.
///
/// # Errors
/// When it is too long: nothing is better than the half of it.
pub(super) fn sequence(text: &str, through: Through) -> Result<Vec<u8>, String> {
    if text.len() > MOST_BYTES {
        return Err(format!(
            "{} bytes are too many for OSC 52 ({MOST_BYTES})",
            text.len()
        ));
    }
    // BEL ends it, as ESC \ would end the string of screen around it.
    let mut whole = b"\x1b]52;c;".to_vec();
    whole.extend(base64(text.as_bytes()));
    whole.push(0x07);
    if through != Through::Screen {
        return Ok(whole);
    }
    let parts = whole.chunks(SCREEN_BYTES);
    Ok(parts
        .flat_map(|part| [b"\x1bP", part, b"\x1b\\"].concat())
        .collect())
}

/// Base64 of RFC 4648, chapter 4.
fn base64(bytes: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |i: usize| u32::from(three.get(i).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for digit in 0..4 {
            out.push(if digit > three.len() {
                b'='
            } else {
                DIGITS[(bits >> (18 - 6 * digit)) as usize & 63]
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_in_rfc_4648() {
        for (text, want) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
            ("乌镇", "5LmM6ZWH"),
        ] {
            assert_eq!(String::from_utf8_lossy(&base64(text.as_bytes())), want);
        }
    }

    #[test]
    fn a_sequence_is_plain_but_for_screen() {
        let plain = b"\x1b]52;c;5LmM6ZWH\x07";
        for through in [Through::Nothing, Through::Tmux] {
            assert_eq!(sequence("乌镇", through), Ok(plain.to_vec()));
        }
        let one = sequence("乌镇", Through::Screen);
        assert_eq!(one, Ok([b"\x1bP", &plain[..], b"\x1b\\"].concat()));
    }

    #[test]
    fn screen_gets_it_in_pieces_that_join_to_the_whole() {
        let text = "水".repeat(1000);
        let whole = sequence(&text, Through::Nothing).unwrap_or_default();
        let cut = String::from_utf8(sequence(&text, Through::Screen).unwrap_or_default());
        let cut = cut.expect("is ASCII");
        let parts: Vec<&str> = cut
            .split("\x1b\\")
            .filter(|part| !part.is_empty())
            .collect();
        assert!(parts.len() > 10 && parts.iter().all(|part| part.len() + 2 <= 256));
        let joined: String = parts
            .iter()
            .map(|part| part.strip_prefix("\x1bP").expect("begins as one"))
            .collect();
        assert_eq!(joined.as_bytes(), whole);
    }

    #[test]
    fn too_long_a_text_is_refused_whole() {
        let most = "a".repeat(MOST_BYTES);
        let bytes = sequence(&most, Through::Nothing).unwrap_or_default();
        assert_eq!(bytes.len(), 100_000);
        sequence(&(most + "a"), Through::Nothing).expect_err("one more");
    }
}
