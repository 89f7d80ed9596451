//! Where a frame is painted: rows of cells, of which some may be left out.

use ratatui::buffer::{Buffer, Cell};

use crate::app::Area;

/// Rows of cells to be painted on. What is painted on a row that is left out, because its picture is there already, goes
/// nowhere.
#[derive(Debug)]
pub struct Canvas<'a> {
    cells: &'a mut [Cell],
    area: Area,
    /// For each row from the top, which row of the cells it is; nothing where it is left out. Without it they are the same.
    places: Option<&'a [Option<u16>]>,
}

impl<'a> Canvas<'a> {
    /// All of a buffer.
    #[must_use]
    pub fn whole(buffer: &'a mut Buffer) -> Self {
        let area = buffer.area;
        Self {
            cells: &mut buffer.content,
            area: Area::new(area.x, area.y, area.width, area.height),
            places: None,
        }
    }

    /// Rows of `columns` cells, which stand anywhere among `cells`: `places` has for each row from the top which of the
    /// rows there it is, or nothing for one that is left out.
    #[must_use]
    pub fn rows(cells: &'a mut [Cell], columns: u16, places: &'a [Option<u16>]) -> Self {
        let height = u16::try_from(places.len()).unwrap_or(u16::MAX);
        Self {
            cells,
            area: Area::new(0, 0, columns, height),
            places: Some(places),
        }
    }

    /// All rows, those that are left out too.
    #[must_use]
    pub const fn area(&self) -> Area {
        self.area
    }

    /// Whether row `y` is there and not left out.
    #[must_use]
    pub fn has(&self, y: u16) -> bool {
        self.start(y).is_some()
    }

    /// How many rows are not left out.
    #[must_use]
    pub fn count(&self) -> usize {
        let rows = self.area.y..self.area.bottom();
        rows.filter(|y| self.has(*y)).count()
    }

    /// A cell, if its row is not left out.
    pub(super) fn cell(&self, x: u16, y: u16) -> Option<&Cell> {
        let at = self.start(y)? + self.column(x)?;
        self.cells.get(at)
    }

    /// The same, to be changed.
    pub(super) fn cell_mut(&mut self, x: u16, y: u16) -> Option<&mut Cell> {
        let at = self.start(y)? + self.column(x)?;
        self.cells.get_mut(at)
    }

    /// The cells of row `y` from column `x` on, `count` of them; none where there are not so many.
    pub(super) fn part_mut(&mut self, x: u16, y: u16, count: u16) -> &mut [Cell] {
        let place = self.start(y).zip(self.column(x));
        let fits = x.saturating_add(count) <= self.area.right();
        let Some((start, column)) = place.filter(|_| fits) else {
            return &mut [];
        };
        let from = start + column;
        self.cells
            .get_mut(from..from + usize::from(count))
            .unwrap_or_default()
    }

    fn column(&self, x: u16) -> Option<usize> {
        let column = x.checked_sub(self.area.x)?;
        (column < self.area.width).then_some(column.into())
    }

    /// Where the cells of row `y` begin.
    fn start(&self, y: u16) -> Option<usize> {
        let row = y.checked_sub(self.area.y)?;
        let row = match self.places {
            Some(places) => (*places.get(usize::from(row))?)?,
            None => (row < self.area.height).then_some(row)?,
        };
        Some(usize::from(row) * usize::from(self.area.width))
    }
}
