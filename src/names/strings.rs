//! Strings kept once each, known by number.

use std::collections::HashMap;
use std::sync::Arc;

/// The number of a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(super) struct Word(u32);

/// Strings by number.
#[derive(Debug, Default)]
pub(super) struct Strings {
    numbers: HashMap<Arc<str>, u32>,
    all: Vec<Arc<str>>,
}

impl Strings {
    /// The number of a string, which is kept when it is new.
    pub(super) fn intern(&mut self, text: &str) -> Word {
        if let Some(number) = self.numbers.get(text) {
            return Word(*number);
        }
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let kept: Arc<str> = Arc::from(text);
        self.all.push(Arc::clone(&kept));
        self.numbers.insert(kept, number);
        Word(number)
    }

    /// The number of a string, when it is there.
    pub(super) fn find(&self, text: &str) -> Option<Word> {
        self.numbers.get(text).copied().map(Word)
    }

    /// The string of a number.
    pub(super) fn get(&self, word: Word) -> &str {
        self.all.get(word.0 as usize).map_or("", |text| text)
    }
}
