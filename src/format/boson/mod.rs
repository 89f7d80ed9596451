//! Boson inline: `{{person_name:林小满}}去{{location:风城}}。\n`, an article a line.
//!
//! Between two braces stand a type, a colon and the words; mentions may lie within mentions. A backslash and an `n` are
//! a line end. All else is text, also white space at the edges of a mention.
//!
//! The normal form is the usual spelling, so a well-formed file comes out as it was. Where text would be read as
//! markup, a space is put into it: `{ {`, `} }`, `\ n`.

mod write;

use super::code::Code;
use super::decode::Decoded;
use super::entry::{Entry, Look, Reader, Sign, Source, Split, Writer};
use super::inline::{DEPTH, Fault, Inline, Marked, Piece, Sort};
use super::loss::Feature;
use super::read::ReadError;
use super::record::Made;
use super::report::{Place, Report};
use crate::article::{Article, ByteSpan, Kind, MentionDraft, Unplaced};
use crate::text::is_han;

/// Boson inline.
pub(super) const ENTRY: Entry = Entry {
    name: "boson",
    about: "Boson inline: {{type:words}}, an article a line",
    detect,
    reader: Reader::Many {
        split: Split::of_lines,
        read,
    },
    writer: Writer {
        ending: "txt",
        joined: Some(["", "\n", "\n"]),
        write: write::write,
    },
    carries: &[
        Feature::Edges,
        Feature::Lines,
        Feature::Spaces,
        Feature::Mentions,
        Feature::Nested,
        Feature::Equal,
        Feature::SubToken,
        Feature::Controls,
    ],
    partly: &[],
    codes: &[
        Code::UNDECODABLE,
        Code::ENCODING,
        Code::SYNTAX,
        Code::MISSING,
    ],
};

/// A type has at most so many bytes.
const LONGEST: usize = 64;
/// The types of the corpus.
const TYPES: [&str; 6] = [
    "person_name",
    "location",
    "org_name",
    "company_name",
    "product_name",
    "time",
];

/// Of so many lines, one of `SHARE` must hold a mention.
const MANY: usize = 100;
const SHARE: usize = 20;

fn detect(look: &Look<'_>) -> Option<Sign> {
    if look.only_shows() {
        return None;
    }
    let mut lines = look.lines().filter(|line| !line.trim().is_empty());
    // A first line longer than the start is all there is to see.
    let first = lines.next().or_else(|| look.start.lines().next())?;
    // JSON and templates begin with braces of their own, and hold text of any sort.
    let start = first.trim_start();
    if start.starts_with('[') || (start.starts_with('{') && !start.starts_with("{{")) {
        return None;
    }
    let (mut known, mut usual, mut all, mut closed, mut han) = (0, 0, 0, 0, false);
    let mut named = false;
    let (mut count, mut marked) = (0, 0);
    for line in std::iter::once(first).chain(lines) {
        let before = all;
        for piece in pieces(line) {
            match piece.sort {
                Sort::Open(label) => {
                    all += 1;
                    known += usize::from(TYPES.contains(&label));
                    named |= label.contains('_') && TYPES.contains(&label);
                    usual += usize::from(Kind::from_label(label) != Kind::Other);
                    let behind = line.get(piece.end..).unwrap_or("");
                    han |= behind.chars().next().is_some_and(is_han);
                }
                Sort::Close(_) => closed += 1,
                Sort::LineEnd => {}
            }
        }
        count += 1;
        marked += usize::from(all > before);
    }
    // Each line would be an article, of a text that shows the markup once.
    if count >= MANY && marked * SHARE < count {
        return None;
    }
    // So many begin that the ends of all may stand behind what was looked at.
    let is_cut = !look.whole && all > DEPTH;
    let is_chinese = han || look.start.chars().any(is_han);
    match () {
        () if closed == 0 && !is_cut => None,
        () if known * 2 > all && (named || is_chinese) => Some(Sign::likely(
            "its mentions stand in double braces behind a type of the corpus",
        )),
        // Templates have words behind a colon too, but those are of no language.
        () if (all >= 3 && is_chinese || usual == all && han) && closed == all && all > 0 => {
            Some(Sign::guess("it has words in double braces behind a type"))
        }
        () => None,
    }
}

/// The markup of a line.
fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for start in memchr::memchr3_iter(b'{', b'}', b'\\', line.as_bytes()) {
        // The second half of what was just read.
        if start < from {
            continue;
        }
        let rest = line.get(start..).unwrap_or("");
        let found = if let Some(label) = opened(rest) {
            Some((Sort::Open(label), 2 + label.len() + 1))
        } else if rest.starts_with("}}") {
            Some((Sort::Close(""), 2))
        } else if rest.starts_with("\\n") {
            Some((Sort::LineEnd, 2))
        } else {
            None
        };
        if let Some((sort, length)) = found {
            let end = start + length;
            pieces.push(Piece { start, end, sort });
            from = end;
        }
    }
    pieces
}

/// The type of a mention that opens here.
fn opened(rest: &str) -> Option<&str> {
    let label = rest.strip_prefix("{{")?;
    let most = label.as_bytes().get(..=LONGEST).unwrap_or(label.as_bytes());
    let label = label.get(..memchr::memchr(b':', most)?)?;
    (!label.is_empty() && label.chars().all(is_in_type)).then_some(label)
}

/// Whether a type may have this character.
fn is_in_type(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

fn read(source: &Source<'_>) -> Result<Article, ReadError> {
    let (line, _) = source.part();
    let (mut report, lines) = (source.report(), source.lines());
    let inline = Inline::new(line, &pieces(line));
    for (fault, at) in &inline.faults {
        tell(*fault, lines.place(*at), &mut report);
    }
    let text = Decoded {
        text: inline.text,
        form: source.file.decoded.form,
        ..Decoded::default()
    };
    let made = Made::new(source, text)?;
    let (mut builder, layer) = made.builder(source);
    for Marked {
        start, end, open, ..
    } in inline.marked
    {
        let label = builder.label(open);
        // It holds characters of the text, so it has a place in it.
        let _ = builder.mention(MentionDraft {
            layer,
            label,
            spans: vec![ByteSpan::new(start, end)],
            ..MentionDraft::default()
        });
    }
    for Marked { open, source, .. } in inline.empty {
        let label = builder.label(open);
        builder.unplaced(Unplaced {
            layer,
            source_id: "".into(),
            label,
            place: line.get(source.0..source.1).unwrap_or("").into(),
            quote: "".into(),
        });
    }
    let annotations = made.finish(builder);
    Ok(made.article(annotations, report))
}

fn tell(fault: Fault, place: Place, report: &mut Report) {
    let (code, message, remedy) = match fault {
        Fault::Unclosed => (
            Code::SYNTAX,
            "these braces are not closed on their line; they are read as text".to_owned(),
            "write }} behind the last word of the mention",
        ),
        Fault::Unopened => (
            Code::SYNTAX,
            "these braces close nothing; they are read as text".to_owned(),
            "write {{, a type and a colon before the first word of the mention",
        ),
        Fault::Deep => (
            Code::SYNTAX,
            format!("mentions lie in each other more than {DEPTH} deep; this one is read as text"),
            "close the mentions before it where they end",
        ),
        Fault::Empty => (
            Code::MISSING,
            "this mention has no words; it is kept without a place".to_owned(),
            "write its words behind the colon, or take its braces away",
        ),
    };
    report.add(code, place, message, remedy);
}

#[cfg(test)]
mod tests;
