//! The People's Daily corpus of Peking University (PFR): words with their tags, a paragraph a line.
//!
//! `19980103-02-017-004/m  林/nr  小满/nr  在/p  [风/n  城/n]ns  说/v  。/w`: date, page, article and paragraph, then words.
//! Known are the dialects of 1998 (a surname and a given name are both `nr`), of 2003 (`nrf` and `nrg`) and of 2014 (no
//! ids: the file is one article; `nrf` is a transliterated name; a bracket closes with `]/nt`). Paragraphs of an
//! article may stand anywhere in the file; they are put in order by their number.
//!
//! Words whose tag names something (see `tags`), and all compounds in brackets, are mentions. A surname and a given
//! name are one mention, `nr`. Borders of words, other tags and readings in braces are not part of the article.
//!
//! The normal form: each line of the text a paragraph with an id, numbered from 001; `word/tag` and two spaces after
//! each; a mention is one word where its label is a tag that marks mentions, else a compound; other words are runs of
//! letters (`x`), of digits (`m`), and single marks (`w`). `id` reads ids, `words` words, `write` writes.

mod id;
mod tags;
mod words;
mod write;

use std::collections::{HashMap, HashSet};

use self::id::Id;
use self::words::Gathered;
use super::code::Code;
use super::decode::Decoded;
use super::entry::{
    Entry, Look, ReadOptions, Reader, Record, Sign, Source, Split, Stretch, Writer,
};
use super::loss::Feature;
use super::read::{File, ReadError};
use super::record::Made;
use super::report::{Lines, Report};
use crate::article::{Article, ByteSpan, MentionDraft, SourceForm, Unplaced};
use crate::text::is_han;

/// The People's Daily corpus.
pub(super) const ENTRY: Entry = Entry {
    name: "pfr",
    about: "People's Daily corpus (PFR): word/tag, bracketed compounds, ids of date, page, article, paragraph",
    detect,
    reader: Reader::Many { split, read },
    writer: Writer {
        ending: "txt",
        joined: Some(["", "\n", "\n"]),
        write: write::write,
    },
    carries: &[
        Feature::Lines,
        Feature::Name,
        Feature::Meta,
        Feature::Mentions,
        Feature::Nested,
        Feature::Equal,
        Feature::Controls,
    ],
    partly: &[Feature::Meta],
    codes: &[
        Code::UNDECODABLE,
        Code::ENCODING,
        Code::SYNTAX,
        Code::MALFORMED,
        Code::STRAY,
        Code::MISSING,
        Code::DUPLICATE_ID,
    ],
};

/// So many lines are looked at to tell the format.
const LOOKED_AT: usize = 40;

fn detect(look: &Look<'_>) -> Option<Sign> {
    let lines = || look.lines().filter(|line| !line.trim().is_empty());
    // A first line longer than the start is all there is to see.
    let first = lines().next().or_else(|| look.start.lines().next())?;
    if let Some((_, end)) = Id::at_start(first) {
        let words = first.get(end..).unwrap_or("").split_ascii_whitespace();
        let mut words = words.take(LOOKED_AT).peekable();
        let is_empty = words.peek().is_none();
        // A compound goes over words, and may be all there is of one.
        let is_tagged = |word: &str| {
            tags::split_tag(word).is_some() || (word.starts_with('[') && word.contains('/'))
        };
        if is_empty || words.any(is_tagged) {
            return Some(Sign::certain(
                "its first line begins with an id of date, page, article and paragraph",
            ));
        }
    }
    // A surname may be all of a line, but a text has verbs and marks.
    let (mut all, mut tagged, mut han, mut marks) = (0, 0, 0, 0);
    for token in lines()
        .take(LOOKED_AT)
        .flat_map(str::split_ascii_whitespace)
    {
        all += 1;
        if let Some((word, tag)) = tags::split_tag(token) {
            tagged += 1;
            han += usize::from(word.chars().any(is_han));
            let is_mark = word.chars().all(|c| !c.is_alphanumeric());
            marks += usize::from(is_mark && tag.starts_with('w'));
        }
    }
    let fits = all >= 4 && tagged * 10 >= all * 9 && han * 2 >= all && marks > 0;
    fits.then_some(Sign::likely(
        "its words have tags behind slashes throughout",
    ))
}

/// Where the paragraphs of one article are: each run with the number of its first and its last paragraph.
#[derive(Debug, Default)]
struct Runs(Vec<(Stretch, u32, u32)>);

fn split(file: &File, options: &ReadOptions) -> Split {
    let text = file.decoded.text.as_str();
    let mut articles: Vec<Runs> = Vec::new();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    // The article of the line before.
    let mut last = None;
    let (mut start, mut line) = (0, 1);
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        let words = text.get(start..end).unwrap_or("");
        let stretch = Stretch { start, end, line };
        (start, line) = (end + 1, line + 1);
        if words.trim_ascii_start().is_empty() {
            continue;
        }
        let id = Id::at_start(words).map(|(id, _)| id);
        let number = match (id, last) {
            (Some(id), _) => *numbers.entry(id.article).or_insert(articles.len()),
            (None, Some(last)) => last,
            (None, None) => 0,
        };
        if number == articles.len() {
            articles.push(Runs::default());
        }
        let goes_on = last == Some(number);
        last = Some(number);
        let Some(Runs(runs)) = articles.get_mut(number) else {
            continue;
        };
        match (runs.last_mut(), id) {
            // What has no id belongs to what stands above it.
            (Some((run, ..)), None) => run.end = end,
            (Some((run, _, to)), Some(id))
                if goes_on && to.checked_add(1) == Some(id.paragraph) =>
            {
                run.end = end;
                *to = id.paragraph;
            }
            (_, id) => {
                let paragraph = id.map_or(0, |id| id.paragraph);
                runs.push((stretch, paragraph, paragraph));
            }
        }
    }
    let mut report = Report::of(&file.name, options);
    report.undecodable(&file.decoded);
    Split {
        records: articles.into_iter().map(Runs::record).collect(),
        found: report.finish(),
        ..Split::default()
    }
}

impl Runs {
    fn record(mut self) -> Record {
        self.0.sort_by_key(|(_, first, _)| *first);
        match &self.0[..] {
            [(only, ..)] => Record::One(*only),
            all => Record::Scattered(all.iter().map(|(run, ..)| *run).collect()),
        }
    }
}

fn read(source: &Source<'_>) -> Result<Article, ReadError> {
    let mut report = source.report();
    let first = Id::at_start(source.part().0).map(|(id, _)| id);
    let names_are_whole = source.parts().any(|(part, _)| names_are_whole(part));
    let mut gathered = Gathered::new(!names_are_whole);
    let (mut known, mut is_first) = (HashSet::new(), true);
    for (part, number) in source.parts() {
        let lines = Lines::from_line(part, number);
        let mut base = 0;
        for line in part.split('\n') {
            let start = base;
            base += line.len() + 1;
            if line.trim_ascii_start().is_empty() {
                continue;
            }
            let id = first.and_then(|_| Id::at_start(line));
            match id {
                Some((id, _)) if !known.insert(id.paragraph) => {
                    let name = format!("{}-{:03}", id.article, id.paragraph);
                    let message = format!("the paragraph {name} is there already; both are read");
                    let remedy = "number the paragraphs of an article each for itself";
                    report.add(Code::DUPLICATE_ID, lines.place(start), message, remedy);
                }
                None if first.is_some() => {
                    let message =
                        "this line has no id; it is read as a paragraph of the article above it";
                    let remedy = "begin it with date, page, article and paragraph, as in 19980103-02-017-004/m";
                    report.add(Code::STRAY, lines.place(start), message, remedy);
                }
                _ => {}
            }
            if !std::mem::take(&mut is_first) {
                gathered.text.push('\n');
                gathered.added += 1;
            }
            let skip = id.map_or(0, |(_, end)| end);
            let words = line.get(skip..).unwrap_or("");
            gathered.line(words, start + skip, &lines, &mut report);
        }
    }
    article(source, first, gathered, report)
}

/// Whether names are tagged otherwise than in 1998, so that neighbours tagged `nr` are two names.
fn names_are_whole(part: &str) -> bool {
    ["/nrf", "/nrg", "/nr1"]
        .iter()
        .any(|tag| part.contains(tag))
}

fn article(
    source: &Source<'_>,
    id: Option<Id<'_>>,
    gathered: Gathered<'_>,
    report: Report,
) -> Result<Article, ReadError> {
    let text = Decoded {
        text: gathered.text,
        form: SourceForm {
            added: gathered.added,
            ..source.file.decoded.form
        },
        ..Decoded::default()
    };
    let mut made = Made::new(source, text)?;
    if let Some(id) = id {
        id.name().clone_into(&mut made.meta.name);
        id.page().clone_into(&mut made.meta.page);
        made.meta.date = id.date();
    }
    let (mut builder, layer) = made.builder(source);
    for draft in gathered.drafts {
        let Some(label) = draft.label else { continue };
        let label = builder.label(label);
        // A draft is made of words of the text, so it has a place in it.
        let _ = builder.mention(MentionDraft {
            layer,
            label,
            spans: vec![ByteSpan::new(draft.start, draft.end)],
            ..MentionDraft::default()
        });
    }
    for tag in gathered.unopened {
        let label = builder.label(tag);
        builder.unplaced(Unplaced {
            layer,
            source_id: "".into(),
            label,
            place: format!("]{tag}").into(),
            quote: "".into(),
        });
    }
    let annotations = made.finish(builder);
    Ok(made.article(annotations, report))
}

#[cfg(test)]
mod tests;
