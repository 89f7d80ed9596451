//! Every encoding is read for what it is, and what is not sure is said.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, GB18030, SHIFT_JIS};
use kanbao::article::{Certainty, Encoding};
use kanbao::format::{Decoded, decode_bytes};

const SIMPLIFIED: &str = "　　水乡的早晨很安静，桥下的船还没有动。\n　　茶馆的门开着，老人坐在窗边读报，说今年的冬天来得早一些。\n　　学校门口，孩子们在等车。";
const TRADITIONAL: &str = "　　水鄉的早晨很安靜，橋下的船還沒有動。\n　　茶館的門開著，老人坐在窗邊讀報，說今年的冬天來得早一些。\n　　學校門口，孩子們在等車。";
const JAPANESE: &str = "　朝の港は静かで、橋の下の船はまだ動いていない。\n　老人は窓のそばで新聞を読み、今年の冬は早いと言った。\n";
const KOREAN: &str = "물가의 아침은 조용하고 다리 아래의 배는 아직 움직이지 않는다.\n노인은 창가에서 신문을 읽으며 올해 겨울은 이르다고 말했다.\n";

fn utf16(text: &str, little: bool) -> Vec<u8> {
    text.encode_utf16()
        .flat_map(|unit| {
            if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        })
        .collect()
}

/// As RFC 1843 has it, a bracket around each run of Han.
fn hz(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut wide = false;
    for c in text.chars() {
        if c.is_ascii() == wide {
            out.extend_from_slice(if wide { b"~}" } else { b"~{" });
            wide = !wide;
        }
        let c = c.to_string();
        let (bytes, _, _) = GB18030.encode(&c);
        out.extend(bytes.iter().map(|b| b & 0x7F));
    }
    if wide {
        out.extend_from_slice(b"~}");
    }
    out
}

fn found(bytes: &[u8]) -> (Encoding, Certainty) {
    let Decoded { recognised, .. } = decode_bytes(bytes, None);
    (recognised.encoding, recognised.certainty)
}

#[test]
fn each_encoding_is_recognised_and_decoded() {
    use Certainty::{Certain, Likely};
    let legacy = |encoding: &'static encoding_rs::Encoding, text: &str| {
        let (bytes, _, bad) = encoding.encode(text);
        assert!(!bad);
        bytes.into_owned()
    };
    let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
    for (bytes, text, encoding, certainty) in [
        (SIMPLIFIED.into(), SIMPLIFIED, Encoding::Utf8, Certain),
        (
            marked(b"\xEF\xBB\xBF", SIMPLIFIED.into()),
            SIMPLIFIED,
            Encoding::Utf8,
            Certain,
        ),
        (
            legacy(GB18030, SIMPLIFIED),
            SIMPLIFIED,
            Encoding::Gb18030,
            Likely,
        ),
        (hz(SIMPLIFIED), SIMPLIFIED, Encoding::Hz, Likely),
        (
            legacy(BIG5, TRADITIONAL),
            TRADITIONAL,
            Encoding::Big5,
            Likely,
        ),
        (
            legacy(SHIFT_JIS, JAPANESE),
            JAPANESE,
            Encoding::ShiftJis,
            Likely,
        ),
        (legacy(EUC_JP, JAPANESE), JAPANESE, Encoding::EucJp, Likely),
        (legacy(EUC_KR, KOREAN), KOREAN, Encoding::EucKr, Likely),
        (
            marked(b"\xFF\xFE", utf16(SIMPLIFIED, true)),
            SIMPLIFIED,
            Encoding::Utf16Le,
            Certain,
        ),
        (
            marked(b"\xFE\xFF", utf16(SIMPLIFIED, false)),
            SIMPLIFIED,
            Encoding::Utf16Be,
            Certain,
        ),
        (
            utf16(SIMPLIFIED, true),
            SIMPLIFIED,
            Encoding::Utf16Le,
            Likely,
        ),
        (
            utf16(SIMPLIFIED, false),
            SIMPLIFIED,
            Encoding::Utf16Be,
            Likely,
        ),
        (
            utf16("plain English text\n", true),
            "plain English text\n",
            Encoding::Utf16Le,
            Likely,
        ),
    ] {
        let decoded = decode_bytes(&bytes, None);
        assert_eq!(decoded.text, text, "{encoding}");
        assert_eq!(decoded.form.undecodable, 0, "{encoding}");
        assert_eq!(found(&bytes), (encoding, certainty), "{encoding}");
        // What was asked for goes before what it looks like.
        let asked = decode_bytes(&bytes, Some(Encoding::Windows1252));
        assert_eq!(asked.recognised.encoding, Encoding::Windows1252);
    }
}

#[test]
fn what_is_damaged_stays_what_it_was() {
    let mut bytes = SIMPLIFIED.as_bytes().to_vec();
    bytes[10] = 0xFF;
    let decoded = decode_bytes(&bytes, None);
    assert_eq!(decoded.recognised.encoding, Encoding::Utf8);
    assert!(decoded.form.undecodable > 0 && decoded.undecodable_bytes >= decoded.form.undecodable);
    assert!(decoded.text.contains("茶馆的门"));
    assert_eq!(decoded.undecodable_at, Some((1, 4)));
    for bytes in [&b"caf\xE9 one"[..], b"a\0b", b"hello\0world"] {
        assert_eq!(found(bytes).0, Encoding::Utf8);
    }
    let (mut bytes, _, _) = GB18030.encode(SIMPLIFIED);
    bytes.to_mut().push(0x81);
    let decoded = decode_bytes(&bytes, None);
    assert_eq!(decoded.recognised.encoding, Encoding::Gb18030);
    assert_eq!(decoded.undecodable_bytes, 1);
}

#[test]
fn what_a_file_declares_is_held_against_its_bytes() {
    let xml = |declared: &str| {
        format!("<?xml version=\"1.0\" encoding=\"{declared}\"?>\n<a>水乡的船</a>\n")
    };
    let text = xml("GB2312");
    let (bytes, _, _) = GB18030.encode(&text);
    let decoded = decode_bytes(&bytes, None);
    assert_eq!(found(&bytes), (Encoding::Gb18030, Certainty::Certain));
    assert_eq!(decoded.recognised.declared, None);
    let decoded = decode_bytes(xml("gb2312").as_bytes(), None);
    assert_eq!(decoded.recognised.encoding, Encoding::Utf8);
    assert_eq!(decoded.recognised.declared, Some(Encoding::Gb18030));
}

#[test]
fn a_guess_names_what_comes_next() {
    let (bytes, _, _) = GB18030.encode("水乡");
    let recognised = decode_bytes(&bytes, None).recognised;
    assert_eq!(recognised.certainty, Certainty::Guess);
    assert!(recognised.runner_up.is_some());
}

#[test]
fn encodings_go_by_the_names_in_use() {
    for encoding in Encoding::ALL {
        assert_eq!(encoding.name().parse(), Ok(encoding));
    }
    for (name, encoding) in [
        ("GBK", Encoding::Gb18030),
        ("gb-2312", Encoding::Gb18030),
        ("Big5-HKSCS", Encoding::Big5),
        ("SJIS", Encoding::ShiftJis),
        ("UTF8", Encoding::Utf8),
    ] {
        assert_eq!(name.parse(), Ok(encoding), "{name}");
    }
    let error = "klingon".parse::<Encoding>().unwrap_err();
    assert!(error.to_string().contains("gb18030"));
}
