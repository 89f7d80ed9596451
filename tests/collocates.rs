//! Collocates in the reader: what is counted, when, and what is shown meanwhile; and what a concordance leaves behind.

use std::process::Command;
use std::sync::Arc;

use crate::library_concordance::part;
use crate::reader::Reader;
use kanbao::app::{Effect, Message, Mouse, MouseKind, Ticket};
use kanbao::article::Article;
use kanbao::keys::parse_sequence;
use kanbao::library::{ArticleId, Asked, Library};
use kanbao::runtime::{Librarian, run_errand};
use kanbao::text::{Profile, str_width};

/// A folder of files of these names and texts.
pub(crate) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

pub(crate) fn open(folder: &tempfile::TempDir) -> Reader {
    Reader::files(&[folder.path().to_owned()], 100, 20)
}

/// The results of a search over the folder.
pub(crate) fn found(folder: &tempfile::TempDir, query: &str) -> Reader {
    let mut reader = open(folder);
    reader.press("g/").write(query).press("<Enter>");
    reader
}

/// Presses keys without carrying out what they ask for.
pub(crate) fn press_alone(reader: &mut Reader, keys: &str) -> Vec<Effect> {
    let keys = parse_sequence(keys).unwrap().into_iter();
    keys.flat_map(|key| reader.app.update(Message::Key(key)))
        .collect()
}

pub(crate) fn article(text: &str) -> Arc<Article> {
    let mut library = Library::from_bytes("a.txt", text.as_bytes(), &Asked::reading(None));
    library.load(ArticleId(0)).unwrap()
}

pub(crate) fn ticket_of(effects: &[Effect]) -> Ticket {
    match effects {
        [Effect::GatherLines { ticket, .. } | Effect::Collocate { ticket, .. }] => *ticket,
        other => panic!("{other:?}"),
    }
}

fn lines_of(reader: &Reader) -> usize {
    reader.app.concordance().unwrap().lines().len()
}

/// Goes to a collocate and presses Enter.
fn choose(reader: &mut Reader, word: &str) {
    let found = reader.app.concordance().unwrap().collocates().unwrap();
    let at = found.iter().position(|one| one.word == word);
    let at = at.unwrap_or_else(|| panic!("{word} in {found:?}"));
    for _ in 0..at {
        reader.press("j");
    }
    reader.press("<Enter>");
}

pub(crate) const FILES: [(&str, &str); 3] = [
    ("a.txt", "红甲网。\n红甲白。\n"),
    ("b.txt", "黑網甲，红甲網。\n"),
    ("c.txt", "没有：红网網，网Ａa。\n"),
];

#[test]
fn the_reader_counts_as_the_command_line_does() {
    let folder = folder(&FILES);
    let table = tempfile::tempdir().unwrap();
    let path = table.path().join("near.tsv");
    let mut reader = found(&folder, "甲");
    reader.press("gkce<Ctrl-u>");
    reader.write(path.to_str().unwrap()).press("<Enter>");
    let in_reader = std::fs::read_to_string(&path).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_kanbao"))
        .args(["search", "甲", "--collocates", "--tsv"])
        .arg(folder.path())
        .env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR"))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), in_reader);
    // Both forms together, also where nothing was found.
    assert!(in_reader.contains("\n網\t3\t1\t2\t6\t"), "{in_reader}");
}

#[test]
fn forms_that_fold_alike_are_one_collocate_and_lead_to_all_their_lines() {
    let mut reader = Reader::plain("網甲。\n网甲。\n甲网。\n红甲。\n", 90, 12);
    reader.search("甲").press("gkc");
    let found = reader.app.concordance().unwrap().collocates().unwrap();
    let one = found.iter().find(|one| one.word == "网").unwrap();
    assert_eq!((one.left, one.right, one.all), (2, 1, 3));
    assert!(found.iter().all(|one| one.word != "網"));
    choose(&mut reader, "网");
    assert_eq!(lines_of(&reader), 3);
}

#[test]
fn the_articles_are_counted_once_and_what_is_near_when_all_lines_are_there() {
    let folder = folder(&FILES);
    let mut reader = found(&folder, "甲");
    let gathering = ticket_of(&press_alone(&mut reader, "gk"));
    let first = reader.app.update(part("甲", gathering, 1, "红甲。", 1));
    reader.app.update(run_errand(&first[0]).unwrap());
    let asked = press_alone(&mut reader, "c");
    let counting = ticket_of(&asked);
    // Neither lines that come nor another window begin it anew.
    for (searched, text) in [(2, "白甲。"), (3, "黑甲。")] {
        let then = reader
            .app
            .update(part("甲", gathering, searched, text, searched));
        let [arrange @ Effect::Arrange { .. }] = &then[..] else {
            panic!("{then:?}");
        };
        let then = reader.app.update(run_errand(arrange).unwrap());
        assert!(then.is_empty(), "{then:?}");
    }
    assert!(press_alone(&mut reader, "---").is_empty());
    let told = Message::Counting {
        ticket: counting,
        percent: 40,
    };
    reader.app.update(told);
    let rows = reader.rows();
    assert!(rows[0].ends_with("counting 40%"), "{}", rows[0]);
    assert!(rows[1].contains("counting, 40%; q gives up"), "{}", rows[1]);
    // Then what is near is counted with the window of now, and no article is read for it.
    let mut librarian =
        Librarian::new(Library::open(&[folder.path().to_owned()], &Asked::reading(None)).0);
    let answer = librarian.serve(&asked[0]).unwrap();
    let again = reader.app.update(answer);
    let known = |effects: &[Effect]| match effects {
        [
            Effect::Collocate {
                frequencies,
                window,
                concordance,
                ..
            },
        ] => (frequencies.is_some(), window.left, concordance.len()),
        other => panic!("{other:?}"),
    };
    assert_eq!(known(&again), (true, 2, 3));
    assert!(
        reader
            .app
            .update(librarian.serve(&again[0]).unwrap())
            .is_empty()
    );
    // The last part has no line, yet then all are there: those of 3 articles were counted already.
    assert!(
        reader
            .app
            .update(part("甲", gathering, 9, "无", 4))
            .is_empty()
    );
    let shown = reader.app.concordance().unwrap();
    assert!(shown.counting().is_none() && shown.collocates().unwrap().len() == 3);
    assert_eq!(known(&press_alone(&mut reader, "+")), (true, 3, 3));
}

#[test]
fn a_count_is_given_up_with_esc_and_with_its_concordance() {
    let folder = folder(&FILES);
    for keys in ["<Esc>", "c", "f", "<Enter>"] {
        let mut reader = found(&folder, "甲");
        reader.press("gk");
        let counting = ticket_of(&press_alone(&mut reader, "c"));
        assert_eq!(
            press_alone(&mut reader, keys),
            [Effect::CancelCollocates],
            "{keys}"
        );
        let shown = reader.app.concordance().unwrap();
        assert!(shown.collocates().is_none());
        let late = Message::Counting {
            ticket: counting,
            percent: 50,
        };
        assert!(reader.app.update(late).is_empty());
    }
}

#[test]
fn no_table_is_written_before_it_is_counted() {
    let folder = folder(&FILES);
    let path = folder.path().join("near.tsv");
    let mut reader = found(&folder, "甲");
    reader.press("gk");
    let asked = press_alone(&mut reader, "c");
    reader.press("e<Ctrl-u>").write(path.to_str().unwrap());
    reader.press("<Enter>");
    assert!(
        reader.status().contains("still counting"),
        "{}",
        reader.status()
    );
    assert!(!path.exists());
    // The name is still there.
    let (library, _) = Library::open(&[folder.path().to_owned()], &Asked::reading(None));
    let answer = Librarian::new(library).serve(&asked[0]).unwrap();
    reader.send(answer).press("<Enter>");
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written.lines().count() > 3, "{written}");
}

#[test]
fn a_collocate_is_looked_for_as_it_is_written() {
    let mut reader = Reader::plain("wu甲。\n乌甲。\nOR甲。\n", 90, 12);
    reader.search("甲");
    for word in ["wu", "OR"] {
        reader.press("gkwc");
        choose(&mut reader, word);
        let view = reader.app.concordance().unwrap();
        let near = view.near_them().first().map(|near| near.word.as_str());
        assert_eq!((near, view.lines().len()), (Some(word), 1));
        reader.press("<Esc><Esc>");
    }
}

/// What keeps away from the hits by a hair only does not do so in what is shown.
#[test]
fn a_measure_that_rounds_to_nothing_has_no_sign() {
    // 乙 is near a hit 1 time, by chance it would be 1.017 times: 20 of 59 characters are near, and there are 3.
    let text = format!("乙甲丙\n{}乙乙{}\n", "丙甲丙\n".repeat(9), "丁".repeat(27));
    let mut reader = Reader::plain(&text, 80, 12);
    reader.search("甲").press("gkc----");
    let found = reader.app.concordance().unwrap().collocates().unwrap();
    let one = found.iter().find(|one| one.word == "乙").unwrap();
    assert!(one.log_likelihood < 0.0 && one.log_likelihood > -0.001);
    let screen = reader.screen();
    assert!(
        screen.contains(" 0.0") && !screen.contains("-0.0 "),
        "{screen}"
    );
}

/// What stands in one hit may stand near another.
#[test]
fn the_characters_of_a_hit_are_near_its_neighbour() {
    let mut reader = Reader::plain("甲高锐乙丙高锐丁\n", 80, 12);
    reader.search("高锐").press("gkc");
    let counts = |reader: &Reader, word: &str| {
        let found = reader.app.concordance().unwrap().collocates().unwrap();
        let one = found.iter().find(|one| one.word == word);
        one.map(|one| (one.left, one.right))
    };
    for word in ["高", "锐"] {
        assert_eq!(counts(&reader, word), Some((1, 1)), "{word} within 5");
    }
    reader.press("--");
    assert_eq!(counts(&reader, "锐"), Some((1, 0)), "within 3");
    assert_eq!(counts(&reader, "高"), Some((0, 1)), "within 3");
    for (word, want) in [("甲", (1, 0)), ("乙", (0, 1)), ("丁", (0, 1))] {
        assert_eq!(counts(&reader, word), Some(want), "{word}: once");
    }
}

/// A collocate is counted within the window, and so are its lines found.
#[test]
fn a_collocate_leads_to_the_lines_that_have_it_within_the_window() {
    let text = "乙丙丁戊己庚甲辛。\n丙乙甲辛，乙。\n丁甲辛乙。\n";
    let mut reader = Reader::plain(text, 90, 12);
    reader.search("甲");
    for (window, word, lines) in [
        ("", "乙", 2),
        ("----", "乙", 1),
        ("----", "丁", 1),
        ("", "丁", 2),
    ] {
        reader.press(&format!("gkc{window}"));
        choose(&mut reader, word);
        assert_eq!(
            lines_of(&reader),
            lines,
            "{word} {window}\n{}",
            reader.screen()
        );
        let within = if window.is_empty() { 5 } else { 1 };
        let heading = &reader.rows()[0];
        assert!(
            heading.contains(&format!("with {word} within {within}")),
            "{heading}"
        );
        reader.press("<Esc>");
        assert_eq!(lines_of(&reader), 3, "Esc brings the others back");
        reader.press("<Esc>");
    }
}

#[test]
fn a_filter_that_is_typed_takes_the_place_of_a_collocate() {
    let mut reader = Reader::plain("红甲白。\n红甲黑。\n白甲黑。\n", 90, 12);
    reader.search("甲").press("gkc");
    choose(&mut reader, "红");
    assert_eq!(lines_of(&reader), 2);
    reader.press("f").write("白").press("<Enter>");
    assert_eq!(lines_of(&reader), 2);
    let heading = &reader.rows()[0];
    assert!(
        heading.contains("with 白") && !heading.contains('红'),
        "{heading}"
    );
}

/// The lines of a collocate are those near which it was counted.
#[test]
fn a_collocate_narrows_the_lines_that_were_counted() {
    let text = "红甲乌会。\n红甲乌白。\n黑甲乌会。\n红甲灯会。\n";
    let mut reader = Reader::plain(text, 90, 12);
    reader
        .search("甲")
        .press("gkf")
        .write("会")
        .press("<Enter>c");
    choose(&mut reader, "乌");
    assert_eq!(lines_of(&reader), 2, "{}", reader.screen());
    reader.press("c");
    choose(&mut reader, "红");
    assert_eq!(lines_of(&reader), 1, "{}", reader.screen());
    let heading = reader.rows()[0].clone();
    let told = "with 会  with 乌 within 5  with 红 within 5";
    assert!(heading.contains(told), "{heading}");
    for left in [2, 3, 4] {
        reader.press("<Esc>");
        assert_eq!(lines_of(&reader), left, "{}", reader.screen());
    }
    reader.press("<Esc>");
    assert!(reader.app.concordance().is_none());
}

#[test]
fn filtering_from_the_collocates_opens_the_prompt_over_the_lines() {
    for key in ["f", "/"] {
        let mut reader = Reader::plain("红甲。\n白甲。\n", 90, 12);
        reader.search("甲").press("gkc").press(key).write("红");
        assert!(reader.app.prompt().is_some(), "{}", reader.screen());
        assert!(reader.app.concordance().unwrap().collocates().is_none());
        assert_eq!(lines_of(&reader), 1, "{}", reader.screen());
    }
}

#[test]
fn keys_that_order_lines_say_so_in_the_collocates() {
    let mut reader = Reader::plain("红甲。\n白甲。\n", 90, 12);
    reader.search("甲").press("gkc");
    for key in ["l", "r", "d", "a", "1", "2", "3"] {
        let before = reader.app.concordance().unwrap().lines().order();
        reader.press(key);
        let status = reader.status();
        assert!(
            status.contains("this orders lines; c shows them"),
            "{key}: {status}"
        );
        let view = reader.app.concordance().unwrap();
        assert!(view.collocates().is_some());
        assert_eq!(view.lines().order(), before, "{key}");
    }
}

/// The cells behind which the words of a row end, from the second on.
fn ends(row: &str) -> Vec<u16> {
    let end = |word: &str| word.as_ptr() as usize + word.len() - row.as_ptr() as usize;
    let words = row.split_whitespace().skip(1);
    let ends = words.map(|word| str_width(&row[..end(word)], &Profile::default()));
    ends.collect()
}

#[test]
fn headings_stand_over_their_columns_at_every_width() {
    let text = format!(
        "红甲白黑。\n{}{}",
        "红甲黑。\n".repeat(150),
        "黑".repeat(14_000)
    );
    for (columns, want) in [
        (120, "character count left right all G2 MI"),
        (60, "character count left right all G2 MI"),
        (40, "character count all G2 MI"),
        (24, "character count G2"),
    ] {
        let mut reader = Reader::plain(&text, columns, 12);
        reader.search("甲").press("gkc");
        let rows = reader.rows();
        let names: Vec<&str> = rows[1].split_whitespace().collect();
        assert_eq!(names.join(" "), want, "{}", reader.screen());
        let under: Vec<&str> = rows[2].split_whitespace().collect();
        assert_eq!(under.len(), names.len(), "{}", reader.screen());
        for row in &rows[2..5] {
            // The bar at the right edge is no number.
            let row = row.trim_end_matches(|c: char| !c.is_ascii_digit());
            assert_eq!(ends(row), ends(&rows[1]), "{}", reader.screen());
        }
    }
}

#[test]
fn a_click_among_the_collocates_is_on_what_stands_there() {
    let mut reader = Reader::plain("红甲白。\n红甲黑。\n", 60, 12);
    reader.search("甲").press("gkc");
    for (row, line) in [(3, 1), (2, 0), (4, 2), (1, 2), (0, 2)] {
        let (at, kind) = ((5, row), MouseKind::Press { clicks: 1 });
        reader.send(Message::Mouse(Mouse { at, kind }));
        let view = reader.app.concordance().unwrap();
        assert_eq!(view.cursor().line(), line, "row {row}");
    }
}
