//! The searches of earlier sessions: read at the start, kept as they are made.

use super::Event;
use super::session::Reader;
use crate::app::Message;
use crate::desk::History;

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
}
