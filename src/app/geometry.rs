//! Where the panes stand in a window of a given size.

use super::Area;

/// From so many columns on all three panes stand side by side.
pub(super) const WIDE: u16 = 120;
/// From so many columns on the list stands beside the body.
pub(super) const MIDDLE: u16 = 80;
/// A smaller window shows a message alone: columns.
pub const LEAST_COLUMNS: u16 = 20;
/// A smaller window shows a message alone: rows.
pub const LEAST_ROWS: u16 = 5;
/// From so many rows on panes have a title.
const TITLED_ROWS: u16 = 10;
/// Widest list beside the body.
const LIST_COLUMNS: u16 = 42;
/// Widest sidebar beside the body.
const SIDEBAR_COLUMNS: u16 = 38;

/// A pane of the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pane {
    /// The list of articles.
    List,
    /// The article.
    Body,
    /// Its entities.
    Sidebar,
}

/// What the reader wants to see, as far as there is room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The list beside the body.
    pub list: bool,
    /// The sidebar beside the body.
    pub sidebar: bool,
    /// The pane that lies over the body, where there is no room beside it.
    pub over: Option<Pane>,
}

/// A pane on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Placed {
    /// Its title; no rows where there is none.
    pub title: Area,
    /// What stands below the title.
    pub inner: Area,
    /// Whether it lies over the body.
    pub over: bool,
}

/// Where everything stands. Panes beside each other are parted by one column of border.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Geometry {
    /// The whole window.
    pub window: Area,
    /// The list, where it is shown.
    pub list: Option<Placed>,
    /// The body; always there.
    pub body: Placed,
    /// The sidebar, where it is shown.
    pub sidebar: Option<Placed>,
    /// The last row: status, prompt.
    pub status: Area,
    /// Whether the window is too small for anything but a message.
    pub tiny: bool,
}

impl Geometry {
    /// The geometry of a window.
    #[must_use]
    pub fn new(columns: u16, rows: u16, wanted: Wanted) -> Self {
        let window = Area::new(0, 0, columns, rows);
        if columns < LEAST_COLUMNS || rows < LEAST_ROWS {
            return Self {
                window,
                tiny: true,
                ..Self::default()
            };
        }
        let above = window.rows(0, rows - 1);
        let list = (wanted.list && has_room(Pane::List, columns))
            .then(|| (columns / 4).clamp(20, LIST_COLUMNS));
        let sidebar = (wanted.sidebar && has_room(Pane::Sidebar, columns))
            .then(|| (columns / 4).clamp(20, SIDEBAR_COLUMNS));
        let left = list.map_or(0, |w| w + 1);
        let right = sidebar.map_or(0, |w| w + 1);
        let middle = columns - left - right;
        let over = |pane| {
            (wanted.over == Some(pane) && !has_room(pane, columns)).then(|| {
                let width = (columns / 4 * 3).clamp(LEAST_COLUMNS, 46);
                let from = if pane == Pane::List {
                    0
                } else {
                    columns - width
                };
                placed(above.columns(from, width), true)
            })
        };
        Self {
            window,
            list: list
                .map(|w| placed(above.columns(0, w), false))
                .or_else(|| over(Pane::List)),
            body: placed(above.columns(left, middle), false),
            sidebar: sidebar
                .map(|w| placed(above.columns(left + middle + 1, w), false))
                .or_else(|| over(Pane::Sidebar)),
            status: window.rows(rows - 1, 1),
            tiny: false,
        }
    }

    /// The place of a pane that is shown.
    #[must_use]
    pub const fn pane(&self, pane: Pane) -> Option<Placed> {
        match pane {
            Pane::List => self.list,
            Pane::Body => Some(self.body),
            Pane::Sidebar => self.sidebar,
        }
    }
}

/// Whether a window of so many columns has room for the pane beside the body.
#[must_use]
pub(super) const fn has_room(pane: Pane, columns: u16) -> bool {
    match pane {
        Pane::Body => true,
        Pane::List => columns >= MIDDLE,
        Pane::Sidebar => columns >= WIDE,
    }
}

fn placed(area: Area, over: bool) -> Placed {
    let titles = u16::from(area.height + 1 >= TITLED_ROWS || over);
    // A pane that lies over the body has a border towards it.
    let inner = area.rows(titles, area.height);
    Placed {
        title: area.rows(0, titles),
        inner,
        over,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_yield_to_narrow_windows_and_never_overlap() {
        for columns in 0..300 {
            for rows in [0, 1, 4, 5, 9, 10, 48, 200] {
                for over in [None, Some(Pane::List), Some(Pane::Sidebar)] {
                    let wanted = Wanted {
                        list: true,
                        sidebar: true,
                        over,
                    };
                    let g = Geometry::new(columns, rows, wanted);
                    assert_eq!(g.tiny, columns < 20 || rows < 5, "{columns}x{rows}");
                    if g.tiny {
                        continue;
                    }
                    let beside = |p: Option<Placed>| p.filter(|p| !p.over);
                    assert_eq!(beside(g.list).is_some(), columns >= 80);
                    assert_eq!(beside(g.sidebar).is_some(), columns >= 120);
                    let widths = [beside(g.list), Some(g.body), beside(g.sidebar)]
                        .into_iter()
                        .flatten()
                        .map(|p| p.inner.width + 1);
                    assert_eq!(widths.sum::<u16>(), columns + 1);
                    assert!(g.body.inner.width >= 20 && g.body.inner.height >= 3);
                    assert_eq!(g.body.inner.bottom(), g.status.y);
                }
            }
        }
    }
}
