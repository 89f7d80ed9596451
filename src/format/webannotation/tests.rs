//! Annotations of a text beside them and of none, read, written, and broken.

mod targets;

use super::*;
use crate::article::Target;
use crate::format::{Document, Format, Losses, WriteOptions};
use proptest::prelude::*;

const TEXT: &str = "😊安小河在青溪镇见了安小河。\n他走了。\n";

fn fixture(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats/webannotation/");
    std::fs::read_to_string(format!("{folder}{name}")).unwrap()
}

fn open(text: Option<&str>, json: &str, options: ReadOptions) -> Article {
    let json = File::new("x/a.json", json.as_bytes());
    let files = match text {
        Some(text) => Files {
            main: File::new("x/a.txt", text.as_bytes()),
            annotations: Some(json),
        },
        None => Files {
            main: json,
            annotations: None,
        },
    };
    Document::open(Format::WebAnnotation, files, options)
        .read(0)
        .unwrap()
}

fn with(json: &str) -> Article {
    open(Some(TEXT), json, ReadOptions::default())
}

fn written(article: &Article) -> (String, String) {
    let mut losses = Losses::default();
    let written = (ENTRY.writer.write)(article, &WriteOptions::default(), &mut losses);
    assert_eq!(
        written.beside,
        Some(("txt", article.text.whole().to_owned()))
    );
    (written.main, losses.to_string())
}

fn words(article: &Article, target: Target) -> String {
    let made = &article.annotations;
    match target {
        Target::Mention(id) => {
            let mention = made.mention(id).unwrap();
            let spans = mention.spans().iter().map(|span| article.text.slice(*span));
            format!(
                "{} {}",
                made.label_name(mention.label),
                spans.collect::<Vec<_>>().join("…")
            )
        }
        Target::Unplaced(id) => {
            let unplaced = made.unplaced_of(id).unwrap();
            let label = made.label_name(unplaced.label);
            format!("? {label} {} “{}”", unplaced.place, unplaced.quote)
        }
        Target::Relation(id) => format!("relation {}", made.relations()[id.0 as usize].label),
        other => format!("{other:?}"),
    }
}

/// Everything, a line each.
fn all(article: &Article) -> Vec<String> {
    let made = &article.annotations;
    let mentions = (0u32..)
        .zip(made.mentions())
        .map(|(n, _)| Target::Mention(crate::article::MentionId(n)));
    let unplaced = (0u32..)
        .zip(made.unplaced())
        .map(|(n, _)| Target::Unplaced(crate::article::UnplacedId(n)));
    let mut out: Vec<String> = mentions
        .chain(unplaced)
        .map(|t| words(article, t))
        .collect();
    out.extend(made.relations().iter().map(|r| {
        let ends = r
            .arguments
            .iter()
            .map(|a| format!("{}: {}", a.role, words(article, a.target)));
        format!("{} {}", r.label, ends.collect::<Vec<_>>().join(", "))
    }));
    out.extend(made.attributes().iter().map(|a| {
        format!(
            "{} {}={}",
            words(article, a.target),
            a.name,
            a.value.as_deref().unwrap_or("")
        )
    }));
    out.extend(
        made.links()
            .iter()
            .map(|l| format!("{} -> {}", words(article, l.target), l.reference)),
    );
    out.extend(made.notes().iter().map(|n| {
        let on = n.target.map_or_else(String::new, |t| words(article, t));
        format!("{on} # {}: {}", n.label, n.text)
    }));
    out
}

fn faults(article: &Article) -> Vec<(u32, u32, &'static str)> {
    for fault in &article.diagnostics {
        assert!(
            ENTRY.codes.iter().any(|code| code.name == fault.code),
            "{fault}"
        );
    }
    article
        .diagnostics
        .iter()
        .map(|d| (d.line, d.column, d.code))
        .collect()
}

#[test]
fn objects_say_themselves_that_they_are_annotations() {
    let known = |start: &str| {
        let look = Look {
            name: "a.json",
            start,
            whole: true,
        };
        detect(&look).map(|sign| sign.confidence)
    };
    for (start, want) in [
        (
            r#"[ { "@context": "http://www.w3.org/ns/anno.jsonld", "target": "x" } ]"#,
            Some(Confidence::Certain),
        ),
        (
            r#"{"@context": ["x", "http://www.w3.org/ns/anno.jsonld"]}"#,
            Some(Confidence::Certain),
        ),
        (
            r#"{"type": "Annotation", "target": "x"}"#,
            Some(Confidence::Likely),
        ),
        (
            r#"{"@type": ["oa:Annotation"], "target": "x"}"#,
            Some(Confidence::Likely),
        ),
        (
            r#"{"type": "AnnotationPage", "items": []}"#,
            Some(Confidence::Likely),
        ),
        (r#"{"type": "Annotation"}"#, None),
        (r#"{"text": "青溪镇", "label": [[0, 3, "LOC"]]}"#, None),
        (r#"{"name": "x", "target": "es2022"}"#, None),
        ("青溪镇下雨了。", None),
        ("", None),
    ] {
        assert_eq!(known(start), want, "{start}");
    }
    let all = fixture("all.json");
    let look = Look {
        name: "a.json",
        start: &all,
        whole: true,
    };
    assert_eq!(source_of(&look).as_deref(), Some("a.txt"));
}

#[test]
fn annotations_are_put_into_the_text_beside_them() {
    let article = with(&fixture("all.json"));
    assert_eq!(faults(&article), []);
    assert_eq!(
        all(&article),
        [
            "PER 安小河",
            "LOC 青溪镇",
            "highlighting 见…了。",
            "PER 安小河",
            "同 from: PER 安小河, to: PER 安小河",
            "LOC 青溪镇 motivation=tagging",
            "LOC 青溪镇 tagging=镇",
            "LOC 青溪镇 -> http://kb/7",
            "PER 安小河 # : 是谁？",
            "relation 同 # commenting: 真的",
            "PER 安小河 # replying: 小河。",
            " # : 全文"
        ]
    );
    let layers: Vec<_> = article
        .annotations
        .layers()
        .iter()
        .map(|l| l.name.as_str())
        .collect();
    assert_eq!(layers, ["a.json", "某甲"]);
    assert_eq!(&*article.annotations.mentions()[0].source_id, "#m1");
}

#[test]
fn what_is_written_is_read_and_written_alike() {
    for (text, name) in [
        (Some(TEXT), "all.json"),
        (None, "all.json"),
        (Some(TEXT), "broken.json"),
    ] {
        let first = open(text, &fixture(name), ReadOptions::default());
        let (json, lost) = written(&first);
        // What names nothing cannot be written.
        assert_eq!(lost.is_empty(), name == "all.json", "{lost}");
        let again = open(text, &json, ReadOptions::default());
        assert_eq!(written(&again).0, json);
        if name == "all.json" {
            // Remarks stand with what they are on.
            let sorted = |article| {
                let mut all = all(article);
                all.sort_unstable();
                all
            };
            assert_eq!(sorted(&again), sorted(&first));
        }
    }
}

#[test]
fn a_text_with_cr_lf_is_written_as_its_positions_count() {
    let json = r##"[{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "body": "地", "target": {"selector": [
        {"type": "TextQuoteSelector", "exact": "风城"}, {"type": "TextPositionSelector", "start": 3, "end": 5}]}}]"##;
    let text = "题\r\n风城下雨。";
    let article = open(Some(text), json, ReadOptions::default());
    assert_eq!(faults(&article), []);
    let written = (ENTRY.writer.write)(&article, &WriteOptions::default(), &mut Losses::default());
    assert_eq!(written.beside, Some(("txt", text.to_owned())));
    let again = open(Some(text), &written.main, ReadOptions::default());
    assert_eq!(faults(&again), []);
    assert_eq!(all(&again), all(&article));
}

#[test]
fn without_a_text_nothing_has_a_place_and_all_is_kept() {
    let article = open(None, &fixture("all.json"), ReadOptions::default());
    assert_eq!(faults(&article), [(0, 0, "missing-value")]);
    assert_eq!(article.text.whole(), "");
    let found = all(&article);
    assert_eq!(found[0], "? PER 1 4 “安小河”");
    assert_eq!(article.annotations.unplaced().len(), 4);
    assert_eq!(article.annotations.relations().len(), 1);
    assert_eq!(article.annotations.notes().len(), 4);
}

#[test]
fn pages_collections_and_lines_are_read() {
    let one = r#"{"type": "Annotation", "bodyValue": "x", "target": {"selector": {"type": "TextQuoteSelector", "exact": "青溪镇"}}}"#;
    for json in [
        one.to_owned(),
        format!("{one}\n{one}\n"),
        format!("[{one}, {one}]"),
        format!(r#"{{"type": "AnnotationPage", "items": [{one}]}}"#),
        format!(r#"{{"type": "AnnotationCollection", "first": {{"items": [{one}]}}}}"#),
    ] {
        let article = with(&json);
        let found = all(&article);
        assert_eq!(found[0], "Annotation 青溪镇", "{json}");
        assert_eq!(faults(&article), []);
    }
}

#[test]
fn an_article_without_annotations_is_a_collection_of_none() {
    let article = with("[]");
    let (json, lost) = written(&article);
    assert_eq!(lost, "");
    let look = Look {
        name: "a.json",
        start: &json,
        whole: true,
    };
    let found = crate::format::detect(&look).map(|(format, _)| format);
    assert_eq!(found, Some(Format::WebAnnotation), "{json}");
    let again = with(&json);
    assert_eq!((faults(&again), all(&again)), (vec![], vec![]));
    assert_eq!(again.text.whole(), TEXT);
    assert_eq!(written(&again).0, json);
    let bare = with(r#"{"type": "AnnotationCollection", "total": 0}"#);
    assert_eq!(faults(&bare), []);
}

#[test]
fn quotations_tell_how_offsets_are_counted() {
    let json = r#"{"type": "Annotation", "target": {"selector": [{"type": "TextQuoteSelector", "exact": "青溪镇"}, {"type": "TextPositionSelector", "start": 6, "end": 9}]}}"#;
    let article = with(json);
    assert_eq!(all(&article), ["Annotation 青溪镇"]);
    assert_eq!(faults(&article), [(0, 0, "offset-unit")]);
    let forced = ReadOptions {
        offsets: Some(Counting::CODE_POINTS),
        anchor: true,
        ..ReadOptions::default()
    };
    let article = open(Some(TEXT), json, forced);
    assert_eq!(all(&article), ["Annotation 青溪镇"]);
    assert_eq!(faults(&article), [(1, 34, "re-anchored")]);
}

#[test]
fn every_fault_has_its_place() {
    let article = with(&fixture("broken.json"));
    assert_eq!(
        faults(&article),
        [
            (2, 66, "syntax"),
            (3, 14, "duplicate-key"),
            (4, 44, "wrong-type"),
            (5, 1, "missing-value"),
            (6, 111, "lone-surrogate"),
            (7, 34, "offset-range"),
            (8, 34, "offset-unusable"),
            (9, 34, "quote-differs"),
            (10, 34, "quote-nowhere"),
            (11, 34, "quote-again"),
            (12, 1, "duplicate-id"),
            (13, 60, "dangling"),
            (13, 74, "dangling"),
        ]
    );
    let bytes = b"{\"type\": \"Annotation\", \"target\": \"\xFF\"}";
    let files = Files {
        main: File::new("x/a.json", bytes),
        annotations: None,
    };
    let found = Document::open(Format::WebAnnotation, files, ReadOptions::default());
    let found = found.read(0).unwrap().diagnostics;
    assert!(found.iter().any(|d| d.code == "undecodable"));
}

/// Annotations with anything where something else may be.
fn near() -> impl Strategy<Value = String> {
    let selector = prop_oneof![
        "[{]\"type\": \"TextQuoteSelector\", \"exact\": \"(安|青溪|了。|北|)\"(, \"prefix\": \"见了?\")?[}]",
        (0u32..18, 0u32..6).prop_map(|(start, length)| format!(
            r#"{{"type": "TextPositionSelector", "start": {start}, "end": {}}}"#,
            start + length
        )),
        Just(r#"{"type": "XPathSelector", "value": "/p[1]"}"#.to_owned()),
        "[0-9x\"{}]{0,3}",
    ];
    let place = proptest::collection::vec(selector, 0..3)
        .prop_map(|s| format!(r#"{{"selector": [{}]}}"#, s.join(", ")));
    let target = prop_oneof![
        3 => place,
        1 => "\"#?[1-4]\"",
        1 => "[{]\"id\": \"#[1-4]\"[}]",
    ];
    let body = prop_oneof![
        "\"#?[1-9]\"",
        "[{]\"value\": \"(甲|linking|)\"(, \"purpose\": \"(tagging|replying)\")?[}]",
        "[{]\"source\": \"x:y\"[}]",
    ];
    let motivation = prop_oneof![Just(""), Just("linking"), Just("tagging"), Just("甲")];
    let one = (
        0u32..5,
        motivation,
        proptest::collection::vec(body, 0..4),
        proptest::collection::vec(target, 0..4),
    )
        .prop_map(|(id, motivation, bodies, targets)| {
            let id = if id > 0 { format!("\"id\": \"#{id}\", ") } else { String::new() };
            let motivation = match motivation {
                "" => String::new(),
                said => format!("\"motivation\": \"{said}\", "),
            };
            let (bodies, targets) = (bodies.join(", "), targets.join(", "));
            format!("{{{id}{motivation}\"type\": \"Annotation\", \"body\": [{bodies}], \"target\": [{targets}]}}")
        });
    proptest::collection::vec(one, 0..6).prop_map(|all| format!("[{}]", all.join(",\n")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn what_is_written_of_anything_is_read_and_written_alike(json in near(), has_text: bool) {
        let text = has_text.then_some(TEXT);
        let read = |json: &str| open(text, json, ReadOptions::default());
        let first = written(&read(&json)).0;
        prop_assert_eq!(&written(&read(&first)).0, &first);
    }
}
