//! What terminals send, family by family, and that it matters nowhere how it is cut.

use proptest::prelude::*;

use super::*;
use crate::app::Mouse;
use crate::keys::Code;

/// What the bytes say, in words, when they come in one piece and nothing follows.
fn said(bytes: &[u8]) -> Vec<String> {
    let mut decoder = Decoder::default();
    let mut inputs = decoder.take(bytes);
    inputs.extend(decoder.expire());
    inputs.iter().map(shown).collect()
}

fn shown(input: &Input) -> String {
    match input {
        Input::Key(key) => key.to_string(),
        Input::Paste(text) => format!("paste {text:?}"),
        Input::Mouse(Mouse { at: (x, y), kind }) => format!("{kind:?} at {x},{y}"),
        Input::Focus(focused) => format!("focus {focused}"),
        Input::Reply(reply) => format!("{reply:?}"),
    }
}

#[track_caller]
fn table(rows: &[(&str, &str)]) {
    for (bytes, want) in rows {
        assert_eq!(said(bytes.as_bytes()).join(", "), *want, "{bytes:?}");
    }
}

#[test]
fn text_and_controls() {
    table(&[
        ("jG乌🀄", "j, G, 乌, 🀄"),
        ("\r\t\u{7f}\u{8}", "Enter, Tab, Backspace, Ctrl-H"),
        (
            "\0\u{1}\u{f}\u{1a}\n",
            "Ctrl-Space, Ctrl-A, Ctrl-O, Ctrl-Z, Ctrl-J",
        ),
        (
            "\u{1c}\u{1d}\u{1e}\u{1f}",
            "Ctrl-\\, Ctrl-], Ctrl-^, Ctrl-_",
        ),
        // C1 controls are no keys.
        ("a\u{9b}31mb", "a, 3, 1, m, b"),
        ("\u{1b}", "Esc"),
        ("\u{1b}\u{1b}", "Esc, Esc"),
        (
            "\u{1b}r\u{1b}R\u{1b}乌\u{1b}\r",
            "Alt-r, Alt-R, Alt-乌, Alt-Enter",
        ),
        ("\u{1b}\u{1}\u{1b}\u{7f}", "Ctrl-Alt-A, Alt-Backspace"),
        // The beginnings of sequences are keys where nothing follows.
        ("\u{1b}[", "Alt-["),
        ("\u{1b}O", "Alt-O"),
        ("\u{1b}]", "Alt-]"),
        ("\u{1b}P", "Alt-P"),
    ]);
    assert_eq!(
        said(b"a\xff\xc0b\xe4\xb9j\xe4\xb9\x8c\xf8\x80c\xed\xa0\x80d"),
        ["a", "b", "j", "乌", "c", "d"]
    );
}

#[test]
fn keys_of_old_terminals() {
    table(&[
        ("\u{1b}[A\u{1b}[B\u{1b}[C\u{1b}[D", "Up, Down, Right, Left"),
        ("\u{1b}[H\u{1b}[F\u{1b}OH\u{1b}OF", "Home, End, Home, End"),
        ("\u{1b}OA\u{1b}OP\u{1b}OS\u{1b}[P", "Up, F1, F4, F1"),
        (
            "\u{1b}[1~\u{1b}[4~\u{1b}[7~\u{1b}[8~",
            "Home, End, Home, End",
        ),
        (
            "\u{1b}[2~\u{1b}[3~\u{1b}[5~\u{1b}[6~",
            "Insert, Delete, PageUp, PageDown",
        ),
        (
            "\u{1b}[11~\u{1b}[15~\u{1b}[17~\u{1b}[21~",
            "F1, F5, F6, F10",
        ),
        (
            "\u{1b}[23~\u{1b}[26~\u{1b}[28~\u{1b}[34~",
            "F11, F14, F15, F20",
        ),
        (
            "\u{1b}[1;3C\u{1b}[1;5A\u{1b}[1;2P",
            "Alt-Right, Ctrl-Up, Shift-F1",
        ),
        (
            "\u{1b}[5;5~\u{1b}[3;4~\u{1b}[Z",
            "Ctrl-PageUp, Alt-Shift-Delete, Shift-Tab",
        ),
        // The keypad; Konsole's modifiers; rxvt; the Linux console.
        ("\u{1b}OM\u{1b}Oj\u{1b}Oy\u{1b}OX", "Enter, *, 9, ="),
        ("\u{1b}O2P\u{1b}O1;5Q", "Shift-F1, Ctrl-F2"),
        (
            "\u{1b}[5^\u{1b}[3@\u{1b}[a\u{1b}Oa",
            "Ctrl-PageUp, Ctrl-Shift-Delete, Shift-Up, Ctrl-Up",
        ),
        ("\u{1b}[[A\u{1b}[[E\u{1b}[[F", "F1, F5"),
        // F3 when nothing was asked.
        (
            "\u{1b}[R\u{1b}[1;2R\u{1b}[1;8R",
            "F3, Shift-F3, Ctrl-Alt-Shift-F3",
        ),
        // Modifiers that nothing is bound with.
        ("\u{1b}[1;9A\u{1b}[1;33A", ""),
    ]);
}

#[test]
fn keys_of_new_terminals() {
    table(&[
        // xterm's modifyOtherKeys.
        (
            "\u{1b}[27;5;105~\u{1b}[27;6;111~\u{1b}[27;5;13~",
            "Ctrl-I, Ctrl-O, Ctrl-Enter",
        ),
        // kitty's protocol.
        (
            "\u{1b}[105;5u\u{1b}[27u\u{1b}[9u\u{1b}[13u\u{1b}[127u",
            "Ctrl-I, Esc, Tab, Enter, Backspace",
        ),
        (
            "\u{1b}[97;3u\u{1b}[57399u\u{1b}[57414u\u{1b}[57376u",
            "Alt-a, 0, Enter, F13",
        ),
        ("\u{1b}[97:65;2u\u{1b}[1072::97;5u", "A, Ctrl-а"),
        // Pressed, repeated, let go.
        ("\u{1b}[106;1:1u\u{1b}[106;1:2u\u{1b}[106;1:3u", "j, j"),
        (
            "\u{1b}[1;1:1A\u{1b}[1;1:3A\u{1b}[5;1:3~\u{1b}[1;2:1R",
            "Up, Shift-F3",
        ),
        // The text that was typed; locks leave keys as they are.
        ("\u{1b}[49;2;33u\u{1b}[0;;20044:38215u", "!, 乌, 镇"),
        ("\u{1b}[106;129u\u{1b}[106;65u", "j, j"),
        // Super, a lock, a modifier alone, a control as text.
        ("\u{1b}[106;9u\u{1b}[57358u\u{1b}[57441;2u\u{1b}[128u", ""),
    ]);
}

#[test]
fn pastes_mouse_and_focus() {
    table(&[
        (
            "\u{1b}[200~乌\n\u{1b}[A\u{1b}[201~j",
            "paste \"乌\\n\\u{1b}[A\", j",
        ),
        ("\u{1b}[200~\u{1b}[20\u{1b}[201~", "paste \"\\u{1b}[20\""),
        // A paste whose end is lost.
        ("\u{1b}[200~乌", "paste \"乌\""),
        ("\u{1b}[201~", ""),
        (
            "\u{1b}[<0;3;4M\u{1b}[<32;5;4M\u{1b}[<0;5;4m",
            "Press { clicks: 1 } at 2,3, Drag at 4,3, Release at 4,3",
        ),
        (
            "\u{1b}[<64;1;1M\u{1b}[<65;400;300M",
            "Wheel(-1) at 0,0, Wheel(1) at 399,299",
        ),
        // Other buttons, moves, the wheel to the side; places that are none; the form of old.
        ("\u{1b}[<2;3;4M\u{1b}[<35;3;4M\u{1b}[<66;3;4M", ""),
        (
            "\u{1b}[<0;0;4M\u{1b}[<0;70000;4M\u{1b}[<0;3M\u{1b}[M !!j",
            "j",
        ),
        ("\u{1b}[I\u{1b}[O", "focus true, focus false"),
    ]);
}

#[test]
fn answers() {
    table(&[
        (
            "\u{1b}[5;10R\u{1b}[1;80R",
            "Cursor { column: 9, row: 4 }, Cursor { column: 79, row: 0 }",
        ),
        (
            "\u{1b}[?2026;2$y\u{1b}[?2027;0$y",
            "Mode { mode: 2026, state: 2 }, Mode { mode: 2027, state: 0 }",
        ),
        ("\u{1b}[?0u\u{1b}[?5u", "Keyboard(0), Keyboard(5)"),
        (
            "\u{1b}[?62;22;52c\u{1b}[>41;379;0c",
            "Primary, Secondary(\"41;379;0\")",
        ),
        (
            "\u{1b}]11;rgb:ffff/8080/0000\u{1b}\\",
            "Ground([255, 128, 0])",
        ),
        ("\u{1b}]11;rgb:f/8/0\u{7}", "Ground([255, 136, 0])"),
        (
            "\u{1b}]11;rgba:ffff/0000/8080/ffff\u{7}\u{1b}]11;#102030\u{7}",
            "Ground([255, 0, 128]), Ground([16, 32, 48])",
        ),
        (
            "\u{1b}]11;?\u{7}\u{1b}]11;rgb:x/0/0\u{7}\u{1b}]11;#乌\u{7}\u{1b}]10;rgb:0/0/0\u{7}",
            "",
        ),
        (
            "\u{1b}P>|kitty(0.26.5)\u{1b}\\",
            "Version(\"kitty(0.26.5)\")",
        ),
        ("\u{1b}P>|a\u{7}b\u{9b}c\u{1b}\\", "Version(\"abc\")"),
        (
            "\u{1b}P1$r0;48:2::1:2:3m\u{1b}\\\u{1b}P0$r\u{1b}\\",
            "Style(\"0;48:2::1:2:3\")",
        ),
    ]);
}

#[test]
fn f3_is_told_from_the_cursor_by_what_was_asked() {
    let mut decoder = Decoder::default();
    decoder.expect(2);
    let mut said =
        |bytes: &[u8]| -> Vec<String> { decoder.take(bytes).iter().map(shown).collect() };
    assert_eq!(
        said(b"\x1b[1;2R\x1b[R"),
        ["Cursor { column: 1, row: 0 }", "F3"]
    );
    assert_eq!(
        said(b"\x1b[1;2R\x1b[1;2R"),
        ["Cursor { column: 1, row: 0 }", "Shift-F3"]
    );
    decoder.expect(2);
    let said: Vec<String> = decoder
        .take(b"\x1b[?6c\x1b[?6c\x1b[1;2R")
        .iter()
        .map(shown)
        .collect();
    assert_eq!(
        said.last().map(String::as_str),
        Some("Shift-F3"),
        "behind the last answer no other comes"
    );
}

#[test]
fn what_is_unknown_is_swallowed_whole() {
    let long = format!("\u{1b}]52;c;{}\u{7}j", "A".repeat(100_000));
    let many = format!("\u{1b}[{}mj", "1;".repeat(1000));
    table(&[
        (
            "\u{1b}[?997;1n\u{1b}[0n\u{1b}[8;24;80t\u{1b}[1;2;3;4;5x\u{1b}[3 qj",
            "j",
        ),
        ("\u{1b}[?1;10R\u{1b}[12;1$yj", "j"),
        (
            "\u{1b}_Gi=31;OK\u{1b}\\\u{1b}^pm\u{1b}\\\u{1b}Xsos\u{1b}\\j",
            "j",
        ),
        ("\u{1b}]52;c;5LmM\u{7}\u{1b}P!|00000000\u{1b}\\j", "j"),
        // Given up, or cut off by another sequence.
        (
            "\u{1b}[12\u{18}j\u{1b}]11;rgb\u{1a}k\u{1b}[1\u{1b}[A\u{1b}]11;\u{1b}[B",
            "j, k, Up, Down",
        ),
        (&long, "j"),
        (&many, "j"),
    ]);
}

#[test]
fn what_is_unfinished_waits_by_what_it_is() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.wait(true), None);
    let mut waits = Vec::new();
    for bytes in ["\u{1b}", "[", "200", "~", "乌"] {
        assert_eq!(decoder.take(bytes.as_bytes()), []);
        waits.push(decoder.wait(true).unwrap());
    }
    assert!(
        waits.is_sorted() && waits[0] <= std::time::Duration::from_millis(50),
        "{waits:?}"
    );
    // What comes late of a paste is still no key, unless nothing came for very long.
    let pasted = |text: &str| Input::Paste(text.to_owned());
    assert_eq!(decoder.expire(), [pasted("乌")]);
    assert!(decoder.wait(false) > waits.last().copied());
    let key = Input::Key(crate::keys::Key::char('j'));
    let rest = "q\rq\u{1b}[201~j".as_bytes();
    assert_eq!(decoder.take(rest), [pasted("q\rq"), key.clone()]);
    assert_eq!(decoder.take("\u{1b}[200~".as_bytes()), []);
    assert_eq!(decoder.expire(), [pasted("")]);
    assert_eq!(decoder.expire(), []);
    assert_eq!(decoder.take(b"j"), [key]);
    assert_eq!(decoder.wait(true), None);
    // Where an answer is awaited, its beginning is one for longer.
    for opened in ["\u{1b}", "\u{1b}]", "\u{1b}P", "\u{1b}["] {
        let mut decoder = Decoder::default();
        decoder.expect(1);
        assert_eq!(decoder.take(opened.as_bytes()), []);
        assert!(decoder.wait(true) > decoder.wait(false), "{opened:?}");
    }
    // A torn answer is dropped after a while, and keys are keys again.
    for torn in [
        "\u{1b}[12;",
        "\u{1b}]11;rgb",
        "\u{1b}P>|x\u{1b}",
        "\u{1b}[M!",
    ] {
        assert_eq!(decoder.take(torn.as_bytes()), []);
        assert_eq!(decoder.expire(), []);
        assert_eq!(
            decoder.take(b"j"),
            [Input::Key(crate::keys::Key::char('j'))]
        );
    }
}

#[test]
fn a_lost_end_can_be_given_up() {
    let key = Input::Key(crate::keys::Key::char('j'));
    for begun in ["\u{1b}[200~x", "\u{1b}P>|x", "\u{1b}]11;r", "\u{1b}[1"] {
        let mut decoder = Decoder::default();
        assert_eq!(decoder.take(begun.as_bytes()), []);
        decoder.give_up();
        assert_eq!(decoder.take(b"j"), std::slice::from_ref(&key), "{begun:?}");
    }
    // The end of a string that another sequence has cut off is no key with Alt; the next one is.
    let mut decoder = Decoder::default();
    let cut = decoder.take(b"\x1bP>|x\x1b[31my\x1b\\j\x1b\\");
    let alt = crate::keys::Key::new(crate::keys::Code::Char('\\'), false, true, false);
    let typed = crate::keys::Key::char('y');
    assert_eq!(cut, [Input::Key(typed), key, Input::Key(alt)]);
}

#[test]
fn a_paste_too_long_is_cut_behind_a_character() {
    let text = "乌".repeat(500_000);
    let paste = format!("\u{1b}[200~{text}\u{1b}[201~j");
    let inputs = Decoder::default().take(paste.as_bytes());
    let [Input::Paste(kept), Input::Key(_)] = inputs.as_slice() else {
        panic!("{} inputs", inputs.len());
    };
    assert!(text.starts_with(kept.as_str()));
    assert!(
        (1_000_000..=1 << 20).contains(&kept.len()),
        "{}",
        kept.len()
    );
}

/// Pieces of all families, whole and torn, and bytes of any kind.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    let known = prop::sample::select(vec![
        "j",
        "乌",
        "\u{1b}",
        "\u{1b}[A",
        "\u{1b}OP",
        "\u{1b}[1;5C",
        "\u{1b}[27;5;105~",
        "\u{1b}[97:65;2:1;65u",
        "\u{1b}[200~乌\n镇\u{1b}[201~",
        "\u{1b}[200~",
        "\u{1b}[<65;3;4M",
        "\u{1b}[I",
        "\u{1b}[5;10R",
        "\u{1b}[?2026;2$y",
        "\u{1b}[?1u",
        "\u{1b}]11;rgb:ff/ff/ff\u{7}",
        "\u{1b}P>|x 1\u{1b}\\",
        "\u{1b}[?62c",
        "\u{1b}[[A",
        "\u{1b}[M !!",
        "\u{1b}_x\u{1b}\\",
        "\u{18}",
        "\u{9b}",
        "[",
        "O",
        "~",
    ]);
    let piece = prop_oneof![
        4 => known.prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 1..6),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn cuts_change_nothing(bytes in stream()) {
        let mut whole = Decoder::default();
        let want = whole.take(&bytes);
        let rest = whole.expire();
        for cut in 0..=bytes.len() {
            let mut decoder = Decoder::default();
            let mut inputs = decoder.take(&bytes[..cut]);
            inputs.extend(decoder.take(&bytes[cut..]));
            prop_assert_eq!(&inputs, &want, "cut at {}", cut);
            prop_assert_eq!(&decoder.expire(), &rest, "cut at {}", cut);
        }
        let mut decoder = Decoder::default();
        let single: Vec<Input> = bytes.iter().flat_map(|byte| decoder.take(&[*byte])).collect();
        prop_assert_eq!(single, want);
    }

    #[test]
    fn no_garbage_types_a_control(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut decoder = Decoder::default();
        let mut inputs = decoder.take(&bytes);
        inputs.extend(decoder.expire());
        for input in inputs {
            match input {
                Input::Key(key) => {
                    let typed = matches!(key.code, Code::Char(c) if c.is_control());
                    prop_assert!(!typed, "{:?}", key);
                }
                Input::Reply(Reply::Version(text)) => prop_assert!(!text.contains(char::is_control)),
                _ => {}
            }
        }
    }
}
