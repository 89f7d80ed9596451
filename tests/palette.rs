//! The command palette: every action by its name, and places by their numbers.

use crate::reader::Reader;
use kanbao::action::Action;

fn typed(reader: &mut Reader, text: &str) {
    reader.press(":").write(text);
}

#[test]
fn every_action_is_there_with_its_chinese_line_and_its_keys() {
    let mut reader = Reader::bundled(120, 40);
    reader.press(":");
    let picker = reader.app.picker().unwrap();
    assert_eq!(picker.total() as usize, Action::ALL.len());
    for (row, action) in (0u32..).zip(Action::ALL) {
        let made = reader.app.picker_row(picker, row);
        assert!(made.text.starts_with(action.name()), "{}", made.text);
        assert!(made.text.contains(action.chinese()) && made.text.contains(action.help()));
        assert!(!made.detail.is_empty(), "{action:?}");
    }
    let rows = reader.rows();
    assert!(rows[0].contains("Actions and places"));
    assert!(
        rows[1].contains("down") && rows[1].contains("下一行"),
        "{}",
        rows[1]
    );
    assert!(reader.status().starts_with(':'));
}

#[test]
fn what_is_typed_narrows_it_and_enter_runs_the_first() {
    let mut reader = Reader::bundled(120, 40);
    typed(&mut reader, "nxme");
    let first = reader.rows()[1].clone();
    assert!(
        first.contains("next-mention") && first.contains("]m"),
        "{first}"
    );
    reader.press("<Enter>");
    assert!(reader.app.picker().is_none() && reader.app.prompt().is_none());
    let by_key = Reader::bundled(120, 40).press("]m").at_point();
    assert_eq!(reader.at_point(), by_key);
    // By the Chinese line; the second row is a key away.
    typed(&mut reader, "提及");
    let lines = reader.app.picker().unwrap().len();
    assert!((3..12).contains(&lines), "{}", reader.screen());
    reader
        .press("<Ctrl-u>")
        .write("一篇")
        .press("<Down><Enter>");
    let id = reader.app.body().unwrap().id();
    reader.press("K:").write("下一篇").press("<Enter>");
    assert_eq!(reader.app.body().unwrap().id().0, 1, "{id:?}");
    typed(&mut reader, "没有此事");
    assert!(reader.screen().contains("nothing passes the filter"));
    reader.press("<Esc>");
    assert!(reader.app.picker().is_none());
}

#[test]
fn a_narrow_window_has_as_many_keys_of_an_action_as_fit() {
    for (columns, want) in [
        (120, "Space, PageDown, Ctrl-F"),
        (40, "Space, PageDown"),
        (30, "Space"),
    ] {
        let mut reader = Reader::bundled(columns, 12);
        typed(&mut reader, "page-down");
        let rows = reader.rows();
        let row = rows.iter().find(|row| row.contains("Space")).unwrap();
        let keys = row[row.find("Space").unwrap()..].split('│').next().unwrap();
        assert_eq!(keys.trim_end(), want, "{columns}: {row}");
        assert!(row.contains("page"), "{row}");
    }
}

#[test]
fn an_action_that_means_nothing_here_says_so() {
    for (typing, why) in [
        ("select-left", "nothing is selected"),
        ("prompt-end", "it is for a line that is being typed"),
        ("toggle-kind", "it is for the sidebar"),
        ("choose", "it is for a list to choose from"),
        ("next-of-entity", "no mention at the point"),
    ] {
        let mut reader = Reader::plain("　　天亮了。\n", 100, 12);
        typed(&mut reader, typing);
        reader.press("<Enter>");
        let status = reader.status();
        let is_told = status.contains(why) || status.contains("no mention in this article");
        assert!(is_told, "{typing}: {status}");
    }
    let mut reader = Reader::plain("　　天亮了。\n", 100, 12);
    reader.press("v:").write("select-right").press("<Enter>");
    assert!(
        reader.status().contains("2 characters selected"),
        "{}",
        reader.status()
    );
}

#[test]
fn a_place_is_gone_to_by_its_number() {
    let text: String = (1..=200)
        .map(|n| format!("　　第{n}段。天色渐亮。\n"))
        .collect();
    let mut reader = Reader::plain(&text, 60, 21);
    for (place, want) in [
        ("12", "第12段"),
        ("200", "第200"),
        ("@2", "第1段。"),
        ("@b6", "第1段。"),
        ("@b7", "第1段。"),
        ("@3", "1段。天"),
        ("0%", "第1"),
        ("１２", "第12段"),
        ("100%", "。"),
    ] {
        reader.press("gg");
        typed(&mut reader, place);
        assert!(reader.rows()[1].contains("go to"), "{}", reader.screen());
        reader.press("<Enter>");
        let here = reader.at_point();
        let here = here.trim_start();
        assert!(here.starts_with(want), "{place}: {here}");
    }
    reader.press("gg:").write("50%").press("<Enter>");
    let offset = reader.app.point().unwrap().offset;
    let half = text.len() / 2;
    assert!(offset.abs_diff(half) < 20, "{offset} {half}");
    reader.press("<Ctrl-o>");
    assert!(
        reader.at_point().starts_with("第1段"),
        "back leads to where one was"
    );
}

#[test]
fn a_place_that_is_none_is_told_and_can_be_mended() {
    let mut reader = Reader::plain("天亮了。\n船靠岸。\n", 100, 12);
    typed(&mut reader, "3");
    assert!(
        reader
            .screen()
            .contains("there is no block 3: 1 to 2 is expected")
    );
    reader.press("<Enter>");
    assert!(reader.app.picker().is_some());
    assert!(reader.status().starts_with(":3"), "{}", reader.status());
    reader.press("<Backspace>").write("2x");
    assert!(reader.screen().contains("is no place: 50% of the article"));
    reader.press("<Backspace><Enter>");
    assert_eq!(reader.at_point(), "船靠岸。");
    typed(&mut reader, "@99");
    reader.press("<Enter>");
    assert!(
        reader.status().contains("there is no character 99: 0 to "),
        "{}",
        reader.status()
    );
}

#[test]
fn what_means_nothing_where_the_reader_is_says_so() {
    for name in [
        "sort-left",
        "collocates",
        "merge-names",
        "split-names",
        "toggle-measure",
        "toggle-within",
    ] {
        let mut reader = Reader::bundled(120, 40);
        typed(&mut reader, name);
        reader.press("<Enter>");
        let said = format!("{name} does nothing here: it is for ");
        assert!(reader.status().contains(&said), "{}", reader.status());
    }
}

#[test]
fn it_opens_over_the_concordance_a_name_s_page_and_help() {
    for (columns, rows) in [(120, 30), (60, 20), (40, 12)] {
        let mut reader = Reader::bundled(columns, rows);
        reader.press("/乌镇<Enter>gk");
        let lines = reader.screen();
        typed(&mut reader, "sort-left");
        assert!(reader.rows()[0].contains("Actions"), "{}", reader.screen());
        reader.press("<Esc>");
        assert_eq!(reader.screen(), lines, "Esc leads back to the lines");
        typed(&mut reader, "sort-left");
        reader.press("<Enter>");
        assert!(reader.app.concordance().is_some());
        assert_ne!(reader.screen(), lines);
        typed(&mut reader, "3");
        reader.press("<Enter>");
        assert!(reader.app.concordance().is_none(), "the place is shown");

        reader.press("]mgp");
        let page = reader.screen();
        typed(&mut reader, "toggle-measure");
        assert!(
            reader.status().starts_with(":toggle"),
            "{}",
            reader.screen()
        );
        reader.press("<Esc>");
        assert_eq!(reader.screen(), page, "Esc leads back to the page");
        typed(&mut reader, "toggle-measure");
        reader.press("<Enter>");
        assert!(reader.app.pages().is_some() && reader.app.picker().is_none());
        assert_eq!(reader.app.mode(), kanbao::keys::Mode::Overlay);
        reader.press("<Esc>]mgp");
        typed(&mut reader, "3");
        reader.press("<Enter>");
        assert!(reader.app.pages().is_none(), "the place is shown");

        reader.press("g?");
        typed(&mut reader, "next-article");
        reader.press("<Enter>");
        assert!(reader.app.overlay().is_none());
        assert_eq!(reader.app.body().map(|body| body.id().0), Some(1));
    }
}
