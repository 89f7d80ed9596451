//! Unicode's own test files: graphemes (17.0), and line breaking (15.1) for rows without wide characters.
//!
//! Where the files come from: `tests/unicode/README`.

use icu_properties::CodePointMapData;
use icu_properties::props::EastAsianWidth;
use kanbao::text::{graphemes, is_cjk};
use kanbao::typeset::{Kinsoku, opportunities};

const GRAPHEMES: &str = include_str!("unicode/GraphemeBreakTest-17.0.0.txt");
const LINES: &str = include_str!("unicode/LineBreakTest-15.1.txt");

/// The text of each row and the byte offsets above 0 at which it has a ÷.
fn rows(file: &str) -> impl Iterator<Item = (String, Vec<usize>)> {
    file.lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| {
            let (mut text, mut breaks) = (String::new(), Vec::new());
            for field in line.split('#').next().unwrap_or("").split_whitespace() {
                match field {
                    "÷" => breaks.push(text.len()),
                    "×" => {}
                    hex => text.push(
                        u32::from_str_radix(hex, 16)
                            .ok()
                            .and_then(char::from_u32)
                            .expect("a code point"),
                    ),
                }
            }
            breaks.retain(|at| *at > 0);
            (text, breaks)
        })
}

#[test]
fn graphemes_are_those_of_unicode_17() {
    let mut count = 0;
    for (text, want) in rows(GRAPHEMES) {
        let got: Vec<usize> = graphemes(&text).map(|g| g.end()).collect();
        assert_eq!(got, want, "{}", text.escape_unicode());
        count += 1;
    }
    assert_eq!(count, 766);
}

fn is_wide(c: char) -> bool {
    use EastAsianWidth as E;
    matches!(
        CodePointMapData::<EastAsianWidth>::new().get(c),
        E::Wide | E::Fullwidth | E::Halfwidth
    )
}

/// Rows of LineBreakTest without wide characters: text and expected breaks that are grapheme boundaries.
fn narrow_rows() -> impl Iterator<Item = (String, Vec<usize>)> {
    rows(LINES)
        .filter(|(text, _)| !text.chars().any(is_wide))
        .map(|(text, breaks)| {
            let edges: Vec<usize> = graphemes(&text).map(|g| g.end()).collect();
            let breaks = breaks.into_iter().filter(|at| edges.contains(at)).collect();
            (text, breaks)
        })
}

/// Rows that an address differs in at level gb: it breaks at its joints only where it must.
const ADDRESSES: [&str; 2] = ["(http://)xn--a", "{http://}xn--a"];

#[test]
fn lines_without_cjk_break_as_unicode_says() {
    let mut count = 0;
    for (text, want) in narrow_rows() {
        let row = text.escape_unicode();
        assert!(!text.chars().any(is_cjk), "{row}");
        assert_eq!(opportunities(&text, Kinsoku::None), want, "at none: {row}");
        let differs = opportunities(&text, Kinsoku::Gb) != want;
        assert_eq!(differs, ADDRESSES.contains(&text.as_str()), "at gb: {row}");
        count += 1;
    }
    assert_eq!(count, 7_874);
}
