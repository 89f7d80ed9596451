//! Fragments of addresses that name characters of a text, `a.txt#char=0,2`, by RFC 5147.
//!
//! Positions stand between characters, which are code points, a line end being one whatever it is written as. What
//! follows behind `;` lets a program see that the text is the one that was meant, and is not looked at. Lines (`line=`)
//! are not read. Source: <https://www.rfc-editor.org/rfc/rfc5147>.

use crate::format::count::{Counting, Unit};
use crate::format::json::string;

/// How fragments count, whatever the quotations of a file say of other places.
pub(super) const COUNTING: Counting = Counting {
    unit: Unit::CodePoints,
    inclusive: false,
    crlf: false,
    bom: false,
};

/// The end of a range that goes to the end of the text.
pub(super) const OPEN: u32 = u32::MAX;

/// What a `FragmentSelector` says that its value conforms to.
const RFC: &str = "http://tools.ietf.org/rfc/rfc5147";

/// The positions of a fragment, without its `#`: `char=0,2`, `char=,2`, `char=5,` and the position `char=5`, which has no
/// width. Nothing when it is another, or counts further than a text is long.
pub(super) fn ends(fragment: &str) -> Option<(u32, u32)> {
    let (range, _checks) = fragment.split_once(';').unwrap_or((fragment, ""));
    let range = range.strip_prefix("char=")?;
    let number = |digits: &str| {
        let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| digits.parse().ok()).flatten()
    };
    match range.split_once(',') {
        None => number(range).map(|at| (at, at)),
        Some(("", "")) => None,
        Some((start, "")) => Some((number(start)?, OPEN)),
        Some(("", end)) => Some((0, number(end)?)),
        Some((start, end)) => Some((number(start)?, number(end)?)),
    }
}

/// An address taken apart at a fragment that names characters: what stands before it, and the fragment.
pub(super) fn cut(address: &str) -> Option<(&str, &str)> {
    let (before, fragment) = address.split_once('#')?;
    ends(fragment).map(|_| (before, fragment))
}

/// Whether what a `FragmentSelector` says that it conforms to is this RFC, under any of its addresses.
pub(super) fn is_meant(conforms_to: &str) -> bool {
    conforms_to.to_ascii_lowercase().contains("rfc5147")
}

/// A fragment as a selector.
pub(super) fn selector(fragment: &str) -> String {
    let mut out =
        format!("{{\"type\": \"FragmentSelector\", \"conformsTo\": \"{RFC}\", \"value\": ");
    string(&mut out, fragment);
    out.push('}');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_name_positions_and_ranges() {
        for (fragment, want) in [
            ("char=0,2", Some((0, 2))),
            ("char=5", Some((5, 5))),
            ("char=,2", Some((0, 2))),
            ("char=5,", Some((5, OPEN))),
            ("char=0,2;length=9,UTF-8", Some((0, 2))),
            ("char=4,1", Some((4, 1))),
            ("char=,", None),
            ("char=", None),
            ("char=+1,2", None),
            ("char=99999999999", None),
            ("line=0,2", None),
            ("m1", None),
        ] {
            assert_eq!(ends(fragment), want, "{fragment}");
        }
        assert_eq!(cut("x/a.txt#char=0,2"), Some(("x/a.txt", "char=0,2")));
        assert_eq!(cut("a.txt"), None);
        assert!(is_meant("https://www.rfc-editor.org/rfc/rfc5147.txt"));
    }
}
