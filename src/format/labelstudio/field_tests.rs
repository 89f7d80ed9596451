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
        r#"[{"data": {"no": "a1", "review": "It came late. The box was torn, see https://a.example/1 for more."}}]"#,
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
        r#"[{"id": 1, "data": {"msg": "User logged in successfully", "ip": "1.2.3.4"}}, {"id": 2, "data": {"msg": "User logged out", "ip": "1.2.3.4"}}]"#,
        r#"[{"data": {"created": "2023-01-01 00:00:00", "num": "4"}}]"#,
        r#"[{"data": {"name": "some long name of product", "price": 3}}]"#,
        r#"[{"data": {"name": "风城牌全自动家用洗衣机白色", "price": 3}}]"#,
        r#"[{"data": {"content": "2023-01-01"}}]"#,
        r#"[{"data": {"audio": "s3://bucket/audio file long.wav"}}]"#,
        r#"[{"data": "甲"}]"#,
    ] {
        assert_ne!(detected(text, true), Some(LabelStudio), "{text}");
    }
    let news = r#"[{"data": {"title": "王伟访京", "url": "https://a.example/1", "body": "记者王伟在北京说。"}}]"#;
    assert_eq!(detected(news, true), Some(LabelStudio));
    let all = articles(LabelStudio, news);
    assert_eq!(all[0].text.whole(), "王伟访京\n记者王伟在北京说。");
    settled(LabelStudio, news);
    // What makes it a task is what is shown.
    let review = r#"[{"data": {"no": "a1", "page": "x/a b.png", "review": "王伟在北京说，李娜也在那里，见 https://a.example/1。"}}]"#;
    assert_eq!(detected(review, true), Some(LabelStudio));
    assert_eq!(
        articles(LabelStudio, review)[0].text.whole(),
        "王伟在北京说，李娜也在那里，见 https://a.example/1。"
    );
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

/// Two objects of the interface that are called otherwise than the data.
const OBJECTS: &str = r#"[{"data": {"headline": "大会在北京", "lead": "李明", "content": "李明去了上海。"}, "annotations": [{"result": [
    {"id": "a", "type": "labels", "from_name": "l", "to_name": "t1", "value": {"start": 3, "end": 5, "text": "北京", "labels": ["LOC"]}},
    {"id": "b", "type": "labels", "from_name": "m", "to_name": "t2", "value": {"start": 0, "end": 2, "text": "李明", "labels": ["PER"]}},
    {"id": "c", "type": "labels", "from_name": "m", "to_name": "t2", "value": {"start": 4, "end": 6, "text": "上海", "labels": ["LOC"]}}]}]},
{"data": {"headline": "又一篇", "lead": "", "content": "没有标注。"}, "annotations": []}]"#;

#[test]
fn quotations_tell_which_text_the_name_of_an_object_means() {
    let all = articles(LabelStudio, OBJECTS);
    assert_eq!(all[0].text.whole(), "大会在北京\n李明去了上海。");
    assert_eq!(
        mentions(&all[0]),
        [("LOC", "北京"), ("PER", "李明"), ("LOC", "上海")]
    );
    assert_eq!(all[1].text.whole(), "又一篇\n没有标注。");
    assert_eq!(faults(LabelStudio, OBJECTS), []);
    settled(LabelStudio, OBJECTS);
    // One name, of a text that is not the first.
    let one = OBJECTS.replace("\"to_name\": \"t1\"", "\"to_name\": \"headline\"");
    assert_eq!(mentions(&articles(LabelStudio, &one)[0]).len(), 3);
    let first = one.find("{\"id\": \"a\"").unwrap();
    let second = one.find("{\"id\": \"b\"").unwrap();
    let one = [&one[..first], &one[second..]].concat();
    let all = articles(LabelStudio, &one);
    assert_eq!(all[0].text.whole(), "李明去了上海。");
    assert_eq!(mentions(&all[0]), [("PER", "李明"), ("LOC", "上海")]);
    // Where two fit alike, it is the one that nothing else means.
    let alike = OBJECTS.replace(
        "\"start\": 4, \"end\": 6, \"text\": \"上海\"",
        "\"start\": 4, \"end\": 6",
    );
    let alike = alike.replace("\"lead\": \"李明\"", "\"lead\": \"王伟\"");
    let alike = alike.replace("大会在北京", "李明在北京");
    let all = articles(LabelStudio, &alike);
    assert_eq!(all[0].text.whole(), "李明在北京\n李明去了上海。");
    assert_eq!(mentions(&all[0])[1], ("PER", "李明"));
}

#[test]
fn what_no_quotation_tells_of_is_not_put_into_another_text() {
    let mut silent = OBJECTS.to_owned();
    for quote in ["北京", "李明", "上海"] {
        silent = silent.replace(&format!(", \"text\": \"{quote}\""), "");
    }
    let all = articles(LabelStudio, &silent);
    assert_eq!(all[0].text.whole(), "大会在北京");
    assert_eq!(mentions(&all[0]), [("LOC", "北京")]);
    assert_eq!(unplaced(&all[0]), [("PER", "t2: 0 2"), ("LOC", "t2: 4 6")]);
    assert_eq!(codes(LabelStudio, &silent), ["dangling"].into());
    // Two objects may show the only text that there is.
    let single = silent.replace("\"headline\": \"大会在北京\", \"lead\": \"李明\", ", "");
    let single = single.replace("\"headline\": \"又一篇\", \"lead\": \"\", ", "");
    let all = articles(LabelStudio, &single);
    assert_eq!(
        mentions(&all[0]),
        [("PER", "李明"), ("LOC", "了上"), ("LOC", "上海")]
    );
}

#[test]
fn objects_of_html_and_paragraphs_are_told_apart_too() {
    let text = r#"[{"data": {"page": "<p>大会在<b>北京</b></p>", "talk": [{"author": "甲", "text": "李明去了上海。"}], "note": "大会在北京"}, "annotations": [{"result": [
        {"value": {"globalOffsets": {"start": 3, "end": 5}, "text": "北京", "hypertextlabels": ["LOC"]}, "id": "a", "from_name": "l", "to_name": "h", "type": "hypertextlabels"},
        {"value": {"start": "0", "end": "0", "startOffset": 0, "endOffset": 2, "text": "李明", "paragraphlabels": ["PER"]}, "id": "b", "from_name": "m", "to_name": "p", "type": "paragraphlabels"},
        {"value": {"start": 0, "end": 2, "text": "大会", "labels": ["X"]}, "id": "c", "from_name": "n", "to_name": "note", "type": "labels"}]}]}]"#;
    let all = articles(LabelStudio, text);
    assert_eq!(
        all[0].text.whole(),
        "大会在北京\n甲: 李明去了上海。\n大会在北京"
    );
    assert_eq!(
        mentions(&all[0]),
        [("LOC", "北京"), ("PER", "李明"), ("X", "大会")]
    );
    assert_eq!(faults(LabelStudio, text), []);
}

#[test]
fn short_texts_have_their_places_too() {
    let region = |name: &str, value: &str| {
        format!(
            r#"{{"id": "{name}", "from_name": "l", "to_name": "{name}", "value": {{{value}}}}}"#
        )
    };
    let head = region(
        "title",
        r#""start": 0, "end": 1, "text": "题", "labels": ["X"]"#,
    );
    let page = region(
        "html",
        r#""globalOffsets": {"start": 0, "end": 1}, "text": "题", "hypertextlabels": ["X"]"#,
    );
    let talk = region(
        "talk",
        r#""start": "0", "end": "0", "startOffset": 0, "endOffset": 1, "text": "题", "paragraphlabels": ["X"]"#,
    );
    let html = "<p class=\\\"a\\\">题&amp;高锐<br/>在\\u5317京</p>";
    for (data, results) in [
        (format!(r#""title": "题目", "html": "{html}""#), vec![&head, &page]),
        (r#""title": "题", "html": "<p>题</p>""#.to_owned(), vec![&head, &page]),
        (r#""html": "<p>题</p>""#.to_owned(), vec![&page]),
        (
            r#""title": "题", "talk": [{"author": "题", "text": "题"}, {"author": 1}, {"text": "题\r\n目"}, {"author": "丙", "text": ""}]"#.to_owned(),
            vec![&head, &talk],
        ),
        (
            r#""n": "题", "title": "题\n目", "text": "题""#.to_owned(),
            vec![&head],
        ),
    ] {
        let results: Vec<&str> = results.into_iter().map(String::as_str).collect();
        // What a region quotes may stand before the data.
        let file = format!(
            "[{{\"annotations\": [{{\"result\": [{}]}}],\n\"data\": {{{data}}}}}]",
            results.join(", ")
        );
        let document = open(LabelStudio, &file, ReadOptions::default());
        let article = document.read(0).unwrap();
        let text = article.text.whole();
        let inked: Vec<(usize, char)> = text
            .char_indices()
            .filter(|(_, c)| !c.is_whitespace() && *c != ':')
            .collect();
        let wanted: Vec<usize> = inked.iter().map(|(at, _)| *at).collect();
        let lines: Vec<&str> = file.split('\n').collect();
        let mut last = None;
        for ((_, c), place) in inked.iter().zip(document.places(0, text, &wanted)) {
            assert_eq!(place.line, 2, "{c} of {text}");
            let rest = &lines[1][place.column - 1..];
            let is_there = rest.starts_with(*c) || rest.starts_with('&') || rest.starts_with("\\u");
            assert!(is_there, "{c} of {text}: {rest}");
            assert!(last < Some(place), "{c} of {text}");
            last = Some(place);
        }
    }
}

#[test]
fn lists_of_regions_beside_several_texts_are_told_apart() {
    let least = r#"[{"id": 1, "title": "大会在北京", "text": "李明去了上海。", "genre": "要闻",
        "head": [{"start": 3, "end": 5, "text": "北京", "labels": ["LOC"]}],
        "names": [{"start": 0, "end": 2, "text": "李明", "labels": ["PER"]}, {"start": 4, "end": 6, "text": "上海", "labels": ["LOC"]}],
        "annotator": 5, "annotation_id": 2, "lead_time": 1.5}]"#;
    let all = articles(LabelStudio, least);
    assert_eq!(all[0].text.whole(), "大会在北京\n李明去了上海。");
    assert_eq!(
        mentions(&all[0]),
        [("LOC", "北京"), ("PER", "李明"), ("LOC", "上海")]
    );
    assert_eq!(notes(&all[0]), [("genre", "要闻")]);
    assert_eq!(faults(LabelStudio, least), []);
    settled(LabelStudio, least);
    // One list, or several on one text, is on the text.
    let one = least
        .replace("大会在北京", "题")
        .replace("\"北京\"", "\"上海\"");
    let one = one.replace("\"start\": 3, \"end\": 5", "\"start\": 4, \"end\": 6");
    let all = articles(LabelStudio, &one);
    assert_eq!(all[0].text.whole(), "李明去了上海。");
    assert_eq!(notes(&all[0]), [("genre", "要闻"), ("title", "题")]);
    assert_eq!(mentions(&all[0]).len(), 3);
}
