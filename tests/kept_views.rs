//! Searches over the library that are kept as views in the list.

use crate::gathering::{found, listed, open};
use crate::reader::Reader;
use kanbao::app::{Effect, Message, ViewChange};
use kanbao::library::ArticleId;
use kanbao::search::Query;

#[test]
fn a_search_is_kept_as_a_view() {
    let mut reader = found("高锐");
    let all = listed(&reader);
    reader.press("gs<Ctrl-u>").write("京城").press("<Enter>");
    let kept = reader.left.iter().rev().find_map(|effect| match effect {
        Effect::KeepView(ViewChange::Keep { name, query }) => Some((name, query)),
        _ => None,
    });
    let (name, query) = kept.unwrap();
    assert_eq!((name.as_str(), query.text.as_str()), ("京城", "高锐"));
    reader.press("<Esc>");
    assert_eq!(reader.app.list().len(), 15);
    assert!(reader.rows()[1].contains("/ 京城"), "{}", reader.screen());
    reader.press("gg");
    assert!(reader.app.list().view_at(0).is_some());
    reader.press("<Enter>");
    assert_eq!(listed(&reader), all);
    reader.press("<Esc>ggx");
    assert!(reader.status().contains("once more deletes"));
    reader.press("jkx");
    assert_eq!(reader.app.list().views().len(), 1, "asked once more");
    reader.press("x");
    assert_eq!(reader.app.list().len(), 14);
    let gone = ViewChange::Delete {
        name: "京城".to_owned(),
    };
    assert!(reader.left.contains(&Effect::KeepView(gone)));
}

#[test]
fn what_was_refined_is_kept_with_what_it_was_refined_from() {
    let mut reader = found("高锐 OR 乌镇");
    reader.press("g/<Alt-l>").write("记者").press("<Enter>");
    reader.press("g/<Alt-l>").write("人").press("<Enter>");
    let some = listed(&reader);
    let kept = |reader: &Reader| match reader.left.last() {
        Some(Effect::KeepView(ViewChange::Keep { query, .. })) => query.text.clone(),
        _ => String::new(),
    };
    reader.press("gs<Ctrl-u>").write("人").press("<Enter>");
    assert_eq!(kept(&reader), "((高锐 OR 乌镇) 记者) 人");
    assert!(!some.is_empty() && listed(&found("人")).len() > some.len());
    reader.press("<Esc>gg<Enter>");
    assert_eq!(listed(&reader), some);
    // Switches that differ are no one query.
    reader
        .press("g/<Alt-l><Alt-s>")
        .write("水")
        .press("<Enter>gs");
    assert!(reader.app.prompt().is_none());
    let status = reader.status();
    assert!(status.contains("no view: "), "{status}");
}

#[test]
fn views_stand_above_the_articles() {
    let mut reader = Reader::bundled(120, 40);
    let view = |name: &str| (name.to_owned(), Query::new("北京"));
    reader.send(Message::Views(vec![view("一"), view("二")]));
    let list = reader.app.list();
    assert_eq!(list.at(list.cursor().line()), Some(ArticleId(0)));
    reader.press("J");
    assert_eq!(open(&reader), 1);
    reader.press("KK");
    assert_eq!(open(&reader), 0, "views are no articles to walk to");
    assert!(reader.press("<Shift-Tab>gg").rows()[0].contains("2 views"));
    reader.send(Message::Views(vec![view("一")])).press("gg");
    assert!(reader.rows()[0].contains("1 view│"), "{}", reader.rows()[0]);
    reader.send(Message::Views(vec![view("一"), view("二")]));
    reader.press("5G<Enter>");
    assert_eq!(open(&reader), 4);
    reader.press("f").write("王").press("<Esc>");
    let list = reader.app.list();
    assert_eq!((list.len(), list.articles(), list.lead()), (16, 14, 2));
}
