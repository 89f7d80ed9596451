//! Whole screens at several sizes.

use crate::reader::Reader;

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
