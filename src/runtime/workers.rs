//! The threads that carry out what takes time: one reads articles, one searches. Each answers with messages.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread;
use std::time::Duration;

use crate::app::{Effect, Hits, Message, Ticket};
use crate::library::{ArticleId, Continuing, Library, Row};
use crate::search::{Matcher, Search};
use crate::text::Filter;

use super::collocates::count_all;
use super::errands::{is_errand, send_on_errand};
use super::gather::{Gatherer, gather_all};
use super::lines::all_lines;
use super::names::Names;
use super::{Event, Post};

/// How long the librarian waits for the next request before it reads one more row ahead.
const IDLE: Duration = Duration::from_millis(2);

/// So many rows are sent at once.
const ROWS_AT_ONCE: usize = 32;

/// Keeps the library and answers what is asked of it.
#[derive(Debug)]
pub struct Librarian {
    library: Library,
    /// The filter whose answer is not complete yet.
    filter: Option<(Ticket, Arc<Filter>)>,
    /// What is looked for between what is asked.
    continuing: Option<(Ticket, Continuing)>,
    /// Rows read ahead since the filter was asked for.
    ahead: usize,
    names: Names,
}

/// So many rows are read for a filter before what has passed is told again.
const FIRST_ANSWER: usize = 128;

impl Librarian {
    /// A librarian of this library.
    #[must_use]
    pub fn new(library: Library) -> Self {
        Self {
            library,
            filter: None,
            continuing: None,
            ahead: 0,
            names: Names::default(),
        }
    }

    /// The same, with the file of the reader's rules about names.
    #[must_use]
    pub fn with_names(mut self, path: Option<PathBuf>) -> Self {
        self.names.set_path(path);
        self
    }

    /// The answer to an effect that concerns the library; nothing for any other.
    pub fn serve(&mut self, effect: &Effect) -> Option<Message> {
        Some(match effect {
            Effect::LoadRows(ids) => {
                Message::Rows(ids.iter().map(|id| self.library.row(*id)).collect())
            }
            Effect::LoadArticle { ticket, id, anew } => {
                if *anew {
                    self.library.forget(*id);
                }
                Message::Opened {
                    ticket: *ticket,
                    id: *id,
                    file: self.library.file(*id),
                    result: self.library.load(*id).map_err(|e| e.to_string()),
                }
            }
            // Likewise; the reader's thread looks for it between what else is asked.
            Effect::FindContinuation {
                ticket,
                id,
                earlier,
            } => Message::Continuation {
                ticket: *ticket,
                id: self.library.continuation(*id, *earlier),
            },
            Effect::Filter { ticket, filter } => {
                self.filter = Some((*ticket, Arc::clone(filter)));
                self.ahead = 0;
                self.filtered()?
            }
            // For tests and for whoever has time; the reader has a thread for it.
            Effect::SearchLibrary { .. } => {
                Message::Found(gather_all(&self.library.snapshot(), effect)?)
            }
            Effect::GatherLines { .. } => {
                Message::Lines(Box::new(all_lines(&self.library.snapshot(), effect)?))
            }
            Effect::Collocate { .. } => count_all(&self.library.snapshot(), effect)?,
            _ => return self.names.serve(effect, &self.library),
        })
    }

    /// Looks on for a continuation; it answers when that is known.
    fn look_on(&mut self) -> Option<Message> {
        let (ticket, search) = self.continuing.as_mut()?;
        let (ticket, id) = (*ticket, self.library.look_on(search)?);
        self.continuing = None;
        Some(Message::Continuation { ticket, id })
    }

    /// Reads one more row ahead; with it comes the answer to a filter that is now complete, and on the way to it, ever more
    /// seldom, what has passed so far. False when all rows are known.
    pub fn read_ahead(&mut self) -> (bool, Option<Message>) {
        let more = self.library.summarise_next();
        self.ahead += 1;
        // Each answer looks at all rows that are known: at twice as many they all take no longer than the last.
        let is_due = self.ahead >= FIRST_ANSWER && self.ahead.is_power_of_two();
        let answer = if more && !is_due {
            None
        } else {
            self.filtered()
        };
        (more, answer)
    }

    /// Reads one more article for the index of names, where a page is wanted. False when there is nothing to read.
    pub fn read_names(&mut self) -> (bool, Option<Message>) {
        if !self.names.is_wanting(&self.library) {
            return (false, None);
        }
        (true, self.names.read_next(&mut self.library))
    }

    fn filtered(&mut self) -> Option<Message> {
        let (ticket, filter) = self.filter.clone()?;
        let filtered = self.library.filter(&filter);
        if filtered.complete {
            self.filter = None;
        }
        Some(Message::Filtered {
            ticket,
            ids: filtered.ids,
            complete: filtered.complete,
        })
    }
}

/// The answers to a search, in the order in which they are found. For tests and for whoever has time.
#[must_use]
pub fn search_through(effect: &Effect) -> Vec<Message> {
    let mut messages = Vec::new();
    search(effect, || false, |message| messages.push(message));
    messages
}

fn search(effect: &Effect, is_over: impl Fn() -> bool, mut answer: impl FnMut(Message)) {
    let (ticket, article, query, origin, backwards) = match effect {
        Effect::Search {
            ticket,
            article,
            query,
            origin,
            backwards,
        } => (ticket, article, query, *origin, *backwards),
        Effect::SearchKept {
            ticket,
            article,
            query,
        } => (ticket, article, query, 0, false),
        _ => return,
    };
    let Ok(matcher) = Matcher::new(query) else {
        return;
    };
    let mut search = Search::new(Arc::clone(article), matcher, origin, backwards);
    while let Some(step) = search.step_unless(&is_over) {
        if is_over() {
            return;
        }
        answer(Message::Hits(Hits {
            ticket: *ticket,
            hits: step.hits,
            percent: step.percent,
            done: step.done,
        }));
    }
}

/// The threads, by the ends of their channels.
#[derive(Debug)]
pub(super) struct Workers {
    library: Sender<Effect>,
    /// The ticket of the article that was asked for last.
    article: Arc<AtomicU32>,
    gatherer: Gatherer,
    /// Beside the search, whose results may still be coming in.
    liner: Gatherer,
    /// Beside both, for what stands near the hits.
    counter: Gatherer,
    searches: Sender<Effect>,
    /// The ticket of the search that is wanted; 0 for none.
    wanted: Arc<AtomicU32>,
    /// Searches for what is kept, each with the round in which it was asked for.
    kept: Sender<(u32, Effect)>,
    /// The round that is wanted.
    round: Arc<AtomicU32>,
    answers: Post,
}

impl Workers {
    /// Starts the threads; they end when `Workers` is dropped, and what they search is given up. Errands end with the
    /// program.
    pub(super) fn start(
        library: Library,
        names: Option<PathBuf>,
        events: &Post,
    ) -> std::io::Result<Self> {
        let gatherer = Gatherer::start(library.snapshot(), events.clone())?;
        let liner = Gatherer::start(library.snapshot(), events.clone())?;
        let counter = Gatherer::start(library.snapshot(), events.clone())?;
        let (to_library, requests) = channel();
        let article = Arc::new(AtomicU32::new(0));
        let (last, answers) = (Arc::clone(&article), events.clone());
        thread::Builder::new()
            .name("library".to_owned())
            .spawn(move || {
                let librarian = Librarian::new(library).with_names(names);
                keep_library(librarian, &requests, &last, &answers);
            })?;
        let (to_search, searches) = channel();
        let wanted = Arc::new(AtomicU32::new(0));
        let (still, answers) = (Arc::clone(&wanted), events.clone());
        thread::Builder::new()
            .name("search".to_owned())
            .spawn(move || keep_searching(&searches, &still, &answers))?;
        let (to_kept, kept) = channel();
        let round = Arc::new(AtomicU32::new(0));
        let (still, answers) = (Arc::clone(&round), events.clone());
        thread::Builder::new()
            .name("kept searches".to_owned())
            .spawn(move || search_kept(&kept, &still, &answers))?;
        Ok(Self {
            kept: to_kept,
            round,
            library: to_library,
            article,
            gatherer,
            liner,
            counter,
            searches: to_search,
            wanted,
            answers: events.clone(),
        })
    }

    /// Hands an effect to the thread that it concerns. False when it concerns none of them.
    pub(super) fn hand(&self, effect: Effect) -> bool {
        match &effect {
            Effect::Search { ticket, .. } => {
                self.wanted.store(ticket.0, Ordering::Release);
                self.searches.send(effect).is_ok()
            }
            Effect::CancelSearch => {
                self.wanted.store(0, Ordering::Release);
                true
            }
            Effect::SearchLibrary { .. } | Effect::CancelLibrarySearch => {
                self.gatherer.hand(effect)
            }
            Effect::GatherLines { .. } | Effect::CancelLines => self.liner.hand(effect),
            Effect::Collocate { .. } | Effect::CancelCollocates => self.counter.hand(effect),
            Effect::LoadArticle { ticket, .. } => {
                self.article.store(ticket.0, Ordering::Release);
                self.library.send(effect).is_ok()
            }
            Effect::SearchKept { .. } => {
                let round = self.round.load(Ordering::Acquire);
                self.kept.send((round, effect)).is_ok()
            }
            Effect::CancelKept => {
                self.round.fetch_add(1, Ordering::AcqRel);
                true
            }
            Effect::LoadRows(_)
            | Effect::FindContinuation { .. }
            | Effect::IndexNames { .. }
            | Effect::ReadNameRules
            | Effect::CancelNames
            | Effect::Filter { .. } => self.library.send(effect).is_ok(),
            _ if is_errand(&effect) => {
                send_on_errand(effect, &self.answers);
                true
            }
            _ => false,
        }
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.article.store(0, Ordering::Release);
        self.wanted.store(0, Ordering::Release);
        self.round.fetch_add(1, Ordering::AcqRel);
    }
}

/// Serves articles at once, of several that wait only the `last`; rows one after another between them, the latest asked
/// for first; then a continuation is looked for.
fn keep_library(
    mut librarian: Librarian,
    requests: &Receiver<Effect>,
    last: &AtomicU32,
    answers: &Post,
) {
    let mut rows: VecDeque<ArticleId> = VecDeque::new();
    let mut read: Vec<Row> = Vec::new();
    let mut all_read = false;
    loop {
        let reading_names = librarian.names.is_wanting(&librarian.library);
        let looking = librarian.continuing.is_some();
        // Who filters the list waits for all rows; else they are read ahead when there is nothing else to do.
        let filtering = librarian.filter.is_some() && !all_read;
        let request = if !rows.is_empty() || reading_names || looking || filtering {
            requests.recv_timeout(Duration::ZERO)
        } else if all_read {
            requests.recv().map_err(RecvTimeoutError::from)
        } else {
            requests.recv_timeout(IDLE)
        };
        let answer = match request {
            Ok(Effect::LoadRows(ids)) => {
                for id in ids.into_iter().rev() {
                    rows.push_front(id);
                }
                None
            }
            Ok(Effect::LoadArticle { ticket, .. }) if last.load(Ordering::Acquire) != ticket.0 => {
                None
            }
            Ok(Effect::FindContinuation {
                ticket,
                id,
                earlier,
            }) => {
                librarian.continuing = Some((ticket, Continuing::new(id, earlier)));
                None
            }
            Ok(effect) => librarian.serve(&effect),
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => match rows.pop_front() {
                Some(id) => {
                    read.push(librarian.library.row(id));
                    let whole = rows.is_empty() || read.len() >= ROWS_AT_ONCE;
                    whole.then(|| Message::Rows(std::mem::take(&mut read)))
                }
                None if looking => librarian.look_on(),
                None if reading_names => librarian.read_names().1,
                None => {
                    let (more, answer) = librarian.read_ahead();
                    all_read = !more;
                    answer
                }
            },
        };
        if answer.is_some_and(|m| answers.send(Event::Message(m)).is_err()) {
            return;
        }
    }
}

fn keep_searching(searches: &Receiver<Effect>, wanted: &AtomicU32, answers: &Post) {
    while let Ok(mut effect) = searches.recv() {
        // Of several only the last is wanted.
        loop {
            match searches.try_recv() {
                Ok(newer) => effect = newer,
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return,
            }
        }
        let Effect::Search { ticket, .. } = &effect else {
            continue;
        };
        let is_over = || wanted.load(Ordering::Acquire) != ticket.0;
        search(&effect, is_over, |message| {
            // The other end is gone only when the program ends.
            let _ = answers.send(Event::Message(message));
        });
    }
}

/// Searches for what is kept, one after another.
fn search_kept(searches: &Receiver<(u32, Effect)>, wanted: &AtomicU32, answers: &Post) {
    while let Ok((round, effect)) = searches.recv() {
        let is_over = || wanted.load(Ordering::Acquire) != round;
        search(&effect, is_over, |message| {
            // The other end is gone only when the program ends.
            let _ = answers.send(Event::Message(message));
        });
    }
}

#[cfg(test)]
mod tests;
