//! Prodigy's tasks and what spaCy writes, what is wrong in such files, and writing them.

#![allow(clippy::unwrap_used)]

use super::super::json::testing::*;
use crate::format::Format::{Doccano, Spacy};
use crate::format::{Look, ReadOptions, Unit, detect};

const PRODIGY: &str = include_str!("../../../tests/formats/spacy/prodigy.jsonl");
const DIALECTS: &str = include_str!("../../../tests/formats/spacy/dialects.jsonl");
const BROKEN: &str = include_str!("../../../tests/formats/spacy/broken.jsonl");

#[test]
fn spans_relations_and_answers_are_read() {
    let all = articles(Spacy, PRODIGY);
    assert_eq!(
        mentions(&all[0]),
        [("PER", "方岚"), ("ORG", "雁溪大学"), ("LOC", "雁溪")]
    );
    assert_eq!(relations(&all[0]), ["WORKS_AT 方岚 雁溪大学"]);
    let made = &all[0].annotations;
    assert_eq!(made.links()[0].reference, "Q7");
    assert_eq!(&*made.mentions()[2].source_id, "loc1");
    assert_eq!(all[0].meta.source, "雁溪晚报");
    assert_eq!(mentions(&all[1]), [("PER", "方岚")], "CR LF are two");
    assert_eq!(unplaced(&all[1]), [("LOC", "90 95")]);
    assert_eq!(
        notes(&all[2]),
        [
            ("accept", "A"),
            ("accept", "B"),
            ("cats", "BAD NEWS 0"),
            ("cats", "GOOD 0.9"),
            ("label", "X")
        ]
    );
    let layers = all[3].annotations.layers();
    let layers: Vec<&str> = layers.iter().map(|l| &*l.name).collect();
    assert_eq!(layers[1..], ["names", "places"], "groups are layers");
}

#[test]
fn every_dialect_is_read() {
    let all = articles(Spacy, DIALECTS);
    assert_eq!(mentions(&all[0]), [("PER", "方岚"), ("LOC", "雁溪")]);
    assert_eq!(relations(&all[0]), ["TO 方岚 雁溪"], "by their last tokens");
    assert_eq!(mentions(&all[1]), [("PER", "方岚")]);
    assert_eq!(mentions(&all[2]), [("LOC", "雁溪")]);
    assert!(faults(Spacy, DIALECTS).is_empty());
}

#[test]
fn offsets_that_count_otherwise_are_found_by_what_tokens_quote() {
    let text = "{\"text\": \"😀方岚\", \"tokens\": [{\"text\": \"方岚\", \"start\": 2, \"end\": 4}], \
                \"spans\": [{\"start\": 2, \"end\": 4, \"label\": \"PER\"}]}";
    assert_eq!(mentions(&articles(Spacy, text)[0]), [("PER", "方岚")]);
    let settled = open(Spacy, text, ReadOptions::default()).settled();
    assert_eq!(settled.unwrap().counting.unit, Unit::Utf16);
    assert_eq!(faults(Spacy, text), [(0, 0, "offset-unit")]);
    // So are those whose keys are spelt with escapes.
    let text = text.replacen("{\"text\"", "{\"te\\u0078t\"", 1);
    let text = text.replacen("[{\"text\"", "[{\"\\u0074ext\"", 1);
    assert_eq!(mentions(&articles(Spacy, &text)[0]), [("PER", "方岚")]);
}

#[test]
fn relations_in_two_lists_are_read_though_the_last_is_none() {
    let span = "{\"start\": 0, \"end\": 1, \"label\": \"A\"}";
    let text = format!(
        "{{\"text\": \"甲乙\", \"spans\": [{span}], \"relations\": [{{\"head_span\": {span}, \"child_span\": {span}, \
         \"label\": \"R\"}}], \"relations\": null}}"
    );
    assert_eq!(relations(&articles(Spacy, &text)[0]), ["R 甲 甲"]);
}

#[test]
fn every_fault_has_its_place_and_the_rest_is_read() {
    assert_eq!(
        faults(Spacy, BROKEN),
        [
            (1, 30, "offset-range"),
            (1, 68, "offset-unusable"),
            (1, 106, "missing-value"),
            (1, 116, "wrong-type"),
            (1, 132, "quote-differs"),
            (1, 184, "wrong-type"),
            (2, 145, "dangling"),
            (2, 198, "missing-value"),
            (2, 198, "missing-value"),
            (2, 214, "wrong-type"),
            (2, 218, "duplicate-key"),
            (3, 1, "missing-value"),
            (3, 11, "wrong-type"),
            (4, 11, "lone-surrogate"),
            (4, 30, "syntax"),
        ]
    );
    let all = articles(Spacy, BROKEN);
    assert_eq!(all.len(), 5);
    assert_eq!(mentions(&all[4]), [("ORD", "最后")]);
    assert_eq!(
        unplaced(&all[0]),
        [("X", "0 9"), ("X", "3 1"), ("", "\"0\" 1")],
        "nothing is dropped"
    );
    let options = ReadOptions {
        anchor: true,
        ..ReadOptions::default()
    };
    let anchored = with(Spacy, BROKEN, options);
    assert_eq!(mentions(&anchored[0]), [("X", "雁溪")]);
    let mut met = codes(Spacy, BROKEN);
    met.extend([
        "offset-cluster",
        "undecodable",
        "encoding",
        "offset-unit",
        "re-anchored",
    ]);
    let told = Spacy.codes().iter().map(|code| code.name);
    assert_eq!(met, told.collect());
}

#[test]
fn the_usual_spelling_is_written_back_byte_for_byte() {
    assert_eq!(settled(Spacy, PRODIGY), PRODIGY);
    settled(Spacy, DIALECTS);
    settled(Spacy, BROKEN);
}

#[test]
fn it_is_known_by_its_records() {
    for text in [PRODIGY, DIALECTS] {
        assert_eq!(detected(text, true), Some(Spacy));
    }
    for (other, want) in [
        (
            "{\"text\": \"甲\", \"entities\": [[0, 1, \"X\"]]}",
            Some(Doccano),
        ),
        ("{\"text\": \"甲\", \"spans\": 3}", None),
    ] {
        let found = detected(other, true);
        assert_ne!(found, Some(Spacy), "{other}");
        assert!(want.is_none() || found == want);
    }
}

#[test]
fn an_object_with_a_text_and_no_more_is_no_task() {
    let known = |name: &str, start: &str| {
        let look = Look {
            name,
            start,
            whole: true,
        };
        detect(&look).map(|(format, _)| format)
    };
    for text in [
        "{\"text\": \"风\"}",
        "{\n  \"text\": \"风\"\n}\n",
        "[{\"title\": \"题\", \"text\": \"风\"}]",
    ] {
        assert_eq!(known("a.json", text), None, "{text}");
    }
    for (name, text) in [
        ("a.jsonl", "{\"text\": \"风\"}"),
        ("a.json", "{\"text\": \"风\"}\n{\"text\": \"雨\"}\n"),
        ("a.json", "[{\"text\": \"风\"}]"),
        ("a.json", "{\"text\": \"风\", \"meta\": {}}"),
    ] {
        assert_eq!(known(name, text), Some(Spacy), "{text}");
    }
}

#[test]
fn pairs_that_are_lines_are_read() {
    let text = "[\"方岚在雁溪\", {\"entities\": [[0, 2, \"PER\"]]}]\n\n\
                [\"她[说]来\", {\"entities\": [[9, 12, \"X\"]]}]\n";
    assert_eq!(detected(text, true), Some(Spacy));
    let all = articles(Spacy, text);
    assert_eq!(all.len(), 2);
    assert_eq!(mentions(&all[0]), [("PER", "方岚")]);
    assert_eq!(all[1].text.whole(), "她[说]来");
    assert_eq!(faults(Spacy, text), [(3, 25, "offset-range")]);
    settled(Spacy, text);
    // A line that is cut takes nothing from the next.
    let cut = text.replacen("]]}]", "]]", 1);
    assert_eq!(articles(Spacy, &cut).len(), 2);
    for other in ["[\"a\", \"b\"]", "[\"a\", {\"b\": 1}]"] {
        assert_ne!(detected(other, true), Some(Spacy), "{other}");
    }
}

#[test]
fn lists_of_pairs_are_read() {
    let text = "[\n  [\"方岚在雁溪\", {\"entities\": [[0, 2, \"PER\"], [3, 5, \"LOC\"]]}],\n  \
                [\"她[说]来\", {\"entities\": [[9, 12, \"X\"]], \"cats\": {\"A\": 1}}]\n]\n";
    assert_eq!(detected(text, true), Some(Spacy));
    let all = articles(Spacy, text);
    assert_eq!(all.len(), 2);
    assert_eq!(mentions(&all[0]), [("PER", "方岚"), ("LOC", "雁溪")]);
    assert_eq!(all[1].text.whole(), "她[说]来");
    assert_eq!(unplaced(&all[1]), [("X", "9 12")]);
    assert_eq!(notes(&all[1]), [("cats", "A 1")]);
    assert_eq!(faults(Spacy, text), [(3, 27, "offset-range")]);
    settled(Spacy, text);
    let cut = text.trim_end().trim_end_matches(']');
    assert!(codes(Spacy, cut).contains("syntax"));
    assert_ne!(detected("[[\"a\", 1]]", true), Some(Spacy));
}
