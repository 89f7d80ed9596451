//! What the rows of a frame look like, said by what they are made of: so a row that looks as one of the frame before is
//! known without being painted.
//!
//! Where two rows are equal here, their cells are. What is the same for all rows of a frame is compared as a whole; each
//! row has beside it what it shows. Nothing here is a hash.

use std::collections::BTreeSet;
use std::sync::{Arc, Weak};

use super::body_pane::in_sight;
use super::draw::thumb;
use super::shade::{Laid, Over};
use crate::app::{App, Body, BodyRow, Column, Geometry, Manner, Pane, Place};
use crate::article::Article;
use crate::text::Profile;
use crate::theme::Theme;

/// What the rows of a frame look like.
///
/// Nothing is said of a frame with more than the body on it, nor of a row that has to be painted each time.
#[derive(Debug, Default)]
pub struct Picture {
    whole: Option<Whole>,
    /// From the top of the window.
    rows: Vec<Option<Row>>,
}

/// What all rows depend on.
#[derive(Debug, PartialEq)]
struct Whole {
    theme: Theme,
    profile: Profile,
    geometry: Geometry,
    focus: Pane,
    column: Column,
    manner: Manner,
    hidden: BTreeSet<String>,
    article: Which,
}

/// An article in memory, known by where it is. It need not live on for that, but nothing else can be there.
#[derive(Debug)]
struct Which(Weak<Article>);

impl PartialEq for Which {
    fn eq(&self, other: &Self) -> bool {
        self.0.ptr_eq(&other.0)
    }
}

/// What one row shows.
#[derive(Debug, PartialEq)]
enum Row {
    Title,
    /// A row of the body, blank where it has no line.
    Body {
        line: Option<Placed>,
        bar: Bar,
    },
}

/// A line of the article, and what the reader laid over it.
#[derive(Debug, PartialEq)]
struct Placed {
    place: Place,
    laid: Laid,
}

/// What there is of a scroll bar at the end of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bar {
    None,
    Track,
    Thumb,
}

impl Picture {
    /// The picture that [`draw`](super::draw()) paints of the same.
    #[must_use]
    pub fn of(app: &App, theme: &Theme) -> Self {
        let geometry = *app.geometry();
        let alone = !geometry.tiny
            && geometry.list.is_none()
            && geometry.sidebar.is_none()
            && !app.is_covered();
        let Some(body) = app.body().filter(|body| alone && !body.rows().is_empty()) else {
            return Self::default();
        };
        let (column, _) = app.column();
        Self {
            rows: rows(app, body, column),
            whole: Some(Whole {
                theme: theme.clone(),
                profile: app.profile(),
                geometry,
                focus: app.focus(),
                column,
                manner: *body.flow().manner(),
                hidden: app.sidebar().hidden().clone(),
                article: Which(Arc::downgrade(body.article())),
            }),
        }
    }

    /// For each row of a window of `height` rows the row of an older frame that looks the same, where one is known.
    #[must_use]
    pub fn seen_in(&self, older: &Self, height: u16) -> Vec<Option<u16>> {
        let mut found = vec![None; height.into()];
        if self.whole.is_none() || self.whole != older.whole {
            return found;
        }
        // Rows move together: where the one above was found, the next stands below.
        let mut next = 0;
        for (found, row) in found.iter_mut().zip(&self.rows) {
            let is_like = |other: &Option<Row>| row.is_some() && other == row;
            let at = if older.rows.get(next).is_some_and(is_like) {
                Some(next)
            } else {
                older.rows.iter().position(is_like)
            };
            if let Some(at) = at {
                *found = u16::try_from(at).ok();
                next = at + 1;
            }
        }
        found
    }
}

fn rows(app: &App, body: &Body, column: Column) -> Vec<Option<Row>> {
    let geometry = app.geometry();
    let mut rows = Vec::with_capacity(geometry.window.height.into());
    rows.resize_with(geometry.window.height.into(), || None);
    let mut put = |y: u16, row| {
        if let Some(place) = rows.get_mut(usize::from(y)) {
            *place = Some(row);
        }
    };
    let title = geometry.body.title;
    for y in title.y..title.bottom() {
        put(y, Row::Title);
    }
    let (from, seen, all) = in_sight(body);
    let thumb = thumb(column.scrollbar.height, from, seen, all);
    let over = Over::new(app, body);
    for y in 0..column.area.height {
        let bar = match thumb {
            None => Bar::None,
            Some((at, length)) if (at..at + length).contains(&y) => Bar::Thumb,
            Some(_) => Bar::Track,
        };
        let row = body.rows().get(usize::from(y));
        let line = row.filter(|row| row.line().is_some());
        let placed = |row: &BodyRow| Placed {
            place: row.place(),
            laid: over.row(row.span()),
        };
        let line = line.map(placed);
        put(column.area.y + y, Row::Body { line, bar });
    }
    rows
}
