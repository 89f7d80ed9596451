//! Lines with hits, as `file:line:column:text`, or their numbers.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::{ControlFlow, Range};

use serde::Serialize;

use super::found::{Found, Lines};
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

/// An article with hits.
#[derive(Debug)]
struct InArticle {
    /// Its number in the file, from 1.
    number: usize,
    title: String,
    lines: Lines,
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
    if let [file] = &**files
        && with_text
        && !args.json
    {
        let name = file.name();
        let streamed = raw::stream(file, asked, matcher, |found| {
            for line in found {
                print_line(searching, out, &name, line, colour.as_ref())?;
            }
            searching.show(out)
        });
        if let Some(streamed) = streamed {
            (came.found, came.read) = (streamed?, true);
            return Ok(came);
        }
    }
    let mut failed = None;
    let take = |all: &mut InFile, taken: &Taken<'_>| {
        if let Some(lines) = find(matcher, taken, with_text) {
            all.articles.push(InArticle {
                number: taken.index + 1,
                title: taken.article.meta.title.clone(),
                lines,
            });
        }
    };
    let join = |all: &mut InFile, one: InFile| all.articles.extend(one.articles);
    let known = |file: &Named| {
        // An object tells the article's title.
        let lines = (!searching.args.json)
            .then(|| raw::scan(file, asked, matcher, with_text))
            .flatten()?;
        let mut made = InFile::default();
        if lines.count > 0 {
            made.articles.push(InArticle {
                number: 1,
                title: String::new(),
                lines,
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
        let mut lines = made.articles.iter().map(|article| &article.lines);
        // An article may match without a hit, of which nothing is printed where hits are counted.
        let counts_hits = args.count_matches && !args.json;
        came.found |= lines.any(|lines| !counts_hits || lines.hits > 0);
        let printed = print(searching, out, &file.name(), &made, colour.as_ref());
        failed = printed.and_then(|()| searching.show(out)).err();
        match failed {
            Some(_) => ControlFlow::Break(()),
            None => ControlFlow::Continue(()),
        }
    });
    failed.map_or(Ok(came), Err)
}

/// The lines of an article that have hits; nothing when it does not match.
fn find(matcher: &Matcher, taken: &Taken<'_>, with_text: bool) -> Option<Lines> {
    let article = taken.article;
    let mut hits = matcher.in_article(article)?;
    if hits.is_empty() {
        // It matches by its date, or by what is not there: its first line stands for it, with a hit of no length.
        let first = article.text.blocks().first();
        let start = first.map_or(0, |block| block.span.start());
        hits.push(ByteSpan::new(start, start));
    }
    let mut lines = Lines::new(with_text);
    lines.add(article.text.whole(), hits.into_iter().map(ByteSpan::range));
    place(&mut lines.found, taken);
    Some(lines)
}

/// Looks up where hits stand in the file.
fn place(found: &mut [Found], taken: &Taken<'_>) {
    if found.is_empty() {
        return;
    }
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

fn print(
    searching: &Searching<'_>,
    out: &mut dyn Write,
    file: &str,
    made: &InFile,
    colour: Option<&(Theme, Features)>,
) -> io::Result<()> {
    let args = searching.args;
    let counts = args.count || args.count_matches;
    if counts && args.json {
        for article in &made.articles {
            let counted = Counted {
                file,
                article: article.number,
                title: &article.title,
                lines: article.lines.count,
                hits: article.lines.hits,
            };
            write_json(out, &counted)?;
            writeln!(out)?;
        }
        return Ok(());
    }
    if counts {
        let count = |lines: &Lines| {
            if args.count_matches {
                lines.hits
            } else {
                lines.count
            }
        };
        let count: usize = made.articles.iter().map(|one| count(&one.lines)).sum();
        if count > 0 {
            writeln!(out, "{}:{count}", printable_line(file))?;
        }
        return Ok(());
    }
    for article in &made.articles {
        for line in &article.lines.found {
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
            Cow::Owned(printable(&found.text))
        } else {
            passable(&found.text)
        };
        // Each by itself: a line of many is put together nowhere.
        for part in [&*printable_line(file), ":", &*place, &*text, "\n"] {
            out.write_all(part.as_bytes())?;
        }
        return Ok(());
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
