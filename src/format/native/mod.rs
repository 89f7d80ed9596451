//! The native format: TOML made to be written by hand; `docs/article-format.md` is its reference.
//!
//! `fields` reads keys and values leniently, `schema` knows which there are, `names` and `quote` find them in the
//! text, `annotate` makes entities and mentions of them, `ties` relations, events and notes.

mod annotate;
mod exact;
mod fields;
mod names;
mod nul;
mod quote;
mod schema;
mod ties;
mod write;

use toml::de::{DeTable, DeValue};

use self::fields::{Fields, Reader};
use self::schema::Words;
use super::code::Code;
use super::entry::{Entry, Look, ReadOptions, Reader as FormatReader, Sign, Writer};
use super::furniture::is_jump_line;
use super::loss::Feature;
use super::plain;
use super::read::{File, ReadError};
use super::report::Report;
use crate::article::{Article, BlockId, LineEnds, Meta, Role, Text};

/// The native format.
pub(super) const ENTRY: Entry = Entry {
    name: "toml",
    about: "the native format",
    detect,
    reader: FormatReader::One(|files, options| read(&files.main, options)),
    writer: Writer {
        ending: "toml",
        joined: None,
        write: write::write,
    },
    carries: &Feature::ALL,
    partly: &[],
    codes: &[
        Code::UNDECODABLE,
        Code::ENCODING,
        Code::SYNTAX,
        Code::WRONG_TYPE,
        Code::MISSING,
        Code::UNKNOWN_KEY,
        Code::QUOTE_NOWHERE,
        Code::QUOTE_DIFFERS,
        Code::OFFSET_RANGE,
        Code::DUPLICATE_ID,
        Code::DANGLING,
        Code::TRIGGER,
        Code::DUPLICATE_NAME,
        Code::BAD_NAME,
        Code::UNKNOWN_ENTITY,
        Code::NO_MENTION,
        Code::IDLE_EXCLUDE,
        Code::NOTE_NOWHERE,
    ],
};

/// A `.toml`, or a file without an ending, is an article when a line of its start sets `headline`, `body` or
/// `text` to a string.
fn detect(look: &Look<'_>) -> Option<Sign> {
    if !matches!(look.ending().as_str(), "toml" | "") {
        return None;
    }
    let sets = |(key, value): (&str, &str)| {
        matches!(key.trim(), "headline" | "body" | "text")
            && value.trim_start().starts_with(['"', '\''])
    };
    let mut pairs = look.start.lines().filter_map(|line| line.split_once('='));
    pairs.any(sets).then_some(Sign::certain(
        "a line of its start sets headline, body or text",
    ))
}

/// So many bytes may stand beside the texts: the parser needs up to a hundred times as many where nothing is sound.
const MOST_TABLES: usize = 16 << 20;

/// A string of one line that is longer than this (bytes) is a text; the parser needs no more room for it than it has.
const LONG: usize = 256;

/// How many bytes stand outside strings of several lines and long ones of one.
fn outside_of_texts(source: &str) -> usize {
    let (mut count, mut from) = (0, 0);
    let rest = |from: usize| source.get(from..).unwrap_or("");
    while let Some(at) = memchr::memchr2(b'"', b'\'', rest(from).as_bytes()) {
        let (before, behind) = rest(from).split_at(at);
        let mark = ["\"\"\"", "'''"]
            .into_iter()
            .find(|mark| behind.starts_with(mark));
        let line = before.rsplit('\n').next().unwrap_or("");
        // In a comment it opens nothing.
        let in_comment = line.contains('#');
        let Some(mark) = mark.filter(|_| !in_comment) else {
            let len = if in_comment { 1 } else { one_line(behind) };
            count += at + if len > LONG { 2 } else { len };
            from += at + len;
            continue;
        };
        let text = behind.get(mark.len()..).unwrap_or("");
        count += at + 2 * mark.len();
        let Some(len) = text.find(mark) else {
            return count;
        };
        from += at + len + 2 * mark.len();
    }
    count + rest(from).len()
}

/// How long a string of one line is with its quotes; where it is not closed it goes to the end of the line.
fn one_line(string: &str) -> usize {
    let bytes = string.as_bytes();
    let quote = bytes.first().copied().unwrap_or(b'"');
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\n' => return at,
            b'\\' if quote == b'"' => at += 1,
            byte if *byte == quote => return at + 1,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// Where the strings stand that the text is made of, in the text's order; nothing where there are none.
pub(super) fn text_spans(source: &str) -> Option<Vec<std::ops::Range<usize>>> {
    const PARTS: [&str; 9] = [
        "text", "kicker", "headline", "deck", "byline", "dateline", "body", "caption", "credits",
    ];
    if source.len() > MOST_TABLES {
        return None;
    }
    let (document, _) = DeTable::parse_recoverable(source);
    let table = document.get_ref();
    let mut spans = Vec::new();
    for part in PARTS {
        let Some(value) = table.get(part) else {
            continue;
        };
        match value.get_ref() {
            DeValue::Array(several) => spans.extend(several.iter().map(toml::Spanned::span)),
            DeValue::String(_) => spans.push(value.span()),
            _ => {}
        }
        if part == "text" {
            break;
        }
    }
    (!spans.is_empty()).then_some(spans)
}

/// Reads an article in the native format. The text is kicker, headline, deck, byline, dateline, body, caption and
/// credits in that order, one block a line. The title falls back to the file's name.
fn read(file: &File, options: &ReadOptions) -> Result<Article, ReadError> {
    let source = file.decoded.text.as_str();
    let mut report = Report::of(&file.name, options);
    report.undecodable(&file.decoded);
    if source.len() > MOST_TABLES && outside_of_texts(source) > MOST_TABLES {
        return Err(ReadError::whole(
            &file.name,
            "there are more than 16 MiB beside the texts, too much for the parser of TOML",
            "split the article, or write it in another format, such as brat",
        ));
    }
    let (document, errors) = DeTable::parse_recoverable(source);
    nul::tell(source, document.get_ref(), &mut report);
    let mut reader = Reader::new(source, &mut report);
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        let message = format!("this is not TOML: {}", error.message().replace('\n', ", "));
        let remedy = "mend it here; the rest is used as far as it can be read".to_owned();
        reader.tell(Code::SYNTAX, at, message, remedy);
    }
    let top = Fields {
        table: document.get_ref(),
        at: 0,
        what: "",
    };
    let (words, about) = schema::head(&mut reader, top);
    let exact = schema::exact(&mut reader, top);
    let text = match &words.text {
        Some(whole) => whole_text(&mut reader, file, whole, exact)?,
        None => text_of(&mut reader, file, &words)?,
    };
    let tables = schema::tables(&mut reader, top);
    let annotations = annotate::annotate(
        &mut reader,
        tables,
        exact,
        &text,
        file.stem(),
        &options.kinds,
    );
    let headline = words.headline.trim();
    let title = [about.title.trim(), headline]
        .into_iter()
        .find(|title| !title.is_empty())
        .or_else(|| words.text.as_ref().and(plain::title(&text)))
        .unwrap_or(file.base());
    let mut form = file.decoded.form;
    if words.text.is_some() {
        form.bom =
            exact.is_some_and(|exact| exact.is("bom", |value| value.as_bool() == Some(true)));
        let is_crlf = |value: &toml::de::DeValue<'_>| value.as_str() == Some("crlf");
        form.line_ends = if exact.is_some_and(|exact| exact.is("line_ends", is_crlf)) {
            LineEnds::CrLf
        } else {
            LineEnds::Lf
        };
    }
    if let Some((_, added)) = exact.and_then(|exact| reader.numbers(exact, "added")) {
        form.added = added
            .first()
            .and_then(|n| u32::try_from(*n).ok())
            .unwrap_or(0);
    }
    Ok(Article {
        meta: Meta {
            file: String::new(),
            title: title.to_owned(),
            name: file.stem().to_owned(),
            date: about.date,
            source: about.source,
            page: about.page,
            section: about.section,
            language: about.language,
            continues: about.continues,
        },
        text,
        annotations,
        diagnostics: report.finish(),
        form,
    })
}

/// The text that the parts of the article make, one block a line.
fn text_of(reader: &mut Reader<'_, '_>, file: &File, words: &Words) -> Result<Text, ReadError> {
    let lines = lines(words);
    if lines.is_empty() {
        return Err(no_text(file, reader.report()));
    }
    let content: Vec<&str> = lines.iter().map(|(_, line)| *line).collect();
    let mut text = Text::from_lines(content.join("\n"))
        .map_err(|error| ReadError::too_long(&file.name, error))?;
    for (index, (role, _)) in lines.iter().enumerate() {
        text.set_role(BlockId(u32::try_from(index).unwrap_or(u32::MAX)), *role);
    }
    Ok(text)
}

/// The text that is given as a whole: its roles are those of `exact`, else they are guessed.
fn whole_text(
    reader: &mut Reader<'_, '_>,
    file: &File,
    whole: &str,
    exact: Option<Fields<'_, '_>>,
) -> Result<Text, ReadError> {
    let too_long = |error| ReadError::too_long(&file.name, error);
    let roles = match exact {
        Some(exact) => reader.strings(exact, "roles").unwrap_or_default(),
        None => Vec::new(),
    };
    if roles.is_empty() {
        return plain::blocks(whole.to_owned()).map_err(too_long);
    }
    let mut text = Text::from_lines(whole.to_owned()).map_err(too_long)?;
    for (index, name) in roles.iter().enumerate() {
        match Role::from_name(&name.text) {
            Some(role) => text.set_role(BlockId(u32::try_from(index).unwrap_or(u32::MAX)), role),
            None => {
                let message = format!("“{}” is no role of a block", name.text);
                let remedy = "write paragraph, headline, kicker, deck, byline, dateline, section-head, credit, \
                              jump-line, caption or quote";
                reader.tell(Code::WRONG_TYPE, name.at, message, remedy.to_owned());
            }
        }
    }
    Ok(text)
}

/// Why there is no text: the first fault of the file, else that nobody wrote any.
fn no_text(file: &File, report: &Report) -> ReadError {
    match report.worst() {
        Some(fault) => ReadError {
            file: fault.file.clone(),
            line: fault.line,
            column: fault.column,
            message: fault.message.clone(),
            remedy: fault.remedy.clone(),
        },
        None => ReadError::whole(
            &file.name,
            "neither headline nor body has any text",
            "an article needs one of them: headline = \"…\"",
        ),
    }
}

/// The lines of the article that are not blank, with their roles.
fn lines(words: &Words) -> Vec<(Role, &str)> {
    let mut parts: Vec<(Role, &str)> = vec![
        (Role::Kicker, &words.kicker),
        (Role::Headline, &words.headline),
        (Role::Deck, &words.deck),
    ];
    parts.extend(
        words
            .byline
            .iter()
            .map(|line| (Role::Byline, line.as_str())),
    );
    parts.push((Role::Dateline, &words.dateline));
    parts.extend(words.body.lines().map(body_line));
    parts.push((Role::Caption, &words.caption));
    parts.extend(
        words
            .credits
            .iter()
            .map(|line| (Role::Credit, line.as_str())),
    );
    parts
        .into_iter()
        .flat_map(|(role, part)| part.lines().map(move |line| (role, line)))
        .filter(|(_, line)| line.chars().any(|c| !c.is_whitespace()))
        .collect()
}

fn body_line(line: &str) -> (Role, &str) {
    if let Some(head) = line.strip_prefix("## ") {
        (Role::SectionHead, head)
    } else if let Some(quote) = line.strip_prefix("> ") {
        (Role::Quote, quote)
    } else if is_jump_line(line.trim()) {
        (Role::JumpLine, line)
    } else {
        (Role::Paragraph, line)
    }
}

#[cfg(test)]
mod tests;
