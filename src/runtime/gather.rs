//! Searching a library: its articles are read and searched on several threads, and what is found is told in batches.

use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::lines::gather_lines;
use super::{Event, Post};
use crate::app::{Effect, FoundArticle, LibraryHits, Message, Ticket};
use crate::article::{Article, ByteSpan};
use crate::library::{ArticleId, Row, Snapshot};
use crate::search::{Matcher, Query};

/// What is found first is told at once; after that so much time passes between two batches.
const BETWEEN: Duration = Duration::from_millis(30);

/// More threads wait for the disk and for each other.
const MOST_THREADS: usize = 4;

/// How many threads search.
pub(super) fn threads() -> usize {
    thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(MOST_THREADS)
}

/// Carries out searches over a library, of several that wait only the last, until no one can ask any more. `wanted` is
/// the ticket of the search whose answer is waited for.
pub(super) fn keep_gathering(
    library: &Snapshot,
    searches: &Receiver<Effect>,
    wanted: &AtomicU32,
    answers: &Post,
) {
    while let Ok(mut effect) = searches.recv() {
        loop {
            match searches.try_recv() {
                Ok(newer) => effect = newer,
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return,
            }
        }
        let Some(ticket) = ticket_of(&effect) else {
            continue;
        };
        let is_over = || wanted.load(Ordering::Acquire) != ticket.0;
        // The other end is gone only when the program ends.
        let answer = |message| drop(answers.send(Event::Message(message)));
        gather(library, &effect, threads(), &is_over, |hits| {
            answer(Message::Found(hits));
        });
        gather_lines(library, &effect, threads(), &is_over, |lines| {
            answer(Message::Lines(Box::new(lines)));
        });
    }
}

/// The ticket of a search over a library, of whichever kind.
const fn ticket_of(effect: &Effect) -> Option<Ticket> {
    match effect {
        Effect::SearchLibrary { ticket, .. } | Effect::GatherLines { ticket, .. } => Some(*ticket),
        _ => None,
    }
}

/// What is made of an article that matches, and of the hits in it.
type Make<T> = fn(ArticleId, &Article, &[ByteSpan]) -> Option<T>;

/// What is searched, for what, and what becomes of what is found.
pub(super) struct Search<'a, T> {
    pub(super) library: &'a Snapshot,
    pub(super) query: &'a Query,
    /// The articles to be searched; nothing for all.
    pub(super) within: Option<&'a [ArticleId]>,
    pub(super) make: Make<T>,
}

/// What the threads of a search share.
struct Work<'a, T> {
    search: &'a Search<'a, T>,
    matcher: Matcher,
    total: u32,
    /// The next article to be taken, by its place in `within`.
    next: AtomicU32,
    searched: AtomicU32,
    failed: AtomicU32,
}

/// How far a search is.
pub(super) struct Progress {
    pub(super) searched: u32,
    pub(super) total: u32,
    pub(super) failed: u32,
    pub(super) done: bool,
}

impl<T> Work<'_, T> {
    /// Searches articles as long as there are any; between two, and within a long one, it asks whether the search is over.
    fn run(&self, is_over: &(dyn Fn() -> bool + Sync), found: &Sender<T>) {
        while !is_over() {
            let next = self.next.fetch_add(1, Ordering::Relaxed);
            if next >= self.total {
                return;
            }
            let id = match self.search.within {
                Some(within) => within.get(next as usize).copied(),
                None => Some(ArticleId(next)),
            };
            if let Some(article) = id.and_then(|id| self.look(id, is_over)) {
                // No one listens only when the search is over.
                let _ = found.send(article);
            }
            self.searched.fetch_add(1, Ordering::Release);
        }
    }

    fn look(&self, id: ArticleId, is_over: &dyn Fn() -> bool) -> Option<T> {
        let worth = |bytes: &[u8]| self.matcher.may_be_in(bytes);
        let Ok(article) = self.search.library.read_if(id, &worth)? else {
            self.failed.fetch_add(1, Ordering::Relaxed);
            return None;
        };
        let hits = self.matcher.in_article_unless(&article, is_over)?;
        (self.search.make)(id, &article, &hits)
    }

    fn progress(&self, done: bool) -> Progress {
        Progress {
            searched: self.searched.load(Ordering::Acquire),
            total: self.total,
            failed: self.failed.load(Ordering::Relaxed),
            done,
        }
    }
}

/// Goes through a library on so many threads, and tells in batches what was made of its articles; the last one says that
/// it is done. Once `is_over` nothing more is told, and it ends within the articles that are being searched.
pub(super) fn go_through<T: Send>(
    search: &Search<'_, T>,
    threads: usize,
    is_over: &(dyn Fn() -> bool + Sync),
    mut tell: impl FnMut(Progress, Vec<T>),
) {
    let Ok(matcher) = Matcher::new(search.query) else {
        return;
    };
    let total = search.within.map_or(search.library.len(), |w| {
        u32::try_from(w.len()).unwrap_or(u32::MAX)
    });
    let work = Work {
        search,
        matcher,
        total,
        next: AtomicU32::new(0),
        searched: AtomicU32::new(0),
        failed: AtomicU32::new(0),
    };
    thread::scope(|scope| {
        let (found, came) = channel();
        let mut started = 0;
        for n in 0..threads {
            let (work, found) = (&work, found.clone());
            let builder = thread::Builder::new().name(format!("library search {n}"));
            let thread = builder.spawn_scoped(scope, move || work.run(is_over, &found));
            started += usize::from(thread.is_ok());
        }
        if started == 0 {
            work.run(is_over, &found);
        }
        drop(found);
        let (mut batch, mut any) = (Vec::new(), false);
        let mut told = Instant::now();
        while !is_over() {
            let wait = BETWEEN.saturating_sub(told.elapsed());
            let article = came.recv_timeout(wait);
            if matches!(article, Err(RecvTimeoutError::Disconnected)) {
                break;
            }
            let first = article.is_ok() && !any;
            any |= first;
            batch.extend(article);
            if first || told.elapsed() >= BETWEEN {
                // Where nothing was found it tells how far it is.
                tell(work.progress(false), std::mem::take(&mut batch));
                told = Instant::now();
            }
        }
        // Once it is over there is nothing to do but wait for what is being searched.
        while came.recv().is_ok() {}
        if !is_over() {
            tell(work.progress(true), batch);
        }
    });
}

/// Carries out a search over a library on so many threads, and answers in batches, as [`go_through`] tells them.
pub(super) fn gather(
    library: &Snapshot,
    effect: &Effect,
    threads: usize,
    is_over: &(dyn Fn() -> bool + Sync),
    mut answer: impl FnMut(LibraryHits),
) {
    let Effect::SearchLibrary {
        ticket,
        query,
        within,
    } = effect
    else {
        return;
    };
    let search = Search {
        library,
        query,
        within: within.as_deref(),
        make: |id, article, hits| {
            Some(FoundArticle {
                row: Row::of(id, article),
                hits: u32::try_from(hits.len()).unwrap_or(u32::MAX),
                first: hits.first().copied(),
            })
        },
    };
    go_through(&search, threads, is_over, |at, articles| {
        answer(LibraryHits {
            ticket: *ticket,
            articles,
            searched: at.searched,
            total: at.total,
            failed: at.failed,
            done: at.done,
        });
    });
}

/// The whole answer to a search over a library at once.
pub(super) fn gather_all(library: &Snapshot, effect: &Effect) -> Option<LibraryHits> {
    let mut all: Option<LibraryHits> = None;
    gather(library, effect, 1, &|| false, |part| {
        let mut articles = all.take().map(|a| a.articles).unwrap_or_default();
        articles.extend(part.articles);
        all = Some(LibraryHits { articles, ..part });
    });
    all
}

/// A thread that searches the library, by the end of its channel.
#[derive(Debug)]
pub(super) struct Gatherer {
    searches: Sender<Effect>,
    /// The ticket of the search that is wanted; 0 for none.
    wanted: Arc<AtomicU32>,
}

impl Gatherer {
    /// Starts the thread; it ends when the gatherer is dropped.
    pub(super) fn start(library: Snapshot, answers: Post) -> std::io::Result<Self> {
        let (searches, asked) = channel();
        let wanted = Arc::new(AtomicU32::new(0));
        let still = Arc::clone(&wanted);
        thread::Builder::new()
            .name("library search".to_owned())
            .spawn(move || keep_gathering(&library, &asked, &still, &answers))?;
        Ok(Self { searches, wanted })
    }

    /// Begins a search, which ends the one that runs, or ends that alone.
    pub(super) fn hand(&self, effect: Effect) -> bool {
        let ticket = ticket_of(&effect).map_or(0, |ticket| ticket.0);
        self.wanted.store(ticket, Ordering::Release);
        ticket == 0 || self.searches.send(effect).is_ok()
    }
}

impl Drop for Gatherer {
    fn drop(&mut self) {
        self.wanted.store(0, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Asked, Library};
    use crate::search::Scope;
    use std::path::PathBuf;
    use std::sync::atomic::AtomicBool;

    fn search(text: &str, within: Option<&[u32]>) -> Effect {
        let within = within.map(|ids| ids.iter().map(|id| ArticleId(*id)).collect());
        Effect::SearchLibrary {
            ticket: Ticket(7),
            query: Query {
                scope: Scope::Article,
                ..Query::new(text)
            },
            within,
        }
    }

    fn everything() -> Library {
        let fixtures = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
        let (mut library, _) = Library::open(&[fixtures], &Asked::reading(None));
        library.append(Library::bundled());
        library
    }

    /// What each article is found to hold when all of them are read.
    fn by_reading_all(library: &mut Library, effect: &Effect) -> Vec<(ArticleId, u32)> {
        let Effect::SearchLibrary { query, .. } = effect else {
            return Vec::new();
        };
        let matcher = Matcher::new(query).expect("a query");
        let mut found = Vec::new();
        for number in 0..library.len() {
            let id = ArticleId(number);
            let Ok(article) = library.load(id) else {
                continue;
            };
            if let Some(hits) = matcher.in_article(&article) {
                found.push((id, u32::try_from(hits.len()).expect("few")));
            }
        }
        found
    }

    #[test]
    fn the_same_is_found_as_when_all_is_read() {
        let mut library = everything();
        let snapshot = library.snapshot();
        for query in [
            "乌镇",
            "烏鎮 峰會",
            "wz",
            "1998年",
            "的 -乌镇",
            "乌镇 OR 北京",
            "/[0-9]{4}/",
            "person:*",
            "\"，\"",
            "不曾有过的词",
        ] {
            let effect = search(query, None);
            for threads in [1, 3] {
                let (mut found, mut last) = (Vec::new(), LibraryHits::default());
                gather(&snapshot, &effect, threads, &|| false, |part| {
                    assert!(!last.done && part.ticket == Ticket(7));
                    found.extend(part.articles.iter().map(|f| (f.row.id, f.hits)));
                    last = part;
                });
                found.sort_unstable();
                assert_eq!(found, by_reading_all(&mut library, &effect), "{query}");
                assert!(last.done && last.searched == library.len(), "{query}");
            }
        }
    }

    #[test]
    fn a_search_keeps_to_the_articles_it_was_given() {
        let snapshot = Library::bundled().snapshot();
        let all = gather_all(&snapshot, &search("乌镇", None)).expect("an answer");
        assert!(all.articles.len() > 2);
        let some = gather_all(&snapshot, &search("乌镇", Some(&[1, 0, 99]))).expect("an answer");
        let mut ids: Vec<u32> = some.articles.iter().map(|f| f.row.id.0).collect();
        ids.sort_unstable();
        assert_eq!((ids, some.total, some.failed), (vec![0, 1], 3, 1));
        let first = &some.articles[0];
        let hit = first.first.expect("a hit");
        let article = Library::bundled().load(first.row.id).expect("reads");
        assert_eq!(article.text.slice(hit), "乌镇");
    }

    #[test]
    fn a_search_that_is_over_says_nothing_more() {
        let snapshot = everything().snapshot();
        let over = AtomicBool::new(false);
        let mut parts = 0;
        let is_over = || over.load(Ordering::Relaxed);
        gather(&snapshot, &search("的", None), 2, &is_over, |part| {
            parts += 1;
            assert!(!part.done);
            over.store(true, Ordering::Relaxed);
        });
        assert_eq!(parts, 1);
    }
}
