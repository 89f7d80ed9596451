//! What keys do to an article: scrolling, the point, blocks, mentions, selections, jumps.

use crate::reader::{Choice, Reader};
use kanbao::app::Effect;
use kanbao::theme::Slot;

/// A long plain text of numbered paragraphs.
fn long() -> String {
    (1..=200)
        .map(|n| format!("　　第{n}段。天色渐亮，渡口的船一条接一条靠岸，菜农把筐子抬上石阶。\n"))
        .collect()
}

#[test]
fn rows_pages_and_ends() {
    let mut reader = Reader::plain(&long(), 60, 21);
    let top = |reader: &Reader| reader.rows()[1].trim().chars().take(8).collect::<String>();
    assert!(top(&reader).starts_with("第1段"));
    reader.press("2j");
    assert!(top(&reader).starts_with("第2段"));
    reader.press("<Space>b<Ctrl-d><Ctrl-u>kk");
    assert!(top(&reader).starts_with("第1段"));
    reader.press("k");
    assert!(reader.status().contains("top"), "{}", reader.status());
    reader.press("G");
    let rows = reader.rows();
    assert!(rows[19].contains("抬上石阶") || rows[18].contains("第200段"));
    assert!(reader.status().ends_with("100%"));
    reader.press("j");
    assert!(reader.status().contains("end"), "{}", reader.status());
    reader.press("gg");
    assert!(top(&reader).starts_with("第1段"));
    reader.press("<Ctrl-o>");
    assert!(
        reader.status().ends_with("100%"),
        "back leads to where one was"
    );
}

#[test]
fn the_same_text_stays_at_the_top_when_the_window_changes() {
    let mut reader = Reader::plain(&long(), 80, 24);
    reader.press("37j");
    let top = |r: &Reader| r.app.body().unwrap().view().top;
    let start = top(&reader);
    for (columns, rows) in [
        (40, 24),
        (200, 50),
        (23, 7),
        (79, 24),
        (120, 30),
        (10, 3),
        (80, 24),
    ] {
        reader.resize(columns, rows);
        if columns >= 20 {
            let sight = reader.app.body().unwrap().rows()[0].span();
            let at = reader.app.article().unwrap().text.blocks()[start.block as usize]
                .span
                .start()
                + start.offset;
            assert!(sight.start() <= at && at < sight.end(), "{columns}x{rows}");
        }
    }
    assert_eq!(top(&reader), start);
}

#[test]
fn the_point_is_the_first_character_in_sight_until_one_goes_somewhere() {
    let mut reader = Reader::plain(&long(), 60, 21);
    assert_eq!(reader.at_point(), "第1段。");
    reader.press("4j");
    assert_eq!(reader.at_point(), "第3段。");
    reader.press("2}");
    assert_eq!(reader.at_point(), "第5段。");
    reader.press("j");
    assert_eq!(
        reader.at_point(),
        "第5段。",
        "it stays while it is in sight"
    );
    reader.press("<Space>");
    assert_ne!(reader.at_point(), "第5段。");
    reader.press("gg{");
    assert_eq!(reader.at_point(), "第1段。");
    assert!(reader.looking_like(Slot::Point).concat().contains('第'));
}

#[test]
fn blocks_go_up_to_the_start_of_this_one_first() {
    let mut reader = Reader::plain(&long(), 30, 21);
    reader.press("9j");
    let here = reader.at_point();
    reader.press("{");
    assert_ne!(reader.at_point(), here);
    assert!(reader.at_point().starts_with('第'));
}

#[test]
fn mentions_are_walked_in_the_order_of_the_text() {
    let mut reader = Reader::bundled(160, 48);
    reader.press("]m");
    let first = reader.at_point();
    let mut seen = vec![first.clone()];
    for _ in 0..5 {
        reader.press("]m");
        seen.push(reader.at_point());
    }
    reader.press("2[m");
    assert_eq!(reader.at_point(), seen[3]);
    reader.press("gg]m[m");
    assert!(
        reader.status().contains("from the end again"),
        "{}",
        reader.status()
    );
    reader.press("]m");
    assert_eq!(reader.at_point(), first);
}

#[test]
fn this_entity_and_this_kind() {
    let mut reader = Reader::bundled(160, 48);
    reader.search("高锐");
    reader.press("]e");
    let article = reader.app.article().unwrap();
    let mention = article
        .annotations
        .mention(reader.app.mention_at_point().unwrap())
        .unwrap();
    let entity = article.annotations.entity(mention.entity.unwrap()).unwrap();
    assert_eq!(entity.name, "弗朗西斯·高锐");
    let places = entity.mentions().len();
    let at = reader.app.mention_at_point();
    for _ in 0..places {
        reader.press("]e");
    }
    assert_eq!(reader.app.mention_at_point(), at, "all the way round");
    for _ in 0..10 {
        reader.press("]k");
        let article = reader.app.article().unwrap();
        let mention = article
            .annotations
            .mention(reader.app.mention_at_point().unwrap())
            .unwrap();
        assert_eq!(article.annotations.label_name(mention.label), "person");
    }
}

#[test]
fn the_status_line_tells_id_label_and_offsets() {
    let text = "彭飞在乌镇。\r\n他去了 IPv6 展。\r\n";
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), text).unwrap();
    let ann = "T1\tPerson 0 2\t彭飞\nT2\tPlace 3 5\t乌镇\nT7\tProduct 12 16\tIPv6\n";
    std::fs::write(folder.path().join("a.ann"), ann).unwrap();
    let mut reader = Reader::files(&[folder.path().to_owned()], 100, 20);
    assert!(
        reader.status().contains("T1 Person 0-2 彭飞"),
        "{}",
        reader.status()
    );
    reader.press("]m]m]m<Ctrl-l>");
    assert_eq!(reader.at_point(), "IPv6");
    assert!(reader.left.contains(&Effect::Redraw));
    assert!(
        reader.status().contains("T7 Product 12-16 IPv6"),
        "{}",
        reader.status()
    );
}

#[test]
fn hidden_kinds_are_passed_over_and_not_painted() {
    let mut reader = Reader::bundled(160, 48);
    reader.press("<Tab>");
    assert!(reader.status().contains("ENTITIES"), "{}", reader.status());
    let items = reader.app.sidebar().items().len();
    reader.press("h");
    assert!(reader.app.sidebar().items().len() < items);
    assert!(
        reader.status().contains("person hidden"),
        "{}",
        reader.status()
    );
    reader.press("<Tab><Tab>");
    for _ in 0..30 {
        reader.press("]m");
        let article = reader.app.article().unwrap();
        let mention = article
            .annotations
            .mention(reader.app.mention_at_point().unwrap())
            .unwrap();
        assert_ne!(article.annotations.label_name(mention.label), "person");
    }
    reader.press("J");
    let article = reader.app.article().unwrap();
    let person = article.annotations.categories().next().unwrap();
    assert!(
        reader.app.sidebar().is_hidden(&article.annotations, person),
        "in the next article too"
    );
}

#[test]
fn enter_walks_the_mentions_of_the_sidebars_entity() {
    let mut reader = Reader::bundled(160, 48);
    reader.press("<Tab>j");
    let id = reader.app.sidebar().entity().unwrap();
    let places = reader
        .app
        .article()
        .unwrap()
        .annotations
        .entity(id)
        .unwrap()
        .mentions()
        .to_vec();
    for place in &places {
        reader.press("<Enter>");
        assert_eq!(reader.app.mention_at_point(), Some(*place));
    }
    reader.press("<Enter>");
    assert_eq!(reader.app.mention_at_point(), places.first().copied());
    assert!(reader.status().contains("ENTITIES"));
}

#[test]
fn a_selection_grows_and_is_searched() {
    let mut reader = Reader::plain("　　天色渐亮，天色 IPv6 又暗。\n　　天色。\n", 60, 20);
    reader.press("vl");
    assert!(
        reader.status().contains("2 characters selected"),
        "{}",
        reader.status()
    );
    reader.press("*");
    assert!(reader.status().contains("2/3"), "{}", reader.status());
    reader.press("n");
    assert!(reader.status().contains("3/3"), "{}", reader.status());
    reader.press("ggvwwwwww");
    assert!(reader.status().contains("SELECT"), "{}", reader.status());
    reader.press("jk<Esc>");
    assert!(reader.status().contains("READ"), "{}", reader.status());
}

#[test]
fn a_jump_line_leads_on_and_back() {
    let mut reader = Reader::bundled(160, 48);
    reader.press("JJJ");
    assert_eq!(
        reader.app.article().unwrap().meta.name,
        "04-rebuilding-page-1"
    );
    reader.press("G<Enter>");
    assert_eq!(
        reader.app.article().unwrap().meta.name,
        "05-rebuilding-page-2"
    );
    reader.press("gg<Enter>");
    assert_eq!(
        reader.app.article().unwrap().meta.name,
        "04-rebuilding-page-1"
    );
    reader.press("2<Ctrl-o>");
    assert_eq!(
        reader.app.article().unwrap().meta.name,
        "04-rebuilding-page-1"
    );
    reader.press("<Alt-Right>");
    assert_eq!(
        reader.app.article().unwrap().meta.name,
        "05-rebuilding-page-2"
    );
}

#[test]
fn the_list_is_filtered_and_opened() {
    let mut reader = Reader::bundled(160, 48);
    reader.press("f").write("ipv6").read_ahead();
    let list = reader.app.list();
    assert!((1..14).contains(&list.len()), "{}", list.len());
    let id = list.at(0).unwrap();
    reader.press("<Enter>gg<Enter>");
    assert_eq!(reader.app.body().unwrap().id(), id);
    reader.press("J");
    assert!(reader.app.list().len() > 1 || reader.status().contains("last article"));
    reader.press("<Tab><Tab><Esc>");
    assert_eq!(reader.app.list().len(), 14);
}

#[test]
fn themes_change_while_reading_and_mono_still_shows_mentions() {
    let mut reader = Reader::bundled(100, 30);
    let dark = reader.buffer();
    reader.press("T");
    assert_ne!(reader.buffer(), dark);
    let mut mono = Reader::start(
        kanbao::library::Library::bundled(),
        100,
        30,
        &Choice::of("theme = \"mono\"\n"),
    );
    let marked = mono.press("]m").looking_like(Slot::Mention).concat();
    assert!(marked.contains("乌镇"), "{marked}");
}

#[test]
fn a_theme_of_three_lines_and_a_misspelt_key() {
    let user = "theme = \"mine\"\nthme = 3\n[themes.mine]\ninherits = \"light\"\npalette = { ink = \"#102030\" }\n";
    let reader = Reader::start(
        kanbao::library::Library::bundled(),
        100,
        30,
        &Choice::of(user),
    );
    assert!(
        reader.status().contains("config.toml:2:1"),
        "{}",
        reader.status()
    );
    let ink = ratatui::style::Color::Rgb(0x10, 0x20, 0x30);
    let buffer = reader.buffer();
    assert!((0..100).any(|x| buffer[(x, 10)].fg == ink));
}

#[test]
fn keys_can_be_bound_and_unbound() {
    let user = "[keys.normal]\n\"x\" = \"bottom\"\n\"G\" = \"none\"\n";
    let library = kanbao::library::Library::from_bytes(
        "a.txt",
        long().as_bytes(),
        &kanbao::library::Asked::reading(None),
    );
    let mut reader = Reader::start(library, 60, 20, &Choice::of(user));
    reader.press("G");
    assert!(
        reader.status().contains("G does nothing here"),
        "{}",
        reader.status()
    );
    reader.press("x");
    assert!(reader.status().ends_with("100%"));
}

#[test]
fn a_partial_sequence_says_what_may_follow() {
    let mut reader = Reader::bundled(160, 48);
    reader.press("2]");
    let status = reader.status();
    assert!(
        status.contains("2] …") && status.contains("m next-mention"),
        "{status}"
    );
    reader.press("<Esc>");
    assert!(!reader.status().contains("]"));
}

#[test]
fn counts_before_top_and_bottom_are_blocks() {
    let mut reader = Reader::plain(&long(), 60, 21);
    reader.press("50G");
    assert_eq!(reader.at_point(), "第50段");
    reader.press("20gg");
    assert_eq!(reader.at_point(), "第20段");
    reader.press("999G");
    assert_eq!(reader.at_point(), "第200");
}

#[test]
fn the_card_is_scrolled_and_back_brings_its_entity_again() {
    let mut reader = Reader::bundled(120, 30);
    reader.press("]m");
    let first = reader.app.sidebar().entity();
    let hidden = |reader: &Reader| reader.app.card().0.above;
    assert!(
        reader.screen().contains("more: Ctrl-E"),
        "{}",
        reader.screen()
    );
    reader.press("5<Ctrl-e>");
    assert_eq!(hidden(&reader), 5);
    reader.press("99<Ctrl-e>");
    assert!(
        reader.screen().contains("more: Ctrl-Y"),
        "{}",
        reader.screen()
    );
    reader.press("99<Ctrl-y>");
    assert_eq!(hidden(&reader), 0);
    reader.press("4]m");
    assert_ne!(reader.app.sidebar().entity(), first);
    reader.press("<Ctrl-o>");
    assert_eq!(reader.app.sidebar().entity(), first);
}
