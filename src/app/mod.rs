//! The state core: what is open, where the reader is, what is marked, and what becomes of it with each message.
//!
//! Pure: [`App::update`] takes a [`Message`] and returns [`Effect`]s; it touches no terminal, clock or file.
//! Below: `article`, `action`, `typeset`, `search`, `library`'s rows, `keys`, `theme`, `config`. Above: `layout` reads
//! it, `runtime` feeds it and carries out its effects.
//! Not here: colours and cells of the screen, threads.
//!
//! `state` has the whole, `update` takes messages in and sends actions to `moves`, `searching`, `articles` and `cancel`;
//! `waiting` says which answers are awaited. How far a search reaches is turned in `reach`; what one over the library finds
//! is kept in `results` and walked in `gather`; `views` are such searches with names. One file a part of the screen: `list`, `body` (whose rows `flow` makes), `sidebar` with its `card`, `concordance`, `overlay`,
//! `prompt`, `picker` (what its rows are: `picking`).

mod address;
mod area;
mod arrange;
mod articles;
mod body;
mod cancel;
mod card;
mod concordance;
mod copy;
mod cursor;
mod faults;
mod find;
mod flow;
mod following;
mod gather;
mod geometry;
mod going;
mod hints;
mod hit_list;
mod jumps;
mod kept;
mod list;
mod marks;
mod message;
mod mouse;
mod moves;
mod narrowed;
mod overlay;
mod page;
mod palette;
mod picker;
mod picking;
mod preview;
mod prompt;
mod reach;
mod related;
mod results;
mod ring;
mod searching;
mod select;
mod sheet;
mod sidebar;
mod standing;
mod state;
mod switches;
mod unfiltered;
mod update;
mod views;
mod visits;
mod waiting;

pub use area::Area;
pub use arrange::{Card, Column};
pub use body::{Body, Gone, Point, View, grapheme_at};
pub use card::{LOST, unplaced_name};
pub use concordance::ConcordanceView;
pub use cursor::Cursor;
pub use find::Find;
pub use flow::{BodyRow, Flow, Manner, Place};
pub use geometry::{Geometry, LEAST_COLUMNS, LEAST_ROWS, Pane, Placed};
pub use going::Destination;
pub use kept::Kept;
pub use list::{Filter, List};
pub use marks::Mark;
pub use message::{
    Effect, FoundArticle, Hits, LibraryHits, LibraryLines, Message, Mouse, MouseKind, Table,
    Ticket, ViewChange,
};
pub use overlay::{Overlay, OverlayKind};
pub use page::{PageRow, PageTarget, Pages, Ranking, page_rows};
pub use palette::Palette;
pub use picker::{Picker, PickerKind, PickerRow};
pub use prompt::{Prompt, PromptKind};
pub use reach::Reach;
pub use results::{ResultOrder, Results};
pub use select::Selection;
pub use sheet::{SheetRow, Tone};
pub use sidebar::{Item, Order, Sidebar};
pub use state::{App, Said, Start};
pub use views::View as SavedView;
pub use visits::Visit;
