//! Files of many articles, open as long as there is room for them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::asked::Asked;
use super::error::LoadError;
use super::place::Place;
use crate::format::Document;

/// So many bytes of text are kept open; the one that is read is open in any case.
const MOST: usize = 256 << 20;

/// A file, once it is open. Whoever opens it has the lock, so that others who want it wait for it and nobody else.
type Slot = Arc<Mutex<Option<Arc<Document>>>>;

/// The files that are open, the one that was asked for last at the end.
#[derive(Debug)]
pub(super) struct Shared {
    asked: Asked,
    files: Mutex<VecDeque<Known>>,
}

/// A file that is open, or being opened.
#[derive(Debug)]
struct Known {
    place: Arc<Place>,
    slot: Slot,
    /// Bytes of its text; nothing while it is being opened.
    size: Option<usize>,
}

impl Shared {
    pub(super) fn new(asked: &Asked) -> Self {
        Self {
            asked: asked.clone(),
            files: Mutex::default(),
        }
    }

    pub(super) const fn asked(&self) -> &Asked {
        &self.asked
    }

    /// The open file; it is opened when it is not.
    pub(super) fn get(&self, place: &Arc<Place>) -> Result<Arc<Document>, LoadError> {
        self.get_by(place, || place.open(&self.asked))
    }

    /// Nothing is locked for others while `open` reads, decodes and takes apart.
    fn get_by(
        &self,
        place: &Arc<Place>,
        open: impl FnOnce() -> Result<Document, LoadError>,
    ) -> Result<Arc<Document>, LoadError> {
        let slot = self.slot(place);
        let mut held = lock(&slot);
        if let Some(document) = &*held {
            return Ok(Arc::clone(document));
        }
        match open() {
            Ok(document) => {
                let document = Arc::new(document);
                *held = Some(Arc::clone(&document));
                drop(held);
                self.opened(&slot, document.size());
                Ok(document)
            }
            Err(error) => {
                drop(held);
                lock(&self.files).retain(|known| !Arc::ptr_eq(&known.slot, &slot));
                Err(error)
            }
        }
    }

    fn slot(&self, place: &Arc<Place>) -> Slot {
        let mut files = lock(&self.files);
        let at = files
            .iter()
            .position(|known| Arc::ptr_eq(&known.place, place));
        let known = at.and_then(|at| files.remove(at));
        let known = known.unwrap_or_else(|| Known {
            place: Arc::clone(place),
            slot: Slot::default(),
            size: None,
        });
        let slot = Arc::clone(&known.slot);
        files.push_back(known);
        slot
    }

    /// Closes others, those first that were asked for longest ago, when there is no room for one that was opened.
    fn opened(&self, slot: &Slot, size: usize) {
        let mut files = lock(&self.files);
        for known in files.iter_mut() {
            if Arc::ptr_eq(&known.slot, slot) {
                known.size = Some(size);
            }
        }
        let mut all: usize = files.iter().filter_map(|known| known.size).sum();
        files.retain(|known| match known.size {
            Some(size) if all > MOST && !Arc::ptr_eq(&known.slot, slot) => {
                all -= size;
                false
            }
            _ => true,
        });
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{File, Files, Format, ReadOptions};

    fn place(name: &str) -> Arc<Place> {
        Arc::new(Place {
            main: name.into(),
            annotations: Vec::new(),
            format: Format::Text,
            reason: "asked for",
        })
    }

    fn document(text: &str) -> Document {
        let files = Files {
            main: File::new("a.txt", text.as_bytes()),
            annotations: None,
        };
        Document::open(Format::Text, files, ReadOptions::default())
    }

    #[test]
    fn a_file_that_is_being_opened_is_waited_for_by_nobody_else() {
        let shared = Shared::new(&Asked::reading(None));
        let (slow, other) = (place("slow"), place("other"));
        shared
            .get_by(&other, || Ok(document("灯")))
            .expect("it opens");
        let opened = shared.get_by(&slow, || {
            // What is open stays at hand meanwhile, and others are opened.
            shared
                .get_by(&other, || panic!("it is open"))
                .expect("it is open");
            shared
                .get_by(&place("third"), || Ok(document("市")))
                .expect("it opens");
            Ok(document("灯市"))
        });
        let again = shared.get_by(&slow, || panic!("it is open"));
        assert!(Arc::ptr_eq(
            &opened.expect("it opens"),
            &again.expect("it is open")
        ));
    }

    #[test]
    fn a_failure_is_not_kept() {
        let shared = Shared::new(&Asked::reading(None));
        let place = place("/there/is/no/such/file");
        shared.get(&place).expect_err("there is none");
        assert!(lock(&shared.files).is_empty());
        shared
            .get_by(&place, || Ok(document("灯")))
            .expect("it opens now");
    }
}
