//! `kanbao cat --json`: articles as objects.

use serde_json::{Value, json};

use crate::command::{folder, kanbao, said};

const TEXT: &str = "桥头集市\n　　王正和李水在桥头\u{20000}读报。\n";
const ANN: &str = "T1\tPER 7 9\t王正\nT2\tPER 7 8;10 12\t王 李水\nT3\tLOC 13 15\t桥头\nT4\tPER 90 99\t无人\n\
                   T5\tRead 16 18\t读报\nE1\tRead:T5 Reader:T1 Place:T3\n\
                   R1\tNear Arg1:T1 Arg2:T3\nA1\tSure T1\n#1\tAnnotatorNotes T1\t谁\nN1\tReference T1 wiki:1\t王正\n";

/// The objects of files.
fn objects(files: &[(&str, &str)], path: &str) -> Vec<Value> {
    let root = folder(files);
    let (out, err, code) = said(&kanbao(&["cat", "--json", path], root.path()));
    assert_eq!((err.as_str(), code), ("", 0));
    out.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn span(place: &Value, unit: &str) -> std::ops::Range<usize> {
    let at = |n: usize| usize::try_from(place[unit][n].as_u64().unwrap()).unwrap();
    at(0)..at(1)
}

#[test]
fn an_article_is_told_with_all_that_is_marked_in_it() {
    let all = objects(&[("a.txt", TEXT), ("a.ann", ANN)], "a.txt");
    let [one] = &*all else { panic!("{all:?}") };
    assert_eq!(
        (&one["file"], &one["name"], &one["text"]),
        (&json!("a.txt"), &json!("a"), &json!(TEXT))
    );
    let roles: Vec<&Value> = one["blocks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|b| &b["role"])
        .collect();
    assert_eq!(roles, ["paragraph", "paragraph"]);
    let text = one["text"].as_str().unwrap();
    let chars: Vec<char> = text.chars().collect();
    for mention in one["mentions"].as_array().unwrap() {
        let spans = mention["spans"].as_array().unwrap();
        let by_bytes: Vec<&str> = spans.iter().map(|s| &text[span(s, "bytes")]).collect();
        let by_chars: Vec<String> = spans
            .iter()
            .map(|s| chars[span(s, "chars")].iter().collect())
            .collect();
        assert_eq!(by_bytes, by_chars);
        assert_eq!(mention["words"], by_bytes.join("…"));
    }
    let ids: Vec<&Value> = one["mentions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| &m["id"])
        .collect();
    let number = |id: &str| ids.iter().position(|one| *one == id).unwrap();
    assert_eq!(one["mentions"][number("T3")]["kind"], "place");
    assert_eq!(one["unplaced"][0]["quote"], "无人");
    assert_eq!(
        one["relations"][0]["arguments"][1]["target"],
        json!({ "mention": number("T3") })
    );
    assert_eq!(one["events"][0]["trigger"], number("T5"));
    for list in ["attributes", "notes", "links"] {
        assert_eq!(
            one[list][0]["target"],
            json!({ "mention": number("T1") }),
            "{list}"
        );
    }
    assert_eq!(one["problems"][0]["code"], "offset-range");
}

#[test]
fn each_record_is_a_line_and_what_goes_together_is_exclusive() {
    let records = "{\"text\":\"甲\\u001b[31m\\n乙\",\"label\":[]}\n{\"text\":\"丙\",\"label\":[[0,1,\"PER\"]]}\n";
    let all = objects(&[("a.jsonl", records)], ".");
    let texts: Vec<&Value> = all.iter().map(|one| &one["text"]).collect();
    assert_eq!(texts, ["甲\u{1b}[31m\n乙", "丙"]);
    let root = folder(&[]);
    for other in ["--raw", "--as=html"] {
        let output = kanbao(&["cat", "--json", other, "."], root.path());
        assert_eq!(output.status.code(), Some(2));
    }
}
