//! Where in its record the text of a task is written: which strings, and which part of the text each is.

use std::ops::Range;

use super::laid::Laid;
use super::render::{self, Way};
use super::task::task;
use crate::format::entry::Names;
use crate::format::json::{self, Sort, Value};

/// A string of a record that is a part of the text.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::format) struct Strand {
    /// Where it stands, without its quotes, in bytes of the record.
    pub(in crate::format) raw: Range<usize>,
    /// Which bytes of the text it is; the last may go beyond the end.
    pub(in crate::format) text: Range<usize>,
    /// Whether its tags are no text.
    pub(in crate::format) is_html: bool,
}

/// The strings that a text is made of, in its order; none where the record has no text.
pub(in crate::format) fn strands(raw: &str, names: &Names) -> Vec<Strand> {
    let found = json::with_root(raw, |record| {
        let task = task(record, names);
        let shown = task.shown();
        if shown.len() != task.fields.len() {
            return None;
        }
        let is_said = task.has_paragraphs();
        let (_, laid) = Laid::new(&task, shown);
        let mut strands = Vec::new();
        for (number, field) in task.fields.iter().enumerate() {
            let part = laid.part(number)?;
            let (start, end) = part.bytes();
            match part.way {
                Way::Paragraphs(_) => {
                    let keys = render::keys(field.value, is_said)?;
                    let mut at = start;
                    for (value, behind) in render::strings(field.value, &keys) {
                        let length = json::lines(value.word()?).len();
                        strands.push(strand(value, at..at + length, false));
                        at += length + behind;
                    }
                }
                Way::Plain => strands.push(strand(field.value, start..end, false)),
                Way::Put(_) => strands.push(strand(field.value, start..end, true)),
            }
        }
        Some(strands)
    });
    found.unwrap_or_default()
}

fn strand(value: Value<'_>, text: Range<usize>, is_html: bool) -> Strand {
    let start = value.start() + usize::from(value.sort() == Sort::Text);
    Strand {
        raw: start..start + value.raw().len(),
        text,
        is_html,
    }
}
