//! What lies in the way of going on: files that are gone, rows that have yet to be read, panes over others.

use crate::collocates::{folder, found as found_in};
use crate::gathering::{found, open, title};
use crate::reader::Reader;
use kanbao::app::{Message, Pane};

#[test]
fn an_article_that_is_gone_bars_no_way() {
    let names = ["0.txt", "1.txt", "2.txt", "3.txt"];
    let folder = folder(&names.map(|name| (name, "甲镇和甲镇\n")));
    let gone = |reader: &mut Reader| {
        reader.press("<Enter>");
        std::fs::remove_file(folder.path().join("1.txt")).unwrap();
    };
    let mut reader = found_in(&folder, "甲镇");
    gone(&mut reader);
    reader.press("nn");
    assert!(reader.status().contains("1.txt"), "{}", reader.status());
    reader.press("n");
    assert_eq!(open(&reader), 2);
    reader.press("N");
    assert!(reader.status().contains("1.txt"), "{}", reader.status());
    reader.press("N");
    assert_eq!((open(&reader), reader.at_point().as_str()), (0, "甲镇"));

    std::fs::write(folder.path().join("1.txt"), "甲镇和甲镇\n").unwrap();
    let paths = [folder.path().to_path_buf()];
    let mut reader = Reader::files(&paths, 120, 20);
    gone(&mut reader);
    reader.press("JJ");
    assert_eq!(open(&reader), 2);
    reader.press("KK");
    assert_eq!(open(&reader), 0);
}

#[test]
fn a_filter_that_has_yet_to_see_rows_says_so() {
    let folder = tempfile::tempdir().unwrap();
    for n in 0..600 {
        let text = format!("标题{}\n　　正文。\n", n % 10);
        std::fs::write(folder.path().join(format!("{n:03}.txt")), text).unwrap();
    }
    let mut reader = Reader::files(&[folder.path().to_path_buf()], 120, 20);
    reader.press("f").write("标题3");
    assert!(
        reader.status().contains("+ … of 600"),
        "{}",
        reader.status()
    );
    reader.press("<Enter>");
    assert!(title(&reader).contains("+ …"), "{}", title(&reader));
    let mut told = Vec::new();
    reader.read_rows(|reader| told.push(reader.app.list().articles()));
    assert!(told.is_sorted() && told.len() > 2, "{told:?}");
    assert_eq!(told.last(), Some(&60));
    assert!(
        !title(&reader).contains('…') && title(&reader).contains("1/60"),
        "{}",
        title(&reader)
    );
}

#[test]
fn a_filter_that_is_given_up_leaves_the_panes_as_they_were() {
    for columns in [60, 120, 160] {
        for keys in ["f", "<Tab>f", "<Tab><Tab>f", "1f"] {
            let mut reader = Reader::bundled(columns, 24);
            if let Some(first) = keys.strip_suffix('f').filter(|first| !first.is_empty()) {
                reader.press(first);
            }
            let before = (reader.screen(), reader.app.focus());
            reader.press("f").write("zz").press("<Esc>");
            assert_eq!(
                (reader.screen(), reader.app.focus()),
                before,
                "{columns} {keys}"
            );
        }
    }
}

#[test]
fn esc_ends_a_filter_before_the_pane_it_is_of_at_every_width() {
    for columns in [60, 120] {
        let mut reader = Reader::bundled(columns, 24);
        reader.press("f").write("ipv").press("<Enter><Esc>");
        assert_eq!(reader.app.list().len(), 14, "{columns}");
        assert_eq!(reader.app.focus(), Pane::List, "{columns}");
        reader.press("<Esc>");
        assert_eq!(reader.app.focus(), Pane::Body, "{columns}");
    }
}

#[test]
fn the_cursor_is_on_the_open_article_after_a_filter_that_nothing_passed() {
    let mut reader = Reader::bundled(120, 24);
    reader
        .press("JJ")
        .press("f")
        .write("zzz")
        .press("<Enter><Esc>");
    assert_eq!(reader.app.list().cursor().line(), 2);
    let mut reader = found("乌镇");
    reader.press("jj");
    let (line, article) = (reader.app.list().cursor().line(), open(&reader));
    reader.press("f").write("zzz").press("<Enter><Esc>");
    assert_eq!(
        (reader.app.list().cursor().line(), open(&reader)),
        (line, article)
    );
}

#[test]
fn a_concordance_leads_back_to_the_pane_over_which_it_lay() {
    for columns in [40, 60, 120] {
        let mut reader = Reader::bundled(120, 24);
        reader.resize(columns, 24);
        reader.press("g/").write("高锐").press("<Enter>");
        let before = title(&reader);
        reader.press("gk");
        assert!(reader.app.concordance().is_some());
        reader.press("<Esc>");
        assert_eq!(reader.app.focus(), Pane::List, "{columns}");
        assert_eq!(title(&reader), before, "{columns}");
    }
}

#[test]
fn help_is_had_by_both_keys_in_a_list_to_choose_from() {
    for key in ["<F1>", "g?"] {
        let mut reader = Reader::bundled(120, 30);
        reader.search("乌镇").press("gl");
        let before = reader.screen();
        reader.press(key);
        assert_ne!(reader.screen(), before);
        reader.press("<Esc>");
        reader.send(Message::Idle);
        assert_eq!(reader.screen(), before, "{key}");
    }
}
