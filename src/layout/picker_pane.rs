//! A list to choose from, over the panes. Only the rows in sight are made.

use super::draw::scrollbar;
use super::overlay_pane::draw_frame;
use super::painter::Painter;
use crate::action::Action;
use crate::app::{App, Area, Picker, PickerRow, Tone};
use crate::keys::Mode;
use crate::text::str_width;
use crate::theme::{Slot, Style};

/// A detail is left out where less than this is left for the text, in cells.
const LEAST_TEXT: u16 = 16;

/// Paints the list with its frame.
pub(super) fn draw(app: &App, picker: &Picker, painter: &mut Painter<'_>) {
    let area = app.picker_area();
    let line = picker.cursor().line();
    let number = if picker.is_empty() { 0 } else { line + 1 };
    let more = if picker.is_complete() { "" } else { "+ …" };
    let (mode, choose) = match app.mode() {
        Mode::Prompt => (Mode::Prompt, Action::PromptAccept),
        _ => (Mode::Picker, Action::Choose),
    };
    let keys = app.keys_told(mode, &[(choose, "chooses"), (Action::Cancel, "closes")]);
    let foot = format!("{number}/{}{more} · {keys}", picker.len());
    let ground = draw_frame(painter, area, app.picker_title(&picker.kind), &foot);
    let rows = area.columns(0, area.width.saturating_sub(1));
    if picker.is_empty() {
        let said = if picker.is_complete() {
            "nothing passes the filter"
        } else {
            "looking …"
        };
        let style = painter.over(Slot::Placeholder, ground);
        painter.text_ellipsis(rows.rows(0, 1).columns(1, rows.width), said, style);
        return;
    }
    let top = picker.cursor().top();
    for (y, line) in (0..area.height).zip(top..) {
        let Some(row) = picker.at(line) else { break };
        let area = rows.rows(y, 1);
        if !painter.paints(area.y) {
            continue;
        }
        let made = app.picker_row_shown(picker, row);
        draw_row(painter, area, &made, line == picker.cursor().line(), ground);
    }
    let scroll = area.columns(area.width.saturating_sub(1), 1);
    let (seen, all) = (usize::from(area.height), picker.len() as usize);
    scrollbar(painter, scroll, top as usize, seen, all);
}

fn draw_row(
    painter: &mut Painter<'_>,
    area: Area,
    row: &PickerRow,
    has_cursor: bool,
    ground: Style,
) {
    let ground = if has_cursor {
        painter.over(Slot::ListCursor, ground)
    } else {
        ground
    };
    painter.fill(area, ground);
    let area = area.columns(1, area.width.saturating_sub(2));
    let profile = painter.profile();
    let most = area.width.saturating_sub(LEAST_TEXT + 1);
    let detail = row.detail_in(most, &profile);
    let cells = str_width(detail, &profile);
    let mut room = area.width;
    // Of several parts one is shown where anything has room.
    let least = if row.ends.is_empty() {
        most
    } else {
        area.width / 2
    };
    if cells > 0 && cells <= most.max(least) {
        let style = painter.over(Slot::ListDate, ground);
        let at = area.columns(area.width - cells, cells);
        painter.text(at, detail, style);
        room = area.width - cells - 2;
    }
    let slot = match row.tone {
        Tone::Plain => None,
        Tone::Heading => Some(Slot::OverlayHeading),
        Tone::Key => Some(Slot::OverlayKey),
        Tone::Error => Some(Slot::MessageError),
        Tone::Warning => Some(Slot::MessageWarning),
    };
    let style = slot.map_or(ground, |slot| painter.over(slot, ground));
    let used = painter.text_ellipsis(area.columns(0, room), &row.text, style);
    let found = painter.over(Slot::OverlayKey, style);
    let cells_to = |byte: usize| {
        let before = row.text.get(..byte).unwrap_or(&row.text);
        str_width(before, &profile).min(used)
    };
    for mark in &row.marks {
        let (from, to) = (cells_to(mark.start), cells_to(mark.end));
        painter.restyle(area.columns(from, to - from.min(to)), found);
    }
}
