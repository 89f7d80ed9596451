//! Settings: the compiled-in `config.toml`, the user's file over it key by key, and what is wrong with that, with
//! its place.
//!
//! Below: `keys`, `theme`, `typeset`, `text`. Above: `cli` lays flags over a [`Config`], `app` and `runtime` use it.
//! Not here: any default in Rust (they are read from `config.toml` with the user's own reader), flags, the
//! environment beyond where the file is. Reading never fails: whatever cannot be used is a [`Problem`], and the
//! value below stays.

mod copy;
mod keys;
mod labels;
mod load;
mod problem;
mod reader;
mod themes;
mod values;

use std::path::PathBuf;

use crate::article::Kinds;
use crate::keys::Keymap;
use crate::text::{Ambiguous, FoldOptions};
use crate::theme::{Ground, RawTheme, Themes};
use crate::typeset::Kinsoku;

pub use copy::{CopyConfig, CopyForm, CopyTo};
pub use load::{LoadError, at_home, load, user_path};
pub use problem::Problem;

use reader::Reader;

/// The name under which the compiled-in text is spoken of.
const DEFAULT_NAME: &str = "config.toml (built in)";

/// Every setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Which theme there is on which ground; [`Config::themes`] has both.
    pub theme: ThemeChoice,
    /// Where to look for articles when no path is given.
    pub library: Option<PathBuf>,
    /// Cells that ambiguous characters take; nothing: as the terminal answers, else one.
    pub ambiguous: Option<Ambiguous>,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// How lines are set.
    pub typeset: TypesetConfig,
    /// How text is copied.
    pub copy: CopyConfig,
    /// Which kinds labels stand for, beside those that are known.
    pub labels: Kinds,
    /// How text is searched and rows are filtered.
    pub search: SearchConfig,
    /// Which panes are open at the start.
    pub panes: Panes,
    /// What is bound to what.
    pub keymap: Keymap,
    /// All themes, built-in ones first.
    pub themes: Themes,
}

/// The name of a theme for either ground: the same one twice, where one was named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeChoice {
    /// On a dark ground, and where the terminal does not tell.
    pub dark: String,
    /// On a light ground.
    pub light: String,
}

impl ThemeChoice {
    /// The same theme on any ground.
    #[must_use]
    pub fn one(name: &str) -> Self {
        Self {
            dark: name.to_owned(),
            light: name.to_owned(),
        }
    }

    /// The name of the theme for this ground.
    #[must_use]
    pub fn on(&self, ground: Ground) -> &str {
        match ground {
            Ground::Dark => &self.dark,
            Ground::Light => &self.light,
        }
    }
}

/// The table `[typeset]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypesetConfig {
    /// Which characters are kept from line edges.
    pub kinsoku: Kinsoku,
    /// Whether a mark may hang over the right edge.
    pub hang: bool,
    /// Whether a blank cell is shown between Han and Latin.
    pub autospace: bool,
    /// Whether the right edge is even.
    pub justify: bool,
    /// The widest line, in Han characters: 4 to 200.
    pub measure: u16,
    /// How far a paragraph is indented, in Han characters: 0 to 8.
    pub indent: u16,
}

/// The table `[search]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchConfig {
    /// What does not count in searches.
    pub fold: FoldOptions,
    /// Whether Latin letters find Chinese text by how it is read.
    pub pinyin: bool,
}

/// The table `[panes]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Panes {
    /// The list of articles.
    pub list: bool,
    /// The sidebar of entities.
    pub sidebar: bool,
}

/// The compiled-in defaults: the repo's `config.toml`.
#[must_use]
pub const fn default_text() -> &'static str {
    include_str!("../../config.toml")
}

/// The user's text (with its file's name) laid over the defaults, and what is wrong with it in order of place.
#[must_use]
pub fn layer(user: Option<(&str, &str)>) -> (Config, Vec<Problem>) {
    let mut config = blank();
    let mut raw = Vec::new();
    let mut reader = Reader::new(DEFAULT_NAME, default_text());
    reader.read(&mut config, &mut raw);
    // Places in the defaults' text must not be taken for places in the user's.
    forget_places(&mut raw);
    let mut problems = reader.finish();
    let mut user = user.map(|(name, text)| Reader::new(name, text));
    let below = config.theme.clone();
    if let Some(reader) = &mut user {
        reader.read(&mut config, &mut raw);
    }
    let (themes, faults) = Themes::build(&raw);
    config.themes = themes;
    if let Some(mut reader) = user {
        reader.theme_faults(faults);
        reader.check_theme(&mut config, &below);
        problems.extend(reader.finish());
    }
    (config, problems)
}

/// What stands before the defaults are read: nothing that anyone sees.
fn blank() -> Config {
    Config {
        theme: ThemeChoice::one(""),
        library: None,
        ambiguous: None,
        mouse: false,
        copy: CopyConfig::default(),
        typeset: TypesetConfig {
            kinsoku: Kinsoku::Gb,
            hang: false,
            autospace: false,
            justify: false,
            measure: 0,
            indent: 0,
        },
        labels: Kinds::default(),
        search: SearchConfig {
            fold: FoldOptions::all(false),
            pinyin: false,
        },
        panes: Panes {
            list: false,
            sidebar: false,
        },
        keymap: Keymap::empty(),
        themes: Themes::build(&[]).0,
    }
}

fn forget_places(raw: &mut [RawTheme]) {
    use crate::theme::RawColor;
    for theme in raw {
        if let Some((_, at)) = &mut theme.inherits {
            *at = None;
        }
        for (_, style) in &mut theme.styles {
            for color in [&mut style.fg, &mut style.bg] {
                if let Some(RawColor::Named(_, at)) = color {
                    *at = None;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
