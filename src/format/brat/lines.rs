//! The lines of an `.ann` file.

use crate::article::SourceSpan;
use crate::format::code::Code;
use crate::format::report::{Lines, Report, short};

/// A piece of a line and where it stands in the file, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

/// `Role:id`.
pub(super) type Part<'a> = (&'a str, Word<'a>);

/// A line with its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line<'a> {
    pub(super) id: Word<'a>,
    pub(super) what: What<'a>,
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What<'a> {
    /// `T1 Label 0 5;8 12 quoted text`: fragments in the order of the text.
    Mention {
        label: &'a str,
        fragments: Vec<SourceSpan>,
        place: Word<'a>,
        quote: Option<Word<'a>>,
    },
    /// `E1 Label:T1 Role:T2`.
    Event {
        label: &'a str,
        trigger: Word<'a>,
        arguments: Vec<Part<'a>>,
    },
    /// `R1 Label Arg1:T1 Arg2:T2`.
    Relation {
        label: &'a str,
        arguments: Vec<Part<'a>>,
        /// Whether a list in brackets stands behind it, as BioNLP's coreference has: `[T1, T2]`, `[T1,T2]`.
        is_listing: bool,
    },
    /// `A1 Name T1 value`, and `M1` the same.
    Attribute {
        name: &'a str,
        target: Word<'a>,
        value: Option<&'a str>,
    },
    /// `N1 Reference T1 Base:id title`.
    Link {
        target: Word<'a>,
        reference: &'a str,
        title: &'a str,
        /// Whether it says no more than that: it is called `Reference`, and one word is the reference.
        is_usual: bool,
    },
    /// `#1 Label T1 text`.
    Note {
        label: &'a str,
        target: Word<'a>,
        text: &'a str,
    },
    /// `* Label T1 T2 T3`: all of them are one.
    Group {
        label: &'a str,
        members: Vec<Word<'a>>,
    },
    /// Nothing of the format; its id is the whole line.
    Stray,
    /// Without the parts that belong to it, which was told; its id is the whole line.
    Malformed,
}

/// The mentions of one fragment that quote their words on their own line: start, end, words.
pub(super) fn quoted<'l>(
    lines: &'l [Line<'l>],
) -> impl Iterator<Item = (u64, u64, &'l str)> + Clone {
    let next = lines.iter().skip(1).map(Some).chain([None]);
    let lines = lines.iter().zip(next);
    lines.filter_map(|(line, next)| match &line.what {
        What::Mention {
            fragments,
            quote: Some(quote),
            ..
        } if next.is_none_or(|next| next.what != What::Stray) => match fragments[..] {
            [one] => Some((one.start.into(), one.end.into(), quote.text)),
            _ => None,
        },
        _ => None,
    })
}

/// Parses all lines; one that is malformed is reported. Stray lines are kept for whoever knows the texts.
pub(super) fn parse<'a>(file: &'a str, report: &mut Report) -> Vec<Line<'a>> {
    let places = Lines::new(file);
    let mut lines = Vec::new();
    let mut at = 0;
    for text in file.split('\n') {
        let whole = Word { text, at };
        at += text.len() + 1;
        if text.trim().is_empty() {
            continue;
        }
        match line(whole) {
            Ok(line) => lines.push(line),
            Err((at, message, remedy)) => {
                report.add(Code::MALFORMED, places.place(at), message, remedy);
                let what = What::Malformed;
                lines.push(Line { id: whole, what });
            }
        }
    }
    lines
}

/// Where, what and what to do.
type Malformed = (usize, String, &'static str);

fn line(whole: Word<'_>) -> Result<Line<'_>, Malformed> {
    let stray = Line {
        id: whole,
        what: What::Stray,
    };
    let Some((id, rest)) = cut(whole, '\t') else {
        return match blank_for_tab(whole) {
            Some(malformed) => Err(malformed),
            None => Ok(stray),
        };
    };
    let number = id.text.get(1..).unwrap_or("");
    let numbered = !number.is_empty() && !number.contains(char::is_whitespace);
    let what = match id.text.as_bytes().first() {
        Some(b'*') if number.trim().is_empty() => group(rest)?,
        Some(b'T') if numbered => mention(rest)?,
        Some(b'E') if numbered => event(rest)?,
        Some(b'R') if numbered => relation(rest)?,
        Some(b'A' | b'M') if numbered => attribute(rest)?,
        Some(b'N') if numbered => link(rest)?,
        Some(b'#') if numbered => note(rest)?,
        _ => return Ok(stray),
    };
    Ok(Line { id, what })
}

/// What is wrong with a line without a TAB that is an annotation in all else: an id, and behind it what belongs to one.
fn blank_for_tab(whole: Word<'_>) -> Option<Malformed> {
    let mut parts = words(whole);
    let (id, label, next) = (parts.next()?, parts.next()?, parts.next());
    let number = id.text.get(1..).filter(|n| !n.is_empty())?;
    if !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let is_number = |word: &Word<'_>| word.text.parse::<u32>().is_ok();
    let is_reference = |word: &Word<'_>| {
        let behind = word.text.rsplit_once(':').map_or("", |(_, behind)| behind);
        behind.starts_with(['T', 'E', 'R']) && behind.ends_with(|c: char| c.is_ascii_digit())
    };
    let fits = match id.text.as_bytes().first()? {
        b'T' => {
            next.as_ref().is_some_and(is_number) && parts.next().as_ref().is_some_and(is_number)
        }
        b'E' => is_reference(&label),
        b'R' => next.as_ref().is_some_and(is_reference),
        _ => false,
    };
    let message = format!("a TAB is expected behind {}, and there is a blank", id.text);
    let remedy = "write a TAB behind the id, and before quoted text";
    fits.then_some((id.at + id.text.len(), message, remedy))
}

fn mention(rest: Word<'_>) -> Result<What<'_>, Malformed> {
    let (head, quote) = match cut(rest, '\t') {
        Some((head, quote)) => (head, Some(quote)),
        None => (rest, None),
    };
    let form = "write it as T1 ⇥ Label 0 5;8 12 ⇥ quoted text";
    let Some((label, place)) = cut(head, ' ').filter(|(label, _)| !label.text.is_empty()) else {
        let message = "a label and offsets are expected behind the id".to_owned();
        return Err((head.at, message, form));
    };
    let mut fragments = Vec::new();
    for part in pieces(place, ';') {
        let numbers: Option<Vec<u32>> = part
            .text
            .split_whitespace()
            .map(|n| n.parse().ok())
            .collect();
        let [start, end] = numbers.unwrap_or_default()[..] else {
            let message = format!(
                "two offsets are expected, and there is “{}”",
                short(part.text)
            );
            return Err((part.at, message, form));
        };
        fragments.push(SourceSpan { start, end });
    }
    fragments.sort_by_key(|f| (f.start, f.end));
    Ok(What::Mention {
        label: label.text,
        fragments,
        place,
        quote,
    })
}

fn event(rest: Word<'_>) -> Result<What<'_>, Malformed> {
    let form = "write it as E1 ⇥ Label:T1 Role:T2";
    let mut parts = parts(rest, form)?.into_iter();
    let Some((label, trigger)) = parts.next() else {
        let message = "a label and a trigger are expected behind the id".to_owned();
        return Err((rest.at, message, form));
    };
    Ok(What::Event {
        label,
        trigger,
        arguments: parts.collect(),
    })
}

fn relation(rest: Word<'_>) -> Result<What<'_>, Malformed> {
    let form = "write it as R1 ⇥ Label Arg1:T1 Arg2:T2";
    // Behind a TAB or a blank, and with blanks in it or without.
    let is_closed = rest.text.trim_end().ends_with(']');
    let mut begins = rest.text.match_indices([' ', '\t']).map(|(at, _)| at);
    let listing = begins.find(|at| is_closed && rest.text.get(at + 1..at + 2) == Some("["));
    let rest = Word {
        text: rest
            .text
            .get(..listing.unwrap_or(rest.text.len()))
            .unwrap_or(""),
        at: rest.at,
    };
    let (label, behind) = cut(rest, ' ').unwrap_or((
        rest,
        Word {
            text: "",
            at: rest.at + rest.text.len(),
        },
    ));
    let arguments = parts(behind, form)?;
    if arguments.len() < 2 || label.text.is_empty() {
        let message = "a label and two arguments are expected behind the id".to_owned();
        return Err((rest.at, message, form));
    }
    Ok(What::Relation {
        label: label.text,
        arguments,
        is_listing: listing.is_some(),
    })
}

fn attribute(rest: Word<'_>) -> Result<What<'_>, Malformed> {
    let mut words = words(rest);
    let (Some(name), Some(target)) = (words.next(), words.next()) else {
        let message = "a name and the id of what has it are expected behind the id".to_owned();
        return Err((rest.at, message, "write it as A1 ⇥ Name T1 value"));
    };
    let behind = target.at + target.text.len() - rest.at;
    let value = rest.text.get(behind..).unwrap_or("").trim();
    Ok(What::Attribute {
        name: name.text,
        target,
        value: Some(value).filter(|v| !v.is_empty()),
    })
}

fn link(rest: Word<'_>) -> Result<What<'_>, Malformed> {
    let (head, title) = cut(rest, '\t').map_or((rest, ""), |(head, title)| (head, title.text));
    let mut words = words(head);
    let label = words.next();
    let (Some(target), Some(reference)) = (words.next(), words.next()) else {
        let message = "Reference, an id and a reference are expected behind the id".to_owned();
        return Err((
            head.at,
            message,
            "write it as N1 ⇥ Reference T1 Base:id ⇥ title",
        ));
    };
    Ok(What::Link {
        target,
        reference: reference.text,
        title,
        is_usual: label.is_some_and(|label| label.text == "Reference") && words.next().is_none(),
    })
}

fn note(rest: Word<'_>) -> Result<What<'_>, Malformed> {
    let (head, text) = cut(rest, '\t').map_or((rest, ""), |(head, text)| (head, text.text));
    let mut words = words(head);
    let (Some(label), Some(target)) = (words.next(), words.next()) else {
        let message = "a label and the id of what it is on are expected behind the id".to_owned();
        return Err((
            head.at,
            message,
            "write it as #1 ⇥ AnnotatorNotes T1 ⇥ text",
        ));
    };
    Ok(What::Note {
        label: label.text,
        target,
        text,
    })
}

fn group(rest: Word<'_>) -> Result<What<'_>, Malformed> {
    let mut words = words(rest);
    let label = words.next().map_or("", |word| word.text);
    let members: Vec<Word<'_>> = words.collect();
    if members.len() < 2 {
        let message = "a label and at least two ids are expected behind the *".to_owned();
        return Err((rest.at, message, "write it as * ⇥ Equiv T1 T2"));
    }
    Ok(What::Group { label, members })
}

/// `Role:id` pairs.
fn parts<'a>(rest: Word<'a>, form: &'static str) -> Result<Vec<Part<'a>>, Malformed> {
    words(rest)
        .map(|word| {
            let found =
                cut(word, ':').filter(|(role, id)| !role.text.is_empty() && !id.text.is_empty());
            let (role, id) = found.ok_or_else(|| {
                let message = format!("Role:id is expected, and there is “{}”", short(word.text));
                (word.at, message, form)
            })?;
            Ok((role.text, id))
        })
        .collect()
}

fn cut(word: Word<'_>, at: char) -> Option<(Word<'_>, Word<'_>)> {
    let (before, behind) = word.text.split_once(at)?;
    let behind = Word {
        text: behind,
        at: word.at + before.len() + at.len_utf8(),
    };
    Some((
        Word {
            text: before,
            at: word.at,
        },
        behind,
    ))
}

fn pieces(whole: Word<'_>, at: char) -> impl Iterator<Item = Word<'_>> {
    let mut from = whole.at;
    whole.text.split(at).map(move |text| {
        let word = Word { text, at: from };
        from += text.len() + at.len_utf8();
        word
    })
}

/// The words between spaces and TABs.
fn words(whole: Word<'_>) -> impl Iterator<Item = Word<'_>> {
    let mut from = whole.at;
    whole
        .text
        .split([' ', '\t'])
        .map(move |text| {
            let word = Word { text, at: from };
            from += text.len() + 1;
            word
        })
        .filter(|word| !word.text.is_empty())
}
