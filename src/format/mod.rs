//! How articles are written down: one file or folder a format, each from decoded text to an
//! [`Article`](crate::article::Article).
//!
//! Below: `article`, `text`. Above: `library`, `cli`. Bad bytes never refuse a file: they are shown and counted; what is
//! wrong in a file is a diagnostic with its place, and the rest of the article is there all the same.
//! Not here: opening files. A reader gets bytes and the name to show.

mod alike;
mod anchor;
mod boson;
mod brat;
mod cec;
mod cluener;
mod cluster;
mod code;
mod column;
mod conll2003;
mod conllu;
mod count;
mod decode;
mod detect;
mod doccano;
mod document;
mod duee;
mod enamex;
mod encoding;
mod entry;
mod furniture;
mod geometry;
mod hz;
mod ids;
mod inline;
mod json;
mod labelstudio;
mod layers;
mod looks;
mod loss;
mod msra;
mod native;
mod output;
mod pair;
mod pfr;
mod places;
mod plain;
mod read;
mod record;
mod report;
mod ring;
mod scheme;
mod spacy;
mod stat;
mod tables;
mod tei;
mod tokens;
mod webanno;
mod webannotation;
mod xml;
mod yedda;

pub use brat::types as brat_types;
pub use code::Code;
pub use count::{Counting, Settled, Unit, UnknownCounting};
pub use decode::{Decoded, decode, decode_bytes, decode_file, decode_from};
pub use detect::{
    Format, SHARED, UnknownFormat, companion, detect, detect_named, is_binary, or_text,
};
pub use document::Document;
pub(crate) use document::is_worth;
pub use entry::{Confidence, Look, ReadOptions, Sign, WriteOptions, Written};
pub use geometry::{Lie, lies};
pub use looks::{FIRST_LOOK, recognise};
pub use loss::{Feature, Losses};
pub use output::{bytes, ending, joined, write};
pub use places::FilePlace;
pub use read::{File, Files, ReadError, packed_or_not, read, unpacked};
pub use report::MOST as MOST_FAULTS;
pub use scheme::{Scheme, UnknownScheme};
pub use stat::Stat;
pub use tables::{codes_table, features_table, formats_table};
pub use webannotation::source_of as text_of;
