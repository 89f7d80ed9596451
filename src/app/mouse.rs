//! What the mouse does: the wheel scrolls what is under it, a click goes there, dragging selects in the article.

use super::body::{Gone, grapheme_at};
use super::geometry::Pane;
use super::message::{Effect, Mouse, MouseKind};
use super::select::{self, Selection};
use super::sidebar::Item;
use super::state::App;
use crate::action::Action;
use crate::article::{ByteSpan, MentionId};

/// Rows that one notch of the wheel scrolls.
const NOTCH: i64 = 3;
/// So many rows at most are scrolled at once: a flood of notches must not set a whole library of rows.
const MOST_ROWS: i64 = 1000;

/// The button is held down, since it was pressed in the article.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    /// What was pressed on: a character, a word or mention, a block. It stays selected.
    anchor: ByteSpan,
    /// By what the selection grows.
    grain: Grain,
    /// The cell of the mouse, in columns and rows of the window.
    at: (u16, u16),
}

/// By what a selection grows while the mouse is dragged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grain {
    Character,
    Word,
    Block,
}

impl App {
    pub(super) fn use_mouse(&mut self, mouse: Mouse) -> Vec<Effect> {
        if !self.config.mouse || self.geometry.tiny {
            return Vec::new();
        }
        let lies_over = self.overlay.is_some() || self.pages.is_some() || self.picker.is_some();
        if self.concordance.is_some() && !lies_over {
            return self.use_mouse_in_concordance(mouse);
        }
        match mouse.kind {
            MouseKind::Wheel(notches) => return self.turn_wheel(mouse.at, notches),
            MouseKind::Press { clicks } => return self.click(mouse.at, clicks),
            MouseKind::Drag => self.drag(mouse.at),
            MouseKind::Release => self.held = None,
        }
        Vec::new()
    }

    /// Whether the mouse is held above or below the article, so that it scrolls on with every
    /// [pause](super::Message::Pause).
    #[must_use]
    pub fn is_dragging_beyond(&self) -> bool {
        self.rows_beyond() != 0
    }

    /// Scrolls on while the mouse is held beyond the article.
    pub(super) fn drag_on(&mut self) {
        if let Some(held) = self.held.filter(|_| self.rows_beyond() != 0) {
            self.drag(held.at);
        }
    }

    /// How many rows the mouse is held below the article; above it, below 0.
    fn rows_beyond(&self) -> i64 {
        let Some(held) = self.held else { return 0 };
        let inner = self.geometry.body.inner;
        let y = held.at.1;
        if y < inner.y {
            -i64::from(inner.y - y)
        } else if y >= inner.bottom() {
            i64::from(y - inner.bottom()) + 1
        } else {
            0
        }
    }

    fn pane_at(&self, (x, y): (u16, u16)) -> Option<Pane> {
        let is_over = |pane| self.geometry.pane(pane).is_some_and(|placed| placed.over);
        let mut panes = [Pane::List, Pane::Sidebar, Pane::Body];
        panes.sort_by_key(|pane| !is_over(*pane));
        panes.into_iter().find(|pane| {
            self.geometry.pane(*pane).is_some_and(|placed| {
                let (title, inner) = (placed.title, placed.inner);
                (inner.x..inner.right()).contains(&x)
                    && (title.y.min(inner.y)..inner.bottom()).contains(&y)
            })
        })
    }

    fn turn_wheel(&mut self, at: (u16, u16), notches: i32) -> Vec<Effect> {
        let rows = i64::from(notches).saturating_mul(NOTCH);
        let rows = rows.clamp(-MOST_ROWS, MOST_ROWS);
        let height = self.overlay_area().height;
        if let Some(overlay) = &mut self.overlay {
            overlay.scroll(rows, height);
            return Vec::new();
        }
        if let Some(picker) = &mut self.picker {
            picker.scroll(rows);
            return Vec::new();
        }
        if self.pages.is_some() {
            self.scroll_page(rows);
            return Vec::new();
        }
        match self.pane_at(at) {
            Some(Pane::Body) => {
                if let Some(body) = &mut self.body {
                    body.scroll(rows);
                }
            }
            Some(Pane::List) => {
                let lines = i64::from(self.list_lines());
                // Two notches scroll three articles of two lines each, one of them two.
                let by = (rows.abs() + lines - 1) / lines;
                self.list.scroll(by * rows.signum());
                if self.list.results().is_some() {
                    return self.preview_chosen();
                }
            }
            Some(Pane::Sidebar) => {
                let (card, area) = self.card();
                if !card.rows.is_empty() && at.1 >= area.y {
                    self.scroll_card(rows);
                } else {
                    self.sidebar.scroll(rows);
                }
            }
            None => {}
        }
        Vec::new()
    }

    fn click(&mut self, at: (u16, u16), clicks: u8) -> Vec<Effect> {
        self.held = None;
        self.said = None;
        self.forget_keys();
        if self.overlay.is_some() {
            let area = self.overlay_area();
            // The frame stands around the rows, where there is one.
            if !(area.x.saturating_sub(1)..=area.right()).contains(&at.0) {
                self.close_overlay();
            }
            return Vec::new();
        }
        if self.picker.is_some() {
            return self.click_picker(at);
        }
        if self.pages.is_some() {
            return self.click_page(at);
        }
        let mut effects = Vec::new();
        if self.prompt.is_some() {
            if at.1 == self.geometry.status.y {
                return effects;
            }
            // As Enter: what was typed holds, and the click does what it does without a prompt.
            effects = self.act(Action::PromptAccept, None);
            if self.prompt.is_some() {
                return effects;
            }
            self.arrange();
        }
        match self.pane_at(at) {
            Some(Pane::List) => effects.extend(self.click_list(at, clicks)),
            Some(Pane::Sidebar) => self.click_sidebar(at, clicks),
            Some(Pane::Body) => self.click_body(at, clicks),
            None => {}
        }
        effects
    }

    fn click_list(&mut self, at: (u16, u16), clicks: u8) -> Vec<Effect> {
        let Some(placed) = self.geometry.list else {
            return Vec::new();
        };
        self.selection = None;
        self.focus = Pane::List;
        let row = at.1.checked_sub(placed.inner.y);
        let line = row.map(|row| row / self.list_lines());
        let line = line.filter(|line| *line < self.list.cursor().height() && clicks == 1);
        let Some(line) = line.map(|line| self.list.cursor().top() + u32::from(line)) else {
            return Vec::new();
        };
        if self.list.at(line).is_none() && self.list.view_at(line).is_none() {
            return Vec::new();
        }
        self.list.go(line);
        self.follow()
    }

    fn click_sidebar(&mut self, at: (u16, u16), clicks: u8) {
        let Some(placed) = self.geometry.sidebar else {
            return;
        };
        self.selection = None;
        self.focus = Pane::Sidebar;
        let cursor = self.sidebar.cursor();
        let row = at.1.checked_sub(placed.inner.y);
        let Some(row) = row.filter(|row| *row < cursor.height() && clicks == 1) else {
            return;
        };
        let line = cursor.top() + u32::from(row);
        let Some(item) = self.sidebar.items().get(line as usize).copied() else {
            return;
        };
        self.sidebar.go(line);
        if matches!(item, Item::Entity(_)) {
            self.follow_entity();
        }
    }

    fn click_body(&mut self, at: (u16, u16), clicks: u8) {
        self.over = None;
        self.focus = Pane::Body;
        self.selection = None;
        let Some(offset) = self.offset_under(at) else {
            return;
        };
        let mention = self.mention_under(offset);
        let grain = match clicks {
            0 | 1 => Grain::Character,
            2 => Grain::Word,
            _ => Grain::Block,
        };
        let anchor = self.unit_at(offset, grain);
        if let Some(body) = &mut self.body {
            body.go(mention.map_or(Gone::Offset(offset), Gone::Mention));
        }
        self.sync_sidebar();
        if grain != Grain::Character {
            self.select_between(anchor, anchor);
        }
        self.held = Some(Held { anchor, grain, at });
    }

    fn drag(&mut self, at: (u16, u16)) {
        let Some(mut held) = self.held else { return };
        held.at = at;
        self.held = Some(held);
        let beyond = self.rows_beyond();
        if beyond != 0 {
            let moved = self.body.as_mut().is_some_and(|body| body.scroll(beyond));
            if !moved {
                // Nothing more to scroll: waiting for pauses would be in vain.
                let inner = self.geometry.body.inner;
                let y = at.1.clamp(inner.y, inner.bottom().saturating_sub(1));
                self.held = Some(Held {
                    at: (at.0, y),
                    ..held
                });
            }
        }
        let Some(offset) = self.offset_under(at) else {
            return;
        };
        let unit = self.unit_at(offset, held.grain);
        // A hand that trembles on one character selects nothing.
        if self.selection.is_some() || unit != held.anchor {
            self.select_between(held.anchor, unit);
        }
    }

    /// Selects from one unit to another, both included; the moving end is that of `to`.
    fn select_between(&mut self, from: ByteSpan, to: ByteSpan) {
        let Some(article) = self.article() else {
            return;
        };
        let last = |span: ByteSpan| {
            let last = grapheme_at(article, span.end().saturating_sub(1)).start();
            last.max(span.start())
        };
        let selection = if to.start() < from.start() {
            Selection {
                anchor: last(from),
                cursor: to.start(),
            }
        } else {
            Selection {
                anchor: from.start(),
                cursor: last(to),
            }
        };
        self.selection = Some(selection);
    }

    /// The character of the text nearest to a cell: what stands under it, be it the second half of a wide character;
    /// beside the text the first or last one of the row; on a blank row that of the row below, under the end of the
    /// text that of the last row.
    fn offset_under(&self, (x, y): (u16, u16)) -> Option<usize> {
        let body = self.body.as_ref()?;
        let (column, _) = self.column();
        let row = usize::from(y.saturating_sub(column.area.y));
        let rows = body.rows();
        let below = rows.iter().skip(row).find(|row| row.line().is_some());
        let row = below.or_else(|| rows.iter().rev().find(|row| row.line().is_some()))?;
        let at = row.line()?.offset_at(
            body.flow().block_text(row),
            &body.flow().manner().options,
            x.saturating_sub(column.area.x),
        );
        Some(row.part.span.start() + at)
    }

    /// The shortest mention at a byte that is shown.
    fn mention_under(&self, offset: usize) -> Option<MentionId> {
        let article = self.article()?;
        let annotations = &article.annotations;
        annotations
            .touching(grapheme_at(article, offset))
            .into_iter()
            .filter(|id| self.sidebar.shows(annotations, *id))
            .min_by_key(|id| annotations.mention(*id).map_or(0, |m| m.hull().len()))
    }

    /// What is selected at a byte: with words the fragment of a mention that stands there before the word.
    fn unit_at(&self, offset: usize, grain: Grain) -> ByteSpan {
        let Some(article) = self.article() else {
            return ByteSpan::new(offset, offset);
        };
        let here = grapheme_at(article, offset);
        match grain {
            Grain::Character => here,
            Grain::Word => {
                let mention = self.mention_under(offset);
                let mention = mention.and_then(|id| article.annotations.mention(id));
                let fragment =
                    mention.and_then(|m| m.spans().iter().copied().find(|span| span.touches(here)));
                fragment.unwrap_or_else(|| select::word_around(article, offset))
            }
            Grain::Block => {
                let block = article.text.block_at(offset);
                let block = block.and_then(|id| article.text.block(id));
                block.map_or(here, |block| {
                    let slice = article.text.slice(block.span);
                    let start = block.span.start() + slice.len() - slice.trim_start().len();
                    ByteSpan::new(start, start + slice.trim().len())
                })
            }
        }
    }
}
