//! What a terminal can do beyond what all can.

/// What may be sent to a terminal.
///
/// By default nothing that only some understand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Features {
    /// Its underlines.
    pub underlines: Underlines,
    /// Whether it holds back what it draws between `CSI ? 2026 h` and `l`, so that no half of a frame is seen.
    pub synchronised: bool,
    /// Whether rows can be moved: scroll regions (DECSTBM), lines inserted and deleted there (IL, DL), as in the VT102.
    pub scrolling: bool,
    /// Whether what is erased takes the ground of the pen (`bce` in terminfo), and cells can be erased within a row
    /// (ECH).
    pub erasing: bool,
    /// Whether cells can be links (OSC 8). A terminal that does not know them is to swallow them as a whole.
    pub links: bool,
}

/// Which underlines a terminal draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Underlines {
    /// One line only; the other kinds become that.
    #[default]
    Plain,
    /// Double, curly, dotted and dashed ones too (`4:2` to `4:5`).
    Kinds,
}

/// Terminals that know the kinds of underlines, by a part of their `TERM`. tmux hands on what its terminal can.
const KINDS: [&str; 8] = [
    "kitty",
    "wezterm",
    "foot",
    "ghostty",
    "alacritty",
    "contour",
    "tmux-256color",
    "mintty",
];

/// Terminals of one's own name that know mode 2026; old versions of them ignore it, as all terminals do with modes
/// that they do not know.
const SYNCHRONISED: [&str; 6] = [
    "kitty",
    "wezterm",
    "foot",
    "ghostty",
    "alacritty",
    "contour",
];

/// Beginnings of the `TERM` of terminals that move rows and erase cells as xterm does.
const AS_XTERM: [&str; 17] = [
    "xterm",
    "tmux",
    "kitty",
    "ghostty",
    "linux",
    "rxvt",
    "st-",
    "putty",
    "konsole",
    "gnome",
    "vte",
    "mlterm",
    "foot",
    "alacritty",
    "wezterm",
    "contour",
    "mintty",
];

/// Those of more that move rows. A `vt100` has regions, but deletes no lines; `screen` erases to its own ground.
const MOVING_ROWS: [&str; 5] = ["screen", "vt102", "vt220", "vt320", "vt420"];

impl Features {
    /// What the value of `TERM` speaks for.
    #[must_use]
    pub fn detect(term: Option<&str>) -> Self {
        let term = term.unwrap_or_default();
        let begins = |names: &[&str]| names.iter().any(|name| term.starts_with(name));
        Self {
            underlines: Underlines::detect(term),
            synchronised: SYNCHRONISED.iter().any(|name| term.contains(name)),
            scrolling: begins(&AS_XTERM) || begins(&MOVING_ROWS),
            erasing: begins(&AS_XTERM),
            links: begins(&AS_XTERM) && !term.starts_with("linux"),
        }
    }
}

impl Underlines {
    fn detect(term: &str) -> Self {
        if KINDS.iter().any(|name| term.contains(name)) {
            Self::Kinds
        } else {
            Self::Plain
        }
    }
}
