//! Text to lines: given a block's text and a measure in cells, says where lines break and where each glyph stands.
//!
//! Below: `text` (graphemes, widths, scripts) and `article`'s roles. Above: `app` asks for the lines near the
//! viewport and maps offsets to cells and back, `layout` paints the glyphs, `cli` prints them.
//! Not here: colours, panes, scrolling, row numbers, files. Positions are byte ranges of the block; the text is
//! never altered, and a gap between Han and Latin is a matter of columns alone.
//!
//! The way of a stretch: `cut` makes atoms (one a grapheme, with cells and class) -> `rules` gives every boundary a
//! `Break` level, `tokens` tightens those in numbers and addresses -> `fill` takes lines greedily,
//! hangs marks, saves orphans -> `gaps` finds the extra cells -> [`Line`].
//!
//! Two floors: UAX #14 (`icu_segmenter`, Unicode 15.1) decides between two characters that are not CJK, the class
//! table and pair rules of this room decide every boundary that touches Han, kana or CJK punctuation, by the levels
//! of CLREQ (W3C, "Requirements for Chinese Text Layout", prohibition rules for line start and line end).

mod breaks;
mod classes;
mod cut;
mod fill;
mod gaps;
mod line;
mod options;
mod roles;
mod rules;
mod stretch;
mod tokens;

pub use fill::lines;
pub use line::{Glyph, GlyphKind, Line, NARROW_PLACEHOLDER};
pub use options::{Align, HANG_RESERVE, Kinsoku, Options, Setting, UnknownKinsoku};
pub use roles::{setting, space_before};
pub use rules::opportunities;
pub use stretch::{STRETCH_BYTES, WHOLE_BYTES, stretch_at};
