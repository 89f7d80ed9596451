//! Names that are merged and split by hand, and the file of these rules.

use std::fs;

use crate::names::{library, open, to_row};
use crate::reader::{Choice, Reader};

#[test]
fn a_proposal_is_asked_of_once_and_written() {
    let (_folder, names, mut reader) = open(100, 60);
    reader.press("]m]m]mgp").read_names(9);
    assert_eq!(reader.app.pages().unwrap().name(), "顾听雨");
    to_row(&mut reader, "听雨 = 顾听雨?").press("m");
    assert!(
        reader
            .screen()
            .contains("m again: yes, else no: 听雨、顾听雨 are one"),
        "{}",
        reader.screen()
    );
    assert!(!names.exists());
    // Another key takes it back.
    reader.press("k").press("j").press("m");
    assert!(!names.exists());
    reader.press("m");
    let text = fs::read_to_string(&names).unwrap();
    assert_eq!(
        text,
        "[[same]]\nnames = [\"听雨\", \"顾听雨\"]\nkind = \"person\"\n"
    );
    let screen = reader.screen();
    assert!(
        screen.contains("names.toml:1; delete it there to undo"),
        "{screen}"
    );
    assert!(
        screen.contains("6 in 6 paragraphs and 4 articles"),
        "{screen}"
    );
    assert!(screen.contains("听雨 = 顾听雨: by hand"), "{screen}");
    // What was brought together is split, and nothing that was written is lost.
    to_row(&mut reader, "听雨 = 顾听雨: by hand").press("xx");
    let text = fs::read_to_string(&names).unwrap();
    assert!(
        text.starts_with("[[same]]") && text.contains("\n\n[[different]]\n"),
        "{text}"
    );
    let screen = reader.screen();
    assert!(
        screen.contains("5 in 5 paragraphs and 4 articles"),
        "{screen}"
    );
    assert!(!screen.contains("May be one"), "{screen}");
}

#[test]
fn a_name_is_set_apart_in_one_article() {
    let (_folder, names, mut reader) = open(100, 60);
    reader.press("]m]m]mgp").read_names(9);
    to_row(&mut reader, "一封旧信").press("xx");
    let text = fs::read_to_string(&names).unwrap();
    assert!(text.contains("articles = [\"d-letter\"]"), "{text}");
    let screen = reader.screen();
    assert!(
        screen.contains("4 in 4 paragraphs and 3 articles"),
        "{screen}"
    );
}

/// What the keys do is read in a narrow window as well, and for a name of many forms.
#[test]
fn the_question_begins_with_its_keys() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.toml");
    let aliases: Vec<String> = (1..12).map(|n| format!("\"石桥第{n}木作社\"")).collect();
    let text = format!(
        "headline = \"木作社\"\nbody = \"石桥木作社来了。\"\n[[entity]]\nname = \"石桥木作社\"\nkind = \"organisation\"\n\
         aliases = [{}]\n",
        aliases.join(", ")
    );
    fs::write(&file, text).unwrap();
    for (columns, want) in [
        (
            100,
            "x again: yes, else no: 石桥木作社、石桥第1木作社 and 10 more is somebody else in a",
        ),
        (40, "x again: yes, else no: 石桥"),
        (30, "x again: yes, else no"),
    ] {
        let mut reader = Reader::files(std::slice::from_ref(&file), columns, 20);
        reader.press("]mgp").read_names(9).press("Gx");
        assert!(reader.status().contains(want), "{}", reader.screen());
    }
}

#[test]
fn faults_of_the_file_are_told_and_a_broken_one_is_not_written() {
    let (_folder, names, mut reader) = open(100, 60);
    fs::create_dir_all(names.parent().unwrap()).unwrap();
    let broken = "[[same]]\nnames = [\"甲\"\n\n[[same]]\nnames = \"\"\"";
    fs::write(&names, broken).unwrap();
    reader.press("]m]m]mgp").read_names(9);
    let screen = reader.screen();
    assert!(screen.contains("names.toml:"), "{screen}");
    to_row(&mut reader, "听雨 = 顾听雨?").press("mm");
    assert!(
        reader.screen().contains("nothing was written"),
        "{}",
        reader.screen()
    );
    assert_eq!(fs::read_to_string(&names).unwrap(), broken);
}

#[test]
fn faults_of_the_rules_are_among_the_problems_until_they_are_mended() {
    let (folder, library) = library();
    let names = folder.path().join("names.toml");
    fs::write(
        &names,
        "[[same]]\nnames = [\"何守拙\"\n\n[[same]]\nnames = [\"丁\"]\n",
    )
    .unwrap();
    let mut reader = Reader::with_names(library, Some(names.clone()), 130, 40, &Choice::default());
    assert!(
        reader.status().contains("names.toml:"),
        "{}",
        reader.status()
    );
    reader.press("j!");
    let screen = reader.screen();
    assert!(screen.contains("Rules about names"), "{screen}");
    assert_eq!(screen.matches("names.toml:").count(), 1, "{screen}");
    reader.press("<Esc>gg]m]mgp").read_names(9);
    assert!(
        reader.screen().contains("names.toml:"),
        "{}",
        reader.screen()
    );
    // Mended by hand it is read again at the next page.
    fs::write(&names, "").unwrap();
    reader.press("<Esc>gp");
    assert!(
        !reader.screen().contains("names.toml:"),
        "{}",
        reader.screen()
    );
    reader.press("<Esc>!");
    assert!(
        reader.screen().contains("Nothing is wrong"),
        "{}",
        reader.screen()
    );
}

#[test]
fn deleting_what_was_written_undoes_it_at_the_next_page() {
    let (_folder, names, mut reader) = open(80, 60);
    reader.press("]m]m]mgp").read_names(9);
    to_row(&mut reader, "听雨 = 顾听雨?").press("mm");
    let screen = reader.screen();
    assert!(
        screen.contains("names.toml:1; delete it there to undo"),
        "{screen}"
    );
    assert!(screen.contains("6 in 6 paragraphs"), "{screen}");
    fs::write(&names, "").unwrap();
    reader.press("<Esc>gp");
    let screen = reader.screen();
    assert!(screen.contains("5 in 5 paragraphs"), "{screen}");
}
