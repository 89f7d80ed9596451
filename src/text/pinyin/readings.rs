//! How Chinese characters are read: the data of the crate `ib-matcher`, in a shape that one look answers.
//!
//! Characters that are read alike share a *set*: about 2,600 sets stand for 70,000 characters, so that a query is held
//! against sets, once, and a text only looks up which set each character belongs to.

use std::collections::HashMap;
use std::sync::LazyLock;

use ib_matcher::pinyin::{PinyinData, PinyinNotation};

/// The characters that may have readings, by code point: CJK blocks with private ones of GBK, and the supplementary planes.
const BLOCKS: [std::ops::RangeInclusive<u32>; 3] =
    [0x3000..=0x9FFF, 0xE800..=0xFAFF, 0x20000..=0x30FFF];
/// So many code points are a page.
const PAGE: usize = 256;

/// The set of characters that have no reading.
pub(super) const NONE: usize = 0;

/// One way to read a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    letters: [u8; 6],
    len: u8,
    /// 1 to 4, or 5 where there is none.
    pub(super) tone: u8,
}

impl Reading {
    fn new(letters: &str, tone: u8) -> Option<Self> {
        let mut array = [0; 6];
        array
            .get_mut(..letters.len())?
            .copy_from_slice(letters.as_bytes());
        Some(Self {
            letters: array,
            len: u8::try_from(letters.len()).ok()?,
            tone,
        })
    }

    /// Its letters from `a` to `z`, ü as `v`.
    pub(super) fn letters(&self) -> &[u8] {
        self.letters
            .get(..usize::from(self.len))
            .unwrap_or_default()
    }
}

/// All readings, and which characters have them.
pub(super) struct Readings {
    all: Vec<Reading>,
    /// Readings of each set, by their place in `all`. The first is that of no reading.
    sets: Vec<Vec<u16>>,
    /// Where the page of a code point begins in `members`.
    pages: Vec<u32>,
    /// The set of each code point of the pages that have any.
    members: Vec<u16>,
}

/// The one table, made when it is first asked for (in a few milliseconds).
pub(super) fn readings() -> &'static Readings {
    static READINGS: LazyLock<Readings> = LazyLock::new(Readings::new);
    &READINGS
}

impl Readings {
    fn new() -> Self {
        let data = PinyinData::new(PinyinNotation::AsciiTone);
        let mut made = Self {
            all: Vec::new(),
            sets: vec![Vec::new()],
            pages: Vec::new(),
            members: vec![0; PAGE],
        };
        let mut places: HashMap<[u8; 8], Option<u16>> = HashMap::new();
        let mut numbers: HashMap<Vec<u16>, u16> = HashMap::new();
        let mut set = Vec::new();
        for c in BLOCKS.into_iter().flatten().filter_map(char::from_u32) {
            set.clear();
            data.get_pinyins_and_for_each(c, |pinyin| {
                let Some(written) = pinyin.notation(PinyinNotation::AsciiTone) else {
                    return;
                };
                let mut key = [0; 8];
                if let Some(key) = key.get_mut(..written.len()) {
                    key.copy_from_slice(written.as_bytes());
                }
                let place = places.entry(key).or_insert_with(|| made.add(written));
                set.extend(*place);
            });
            if set.is_empty() {
                continue;
            }
            let number = match numbers.get(&set) {
                Some(number) => *number,
                None => {
                    let Ok(number) = u16::try_from(made.sets.len()) else {
                        continue;
                    };
                    numbers.insert(set.clone(), number);
                    made.sets.push(set.clone());
                    number
                }
            };
            made.put(c, number);
        }
        made.add_variants();
        made
    }

    /// Adds a reading that is written with its tone, `zhen4`. Its place.
    fn add(&mut self, written: &str) -> Option<u16> {
        let (letters, tone) = written.split_at_checked(written.len().checked_sub(1)?)?;
        self.add_reading(Reading::new(letters, tone.parse().ok()?)?)
    }

    fn add_reading(&mut self, reading: Reading) -> Option<u16> {
        let place = u16::try_from(self.all.len()).ok()?;
        self.all.push(reading);
        Some(place)
    }

    /// `lve` and `nve` are mostly typed `lue` and `nue`, as no syllable is written so with a true u.
    fn add_variants(&mut self) {
        for place in 0..self.all.len() {
            let Some(reading) = self.all.get(place).copied() else {
                break;
            };
            let letters = match reading.letters() {
                b"lve" => "lue",
                b"nve" => "nue",
                _ => continue,
            };
            let added =
                Reading::new(letters, reading.tone).and_then(|reading| self.add_reading(reading));
            let with = |set: &&mut Vec<u16>| set.iter().any(|p| usize::from(*p) == place);
            for set in self.sets.iter_mut().filter(with) {
                set.extend(added);
            }
        }
    }

    fn put(&mut self, c: char, set: u16) {
        let (page, at) = (c as usize / PAGE, c as usize % PAGE);
        if self.pages.len() <= page {
            self.pages.resize(page + 1, 0);
        }
        let Some(start) = self.pages.get_mut(page) else {
            return;
        };
        if *start == 0 {
            *start = u32::try_from(self.members.len()).unwrap_or_default();
            self.members.resize(self.members.len() + PAGE, 0);
        }
        if let Some(member) = self.members.get_mut(*start as usize + at) {
            *member = set;
        }
    }

    /// The set of a character; [`NONE`] when it has no reading.
    #[inline]
    pub(super) fn set_of(&self, c: char) -> usize {
        let start = self.pages.get(c as usize / PAGE).copied().unwrap_or(0);
        let member = self.members.get(start as usize + c as usize % PAGE);
        usize::from(member.copied().unwrap_or(0))
    }

    /// How many sets there are, that of no reading with them.
    pub(super) fn sets(&self) -> usize {
        self.sets.len()
    }

    /// All readings.
    pub(super) fn all(&self) -> &[Reading] {
        &self.all
    }

    /// The readings of each set, by their places in [`all`](Self::all).
    pub(super) fn of_sets(&self) -> impl Iterator<Item = &[u16]> {
        self.sets.iter().map(Vec::as_slice)
    }
}
