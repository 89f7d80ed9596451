//! A list to choose from, which lies over the panes: its cursor, its filter, and which rows pass.
//!
//! What the rows are of is said by [`PickerKind`]; what a row reads and what choosing it does is told by `picking`, from
//! the row's number, for the rows in sight alone. A filter looks at a few thousand rows at a time, so that a key costs the
//! same over a million of them; while it has not seen all, [`Picker::is_complete`] is false.

use std::ops::Range;

use super::cursor::Cursor;
use super::sheet::Tone;
use crate::text::{
    Fold, FoldOptions, Folded, Pinyin, Profile, ceil_boundary, floor_boundary, str_width,
};

/// How what is typed is compared.
pub(super) const FOLD: Fold = Fold::new(FoldOptions {
    width: true,
    case: true,
    script: true,
    spaces: true,
    digits: false,
    punctuation: false,
    diacritics: false,
});

/// So many rows a filter looks at before a key is taken in again.
pub(super) const LOOKED_AT_ONCE: u32 = 4096;

/// What the rows are of, with as little for each as the row can be made of.
#[derive(Debug, Clone, PartialEq)]
pub enum PickerKind {
    /// Every action, or a place that is typed.
    Palette(super::palette::Palette),
    /// The marks.
    Marks(Vec<super::marks::Mark>),
    /// The hits of the search.
    Hits,
    /// The articles that were visited, the newest first.
    Visited(Vec<super::visits::Visit>),
}

/// A row, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PickerRow {
    /// What it reads, and what a filter looks in. One line; the painter sanitises it.
    pub text: String,
    /// The bytes of the text that are set off: a hit, and what the filter found there. In order and apart, on grapheme
    /// boundaries.
    pub marks: Vec<Range<usize>>,
    /// What stands at the right, where there is room.
    pub detail: String,
    /// The bytes before which the detail may end where it has no room: behind each of its parts but the last, in order.
    pub ends: Vec<usize>,
    /// What sort of row it is.
    pub tone: Tone,
}

impl PickerRow {
    /// The detail as far as it has room in so many cells, by whole parts; at least the first of several.
    #[must_use]
    pub fn detail_in(&self, cells: u16, profile: &Profile) -> &str {
        let parts = self.ends.iter().filter_map(|end| self.detail.get(..*end));
        let mut shown = parts.chain([self.detail.as_str()]);
        let first = shown.next().unwrap_or_default();
        let fits = |part: &&str| str_width(part, profile) <= cells;
        shown.take_while(fits).last().unwrap_or(first)
    }

    /// A plain row.
    #[must_use]
    pub fn new(text: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            detail: detail.into(),
            ..Self::default()
        }
    }
}

/// An open list to choose from. Lines are what the filter lets through, rows are all.
#[derive(Debug, Clone)]
pub struct Picker {
    /// What the rows are of.
    pub kind: PickerKind,
    rows: u32,
    cursor: Cursor,
    filter: String,
    words: Words,
    /// The rows that pass, in the order of the lines; nothing where all do, in their own order.
    passing: Option<Vec<u32>>,
    /// How many rows the filter has looked at.
    looked: u32,
}

impl Picker {
    /// A list of so many rows, the cursor on the first.
    #[must_use]
    pub fn new(kind: PickerKind, rows: usize) -> Self {
        Self {
            kind,
            rows: u32::try_from(rows).unwrap_or(u32::MAX),
            cursor: Cursor::default(),
            filter: String::new(),
            words: Words::default(),
            passing: None,
            looked: 0,
        }
    }

    /// How many rows there are.
    #[must_use]
    pub const fn total(&self) -> u32 {
        self.rows
    }

    /// How many lines there are: the rows known to pass.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.passing
            .as_ref()
            .map_or(self.rows, |p| u32::try_from(p.len()).unwrap_or(u32::MAX))
    }

    /// Whether there is no line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the filter has looked at all rows.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.passing.is_none() || self.looked >= self.rows
    }

    /// The row on line `line`.
    #[must_use]
    pub fn at(&self, line: u32) -> Option<u32> {
        match &self.passing {
            Some(passing) => passing.get(line as usize).copied(),
            None => (line < self.rows).then_some(line),
        }
    }

    /// The row under the cursor.
    #[must_use]
    pub fn current(&self) -> Option<u32> {
        self.at(self.cursor.line())
    }

    /// The cursor and the lines in sight.
    #[must_use]
    pub const fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// What was typed to narrow the list.
    #[must_use]
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// The same, made ready to be looked for.
    pub(super) const fn words(&self) -> &Words {
        &self.words
    }

    /// Sets how many lines are in sight.
    pub(super) fn resize(&mut self, height: u16) {
        self.cursor.resize(height, self.len());
    }

    /// Puts the cursor on a line, as near as there is one.
    pub(super) fn go(&mut self, line: u32) {
        self.cursor.go(line, self.len());
    }

    /// Moves the cursor by lines.
    pub(super) fn step(&mut self, by: i64) {
        self.cursor.step(by, self.len());
    }

    /// Scrolls by lines without moving the cursor, as long as it stays in sight.
    pub(super) fn scroll(&mut self, by: i64) {
        self.cursor.scroll(by, self.len());
    }

    /// So many rows there are now: some were added at the end, or taken away.
    pub fn set_rows(&mut self, rows: usize) {
        self.rows = u32::try_from(rows).unwrap_or(u32::MAX);
        if let Some(passing) = &mut self.passing {
            passing.retain(|row| *row < self.rows);
        }
        self.looked = self.looked.min(self.rows);
        self.go(self.cursor.line());
    }

    /// Begins to narrow the list: no row has passed yet. An empty filter lets all through; the cursor stays on its row.
    pub(super) fn set_filter(&mut self, filter: &str) {
        filter.clone_into(&mut self.filter);
        self.words = Words::new(filter);
        self.looked = 0;
        if filter.trim().is_empty() {
            let row = self.current().unwrap_or(0);
            self.passing = None;
            self.go(row);
        } else {
            self.passing = Some(Vec::new());
            self.go(0);
        }
    }

    /// Shows these rows alone, in this order, the cursor on the first: for lists that what is typed also ranks.
    pub(super) fn show(&mut self, filter: &str, rows: usize, passing: Vec<u32>) {
        filter.clone_into(&mut self.filter);
        self.words = Words::new(filter);
        self.rows = u32::try_from(rows).unwrap_or(u32::MAX);
        self.passing = Some(passing);
        self.looked = self.rows;
        self.go(0);
    }

    /// How it is narrowed, and where the cursor stands.
    pub(super) fn state(&self) -> PickerState {
        PickerState {
            filter: self.filter.clone(),
            rows: self.rows,
            passing: self.passing.clone(),
            looked: self.looked,
            cursor: self.cursor,
        }
    }

    /// Narrows it as it was, with the cursor where it stood. False where the rows are others now.
    pub(super) fn put_back(&mut self, state: PickerState) -> bool {
        if state.rows != self.rows {
            return false;
        }
        self.words = Words::new(&state.filter);
        self.filter = state.filter;
        (self.passing, self.looked) = (state.passing, state.looked);
        self.cursor.put_back(state.cursor, self.len());
        true
    }

    /// Some of the rows that the filter has not looked at.
    pub(super) fn unseen(&self) -> Range<u32> {
        let to = self.looked.saturating_add(LOOKED_AT_ONCE).min(self.rows);
        self.looked..to
    }

    /// The rows before `to` have been looked at; those of them that pass, and had not been looked at before, are these.
    pub(super) fn saw(&mut self, to: u32, passing: Vec<u32>) {
        self.looked = to;
        if let Some(all) = &mut self.passing {
            all.extend(passing);
        }
    }
}

/// How a list was narrowed, and where its cursor stood.
#[derive(Debug)]
pub(super) struct PickerState {
    pub(super) filter: String,
    rows: u32,
    passing: Option<Vec<u32>>,
    looked: u32,
    pub(super) cursor: Cursor,
}

/// The words of a filter, parted by blanks and made ready to be looked for. Width, case and script of what is typed do not
/// count, and Latin letters also match Chinese by how it is read: `wz`, `wuzhen`.
#[derive(Debug, Clone, Default)]
pub(super) struct Words(pub(super) Vec<Word>);

/// One of them.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Folded.
    pub(super) text: String,
    /// The same as a reading, where it can be one.
    pub(super) pinyin: Option<Pinyin>,
}

impl Words {
    /// Makes ready what was typed.
    #[must_use]
    pub(super) fn new(typed: &str) -> Self {
        let words = typed.split_whitespace().map(|word| Word {
            text: Folded::key(word, FOLD),
            pinyin: Pinyin::new(word),
        });
        Self(words.collect())
    }

    /// Where the words stand in a text, in order and apart; nothing when one of them is not there.
    #[must_use]
    pub(super) fn found(&self, text: &str) -> Option<Vec<Range<usize>>> {
        let folded = Folded::new(text, FOLD);
        let mut marks: Vec<Range<usize>> = Vec::new();
        for word in &self.0 {
            let as_written = folded.text().find(&word.text);
            let as_written = as_written.map(|at| folded.original(at..at + word.text.len()));
            let as_read = || word.pinyin.as_ref()?.hits(text).next();
            let mark = as_written.or_else(as_read)?;
            // On grapheme boundaries: what is set off is painted by itself.
            marks.push(floor_boundary(text, mark.start)..ceil_boundary(text, mark.end));
        }
        Some(apart(marks))
    }
}

/// The same bytes in ranges that stand in order and apart.
pub(super) fn apart(mut marks: Vec<Range<usize>>) -> Vec<Range<usize>> {
    marks.sort_by_key(|mark| mark.start);
    let mut apart: Vec<Range<usize>> = Vec::new();
    for mark in marks {
        match apart.last_mut().filter(|last| mark.start <= last.end) {
            Some(last) => last.end = last.end.max(mark.end),
            None => apart.push(mark),
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picker(rows: usize) -> Picker {
        let mut picker = Picker::new(PickerKind::Visited(Vec::new()), rows);
        picker.resize(10);
        picker
    }

    fn look(picker: &mut Picker, passes: impl Fn(u32) -> bool) {
        let unseen = picker.unseen();
        picker.saw(unseen.end, unseen.filter(|row| passes(*row)).collect());
    }

    #[test]
    fn a_filter_looks_at_some_rows_at_a_time() {
        let mut picker = picker(1_000_000);
        picker.go(999_999);
        assert_eq!((picker.current(), picker.len()), (Some(999_999), 1_000_000));
        picker.set_filter("7");
        look(&mut picker, |row| row % 1000 == 7);
        assert_eq!((picker.len(), picker.is_complete()), (5, false));
        assert_eq!(picker.unseen().start, LOOKED_AT_ONCE);
        assert_eq!(picker.at(4), Some(4007));
        while !picker.is_complete() {
            look(&mut picker, |row| row % 1000 == 7);
        }
        assert_eq!(picker.len(), 1000);
        picker.go(3);
        picker.set_filter(" ");
        assert_eq!((picker.len(), picker.current()), (1_000_000, Some(3007)));
    }

    #[test]
    fn rows_that_come_later_are_looked_at_too() {
        let mut picker = picker(4);
        picker.set_filter("x");
        look(&mut picker, |row| row > 1);
        assert_eq!((picker.len(), picker.is_complete()), (2, true));
        picker.set_rows(6);
        assert!(!picker.is_complete());
        look(&mut picker, |row| row > 1);
        assert_eq!((picker.len(), picker.is_complete()), (4, true));
        picker.set_rows(0);
        assert!(picker.is_empty() && picker.current().is_none());
    }

    #[test]
    fn words_are_found_however_they_are_written_or_read() {
        let at = |text: &str, filter: &str| {
            let marks = Words::new(filter).found(text)?;
            let parts = marks.iter().map(|m| text.get(m.clone()).unwrap_or("?"));
            Some(parts.collect::<Vec<_>>().join("|"))
        };
        assert_eq!(at("ＩＰｖ６ in 乌镇", "ipv6").as_deref(), Some("ＩＰｖ６"));
        assert_eq!(at("乌镇峰会", "峰会 乌镇").as_deref(), Some("乌镇峰会"));
        assert_eq!(at("高锐在乌镇", "乌镇 高").as_deref(), Some("高|乌镇"));
        assert_eq!(at("cafe\u{301} 茶", "cafe").as_deref(), Some("cafe\u{301}"));
        assert_eq!(at("烏鎮 峰會", "乌镇").as_deref(), Some("烏鎮"));
        assert_eq!(at("去乌镇峰会", "wzfh").as_deref(), Some("乌镇峰会"));
        assert_eq!(at("乌镇 wz", "wz").as_deref(), Some("wz"));
        assert_eq!(at("乌镇", "乌镇 峰会"), None);
        assert_eq!(at("İx", "x").as_deref(), Some("x"));
        assert_eq!(at("", "x"), None);
    }
}
