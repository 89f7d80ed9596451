//! Exports of Label Studio, new, old and least, what is wrong in them, and writing them.

#![allow(clippy::unwrap_used)]

use super::super::json::testing::*;
use crate::format::Format::LabelStudio;
use crate::format::{Format, ReadOptions, Unit, WriteOptions, write};

const EXPORT: &str = include_str!("../../../tests/formats/labelstudio/export.json");
const COMPLETIONS: &str = include_str!("../../../tests/formats/labelstudio/completions.json");
const LEAST: &str = include_str!("../../../tests/formats/labelstudio/min.json");
const BROKEN: &str = include_str!("../../../tests/formats/labelstudio/broken.json");

#[test]
fn each_set_of_results_is_a_layer() {
    let all = articles(LabelStudio, EXPORT);
    let made = &all[0].annotations;
    let layers: Vec<&str> = made.layers().iter().map(|l| &*l.name).collect();
    assert_eq!(layers, ["3", "lan@example.org", "prediction m 2"]);
    let told = made.mentions().iter().zip(mentions(&all[0]));
    let told: Vec<_> = told.map(|(m, (l, w))| (m.layer.0, l, w)).collect();
    assert_eq!(
        told,
        [
            (0, "PER", "方岚"),
            (2, "LOC", "方岚"),
            (0, "ORG", "雁溪大学"),
            (0, "LOC", "雁溪"),
            (1, "LOC", "雁溪"),
        ],
        "offsets are UTF-16 units"
    );
    assert_eq!(unplaced(&all[0]), [("LOC", "90 92")]);
    assert_eq!(
        relations(&all[0]),
        [
            "works_at 方岚 雁溪大学",
            "holds 雁溪大学 雁溪",
            " 方岚 雁溪"
        ]
    );
    let roles = made.relations().iter().map(|r| &*r.arguments[0].role);
    assert_eq!(roles.collect::<Vec<_>>(), ["from", "to", "either"]);
    let attribute = &made.attributes()[0];
    assert_eq!(
        (&*attribute.name, attribute.value.as_deref()),
        ("certainty", Some("sure"))
    );
    assert_eq!(
        notes(&all[0]),
        [
            ("genre", "news"),
            ("meta", "校长？"),
            ("rating:stars", "4"),
            ("remark", "本地人"),
            ("textarea:comment", "写得好"),
        ]
    );
    assert_eq!(
        (&*all[0].meta.name, &*all[0].meta.date),
        ("7", "2031-02-03")
    );
    assert_eq!(mentions(&all[2]), [("ABC", "乙\n丙")], "CR LF are two");
    assert_eq!(faults(LabelStudio, EXPORT).len(), 1);
}

#[test]
fn old_exports_and_least_ones_are_read() {
    let all = articles(LabelStudio, COMPLETIONS);
    assert_eq!(
        mentions(&all[0]),
        [("PER", "方岚"), ("VIP", "方岚"), ("ACT", "来")],
        "a mention for each label; the text is what the results say"
    );
    let all = articles(LabelStudio, LEAST);
    assert_eq!(mentions(&all[0]), [("PER", "方岚")]);
    assert_eq!(all[0].annotations.layers()[0].name, "5");
    assert!(faults(LabelStudio, COMPLETIONS).is_empty() && faults(LabelStudio, LEAST).is_empty());
}

#[test]
fn offsets_of_html_count_what_is_shown() {
    let text = r#"[{"data": {"html": "<div>\n<h1>雁溪</h1><p>方岚 &amp; <b>丁一</b>到了<br/>风城</p></div>"}, "annotations": [{"result": [
        {"value": {"start": "/div[1]/h1[1]/text()[1]", "end": "/div[1]/h1[1]/text()[1]", "startOffset": 0, "endOffset": 2,
            "globalOffsets": {"start": 1, "end": 3}, "text": "雁溪", "hypertextlabels": ["LOC"]},
         "id": "a", "from_name": "ner", "to_name": "html", "type": "hypertextlabels"},
        {"value": {"globalOffsets": {"start": 8, "end": 10}, "text": "丁一", "hypertextlabels": ["PER"]},
         "id": "b", "from_name": "ner", "to_name": "html", "type": "hypertextlabels"},
        {"value": {"globalOffsets": {"start": 13, "end": 15}, "text": "风城", "hypertextlabels": ["LOC"]},
         "id": "c", "from_name": "ner", "to_name": "html", "type": "hypertextlabels"}]}]}]"#;
    let all = articles(LabelStudio, text);
    assert_eq!(all[0].text.whole(), "\n雁溪\n方岚 & 丁一到了\n风城");
    assert_eq!(
        mentions(&all[0]),
        [("LOC", "雁溪"), ("PER", "丁一"), ("LOC", "风城")]
    );
    assert_eq!(faults(LabelStudio, text), []);
    settled(LabelStudio, text);
}

#[test]
fn offsets_of_paragraphs_stand_beside_their_number() {
    let text = r#"[{"data": {"dialogue": [{"author": "甲", "text": "方岚来了"}, {"text": "去雁溪"}]}, "annotations": [{"result": [
        {"value": {"start": "0", "end": "0", "startOffset": 0, "endOffset": 2, "text": "方岚", "paragraphlabels": ["PER"]},
         "id": "a", "from_name": "ner", "to_name": "dialogue", "type": "paragraphlabels"},
        {"value": {"start": "1", "end": "1", "startOffset": 1, "endOffset": 3, "text": "雁溪", "paragraphlabels": ["LOC"]},
         "id": "b", "from_name": "ner", "to_name": "dialogue", "type": "paragraphlabels"},
        {"value": {"start": "7", "end": "7", "startOffset": 1, "endOffset": 3, "text": "雁溪", "paragraphlabels": ["LOC"]},
         "id": "c", "from_name": "ner", "to_name": "dialogue", "type": "paragraphlabels"}]}]}]"#;
    let all = articles(LabelStudio, text);
    assert_eq!(all[0].text.whole(), "甲: 方岚来了\n去雁溪");
    assert_eq!(mentions(&all[0]), [("PER", "方岚"), ("LOC", "雁溪")]);
    assert_eq!(unplaced(&all[0]), [("LOC", "\"7\" \"7\"")]);
    assert_eq!(codes(LabelStudio, text), ["offset-range"].into());
    settled(LabelStudio, text);
}

#[test]
fn paragraphs_are_found_under_any_key() {
    let label = r#""paragraphlabels": ["LOC"]}, "id": "b", "from_name": "ner", "to_name": "prg", "type": "paragraphlabels"}]}]}]"#;
    let region =
        r#""value": {"start": "1", "end": "1", "startOffset": 1, "endOffset": 3, "text": "雁溪", "#;
    for (data, text) in [
        (
            r#"{"dialogue": [{"author": "甲", "text": "方岚来了"}, {"author": "乙", "text": "去雁溪"}]}"#,
            "甲: 方岚来了\n乙: 去雁溪",
        ),
        (
            r#"{"title": "题", "text": "文", "talk": [{"speaker": "甲", "said": "方岚来了"}, {"speaker": "乙", "said": "去雁溪"}]}"#,
            "甲: 方岚来了\n乙: 去雁溪",
        ),
        (
            r#"{"talk": [{"no": "1", "said": "方岚来了"}, {"no": "2", "said": "去雁溪"}]}"#,
            "方岚来了\n去雁溪",
        ),
    ] {
        let task =
            format!("[{{\"data\": {data}, \"annotations\": [{{\"result\": [{{{region}{label}");
        let all = articles(LabelStudio, &task);
        assert_eq!(all[0].text.whole(), text);
        assert_eq!(mentions(&all[0]), [("LOC", "雁溪")]);
        assert_eq!(faults(LabelStudio, &task), []);
        settled(LabelStudio, &task);
    }
    // Nobody has annotated it yet.
    let bare = r#"[{"data": {"dialogue": [{"text": "方岚来了"}]}, "annotations": []}]"#;
    assert_eq!(articles(LabelStudio, bare)[0].text.whole(), "方岚来了");
}

#[test]
fn offsets_that_count_code_points_are_found_by_the_words() {
    let text = EXPORT.replace("\"start\": 5, \"end\": 9", "\"start\": 4, \"end\": 8");
    let text = text.replace("\"start\": 5, \"end\": 7", "\"start\": 4, \"end\": 6");
    let text = text.replace("\"start\": 15, \"end\": 17", "\"start\": 14, \"end\": 16");
    let document = open(LabelStudio, &text, ReadOptions::default());
    assert_eq!(document.settled().unwrap().counting.unit, Unit::CodePoints);
    let all = articles(LabelStudio, &text);
    assert_eq!(mentions(&all[0])[2], ("ORG", "雁溪大学"));
    assert!(codes(LabelStudio, &text).contains("offset-unit"));
}

#[test]
fn every_fault_has_its_place_and_the_rest_is_read() {
    assert_eq!(
        faults(LabelStudio, BROKEN),
        [
            // What is wrong between records comes with the first: a comma that is missing, a list that is not closed.
            (6, 1, "syntax"),
            (7, 1, "syntax"),
            (2, 58, "offset-range"),
            (2, 139, "offset-unusable"),
            (2, 220, "missing-value"),
            (2, 269, "wrong-type"),
            (2, 300, "duplicate-id"),
            (2, 300, "quote-differs"),
            (3, 68, "dangling"),
            (3, 82, "dangling"),
            (3, 108, "missing-value"),
            (3, 139, "dangling"),
            (3, 222, "wrong-type"),
            (3, 227, "wrong-type"),
            (4, 1, "missing-value"),
            (4, 38, "duplicate-key"),
            (5, 20, "lone-surrogate"),
        ]
    );
    let all = articles(LabelStudio, BROKEN);
    assert_eq!(all.len(), 5);
    assert_eq!(mentions(&all[4]), [("ORD", "最后")]);
    assert_eq!(
        unplaced(&all[0]),
        [("X", "0 9"), ("X", "3 1"), ("", "\"0\" 1")],
        "nothing is dropped"
    );
    let anchored = with(
        LabelStudio,
        BROKEN,
        ReadOptions {
            anchor: true,
            ..ReadOptions::default()
        },
    );
    assert_eq!(mentions(&anchored[0]), [("X", "雁溪")]);
    let mut met = codes(LabelStudio, BROKEN);
    met.extend([
        "offset-cluster",
        "undecodable",
        "encoding",
        "offset-unit",
        "re-anchored",
    ]);
    let told = LabelStudio.codes().iter().map(|code| code.name);
    assert_eq!(met, told.collect());
}

#[test]
fn the_normal_form_is_written_back_byte_for_byte() {
    assert_eq!(settled(LabelStudio, EXPORT), EXPORT);
    settled(LabelStudio, COMPLETIONS);
    settled(LabelStudio, LEAST);
    settled(LabelStudio, BROKEN);
}

#[test]
fn a_relation_is_in_the_set_of_its_regions() {
    let webanno = "#FORMAT=WebAnno TSV 3.2\n#T_SP=x.Name|value\n#T_RL=x.Rel|type|BT_x.Name\n\n\n#Text=甲乙\n\
        1-1\t0-1\t甲\tPER\t_\t_\t\n1-2\t1-2\t乙\tPER\tknows\t1-1\t\n";
    let article = &articles(Format::WebAnno, webanno)[0];
    assert_eq!(relations(article).len(), 1);
    let (written, losses) = write(LabelStudio, article, &WriteOptions::default());
    assert!(
        losses.is_empty(),
        "a sort of relations is no layer of someone"
    );
    let text = format!("[{}]", written.main);
    assert_eq!(faults(LabelStudio, &text), []);
    assert_eq!(
        relations(&articles(LabelStudio, &text)[0]),
        relations(article)
    );
}

#[test]
fn it_is_known_by_its_tasks() {
    for text in [EXPORT, COMPLETIONS, LEAST] {
        assert_eq!(detected(text, true), Some(LabelStudio));
    }
    let cut = EXPORT.floor_char_boundary(700);
    assert_eq!(detected(&EXPORT[..cut], false), Some(LabelStudio));
    assert_ne!(detected("[{\"text\": \"甲\"}]", true), Some(LabelStudio));
}
