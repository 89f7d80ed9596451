//! Folding: which characters count as equal when texts are compared, and the way back to the original.
//!
//! [`Fold::char`] maps one code point to one, by switches ([`FoldOptions`]): width, case, script (Traditional, Simplified
//! and variant characters), punctuation, diacritics. Beside it stand rules that look at neighbours: blanks between two
//! Han are passed over, numerals stand for digits, marks go with the character before them. [`Folded`] is a text after
//! all of it, with the bytes that each of its units came from. `search` compares without making one.
//!
//! No normalisation form is used: NFKC makes three full stops of … and 1 of ①, and so changes lengths and meaning.

mod chars;
mod folded;
mod map;
mod options;
mod table;

pub use chars::{Fold, is_blank, numeral};
pub use folded::Folded;
pub use options::{FoldOptions, Switch};
