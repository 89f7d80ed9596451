//! What a program wrote to its terminal, taken apart by rules of the tests' own: nothing but what the reader itself says
//! may be there.

/// How many marks may follow one character.
const MARKS: usize = 12;

/// Commands to the terminal (`OSC`) that the program gives by itself: the ground is asked for, the clipboard filled, links
/// to addresses of the web made and ended.
const COMMANDS: [&str; 2] = ["11;?", "52;c;"];

/// The only string of commands (`DCS`): asking for the style.
const DEVICE: &str = "$qm";

/// What is wrong with the first byte that should not be there.
///
/// `question` is what the program asks at its start; its samples are of the kind that nothing else may send.
pub(crate) fn fault(written: &[u8], question: &[u8]) -> Option<String> {
    let written = without(written, question);
    let text = match std::str::from_utf8(&written) {
        Ok(text) => text,
        // A frame may be cut off at the end.
        Err(error) if written.len() - error.valid_up_to() < 4 => {
            std::str::from_utf8(&written[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(error) => return Some(format!("not UTF-8 at byte {}", error.valid_up_to())),
    };
    let mut rest = text;
    let mut marks = 0;
    while let Some(c) = rest.chars().next() {
        let before = &text[..text.len() - rest.len()];
        let told = |what: &str| {
            let near: String = before.chars().rev().take(60).collect();
            let near: String = near.chars().rev().collect();
            Some(format!("{what} behind {near:?}, before {:?}", first(rest)))
        };
        if c == '\u{1b}' {
            match sequence(rest) {
                Some(length) => rest = &rest[length..],
                None => return told("a sequence"),
            }
            marks = 0;
            continue;
        }
        match c {
            '\r' | '\n' => {}
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => return told("a control"),
            '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {
                return told("a bidirectional control");
            }
            '\u{2028}' | '\u{2029}' => return told("a separator"),
            '\u{ad}'
            | '\u{200b}'..='\u{200d}'
            | '\u{2060}'..='\u{2064}'
            | '\u{feff}'
            | '\u{fe0f}' => {
                return told("an invisible character");
            }
            '\u{e0000}'..='\u{e007f}' => return told("a tag"),
            _ => {}
        }
        if matches!(c, '\u{300}'..='\u{36f}') {
            marks += 1;
            if marks > MARKS {
                return told("too many marks");
            }
        } else {
            marks = 0;
        }
        rest = &rest[c.len_utf8()..];
    }
    None
}

/// Length of the sequence at the start, if the program may send it. One that is cut off at the end may.
fn sequence(text: &str) -> Option<usize> {
    let body = text.get(1..)?;
    match body.chars().next() {
        None => Some(1),
        Some('[') => {
            let body = &body[1..];
            let end = body.find(|c: char| ('@'..='~').contains(&c));
            let Some(end) = end else {
                return Some(text.len());
            };
            let known = body[..end]
                .chars()
                .all(|c| c.is_ascii_digit() || ";:?<>=$! ".contains(c));
            // Nothing that prints, reports or changes the keyboard's meaning beyond what the reader needs.
            let last = body[end..].chars().next()?;
            (known && "HGABCDKJXLMSTPdmrhlucnpq@".contains(last)).then_some(end + 3)
        }
        Some(kind @ (']' | 'P')) => {
            let body = &body[1..];
            let end = body.find(['\u{7}', '\u{1b}']);
            let Some(end) = end else {
                return Some(text.len());
            };
            let said = &body[..end];
            let known = match kind {
                'P' => said == DEVICE,
                _ if said.starts_with("8;id=k") => {
                    let address = said.splitn(3, ';').nth(2).unwrap_or_default();
                    address.starts_with("http://") || address.starts_with("https://")
                }
                _ if said == "8;;" => true,
                _ => COMMANDS.iter().any(|command| said.starts_with(command)),
            };
            let closes = if body[end..].starts_with('\u{7}') {
                1
            } else if body[end..].starts_with("\u{1b}\\") {
                2
            } else {
                return None;
            };
            (known && !said.contains("PWN")).then_some(2 + end + closes)
        }
        Some('7' | '8' | '\\') => Some(2),
        _ => None,
    }
}

/// The texts that were sent to the clipboard (`OSC 52`).
pub(crate) fn copied(written: &[u8]) -> Vec<String> {
    let written = String::from_utf8_lossy(written);
    let parts = written.split("\u{1b}]52;c;").skip(1);
    parts
        .filter_map(|part| {
            let end = part.find(['\u{7}', '\u{1b}'])?;
            Some(String::from_utf8(base64(&part[..end])).unwrap())
        })
        .collect()
}

/// Decodes base64 (RFC 4648, 4).
fn base64(text: &str) -> Vec<u8> {
    let digit = |b: u8| match b {
        b'A'..=b'Z' => b - b'A',
        b'a'..=b'z' => b - b'a' + 26,
        b'0'..=b'9' => b - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        other => panic!("{other} is no base64"),
    };
    let (mut out, mut bits, mut have) = (Vec::new(), 0u32, 0);
    for byte in text.trim_end_matches('=').bytes() {
        bits = bits << 6 | u32::from(digit(byte));
        have += 6;
        if have >= 8 {
            have -= 8;
            out.push((bits >> have & 0xff) as u8);
        }
    }
    out
}

fn first(text: &str) -> String {
    text.chars().take(30).collect()
}

/// The bytes without each occurrence of a part.
pub(crate) fn without(bytes: &[u8], part: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if !part.is_empty() && bytes[at..].starts_with(part) {
            at += part.len();
        } else {
            kept.push(bytes[at]);
            at += 1;
        }
    }
    kept
}

#[test]
fn faults_are_found() {
    for (written, faulty) in [
        ("乌镇\u{1b}[1;2H“e\u{301}\u{1b}[38;2;1;2;3m\r\n", false),
        (
            "\u{1b}[?1049h\u{1b}[?2026l\u{1b}[>1u\u{1b}[?25h\u{1b}[",
            false,
        ),
        (
            "\u{1b}]11;?\u{1b}\\\u{1b}P$qm\u{1b}\\\u{1b}]52;c;5LmM\u{7}",
            false,
        ),
        ("\u{1b}]0;PWN\u{7}", true),
        ("\u{1b}]52;c;PWN\u{7}", true),
        ("\u{1b}]8;id=k1;https://a\u{1b}\\a\u{1b}]8;;\u{1b}\\", false),
        ("\u{1b}]8;id=k1;file://a\u{1b}\\", true),
        ("\u{1b}]8;;https://a\u{7}", true),
        ("\u{1b}_G\u{1b}\\", true),
        ("\u{1b}[5i", true),
        ("\u{7}", true),
        ("\u{9b}31m", true),
        ("\u{202e}", true),
        ("\u{200b}", true),
        ("\u{e0041}", true),
        ("\u{1b}c", true),
    ] {
        let found = fault(written.as_bytes(), b"");
        assert_eq!(found.is_some(), faulty, "{written:?}: {found:?}");
    }
    let many = format!("e{}", "\u{301}".repeat(40));
    assert!(fault(many.as_bytes(), b"").is_some());
    assert!(fault(b"a\xffbcdef", b"").is_some());
}
