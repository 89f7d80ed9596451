//! Bytes of JSON: where strings, numbers and words end.

/// Whether a byte ends a number or a word.
pub(super) const fn ends_word(byte: u8) -> bool {
    matches!(
        byte,
        b' ' | b'\n' | b'\t' | b'\r' | b',' | b']' | b'}' | b'[' | b'{' | b'"' | b':'
    )
}

/// Where the first byte stands that is not just text. Eight at a time: a text is most of its record, and the other
/// strings are too short for anything that has to be set up.
pub(super) fn special(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    // Of bytes below `least` the high bit is set; behind the first of them it may be in others.
    let below = |eight: u64, least: u8| eight.wrapping_sub(ONES * u64::from(least)) & !eight & HIGH;
    let mut at = 0;
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let eight = u64::from_le_bytes(*eight);
        let quotes = below(eight ^ (ONES * u64::from(b'"')), 1);
        let backslashes = below(eight ^ (ONES * u64::from(b'\\')), 1);
        let found = below(eight, 0x20) | quotes | backslashes;
        if found != 0 {
            return Some(at + (found.trailing_zeros() / 8) as usize);
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let found = rest.iter().position(|b| SPECIAL[usize::from(*b)]);
    found.map(|found| at + found)
}

/// The bytes of a string that are not just text.
static SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        special[byte] = true;
        byte += 1;
    }
    special[b'"' as usize] = true;
    special[b'\\' as usize] = true;
    special
};

/// Whether a word is a number of JSON.
pub(super) fn is_number(word: &[u8]) -> bool {
    let word = word.strip_prefix(b"-").unwrap_or(word);
    let digits = |from: &[u8]| from.iter().take_while(|b| b.is_ascii_digit()).count();
    let whole = digits(word);
    if whole == 0 || (whole > 1 && word.first() == Some(&b'0')) {
        return false;
    }
    let mut rest = word.get(whole..).unwrap_or_default();
    if let Some(behind) = rest.strip_prefix(b".") {
        let some = digits(behind);
        if some == 0 {
            return false;
        }
        rest = behind.get(some..).unwrap_or_default();
    }
    if let Some(behind) = rest.strip_prefix(b"e").or(rest.strip_prefix(b"E")) {
        let behind = behind
            .strip_prefix(b"+")
            .or(behind.strip_prefix(b"-"))
            .unwrap_or(behind);
        return !behind.is_empty() && digits(behind) == behind.len();
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_special_byte_is_found_wherever_it_stands() {
        for length in 0..20 {
            for byte in 0..=255u8 {
                for at in 0..length {
                    let mut bytes = vec![0xE4; length];
                    bytes[at] = byte;
                    // What follows makes no difference.
                    let last = length - 1;
                    bytes[last] = if last > at { b'"' } else { byte };
                    let want = if SPECIAL[usize::from(byte)] {
                        Some(at)
                    } else {
                        (last > at).then_some(last)
                    };
                    assert_eq!(special(&bytes), want, "{byte:#x} at {at} of {length}");
                }
            }
            assert_eq!(special(&vec![b'!'; length]), None);
        }
    }
}
