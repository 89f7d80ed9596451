//! What is kept for later: searches, views, rules about names, and tables that were asked for. One thread writes all of
//! it, in the order in which it was asked for, as a disk may be slow; at the end it is waited for.
//!
//! Here, too, is what earlier sessions left, which is read at the start.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::export::export;
use super::session::Reader;
use super::{Event, Events, Post};
use crate::app::{Effect, Message, ViewChange};
use crate::desk::{History, KeptView, NameRule, delete_view, keep_view, load_views, shown_path};
use crate::search::Query;

/// So long is writing waited for at the end.
const LAST_LIMIT: Duration = Duration::from_secs(5);
/// So much longer when tables have been given up, for what stands behind them.
const LAST_GRACE: Duration = Duration::from_millis(500);
/// How often it is looked whether all is written.
const STEP: Duration = Duration::from_millis(2);

/// Where things are kept; nothing where there is no place.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    pub(super) history: Option<PathBuf>,
    pub(super) views: Option<PathBuf>,
    /// The reader's rules about names.
    pub(super) names: Option<PathBuf>,
}

/// The thread that writes.
#[derive(Debug)]
pub(super) struct Keeper {
    asked: Sender<Effect>,
    thread: JoinHandle<()>,
    /// Whether tables are given up.
    over: Arc<AtomicBool>,
}

impl Keeper {
    /// Starts the thread, which answers with messages where there is something to tell.
    pub(super) fn start(places: Places, answers: &Post) -> std::io::Result<Self> {
        let (asked, to_keep) = channel();
        let over = Arc::new(AtomicBool::new(false));
        let (is_over, answers) = (Arc::clone(&over), answers.clone());
        let thread = thread::Builder::new()
            .name("keeper".to_owned())
            .spawn(move || keep_all(&places, &to_keep, &is_over, &answers))?;
        Ok(Self {
            asked,
            thread,
            over,
        })
    }

    /// Whether an effect is for the keeper.
    pub(super) const fn concerns(effect: &Effect) -> bool {
        matches!(
            effect,
            Effect::KeepSearch(_)
                | Effect::KeepView(_)
                | Effect::KeepNames(_)
                | Effect::Export { .. }
        )
    }

    /// Keeps something; nothing is waited for.
    pub(super) fn keep(&self, effect: Effect) {
        // The other end is gone only when its thread has panicked, which ends the program.
        let _ = self.asked.send(effect);
    }

    /// Waits until all is written, but not for ever: after a while tables are given up. Whether everything has ended;
    /// what went wrong is among the events.
    pub(super) fn finish(self) -> bool {
        drop(self.asked);
        let wait = |until: Instant| {
            while !self.thread.is_finished() && Instant::now() < until {
                thread::sleep(STEP);
            }
        };
        let until = Instant::now() + LAST_LIMIT;
        wait(until);
        self.over.store(true, Ordering::Release);
        wait(until + LAST_GRACE);
        self.thread.is_finished()
    }
}

fn keep_all(places: &Places, asked: &Receiver<Effect>, over: &AtomicBool, answers: &Post) {
    while let Ok(effect) = asked.recv() {
        let message = match effect {
            Effect::KeepSearch(entry) => places
                .history
                .as_ref()
                .and_then(|path| keep_search(path, &entry)),
            Effect::KeepView(change) => places
                .views
                .as_ref()
                .and_then(|path| change_views(path, change)),
            Effect::KeepNames(rule) => Some(keep_rule(places.names.as_deref(), &rule)),
            Effect::Export { path, form, table } => {
                let is_over = || over.load(Ordering::Acquire);
                Some(export(&path, form, &table, &is_over))
            }
            _ => None,
        };
        if let Some(message) = message {
            // The other end is gone only when the program ends.
            let _ = answers.send(Event::Message(message));
        }
    }
}

fn keep_search(path: &Path, entry: &str) -> Option<Message> {
    let mut history = History::default();
    history.add(entry);
    let error = history.save(path).err()?;
    let shown = path.display();
    Some(Message::Failed(format!(
        "{shown}: {error}; the search is not remembered"
    )))
}

fn change_views(path: &Path, change: ViewChange) -> Option<Message> {
    let (changed, said) = match change {
        ViewChange::Keep { name, query } => {
            let view = KeptView {
                name,
                query: query.text,
                regex: query.regex,
                pinyin: query.pinyin,
                fold: query.fold,
            };
            (keep_view(path, &view), "the view is not kept")
        }
        ViewChange::Delete { name } => (delete_view(path, &name), "the view is still in it"),
    };
    let error = changed.err()?;
    Some(Message::Failed(format!("{error}; {said}")))
}

/// Writes what the reader says of names; says where, and how it is undone.
pub(super) fn keep_rule(path: Option<&Path>, rule: &NameRule) -> Message {
    let Some(path) = path else {
        let said = "there is no home to keep this in; set XDG_STATE_HOME";
        return Message::Failed(said.to_owned());
    };
    let shown = shown_path(path);
    match rule.add_to(path) {
        // Read in full at 80 columns.
        Ok(line) => Message::NamesKept(format!(
            "written to {shown}:{line}; delete it there to undo"
        )),
        Err(error) => Message::Failed(format!("nothing was written: {shown}: {error}")),
    }
}

/// The views of earlier sessions, and what is wrong with their file, a line each.
pub(super) fn read_views(path: Option<&Path>) -> (Vec<(String, Query)>, Vec<String>) {
    let Some(path) = path else {
        return (Vec::new(), Vec::new());
    };
    match load_views(path) {
        Ok((views, wrong)) => {
            let views = views.into_iter().map(|view| {
                let query = Query {
                    text: view.query,
                    regex: view.regex,
                    fold: view.fold,
                    pinyin: view.pinyin,
                    ..Query::default()
                };
                (view.name, query)
            });
            (views.collect(), wrong)
        }
        Err(error) => {
            let said = format!("{}: {error}; views are not kept", path.display());
            (Vec::new(), vec![said])
        }
    }
}

impl Reader {
    pub(super) fn load_history(&mut self, path: Option<&Path>) {
        let Some(path) = path else { return };
        let message = match History::load(path) {
            Ok(history) => Message::History(history.entries().to_vec()),
            Err(error) => Message::Failed(format!(
                "{}: {error}; searches are not remembered",
                path.display()
            )),
        };
        self.update(message);
    }

    /// Lets what is to be kept reach its files. What failed is to be told then.
    pub(super) fn finish_keeping(&mut self, happened: &mut Events) -> Vec<String> {
        let is_done = self.keeper.take().is_none_or(Keeper::finish);
        let mut untold = Vec::new();
        while let Some(event) = happened.posted() {
            if let Event::Message(Message::Failed(said)) = event {
                untold.push(said);
            }
        }
        if !is_done {
            untold.push("writing took too long and was given up".to_owned());
        }
        untold
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Table;
    use crate::desk::NameRules;
    use crate::search::concordance::{Concordance, Form};

    fn said(events: &mut Events) -> Vec<Message> {
        let mut said = Vec::new();
        while let Some(event) = events.posted() {
            if let Event::Message(message) = event {
                said.push(message);
            }
        }
        said
    }

    /// Whatever is asked for right before the end, in the order in which it was asked for.
    #[test]
    fn all_is_written_at_the_end() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        let places = Places {
            history: Some(at("searches")),
            views: Some(at("views.toml")),
            names: Some(at("names.toml")),
        };
        let (post, mut events) = Events::open().expect("events");
        let keeper = Keeper::start(places, &post).expect("a thread");
        for n in 0..20 {
            keeper.keep(Effect::KeepSearch(format!("灯{n}")));
        }
        let keep = |text: &str| {
            Effect::KeepView(ViewChange::Keep {
                name: "灯".to_owned(),
                query: Query::new(text),
            })
        };
        keeper.keep(keep("灯市"));
        keeper.keep(keep("灯会"));
        let rule = NameRule {
            same: true,
            names: vec!["林一舟".to_owned(), "一舟".to_owned()],
            kind: None,
            articles: Vec::new(),
        };
        keeper.keep(Effect::KeepNames(rule.clone()));
        let table = at("lines.tsv").display().to_string();
        let effect = Effect::Export {
            path: table.clone(),
            form: Form::Tsv,
            table: Table::Lines(Arc::new(Concordance::default())),
        };
        assert!(Keeper::concerns(&effect));
        keeper.keep(effect);
        assert!(keeper.finish());

        let history = History::load(&at("searches")).expect("reads");
        assert_eq!(history.entries().last().map(String::as_str), Some("灯19"));
        assert_eq!(history.entries().len(), 20);
        let (views, wrong) = read_views(Some(&at("views.toml")));
        assert_eq!((views.len(), wrong.len()), (1, 0));
        assert_eq!(views[0].1.text, "灯会");
        let rules = NameRules::load(&at("names.toml")).expect("reads");
        assert_eq!(rules.rules, [rule]);
        assert!(Path::new(&table).is_file());
        let said = said(&mut events);
        assert!(
            matches!(&said[..], [Message::NamesKept(_), Message::Exported(_)]),
            "{said:?}"
        );
    }

    #[test]
    fn what_cannot_be_written_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let places = Places {
            history: Some(folder.path().to_owned()),
            views: Some(folder.path().to_owned()),
            names: None,
        };
        let (post, mut events) = Events::open().expect("events");
        let keeper = Keeper::start(places, &post).expect("a thread");
        keeper.keep(Effect::KeepSearch("灯".to_owned()));
        keeper.keep(Effect::KeepView(ViewChange::Delete {
            name: "灯".to_owned(),
        }));
        assert!(keeper.finish());
        let said = said(&mut events);
        let [Message::Failed(search), Message::Failed(view)] = &said[..] else {
            panic!("{said:?}");
        };
        assert!(search.ends_with("it is not a file; the search is not remembered"));
        assert!(view.ends_with("it is not a file; the view is still in it"));
    }
}
