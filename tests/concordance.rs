//! The concordance in the reader, and searching for the word at the point: keys in, screen out.

use std::fs;

use crate::pty::home::{Home, wait_for_status};
use crate::reader::{Choice, Reader};
use kanbao::app::{Effect, Message};
use kanbao::keys::{Key, parse_sequence};
use kanbao::runtime::run_errand;
use kanbao::text::{Ambiguous, Profile, str_width};

/// The columns in which the hits begin.
fn columns(reader: &Reader, hit: &str, profile: &Profile) -> Vec<u16> {
    let rows = reader.rows();
    let last = rows.len() - 1;
    let lines = rows[1..last].iter().filter(|row| !row.is_empty());
    lines
        .map(|row| {
            // The hit stands between two blanks.
            let at = row
                .find(&format!(" {hit} "))
                .or(row.find(&format!(" {hit}")));
            str_width(&row[..at.unwrap_or_else(|| panic!("{row}"))], profile)
        })
        .collect()
}

#[test]
fn hits_stand_below_each_other_at_both_widths() {
    for (cells, ambiguous) in [(1, Ambiguous::One), (2, Ambiguous::Two)] {
        let library = kanbao::library::Library::bundled();
        let mut reader = Reader::start(
            library,
            80,
            16,
            &Choice::of(&format!("ambiguous = {cells}")),
        );
        reader.search("乌镇峰会").press("gk");
        let found = columns(&reader, "乌镇峰会", &Profile::new(ambiguous));
        assert!(found.len() > 3, "{}", reader.screen());
        assert!(found.iter().all(|column| *column == found[0]), "{found:?}");
        let name = format!("at_ambiguous_{cells}");
        insta::assert_snapshot!(name, reader.screen());
    }
}

#[test]
fn lines_are_ordered_filtered_and_gone_to() {
    let text = "丙在甲镇乙处。\n丁在甲镇，丙处。\n戊于甲镇丁处，红花开。\n";
    let mut reader = Reader::plain(text, 60, 10);
    reader.search("甲镇").press("gk");
    let lines = |reader: &Reader| -> Vec<String> {
        let rows = reader.rows();
        let rows = rows[1..rows.len() - 1].iter().map(|row| row.trim());
        rows.filter(|r| !r.is_empty()).map(str::to_owned).collect()
    };
    let (one, two, three) = (
        "丙在 甲镇 乙处。",
        "丁在 甲镇 ，丙处。",
        "戊于 甲镇 丁处，红花开。",
    );
    assert_eq!(lines(&reader), [one, two, three]);
    for (keys, want) in [
        ("r", [three, two, one]),
        ("l", [three, one, two]),
        ("2", [three, two, one]),
        ("a", [one, two, three]),
    ] {
        reader.press(keys);
        assert_eq!(lines(&reader), want, "{keys}");
    }
    reader.press("f").write("红花");
    assert_eq!(lines(&reader), [three]);
    assert!(reader.status().contains("1 of 3"), "{}", reader.status());
    reader.press("<Enter><Enter>");
    assert!(reader.app.concordance().is_none());
    assert_eq!(reader.at_point(), "甲镇");
    let offset = reader.app.point().unwrap().offset;
    assert_eq!(offset, text.rfind("甲镇").unwrap());
    // One comes back to where one was, and Esc leads out of everything.
    reader.press("gkf").write("花").press("<Enter><Esc>");
    assert_eq!(lines(&reader).len(), 3);
    reader.press("<Esc>");
    assert!(reader.app.concordance().is_none());
}

#[test]
fn the_cursor_stays_on_its_line_and_begins_where_one_is() {
    let mut reader = Reader::plain("乙甲。丁甲。丙甲。\n", 40, 10);
    reader.search("甲").press("ngk");
    assert_eq!(reader.app.concordance().unwrap().cursor().line(), 1);
    reader.press("l");
    // 丁 < 丙 < 乙
    assert_eq!(reader.app.concordance().unwrap().cursor().line(), 0);
    reader.press("G<Enter>");
    assert_eq!(reader.app.point().unwrap().offset, "乙".len());
    reader.press("<Ctrl-o>");
    assert_eq!(reader.app.point().unwrap().offset, "乙甲。丁".len());
}

#[test]
fn context_grows_and_shrinks() {
    let line = "左".repeat(30) + "甲" + &"右".repeat(30);
    let mut reader = Reader::plain(&line, 60, 8);
    reader.search("甲").press("gk");
    let lefts = |reader: &Reader| reader.rows()[1].matches('左').count();
    let most = lefts(&reader);
    assert!(most > 8);
    reader.press("---");
    let fewer = lefts(&reader);
    assert!(fewer < most);
    reader.press("+");
    assert_eq!(lefts(&reader), fewer + 2);
}

/// Beside the titles the left context has less than half of the window.
#[test]
fn the_first_key_for_less_context_takes_some_away() {
    for (columns, rows) in [(120, 30), (60, 20), (40, 12)] {
        let mut reader = Reader::bundled(columns, rows);
        reader.press("g/").write("乌镇").press("<Enter>gk");
        let hits = |reader: &Reader| {
            let row = reader.rows()[3].clone();
            str_width(row.split("乌镇").next().unwrap(), &Profile::default())
        };
        for keys in ["j", "d"] {
            let all = reader.press(keys).rows();
            let column = hits(&reader);
            reader.press("-");
            assert_ne!(reader.rows(), all, "{columns}");
            assert!(columns < 60 || hits(&reader) == column - 4, "{columns}");
            reader.press("+++++++");
            assert_eq!(hits(&reader), column, "{columns}");
        }
    }
}

#[test]
fn an_entity_has_a_concordance_too() {
    let mut reader = Reader::bundled(100, 20);
    reader.press("]m");
    let article = reader.app.article().unwrap();
    let mention = article
        .annotations
        .mention(reader.app.mention_at_point().unwrap())
        .unwrap();
    let entity = article.annotations.entity(mention.entity.unwrap()).unwrap();
    let (name, count) = (entity.name.clone(), entity.mentions().len());
    reader.press("gk");
    let view = reader.app.concordance().unwrap();
    assert_eq!(view.name(), name);
    assert_eq!(view.lines().len(), count);
    let mut plain = Reader::plain("甲。\n", 100, 10);
    plain.press("gk");
    assert!(
        plain.status().contains("search first"),
        "{}",
        plain.status()
    );
}

#[test]
fn collocates_are_shown_and_lead_to_their_lines() {
    let mut reader = Reader::plain("红甲红。\n红甲白。\n黑黑黑黑\n", 80, 10);
    reader.search("甲").press("gkc");
    let rows = reader.rows();
    let words: Vec<&str> = rows[2].split_whitespace().collect();
    assert_eq!(
        words[..5],
        ["红", "3", "2", "1", "3"],
        "{}",
        reader.screen()
    );
    reader.press("j<Enter>");
    let view = reader.app.concordance().unwrap();
    let near = view.near_them().first().map(|near| near.word.as_str());
    assert_eq!((near, view.lines().len()), (Some("白"), 1));
    assert!(view.collocates().is_none());
}

#[test]
fn tables_are_written_into_new_files_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.tsv");
    let mut reader = Reader::plain("红甲红。\n", 100, 10);
    reader.search("甲").press("gke<Ctrl-u>");
    reader.write("a.doc").press("<Enter>");
    assert!(
        reader.status().contains(".tsv, .csv"),
        "{}",
        reader.status()
    );
    let typed = path.to_str().unwrap().to_owned();
    reader.press("<Ctrl-u>").write(&typed).press("<Enter>");
    assert!(
        reader.status().contains("1 row written"),
        "{}",
        reader.status()
    );
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written.contains("\t红\t甲\t红。\n"), "{written}");
    reader.press("e<Ctrl-u>").write(&typed).press("<Enter>");
    assert!(
        reader.status().contains("is there already"),
        "{}",
        reader.status()
    );
    assert_eq!(std::fs::read_to_string(&path).unwrap(), written);
}

#[test]
fn a_hundred_thousand_hits_are_lines() {
    let text = "甲乙丙丁戊己庚辛壬癸\n".repeat(100_000);
    let mut reader = Reader::plain(&text, 80, 20);
    reader.search("甲").press("gk");
    assert_eq!(reader.app.concordance().unwrap().lines().len(), 100_000);
    reader.press("lG");
    assert_eq!(reader.app.concordance().unwrap().cursor().line(), 99_999);
}

/// Presses keys without carrying out what they ask for.
fn press_alone(reader: &mut Reader, keys: &str) -> Vec<Effect> {
    let keys: Vec<Key> = parse_sequence(keys).unwrap();
    let update = |key| reader.app.update(Message::Key(key));
    keys.into_iter().flat_map(update).collect()
}

#[cfg(feature = "words")]
#[test]
fn star_and_hash_search_the_word_at_the_point() {
    let text = "我们在北京学习。\n北方有北京人，我们学习。\n去北京。\n";
    let mut reader = Reader::plain(text, 60, 12);
    reader.search("北京人").press("*");
    assert_eq!(reader.app.find().unwrap().query.text, "北京");
    reader.press("gg*");
    assert_eq!(reader.app.find().unwrap().query.text, "我们");
    let second = text.rfind("我们").unwrap();
    assert_eq!(reader.app.point().unwrap().offset, second);
    reader.press("#");
    assert_eq!(reader.app.point().unwrap().offset, 0);
    // n goes on backwards, round the start.
    reader.press("n");
    assert_eq!(reader.app.point().unwrap().offset, second);
}

#[cfg(feature = "words")]
#[test]
fn the_dictionary_is_asked_for_once_and_what_waits_for_it_is_answered() {
    let mut reader = Reader::plain("我们在北京。\n我们走。\n", 60, 12);
    assert_eq!(press_alone(&mut reader, "*"), [Effect::LoadWords]);
    assert!(
        reader.status().contains("dictionary"),
        "{}",
        reader.status()
    );
    assert!(reader.app.keys_await_answer());
    assert!(press_alone(&mut reader, "*").is_empty());
    let words = std::sync::Arc::new(kanbao::text::Words::load());
    reader.send(Message::Words(std::sync::Arc::clone(&words)));
    assert_eq!(reader.app.find().unwrap().query.text, "我们");
    assert!(!reader.app.keys_await_answer());
    // Esc gives up waiting.
    let mut other = Reader::plain("我们在北京。\n", 60, 12);
    press_alone(&mut other, "*<Esc>");
    other.send(Message::Words(words));
    assert!(other.app.find().is_none());
}

#[cfg(not(feature = "words"))]
#[test]
fn without_the_dictionary_star_takes_the_character_and_says_so() {
    let mut reader = Reader::plain("我们在北京。\n我走。\n", 80, 12);
    assert!(!press_alone(&mut reader, "*").contains(&Effect::LoadWords));
    assert_eq!(reader.app.find().unwrap().query.text, "我");
    assert!(
        reader.status().contains("this character"),
        "{}",
        reader.status()
    );
}

#[test]
fn a_name_is_searched_backwards_as_well() {
    let mut reader = Reader::bundled(100, 30);
    reader.search("高锐").press("]e#");
    let find = reader.app.find().unwrap();
    assert_eq!(find.query.text, "弗朗西斯·高锐");
    assert!(find.backwards);
}

/// A million lines take seconds to be put in order; the next key is answered all the same.
#[test]
fn lines_are_put_in_order_where_no_key_waits_for_it() {
    let mut reader = Reader::plain("丙甲镇乙\n丁甲镇丙\n戊甲镇甲\n", 60, 10);
    reader.search("甲镇").press("gk");
    let rights = |reader: &Reader| -> String {
        let rows = reader.rows();
        let ends = rows[1..4].iter().map(|row| row.trim().chars().last());
        ends.map(|c| c.unwrap_or('-')).collect()
    };
    let mut asked = Vec::new();
    for key in parse_sequence("rjdl").unwrap() {
        asked.extend(reader.app.update(Message::Key(key)));
    }
    assert_eq!(
        asked.len(),
        1,
        "what is asked for meanwhile waits: {asked:?}"
    );
    assert_eq!(rights(&reader), "乙丙甲", "the lines of before are shown");
    let heading = &reader.rows()[0];
    assert!(heading.ends_with("2/3 …"), "{heading}");
    let then = reader.app.update(run_errand(&asked[0]).unwrap());
    assert_eq!(rights(&reader), "丙乙甲", "by the right context");
    assert!(
        reader.rows()[0].contains(" 1/3"),
        "the cursor is on its line"
    );
    assert_eq!(then.len(), 1, "the last that was asked for is done next");
    assert!(reader.app.update(run_errand(&then[0]).unwrap()).is_empty());
    assert_eq!(rights(&reader), "丙乙甲", "by the left context: 丁, 丙, 戊");
    assert!(reader.rows()[0].contains("to the left"));
    assert!(reader.rows()[0].ends_with("1/3"));
}

#[test]
fn counts_go_before_keys_that_move() {
    let mut reader = Reader::plain(&"丙甲乙。\n".repeat(60), 60, 12);
    reader.search("甲").press("gk");
    let line = |reader: &Reader| reader.app.concordance().unwrap().cursor().line();
    for (keys, want) in [
        ("4j", 4),
        ("2j", 6),
        ("12j", 18),
        ("20k", 0),
        ("31j", 31),
        ("45G", 44),
        ("G", 59),
        ("3gg", 2),
        ("999G", 59),
        ("gg", 0),
        ("2<Ctrl-d>", 10),
    ] {
        reader.press(keys);
        assert_eq!(line(&reader), want, "{keys}");
        let order = reader.app.concordance().unwrap().lines().order();
        assert_eq!(order.depth, 1, "{keys}: the digits were a count");
    }
    // Among the collocates too.
    reader.press("c2j");
    assert_eq!(line(&reader), 1, "there are two");
}

#[test]
fn digits_that_no_count_comes_of_order_the_lines() {
    let mut reader = Reader::plain(&"丙甲乙。\n".repeat(60), 60, 12);
    reader.search("甲").press("gkr");
    let depth = |reader: &Reader| reader.app.concordance().unwrap().lines().order().depth;
    for (keys, want) in [("3", 3), ("2", 2), ("l", 2), ("31", 1), ("2r", 2)] {
        reader.press(keys);
        assert_eq!(depth(&reader), want, "{keys}");
    }
    // After a while a digit is no count any more.
    reader.press("3").pause().press("j");
    assert_eq!(depth(&reader), 3);
    reader.press("12j");
    assert_eq!(depth(&reader), 3, "as it was before the digits");
}

/// Writing goes on beside the reader, and may take a while.
#[test]
fn it_says_at_once_that_a_table_is_written() {
    let mut reader = Reader::plain("红甲红。\n白甲。\n", 60, 10);
    reader.search("甲").press("gk");
    for (keys, want) in [
        ("e<Ctrl-u>lines.tsv<Enter>", "writing 2 rows to lines.tsv …"),
        (
            "f红<Enter>e<Ctrl-u>lines.tsv<Enter>",
            "writing 1 row to lines.tsv …",
        ),
    ] {
        for key in parse_sequence(keys).unwrap() {
            for effect in reader.app.update(Message::Key(key)) {
                if !matches!(effect, Effect::Export { .. }) {
                    reader.send(run_errand(&effect).unwrap());
                }
            }
        }
        let status = reader.status();
        assert!(status.contains(want), "{status}");
    }
    reader.send(Message::Exported("1 row written to lines.tsv".to_owned()));
    assert!(
        reader.status().contains("1 row written"),
        "{}",
        reader.status()
    );
}

#[test]
fn a_table_for_a_folder_that_is_not_there_is_refused_in_words_that_help() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("away").join("x.tsv");
    let mut reader = Reader::plain("甲镇乙\n", 200, 10);
    reader.search("甲镇").press("gke<Ctrl-u>x.txt<Enter>");
    let status = reader.status();
    assert!(status.contains(".tsv, .csv, .json or .jsonl"), "{status}");
    reader.press("<Ctrl-u>");
    reader.write(path.to_str().unwrap()).press("<Enter>");
    let status = reader.status();
    assert!(
        status.contains("there is no such folder; make it"),
        "{status}"
    );
    assert!(!status.contains(".kanbao"), "{status}");
    assert!(!folder.path().join("away").exists());
}

#[test]
fn a_filter_that_cannot_be_read_stays_in_its_prompt() {
    let mut reader = Reader::plain("丙甲镇乙\n丁甲镇丙\n", 80, 10);
    reader
        .search("甲镇")
        .press("gkf")
        .write("(丙")
        .press("<Enter>");
    let status = reader.status();
    assert!(status.contains("the bracket is not closed"), "{status}");
    reader.write(" 乙)").press("<Enter>");
    assert!(reader.rows()[0].contains("1/1 of 2"), "{}", reader.screen());
}

#[test]
fn a_file_is_written_into_the_home_folder() {
    let home = Home::new();
    let pty = home.bundled(100, 30);
    pty.send("/乌镇\r");
    wait_for_status(&pty, "1/");
    pty.send("gk");
    wait_for_status(&pty, "CONCORDANCE");
    pty.send("e\x15~/lines.json\r");
    wait_for_status(&pty, "rows written to ~/lines.json");
    let text = fs::read_to_string(home.path().join("lines.json")).unwrap();
    let lines: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(
        lines
            .as_array()
            .unwrap()
            .iter()
            .all(|line| line["hit"] == "乌镇")
    );
    pty.send("qq");
}
