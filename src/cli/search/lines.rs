//! Lines with hits, as `file:line:column:text`, or their numbers.

use std::io::{self, Write};
use std::ops::{ControlFlow, Range};

use serde::Serialize;

use super::{Came, Searching, colours, raw};
use crate::article::ByteSpan;
use crate::cli::bulk::{Taken, Way, each_unknown};
use crate::format::FilePlace;
use crate::layout::printed_parts;
use crate::library::Named;
use crate::runtime::{Features, styled_line};
use crate::search::Matcher;
use crate::text::{Profile, passable, printable, printable_line, str_width, write_json};
use crate::theme::{Slot, Theme};

/// A longer line is printed without colours.
const MOST_CELLS: u16 = 20_000;

/// A line of an article that has hits.
#[derive(Debug)]
pub(super) struct Found {
    /// Of the article's text, from 1.
    line: usize,
    /// Where the line begins in the article's text.
    start: usize,
    text: String,
    /// In the line, at least one.
    hits: Vec<Range<usize>>,
    /// Where they stand in the file; nothing where that is the text itself, or nobody asks.
    places: Vec<FilePlace>,
}

impl Found {
    /// Where a hit stands in the file.
    fn place(&self, hit: usize) -> FilePlace {
        self.places.get(hit).copied().unwrap_or_else(|| FilePlace {
            line: self.line,
            column: self.hits.get(hit).map_or(0, |hit| hit.start) + 1,
        })
    }
}

/// An article with hits.
#[derive(Debug)]
struct InArticle {
    /// Its number in the file, from 1.
    number: usize,
    title: String,
    found: Vec<Found>,
}

/// What was found in a file.
#[derive(Debug, Default)]
struct InFile {
    /// The articles with hits.
    articles: Vec<InArticle>,
}

/// A hit as an object.
#[derive(Debug, Serialize)]
struct Hit<'a> {
    file: &'a str,
    /// The article's number in the file, from 1.
    article: usize,
    title: &'a str,
    line: usize,
    column: usize,
    /// UTF-8 bytes of the article's text.
    start: usize,
    end: usize,
    hit: &'a str,
    /// The line; of a long one what stands about the hit.
    text: &'a str,
    /// Where that begins, in UTF-8 bytes of the article's text.
    text_start: usize,
}

/// The numbers of an article as an object.
#[derive(Debug, Serialize)]
struct Counted<'a> {
    file: &'a str,
    article: usize,
    title: &'a str,
    lines: usize,
    hits: usize,
}

pub(super) fn run(searching: &Searching<'_>, out: &mut dyn Write) -> io::Result<Came> {
    let Searching {
        files,
        asked,
        matcher,
        ..
    } = searching;
    let colour = colours(searching);
    let args = searching.args;
    let with_text = !(args.count || args.count_matches);
    let mut came = Came::default();
    let mut failed = None;
    let take = |all: &mut InFile, taken: &Taken<'_>| {
        let found = find(matcher, taken, with_text);
        if !found.is_empty() {
            all.articles.push(InArticle {
                number: taken.index + 1,
                title: taken.article.meta.title.clone(),
                found,
            });
        }
    };
    let join = |all: &mut InFile, one: InFile| all.articles.extend(one.articles);
    let known = |file: &Named| {
        // An object tells the article's title.
        let found = (!searching.args.json)
            .then(|| raw::scan(file, asked, matcher, with_text))
            .flatten()?;
        let mut made = InFile::default();
        if !found.is_empty() {
            made.articles.push(InArticle {
                number: 1,
                title: String::new(),
                found,
            });
        }
        Some(made)
    };
    let way = Way {
        known: &known,
        worth: &|bytes| matcher.may_be_in(bytes),
        take: &take,
        join: &join,
    };
    each_unknown(files, asked, "searching", &way, |file, outcome| {
        came.note(file, &outcome);
        let made = outcome.made.unwrap_or_default();
        came.found |= !made.articles.is_empty();
        let printed = print(searching, out, &file.name(), &made, colour.as_ref());
        failed = printed.and_then(|()| searching.show(out)).err();
        match failed {
            Some(_) => ControlFlow::Break(()),
            None => ControlFlow::Continue(()),
        }
    });
    failed.map_or(Ok(came), Err)
}

/// The lines of an article that have hits.
fn find(matcher: &Matcher, taken: &Taken<'_>, with_text: bool) -> Vec<Found> {
    let article = taken.article;
    let Some(mut hits) = matcher.in_article(article) else {
        return Vec::new();
    };
    if hits.is_empty() {
        // It matches by its date, or by what is not there: its first line stands for it, with a hit of no length.
        let first = article.text.blocks().first();
        let start = first.map_or(0, |block| block.span.start());
        hits.push(ByteSpan::new(start, start));
    }
    let mut lines = Lines::new(with_text);
    lines.add(article.text.whole(), hits.into_iter().map(ByteSpan::range));
    let mut found = lines.finish();
    if with_text {
        place(&mut found, taken);
    }
    found
}

/// Looks up where hits stand in the file.
fn place(found: &mut [Found], taken: &Taken<'_>) {
    let starts = |line: &Found| {
        let start = line.start;
        line.hits
            .iter()
            .map(move |hit| start + hit.start)
            .collect::<Vec<_>>()
    };
    let wanted: Vec<usize> = found.iter().flat_map(starts).collect();
    let text = taken.article.text.whole();
    let mut places = taken
        .document
        .places(taken.index, text, &wanted)
        .into_iter();
    for line in found {
        line.places = places.by_ref().take(line.hits.len()).collect();
    }
}

/// Hits put together to lines.
#[derive(Debug)]
pub(super) struct Lines {
    found: Vec<Found>,
    /// Of the line with which the next piece begins, from 1, and how much of the text lies before it.
    number: usize,
    before: usize,
    with_text: bool,
}

impl Lines {
    /// With the lines' text, or only how many there are.
    pub(super) const fn new(with_text: bool) -> Self {
        Self {
            found: Vec::new(),
            number: 1,
            before: 0,
            with_text,
        }
    }

    /// Searches a piece of the text that consists of whole lines.
    pub(super) fn take(&mut self, matcher: &Matcher, piece: &str) {
        self.add(piece, matcher.in_text(piece));
    }

    /// The lines in order.
    pub(super) fn finish(self) -> Vec<Found> {
        self.found
    }

    fn add(&mut self, piece: &str, hits: impl Iterator<Item = Range<usize>>) {
        let bytes = piece.as_bytes();
        let count = |part: Range<usize>| {
            memchr::memchr_iter(b'\n', bytes.get(part).unwrap_or_default()).count()
        };
        let (mut number, mut counted, mut end) = (self.number, 0, 0);
        for hit in hits {
            let start = match self.found.last_mut() {
                Some(last) if hit.start < end => {
                    let start = last.start - self.before;
                    last.hits.push(hit.start - start..hit.end - start);
                    continue;
                }
                _ => bytes
                    .get(..hit.start)
                    .and_then(|before| memchr::memrchr(b'\n', before))
                    .map_or(0, |at| at + 1),
            };
            number += count(counted..hit.start);
            counted = hit.start;
            let behind = bytes.get(hit.end..).unwrap_or_default();
            end = memchr::memchr(b'\n', behind).map_or(bytes.len(), |at| hit.end + at);
            let text = if self.with_text {
                piece.get(start..end).unwrap_or("").to_owned()
            } else {
                String::new()
            };
            self.found.push(Found {
                line: number,
                start: self.before + start,
                text,
                hits: std::iter::once(hit.start - start..hit.end - start).collect(),
                places: Vec::new(),
            });
        }
        self.number = number + count(counted..bytes.len());
        self.before += bytes.len();
    }
}

fn print(
    searching: &Searching<'_>,
    out: &mut dyn Write,
    file: &str,
    made: &InFile,
    colour: Option<&(Theme, Features)>,
) -> io::Result<()> {
    let args = searching.args;
    let counts = args.count || args.count_matches;
    let hits = |found: &Found| found.hits.iter().filter(|hit| !hit.is_empty()).count();
    let hits_of = |found: &[Found]| found.iter().map(hits).sum::<usize>();
    if counts && args.json {
        for article in &made.articles {
            let counted = Counted {
                file,
                article: article.number,
                title: &article.title,
                lines: article.found.len(),
                hits: hits_of(&article.found),
            };
            write_json(out, &counted)?;
            writeln!(out)?;
        }
        return Ok(());
    }
    if counts {
        let count = |found: &[Found]| {
            if args.count_matches {
                hits_of(found)
            } else {
                found.len()
            }
        };
        let count: usize = made.articles.iter().map(|one| count(&one.found)).sum();
        if count > 0 {
            writeln!(out, "{}:{count}", printable_line(file))?;
        }
        return Ok(());
    }
    for article in &made.articles {
        for line in &article.found {
            if args.json {
                objects(out, file, article, line)?;
            } else {
                print_line(searching, out, file, line, colour)?;
            }
        }
    }
    Ok(())
}

/// What of a line is written with a hit: all of it, unless it is long, since each of its hits would have it again.
fn about(line: &str, hit: &Range<usize>) -> Range<usize> {
    const LONG: usize = 4096;
    const ABOUT: usize = 512;
    if line.len() <= LONG {
        return 0..line.len();
    }
    let start = line.floor_char_boundary(hit.start.saturating_sub(ABOUT));
    let end = line.ceil_char_boundary(hit.end.saturating_add(ABOUT).min(line.len()));
    start..end
}

fn objects(out: &mut dyn Write, file: &str, article: &InArticle, found: &Found) -> io::Result<()> {
    for (number, hit) in found.hits.iter().enumerate() {
        let FilePlace { line, column } = found.place(number);
        let about = about(&found.text, hit);
        let object = Hit {
            file,
            article: article.number,
            title: &article.title,
            line,
            column,
            start: found.start + hit.start,
            end: found.start + hit.end,
            hit: found.text.get(hit.clone()).unwrap_or(""),
            text: found.text.get(about.clone()).unwrap_or(""),
            text_start: found.start + about.start,
        };
        write_json(out, &object)?;
        writeln!(out)?;
    }
    Ok(())
}

fn print_line(
    searching: &Searching<'_>,
    out: &mut dyn Write,
    file: &str,
    found: &Found,
    colour: Option<&(Theme, Features)>,
) -> io::Result<()> {
    let FilePlace { line, column } = found.place(0);
    let place = format!("{line}:{column}:");
    let profile = Profile::new(searching.config.ambiguous.unwrap_or_default());
    let is_short = || str_width(&found.text, &profile) < MOST_CELLS;
    let Some((theme, features)) = colour.filter(|_| is_short()) else {
        let text = if searching.is_watched {
            printable(&found.text)
        } else {
            passable(&found.text)
        };
        return writeln!(out, "{}:{place}{text}", printable_line(file));
    };
    let mut parts = vec![
        (Slot::Title, file),
        (Slot::Text, ":"),
        (Slot::ListDate, place.as_str()),
    ];
    let mut from = 0;
    for hit in &found.hits {
        parts.push((Slot::Text, found.text.get(from..hit.start).unwrap_or("")));
        parts.push((Slot::Hit, found.text.get(hit.clone()).unwrap_or("")));
        from = hit.end;
    }
    parts.push((Slot::Text, found.text.get(from..).unwrap_or("")));
    let row = printed_parts(&parts, theme, profile);
    out.write_all(&styled_line(&row, *features))?;
    out.write_all(b"\n")
}
