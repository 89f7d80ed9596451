//! The commands over many files: stat, check, convert, formats.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::command::{folder, kanbao, said};

const TEXT: &str = "水乡的早晨\n　　老人在茶馆里读报，学生在桥上等船。\n";
const ANN: &str = "T1\tLOC 0 2\t水乡\nT2\tPER 8 10\t老人\nT3\tLOC 11 13\t茶馆\nT4\tPER 17 19\t学生\nT5\tLOC 20 21\t桥\n\
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

fn read(path: PathBuf) -> String {
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_same_format_is_copied_and_the_normal_form_is_a_fixed_point() {
    // The order and a blank line are no normal form; a stray line and blanks at the end of a quotation are kept.
    let odd = "#1\tAnnotatorNotes T9\t好\nT9\tLOC 0 2\t水乡  \n\nstray\n";
    let root = folder(&[("in/深/1.txt", TEXT), ("in/深/1.ann", odd)]);
    let at = root.path();
    assert_eq!(
        kanbao(&["convert", "--to", "brat", "in", "-o", "same"], at)
            .status
            .code(),
        Some(0)
    );
    assert_eq!(read(at.join("same/深/1.txt")), TEXT);
    assert_eq!(read(at.join("same/深/1.ann")), odd);
    for (from, to) in [("in", "one"), ("one", "two")] {
        let output = kanbao(&["convert", "--normal", "--to", "brat", from, "-o", to], at);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
    }
    let normal = "T9\tLOC 0 2\t水乡  \n\nstray\n#1\tAnnotatorNotes T9\t好\n";
    assert_eq!(read(at.join("one/深/1.ann")), normal);
    assert_eq!(read(at.join("two/深/1.ann")), normal);
}

#[test]
fn a_file_of_several_articles_is_copied_as_the_one_file_it_is() {
    let one = "<ENAMEX TYPE=\"PERSON\">林小满</ENAMEX>来了。\n";
    let corpus =
        format!("<DOC>\n<TEXT>\n{one}</TEXT>\n</DOC>\n<DOC>\n<TEXT>\n{one}</TEXT>\n</DOC>\n");
    let root = folder(&[("in.sgm", &corpus)]);
    let at = root.path();
    let (out, err, code) = said(&kanbao(&["convert", "--to", "enamex", "in.sgm"], at));
    assert_eq!((out.as_str(), code), (corpus.as_str(), 0), "{err}");
    let output = kanbao(
        &["convert", "--to", "enamex", "in.sgm", "-o", "out.sgm"],
        at,
    );
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(read(at.join("out.sgm")), corpus);
}

#[test]
fn what_is_copied_keeps_its_name() {
    let copied = "{\"text\": \"林小满来了\", \"label\": [[0, 3, \"PER\"]]}\n";
    let root = folder(&[
        ("in/a.bio", "林\tB-PER\n来\tO\n了\tO\n。\tO\n"),
        ("in/a.jsonl", copied),
    ]);
    let at = root.path();
    let output = kanbao(&["convert", "--to", "doccano", "in", "-o", "out"], at);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(read(at.join("out/a.jsonl")), copied);
    assert!(read(at.join("out/a-2.jsonl")).contains("林来了"));
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
fn convert_tells_programs_what_it_wrote_and_what_was_lost() {
    let ann = "T1\tLOC 0 2\t水乡\nT2\tPER 8 9;10 11\t老 茶\n#1\tAnnotatorNotes T1\t问\n";
    let root = folder(&[
        ("a/1.txt", TEXT),
        ("a/1.ann", ann),
        ("a/2.txt", TEXT),
        ("a/2.ann", ""),
    ]);
    let told = |arguments: &[&str]| -> (Value, Option<i32>) {
        let output = kanbao(&[&["convert", "--json"], arguments].concat(), root.path());
        let told = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
        (told, output.status.code())
    };
    let to = |more: &[&'static str]| [&["--to", "msra", "a", "-o", "out/"], more].concat();
    let (refused, code) = told(&to(&[]));
    assert_eq!(
        (&refused["done"], &refused["written"], code),
        (&json!(false), &json!([]), Some(1))
    );
    let lost = json!({ "notes on annotations": 1, "discontinuous mentions": 1 });
    for (what, count) in lost.as_object().unwrap() {
        assert_eq!(&refused["lost"][what], count, "{refused}");
    }
    assert!(!root.path().join("out").exists());
    let (done, code) = told(&to(&["--lossy"]));
    assert_eq!((&done["lost"], code), (&refused["lost"], Some(0)));
    assert_eq!(
        (&done["to"], &done["articles"], &done["done"]),
        (&json!("msra"), &json!(2), &json!(true))
    );
    for file in done["written"].as_array().unwrap() {
        assert!(root.path().join(file.as_str().unwrap()).is_file(), "{done}");
    }
    let (copied, _) = told(&["--to", "brat", "a", "-o", "same/"]);
    assert_eq!(
        (
            copied["written"].as_array().map(Vec::len),
            &copied["articles"]
        ),
        (Some(4), &json!(2))
    );
    assert_eq!(told(&["--to", "toml", "a"]), (Value::Null, Some(2)));
    assert_eq!(
        told(&["--to", "toml", "a", "-o", "-"]),
        (Value::Null, Some(2))
    );
}

#[test]
fn convert_says_once_that_there_is_nothing() {
    let root = folder(&[("a/b.bin", "\0\0\0")]);
    for path in ["nowhere", "a"] {
        let (out, err, code) = said(&kanbao(&["convert", "--to", "toml", path], root.path()));
        assert_eq!((out.as_str(), code), ("", 1));
        assert!(!err.contains("several") && err.contains(path), "{err}");
        assert_eq!(err.matches("error: ").count(), 1, "{err}");
    }
}

#[test]
fn convert_counts_problems_as_check_does_and_knows_what_it_cannot_do() {
    let ann: String = (1..=250).map(|n| format!("T{n}\tLOC 0 2\t船\n")).collect();
    let root = folder(&[("in/1.txt", TEXT), ("in/1.ann", &ann)]);
    let at = root.path();
    let output = kanbao(&["convert", "--to", "brat", "in", "-o", "out"], at);
    let (_, err, _) = said(&output);
    assert!(err.contains("250 problems"), "{err}");
    for arguments in [
        &["convert", "--to", "brat", "in"][..],
        &["convert", "--to", "brat", "in", "-o", "-"],
    ] {
        let (_, err, code) = said(&kanbao(arguments, at));
        assert_eq!(code, 2, "{err}");
    }
}

#[test]
fn by_the_native_format_and_back_nothing_is_lost() {
    let ann = "T1\tLOC 0 2\t水乡\nT2\tPER 8 10;17 19\t老人 学生\nT3\tRead 14 15\t读\nT9\tX 90 99\t无\nE1\tRead:T3 Who:T2 In:E2\n\
               E2\tRead:T3\nR1\tIn Arg1:T2 Arg2:T1\nR2\tLost Arg1:T9 Arg2:T1\n*\tCoreference T1 T2\nA1\tSure E1\nM1\tTense T3 now\nN1\tReference T1 W:Q1\t乡\n\
               #1\tNote R1\t嗯\n";
    let crlf = TEXT
        .replace('\n', "\r\n")
        .replace("水乡的", "\u{FEFF}水乡的");
    // A mark and CR LF count in brat.
    let shifted = "T1\tLOC 1 3\t水乡\nT2\tPER 10 12\t老人\n";
    let root = folder(&[
        ("in/1.txt", TEXT),
        ("in/1.ann", ann),
        ("in/2.txt", &crlf),
        ("in/2.ann", shifted),
    ]);
    let at = root.path();
    for (to, from, into) in [("toml", "in", "toml"), ("brat", "toml", "out")] {
        let output = kanbao(&["convert", "--to", to, from, "-o", into], at);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
    }
    for name in ["1.txt", "1.ann", "2.txt", "2.ann"] {
        assert_eq!(
            read(at.join("out").join(name)),
            read(at.join("in").join(name)),
            "{name}"
        );
    }
    assert_eq!(kanbao(&["check", "toml"], at).status.code(), Some(0));
}

#[test]
fn neither_is_what_was_wrong() {
    let ann = "T1\tLOC 0 2\t水  乡\nT2\tPER 8 10\t老\n人\nT3\tPER 17 19\nT4\tPER 11 13;14 15\t茶馆 读\nT9\tX 90 99\n\
               E1\tRead:T4 Who:T2 In:T77\n*\tEquiv T2 T3 T88\nA1\tSure T1 yes\n\
               T1\tORG 0 2\t水乡\nR2\tIn Arg1:T2 Arg2:T99\nA2\tSure T98\n#2\tNote E7\t嗯\nT5\tPER x y\t老人\nno line at all\n";
    let root = folder(&[("in/1.txt", TEXT), ("in/1.ann", ann)]);
    let at = root.path();
    for (to, from, into) in [("toml", "in", "toml"), ("brat", "toml", "out")] {
        let output = kanbao(&["convert", "--to", to, from, "-o", into], at);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
    }
    assert_eq!(read(at.join("out/1.ann")), ann);
    let output = kanbao(
        &["convert", "--normal", "--to", "brat", "in", "-o", "normal"],
        at,
    );
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(read(at.join("normal/1.ann")), ann);
    let (_, err, code) = said(&kanbao(&["convert", "--to", "webanno", "in"], at));
    assert!(
        code == 1 && err.contains("8 lines that are no annotations"),
        "{err}"
    );
}

#[test]
fn what_a_format_cannot_carry_is_refused_and_told() {
    let ann = "T1\tPER 8 10;17 19\t老人 学生\nT2\tLOC 0 2\t水乡\n#1\tNote T2\t好\n";
    let root = folder(&[("in/甲/1.txt", TEXT), ("in/甲/1.ann", ann)]);
    let at = root.path();
    let (_, err, code) = said(&kanbao(
        &["convert", "--to", "doccano", "in", "-o", "out.jsonl"],
        at,
    ));
    assert_eq!(code, 1);
    assert!(
        err.contains("1 discontinuous mentions") && err.contains("--lossy"),
        "{err}"
    );
    assert!(!at.join("out.jsonl").exists());
    let (_, err, code) = said(&kanbao(
        &[
            "convert",
            "--lossy",
            "--to",
            "doccano",
            "in",
            "-o",
            "out.jsonl",
        ],
        at,
    ));
    assert!(
        code == 0 && err.contains("1 discontinuous mentions"),
        "{err}"
    );
    let output = kanbao(&["convert", "--to", "brat", "out.jsonl", "-o", "back/"], at);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    // The article finds its name again.
    assert_eq!(read(at.join("back/甲/1.txt")), TEXT);
    assert!(read(at.join("back/甲/1.ann")).contains("LOC 0 2\t水乡"));
}

#[test]
fn nothing_is_written_over_what_is_read() {
    let root = folder(&[("1.txt", TEXT), ("1.ann", ANN)]);
    let at = root.path();
    for out in [".", "1.txt"] {
        let _ = kanbao(
            &[
                "convert", "--normal", "--lossy", "--to", "text", "1.txt", "-o", out,
            ],
            at,
        );
        assert_eq!(read(at.join("1.txt")), TEXT);
        assert_eq!(read(at.join("1.ann")), ANN);
    }
    // What is read is no normal form, so that one could tell.
    let odd = "\nT9\tLOC 0 2\t水乡  \n";
    fs::write(at.join("1.ann"), odd).unwrap();
    for out in ["./", "1.txt"] {
        let arguments = ["convert", "--normal", "--to", "brat", "1.txt", "-o", out];
        let (_, err, code) = said(&kanbao(&arguments, at));
        assert!(code == 1 && err.contains("it is read from"), "{err}");
        assert_eq!(read(at.join("1.ann")), odd);
    }
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
