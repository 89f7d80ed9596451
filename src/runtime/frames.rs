//! The frame that is shown and the one that is next. They share the rows that look the same: those are neither painted
//! nor looked at again.

use ratatui::buffer::Cell;

use super::rows::{Row, Seed};
use crate::layout::{Canvas, Picture};

/// A frame: its cells, and the hashes of its rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame<'a> {
    /// Cells of a row.
    pub columns: u16,
    /// The hashes, from the top.
    pub rows: &'a [Row],
    cells: &'a [Cell],
    places: &'a [u16],
}

impl<'a> Frame<'a> {
    /// How many rows it has.
    pub(super) fn height(self) -> u16 {
        u16::try_from(self.places.len()).unwrap_or(u16::MAX)
    }

    /// The cells of row `y`.
    pub(super) fn cells(self, y: u16) -> &'a [Cell] {
        let place = self.places.get(usize::from(y));
        place.map_or(&[], |place| {
            self.cells
                .get(cells_of(*place, self.columns))
                .unwrap_or_default()
        })
    }
}

/// Both frames. The cells are those of twice as many rows as a frame has, so that there is always one to paint on.
#[derive(Debug)]
pub(super) struct Frames {
    columns: u16,
    height: u16,
    cells: Vec<Cell>,
    shown: Made,
    next: Made,
    /// For each row of the next frame, where its cells are, if they are to be painted.
    fresh: Vec<Option<u16>>,
    seed: Seed,
}

/// What is known of a frame beside its cells.
#[derive(Debug, Default)]
struct Made {
    picture: Picture,
    /// For each row from the top, which row of the cells it is. Rows that look the same may be one.
    places: Vec<u16>,
    hashes: Vec<Row>,
}

impl Frames {
    /// Two blank frames of this size.
    pub(super) fn new(columns: u16, height: u16) -> Self {
        let cells = 2 * usize::from(columns) * usize::from(height);
        Self {
            columns,
            height,
            cells: vec![Cell::EMPTY; cells],
            shown: Made::default(),
            next: Made::default(),
            fresh: Vec::new(),
            seed: Seed::draw(),
        }
    }

    /// The same with other cells: two blank frames of another size.
    pub(super) fn resize(&mut self, columns: u16, height: u16) {
        *self = Self {
            seed: self.seed,
            ..Self::new(columns, height)
        };
    }

    /// Columns and rows.
    pub(super) const fn size(&self) -> (u16, u16) {
        (self.columns, self.height)
    }

    /// Begins the next frame: takes over what looks as it does now, and gives the rest to be painted.
    pub(super) fn begin(&mut self, picture: Picture) -> Canvas<'_> {
        let kept = picture.seen_in(&self.shown.picture, self.height);
        let mut free = vec![true; 2 * usize::from(self.height)];
        for place in &self.shown.places {
            if let Some(free) = free.get_mut(usize::from(*place)) {
                *free = false;
            }
        }
        let mut free = (0u16..).zip(free).filter(|(_, free)| *free);
        let (shown, next) = (&self.shown, &mut self.next);
        next.picture = picture;
        next.places.clear();
        next.hashes.clear();
        self.fresh.clear();
        for from in kept {
            let from = from.map(usize::from);
            let before = from.and_then(|y| shown.places.get(y).zip(shown.hashes.get(y)));
            let fresh = match before {
                Some(_) => None,
                None => free.next().map(|(place, _)| place),
            };
            let (place, hash) = before.map_or_else(
                || (fresh.unwrap_or_default(), Row::default()),
                |(place, hash)| (*place, *hash),
            );
            next.places.push(place);
            next.hashes.push(hash);
            self.fresh.push(fresh);
        }
        Canvas::rows(&mut self.cells, self.columns, &self.fresh)
    }

    /// Has the cells of each row changed that the next frame did not take over, from the top.
    pub(super) fn fresh(&mut self, mut change: impl FnMut(&mut [Cell])) {
        for place in self.fresh.iter().flatten() {
            if let Some(cells) = self.cells.get_mut(cells_of(*place, self.columns)) {
                change(cells);
            }
        }
    }

    /// Takes the next frame as it is painted now: nothing of it changes any more.
    pub(super) fn hash(&mut self) {
        for (place, hash) in self.fresh.iter().zip(&mut self.next.hashes) {
            let cells = place.and_then(|place| self.cells.get(cells_of(place, self.columns)));
            if let Some(cells) = cells {
                *hash = self.seed.row(cells);
            }
        }
    }

    /// What is shown, and what is next.
    pub(super) fn both(&self) -> [Frame<'_>; 2] {
        [&self.shown, &self.next].map(|made| Frame {
            columns: self.columns,
            rows: &made.hashes,
            cells: &self.cells,
            places: &made.places,
        })
    }

    /// Makes the next frame the one that is shown.
    pub(super) const fn turn(&mut self) {
        std::mem::swap(&mut self.shown, &mut self.next);
    }
}

/// Where the cells of a row are.
fn cells_of(place: u16, columns: u16) -> std::ops::Range<usize> {
    let columns = usize::from(columns);
    let start = usize::from(place) * columns;
    start..start + columns
}
