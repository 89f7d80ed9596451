//! From changed cells to bytes: as few of them as keep the screen right on terminals that disagree about widths.
//!
//! Behind a character whose width is sure the cursor is known, and nothing is sent. Behind others the next one is
//! preceded by its column; a run of them is followed by one such move only. A glyph of two cells that is not sure is
//! written over blanks, so that both cells are ours wherever it is drawn narrow. The terminal does not wrap lines (see
//! `terminal`). Source of the sequences: ECMA-48, and xterm's ctlseqs for DECSTBM.

use ratatui::buffer::Buffer;
use ratatui::style::Color;

use super::diff::{Glyph, alike, blank, cells, row};
use super::features::Features;
use super::frames::Frame;
use super::pen::{Pen, change, put};
use super::scroll::{Shift, find};
use crate::layout::link;
use crate::text::Profile;

/// Erasing cells and going behind them takes ten bytes at most.
const WORTH_ERASING: u16 = 11;

/// A move over blanks that need not be written takes five bytes.
const WORTH_PASSING: usize = 8;

/// Fewer rows are erased one by one, so that what is below them stays.
const WORTH_A_FOOT: usize = 3;

/// Turns changes into bytes, and knows how the terminal was left behind them.
#[derive(Debug)]
pub(super) struct Emitter {
    pub(super) features: Features,
    /// Which characters leave the cursor where we believe.
    pub(super) profile: Profile,
    /// The addresses of links by their number, from 1.
    pub(super) links: Vec<String>,
    /// The number of the link that is open, 0 for none; between frames there is none.
    link: u8,
    /// Nothing when not known.
    pen: Option<Pen>,
    /// Row and column, from 0; the column is nothing when not known.
    at: Option<(u16, Option<u16>)>,
}

/// How a terminal was left behind what was sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    link: u8,
    pen: Option<Pen>,
    at: Option<(u16, Option<u16>)>,
}

impl State {
    /// The pen that it has, if that is known.
    pub(super) const fn pen(self) -> Option<Pen> {
        self.pen
    }
}

impl Emitter {
    pub(super) fn new(features: Features) -> Self {
        Self {
            features,
            profile: Profile::default(),
            links: Vec::new(),
            link: 0,
            pen: None,
            at: None,
        }
    }

    /// How the terminal was left.
    pub(super) const fn state(&self) -> State {
        State {
            link: self.link,
            pen: self.pen,
            at: self.at,
        }
    }

    /// Takes the terminal to have been left so.
    pub(super) const fn restore(&mut self, state: State) {
        self.link = state.link;
        self.pen = state.pen;
        self.at = state.at;
    }

    /// Forgets how the terminal was left.
    pub(super) const fn forget(&mut self) {
        self.pen = None;
        self.at = None;
    }

    /// Appends what turns `shown`, or a screen of which nothing is known, into `next`.
    pub(super) fn frame(&mut self, shown: Option<Frame<'_>>, next: Frame<'_>, out: &mut Vec<u8>) {
        match shown {
            Some(shown) => self.changes(shown, next, out),
            None => self.whole(next, out),
        }
        self.open(0, out);
    }

    /// Opens the link of this number and closes the one before. Source: the specification of hyperlinks in terminal
    /// emulators that VTE and iTerm2 share; `id` makes one of the parts on several rows.
    fn open(&mut self, number: u8, out: &mut Vec<u8>) {
        if number == self.link || !self.features.links {
            return;
        }
        self.link = number;
        let address = usize::from(number)
            .checked_sub(1)
            .and_then(|n| self.links.get(n));
        match address {
            Some(address) => put(out, format_args!("\x1b]8;id=k{number};{address}\x1b\\")),
            None => out.extend_from_slice(b"\x1b]8;;\x1b\\"),
        }
    }

    fn changes(&mut self, shown: Frame<'_>, next: Frame<'_>, out: &mut Vec<u8>) {
        let columns = next.columns;
        let mut glyphs = Vec::with_capacity(columns.into());
        let Features {
            scrolling, erasing, ..
        } = self.features;
        let moved = scrolling.then(|| find(shown, next, erasing)).flatten();
        let mut free = Vec::new();
        if let Some(shift) = moved {
            self.shift(shift, out);
            free = vec![blank(shift.ground); columns.into()];
        }
        for (y, hash) in (0..next.height()).zip(next.rows) {
            let from = moved.map_or(Some(y), |shift| shift.source(y));
            let before = match from {
                Some(from) if shown.rows.get(usize::from(from)) == Some(hash) => continue,
                Some(from) => shown.cells(from),
                None => &free,
            };
            row(Some(before), next.cells(y), &self.profile, &mut glyphs);
            self.row(y, &glyphs, columns, out);
        }
    }

    fn whole(&mut self, next: Frame<'_>, out: &mut Vec<u8>) {
        let columns = next.columns;
        let mut glyphs = Vec::with_capacity(columns.into());
        let foot = self.foot(next);
        for y in 0..next.height() {
            let cells = next.cells(y);
            let mut erased = foot
                .filter(|(from, _)| *from <= y)
                .map(|(_, ground)| ground);
            if let Some((from, ground)) = foot
                && from == y
            {
                self.go(0, y, out);
                self.ground(ground, out);
                out.extend_from_slice(b"\x1b[J");
            }
            row(None, cells, &self.profile, &mut glyphs);
            if erased.is_none()
                && let Some(ground) = self.mostly_blank(&glyphs)
            {
                self.go(0, y, out);
                self.ground(ground, out);
                out.extend_from_slice(b"\x1b[K");
                erased = Some(ground);
            }
            if let Some(ground) = erased {
                let erased = vec![blank(ground); columns.into()];
                row(Some(&erased), cells, &self.profile, &mut glyphs);
            }
            // A whole screen is held to the bytes of its text, which moves would add to.
            self.pass(y, &glyphs, columns, out);
        }
    }

    /// From where on the screen is better erased, and with which ground: where blank rows begin that reach down to the
    /// last row or to the one above it.
    fn foot(&self, next: Frame<'_>) -> Option<(u16, Color)> {
        let last = next.height().checked_sub(2)?;
        let ground = next.cells(last).first()?.bg;
        let blank = blank(ground);
        let is_blank = |y: &u16| next.cells(*y).iter().all(|cell| alike((&blank, cell)));
        let count = (0..=last).rev().take_while(is_blank).count();
        let from = last + 1 - u16::try_from(count).ok()?;
        if !self.features.erasing && ground != Color::Reset {
            return None;
        }
        // Where a frame is seen as a whole, all of the screen can be erased.
        if self.features.synchronised {
            return Some((0, ground));
        }
        (count >= WORTH_A_FOOT).then_some((from, ground))
    }

    /// The ground of a row that is better erased before it is written: it has blanks before other glyphs.
    fn mostly_blank(&self, glyphs: &[Glyph<'_>]) -> Option<Color> {
        let ground = glyphs.iter().find_map(|glyph| self.erased(glyph))?;
        let is_blank = |glyph: &&Glyph<'_>| self.erased(glyph) == Some(ground);
        let tail = glyphs.iter().rev().take_while(is_blank).count();
        let others = glyphs[..glyphs.len() - tail].iter().filter(is_blank);
        (others.count() >= WORTH_PASSING).then_some(ground)
    }

    /// Appends what moves rows: a scroll region (DECSTBM), lines deleted or inserted at its head (DL, IL).
    fn shift(&mut self, shift: Shift, out: &mut Vec<u8>) {
        self.ground(shift.ground, out);
        let (top, bottom) = (u32::from(shift.top) + 1, u32::from(shift.bottom) + 1);
        // Setting a region leads to the head of the screen.
        put(out, format_args!("\x1b[{top};{bottom}r"));
        self.at = Some((0, Some(0)));
        self.go(0, shift.top, out);
        let letter = if shift.up { 'M' } else { 'L' };
        match shift.lines {
            1 => put(out, format_args!("\x1b[{letter}")),
            lines => put(out, format_args!("\x1b[{lines}{letter}")),
        }
        out.extend_from_slice(b"\x1b[r");
        self.at = Some((0, Some(0)));
    }

    /// Appends the glyphs of a row one after another, without any move, and a reset behind them.
    fn line(&mut self, glyphs: &[Glyph<'_>], out: &mut Vec<u8>) {
        self.pen = Some(Pen::PLAIN);
        for glyph in glyphs {
            self.style(self.pen_of(glyph), out);
            out.extend_from_slice(glyph.symbol().as_bytes());
        }
        self.style(Pen::PLAIN, out);
    }

    /// Appends a move to the cell.
    pub(super) fn go(&mut self, x: u16, y: u16, out: &mut Vec<u8>) {
        let (column, line) = (u32::from(x) + 1, u32::from(y) + 1);
        match self.at {
            Some((row, Some(at))) if row == y && at == x => return,
            Some((row, Some(0))) if row + 1 == y && x == 0 => out.push(b'\n'),
            Some((row, _)) if row == y && x == 0 => out.push(b'\r'),
            Some((row, Some(at))) if row == y && at < x => {
                let step = x - at;
                match step {
                    1 => put(out, format_args!("\x1b[C")),
                    _ if digits(u32::from(step)) < digits(column) => {
                        put(out, format_args!("\x1b[{step}C"));
                    }
                    _ => put(out, format_args!("\x1b[{column}G")),
                }
            }
            Some((row, _)) if row == y => put(out, format_args!("\x1b[{column}G")),
            // There is such a row, so nothing scrolls.
            Some((row, _)) if row + 1 == y && x == 0 => out.extend_from_slice(b"\r\n"),
            _ if x == 0 && y == 0 => put(out, format_args!("\x1b[H")),
            _ if x == 0 => put(out, format_args!("\x1b[{line}H")),
            _ => put(out, format_args!("\x1b[{line};{column}H")),
        }
        self.at = Some((y, Some(x)));
    }

    /// Appends what has changed in a row, from its left to its right.
    pub(super) fn pass(&mut self, y: u16, glyphs: &[Glyph<'_>], width: u16, out: &mut Vec<u8>) {
        let mut next = 0;
        let mut index = 0;
        while let Some(glyph) = glyphs.get(index) {
            if !glyph.changed {
                index += 1;
                continue;
            }
            self.reach(y, &glyphs[next..index], glyph.x, out);
            let erased = self.erase(y, &glyphs[index..], width, out);
            index += match erased {
                0 => self.glyphs(y, &glyphs[index..], width, out),
                _ => erased,
            };
            next = index;
        }
    }

    /// Goes to column `x`, over unchanged glyphs that are written again where that is shorter than a move.
    fn reach(&mut self, y: u16, between: &[Glyph<'_>], x: u16, out: &mut Vec<u8>) {
        let (Some((row, Some(at))), Some(first)) = (self.at, between.first()) else {
            return;
        };
        if row != y || at != first.x {
            return;
        }
        // The shortest move forward takes three bytes and reaches one cell, any other four.
        let room = if x - at == 1 { 2 } else { 3 };
        let length: usize = between.iter().map(|glyph| glyph.symbol().len()).sum();
        let known = |glyph: &Glyph<'_>| {
            glyph.sure
                && self.pen == Some(self.pen_of(glyph))
                && link(glyph.cell.modifier) == self.link
        };
        if length <= room && between.iter().all(known) {
            for glyph in between {
                out.extend_from_slice(glyph.symbol().as_bytes());
            }
            self.at = Some((y, Some(x)));
        }
    }

    /// Erases the blanks at the head of these glyphs if there are enough of them, to the end of the row (EL) or so many
    /// (ECH). How many glyphs are right then.
    fn erase(&mut self, y: u16, glyphs: &[Glyph<'_>], width: u16, out: &mut Vec<u8>) -> usize {
        let Some(ground) = glyphs.first().and_then(|first| self.erased(first)) else {
            return 0;
        };
        let blank = |glyph: &&Glyph<'_>| self.erased(glyph) == Some(ground);
        let mut count = glyphs.iter().take_while(blank).count();
        let changed = |glyph: &&Glyph<'_>| glyph.changed;
        let Some(last) = glyphs[..count].iter().rposition(|glyph| glyph.changed) else {
            return 0;
        };
        let x = glyphs[0].x;
        let to_end = glyphs[count - 1].end() == width;
        let stale = glyphs[..count].iter().filter(changed).count();
        if to_end {
            // Erasing to the end takes three bytes.
            if stale <= 3 {
                return 0;
            }
        } else {
            count = last + 1;
            // Half of a wide glyph may not be erased: tmux, which keeps the other, clears both when that is written.
            let parts = |at: usize| glyphs.get(at).is_some_and(|glyph: &Glyph<'_>| glyph.parts);
            if parts(count) {
                count -= 1;
                if parts(count) {
                    return 0;
                }
            }
            let cells = glyphs[count].x - x;
            if !self.features.erasing || cells < WORTH_ERASING || stale < usize::from(WORTH_ERASING)
            {
                return 0;
            }
        }
        self.go(x, y, out);
        self.open(0, out);
        self.ground(ground, out);
        if to_end {
            out.extend_from_slice(b"\x1b[K");
        } else {
            put(out, format_args!("\x1b[{}X", glyphs[count].x - x));
        }
        count
    }

    /// The ground of a glyph that can be erased.
    fn erased(&self, glyph: &Glyph<'_>) -> Option<Color> {
        if link(glyph.cell.modifier) != 0 {
            return None;
        }
        let ground = blank_ground(glyph, self.pen_of(glyph))?;
        (self.features.erasing || ground == Color::Reset).then_some(ground)
    }

    /// Writes the first glyph, and with it those that join it. How many they are.
    fn glyphs(&mut self, y: u16, glyphs: &[Glyph<'_>], width: u16, out: &mut Vec<u8>) -> usize {
        let glyph = &glyphs[0];
        let end = glyph.end();
        self.go(glyph.x, y, out);
        self.open(link(glyph.cell.modifier), out);
        self.take_up(glyph, out);
        if glyph.sure {
            out.extend_from_slice(glyph.symbol().as_bytes());
            // Behind the last column terminals stand in it or beyond it.
            self.at = Some((y, (end < width).then_some(end)));
            return 1;
        }
        if glyph.cells == 2 || end == width {
            out.resize(out.len() + usize::from(glyph.cells), b' ');
            if end < width {
                out.extend_from_slice(b"\x1b[2D");
            } else {
                // The terminal may refuse the glyph here, or stand in the column or beyond it behind a blank.
                self.at = Some((y, None));
                self.go(glyph.x, y, out);
            }
        }
        let count = 1 + glyphs[1..].iter().take_while(|next| next.joins).count();
        for glyph in &glyphs[..count] {
            self.open(link(glyph.cell.modifier), out);
            self.style(self.pen_of(glyph), out);
            out.extend_from_slice(glyph.symbol().as_bytes());
        }
        self.at = Some((y, None));
        count
    }

    pub(super) fn pen_of(&self, glyph: &Glyph<'_>) -> Pen {
        Pen::of(glyph.cell, self.features.underlines)
    }

    /// Takes up a pen with which the glyph looks right.
    fn take_up(&mut self, glyph: &Glyph<'_>, out: &mut Vec<u8>) {
        let pen = self.pen_of(glyph);
        match blank_ground(glyph, pen) {
            Some(ground) => self.ground(ground, out),
            None => self.style(pen, out),
        }
    }

    fn style(&mut self, to: Pen, out: &mut Vec<u8>) {
        if self.pen != Some(to) {
            change(self.pen, to, out);
            self.pen = Some(to);
        }
    }

    /// Takes up a pen with which blanks and what is erased show this ground and nothing else, whatever its text colour.
    fn ground(&mut self, ground: Color, out: &mut Vec<u8>) {
        let pen = self.pen.unwrap_or(Pen::PLAIN);
        self.style(pen.bare(ground), out);
    }
}

/// All that is to be seen of a blank without lines.
fn blank_ground(glyph: &Glyph<'_>, pen: Pen) -> Option<Color> {
    (glyph.symbol() == " ").then(|| pen.ground()).flatten()
}

/// The first row of a buffer with its styles, for a stream rather than a screen: no move, no line end. Blanks at its
/// end that show nothing are left out.
#[must_use]
pub fn styled_line(buffer: &Buffer, features: Features) -> Vec<u8> {
    let mut emitter = Emitter::new(features);
    let mut glyphs = Vec::new();
    row(None, cells(buffer, 0), &emitter.profile, &mut glyphs);
    while let Some(last) = glyphs.last()
        && blank_ground(last, emitter.pen_of(last)) == Some(Color::Reset)
    {
        glyphs.pop();
    }
    let mut out = Vec::new();
    emitter.line(&glyphs, &mut out);
    out
}

const fn digits(number: u32) -> u32 {
    match number {
        0..=9 => 1,
        10..=99 => 2,
        100..=999 => 3,
        _ => 4,
    }
}
