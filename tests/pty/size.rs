//! The size of an emulated terminal.

use alacritty_terminal::grid::Dimensions;

/// Columns and rows; nothing is kept of what has scrolled away.
pub(crate) struct Size(pub(crate) u16, pub(crate) u16);

impl Dimensions for Size {
    fn total_lines(&self) -> usize {
        self.screen_lines()
    }
    fn screen_lines(&self) -> usize {
        self.1.into()
    }
    fn columns(&self) -> usize {
        self.0.into()
    }
}
