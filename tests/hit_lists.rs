//! Lists of hits, and searches that are kept in colours of their own: keys in, screen out.

use crate::reader::Reader;
use kanbao::app::{Effect, Hits, Message};
use kanbao::article::ByteSpan;
use kanbao::keys::parse_sequence;
use kanbao::theme::Slot;

#[test]
fn hits_are_chosen_from_a_list() {
    let mut reader = Reader::bundled(100, 30);
    reader.search("乌镇").press("gl");
    let hits = reader.app.find().unwrap().hits().len();
    let screen = reader.screen();
    assert!(
        screen.contains(&format!("/{hits} · Enter chooses")),
        "{screen}"
    );
    assert!(screen.contains("block "), "{screen}");
    reader.press("G<Enter>");
    assert!(
        reader.status().contains(&format!("{hits}/{hits}")),
        "{}",
        reader.status()
    );
    // Its filter looks in the lines.
    reader
        .press("gl")
        .press("f")
        .write("世界互联网大会")
        .press("<Enter>");
    assert!(reader.app.picker().is_none());
    reader.press("<Ctrl-o>");
    assert!(
        reader.status().contains(&format!("{hits}/{hits}")),
        "{}",
        reader.status()
    );
}

#[test]
fn searches_are_kept_in_colours_of_their_own() {
    let mut reader = Reader::bundled(100, 30);
    reader.search("乌镇").press("+");
    let all = |reader: &Reader, slot| reader.looking_like(slot).concat();
    assert!(all(&reader, Slot::HitKept1).contains("乌镇"));
    reader.search("互联网").press("+").search("大会");
    assert!(all(&reader, Slot::HitKept1).contains("乌镇"));
    assert!(all(&reader, Slot::HitKept2).contains("互联网"));
    assert!(all(&reader, Slot::Hit).contains("大会"));
    let counts = reader.status();
    assert!(
        counts.contains("乌镇 ") && counts.contains("互联网 "),
        "{counts}"
    );
    // `=` turns to the one that was kept first; the present one takes its place and its colour.
    reader.press("=");
    assert_eq!(reader.app.find().unwrap().query.text, "乌镇");
    assert!(all(&reader, Slot::HitKept1).contains("大会"));
    // They are searched for in the next article as well.
    reader.press("J");
    assert!(reader.app.kept().iter().all(|kept| kept.find.is_done()));
    reader.press("_");
    assert!(reader.app.kept().is_empty());
    assert!(all(&reader, Slot::HitKept1).is_empty());
}

#[test]
fn a_search_that_gives_way_to_a_sixth_is_named() {
    let mut reader = Reader::plain("甲乙丙丁戊己\n", 100, 12);
    for query in ["甲", "乙", "丙", "丁", "戊"] {
        reader.search(query).press("+");
        assert!(!reader.status().contains("in place of"), "{query}");
    }
    reader.search("己").press("+");
    let status = reader.status();
    assert!(
        status.contains("己 stays marked, in place of 甲"),
        "{status}"
    );
    // To keep one again takes no other's place.
    reader.search("丁").press("+");
    assert!(!reader.status().contains("in place of"));
}

/// A search begins at the point: what is found last may stand first.
#[test]
fn hits_found_before_those_that_are_listed_change_neither_choice_nor_filter() {
    let text = "甲镇一\n甲镇二\n甲镇三\n甲镇四\n";
    let line = "甲镇一\n".len();
    let mut reader = Reader::plain(text, 60, 12);
    let mut ticket = None;
    for key in parse_sequence("/甲镇").unwrap() {
        for effect in reader.app.update(Message::Key(key)) {
            if let Effect::Search { ticket: of, .. } = effect {
                ticket = Some(of);
            }
        }
    }
    let found = |lines: &[usize], done: bool| {
        let of = |n: &usize| ByteSpan::new(n * line, n * line + "甲镇".len());
        Message::Hits(Hits {
            ticket: ticket.unwrap(),
            hits: lines.iter().map(of).collect(),
            percent: 50,
            done,
        })
    };
    reader.send(found(&[2], false)).press("<Enter>");
    reader.send(found(&[3], false)).press("glG");
    assert!(reader.screen().contains(" 2/2"), "{}", reader.screen());
    reader.send(found(&[1], false));
    assert!(reader.screen().contains(" 3/3"), "still on the last hit");
    reader.press("f").write("三");
    assert!(reader.screen().contains(" 1/1"), "{}", reader.screen());
    reader.send(found(&[0], true));
    let rows = reader.rows();
    assert!(rows[1].contains("甲镇三"), "{}", reader.screen());
    assert!(reader.screen().contains(" 1/1"), "{}", reader.screen());
}
