//! A file opened in a format: any number of articles, each read when it is asked for.

use super::count::Settled;
use super::detect::Format;
use super::entry::{ReadOptions, Reader, Record, Source, Split};
use super::places::{self, FilePlace, Part, Piece};
use super::read::{Files, ReadError};
use crate::article::{Article, Diagnostic, Recognised};

/// Whether a text is worth reading: `worth` says so, or characters may be written in it by their numbers.
///
/// Formats write those as `\u4E2D` (JSON, TOML), `\U00004E2D`, `\x4E` (TOML), `\351` (WebAnno TSV 3.1) or `&#x4E2D;` (XML);
/// other escapes stand for ASCII that is neither letter nor digit.
pub(crate) fn is_worth(text: &str, worth: &dyn Fn(&[u8]) -> bool) -> bool {
    let bytes = text.as_bytes();
    worth(bytes) || has_numbers(bytes)
}

fn has_numbers(bytes: &[u8]) -> bool {
    memchr::memchr2_iter(b'\\', b'&', bytes).any(|at| {
        matches!(
            (bytes.get(at), bytes.get(at + 1)),
            (Some(b'\\'), Some(b'u' | b'U' | b'x' | b'0'..=b'7')) | (Some(b'&'), Some(b'#'))
        )
    })
}

/// A file, or a few that belong together, with the articles in it. It holds the decoded text.
#[derive(Debug)]
pub struct Document {
    format: Format,
    files: Files,
    options: ReadOptions,
    /// How the file falls into articles; nothing where it is one.
    split: Option<Split>,
}

impl Document {
    /// Takes files apart into articles.
    #[must_use]
    pub fn open(format: Format, files: Files, options: ReadOptions) -> Self {
        let split = match format.entry().reader {
            Reader::One(_) => None,
            Reader::Many { split, .. } => Some(split(&files.main, &options)),
        };
        Self {
            format,
            files,
            options,
            split,
        }
    }

    /// The format in which it was opened.
    #[must_use]
    pub const fn format(&self) -> Format {
        self.format
    }

    /// How many articles there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.split.as_ref().map_or(1, |split| split.records.len())
    }

    /// Whether there is no article.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of decoded text that it holds.
    #[must_use]
    pub fn size(&self) -> usize {
        let beside = self.files.annotations.as_ref();
        self.files.main.decoded.text.len() + beside.map_or(0, |file| file.decoded.text.len())
    }

    /// How offsets are counted, where quotations told.
    #[must_use]
    pub fn settled(&self) -> Option<Settled> {
        self.split.as_ref().and_then(|split| split.settled)
    }

    /// The encoding of its main file, and how sure that is.
    #[must_use]
    pub const fn encoding(&self) -> Recognised {
        self.files.main.decoded.recognised
    }

    /// What is wrong with the file as a whole; the first article has it as well.
    #[must_use]
    pub fn found(&self) -> &[Diagnostic] {
        self.split.as_ref().map_or(&[], |split| &split.found)
    }

    /// Reads the article of this number, from 0. The first one also has what is wrong with the file as a whole.
    ///
    /// # Errors
    /// [`ReadError`] when there is no article to be had there.
    pub fn read(&self, index: usize) -> Result<Article, ReadError> {
        let mut article = self.read_as_it_is(index)?;
        article.meta.file.clone_from(&self.files.main.name);
        Ok(article)
    }

    fn read_as_it_is(&self, index: usize) -> Result<Article, ReadError> {
        match (&self.split, &self.format.entry().reader) {
            (Some(split), Reader::Many { read, .. }) if index < split.records.len() => {
                let source = Source {
                    file: &self.files.main,
                    split,
                    index,
                    options: &self.options,
                };
                let mut article = read(&source)?;
                if index == 0 {
                    let own = std::mem::take(&mut article.diagnostics);
                    article.diagnostics.extend(split.found.iter().cloned());
                    article.diagnostics.extend(own);
                }
                Ok(article)
            }
            (None, Reader::One(read)) if index == 0 => read(self.files.clone(), &self.options),
            _ => {
                let message = format!("there is no article {} in it", index + 1);
                let remedy = "the file may have changed: open it anew";
                Err(ReadError::whole(&self.files.main.name, &message, remedy))
            }
        }
    }

    /// Whether the article of this number is worth reading, as `worth` says of the bytes that its text stands in: UTF-8,
    /// of a file of many articles its own part. `worth` is not asked where characters may be written in another way.
    #[must_use]
    pub fn is_worth(&self, index: usize, worth: &dyn Fn(&[u8]) -> bool) -> bool {
        let Some(split) = &self.split else {
            return is_worth(&self.files.main.decoded.text, worth);
        };
        let source = Source {
            file: &self.files.main,
            split,
            index,
            options: &self.options,
        };
        let mut parts = source.parts().map(|(text, _)| text);
        match (parts.next(), parts.next()) {
            (Some(first), None) => is_worth(first, worth),
            (Some(first), Some(second)) => {
                let all: String = [first, second].into_iter().chain(parts).collect();
                is_worth(&all, worth)
            }
            _ => true,
        }
    }

    /// Where bytes of the text of an article stand in the file, in their order, which ascends. What the file writes in a
    /// way that cannot be followed has the place of what stands before it.
    #[must_use]
    pub fn places(&self, index: usize, text: &str, wanted: &[usize]) -> Vec<FilePlace> {
        places::places(&self.pieces(index, text), self.part(index), wanted)
    }

    /// Looks up where what is wrong with the file is to be seen in the text of an article that was read from it.
    pub fn see_faults(&self, index: usize, article: &mut Article) {
        let main = &self.files.main.name;
        let is_seen = |fault: &Diagnostic| fault.line > 0 && fault.file == *main;
        if !article.diagnostics.iter().any(is_seen) {
            return;
        }
        let part = self.part(index);
        let pieces = self.pieces(index, article.text.whole());
        for fault in article
            .diagnostics
            .iter_mut()
            .filter(|fault| is_seen(fault))
        {
            let place = (fault.line as usize, fault.column as usize);
            fault.at = places::text_at(self.format, &pieces, part, place);
        }
    }

    fn pieces(&self, index: usize, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut met = |piece| pieces.push(piece);
        match self.record(index) {
            Some(Record::Scattered(all)) => {
                let whole = &self.files.main.decoded.text;
                places::scattered(self.format, whole, all, text, &mut met);
            }
            _ => match &self.split {
                Some(split) if self.format == Format::LabelStudio => {
                    places::of_task(self.part(index).raw, &split.names, text, &mut met);
                }
                _ => places::pieces(self.format, self.part(index).raw, text, &mut met),
            },
        }
        pieces
    }

    fn record(&self, index: usize) -> Option<&Record> {
        let split = self.split.as_ref();
        split.and_then(|split| split.records.get(index))
    }

    /// What an article is written in; the whole file where it is scattered over that.
    fn part(&self, index: usize) -> Part<'_> {
        let whole = self.files.main.decoded.text.as_str();
        let Some(Record::One(stretch)) = self.record(index) else {
            return Part {
                raw: whole,
                line: 1,
                before: "",
            };
        };
        let start = stretch.start.min(whole.len());
        let behind = whole.get(..start).unwrap_or("");
        let line = memchr::memrchr(b'\n', behind.as_bytes()).map_or(0, |at| at + 1);
        Part {
            raw: whole.get(start..stretch.end).unwrap_or(""),
            line: stretch.line,
            before: behind.get(line..).unwrap_or(""),
        }
    }

    /// Reads its only article without a copy of the text; an article of several is [`read`](Self::read).
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn into_only(self) -> Result<Article, ReadError> {
        match self.format.entry().reader {
            Reader::One(read) => {
                let file = self.files.main.name.clone();
                let mut article = read(self.files, &self.options)?;
                article.meta.file = file;
                Ok(article)
            }
            Reader::Many { .. } => self.read(0),
        }
    }
}
