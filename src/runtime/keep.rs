//! The searches and views of earlier sessions: read at the start, kept as they are made.

use super::Event;
use super::session::Reader;
use crate::app::{Message, ViewChange};
use crate::desk::{History, KeptView, delete_view, keep_view, load_views};
use crate::search::Query;

impl Reader {
    pub(super) fn load_history(&mut self) {
        let Some(path) = &self.history else { return };
        let message = match History::load(path) {
            Ok(history) => Message::History(history.entries().to_vec()),
            Err(error) => Message::Failed(format!(
                "{}: {error}; searches are not remembered",
                path.display()
            )),
        };
        let effects = self.app.update(message);
        self.perform(effects);
    }

    /// Writes the history on a thread of its own, as a disk may be slow; it is waited for only at the end.
    pub(super) fn keep_search(&mut self, entry: String) {
        let Some(path) = self.history.clone() else {
            return;
        };
        let events = self.post.clone();
        let keep = move || {
            let mut history = History::default();
            history.add(&entry);
            if let Err(error) = history.save(&path) {
                let text = format!("{}: {error}; the search is not remembered", path.display());
                let _ = events.send(Event::Message(Message::Failed(text)));
            }
        };
        if let Some(before) = self.keeping.take() {
            // Two that write at once could end in the wrong order.
            let _ = before.join();
        }
        let thread = std::thread::Builder::new().name("history".to_owned());
        self.keeping = thread.spawn(keep).ok();
    }

    pub(super) fn load_views(&mut self) {
        let Some(path) = &self.views else { return };
        let messages = match load_views(path) {
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
                let mut messages = vec![Message::Views(views.collect())];
                messages.extend(wrong.into_iter().next().map(Message::Failed));
                messages
            }
            Err(error) => vec![Message::Failed(format!(
                "{}: {error}; views are not kept",
                path.display()
            ))],
        };
        for message in messages {
            let effects = self.app.update(message);
            self.perform(effects);
        }
    }

    /// Changes the file of views on a thread of its own.
    pub(super) fn keep_view(&mut self, change: ViewChange) {
        let Some(path) = self.views.clone() else {
            return;
        };
        let events = self.post.clone();
        let keep = move || {
            let kept = match change {
                ViewChange::Keep { name, query } => keep_view(
                    &path,
                    &KeptView {
                        name,
                        query: query.text,
                        regex: query.regex,
                        pinyin: query.pinyin,
                        fold: query.fold,
                    },
                ),
                ViewChange::Delete { name } => delete_view(&path, &name),
            };
            if let Err(error) = kept {
                let text = format!("{}: {error}; the view is not kept", path.display());
                let _ = events.send(Event::Message(Message::Failed(text)));
            }
        };
        if let Some(before) = self.keeping.take() {
            // Two that write at once could end in the wrong order.
            let _ = before.join();
        }
        let thread = std::thread::Builder::new().name("views".to_owned());
        self.keeping = thread.spawn(keep).ok();
    }
}
