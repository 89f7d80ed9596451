//! Natural order of names: `2.txt` before `10.txt`.

use std::cmp::Ordering;

/// Compares two names so that runs of ASCII digits count by their value, everything else by code point. Names that
/// differ only in leading zeros are ordered by code point, so that no two different names are equal.
#[must_use]
pub fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let (digits_left, rest_left) = split(left, true);
        let (digits_right, rest_right) = split(right, true);
        if !digits_left.is_empty() && !digits_right.is_empty() {
            let value = |d: &str| d.trim_start_matches('0').len();
            let by_value = value(digits_left).cmp(&value(digits_right)).then_with(|| {
                digits_left
                    .trim_start_matches('0')
                    .cmp(digits_right.trim_start_matches('0'))
            });
            if by_value != Ordering::Equal {
                return by_value;
            }
            (left, right) = (rest_left, rest_right);
        }
        let (text_left, rest_left) = split(left, false);
        let (text_right, rest_right) = split(right, false);
        // A run of text that stands against digits or the end compares as plain text.
        match text_left.cmp(text_right) {
            Ordering::Equal if text_left.is_empty() => {
                return left.cmp(right).then_with(|| a.cmp(b));
            }
            Ordering::Equal => (left, right) = (rest_left, rest_right),
            order => return order,
        }
    }
}

/// The leading run of digits (or of anything else), and the rest.
fn split(text: &str, digits: bool) -> (&str, &str) {
    let end = text
        .find(|c: char| c.is_ascii_digit() != digits)
        .unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_by_value() {
        let want = [
            "", "1", "01.txt", "2.txt", "10.txt", "a", "a2b3", "a2b10", "a10b1", "b", "版1", "版12",
        ];
        for (i, a) in want.iter().enumerate() {
            for (j, b) in want.iter().enumerate() {
                assert_eq!(natural(a, b), i.cmp(&j), "{a:?} {b:?}");
            }
        }
        assert_eq!(
            natural("99999999999999999999999", "100000000000000000000000"),
            Ordering::Less
        );
        assert_ne!(natural("01", "1"), Ordering::Equal);
    }
}
