//! A concordance: hits below each other in their contexts (keyword in context, KWIC), ordered, filtered, counted.
//!
//! [`Concordance`] takes hits in batches, from the open article or from many that are not kept; [`set`] sets one of its
//! lines in cells, with the hit in its column; [`collocates()`] tells which words stand near the hits more often than
//! elsewhere; [`write_lines`] and [`write_collocates`] export.
//! Below: `text`, `statistics`, `article`. Above: `app` shows it, `cli` prints it.
//! Not here: finding hits, colours, files.

mod change;
mod collocates;
mod context;
mod export;
mod lines;
mod near;
mod order;
mod row;
mod source;
mod table;
mod whence;

pub use change::{Change, Filter};
pub use collocates::{Collocate, Counting, Frequencies, Window, collocates, collocates_while};
pub use context::{Context, LINE_END, MOST_BYTES, flat};
pub use export::{Form, write_collocates, write_line_names, write_lines};
pub use lines::Concordance;
pub use near::Near;
pub use order::{MOST_DEPTH, Order, Sort, Unit};
pub use row::{Columns, Row, head, set, tail};
pub use source::{Source, SourceId};
pub use table::{NUMBER_NAMES, TableColumns, number_cells, rounded};
pub use whence::Whence;

#[cfg(test)]
mod tests;
