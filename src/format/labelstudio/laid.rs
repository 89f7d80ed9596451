//! Where the texts of a task lie in that of its article: one below the other, each from a line of its own on.

use std::borrow::Cow;

use super::fields::is_headline;
use super::render::{Shown, Way};
use super::task::Task;
use crate::article::{BlockId, Role, Text};
use crate::format::count::Scale;
use crate::format::record::{is_plain, text_of};

/// The texts of a task in their order.
#[derive(Debug)]
pub(super) struct Laid<'v> {
    parts: Vec<Part<'v>>,
}

/// One of them.
#[derive(Debug)]
pub(super) struct Part<'v> {
    key: Cow<'v, str>,
    pub(super) way: Way,
    /// Its bytes in the text of the article, which has LF.
    bytes: (usize, usize),
    /// How many of what offsets count stand before it, and how many it has.
    units: (u32, u32),
}

impl<'v> Laid<'v> {
    /// Puts texts together.
    pub(super) fn new(task: &Task<'v, '_>, shown: Vec<Shown<'v>>) -> (Cow<'v, str>, Self) {
        let mut whole: Option<Cow<'v, str>> = None;
        let mut parts = Vec::new();
        for (field, Shown { text, way }) in task.fields.iter().zip(shown) {
            let (text, start) = match whole {
                None => (text, 0),
                Some(before) => {
                    let before = before.into_owned() + "\n";
                    let start = before.len();
                    (Cow::Owned(before + &text), start)
                }
            };
            parts.push(Part {
                key: field.key.clone(),
                way,
                bytes: (start, text.len()),
                units: (0, u32::MAX),
            });
            whole = Some(text);
        }
        let whole = whole.unwrap_or_default();
        if parts.len() > 1 && !is_plain(&whole) {
            let shorter = |at: usize| {
                let before = whole.get(..at).unwrap_or("");
                text_of(Cow::Borrowed(before)).text.len()
            };
            for Part { bytes, .. } in &mut parts {
                *bytes = (shorter(bytes.0), shorter(bytes.1));
            }
        }
        (whole, Self { parts })
    }

    /// Counts what stands before each text, as the offsets of the file count.
    pub(super) fn measure(&mut self, text: &str, scale: &Scale) {
        if self.parts.len() < 2 {
            return;
        }
        for Part { bytes, units, .. } in &mut self.parts {
            let of = |byte: usize| u32::try_from(scale.offset(text, byte)).unwrap_or(u32::MAX);
            // A byte order mark before the first is counted in that.
            let start = if bytes.0 == 0 { 0 } else { of(bytes.0) };
            *units = (start, of(bytes.1).saturating_sub(start));
        }
    }

    /// Makes the first of several texts the headline where it is one.
    pub(super) fn give_roles(&self, text: &mut Text) {
        let [first, _, ..] = self.parts.as_slice() else {
            return;
        };
        let head = text.whole().get(first.bytes.0..first.bytes.1);
        let head = head.unwrap_or("").trim();
        if !head.is_empty() && !head.contains('\n') && is_headline(&first.key, head) {
            text.set_role(BlockId(0), Role::Headline);
        }
    }

    /// A text by its number.
    pub(super) fn part(&self, number: usize) -> Option<&Part<'v>> {
        self.parts.get(number)
    }

    /// The keys of the texts, for messages.
    pub(super) fn keys(&self) -> String {
        let keys: Vec<&str> = self.parts.iter().map(|part| &*part.key).collect();
        keys.join("”, “")
    }
}

impl Part<'_> {
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// Its bytes in the text of the article; of one alone as it was before line ends became LF.
    pub(super) const fn bytes(&self) -> (usize, usize) {
        self.bytes
    }

    /// How many of what offsets count it has.
    pub(super) const fn units(&self) -> u32 {
        self.units.1
    }

    /// The offsets in the text of the article of two in this one; nothing when they lie behind its end.
    pub(super) fn moved(&self, (start, end): (u32, u32), inclusive: bool) -> Option<(u32, u32)> {
        let (before, units) = self.units;
        let behind = end.saturating_add(u32::from(inclusive));
        if units != u32::MAX && (start > units || behind > units) {
            return None;
        }
        Some((before.saturating_add(start), before.saturating_add(end)))
    }
}
