//! Where everything stands after something changed: panes, the text column, the card, rows in sight.

use super::Area;
use super::card::Subject;
use super::card::card;
use super::flow::Manner;
use super::geometry::{Geometry, Pane, Wanted, has_room};
use super::sheet::SheetRow;
use super::state::App;
use crate::library::ArticleId;
use crate::typeset::{HANG_RESERVE, Kinsoku, Options};

/// A narrower column has no room for a hanging mark beside its text.
const LEAST_WITH_HANGING: u16 = 8;
/// From so many columns on the text has a blank column at its left.
const MARGIN_FROM: u16 = 30;
/// From so many rows on an article takes two in the list.
const LIST_TWO_LINES: u16 = 8;
/// So many rows of the sidebar are kept for the list of entities, at the least.
const LEAST_ENTITY_ROWS: u16 = 6;

/// Where the text stands in the body pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Column {
    /// Cells of the column, the reserve for hanging marks included; rows are those of the pane.
    pub area: Area,
    /// The one column of the scroll bar.
    pub scrollbar: Area,
}

/// A card, scrolled.
#[derive(Debug, Clone, Copy, Default)]
pub struct Card<'a> {
    /// The rows from the first one in sight.
    pub rows: &'a [SheetRow],
    /// How many rows lie above them.
    pub above: usize,
}

/// The card of what the sidebar's cursor is on, as it is shown.
#[derive(Debug, Default)]
pub(super) struct ShownCard {
    rows: Vec<SheetRow>,
    /// What it is of, and its width.
    pub(super) of: Option<(ArticleId, Subject, u16)>,
    /// The first row in sight.
    top: usize,
}

impl App {
    /// Rows of the screen that an article takes in the list: two where the pane is high enough.
    #[must_use]
    pub fn list_lines(&self) -> u16 {
        self.geometry
            .list
            .map_or(1, |placed| list_lines(placed.inner.height))
    }

    /// The card of what is under the sidebar's cursor, or of a mention gone to that has no line there, from its first row in sight, and the area where it stands with
    /// the border above it. Nothing where there is no room for it.
    #[must_use]
    pub fn card(&self) -> (Card<'_>, Area) {
        let Some(sidebar) = self.geometry.sidebar else {
            return (Card::default(), Area::default());
        };
        let from = self.sidebar.cursor().height();
        let card = Card {
            rows: self
                .shown_card
                .rows
                .get(self.shown_card.top..)
                .unwrap_or(&[]),
            above: self.shown_card.top,
        };
        (card, sidebar.inner.rows(from, sidebar.inner.height))
    }

    /// Where the text stands in the body pane, and how it is set.
    #[must_use]
    pub fn column(&self) -> (Column, Manner) {
        let inner = self.geometry.body.inner;
        let margin = u16::from(inner.width >= MARGIN_FROM);
        let room = inner.width.saturating_sub(1 + margin).max(1);
        let config = &self.config.typeset;
        let hang = config.hang && config.kinsoku != Kinsoku::None && room >= LEAST_WITH_HANGING;
        let reserve = if hang { HANG_RESERVE } else { 0 };
        let measure = (room - reserve)
            .min(config.measure.saturating_mul(2))
            .max(1);
        let from = margin + (room - measure - reserve.min(room - measure)) / 2;
        let column = Column {
            area: inner.columns(from, measure + reserve),
            scrollbar: inner.columns(inner.width.saturating_sub(1), 1),
        };
        let manner = Manner {
            measure,
            indent: config.indent.saturating_mul(2),
            options: Options {
                kinsoku: config.kinsoku,
                hang,
                autospace: config.autospace,
                justify: config.justify,
                profile: self.profile(),
            },
        };
        (column, manner)
    }

    /// The area of an overlay's rows: its frame stands around them, and the last row of the window stays.
    #[must_use]
    pub fn overlay_area(&self) -> Area {
        let window = self.geometry.window;
        let width = window.width.min(100);
        let height = window.height.saturating_sub(3);
        Area::new((window.width - width) / 2, 1, width, height).columns(
            u16::from(width > 40),
            width.saturating_sub(2 * u16::from(width > 40)),
        )
    }

    /// Puts everything in its place after something changed: sizes, the card, rows in sight.
    pub(super) fn arrange(&mut self) {
        let wanted = Wanted {
            list: self.config.panes.list,
            sidebar: self.config.panes.sidebar,
            over: self.over,
        };
        self.geometry = Geometry::new(self.size.0, self.size.1, wanted);
        if self.geometry.pane(self.focus).is_none() {
            self.focus = Pane::Body;
        }
        if let Some(placed) = self.geometry.list {
            self.list
                .resize(placed.inner.height / list_lines(placed.inner.height));
        }
        let height = self.picker_area().height;
        if let Some(picker) = &mut self.picker {
            picker.resize(height);
        }
        let (_, manner) = self.column();
        let height = self.geometry.body.inner.height;
        if let Some(body) = &mut self.body
            && !self.geometry.tiny
            && (body.height() != height || *body.flow().manner() != manner)
        {
            body.resize(manner, height);
        }
        self.arrange_sidebar();
        let height = self.concordance_height();
        if let Some(view) = &mut self.concordance {
            view.resize(height);
        }
    }

    fn arrange_sidebar(&mut self) {
        let Some(placed) = self.geometry.sidebar else {
            return;
        };
        let inner = placed.inner;
        let wanted = self
            .body
            .as_ref()
            .zip(self.subject())
            .map(|(body, subject)| (body.id(), subject, inner.width));
        if wanted != self.shown_card.of {
            self.shown_card.of = wanted;
            self.shown_card.top = 0;
            let (_, manner) = self.column();
            let made = self
                .article()
                .zip(wanted)
                .map(|(article, (_, subject, width))| {
                    card(article, subject, width.saturating_sub(2), &manner.options)
                });
            self.shown_card.rows = made.unwrap_or_default();
        }
        // The card keeps its height, so that the list does not jump as the cursor moves.
        let height = if self.sidebar.items().is_empty() || inner.height < 2 * LEAST_ENTITY_ROWS {
            0
        } else {
            inner.height * 2 / 5
        };
        self.sidebar.resize(inner.height - height);
        self.scroll_card(0);
    }

    /// Scrolls the card; its last row stays at the foot.
    pub(super) fn scroll_card(&mut self, by: i64) {
        let (_, area) = self.card();
        // The first row of the area is the border above the card.
        let height = usize::from(area.height.saturating_sub(1));
        let most = self.shown_card.rows.len().saturating_sub(height);
        let rows = usize::try_from(by.unsigned_abs()).unwrap_or(usize::MAX);
        self.shown_card.top = if by < 0 {
            self.shown_card.top.saturating_sub(rows)
        } else {
            self.shown_card.top.saturating_add(rows)
        }
        .min(most);
    }

    pub(super) fn toggle_pane(&mut self, pane: Pane) {
        if has_room(pane, self.size.0) {
            let shown = match pane {
                Pane::List => &mut self.config.panes.list,
                _ => &mut self.config.panes.sidebar,
            };
            *shown = !*shown;
            if !*shown && self.focus == pane {
                self.focus = Pane::Body;
            }
        } else if self.over == Some(pane) {
            self.over = None;
            self.focus = Pane::Body;
        } else {
            self.over = Some(pane);
            self.focus = pane;
        }
        self.arrange();
    }

    /// Focus to the next pane; one that has no room beside the body opens over it.
    pub(super) fn turn_focus(&mut self, forwards: bool) {
        let columns = self.size.0;
        let ring: Vec<Pane> = [Pane::List, Pane::Body, Pane::Sidebar]
            .into_iter()
            .filter(|pane| !has_room(*pane, columns) || self.geometry.pane(*pane).is_some())
            .collect();
        let here = ring.iter().position(|p| *p == self.focus).unwrap_or(0);
        let step = if forwards { 1 } else { ring.len() - 1 };
        let Some(to) = ring.get((here + step) % ring.len()).copied() else {
            return;
        };
        self.over = Some(to).filter(|pane| !has_room(*pane, columns));
        self.focus = to;
        self.arrange();
    }
}

const fn list_lines(height: u16) -> u16 {
    if height >= LIST_TWO_LINES { 2 } else { 1 }
}
