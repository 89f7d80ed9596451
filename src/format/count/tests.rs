//! Offsets of every sort to bytes and back, and which sort a file means.

use super::*;
use crate::format::decode;
use crate::text::graphemes;
use proptest::prelude::*;

fn counting(said: &str) -> Counting {
    said.parse().unwrap()
}

#[test]
fn every_way_to_count_is_named() {
    for said in [
        "codepoints",
        "utf16,inclusive",
        "bytes,crlf,bom",
        "graphemes",
        "filebytes,crlf",
    ] {
        assert_eq!(counting(said).to_string(), said);
    }
    for said in ["", "chars", "utf16,", "bytes,exclusive"] {
        let error = said.parse::<Counting>().unwrap_err().to_string();
        assert!(error.contains("codepoints"), "{error}");
    }
}

#[test]
fn each_unit_counts_its_own() {
    // 😀 is one code point, two UTF-16 units, four bytes; e with an accent behind it is one grapheme.
    let text = "a😀e\u{301}乌";
    for (said, units, want) in [
        (
            "codepoints",
            5,
            &[(0, 0), (1, 1), (2, 5), (3, 6), (4, 8), (5, 11)][..],
        ),
        ("utf16", 6, &[(1, 1), (3, 5), (4, 6), (5, 8), (6, 11)]),
        ("bytes", 11, &[(1, 1), (5, 5), (6, 6), (8, 8), (11, 11)]),
        ("graphemes", 4, &[(1, 1), (2, 5), (3, 8), (4, 11)]),
    ] {
        let scale = Scale::of_text(text, counting(said));
        assert_eq!(scale.units(), units, "{said}");
        for (offset, byte) in want {
            assert_eq!(scale.byte(text, *offset), Some(*byte), "{said} {offset}");
            assert_eq!(scale.offset(text, *byte), *offset, "{said} {byte}");
        }
        assert_eq!(scale.byte(text, units + 1), None);
    }
    let scale = Scale::of_text(text, counting("utf16"));
    assert_eq!(scale.byte(text, 2), None, "within a surrogate pair");
    let scale = Scale::of_text(text, counting("codepoints,inclusive"));
    assert_eq!(scale.bytes(text, 1, 1), Some((1, 5)));
    assert_eq!(scale.bytes(text, 4, 5), None);
}

#[test]
fn line_ends_and_marks_of_the_file_count_where_they_shall() {
    let file = decode("\u{FEFF}a\r\n乌\nb".as_bytes());
    for (said, want) in [
        ("codepoints", &[(0, 0), (1, 1), (2, 2), (3, 5)][..]),
        ("codepoints,crlf", &[(0, 0), (1, 1), (2, 1), (3, 2), (4, 5)]),
        (
            "codepoints,crlf,bom",
            &[(0, 0), (1, 0), (2, 1), (3, 1), (4, 2)],
        ),
        (
            "bytes,crlf,bom",
            &[(3, 0), (4, 1), (5, 1), (6, 2), (9, 5), (11, 7)],
        ),
    ] {
        let scale = Scale::of_file(&file, counting(said));
        for (offset, byte) in want {
            assert_eq!(
                scale.byte(&file.text, *offset),
                Some(*byte),
                "{said} {offset}"
            );
        }
    }
}

#[test]
fn bytes_of_the_file_are_those_of_its_encoding() {
    use crate::article::Encoding;
    use crate::format::decode_bytes;
    use crate::format::encoding::library;
    let text = "a乌é\r\n镇㐀b—\n";
    for encoding in Encoding::ALL {
        let Some(library) = library(encoding) else {
            continue;
        };
        let known: String = text
            .chars()
            .filter(|c| !library.encode(&c.to_string()).2)
            .collect();
        // UTF-16 has no encoder there.
        let bytes_of = |part: &str| match encoding {
            Encoding::Utf16Le => part.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Be => part.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            _ => library.encode(part).0.into_owned(),
        };
        let file = decode_bytes(&bytes_of(&known), Some(encoding));
        let scale = Scale::of_file(&file, counting("filebytes,crlf"));
        for (at, _) in known.char_indices().filter(|(_, c)| *c != '\n') {
            let before = &known[..at];
            let byte = before.replace("\r\n", "\n").len();
            let offset = bytes_of(before).len() as u64;
            assert_eq!(
                scale.byte(&file.text, offset),
                Some(byte),
                "{encoding:?} {before}"
            );
            assert_eq!(
                scale.offset(&file.text, byte),
                offset,
                "{encoding:?} {before}"
            );
        }
        assert_eq!(scale.units(), bytes_of(&known).len() as u64, "{encoding:?}");
    }
    // What the encoder does not write although it reads it.
    let file = decode_bytes(b"\x87\x40a", Some(Encoding::Big5));
    assert_eq!(Scale::of_file(&file, counting("filebytes")).units(), 3);
}

#[test]
fn the_way_under_which_most_quotations_match_is_taken() {
    let text = "😀乌镇在浙江";
    let try_on = |claims: &[(u64, u64, &str)], documented: Counting| {
        let mut trial = Trial::default();
        trial.add(text, None, claims.iter().copied());
        trial.settle(documented)
    };
    let code_points = Counting::CODE_POINTS;
    let got = try_on(&[(2, 4, "乌镇"), (5, 7, "浙江")], code_points);
    assert_eq!(
        (got.counting.to_string().as_str(), got.matched),
        ("utf16", 2)
    );
    let got = try_on(&[(1, 2, "乌镇"), (4, 5, "浙江"), (0, 1, "错")], code_points);
    assert_eq!(got.counting.to_string(), "codepoints,inclusive");
    assert_eq!((got.matched, got.quoted), (2, 3));
    // Nothing matches: the documented way stands.
    let got = try_on(&[(0, 1, "错")], code_points.including_ends());
    assert_eq!(got.counting, code_points.including_ends());
}

#[test]
fn texts_without_cr_lf_count_for_both_ways_to_count_it() {
    let documented = Counting {
        crlf: true,
        ..Counting::CODE_POINTS
    };
    let mut trial = Trial::default();
    for (text, claims) in [
        ("乌镇", vec![(0, 2, "乌镇"), (0, 1, "错")]),
        ("甲\r\n乌镇", vec![(3, 5, "乌镇")]),
    ] {
        let text = decode(text.as_bytes());
        trial.add(&text.text, Some(&text), claims.into_iter());
    }
    let got = trial.settle(documented);
    assert_eq!((got.counting, got.matched, got.quoted), (documented, 2, 3));
}

#[test]
fn ends_that_are_not_given_follow_from_the_words() {
    let text = decode("😀甲\r\n乌镇".as_bytes());
    let mut trial = Trial::default();
    let claims = [(2, NO_END, "甲\n乌镇"), (5, NO_END, "乌镇")];
    trial.add(&text.text, Some(&text), claims.into_iter());
    let got = trial.settle(Counting::CODE_POINTS);
    assert_eq!(
        (got.counting.to_string().as_str(), got.matched),
        ("utf16,crlf", 2)
    );
    let scale = Scale::of_file(&text, counting("codepoints,crlf"));
    assert_eq!(scale.end_of(&text.text, 1, "甲\n乌"), 5);
    let scale = Scale::of_file(&text, counting("codepoints,inclusive"));
    assert_eq!(scale.end_of(&text.text, 1, "不在"), 2);
}

proptest! {
    #[test]
    fn offsets_and_bytes_are_ways_there_and_back(
        parts in proptest::collection::vec(
            prop_oneof![Just("a"), Just("乌"), Just("😀"), Just("e\u{301}"), Just("\n"), Just("\r\n"), Just("👨‍👩‍👧")], 0..700),
        unit in 0usize..5, crlf: bool, bom: bool,
    ) {
        let whole = format!("{}{}", if bom { "\u{FEFF}" } else { "" }, parts.concat());
        let file = decode(whole.as_bytes());
        let counting = Counting { unit: Unit::ALL[unit], inclusive: false, crlf, bom };
        let scale = Scale::of_file(&file, counting);
        let naive = |byte: usize| -> u64 {
            let before = &file.text[..byte];
            let pairs = if crlf && counting.unit != Unit::Graphemes {
                whole.match_indices("\r\n").count().min({
                    // Pairs before the byte: count line ends before it that are pairs.
                    let mut pairs = 0; let mut rest = whole.trim_start_matches('\u{FEFF}');
                    for _ in 0..before.matches('\n').count() {
                        let at = rest.find('\n').unwrap();
                        pairs += usize::from(rest[..at].ends_with('\r'));
                        rest = &rest[at + 1..];
                    }
                    pairs
                })
            } else { 0 };
            let mark = if bom { if matches!(counting.unit, Unit::Bytes | Unit::FileBytes) { 3 } else { 1 } } else { 0 };
            let units = match counting.unit {
                Unit::CodePoints => before.chars().count(),
                Unit::Utf16 => before.encode_utf16().count(),
                Unit::Bytes | Unit::FileBytes => before.len(),
                Unit::Graphemes => graphemes(before).count(),
            };
            (units + pairs + mark) as u64
        };
        let bytes: Vec<usize> = if counting.unit == Unit::Graphemes {
            graphemes(&file.text).map(|g| g.start).chain([file.text.len()]).collect()
        } else {
            file.text.char_indices().map(|(at, _)| at).chain([file.text.len()]).collect()
        };
        for byte in bytes {
            let offset = scale.offset(&file.text, byte);
            prop_assert_eq!(offset, naive(byte));
            prop_assert_eq!(scale.byte(&file.text, offset), Some(byte));
        }
    }
}

#[test]
fn ends_are_found_from_starts_as_by_themselves() {
    let text = "甲a\u{1F600}é\n乙".repeat(120);
    let scale = Scale::of_text(&text, Counting::CODE_POINTS);
    let units = scale.units();
    for start in [0, 1, 5, 255, 256, 300, units] {
        for end in [
            start,
            start + 1,
            start + 3,
            start + 255,
            start + 256,
            units,
            units + 1,
            0,
        ] {
            let both = scale.byte(&text, start).zip(scale.byte(&text, end));
            let want = both.filter(|(from, to)| from <= to);
            assert_eq!(scale.bytes(&text, start, end), want, "{start} {end}");
        }
    }
}

#[test]
fn quotations_are_alike_but_for_line_ends() {
    for (found, quote, want) in [
        ("乌镇", "乌镇", true),
        ("New\nYork", "New York", true),
        ("New York", "New\nYork", false),
        ("New\nYork", "New  York", false),
        ("乌镇", "乌", false),
        ("\n\n", " \n", true),
    ] {
        assert_eq!(alike(found, quote), want, "{found:?} {quote:?}");
    }
}
