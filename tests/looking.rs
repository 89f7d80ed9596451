//! What files are taken for, and what is said of those that are taken for nothing.

use std::path::Path;

use serde_json::Value;

use crate::command::{folder, kanbao};

/// What `stat --json` says.
fn stat(arguments: &[&str], at: &Path) -> Value {
    let output = kanbao(&[&["stat", "--json"], arguments].concat(), at);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

/// The format of a file by itself, its mentions, and the codes of what is wrong with it.
fn told(name: &str, content: &str) -> (String, u64, Vec<String>) {
    let root = folder(&[(name, content)]);
    let all = stat(&[name], root.path());
    let format = all["files"][0]["format"].as_str().unwrap().to_owned();
    let problems = all["problems"].as_object().unwrap().keys().cloned();
    let mentions = all["mentions"].as_u64().unwrap();
    (format, mentions, problems.collect())
}

const BIO: &str = "林\tB-PER\n小\tI-PER\n满\tI-PER\n去\tO\n风";
const CONLLU: &str =
    "1\t林\t_\tPROPN\t_\t_\t0\troot\t_\t_\n2\t去\t_\tVERB\t_\t_\t1\tdep\t_\t_\n3\tbad line\n";

#[test]
fn a_file_that_is_broken_is_read_in_its_format_or_said_to_be_none() {
    for (name, content, format, mentions, problem) in [
        ("a.bio", BIO, "column", 1, "malformed-line"),
        ("a.conllu", CONLLU, "conllu", 0, "malformed-line"),
        (
            "a.jsonl",
            "{\"text\": \"林小满去风城\", \"labe",
            "spacy",
            0,
            "syntax",
        ),
        ("a.jsonl", "{\"label\": [[0, 2, \"P", "text", 0, "no-format"),
        (
            "a.json",
            "[[\"林小满\", [[0, 3, \"P\"]]]]",
            "text",
            0,
            "no-format",
        ),
        ("a.xml", "林小满去风城。\n", "text", 0, "no-format"),
        ("a.jsonl", "", "text", 0, "no-format"),
        (
            "a.json",
            "{\"text\":\"a\0b\",\"label\":[[0,3,\"P\"]]}\n",
            "doccano",
            1,
            "syntax",
        ),
        ("a.txt", "林小满\0去了风城，说风大。\n", "text", 0, "nul"),
    ] {
        let (found, count, problems) = told(name, content);
        assert_eq!((found.as_str(), count), (format, mentions), "{name}");
        assert!(
            problems.iter().any(|p| p == problem),
            "{name}: {problems:?}"
        );
        let root = folder(&[(name, content)]);
        let asked = stat(&["--format", "text", name], root.path());
        assert_eq!(asked["problems"]["no-format"], Value::Null, "{name}");
    }
}

#[test]
fn records_without_annotations_are_articles() {
    for (content, format) in [
        (
            "{\"id\": 0, \"text\": \"林小满。\"}\n{\"id\": 1, \"text\": \"风城。\"}\n",
            "cluener",
        ),
        (
            "{\"text\": \"林小满。\", \"id\": \"a1\"}\n{\"text\": \"风城。\", \"id\": \"a2\"}\n",
            "duee",
        ),
        (
            "{\"text\": \"林小满。\"}\n{\"text\": \"风城。\", \"meta\": {}}\n",
            "spacy",
        ),
    ] {
        let root = folder(&[("a.json", content)]);
        let all = stat(&["a.json"], root.path());
        assert_eq!(all["files"][0]["format"], format);
        assert_eq!(
            (&all["articles"], &all["problems"]),
            (&2.into(), &serde_json::json!({}))
        );
    }
}

#[test]
fn a_format_that_is_asked_for_goes_before_the_look_of_the_files_of_a_folder() {
    for (format, name, content) in [
        ("msra", "a.txt", "林小满/nr \r\n"),
        ("boson", "a.txt", "{{x:Tam}} left.\n"),
        ("yedda", "a.ann", "没有标记。\n"),
        ("doccano", "a.jsonl", "{\"text\": \"雨\", \"label\": 3}\n"),
        ("column", "a.txt", "雨 O\n"),
    ] {
        let root = folder(&[
            (&format!("m/{name}"), content),
            ("m/README.md", "# 说明\n"),
            ("m/a.py", "print('{{x:y}}')\n"),
        ]);
        for arguments in [
            &["--format", format, "m"][..],
            &["--format", format, &format!("m/{name}")],
        ] {
            let all = stat(arguments, root.path());
            assert_eq!(all["articles"], 1, "{arguments:?}");
            assert_eq!(all["files"][0]["format"], format, "{arguments:?}");
        }
    }
}

#[test]
fn a_text_is_not_read_twice_where_yedda_is_asked_for() {
    let root = folder(&[
        ("m/1.ann", "[@林小满#Person*]来。\n"),
        ("m/1.txt", "林小满来。\n"),
        ("m/2.txt", "[@林小满#Person*]去。\n"),
    ]);
    let all = stat(&["--format", "yedda", "m"], root.path());
    assert_eq!((&all["articles"], &all["mentions"]), (&2.into(), &2.into()));
}

#[test]
fn a_declared_encoding_that_is_not_so_is_told() {
    let xml = "<?xml version=\"1.0\" encoding=\"GBK\"?>\n<Body><Content><Paragraph>风城</Paragraph></Content></Body>\n";
    let (format, _, problems) = told("a.xml", xml);
    assert_eq!(format, "cec");
    assert!(problems.contains(&"encoding".to_owned()), "{problems:?}");
}

#[test]
fn records_that_old_line_ends_part_are_all_read() {
    let records = "{\"text\": \"雨\", \"label\": [[0, 1, \"W\"]]}\r{\"text\": \"风\", \"label\": [[0, 1, \"W\"]]}\r";
    let (format, mentions, problems) = told("a.jsonl", records);
    assert_eq!((format.as_str(), mentions), ("doccano", 2));
    assert_eq!(problems, [""; 0]);
}

#[test]
fn a_blank_for_a_tab_is_a_malformed_line() {
    let root = folder(&[
        ("1.txt", "林小满去风城。\n"),
        (
            "1.ann",
            "T1\tP 0 3\t林小满\nT2 P 4 6 风城\nR1 In Arg1:T1 Arg2:T2\nT3 说\n",
        ),
    ]);
    let all = stat(&["1.txt"], root.path());
    assert_eq!(all["problems"]["malformed-line"], 2);
    assert_eq!(all["problems"]["stray-line"], 1);
}
