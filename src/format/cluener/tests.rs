//! CLUENER in lines and printed prettily, counted as it says or otherwise, and what is wrong in its files.

#![allow(clippy::unwrap_used)]

use super::super::json::testing::*;
use crate::format::Format::{Cluener, Doccano};
use crate::format::{Counting, ReadOptions};

const LINES: &str = include_str!("../../../tests/formats/cluener/lines.json");
const PRETTY: &str = include_str!("../../../tests/formats/cluener/pretty.json");
const HALF_OPEN: &str = include_str!("../../../tests/formats/cluener/half_open.json");
const BROKEN: &str = include_str!("../../../tests/formats/cluener/broken.json");

#[test]
fn every_place_of_the_words_is_a_mention() {
    let all = articles(Cluener, LINES);
    assert_eq!(
        mentions(&all[0]),
        [
            ("name", "方岚"),
            ("address", "雁溪"),
            ("address", "青石港"),
            ("name", "方岚")
        ]
    );
    let entities = all[0].annotations.entities().iter();
    let names: Vec<_> = entities.map(|e| (&*e.name, e.mentions().len())).collect();
    assert_eq!(names, [("方岚", 2), ("雁溪", 1), ("青石港", 1)]);
    assert_eq!(
        mentions(&all[1]),
        [
            ("organization", "雁溪大学"),
            ("address", "雁溪"),
            ("address", "雁溪")
        ]
    );
    assert_eq!(all[1].meta.name, "4");
    assert_eq!(mentions(&all[2]), [("name", "方\n岚")], "CR LF are two");
    assert_eq!(unplaced(&all[2]), [("name", "90 95")]);
    assert_eq!(&*all[2].annotations.unplaced()[0].quote, "丁");
}

#[test]
fn objects_over_several_lines_are_records() {
    let all = articles(Cluener, PRETTY);
    assert_eq!(all.len(), 2);
    assert_eq!(mentions(&all[0]), [("name", "方岚"), ("address", "青石港")]);
    assert_eq!(mentions(&all[1]), [("address", "雁溪")]);
    let list = format!("[{}]", PRETTY.trim_end().replace("}\n{", "},\n{"));
    assert_eq!(articles(Cluener, &list).len(), 2);
    assert!(faults(Cluener, PRETTY).is_empty() && faults(Cluener, &list).is_empty());
}

#[test]
fn half_open_ends_are_found_by_the_words() {
    let found = faults(Cluener, HALF_OPEN);
    assert_eq!(found, [(0, 0, "offset-unit"), (2, 60, "quote-differs")]);
    let document = open(Cluener, HALF_OPEN, ReadOptions::default());
    let settled = document.settled().unwrap();
    assert!(!settled.counting.inclusive);
    assert_eq!((settled.matched, settled.quoted), (3, 4));
    let all = articles(Cluener, HALF_OPEN);
    assert_eq!(mentions(&all[0]), [("name", "方岚"), ("address", "雁溪")]);
    // What is said on the command line holds, whatever the words say.
    let options = ReadOptions {
        offsets: Some(Counting::CODE_POINTS.including_ends()),
        ..ReadOptions::default()
    };
    let all = with(Cluener, HALF_OPEN, options);
    assert_eq!(mentions(&all[0])[0], ("name", "方岚在"));
}

#[test]
fn words_that_stand_nearby_are_marked_there_when_that_is_wanted() {
    let options = ReadOptions {
        anchor: true,
        ..ReadOptions::default()
    };
    let all = with(Cluener, BROKEN, options);
    assert_eq!(mentions(&all[4]), [("thing", "信")]);
    let fault = all[4].diagnostics.last().unwrap();
    assert_eq!(
        (fault.line, fault.column, fault.code),
        (5, 47, "re-anchored")
    );
}

#[test]
fn every_fault_has_its_place_and_the_rest_is_read() {
    assert_eq!(
        faults(Cluener, BROKEN),
        [
            (1, 54, "offset-range"),
            (1, 63, "offset-unusable"),
            (1, 72, "wrong-type"),
            (1, 81, "missing-value"),
            (1, 86, "wrong-type"),
            (1, 105, "offset-range"),
            (1, 119, "wrong-type"),
            (1, 134, "wrong-type"),
            (2, 54, "duplicate-key"),
            (2, 78, "syntax"),
            (3, 1, "missing-value"),
            (3, 28, "offset-range"),
            (4, 12, "lone-surrogate"),
            (4, 62, "quote-differs"),
            (5, 47, "quote-differs"),
            (7, 10, "wrong-type"),
            (7, 22, "wrong-type"),
        ]
    );
    let all = articles(Cluener, BROKEN);
    assert_eq!(mentions(&all[1]), [("name", "方岚"), ("name", "来")]);
    assert_eq!(mentions(&all[5]), [("order", "最后")]);
    assert_eq!(
        unplaced(&all[0]),
        [
            ("name", "9 12"),
            ("name", "3 1"),
            ("name", "\"0\" 1"),
            ("name", "0"),
            ("name", "7"),
            ("name", "5 6"),
        ],
        "nothing is dropped"
    );
    let mut met = codes(Cluener, BROKEN);
    met.extend([
        "offset-cluster",
        "undecodable",
        "encoding",
        "offset-unit",
        "re-anchored",
    ]);
    let told = Cluener.codes().iter().map(|code| code.name);
    assert_eq!(met, told.collect());
}

#[test]
fn the_usual_spelling_is_written_back_byte_for_byte() {
    assert_eq!(settled(Cluener, LINES), LINES);
    assert_eq!(settled(Cluener, PRETTY).lines().count(), 2);
    settled(Cluener, HALF_OPEN);
    let back = normal(Doccano, Cluener, &normal(Cluener, Doccano, LINES));
    assert_eq!(
        back.lines().next(),
        LINES.lines().next(),
        "by way of doccano"
    );
}

#[test]
fn it_is_known_by_its_records() {
    for text in [LINES, PRETTY, HALF_OPEN] {
        assert_eq!(detected(text, true), Some(Cluener));
        assert_eq!(
            detected(&text[..text.floor_char_boundary(190)], false),
            Some(Cluener)
        );
    }
    for other in [
        "{\"text\": \"甲\", \"label\": [[0, 1, \"X\"]]}",
        "{\"text\": \"甲\", \"label\": {\"a\": 1}}",
        "{\"label\": {\"a\": {\"b\": [[1, 2]]}}}",
    ] {
        assert_ne!(detected(other, true), Some(Cluener), "{other}");
    }
}

#[test]
fn a_place_of_three_numbers_is_told() {
    let line = "{\"text\": \"方岚来了\", \"label\": {\"name\": {\"方岚\": [[0, 1, 2]]}}}\n";
    assert_eq!(faults(Cluener, line), [(1, 44, "wrong-type")]);
    assert_eq!(mentions(&articles(Cluener, line)[0]), [("name", "方岚")]);
}
