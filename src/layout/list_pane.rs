//! The list of articles.

use super::draw::{content, scrollbar, title};
use super::painter::Painter;
use crate::app::{App, Area, Body, Pane, Placed, Results, SavedView};
use crate::library::{ArticleId, Row};
use crate::text::{Filter, str_width};
use crate::theme::{Slot, Style};

/// Paints title, rows and scroll bar.
pub(super) fn draw(app: &App, placed: Placed, painter: &mut Painter<'_>) {
    let list = app.list();
    let line = list.cursor().line();
    let place = match list.results() {
        Some(found) if !found.is_done() => format!("{}%", found.percent()),
        _ if list.is_empty() => "0".to_owned(),
        _ if line < list.lead() => match list.lead() {
            1 => "1 view".to_owned(),
            views => format!("{views} views"),
        },
        _ => {
            // Rows that have not been read may pass as well.
            let more = if list.is_filtering() { "+ …" } else { "" };
            format!("{}/{}{more}", line - list.lead() + 1, list.articles())
        }
    };
    let name = match (list.results(), list.filter()) {
        (Some(found), _) => match found.filter() {
            Some(filter) => format!("{}: {}", found.told_briefly(), filter.text()),
            None => found.told(),
        },
        (None, Some(filter)) => format!("Articles: {}", filter.by.text()),
        (None, None) => "Articles".to_owned(),
    };
    // Of results the sum goes before the place in them.
    let cells = |text: &str| str_width(text, &painter.profile());
    let room = placed.title.width.saturating_sub(3);
    let name = match list.results().filter(|found| found.failure().is_some()) {
        // What could not be read must not be what there is no room for.
        Some(found) if cells(&name) > room && found.filter().is_none() => found.told_briefly(),
        _ => name,
    };
    let done = list.results().is_some_and(Results::is_done);
    let place = if done && cells(&name) + cells(&place) > room {
        String::new()
    } else {
        place
    };
    title(app, painter, placed, Pane::List, &name, &place);
    let inner = content(placed, Pane::List, placed.inner);
    if list.is_empty() {
        let style = painter.style(Slot::Placeholder);
        let said = match (list.results(), list.filter()) {
            (Some(found), _) if !found.is_done() => "looking …",
            (Some(found), _) if found.is_empty() => "nothing found",
            (None, Some(filter)) if !filter.complete => "looking …",
            _ => "nothing passes the filter",
        };
        painter.text_ellipsis(inner.rows(0, 1).columns(2, inner.width), said, style);
        return;
    }
    let lines = app.list_lines();
    let ground = painter.style(Slot::List);
    for line in 0..list.cursor().height() {
        let index = list.cursor().top() + u32::from(line);
        let area = inner.rows(line * lines, lines);
        let area = area.columns(0, area.width.saturating_sub(1));
        let (view, id) = (list.view_at(index), list.at(index));
        if view.is_none() && id.is_none() {
            break;
        }
        let is_open = id.is_some() && app.body().map(Body::id) == id;
        let has_cursor = index == list.cursor().line() && app.focus() == Pane::List;
        let style = if has_cursor {
            painter.over(Slot::ListCursor, ground)
        } else {
            ground
        };
        painter.fill(area, style);
        if let Some(view) = view {
            draw_view(painter, area, view, style);
            continue;
        }
        let Some(id) = id else { break };
        let found = list
            .results()
            .map(|found| found.hits_at(index).unwrap_or(0));
        let by = list.filtered_by();
        draw_article(painter, area, (id, list.row(id), found), by, is_open, style);
    }
    scrollbar(
        painter,
        inner.columns(inner.width.saturating_sub(1), 1),
        list.cursor().top() as usize,
        usize::from(list.cursor().height()),
        list.len() as usize,
    );
}

/// A view: its name and how many hits it has, once that is known; below what it searches for.
fn draw_view(painter: &mut Painter<'_>, area: Area, view: &SavedView, ground: Style) {
    let first = area.rows(0, 1).columns(2, area.width);
    let style = painter.over(Slot::Title, ground);
    let count = view
        .found
        .as_ref()
        .map_or(String::new(), |f| f.1.to_string());
    let cells = str_width(&count, &painter.profile());
    let room = first.columns(0, first.width.saturating_sub(cells + 1));
    painter.text_ellipsis(room, &format!("/ {}", view.name), style);
    let count_style = painter.over(Slot::ListCount, ground);
    painter.text(first.columns(room.width + 1, cells), &count, count_style);
    let second = area.rows(1, 1).columns(4, area.width);
    let style = painter.over(Slot::ListDate, ground);
    let told = match &view.found {
        Some((told, _)) => format!("{}: {told}", view.query.text),
        None => view.query.text.clone(),
    };
    painter.text_ellipsis(second, &told, style);
}

fn draw_article(
    painter: &mut Painter<'_>,
    area: Area,
    (id, row, found): (ArticleId, Option<&Row>, Option<u32>),
    filter: Option<&Filter>,
    is_open: bool,
    ground: Style,
) {
    let first = area.rows(0, 1);
    if is_open {
        let style = painter.over(Slot::ListCurrent, ground);
        let mark = painter.marks().current;
        painter.mark(first.x, first.y, mark, style);
    }
    let first = first.columns(2, first.width);
    let Some(row) = row else {
        let style = painter.over(Slot::ListDate, ground);
        painter.text_ellipsis(first, &format!("{} …", id.0 + 1), style);
        return;
    };
    let title_style = if is_open {
        painter.over(Slot::ListCurrent, ground)
    } else {
        ground
    };
    if row.problems > 0 {
        let style = painter.over(Slot::ListProblem, ground);
        let mark = painter.marks().problem;
        painter.mark(first.x - 1, first.y, mark, style);
    }
    // Only what is in sight is held against the filter here.
    let parts = |text: &str| filter.map_or_else(Vec::new, |filter| filter.ranges(text));
    let hit = painter.over(Slot::Hit, ground);
    let count = found.unwrap_or(row.mentions).to_string();
    let count_slot = if found.is_some() {
        Slot::ListCurrent
    } else {
        Slot::ListCount
    };
    let count_style = painter.over(count_slot, ground);
    let cells = str_width(&count, &painter.profile());
    if area.height < 2 {
        let room = first.width.saturating_sub(cells + 1);
        let room = first.columns(0, room);
        painter.text_marked(room, &row.title, title_style, &parts(&row.title), hit);
        painter.text(first.columns(room.width + 1, cells), &count, count_style);
        return;
    }
    painter.text_marked(first, &row.title, title_style, &parts(&row.title), hit);
    let second = area.rows(1, 1).columns(2, area.width);
    let room = second.width.saturating_sub(cells + 1);
    let mut place: Vec<&str> = [row.date.as_str(), row.page.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    if place.is_empty() {
        place.push(&row.name);
    }
    let date_style = painter.over(Slot::ListDate, ground);
    let place = place.join("  ");
    let at = second.columns(0, room);
    painter.text_marked(at, &place, date_style, &parts(&place), hit);
    painter.text(second.columns(room + 1, cells), &count, count_style);
}
