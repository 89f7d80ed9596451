//! The state as cells: everything that is seen is painted here, into a buffer of cells.
//!
//! Below: `app` (what is to be seen), `theme` (how it looks), `typeset` and `text` (lines, graphemes, widths). Above:
//! `runtime` hands the buffer and sends what changed in it.
//! Not here: escape sequences, the terminal, and any widget of a library: the [`Painter`] is the one way by which
//! characters reach a cell, so that widths, wide cells and unsafe characters are dealt with in one place.

mod body_pane;
mod canvas;
mod cells;
mod concordance_pane;
mod draw;
mod list_pane;
mod marks;
mod overlay_pane;
mod page_pane;
mod painter;
mod picker_pane;
mod picture;
mod printed;
mod shade;
mod sidebar_pane;
mod status;

pub use canvas::Canvas;
pub use cells::{MOST_LINKS, cell_style, link, underline, with_link};
pub use draw::{draw, draw_on, links};
pub use marks::{Lines, Marks};
pub use painter::Painter;
pub use picture::Picture;
pub use printed::{printed_parts, printed_row};
pub use shade::label_slot;

#[cfg(test)]
mod tests;
