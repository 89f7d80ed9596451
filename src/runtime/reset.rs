//! Mends a terminal in which the program was killed: what `kanbao doctor --reset` does.

use std::io;

use rustix::termios::{
    Action, ControlModes, InputModes, LocalModes, OptionalActions, OutputModes, QueueSelector,
    tcflow, tcflush, tcgetattr, tcsetattr,
};

use super::modes::MOUSE_OFF;
use super::{output, terminal};

/// What mends a terminal in which the program was killed, whatever was on, and does nothing to any other.
///
/// Behind it the terminal's driver is still to be mended, as `stty sane` does.
#[must_use]
pub(super) fn reset_sequence() -> Vec<u8> {
    [
        // Out of whatever string or sequence it is in the midst of.
        b"\x18\x1b\\".as_slice(),
        // The cursor is kept before the margins go, which moves it: leaving the other screen takes it from there.
        b"\x1b[?2026l\x1b[m\x1b7\x1b[r\x1b[?7h",
        MOUSE_OFF,
        b"\x1b[?1004l\x1b[?2004l\x1b[<8u\x1b[?25h\x1b[?1049l\x1b8\x1b[m",
    ]
    .concat()
}

/// Mends a terminal in which the program was killed: its modes, and its driver as `stty sane` does.
///
/// # Errors
/// When there is no terminal.
pub fn reset() -> io::Result<()> {
    let tty = terminal::input()?;
    output::open()?;
    // Stopped by Ctrl-S, it would take nothing.
    let _ = tcflow(tty, Action::OOn);
    output::finish(&reset_sequence());
    let mut modes = tcgetattr(tty)?;
    modes.input_modes |=
        InputModes::BRKINT | InputModes::ICRNL | InputModes::IXON | InputModes::IMAXBEL;
    modes.input_modes &= !(InputModes::IGNBRK
        | InputModes::INLCR
        | InputModes::IGNCR
        | InputModes::IXOFF
        | InputModes::IXANY);
    modes.output_modes |= OutputModes::OPOST | OutputModes::ONLCR;
    modes.output_modes &= !(OutputModes::OCRNL | OutputModes::ONOCR | OutputModes::ONLRET);
    modes.control_modes |= ControlModes::CREAD;
    modes.local_modes |= LocalModes::ISIG
        | LocalModes::ICANON
        | LocalModes::IEXTEN
        | LocalModes::ECHO
        | LocalModes::ECHOE
        | LocalModes::ECHOK
        | LocalModes::ECHOCTL
        | LocalModes::ECHOKE;
    modes.local_modes &= !(LocalModes::ECHONL
        | LocalModes::NOFLSH
        | LocalModes::TOSTOP
        | LocalModes::ECHOPRT
        | LocalModes::EXTPROC);
    tcsetattr(tty, OptionalActions::Now, &modes)?;
    // What the terminal sent meanwhile, as of its mouse, goes as well.
    tcflush(tty, QueueSelector::IFlush)?;
    Ok(())
}
