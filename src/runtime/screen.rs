//! The screen: the cells that are shown, those that are to be shown, and the bytes between them.

use std::io::{self, Write};

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;

use super::emit::Emitter;
use super::features::Features;
use super::frames::Frames;
use crate::layout::{Canvas, MOST_LINKS, Picture, link, with_link};
use crate::text::Profile;

/// Begins and ends an update that is shown at once (mode 2026).
const TOGETHER: [&[u8]; 2] = [b"\x1b[?2026h", b"\x1b[?2026l"];

/// Frames of fewer bytes than this are written without that: a terminal reads them in one piece.
const SMALL: usize = 512;

/// A column and a row, from 0.
pub type Place = (u16, u16);

/// Two frames of cells and what is known of the terminal behind them.
#[derive(Debug)]
pub struct Screen {
    frames: Frames,
    /// What a frame is painted on of which nothing is said.
    whole: Buffer,
    /// Whether the frame that is shown is what the terminal shows.
    valid: bool,
    emitter: Emitter,
    /// The addresses of the next frame's links.
    links: Vec<String>,
    /// The numbers of the links on the screen.
    shown_links: Vec<u8>,
    /// Where the cursor is shown, if it is.
    cursor: Option<Place>,
    bytes: Vec<u8>,
}

impl Screen {
    /// A screen of this size of which nothing is known, its cursor hidden.
    #[must_use]
    pub fn new(columns: u16, rows: u16, features: Features) -> Self {
        Self {
            frames: Frames::new(columns, rows),
            whole: Buffer::default(),
            valid: false,
            emitter: Emitter::new(features),
            links: Vec::new(),
            shown_links: Vec::new(),
            cursor: None,
            bytes: Vec::new(),
        }
    }

    /// What is sent to the terminal.
    #[must_use]
    pub const fn features(&self) -> Features {
        self.emitter.features
    }

    /// Sends this to the terminal from now on. What is shown in another way already stays until it changes.
    pub fn set_features(&mut self, features: Features) {
        self.emitter.features = features;
    }

    /// Takes what is known of the terminal's widths; the next frame writes every cell if that is news.
    pub fn set_profile(&mut self, profile: Profile) {
        if self.emitter.profile != profile {
            self.emitter.profile = profile;
            self.invalidate();
        }
    }

    /// Columns and rows.
    #[must_use]
    pub const fn size(&self) -> (u16, u16) {
        self.frames.size()
    }

    /// Takes another size. The terminal may have moved anything then, so the next frame writes every cell.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.frames.resize(columns, rows);
        self.invalidate();
    }

    /// Forgets what the terminal shows: the next frame writes every cell, blanks as well.
    pub fn invalidate(&mut self) {
        self.valid = false;
        self.emitter.forget();
    }

    /// Takes the addresses of the links of the next frame, by the numbers that its cells will have, from 1.
    pub fn set_links(&mut self, links: Vec<String>) {
        self.links = links;
    }

    /// Gives the cells of the next frame the numbers under which the terminal is told of their links: the same address
    /// keeps its number from frame to frame, and none means two things at once.
    fn number_links(&mut self) {
        let mut numbers = [0u8; MOST_LINKS + 1];
        for (index, link) in self.links.iter().take(MOST_LINKS).enumerate() {
            let known = &mut self.emitter.links;
            let taken = |number: usize| {
                let number = u8::try_from(number + 1).unwrap_or(0);
                (
                    numbers.contains(&number),
                    self.shown_links.contains(&number),
                )
            };
            let place = known.iter().position(|k| k == link).or_else(|| {
                let free =
                    (0..MOST_LINKS).find(|n| *n >= known.len() || taken(*n) == (false, false));
                free.or_else(|| {
                    // All are on the screen: it is written anew.
                    self.valid = false;
                    (0..MOST_LINKS).find(|n| !taken(*n).0)
                })
            });
            let Some(place) = place else { break };
            match known.get_mut(place) {
                Some(known) => known.clone_from(link),
                None => known.push(link.clone()),
            }
            if let (Some(number), Ok(place)) = (numbers.get_mut(index + 1), u8::try_from(place)) {
                *number = place + 1;
            }
        }
        if !self.links.is_empty() {
            self.frames.fresh(|cells| {
                for cell in cells {
                    let number = usize::from(link(cell.modifier));
                    if number > 0 {
                        cell.modifier = with_link(cell.modifier, numbers[number]);
                    }
                }
            });
        }
        self.shown_links = numbers.into_iter().filter(|n| *n > 0).collect();
    }

    /// A cell of the last frame.
    #[must_use]
    pub fn cell(&self, x: u16, y: u16) -> Option<&Cell> {
        let [shown, _] = self.frames.both();
        shown.cells(y).get(usize::from(x))
    }

    /// Has every cell of a frame painted, over an older one, and writes what differs from the last, in one piece.
    ///
    /// `paint` says where the cursor is to be shown, if anywhere: input methods compose their text there. Returns
    /// the number of bytes written.
    ///
    /// # Errors
    /// When writing fails; nothing is known of the screen then.
    pub fn draw(
        &mut self,
        out: &mut impl Write,
        paint: impl FnOnce(&mut Buffer) -> Option<Place>,
    ) -> io::Result<usize> {
        let (columns, rows) = self.size();
        let mut whole = std::mem::take(&mut self.whole);
        whole.resize(Rect::new(0, 0, columns, rows));
        let cursor = paint(&mut whole);
        self.frames.begin(Picture::default());
        let mut painted = whole.content.chunks_mut(usize::from(columns).max(1));
        self.frames.fresh(|cells| {
            if let Some(painted) = painted.next().filter(|row| row.len() == cells.len()) {
                cells.swap_with_slice(painted);
            }
        });
        self.whole = whole;
        self.write(out, cursor)
    }

    /// As [`Self::draw`], but rows that look as some row of the last frame does are not painted again: `picture` says
    /// which. `paint` finds them left out of what it is to paint on.
    ///
    /// # Errors
    /// When writing fails; nothing is known of the screen then.
    pub fn draw_rows(
        &mut self,
        out: &mut impl Write,
        picture: Picture,
        paint: impl FnOnce(Canvas<'_>) -> Option<Place>,
    ) -> io::Result<usize> {
        // The numbers of links are given out anew for each frame, in the cells.
        let picture = if self.links.is_empty() {
            picture
        } else {
            Picture::default()
        };
        let cursor = paint(self.frames.begin(picture));
        self.write(out, cursor)
    }

    /// Writes what differs between the next frame, which is painted, and the last.
    fn write(&mut self, out: &mut impl Write, cursor: Option<Place>) -> io::Result<usize> {
        self.number_links();
        self.bytes.clear();
        self.frames.hash();
        let [shown, next] = self.frames.both();
        let shown = self.valid.then_some(shown);
        self.emitter.frame(shown, next, &mut self.bytes);
        self.place(cursor);
        if self.emitter.features.synchronised && self.bytes.len() >= SMALL {
            let [begin, end] = TOGETHER;
            self.bytes.splice(0..0, begin.iter().copied());
            self.bytes.extend_from_slice(end);
        }
        self.frames.turn();
        self.valid = true;
        if !self.bytes.is_empty()
            && let Err(error) = out.write_all(&self.bytes).and_then(|()| out.flush())
        {
            self.invalidate();
            return Err(error);
        }
        Ok(self.bytes.len())
    }

    /// Appends what shows the cursor there, or hides it, and keeps it from being seen while the frame is written.
    fn place(&mut self, cursor: Option<Place>) {
        let written = !self.bytes.is_empty();
        if self.cursor.is_some() && (cursor.is_none() || written) {
            self.bytes.splice(0..0, *b"\x1b[?25l");
        }
        if let Some((x, y)) = cursor {
            self.emitter.go(x, y, &mut self.bytes);
            if self.cursor.is_none() || written {
                self.bytes.extend_from_slice(b"\x1b[?25h");
            }
        }
        self.cursor = cursor;
    }
}
