//! The modes: which keymap a key is looked up in.

/// What the next key is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mode {
    /// The article's text has focus.
    Body,
    /// The list of articles has focus.
    List,
    /// The sidebar of entities has focus.
    Sidebar,
    /// A selection is being made.
    Select,
    /// The concordance is open.
    Concordance,
    /// A line is being typed.
    Prompt,
    /// A list to choose from is open.
    Picker,
    /// A layer over everything (help, problems) is open.
    Overlay,
}

/// The tables of `[keys.*]`: `normal`, whose bindings hold in body, list and sidebar, then one a mode.
pub const TABLES: [&str; 9] = [
    "normal",
    "body",
    "list",
    "sidebar",
    "select",
    "concordance",
    "prompt",
    "picker",
    "overlay",
];

impl Mode {
    /// Every mode.
    pub const ALL: [Self; 8] = [
        Self::Body,
        Self::List,
        Self::Sidebar,
        Self::Select,
        Self::Concordance,
        Self::Prompt,
        Self::Picker,
        Self::Overlay,
    ];

    /// The name of its table in the config.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::List => "list",
            Self::Sidebar => "sidebar",
            Self::Select => "select",
            Self::Concordance => "concordance",
            Self::Prompt => "prompt",
            Self::Picker => "picker",
            Self::Overlay => "overlay",
        }
    }

    /// Whether the bindings of the table `normal` hold in it.
    #[must_use]
    pub const fn is_normal(self) -> bool {
        matches!(self, Self::Body | Self::List | Self::Sidebar)
    }

    /// Whether digits before a sequence are a count.
    #[must_use]
    pub const fn counts(self) -> bool {
        self.is_normal() || matches!(self, Self::Select | Self::Picker | Self::Concordance)
    }
}
