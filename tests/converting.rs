//! `kanbao convert` as a whole process: what is written, copied, refused, told.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::command::{folder, kanbao, said};
use crate::corpus::{ANN, TEXT};

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
fn programs_are_told_too_that_there_is_nothing_to_convert() {
    let root = folder(&[("a/b.bin", "\0\0\0"), ("bad.toml", "= not toml")]);
    let json = ["convert", "--json", "--to", "column", "-o", "x/"];
    for more in [
        &["nothere"][..],
        &["a"],
        &["--config", "bad.toml", "a"],
        &["--config", "nothere.toml", "a"],
    ] {
        let (out, _, code) = said(&kanbao(&[&json, more].concat(), root.path()));
        let told: Value =
            serde_json::from_str(&out).unwrap_or_else(|error| panic!("{out}: {error}"));
        let want = json!({"to": "column", "done": false, "written": [], "articles": 0, "problems": 0, "lost": {}});
        assert_eq!((told, code), (want, 1), "{more:?}");
    }
}
