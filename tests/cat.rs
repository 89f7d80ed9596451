//! `kanbao cat` as a whole process: what is typed, what is printed, how it ends.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use kanbao::text::{Profile, str_width};

const PAGE: &str = "告示\n　　本周六９：００—１１：３０，老街图书馆（东门）举办“读报会”……欢迎读者李·某等带上2023年11月的报纸，票价￥30，室温20℃，约3.5％的座位留给孩子。\n（下转第二版）\n";

fn kanbao(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kanbao"))
        .args(args)
        .env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn printed(args: &[&str], input: &[u8]) -> String {
    let output = kanbao(args, input);
    assert!(output.status.success(), "{args:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_page_is_typeset() {
    insta::assert_snapshot!(printed(&["cat", "-", "--width", "20"], PAGE.as_bytes()), @"
           告示

        本周六
    ９：００—
    １１：３０，老街图
    书馆（东门）举办
    “读报会”……欢迎读者
    李·某等带上2023年
    11月的报纸，票价
    ￥30，室温20℃，约
    3.5％的座位留给
    孩子。
        （下转第二版）
    ");
}

#[test]
fn no_row_is_wider_than_it_was_asked_to_be() {
    for width in 1..=200u16 {
        for more in [
            &["--hang", "on"][..],
            &["--hang", "off"],
            &["--justify", "--autospace"],
        ] {
            let asked = width.to_string();
            let mut args = vec!["cat", "-", "--width", &asked];
            args.extend(more);
            for row in printed(&args, PAGE.as_bytes()).lines() {
                let cells = str_width(row, &Profile::default());
                assert!(cells <= width, "{row:?} has {cells} cells at {args:?}");
            }
        }
    }
}

#[test]
fn several_articles_are_parted_by_a_rule() {
    let out = printed(&["cat", "-", "-", "--width", "12"], "一。".as_bytes());
    assert_eq!(
        out, "    一。\n\n------------\n\n",
        "the second - has nothing left to read"
    );
}

#[test]
fn raw_is_the_text_with_lf() {
    let input = b"\xEF\xBB\xBFa\tb\r\n\r\n\xE4\xB9\x8C\r\n";
    assert_eq!(printed(&["cat", "--raw", "-"], input), "a\tb\n\n乌\n");
}

#[test]
fn nothing_of_a_hostile_text_gets_through() {
    let hostile = "标题\u{1b}]0;x\u{7}\u{9b}31m\u{202E}反\u{200B}\n\u{1b}[2J一段话。\n";
    let out = printed(&["cat", "-", "--width", "40"], hostile.as_bytes());
    assert!(!out.chars().any(|c| c.is_control() && c != '\n'), "{out:?}");
    assert!(!out.contains(['\u{202E}', '\u{200B}']), "{out:?}");
}

#[test]
fn bad_bytes_are_shown_and_counted() {
    let output = kanbao(&["cat", "-"], b"a\xFFb\xFEc");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout).trim(),
        "a\u{FFFD}b\u{FFFD}c"
    );
    assert!(String::from_utf8_lossy(&output.stderr).contains("2 bytes are not utf-8, in 2 places"));
}

#[test]
fn exit_codes_tell_what_went_wrong() {
    for (args, code) in [
        (&["cat", "-", "--width", "0"][..], 2),
        (&["cat", "-", "--kinsoku", "loose"], 2),
        (&["cat"], 0),
        (&["cat", "no-such-file.txt"], 1),
        (&["cat", "src"], 1),
        (&["cat", "no-such-file.txt", "-"], 1),
        (&["cat", "-"], 0),
    ] {
        assert_eq!(kanbao(args, b"").status.code(), Some(code), "{args:?}");
    }
}

#[test]
fn a_missing_file_does_not_stop_the_rest() {
    let output = kanbao(
        &["cat", "no-such-file.txt", "-", "--width", "20"],
        "一。".as_bytes(),
    );
    assert_eq!(String::from_utf8_lossy(&output.stdout), "    一。\n");
    assert!(String::from_utf8_lossy(&output.stderr).contains("no-such-file.txt"));
}

#[test]
fn the_config_sets_the_rows_and_flags_go_over_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("c.toml");
    std::fs::write(&file, "[typeset]\nautospace = true\nindent = 0\n").unwrap();
    let config = file.to_str().unwrap();
    let rows = |more: &[&str]| {
        let mut args = vec!["--config", config, "cat", "-", "--width", "20"];
        args.extend(more);
        printed(&args, "乌镇VR展。".as_bytes())
    };
    assert_eq!(rows(&[]), "乌镇 VR 展。\n");
    assert_eq!(rows(&["--autospace=off"]), "乌镇VR展。\n");
}

#[test]
fn a_misspelt_key_is_reported_with_its_place_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("c.toml");
    std::fs::write(&file, "# 主题\nthme = \"light\"\n").unwrap();
    let config = file.to_str().unwrap();
    let output = kanbao(
        &["--config", config, "cat", "-", "--width", "20"],
        "一。".as_bytes(),
    );
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "    一。\n");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("c.toml:2:1") && said.contains("theme"),
        "{said}"
    );
    let output = kanbao(&["--config", config, "config"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        kanbao(&["config", "--default"], b"").stdout,
        include_bytes!("../config.toml")
    );
    assert_eq!(
        kanbao(&["--config", "no-such.toml", "config"], b"")
            .status
            .code(),
        Some(1)
    );
}

#[test]
fn every_bundled_article_is_set_without_a_mark_where_it_must_not_stand() {
    for width in [20u16, 33, 60, 81, 120, 200] {
        let asked = width.to_string();
        let out = printed(&["cat", "articles", "--width", &asked], b"");
        assert!(out.contains("高锐") && out.contains("王 正"));
        for row in out.lines() {
            assert!(
                str_width(row, &Profile::default()) <= width,
                "{row:?} at {width}"
            );
            let row = row.trim();
            assert!(
                !row.starts_with([
                    '，', '。', '、', '；', '：', '？', '！', '）', '》', '”', '％'
                ]),
                "{row:?} at {width}"
            );
            assert!(
                !row.ends_with(['（', '《', '“', '￥']),
                "{row:?} at {width}"
            );
        }
    }
}

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for (name, content) in files {
        std::fs::write(root.path().join(name), content).unwrap();
    }
    root
}

fn both(output: &Output) -> (String, String) {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_brat_pair_is_one_article_and_its_faults_are_said() {
    let lines: String = (1..=30)
        .map(|n| format!("T{n}\tPER 0 2\t王\u{1b}五\n"))
        .collect();
    let root = folder(&[("1.txt", "张三去北京。\n"), ("1.ann", &lines)]);
    let at = |name: &str| root.path().join(name).to_str().unwrap().to_owned();
    for paths in [
        vec![at("1.txt")],
        vec![at("1.ann")],
        vec![at("1.ann"), at("1.txt")],
        vec![root.path().to_str().unwrap().to_owned()],
    ] {
        let mut args = vec!["cat", "--width", "20"];
        args.extend(paths.iter().map(String::as_str));
        let output = kanbao(&args, b"");
        let (out, said) = both(&output);
        assert_eq!(
            (output.status.code(), out.as_str()),
            (Some(0), "    张三去北京。\n"),
            "{said}"
        );
        assert_eq!(said.lines().count(), 21, "{said}");
        assert!(
            said.starts_with("warning: ") && said.contains("1.ann:1:12: T1 quotes “王␛五”"),
            "{said}"
        );
        assert!(said.contains("note: 10 more"), "{said}");
    }
    let output = kanbao(&["cat", "--format", "text", &at("1.txt")], b"");
    assert_eq!(both(&output).1, "");
    std::fs::remove_file(at("1.txt")).unwrap();
    let output = kanbao(&["cat", &at("1.ann")], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(both(&output).1.contains("there is no"), "{output:?}");
}

#[test]
fn the_format_may_be_said() {
    let toml = "headline = \"题\"\n";
    let printed_as = |format: &str| {
        both(&kanbao(
            &["cat", "--raw", "--format", format, "-"],
            toml.as_bytes(),
        ))
        .0
    };
    assert_eq!(printed_as("toml"), "题");
    assert_eq!(printed_as("text"), toml);
    let output = kanbao(&["cat", "--format", "brat", "-"], toml.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let output = kanbao(&["cat", "--format", "txt", "-"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(both(&output).1.contains("there are toml, "), "{output:?}");
}

#[test]
fn faults_of_a_native_article_are_said_with_their_place() {
    let root = folder(&[(
        "a.toml",
        "headline = \"乌镇\"\n[[entity]]\nname = \"北京\"\nkind = 3\n",
    )]);
    let path = root.path().join("a.toml");
    let output = kanbao(&["cat", path.to_str().unwrap()], b"");
    let (out, said) = both(&output);
    assert_eq!((output.status.code(), out.trim()), (Some(0), "乌镇"));
    assert!(said.contains("a.toml:4:8: `kind` of [[entity]]"), "{said}");
    assert!(
        said.contains("warning: ") && said.contains("a.toml:3:8: “北京” is found nowhere"),
        "{said}"
    );
}

#[test]
fn a_binary_file_is_refused_unless_the_format_is_said() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("a.txt");
    std::fs::write(
        &path,
        b"\x7fELF\x02\x01\x01\0\0\xff\x90\0\x03\0>\0\x01\0\xfe\0",
    )
    .unwrap();
    let output = kanbao(&["cat", path.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(both(&output).1.contains("binary"), "{output:?}");
    let output = kanbao(&["cat", "--format", "text", path.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn colours_are_printed_only_when_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "彭飞在乌镇。\n").unwrap();
    std::fs::write(
        folder.path().join("a.ann"),
        "T1\tPerson 0 2\t彭飞\nT2\tPlace 3 5\t乌镇\n",
    )
    .unwrap();
    let path = folder.path().join("a.ann");
    let path = path.to_str().unwrap();
    for args in [&["cat", path][..], &["cat", path, "--color", "never"]] {
        assert!(!printed(args, b"").contains('\u{1b}'));
    }
    let coloured = printed(&["cat", path, "--color", "always", "--width", "30"], b"");
    let plain: String = {
        // What is left without SGR sequences is what is printed without colours, blanks at the ends apart.
        let mut rest = coloured.as_str();
        let mut out = String::new();
        while let Some((before, after)) = rest.split_once("\u{1b}[") {
            out.push_str(before);
            rest = after.split_once('m').unwrap().1;
        }
        out + rest
    };
    let trimmed: Vec<&str> = plain.lines().map(str::trim_end).collect();
    let without = printed(&["cat", path, "--width", "30"], b"");
    assert_eq!(trimmed, without.lines().collect::<Vec<_>>());
    assert!(coloured.matches("\u{1b}[").count() >= 4, "{coloured:?}");
    let mono = printed(
        &["--config", "/dev/null", "cat", path, "--color", "always"],
        b"",
    );
    assert!(mono.contains('\u{1b}'));
}

#[test]
fn the_reader_prints_where_there_is_no_terminal() {
    let out = printed(&["-"], "告示\n　　老街图书馆开门。\n".as_bytes());
    assert!(out.contains("老街图书馆开门。"), "{out}");
    let flags = kanbao(&["--hang", "off", "cat", "-"], b"");
    assert_eq!(flags.status.code(), Some(2), "flags stand behind cat");
}

#[test]
fn completions_and_the_manual_page_are_printed() {
    for shell in ["bash", "zsh", "fish"] {
        assert!(printed(&["completions", shell], b"").contains("kanbao"));
    }
    let page = printed(&["man"], b"");
    for part in [
        ".TH kanbao 1",
        "KEYS",
        "next mention",
        "kinsoku",
        "searches",
    ] {
        assert!(page.contains(part), "{part}");
    }
}
