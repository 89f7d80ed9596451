//! A concordance that is closed or laid by, and what goes with it.

use crate::collocates::{FILES, article, folder, found, open, press_alone, ticket_of};
use crate::library_concordance::part;
use crate::reader::Reader;
use kanbao::app::{Effect, Message, Mouse, MouseKind};
use kanbao::library::ArticleId;

#[test]
fn a_prompt_goes_with_its_concordance() {
    let double_click = |reader: &mut Reader| {
        for clicks in 1..=2 {
            let (at, kind) = ((20, 1), MouseKind::Press { clicks });
            reader.send(Message::Mouse(Mouse { at, kind }));
        }
    };
    let folder = folder(&FILES);
    // A line is gone to while one types.
    for keys in ["f", "e"] {
        let mut reader = Reader::plain("红甲。\n白甲。\n", 90, 12);
        reader.search("甲").press("gk").press(keys);
        double_click(&mut reader);
        assert!(reader.app.concordance().is_none() && reader.app.prompt().is_none());
        let mut reader = found(&folder, "甲");
        reader.press("gk").press(keys);
        double_click(&mut reader);
        assert!(reader.app.concordance().is_none() && reader.app.prompt().is_none());
    }
    // No line comes.
    let mut reader = found(&folder, "甲");
    let gathering = ticket_of(&press_alone(&mut reader, "gk"));
    reader.press("f").write("(");
    assert!(reader.app.prompt_error().is_some());
    reader.send(part("甲", gathering, 1, "无", 4));
    assert!(reader.app.concordance().is_none() && reader.app.prompt().is_none());
    assert!(reader.app.prompt_error().is_none());
    assert!(reader.status().contains("no place"), "{}", reader.status());
    // Another article opens.
    let mut reader = open(&folder);
    reader.search("甲");
    let asked = press_alone(&mut reader, "J");
    let ticket = asked.iter().find_map(|effect| match effect {
        Effect::LoadArticle { ticket, .. } => Some(*ticket),
        _ => None,
    });
    reader.press("gkf").write("红");
    assert!(reader.app.prompt().is_some());
    reader.send(Message::Opened {
        ticket: ticket.unwrap(),
        id: ArticleId(1),
        file: String::new(),
        result: Ok(article("别的甲。\n")),
    });
    assert!(reader.app.concordance().is_none() && reader.app.prompt().is_none());
}

/// A concordance that is opened before the first hit ends with the search that finds none.
#[test]
fn a_search_that_finds_nothing_closes_its_concordance() {
    let mut reader = Reader::plain("红乙。\n白乙。\n", 90, 12);
    reader.press("/");
    let asked = press_alone(&mut reader, "甲<Enter>");
    reader.press("gkf");
    let view = reader.app.concordance().unwrap();
    assert!(view.is_growing() && view.filter().is_empty());
    for message in kanbao::runtime::search_through(&asked[0]) {
        reader.send(message);
    }
    assert!(reader.app.concordance().is_none() && reader.app.prompt().is_none());
    assert!(
        reader.status().contains("not found: 甲"),
        "{}",
        reader.status()
    );
}

#[cfg(feature = "words")]
#[test]
fn words_that_come_late_are_for_the_concordance_that_was_laid_by_too() {
    use kanbao::runtime::run_errand;
    use std::sync::Arc;

    let folder = folder(&[("a.txt", "甲镇北方的人\n"), ("b.txt", "甲镇北京的人\n")]);
    let mut reader = found(&folder, "甲镇");
    reader.press("gkr");
    for effect in press_alone(&mut reader, "w") {
        if effect != Effect::LoadWords {
            reader.send(run_errand(&effect).unwrap());
        }
    }
    let first = |reader: &Reader| -> String {
        let lines = reader.app.concordance().unwrap().lines();
        lines.get(0).unwrap().1.right.chars().take(2).collect()
    };
    assert_eq!(
        first(&reader),
        "北方",
        "by the first character they are alike"
    );
    reader.press("<Enter>");
    assert!(reader.app.concordance().is_none());
    reader.send(Message::Words(Arc::new(kanbao::text::Words::load())));
    reader.press("gk");
    assert_eq!(first(&reader), "北京", "by the first word they are not");
}

/// More names than a query holds are cut to as many as it does; it says so, and comes to an end.
#[test]
fn a_name_of_many_names_has_a_concordance_of_some() {
    let aliases: Vec<String> = (0..200).map(|n| format!("\"甲镇之别名{n:03}\"")).collect();
    let text = format!(
        "headline = \"甲镇\"\nbody = \"\"\"\n甲镇很好。\n甲镇之别名001也好。\n\"\"\"\n[[entity]]\nname = \"甲镇\"\nkind = \"place\"\naliases = [{}, \" \"]\n",
        aliases.join(", ")
    );
    let folder = folder(&[("a.toml", &text)]);
    let mut reader = open(&folder);
    reader.press("]mgp").read_names(10).press("gk");
    let view = reader.app.concordance().unwrap();
    assert_eq!((view.percent(), view.name()), (None, "甲镇"));
    assert_eq!(view.lines().len(), 3, "{}", reader.screen());
    let status = reader.status();
    assert!(
        status.contains("names, as many as a query holds"),
        "{status}"
    );
}
