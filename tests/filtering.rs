//! Filters of the list and of the entities: keys in, screen out.

use crate::reader::{Choice, Reader};
use kanbao::app::Item;
use kanbao::library::Library;
use kanbao::theme::Slot;

/// The titles that are listed.
fn titles(reader: &Reader) -> Vec<String> {
    let list = reader.app.list();
    (0..list.len())
        .filter_map(|line| list.row(list.at(line)?))
        .map(|row| row.title.clone())
        .collect()
}

/// The entities that are listed.
fn names(reader: &Reader) -> Vec<String> {
    let annotations = &reader.app.article().unwrap().annotations;
    let items = reader.app.sidebar().items().iter();
    items
        .filter_map(|item| match item {
            Item::Entity(id) => annotations.entity(*id).map(|e| e.name.clone()),
            _ => None,
        })
        .collect()
}

fn filtered(typed: &str) -> Reader {
    let mut reader = Reader::bundled(160, 48);
    reader.press("f").write(typed).read_ahead();
    reader
}

#[test]
fn the_list_is_filtered_by_reading_and_by_either_script() {
    let all = titles(&filtered("乌镇"));
    assert!((1..14).contains(&all.len()));
    for typed in ["烏鎮", "wuzhen", "WuZhe", "wu1zhen4", "wzh", "ㄨㄓㄣˋ"] {
        let titles = titles(&filtered(typed));
        assert!(
            all.iter().all(|title| titles.contains(title)),
            "{typed}: {titles:?}"
        );
        assert!(titles.len() < 14, "{typed}");
    }
    assert!(titles(&filtered("wu2zhen")).is_empty());
}

#[test]
fn what_matched_is_set_off_in_the_list() {
    let mut reader = filtered("wuzhen");
    reader.press("<Enter>");
    let marked = reader.looking_like(Slot::Hit);
    assert!(!marked.is_empty());
    assert!(
        marked
            .iter()
            .all(|row| row.contains("乌镇") || row.contains("wuzhen")),
        "{marked:?}"
    );
    reader.press("<Esc>");
    assert!(reader.looking_like(Slot::Hit).is_empty());
}

#[test]
fn without_pinyin_letters_are_letters() {
    let choice = Choice::of("[search]\npinyin = false\n");
    let mut reader = Reader::start(Library::bundled(), 160, 48, &choice);
    reader.press("f").write("wu1zhen4").read_ahead();
    assert!(titles(&reader).is_empty());
    let wrong = Choice::of("[search]\npinyn = true\n");
    assert!(
        wrong.problems[0].1.contains("pinyn"),
        "{:?}",
        wrong.problems
    );
}

#[test]
fn entities_are_narrowed_as_one_types() {
    let mut reader = Reader::bundled(160, 48);
    let all = names(&reader);
    reader.press("<Tab>f").write("gr");
    assert!(
        reader.status().contains("entities: gr"),
        "{}",
        reader.status()
    );
    let some = names(&reader);
    assert!(some.iter().any(|name| name.contains("高锐")), "{some:?}");
    assert!(some.len() < all.len());
    // The cursor is on the first that passes, never on a heading.
    assert_eq!(reader.app.sidebar().entity().is_some(), !some.is_empty());
    assert!(reader.looking_like(Slot::Hit).concat().contains("高锐"));
    reader.press("<Ctrl-u>").write("gaorui");
    let some = names(&reader);
    assert!(some.iter().all(|name| name.contains("高锐")), "{some:?}");
    assert!(reader.screen().contains("Entities: gaorui"));
    // Enter keeps it, another one walks the mentions, Esc ends it.
    reader.press("<Enter>");
    assert_eq!(names(&reader), some);
    reader.press("<Esc>");
    assert_eq!(names(&reader), all);
    reader.press("f").write("qqqq");
    assert!(names(&reader).is_empty());
    assert!(reader.screen().contains("nothing passes the filter"));
    reader.press("<Esc>");
    assert_eq!(names(&reader), all);
}

#[test]
fn the_arrows_move_among_the_entities_that_pass() {
    let mut reader = Reader::bundled(160, 48);
    reader.press("<Tab>f").write("dongjing");
    assert!(names(&reader).contains(&"东京大学".to_owned()));
    let first = reader.app.sidebar().cursor().line();
    assert!(reader.app.sidebar().entity().is_some());
    reader.press("<Down>");
    assert_eq!(reader.app.sidebar().cursor().line(), first + 1);
    reader.press("<Up><Enter>");
    assert!(reader.app.prompt().is_none());
    assert_eq!(reader.app.sidebar().cursor().line(), first);
}

/// Views stand above the articles in the list, and are none.
#[test]
fn the_filter_counts_articles_alone() {
    let mut reader = Reader::bundled(120, 30);
    let all = reader.app.list().total();
    let view = ("峰会".to_owned(), kanbao::search::Query::new("乌镇"));
    reader
        .send(kanbao::app::Message::Views(vec![view]))
        .press("f");
    let shown = format!("{all} of {all}");
    assert!(reader.status().contains(&shown), "{}", reader.status());
}
