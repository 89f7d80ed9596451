//! The page of a name, over everything.

use super::overlay_pane::draw_frame;
use super::painter::Painter;
use crate::action::Action;
use crate::app::{App, Area, SheetRow, Tone};
use crate::keys::Mode;
use crate::text::str_width;
use crate::theme::{Slot, Style};

/// Paints the page over the whole window.
pub(super) fn draw(app: &App, painter: &mut Painter<'_>) {
    let Some(pages) = app.pages() else { return };
    let area = app.overlay_area();
    let key = |action| app.keys_in(Mode::Overlay, action).unwrap_or_default();
    let percent = match pages.percent() {
        100 => String::new(),
        percent => format!("library read {percent}% · "),
    };
    let foot = format!(
        "{percent}{} closes · {} opens · {} back · {} PMI/LL · {} paragraph/article · {} in lines",
        key(Action::Cancel),
        key(Action::Follow),
        key(Action::Back),
        key(Action::ToggleMeasure),
        key(Action::ToggleWithin),
        key(Action::Concordance),
    );
    let ground = draw_frame(painter, area, pages.name(), &foot);
    let cursor = pages.cursor();
    let rows = pages.rows().iter().enumerate().skip(cursor.top() as usize);
    for (y, (n, row)) in (0..area.height).zip(rows) {
        let area = area.rows(y, 1);
        let style = if n == cursor.line() as usize {
            painter.over(Slot::ListCursor, ground)
        } else {
            ground
        };
        painter.fill(area, style);
        draw_row(painter, area, &row.row, style);
    }
}

/// A row; its last part is cut where it has no room.
fn draw_row(painter: &mut Painter<'_>, area: Area, row: &SheetRow, ground: Style) {
    let mut used = 0;
    for (tone, text) in &row.parts {
        let style = match tone {
            Tone::Plain => ground,
            Tone::Heading => painter.over(Slot::OverlayHeading, ground),
            Tone::Key => painter.over(Slot::CardKey, ground),
            Tone::Error => painter.over(Slot::MessageError, ground),
            Tone::Warning => painter.over(Slot::MessageWarning, ground),
        };
        let room = area.columns(used, area.width);
        used += painter.text_ellipsis(room, text, style);
        if str_width(text, &painter.profile()) > room.width {
            break;
        }
    }
}
