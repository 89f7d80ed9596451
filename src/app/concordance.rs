//! The concordance over the panes: a line a hit, its order, filter and collocates.

use std::sync::Arc;

use super::body::Gone;
use super::cursor::Cursor;
use super::message::{Effect, Hits, Mouse, MouseKind, Table, Ticket};
use super::prompt::{Prompt, PromptKind};
use super::state::App;
use super::update::rows_of;
use crate::action::Action;
use crate::article::ByteSpan;
use crate::search::concordance::{
    Collocate, Concordance, Form, Order, Sort, Source, SourceId, Unit, Window,
};
use crate::search::{Matcher, Query};
use crate::text::Words;

/// So many cells of context are shown at the most, at the start.
const MOST_CELLS: u16 = 200;
/// And at the least.
const LEAST_CELLS: u16 = 8;
/// By so many cells the context is made wider or narrower.
const STEP_CELLS: u16 = 4;
/// How many words or characters on either side are near, at the most.
const MOST_NEAR: u8 = 5;
/// What the file is called that is asked for.
const FILE: &str = "concordance.tsv";

/// A concordance as it is shown.
#[derive(Debug)]
pub struct ConcordanceView {
    name: String,
    made: Arc<Concordance>,
    source: SourceId,
    /// The search whose hits are still coming in.
    awaits: Option<Ticket>,
    cursor: Cursor,
    most: u16,
    filter: String,
    near: u8,
    counted: Option<Counted>,
}

/// The collocates, instead of the lines.
#[derive(Debug)]
struct Counted {
    ticket: Option<Ticket>,
    found: Vec<Collocate>,
    cursor: Cursor,
}

impl ConcordanceView {
    /// What it is of: the query, or the entity's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The lines.
    #[must_use]
    pub fn lines(&self) -> &Concordance {
        &self.made
    }

    /// The cursor on the lines, or on the collocates where they are shown.
    #[must_use]
    pub fn cursor(&self) -> &Cursor {
        self.counted.as_ref().map_or(&self.cursor, |c| &c.cursor)
    }

    /// Cells of context on either side, at the most.
    #[must_use]
    pub const fn most_cells(&self) -> u16 {
        self.most
    }

    /// What lines must hold; empty when all are shown.
    #[must_use]
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// Words or characters on either side that are near.
    #[must_use]
    pub const fn near(&self) -> u8 {
        self.near
    }

    /// Whether hits are still coming in.
    #[must_use]
    pub const fn is_growing(&self) -> bool {
        self.awaits.is_some()
    }

    /// The collocates, where they are shown; nothing in them while they are being counted.
    #[must_use]
    pub fn collocates(&self) -> Option<&[Collocate]> {
        self.counted.as_ref().map(|c| c.found.as_slice())
    }

    /// Whether the collocates are being counted.
    #[must_use]
    pub fn is_counting(&self) -> bool {
        self.counted.as_ref().is_some_and(|c| c.ticket.is_some())
    }

    fn rows(&self) -> u32 {
        let counted = self.counted.as_ref().map(|c| c.found.len());
        u32::try_from(counted.unwrap_or(self.made.len())).unwrap_or(u32::MAX)
    }

    fn cursor_mut(&mut self) -> &mut Cursor {
        match &mut self.counted {
            Some(counted) => &mut counted.cursor,
            None => &mut self.cursor,
        }
    }

    fn step(&mut self, by: i64) {
        let rows = self.rows();
        self.cursor_mut().step(by, rows);
    }

    /// Changes the lines; the cursor stays on its line.
    fn change(&mut self, words: &Words, change: impl FnOnce(&mut Concordance)) {
        let here = self.made.place_of(self.cursor.line() as usize);
        let made = Arc::make_mut(&mut self.made);
        change(made);
        made.arrange(words);
        let line = here.and_then(|here| made.number_of(here));
        let len = u32::try_from(made.len()).unwrap_or(u32::MAX);
        let line = line.and_then(|line| u32::try_from(line).ok()).unwrap_or(0);
        self.cursor.go(line, len);
    }

    pub(super) fn resize(&mut self, height: u16) {
        let rows = self.rows();
        self.cursor_mut().resize(height, rows);
    }
}

impl App {
    /// Opens the concordance of the search, or of the entity at the point.
    pub(super) fn open_concordance(&mut self) -> Vec<Effect> {
        let Some(body) = &self.body else {
            self.warn("nothing is open");
            return Vec::new();
        };
        let article = Arc::clone(body.article());
        let (name, hits, awaits) = if let Some(find) = &self.find {
            let awaits = (!find.is_done()).then(|| find.ticket());
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
        let file = article.meta.name.clone();
        let source = made.add_source(Source::kept(Arc::clone(&article), &file));
        made.add(source, &article.text, &hits);
        made.arrange(&Words::characters());
        let gone = self.body.as_ref().and_then(super::body::Body::gone);
        let at = self.point().map_or(0, |point| point.offset);
        let is_here = |hit: &ByteSpan| gone == Some(Gone::Hit(*hit)) || hit.end() > at;
        let line = hits.iter().position(is_here).unwrap_or(0);
        let mut view = ConcordanceView {
            name,
            made: Arc::new(made),
            source,
            awaits,
            cursor: Cursor::default(),
            most: MOST_CELLS,
            filter: String::new(),
            near: MOST_NEAR,
            counted: None,
        };
        view.resize(self.concordance_height());
        view.step(i64::try_from(line).unwrap_or(0));
        self.selection = None;
        self.over = None;
        self.concordance = Some(view);
        Vec::new()
    }

    /// Rows of the screen that its lines have.
    pub(super) const fn concordance_height(&self) -> u16 {
        self.geometry.window.height.saturating_sub(2)
    }

    fn words_or_characters(&self) -> Arc<Words> {
        let words = self.words.clone();
        words.unwrap_or_else(|| Arc::new(Words::characters()))
    }

    pub(super) fn act_in_concordance(&mut self, action: Action, count: Option<u32>) -> Vec<Effect> {
        let words = self.words_or_characters();
        let height = self.concordance_height();
        let half = self.geometry.window.width / 2;
        let Some(view) = &mut self.concordance else {
            return Vec::new();
        };
        let order = view.made.order();
        match action {
            Action::Follow => return self.go_to_line(),
            Action::SortLeft => return self.order_lines(order, Some(Sort::Left)),
            Action::SortRight => return self.order_lines(order, Some(Sort::Right)),
            Action::SortDate => return self.order_lines(order, Some(Sort::Date)),
            Action::SortArticle => return self.order_lines(order, Some(Sort::Article)),
            Action::SortByOne => return self.order_lines(Order { depth: 1, ..order }, None),
            Action::SortByTwo => return self.order_lines(Order { depth: 2, ..order }, None),
            Action::SortByThree => return self.order_lines(Order { depth: 3, ..order }, None),
            Action::ToggleWords => {
                let unit = match order.unit {
                    Unit::Words => Unit::Characters,
                    Unit::Characters => Unit::Words,
                };
                return self.order_lines(Order { unit, ..order }, None);
            }
            Action::ToggleAcross => {
                let across = !view.made.is_across();
                view.change(&words, |made| made.set_across(across));
                self.say(if across {
                    "contexts go over the ends of blocks"
                } else {
                    "contexts end with the block"
                });
                return self.count_again();
            }
            Action::WiderContext | Action::NarrowerContext => {
                let wider = action == Action::WiderContext;
                if view.counted.is_some() {
                    let by = if wider { 1 } else { -1 };
                    view.near = view.near.saturating_add_signed(by).clamp(1, MOST_NEAR);
                    return self.count_again();
                }
                let now = view.most.min(half);
                view.most = if wider {
                    now.saturating_add(STEP_CELLS).min(MOST_CELLS)
                } else {
                    now.saturating_sub(STEP_CELLS).max(LEAST_CELLS)
                };
            }
            Action::FilterLines => {
                if view.counted.take().is_none() {
                    let filter = view.filter.clone();
                    self.open_line(PromptKind::FilterLines, &filter);
                }
            }
            Action::Collocates => {
                if view.counted.take().is_none() {
                    let mut cursor = Cursor::default();
                    cursor.resize(height, 0);
                    view.counted = Some(Counted {
                        ticket: None,
                        found: Vec::new(),
                        cursor,
                    });
                    return self.count_again();
                }
            }
            Action::Export => self.open_line(PromptKind::Export, FILE),
            _ => {
                if let Some(by) = rows_of(action, count, height) {
                    view.step(by);
                }
            }
        }
        Vec::new()
    }

    fn open_line(&mut self, kind: PromptKind, text: &str) {
        self.prompt = Some(Prompt::new(kind, text));
        self.prompt_error = None;
    }

    /// Enter on a line: to its hit. Among the collocates: to the lines that hold it.
    fn go_to_line(&mut self) -> Vec<Effect> {
        let Some(view) = &mut self.concordance else {
            return Vec::new();
        };
        if let Some(counted) = view.counted.take() {
            let chosen = counted.found.get(counted.cursor.line() as usize);
            if let Some(word) = chosen.map(|c| c.word.clone()) {
                self.filter_lines(&word);
            }
            return Vec::new();
        }
        let Some((_, hit)) = view.made.place_of(view.cursor.line() as usize) else {
            return Vec::new();
        };
        self.concordance = None;
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
        Vec::new()
    }

    /// Puts the lines in another order. By depth or unit alone only what stands beside the hits can be ordered.
    fn order_lines(&mut self, order: Order, sort: Option<Sort>) -> Vec<Effect> {
        let words = self.words_or_characters();
        let Some(view) = &mut self.concordance else {
            return Vec::new();
        };
        let unit = order.unit;
        let order = Order {
            sort: sort.unwrap_or(order.sort),
            ..order
        };
        let is_new_unit = unit != view.made.order().unit;
        view.change(&words, |made| made.set_order(order));
        let mut effects = Vec::new();
        if unit == Unit::Words {
            effects = self.ask_words();
            if !Words::CAN_LOAD {
                self.say("words are characters: built without the dictionary");
            } else if self.words.is_none() {
                self.say("reading the dictionary …");
            }
        }
        if is_new_unit {
            effects.extend(self.count_again());
        }
        effects
    }

    /// The dictionary has come.
    pub(super) fn concordance_has_words(&mut self) -> Vec<Effect> {
        let words = self.words_or_characters();
        let Some(view) = &mut self.concordance else {
            return Vec::new();
        };
        let order = view.made.order();
        if order.unit == Unit::Words {
            view.change(&words, |made| made.set_order(order));
            self.said = None;
            return self.count_again();
        }
        Vec::new()
    }

    /// Has the collocates counted, where they are shown.
    fn count_again(&mut self) -> Vec<Effect> {
        let ticket = self.ticket();
        let words = self.words_or_characters();
        let Some(view) = &mut self.concordance else {
            return Vec::new();
        };
        let Some(counted) = &mut view.counted else {
            return Vec::new();
        };
        counted.ticket = Some(ticket);
        vec![Effect::Collocate {
            ticket,
            concordance: Arc::clone(&view.made),
            window: Window {
                unit: view.made.order().unit,
                left: view.near,
                right: view.near,
            },
            words,
        }]
    }

    pub(super) fn collocates_came(&mut self, ticket: Ticket, found: Vec<Collocate>) {
        let Some(counted) = self.concordance.as_mut().and_then(|v| v.counted.as_mut()) else {
            return;
        };
        if counted.ticket != Some(ticket) {
            return;
        }
        counted.ticket = None;
        let len = u32::try_from(found.len()).unwrap_or(u32::MAX);
        counted.found = found;
        counted.cursor.go(0, len);
    }

    /// Shows the lines that hold this alone; all when it is empty.
    pub(super) fn filter_lines(&mut self, text: &str) {
        let words = self.words_or_characters();
        let Some(view) = &mut self.concordance else {
            return;
        };
        let query = Query {
            text: text.to_owned(),
            regex: false,
        };
        let filter = match Matcher::new(&query) {
            Ok(matcher) => Some(matcher).filter(|m| !m.is_empty()),
            Err(error) => {
                self.prompt_error = Some(error.to_string());
                return;
            }
        };
        text.clone_into(&mut view.filter);
        view.change(&words, |made| made.set_filter(filter));
    }

    /// Moves the cursor while a filter is typed.
    pub(super) fn step_line(&mut self, by: i64) {
        if let Some(view) = &mut self.concordance {
            view.step(by);
        }
    }

    /// Enter behind a file's name.
    pub(super) fn export(&mut self, path: &str) -> Vec<Effect> {
        let path = path.trim();
        let Some(form) = Form::of_name(path) else {
            self.open_line(PromptKind::Export, path);
            self.prompt_error = Some("a name that ends with .tsv, .csv or .jsonl".to_owned());
            return Vec::new();
        };
        let Some(view) = &self.concordance else {
            return Vec::new();
        };
        let table = match &view.counted {
            Some(counted) => Table::Collocates(counted.found.clone()),
            None => Table::Lines(Arc::clone(&view.made)),
        };
        vec![Effect::Export {
            path: path.to_owned(),
            form,
            table,
        }]
    }

    /// Hits that came in belong to the concordance too.
    pub(super) fn concordance_takes(&mut self, hits: &Hits) {
        let words = self.words_or_characters();
        let Some((view, body)) = self.concordance.as_mut().zip(self.body.as_ref()) else {
            return;
        };
        if view.awaits != Some(hits.ticket) {
            return;
        }
        if hits.done {
            view.awaits = None;
        }
        let (source, text) = (view.source, &body.article().text);
        view.change(&words, |made| made.add(source, text, &hits.hits));
    }

    pub(super) fn use_mouse_in_concordance(&mut self, mouse: Mouse) -> Vec<Effect> {
        let Some(view) = &mut self.concordance else {
            return Vec::new();
        };
        let rows = view.rows();
        match mouse.kind {
            MouseKind::Wheel(notches) => {
                let by = i64::from(notches).saturating_mul(3);
                view.cursor_mut().scroll(by, rows);
            }
            MouseKind::Press { clicks } => {
                let cursor = view.cursor_mut();
                let row = mouse.at.1.checked_sub(1);
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
    pub(super) fn leave_concordance(&mut self) {
        let Some(view) = &mut self.concordance else {
            return;
        };
        if view.counted.take().is_some() {
            return;
        }
        if view.filter.is_empty() {
            self.concordance = None;
        } else {
            self.filter_lines("");
        }
    }
}
