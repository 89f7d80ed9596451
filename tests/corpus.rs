//! The commands over many files: stat, check, convert, formats.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::command::{folder, kanbao, said};

pub(crate) const TEXT: &str = "水乡的早晨\n　　老人在茶馆里读报，学生在桥上等船。\n";
pub(crate) const ANN: &str = "T1\tLOC 0 2\t水乡\nT2\tPER 8 10\t老人\nT3\tLOC 11 13\t茶馆\nT4\tPER 17 19\t学生\nT5\tLOC 20 21\t桥\n\
                   R1\tIn Arg1:T2 Arg2:T3\n";

#[test]
fn stat_counts_files_formats_and_all() {
    let root = folder(&[
        ("a/1.txt", TEXT),
        ("a/1.ann", ANN),
        ("a/2.txt", "没有标注。\r\n"),
        (
            "b.toml",
            "headline = \"水乡\"\n[[entity]]\nname = \"水乡\"\nkind = \"place\"\n",
        ),
    ]);
    let (out, err, code) = said(&kanbao(&["stat", "--json", "."], root.path()));
    assert_eq!((err.as_str(), code), ("", 0));
    let all: Value = serde_json::from_str(&out).unwrap();
    let of = |value: &Value, key: &str| value[key].as_u64().unwrap();
    for (key, count) in [
        ("articles", 3),
        ("chars", 26 + 6 + 2),
        ("blocks", 4),
        ("mentions", 6),
        ("entities", 1),
        ("relations", 1),
        ("events", 0),
        ("attributes", 0),
        ("notes", 0),
        ("discontinuous", 0),
        ("nested", 0),
        ("overlapping", 0),
        ("unplaced", 0),
    ] {
        assert_eq!(of(&all, key), count, "{key}");
    }
    assert_eq!(of(&all["labels"], "LOC"), 3);
    assert_eq!(of(&all["kinds"], "place"), 4);
    assert_eq!(all["problems"], serde_json::json!({}));
    let formats: Vec<&String> = all["formats"].as_object().unwrap().keys().collect();
    assert_eq!(formats, ["brat", "text", "toml"]);
    let files = all["files"].as_array().unwrap();
    let names: Vec<&str> = files.iter().map(|f| f["file"].as_str().unwrap()).collect();
    assert_eq!(names, ["./a/1.txt", "./a/2.txt", "./b.toml"]);
    assert_eq!(of(&files[0], "mentions"), 5);
    let told =
        ["format", "reason", "encoding", "certainty"].map(|key| files[0][key].as_str().unwrap());
    assert_eq!(
        told,
        ["brat", "an .ann stands beside it", "utf-8", "certain"]
    );
    // For people: the same in a table.
    let (out, _, _) = said(&kanbao(&["stat", "a", "b.toml"], root.path()));
    assert!(out.contains("total") && out.contains("place"), "{out}");
}

#[test]
fn geometry_is_counted_by_the_offsets_of_the_file() {
    let ann = "T1\tA 0 5\t水乡的早晨\nT2\tA 0 2\t水乡\nT3\tA 3 7\t早晨 　\nT4\tA 8 10;11 13\t老人 茶馆\nT5\tA 90 99\t无\n";
    let root = folder(&[("1.txt", TEXT), ("1.ann", ann)]);
    let (out, _, code) = said(&kanbao(&["stat", "--json", "1.txt"], root.path()));
    let all: Value = serde_json::from_str(&out).unwrap();
    let of = |key: &str| all[key].as_u64().unwrap();
    assert_eq!(
        (
            of("nested"),
            of("overlapping"),
            of("discontinuous"),
            of("unplaced")
        ),
        (1, 2, 1, 1)
    );
    assert_eq!(all["problems"]["offset-range"], 1);
    assert_eq!(
        code, 0,
        "what is wrong within files is no failure of counting"
    );
}

#[test]
fn check_tells_file_line_column_code_and_remedy() {
    let ann = "T1\tLOC 1 3\t水乡\nT2\tPER 90 99\t无人\nT1\tPER 8 10\t老人\nE1\tMeet:T7\n";
    let root = folder(&[("1.txt", TEXT), ("1.ann", ann)]);
    let (out, err, code) = said(&kanbao(&["check", "1.txt"], root.path()));
    let lines: Vec<&str> = out.lines().collect();
    for (line, start) in lines.iter().zip([
        "1.ann:1:12: warning[re-anchored]: ",
        "1.ann:2:8: error[offset-range]: ",
        "1.ann:3:1: error[duplicate-id]: ",
        "1.ann:4:9: error[dangling]: ",
    ]) {
        assert!(line.starts_with(start) && line.contains("; "), "{line}");
    }
    assert_eq!(lines.len(), 4, "{out}");
    assert_eq!((err.as_str(), code), ("1 file, 3 errors, 1 warning\n", 1));
    let (out, _, code) = said(&kanbao(&["check", "--json", "1.txt"], root.path()));
    let all: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((all["errors"].as_u64(), code), (Some(3), 1));
    assert_eq!(all["problems"][1]["code"], "offset-range");
    assert_eq!(all["problems"][1]["line"], 2);
    // Warnings alone are no failure, nor is a clean file.
    fs::write(root.path().join("1.ann"), "T1\tLOC 1 3\t水乡\n").unwrap();
    assert_eq!(
        kanbao(&["check", "1.txt"], root.path()).status.code(),
        Some(0)
    );
    let (out, _, code) = said(&kanbao(&["check", "--json", "nowhere"], root.path()));
    let all: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (all["problems"][0]["code"].as_str(), code),
        (Some("unreadable"), 1)
    );
    assert_eq!(
        kanbao(&["check", "--nonsense"], root.path()).status.code(),
        Some(2)
    );
}

/// `kanbao check FOLDER | head -1` says nothing of what it did not look at.
#[test]
fn check_sums_nothing_up_that_nobody_took() {
    use std::io::{BufRead as _, BufReader, Read as _};
    let ann: String = (1..4000).map(|n| format!("E{n}\tMeet:T{n}\n")).collect();
    let root = folder(&[("1.txt", TEXT), ("1.ann", &ann)]);
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_kanbao"))
        .args(["check", "1.txt"])
        .current_dir(root.path())
        .env("XDG_CONFIG_HOME", root.path().join("no-config"))
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::with_capacity(64, child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    drop(out);
    let mut err = String::new();
    let mut errors = child.stderr.take().unwrap();
    errors.read_to_string(&mut err).unwrap();
    assert!(line.contains("error[dangling]"), "{line}");
    assert_eq!((err.as_str(), child.wait().unwrap().code()), ("", Some(1)));
}

#[test]
fn formats_are_listed() {
    let (out, _, code) = said(&kanbao(&["formats"], Path::new(".")));
    assert_eq!(code, 0);
    for format in kanbao::format::Format::ALL {
        assert!(
            out.contains(format.name()) && out.contains(format.about()),
            "{format}"
        );
    }
    let (out, _, code) = said(&kanbao(&["formats", "--json"], Path::new(".")));
    assert_eq!(code, 0);
    let told: Value = serde_json::from_str(&out).unwrap();
    let all = told["formats"].as_array().unwrap();
    assert_eq!(all.len(), kanbao::format::Format::ALL.len());
    let codes = |format: &Value| {
        format["codes"]
            .as_array()
            .unwrap()
            .contains(&"encoding".into())
    };
    assert!(all.iter().all(codes), "any reader may meet a guess");
}

#[test]
fn the_configuration_of_a_brat_corpus_tells_of_its_labels() {
    let root = folder(&[
        (
            "c/annotation.conf",
            "[entities]\nPerson\n\tFisher\nPlace\n[events]\nSail\n",
        ),
        (
            "c/visual.conf",
            "[labels]\nSail | 航行\n[drawing]\nSail\tbgColor:#7fa2ff\n",
        ),
        ("c/深/1.txt", TEXT),
        (
            "c/深/1.ann",
            "T1\tPlace 0 2\t水乡\nT2\tFisher 8 10\t老人\nT3\tTeahouse 11 13\t茶馆\nT4\tTeahouse 11 12\t茶\n",
        ),
    ]);
    let at = root.path();
    let (out, _, code) = said(&kanbao(&["check", "c"], at));
    assert!(
        out.starts_with(
            "c/深/1.ann:3:1: warning[unknown-label]: “Teahouse” is no type of annotation.conf; "
        ),
        "{out}"
    );
    assert_eq!((out.lines().count(), code), (1, 0));
    // What stands above a label says what it stands for.
    let (out, _, _) = said(&kanbao(&["stat", "--json", "c"], at));
    let all: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&all["kinds"]["person"], &all["kinds"]["place"]),
        (&Value::from(1), &Value::from(1))
    );
}
