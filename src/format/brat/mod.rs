//! brat standoff: a text and an `.ann` file of lines over it.
//!
//! `lines` parses the lines, `offsets` turns the code points of the file into bytes of the text, `entities` groups
//! mentions, `annotate` makes annotations of it all.
//!
//! Offsets count the code points of the text file as it is, as brat itself does: a byte order mark is one, CR LF are
//! two, a run of undecodable bytes is one. Blocks and title are those of plain text.

mod annotate;
mod entities;
mod lines;
mod mentions;
mod offsets;

use super::plain;
use super::read::{File, ReadError};
use super::report::Report;
use crate::article::{Article, Meta};

/// Reads a text and its annotations.
pub(super) fn read(main: File, annotations: &File) -> Result<Article, ReadError> {
    let mut of_text = Report::new(&main.name);
    of_text.undecodable(&main.decoded);
    let mut report = Report::new(&annotations.name);
    report.undecodable(&annotations.decoded);
    let lines = lines::parse(&annotations.decoded.text, &mut report);
    let offsets = offsets::Offsets::new(&main.decoded, lines::offsets(&lines));
    let (name, base) = (main.stem().to_owned(), main.base().to_owned());
    let text =
        plain::blocks(main.decoded.text).map_err(|error| ReadError::too_long(&main.name, error))?;
    let source = annotate::Source {
        name: annotations.base(),
        text: &annotations.decoded.text,
    };
    let made = annotate::annotate(&source, &lines, &offsets, &text, &mut report);
    let mut diagnostics = of_text.finish();
    diagnostics.extend(report.finish());
    Ok(Article {
        meta: Meta {
            title: plain::title(&text).unwrap_or(&base).to_owned(),
            name,
            ..Meta::default()
        },
        text,
        annotations: made,
        diagnostics,
        form: main.decoded.form,
    })
}

#[cfg(test)]
mod tests;
