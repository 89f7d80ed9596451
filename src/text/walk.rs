//! What a grapheme is painted as, character by character: what takes cells of its own, what joins the one before.
//!
//! Most terminals add up the characters of a cluster, some draw what belongs together as one glyph of two cells; the
//! [`Profile`] tells which. Whatever it does not tell of is summed up, and joiners and selectors are not sent then.

use std::iter::Peekable;
use std::str::Chars;

use icu_properties::CodePointSetData;
use icu_properties::props::{Emoji, EmojiPresentation};

use super::sanitise::{Sent, sent};
use super::width::char_width;
use super::{Profile, Trait, hangul, kana};

/// At most so many further characters are sent with one base: terminals keep only a few, and a text with ten thousand
/// combining marks must not become ten thousand bytes in one cell. The longest emoji in use has nine.
pub(super) const MARKS_PER_UNIT: usize = 10;

/// VARIATION SELECTOR-16, which asks for the coloured form of an emoji.
const VS16: char = '\u{FE0F}';
/// COMBINING ENCLOSING KEYCAP.
const KEYCAP: char = '\u{20E3}';
/// ZERO WIDTH JOINER.
const ZWJ: char = '\u{200D}';
/// Stands for Han that the terminal does not show, as printers have it for a sort they lack: GETA MARK.
const GETA: char = '\u{3013}';

/// A step of the walk.
pub(super) enum Event {
    /// A character that takes so many cells, 1 or 2: a new unit begins.
    Base(char, u16),
    /// A character that joins the unit before it and takes no cells.
    Mark(char),
    /// The unit before takes two cells.
    Widen,
}

/// Whether two regional indicators make a flag.
const fn is_indicator(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}

const fn is_skin_tone(c: char) -> bool {
    matches!(c, '\u{1F3FB}'..='\u{1F3FF}')
}

/// The unit that is being built.
#[derive(Default)]
struct Last {
    base: char,
    /// 0: there is none yet.
    cells: u16,
    marks: usize,
}

struct Walk<'a, F> {
    chars: Peekable<Chars<'a>>,
    profile: &'a Profile,
    last: Last,
    on: F,
}

/// Tells of each character of a grapheme that is sent.
pub(super) fn walk(grapheme: &str, profile: &Profile, on: impl FnMut(Event)) {
    let mut walk = Walk {
        chars: grapheme.chars().peekable(),
        profile,
        last: Last::default(),
        on,
    };
    while let Some(c) = walk.chars.next() {
        if !walk.cluster(c) {
            walk.single(c);
        }
    }
}

impl<F: FnMut(Event)> Walk<'_, F> {
    /// Takes `c` as a part of something that is more than its characters; false when it is none.
    fn cluster(&mut self, c: char) -> bool {
        let next = self.chars.peek().copied();
        match c {
            VS16 => self.variant(next),
            KEYCAP
                if self.profile.has(Trait::JoinedKeycaps)
                    && self.last.cells > 0
                    && self.last.base.is_ascii() =>
            {
                // Without the selector it is a digit in a frame, drawn in the digit's cell.
                self.mark(c);
            }
            ZWJ => return self.joiner(next),
            c if is_indicator(c) && next.is_some_and(is_indicator) => {
                self.base(c, 2);
                self.chars.next();
                next.into_iter().for_each(|second| self.mark(second));
            }
            c if is_skin_tone(c) => {
                let joins = self.profile.has(Trait::JoinedSkinTones) && self.last.cells == 2;
                if !joins || self.last.marks >= MARKS_PER_UNIT {
                    return false;
                }
                self.mark(c);
            }
            // A half-width kana and its mark take two cells on all terminals, but some join the mark to what stands before
            // it and go astray when the cursor was moved in between.
            '\u{FF9E}' | '\u{FF9F}'
                if self.last.marks == 0 && matches!(self.last.base, '\u{FF66}'..='\u{FF9D}') =>
            {
                self.mark(c);
                self.widen();
            }
            '\u{3099}' | '\u{309A}' if self.profile.has(Trait::PartedKana) => {
                self.base(kana::spacing(c), 2);
            }
            _ => return self.composed(c, next),
        }
        true
    }

    /// Sends as one character what is written as several, where all terminals draw the one alike.
    fn composed(&mut self, c: char, next: Option<char>) -> bool {
        let Some(second) = next else { return false };
        if let Some(syllable) = hangul::compose(c, second) {
            self.chars.next();
            let whole = self.chars.peek().copied();
            let whole = whole.and_then(|third| hangul::compose(syllable, third));
            if whole.is_some() {
                self.chars.next();
            }
            self.base(whole.unwrap_or(syllable), 2);
            return true;
        }
        if self.profile.has(Trait::PartedKana)
            && let Some(voiced) = kana::compose(c, second)
        {
            self.chars.next();
            self.base(voiced, 2);
            return true;
        }
        false
    }

    /// VS16: the unit before is an emoji in colours.
    fn variant(&mut self, next: Option<char>) {
        let base = self.last.base;
        if self.last.cells == 0 {
            return;
        }
        let keycap = next == Some(KEYCAP) && base.is_ascii();
        // What is left out for want of room widens nothing.
        let room = MARKS_PER_UNIT.saturating_sub(self.last.marks);
        if room < 1 + usize::from(keycap) {
            return;
        }
        let widens = if keycap {
            self.profile.has(Trait::JoinedKeycaps)
        } else {
            self.profile.has(Trait::WideEmoji) && is_narrow_emoji(base)
        };
        if widens || (self.profile.has(Trait::JoinedEmoji) && self.last.cells == 2) {
            self.mark(VS16);
        }
        if widens && self.last.cells == 1 {
            self.widen();
        }
    }

    /// ZWJ: the next emoji belongs to the unit before. False when it does not.
    fn joiner(&mut self, next: Option<char>) -> bool {
        let joins = self.profile.has(Trait::JoinedEmoji)
            && self.last.cells == 2
            && self.last.marks + 2 <= MARKS_PER_UNIT
            && next.is_some_and(is_emoji);
        if joins {
            self.mark(ZWJ);
            self.chars.next();
            next.into_iter().for_each(|c| self.mark(c));
        }
        joins
    }

    fn single(&mut self, c: char) {
        match sent(c) {
            Sent::Placeholder(p) => self.base(p, 1),
            Sent::Dropped => {}
            Sent::AsIs if c >= '\u{31350}' && self.is_lost(c) => self.base(GETA, 2),
            Sent::AsIs => {
                let cells = char_width(c, self.profile);
                if cells > 0 {
                    self.base(c, cells);
                    return;
                }
                if self.last.cells == 0 {
                    // A mark without a base would join whatever stood in the cell before it.
                    self.base('\u{25CC}', char_width('\u{25CC}', self.profile));
                }
                self.mark(c);
            }
        }
    }

    fn is_lost(&self, c: char) -> bool {
        c <= '\u{3FFFD}' && self.profile.has(Trait::LostNewHan)
    }

    fn base(&mut self, c: char, cells: u16) {
        self.last = Last {
            base: c,
            cells,
            marks: 0,
        };
        (self.on)(Event::Base(c, cells));
    }

    fn widen(&mut self) {
        self.last.cells = 2;
        (self.on)(Event::Widen);
    }

    fn mark(&mut self, c: char) {
        self.last.marks += 1;
        if self.last.marks <= MARKS_PER_UNIT {
            (self.on)(Event::Mark(c));
        }
    }
}

fn is_emoji(c: char) -> bool {
    !c.is_ascii() && CodePointSetData::new::<Emoji>().contains(c)
}

/// Whether `c` is an emoji only where a selector asks for it.
fn is_narrow_emoji(c: char) -> bool {
    is_emoji(c) && !CodePointSetData::new::<EmojiPresentation>().contains(c)
}
