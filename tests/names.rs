//! A name's page in the reader: keys in, screen out. Two people who meet in several articles.

use std::fs;
use std::path::PathBuf;

use crate::reader::{Choice, Reader};
use kanbao::app::{Effect, PageTarget, Ranking, page_rows};
use kanbao::library::{Asked, Library};
use kanbao::statistics::Together;
use kanbao::typeset::Options;
use tempfile::TempDir;

const ARTICLES: [(&str, &str); 4] = [
    (
        "a-bridge.toml",
        r#"
headline = "木桥开工"
date = 2023-03-02
body = """
石桥镇的木匠何守拙与画师顾听雨一起看了河道。何守拙说，桥要先画再造。
顾听雨画了三张图。
河水在三月最低。
"""
[[entity]]
name = "何守拙"
kind = "person"
note = "石桥镇的木匠。"
[[entity]]
name = "顾听雨"
kind = "person"
[[entity]]
name = "石桥镇"
kind = "place"
[[relation]]
label = "lives"
from = "何守拙"
to = "石桥镇"
"#,
    ),
    (
        "b-picture.toml",
        r#"
headline = "图上的桥"
date = "2023年5月20日"
body = """
顾听雨把图送到石桥木作社。何守拙收下图，木作社的人都来看。
听雨只说了一句话。
"""
[[entity]]
name = "顾听雨"
kind = "person"
[[entity]]
name = "何守拙"
kind = "person"
[[entity]]
name = "听雨"
kind = "person"
[[entity]]
name = "石桥木作社"
kind = "organisation"
aliases = ["木作社"]
[[exclude]]
text = "听雨"
occurrence = 1
[[event]]
label = "hand-over"
trigger = "收下"
args = [{ role = "giver", entity = "顾听雨" }, { role = "taker", entity = "何守拙" }]
"#,
    ),
    (
        "c-opening.toml",
        r#"
headline = "通桥那天"
date = 2023-11-11
body = """
木桥通了。何　守拙走第一个，顾听雨走第二个。
石桥镇放了一天假。
"""
[[entity]]
name = "何守拙"
kind = "person"
[[entity]]
name = "顾听雨"
kind = "person"
[[entity]]
name = "石桥镇"
kind = "place"
"#,
    ),
    (
        "d-letter.toml",
        r#"
headline = "一封旧信"
body = """
信里没有提到别人，只写着顾听雨三个字。
"""
[[entity]]
name = "顾听雨"
kind = "person"
"#,
    ),
];

pub(crate) fn library() -> (TempDir, Library) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in ARTICLES {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let (library, complaints) = Library::open(&[folder.path().to_owned()], &Asked::reading(None));
    assert!(complaints.is_empty() && library.len() == 4);
    (folder, library)
}

pub(crate) fn open(columns: u16, rows: u16) -> (TempDir, PathBuf, Reader) {
    open_with("", columns, rows)
}

pub(crate) fn open_with(config: &str, columns: u16, rows: u16) -> (TempDir, PathBuf, Reader) {
    let (folder, library) = library();
    let names = folder.path().join("state").join("names.toml");
    let choice = Choice::of(config);
    let reader = Reader::with_names(library, Some(names.clone()), columns, rows, &choice);
    (folder, names, reader)
}

/// Puts the cursor of the page on the first row that shows this.
pub(crate) fn to_row<'r>(reader: &'r mut Reader, text: &str) -> &'r mut Reader {
    reader.press("gg");
    let rows = reader.app.pages().unwrap().rows();
    let shows = |row: &kanbao::app::PageRow| {
        let parts: String = row
            .row
            .parts
            .iter()
            .map(|(_, text)| text.as_str())
            .collect();
        parts.contains(text)
    };
    let line = rows
        .iter()
        .position(shows)
        .unwrap_or_else(|| panic!("no row shows {text}"));
    for _ in 0..line {
        reader.press("j");
    }
    reader
}

#[test]
fn gp_opens_at_once_and_fills_as_the_library_is_read() {
    let (_folder, _, mut reader) = open(100, 40);
    reader.press("]m]m").press("gp");
    let screen = reader.screen();
    assert!(
        screen.contains("2 in 1 paragraph and 1 article, of 1 article"),
        "{screen}"
    );
    assert!(screen.contains("library read 0%"), "{screen}");
    reader.read_names(2);
    assert!(reader.screen().contains("library read 50%"));
    reader.read_names(9);
    let screen = reader.screen();
    assert!(
        screen.contains("4 in 3 paragraphs and 3 articles, of 4 articles"),
        "{screen}"
    );
    assert!(!screen.contains("library read"), "{screen}");
    insta::assert_snapshot!(screen);
}

#[test]
fn a_page_at_sixty_columns_and_on_a_terminal_that_draws_ambiguous_wide() {
    let (_folder, _, mut reader) = open(60, 40);
    reader.press("]m]mgp").read_names(9);
    insta::assert_snapshot!(reader.screen());
    let (_folder, _, mut reader) = open_with("ambiguous = 2\n", 60, 40);
    reader.press("]m]mgp").read_names(9);
    insta::assert_snapshot!(reader.screen());
}

#[test]
fn no_size_panics() {
    let (_folder, _, mut reader) = open(100, 40);
    reader.press("]m]mgp").read_names(9);
    for columns in [0, 1, 7, 19, 20, 23, 30, 41, 60, 79, 200] {
        for rows in [0, 1, 4, 5, 6, 12, 60] {
            reader.resize(columns, rows).press("Gk}{ggjip");
            let _ = reader.buffer();
        }
    }
}

#[test]
fn enter_on_an_article_goes_to_the_first_mention_there_and_back_returns() {
    let (_folder, _, mut reader) = open(100, 40);
    reader.press("]m]mgp").read_names(9);
    to_row(&mut reader, "通桥那天").press("<Enter>");
    assert!(reader.app.pages().is_none());
    assert_eq!(reader.app.article().unwrap().meta.title, "通桥那天");
    assert_eq!(reader.at_point(), "何　守拙");
    assert!(reader.left.contains(&Effect::CancelNames));
    reader.press("<Ctrl-o>");
    assert_eq!(reader.app.article().unwrap().meta.title, "木桥开工");
    // In the article that is open it is a jump.
    reader.press("gg]m]mgp").read_names(9);
    to_row(&mut reader, "木桥开工").press("<Enter>");
    assert!(reader.app.pages().is_none());
    assert_eq!(reader.at_point(), "何守拙");
}

#[test]
fn the_cursor_stays_on_its_row_while_the_library_is_read() {
    let at = |reader: &Reader| {
        let pages = reader.app.pages().unwrap();
        let line = pages.cursor().line() as usize;
        let before = pages.rows().get(..line).unwrap();
        let is_head = |row: &&kanbao::app::PageRow| row.target == Some(PageTarget::Section);
        let head = before.iter().rfind(is_head).unwrap();
        let parts = pages.rows()[line].row.parts.iter();
        let told: String = parts.map(|(_, text)| text.as_str()).collect();
        (head.row.parts[0].1.clone(), told)
    };
    // An article: newer ones come to stand above it.
    let (_folder, _, mut reader) = open(100, 60);
    reader.press("]m]mgp");
    to_row(&mut reader, "木桥开工").read_names(9);
    let (section, told) = at(&reader);
    assert_eq!(section, "Articles");
    assert!(told.contains("木桥开工"), "{told}");
    reader.press("<Enter>");
    assert_eq!(reader.app.article().unwrap().meta.title, "木桥开工");
    // A name that is in two sections, and more are told above it.
    let (_folder, _, mut reader) = open(100, 60);
    reader.press("]m]mgp");
    to_row(&mut reader, "  石桥镇  place").read_names(9);
    let (section, told) = at(&reader);
    assert_eq!(section, "Occurs with");
    assert!(told.contains("  石桥镇  place"), "{told}");
}

#[test]
fn from_name_to_name_and_back() {
    let (_folder, _, mut reader) = open(100, 60);
    reader.press("]m]mgp").read_names(9);
    to_row(&mut reader, "  顾听雨  person").press("<Enter>");
    let screen = reader.screen();
    assert!(
        screen.contains("5 in 5 paragraphs and 4 articles, of 4 articles"),
        "{screen}"
    );
    assert!(screen.contains("1 undated"), "{screen}");
    assert!(
        screen.contains("听雨 = 顾听雨? without the surname; 1 article has both"),
        "{screen}"
    );
    to_row(&mut reader, "  石桥木作社  organisation").press("<Enter>");
    assert_eq!(reader.app.pages().unwrap().name(), "石桥木作社");
    reader.press("<Backspace>");
    assert_eq!(reader.app.pages().unwrap().name(), "顾听雨");
    let line = reader.app.pages().unwrap().cursor().line() as usize;
    let target = reader.app.pages().unwrap().rows()[line].target.clone();
    assert!(matches!(target, Some(PageTarget::Name(key)) if key.name == "石桥木作社"));
    reader.press("<Ctrl-o>");
    assert_eq!(reader.app.pages().unwrap().name(), "何守拙");
    reader.press("<Ctrl-o>");
    assert!(reader.screen().contains("the first of the pages"));
    reader.press("<Esc>");
    assert!(reader.app.pages().is_none());
}

#[test]
fn the_ranking_and_the_place_change_by_a_key() {
    let (_folder, _, mut reader) = open(100, 60);
    reader.press("]m]mgp").read_names(9);
    assert!(
        reader
            .screen()
            .contains("in a paragraph, by log-likelihood")
    );
    reader.press("i");
    assert!(
        reader
            .screen()
            .contains("in a paragraph, by mutual information")
    );
    reader.press("p");
    assert!(
        reader
            .screen()
            .contains("in an article, by mutual information")
    );
    reader.press("ip");
    assert!(
        reader
            .screen()
            .contains("in a paragraph, by log-likelihood")
    );
}

#[test]
fn esc_closes_and_what_was_read_is_kept() {
    let (_folder, _, mut reader) = open(100, 40);
    reader.press("]m]mgp").read_names(2).press("<Esc>");
    assert!(reader.app.pages().is_none());
    // Nothing is read when no page is wanted.
    reader.read_names(9).press("gp");
    assert!(
        reader.screen().contains("library read 50%"),
        "{}",
        reader.screen()
    );
    reader.read_names(9).press("<Esc>gp");
    assert!(reader.screen().contains("3 articles, of 4 articles"));
}

#[test]
fn where_there_is_no_name_it_is_said() {
    let mut reader = Reader::plain("没有名字。\n", 60, 12);
    reader.press("gp");
    assert!(
        reader.status().contains("no mention at the point"),
        "{}",
        reader.status()
    );
}

#[test]
fn a_companion_keeps_its_kind_and_no_zero_has_a_sign() {
    let (_folder, _, mut reader) = open(100, 40);
    reader.press("]m]mgp").read_names(9);
    let mut page = reader.app.pages().unwrap().page().unwrap().clone();
    // As good as by chance, and a little less.
    let together = Together {
        both: 1,
        first: 10,
        second: 11,
        all: 109,
    };
    assert!(together.log_likelihood() < 0.0);
    page.companions.truncate(1);
    page.companions[0].key.name = "木水相连的一个长长的名字".to_owned();
    page.companions[0].paragraphs = together;
    let kind = page.companions[0].key.kind.name();
    for (width, name) in [(40, "木水相连的一个长长的名…"), (24, "木水相…"), (9, "木…")]
    {
        let rows = page_rows(&page, Ranking::default(), width, &Options::default());
        let texts = rows.iter().map(|row| {
            let parts = row.row.parts.iter().map(|(_, text)| text.as_str());
            parts.collect::<String>()
        });
        let row = texts.into_iter().find(|text| text.ends_with(kind));
        assert_eq!(row, Some(format!("  0.0  1  {name}  {kind}")), "{width}");
    }
}

#[test]
fn what_is_cut_in_a_small_window_is_cut_once() {
    let (_folder, _, mut reader) = open(20, 12);
    reader.press("]m]mgp").read_names(9);
    for _ in 0..20 {
        let screen = reader.press("j").screen();
        assert!(!screen.contains("……"), "{screen}");
    }
}
