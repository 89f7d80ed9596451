//! Copying: which text goes out, in which form, with which citation.

use crate::reader::{Choice, Reader};
use kanbao::app::{Effect, Message};
use kanbao::config::CopyForm;
use kanbao::library::Library;

/// What was copied last, and what it was.
fn copied(reader: &Reader) -> (&str, &'static str) {
    match reader.left.last() {
        Some(Effect::Copy { text, what }) => (text, what),
        other => panic!("nothing was copied: {other:?}\n{}", reader.screen()),
    }
}

/// A reader at the first mention of 高锐 in the bundled library.
fn at_mention(columns: u16, user: &str) -> Reader {
    let mut reader = Reader::start(Library::bundled(), columns, 40, &Choice::of(user));
    reader.search("弗朗西斯").press("<Esc>");
    reader
}

#[test]
fn each_kind_in_both_forms_with_and_without_citation() {
    let mut all = String::new();
    for keys in ["ys", "yp", "ym", "yl", "vlllly"] {
        for form in ["file", "shown"] {
            for cite in [false, true] {
                let config = format!("[copy]\nform = \"{form}\"\ncite = {cite}\n");
                let mut reader = at_mention(70, &config);
                let (text, what) = copied(reader.press(keys));
                all += &format!("== {keys}: {what}, {form}, cite {cite}\n{text}|\n");
            }
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn form_and_citation_are_changed_by_keys() {
    let mut reader = at_mention(70, "");
    let plain = copied(reader.press("ym")).0.to_owned();
    assert_eq!(plain, "弗朗西斯·高锐");
    reader.press("yc");
    assert!(
        reader.status().contains("with title"),
        "{}",
        reader.status()
    );
    let cited = copied(reader.press("ym")).0.to_owned();
    let (text, line) = cited.split_once('\n').unwrap();
    assert_eq!(text, plain);
    for part in ["水乡十年", "2023-11-11", "第02版", "看报文选"] {
        assert!(line.contains(part), "{part} in {line}");
    }
    reader.press("yf");
    assert!(
        reader.status().contains("as it is shown"),
        "{}",
        reader.status()
    );
    let shown = copied(reader.press("ycyp")).0.to_owned();
    assert!(
        shown.starts_with("    在大会的名单上") && shown.contains('\n'),
        "{shown}"
    );
}

#[test]
fn a_sentence_is_the_same_at_any_width_and_both_ambiguous_widths() {
    for columns in [30, 60, 80, 120, 160] {
        for ambiguous in [1, 2] {
            let mut reader = at_mention(columns, &format!("ambiguous = {ambiguous}"));
            let text = copied(reader.press("ys")).0;
            assert!(
                text.starts_with("在大会的名单上") && text.ends_with("任秘书长。"),
                "{columns} {ambiguous}: {text}"
            );
        }
    }
}

#[test]
fn a_selection_is_copied_and_ends() {
    let mut reader = Reader::plain("　　乌镇 IPv6 在浙江。\n\n　　第二段。\n", 40, 10);
    assert_eq!(copied(reader.press("vly")), ("乌镇", "the selection"));
    assert!(reader.app.selection().is_none());
    let (text, _) = copied(reader.press("vlwjjly"));
    assert_eq!(text, "乌镇 IPv6 在浙江。\n\n　　第二段。");
    let mut shown = Reader::start(
        Library::from_bytes(
            "a.txt",
            "　　乌镇 IPv6 在浙江。\n\n　　第二段。\n".as_bytes(),
            &kanbao::library::Asked::reading(None),
        ),
        40,
        10,
        &Choice::of("[copy]\nform = \"shown\"\n[typeset]\nautospace = true\n"),
    );
    let (text, _) = copied(shown.press("vlwjjly"));
    assert_eq!(text, "乌镇 IPv6 在浙江。\n\n    第二段。");
}

#[test]
fn rows_as_shown_have_the_blanks_that_are_shown() {
    let text = "　　用IPv6上网。\tTAB，“引号”——破折\n".as_bytes();
    for (ambiguous, autospace) in [(1, true), (2, true), (1, false)] {
        let config = format!(
            "ambiguous = {ambiguous}\n[copy]\nform = \"shown\"\n[typeset]\nautospace = {autospace}\n"
        );
        let library = Library::from_bytes("a.txt", text, &kanbao::library::Asked::reading(None));
        let mut reader = Reader::start(library, 60, 12, &Choice::of(&config));
        let row = reader.rows()[1].trim_end().to_owned();
        let (copied, _) = copied(reader.press("yl"));
        assert!(row.ends_with(copied.trim_start()), "{copied} in {row}");
        assert!(copied.starts_with("    用"), "{copied}");
        assert_eq!(copied.contains("用 IPv6 上"), autospace, "{copied}");
    }
}

#[test]
fn nothing_is_copied_where_there_is_nothing() {
    let mut reader = Reader::plain("　　乌镇。\n", 40, 10);
    reader.press("ym");
    assert!(reader.left.is_empty() && reader.status().contains("no mention"));
    let mut empty = Reader::plain("\n\n", 40, 10);
    for keys in ["ys", "yp", "yl"] {
        empty.press(keys);
        assert!(empty.left.is_empty(), "{keys}");
        assert!(empty.status().contains("no text"), "{}", empty.status());
    }
}

#[test]
fn no_control_reaches_the_clipboard() {
    let bad = "\u{202E}\u{2066}\u{200F}\u{061C}\u{2028}\u{2029}\u{E0001}\u{E0041}";
    let hostile =
        format!("　　甲\u{1b}[201~rm\u{7}\u{9b}31m\u{9d}52;c;{bad}乙\u{200B}丙\u{7f}\r丁。\n");
    for form in ["file", "shown"] {
        for keys in ["ys", "yp", "yl", "vlllllllly"] {
            let config = format!("[copy]\nform = \"{form}\"\ncite = true\n");
            let library = Library::from_bytes(
                "\u{1b}]0;x\u{7}.txt",
                hostile.as_bytes(),
                &kanbao::library::Asked::reading(None),
            );
            let mut reader = Reader::start(library, 60, 12, &Choice::of(&config));
            let (text, _) = copied(reader.press(keys));
            let acts = |c: char| (c.is_control() && c != '\n') || bad.contains(c);
            assert_eq!(
                text.chars().find(|c| acts(*c)),
                None,
                "{form} {keys} {text:?}"
            );
            assert!(text.contains("甲␛[201~"), "{text}");
            assert!(!text.ends_with('\n'));
        }
    }
}

#[test]
fn what_belongs_to_text_stays_as_in_the_file() {
    let text = "甲\u{200D}乙\u{200C}丙\u{200B}丁\u{FE0F}戊\u{E0100}。";
    let mut reader = Reader::plain(&format!("{text}\n"), 60, 12);
    assert_eq!(copied(reader.press("yp")).0, text);
    let text = "甲\u{202E}乙\u{2029}丙\u{E0041}丁。";
    let mut reader = Reader::plain(&format!("{text}\n"), 60, 12);
    assert_eq!(copied(reader.press("yp")).0, "甲␦乙␦丙丁。");
}

#[test]
fn what_was_copied_is_told() {
    let mut reader = Reader::plain("　　乌镇。\n", 60, 10);
    reader.send(Message::Copied(
        "a row, 3 characters, copied by xclip".to_owned(),
    ));
    assert!(
        reader.status().contains("copied by xclip"),
        "{}",
        reader.status()
    );
}

#[test]
fn the_config_says_where_to_and_how() {
    use kanbao::config::{CopyTo, layer};
    let (config, problems) = layer(Some((
        "config.toml",
        "mouse = false\n[copy]\nto = [\"my\", \"tool\"]\nform = \"shown\"\ncite = true\n",
    )));
    assert!(problems.is_empty(), "{problems:?}");
    let own = CopyTo::Command(vec!["my".to_owned(), "tool".to_owned()]);
    assert_eq!(
        (
            config.mouse,
            config.copy.to,
            config.copy.form,
            config.copy.cite
        ),
        (false, own, CopyForm::Shown, true)
    );
    for wrong in [
        "to = \"osc 52\"",
        "to = []",
        "to = [\"\"]",
        "to = [1]",
        "form = 1",
        "cite = 2",
        "by = 1",
    ] {
        let text = format!("[copy]\n{wrong}\n");
        let (config, problems) = layer(Some(("config.toml", &text)));
        assert_eq!(problems.len(), 1, "{wrong}");
        assert_eq!(problems[0].line, 2);
        assert_eq!(config.copy, layer(None).0.copy, "{wrong}");
        let is_empty = problems[0].message.contains("empty command");
        assert_eq!(is_empty, wrong == "to = []" || wrong == "to = [\"\"]");
    }
}
