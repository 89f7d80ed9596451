//! Whole screens at several sizes.

use crate::reader::{Choice, Reader};
use kanbao::layout::cell_style;
use kanbao::library::Library;
use kanbao::theme::Slot;

#[test]
fn three_panes() {
    insta::assert_snapshot!(Reader::bundled(160, 48).screen());
}

#[test]
fn two_panes() {
    insta::assert_snapshot!(Reader::bundled(100, 30).screen());
}

#[test]
fn the_body_alone() {
    insta::assert_snapshot!(Reader::bundled(60, 20).screen());
}

#[test]
fn a_very_small_window() {
    insta::assert_snapshot!(Reader::bundled(20, 5).screen());
    assert_eq!(
        Reader::bundled(19, 5).screen().lines().next(),
        Some("Too small:")
    );
}

#[test]
fn the_list_and_the_sidebar_over_a_narrow_body() {
    let mut reader = Reader::bundled(60, 20);
    insta::assert_snapshot!(reader.press("1").screen());
    insta::assert_snapshot!(reader.press("<Esc>3").pause().press("jj").screen());
}

#[test]
fn a_mention_with_its_card() {
    let mut reader = Reader::bundled(160, 48);
    reader.press("5]m");
    insta::assert_snapshot!(reader.screen());
}

#[test]
fn a_search_while_it_is_typed() {
    let mut reader = Reader::bundled(100, 30);
    reader.press("/").write("高锐");
    insta::assert_snapshot!(reader.screen());
}

#[test]
fn help_is_made_from_the_keymap() {
    let mut reader = Reader::bundled(100, 30);
    insta::assert_snapshot!(reader.press("g?").screen());
    insta::assert_snapshot!(reader.press("<Esc>").resize(30, 12).press("<F1>").screen());
}

#[test]
fn an_article_without_furniture_in_a_small_window() {
    let text = "　　乌镇在浙江。“包容”问的是谁还没有上网——他说：IPv6的地址有128位……\n\n第二段。\n";
    insta::assert_snapshot!(Reader::plain(text, 30, 10).screen());
}

/// Whatever parts the rows have: in the list, the sidebar, a list to choose from, a name's page.
#[test]
fn the_row_of_the_cursor_is_of_one_ground() {
    for theme in ["dark", "light", "paper"] {
        let choice = Choice::of(&format!("theme = \"{theme}\"\n"));
        let mut reader = Reader::start(Library::bundled(), 160, 48, &choice);
        // Keys, the slot, and how what has its ground begins and ends.
        for (keys, slot, first, last) in [
            ("<Tab><Tab>j", Slot::ListCursor, "水乡里的", "58"),
            ("<Shift-Tab>", Slot::SidebarCursor, "▶person", "18"),
            (
                "<Shift-Tab>/乌镇<Enter>gl",
                Slot::ListCursor,
                "2023年",
                "block 1",
            ),
            ("<Esc>gp}", Slot::ListCursor, "Neighbours", "have both"),
        ] {
            let buffer = reader.press(keys).buffer();
            let ground = cell_style(reader.app.theme().style(slot)).bg;
            let cells = buffer.content.iter().filter(|c| Some(c.bg) == ground);
            let row: String = cells.map(ratatui::buffer::Cell::symbol).collect();
            let row = row.trim();
            let is_whole = row.starts_with(first) && row.ends_with(last);
            assert!(is_whole, "{theme} {keys}: {row:?}\n{}", reader.screen());
        }
    }
}

/// Help, problems and a name's page leave the status line, which says what they are.
#[test]
fn the_status_line_stays_under_what_lies_over_the_panes() {
    for (columns, rows) in [(160, 48), (60, 20), (40, 12), (20, 5)] {
        let mut reader = Reader::bundled(columns, rows);
        for (keys, status) in [
            ("g?", "HELP"),
            ("<Esc>!", "PROBLEMS"),
            ("<Esc>]mgp", "NAME"),
            ("T", "NAME  theme light"),
            ("<Esc>/乌镇<Enter>gk<F1>", "HELP"),
            ("<Esc>", "CONCORDANCE"),
        ] {
            reader.press(keys);
            let shown = reader.status();
            assert!(shown.starts_with(&format!(" {status}")), "{keys}: {shown}");
            assert!(!shown.contains(['─', '┘']), "{keys}: {shown}");
        }
    }
}

#[test]
fn no_size_panics_and_borders_stay_straight() {
    for (columns, rows) in (0..=24).flat_map(|c| (0..=12).map(move |r| (c, r))).chain([
        (79, 24),
        (80, 24),
        (119, 30),
        (120, 9),
        (121, 40),
        (300, 100),
        (500, 5),
    ]) {
        let mut reader = Reader::bundled(columns, rows);
        for keys in [
            "j",
            "G",
            "3",
            "1",
            "<Esc><Esc>",
            "g?",
            "<Esc>!",
            "<Esc>]m",
            "vjj",
            "<Esc>/乌",
        ] {
            let buffer = reader.press(keys).buffer();
            let borders = |y: u16| -> Vec<u16> {
                (0..columns)
                    .filter(|x| buffer[(*x, y)].symbol() == "│")
                    .collect()
            };
            if columns >= 80 && rows >= 12 && !keys.contains(['?', '!']) {
                let first = borders(2);
                let expected = if columns >= 120 { 2 } else { 1 };
                for y in 0..rows - 1 {
                    let here = borders(y);
                    let straight = first.iter().filter(|x| here.contains(x)).count();
                    assert!(
                        straight >= expected.min(first.len()),
                        "{columns}x{rows} {keys} row {y}"
                    );
                }
            }
        }
    }
}
