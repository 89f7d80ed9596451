//! Looking for characters by their bytes.

use memchr::memmem;

/// One or two ASCII characters, or another character.
#[derive(Debug)]
pub(super) enum Needle {
    One(u8),
    Two(u8, u8),
    Bytes(Box<memmem::Finder<'static>>),
}

/// What finds any of these characters.
pub(super) fn needles(chars: &[char]) -> Vec<Needle> {
    let (ascii, others): (Vec<char>, Vec<char>) = chars.iter().partition(|c| c.is_ascii());
    // An ASCII character fits a byte.
    let bytes: Vec<u8> = ascii.iter().filter_map(|c| u8::try_from(*c).ok()).collect();
    let ascii = bytes.chunks(2).map(|pair| match *pair {
        [one, two] => Needle::Two(one, two),
        _ => Needle::One(pair[0]),
    });
    let others = others.iter().map(|c| {
        let finder = memmem::Finder::new(c.encode_utf8(&mut [0; 4])).into_owned();
        Needle::Bytes(Box::new(finder))
    });
    ascii.chain(others).collect()
}

impl Needle {
    /// Whether it is anywhere in `hay`.
    pub(super) fn is_in(&self, hay: &[u8]) -> bool {
        match self {
            Self::One(a) => memchr::memchr(*a, hay).is_some(),
            Self::Two(a, b) => memchr::memchr2(*a, *b, hay).is_some(),
            Self::Bytes(finder) => finder.find(hay).is_some(),
        }
    }
}

/// The occurrences of one needle.
pub(super) struct Stream<'a> {
    found: Occurrences<'a>,
    pub(super) next: Option<usize>,
}

enum Occurrences<'a> {
    One(memchr::Memchr<'a>),
    Two(memchr::Memchr2<'a>),
    Bytes(Box<memmem::FindIter<'a, 'a>>),
}

impl<'a> Stream<'a> {
    pub(super) fn new(needle: &'a Needle, hay: &'a str) -> Self {
        let hay = hay.as_bytes();
        let found = match needle {
            Needle::One(a) => Occurrences::One(memchr::memchr_iter(*a, hay)),
            Needle::Two(a, b) => Occurrences::Two(memchr::memchr2_iter(*a, *b, hay)),
            Needle::Bytes(finder) => Occurrences::Bytes(Box::new(finder.find_iter(hay))),
        };
        let mut stream = Self { found, next: None };
        stream.advance();
        stream
    }

    pub(super) fn advance(&mut self) {
        self.next = match &mut self.found {
            Occurrences::One(found) => found.next(),
            Occurrences::Two(found) => found.next(),
            Occurrences::Bytes(found) => found.next(),
        };
    }
}
