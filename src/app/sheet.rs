//! Short texts of the interface set into rows: the card of an entity, help, the list of problems.

use crate::text;
use crate::typeset::{self, GlyphKind, Kinsoku, Options, Setting};

/// What a part of a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Tone {
    /// Running text.
    #[default]
    Plain,
    /// A heading.
    Heading,
    /// A key, or the name of a field.
    Key,
    /// Something that is wrong.
    Error,
    /// Something that is not as it should be.
    Warning,
}

/// A row of a sheet: parts side by side.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetRow {
    /// The parts with their tones. Sanitised by the painter.
    pub parts: Vec<(Tone, String)>,
    /// Where a click on the last part leads: an address of the web in ASCII.
    pub link: Option<String>,
}

/// Rows in the making.
#[derive(Debug)]
pub(super) struct Sheet {
    width: u16,
    options: Options,
    rows: Vec<SheetRow>,
}

impl Sheet {
    /// A sheet of `width` cells.
    #[must_use]
    pub(super) const fn new(width: u16, options: &Options) -> Self {
        Self {
            width,
            options: Options {
                kinsoku: Kinsoku::Gb,
                hang: false,
                autospace: false,
                justify: false,
                profile: options.profile,
            },
            rows: Vec::new(),
        }
    }

    /// The rows.
    #[must_use]
    pub(super) fn finish(self) -> Vec<SheetRow> {
        self.rows
    }

    /// How many rows there are by now.
    pub(super) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// A row as it is.
    pub(super) fn row(&mut self, parts: Vec<(Tone, String)>) {
        self.rows.push(SheetRow { parts, link: None });
    }

    /// An empty row, unless there is one already or nothing stands above it.
    pub(super) fn blank(&mut self) {
        if self.rows.last().is_some_and(|r| !r.parts.is_empty()) {
            self.rows.push(SheetRow::default());
        }
    }

    /// A text in as many rows as it needs.
    pub(super) fn text(&mut self, tone: Tone, text: &str) {
        self.pair(None, tone, text, 0);
    }

    /// As [`Self::pair`]; a click on the text leads to this address.
    pub(super) fn linked(&mut self, key: &str, text: &str, column: u16, link: Option<String>) {
        let from = self.rows.len();
        self.pair(Some(key), Tone::Plain, text, column);
        for row in self.rows.get_mut(from..).unwrap_or_default() {
            row.link.clone_from(&link);
        }
    }

    /// A key and, from column `column` on, what belongs to it; where the sheet is too narrow for that, the text goes
    /// below the key. Keys that reach beyond the column push the text on the first row to the right.
    pub(super) fn pair(&mut self, key: Option<&str>, tone: Tone, text: &str, column: u16) {
        let column = if self.width >= column.saturating_mul(2) + 8 {
            column
        } else {
            column.min(2)
        };
        let mut first = SheetRow::default();
        let mut used = 0;
        if let Some(key) = key {
            used = text::str_width(key, &self.options.profile);
            first.parts.push((Tone::Key, key.to_owned()));
            if used + 1 > column && column > 0 && (column == 2 || used + 8 > self.width) {
                self.rows.push(std::mem::take(&mut first));
                used = 0;
            }
        }
        let lead = used + u16::from(used > 0);
        let lead = lead.max(column);
        for (index, line) in self
            .lines(text, lead.min(self.width.saturating_sub(2)), column)
            .into_iter()
            .enumerate()
        {
            let mut row = if index == 0 {
                std::mem::take(&mut first)
            } else {
                SheetRow::default()
            };
            let indent = if index == 0 { lead - used } else { column };
            if indent > 0 {
                row.parts
                    .push((Tone::Plain, " ".repeat(usize::from(indent))));
            }
            row.parts.push((tone, line));
            self.rows.push(row);
        }
        if !first.parts.is_empty() {
            self.rows.push(first);
        }
    }

    /// The lines of a text, the first beginning at column `first`, the others at `rest`.
    fn lines(&self, text: &str, first: u16, rest: u16) -> Vec<String> {
        let mut out = Vec::new();
        for part in text.lines() {
            let setting = Setting {
                measure: self.width.max(1),
                first_indent: if out.is_empty() { first } else { rest },
                indent: rest,
                ..Setting::default()
            };
            let lines = typeset::lines(part, 0..part.len(), &setting, &self.options);
            out.extend(lines.iter().map(|line| self.shown(line, part)));
        }
        out
    }

    fn shown(&self, line: &typeset::Line, text: &str) -> String {
        let mut shown = String::new();
        for glyph in line.glyphs(text, &self.options) {
            match glyph.kind {
                GlyphKind::Placeholder => shown.push(typeset::NARROW_PLACEHOLDER),
                GlyphKind::Blank if glyph.cells == 0 => {}
                GlyphKind::Blank => shown.push_str(&" ".repeat(usize::from(glyph.cells))),
                GlyphKind::Shown | GlyphKind::Hung => shown.push_str(glyph.text),
            }
        }
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(rows: &[SheetRow]) -> Vec<String> {
        rows.iter()
            .map(|r| r.parts.iter().map(|(_, t)| t.as_str()).collect())
            .collect()
    }

    #[test]
    fn pairs_hang_on_their_column() {
        let mut sheet = Sheet::new(20, &Options::default());
        sheet.pair(Some("kind"), Tone::Plain, "event", 6);
        sheet.pair(Some("note"), Tone::Plain, "二〇一四年起每年在乌镇举行", 6);
        sheet.blank();
        sheet.blank();
        sheet.text(Tone::Heading, "完");
        assert_eq!(
            flat(&sheet.finish()),
            [
                "kind  event",
                "note  二〇一四年起每",
                "      年在乌镇举行",
                "",
                "完"
            ]
        );
    }

    #[test]
    fn no_row_is_wider_than_the_sheet() {
        for width in 1..60 {
            let mut sheet = Sheet::new(width, &Options::default());
            sheet.pair(
                Some("Ctrl-F, Space, PageDown"),
                Tone::Plain,
                "a page down 往下一页",
                12,
            );
            sheet.text(Tone::Error, "文件 a.toml：没有“标题”");
            for row in flat(&sheet.finish()) {
                let cells = text::str_width(&row, &Options::default().profile);
                assert!(cells <= width.max(23), "{width}: {row}");
            }
        }
    }
}
