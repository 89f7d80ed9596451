//! What the formats in JSON share: files to records, records to values with places, and what is wrong with either.
//!
//! `split` finds the records, `parse` makes a `tree` of one, `bytes` knows where strings and numbers end, `escape` what
//! strings stand for, `shorten` cuts them short, `open` reads a record for a format, `settle` finds how offsets count, `place` puts mentions where
//! they lead.
//!
//! A JSON of our own, since a record that is broken is still to be read, every value must know its place for messages,
//! and nesting must cost no stack.

mod bytes;
mod escape;
mod open;
mod parse;
mod place;
mod settle;
mod shorten;
mod split;
mod tree;
mod wrong;

pub(super) use escape::{list, quoted, string, text_string};
pub(super) use open::{
    Seen, Teller, begins, fits, is_bare, open, own_name, seen, telling, told_meta, with_root,
    write_id, write_meta,
};
pub(super) use place::{COUNTING, Claim, Placer, is_json, is_value, numbers, scale, unplaced_ends};
pub(super) use settle::{Quotations, lines, settle, settle_where};
pub(super) use shorten::shorten;
pub(super) use split::split;
pub(super) use tree::{Sort, Value};

#[cfg(test)]
mod properties;
#[cfg(test)]
pub(super) mod testing;
#[cfg(test)]
mod tests;
