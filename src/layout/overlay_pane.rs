//! What lies over everything.

use super::painter::Painter;
use super::sidebar_pane::draw_sheet_row;
use crate::app::{App, Area, OverlayKind};
use crate::theme::Slot;

/// Paints the overlay over the whole window.
pub(super) fn draw(app: &App, painter: &mut Painter<'_>) {
    let Some(overlay) = app.overlay() else { return };
    let window = app.geometry().window;
    let area = app.overlay_area();
    let ground = painter.style(Slot::Overlay);
    let framed = area.x > 0;
    let around = if framed {
        Area::new(area.x - 1, 0, area.width + 2, window.height)
    } else {
        window
    };
    painter.fill(around, ground);
    let border = painter.over(Slot::Border, ground);
    if framed {
        painter.frame(around, border);
    } else {
        painter.horizontal(0, 0, around.width, border);
        painter.horizontal(0, around.bottom() - 1, around.width, border);
    }
    let name = match overlay.kind {
        OverlayKind::Help => " Keys ",
        OverlayKind::Problems => " Problems ",
    };
    let heading = painter.over(Slot::OverlayHeading, ground);
    painter.text_ellipsis(
        around.rows(0, 1).columns(2, around.width - 4),
        name,
        heading,
    );
    let height = usize::from(area.height);
    let last = (overlay.top + height).min(overlay.rows.len());
    let place = format!(" {last}/{} · Esc closes ", overlay.rows.len());
    let foot = around.rows(around.height - 1, 1);
    painter.text_ellipsis(foot.columns(2, around.width - 4), &place, border);
    for (y, row) in (0..area.height).zip(overlay.rows.iter().skip(overlay.top)) {
        draw_sheet_row(painter, area.rows(y, 1), row, ground, Slot::OverlayKey);
    }
}
