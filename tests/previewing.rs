//! Articles of results are looked at before they are opened, also while the search is typed.

use crate::gathering::{found, listed, open, title};
use crate::reader::Reader;
use kanbao::app::{Effect, LibraryHits, Message, Pane, Ticket};
use kanbao::library::ArticleId;
use kanbao::search::Query;

#[test]
fn results_are_looked_at_as_one_types() {
    let mut reader = Reader::bundled(120, 40);
    reader.search("乌镇").press("nn");
    let before = reader.screen();
    reader.press("g/").write("高銳");
    let all = listed(&reader);
    assert_eq!(reader.app.list().cursor().line(), 0);
    assert_eq!(open(&reader), all[0]);
    reader.press("<Down><Down>");
    assert_eq!(open(&reader), all[2]);
    assert_eq!(reader.at_point().replace('銳', "锐"), "高锐");
    assert!(reader.status().starts_with("library /高銳"));
    reader.press("<Up>");
    assert_eq!(open(&reader), all[1]);
    // Above the first result are the searches of before, and the way down leads back.
    reader.press("<Ctrl-u><Up>");
    assert!(reader.status().starts_with("library /乌镇"));
    reader.press("<Down>").write("高锐").press("<Down>");
    assert_eq!(open(&reader), all[1]);
    // Enter stays with what is looked at; back is where one was.
    reader.press("<Enter>");
    assert_eq!((open(&reader), reader.app.focus()), (all[1], Pane::List));
    let mut given_up = reader;
    given_up.press("<Enter><Ctrl-o>");
    assert_eq!(open(&given_up), 0);

    let mut reader = Reader::bundled(120, 40);
    reader.search("乌镇").press("nn");
    reader.press("g/").write("高銳").press("<Down><Down>");
    assert_ne!(open(&reader), 0);
    reader.write("龘");
    assert_eq!(open(&reader), 0, "nothing is found");
    reader.press("<Backspace><Down>");
    assert_ne!(open(&reader), 0);
    reader.press("<Esc>");
    assert_eq!(reader.screen(), before);
    reader.press("n");
    assert_eq!(reader.at_point(), "乌镇");
    // What was only looked at was not visited.
    reader.press("gh");
    assert_eq!(reader.app.picker().unwrap().total(), 1);
}

#[test]
fn kept_searches_are_marked_in_what_is_looked_at_and_in_what_comes_back() {
    let mut reader = Reader::bundled(120, 40);
    reader.search("乌镇").press("+");
    let kept = |reader: &Reader| reader.app.kept()[0].find.hits().len();
    let before = kept(&reader);
    reader.press("g/").write("高锐").press("<Down>");
    assert_ne!(open(&reader), 0);
    assert_ne!(kept(&reader), before);
    reader.resize(60, 20).press("<Esc>");
    assert_eq!((open(&reader), kept(&reader)), (0, before));
    let rows = reader.rows();
    assert!(rows[0].contains("水乡十年"), "{}", reader.screen());
}

/// A search whose answers the test gives itself: the ticket.
fn asked(reader: &mut Reader, keys: &str) -> Ticket {
    let mut ticket = None;
    for key in kanbao::keys::parse_sequence(keys).unwrap() {
        for effect in reader.app.update(Message::Key(key)) {
            if let Effect::SearchLibrary { ticket: of, .. } = effect {
                ticket = Some(of);
            }
        }
    }
    ticket.unwrap()
}

/// A part of the answer, with articles that have one hit.
fn part(ticket: Ticket, articles: &[u32], done: bool) -> Message {
    let mut library = kanbao::library::Library::bundled();
    let found = |id: &u32| kanbao::app::FoundArticle {
        row: library.row(ArticleId(*id)),
        hits: 1,
        first: None,
    };
    Message::Found(LibraryHits {
        ticket,
        articles: articles.iter().map(found).collect(),
        searched: 7,
        total: 14,
        failed: 0,
        done,
    })
}

#[test]
fn the_first_article_of_the_list_is_looked_at_whichever_is_found_first() {
    // From the prompt, and where a view runs.
    for keys in ["g/王", "gg<Enter>"] {
        let mut reader = Reader::bundled(120, 40);
        let view = ("一".to_owned(), Query::new("王"));
        reader.send(Message::Views(vec![view]));
        reader.press("<Shift-Tab>");
        let ticket = asked(&mut reader, keys);
        reader.send(part(ticket, &[7], false));
        assert_eq!(open(&reader), 7, "{keys}");
        reader.send(part(ticket, &[9, 3], false));
        assert_eq!(reader.app.list().cursor().line(), 0, "{keys}");
        assert_eq!(open(&reader), 3, "{keys}");
        // Once the reader has gone elsewhere he stays there.
        reader.press("<Down>");
        assert_eq!(open(&reader), 7, "{keys}");
        reader.send(part(ticket, &[1], true));
        assert_eq!(open(&reader), 7, "{keys}");
        assert_eq!(reader.app.list().cursor().line(), 2, "{keys}");
    }
}

#[test]
fn an_article_that_comes_while_one_types_leaves_the_prompt_alone() {
    let mut reader = Reader::bundled(120, 40);
    reader.search("乌镇").press("nnn");
    let effects = reader
        .app
        .update(Message::Key(kanbao::keys::Key::char('J')));
    reader.press("g/").write("高锐");
    for effect in effects {
        if let Effect::LoadArticle { ticket, id, .. } = effect {
            let result = kanbao::library::Library::bundled().load(id);
            let result = result.map_err(|e| e.to_string());
            reader.send(Message::Opened {
                ticket,
                id,
                file: String::new(),
                result,
            });
        }
    }
    assert_eq!(open(&reader), 1);
    assert!(reader.status().starts_with("library /高锐"));
    reader.press("<Esc>");
    assert_eq!((open(&reader), listed(&reader).len()), (1, 14));
    assert!(reader.app.prompt().is_none());
}

#[test]
fn only_the_last_article_is_waited_for() {
    let mut reader = found("高锐");
    let all = listed(&reader);
    let down = || Message::Key(kanbao::keys::Key::char('j'));
    let first = reader.app.update(down());
    assert!(!reader.app.keys_await_answer(), "keys go on");
    let second = reader.app.update(down());
    let asked = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::LoadArticle { ticket, id, .. } => Some((*ticket, *id)),
            _ => None,
        })
    };
    let (early, late) = (asked(&first).unwrap(), asked(&second).unwrap());
    assert_eq!((early.1.0, late.1.0), (all[1], all[2]));
    let library = &mut kanbao::library::Library::bundled();
    for (ticket, id) in [early, late] {
        let result = library.load(id).map_err(|e| e.to_string());
        reader.send(Message::Opened {
            ticket,
            id,
            file: String::new(),
            result,
        });
    }
    assert_eq!(open(&reader), all[2]);
}

#[test]
fn results_stay_in_sight_when_the_window_narrows() {
    let mut reader = Reader::bundled(120, 30);
    let before = reader.screen();
    reader.press("g/").write("高銳");
    for columns in [60, 24, 120, 40, 60] {
        reader.resize(columns, 30);
        let shown = title(&reader);
        assert!(shown.contains("hits in"), "{columns}: {shown}");
        assert!(reader.status().contains("/高銳"), "{}", reader.status());
        assert_eq!(reader.app.focus(), Pane::List);
    }
    reader.resize(120, 30).press("<Esc>");
    assert_eq!(reader.screen(), before);
}

#[test]
fn what_is_typed_has_room_in_a_narrow_prompt() {
    for columns in 20..40 {
        let mut reader = Reader::bundled(columns, 12);
        reader.press("g/").write("乌镇");
        assert!(reader.status().contains("/乌镇"), "{}", reader.status());
        reader.write(" 记者高锐");
        assert!(reader.status().contains("锐"), "{}", reader.status());
    }
}
