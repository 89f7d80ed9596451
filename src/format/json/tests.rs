//! Splitting and parsing of what is JSON, nearly JSON, and hostile.

#![allow(clippy::unwrap_used)]

use super::parse::parse;
use super::split::split_text;
use super::tree::{Sort, Value};
use super::wrong::Wrong;
use crate::article::Diagnostic;
use crate::format::report::Report;

fn records(text: &str) -> (Vec<(&str, usize, u32)>, Vec<Diagnostic>) {
    let split = split_text(text, Report::new("f"));
    let column = |at: usize| split.columns.get(at).copied().unwrap_or(0);
    let stretches = split.records.iter().flat_map(|r| r.stretches());
    let found = stretches.enumerate().map(|(at, s)| {
        let part = text[s.start..s.end].trim_end();
        (part, s.line, column(at))
    });
    (found.collect(), split.found)
}

fn places(found: &[Diagnostic]) -> Vec<(u32, u32)> {
    found.iter().map(|d| (d.line, d.column)).collect()
}

/// A value as it would be written without spaces.
fn shown(value: Value<'_>) -> String {
    match value.sort() {
        Sort::Array => {
            let items: Vec<String> = value.items().map(shown).collect();
            format!("[{}]", items.join(","))
        }
        Sort::Object => {
            let members = value.members();
            let members: Vec<String> = members
                .map(|(key, value)| format!("{}:{}", shown(key), shown(value)))
                .collect();
            format!("{{{}}}", members.join(","))
        }
        Sort::Text => format!("'{}'", value.text().unwrap()),
        Sort::Null => "null".to_owned(),
        Sort::Bool | Sort::Number => value.raw().to_owned(),
    }
}

#[test]
fn records_are_lines_objects_or_members_of_a_list() {
    let pretty = "{\n  \"a\": {\n    \"b\": \"}\\\"{\"\n  }\n}\n{\n  \"a\": 2\n}\n";
    for (text, want) in [
        (
            "{\"a\":1}\n\n{\"a\":2}",
            vec![("{\"a\":1}", 1, 0), ("{\"a\":2}", 3, 0)],
        ),
        (
            pretty,
            vec![
                ("{\n  \"a\": {\n    \"b\": \"}\\\"{\"\n  }\n}", 1, 0),
                ("{\n  \"a\": 2\n}", 6, 0),
            ],
        ),
        (
            "[{\"甲\":1}, {\"a\":[{}]}]",
            vec![("{\"甲\":1}", 1, 1), ("{\"a\":[{}]}", 1, 10)],
        ),
        (
            "[\n  {\"a\":1},\n  {\"a\":2}\n]\n",
            vec![("{\"a\":1}", 2, 2), ("{\"a\":2}", 3, 2)],
        ),
        (
            "{\"a\":1}{\"a\":2} {\"a\":3}",
            vec![
                ("{\"a\":1}", 1, 0),
                ("{\"a\":2}", 1, 7),
                ("{\"a\":3}", 1, 15),
            ],
        ),
        ("", vec![]),
    ] {
        let (found, faults) = records(text);
        assert_eq!(found, want);
        assert_eq!(faults, [], "{text}");
    }
}

#[test]
fn what_is_cut_off_or_stray_does_not_swallow_what_follows() {
    for (text, want, faults) in [
        // Lines.
        (
            "{\"a\": \"x\n{\"a\":2}",
            vec!["{\"a\": \"x", "{\"a\":2}"],
            vec![],
        ),
        (
            "{\"a\":1}\nx\n{\"a\":2}",
            vec!["{\"a\":1}", "{\"a\":2}"],
            vec![(2, 1)],
        ),
        // Over many lines.
        (
            "{\n  \"a\": [\n    1\n{\n  \"a\": 2\n}\n",
            vec!["{\n  \"a\": [\n    1", "{\n  \"a\": 2\n}"],
            vec![],
        ),
        (
            "{\n  \"a\": [\n    1\n}\n{\n  \"a\": 2\n}\n",
            vec!["{\n  \"a\": [\n    1\n}", "{\n  \"a\": 2\n}"],
            vec![],
        ),
        (
            "{\n\"a\": \"x,\n\"b\": 1\n}\n{\n\"a\": 2\n}\n",
            vec!["{\n\"a\": \"x,\n\"b\": 1\n}", "{\n\"a\": 2\n}"],
            vec![],
        ),
        // In a list.
        (
            "[\n{\"a\": 1,\n{\"a\": 2},\n]\n",
            vec!["{\"a\": 1,", "{\"a\": 2}"],
            vec![(3, 1), (4, 1)],
        ),
        (
            "[{\"a\": 1}, 7, {\"a\": 2}",
            vec!["{\"a\": 1}", "{\"a\": 2}"],
            vec![(1, 12), (1, 23)],
        ),
        (
            "[{\"a\": 1} {\"a\": 2}]",
            vec!["{\"a\": 1}", "{\"a\": 2}"],
            vec![(1, 11)],
        ),
    ] {
        let (found, told) = records(text);
        let found: Vec<&str> = found.into_iter().map(|r| r.0).collect();
        assert_eq!(found, want, "{text}");
        assert_eq!(places(&told), faults, "{text}");
    }
}

#[test]
fn values_are_read_whatever_is_wrong_with_them() {
    use Wrong::*;
    for (text, want, faults) in [
        (
            r#"{"a": [1, -2.5e3, true, null], "b": {}}"#,
            "{'a':[1,-2.5e3,true,null],'b':{}}",
            vec![],
        ),
        (
            r#"{"a": "\u4e59\n\"\\\/\ud83d\ude00"}"#,
            "{'a':'乙\n\"\\/😀'}",
            vec![],
        ),
        (
            r#"{"a": "\udc00x\ud83d"}"#,
            "{'a':'\u{FFFD}x\u{FFFD}'}",
            vec![(7, Surrogate), (14, Surrogate)],
        ),
        (
            r#"{"a": "\x\u12"}"#,
            "{'a':'\\x\\u12'}",
            vec![(7, BadEscape), (9, BadEscape)],
        ),
        (r#"{"a": [1, 2"#, "{'a':[1,2]}", vec![(11, Cut)]),
        (r#"{"a": "x"#, "{'a':'x'}", vec![(8, Cut)]),
        (r#"{"a": 1, "b""#, "{'a':1}", vec![(12, Cut)]),
        (r#"{"a": 1, "b":"#, "{'a':1}", vec![(13, Cut)]),
        (
            r#"{"a": [1,], "b": 2,}"#,
            "{'a':[1],'b':2}",
            vec![(9, TrailingComma), (19, TrailingComma)],
        ),
        (
            r#"{"a" 1 "b": 2}"#,
            "{'a':1,'b':2}",
            vec![(5, NoColon), (7, NoComma)],
        ),
        (
            r#"{"a": , "b"}"#,
            "{'a':null,'b':null}",
            vec![(6, NoValue), (11, NoColon)],
        ),
        (
            r#"{a: NaN, "b": 01}"#,
            "{'a':null,'b':null}",
            vec![(1, NoKey), (4, NoValue), (14, NoValue)],
        ),
        (r#"{"a": [1, 2}"#, "{'a':[1,2]}", vec![(11, Unclosed)]),
        (r#"{"a": 1]}"#, "{'a':1}", vec![(7, Bracket)]),
        (r#"{"a": 1} x"#, "{'a':1}", vec![(9, Behind)]),
        ("{\"a\": \"x\ty\"}", "{'a':'x\ty'}", vec![(8, Control)]),
        (
            "{\"a\": \"x\n, \"b\": 1}",
            "{'a':'x','b':1}",
            vec![(8, OpenString)],
        ),
    ] {
        let (tree, found) = parse(text);
        assert_eq!(shown(tree.root().unwrap()), want, "{text}");
        assert_eq!(found, faults, "{text}");
    }
}

#[test]
fn keys_given_twice_are_found_however_they_are_spelt() {
    let (tree, _) = parse(r#"{"a": 1, "b": {"c": 1, "c": 2}, "\u0061": 2}"#);
    let at: Vec<usize> = tree.repeated().into_iter().map(Value::start).collect();
    assert_eq!(at, [32, 23]);
    let many: Vec<String> = (0..40).map(|n| format!("\"k{}\":0", n % 39)).collect();
    let many = format!("{{{}}}", many.join(","));
    assert_eq!(parse(&many).0.repeated().len(), 1);
}

#[test]
fn hostile_nesting_is_passed_over_and_the_rest_is_read() {
    const LEVELS: usize = 100_000;
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(LEVELS), close.repeat(LEVELS));
        let text = format!("{{\"x\": {deep}, \"y\": 2}}");
        let (tree, faults) = parse(&text);
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].1, Wrong::Deep);
        assert_eq!(tree.root().unwrap().get("y").unwrap().whole(), Some(2));
        let file = format!("{text}\n{}\n{{\"z\": 1}}\n", open.repeat(LEVELS));
        let (found, _) = records(&file);
        assert_eq!(found.last().unwrap().0, "{\"z\": 1}");
    }
    // All that is wrong in one record is not told.
    let (_, faults) = parse(&format!(
        "{{{}}}",
        "x".repeat(9).repeat(3000).replace("xx", "x ")
    ));
    assert!(faults.len() <= 1001);
}
