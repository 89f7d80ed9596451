//! A terminal's answers, by the forms of their sequences. What has the form of an answer is never a key.
//!
//! Source: ECMA-48 (CPR, DA), DEC STD 070 (DECRPM, DECRPSS), xterm's ctlseqs (XTVERSION, OSC 11), kitty's keyboard
//! protocol.

use super::parser::Csi;
use crate::runtime::Reply;

/// The answer of a control sequence; `Err` when it has no form of an answer. Answers that nobody asks for are `Ok`
/// as well.
pub(super) fn csi(csi: &Csi<'_>, cursor_awaited: bool) -> Result<Option<Reply>, ()> {
    let number = |index| csi.number(index, 0);
    let small = |index| number(index).and_then(|n| u16::try_from(n).ok());
    let text = || String::from_utf8_lossy(csi.parameters).into_owned();
    Ok(match (csi.marker, csi.between, csi.last) {
        (None, b"", b'R') => {
            let (Some(row), Some(column)) = (small(0), small(1)) else {
                return Err(());
            };
            // F3 with modifiers has the form of the cursor in the first row; kitty's protocol adds a part to it.
            let is_key = row == 1 && (2..=8).contains(&column) && !cursor_awaited;
            if is_key || csi.number(1, 1).is_some() {
                return Err(());
            }
            (row > 0 && column > 0).then(|| Reply::Cursor {
                column: column - 1,
                row: row - 1,
            })
        }
        (Some(b'?'), b"$", b'y') => small(0)
            .zip(small(1))
            .map(|(mode, state)| Reply::Mode { mode, state }),
        (Some(b'?'), b"", b'u') => Some(Reply::Keyboard(small(0).unwrap_or(0))),
        (Some(b'?'), b"", b'c') => Some(Reply::Primary),
        (Some(b'>'), b"", b'c') => Some(Reply::Secondary(text())),
        (None, b"", _) => return Err(()),
        _ => None,
    })
}

/// The answer of an operating system command: the ground's colour.
pub(super) fn osc(text: &[u8]) -> Option<Reply> {
    let colour = std::str::from_utf8(text).ok()?.strip_prefix("11;")?;
    let parts: Vec<&str> = match colour.split_once(':') {
        Some(("rgb" | "rgba", parts)) => parts.split('/').collect(),
        // X11's other form: three numbers of equal length.
        _ => {
            let digits = colour.strip_prefix('#').filter(|d| d.is_ascii())?;
            let length = (digits.len() / 3).max(1);
            (0..3)
                .map(|n| digits.get(n * length..(n + 1) * length).unwrap_or_default())
                .collect()
        }
    };
    let mut levels = parts.into_iter().map(level);
    let mut next = || levels.next().flatten();
    Some(Reply::Ground([next()?, next()?, next()?]))
}

/// One to four hexadecimal digits as a share of the most that they can say, of 255.
fn level(digits: &str) -> Option<u8> {
    if !(1..=4).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let most = (1_u32 << (4 * digits.len())) - 1;
    let value = u32::from_str_radix(digits, 16).ok()?;
    u8::try_from((value * 255 + most / 2) / most).ok()
}

/// The answer of a device control string: name and version, or the style in force.
pub(super) fn dcs(text: &[u8]) -> Option<Reply> {
    let text = String::from_utf8_lossy(text);
    if let Some(name) = text.strip_prefix(">|") {
        let printable = |c: &char| !c.is_control() && !crate::text::is_unsafe(*c);
        return Some(Reply::Version(name.chars().filter(printable).collect()));
    }
    let style = text.strip_prefix("1$r")?.strip_suffix('m')?;
    Some(Reply::Style(style.to_owned()))
}
