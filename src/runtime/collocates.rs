//! What stands near the hits of a concordance: the words of all articles that were searched are counted, then those near
//! the hits.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use super::gather::{Search, go_through};
use crate::app::{Effect, Message, Ticket};
use crate::article::Article;
use crate::library::Snapshot;
use crate::search::concordance::{Concordance, Counting, Frequencies, collocates_while};

/// So many parts of a hundred it takes to count the articles, by what is told of it; the lines take the rest.
const ARTICLES: u64 = 90;

/// Counts on so many threads, and answers how far it is and, at the end, with what it found. Once `is_over` there are no
/// more answers.
pub(super) fn count_near(
    library: &Snapshot,
    effect: &Effect,
    threads: usize,
    is_over: &(dyn Fn() -> bool + Sync),
    answer: impl Fn(Message),
) {
    let Effect::Collocate {
        ticket,
        concordance,
        articles,
        frequencies,
        window,
        fold,
        words,
    } = effect
    else {
        return;
    };
    let counting = Counting {
        unit: concordance.order().unit,
        fold: *fold,
        words,
    };
    let telling = Telling {
        ticket: *ticket,
        last: Cell::new(None),
        is_over,
        answer,
    };
    let mut failed = 0;
    let (from, counted) = match (frequencies, articles) {
        (Some(known), _) => (0, Some(Arc::clone(known))),
        (None, Some(articles)) => {
            let make = |_, article: &Article| {
                let mut made = Frequencies::default();
                let whole = article.text.whole();
                made.add_while(whole, &counting, |_| !is_over())
                    .then_some(made)
            };
            let search = Search {
                library,
                within: Some(articles),
                worth: &|_| true,
                make: &make,
            };
            let (mut all, mut done) = (Frequencies::default(), false);
            go_through(&search, threads, is_over, |at, made| {
                made.into_iter().for_each(|one| all.join(one));
                (failed, done) = (at.failed, at.done);
                telling.tell(0, ARTICLES, at.searched.into(), at.total.into());
            });
            (ARTICLES, done.then(|| Arc::new(all)))
        }
        (None, None) => (ARTICLES, kept(concordance, &counting, is_over, &telling)),
    };
    let Some(frequencies) = counted else {
        return;
    };
    let lines = concordance.len() as u64;
    let found = collocates_while(concordance, *window, &frequencies, &counting, |done| {
        telling.tell(from, 100, done as u64, lines);
        !is_over()
    });
    let Some(found) = found.filter(|_| !is_over()) else {
        return;
    };
    (telling.answer)(Message::Collocates {
        ticket: *ticket,
        found,
        frequencies,
        failed,
    });
}

/// The counts of the articles that are kept; nothing when it was given up.
fn kept(
    concordance: &Concordance,
    counting: &Counting<'_>,
    is_over: &dyn Fn() -> bool,
    telling: &Telling<'_, impl Fn(Message)>,
) -> Option<Arc<Frequencies>> {
    let mut all = Frequencies::default();
    for article in concordance.kept() {
        let whole = article.text.whole();
        let is_whole = all.add_while(whole, counting, |done| {
            telling.tell(0, ARTICLES, done as u64, whole.len() as u64);
            !is_over()
        });
        if !is_whole {
            return None;
        }
    }
    Some(Arc::new(all))
}

/// Who is told how far it is.
struct Telling<'a, A> {
    ticket: Ticket,
    /// What was told last.
    last: Cell<Option<u8>>,
    is_over: &'a dyn Fn() -> bool,
    answer: A,
}

impl<A: Fn(Message)> Telling<'_, A> {
    /// So much of a part is done that reaches from one percentage to another.
    fn tell(&self, from: u64, to: u64, done: u64, of: u64) {
        let percent = from + (to - from) * done.min(of) / of.max(1);
        let percent = u8::try_from(percent).unwrap_or(100);
        if (self.is_over)() || self.last.replace(Some(percent)) == Some(percent) {
            return;
        }
        (self.answer)(Message::Counting {
            ticket: self.ticket,
            percent,
        });
    }
}

/// The whole answer at once.
pub(super) fn count_all(library: &Snapshot, effect: &Effect) -> Option<Message> {
    let last = RefCell::new(None);
    count_near(library, effect, 1, &|| false, |message| {
        *last.borrow_mut() = Some(message);
    });
    last.into_inner()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;
    use crate::library::{ArticleId, Library};
    use crate::search::Query;
    use crate::search::concordance::Window;
    use crate::text::{FoldOptions, Words};

    /// What stands near 乌镇 in all bundled articles.
    fn effect(library: &Library) -> Effect {
        let articles: Arc<[ArticleId]> = (0..library.len()).map(ArticleId).collect();
        let asked = Effect::GatherLines {
            ticket: Ticket(1),
            query: Query::new("乌镇"),
            articles: Arc::clone(&articles),
        };
        let lines = super::super::lines::all_lines(&library.snapshot(), &asked);
        let mut lines = lines.expect("an answer").lines;
        lines.arrange(&Words::characters());
        Effect::Collocate {
            ticket: Ticket(3),
            concordance: Arc::new(lines),
            articles: Some(articles),
            frequencies: None,
            window: Window { left: 5, right: 5 },
            fold: FoldOptions::default(),
            words: Arc::new(Words::characters()),
        }
    }

    #[test]
    fn it_tells_how_far_it_is_and_ends_with_what_it_found() {
        let library = Library::bundled();
        let effect = effect(&library);
        let mut whole = None;
        for threads in [1, 3] {
            let told = Cell::new(0);
            let last = RefCell::new(None);
            count_near(
                &library.snapshot(),
                &effect,
                threads,
                &|| false,
                |message| match message {
                    Message::Counting { percent, .. } => {
                        assert!(told.get() <= percent && last.borrow().is_none());
                        told.set(percent);
                    }
                    other => *last.borrow_mut() = Some(other),
                },
            );
            let last = last.into_inner().expect("an answer");
            assert!(told.get() >= 90);
            assert_eq!(*whole.get_or_insert_with(|| last.clone()), last);
        }
    }

    #[test]
    fn a_count_that_is_given_up_says_nothing_more() {
        let library = Library::bundled();
        let effect = effect(&library);
        let over = AtomicBool::new(false);
        let parts = Cell::new(0);
        let is_over = || over.load(Ordering::Relaxed);
        count_near(&library.snapshot(), &effect, 2, &is_over, |message| {
            assert!(matches!(message, Message::Counting { .. }));
            parts.set(parts.get() + 1);
            over.store(true, Ordering::Relaxed);
        });
        assert_eq!(parts.get(), 1);
    }

    /// What was counted before is taken as it is: no article is read again.
    #[test]
    fn another_window_reads_no_article() {
        let library = Library::bundled();
        let mut effect = effect(&library);
        let Some(Message::Collocates {
            found, frequencies, ..
        }) = count_all(&library.snapshot(), &effect)
        else {
            panic!("no answer");
        };
        if let Effect::Collocate {
            articles,
            frequencies: known,
            window,
            ..
        } = &mut effect
        {
            *articles = Some([].into());
            *known = Some(Arc::clone(&frequencies));
            *window = Window { left: 1, right: 1 };
        }
        let Some(Message::Collocates { found: nearer, .. }) =
            count_all(&library.snapshot(), &effect)
        else {
            panic!("no answer");
        };
        assert!(nearer.len() < found.len());
        for one in nearer {
            let same = found.iter().find(|other| other.word == one.word);
            assert!(same.is_some_and(|same| same.all == one.all), "{one:?}");
        }
    }
}
