//! Addresses that the reader makes links of, out of references to knowledge bases.
//!
//! A link is made of an address of the web alone: a file's text could else have a click run or open what nobody asked for.
//! Source: RFC 3986, 2.1 for what is written by its bytes.

use std::fmt::Write as _;

/// A longer address is none that a terminal would take.
const LONGEST: usize = 2000;

/// The schemes that a click may lead to.
const SCHEMES: [&str; 2] = ["https://", "http://"];

/// The address that a reference leads to: its own, or that of an item of Wikidata (`Wikidata:Q956`); ASCII without blanks
/// and controls. Nothing when it is no address of the web.
#[must_use]
pub(super) fn address(reference: &str) -> Option<String> {
    let reference = reference.trim();
    if let Some((base, id)) = reference.split_once(':')
        && base.eq_ignore_ascii_case("wikidata")
        && let Some(number) = id.strip_prefix(['Q', 'P', 'L'])
        && !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
    {
        return Some(format!("https://www.wikidata.org/wiki/{id}"));
    }
    let is_web = |scheme: &&str| {
        let begin = reference.get(..scheme.len());
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(scheme))
    };
    let scheme = SCHEMES.iter().find(|scheme| is_web(scheme))?;
    if reference.len() == scheme.len() || reference.contains(char::is_control) {
        return None;
    }
    let mut address = String::with_capacity(reference.len());
    for byte in reference.bytes() {
        match byte {
            b'!'..=b'~' => address.push(char::from(byte)),
            _ => {
                let _ = write!(address, "%{byte:02X}");
            }
        }
    }
    (address.len() <= LONGEST).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_links() {
        for (reference, want) in [
            (
                "https://example.org/a?b=c#d",
                Some("https://example.org/a?b=c#d"),
            ),
            ("HTTP://a.example", Some("HTTP://a.example")),
            (
                "https://zh.wikipedia.org/wiki/乌镇",
                Some("https://zh.wikipedia.org/wiki/%E4%B9%8C%E9%95%87"),
            ),
            ("https://a.example/a b", Some("https://a.example/a%20b")),
            ("Wikidata:Q956", Some("https://www.wikidata.org/wiki/Q956")),
            ("Wikidata:Q9/../x", None),
            ("wikidata:Q", None),
            ("file:///etc/passwd", None),
            ("javascript:alert(1)", None),
            ("ssh://a.example", None),
            ("https://", None),
            ("https://a.example/\u{1b}]8;;\u{7}", None),
            ("https://a.example/\u{9c}", None),
            ("Q956", None),
            ("", None),
        ] {
            assert_eq!(address(reference).as_deref(), want, "{reference:?}");
        }
        assert_eq!(
            address(&format!("https://a.example/{}", "x".repeat(3000))),
            None
        );
    }
}
