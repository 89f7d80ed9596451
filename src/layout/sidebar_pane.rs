//! The sidebar: entities by kind, and the card of the one under the cursor.

use super::draw::links;
use super::draw::{content, scrollbar, title};
use super::painter::Painter;
use super::shade::{kind_slot, label_slot};
use crate::action::Action;
use crate::app::{App, Area, Card, Item, LOST, Pane, Placed, SheetRow, Tone, unplaced_name};
use crate::article::{Annotations, Category};
use crate::text::str_width;
use crate::theme::{Slot, Style};

/// Paints title, entities, scroll bar and card.
pub(super) fn draw(app: &App, placed: Placed, painter: &mut Painter<'_>) {
    let Some(article) = app.article() else {
        title(app, painter, placed, Pane::Sidebar, "Entities", "");
        return;
    };
    let annotations = &article.annotations;
    let sidebar = app.sidebar();
    let count = annotations.entities().len();
    let (name, count) = match sidebar.filter() {
        Some(by) => (
            format!("Entities: {}", by.text()),
            format!("{}/{count}", sidebar.entities()),
        ),
        None => ("Entities".to_owned(), count.to_string()),
    };
    title(app, painter, placed, Pane::Sidebar, &name, &count);
    let inner = content(placed, Pane::Sidebar, placed.inner);
    if sidebar.items().is_empty() {
        let style = painter.style(Slot::Placeholder);
        painter.text_ellipsis(
            inner.rows(0, 1).columns(1, inner.width),
            match sidebar.filter() {
                Some(_) => "nothing passes the filter",
                None => "nothing is marked here",
            },
            style,
        );
    }
    let ground = painter.style(Slot::Sidebar);
    let top = sidebar.cursor().top() as usize;
    let seen = sidebar.items().iter().enumerate().skip(top);
    for (line, (index, item)) in (0..sidebar.cursor().height()).zip(seen) {
        let area = inner.rows(line, 1);
        let area = area.columns(1, area.width.saturating_sub(3));
        let has_cursor = index == sidebar.cursor().line() as usize;
        let style = if has_cursor && app.focus() == Pane::Sidebar {
            painter.over(Slot::SidebarCursor, ground)
        } else {
            ground
        };
        painter.fill(area, style);
        draw_item(painter, area, app, annotations, *item, style);
        if has_cursor {
            let mark = painter.marks().current;
            painter.mark(inner.x, area.y, mark, style);
        }
    }
    scrollbar(
        painter,
        inner
            .rows(0, sidebar.cursor().height())
            .columns(inner.width.saturating_sub(1), 1),
        top,
        usize::from(sidebar.cursor().height()),
        sidebar.items().len(),
    );
    let (card, area) = app.card();
    let area = content(placed, Pane::Sidebar, area);
    draw_card(app, painter, area, card);
}

fn draw_item(
    painter: &mut Painter<'_>,
    area: Area,
    app: &App,
    annotations: &Annotations,
    item: Item,
    ground: Style,
) {
    let (slot, indent, name, count) = match item {
        Item::Category(category) => {
            let hidden = app.sidebar().is_hidden(annotations, category);
            let name = annotations.category_name(category);
            let name = if hidden {
                format!("{name} (hidden)")
            } else {
                name.to_owned()
            };
            let count = annotations.mentions_of(category).len();
            let slot = match category {
                Category::Kind(kind) => kind_slot(kind),
                Category::Label(label) => label_slot(annotations, label),
            };
            let colour = painter.over(slot, ground).fg;
            let style = painter.over(Slot::SidebarKind, ground);
            (
                Style {
                    fg: colour,
                    ..style
                },
                0,
                name,
                Some(count),
            )
        }
        Item::Entity(id) => {
            let Some(entity) = annotations.entity(id) else {
                return;
            };
            let colour = painter
                .over(label_slot(annotations, entity.label), ground)
                .fg;
            let style = Style {
                fg: colour,
                ..ground
            };
            let count = entity.mentions().len();
            (style, 2, entity.name.clone(), Some(count))
        }
        Item::Lost => {
            let style = painter.over(Slot::SidebarKind, ground);
            let colour = painter.over(Slot::MessageWarning, ground).fg;
            let style = Style {
                fg: colour,
                ..style
            };
            let count = annotations.unplaced().len();
            (style, 0, LOST.to_owned(), Some(count))
        }
        Item::Unplaced(id) => {
            let Some(unplaced) = annotations.unplaced_of(id) else {
                return;
            };
            (ground, 2, unplaced_name(unplaced).to_owned(), None)
        }
    };
    // What has no place is there once.
    let count = count.map_or_else(String::new, |count| count.to_string());
    let cells = str_width(&count, &painter.profile());
    let room = area.width.saturating_sub(cells + 1);
    let name_area = area.columns(0, room);
    let parts = match (app.sidebar().filter(), item) {
        (Some(filter), Item::Entity(_) | Item::Unplaced(_)) => filter.ranges(&name),
        _ => Vec::new(),
    };
    let hit = painter.over(Slot::Hit, ground);
    painter.text_marked(name_area.columns(indent, room), &name, slot, &parts, hit);
    let style = painter.over(Slot::SidebarCount, ground);
    painter.text(area.columns(room + 1, cells), &count, style);
}

fn draw_card(app: &App, painter: &mut Painter<'_>, area: Area, card: Card<'_>) {
    if area.height < 2 || card.rows.is_empty() {
        return;
    }
    let border = painter.style(Slot::Border);
    painter.horizontal(area.x, area.y, area.width, border);
    let inner = area.rows(1, area.height).columns(1, area.width);
    let ground = painter.style(Slot::Card);
    let links = links(app);
    for (y, row) in (0..inner.height).zip(card.rows) {
        let area = inner.rows(y, 1);
        let last = draw_sheet_row(painter, area, row, ground, Slot::CardKey);
        let number = links
            .iter()
            .position(|link| Some(link) == row.link.as_ref());
        if let Some(number) = number.and_then(|n| u8::try_from(n + 1).ok()) {
            painter.link(last, number);
        }
    }
    // What lies above and below is said in the border, with the key that leads there.
    let below = card.rows.len().saturating_sub(usize::from(inner.height));
    let hint = match (card.above, below) {
        (0, 0) => return,
        (_, 0) => (Action::CardUp, card.above),
        (_, below) => (Action::CardDown, below),
    };
    let keys = app.keys_of(hint.0);
    let key = keys.first().map_or("", String::as_str);
    let text = format!(" {} more: {key} ", hint.1);
    let cells = str_width(&text, &painter.profile());
    if cells + 2 < area.width {
        let style = painter.over(Slot::CardKey, ground);
        painter.text(area.columns(area.width - cells - 1, cells), &text, style);
    }
}

/// Paints a row of a sheet. Returns where its last part stands.
pub(super) fn draw_sheet_row(
    painter: &mut Painter<'_>,
    area: Area,
    row: &SheetRow,
    ground: Style,
    key: Slot,
) -> Area {
    let mut used = 0;
    let mut last = area.columns(0, 0);
    for (tone, text) in &row.parts {
        let style = match tone {
            Tone::Plain => ground,
            Tone::Heading => painter.over(Slot::OverlayHeading, ground),
            Tone::Key => painter.over(key, ground),
            Tone::Error => painter.over(Slot::MessageError, ground),
            Tone::Warning => painter.over(Slot::MessageWarning, ground),
        };
        let cells = painter.text(area.columns(used, area.width), text, style);
        last = area.columns(used, cells);
        used += cells;
    }
    last
}
