//! What holds for any file that is nearly JSON: it is read, and its normal form is a fixed point.

use proptest::prelude::*;

use super::testing::{articles, codes, detected, normal};
use crate::format::Format;

const FORMATS: [Format; 5] = [
    Format::Doccano,
    Format::Cluener,
    Format::LabelStudio,
    Format::Spacy,
    Format::DuEe,
];

/// Pieces of records, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("{"),
        Just("}"),
        Just("["),
        Just("]"),
        Just(", "),
        Just(": "),
        Just("\n"),
        Just("\""),
        Just("\\"),
        Just("\\ud83d"),
        Just("\"text\": \"方😀岚\\r\\n来\\n了\""),
        Just("\"label\": [[0, 2, \"X\"], [1, 1.0, \"Y\"]]"),
        Just("\"label\": {\"n\": {\"方\": [[0, 0]]}}"),
        Just("\"spans\": [{\"start\": 0, \"end\": 2, \"label\": \"X\", \"text\": \"方\"}]"),
        Just(
            "\"event_list\": [{\"event_type\": \"e\", \"trigger\": \"来\", \"trigger_start_index\": 5}]"
        ),
        Just(
            "\"data\": {\"text\": \"方岚\"}, \"annotations\": [{\"result\": [{\"id\": 1, \"type\": \"labels\", \"value\": \
              {\"start\": 0, \"end\": 1, \"labels\": [\"X\"]}}]}]"
        ),
        Just(
            "\"entities\": [{\"id\": 1, \"start_offset\": 0, \"end_offset\": 7, \"label\": \"X\"}]"
        ),
        Just("\"relations\": [{\"from_id\": 1, \"to_id\": 1}]"),
        Just("-1"),
        Just("null"),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Records with members in any order and number.
fn records() -> impl Strategy<Value = String> {
    let text = "[方😀a\u{301}\\\\nrt ]{0,6}";
    let span = (-1i32..9, -1i32..9, 0u8..6).prop_map(|(a, b, sort)| match sort {
        0 => format!("[{a}, {b}, \"X\"]"),
        1 => format!("{{\"start\": {a}, \"end\": {b}, \"label\": \"X\", \"text\": \"方\"}}"),
        2 => format!("{{\"id\": {a}, \"start_offset\": {a}, \"end_offset\": {b}, \"label\": \"Y\"}}"),
        3 => format!("{{\"id\": \"{a}\", \"type\": \"labels\", \"value\": {{\"start\": {a}, \"end\": {b}, \"labels\": [\"X\"]}}}}"),
        4 => format!("{{\"event_type\": \"a-b\", \"trigger\": \"方\", \"trigger_start_index\": {a}, \"arguments\": \
                      [{{\"role\": \"r\", \"argument\": \"😀\", \"argument_start_index\": {b}}}]}}"),
        _ => format!("{{\"from_id\": {a}, \"to_id\": {b}, \"type\": \"relation\"}}"),
    });
    let spans = proptest::collection::vec(span, 0..5).prop_map(|spans| spans.join(", "));
    let member = (0usize..9, spans, text).prop_map(|(sort, spans, text)| match sort {
        0 | 1 => format!("\"text\": \"{text}\""),
        2 => format!("\"label\": {{\"n\": {{\"{text}\": [{spans}]}}}}"),
        3 => format!(
            "\"data\": {{\"text\": \"{text}\"}}, \"annotations\": [{{\"result\": [{spans}]}}]"
        ),
        4 => format!("\"event_list\": [{spans}]"),
        5 => format!("\"spans\": [{spans}]"),
        6 => format!("\"entities\": [{spans}]"),
        7 => format!("\"relations\": [{spans}]"),
        _ => format!("\"label\": [{spans}]"),
    });
    let record = proptest::collection::vec(member, 1..6);
    let record = record.prop_map(|members| format!("{{{}}}\n", members.join(", ")));
    proptest::collection::vec(record, 1..4).prop_map(|records| records.concat())
}

fn check(text: &str) {
    detected(text, true);
    detected(text, false);
    for format in FORMATS {
        for article in articles(format, text) {
            assert!(!article.meta.title.is_empty());
            for fault in &article.diagnostics {
                assert_eq!(fault.line == 0, fault.column == 0, "{fault}");
            }
        }
        // What has no place keeps its own numbers, which mean something else where offsets are counted anew.
        if codes(format, text).contains("offset-unit") {
            continue;
        }
        let once = normal(format, format, text);
        if codes(format, &once).contains("offset-unit") {
            continue;
        }
        assert_eq!(normal(format, format, &once), once, "{format}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn near_json_is_read_and_written_again_alike(text in pieces()) {
        check(&text);
    }

    #[test]
    fn records_are_written_again_alike(text in records()) {
        check(&text);
    }
}
