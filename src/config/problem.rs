//! What is wrong with a config, with its place, as one thing to show.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::text::{line_and_column, printable, printable_line};

/// Something in a config that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file's name.
    pub file: String,
    /// Its line, from 1.
    pub line: u32,
    /// Its column, from 1, in code points.
    pub column: u32,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do and what is used meanwhile, in one line.
    pub help: String,
    /// All of it with the line of the file and a caret under the place; several lines, safe to print.
    pub rendered: String,
}

impl Problem {
    /// A problem at a byte range of `text`.
    pub(super) fn new(
        file: &str,
        text: &str,
        at: Range<usize>,
        message: &str,
        label: &str,
        help: &str,
    ) -> Self {
        let start = text.floor_char_boundary(at.start);
        let end = text.ceil_char_boundary(at.end.max(start)).max(start);
        // One line of a longer place is enough: its first.
        let end = text[start..end]
            .find('\n')
            .map_or(end, |length| start + length);
        let (line, column) = line_and_column(text, start);
        let (file, message, help) = (
            printable_line(file),
            printable_line(message),
            printable_line(help),
        );
        let label = printable_line(label);
        let annotation = AnnotationKind::Primary.span(start..end);
        let annotation = if label.is_empty() {
            annotation
        } else {
            annotation.label(label.as_str())
        };
        let snippet = Snippet::source(text)
            .path(file.as_str())
            .annotation(annotation);
        let mut report = Level::WARNING
            .primary_title(message.as_str())
            .element(snippet);
        if !help.is_empty() {
            report = report.element(Level::HELP.message(help.as_str()));
        }
        let rendered = printable(&Renderer::plain().render(&[report]));
        Self {
            file,
            line,
            column,
            message,
            help,
            rendered,
        }
    }
}
