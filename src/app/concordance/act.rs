//! What keys and the mouse do in the concordance.

use std::sync::Arc;

use super::super::body::Gone;
use super::super::message::{Effect, Mouse, MouseKind};
use super::super::prompt::{Prompt, PromptKind};
use super::super::state::App;
use super::super::unfiltered::Unfiltered;
use super::super::update::rows_of;
use super::ConcordanceView;
use crate::action::Action;
use crate::article::ByteSpan;
use crate::keys::Mode;
use crate::search::concordance::{Concordance, Order, Sort, Source, Unit};
use crate::text::Words;

/// So many cells of context are shown at the most, at the start.
pub(super) const MOST_CELLS: u16 = 200;
/// And at the least.
const LEAST_CELLS: u16 = 8;
/// By so many cells the context is made wider or narrower.
const STEP_CELLS: u16 = 4;
/// How many words or characters on either side are near, at the most.
pub(super) const MOST_NEAR: u8 = 5;
/// What the file is called that is asked for.
const FILE: &str = "concordance.tsv";

impl App {
    /// Opens the concordance of the search: in all results where those of the library are walked, else in the open
    /// article; or of the entity at the point.
    pub(in crate::app) fn open_concordance(&mut self) -> Vec<Effect> {
        if let Some(effects) = self.open_library_concordance() {
            return effects;
        }
        let Some(body) = &self.body else {
            self.warn("nothing is open");
            return Vec::new();
        };
        let article = Arc::clone(body.article());
        let (number, file) = (body.id().0, body.file().to_owned());
        let mut fold = self.config.search.fold;
        let (name, hits, awaits) = if let Some(find) = &self.find {
            let awaits = (!find.is_done()).then(|| find.ticket());
            fold = find.query.fold;
            (find.query.text.clone(), find.hits().to_vec(), awaits)
        } else if let Some(mut mentions) = self.entity_at_point() {
            mentions.sort_unstable();
            mentions.dedup();
            let entity = self
                .mention_at_point()
                .and_then(|m| article.annotations.mention(m)?.entity)
                .and_then(|e| article.annotations.entity(e));
            (
                entity.map_or_else(String::new, |e| e.name.clone()),
                mentions,
                None,
            )
        } else {
            self.warn("search first, or go to a mention: a concordance is of hits or of an entity");
            return Vec::new();
        };
        if hits.is_empty() && awaits.is_none() {
            self.warn(format!("not found: {name}"));
            return Vec::new();
        }
        let mut made = Concordance::new(Order::default(), false);
        let source = made.add_source(Source::kept(Arc::clone(&article), &file).numbered(number));
        let gone = self.body.as_ref().and_then(super::super::body::Body::gone);
        let at = self.point().map_or(0, |point| point.offset);
        let is_here = |hit: &ByteSpan| gone == Some(Gone::Hit(*hit)) || hit.end() > at;
        let first = hits.iter().find(|hit| is_here(hit)).or(hits.first());
        let first = first.map(|hit| (number, *hit));
        let mut view = ConcordanceView::new(name, made, fold);
        view.source = Some(source);
        view.came = hits.len();
        view.awaits = awaits;
        view.pending.hits = Some((source, hits));
        view.resize(self.concordance_height());
        let effects = view.ask(self.ticket(), first, Arc::new(Words::characters()));
        self.selection = None;
        view.over = self.over.take();
        self.concordance = Some(view);
        effects
    }

    /// Rows of the screen that its lines have.
    pub(in crate::app) const fn concordance_height(&self) -> u16 {
        self.geometry.window.height.saturating_sub(2)
    }

    pub(super) fn words_or_characters(&self) -> Arc<Words> {
        let words = self.words.clone();
        words.unwrap_or_else(|| Arc::new(Words::characters()))
    }

    pub(in crate::app) fn act_in_concordance(
        &mut self,
        action: Action,
        count: Option<u32>,
    ) -> Vec<Effect> {
        let height = self.concordance_height();
        // The last column of the window is the scroll bar's.
        let cells = self.geometry.window.width.saturating_sub(1);
        let Some(view) = &mut self.concordance else {
            return Vec::new();
        };
        let (order, across) = view.wanted;
        if view.counted.is_some() && orders_lines(action) {
            let key = self.keys_in(Mode::Concordance, Action::Collocates);
            let lines = key.map_or_else(String::new, |key| format!("; {key} shows them"));
            self.warn(format!("this orders lines{lines}"));
            return Vec::new();
        }
        if !is_depth(action) {
            view.depths.clear();
        }
        match action {
            Action::Follow => return self.go_to_line(),
            Action::SortLeft => return self.order_lines(order, Some(Sort::Left)),
            Action::SortRight => return self.order_lines(order, Some(Sort::Right)),
            Action::SortDate => return self.order_lines(order, Some(Sort::Date)),
            Action::SortArticle => return self.order_lines(order, Some(Sort::Article)),
            Action::SortByOne => return self.deepen(1),
            Action::SortByTwo => return self.deepen(2),
            Action::SortByThree => return self.deepen(3),
            Action::ToggleWords => {
                let unit = match order.unit {
                    Unit::Words => Unit::Characters,
                    Unit::Characters => Unit::Words,
                };
                return self.order_lines(Order { unit, ..order }, None);
            }
            Action::ToggleAcross => {
                let across = !across;
                view.wanted.1 = across;
                self.say(if across {
                    "contexts go over the ends of blocks"
                } else {
                    "contexts end with the block"
                });
                return self.change_lines(|change| change.across = Some(across));
            }
            Action::WiderContext | Action::NarrowerContext => {
                let wider = action == Action::WiderContext;
                if view.counted.is_some() {
                    let by = if wider { 1 } else { -1 };
                    view.near = view.near.saturating_add_signed(by).clamp(1, MOST_NEAR);
                    return self.count_again();
                }
                view.most = if wider {
                    view.most.saturating_add(STEP_CELLS).min(MOST_CELLS)
                } else {
                    // From what is shown, so that one sees it at once.
                    let now = view.most.min(view.left_room(cells));
                    now.saturating_sub(STEP_CELLS).max(LEAST_CELLS)
                };
            }
            Action::FilterLines => {
                let filter = view.filter.clone();
                let before = view.before();
                self.unfiltered = Some(Unfiltered::Lines(before));
                let effects = self.drop_counted();
                self.open_line(PromptKind::FilterLines, &filter);
                return effects;
            }
            Action::Collocates => {
                if view.counted.is_some() {
                    return self.drop_counted();
                }
                view.open_collocates(height);
                return self.count_again();
            }
            Action::Export => self.open_line(PromptKind::Export, FILE),
            Action::Top | Action::Bottom if count.is_some() => {
                view.go_to(count.unwrap_or(1).saturating_sub(1));
            }
            _ => {
                if let Some(by) = rows_of(action, count, view.cursor().height()) {
                    view.step(by);
                }
            }
        }
        Vec::new()
    }

    /// So many words or characters decide the order, until it turns out that the digit is part of a count.
    fn deepen(&mut self, depth: u8) -> Vec<Effect> {
        let Some(view) = &mut self.concordance else {
            return Vec::new();
        };
        let order = view.wanted.0;
        view.depths.push(order.depth);
        self.order_lines(Order { depth, ..order }, None)
    }

    /// As many decide the order as before the last digit.
    pub(in crate::app) fn take_back_depth(&mut self) -> Vec<Effect> {
        let Some(view) = &mut self.concordance else {
            return Vec::new();
        };
        let order = view.wanted.0;
        let depth = view.depths.pop();
        depth.map_or_else(Vec::new, |depth| {
            self.order_lines(Order { depth, ..order }, None)
        })
    }

    pub(super) fn open_line(&mut self, kind: PromptKind, text: &str) {
        self.prompt = Some(Prompt::new(kind, text));
        self.prompt_error = None;
    }

    /// Enter on a line: to its hit. Among the collocates: to the lines that hold it.
    fn go_to_line(&mut self) -> Vec<Effect> {
        let Some(view) = &mut self.concordance else {
            return Vec::new();
        };
        if let Some(counted) = &view.counted {
            let chosen = counted.found.get(counted.cursor.line() as usize);
            let chosen = chosen.and_then(|chosen| counted.near(chosen, view.fold));
            let mut effects = self.drop_counted();
            if let Some(near) = chosen {
                effects.extend(self.show_lines_near(near));
            }
            return effects;
        }
        let Some((number, hit)) = view.made.place_of(view.cursor.line() as usize) else {
            return Vec::new();
        };
        if view.library.is_some() {
            return self.go_to_library_line(number, hit);
        }
        let (_, effects) = self.drop_concordance();
        self.leave_here();
        let is_hit = self.find.as_ref().is_some_and(|find| find.is_hit(hit));
        if let Some(body) = &mut self.body {
            body.go(if is_hit {
                Gone::Hit(hit)
            } else {
                Gone::Offset(hit.start())
            });
        }
        self.sync_sidebar();
        effects
    }

    /// Moves the cursor while a filter is typed.
    pub(in crate::app) fn step_line(&mut self, by: i64) {
        if let Some(view) = &mut self.concordance {
            view.step(by);
        }
    }

    pub(in crate::app) fn use_mouse_in_concordance(&mut self, mouse: Mouse) -> Vec<Effect> {
        let Some(view) = &mut self.concordance else {
            return Vec::new();
        };
        let (rows, head) = (view.rows(), view.head_rows());
        view.hold_cursor();
        match mouse.kind {
            MouseKind::Wheel(notches) => {
                let by = i64::from(notches).saturating_mul(3);
                view.cursor_mut().scroll(by, rows);
            }
            MouseKind::Press { clicks } => {
                let cursor = view.cursor_mut();
                let row = mouse.at.1.checked_sub(head);
                let Some(row) = row.filter(|row| *row < cursor.height()) else {
                    return Vec::new();
                };
                let line = cursor.top() + u32::from(row);
                if line < rows {
                    cursor.go(line, rows);
                    if clicks > 1 {
                        return self.go_to_line();
                    }
                }
            }
            MouseKind::Drag | MouseKind::Release => {}
        }
        Vec::new()
    }

    /// Esc in the concordance: from the collocates to the lines, from what is filtered to all, and out.
    pub(in crate::app) fn leave_concordance(&mut self) -> Vec<Effect> {
        let Some(view) = &mut self.concordance else {
            return Vec::new();
        };
        if view.counted.is_some() {
            return self.drop_counted();
        }
        if view.is_filtered() {
            return self.widen_lines();
        }
        self.close_concordance()
    }
}

/// Whether an action puts lines in another order, which is not seen while there are none.
const fn orders_lines(action: Action) -> bool {
    matches!(
        action,
        Action::SortLeft | Action::SortRight | Action::SortDate | Action::SortArticle
    ) || is_depth(action)
}

/// Whether an action says how many words or characters decide the order.
const fn is_depth(action: Action) -> bool {
    matches!(
        action,
        Action::SortByOne | Action::SortByTwo | Action::SortByThree
    )
}
