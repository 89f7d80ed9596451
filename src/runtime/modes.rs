//! What is switched on in a terminal while it is ours, and how it is switched off.
//!
//! Source: xterm's ctlseqs for the private modes, DEC STD 070 (DECSTBM, DECAWM), kitty's keyboard protocol.

/// What is asked of a terminal beyond what every one does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Modes {
    /// Whether it has a second screen; else the first is cleared, and the cursor put below all at the end.
    pub alternate: bool,
    /// Whether it is to report the mouse: buttons, wheel, movements with a button down.
    pub mouse: bool,
}

/// Beginnings of the `TERM` of terminals without a second screen, as terminfo has them (no `smcup`).
const ONE_SCREEN: [&str; 6] = ["vt", "ansi", "pcansi", "linux", "cons25", "sun"];

/// Names that begin as those do.
const TWO_SCREENS: [&str; 1] = ["vte"];

impl Modes {
    /// What the value of `TERM` speaks for.
    ///
    /// ```
    /// use kanbao::runtime::Modes;
    /// assert!(Modes::detect(Some("xterm-256color"), true).alternate);
    /// assert!(!Modes::detect(Some("vt100"), true).alternate);
    /// ```
    #[must_use]
    pub fn detect(term: Option<&str>, mouse: bool) -> Self {
        let begins = |names: &[&str]| {
            term.is_some_and(|term| names.iter().any(|name| term.starts_with(name)))
        };
        Self {
            alternate: !begins(&ONE_SCREEN) || begins(&TWO_SCREENS),
            mouse,
        }
    }

    /// The other screen, no cursor, no wrapping at the right edge, pastes and focus told of, a plain pen.
    pub(super) fn enter(self) -> Vec<u8> {
        let mut out = Vec::with_capacity(64);
        out.extend_from_slice(if self.alternate {
            b"\x1b[?1049h"
        } else {
            b"\x1b[m\x1b[H\x1b[2J"
        });
        out.extend_from_slice(b"\x1b[?25l\x1b[?7l\x1b[?2004h\x1b[?1004h");
        if self.mouse {
            out.extend_from_slice(b"\x1b[?1000h\x1b[?1002h\x1b[?1006h");
        }
        out.extend_from_slice(b"\x1b[m");
        out
    }

    /// All of it undone, and what a frame that was cut off may have left; `keyboard` where that was pushed. The keyboard
    /// goes before the screen, as each screen has a keyboard of its own.
    pub(super) fn leave(self, keyboard: bool) -> Vec<u8> {
        let mut out = Vec::with_capacity(128);
        out.extend_from_slice(b"\x1b[?2026l\x1b[r\x1b[m\x1b[?7h");
        if self.mouse {
            out.extend_from_slice(MOUSE_OFF);
        }
        out.extend_from_slice(b"\x1b[?1004l\x1b[?2004l");
        if keyboard {
            out.extend_from_slice(POP_KEYBOARD);
        }
        out.extend_from_slice(b"\x1b[?25h");
        out.extend_from_slice(if self.alternate {
            b"\x1b[?1049l"
        } else {
            b"\x1b[999;1H\r\n"
        });
        out
    }
}

pub(super) const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// Tells keys apart that are one otherwise, Ctrl-I from Tab: the first of the flags of kitty's protocol.
pub(super) const PUSH_KEYBOARD: &[u8] = b"\x1b[>1u";

/// Takes back the keyboard's flags.
pub(super) const POP_KEYBOARD: &[u8] = b"\x1b[<u";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::reset::reset_sequence;

    #[test]
    fn a_name_tells_of_the_second_screen() {
        for (term, alternate) in [
            ("xterm", true),
            ("tmux-256color", true),
            ("vte-256color", true),
            ("screen.linux", true),
            ("vt100", false),
            ("vt220", false),
            ("linux", false),
            ("linux-16color", false),
            ("ansi", false),
        ] {
            let modes = Modes::detect(Some(term), false);
            assert_eq!(modes.alternate, alternate, "{term}");
        }
        assert!(Modes::detect(None, false).alternate);
    }

    #[test]
    fn all_is_undone_in_order() {
        let shown = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace('\u{1b}', "^");
        let all = Modes {
            alternate: true,
            mouse: true,
        };
        assert_eq!(
            shown(all.leave(true)),
            "^[?2026l^[r^[m^[?7h^[?1006l^[?1002l^[?1000l^[?1004l^[?2004l^[<u^[?25h^[?1049l"
        );
        let few = Modes {
            alternate: false,
            mouse: false,
        };
        assert_eq!(
            shown(few.leave(false)),
            "^[?2026l^[r^[m^[?7h^[?1004l^[?2004l^[?25h^[999;1H\r\n"
        );
        // Each mode that entering changes is changed back by leaving, and by what mends.
        let entered = shown(all.enter());
        for mode in entered.split('^').filter_map(|s| s.strip_prefix("[?")) {
            let (number, set) = mode.split_at(mode.len() - 1);
            let back = if set == "h" { "l" } else { "h" };
            for undone in [shown(all.leave(true)), shown(reset_sequence())] {
                assert!(undone.contains(&format!("^[?{number}{back}")), "{mode}");
            }
        }
    }
}
