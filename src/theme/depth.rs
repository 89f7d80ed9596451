//! How many colours a terminal shows, by what its environment says.

/// How many colours there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Depth {
    /// None: only bold, underlines and the like.
    Mono,
    /// The sixteen of the terminal.
    Ansi16,
    /// The 256 of xterm.
    Indexed256,
    /// All of them.
    True,
}

/// Terminals that show all colours and do not always say so in `COLORTERM`, by the start of their `TERM`.
const TRUE: [&str; 7] = [
    "xterm-kitty",
    "alacritty",
    "foot",
    "wezterm",
    "ghostty",
    "xterm-ghostty",
    "contour",
];

/// Terminals without colours, by the start of their `TERM`.
const NONE: [&str; 4] = ["dumb", "vt1", "vt2", "cons25-m"];

impl Depth {
    /// The depth that the values of `NO_COLOR`, `COLORTERM` and `TERM` speak for.
    ///
    /// `NO_COLOR` counts when it is set and not empty (no-color.org).
    #[must_use]
    pub fn detect(no_color: Option<&str>, colorterm: Option<&str>, term: Option<&str>) -> Self {
        let term = term.unwrap_or_default();
        if no_color.is_some_and(|value| !value.is_empty()) || term.is_empty() {
            return Self::Mono;
        }
        if NONE.iter().any(|name| term.starts_with(name))
            || term.ends_with("-m")
            || term.ends_with("-mono")
        {
            return Self::Mono;
        }
        let says = colorterm.is_some_and(|value| matches!(value, "truecolor" | "24bit"));
        if says || term.ends_with("-direct") || TRUE.iter().any(|name| term.starts_with(name)) {
            return Self::True;
        }
        if term.contains("256color") {
            Self::Indexed256
        } else {
            Self::Ansi16
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn environments_speak() {
        for (no_color, colorterm, term, want) in [
            (None, Some("truecolor"), Some("xterm-256color"), Depth::True),
            (None, None, Some("xterm-256color"), Depth::Indexed256),
            (None, Some(""), Some("xterm"), Depth::Ansi16),
            (None, None, Some("xterm-kitty"), Depth::True),
            (None, None, Some("linux"), Depth::Ansi16),
            (None, Some("truecolor"), Some("dumb"), Depth::Mono),
            (None, None, Some("vt220"), Depth::Mono),
            (None, None, None, Depth::Mono),
            (Some("1"), Some("truecolor"), Some("xterm"), Depth::Mono),
            (Some(""), Some("24bit"), Some("xterm"), Depth::True),
        ] {
            assert_eq!(
                Depth::detect(no_color, colorterm, term),
                want,
                "{no_color:?} {colorterm:?} {term:?}"
            );
        }
    }
}
