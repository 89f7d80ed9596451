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
        if let Effect::LoadArticle { ticket, id } = effect {
            let result = library.load(id).map_err(|e| e.to_string());
            reader.send(Message::Opened { ticket, id, result });
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
