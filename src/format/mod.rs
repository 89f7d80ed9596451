//! How articles are written down: one file or folder a format, each from decoded text to an
//! [`Article`](crate::article::Article).
//!
//! Below: `article`, `text`. Above: `library`, `cli`. Bad bytes never refuse a file: they are shown and counted; what is
//! wrong in a file is a diagnostic with its place, and the rest of the article is there all the same.
//! Not here: opening files. A reader gets bytes and the name to show.

mod brat;
mod decode;
mod detect;
mod furniture;
mod native;
mod plain;
mod read;
mod report;

pub use decode::{Decoded, decode, decode_from};
pub use detect::{Format, UnknownFormat, companion, detect, detect_named, is_binary};
pub use read::{File, Files, ReadError, read};
