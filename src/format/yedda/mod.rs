//! YEDDA: a text with `[@林小满#Person*]` in it, nested as in `[@[@云州#Location*]纸厂#Organization*]`.
//!
//! A mention opens with `[@`, or with `[$` where the tool recommends it and nobody has agreed yet; those make a layer of
//! their own. It closes with `#`, the label and `*]`. All else is text, in the lines in which it stands. Blocks and
//! title are those of plain text.
//!
//! The normal form is the same spelling. Where text would be read as markup, a space is put into it: `[ @`, `[ $`, `* ]`.

mod write;

use super::alike;
use super::code::Code;
use super::entry::{Entry, Look, ReadOptions, Reader, Sign, Writer};
use super::inline::{DEPTH, Fault, Inline, Marked, Piece, Sort};
use super::loss::Feature;
use super::plain;
use super::read::{Files, ReadError};
use super::report::{Lines, Place, Report};
use crate::article::{
    Annotations, AnnotationsBuilder, Article, ByteSpan, MentionDraft, Meta, Text, Unplaced,
};

/// YEDDA.
pub(super) const ENTRY: Entry = Entry {
    name: "yedda",
    about: "YEDDA: a text with [@words#label*] in it",
    detect,
    reader: Reader::One(read),
    writer: Writer {
        ending: "ann",
        joined: None,
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
        Feature::Layers,
        Feature::Controls,
    ],
    partly: &[Feature::Layers],
    codes: &[
        Code::UNDECODABLE,
        Code::ENCODING,
        Code::SYNTAX,
        Code::MISSING,
    ],
};

/// A label has at most so many bytes.
const LONGEST: usize = 64;
/// The layer of what the tool recommends.
const RECOMMENDED: &str = "recommended";
/// What opens a mention, and what opens one that is recommended.
const OPENS: [&str; 2] = ["[@", "[$"];

fn detect(look: &Look<'_>) -> Option<Sign> {
    if look.only_shows() {
        return None;
    }
    let start = look.start.trim_start();
    // brat quotes text, and JSON holds it.
    let is_other = |line: &str| is_brat(line) || line.starts_with(['{', '"']);
    let is_list = start.starts_with("[{") || start.starts_with("[\"");
    if is_list || start.lines().next().is_none_or(is_other) {
        return None;
    }
    let mut pieces = pieces(start)
        .into_iter()
        .skip_while(|piece| matches!(piece.sort, Sort::Close(_)));
    let has_both = pieces.any(|piece| matches!(piece.sort, Sort::Close(_)));
    let reason = "its mentions are written [@words#label*]";
    match look.ending().as_str() {
        _ if !has_both => None,
        "ann" => Some(Sign::certain(reason)),
        _ => Some(Sign::likely(reason)),
    }
}

/// Whether it is a line of brat: a letter, a number and a tab.
fn is_brat(line: &str) -> bool {
    let Some((id, _)) = line.split_once('\t') else {
        return false;
    };
    let number = id.strip_prefix(['T', 'E', 'R', 'A', 'M', 'N', '#', '*']);
    number.is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
}

/// The markup of a text.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for start in memchr::memchr2_iter(b'[', b'#', text.as_bytes()) {
        let rest = text.get(start..).unwrap_or("");
        let opens = OPENS.into_iter().find(|opens| rest.starts_with(opens));
        let (sort, length) = match (opens, closed(rest)) {
            (Some(opens), _) => (Sort::Open(opens), opens.len()),
            (None, Some(label)) => (Sort::Close(label), label.len() + 3),
            (None, None) => continue,
        };
        let end = start + length;
        pieces.push(Piece { start, end, sort });
    }
    pieces
}

/// The label of a mention that closes here.
fn closed(rest: &str) -> Option<&str> {
    let label = rest.strip_prefix('#')?;
    let most = label.as_bytes().get(..=LONGEST).unwrap_or(label.as_bytes());
    let (label, behind) = label.split_at_checked(memchr::memchr(b'*', most)?)?;
    let fits = !label.is_empty() && !label.contains(is_bad_in_label);
    (fits && behind.starts_with("*]")).then_some(label)
}

/// Whether a label cannot have this character.
fn is_bad_in_label(c: char) -> bool {
    matches!(c, '#' | '*' | '[' | ']') || c.is_control()
}

fn read(files: Files, options: &ReadOptions) -> Result<Article, ReadError> {
    let main = files.main;
    let mut report = Report::of(&main.name, options);
    report.undecodable(&main.decoded);
    let source = main.decoded.text.as_str();
    let mut inline = Inline::new(source, &pieces(source));
    let lines = Lines::new(source);
    for (fault, at) in &inline.faults {
        tell(*fault, lines.place(*at), &mut report);
    }
    let text = plain::blocks(std::mem::take(&mut inline.text))
        .map_err(|error| ReadError::too_long(&main.name, error))?;
    let annotations = annotate(&inline, source, main.base(), &text, options);
    Ok(Article {
        meta: Meta {
            title: plain::title(&text).unwrap_or(main.base()).to_owned(),
            name: main.stem().to_owned(),
            ..Meta::default()
        },
        text,
        annotations,
        diagnostics: report.finish(),
        form: main.decoded.form,
    })
}

fn annotate(
    inline: &Inline<'_>,
    source: &str,
    name: &str,
    text: &Text,
    options: &ReadOptions,
) -> Annotations {
    let mut builder = AnnotationsBuilder::with_kinds(text, &options.kinds);
    let own = builder.layer(name);
    let mut all = inline.marked.iter().chain(&inline.empty);
    let recommended = if all.any(|m| m.open != OPENS[0]) {
        builder.layer(RECOMMENDED)
    } else {
        own
    };
    let layer = |m: &Marked<'_>| if m.open == OPENS[0] { own } else { recommended };
    for marked in &inline.marked {
        let label = builder.label(marked.close);
        // It holds characters of the text, so it has a place in it.
        let _ = builder.mention(MentionDraft {
            layer: layer(marked),
            label,
            spans: vec![ByteSpan::new(marked.start, marked.end)],
            ..MentionDraft::default()
        });
    }
    for empty in &inline.empty {
        let label = builder.label(empty.close);
        let (start, end) = empty.source;
        builder.unplaced(Unplaced {
            layer: layer(empty),
            source_id: "".into(),
            label,
            place: source.get(start..end).unwrap_or("").into(),
            quote: "".into(),
        });
    }
    alike::group(&mut builder, text, |_| false);
    builder.finish()
}

fn tell(fault: Fault, place: Place, report: &mut Report) {
    let (code, message, remedy) = match fault {
        Fault::Unclosed => (
            Code::SYNTAX,
            "the mention that opens here is not closed; this is read as text".to_owned(),
            "write #, its label and *] behind its last word",
        ),
        Fault::Unopened => (
            Code::SYNTAX,
            "this closes no mention; it is read as text".to_owned(),
            "write [@ before the first word of the mention",
        ),
        Fault::Deep => (
            Code::SYNTAX,
            format!("mentions lie in each other more than {DEPTH} deep; this one is read as text"),
            "close the mentions before it where they end",
        ),
        Fault::Empty => (
            Code::MISSING,
            "this mention has no words; it is kept without a place".to_owned(),
            "write its words behind [@, or take it away",
        ),
    };
    report.add(code, place, message, remedy);
}

#[cfg(test)]
mod tests;
