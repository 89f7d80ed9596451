//! What the readers of files with many articles share: texts within a record, and the article that is made of it.

use std::borrow::Cow;

use super::alike;
use super::decode::{Decoded, decode};
use super::entry::Source;
use super::plain;
use super::read::ReadError;
use super::report::Report;
use crate::article::{Annotations, AnnotationsBuilder, Article, LayerId, Meta, SourceForm, Text};

/// A title made of the beginning of a text has at most so many characters.
const TITLE: usize = 24;

/// Whether the text of a record has LF line ends and no byte order mark, so that it stands as it is.
pub(super) fn is_plain(text: &str) -> bool {
    memchr::memchr(b'\r', text.as_bytes()).is_none() && !text.starts_with('\u{FEFF}')
}

/// The text of a record, with LF line ends, and how it was written.
pub(super) fn text_of(text: Cow<'_, str>) -> Decoded {
    if !is_plain(&text) {
        return decode(text.as_bytes());
    }
    Decoded {
        text: text.into_owned(),
        ..Decoded::default()
    }
}

/// An article in the making: its text stands, annotations are being added.
pub(super) struct Made {
    pub(super) text: Text,
    pub(super) meta: Meta,
    pub(super) form: SourceForm,
    /// Whether mentions that read alike are left as they are.
    apart: bool,
}

impl Made {
    /// An article of this text, which is that of the record, named after the file and its number there.
    ///
    /// # Errors
    /// For a text of 4 GiB.
    pub(super) fn new(source: &Source<'_>, text: Decoded) -> Result<Self, ReadError> {
        let form = text.form;
        let text = plain::blocks(text.text)
            .map_err(|error| ReadError::too_long(&source.file.name, error))?;
        let name = source.name();
        Ok(Self {
            meta: Meta {
                title: titled(&text, &name),
                name,
                ..Meta::default()
            },
            text,
            form,
            apart: source.options.apart,
        })
    }

    /// The builder of its annotations, with one layer named after the file.
    pub(super) fn builder<'a>(&'a self, source: &Source<'_>) -> (AnnotationsBuilder<'a>, LayerId) {
        let mut builder = AnnotationsBuilder::with_kinds(&self.text, &source.options.kinds);
        let layer = builder.layer(source.file.base());
        (builder, layer)
    }

    /// The annotations, with mentions that read alike grouped.
    pub(super) fn finish(&self, mut builder: AnnotationsBuilder<'_>) -> Annotations {
        if !self.apart {
            alike::group(&mut builder, &self.text, |_| false);
        }
        builder.finish()
    }

    /// The article.
    pub(super) fn article(self, annotations: Annotations, report: Report) -> Article {
        Article {
            meta: self.meta,
            text: self.text,
            annotations,
            diagnostics: report.finish(),
            form: self.form,
        }
    }
}

/// A heading of the text, else its beginning, else the article's name.
pub(super) fn title(text: &Text, source: &Source<'_>) -> String {
    titled(text, &source.name())
}

/// The same, with the article's name.
pub(super) fn titled(text: &Text, name: &str) -> String {
    if let Some(title) = plain::title(text) {
        return title.to_owned();
    }
    let first = text
        .blocks()
        .first()
        .map(|block| text.slice(block.span).trim());
    match first {
        Some(line) => match line.char_indices().nth(TITLE) {
            Some((at, _)) => [&line[..at], "…"].concat(),
            None => line.to_owned(),
        },
        None => name.to_owned(),
    }
}
