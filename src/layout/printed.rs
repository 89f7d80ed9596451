//! A line as it is printed in colour: role and mentions, nothing of a reader's state.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;

use super::body_pane::{SetLine, draw_line};
use super::cells::cell_style;
use super::painter::Painter;
use super::shade::Shade;
use crate::article::{Article, Block, ByteSpan};
use crate::text::{Profile, str_width};
use crate::theme::{Slot, Theme};
use crate::typeset::{Line, Options};

/// One row of `width` cells with a line of a block, or blank without one. `theme` is the one for the depth of colour.
///
/// What has the theme's own text colour and ground gets the terminal's: a page printed into a scrollback has no ground
/// of its own.
#[must_use]
pub fn printed_row(
    article: &Article,
    part: Block,
    line: Option<&Line>,
    options: &Options,
    theme: &Theme,
    width: u16,
) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
    let mut painter = Painter::new(&mut buffer, theme, options.profile);
    let area = painter.area();
    painter.fill(area, painter.style(Slot::Text));
    if let Some(line) = line {
        let from = part.span.start();
        let range = ByteSpan::new(from + line.span.start, from + line.span.end);
        let shade = Shade::of(&article.annotations, range, |_| true);
        let block = article.text.slice(part.span);
        let set = SetLine {
            line,
            part,
            block,
            options,
        };
        draw_line(&set, &shade, area, &mut painter);
    }
    without_ground(&mut buffer, theme);
    buffer
}

/// One row with texts side by side, each in the style of a slot; as [`printed_row`] otherwise.
#[must_use]
pub fn printed_parts(parts: &[(Slot, &str)], theme: &Theme, profile: Profile) -> Buffer {
    let width = parts.iter().fold(1u16, |sum, (_, text)| {
        // A TAB is painted as a blank.
        let tabs = u16::try_from(text.matches('\t').count()).unwrap_or(u16::MAX);
        sum.saturating_add(str_width(text, &profile))
            .saturating_add(tabs)
    });
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
    let mut painter = Painter::new(&mut buffer, theme, profile);
    let area = painter.area();
    painter.fill(area, painter.style(Slot::Text));
    let mut column = 0;
    for (slot, text) in parts {
        let style = painter.style(*slot);
        column += painter.text(area.columns(column, width), text, style);
    }
    without_ground(&mut buffer, theme);
    buffer
}

fn without_ground(buffer: &mut Buffer, theme: &Theme) {
    let ground = cell_style(theme.style(Slot::Text));
    for cell in &mut buffer.content {
        if Some(cell.fg) == ground.fg {
            cell.fg = Color::Reset;
        }
        if Some(cell.bg) == ground.bg {
            cell.bg = Color::Reset;
        }
    }
}
