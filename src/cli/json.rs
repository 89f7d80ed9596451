//! JSON on standard output.

pub(super) use crate::text::write_json as write;
