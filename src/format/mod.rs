//! How articles are written down: one file a format, each from bytes to an [`Article`](crate::article::Article).
//!
//! Below: `article`, `text`. Above: `cli`. Bad bytes never refuse a file: they are shown and counted.
//! Not here: opening files. A reader gets bytes and the name to fall back to.

mod decode;
mod furniture;
mod native;
mod plain;

pub use decode::{Decoded, decode};
pub use native::{NativeError, looks_native, read as read_native};
pub use plain::read as read_plain;
