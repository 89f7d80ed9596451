//! Which members of a task's data are its text: those that results name, the same in all tasks of a file.

use std::borrow::Cow;
use std::collections::BTreeSet;

use memchr::memmem;

use super::render;
use super::task::{Entry, Set, sets};
use crate::format::entry::Split;
use crate::format::json::{self, Sort, Value};
use crate::format::read::File;

/// Under which keys a text stands, be it as short as it may.
pub(super) const TEXTS: [&str; 10] = [
    "text", "body", "content", "article", "document", "sentence", "headline", "html", "正文",
    "文本",
];

/// Under which keys a headline stands.
const HEADLINES: [&str; 4] = ["headline", "title", "标题", "標題"];

/// A member of the data that is shown.
#[derive(Debug, Clone)]
pub(super) struct Field<'v> {
    pub(super) key: Cow<'v, str>,
    pub(super) value: Value<'v>,
}

/// What the results of a file name as that which they are on, each name once. They are the names of objects of the
/// interface, which mostly are called as their data.
///
/// Few files have more than one; of those alone the records are looked at.
pub(super) fn names(file: &File, split: &Split) -> Vec<String> {
    let text = file.decoded.text.as_str();
    let spelt = spelt(text);
    let is_plain = |name: &&str| !name.contains('\\');
    if spelt.len() < 2 && spelt.iter().all(is_plain) {
        return spelt.into_iter().map(str::to_owned).collect();
    }
    let mut names = BTreeSet::new();
    for stretch in split.records.iter().flat_map(|record| record.stretches()) {
        let part = text.get(stretch.start..stretch.end).unwrap_or("");
        if u32::try_from(part.len()).is_err() {
            continue;
        }
        let own = json::with_root(part, |record| {
            let sets = sets(record);
            let entries = sets.iter().flat_map(|set| &set.results);
            let own: BTreeSet<String> = entries.map(|entry| entry.on().into_owned()).collect();
            Some(own)
        });
        names.extend(own.into_iter().flatten().filter(|name| !name.is_empty()));
    }
    names.into_iter().collect()
}

/// The names as they are written, found without taking records apart.
fn spelt(text: &str) -> BTreeSet<&str> {
    let bytes = text.as_bytes();
    let mut found = BTreeSet::new();
    for (key, sign) in [("\"to_name\"", ""), ("\"source\"", "$")] {
        for at in memmem::find_iter(bytes, key.as_bytes()) {
            let behind = text.get(at + key.len()..).unwrap_or("").trim_start();
            let value = behind.strip_prefix(':').map(str::trim_start);
            let value = value.and_then(|value| value.strip_prefix('"')?.strip_prefix(sign));
            // A name with an escaped quote in it has the escape's sign before that, and is looked at anew.
            if let Some((name, _)) = value.and_then(|value| value.split_once('"'))
                && !name.is_empty()
            {
                found.insert(name);
            }
        }
    }
    found
}

/// The fields of a task that are its text, in the order of the data; none where it has no text at all.
///
/// These are all that any task of the file has results on, so that tasks show alike. Else it is one: that which its own
/// results name, a list of paragraphs where they are on one, `text`, the first string that is no address, a list of
/// paragraphs; but where no task has results and there is no `text`, all that are called as texts are.
pub(super) fn fields<'v>(
    holder: Value<'v>,
    is_data: bool,
    sets: &[Set<'v>],
    names: &[String],
) -> Vec<Field<'v>> {
    let entries = || sets.iter().flat_map(|set| &set.results);
    let is_said = entries().any(|entry| entry.is_on_paragraphs());
    let are_paragraphs = |value: Value<'_>| render::keys(value, is_said).is_some();
    let is_shown = |value: Value<'_>| value.text().is_some() || are_paragraphs(value);
    let mut annotated: Vec<Field<'v>> = Vec::new();
    for (key, _) in holder.members().filter(|_| is_data) {
        let Some(key) = key
            .text()
            .filter(|key| names.iter().any(|name| name == key))
        else {
            continue;
        };
        let value = holder.get(&key);
        let value = value.filter(|value| is_shown(*value) && !is_address(*value));
        if let Some(value) = value
            && annotated.iter().all(|field| field.key != key)
        {
            annotated.push(Field { key, value });
        }
    }
    if annotated.len() > 1 {
        return annotated;
    }
    let named = entries().find_map(|entry| {
        let key = entry.on();
        let value = holder.get(&key).filter(|value| is_shown(*value))?;
        Some(Field { key, value })
    });
    // What others have results on is shown of a task without any.
    let annotated = || annotated.pop();
    let usual = || {
        let value = holder.get("text")?;
        let key = Cow::Borrowed("text");
        Some(Field { key, value })
    };
    let first = || {
        let is_text = |value: &Value<'_>| value.text().is_some_and(|text| !text.contains("://"));
        let mut members = holder.members().filter(|(_, value)| is_text(value));
        let (key, value) = members.next().filter(|_| is_data)?;
        let key = key.text()?;
        Some(Field { key, value })
    };
    // The name of an object of the interface need not be that of its data.
    let dialogue = || {
        let mut members = holder.members().filter(|_| is_data);
        let (key, value) = members.find(|(_, value)| are_paragraphs(*value))?;
        let key = key.text()?;
        Some(Field { key, value })
    };
    let said = || dialogue().filter(|_| is_said);
    let found = named.or_else(annotated).or_else(said).or_else(usual);
    if found.is_none() && is_data && names.is_empty() {
        let called = called(holder);
        if called.len() > 1 {
            return called;
        }
    }
    found.or_else(first).or_else(dialogue).into_iter().collect()
}

/// The members that are called as texts and headlines are.
fn called(data: Value<'_>) -> Vec<Field<'_>> {
    let mut found: Vec<Field<'_>> = Vec::new();
    for (key, _) in data.members() {
        let Some(key) = key.text() else { continue };
        let is_known = TEXTS.iter().chain(&HEADLINES).any(|known| key == *known);
        let value = data.get(&key).filter(|_| is_known);
        let value = value.filter(|value| value.sort() == Sort::Text && !is_address(*value));
        if let Some(value) = value
            && found.iter().all(|field| field.key != key)
        {
            found.push(Field { key, value });
        }
    }
    found
}

/// What files end in that a task shows or plays beside its text.
const MEDIA: [&str; 14] = [
    "png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "svg", "mp3", "wav", "ogg", "mp4",
    "pdf",
];

/// Whether a string is an address, of an image beside the text, and no text.
pub(super) fn is_address(value: Value<'_>) -> bool {
    let is_one = |text: Cow<'_, str>| {
        let scheme = text.split_once("://").map_or("", |(scheme, _)| scheme);
        let is_scheme = !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric());
        let is_stored = text.starts_with("/data/");
        let ending = text.rsplit_once('.').map_or("", |(_, ending)| ending);
        let is_medium = MEDIA.iter().any(|known| ending.eq_ignore_ascii_case(known));
        (is_scheme || is_stored || is_medium) && !text.contains(char::is_whitespace)
    };
    value.sort() == Sort::Text && value.text().is_some_and(is_one)
}

/// Whether it is the headline of what stands below it, by its key or by how short it is.
pub(super) fn is_headline(key: &str, text: &str) -> bool {
    let is_called_so = HEADLINES
        .iter()
        .any(|known| key.eq_ignore_ascii_case(known));
    is_called_so || text.chars().count() <= SHORT
}

/// A headline under another key has at most so many characters.
const SHORT: usize = 30;

impl<'v> Entry<'v> {
    /// What the result says that it is on: the name of a member of the data, else of an object of the interface.
    pub(super) fn on(self) -> Cow<'v, str> {
        let source = self.said("source");
        match source.strip_prefix('$') {
            Some(key) => Cow::Owned(key.to_owned()),
            None => self.said("to_name"),
        }
    }
}
