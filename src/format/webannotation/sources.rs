//! Which places are in another text than the one that is read: by the name of the file that their source is.
//!
//! An address is more than a name, and one text has several of them, so only the last part of an address counts, without
//! what is asked of it and the ending of a compression: `http://e.org/x/a.txt?v=1`, `x/a.txt` and `a.txt.gz` are one.

use std::borrow::Cow;

use super::take::{Place, Taken};
use crate::format::json::string;
use crate::format::read::unpacked;

/// The last part of an address; nothing where it has none.
pub(super) fn name(address: &str) -> Option<&str> {
    let path = address.split(['?', '#']).next()?;
    let name = path.trim_end_matches('/').rsplit(['/', '\\']).next()?;
    (!name.is_empty()).then_some(name)
}

/// The name of a file as it is compared, without `%20` and the like.
fn compared(address: &str) -> Option<String> {
    let name = unpacked(name(address)?);
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let digits = behind.get(..2).filter(|_| *first == b'%');
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = behind.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    Some(match String::from_utf8_lossy(&bytes) {
        Cow::Owned(_) => name.to_owned(),
        Cow::Borrowed(decoded) => decoded.to_owned(),
    })
}

/// Whether two names are one, which may be without the ending in one of them.
fn is_one(a: &str, b: &str) -> bool {
    let is_bare = |bare: &str, whole: &str| {
        let (stem, _) = whole.rsplit_once('.').unwrap_or_default();
        !stem.is_empty() && stem == bare
    };
    a == b || is_bare(a, b) || is_bare(b, a)
}

/// Marks the places that are in another text. This one is that of the file, or, where no target names that, what the
/// first target does. So that such a place is told from one in this text wherever it goes, its words have the source.
pub(super) fn part(taken: &mut [Taken], file: &str) {
    let compared_of = |place: &Place| place.source.as_deref().and_then(compared);
    let mut named = taken.iter().flat_map(|t| &t.places).filter_map(compared_of);
    let Some(first) = named.next() else { return };
    let Some(own) = compared(file) else { return };
    let is_named = is_one(&first, &own) || named.any(|name| is_one(&name, &own));
    let own = if is_named { own } else { first };
    for annotation in taken {
        let mut is_any = false;
        for place in &mut annotation.places {
            let name = compared_of(place);
            place.is_elsewhere = name.is_some_and(|name| !is_one(&name, &own));
            is_any |= place.is_elsewhere;
        }
        for place in annotation.places.iter_mut().filter(|_| is_any) {
            let mut words = String::from(BEGIN);
            string(&mut words, place.source.as_deref().unwrap_or(file));
            words.push_str(", \"selector\": ");
            words.push_str(&place.words);
            words.push('}');
            place.words = words;
        }
    }
}

/// How the words of a place with its source begin.
const BEGIN: &str = "{\"source\": ";

/// Whether the words of a place, or of several, have the source of each.
pub(super) fn has_source(words: &str) -> bool {
    words.strip_prefix('[').unwrap_or(words).starts_with(BEGIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spellings_of_one_name_are_one() {
        let one = |a: &str, b: &str| is_one(&compared(a).unwrap(), &compared(b).unwrap());
        for (a, b, want) in [
            ("a.txt", "http://e.org/x/a.txt?v=1#top", true),
            ("a.txt", "x\\a.txt", true),
            ("a.txt", "a.txt.gz", true),
            ("a.txt", "http://e.org/a", true),
            ("a.txt", "http://e.org/a/", true),
            ("乌 镇.txt", "%E4%B9%8C%20%E9%95%87.txt", true),
            ("50%.txt", "50%.txt", true),
            ("a.txt", "b.txt", false),
            ("a.txt", "a.xml", false),
            ("a", "b", false),
        ] {
            assert_eq!(one(a, b), want, "{a} {b}");
        }
        assert_eq!(name("#char=0,2"), None);
    }
}
