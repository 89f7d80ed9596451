//! `kanbao search` as a whole process: what is printed, how it ends.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use kanbao::text::{Ambiguous, Profile, str_width};

/// Files of invented sentences: plain text, brat with its annotations, lines of JSON.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, content: &str| {
        std::fs::write(folder.path().join(name), content).unwrap();
    };
    put(
        "a.txt",
        "第一行\r\n　　甲镇开会，甲镇好。\r\n\r\n“三”\u{1b}[31m甲镇\n",
    );
    put("b.txt", "丁在甲镇的路\n");
    put("b.ann", "T1\tPlace 2 4\t甲镇\n");
    put("c.txt", "没有别的\n");
    folder
}

fn search(folder: &Path, args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kanbao"))
        .arg("search")
        .args(args)
        .current_dir(folder)
        .env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR"))
        .env_remove("COLUMNS")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn printed(folder: &Path, args: &[&str]) -> String {
    let output = search(folder, args, b"");
    assert_eq!(output.status.code(), Some(0), "{args:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

const FILES: [&str; 3] = ["b.txt", "a.txt", "c.txt"];

fn with<'a>(args: &[&'a str]) -> Vec<&'a str> {
    let mut all = vec!["甲镇"];
    all.extend(FILES);
    all.extend(args);
    all
}

#[test]
fn a_line_with_hits_is_told_with_its_place_in_the_file() {
    let folder = folder();
    insta::assert_snapshot!(printed(folder.path(), &with(&[])), @"
    b.txt:1:7:丁在甲镇的路
    a.txt:2:7:　　甲镇开会，甲镇好。
    a.txt:4:15:“三”␛[31m甲镇
    ");
    // Exactly there, for any plain text: the byte of the line of the file.
    let file = std::fs::read_to_string(folder.path().join("a.txt")).unwrap();
    let line = file.split('\n').nth(3).unwrap();
    assert!(line[14..].starts_with("甲镇"));
    let input = search(folder.path(), &["甲镇", "-"], "甲\n在甲 镇".as_bytes());
    let told = String::from_utf8(input.stdout).unwrap();
    assert_eq!(told, "standard input:2:4:在甲 镇\n");
}

#[test]
fn the_place_is_that_of_the_file_in_any_format() {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        (
            "a.toml",
            "headline = \"题\"\nbody = \"\"\"\n首段。\n去甲镇。\n\"\"\"\n",
        ),
        (
            "b.jsonl",
            "{\"text\": \"没有\", \"label\": []}\n\n{\"label\": [[0, 1, \"甲镇\"]], \"text\": \"一\\n\\u53bb甲镇。\"}\n",
        ),
        (
            "c.bio",
            "去\tO\n甲\tB-LOC\n镇\tI-LOC\n\n又\tO\n去\tO\n甲\tB-LOC\n镇\tI-LOC\n",
        ),
        ("d.ann", "去[@甲镇#Place*]。\n"),
    ];
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let told = printed(
        folder.path(),
        &["甲镇", "a.toml", "b.jsonl", "c.bio", "d.ann"],
    );
    insta::assert_snapshot!(told, @"
    a.toml:4:4:去甲镇。
    b.jsonl:3:51:去甲镇。
    c.bio:2:1:去甲镇
    c.bio:7:1:又去甲镇
    d.ann:1:6:去甲镇。
    ");
    for line in told.lines() {
        let parts: Vec<&str> = line.splitn(4, ':').collect();
        let content = std::fs::read_to_string(folder.path().join(parts[0])).unwrap();
        let number: usize = parts[1].parse().unwrap();
        let column: usize = parts[2].parse().unwrap();
        let there = content.lines().nth(number - 1).unwrap();
        assert!(there[column - 1..].starts_with('甲'), "{line}");
    }
    let json = printed(folder.path(), &["甲镇", "b.jsonl", "--json"]);
    let hit: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&hit["article"], &hit["line"]), (&2.into(), &3.into()));
}

#[test]
fn an_article_that_matches_without_a_hit_has_none() {
    let folder = tempfile::tempdir().unwrap();
    let article = "headline = \"题\"\ndate = 2023-11-08\nbody = \"首段。\"\n";
    std::fs::write(folder.path().join("a.toml"), article).unwrap();
    let query = "date:2023";
    assert_eq!(printed(folder.path(), &[query, "."]), "./a.toml:1:13:题\n");
    let count = printed(folder.path(), &[query, ".", "--count-matches", "--json"]);
    let counted: serde_json::Value = serde_json::from_str(&count).unwrap();
    assert_eq!(
        (&counted["lines"], &counted["hits"]),
        (&1.into(), &0.into())
    );
}

#[test]
fn what_draws_nothing_goes_through_a_pipe() {
    let folder = folder();
    let came = search(
        folder.path(),
        &["甲镇", "-"],
        "x\u{200B}甲镇❤\u{FE0F}\n".as_bytes(),
    );
    let told = String::from_utf8(came.stdout).unwrap();
    assert_eq!(told, "standard input:1:5:x\u{200B}甲镇❤\u{FE0F}\n");
}

#[test]
fn an_option_that_is_none_is_no_query() {
    let folder = folder();
    for args in [
        &["-n", "甲镇", "a.txt"][..],
        &["--cuont", "甲镇", "a.txt"],
        &["甲镇", "a.txt", "--by", "words"],
        &["甲镇", "a.txt", "--across"],
        &["甲镇", "a.txt", "--tsv"],
        &["甲镇", "a.txt", "--width", "40"],
    ] {
        let output = search(folder.path(), args, b"");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(
            output.stdout.is_empty() && !output.stderr.is_empty(),
            "{args:?}"
        );
    }
    let told = printed(folder.path(), &["(-n)", "c.txt"]);
    assert_eq!(told, "c.txt:1:1:没有别的\n");
}

#[test]
fn a_guessed_encoding_is_told() {
    let folder = folder();
    let came = search(folder.path(), &["ab", "-"], b"ab\xc4\xe3\xba\xc3 cd\n");
    let said = String::from_utf8(came.stderr).unwrap();
    assert!(said.contains("which is a guess"), "{said}");
    let came = search(folder.path(), &["ab", "-"], b"ab\n");
    assert!(came.stderr.is_empty());
}

#[test]
fn lines_and_hits_are_counted() {
    let folder = folder();
    let count = printed(folder.path(), &with(&["--count"]));
    assert_eq!(count, "b.txt:1\na.txt:2\n");
    let hits = printed(folder.path(), &with(&["--count-matches"]));
    assert_eq!(hits, "b.txt:1\na.txt:3\n");
    let json = printed(folder.path(), &with(&["--count", "--json"]));
    let last: serde_json::Value = serde_json::from_str(json.lines().last().unwrap()).unwrap();
    assert_eq!((&last["lines"], &last["hits"]), (&2.into(), &3.into()));
}

#[test]
fn objects_have_a_hit_each() {
    let folder = folder();
    let json = printed(folder.path(), &with(&["--json"]));
    let places: Vec<_> = json
        .lines()
        .map(|line| {
            let hit: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!(hit["hit"], "甲镇");
            (
                hit["line"].as_u64().unwrap(),
                hit["column"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(places, [(1, 7), (2, 7), (2, 22), (4, 15)]);
    assert!(!json.contains('\u{1b}'));
}

#[test]
fn a_concordance_is_straight_at_both_widths() {
    let folder = folder();
    for (cells, ambiguous) in [("1", Ambiguous::One), ("2", Ambiguous::Two)] {
        let profile = Profile::new(ambiguous);
        for width in ["40", "61", "100"] {
            for color in ["never", "always"] {
                let args = [
                    "--kwic",
                    "--width",
                    width,
                    "--ambiguous",
                    cells,
                    "--color",
                    color,
                ];
                let told = printed(folder.path(), &with(&args));
                let mut plain = String::new();
                let mut rest = told.as_str();
                while let Some((before, behind)) = rest.split_once('\u{1b}') {
                    plain.push_str(before);
                    rest = behind.split_once('m').unwrap().1;
                }
                plain.push_str(rest);
                let columns: Vec<u16> = plain
                    .lines()
                    .map(|line| {
                        assert!(
                            str_width(line, &profile) <= width.parse().unwrap(),
                            "{line}"
                        );
                        str_width(&line[..line.find(" 甲镇").unwrap()], &profile)
                    })
                    .collect();
                // The second hit of a.txt is the first in its line where its left context holds the other.
                assert_eq!(columns.len(), 4);
                assert!(
                    columns[0] == columns[1] && columns[1] == columns[3],
                    "{plain}"
                );
            }
        }
    }
}

#[test]
fn a_concordance_is_ordered_and_exported() {
    let folder = folder();
    let args = ["--kwic", "--width", "50", "--sort", "right", "--across"];
    insta::assert_snapshot!(printed(folder.path(), &with(&args)), @"
    a.txt  镇好。¶“三”␛[31m 甲镇 ¶
    a.txt 第一行¶甲镇开会， 甲镇 好。¶“三”␛[31m甲镇¶
    a.txt           第一行¶ 甲镇 开会，甲镇好。¶“三”␛[
    b.txt              丁在 甲镇 的路¶
    ");
    let tsv = printed(folder.path(), &with(&["--kwic", "--tsv"]));
    let rows: Vec<Vec<&str>> = tsv.lines().map(|row| row.split('\t').collect()).collect();
    assert_eq!(rows.len(), 5);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    assert_eq!(rows[1][7..], ["丁在", "甲镇", "的路"]);
    let csv = printed(
        folder.path(),
        &with(&["--collocates", "--context", "1", "--csv"]),
    );
    assert!(
        csv.lines().any(|row| row.starts_with("好,1,0,1,1,")),
        "{csv}"
    );
}

#[test]
fn the_end_says_whether_something_was_found() {
    let folder = folder();
    for (args, code, said) in [
        (&["甲镇", "a.txt"][..], 0, ""),
        (&["丑镇", "a.txt"], 1, ""),
        (&["甲镇", "a.txt", "gone"], 0, "gone"),
        (&["甲镇", "gone"], 2, "gone"),
        (&["(", "a.txt", "--regex"], 2, "unclosed group"),
        (&["", "a.txt"], 2, "empty"),
        (&["甲", "a.txt", "--depth", "4"], 2, "--depth"),
        (&["甲", "a.txt", "--tsv"], 2, "--kwic"),
    ] {
        let output = search(folder.path(), args, b"");
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{args:?}: {error}");
        assert!(error.contains(said), "{args:?}: {error}");
        assert!(!said.is_empty() || error.is_empty(), "{args:?}: {error}");
    }
}

#[test]
fn many_files_are_told_in_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let names: Vec<String> = (0..40).map(|n| format!("{n:02}.txt")).collect();
    for (n, name) in names.iter().enumerate() {
        let text = "甲镇\n".repeat(1 + (40 - n) * 5);
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let told = printed(folder.path(), &["甲镇", ".", "--count"]);
    let want: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(n, name)| format!("./{name}:{}", 1 + (40 - n) * 5))
        .collect();
    assert_eq!(told.lines().collect::<Vec<_>>(), want);
}

#[cfg(unix)]
#[test]
fn whoever_has_seen_enough_may_leave() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "甲镇\n".repeat(200_000)).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_kanbao"))
        .args(["search", "甲镇", "a.txt"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{output:?}"
    );
}

#[test]
fn nearness_that_cannot_be_is_refused() {
    let folder = folder();
    let refused = search(
        folder.path(),
        &with(&["--collocates", "--context", "6"]),
        b"",
    );
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("from 1 to 5"), "{said}");
}

#[test]
fn a_query_may_begin_with_what_is_not_to_be_there() {
    let folder = folder();
    let told = printed(folder.path(), &["-甲镇", "--count", "c.txt", "b.txt"]);
    assert_eq!(told, "c.txt:1\n");
    // It has a line for it, but no hit.
    let none = search(folder.path(), &["-甲镇", "--count-matches", "c.txt"], b"");
    assert_eq!((none.stdout.len(), none.status.code()), (0, Some(1)));
}

#[test]
fn a_text_is_searched_alike_in_pieces_and_as_an_article() {
    let folder = tempfile::tempdir().unwrap();
    let line = |n: usize| {
        format!(
            "第{n}段，{}乌镇　峰会。{}\n",
            "甲".repeat(n % 700),
            if n.is_multiple_of(3) { "高锐" } else { "" }
        )
    };
    let long = "乙".repeat(400_000) + "高锐烏鎮峰會\n";
    let text: String = (0..1500).map(line).collect::<String>() + &long + "　　\n\n末行高锐";
    std::fs::write(folder.path().join("a.txt"), &text).unwrap();
    // CR LF is left to the reader of articles, whose text has LF.
    std::fs::write(folder.path().join("b.txt"), text.replace('\n', "\r\n")).unwrap();
    for args in [
        &["乌镇峰会"][..],
        &["高锐"],
        &["--count", "高锐"],
        &["--count-matches", "乌镇"],
        &["wzfh"],
        &["--regex", "第1?5段"],
        &["--count", "--regex", "[ 　]+"],
        &["--regex", "^[ 　]*$"],
        &["没有"],
        &["乌镇 OR 高锐"],
        &["--count-matches", "乌镇峰 OR (镇峰会 OR 高) OR 锐"],
        &["--count", "没有 OR /^[ 　]*末/ OR wzfh"],
    ] {
        let of = |file: &str| {
            let output = search(folder.path(), &[args, &[file]].concat(), b"");
            let told = String::from_utf8(output.stdout).unwrap();
            (told.replace(&format!("{file}:"), ""), output.status.code())
        };
        assert_eq!(of("a.txt"), of("b.txt"), "{args:?}");
    }
}

/// A long text alone is printed as it is searched; beside another, when it has been.
#[test]
fn a_long_text_is_printed_alike_alone_and_beside_others() {
    let folder = tempfile::tempdir().unwrap();
    let line = |n: usize| match n % 3 {
        0 => format!("第{n}行：甲镇\u{200B}好\n"),
        1 => "没有\n".to_owned(),
        _ => format!("{}\t甲镇，甲鎮\u{1}\n", "乙".repeat(n % 90)),
    };
    let text: String = (0..160_000).map(line).collect::<String>() + "末行甲镇";
    assert!(text.len() > 9 << 20);
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    put("a.txt", text.as_bytes());
    put("b.txt", "无\n".as_bytes());
    // What is no UTF-8 at its very end is read as an article, and nothing printed before.
    put("c.txt", &[text.as_bytes(), b"\xff\n"].concat());
    for query in ["甲镇", "甲镇 OR 没有", "/行.甲/", "无处"] {
        let alone = search(folder.path(), &[query, "a.txt"], b"");
        let beside = search(folder.path(), &[query, "a.txt", "b.txt"], b"");
        assert_eq!(alone.status.code(), beside.status.code(), "{query}");
        assert!(alone.stdout == beside.stdout, "{query}");
    }
    let alone = printed(folder.path(), &["甲镇", "a.txt"]);
    let broken = printed(folder.path(), &["甲镇", "c.txt"]);
    assert!(
        alone.replace("a.txt:", "c.txt:").trim_end()
            == broken.trim_end().trim_end_matches('\u{FFFD}')
    );
}

#[test]
fn a_long_line_is_not_written_with_each_of_its_hits() {
    let folder = tempfile::tempdir().unwrap();
    let text = "甲镇的路。".repeat(3_000);
    std::fs::write(folder.path().join("a.txt"), &text).unwrap();
    let told = printed(folder.path(), &["甲镇", "a.txt", "--json"]);
    assert_eq!(told.lines().count(), 3_000);
    assert!(told.len() < 3_000 * 1_500, "{}", told.len());
    for line in told.lines() {
        let hit: serde_json::Value = serde_json::from_str(line).unwrap();
        let at = |key: &str| usize::try_from(hit[key].as_u64().unwrap()).unwrap();
        let about = hit["text"].as_str().unwrap();
        assert!(about[at("start") - at("text_start")..].starts_with("甲镇"));
        assert!(text[at("text_start")..].starts_with(about));
    }
}

#[test]
fn a_file_is_asked_for_by_its_path_or_what_an_article_is_called_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir(path("lib")).unwrap();
    std::fs::write(path("lib/b.txt"), "甲镇\n").unwrap();
    let records =
        "{\"text\":\"甲镇一\",\"label\":[],\"id\":7}\n{\"text\":\"甲镇二\",\"label\":[]}\n";
    std::fs::write(path("dk.jsonl"), records).unwrap();
    let of = |query: &str| {
        let output = search(folder.path(), &[query, "--count", "lib", "dk.jsonl"], b"");
        String::from_utf8(output.stdout).unwrap().replace('\n', " ")
    };
    for (query, want) in [
        ("甲镇 file:dk", "dk.jsonl:2 "),
        ("file:7", "dk.jsonl:1 "),
        ("file:lib/b", "lib/b.txt:1 "),
        ("file:/txt$/", "lib/b.txt:1 "),
        ("file:\"lib/b.txt\"", "lib/b.txt:1 "),
        ("file:\"b.txt\" OR file:\"dk\"", "lib/b.txt:1 dk.jsonl:2 "),
        ("file:\"b.t\"", ""),
        ("file:*", "lib/b.txt:1 dk.jsonl:2 "),
    ] {
        assert_eq!(of(query), want, "{query}");
    }
}
