//! What comes back: with Esc, with Ctrl-o, and where nothing was found.

use crate::collocates::{folder, found as found_in, press_alone};
use crate::gathering::{found, listed, open};
use crate::reader::Reader;
use kanbao::app::{Effect, LibraryHits, Message, Pane};
use kanbao::library::Library;
use kanbao::runtime::Librarian;

/// The number of a hit among all, as the status has it.
fn number(reader: &Reader) -> String {
    let status = reader.status();
    let mut parts = status.split_whitespace();
    let number = parts.rfind(|part| {
        part.split_once('/')
            .is_some_and(|(_, of)| of.parse::<u32>().is_ok())
    });
    number.unwrap_or_default().to_owned()
}

#[test]
fn a_file_that_changed_while_it_is_open_is_read_anew_for_its_hits() {
    let folder = folder(&[("1.txt", "甲镇\n"), ("2.txt", "甲镇\n")]);
    let mut reader = found_in(&folder, "甲镇");
    reader.press("<Enter>");
    assert_eq!((open(&reader), number(&reader).as_str()), (0, "1/1"));
    for name in ["1.txt", "2.txt"] {
        std::fs::write(folder.path().join(name), "前面多了一些字\n甲镇和甲镇\n").unwrap();
    }
    reader.press("g/").write("甲镇").press("<Enter>");
    assert_eq!(reader.at_point(), "甲镇");
    assert_eq!(number(&reader), "1/2", "{}", reader.status());
    reader.press("<Enter>nn");
    assert_eq!(open(&reader), 1, "another that was read before");
    assert_eq!(reader.at_point(), "甲镇");
    assert_eq!(number(&reader), "1/2", "{}", reader.status());
    // What is looked at while one types, and given up.
    std::fs::write(folder.path().join("2.txt"), "甲镇又甲镇又甲镇\n").unwrap();
    reader.press("g/").write("又甲镇").press("<Esc>");
    assert_eq!((open(&reader), reader.at_point().as_str()), (1, "甲镇"));
}

#[test]
fn a_file_that_changed_since_it_was_searched_is_shown_at_its_own_first_hit() {
    let names = ["1.txt", "2.txt", "3.txt"];
    let folder = folder(&names.map(|name| (name, "甲镇和甲镇\n")));
    let mut reader = found_in(&folder, "甲镇");
    std::fs::write(folder.path().join("2.txt"), "前面的字\n\n后面的甲镇\n").unwrap();
    for keys in ["j", "<Enter>", "k<Enter>J"] {
        reader.press(keys);
        assert_eq!(
            (open(&reader), reader.at_point().as_str()),
            (1, "甲镇"),
            "{keys}"
        );
        assert_eq!(number(&reader), "1/1", "{}", reader.status());
        reader.press("<Tab>");
        while reader.app.focus() != Pane::List {
            reader.press("<Tab>");
        }
    }
}

#[test]
fn a_search_that_found_nothing_is_no_place_to_go_back_to() {
    let text = "一\n".repeat(100) + "甲\n";
    let mut reader = Reader::plain(&text, 80, 20);
    reader.search("甲");
    let there = reader.app.body().unwrap().view();
    reader.search("没有").search("也没有");
    assert_eq!(reader.app.body().unwrap().view(), there);
    reader.press("<Ctrl-o>");
    assert_eq!(reader.app.point().unwrap().offset, 0, "{}", reader.status());
    reader.press("<Ctrl-o>");
    assert!(reader.status().contains("the oldest place"));
    reader.press("g/").write("没有").press("<Enter><Ctrl-o>");
    assert!(reader.status().contains("the oldest place"));
}

#[test]
fn a_refinement_that_finds_nothing_leaves_all_as_it_was() {
    let mut reader = found("高锐");
    reader.press("j<Enter>n");
    let (here, hit) = (open(&reader), number(&reader));
    let view = reader.app.body().unwrap().view();
    let line = reader.app.list().cursor().line();
    reader
        .press("/<Alt-l><Alt-l>")
        .write("没有这些字")
        .press("<Enter>");
    assert!(
        reader.status().contains("not found in these results"),
        "{}",
        reader.status()
    );
    reader.press("<F1><Esc>");
    assert_eq!((open(&reader), number(&reader)), (here, hit));
    assert_eq!(reader.app.body().unwrap().view(), view);
    assert_eq!(reader.app.list().cursor().line(), line);
    assert_eq!(reader.app.list().results().unwrap().query().text, "高锐");
}

/// The same where it is not known yet when Enter is pressed.
#[test]
fn a_refinement_that_finds_nothing_in_the_end_leaves_the_article_open() {
    let mut reader = found("高锐");
    reader.press("j<Enter>n");
    let (here, hit) = (open(&reader), number(&reader));
    let view = reader.app.body().unwrap().view();
    reader.press("/<Alt-l><Alt-l>");
    let asked = press_alone(&mut reader, "龘<Enter>");
    let ticket = asked.iter().find_map(|effect| match effect {
        Effect::SearchLibrary { ticket, .. } => Some(*ticket),
        _ => None,
    });
    reader.send(Message::Found(LibraryHits {
        ticket: ticket.unwrap(),
        done: true,
        ..LibraryHits::default()
    }));
    let said = "not found in these results: 龘";
    assert!(reader.status().contains(said), "{}", reader.status());
    reader.press("<F1><Esc>");
    assert_eq!((open(&reader), number(&reader)), (here, hit));
    assert_eq!(reader.app.body().unwrap().view(), view);
    let list = reader.app.list();
    assert_eq!(list.at(list.cursor().line()).unwrap().0, here);
}

#[test]
fn the_sidebar_comes_back_with_the_place() {
    for keys in ["/", "/<Alt-l><Alt-l>", "?"] {
        let mut reader = Reader::bundled(140, 24);
        reader.press("G1");
        let before = reader.screen();
        reader.press(keys).write("person:*");
        assert_ne!(reader.screen(), before);
        reader.press("<Esc>");
        assert_eq!(reader.screen(), before, "{keys}");
        assert!(!listed(&reader).is_empty());
    }
}

/// The titles that are listed.
fn titles(reader: &Reader) -> Vec<String> {
    let list = reader.app.list();
    let ids = (0..list.len()).filter_map(|line| list.at(line));
    ids.map(|id| list.row(id).unwrap().title.clone()).collect()
}

#[test]
fn results_are_filtered_and_come_back() {
    let mut reader = found("高锐");
    let (all, told) = (listed(&reader), titles(&reader));
    assert!(all.len() > 3);
    reader.press("jj");
    let at = open(&reader);
    reader.press("f").write("水乡");
    let some = listed(&reader);
    let want = told.iter().filter(|title| title.contains("水乡")).count();
    assert!(
        want > 0 && want < all.len() && some.len() == want,
        "{told:?}"
    );
    let counted = format!("{want} of {}", all.len());
    assert!(reader.status().ends_with(&counted), "{}", reader.status());
    reader.press("<Esc>");
    assert_eq!(listed(&reader), all);
    assert_eq!(reader.app.list().cursor().line(), 2);
    assert_eq!(open(&reader), at);
    // What is under the cursor is looked at, and what is listed is walked.
    reader.press("f").write("水乡").press("<Enter>");
    let line = reader.app.list().cursor().line();
    assert_eq!(open(&reader), some[line as usize]);
    assert!(reader.rows()[0].contains("水乡"), "{}", reader.rows()[0]);
    reader.press("gg<Enter>");
    let mut passed = vec![open(&reader)];
    for _ in 0..reader.app.list().results().unwrap().hits() {
        reader.press("n");
        if passed.last() != Some(&open(&reader)) {
            passed.push(open(&reader));
        }
    }
    assert!(passed.iter().all(|id| some.contains(id)), "{passed:?}");
    // In any order; other hits are not listed.
    reader.press("gao");
    reader.press("<Esc>");
    while listed(&reader) == some {
        reader.press("<Esc>");
    }
    assert_eq!(reader.app.list().results().unwrap().len(), all.len());
    let mut back = listed(&reader);
    back.sort_unstable();
    assert_eq!(back, all, "first the filter");
    reader.press("<Esc>");
    assert_eq!(listed(&reader).len(), 14, "then the results");
}

#[test]
fn a_filter_of_results_holds_for_those_that_come_later_and_after_a_prompt() {
    let mut reader = found("高锐");
    reader.press("f").write("水乡").press("<Enter>o");
    let some = listed(&reader);
    assert_eq!(
        some.len(),
        titles(&reader)
            .iter()
            .filter(|t| t.contains("水乡"))
            .count()
    );
    reader.press("g/").write("乌镇");
    assert_ne!(listed(&reader), some);
    reader.press("<Esc>");
    assert_eq!(listed(&reader), some);
    reader.press("f<Ctrl-u>").write("没有这样的标题");
    assert!(reader.screen().contains("nothing passes the filter"));
    reader.press("<Esc>");
    assert_eq!(listed(&reader), some, "the filter of before");
}

#[test]
fn a_search_that_is_begun_anew_keeps_its_filter() {
    let mut reader = Reader::bundled(120, 40);
    reader.press("g/").write("高");
    let asked = |effects: &[Effect]| {
        let mut all = effects.iter();
        all.find_map(|effect| match effect {
            Effect::SearchLibrary { ticket, .. } => Some(*ticket),
            _ => None,
        })
    };
    // It still runs while it is filtered and another is typed and given up.
    let first = asked(&press_alone(&mut reader, "锐")).unwrap();
    press_alone(&mut reader, "<Enter>f水乡<Enter>");
    let effects = press_alone(&mut reader, "g/<Esc>");
    let again = asked(&effects).unwrap();
    assert_ne!(first, again);
    let mut whole = found("高锐");
    let all = listed(&whole);
    whole.press("f").write("水乡").press("<Enter>");
    for effect in effects {
        if matches!(effect, Effect::SearchLibrary { .. }) {
            let mut librarian = Librarian::new(Library::bundled());
            reader.send(librarian.serve(&effect).unwrap());
        }
    }
    assert_eq!(listed(&reader), listed(&whole));
    assert!(listed(&reader).len() < all.len());
}

#[test]
fn a_prompt_that_filters_gives_back_the_filter_and_the_cursor() {
    // The list.
    let mut reader = Reader::bundled(140, 40);
    reader.press("f").write("水乡").press("<Enter>G");
    let line = reader.app.list().cursor().line();
    let some = listed(&reader);
    assert!(line > 0 && some.len() < 14);
    reader.press("f").write("没有").press("<Esc>");
    assert_eq!(
        (listed(&reader), reader.app.list().cursor().line()),
        (some, line)
    );
    // Esc outside the prompt brings all back.
    reader.press("<Esc>");
    assert_eq!(listed(&reader).len(), 14);

    // The entities.
    let mut reader = Reader::bundled(140, 40);
    while reader.app.focus() != Pane::Sidebar {
        reader.press("<Tab>");
    }
    reader.press("f").write("乌").press("<Enter>jj");
    let before = reader.app.sidebar().cursor();
    let items = reader.app.sidebar().items().to_vec();
    assert!(before.line() > 1, "{}", reader.screen());
    reader.press("f<Ctrl-u>").write("高").press("<Esc>");
    assert_eq!(reader.app.sidebar().items(), items);
    assert_eq!(reader.app.sidebar().cursor(), before);

    // The lines of a concordance.
    let mut reader = Reader::plain(&"红甲白。\n黑甲白。\n灰甲。\n".repeat(9), 90, 12);
    reader
        .search("甲")
        .press("gkf")
        .write("白")
        .press("<Enter>7j");
    let lines = |reader: &Reader| {
        let view = reader.app.concordance().unwrap();
        let at = view.lines().place_of(view.cursor().line() as usize);
        (view.lines().len(), at)
    };
    let before = lines(&reader);
    assert_eq!(before.0, 18);
    for typed in ["没有", "", "红"] {
        reader.press("f").write(typed).press("<Down><Down><Esc>");
        assert_eq!(lines(&reader), before, "{typed}");
    }
    reader.press("<Esc>");
    assert_eq!(lines(&reader).0, 27);

    // A list to choose from.
    let mut reader = Reader::plain(&"红甲白。\n黑甲白。\n灰甲。\n".repeat(9), 90, 40);
    reader
        .search("甲")
        .press("gl/")
        .write("白")
        .press("<Tab>jjjj");
    let shown = |reader: &Reader| {
        let picker = reader.app.picker().unwrap();
        (
            picker.len(),
            picker.cursor().line(),
            picker.filter().to_owned(),
        )
    };
    let before = shown(&reader);
    assert_eq!(before.0, 18);
    reader.press("/<Ctrl-u>").write("红").press("<Down><Esc>");
    assert_eq!(shown(&reader), before);
}
