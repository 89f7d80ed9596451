//! Searches over the library: keys in, screen out.

use crate::reader::Reader;
use kanbao::app::{Effect, LibraryHits, Message, Pane, Reach, Ticket};
use kanbao::library::ArticleId;
use kanbao::search::{Query, Scope};

/// The articles that are listed, by number.
pub(crate) fn listed(reader: &Reader) -> Vec<u32> {
    let list = reader.app.list();
    (0..list.len())
        .filter_map(|line| list.at(line))
        .map(|id| id.0)
        .collect()
}

pub(crate) fn open(reader: &Reader) -> u32 {
    reader.app.body().unwrap().id().0
}

pub(crate) fn title(reader: &Reader) -> String {
    reader.rows()[0].clone()
}

/// The bundled articles after a search over all of them.
pub(crate) fn found(query: &str) -> Reader {
    let mut reader = Reader::bundled(120, 40);
    reader.press("g/").write(query).press("<Enter>");
    reader
}

#[test]
fn articles_are_listed_as_one_types() {
    let mut reader = Reader::bundled(120, 40);
    reader.press("/").write("乌镇");
    assert_eq!(listed(&reader).len(), 14, "the scope is the article");
    reader.press("<Alt-l>");
    assert_eq!(reader.app.reach(), Reach::Library);
    assert!(reader.status().starts_with("library /乌镇"));
    let some = listed(&reader);
    assert!((2..14).contains(&some.len()), "{some:?}");
    let results = reader.app.list().results().unwrap();
    let told = format!("{} hits in {} articles", results.hits(), some.len());
    assert!(title(&reader).contains(&told), "{}", title(&reader));
    assert!(reader.status().contains(&told));
    reader.write(" 高锐 记者");
    assert!(listed(&reader).len() < some.len());
    reader.press("<Ctrl-u>");
    assert_eq!(listed(&reader).len(), 14);
    assert_eq!(open(&reader), 0);
    // Without results there is nothing to refine.
    reader.press("<Alt-l>");
    assert_eq!(reader.app.reach(), Reach::Article);
}

#[test]
fn counts_agree_with_those_of_each_article() {
    let reader = found("乌镇");
    let results = reader.app.list().results().unwrap();
    for id in 0..14 {
        let mut single = Reader::bundled(120, 40);
        for _ in 0..id {
            single.press("J");
        }
        single.search("乌镇");
        let hits = single.app.find().unwrap().hits().len();
        let of = results.of(ArticleId(u32::try_from(id).unwrap()));
        assert_eq!(of.map_or(0, |(hits, _)| hits as usize), hits, "{id}");
    }
}

#[test]
fn the_cursor_shows_articles_and_enter_opens_one() {
    let mut reader = found("高锐");
    let all = listed(&reader);
    assert!(all.len() > 2, "{all:?}");
    assert_eq!(reader.app.focus(), Pane::List);
    assert_eq!(open(&reader), all[0]);
    assert_eq!(reader.at_point().replace('銳', "锐"), "高锐");
    reader.press("jj");
    assert_eq!((open(&reader), reader.app.focus()), (all[2], Pane::List));
    assert_eq!(reader.at_point().replace('銳', "锐"), "高锐");
    let hits = reader.app.find().unwrap().hits().len();
    let of = reader.app.list().results().unwrap().of(ArticleId(all[2]));
    assert_eq!(of.unwrap().0 as usize, hits);
    reader.press("<Enter>");
    assert_eq!((open(&reader), reader.app.focus()), (all[2], Pane::Body));
    // What was only looked at was not visited.
    reader.press("gh");
    assert_eq!(reader.app.picker().unwrap().total(), 2);
    reader.press("<Esc>");
    reader.press("K");
    assert_eq!(open(&reader), all[1], "the results are walked");
    assert_eq!(reader.at_point().replace('銳', "锐"), "高锐");
}

#[test]
fn hits_lead_from_article_to_article() {
    let mut reader = found("高锐");
    let all = listed(&reader);
    reader.press("<Enter>");
    let mut passed = vec![open(&reader)];
    let total = reader.app.list().results().unwrap().hits();
    for _ in 1..total {
        reader.press("n");
        assert_eq!(reader.at_point().replace('銳', "锐"), "高锐");
        if passed.last() != Some(&open(&reader)) {
            passed.push(open(&reader));
            assert!(reader.status().contains("article "), "{}", reader.status());
        }
    }
    assert_eq!(passed, all, "each hit of each article was gone to");
    reader.press("n");
    assert_eq!(open(&reader), all[0]);
    assert!(reader.status().contains("past the last"));
    reader.press("N");
    assert_eq!(Some(&open(&reader)), all.last());
    let point = reader.app.point().unwrap().offset;
    let last = reader.app.find().unwrap().hits().last().copied();
    assert_eq!(Some(point), last.map(|hit| hit.start()));
}

#[test]
fn terms_belong_together_in_the_article() {
    // They stand in different blocks.
    let text = "乌镇开会。\n\n\n\n高锐说话。\n";
    let mut reader = Reader::plain(text, 120, 40);
    reader.press("/").write("乌镇 高锐").press("<Enter>");
    assert!(reader.app.find().unwrap().hits().is_empty());
    reader.press("g/").write("乌镇 高锐").press("<Enter>");
    assert_eq!(listed(&reader), [0]);
    assert_eq!(reader.app.find().unwrap().hits().len(), 2);
    reader.press("<Enter>n");
    assert_eq!(reader.at_point().replace('銳', "锐"), "高锐");
    reader.press("n");
    assert_eq!(reader.at_point(), "乌镇");
}

#[test]
fn articles_without_a_hit_may_match() {
    let mut reader = found("-乌镇");
    let all = listed(&reader);
    assert!(!all.is_empty() && all.len() < 14);
    assert_eq!(open(&reader), all[0]);
    reader.press("<Enter>n");
    assert_eq!(open(&reader), all[1]);
    reader.press("N");
    assert_eq!(open(&reader), all[0], "one article back, and no further");
    reader.press("N");
    assert_eq!(Some(&open(&reader)), all.last());
}

#[test]
fn an_article_that_lost_its_hits_since_it_was_found_is_gone_to_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let paths = ["1.txt", "2.txt", "3.txt"].map(|name| folder.path().join(name));
    let write = |text: &str| {
        for path in &paths {
            std::fs::write(path, text).unwrap();
        }
    };
    write("甲镇\n");
    let mut reader = Reader::files(&paths, 120, 40);
    reader.press("g/").write("甲镇").press("<Enter><Enter>");
    write("乙村\n");
    reader.press("N");
    assert_eq!(open(&reader), 2);
    assert!(reader.status().contains("not found"), "{}", reader.status());
}

#[test]
fn results_are_refined_and_given_back() {
    let mut reader = found("高锐");
    let all = listed(&reader);
    reader.press("/<Alt-l><Alt-l>");
    assert_eq!(reader.app.reach(), Reach::Results);
    reader.write("记者");
    assert!(reader.status().starts_with("results /"));
    let some = listed(&reader);
    assert!(!some.is_empty() && some.len() < all.len());
    assert!(some.iter().all(|id| all.contains(id)));
    reader.press("<Alt-l>");
    assert_eq!(reader.app.reach(), Reach::Article);
    assert_eq!(listed(&reader), all, "as before the prompt");
    reader.press("<Alt-l><Alt-l><Enter>");
    assert_eq!(listed(&reader), some);
    reader.press("<Esc>");
    assert_eq!(listed(&reader).len(), 14);
    let list = reader.app.list();
    assert_eq!(list.at(list.cursor().line()).unwrap().0, open(&reader));
}

#[test]
fn results_stay_when_nothing_is_found_in_them() {
    let mut reader = found("高锐");
    let all = listed(&reader);
    reader
        .press("/<Alt-l><Alt-l>")
        .write("没有这些字")
        .press("<Enter>");
    assert!(
        reader
            .status()
            .contains("not found in these results: 没有这些字"),
        "{}",
        reader.status()
    );
    assert_eq!(listed(&reader), all);
    assert_eq!(reader.app.list().results().unwrap().query().text, "高锐");
}

#[test]
fn esc_in_the_article_leads_back_all_the_way() {
    let mut reader = found("高锐");
    let all = listed(&reader);
    reader.press("<Enter><Esc>");
    assert!(reader.app.find().is_none());
    // They are still walked: the hits of all articles come back.
    reader.press("n");
    assert_eq!(reader.at_point().replace('銳', "锐"), "高锐");
    let hits = reader.app.find().unwrap().hits().len();
    reader.press(&format!("{hits}n"));
    assert_eq!(open(&reader), all[1]);
    reader.press("<Esc>");
    assert_eq!(listed(&reader), all);
    reader.press("<Esc>");
    assert_eq!(listed(&reader).len(), 14);
    assert!(reader.status().contains("all articles are listed again"));
    let list = reader.app.list();
    assert_eq!(list.at(list.cursor().line()).unwrap().0, open(&reader));
    reader.press("<Esc>");
    assert!(reader.status().contains("q quits"), "{}", reader.status());
}

#[test]
fn esc_in_the_article_ends_the_filters() {
    let mut reader = Reader::bundled(120, 40);
    reader.press("f").write("王").press("<Enter>");
    let to = |reader: &mut Reader, pane| {
        while reader.app.focus() != pane {
            reader.press("<Tab>");
        }
    };
    to(&mut reader, Pane::Sidebar);
    reader.press("f").write("高锐").press("<Enter>");
    to(&mut reader, Pane::Body);
    assert!(listed(&reader).len() < 14 && reader.app.sidebar().filter().is_some());
    reader.press("<Esc>");
    assert_eq!(listed(&reader).len(), 14);
    reader.press("<Esc>");
    assert!(reader.app.sidebar().filter().is_none());
    assert!(reader.status().contains("all entities"));
}

#[test]
fn leaving_the_prompt_leaves_all_as_it_was() {
    for keys in ["g/", "/<Alt-l>"] {
        let mut reader = Reader::bundled(120, 40);
        reader.search("乌镇").press("n1");
        let before = reader.screen();
        reader.press(keys).write("北京");
        assert_ne!(reader.screen(), before);
        reader.press("<Esc>");
        assert_eq!(reader.screen(), before);
        assert!(reader.left.contains(&Effect::CancelLibrarySearch));
    }
}

#[test]
fn what_is_not_found_and_what_is_wrong_is_said() {
    let mut reader = Reader::bundled(120, 40);
    reader.press("g/").write("龘龘龘");
    assert!(reader.status().ends_with("not found"));
    assert!(reader.screen().contains("nothing found"));
    reader.press("<Enter>");
    assert!(reader.status().contains("not found in the library"));
    assert_eq!(listed(&reader).len(), 14);
    reader.press("g/").write("乌镇 ~");
    assert!(reader.app.prompt_error().is_some());
}

#[test]
fn results_are_ordered() {
    let mut reader = found("高锐");
    let all = listed(&reader);
    let hits = |reader: &Reader| -> Vec<u32> {
        let results = reader.app.list().results().unwrap();
        let ids = results.ids();
        ids.map(|id| results.of(id).unwrap().0).collect()
    };
    reader.press("o");
    assert!(hits(&reader).is_sorted_by(|a, b| a >= b));
    assert_ne!(listed(&reader), all);
    reader.press("o");
    let list = reader.app.list();
    let dates: Vec<&str> = listed(&reader)
        .into_iter()
        .map(|id| list.row(ArticleId(id)).unwrap().date.as_str())
        .collect();
    assert!(dates.is_sorted_by(|a, b| a >= b), "{dates:?}");
    reader.press("o");
    assert_eq!(listed(&reader), all);
}

#[test]
fn a_search_that_runs_is_stopped_and_says_how_far_it_got() {
    let mut reader = found("高锐");
    let ids = listed(&reader);
    let query = Query {
        scope: Scope::Article,
        ..Query::new("乌镇")
    };
    // Another search, whose answers come bit by bit.
    let effects = reader
        .app
        .update(Message::Key(kanbao::keys::Key::char('g')));
    assert!(effects.is_empty());
    reader.press("/");
    reader.write("乌");
    let key = Message::Key(kanbao::keys::Key::char('镇'));
    let effects = reader.app.update(key);
    let asked = effects.into_iter().find_map(|effect| match effect {
        Effect::SearchLibrary { ticket, query, .. } => Some((ticket, query)),
        _ => None,
    });
    let (ticket, asked) = asked.unwrap();
    assert_eq!(asked, query);
    let before = listed(&reader);
    assert!(
        !before.is_empty(),
        "what was found before stays for a moment"
    );
    let part = |ticket: Ticket, searched: u32| {
        Message::Found(LibraryHits {
            ticket,
            articles: Vec::new(),
            searched,
            total: 14,
            failed: 0,
            done: false,
        })
    };
    reader.send(part(Ticket(ticket.0 - 1), 9));
    assert_eq!(listed(&reader), before, "an answer to another search");
    reader.send(part(ticket, 7));
    assert!(listed(&reader).is_empty());
    assert!(title(&reader).contains("50%"), "{}", title(&reader));
    reader.press("<Enter><Esc>");
    assert!(reader.status().contains("stopped after 50%: 0 hits"));
    assert!(reader.left.contains(&Effect::CancelLibrarySearch));
    reader.press("<Esc>");
    assert_eq!(listed(&reader).len(), 14);
    assert!(ids.len() < 14);
}

#[test]
fn the_screen_of_results() {
    for (columns, rows) in [(120, 30), (60, 20)] {
        let mut reader = Reader::bundled(columns, rows);
        reader.press("g/").write("乌镇 峰会");
        insta::assert_snapshot!(format!("gather_typing_{columns}"), reader.screen());
        reader.press("<Enter>j");
        insta::assert_snapshot!(format!("gather_results_{columns}"), reader.screen());
        reader.press("<Enter>");
        insta::assert_snapshot!(format!("gather_opened_{columns}"), reader.screen());
    }
}

/// Three articles of which two have hits, in a folder.
fn three() -> (tempfile::TempDir, Vec<std::path::PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let write = |(name, text): (&str, &str)| {
        let path = folder.path().join(name);
        let content = format!("headline = \"{name}\"\nbody = \"{text}\"\n");
        std::fs::write(&path, content).unwrap();
        path
    };
    let texts = [
        ("1.toml", "高锐"),
        ("2.toml", "乌镇"),
        ("3.toml", "高锐和高锐"),
    ];
    let paths = texts.map(write).to_vec();
    (folder, paths)
}

#[test]
fn articles_that_could_not_be_read_are_told() {
    let (_folder, paths) = three();
    for columns in [120, 80] {
        let mut reader = Reader::files(&paths, columns, 40);
        std::fs::rename(&paths[1], paths[1].with_extension("gone")).unwrap();
        reader.press("g/").write("高锐");
        let told = "3 hits in 2 articles, 1 unreadable";
        assert!(reader.status().ends_with(told), "{}", reader.status());
        assert!(
            title(&reader).contains("3 in 2, 1 unr"),
            "{}",
            title(&reader)
        );
        reader.press("<Enter>");
        let said = "1 article could not be read";
        assert!(reader.status().contains(said), "{}", reader.status());
        std::fs::rename(paths[1].with_extension("gone"), &paths[1]).unwrap();
    }
}

#[test]
fn where_no_article_can_be_read_not_found_is_not_all_that_is_said() {
    let (folder, paths) = three();
    let mut reader = Reader::files(&paths, 120, 40);
    drop(folder);
    reader.press("g/").write("高锐");
    let failure = "3 articles could not be read";
    assert!(reader.status().contains(failure), "{}", reader.status());
    reader.press("<Enter>");
    let said = format!("not found in the library: 高锐; {failure}");
    assert!(reader.status().contains(&said), "{}", reader.status());
}
