//! The article's pane.

use super::draw::{scrollbar, title};
use super::painter::Painter;
use super::shade::{Over, Shade, role_slot};
use crate::app::{App, Area, Body, BodyRow, Pane};
use crate::article::{Block, ByteSpan};
use crate::text;
use crate::theme::{Slot, Style};
use crate::typeset::{GlyphKind, Line, NARROW_PLACEHOLDER, Options};

/// Paints title, text and scroll bar.
pub(super) fn draw(app: &App, painter: &mut Painter<'_>) {
    let placed = app.geometry().body;
    let Some(body) = app.body() else {
        let said = if app.opening().is_some() {
            "reading …"
        } else {
            "no article is open"
        };
        title(app, painter, placed, Pane::Body, said, "");
        return;
    };
    let meta = &body.article().meta;
    let right: Vec<&str> = [&meta.date, &meta.source, &meta.page, &meta.section]
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    title(
        app,
        painter,
        placed,
        Pane::Body,
        &meta.title,
        &right.join(" "),
    );
    let (column, _) = app.column();
    if body.rows().is_empty() {
        let text = painter.style(Slot::Placeholder);
        painter.text_ellipsis(column.area.rows(0, 1), "(this article has no text)", text);
    }
    let over = Over::new(app, body);
    for (y, row) in (0u16..).zip(body.rows()) {
        let area = column.area.rows(y, 1);
        if painter.paints(area.y) {
            draw_row(app, body, row, &over, area, painter);
        }
    }
    let (from, seen, all) = in_sight(body);
    scrollbar(painter, column.scrollbar, from, seen, all);
}

/// Which bytes are in sight, for the scroll bar: the first one, how many, and how many there are.
pub(super) fn in_sight(body: &Body) -> (usize, usize, usize) {
    let sight = body.sight();
    let all = body.article().text.len();
    let seen = if body.percent() == 100 {
        all - sight.start()
    } else {
        sight.len()
    };
    (sight.start(), seen, all)
}

fn draw_row(
    app: &App,
    body: &Body,
    row: &BodyRow,
    over: &Over<'_>,
    area: Area,
    painter: &mut Painter<'_>,
) {
    let Some(line) = row.line() else { return };
    let flow = body.flow();
    let shade = Shade::new(app, body, row.span(), over);
    let set = SetLine {
        line,
        part: row.part,
        block: flow.block_text(row),
        options: &flow.manner().options,
    };
    draw_line(&set, &shade, area, painter);
}

/// A line with what it was made of.
pub(super) struct SetLine<'a> {
    pub(super) line: &'a Line,
    /// Role and bytes of its block.
    pub(super) part: Block,
    /// The block's text.
    pub(super) block: &'a str,
    pub(super) options: &'a Options,
}

/// Paints a line into the first row of the area.
pub(super) fn draw_line(
    set: &SetLine<'_>,
    shade: &Shade<'_>,
    area: Area,
    painter: &mut Painter<'_>,
) {
    if area.is_empty() {
        return;
    }
    let ground = painter.style(role_slot(set.part.role));
    let base = set.part.span.start();
    // The column behind the last glyph and its style, to join what autospace and justification part.
    let mut joined: Option<(u16, Style)> = None;
    for glyph in set.line.glyphs(set.block, set.options) {
        if glyph.cells == 0 {
            continue;
        }
        let span = ByteSpan::new(base + glyph.span.start, base + glyph.span.end);
        let style = shade.style(painter, span, ground);
        let at = area.columns(glyph.column, glyph.cells);
        if let Some((end, before)) = joined
            && end < glyph.column
            && before == style
        {
            painter.fill(area.columns(end, glyph.column - end), style);
        }
        joined = Some((glyph.column + glyph.cells, style));
        match glyph.kind {
            GlyphKind::Blank => painter.fill(at, style),
            GlyphKind::Placeholder => {
                let style = painter.over(Slot::Placeholder, style);
                let mut utf8 = [0; 4];
                let symbol = NARROW_PLACEHOLDER.encode_utf8(&mut utf8);
                painter.glyph(at.x, at.y, at.right(), symbol, style);
            }
            GlyphKind::Shown | GlyphKind::Hung => {
                let is_unsafe = glyph.text.chars().next().is_some_and(text::is_unsafe);
                let style = if is_unsafe {
                    painter.over(Slot::Placeholder, style)
                } else {
                    style
                };
                painter.glyph(at.x, at.y, area.right(), glyph.text, style);
            }
        }
    }
}
