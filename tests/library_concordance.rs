//! The concordance of all results of a search over the library, and of a name's page: keys in, screen out.

use crate::reader::{Choice, Reader};
use kanbao::app::{Effect, LibraryLines, Message, Pane, Ticket};
use kanbao::keys::{Key, parse_sequence};
use kanbao::library::{ArticleId, Library};
use kanbao::runtime::run_errand;
use kanbao::search::concordance::{Concordance, Source};
use kanbao::search::{Matcher, Query, Scope};
use kanbao::text::{Ambiguous, Profile, Words, str_width};

/// The results of a search over the bundled articles.
fn found(query: &str, ambiguous: u8) -> Reader {
    let choice = Choice::of(&format!("ambiguous = {ambiguous}"));
    let mut reader = Reader::start(Library::bundled(), 110, 60, &choice);
    reader.press("g/").write(query).press("<Enter>");
    reader
}

/// Article and place of each line that is shown.
fn places(reader: &Reader) -> Vec<(u32, usize)> {
    let lines = reader.app.concordance().unwrap().lines();
    let places = (0..lines.len()).filter_map(|n| lines.place_of(n));
    places.map(|(number, hit)| (number, hit.start())).collect()
}

/// How many hits the bundled articles have, each by itself.
fn counted(query: &str) -> usize {
    let query = Query {
        scope: Scope::Article,
        ..Query::new(query)
    };
    let matcher = Matcher::new(&query).unwrap();
    let mut library = Library::bundled();
    let articles = (0..library.len()).map(ArticleId);
    let hits = articles.map(|id| matcher.in_article(&library.load(id).unwrap()));
    hits.map(|hits| hits.map_or(0, |hits| hits.len())).sum()
}

#[test]
fn hits_of_many_articles_stand_below_each_other_at_both_widths() {
    for (cells, ambiguous) in [(1, Ambiguous::One), (2, Ambiguous::Two)] {
        let profile = Profile::new(ambiguous);
        let mut reader = found("乌镇峰会", cells);
        assert_eq!(reader.app.focus(), Pane::List);
        reader.press("gkr");
        let rows = reader.rows();
        let lines = reader.app.concordance().unwrap().lines();
        assert_eq!(lines.len(), counted("乌镇峰会"));
        assert!(lines.sources().len() > 2 && lines.len() < rows.len() - 2);
        let (mut columns, mut rights) = (Vec::new(), Vec::new());
        for (n, row) in rows[1..=lines.len()].iter().enumerate() {
            let (source, context) = lines.get(n).unwrap();
            // The title's first characters tell the article.
            let start: String = source.title.chars().take(3).collect();
            assert!(row.starts_with(&start), "{start}: {row}");
            let at = row.find(&format!(" {} ", context.hit));
            columns.push(str_width(&row[..at.unwrap()], &profile));
            let right = context.right.chars().find(|c| c.is_alphanumeric());
            rights.push(right);
        }
        assert!(
            columns.iter().all(|column| *column == columns[0]),
            "{columns:?}\n{}",
            reader.screen()
        );
        assert!(rights.is_sorted(), "{rights:?}");
    }
}

#[test]
fn a_line_opens_its_article_and_one_comes_back_to_the_lines() {
    let mut reader = found("乌镇峰会", 1);
    let before = reader.app.body().unwrap().id();
    reader.press("gkr");
    let all = places(&reader);
    let line = all.iter().position(|place| place.0 != before.0).unwrap();
    reader.press("gg");
    for _ in 0..line {
        reader.press("j");
    }
    reader.press("<Enter>");
    assert!(reader.app.concordance().is_none());
    assert_eq!(reader.app.focus(), Pane::Body);
    let (number, start) = all[line];
    assert_eq!(reader.app.body().unwrap().id(), ArticleId(number));
    assert_eq!(reader.app.point().unwrap().offset, start);
    let query = reader.app.list().results().unwrap().query().clone();
    let find = reader.app.find().unwrap();
    assert_eq!(find.query, query);
    assert_eq!(
        find.hits().len(),
        all.iter().filter(|place| place.0 == number).count()
    );
    reader.press("gk");
    let view = reader.app.concordance().unwrap();
    assert_eq!(view.cursor().line() as usize, line);
    assert_eq!(places(&reader), all, "in the order of before");
    assert!(
        reader
            .left
            .iter()
            .all(|effect| *effect != Effect::CancelLines)
    );
    reader.press("<Esc><Ctrl-o>");
    assert_eq!(reader.app.body().unwrap().id(), before);
}

#[test]
fn lines_are_ordered_by_article_and_by_date() {
    let mut reader = found("乌镇", 1);
    reader.press("gk");
    let as_listed = places(&reader);
    assert!(as_listed.is_sorted());
    reader.press("d");
    let lines = reader.app.concordance().unwrap().lines();
    let dates: Vec<String> = (0..lines.len())
        .map(|n| lines.get(n).unwrap().0.date.clone())
        .collect();
    assert!(dates.is_sorted() && dates.first() != dates.last());
    let row = &reader.rows()[1];
    assert!(row.starts_with(dates[0].trim()), "{row}");
    reader.press("a");
    assert_eq!(places(&reader), as_listed);
}

#[test]
fn a_date_that_orders_the_lines_is_whole_in_a_narrow_window() {
    for (columns, cells) in [(110, 10), (60, 10), (40, 8), (30, 7)] {
        let mut reader = found("乌镇", 1);
        reader.press("gkd").resize(columns, 12);
        let rows = reader.rows();
        let lines = reader.app.concordance().unwrap().lines();
        for (n, row) in rows[1..9].iter().enumerate() {
            let date = &lines.get(n).unwrap().0.date;
            let want = match cells {
                10 => date.as_str(),
                8 => &date[2..],
                _ => &date[..7],
            };
            assert!(row.starts_with(&format!("{want} ")), "{columns}: {row}");
        }
    }
}

/// Lines of what is found in an article that has this number, of four articles that are searched.
pub(crate) fn part(query: &str, ticket: Ticket, number: u32, text: &str, searched: u32) -> Message {
    let mut library = Library::from_bytes(
        "a.txt",
        text.as_bytes(),
        &kanbao::library::Asked::reading(None),
    );
    let article = library.load(ArticleId(0)).unwrap();
    let matcher = Matcher::new(&Query::new(query)).unwrap();
    let hits = matcher.in_article(&article).unwrap_or_default();
    let mut lines = Concordance::default();
    if !hits.is_empty() {
        let source = lines.add_source(Source::of(&article, "a.txt").numbered(number));
        lines.add(source, &article.text, &hits);
    }
    Message::Lines(Box::new(LibraryLines {
        ticket,
        lines,
        searched,
        total: 4,
        failed: 0,
        done: searched == 4,
    }))
}

fn press_alone(reader: &mut Reader, keys: &str) -> Vec<Effect> {
    let keys: Vec<Key> = parse_sequence(keys).unwrap();
    let update = |key| reader.app.update(Message::Key(key));
    keys.into_iter().flat_map(update).collect()
}

#[test]
fn lines_come_in_batches_for_which_no_key_waits_and_esc_ends_them() {
    let mut reader = found("乌镇", 1);
    let asked = press_alone(&mut reader, "gk");
    let [
        Effect::GatherLines {
            ticket, articles, ..
        },
    ] = &asked[..]
    else {
        panic!("{asked:?}");
    };
    let ticket = *ticket;
    let listed: Vec<ArticleId> = reader.app.list().results().unwrap().ids().collect();
    assert_eq!(articles[..], listed[..]);
    assert!(
        reader.rows()[1].contains("searching"),
        "{}",
        reader.screen()
    );
    let first = reader
        .app
        .update(part("乌镇", ticket, 7, "丙在乌镇乙。", 1));
    assert!(!reader.app.keys_await_answer());
    assert!(reader.rows()[0].contains("25%"), "{}", reader.rows()[0]);
    // What comes meanwhile waits for the lines to be back.
    assert!(
        reader
            .app
            .update(part("乌镇", ticket, 3, "丁在乌镇甲。\n乌镇\n", 2))
            .is_empty()
    );
    assert!(
        reader
            .app
            .update(part("乌镇", Ticket(0), 3, "乌镇", 4))
            .is_empty(),
        "another's"
    );
    let then = reader.app.update(run_errand(&first[0]).unwrap());
    assert_eq!(places(&reader).len(), 1);
    press_alone(&mut reader, "j");
    let then = reader.app.update(run_errand(&then[0]).unwrap());
    assert!(then.is_empty());
    let numbers: Vec<u32> = places(&reader).iter().map(|place| place.0).collect();
    assert_eq!(numbers, [3, 3, 7]);
    let view = reader.app.concordance().unwrap();
    assert_eq!(
        view.cursor().line(),
        2,
        "it was moved, and stays on its line"
    );
    assert!(
        reader.rows()[0].ends_with("3/3+ 50%"),
        "{}",
        reader.rows()[0]
    );
    assert_eq!(press_alone(&mut reader, "<Esc>"), [Effect::CancelLines]);
    assert!(reader.app.concordance().is_none());
    assert!(
        reader
            .app
            .update(part("乌镇", ticket, 9, "乌镇", 4))
            .is_empty()
    );
    assert!(reader.app.concordance().is_none());
}

#[test]
fn there_is_an_end_to_lines() {
    let mut reader = found("乌镇", 1);
    let asked = press_alone(&mut reader, "gk");
    let [Effect::GatherLines { ticket, .. }] = &asked[..] else {
        panic!("{asked:?}");
    };
    let many = part("乌镇", *ticket, 1, &"乌镇\n".repeat(300_001), 1);
    let effects = reader.app.update(many);
    assert_eq!(effects[0], Effect::CancelLines);
    let status = reader.status();
    assert!(status.contains("the first 300001 hits"), "{status}");
    assert_eq!(reader.app.concordance().unwrap().percent(), None);
}

#[test]
fn articles_go_on_coming_while_one_reads_the_first() {
    let mut reader = found("乌镇", 1);
    let asked = press_alone(&mut reader, "gk");
    let [Effect::GatherLines { ticket, .. }] = &asked[..] else {
        panic!("{asked:?}");
    };
    let ticket = *ticket;
    reader
        .send(part("乌镇", ticket, 1, "在乌镇。", 1))
        .press("<Enter>");
    assert_eq!(reader.app.body().unwrap().id(), ArticleId(1));
    reader
        .send(part("乌镇", ticket, 0, "乌镇好。", 4))
        .press("gk");
    let view = reader.app.concordance().unwrap();
    assert_eq!((view.lines().len(), view.percent()), (2, None));
    assert_eq!(view.cursor().line(), 1, "still on its line");
    // Another search ends it.
    reader.press("<Esc>g/").write("高锐").press("<Enter>gk");
    assert_eq!(
        reader.app.concordance().unwrap().lines().len(),
        counted("高锐")
    );
}

#[test]
fn a_query_without_places_says_so() {
    let mut reader = found("date:1900..", 1);
    assert!(reader.app.list().results().is_some(), "{}", reader.screen());
    reader.press("gk");
    assert!(reader.app.concordance().is_none());
    assert!(reader.status().contains("no place"), "{}", reader.status());
}

#[test]
fn a_name_has_its_mentions_in_all_articles() {
    let mut reader = Reader::bundled(110, 60);
    reader.search("高锐").press("gp").read_names(100);
    let page = reader.app.pages().unwrap().page().unwrap();
    let (articles, name) = (page.articles.len(), page.group.name.clone());
    assert!(articles > 1);
    reader.press("gk");
    let view = reader.app.concordance().unwrap();
    assert_eq!(
        (view.name(), view.lines().sources().len()),
        (&*name, articles)
    );
    let mut lines = view.lines().clone();
    lines.arrange(&Words::characters());
    assert!(lines.len() >= articles);
    reader.press("G<Enter>");
    assert!(reader.app.pages().is_none() && reader.app.concordance().is_none());
    reader.press("gk");
    let view = reader.app.concordance().unwrap();
    assert_eq!(view.cursor().line() as usize, lines.len() - 1);
    // Esc leads back to the page.
    reader.press("<Esc>");
    assert_eq!(reader.app.pages().unwrap().name(), name);
}

#[test]
fn what_stands_near_is_counted_over_all_articles() {
    let mut reader = found("乌镇峰会", 1);
    reader.press("gkc");
    let near = reader.app.concordance().unwrap().collocates().unwrap();
    let of = |word: &str| near.iter().find(|one| one.word == word).unwrap();
    // How often it occurs is counted in the articles that were searched, with hits or without, as whole texts.
    let mut library = Library::bundled();
    let articles = (0..library.len()).map(ArticleId);
    let texts = articles.map(|id| library.load(id).unwrap());
    let mut all = 0;
    for article in texts {
        all += article.text.whole().matches(['会', '會']).count() as u64;
    }
    assert_eq!(of("会").all, all);
    assert!(near.len() > 10 && of("会").count() > 1);
}

/// One table is described: the file is named as on the command line.
#[test]
fn a_table_names_the_file_as_the_command_line_does() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("two/x")).unwrap();
    let lines = "{\"text\": \"红甲\", \"label\": []}\n{\"text\": \"黑甲\", \"label\": []}\n";
    for (name, text) in [
        ("two/d.jsonl", lines),
        ("two/a.txt", "甲一\n"),
        ("two/x/a.txt", "甲二\n"),
    ] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let source = folder.path().join("two");
    for (form, ending) in [("--tsv", "tsv"), ("--csv", "csv"), ("--json", "jsonl")] {
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_kanbao"))
            .args(["search", "甲", "--kwic", "--sort", "article", form])
            .arg(&source)
            .output()
            .unwrap();
        let printed = String::from_utf8(run.stdout).unwrap();
        assert!(printed.contains("two/x/a.txt"), "{printed}");
        for keys in ["g/甲<Enter>gka", "/甲<Enter>gka"] {
            let mut reader = Reader::files(std::slice::from_ref(&source), 100, 20);
            reader.press(keys);
            let all = reader.app.concordance().unwrap().lines().len();
            let path = folder.path().join(format!("{all}.{ending}"));
            reader
                .press("e<Ctrl-u>")
                .write(path.to_str().unwrap())
                .press("<Enter>");
            let written = std::fs::read_to_string(&path).unwrap();
            if all > 1 {
                assert_eq!(written, printed);
            } else {
                let line = written.lines().last().unwrap();
                assert!(printed.lines().any(|one| one == line), "{written}");
            }
        }
    }
}
