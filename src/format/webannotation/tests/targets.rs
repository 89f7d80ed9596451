//! What targets name: other texts, fragments of addresses.

use super::*;

#[test]
fn what_is_on_another_text_has_no_place_in_this_one() {
    let at = |source: &str, start: u32| {
        format!(
            r#"{{"source": {source}, "selector": {{"type": "TextPositionSelector", "start": {start}, "end": {}}}}}"#,
            start + 2
        )
    };
    let file = |targets: &[String]| {
        let one = |target: &String| {
            format!(
                "{{\"@context\": \"http://www.w3.org/ns/anno.jsonld\", \"type\": \"Annotation\", \"target\": {target}}}"
            )
        };
        let all: Vec<String> = targets.iter().map(one).collect();
        format!("[\n{}\n]\n", all.join(",\n"))
    };
    let a = at("\"a.txt\"", 1);
    let spellings = [
        at("\"http://e.org/x/a.txt?v=2\"", 3),
        at("{\"id\": \"x/a.txt\"}", 5),
        "\"http://e.org/a.txt#char=7,9\"".to_owned(),
        "\"#char=9,10\"".to_owned(),
    ];
    let same = with(&file(&[std::slice::from_ref(&a), &spellings[..]].concat()));
    assert_eq!(
        (same.annotations.mentions().len(), faults(&same).len()),
        (5, 0)
    );
    // The first names no file that is there: what it names is the text all the same.
    let two = [at("\"http://e.org/1\"", 1), at("\"http://e.org/2\"", 3)];
    for (targets, placed) in [
        ([a.clone(), at("\"b.txt\"", 3)], 1),
        ([at("\"b.txt\"", 3), a.clone()], 1),
        (
            [a.clone(), "\"http://e.org/other.txt#char=0,2\"".to_owned()],
            1,
        ),
        (
            [
                a.clone(),
                format!("[{}, {}]", at("\"a.txt\"", 3), at("\"b.txt\"", 5)),
            ],
            1,
        ),
        (two, 1),
    ] {
        let article = with(&file(&targets));
        let told: Vec<_> = faults(&article)
            .into_iter()
            .map(|(.., code)| code)
            .collect();
        assert_eq!(told, ["other-text"], "{targets:?}");
        let made = &article.annotations;
        assert_eq!(
            (made.mentions().len(), made.unplaced().len()),
            (placed, 1),
            "{targets:?}"
        );
        let (main, lost) = written(&article);
        assert_eq!(lost, "");
        let again = with(&main);
        assert_eq!(all(&again), all(&article), "{main}");
        assert_eq!(written(&again).0, main);
    }
}

/// An annotation of a tag on this target.
fn on(target: &str) -> String {
    format!(
        r#"{{"type": "Annotation", "body": {{"value": "地", "purpose": "tagging"}}, "target": {target}}}"#
    )
}

#[test]
fn fragments_of_addresses_are_places() {
    let selector = |value: &str, to: &str| {
        let said = format!(r#"{{"type": "FragmentSelector", "value": "{value}"{to}}}"#);
        on(&format!(r#"{{"source": "a.txt", "selector": {said}}}"#))
    };
    let rfc = r#", "conformsTo": "http://tools.ietf.org/rfc/rfc5147""#;
    for (json, want) in [
        (on(r#""a.txt#char=5,8""#), "地 青溪镇"),
        (
            on(r#"{"id": "http://x/a.txt#char=5,8;length=19"}"#),
            "地 青溪镇",
        ),
        (on(r#"{"source": "a.txt#char=5,8"}"#), "地 青溪镇"),
        (selector("char=5,8", rfc), "地 青溪镇"),
        (selector("char=5,8", ""), "地 青溪镇"),
        (selector("char=15,", rfc), "地 他走了。"),
        (selector("char=,1", rfc), "地 😊"),
    ] {
        let article = with(&json);
        assert_eq!(faults(&article), [], "{json}");
        let found = all(&article);
        assert_eq!(found[0].trim_end(), want, "{json}");
        let (once, lost) = written(&article);
        assert_eq!(lost, "");
        assert_eq!(written(&with(&once)).0, once);
    }
    // Line ends are one, and no quotation says otherwise.
    let json = on(r#""a.txt#char=2,4""#);
    let article = open(Some("题\r\n风城下雨。"), &json, ReadOptions::default());
    assert_eq!(all(&article), ["地 风城"]);
    assert_eq!(faults(&article), []);
}

#[test]
fn fragments_without_words_are_kept_in_their_own() {
    for (target, code) in [
        (r#""a.txt#char=5""#, "empty-span"),
        (r#""a.txt#char=5,99""#, "offset-range"),
        (r#""a.txt#char=8,5""#, "offset-unusable"),
        (
            r#"{"selector": {"type": "FragmentSelector", "value": "char=5,8", "conformsTo": "http://www.w3.org/TR/media-frags/"}}"#,
            "quote-nowhere",
        ),
    ] {
        let article = with(&on(target));
        let found: Vec<_> = faults(&article).iter().map(|(.., code)| *code).collect();
        assert_eq!(found, [code], "{target}");
        assert!(all(&article)[0].contains("FragmentSelector"), "{target}");
        let (once, lost) = written(&article);
        assert_eq!(lost, "");
        assert_eq!(written(&with(&once)).0, once);
    }
    let article = open(None, &on(r#""a.txt#char=5,8""#), ReadOptions::default());
    assert!(all(&article)[0].contains("char=5,8"));
}

#[test]
fn a_fragment_that_an_annotation_has_for_its_id_names_that() {
    let json = r#"[{"id": "a.txt#char=5,8", "type": "Annotation", "target": "a.txt#char=5,8"},
        {"type": "Annotation", "body": {"value": "真", "purpose": "replying"}, "target": "a.txt#char=5,8"}]"#;
    let article = with(json);
    assert_eq!(
        all(&article),
        ["Annotation 青溪镇", "Annotation 青溪镇 # replying: 真"]
    );
    let look = Look {
        name: "b.json",
        start: json,
        whole: true,
    };
    assert_eq!(source_of(&look).as_deref(), Some("a.txt"));
}
