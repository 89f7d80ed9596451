//! What is typed for pinyin: letters, tones and the ends of syllables.

use super::zhuyin;

/// The most letters of a query: a place in it is a bit of 64.
pub(super) const MOST: usize = 60;

/// A letter of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letter {
    /// `a` to `z`, ü as `v`.
    pub(super) byte: u8,
    /// The tone that its syllable must have, 1 to 5; 0 for any.
    pub(super) tone: u8,
    /// Whether the tone is a digit, which stands after whole syllables only.
    pub(super) whole: bool,
    /// Whether a syllable ends with it, for an apostrophe, a hyphen, a space or a digit follows.
    pub(super) closes: bool,
    /// Whether it cannot be parted from the letter after it: zhuyin says what is one syllable.
    pub(super) joined: bool,
}

impl Letter {
    pub(super) fn new(byte: u8) -> Self {
        Self {
            byte,
            tone: 0,
            whole: false,
            closes: false,
            joined: false,
        }
    }
}

/// The letters of a query; none when anything stands in it that pinyin is not written with, or a single letter without a
/// tone.
pub(super) fn letters(query: &str) -> Option<Vec<Letter>> {
    let query = query.trim();
    let mut letters = if query.chars().any(zhuyin::is_zhuyin) {
        zhuyin::letters(query)?
    } else {
        latin(query)?
    };
    // After these, u is always ü, and written u.
    for at in 1..letters.len() {
        if let [.., before, letter] = letters.get_mut(..=at)?
            && letter.byte == b'v'
            && b"jqxy".contains(&before.byte)
        {
            letter.byte = b'u';
        }
    }
    let is_read = match &letters[..] {
        [single] => single.tone != 0,
        letters => (2..=MOST).contains(&letters.len()),
    };
    is_read.then_some(letters)
}

fn latin(query: &str) -> Option<Vec<Letter>> {
    let mut letters: Vec<Letter> = Vec::new();
    for c in query.chars() {
        let c = narrow(c);
        if c.is_ascii_alphabetic() {
            let byte = u8::try_from(c.to_ascii_lowercase()).ok()?;
            letters.push(Letter::new(byte));
            continue;
        }
        if let Some((byte, tone)) = marked(c) {
            letters.push(Letter {
                tone,
                ..Letter::new(byte)
            });
            continue;
        }
        // All else belongs to the letter before it.
        let last = letters.last_mut()?;
        match c {
            '1'..='5' if !last.closes && last.tone == 0 => {
                last.tone = u8::try_from(c.to_digit(10)?).ok()?;
                last.whole = true;
                last.closes = true;
            }
            ':' | '\u{308}' if last.byte == b'u' && !last.closes => last.byte = b'v',
            '\u{304}' | '\u{301}' | '\u{30C}' | '\u{300}' if last.tone == 0 => {
                last.tone = match c {
                    '\u{304}' => 1,
                    '\u{301}' => 2,
                    '\u{30C}' => 3,
                    _ => 4,
                };
            }
            '\'' | '’' | '‘' | 'ʼ' | '-' | '‐' | ' ' => last.closes = true,
            _ => return None,
        }
    }
    Some(letters)
}

/// The ASCII character of a full-width one.
pub(super) fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// The letter and the tone of a vowel with its mark.
fn marked(c: char) -> Option<(u8, u8)> {
    const VOWELS: [(u8, &str, &str); 6] = [
        (b'a', "āáǎà", "ĀÁǍÀ"),
        (b'e', "ēéěè", "ĒÉĚÈ"),
        (b'i', "īíǐì", "ĪÍǏÌ"),
        (b'o', "ōóǒò", "ŌÓǑÒ"),
        (b'u', "ūúǔù", "ŪÚǓÙ"),
        (b'v', "ǖǘǚǜ", "ǕǗǙǛ"),
    ];
    if matches!(c, 'ü' | 'Ü') {
        return Some((b'v', 0));
    }
    VOWELS.iter().find_map(|(byte, small, great)| {
        let tone = (1..)
            .zip(small.chars().zip(great.chars()))
            .find(|(_, (s, g))| *s == c || *g == c)?
            .0;
        Some((*byte, tone))
    })
}
