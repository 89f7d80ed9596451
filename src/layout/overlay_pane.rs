//! What lies over everything.

use super::painter::Painter;
use super::sidebar_pane::draw_sheet_row;
use crate::action::Action;
use crate::app::{App, Area, OverlayKind};
use crate::keys::Mode;
use crate::theme::{Slot, Style};

/// Paints the overlay over the whole window.
pub(super) fn draw(app: &App, painter: &mut Painter<'_>) {
    let Some(overlay) = app.overlay() else { return };
    let area = app.overlay_area();
    let name = match overlay.kind {
        OverlayKind::Help => "Keys",
        OverlayKind::Problems => "Problems",
    };
    let height = usize::from(area.height);
    let last = (overlay.top + height).min(overlay.rows.len());
    let keys = app.keys_told(Mode::Overlay, &[(Action::Cancel, "closes")]);
    let foot = format!("{last}/{} · {keys}", overlay.rows.len());
    let ground = draw_frame(painter, area, name, &foot);
    for (y, row) in (0..area.height).zip(overlay.rows.iter().skip(overlay.top)) {
        draw_sheet_row(painter, area.rows(y, 1), row, ground, Slot::OverlayKey);
    }
}

/// Paints the ground of what lies over the panes, and around the rows in `area` a frame, or where they fill the window's
/// breadth a line above and below; a name stands in the upper line, and something in the lower. Returns the ground.
pub(super) fn draw_frame(painter: &mut Painter<'_>, area: Area, name: &str, foot: &str) -> Style {
    let ground = painter.style(Slot::Overlay);
    let framed = area.x > 0;
    let beside = u16::from(framed);
    let around = Area::new(
        area.x - beside,
        area.y.saturating_sub(1),
        area.width + 2 * beside,
        area.height + 2,
    );
    painter.fill(around, ground);
    let border = painter.over(Slot::Border, ground);
    if framed {
        painter.frame(around, border);
    } else {
        painter.horizontal(0, around.y, around.width, border);
        painter.horizontal(0, around.bottom() - 1, around.width, border);
    }
    let heading = painter.over(Slot::OverlayHeading, ground);
    let within = around.columns(2, around.width.saturating_sub(4));
    painter.text_ellipsis(within.rows(0, 1), &format!(" {name} "), heading);
    let last = within.rows(around.height - 1, 1);
    painter.text_ellipsis(last, &format!(" {foot} "), border);
    ground
}
