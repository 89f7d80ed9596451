//! Searching within an article.

use crate::reader::Reader;
use kanbao::app::{Effect, Message};
use kanbao::article::Article;
use kanbao::library::Library;
use kanbao::theme::Slot;

/// The hits of a search in every bundled article, one after another.
pub(crate) fn hits_everywhere(query: &str) -> usize {
    let mut reader = Reader::bundled(100, 30);
    let articles = reader.app.list().total();
    let mut hits = 0;
    for n in 0..articles {
        if n > 0 {
            reader.press("J");
        }
        reader.press("gg").search(query);
        hits += reader.app.find().unwrap().hits().len();
    }
    hits
}

#[test]
fn the_bundled_names_are_found_with_the_right_counts() {
    // Counted by a plain search for the strings, their full-width forms and their spaced forms in the texts.
    let mut library = Library::bundled();
    let mut counted = [0, 0, 0];
    for n in 0..library.len() {
        let article: std::sync::Arc<Article> = library.load(kanbao::library::ArticleId(n)).unwrap();
        let text = article.text.whole();
        counted[0] += ["高锐", "高 锐", "高銳"]
            .iter()
            .map(|name| text.matches(name).count())
            .sum::<usize>();
        let narrow: String = text
            .to_lowercase()
            .chars()
            .map(|c| match c {
                '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap(),
                c => c,
            })
            .collect();
        counted[1] += narrow.to_lowercase().matches("ipv6").count();
        counted[2] += text.matches("王正").count()
            + text.matches("王 正").count()
            + text.matches("王\u{3000}正").count();
    }
    assert_eq!(hits_everywhere("高锐"), counted[0]);
    assert_eq!(hits_everywhere("ｉｐｖ６"), counted[1]);
    assert_eq!(hits_everywhere("王正"), counted[2]);
    assert!(counted.iter().all(|n| *n > 0), "{counted:?}");
}

#[test]
fn the_screen_follows_what_is_typed_and_esc_returns() {
    let mut reader = Reader::bundled(100, 30);
    let before = reader.screen();
    reader.press("/").write("拉莫达斯特");
    assert_ne!(reader.screen(), before);
    assert!(reader.status().contains("1/1"), "{}", reader.status());
    assert!(
        reader
            .looking_like(Slot::HitCurrent)
            .concat()
            .contains("拉莫达斯特")
    );
    reader.press("<Esc>");
    assert_eq!(reader.screen(), before);
    reader.press("/").write("没有这样的字").press("<Enter>");
    assert!(reader.status().contains("not found"), "{}", reader.status());
}

#[test]
fn hits_are_counted_and_walked_round() {
    let mut reader = Reader::bundled(100, 30);
    reader.search("乌镇");
    let all = reader.app.find().unwrap().hits().len();
    assert!(
        reader.status().contains(&format!("1/{all}")),
        "{}",
        reader.status()
    );
    reader.press("2n");
    assert!(reader.status().contains(&format!("3/{all}")));
    reader.press("N");
    assert!(reader.status().contains(&format!("2/{all}")));
    reader.press(&format!("{}n", all - 1));
    assert!(reader.status().contains(&format!("1/{all}")));
    assert!(
        reader.status().contains("on from the start"),
        "{}",
        reader.status()
    );
    reader.press("N");
    assert!(reader.status().contains(&format!("{all}/{all}")));
    assert_eq!(reader.at_point(), "乌镇");
    reader.press("<Esc>");
    assert!(reader.app.find().is_none() && reader.left.contains(&Effect::CancelSearch));
}

#[test]
fn a_count_holds_for_the_search_that_is_taken_up_again() {
    for (keys, number) in [("n", 1), ("5n", 5), ("N", 3), ("2N", 2)] {
        let mut reader = Reader::bundled(100, 30);
        reader.search("乌镇");
        let all = reader.app.find().unwrap().hits().len();
        reader.press("3n<Esc>");
        let back = keys.ends_with('N');
        if !back {
            reader.press("gg");
        }
        reader.press(keys);
        let shown = format!("{number}/{all}");
        assert!(
            reader.status().contains(&shown),
            "{keys}: {}",
            reader.status()
        );
    }
}

#[test]
fn backwards_goes_to_the_hit_above() {
    let mut reader = Reader::bundled(100, 30);
    reader.press("G?").write("乌镇").press("<Enter>");
    let all = reader.app.find().unwrap().hits().len();
    assert!(
        !reader.status().contains(&format!(" 1/{all}")),
        "{}",
        reader.status()
    );
    let first = reader.app.point().unwrap().offset;
    reader.press("n");
    assert!(reader.app.point().unwrap().offset < first);
    reader.press("N");
    assert_eq!(reader.app.point().unwrap().offset, first);
}

#[test]
fn a_hit_across_a_row_end_and_a_spaced_name() {
    let text = "　　天亮了，船靠岸了，彭 飞在渡口。\n";
    for columns in 20..40 {
        let mut reader = Reader::plain(text, columns, 12);
        reader.search("彭飞在渡口");
        assert_eq!(reader.at_point(), "彭 飞在渡口");
        let shown = reader
            .looking_like(Slot::HitCurrent)
            .concat()
            .replace(' ', "");
        assert_eq!(shown, "彭飞在渡口", "at {columns}");
    }
}

#[test]
fn faults_of_a_query_are_told_and_shown_in_their_place() {
    let mut reader = Reader::plain("乌镇峰会\n", 100, 12);
    for (query, told, place) in [
        ("乌镇 OR", "OR wants something behind it", "OR"),
        ("乌镇 kind:人们", "kinds are person", "kind:人们"),
        ("persn:高锐", "there is no field persn", "persn:"),
        ("(乌镇", "the bracket is not closed", "("),
        ("乌镇 /人(国/", "unclosed group", "("),
    ] {
        reader.press("/").write(query);
        assert!(reader.status().contains(told), "{}", reader.status());
        let marked = reader.looking_like(Slot::PromptError).concat();
        assert!(
            marked.contains(place.trim_start_matches("kind:")),
            "{query}: {marked}"
        );
        reader.press("<Esc>");
    }
}

#[test]
fn what_is_told_in_the_prompt_has_all_the_room_that_is_left() {
    // Columns, the keys, and the row behind what is typed.
    for (columns, keys, told) in [
        (
            80,
            "/date:2023-13",
            "no date; write 2023-11-11, 2023-11, 2023 or two: 2023-11..2023-1…",
        ),
        (60, "/\"abc", "wcsgd--y the quotation mark is not closed"),
        (40, "/\"abc", "the quotation mark is not closed"),
        (60, "g/乌镇", "wcsgd--y 2 hits in 1 article"),
        (40, "/乌镇", "wcsgd--y 1/2"),
        // Half of the row at least is for what is wrong, however long the line is.
        (
            40,
            "/date:二○二三年十一月十一日星期六",
            "no date; write 2023…",
        ),
    ] {
        let mut reader = Reader::plain("乌镇峰会在乌镇\n", columns, 12);
        let (open, typed) = keys.split_at(keys.find('/').unwrap() + 1);
        reader.press(open).write(typed);
        let status = reader.status();
        assert!(status.ends_with(&format!(" {told}")), "{keys}: {status}");
    }
}

#[test]
fn regular_expressions_are_switched_on_in_the_prompt() {
    let mut reader = Reader::plain("第1段，第22段，第x段。\n", 60, 12);
    reader.press("/").write(r"第\d+段");
    assert!(reader.status().contains("not found"), "{}", reader.status());
    reader.press("<Alt-r>");
    assert!(
        reader.status().contains("regex") && reader.status().contains("1/2"),
        "{}",
        reader.status()
    );
    reader.write("(");
    assert!(reader.app.prompt_error().is_some());
    assert!(!reader.status().contains("1/2"), "{}", reader.status());
    reader.press("<Backspace><Enter>n");
    assert_eq!(reader.at_point(), "第22段");
}

#[test]
fn history_is_recalled_and_kept() {
    let mut reader = Reader::bundled(100, 30);
    reader.send(Message::History(vec!["武汉".to_owned()]));
    reader.search("乌镇");
    assert!(reader.left.contains(&Effect::KeepSearch("乌镇".to_owned())));
    reader.press("/<Up><Up>");
    assert!(reader.status().starts_with("/武汉"), "{}", reader.status());
    reader.press("<Down><Enter>");
    assert_eq!(reader.app.find().unwrap().query.text, "乌镇");
}

#[test]
fn star_searches_the_entity_or_the_word_at_the_point() {
    let mut reader = Reader::bundled(100, 30);
    reader.search("高锐");
    reader.press("]e*");
    let find = reader.app.find().unwrap();
    assert_eq!(find.query.text, "弗朗西斯·高锐");
    let article = reader.app.article().unwrap();
    let mentions = |name: &str| {
        let entities = article.annotations.entities();
        let entity = entities.iter().find(|e| e.name == name).unwrap();
        entity.mentions().len()
    };
    assert_eq!(find.hits().len(), mentions("弗朗西斯·高锐"));
    assert!(!reader.app.is_regex());
    // 客流的高峰会不会堵住窄巷 is no mention of the summit.
    let summit = mentions("世界互联网大会乌镇峰会");
    reader.press("gg").search("峰会").press("]e*");
    assert_eq!(reader.app.find().unwrap().hits().len(), summit);
    let mut plain = Reader::plain("　　IPv6的地址，IPv6。\n", 60, 12);
    plain.press("*");
    assert_eq!(plain.app.find().unwrap().query.text, "IPv6");
    assert!(plain.status().contains("2/2"), "{}", plain.status());
    let mut mark = Reader::plain("。乌镇。\n", 100, 12);
    mark.press("*");
    assert!(mark.status().contains("v selects"), "{}", mark.status());
}

#[test]
fn a_search_lives_on_in_the_next_article() {
    let mut reader = Reader::bundled(100, 30);
    reader.search("乌镇");
    reader.press("J");
    let find = reader.app.find().unwrap();
    assert!(find.is_done() && !find.hits().is_empty());
    reader.press("n");
    assert_eq!(reader.at_point(), "乌镇");
}

#[test]
fn what_cannot_be_searched_for_stays_in_the_prompt_to_be_mended() {
    let mut reader = Reader::plain("乌镇在浙江。\n", 60, 12);
    reader.press("/").write("(乌镇").press("<Enter>");
    let status = reader.status();
    assert!(status.starts_with("/(乌镇"), "{status}");
    assert!(status.contains("the bracket is not closed"), "{status}");
    let kept = |e: &Effect| matches!(e, Effect::KeepSearch(_));
    assert!(!reader.left.iter().any(kept), "nothing to come back to");
    reader.write(")").press("<Enter>");
    assert!(reader.status().contains("1/1"), "{}", reader.status());
}
