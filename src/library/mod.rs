//! Where articles come from: files, folders, standard input, and those compiled in. It opens the files and keeps a row
//! of each article that was read.
//!
//! Below: `format`, `article`. Above: `search`, `app`, `runtime`, `cli`. Not here: decoding and formats; threads. A
//! worker owns the [`Library`], and reads rows in idle times.

mod archive;
mod asked;
mod bundled;
mod error;
mod forced;
mod gzip;
mod held;
mod natural;
mod open;
mod pair;
mod passed;
mod place;
mod row;
mod shared;
mod shelf;
mod snapshot;
mod source;
mod unpack;
mod walk;
mod xz;
mod zstd;

pub use asked::Asked;
pub use error::{Complaint, LoadError};
pub use held::Held;
pub use natural::natural;
pub use open::{Named, find, once};
pub use place::Place;
pub use row::{ArticleId, Row};
pub use shelf::{Continuing, Filtered, Library};
pub use snapshot::Snapshot;
pub use unpack::inner_name;
