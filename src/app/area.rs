//! Rectangles of cells.

/// A rectangle of the screen, in cells from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Area {
    /// First column.
    pub x: u16,
    /// First row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// An area from its corner and its size.
    #[must_use]
    pub const fn new(x: u16, y: u16, width: u16, height: u16) -> Self {
        Self {
            x,
            y,
            width,
            height,
        }
    }

    /// Column behind the last.
    #[must_use]
    pub const fn right(self) -> u16 {
        self.x.saturating_add(self.width)
    }

    /// Row behind the last.
    #[must_use]
    pub const fn bottom(self) -> u16 {
        self.y.saturating_add(self.height)
    }

    /// Whether it holds no cell.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.width == 0 || self.height == 0
    }

    /// The part of it from row `from` (counted from its top) of at most `height` rows.
    #[must_use]
    pub fn rows(self, from: u16, height: u16) -> Self {
        let from = from.min(self.height);
        Self {
            y: self.y.saturating_add(from),
            height: height.min(self.height - from),
            ..self
        }
    }

    /// The part of it from column `from` (counted from its left) of at most `width` columns.
    #[must_use]
    pub fn columns(self, from: u16, width: u16) -> Self {
        let from = from.min(self.width);
        Self {
            x: self.x.saturating_add(from),
            width: width.min(self.width - from),
            ..self
        }
    }
}
