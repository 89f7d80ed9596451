//! What a terminal answers when it is asked about itself.
//!
//! Source: ECMA-48, DEC STD 070 and xterm's "Control Sequences" (ctlseqs) for the forms.

/// An answer of the terminal, told apart from keys by its form alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// Where the cursor stands (`CSI r ; c R`, asked for by `CSI 6 n`), from 0.
    Cursor {
        /// Column.
        column: u16,
        /// Row.
        row: u16,
    },
    /// Whether a private mode is known (`CSI ? mode ; state $ y`, asked for by `CSI ? mode $ p`). State 0: not known;
    /// 1, 2: set, reset; 3, 4: for ever so.
    Mode {
        /// Number of the mode.
        mode: u16,
        /// As the terminal says it.
        state: u16,
    },
    /// The keyboard protocol's flags (`CSI ? flags u`, asked for by `CSI ? u`).
    Keyboard(u16),
    /// The ground's colour (`OSC 11 ; rgb:r/g/b`, asked for by `OSC 11 ; ?`), 8 bits each.
    Ground([u8; 3]),
    /// Name and version (`DCS > | text ST`, asked for by `CSI > q`), printable characters alone.
    Version(String),
    /// Secondary device attributes (`CSI > a ; b ; c c`, asked for by `CSI > c`), as they are sent.
    Secondary(String),
    /// The style in force (`DCS 1 $ r text m ST`, asked for by `DCS $ q m ST`), as it is sent, without the `m`.
    Style(String),
    /// Primary device attributes (`CSI ? ... c`, asked for by `CSI c`). Every terminal answers this, so, asked last,
    /// it tells that all other answers have come.
    Primary,
}
