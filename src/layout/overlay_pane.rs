//! What lies over everything.

use super::painter::Painter;
use super::sidebar_pane::draw_sheet_row;
use crate::app::{App, Area, OverlayKind};
use crate::theme::{Slot, Style};

/// Paints the overlay over the whole window.
pub(super) fn draw(app: &App, painter: &mut Painter<'_>) {
    let Some(overlay) = app.overlay() else { return };
    let area = app.overlay_area();
    let name = match overlay.kind {
        OverlayKind::Help => " Keys ",
        OverlayKind::Problems => " Problems ",
    };
    let height = usize::from(area.height);
    let last = (overlay.top + height).min(overlay.rows.len());
    let place = format!(" {last}/{} · Esc closes ", overlay.rows.len());
    let ground = frame(app, painter, name, &place);
    for (y, row) in (0..area.height).zip(overlay.rows.iter().skip(overlay.top)) {
        draw_sheet_row(painter, area.rows(y, 1), row, ground, Slot::OverlayKey);
    }
}

/// Paints the ground and the border of something that lies over the whole window, with a line in the border above and
/// below. Returns the style of the ground.
pub(super) fn frame(app: &App, painter: &mut Painter<'_>, name: &str, foot: &str) -> Style {
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
    let heading = painter.over(Slot::OverlayHeading, ground);
    painter.text_ellipsis(
        around.rows(0, 1).columns(2, around.width - 4),
        name,
        heading,
    );
    let below = around.rows(around.height - 1, 1);
    painter.text_ellipsis(below.columns(2, around.width - 4), foot, border);
    ground
}
