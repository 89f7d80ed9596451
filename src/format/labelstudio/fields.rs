//! Which members of a task's data are its text: those that results name, the same in all tasks of a file.

use std::borrow::Cow;

use super::render;
use super::task::Set;
use crate::format::entry::Names;
use crate::format::json::{Sort, Value};
use crate::text::is_cjk;

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

/// The fields of a task that are its text, in the order of the data; none where it has no text at all.
///
/// These are all that any task of the file has results on, so that tasks show alike. Else it is one: that which its own
/// results name, a list of paragraphs where they are on one, `text`, the first string that is a text ([`is_text`]) or else
/// is no address, a list of paragraphs; but where no task has results and there is no `text`, all that are called as texts are.
pub(super) fn fields<'v>(
    holder: Value<'v>,
    is_data: bool,
    sets: &[Set<'v>],
    names: &Names,
) -> Vec<Field<'v>> {
    let entries = || sets.iter().flat_map(|set| &set.results);
    let is_said = entries().any(|entry| entry.is_on_paragraphs());
    let are_paragraphs = |value: Value<'_>| render::keys(value, is_said).is_some();
    let is_shown = |value: Value<'_>| value.text().is_some() || are_paragraphs(value);
    let mut annotated: Vec<Field<'v>> = Vec::new();
    let may_be_several = is_data || !names.foreign.is_empty();
    for (key, _) in holder.members().filter(|_| may_be_several) {
        let Some(key) = key.text().filter(|key| names.means(key)) else {
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
        let name = entry.on();
        let key = names.member(&name)?;
        let value = holder.get(key).filter(|value| is_shown(*value))?;
        let key = Cow::Owned(key.to_owned());
        Some(Field { key, value })
    });
    // What others have results on is shown of a task without any.
    let annotated = || annotated.pop();
    let usual = || {
        let value = holder.get("text")?;
        let key = Cow::Borrowed("text");
        Some(Field { key, value })
    };
    let first_of = |is_one: &dyn Fn(Value<'v>, Value<'v>) -> bool| {
        let mut members = holder.members().filter(|_| is_data);
        let (key, value) = members.find(|(key, value)| is_one(*key, *value))?;
        let key = key.text()?;
        Some(Field { key, value })
    };
    let first = || {
        first_of(&is_text)
            .or_else(|| first_of(&|_, value| value.text().is_some() && !is_address(value)))
            .or_else(|| first_of(&|_, value| value.text().is_some_and(|t| !t.contains("://"))))
    };
    // The name of an object of the interface need not be that of its data.
    let dialogue = || first_of(&|_, value| are_paragraphs(value));
    let said = || dialogue().filter(|_| is_said);
    let found = named.or_else(annotated).or_else(said).or_else(usual);
    if found.is_none() && is_data && names.all.is_empty() {
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
        if text.contains(char::is_whitespace) {
            // Names of files may have blanks.
            let is_path = is_scheme || text.starts_with('/');
            return is_path && is_medium && !text.contains('\n');
        }
        is_scheme || is_stored || is_medium
    };
    value.sort() == Sort::Text && value.text().is_some_and(is_one)
}

/// Whether a member is a text, by its key or because it reads as one: what has no results can be told from records of
/// other programs by nothing else.
pub(super) fn is_text(key: Value<'_>, value: Value<'_>) -> bool {
    let Some(text) = value.text().filter(|_| !is_address(value)) else {
        return false;
    };
    let is_called = |keys: &[&str]| keys.iter().any(|known| key.is(known));
    let has_words = || text.contains(char::is_alphabetic);
    let is_long = || {
        let parts = |c: char| c.is_whitespace() || !c.is_ascii();
        text.chars().nth(LONG - 1).is_some() && text.contains(parts)
    };
    key.is("text")
        || is_called(&TEXTS) && has_words()
        || is_called(&HEADLINES) && has_words() && is_long()
        || runs(&text)
}

/// A headline is told from other titles from so many characters on.
const LONG: usize = 12;

/// Whether a string is running text: sentences, or so much Chinese that it is no name. Dates, numbers, messages of
/// programs and names of things are none.
fn runs(text: &str) -> bool {
    /// So many Chinese characters, with a mark among them, are text; without one so many times as many.
    const HAN: usize = 12;
    const UNMARKED: usize = 3;
    /// A sentence of another language has so many words.
    const WORDS: usize = 6;
    let han = text
        .chars()
        .filter(|c| is_cjk(*c) && c.is_alphabetic())
        .count();
    let is_marked = || text.contains(['，', '。', '！', '？', '；', '：', '、']);
    if han >= HAN && (han >= HAN * UNMARKED || is_marked()) {
        return true;
    }
    let is_word = |word: &&str| word.contains(char::is_alphabetic);
    let ends = |word: &str| {
        let word = word.trim_end_matches(['"', '\'', ')', '”', '’']);
        word.ends_with(['.', '!', '?', '。', '！', '？'])
    };
    let words = || text.split_whitespace();
    words().filter(is_word).count() >= WORDS && words().any(ends)
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
