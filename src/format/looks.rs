//! How much of a file is looked at to tell its format: a little of each, more where that little says nothing.

use std::borrow::Cow;

use memchr::memmem;

use super::decode::decode_bytes;
use super::detect::{Format, detect};
use super::encoding::{marked, utf16};
use super::entry::{Confidence, Look, Sign};
use super::json;
use crate::article::Encoding;

/// So much is looked at of every file, in bytes.
pub const FIRST_LOOK: usize = 1 << 15;
/// So much where records of JSON have not told, or a text may hold markup further on, in bytes.
const SECOND_LOOK: usize = 1 << 20;
/// So much where the first record of JSON goes on even then, in bytes.
const THIRD_LOOK: usize = 1 << 25;
/// So much where that is one string almost as a whole, in bytes: it is all that can be held.
const LAST_LOOK: usize = 1 << 30;

/// Why more is to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum More {
    /// The records that were seen do not tell.
    Records,
    /// Not even one record was seen.
    Record,
    /// A text may hold markup further on.
    Markup,
    /// The name is that of a format of lines, and no line of it was seen.
    Lines,
}

/// The format of a file by its name and its first bytes, at most [`FIRST_LOOK`]. `more` gives so many bytes from its
/// start, where the first are not enough.
pub fn recognise<'b>(
    name: &str,
    first: &[u8],
    encoding: Option<Encoding>,
    more: &dyn Fn(usize) -> Cow<'b, [u8]>,
) -> Option<(Format, Sign)> {
    let whole = first.len() < FIRST_LOOK;
    let (mut found, mut needed) = look_at(name, first, whole, encoding);
    let is_wide = marked(first).is_some_and(|(encoding, _)| encoding != Encoding::Utf8)
        || utf16(first).is_some();
    let mut seen = first.len();
    for most in [SECOND_LOOK, THIRD_LOOK, LAST_LOOK] {
        let is_worth = match needed {
            None => false,
            Some(More::Record) => true,
            Some(More::Records | More::Markup | More::Lines) => most == SECOND_LOOK,
        };
        if !is_worth {
            break;
        }
        let bytes = more(most);
        let rest = bytes.get(seen..).unwrap_or(&[]);
        if rest.is_empty() || (needed == Some(More::Markup) && !may_hold_markup(rest)) {
            break;
        }
        seen = bytes.len();
        let is_json = matches!(needed, Some(More::Record | More::Records));
        if !is_json || is_wide {
            (found, needed) = look_at(name, &bytes, seen < most, encoding);
            continue;
        }
        let short = json::shorten(&bytes, SECOND_LOOK);
        let whole = short.is_all && seen < most;
        let start = decode_bytes(&short.bytes, encoding).text;
        (found, needed) = look_on(name, &json::telling(&start, whole), whole);
        if !short.is_all {
            // More of the file would not be looked at either.
            break;
        }
    }
    found
}

fn look_at(
    name: &str,
    bytes: &[u8],
    whole: bool,
    encoding: Option<Encoding>,
) -> (Option<(Format, Sign)>, Option<More>) {
    look_on(name, &decode_bytes(bytes, encoding).text, whole)
}

fn look_on(name: &str, start: &str, whole: bool) -> (Option<(Format, Sign)>, Option<More>) {
    let look = Look { name, start, whole };
    let found = detect(&look);
    (found, needed(&look, found))
}

/// What more is needed than was seen.
fn needed(look: &Look<'_>, found: Option<(Format, Sign)>) -> Option<More> {
    if look.whole || found.is_some_and(|(_, sign)| sign.confidence > Confidence::Guess) {
        return None;
    }
    if json::begins(look) {
        return match found {
            Some(_) => Some(More::Records),
            None => match json::seen(look) {
                json::Seen::Part => Some(More::Record),
                json::Seen::Bare => Some(More::Records),
                json::Seen::Other => None,
            },
        };
    }
    match found {
        None if look.only_shows() => None,
        _ if matches!(look.ending().as_str(), "conllu" | "conll" | "bio" | "tsv") => {
            let is_remark = |line: &str| line.trim().is_empty() || line.starts_with('#');
            look.lines().all(is_remark).then_some(More::Lines)
        }
        None | Some((Format::Text | Format::Brat, _)) => Some(More::Markup),
        Some(_) => None,
    }
}

/// Whether bytes have what the markup of an inline format begins or ends with. In UTF-16 it cannot be told.
fn may_hold_markup(bytes: &[u8]) -> bool {
    const PARTS: [&str; 9] = [
        "[@", "[$", "{{", "}}", "/o", "/n", "/w", "EX TYPE", "ex type",
    ];
    memchr::memchr(0, bytes).is_some()
        || PARTS
            .iter()
            .any(|part| memmem::find(bytes, part.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// The format of a file, and how many bytes of it were read to tell that.
    fn told(name: &str, content: &str) -> (Option<Format>, usize) {
        let bytes = content.as_bytes();
        let upto = |most: usize| bytes.get(..most).unwrap_or(bytes);
        let read = Cell::new(upto(FIRST_LOOK).len());
        let more = |most| {
            read.set(upto(most).len());
            Cow::Borrowed(upto(most))
        };
        let found = recognise(name, upto(FIRST_LOOK), None, &more);
        (found.map(|(format, _)| format), read.get())
    }

    const LONG: usize = 40_000;

    #[test]
    fn a_first_record_may_be_longer_than_the_first_look() {
        let text = "雨".repeat(LONG);
        for (name, record, format) in [
            (
                "a.json",
                r#"[{"data": {"text": "TEXT"}, "annotations": [{"result": [{"from_name": "l", "to_name": "t"}]}]}]"#,
                Format::LabelStudio,
            ),
            (
                "a.jsonl",
                r#"{"text": "TEXT", "spans": [{"start": 0, "end": 2, "label": "PER"}]}"#,
                Format::Spacy,
            ),
            (
                "a.json",
                r#"{"text": "TEXT", "ents": [{"start": 0, "end": 2, "label": "PER"}]}"#,
                Format::Spacy,
            ),
            (
                "a.json",
                r#"{"text": "TEXT", "id": "f", "event_list": []}"#,
                Format::DuEe,
            ),
            (
                "a.json",
                r#"{"text": "TEXT", "label": {"name": {"方岚": [[0, 1]]}}}"#,
                Format::Cluener,
            ),
            (
                "a.jsonl",
                r#"{"text": "TEXT", "label": [[0, 2, "PER"]]}"#,
                Format::Doccano,
            ),
        ] {
            let content = record.replace("TEXT", &text);
            assert_eq!(told(name, &content).0, Some(format), "{record}");
        }
    }

    #[test]
    fn what_a_text_longer_than_any_look_is_followed_by_tells_the_format() {
        let text = "雨".repeat(THIRD_LOOK / 3 + 1);
        for (behind, format) in [
            ("\", \"label\": [[0, 1, \"P\"]]}\n", Some(Format::Doccano)),
            ("\", \"pages\": [1, 2]}\n", None),
            // Nothing is guessed of one that never ends.
            ("", None),
        ] {
            let content = format!("{{\"text\": \"{text}{behind}");
            assert_eq!(told("a.json", &content).0, format, "{behind}");
        }
        let list = format!(
            "[{{\"data\": {{\"text\": \"{text}\"}}, \"annotations\": [{{\"result\": [{{\"from_name\": \"l\"}}]}}]}}]"
        );
        assert_eq!(told("a.json", &list).0, Some(Format::LabelStudio));
    }

    #[test]
    fn a_record_of_no_format_is_given_up_at_the_first_look() {
        let rows = "{\"text\": \"雨\", \"rows\": [1, 2]}, ".repeat(40_000);
        for begin in [
            "{\"data\": [",
            "{\"name\": \"a\", \"features\": [",
            "[{\"images\": [",
        ] {
            let content = format!("{begin}{rows}");
            assert_eq!(told("a.json", &content), (None, FIRST_LOOK), "{begin}");
        }
    }

    #[test]
    fn markup_may_stand_behind_the_first_look() {
        let text = "林小满说，风大了。\n".repeat(2000);
        for (name, markup, format) in [
            ("a.txt", "[@林小满#Person*]去风城。\n", Format::Yedda),
            ("a.ann", "[@林小满#Person*]去风城。\n", Format::Yedda),
            (
                "a",
                "<ENAMEX TYPE=\"PERSON\">林小满</ENAMEX>去风城。\n",
                Format::Enamex,
            ),
        ] {
            let content = format!("{text}{markup}");
            assert_eq!(told(name, &content).0, Some(format), "{name}: {markup}");
            assert_eq!(told("README.md", &content), (None, FIRST_LOOK), "{markup}");
        }
        let boson = "{{person_name:林小满}}去{{location:风城}}。\n";
        assert_eq!(
            told("a.txt", &format!("{text}{}", boson.repeat(200))).0,
            Some(Format::Boson)
        );
        // Of a text that shows the markup once, not every line is an article.
        let once = told("a.txt", &format!("{text}{boson}{text}"));
        assert_eq!(once.0, Some(Format::Text));
        let line = format!("{}/o 林小满/nr 去/o 风城/ns\n", "雨".repeat(FIRST_LOOK / 2));
        assert_eq!(told("a.txt", &line).0, Some(Format::Msra));
    }

    #[test]
    fn what_is_nested_too_deep_is_of_its_format_all_the_same() {
        let deep = |open: &str, inner: &str, close: &str| {
            format!("{}{inner}{}", open.repeat(100_000), close.repeat(100_000))
        };
        let json = format!(
            "{{\"text\": \"x\", \"label\": {}}}\n{{\"text\": \"雨\", \"label\": [[0, 1, \"W\"]]}}\n",
            deep("[", "", "]")
        );
        for (name, content, format) in [
            ("a.jsonl", json, Format::Doccano),
            ("a.txt", deep("{{person_name:", "林", "}}"), Format::Boson),
            (
                "a.txt",
                deep("<ENAMEX TYPE=\"PERSON\">", "林", "</ENAMEX>"),
                Format::Enamex,
            ),
            (
                "a.txt",
                format!("19980101-01-001-001/m  {}", deep("[", "林/nr", "]nt")),
                Format::Pfr,
            ),
        ] {
            assert_eq!(told(name, &content).0, Some(format));
        }
    }

    #[test]
    fn records_without_annotations_may_stand_before_the_first_with_some() {
        let plain = "{\"text\": \"风大了。\", \"meta\": {\"page\": 1}}\n";
        let spans =
            "{\"text\": \"林小满\", \"spans\": [{\"start\": 0, \"end\": 3, \"label\": \"P\"}]}\n";
        let label = "{\"text\": \"林小满\", \"label\": [[0, 3, \"P\"]]}\n";
        for count in [20, 2000] {
            for (last, format) in [(spans, Format::Spacy), (label, Format::Doccano)] {
                let content = plain.repeat(count) + last;
                assert_eq!(told("a.jsonl", &content).0, Some(format), "{count}: {last}");
            }
        }
    }

    #[test]
    fn many_texts_without_annotations_are_what_two_are() {
        for record in [
            "{\"text\": \"风大了。\"}",
            "{\"id\": 7, \"text\": \"风大了。\"}",
            "{\"title\": \"题\", \"text\": \"风大了。\"}",
        ] {
            for name in ["a.json", "a.jsonl"] {
                let few = format!("[{record},\n{record}]");
                let many = format!("[{}{record}]", format!("{record},\n").repeat(3000));
                assert_eq!(told(name, &many).0, told(name, &few).0, "{name}: {record}");
            }
        }
    }

    #[test]
    fn little_is_read_of_what_the_first_look_tells_or_cannot_be_an_article() {
        let text = "林小满说，风大了。\n".repeat(20_000);
        let list = "{\"text\": \"a\", \"list\": [1, 2, 3]},".repeat(4000);
        let list = format!("[{list}{{}}]");
        let config = "{\"dependencies\": {\"a\": \"1.0\"}, \"list\": [1, 2, 3]}\n".repeat(2000);
        let labels = "{\"text\": \"雨\", \"label\": [[0, 1, \"W\"]]}\n".repeat(2000);
        for (name, content, format) in [
            ("a.md", &text, None),
            ("a.json", &config, None),
            ("a.json", &list, None),
            ("a.jsonl", &labels, Some(Format::Doccano)),
        ] {
            assert_eq!(told(name, content), (format, FIRST_LOOK), "{name}");
        }
    }
}
