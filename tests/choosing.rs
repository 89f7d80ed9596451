//! Lists to choose from: moving in them, narrowing them, choosing.

use crate::reader::Reader;
use kanbao::app::{Message, Mouse, MouseKind};

/// The bundled articles with so many of them visited, the first first.
fn visited(count: usize) -> Reader {
    let mut reader = Reader::bundled(100, 30);
    for _ in 1..count {
        reader.press("J");
    }
    reader
}

fn title(reader: &Reader) -> String {
    reader.app.article().unwrap().meta.title.clone()
}

#[test]
fn the_articles_visited_are_opened_where_they_were_left() {
    let mut reader = Reader::bundled(100, 30);
    reader.press("12j");
    let (first, there) = (title(&reader), reader.app.body().unwrap().view());
    reader.press("JJ");
    let third = title(&reader);
    reader.press("gh");
    let rows = reader.rows();
    assert!(rows[0].contains("Articles visited"), "{}", reader.screen());
    assert!(rows[1].contains(&third[..third.len().min(30)]));
    assert!(
        reader.screen().contains("2/3"),
        "the cursor is on the one before"
    );
    reader.press("G<Enter>");
    assert_eq!(title(&reader), first);
    assert_eq!(reader.app.body().unwrap().view(), there);
    assert!(reader.app.picker().is_none());
    reader.press("<Ctrl-o>");
    assert_eq!(title(&reader), third, "back leads to where one was");
}

#[test]
fn a_filter_narrows_the_list_as_one_types() {
    let mut reader = visited(4);
    let titles: Vec<String> = {
        reader.press("gh");
        let picker = reader.app.picker().unwrap();
        let rows = 0..picker.total();
        rows.map(|row| reader.app.picker_row(picker, row).text)
            .collect()
    };
    let word: String = titles[3].chars().take(3).collect();
    reader.press("/").write(&word);
    let lines = reader.app.picker().unwrap().len();
    assert!((1..4).contains(&lines), "{}", reader.screen());
    assert!(
        reader.status().starts_with("filter: "),
        "{}",
        reader.status()
    );
    reader.press("<Esc>");
    assert_eq!(
        reader.app.picker().unwrap().len(),
        4,
        "the whole list again"
    );
    reader.press("/").write(&word).press("<Tab>");
    assert!(reader.app.prompt().is_none());
    assert_eq!(reader.app.picker().unwrap().len(), lines);
    reader
        .press("/")
        .press("<Ctrl-u>")
        .write(&word)
        .press("<Enter>");
    assert_eq!(title(&reader), titles[3]);
    reader.press("gh/").write("没有这样的题目");
    assert!(reader.screen().contains("nothing passes the filter"));
    reader.press("<Enter>");
    assert!(reader.app.picker().is_some(), "there is nothing to choose");
    reader.press("<Esc><Esc>");
    assert!(reader.app.picker().is_none());
}

#[test]
fn keys_and_mouse_move_about_in_it() {
    let mut reader = visited(5);
    reader.press("ghgg");
    let line = |reader: &Reader| reader.app.picker().unwrap().cursor().line();
    for (keys, want) in [
        ("j", 1),
        ("2j", 3),
        ("k", 2),
        ("G", 4),
        ("2G", 1),
        ("<Space>", 4),
        ("gg", 0),
    ] {
        reader.press(keys);
        assert_eq!(line(&reader), want, "{keys}");
    }
    reader.press("<F1>");
    assert!(reader.app.overlay().is_some());
    reader.press("<Esc>");
    assert!(reader.app.overlay().is_none() && reader.app.picker().is_some());
    let click = |x, y| {
        Message::Mouse(Mouse {
            at: (x, y),
            kind: MouseKind::Press { clicks: 1 },
        })
    };
    let area = reader.app.picker_area();
    let picker = reader.app.picker().unwrap();
    let wanted = reader.app.picker_row(picker, 2).text;
    reader.send(click(area.x + 5, area.y + 2));
    assert_eq!(title(&reader), wanted);
    reader.press("ghq");
    assert!(reader.app.picker().is_none());
}

#[test]
fn it_fits_every_window() {
    let mut reader = visited(5);
    reader.press("gh");
    for (columns, rows) in [(20, 5), (21, 9), (41, 6), (80, 24), (200, 60), (3, 2)] {
        reader.resize(columns, rows);
        let screen = reader.screen();
        assert!(columns < 20 || screen.contains("Articles vis"), "{screen}");
        reader.press("Gkgg");
    }
}

#[test]
fn an_article_that_is_only_looked_at_is_not_the_first_of_those_visited() {
    let mut reader = visited(2);
    let second = title(&reader);
    reader.press("g/").write("高锐").press("<Enter>jj");
    assert_ne!(title(&reader), second);
    reader.press("gh<Enter>");
    assert_eq!(title(&reader), second, "the one that was left last");
}

#[test]
fn what_is_set_off_in_a_row_stands_in_order_and_apart() {
    let mut reader = Reader::plain("渡口的乌镇峰会在乌镇开。\n", 80, 12);
    reader.search("乌镇").press("glf").write("镇峰 渡口");
    let picker = reader.app.picker().unwrap();
    let marks = |row: u32| -> Vec<String> {
        let row = reader.app.picker_row_shown(picker, row);
        let parts = row.marks.iter().map(|mark| &row.text[mark.clone()]);
        parts.map(str::to_owned).collect()
    };
    assert_eq!(marks(0), ["渡口", "乌镇峰"]);
    assert_eq!(marks(1), ["渡口", "镇峰", "乌镇"]);
}
