//! The whole screen: which pane is painted where, in which order.

use ratatui::buffer::Buffer;

use super::canvas::Canvas;
use super::cells::MOST_LINKS;
use super::painter::Painter;
use super::{
    body_pane, concordance_pane, list_pane, overlay_pane, page_pane, picker_pane, sidebar_pane,
    status,
};
use crate::app::{App, Pane, Placed};
use crate::keys::Mode;
use crate::theme::{Slot, Theme};

/// Paints the state into a buffer of the window's size and says where the terminal's cursor belongs: column and row,
/// or nowhere. `theme` is the app's at the terminal's depth of colour.
pub fn draw(app: &App, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    draw_on(app, theme, Canvas::whole(buffer))
}

/// The same, on rows of which some may be left out (see [`Picture`](super::Picture)).
pub fn draw_on(app: &App, theme: &Theme, canvas: Canvas<'_>) -> Option<(u16, u16)> {
    let mut painter = Painter::on(canvas, theme, app.profile());
    let window = painter.area();
    painter.fill(window, painter.style(Slot::Text));
    let geometry = app.geometry();
    if geometry.tiny {
        let text = painter.style(Slot::Text);
        for (row, part) in (0u16..).zip(["Too small:", "20x5 is needed"]) {
            painter.text_ellipsis(window.rows(row, 1), part, text);
        }
        return None;
    }
    body_pane::draw(app, &mut painter);
    if let Some(placed) = geometry.list {
        edge(app, &mut painter, placed, Pane::List);
        list_pane::draw(app, placed, &mut painter);
    }
    if let Some(placed) = geometry.sidebar {
        edge(app, &mut painter, placed, Pane::Sidebar);
        sidebar_pane::draw(app, placed, &mut painter);
    }
    concordance_pane::draw(app, &mut painter);
    let cursor = status::draw(app, &mut painter);
    page_pane::draw(app, &mut painter);
    if let Some(picker) = app.picker() {
        picker_pane::draw(app, picker, &mut painter);
    }
    overlay_pane::draw(app, &mut painter);
    cursor.filter(|_| app.mode() != Mode::Overlay)
}

/// The addresses of the links on the screen, in the order of their numbers from 1; cells have those (see
/// [`link`](super::link)).
#[must_use]
pub fn links(app: &App) -> Vec<String> {
    let mut links: Vec<String> = Vec::new();
    if app.is_covered() || app.geometry().sidebar.is_none() {
        return links;
    }
    let (card, area) = app.card();
    let rows = card.rows.iter().take(area.height.into());
    for link in rows.filter_map(|row| row.link.as_ref()) {
        if links.len() < MOST_LINKS && !links.contains(link) {
            links.push(link.clone());
        }
    }
    links
}

/// The border between a side pane and the body. Over the body it takes the pane's own outermost column.
fn edge(app: &App, painter: &mut Painter<'_>, placed: Placed, pane: Pane) {
    let x = match (pane, placed.over) {
        (Pane::List, false) => placed.inner.right(),
        (Pane::List, true) => placed.inner.right() - 1,
        (_, false) => placed.inner.x - 1,
        (_, true) => placed.inner.x,
    };
    let height = app.geometry().status.y - placed.title.y;
    if placed.over {
        let ground = painter.style(if pane == Pane::List {
            Slot::List
        } else {
            Slot::Sidebar
        });
        painter.fill(placed.title, ground);
        painter.fill(placed.inner, ground);
    }
    let border = painter.style(Slot::Border);
    painter.vertical(x, placed.title.y, height, border);
}

/// A pane's title, with a mark on the one that has focus, and something at the right.
pub(super) fn title(
    app: &App,
    painter: &mut Painter<'_>,
    placed: Placed,
    pane: Pane,
    text: &str,
    right: &str,
) {
    let row = content(placed, pane, placed.title);
    if row.is_empty() || !painter.paints(row.y) {
        return;
    }
    let style = painter.style(Slot::Title);
    if app.focus() == pane {
        let mark = painter.marks().focus;
        painter.mark(row.x, row.y, mark, style);
    }
    let row = row.columns(2, row.width);
    let profile = painter.profile();
    let cells = crate::text::str_width(right, &profile);
    let room = if cells > 0 && row.width > cells + 12 {
        painter.text(
            row.columns(row.width - cells, cells),
            right,
            painter.style(Slot::ListDate),
        );
        row.width - cells - 1
    } else {
        row.width
    };
    painter.text_ellipsis(row.columns(0, room), text, style);
}

/// What a pane may paint in of one of its areas: all but the border column of a pane that lies over the body.
pub(super) fn content(placed: Placed, pane: Pane, area: crate::app::Area) -> crate::app::Area {
    match (placed.over, pane) {
        (true, Pane::List) => area.columns(0, area.width - 1),
        (true, Pane::Sidebar) => area.columns(1, area.width),
        _ => area,
    }
}

/// The thumb of a scroll bar of `height` cells, for a view of `seen` out of `all` from `from`: first cell and length.
/// Nothing when all is seen.
pub(super) fn thumb(height: u16, from: usize, seen: usize, all: usize) -> Option<(u16, u16)> {
    if height == 0 || seen >= all {
        return None;
    }
    let cells = usize::from(height);
    let length = (cells * seen / all).clamp(1, cells);
    let last = cells - length;
    // Not before the end is seen does the thumb stand at the foot, nor at the head when something is above.
    let at = if from + seen >= all {
        last
    } else if from == 0 {
        0
    } else {
        (cells * from / all).clamp(1.min(last), last.saturating_sub(1).max(1.min(last)))
    };
    let small = |n: usize| u16::try_from(n).unwrap_or(height);
    Some((small(at), small(length)))
}

/// Paints a scroll bar into a column of cells.
pub(super) fn scrollbar(
    painter: &mut Painter<'_>,
    column: crate::app::Area,
    from: usize,
    seen: usize,
    all: usize,
) {
    let Some((at, length)) = thumb(column.height, from, seen, all) else {
        return;
    };
    // The track is left blank: beside a border it would look like a second one.
    painter.fill(column, painter.style(Slot::Scrollbar));
    let mark = painter.marks().thumb;
    let style = painter.style(Slot::ScrollbarThumb);
    for row in at..at + length {
        painter.mark(column.x, column.y + row, mark, style);
    }
}

#[cfg(test)]
mod tests {
    use super::thumb;

    #[test]
    fn the_thumb_is_at_an_end_only_when_the_view_is() {
        assert_eq!(thumb(10, 0, 100, 100), None);
        assert_eq!(thumb(10, 0, 10, 100), Some((0, 1)));
        assert_eq!(thumb(10, 1, 10, 100), Some((1, 1)));
        assert_eq!(thumb(10, 89, 10, 100), Some((8, 1)));
        assert_eq!(thumb(10, 90, 10, 100), Some((9, 1)));
        assert_eq!(thumb(1, 50, 10, 100), Some((0, 1)));
        assert_eq!(thumb(0, 0, 1, 9), None);
        for height in 1..20 {
            for from in 0..=90 {
                let (at, length) = thumb(height, from, 10, 100).unwrap();
                assert!(length > 0 && at + length <= height, "{height} {from}");
            }
        }
    }
}
