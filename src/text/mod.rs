//! Characters as a terminal sees them: graphemes, their widths in cells, scripts, and what may be sent at all; and as they
//! are compared: folded, by reading.
//!
//! Below: nothing of ours. Above: `typeset` measures and breaks with it, `search` folds with it, `layout`'s painter
//! and every printed line send only what [`units`] and [`printable`] let through.
//! Not here: lines, colours, offsets of files. [`width()`] is the only measure of the program: no other place counts
//! cells, and no `len()` or `chars().count()` stands for one.

mod filter;
mod fold;
mod grapheme;
mod hangul;
mod json;
mod kana;
mod name;
mod nearest;
mod pair;
mod pinyin;
mod place;
mod profile;
mod sanitise;
mod script;
mod sentence;
mod sure;
mod unit;
mod walk;
mod width;
mod word;
mod words;

pub use filter::Filter;
pub use fold::{Fold, FoldOptions, Folded, Switch, is_blank, numeral};
pub use grapheme::{
    Grapheme, ceil_boundary, floor_boundary, graphemes, is_simple, next_boundary, prev_boundary,
};
pub use json::write_json;
pub use name::fold_name;
pub use nearest::nearest;
pub use pair::{PAIR_REACH, Pair, pair_from};
pub use pinyin::{Hits as PinyinHits, Pinyin, PinyinOptions};
pub use place::line_and_column;
pub use profile::{Ambiguous, Profile, Trait, ambiguous_trait, is_ambiguous};
pub use sanitise::{is_unsafe, passable, passable_line, placeholder, printable, printable_line};
pub use script::{Script, has_wide, is_cjk, is_han, script};
pub use sentence::sentence_at;
pub use sure::is_sure;
pub use unit::{Unit, shortened, str_width, units, width};
pub use width::{char_width, is_trusted, trusted_width};
pub use word::word_at;
pub use words::Words;
