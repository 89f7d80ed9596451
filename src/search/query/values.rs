//! What stands behind a field's colon.

use std::ops::Range;

use super::expr::{Field, Part, Pattern, Value, kind_named};
use super::scan::{Scan, fault, is_quote};
use crate::article::Kind;
use crate::names::Date;
use crate::search::QueryError;

/// The value of a field, which begins at `start`.
pub(super) fn value(scan: &mut Scan<'_>, field: Field, start: usize) -> Result<Value, QueryError> {
    let at = scan.at;
    match field {
        Field::Kind => {
            let name = bare(scan)?;
            let kinds = || {
                let names: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
                names.join(", ")
            };
            match kind_named(&name) {
                Some(kind) => Ok(Value::Kind(kind)),
                None if name.is_empty() => fault(format!("which kind? {}", kinds()), start..at),
                None => fault(format!("kinds are {}", kinds()), at..scan.at),
            }
        }
        Field::Date => dates(scan, start),
        Field::Relation => tie(scan, start),
        Field::Of(Kind::Event) if looks_like_tie(scan) => tie(scan, start),
        _ => match scan.pattern()? {
            Some(pattern) => Ok(of_pattern(pattern)),
            None => {
                let name = scan.text.get(start..at).unwrap_or("");
                fault(
                    format!("{name} wants something behind it, or {name}* for any"),
                    start..at,
                )
            }
        },
    }
}

/// A word, with or without quotation marks.
fn bare(scan: &mut Scan<'_>) -> Result<String, QueryError> {
    if scan.peek().is_some_and(is_quote)
        && let Some(Pattern::Phrase(word) | Pattern::Word(word)) = scan.pattern()?
    {
        return Ok(word);
    }
    Ok(scan.word(|_| false))
}

/// What a pattern asks of a field: `*` is anything.
pub(super) fn of_pattern(pattern: Pattern) -> Value {
    match pattern {
        Pattern::Word(word) if word == "*" => Value::Any,
        pattern => Value::Text(pattern),
    }
}

/// Whether an event is asked for with those who take part.
fn looks_like_tie(scan: &Scan<'_>) -> bool {
    let brackets = ['(', '（'];
    match scan.peek() {
        // A bracket within an expression or a phrase is its own.
        Some('/') => false,
        Some(c) if is_quote(c) => {
            let mut ahead = scan.clone();
            matches!(ahead.pattern(), Ok(Some(Pattern::Phrase(_))))
                && ahead.take(&brackets).is_some()
        }
        _ => {
            let word = scan.rest().split(char::is_whitespace).next();
            word.and_then(|word| word.find(brackets))
                .is_some_and(|at| at > 0)
        }
    }
}

/// `2023-11..2023-12`, either end of which may be left out, or one day, month or year.
fn dates(scan: &mut Scan<'_>, start: usize) -> Result<Value, QueryError> {
    let at = scan.at;
    let word = bare(scan)?;
    // What helps stands first: the prompt has room for some forty cells.
    let what = "2023-11-11, 2023-11, 2023 or two: 2023-11..2023-12, ..2024";
    if word.is_empty() {
        return fault(format!("date: wants {what}"), start..at);
    }
    if word == "*" {
        return Ok(Value::Any);
    }
    let (from, to) = word.split_once("..").unwrap_or((&word, &word));
    let read = |text: &str| -> Result<Option<Date>, QueryError> {
        if text.is_empty() {
            return Ok(None);
        }
        // Of an article's date what follows it does not count; here it would be lost.
        match Date::parse_whole(text) {
            Some(date) => Ok(Some(date)),
            None => fault(format!("no date; write {what}"), at..scan.at),
        }
    };
    let (from, to) = (read(from)?, read(to)?);
    if from.is_none() && to.is_none() {
        return fault(format!("date: wants {what}"), start..scan.at);
    }
    if from
        .zip(to)
        .is_some_and(|(from, to)| last(to) < first(from))
    {
        return fault("the second date is before the first", at..scan.at);
    }
    Ok(Value::Days(from, to))
}

/// The first day that a date means.
pub(in crate::search) fn first(date: Date) -> (u16, u8, u8) {
    (date.year, date.month.max(1), date.day.max(1))
}

/// The last one; the last of a month counts as the 31st.
pub(in crate::search) const fn last(date: Date) -> (u16, u8, u8) {
    let month = if date.month == 0 { 12 } else { date.month };
    let day = if date.day == 0 { 31 } else { date.day };
    (date.year, month, day)
}

/// `located(_, 北京)`: a label, `*` for any, and those who take part; with a role before a `=` if it counts.
fn tie(scan: &mut Scan<'_>, start: usize) -> Result<Value, QueryError> {
    let at = scan.at;
    let label = match scan.peek() {
        Some(c) if is_quote(c) || c == '/' => scan.pattern()?,
        _ => {
            let mut label = String::new();
            while let Some(c) = scan
                .peek()
                .filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')' | '（'))
            {
                scan.at += c.len_utf8();
                label.push(c);
            }
            Some(Pattern::Word(label)).filter(|label| *label != Pattern::Word(String::new()))
        }
    };
    let written = scan.text.get(at..scan.at).unwrap_or("");
    let opening = scan.at;
    let mut parts = Vec::new();
    if let Some(open) = scan.take(&['(', '（']) {
        let close = if open == '(' { ')' } else { '）' };
        loop {
            scan.skip_blanks();
            parts.push(part(scan, close)?);
            scan.skip_blanks();
            if scan.take(&[',', '，', '、']).is_some() {
                continue;
            }
            if scan.take(&[close]).is_some() {
                break;
            }
            return fault(
                format!("the bracket is not closed; write {written}(_, 北京)"),
                opening..opening + open.len_utf8(),
            );
        }
    } else if label.is_none() {
        let name = scan.text.get(start..at).unwrap_or("");
        return fault(
            format!("{name} wants a label, and who takes part if you like: {name}located(_, 北京)"),
            start..at,
        );
    }
    if parts.is_empty() {
        let mut ahead = scan.clone();
        ahead.skip_blanks();
        if let Some(at) = taking_part(&ahead) {
            return fault(
                format!("no blank before the bracket: write {written}(_, 北京)"),
                at,
            );
        }
    }
    let label = label.filter(|label| *label != Pattern::Word("*".to_owned()));
    Ok(Value::Tie(label, parts))
}

/// A bracket behind `relation:` holds labels; those who take part want one before it.
pub(super) fn no_label(scan: &Scan<'_>) -> Result<(), QueryError> {
    match taking_part(scan) {
        Some(at) => fault("of any label? write relation:*(_, 北京)", at),
        None => Ok(()),
    }
}

/// The place of a bracket that stands here, when it holds those who take part, with a comma between them.
fn taking_part(scan: &Scan<'_>) -> Option<Range<usize>> {
    let rest = scan.rest();
    let open = scan.peek().filter(|c| matches!(c, '(' | '（'))?;
    let inner = rest.get(open.len_utf8()..)?;
    let ends = inner.find(['(', '（', ')', '）', '"', '“', '/']);
    let closes =
        ends.is_none_or(|end| inner.get(end..).is_some_and(|c| c.starts_with([')', '）'])));
    let inner = inner.get(..ends.unwrap_or(inner.len()))?;
    let listed = inner.contains([',', '，', '、']) || (closes && matches!(inner.trim(), "_" | "*"));
    listed.then(|| scan.at..scan.at + open.len_utf8())
}

fn part(scan: &mut Scan<'_>, close: char) -> Result<Part, QueryError> {
    let ends = |c: char| matches!(c, ',' | '，' | '、' | '=' | '＝') || c == close;
    let start = scan.at;
    let mut role = None;
    let word = scan.word(ends);
    if !word.is_empty() && scan.take(&['=', '＝']).is_some() {
        role = Some(word);
    } else {
        scan.at = start;
    }
    let name = match scan.peek() {
        Some(c) if is_quote(c) || c == '/' => scan.pattern()?,
        _ => {
            // Blanks may stand within: located(_, New York).
            let mut words = Vec::new();
            loop {
                let word = scan.word(ends);
                if word.is_empty() {
                    break;
                }
                words.push(word);
                scan.skip_blanks();
            }
            Some(words.join(" "))
                .filter(|word| !matches!(word.as_str(), "" | "_" | "*"))
                .map(Pattern::Word)
        }
    };
    Ok(Part { role, name })
}
