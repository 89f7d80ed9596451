//! Pinyin: Latin letters found in Chinese text by how its characters are read.
//!
//! A query is cut into *units* in every way that it can be: a whole syllable (`zhen`), its initial (`z`, `zh`), and at the end
//! of the query any beginning of a syllable. Each unit stands for one character that may be read so; letters of the query
//! also stand for the same Latin letters in the text, so that `kalaok` finds 卡拉OK.
//!
//! All ways are followed at once: bit *i* of a set of 64 says that the first *i* letters are used up. So a text costs the
//! same however many ways there are, and nothing can be typed that makes a search slow. Readings are those of `ib-matcher`
//! (MIT); its matcher has no tones, apostrophes or gaps, and takes Latin text alone for a match.

mod query;
mod readings;
#[cfg(test)]
mod tests;
mod zhuyin;

use std::fmt;
use std::ops::Range;

use query::{Letter, letters, narrow};
use readings::{NONE, Reading, Readings, readings};

use super::is_blank;

/// What a pinyin query passes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PinyinOptions {
    /// Whether blanks between two Han characters of the text are passed over, as folding does: 王 正.
    pub han_spaces: bool,
}

impl Default for PinyinOptions {
    fn default() -> Self {
        Self { han_spaces: true }
    }
}

/// A query that is matched against the readings of Chinese characters.
///
/// ```
/// use kanbao::text::Pinyin;
///
/// let pinyin = Pinyin::new("wzfh").unwrap();
/// let text = "在乌镇峰会上";
/// let hits: Vec<&str> = pinyin.hits(text).map(|hit| &text[hit]).collect();
/// assert_eq!(hits, ["乌镇峰会"]);
/// assert!(Pinyin::new("乌镇").is_none());
/// ```
#[derive(Clone)]
pub struct Pinyin {
    readings: &'static Readings,
    options: PinyinOptions,
    /// How many letters there are.
    len: usize,
    /// For each letter and each set: bit *n* says that *n* letters from there on are a unit for characters of the set.
    steps: Box<[u8]>,
    /// For each Latin letter: at which letters of the query it stands.
    latin: [u64; 26],
}

impl Pinyin {
    /// A query with the usual options. None when it is no possible pinyin: it has a single letter without a tone (or more than 60),
    /// no way to cut it has a syllable, or anything else stands in it than letters, tones (digits 1 to 5 after a syllable, or
    /// marks), and between syllables an apostrophe, a hyphen or a space. ü is `v`, `u:` or itself; zhuyin is understood too.
    #[must_use]
    pub fn new(query: &str) -> Option<Self> {
        Self::with(query, PinyinOptions::default())
    }

    /// A query with these options; else as [`new`](Self::new).
    #[must_use]
    pub fn with(query: &str, options: PinyinOptions) -> Option<Self> {
        let letters = letters(query)?;
        let readings = readings();
        let mut latin = [0; 26];
        for (at, letter) in letters.iter().enumerate() {
            if letter.tone == 0
                && !letter.joined
                && let Some(places) = latin.get_mut(usize::from(letter.byte - b'a'))
            {
                *places |= 1 << at;
            }
        }
        let steps = steps(readings, &letters)?;
        Some(Self {
            readings,
            options,
            len: letters.len(),
            steps,
            latin,
        })
    }

    /// Where the text is read as the query says: byte ranges, leftmost first, none over another, none over the end of a
    /// line. Each has at least one character that was matched by its reading; of hits that begin at one place it is the one of
    /// fewest characters. A variation selector after the last character belongs to the hit.
    pub fn hits<'a>(&'a self, hay: &'a str) -> Hits<'a> {
        Hits {
            pinyin: self,
            hay,
            at: 0,
        }
    }

    /// Whether there is a hit.
    #[must_use]
    pub fn is_match(&self, hay: &str) -> bool {
        self.hits(hay).next().is_some()
    }

    /// How many letters of the query are used up after a character, from how many were before it.
    #[inline]
    fn step(&self, mut before: u64, set: usize) -> u64 {
        let sets = self.readings.sets();
        let mut after = 0;
        while before != 0 {
            let at = before.trailing_zeros() as usize;
            let lengths = self.steps.get(at * sets + set).copied().unwrap_or(0);
            after |= u64::from(lengths) << at;
            before &= before - 1;
        }
        after
    }

    #[inline]
    fn latin_step(&self, before: u64, letter: u8) -> u64 {
        let places = self.latin.get(usize::from(letter)).copied().unwrap_or(0);
        (before & places) << 1
    }

    /// Whether a hit may begin with the character.
    #[inline]
    fn may_begin(&self, c: char) -> bool {
        if (c as u32) < 0x3000 {
            return latin(c).is_some_and(|letter| self.latin_step(1, letter) != 0);
        }
        let set = self.readings.set_of(c);
        self.steps.get(set).is_some_and(|lengths| *lengths != 0)
            || latin(c).is_some_and(|letter| self.latin_step(1, letter) != 0)
    }

    /// The length in bytes of the hit that `hay` begins with.
    fn begins(&self, hay: &str) -> Option<usize> {
        let goal = 1 << self.len;
        // Letters used up by ways that have met a reading, and by those that have met Latin letters only.
        let (mut read, mut bare) = (0, 1);
        let mut at = 0;
        while let Some(c) = hay.get(at..)?.chars().next() {
            at += c.len_utf8();
            let set = self.readings.set_of(c);
            if set != NONE {
                (read, bare) = (self.step(read | bare, set), 0);
                at += selector(hay, at);
            } else if let Some(letter) = latin(c) {
                read = self.latin_step(read, letter);
                bare = self.latin_step(bare, letter) & !goal;
            } else {
                return None;
            }
            if read & goal != 0 {
                return Some(at);
            }
            if read | bare == 0 {
                return None;
            }
            if set != NONE && self.options.han_spaces {
                at += self.gap(hay, at);
            }
        }
        None
    }

    /// The length of the gap at `at`, which stands after a Han character: blanks with another one behind them.
    fn gap(&self, hay: &str, at: usize) -> usize {
        let mut rest = hay.get(at..).unwrap_or_default().char_indices();
        match rest.find(|(_, c)| !is_blank(*c)) {
            Some((len, c)) if self.readings.set_of(c) != NONE => len,
            _ => 0,
        }
    }
}

impl fmt::Debug for Pinyin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pinyin")
            .field("len", &self.len)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

/// What [`Pinyin::hits`] gives.
#[derive(Debug, Clone)]
pub struct Hits<'a> {
    pinyin: &'a Pinyin,
    hay: &'a str,
    /// Up to here all has been looked at, in bytes.
    at: usize,
}

impl Iterator for Hits<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = self.hay.get(self.at..)?;
        for (offset, c) in rest.char_indices() {
            if !self.pinyin.may_begin(c) {
                continue;
            }
            let start = self.at + offset;
            // Within a word of Latin text nothing begins.
            if latin(c).is_some() && self.hay.get(..start).is_some_and(ends_in_word) {
                continue;
            }
            let len = rest.get(offset..).and_then(|rest| self.pinyin.begins(rest));
            if let Some(len) = len {
                self.at = start + len;
                return Some(start..self.at);
            }
        }
        self.at = self.hay.len();
        None
    }
}

/// Which lengths are units, for each letter and set. None when no way through the query has a syllable.
fn steps(readings: &Readings, letters: &[Letter]) -> Option<Box<[u8]>> {
    let sets = readings.sets();
    let mut steps = vec![0; letters.len() * sets];
    let mut units = vec![0; readings.all().len()];
    // Which letters can be come to, with a syllable before them or with Latin letters alone.
    let (mut read, mut bare) = (0_u64, 1_u64);
    for (at, row) in steps.chunks_exact_mut(sets).enumerate() {
        let here = 1 << at;
        if (read | bare) & here == 0 {
            continue;
        }
        let rest = letters.get(at..)?;
        for (unit, reading) in units.iter_mut().zip(readings.all()) {
            *unit = lengths(reading, rest);
        }
        for (lengths, set) in row.iter_mut().zip(readings.of_sets()) {
            for place in set {
                *lengths |= units.get(usize::from(*place)).copied().unwrap_or(0);
            }
            read |= u64::from(*lengths) << at;
        }
        if rest
            .first()
            .is_some_and(|letter| letter.tone == 0 && !letter.joined)
        {
            read |= (read & here) << 1;
            bare |= (bare & here) << 1;
        }
    }
    (read & (1 << letters.len()) != 0).then(|| steps.into_boxed_slice())
}

/// How many of the letters, from the first on, are a unit for a character that is read so: bit *n* for *n* letters.
fn lengths(reading: &Reading, letters: &[Letter]) -> u8 {
    let whole = reading.letters();
    let hissing = whole.get(1) == Some(&b'h') && whole.len() > 2;
    let mut lengths = 0;
    for (n, (letter, byte)) in (1..).zip(letters.iter().zip(whole)) {
        if letter.byte != *byte || letter.tone != 0 && letter.tone != reading.tone {
            break;
        }
        let is_whole = n == whole.len();
        let is_initial = n == 1 || n == 2 && hissing;
        let is_begun = n == letters.len() && !letter.closes;
        if !letter.joined && (is_whole || (is_initial || is_begun) && !letter.whole) {
            lengths |= 1 << n;
        }
        if letter.closes {
            break;
        }
    }
    lengths
}

/// The number of a Latin letter of any case and width, from 0.
#[inline]
fn latin(c: char) -> Option<u8> {
    let c = narrow(c);
    c.is_ascii_alphabetic()
        .then(|| u8::try_from(c.to_ascii_lowercase()).unwrap_or(b'a') - b'a')
}

fn ends_in_word(before: &str) -> bool {
    let last = before.chars().next_back();
    last.is_some_and(|c| narrow(c).is_ascii_alphanumeric())
}

/// The length of a variation selector at `at`, in bytes.
fn selector(hay: &str, at: usize) -> usize {
    match hay.get(at..).and_then(|rest| rest.chars().next()) {
        Some(c @ ('\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')) => c.len_utf8(),
        _ => 0,
    }
}
