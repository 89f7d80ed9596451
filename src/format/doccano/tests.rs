//! The dialects of doccano, what is wrong in its files, and writing them.

#![allow(clippy::unwrap_used)]

use super::super::json::testing::*;
use crate::format::Format::Doccano;
use crate::format::{Counting, ReadOptions, Unit};

const SPANS: &str = include_str!("../../../tests/formats/doccano/spans.jsonl");
const RELATIONS: &str = include_str!("../../../tests/formats/doccano/relations.jsonl");
const DIALECTS: &str = include_str!("../../../tests/formats/doccano/dialects.jsonl");
const CLUSTERS: &str = include_str!("../../../tests/formats/doccano/clusters.jsonl");
const BROKEN: &str = include_str!("../../../tests/formats/doccano/broken.jsonl");

#[test]
fn spans_stand_where_code_points_lead() {
    let all = articles(Doccano, SPANS);
    assert_eq!(
        mentions(&all[0]),
        [("PER", "方岚"), ("LOC", "雁溪"), ("LOC", "青石港")]
    );
    assert_eq!(
        mentions(&all[1]),
        [
            ("ORG", "雁溪大学"),
            ("LOC", "雁溪"),
            ("LOC", "雁溪"),
            ("EMO", "😀")
        ]
    );
    assert_eq!(all[1].text.blocks().len(), 2, "its lines are blocks");
    assert_eq!(all[1].meta.date, "2031-02-03");
    assert_eq!((&*all[1].meta.name, &*all[3].meta.name), ("2", "f#4"));
    assert_eq!(
        mentions(&all[3]),
        [("PER", "方岚")],
        "CR LF count as two, as in Python"
    );
    assert_eq!(unplaced(&all[3]), [("LOC", "90 95")]);
    let notes = all.iter().flat_map(|a| a.annotations.notes());
    let notes: Vec<_> = notes.map(|n| (&*n.label, &*n.text)).collect();
    assert_eq!(
        notes,
        [
            ("", "看一下"),
            ("", "第二条"),
            ("label", "positive"),
            ("label", "short"),
            ("cats", "ticket")
        ]
    );
}

#[test]
fn relations_name_mentions_by_their_ids() {
    let all = articles(Doccano, RELATIONS);
    assert_eq!(
        relations(&all[0]),
        ["works_at 方岚 雁溪大学", "in 雁溪大学 雁溪"]
    );
    let ids = all[0].annotations.mentions().iter().map(|m| &*m.source_id);
    assert_eq!(ids.collect::<Vec<_>>(), ["10", "12", "11"]);
}

#[test]
fn every_dialect_is_read() {
    let all = articles(Doccano, DIALECTS);
    for article in &all[..3] {
        assert_eq!(mentions(article)[0].1, "方岚");
    }
    assert_eq!((&*all[0].meta.name, &*all[1].meta.title), ("a7", "来人"));
    assert_eq!(
        mentions(&all[2])[0].0,
        "4",
        "the oldest number their labels"
    );
    let notes = all[3].annotations.notes().iter();
    let notes: Vec<_> = notes.map(|n| (&*n.label, &*n.text)).collect();
    assert_eq!(notes, [("label", "positive"), ("", "一句")]);
    // A relation may come first, and name what has no place.
    assert_eq!(relations(&all[4]), ["r 方岚 9 12"]);
}

#[test]
fn every_fault_has_its_place_and_the_rest_is_read() {
    assert_eq!(
        faults(Doccano, BROKEN),
        [
            // What is wrong between records comes with the first.
            (5, 1, "syntax"),
            (1, 37, "offset-range"),
            (1, 52, "offset-unusable"),
            (1, 68, "offset-unusable"),
            (1, 84, "wrong-type"),
            (1, 100, "missing-value"),
            (1, 108, "wrong-type"),
            (2, 50, "syntax"),
            (3, 1, "missing-value"),
            (3, 21, "offset-range"),
            (4, 21, "lone-surrogate"),
            (4, 31, "duplicate-key"),
            (4, 41, "lone-surrogate"),
            (6, 110, "duplicate-id"),
            (6, 203, "dangling"),
            (6, 220, "missing-value"),
        ]
    );
    let parted = faults(Doccano, CLUSTERS);
    assert_eq!(
        parted,
        [(1, 28, "offset-cluster"), (2, 31, "offset-cluster")]
    );
    assert_eq!(
        mentions(&articles(Doccano, CLUSTERS)[0])[0],
        ("W", "\u{301}")
    );
    let mut met = codes(Doccano, BROKEN);
    met.extend(codes(Doccano, CLUSTERS));
    met.extend(["undecodable", "encoding"]);
    let told = Doccano.codes().iter().map(|code| code.name);
    assert_eq!(met, told.collect());
    let all = articles(Doccano, BROKEN);
    assert_eq!(all.len(), 6);
    assert_eq!(
        mentions(&all[1]),
        [("PER", "方岚")],
        "the record that is cut off"
    );
    assert_eq!(
        unplaced(&all[2]),
        [("PER", "0 2")],
        "the record without text"
    );
    assert_eq!(
        mentions(&all[3]),
        [("PER", "岚")],
        "half a pair is one code point"
    );
    assert_eq!(mentions(&all[4]).len(), 2);
    assert_eq!(mentions(&all[5]), [("ORD", "最后")]);
    assert_eq!(
        unplaced(&all[0]),
        [
            ("PER", "0 9"),
            ("PER", "3 1"),
            ("PER", "-1 2"),
            ("PER", "\"0\" 2"),
        ],
        "nothing is dropped"
    );
}

#[test]
fn undecodable_bytes_are_told() {
    let mut bytes = "{\"text\": \"方".as_bytes().to_vec();
    bytes.extend(b"\xFF\", \"label\": [[1, 2, \"X\"]]}");
    let files = crate::format::Files {
        main: crate::format::File {
            name: "x/f.jsonl".to_owned(),
            decoded: crate::format::decode(&bytes),
            joined: Vec::new(),
        },
        annotations: None,
    };
    let article = crate::format::read(Doccano, files).unwrap();
    let fault = &article.diagnostics[0];
    assert_eq!(
        (fault.line, fault.column, fault.code),
        (1, 12, "undecodable")
    );
    assert_eq!(mentions(&article), [("X", "\u{FFFD}")]);
}

#[test]
fn offsets_count_as_they_are_said_to() {
    let offsets = Some(Counting::CODE_POINTS.with(Unit::Utf16).including_ends());
    let options = ReadOptions {
        offsets,
        ..ReadOptions::default()
    };
    let text = "{\"text\": \"😀方岚\", \"label\": [[2, 3, \"PER\"]]}";
    let all = with(Doccano, text, options);
    assert_eq!(mentions(&all[0]), [("PER", "方岚")]);
}

#[test]
fn the_usual_spelling_is_written_back_byte_for_byte() {
    assert_eq!(settled(Doccano, SPANS), SPANS);
    assert_eq!(settled(Doccano, RELATIONS), RELATIONS);
    settled(Doccano, DIALECTS);
    settled(Doccano, BROKEN);
}

#[test]
fn a_byte_order_mark_in_the_text_is_counted_and_goes() {
    let text = "{\"text\": \"\u{FEFF}方岚来了\", \"label\": [[1, 3, \"PER\"]]}";
    assert_eq!(mentions(&articles(Doccano, text)[0]), [("PER", "方岚")]);
    assert_eq!(
        settled(Doccano, text),
        "{\"text\": \"方岚来了\", \"label\": [[0, 2, \"PER\"]]}\n"
    );
}

#[test]
fn it_is_known_by_its_records() {
    for text in [SPANS, RELATIONS, DIALECTS] {
        assert_eq!(detected(text, true), Some(Doccano));
        assert_eq!(detected(&text[..text.len() / 2], false), Some(Doccano));
    }
    let classes = "{\"text\": \"甲\", \"label\": \"好\"}\n";
    assert_eq!(detected(classes, true), Some(Doccano));
    // A text alone says nothing.
    let cut = "{\"id\": 1, \"text\": \"方岚昨天";
    assert_eq!(detected(cut, false), None);
    assert_eq!(detected(cut, true), Some(crate::format::Format::Cluener));
    for other in [
        "{\"name\": \"kanbao\", \"label\": [1, 2]}",
        "{\"text\": \"甲\"}",
        "{\n  \"text\": \"甲\",\n  \"label\": \"乙\",\n  \"icon\": \"a\"\n}",
        "[1, 2]",
        "方岚说：{\"text\": \"甲\", \"label\": []}",
    ] {
        assert_ne!(detected(other, true), Some(Doccano), "{other}");
    }
}

#[test]
fn relations_of_nothing_that_is_written_leave_no_trace() {
    let text = "{\"text\": \"甲\", \"entities\": [{\"id\": 1, \"label\": \"X\"}], \"relations\": [{\"from_id\": 1, \"to_id\": 1}]}\n";
    assert_eq!(
        normal(Doccano, Doccano, text),
        "{\"text\": \"甲\", \"label\": []}\n"
    );
}

#[test]
fn relations_between_nothing_that_is_written_are_lost_and_leave_no_trace() {
    let record = "{\"text\": \"\", \"entities\": [{\"id\": \"x\", \"label\": \"X\"}], \"relations\": [{\"from_id\": \"x\", \
                  \"to_id\": \"x\", \"type\": \"r\"}]}\n";
    let once = normal(Doccano, Doccano, record);
    assert_eq!(once, "{\"text\": \"\", \"label\": []}\n");
    assert_eq!(normal(Doccano, Doccano, &once), once);
}

#[test]
fn an_id_that_two_relations_have_is_told() {
    let relation =
        |id: u32| format!("{{\"id\": {id}, \"from_id\": 1, \"to_id\": 2, \"type\": \"near\"}}");
    let text = |ids: [u32; 2]| {
        format!(
            "{{\"text\": \"甲乙\", \"entities\": [{{\"id\": 1, \"start_offset\": 0, \"end_offset\": 1, \"label\": \"A\"}}, \
             {{\"id\": 2, \"start_offset\": 1, \"end_offset\": 2, \"label\": \"B\"}}], \"relations\": [{}, {}]}}",
            relation(ids[0]),
            relation(ids[1])
        )
    };
    assert!(codes(Doccano, &text([7, 8])).is_empty());
    assert_eq!(codes(Doccano, &text([7, 7])), ["duplicate-id"].into());
    assert_eq!(relations(&articles(Doccano, &text([7, 7]))[0]).len(), 2);
}
