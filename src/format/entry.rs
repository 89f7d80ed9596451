//! What a format is to the rest: how it is known, read and written, and what it can carry.

use super::code::Code;
use super::column::Shape;
use super::count::{Counting, Settled};
use super::loss::{Feature, Losses};
use super::read::{File, Files, ReadError};
use super::report::{Lines, Report};
use super::scheme::Scheme;
use crate::article::{Article, Diagnostic, Kinds, Types, push_number};

/// What readers are told.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// How offsets are counted, whatever the quotations say.
    pub offsets: Option<Counting>,
    /// How column tags mark mentions, whatever they look like.
    pub scheme: Option<Scheme>,
    /// Kinds of labels beside those that are known.
    pub kinds: Kinds,
    /// What the corpus says of its labels, in files beside those of its articles.
    pub types: Types,
    /// Whether a mention whose words stand a few characters off its offsets is put there; else the offsets hold.
    pub anchor: bool,
    /// Whether mentions that read alike are left as they are, not made mentions of one entity: who only counts or checks
    /// has no use for it.
    pub apart: bool,
    /// Whether the format was told by the look of the file, and not asked for. Plain text then says so where the file
    /// is called or begins as those of another format do.
    pub looked: bool,
    /// Whether every fault is told, and not only the first hundred of a sort.
    pub every: bool,
}

/// What writers are told.
#[derive(Debug, Clone, Copy, Default)]
pub struct WriteOptions {
    /// How column tags mark mentions; the format's own when nothing is said.
    pub scheme: Option<Scheme>,
    /// Whether articles keep their names where the format has room for more than a number: they come from files that
    /// they are called after.
    pub named: bool,
}

/// The start of a file, from which its format is told.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// Its name; messages do not matter here, so any part of the path will do.
    pub name: &'a str,
    /// Decoded text from its start, without byte order mark; it may end anywhere.
    pub start: &'a str,
    /// Whether that is all of it.
    pub whole: bool,
}

impl<'a> Look<'a> {
    /// The ending of its name in small letters.
    pub(super) fn ending(&self) -> String {
        ending(self.name)
    }

    /// Whether its name says that it is a page, a program or a template. Those show the markup of formats too, and use
    /// the same brackets for other things.
    pub(super) fn only_shows(&self) -> bool {
        only_shows(&self.ending())
    }

    /// Its lines, without one that may be cut.
    pub(super) fn lines(&self) -> impl Iterator<Item = &'a str> {
        let cut = if self.whole {
            self.start.len()
        } else {
            self.start.rfind('\n').unwrap_or(0)
        };
        self.start.get(..cut).unwrap_or("").lines()
    }
}

/// The ending of a name in small letters.
pub(super) fn ending(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or("");
    let ending = base.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.to_lowercase()
}

/// Whether an ending is that of a page, a program or a template.
pub(super) fn only_shows(ending: &str) -> bool {
    const ENDINGS: [&str; 29] = [
        "md", "markdown", "rst", "adoc", "tex", "html", "htm", "rs", "py", "ipynb", "js", "ts",
        "jsx", "tsx", "vue", "java", "kt", "c", "h", "cc", "cpp", "cs", "go", "rb", "php", "sh",
        "j2", "jinja", "hbs",
    ];
    ENDINGS.contains(&ending)
}

/// How sure it is that a file has a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// It may be; anything surer goes before it.
    Guess,
    /// It looks so.
    Likely,
    /// It says so itself.
    Certain,
}

/// A sign that a file has a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sign {
    /// How sure it is.
    pub confidence: Confidence,
    /// Why, to go on from "read as FORMAT:": `its first line says #FORMAT=WebAnno`.
    pub reason: &'static str,
}

impl Sign {
    pub(super) const fn certain(reason: &'static str) -> Self {
        Self {
            confidence: Confidence::Certain,
            reason,
        }
    }

    pub(super) const fn likely(reason: &'static str) -> Self {
        Self {
            confidence: Confidence::Likely,
            reason,
        }
    }

    pub(super) const fn guess(reason: &'static str) -> Self {
        Self {
            confidence: Confidence::Guess,
            reason,
        }
    }
}

/// A stretch of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Bytes of the decoded text.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The line in which it begins, from 1; it begins at that line's start unless its reader knows better.
    pub(super) line: usize,
}

/// What one article of a file is written in: one stretch, or several in a format that scatters it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Record {
    One(Stretch),
    Scattered(Box<[Stretch]>),
}

impl Record {
    pub(super) fn stretches(&self) -> &[Stretch] {
        match self {
            Self::One(stretch) => std::slice::from_ref(stretch),
            Self::Scattered(all) => all,
        }
    }
}

/// What the results of a file of tasks name.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Each name once.
    pub(super) all: Vec<String>,
    /// Those that no text is called by and that regions have, each with what the text is called that it stands for where
    /// that is known.
    pub(super) foreign: Vec<(String, Option<String>)>,
}

/// A file taken apart into its articles.
#[derive(Debug, Default)]
pub(super) struct Split {
    pub(super) records: Vec<Record>,
    /// How many code points of its line stand before each record; empty when every record begins a line.
    pub(super) columns: Vec<u32>,
    /// How its offsets count, where quotations tell.
    pub(super) settled: Option<Settled>,
    /// What the results of a file of tasks name as the texts that they are on.
    pub(super) names: Names,
    /// Where the ids of a file stand whose articles may point to each other, in bytes, in the order of the ids.
    pub(super) ids: Vec<usize>,
    /// What a file of columns does throughout.
    pub(super) shape: Option<Shape>,
    /// What is wrong with the file as a whole or between its records.
    pub(super) found: Vec<Diagnostic>,
}

impl Split {
    /// A file whose every line that is not blank is a record, with what is wrong with its encoding.
    pub(super) fn of_lines(file: &File, options: &ReadOptions) -> Self {
        let mut report = Report::of(&file.name, options);
        report.undecodable(&file.decoded);
        Self {
            found: report.finish(),
            ..Self::lines(&file.decoded.text)
        }
    }

    /// Each line that is not blank is a record.
    pub(super) fn lines(text: &str) -> Self {
        let mut records = Vec::new();
        let (mut start, mut line) = (0, 1);
        for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
            let part = text.get(start..end).unwrap_or("");
            if part.bytes().any(|b| !b.is_ascii_whitespace()) {
                records.push(Record::One(Stretch { start, end, line }));
            }
            start = end + 1;
            line += 1;
        }
        Self {
            records,
            ..Self::default()
        }
    }
}

/// One article of a file, to be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) file: &'a File,
    pub(super) split: &'a Split,
    /// The article's number in the file, from 0.
    pub(super) index: usize,
    pub(super) options: &'a ReadOptions,
}

impl<'a> Source<'a> {
    /// The text of its stretches, each with its line.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&'a str, usize)> {
        let stretches = self
            .split
            .records
            .get(self.index)
            .map_or(&[][..], Record::stretches);
        let text = self.file.decoded.text.as_str();
        stretches
            .iter()
            .map(move |s| (text.get(s.start..s.end).unwrap_or(""), s.line))
    }

    /// The text of its first stretch, which is all of it in most formats, with its line.
    pub(super) fn part(&self) -> (&'a str, usize) {
        self.parts().next().unwrap_or(("", 1))
    }

    /// A place to put what is wrong with it.
    pub(super) fn report(&self) -> Report {
        Report::of(&self.file.name, self.options)
    }

    /// The places of its first stretch.
    pub(super) fn lines(&self) -> Lines<'a> {
        let (text, line) = self.part();
        let column = self.split.columns.get(self.index).copied();
        Lines::from_place(text, line, column.unwrap_or(0))
    }

    /// What other articles call it: the file's name without ending, and the article's number in it from 1.
    pub(super) fn name(&self) -> String {
        let stem = self.file.stem();
        if self.split.records.len() == 1 {
            stem.to_owned()
        } else {
            let mut name = String::with_capacity(stem.len() + 8);
            name.push_str(stem);
            name.push('#');
            push_number(&mut name, self.index + 1);
            name
        }
    }
}

/// How a format is read.
pub(super) enum Reader {
    /// A file, or a few that belong together, is one article.
    One(fn(Files, &ReadOptions) -> Result<Article, ReadError>),
    /// A file has any number of articles.
    Many {
        /// Finds them, without reading more of them than that needs.
        split: fn(&File, &ReadOptions) -> Split,
        /// Reads one.
        read: fn(&Source<'_>) -> Result<Article, ReadError>,
    },
}

/// An article as it is written, in Unicode and with LF; `form` says how that becomes bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The file, or the article's part of it.
    pub main: String,
    /// What stands beside it, in a file of the same name with this ending.
    pub beside: Option<(&'static str, String)>,
}

/// How a format is written.
pub(super) struct Writer {
    /// The ending of its files.
    pub(super) ending: &'static str,
    /// What stands before the first article of a file, between two, and behind the last; nothing for a format with one
    /// article a file.
    pub(super) joined: Option<[&'static str; 3]>,
    /// Writes an article. What it must leave out beyond what the format carries it adds to the losses.
    pub(super) write: fn(&Article, &WriteOptions, &mut Losses) -> Written,
}

/// A format.
pub(super) struct Entry {
    /// Its name, as `--format` takes it.
    pub(super) name: &'static str,
    /// What it is, in a few words.
    pub(super) about: &'static str,
    /// Tells it from the start of a file.
    pub(super) detect: fn(&Look<'_>) -> Option<Sign>,
    pub(super) reader: Reader,
    pub(super) writer: Writer,
    /// What it can carry.
    pub(super) carries: &'static [Feature],
    /// What of that it can carry only some of.
    pub(super) partly: &'static [Feature],
    /// The sorts of faults that its reader finds.
    pub(super) codes: &'static [Code],
}
