//! What holds for any file: no reader panics, and everything it makes is within the text.

use kanbao::article::Article;
use kanbao::format::{File, Files, Format, read};
use proptest::prelude::*;

/// Reads the bytes in every format, the second as annotations, and checks what comes out.
fn read_all(main: &[u8], annotations: &[u8]) {
    for format in Format::ALL {
        let files = Files {
            main: File::new("x/a.txt", main),
            annotations: Some(File::new("x/a.ann", annotations)),
        };
        match read(*format, files) {
            Ok(article) => check(&article),
            Err(error) => {
                let said = error.to_string();
                assert!(
                    said.starts_with("x/a.") && !error.remedy.is_empty(),
                    "{said}"
                );
                assert!(!said.contains('\n'), "{said}");
            }
        }
    }
}

fn check(article: &Article) {
    let whole = article.text.whole();
    assert!(!article.meta.title.is_empty());
    for block in article.text.blocks() {
        assert!(!whole.get(block.span.range()).unwrap().is_empty());
    }
    for mention in article.annotations.mentions() {
        assert!(!mention.spans().is_empty());
        assert_eq!(mention.spans().len(), mention.source_spans().len());
        for span in mention.spans() {
            assert!(!whole.get(span.range()).unwrap().is_empty());
        }
    }
    for fault in &article.diagnostics {
        assert!(
            !fault.message.is_empty() && !fault.remedy.is_empty(),
            "{fault}"
        );
        assert_eq!(fault.line == 0, fault.column == 0, "{fault}");
        assert!(!fault.to_string().contains('\n'), "{fault}");
    }
}

/// Pieces of native files, in any order.
fn native() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("headline = \"乌镇峰会\"\n"),
        Just("body = \"\"\"\n## 节\n彭 飞在乌镇说IPv6，乌镇峰会。\n\"\"\"\n"),
        Just("byline = [\"彭 飞\", 3]\n"),
        Just("[[entity]]\n"),
        Just("[[mention]]\n"),
        Just("[[exclude]]\n"),
        Just("[[relation]]\n"),
        Just("[[event]]\n"),
        Just("[[note]]\n"),
        Just("name = \"乌镇\"\n"),
        Just("name = \"彭飞\"\naliases = [\"乌镇峰会\", \"\"]\n"),
        Just("entity = \"乌镇\"\n"),
        Just("text = \"乌镇\"\n"),
        Just("text = [\"彭\", \"镇\"]\n"),
        Just("occurrence = 2\n"),
        Just("label = \"x\"\n"),
        Just("mention = \"乌镇\"\n"),
        Just("from = \"乌镇\"\nto = \"彭飞\"\n"),
        Just("args = [{ role = \"a\", entity = \"乌镇\" }, 3]\n"),
        Just("trigger = \"说\"\n"),
        Just("attributes = { a = true, b = [1] }\n"),
        Just("\"\"\"\n"),
        Just("= ]\u{0}\r\n"),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Lines that look like brat.
fn brat() -> impl Strategy<Value = String> {
    let id = "[TERAMN#*]{1}[0-3]?";
    let line = (
        id,
        "[A-Z: ]{0,3}",
        0u32..14,
        0u32..14,
        "[;\t T1E:乌\r]{0,8}",
    )
        .prop_map(|(id, label, a, b, rest)| format!("{id}\t{label}L {a} {b}{rest}\n"));
    let sound = (0usize..4, 0u32..9, 1u32..9)
        .prop_map(|(n, a, len)| format!("T{n}\tL {a} {}\t乌\n", a + len));
    let other = prop_oneof![
        Just("E1\tL:T1 Role:E1 Role:T2\n".to_owned()),
        Just("R1\tL Arg1:T1 Arg2:E1\n".to_owned()),
        Just("*\tEquiv T1 T2 T0\n".to_owned()),
        Just("A1\tX T1 v\n#1\tN A1\t话\n".to_owned()),
    ];
    proptest::collection::vec(prop_oneof![line, sound, other], 0..16)
        .prop_map(|lines| lines.concat())
}

proptest! {
    #[test]
    fn any_bytes_are_read(
        main in proptest::collection::vec(any::<u8>(), 0..200),
        annotations in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        read_all(&main, &annotations);
    }

    #[test]
    fn any_text_is_read(main in "\\PC{0,60}", annotations in "([TERAMN#*][0-9]?\t?\\PC{0,12}\n){0,6}") {
        read_all(main.as_bytes(), annotations.as_bytes());
    }

    #[test]
    fn near_native_files_are_read(main in native()) {
        read_all(main.as_bytes(), b"");
    }

    #[test]
    fn near_brat_files_are_read(
        main in "\u{FEFF}?[乌镇a😀\r\n 　]{0,14}",
        annotations in brat(),
    ) {
        read_all(main.as_bytes(), annotations.as_bytes());
    }
}
