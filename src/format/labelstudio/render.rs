//! What a task shows where its data is no plain text, and where the offsets of regions lie in that: HTML without its
//! tags, or paragraphs of a dialogue.

use std::borrow::Cow;

use super::least::is_region;
use crate::format::json::{Sort, Value};
use crate::format::xml::{Reference, reference};

/// A text as it is shown.
#[derive(Debug, Default)]
pub(super) struct Shown<'v> {
    pub(super) text: Cow<'v, str>,
    pub(super) way: Way,
}

/// How offsets lead into it. Numbers are UTF-16 units of the text.
#[derive(Debug, Default)]
pub(super) enum Way {
    /// They count the text as it is.
    #[default]
    Plain,
    /// HTML: they count what its elements hold; line ends were put between blocks, each at such an offset.
    Put(Vec<u32>),
    /// Paragraphs: they count the words of one, which begin here.
    Paragraphs(Vec<u32>),
}

impl Way {
    /// Start and end in the text of two offsets that count what HTML holds.
    pub(super) fn shifted(&self, (start, end): (u32, u32)) -> (u32, u32) {
        let Self::Put(put) = self else {
            return (start, end);
        };
        // What begins where a line end was put begins behind it; what ends there ends before it.
        let before = put.partition_point(|at| *at <= start);
        let within = put.partition_point(|at| *at < end).max(before);
        let add = |offset: u32, count: usize| {
            offset.saturating_add(u32::try_from(count).unwrap_or(u32::MAX))
        };
        (add(start, before), add(end, within))
    }

    /// The offset in the text of one in a paragraph, which stands under its number.
    pub(super) fn in_paragraph(&self, number: &str, offset: u32) -> Option<u32> {
        let Self::Paragraphs(starts) = self else {
            return None;
        };
        let start = starts.get(number.parse::<usize>().ok()?)?;
        start.checked_add(offset)
    }
}

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 30] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
];

/// HTML without its tags. A `br` counts as one unit, as it does in the interface; comments and what stands in the head count
/// as nothing.
pub(super) fn html(source: &str) -> Shown<'static> {
    let source = source.replace("\r\n", "\n");
    let mut page = Page::default();
    let mut rest = source.as_str();
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        let (before, behind) = rest.split_at(at);
        page.words(before);
        let inner = behind.get(1..).unwrap_or("");
        let is_tag =
            inner.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        if !is_tag {
            page.words("<");
            rest = inner;
        } else if let Some(comment) = inner.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
        } else {
            let end = tag_end(inner);
            page.tag(inner.get(..end).unwrap_or(""));
            rest = inner.get(end + 1..).unwrap_or("");
        }
    }
    page.words(rest);
    Shown {
        text: Cow::Owned(page.text),
        way: Way::Put(page.put),
    }
}

/// The byte of the `>` that ends a tag, which may have others in its values.
fn tag_end(inner: &str) -> usize {
    let mut quote = None;
    for (at, b) in inner.bytes().enumerate() {
        match (quote, b) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(open), b) if open == b => quote = None,
            _ => {}
        }
    }
    inner.len()
}

/// A page in the making.
#[derive(Debug, Default)]
struct Page {
    text: String,
    put: Vec<u32>,
    /// UTF-16 units of the text that offsets count.
    units: u32,
    /// Whether something was opened, behind which white space is text.
    begun: bool,
    in_head: bool,
    /// Whether a block began or ended and no line end stands there yet.
    parted: bool,
}

impl Page {
    fn tag(&mut self, tag: &str) {
        let (name, closes) = tag
            .strip_prefix('/')
            .map_or((tag, false), |name| (name, true));
        let end = name
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(name.len());
        let name = name.get(..end).unwrap_or("").to_ascii_lowercase();
        match name.as_str() {
            "head" => self.in_head = !closes,
            "br" if !closes => {
                self.text.push('\n');
                self.units += 1;
                self.parted = false;
            }
            _ => {}
        }
        self.begun |= !self.in_head && !matches!(name.as_str(), "" | "html" | "head");
        self.parted |= BLOCKS.contains(&name.as_str());
    }

    fn words(&mut self, words: &str) {
        let words = if self.begun {
            words
        } else {
            words.trim_start()
        };
        if words.is_empty() || self.in_head {
            return;
        }
        self.begun = true;
        let is_blank = words.trim().is_empty();
        if words.contains('\n') && is_blank {
            self.parted = false;
        }
        if self.parted && !is_blank {
            if !self.text.is_empty() && !self.text.ends_with('\n') && !words.starts_with('\n') {
                self.text.push('\n');
                self.put.push(self.units);
            }
            self.parted = false;
        }
        let from = self.text.len();
        unescape(words, &mut self.text);
        let added = self.text.get(from..).unwrap_or("").encode_utf16().count();
        self.units = self
            .units
            .saturating_add(u32::try_from(added).unwrap_or(u32::MAX));
    }
}

/// Adds text without its references: those of XML, numbers, and the space that is kept; others stay as they are.
fn unescape(words: &str, out: &mut String) {
    let mut rest = words;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        let near = behind.get(..behind.floor_char_boundary(12)).unwrap_or("");
        let name = near.split_once(';').map(|(name, _)| name);
        let c = match name.map(|name| (name, reference(name))) {
            Some((_, Reference::Character(c))) => Some(c),
            Some(("nbsp", _)) => Some('\u{A0}'),
            _ => None,
        };
        out.push(c.unwrap_or('&'));
        let skip = c.and(name).map_or(0, |name| name.len() + 1);
        rest = behind.get(skip..).unwrap_or("");
    }
    out.push_str(rest);
}

/// Under which keys paragraphs have their words and who speaks.
pub(super) struct Keys<'v> {
    text: Cow<'v, str>,
    author: Option<&'static str>,
}

/// The keys of a value that is a list of paragraphs; nothing when it is none. The interface may call them as it likes, and
/// an export does not say how: where results are on paragraphs (`is_said`) the words are what is longest.
pub(super) fn keys(value: Value<'_>, is_said: bool) -> Option<Keys<'_>> {
    const AUTHORS: [&str; 5] = ["author", "speaker", "name", "role", "user"];
    let first = value.items().next()?;
    let has = |key: &str| first.get(key).is_some_and(|value| value.text().is_some());
    let author = AUTHORS
        .into_iter()
        .find(|key| first.get(key).and_then(Value::word).is_some());
    if value.sort() != Sort::Array || is_region(first) {
        return None;
    }
    let text = if has("text") {
        Some(Cow::Borrowed("text"))
    } else if is_said {
        let words = first.members().filter(|(key, value)| {
            value.sort() == Sort::Text && author.is_none_or(|author| key.raw() != author)
        });
        let length = |key: &str| {
            let said = value.items().filter_map(|item| item.get(key)?.text());
            said.map(|said| said.len()).sum::<usize>()
        };
        words
            .filter_map(|(key, _)| key.text())
            .max_by_key(|key| length(key))
    } else {
        None
    };
    text.map(|text| Keys { text, author })
}

/// Between who speaks and the words.
const BEHIND_AUTHOR: &str = ": ";

/// Who speaks and the words of a paragraph, as far as it has them.
fn said<'v>(item: Value<'v>, keys: &Keys<'_>) -> (Option<Value<'v>>, Option<Value<'v>>) {
    let author = keys.author.and_then(|key| item.get(key));
    let author = author.filter(|value| value.word().is_some_and(|word| !word.is_empty()));
    let words = item.get(&keys.text).filter(|value| value.text().is_some());
    (author, words)
}

/// The strings of paragraphs in the order of the text, each with how many bytes stand behind it before the next.
pub(super) fn strings<'v>(list: Value<'v>, keys: &Keys<'_>) -> Vec<(Value<'v>, usize)> {
    let mut strings: Vec<(Value<'v>, usize)> = Vec::new();
    let mut before = 0;
    for item in list.items() {
        let (author, words) = said(item, keys);
        strings.extend(author.map(|author| (author, BEHIND_AUTHOR.len())));
        match words {
            Some(words) => strings.push((words, 1)),
            // A line without words ends behind what stands before it.
            None => match strings.last_mut() {
                Some((_, behind)) => *behind += 1,
                None => before += 1,
            },
        }
    }
    // Empty lines at the beginning belong to nothing.
    if before > 0 {
        strings.clear();
    }
    strings
}

/// Paragraphs, each a line: who speaks, a colon, and the words.
pub(super) fn paragraphs(list: Value<'_>, keys: &Keys<'_>) -> Shown<'static> {
    let mut text = String::new();
    let (mut starts, mut units) = (Vec::new(), 0usize);
    let push = |text: &mut String, units: &mut usize, part: &str| {
        text.push_str(part);
        *units += part.encode_utf16().count();
    };
    for (number, item) in list.items().enumerate() {
        if number > 0 {
            push(&mut text, &mut units, "\n");
        }
        let (author, words) = said(item, keys);
        if let Some(author) = author.and_then(Value::word) {
            push(&mut text, &mut units, &author);
            push(&mut text, &mut units, BEHIND_AUTHOR);
        }
        starts.push(u32::try_from(units).unwrap_or(u32::MAX));
        let words = words.and_then(Value::text).unwrap_or_default();
        push(&mut text, &mut units, &words);
    }
    Shown {
        text: Cow::Owned(text),
        way: Way::Paragraphs(starts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_shown_without_tags_and_offsets_lead_to_the_same_words() {
        let shown = html(
            "<!DOCTYPE html>\n<html><head><title>x</title></head>\n<body><p>林&amp;满</p><p class=\"a>b\">去<br>风城</p>\
             <!-- 注 --> <b>1</b> &lt; 2</body></html>",
        );
        assert_eq!(shown.text, "林&满\n去\n风城 \n1 < 2");
        // The interface counts “林&满去⏎风城”.
        assert_eq!(shown.way.shifted((0, 3)), (0, 3));
        assert_eq!(shown.way.shifted((3, 4)), (4, 5));
        assert_eq!(shown.way.shifted((1, 7)), (1, 8));
    }

    #[test]
    fn what_is_no_tag_is_text() {
        assert_eq!(html(" 1 < 2 && 3 &foo; <").text, "1 < 2 && 3 &foo; <");
        assert_eq!(html("<b>甲").text, "甲");
        assert_eq!(html("甲<b").text, "甲");
    }
}
