//! The concordance: a line a hit, the hits below each other; or its collocates.

use super::draw::scrollbar;
use super::painter::Painter;
use crate::action::Action;
use crate::app::{App, Area, ConcordanceView};
use crate::keys::Mode;
use crate::search::concordance::{
    Collocate, Context, NUMBER_NAMES, Sort, Source, TableColumns, set,
};
use crate::text::str_width;
use crate::theme::{Slot, Style};

/// Paints it over the panes; the last row of the window stays.
pub(super) fn draw(app: &App, painter: &mut Painter<'_>) {
    let Some(view) = app.concordance() else {
        return;
    };
    let window = app.geometry().window;
    let area = window.rows(0, window.height.saturating_sub(1));
    let ground = painter.style(Slot::Text);
    painter.fill(area, ground);
    let title = area.rows(0, 1);
    let place = place(view);
    let cells = str_width(&place, &painter.profile()).min(title.width);
    let room = title.width.saturating_sub(cells + 2);
    let style = painter.style(Slot::Title);
    painter.text_ellipsis(title.columns(1, room), &heading(view), style);
    let right = title.columns(title.width.saturating_sub(cells + 1), cells);
    painter.text(right, &place, painter.style(Slot::ListDate));
    let head = view.head_rows();
    let inner = area.rows(head, area.height.saturating_sub(head));
    let columns = view.number_cells().map(|cells| {
        // A blank stands before each row, and the bar behind it.
        TableColumns::new(inner.width.saturating_sub(2), cells)
    });
    let cursor = view.cursor();
    for y in 0..inner.height {
        let number = cursor.top() + u32::from(y);
        let row = inner.rows(y, 1).columns(0, inner.width.saturating_sub(1));
        if !painter.paints(row.y) {
            continue;
        }
        let style = if number == cursor.line() {
            painter.over(Slot::ListCursor, ground)
        } else {
            ground
        };
        match view.collocates().zip(columns.as_ref()) {
            Some((found, columns)) => {
                if let Some(found) = found.get(number as usize) {
                    painter.fill(row, style);
                    let numbers = found.numbers();
                    draw_columns(painter, row, columns, &found.word, &numbers, style);
                }
            }
            None => {
                if let Some((source, context)) = view.lines().get(number as usize) {
                    painter.fill(row, style);
                    draw_line(view, painter, row, source, &context, style);
                }
            }
        }
    }
    let all = view
        .collocates()
        .map_or_else(|| view.lines().len(), <[Collocate]>::len);
    if all == 0 {
        let style = painter.style(Slot::Placeholder);
        let said = nothing(app, view);
        painter.text_ellipsis(area.rows(1, 1).columns(2, area.width), &said, style);
    } else if let Some(columns) = &columns {
        let names = NUMBER_NAMES.map(str::to_owned);
        let word = view.lines().order().unit.name().trim_end_matches('s');
        let style = painter.style(Slot::ListDate);
        draw_columns(painter, area.rows(1, 1), columns, word, &names, style);
    }
    scrollbar(
        painter,
        inner.columns(inner.width.saturating_sub(1), 1),
        cursor.top() as usize,
        inner.height.into(),
        all,
    );
}

/// Why nothing is shown.
fn nothing(app: &App, view: &ConcordanceView) -> String {
    let said = if let Some(percent) = view.counting() {
        let key = app.keys_in(Mode::Concordance, Action::Cancel);
        let gives_up = key.map_or_else(String::new, |key| format!("; {key} gives up"));
        return format!("counting, {percent}%{gives_up}");
    } else if view.is_arranging() {
        "putting the lines in order …"
    } else if view.is_growing() {
        "searching …"
    } else if view.collocates().is_some() {
        "nothing stands near the hits"
    } else if !view.is_filtered() {
        "no hits"
    } else {
        "nothing passes the filter"
    };
    said.to_owned()
}

/// What it is of, and how it is ordered.
fn heading(view: &ConcordanceView) -> String {
    let order = view.lines().order();
    let mut parts = vec![view.name().to_owned()];
    if view.is_of_library() {
        let articles = view.lines().sources().len();
        let s = if articles == 1 { "" } else { "s" };
        parts.push(format!("{articles} article{s}"));
    }
    if view.collocates().is_some() {
        parts.push(format!("{} up to {} away", order.unit.name(), view.near()));
    } else {
        parts.push(match order.sort {
            Sort::Article if view.is_of_library() => "by article".to_owned(),
            Sort::Article => "as in the text".to_owned(),
            Sort::Date => "by date".to_owned(),
            Sort::Left | Sort::Right => {
                let count = order.unit.counted(order.depth);
                format!("by {count} to the {}", order.sort.name())
            }
        });
    }
    if !view.filter().is_empty() {
        parts.push(format!("with {}", view.filter()));
    }
    for near in view.near_them() {
        let within = near.window.left.max(near.window.right);
        parts.push(format!("with {} within {within}", near.word));
    }
    parts.join("  ")
}

/// Which row of how many the cursor is on.
fn place(view: &ConcordanceView) -> String {
    let rows = view
        .collocates()
        .map_or_else(|| view.lines().len(), <[Collocate]>::len);
    let line = if rows == 0 {
        0
    } else {
        view.cursor().line() + 1
    };
    let mut more = String::new();
    if view.is_growing() {
        more.push('+');
    }
    if let Some(percent) = view.percent() {
        more.push_str(&format!(" {percent}%"));
    }
    if view.is_arranging() {
        more.push_str(" …");
    }
    if let Some(percent) = view.counting() {
        more.push_str(&format!(" counting {percent}%"));
    }
    if view.collocates().is_none() && rows != view.lines().total() {
        return format!("{line}/{rows} of {}{more}", view.lines().total());
    }
    format!("{line}/{rows}{more}")
}

fn draw_line(
    view: &ConcordanceView,
    painter: &mut Painter<'_>,
    row: Area,
    source: &Source,
    context: &Context<'_>,
    style: Style,
) {
    let (whence, columns) = view.columns(row.width);
    let mut row = row;
    if view.is_of_library() {
        if whence.date > 0 {
            let date = whence.date_shown(&source.date, &painter.profile());
            painter.text(row.columns(0, whence.date), &date, style);
        }
        let title = source.title.trim();
        let title = if title.is_empty() {
            &source.file
        } else {
            title
        };
        let at = whence.cells().saturating_sub(whence.title + 1);
        painter.text_ellipsis(row.columns(at, whence.title), title, style);
        row = row.columns(whence.cells(), row.width.saturating_sub(whence.cells()));
    }
    let set = set(context, &columns, &painter.profile());
    let left = row.columns(set.indent, row.width);
    painter.text(left, &set.left, style);
    let hit = row.columns(columns.left + 1, columns.rest);
    let slot = painter.over(Slot::Hit, style);
    let used = painter.text(hit, &set.hit, slot);
    let right = hit.columns(used + 1, hit.width.saturating_sub(used + 1));
    painter.text(right, &set.right, style);
}

/// A row of the table of collocates, or its headings.
fn draw_columns(
    painter: &mut Painter<'_>,
    row: Area,
    columns: &TableColumns,
    word: &str,
    numbers: &[String; 6],
    style: Style,
) {
    let row = row.columns(1, row.width);
    painter.text_ellipsis(row.columns(0, columns.word), word, style);
    for (n, end) in &columns.numbers {
        if let Some(number) = numbers.get(*n) {
            let cells = str_width(number, &painter.profile());
            painter.text(row.columns(end.saturating_sub(cells), cells), number, style);
        }
    }
}
