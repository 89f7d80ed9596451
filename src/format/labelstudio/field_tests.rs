//! Tasks of several texts, tasks without results, regions without labels, and what stands beside a text.

#![allow(clippy::unwrap_used)]

use super::super::json::testing::*;
use crate::article::Role;
use crate::format::Format::LabelStudio;
use crate::format::ReadOptions;

const LEAST: &str = include_str!("../../../tests/formats/labelstudio/min.json");

#[test]
fn tasks_without_results_are_known_and_other_json_is_not() {
    for text in [
        r#"[{"data": {"text": "王伟在北京"}}, {"data": {"text": "abc"}}]"#,
        r#"[{"id": 1, "data": {"headline": "王伟访京", "image": "https://a.example/1.png"}}]"#,
        r#"[{"data": {"report": "王伟在北京说，李娜也在，两人都在北京。"}, "meta": {"n": 1}}]"#,
        r#"{"data": {"text": "王伟在北京"}}"#,
        "{\"data\": {\"body\": \"甲\"}}\n{\"data\": {\"body\": \"乙\"}}\n",
        r#"[{"id": 1, "text": "王伟在北京", "sentiment": "好", "annotator": 1, "annotation_id": 4, "lead_time": 2.5}]"#,
    ] {
        assert_eq!(detected(text, true), Some(LabelStudio), "{text}");
        settled(LabelStudio, text);
    }
    for text in [
        // A reply of a server.
        r#"{"data": {"content": "王伟在北京"}}"#,
        r#"{"code": 0, "data": {"text": "王伟在北京"}}"#,
        r#"[{"data": {"text": "甲"}, "position": {"x": 1}}]"#,
        // Nodes and edges of a graph.
        r#"[{"data": {"id": "a", "name": "北京"}}, {"data": {"id": "b", "source": "a", "target": "c"}}]"#,
        r#"[{"data": {"image": "https://a.example/1.png"}}]"#,
        r#"[{"data": {"content": "images/1.PNG"}}]"#,
        r#"[{"data": {"text": 1}}]"#,
        r#"[{"data": "甲"}]"#,
    ] {
        assert_ne!(detected(text, true), Some(LabelStudio), "{text}");
    }
    let news = r#"[{"data": {"title": "王伟访京", "url": "https://a.example/1", "body": "记者王伟在北京说。"}}]"#;
    assert_eq!(detected(news, true), Some(LabelStudio));
    let all = articles(LabelStudio, news);
    assert_eq!(all[0].text.whole(), "王伟访京\n记者王伟在北京说。");
    settled(LabelStudio, news);
    // What stands behind a long text may say more.
    let long = format!("[{{\"data\": {{\"text\": \"{}", "雨".repeat(9));
    assert_eq!(detected(&long, false), None);
}

const NEWS: &str = r#"[{"id": 1, "data": {"headline": "王伟访京", "no": "http://a.example/1", "body": "记者王伟😀在北京说。\r\n李娜也在。"}, "annotations": [{"completed_by": 1, "result": [
    {"id": "h", "type": "labels", "from_name": "lh", "to_name": "headline", "value": {"start": 0, "end": 2, "text": "王伟", "labels": ["PER"]}},
    {"id": "a", "type": "labels", "from_name": "lb", "to_name": "body", "value": {"start": 2, "end": 4, "text": "王伟", "labels": ["PER"]}},
    {"id": "b", "type": "labels", "from_name": "lb", "to_name": "body", "value": {"start": 7, "end": 9, "text": "北京", "labels": ["LOC"]}},
    {"id": "c", "type": "labels", "from_name": "lb", "to_name": "body", "value": {"start": 13, "end": 15, "text": "李娜", "labels": ["PER"]}},
    {"from_id": "h", "to_id": "a", "type": "relation", "direction": "right", "labels": ["same"]}]}]},
{"id": 2, "data": {"headline": "李娜", "no": "", "body": "没有标注。"}, "annotations": []},
{"id": 3, "data": {"body": "王伟来了。", "headline": "又一篇"}, "annotations": [{"result": [
    {"id": "a", "type": "labels", "from_name": "lb", "to_name": "body", "value": {"start": 0, "end": 2, "text": "王伟", "labels": ["PER"]}}]}]}
]"#;

#[test]
fn all_texts_that_are_annotated_anywhere_stand_below_each_other() {
    let all = articles(LabelStudio, NEWS);
    let texts: Vec<&str> = all.iter().map(|a| a.text.whole()).collect();
    assert_eq!(
        texts,
        [
            "王伟访京\n记者王伟😀在北京说。\n李娜也在。",
            "李娜\n没有标注。",
            "王伟来了。\n又一篇"
        ]
    );
    assert_eq!(
        mentions(&all[0]),
        [
            ("PER", "王伟"),
            ("PER", "王伟"),
            ("LOC", "北京"),
            ("PER", "李娜")
        ]
    );
    assert_eq!(relations(&all[0]), ["same 王伟 王伟"]);
    assert_eq!(mentions(&all[2]), [("PER", "王伟")]);
    assert_eq!(all[0].text.blocks()[0].role, Role::Headline);
    assert_eq!(all[0].meta.title, "王伟访京");
    assert_eq!(faults(LabelStudio, NEWS), []);
    settled(LabelStudio, NEWS);
    // One text that is annotated is the text, also where nothing is.
    let one = NEWS.replace("\"to_name\": \"headline\"", "\"to_name\": \"body\"");
    let all = articles(LabelStudio, &one);
    assert_eq!(all[1].text.whole(), "没有标注。");
    assert_eq!(all[2].text.whole(), "王伟来了。");
}

#[test]
fn offsets_of_each_text_count_as_those_of_the_file_do() {
    // As a program counts that knows code points.
    let points = NEWS
        .replace("\"start\": 7, \"end\": 9", "\"start\": 6, \"end\": 8")
        .replace("\"start\": 13, \"end\": 15", "\"start\": 12, \"end\": 14");
    let all = articles(LabelStudio, &points);
    assert_eq!(mentions(&all[0])[3], ("PER", "李娜"));
    assert_eq!(codes(LabelStudio, &points), ["offset-unit"].into());
    // What lies behind one text is not in the next.
    let behind = NEWS.replace(
        "\"start\": 0, \"end\": 2, \"text\": \"王伟\"",
        "\"start\": 3, \"end\": 6",
    );
    let all = articles(LabelStudio, &behind);
    assert_eq!(unplaced(&all[0]), [("PER", "headline: 3 6")]);
    assert!(codes(LabelStudio, &behind).contains("offset-range"));
    // A text that the task has not.
    let other = NEWS.replacen("\"to_name\": \"body\"", "\"to_name\": \"deck\"", 1);
    let all = articles(LabelStudio, &other);
    assert_eq!(unplaced(&all[0]), [("PER", "deck: 2 4")]);
    assert_eq!(codes(LabelStudio, &other), ["dangling"].into());
}

#[test]
fn every_character_of_several_texts_has_its_place_in_the_file() {
    // Strings that read as the beginning of a part are not those that are shown.
    let file = NEWS.replace(
        "\"no\": \"http://a.example/1\"",
        "\"no\": \"记者王伟😀在北京说。\"",
    );
    let document = open(LabelStudio, &file, ReadOptions::default());
    let lines: Vec<&str> = file.split('\n').collect();
    for index in 0..document.len() {
        let article = document.read(index).unwrap();
        let text = article.text.whole();
        let inked = text.char_indices().filter(|(_, c)| !c.is_whitespace());
        let inked: Vec<(usize, char)> = inked.collect();
        let wanted: Vec<usize> = inked.iter().map(|(at, _)| *at).collect();
        let places = document.places(index, text, &wanted);
        let mut last = None;
        for ((_, c), place) in inked.iter().zip(places) {
            let rest = &lines[place.line - 1][place.column - 1..];
            assert!(rest.starts_with(*c), "{c}: {rest}");
            assert!(last < Some(place));
            last = Some(place);
        }
    }
}

#[test]
fn a_region_whose_label_was_not_chosen_is_a_region() {
    let with = |labels: &str| {
        format!(
            r#"[{{"data": {{"text": "王伟在北京"}}, "annotations": [{{"result": [
            {{"id": "a", "type": "labels", "from_name": "l", "to_name": "text", "value": {{"start": 0, "end": 2, "text": "王伟", "labels": ["PER"]}}}},
            {{"id": "b", "type": "labels", "from_name": "l", "to_name": "text", "value": {{"start": 3, "end": 5, "text": "北京"{labels}}}}},
            {{"from_id": "a", "to_id": "b", "type": "relation", "direction": "right", "labels": ["in"]}}]}}]}}]"#
        )
    };
    let (without, empty) = (with(""), with(", \"labels\": []"));
    for text in [&without, &empty] {
        let all = articles(LabelStudio, text);
        assert_eq!(mentions(&all[0]), [("PER", "王伟"), ("", "北京")]);
        assert_eq!(relations(&all[0]), ["in 王伟 北京"]);
        assert!(notes(&all[0]).is_empty());
        assert_eq!(faults(LabelStudio, text), [(3, 13, "missing-value")]);
    }
    assert_eq!(settled(LabelStudio, &without), settled(LabelStudio, &empty));
    let least = LEAST.replace(", \"labels\": [\"PER\"]", "");
    assert_eq!(mentions(&articles(LabelStudio, &least)[0]), [("", "方岚")]);
}

#[test]
fn what_stands_beside_the_text_of_a_least_export_is_kept() {
    let text = LEAST.replace(
        "\"annotator\": 5, \"annotation_id\"",
        r#""sentiment": "要闻", "topics": {"choices": ["政治", "经济"]}, "stars": 4, "remarks": ["一", "二"], "page": {"n": [1]},
           "empty": "", "none": null, "annotator": 5, "annotation_id""#,
    );
    let all = articles(LabelStudio, &text);
    assert_eq!(
        notes(&all[0]),
        [
            ("page", "{\"n\": [1]}"),
            ("remarks", "一"),
            ("remarks", "二"),
            ("sentiment", "要闻"),
            ("stars", "4"),
            ("topics", "政治"),
            ("topics", "经济"),
        ]
    );
    assert_eq!(mentions(&all[0]), [("PER", "方岚")]);
    assert!(faults(LabelStudio, &text).is_empty());
    settled(LabelStudio, &text);
}
