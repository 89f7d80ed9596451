//! MSRA inline: `云州纸厂/nt 的人去/o 风城/ns 。/o `, an article a line.
//!
//! A line falls into segments, each with a tag behind a slash and then one space; `o` is text that is no mention. All
//! other spaces are text. Mentions lie beside each other.
//!
//! The normal form has every segment with one space behind its tag, text between two mentions as one segment, and CR LF
//! behind each line, as the corpus was published. A text of several lines becomes one. Where text has a slash before
//! what would be read as a tag, another segment begins behind the slash.

mod write;

use std::borrow::Cow;

use super::code::Code;
use super::decode::Decoded;
use super::entry::{Entry, Look, Reader, Sign, Source, Split, Writer};
use super::loss::Feature;
use super::read::ReadError;
use super::record::Made;
use super::report::short;
use crate::article::{Article, ByteSpan, MentionDraft};
use crate::text::is_han;

/// MSRA inline.
pub(super) const ENTRY: Entry = Entry {
    name: "msra",
    about: "MSRA inline: text/o name/nr, an article a line",
    detect,
    reader: Reader::Many {
        split: Split::of_lines,
        read,
    },
    writer: Writer {
        ending: "txt",
        joined: Some(["", "\r\n", "\r\n"]),
        write: write::write,
    },
    carries: &[
        Feature::Spaces,
        Feature::Mentions,
        Feature::Edges,
        Feature::Controls,
    ],
    partly: &[],
    codes: &[Code::UNDECODABLE, Code::ENCODING, Code::MALFORMED],
};

/// The tag of text that is no mention.
const OUTSIDE: &str = "o";
/// A tag has at most so many bytes.
const LONGEST: usize = 32;
/// So many lines are looked at to tell the format.
const LOOKED_AT: usize = 20;

fn detect(look: &Look<'_>) -> Option<Sign> {
    let lines = || look.lines().filter(|line| !line.trim().is_empty());
    let is_cut = lines().next().is_none();
    // A first line longer than the start is all there is to see.
    let cut = look.start.lines().next().filter(|_| is_cut);
    let (mut all, mut outside, mut names, mut han) = (0, 0, 0, 0);
    for line in lines().take(LOOKED_AT).chain(cut) {
        for segment in segments(line) {
            let Some(tag) = segment.tag else {
                if is_cut {
                    continue;
                }
                return None;
            };
            all += 1;
            outside += usize::from(tag == OUTSIDE);
            names += usize::from(matches!(tag, "nr" | "ns" | "nt"));
            han += usize::from(segment.words.chars().any(is_han));
        }
    }
    // Much of a news text is no mention, and what is has one of three tags in the corpus.
    let fits = outside * 3 >= all && han * 2 >= all && outside > 0;
    match fits {
        true if outside + names == all => Some(Sign::likely(
            "its lines fall into segments tagged /o, /nr, /ns and /nt",
        )),
        true => Some(Sign::guess(
            "its lines fall into segments with tags, many of them /o",
        )),
        false => None,
    }
}

/// A piece of a line: bytes of the line, its words, and the tag behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Segment<'t> {
    start: usize,
    words: &'t str,
    /// Nothing when the line ends before one.
    tag: Option<&'t str>,
}

/// The segments of a line.
fn segments(line: &str) -> impl Iterator<Item = Segment<'_>> {
    let mut start = 0;
    let mut slashes = memchr::memchr_iter(b'/', line.as_bytes());
    std::iter::from_fn(move || {
        if start >= line.len() {
            return None;
        }
        let from = start;
        for slash in slashes.by_ref() {
            if let Some(tag) = tag_at(line.get(slash + 1..)?) {
                start = slash + 1 + tag.len() + 1;
                return Some(Segment {
                    start: from,
                    words: line.get(from..slash)?,
                    tag: Some(tag),
                });
            }
        }
        start = line.len();
        Some(Segment {
            start: from,
            words: line.get(from..)?,
            tag: None,
        })
    })
}

/// The tag at the start, when a space or the line's end is behind it.
fn tag_at(rest: &str) -> Option<&str> {
    let most = rest.as_bytes().get(..=LONGEST).unwrap_or(rest.as_bytes());
    let end = memchr::memchr(b' ', most).unwrap_or(rest.len());
    rest.get(..end).filter(|tag| is_tag(tag))
}

/// Whether it is a tag: a letter, then letters, digits, `_`, `-` and `.`.
fn is_tag(tag: &str) -> bool {
    tag.len() <= LONGEST && tag.starts_with(char::is_alphabetic) && tag.chars().all(is_in_tag)
}

fn is_in_tag(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

fn read(source: &Source<'_>) -> Result<Article, ReadError> {
    let (line, _) = source.part();
    let (mut report, lines) = (source.report(), source.lines());
    let mut text = String::with_capacity(line.len());
    let mut mentions: Vec<(ByteSpan, &str)> = Vec::new();
    for Segment { start, words, tag } in segments(line) {
        let from = text.len();
        text.push_str(words);
        match tag {
            None if words.trim().is_empty() => text.truncate(from),
            None => {
                let message = format!(
                    "“{}” has no tag behind it; it is read as text",
                    short(words.trim())
                );
                let remedy = "write /o behind text, or the label of a mention, and a space";
                report.add(Code::MALFORMED, lines.place(start), message, remedy);
            }
            Some(OUTSIDE) => {}
            Some(tag) if words.is_empty() => {
                let message = format!("the tag “{tag}” has no words before it");
                let remedy =
                    "write the words of the mention before the slash, or take the tag away";
                report.add(Code::MALFORMED, lines.place(start), message, remedy);
            }
            Some(tag) => mentions.push((ByteSpan::new(from, text.len()), tag)),
        }
    }
    let text = Decoded {
        text,
        form: source.file.decoded.form,
        ..Decoded::default()
    };
    let made = Made::new(source, text)?;
    let (mut builder, layer) = made.builder(source);
    for (span, tag) in mentions {
        let label = builder.label(tag);
        // The words stand in the text, so they have a place in it.
        let _ = builder.mention(MentionDraft {
            layer,
            label,
            spans: vec![span],
            ..MentionDraft::default()
        });
    }
    let annotations = made.finish(builder);
    Ok(made.article(annotations, report))
}

/// A label as a tag.
fn tag_of(label: &str) -> Cow<'_, str> {
    if is_tag(label) && label != OUTSIDE {
        return Cow::Borrowed(label);
    }
    let mut tag: String = label
        .chars()
        .map(|c| if is_in_tag(c) { c } else { '_' })
        .collect();
    if !tag.starts_with(char::is_alphabetic) {
        tag.insert(0, 'x');
    }
    tag.truncate(tag.floor_char_boundary(LONGEST));
    if tag == OUTSIDE {
        tag.push('_');
    }
    Cow::Owned(tag)
}

#[cfg(test)]
mod tests;
