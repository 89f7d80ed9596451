//! Relations and notes on what has no place of its own: events, seen in the words that tell of them, and relations, seen
//! in those who take part.

use std::path::PathBuf;
use std::process::Command;

use crate::reader::{Choice, Reader};
use kanbao::library::{Asked, Library};
use tempfile::TempDir;

/// A storm that brings down a bridge, and a ferry that takes its place.
const TEXT: &str = "暴雨冲垮了苇桥。\n渡船停在柳湾，柳湾人等着。\n";
const MARKS: &str = "\
T1\tStorm 0 2\t暴雨
T2\tCollapse 2 4\t冲垮
T3\tPlace 5 7\t苇桥
T4\tHalt 11 12\t停
T5\tVehicle 9 11\t渡船
T6\tPlace 13 15\t柳湾
T7\tPlace 16 18\t柳湾
E1\tStorm:T1
E2\tCollapse:T2 What:T3 Why:E1
E3\tHalt:T4 What:T5
R1\tCauses Arg1:E2 Arg2:E3
R2\tLies-at Arg1:T5 Arg2:T6
A1\tSudden E2
#1\tAnnotatorNotes E3\t何时开船不详
#2\tAnnotatorNotes R2\t次日不在
";

fn storm(columns: u16, rows: u16) -> (TempDir, PathBuf, Reader) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("storm.txt"), TEXT).unwrap();
    std::fs::write(folder.path().join("storm.ann"), MARKS).unwrap();
    let path = folder.path().join("storm.ann");
    let (library, _) = Library::open(std::slice::from_ref(&path), &Asked::reading(None));
    let reader = Reader::start(library, columns, rows, &Choice::default());
    (folder, path, reader)
}

/// The mentions that keys lead to, one after another.
fn walked(reader: &mut Reader, keys: &[&str]) -> Vec<String> {
    let step = |keys: &&str| reader.press(keys).at_point();
    keys.iter().map(step).collect()
}

/// What the rows of the sidebar's card say, as one line.
fn card(reader: &Reader) -> String {
    let (card, _) = reader.app.card();
    let parts = card.rows.iter().flat_map(|row| &row.parts);
    let words = parts.flat_map(|(_, text)| text.split_whitespace());
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn relations_of_events_are_walked_by_the_words_that_tell_of_them() {
    let (_folder, _, mut reader) = storm(130, 30);
    assert_eq!(
        walked(&mut reader, &["]r", "]r", "]r", "]r", "]r"]),
        ["冲垮", "渡船", "停", "柳湾", "冲垮"]
    );
}

#[test]
fn notes_on_events_and_relations_are_walked_where_these_are_seen() {
    let (_folder, _, mut reader) = storm(130, 30);
    assert_eq!(
        walked(&mut reader, &["]n", "]n", "]n", "]n"]),
        ["渡船", "停", "柳湾", "渡船"]
    );
}

#[test]
fn a_word_that_tells_of_an_event_has_a_card_of_its_own() {
    let (_folder, _, mut reader) = storm(130, 40);
    reader.press("]r");
    assert_eq!(
        card(&reader),
        "冲垮 kind other (Collapse) relation Causes as Arg1; Arg2 停 \
         event 冲垮 Collapse What 苇桥, Why 暴雨 Sudden yes"
    );
    // An event within another is seen in its own word.
    reader.press("gg]m");
    assert_eq!(reader.at_point(), "暴雨");
    assert!(
        card(&reader).contains("event 冲垮 Collapse as Why; What 苇桥"),
        "{}",
        card(&reader)
    );
    // A name with a line in the sidebar has its card again, and what is noted on its relation.
    reader.press("]r]r");
    assert_eq!(reader.at_point(), "渡船");
    let told = card(&reader);
    assert!(told.starts_with("渡船 kind"), "{told}");
    assert!(
        told.contains("relation Lies-at as Arg1; Arg2 柳湾 note 次日不在"),
        "{told}"
    );
    assert!(
        told.contains("event 停 Halt as What note 何时开船不详"),
        "{told}"
    );
    // In the sidebar the card follows its cursor.
    reader.press("]r");
    assert!(card(&reader).starts_with("停 kind"), "{}", card(&reader));
    reader.press("<Tab>");
    assert!(
        card(&reader).starts_with("Halt entities"),
        "{}",
        card(&reader)
    );
}

#[test]
fn a_page_has_the_relations_and_notes_of_its_event() {
    let (_folder, path, mut reader) = storm(130, 40);
    reader.press("]r").press("gp").read_names(9);
    let screen = reader.screen();
    assert!(screen.contains("Causes ─ 停"), "{screen}");
    assert!(screen.contains("Causes  as Arg1; Arg2 停"), "{screen}");
    let home = tempfile::tempdir().unwrap();
    let page = |name: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_kanbao"))
            .args(["entities", "--page", name])
            .arg(&path)
            .env("XDG_STATE_HOME", home.path())
            .env("XDG_CONFIG_HOME", home.path())
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let halt = page("停");
    assert!(halt.contains("note      何时开船不详"), "{halt}");
    assert!(halt.contains("Causes  as Arg2; Arg1 冲垮"), "{halt}");
    let bay = page("柳湾");
    assert!(bay.contains("note      次日不在"), "{bay}");
}
