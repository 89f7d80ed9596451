//! What the librarian answers first.

use super::*;
use crate::runtime::events::Events;
use crate::search::Query;

#[test]
fn an_article_is_read_before_a_continuation_is_looked_for() {
    let (post, mut events) = Events::open().unwrap();
    let (ask, requests) = channel();
    let (id, ticket) = (ArticleId(3), Ticket(1));
    let earlier = false;
    let look = Effect::FindContinuation {
        ticket,
        id,
        earlier,
    };
    ask.send(look).unwrap();
    let (id, ticket) = (ArticleId(0), Ticket(2));
    ask.send(Effect::LoadArticle {
        ticket,
        id,
        anew: false,
    })
    .unwrap();
    let keeping = thread::spawn(move || {
        let last = AtomicU32::new(2);
        keep_library(Librarian::new(Library::bundled()), &requests, &last, &post);
    });
    let mut next = || loop {
        match events.next(None) {
            Some(Event::Message(Message::Opened { id, .. })) => return ("opened", Some(id)),
            Some(Event::Message(Message::Continuation { id, .. })) => return ("continued", id),
            _ => {}
        }
    };
    assert_eq!(next(), ("opened", Some(ArticleId(0))));
    assert_eq!(next(), ("continued", Some(ArticleId(4))));
    drop(ask);
    keeping.join().unwrap();
}

#[test]
fn nothing_is_searched_for_nobody() {
    let (post, _events) = Events::open().expect("events");
    let workers = Workers::start(Library::bundled(), None, &post).expect("threads");
    let article = Library::bundled().load(ArticleId(0)).expect("it reads");
    assert!(workers.hand(Effect::Search {
        ticket: Ticket(7),
        article,
        query: Query::new("乌镇"),
        origin: 0,
        backwards: false,
    }));
    let (wanted, round) = (Arc::clone(&workers.wanted), Arc::clone(&workers.round));
    let (asked, kept) = (
        wanted.load(Ordering::Acquire),
        round.load(Ordering::Acquire),
    );
    drop(workers);
    assert_ne!(wanted.load(Ordering::Acquire), asked);
    assert_ne!(round.load(Ordering::Acquire), kept);
}
