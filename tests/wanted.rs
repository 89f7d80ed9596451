//! Answers that come late: those that are still wanted, and those that nobody waits for any more.

use crate::reader::{Choice, Reader};
use kanbao::app::{Effect, Hits, LibraryHits, Message, PageRow, PageTarget, Pane, Reach};
use kanbao::article::ByteSpan;
use kanbao::keys::parse_sequence;
use kanbao::library::{ArticleId, Asked, Library};

/// Presses keys whose effects nobody carries out so far.
fn held(reader: &mut Reader, keys: &str) -> Vec<Effect> {
    let keys = parse_sequence(keys).unwrap();
    let mut left = Vec::new();
    for key in keys {
        left.extend(reader.app.update(Message::Key(key)));
    }
    left
}

/// Brings the articles that were asked for.
fn bring_from(library: &mut Library, reader: &mut Reader, asked: Vec<Effect>) {
    for effect in asked {
        if let Effect::LoadArticle { ticket, id, .. } = effect {
            let result = library.load(id).map_err(|e| e.to_string());
            reader.send(Message::Opened {
                ticket,
                id,
                file: String::new(),
                result,
            });
        }
    }
}

fn bring(reader: &mut Reader, asked: Vec<Effect>) {
    bring_from(&mut Library::bundled(), reader, asked);
}

fn open(reader: &Reader) -> u32 {
    reader.app.body().unwrap().id().0
}

#[test]
fn a_search_that_runs_goes_on_when_a_prompt_over_it_is_left() {
    let mut whole = Reader::bundled(120, 40);
    whole.press("g/").write("高锐").press("<Enter>");
    let mut reader = Reader::bundled(120, 40);
    reader.press("g/").write("高");
    let asked = held(&mut reader, "锐<Enter>");
    let ticket = asked.iter().find_map(|effect| match effect {
        Effect::SearchLibrary { ticket, .. } => Some(*ticket),
        _ => None,
    });
    reader.send(Message::Found(LibraryHits {
        ticket: ticket.unwrap(),
        searched: 5,
        total: 14,
        ..LibraryHits::default()
    }));
    assert!(reader.rows()[0].contains("35%"), "{}", reader.screen());
    reader.press("g/<Esc>");
    assert!(!reader.app.keys_await_answer() && !reader.app.is_waiting());
    let told = |reader: &Reader| reader.app.list().results().map(|found| found.told());
    assert_eq!(told(&reader), told(&whole), "{}", reader.screen());
    assert!(!reader.rows()[0].contains("35%"), "{}", reader.screen());
}

#[test]
fn whoever_goes_back_is_not_led_on_by_what_comes_late() {
    for keys in ["<Ctrl-o>", "''", "'a", "gh<Enter>", "<Esc>", "/x<Esc>"] {
        let mut reader = Reader::bundled(120, 40);
        reader.press("3}magg");
        let asked = held(&mut reader, "J");
        assert_eq!(reader.app.opening().map(|id| id.0), Some(1));
        reader.press(keys);
        assert_eq!(reader.app.opening(), None, "after {keys}");
        bring(&mut reader, asked);
        assert_eq!(open(&reader), 0, "after {keys}");
        let list = reader.app.list();
        assert_eq!(list.cursor().line(), 0, "the list after {keys}");
    }
}

#[test]
fn an_article_given_up_is_told() {
    let mut reader = Reader::bundled(120, 40);
    held(&mut reader, "J");
    reader.press("<Esc>");
    assert!(
        reader.status().contains("not opened"),
        "{}",
        reader.status()
    );
    reader.press("<Esc>");
    assert!(reader.status().contains("nothing to cancel"));
}

#[test]
fn a_continuation_that_is_looked_for_is_told_and_can_be_given_up() {
    for (keys, article) in [("", 4), ("<Esc>", 3), ("K", 2), ("/", 3), ("g/", 3)] {
        let mut reader = Reader::bundled(120, 40);
        reader.press("3JG");
        let asked = held(&mut reader, "<Enter>");
        let looks = |e: &Effect| matches!(e, Effect::FindContinuation { .. });
        assert!(asked.iter().any(looks), "{}", reader.screen());
        let status = reader.status();
        assert!(
            status.contains("looking for the continuation …"),
            "{status}"
        );
        if !keys.is_empty() {
            reader.press(keys);
        }
        let typing = reader.app.prompt().is_some();
        for effect in asked {
            if let Effect::FindContinuation { ticket, .. } = effect {
                let id = Some(ArticleId(4));
                reader.send(Message::Continuation { ticket, id });
            }
        }
        assert_eq!(open(&reader), article, "after {keys:?}");
        assert_eq!(reader.app.prompt().is_some(), typing, "after {keys:?}");
        assert!(!reader.status().contains("looking"), "{}", reader.status());
    }
}

/// A search begins at the point, and what lies before it is searched last.
#[test]
fn back_leads_to_where_a_hit_was_asked_for_that_came_late() {
    let mut reader = Reader::plain("甲镇一\n甲镇二\n甲镇三\n甲镇四\n", 60, 12);
    let asked = held(&mut reader, "2}/甲镇<Enter>");
    let line = "甲镇一\n".len();
    let found = |lines: &[usize], done: bool| {
        let ticket = asked.iter().rev().find_map(|effect| match effect {
            Effect::Search { ticket, .. } => Some(*ticket),
            _ => None,
        });
        let of = |n: &usize| ByteSpan::new(n * line, n * line + "甲镇".len());
        Message::Hits(Hits {
            ticket: ticket.unwrap(),
            hits: lines.iter().map(of).collect(),
            percent: 50,
            done,
        })
    };
    reader.send(found(&[2, 3], false)).press("nn");
    let at = |reader: &Reader| reader.app.point().unwrap().offset / line;
    assert_eq!(at(&reader), 3);
    reader.send(found(&[0, 1], true));
    assert_eq!(at(&reader), 0, "past the end");
    reader.press("<Ctrl-o>");
    assert_eq!(at(&reader), 3);
    reader.press("<Ctrl-o>");
    assert_eq!(at(&reader), 2);
}

#[test]
fn what_was_found_of_a_kept_search_stays_when_another_one_runs() {
    let text = "body = \"高锐与老高。老高和高锐。王正来了。\"\n[[entity]]\nname = \"高锐\"\nkind = \"person\"\naliases = [\"老高\"]\n";
    let asked = Asked::reading(None);
    let library = Library::from_bytes("a.toml", text.as_bytes(), &asked);
    let mut reader = Reader::start(library, 100, 20, &Choice::default());
    reader.press("]m*+");
    let kept = |reader: &Reader, n: usize| reader.app.kept()[n].find.hits().len();
    assert_eq!(kept(&reader, 0), 4, "both names");
    // One that runs still when it is kept, and is turned to.
    held(&mut reader, "/王正<Enter>");
    reader.press("+");
    assert_eq!((kept(&reader, 0), kept(&reader, 1)), (4, 1));
    held(&mut reader, "/来了<Enter>");
    reader.press("=");
    assert_eq!(reader.app.find().unwrap().hits().len(), 4);
    assert_eq!((kept(&reader, 0), kept(&reader, 1)), (1, 1));
    reader.press("=");
    // One that runs still when a prompt over it is left.
    held(&mut reader, "/来<Enter>");
    reader.press("/<Esc>");
    assert!(reader.app.find().unwrap().is_done());
    let hits = [kept(&reader, 0), kept(&reader, 1)];
    assert!(hits.contains(&4), "{hits:?}");
}

#[test]
fn what_is_chosen_is_not_shown_below_a_pane_that_lies_over_it() {
    let mut reader = Reader::bundled(60, 20);
    reader.search("乌镇").press("3").pause().press("gl<Enter>");
    assert_eq!(reader.app.focus(), Pane::Body);
    assert!(reader.app.geometry().sidebar.is_none());
    reader.press("]m3").pause().press("gp}}");
    let articles = |row: &PageRow| matches!(row.target, Some(PageTarget::Article(_)));
    let rows = reader.app.pages().unwrap().rows();
    let line = rows.iter().position(articles).unwrap();
    reader.press(&format!("gg{}<Enter>", "j".repeat(line)));
    assert!(reader.app.pages().is_none());
    assert_eq!(reader.app.focus(), Pane::Body);
    assert!(reader.app.geometry().sidebar.is_none());
}

#[test]
fn a_count_as_great_as_the_number_of_faults_goes_to_the_last() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("a.txt");
    std::fs::write(&text, "汀兰在渡口。\n").unwrap();
    let ann = "T1\tPerson 7 9\t白鹭\nT2\tPerson 90 92\t方舟\n";
    std::fs::write(folder.path().join("a.ann"), ann).unwrap();
    for (keys, want) in [
        ("2]d", "2/2"),
        ("3]d", "1/2"),
        ("2[d", "1/2"),
        ("[d", "2/2"),
    ] {
        let mut reader = Reader::files(std::slice::from_ref(&text), 120, 24);
        assert_eq!(reader.app.article().unwrap().diagnostics.len(), 2);
        reader.press(keys);
        assert!(
            reader.status().contains(want),
            "{keys}: {}",
            reader.status()
        );
    }
}

#[test]
fn an_empty_search_over_what_was_found_stays_within_it() {
    let mut reader = Reader::bundled(120, 40);
    reader.press("g/").write("高锐").press("<Enter>");
    reader.press("/").write("记者").press("<Enter>");
    let within: Vec<ArticleId> = reader.app.list().results().unwrap().ids().collect();
    reader.press("/<Alt-l><Alt-l>");
    assert_eq!(reader.app.reach(), Reach::Results);
    reader.press("<Enter>");
    let results = reader.app.list().results().unwrap();
    assert_eq!(results.query().text, "记者");
    assert!(!results.is_empty() && results.ids().all(|id| within.contains(&id)));
}

#[test]
fn the_list_of_problems_is_that_of_the_article_that_has_come() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("b.txt");
    std::fs::write(folder.path().join("a.txt"), "没有毛病。\n").unwrap();
    std::fs::write(&text, "汀兰在渡口。\n").unwrap();
    std::fs::write(folder.path().join("b.ann"), "T1\tPerson 90 92\t方舟\n").unwrap();
    let paths = [folder.path().join("a.txt"), text];
    let mut reader = Reader::files(&paths, 120, 24);
    let asked = held(&mut reader, "J");
    reader.press("!");
    assert!(reader.screen().contains("Nothing is wrong"));
    let (mut library, _) = Library::open(&paths, &Asked::reading(None));
    bring_from(&mut library, &mut reader, asked);
    assert!(reader.screen().contains("b.ann:1"), "{}", reader.screen());
}

#[test]
fn a_concordance_that_was_laid_by_outlives_a_search_that_is_given_up() {
    let mut reader = Reader::bundled(120, 40);
    reader.press("g/").write("高锐").press("<Enter>gk");
    reader.press("f").write("高").press("<Enter>jj<Enter>");
    assert!(reader.app.concordance().is_none(), "at one of its lines");
    reader.press("g/").write("北京").press("<Esc>gk");
    assert_eq!(reader.app.concordance().unwrap().filter(), "高");
    // A search that is stayed with takes its place.
    reader.press("<Enter>g/").write("高锐").press("<Enter>gk");
    assert_eq!(reader.app.concordance().unwrap().filter(), "");
}

#[test]
fn pinyin_is_turned_only_where_something_is_looked_for() {
    let on = |reader: &Reader| reader.app.search_switches().last().copied();
    let mut reader = Reader::bundled(120, 40);
    let before = on(&reader);
    reader.search("乌镇").press("gs<Alt-y><Esc>");
    assert_eq!(on(&reader), before, "a name is typed");
    reader.press(":<Alt-y><Esc>");
    assert_eq!(on(&reader), before, "the palette");
    reader.press("f").write("zhdt<Alt-y><Esc>");
    reader.press("/<Alt-y><Esc>");
    assert_ne!(on(&reader), before);
}

/// Keys are told as they are bound.
#[test]
fn messages_name_the_keys_that_are_bound() {
    let config = "[keys.normal]\n\"/\" = \"none\"\n\"<F6>\" = \"search\"\n\"]m\" = \"none\"\n\"<F7>\" = \"next-mention\"\n\
                  \"g/\" = \"none\"\n\"v\" = \"none\"\n\
                  [keys.picker]\n\"<Enter>\" = \"none\"\n\"o\" = \"choose\"\n\"<Esc>\" = \"none\"\n\
                  [keys.overlay]\n\"<Esc>\" = \"none\"\n\"q\" = \"cancel\"\n";
    let asked = Asked::reading(None);
    let text = "甲镇一\n".as_bytes();
    let reader = || {
        let library = Library::from_bytes("a.txt", text, &asked);
        Reader::start(library, 100, 12, &Choice::of(config))
    };
    for (keys, want) in [
        ("n", "nothing has been searched for; F6 searches"),
        ("+", "nothing is searched for; F6 searches"),
        ("gl", "nothing is searched for; F6 searches"),
        ("]l", "no mention at the point; F7 goes to the next one"),
        ("*", "searches"),
        ("gs", "nothing has been searched for"),
        ("<Shift-Tab>o", "only results of a search are ordered"),
    ] {
        let mut reader = reader();
        reader.press(keys);
        let status = reader.status();
        assert!(keys == "*" || status.contains(want), "{keys}: {status}");
        assert!(
            !status.contains("g/") && !status.contains("v selects"),
            "{keys}: {status}"
        );
    }
    let mut reader = reader();
    reader.press("<F6>").write("甲").press("<Enter>gl");
    let screen = reader.screen();
    assert!(screen.contains("o chooses · q closes"), "{screen}");
    reader.press("q!");
    let screen = reader.screen();
    assert!(screen.contains("q closes"), "{screen}");
}

#[test]
fn what_is_selected_is_counted_as_the_selection_grows_and_shrinks() {
    let mut reader = Reader::plain("甲镇 一\n　　乙村 二三\n　　丙 port\n", 60, 12);
    reader.press("}v");
    for key in ["l", "j", "l", "h", "k", "k", "l", "b", "j", "w", "j"] {
        reader.press(key);
        let article = reader.app.article().unwrap();
        let span = reader.app.selection().unwrap().span(article);
        let text = article.text.slice(span);
        let count = text.chars().filter(|c| !c.is_whitespace()).count();
        assert_eq!(reader.app.selected(), Some(count), "{text:?} after {key}");
    }
    reader.press("<Esc>");
    assert_eq!(reader.app.selected(), None);
}
