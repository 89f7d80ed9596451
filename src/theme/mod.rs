//! How things look: colours, styles, the closed list of slots, themes that inherit, and what becomes of colours on
//! a terminal that has few.
//!
//! Below: nothing of ours. Above: `config` reads themes from TOML into [`RawTheme`]s, `layout` asks a [`Theme`] for
//! the [`Style`] of a [`Slot`].
//! Not here: any colour of a built-in theme (they stand in the repo's `config.toml`), any terminal library, files
//! and places in files beyond a byte range that is handed back with a fault.

mod color;
mod depth;
mod ground;
mod inherit;
mod raw;
mod slot;
mod style;
mod whole;

pub use color::{ANSI_NAMES, Color, contrast};
pub use depth::Depth;
pub use ground::Ground;
pub use inherit::Themes;
pub use raw::{Fault, RawColor, RawStyle, RawTheme, ThemeProblem};
pub use slot::Slot;
pub use style::{Style, Underline};
pub use whole::Theme;
