//! Files of many articles, open as long as there is room for them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::asked::Asked;
use super::error::LoadError;
use super::place::Place;
use crate::format::Document;

/// So many bytes of text are kept open; the one that is read is open in any case.
const MOST: usize = 256 << 20;

/// The files that are open, the one that was asked for last at the end.
#[derive(Debug)]
pub(super) struct Shared {
    asked: Asked,
    open: Mutex<VecDeque<(Arc<Place>, Arc<Document>)>>,
}

impl Shared {
    pub(super) fn new(asked: &Asked) -> Self {
        Self {
            asked: asked.clone(),
            open: Mutex::default(),
        }
    }

    pub(super) const fn asked(&self) -> &Asked {
        &self.asked
    }

    /// The open file; it is opened when it is not.
    pub(super) fn get(&self, place: &Arc<Place>) -> Result<Arc<Document>, LoadError> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let known = open.iter().position(|(known, _)| Arc::ptr_eq(known, place));
        if let Some((place, document)) = known.and_then(|at| open.remove(at)) {
            open.push_back((place, Arc::clone(&document)));
            return Ok(document);
        }
        let document = Arc::new(place.open(&self.asked)?);
        open.push_back((Arc::clone(place), Arc::clone(&document)));
        let mut size: usize = open.iter().map(|(_, document)| document.size()).sum();
        while size > MOST && open.len() > 1 {
            if let Some((_, closed)) = open.pop_front() {
                size -= closed.size();
            }
        }
        Ok(document)
    }
}
