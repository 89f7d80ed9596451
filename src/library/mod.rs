//! Where articles come from: files, folders, standard input.
//!
//! Below: `format`. Above: `cli`. Not here: decoding and formats; a walk only names the files that are worth reading.

mod natural;
mod row;
mod walk;

pub use natural::natural;
pub use row::{ArticleId, Row};
pub use walk::{Walk, walk};
