//! Other orders, filters and counts of the concordance, hits that come in, and files.

use std::sync::Arc;

use super::super::message::{Effect, Hits, Table, Ticket};
use super::super::prompt::PromptKind;
use super::super::state::App;
use super::LinesBefore;
use crate::search::concordance::{Change, Concordance, Filter, Form, Near, Order, Sort, Unit};
use crate::search::{Matcher, Query, QueryError};
use crate::text::Words;

impl App {
    /// Changes the lines where nobody waits for it, however many there are.
    pub(super) fn change_lines(&mut self, change: impl FnOnce(&mut Change)) -> Vec<Effect> {
        let ticket = self.ticket();
        let words = self.words_or_characters();
        let Some(view) = &mut self.concordance else {
            return Vec::new();
        };
        change(&mut view.pending);
        view.ask(ticket, None, words)
    }

    /// The lines are back, in their new order.
    pub(in crate::app) fn lines_came(
        &mut self,
        ticket: Ticket,
        made: Arc<Concordance>,
        line: usize,
    ) -> Vec<Effect> {
        let shown = self.concordance.as_ref();
        let is_shown = shown.is_some_and(|view| view.awaits_lines(ticket));
        let Some(view) = self.concordance_that(|view| view.awaits_lines(ticket)) else {
            return Vec::new();
        };
        view.take_back(made, line);
        if !is_shown {
            // What else is to become of them is done when they are shown again.
            return Vec::new();
        }
        let mut effects = self.change_lines(|_| {});
        effects.extend(self.count_others());
        effects
    }

    /// Puts the lines in another order. By depth or unit alone only what stands beside the hits can be ordered.
    pub(super) fn order_lines(&mut self, order: Order, sort: Option<Sort>) -> Vec<Effect> {
        let Some(view) = &mut self.concordance else {
            return Vec::new();
        };
        let unit = order.unit;
        let order = Order {
            sort: sort.unwrap_or(order.sort),
            ..order
        };
        view.wanted.0 = order;
        let mut effects = self.change_lines(|change| change.order = Some(order));
        if unit == Unit::Words {
            effects.extend(self.ask_words());
            if !Words::CAN_LOAD {
                self.say("words are characters: built without the dictionary");
            } else if self.words.is_none() {
                self.say("reading the dictionary …");
            }
        }
        effects
    }

    /// The dictionary has come. The concordance that was laid by is put in order when it is shown again.
    pub(in crate::app) fn concordance_has_words(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        let (mut any, mut runs) = (false, false);
        for view in self.concordance.iter_mut().chain(&mut self.laid_by) {
            let order = view.wanted.0;
            if order.unit == Unit::Words {
                any = true;
                view.pending.order = Some(order);
                runs |= view.forget_words();
            }
        }
        if any {
            self.said = None;
        }
        if runs {
            effects.push(Effect::CancelCollocates);
        }
        effects.extend(self.change_lines(|_| {}));
        effects
    }

    /// Shows the lines that hold this alone; all when it is empty.
    pub(in crate::app) fn filter_lines(&mut self, text: &str) -> Vec<Effect> {
        let query = Query {
            regex: false,
            ..self.query(text.to_owned())
        };
        let Some(view) = &mut self.concordance else {
            return Vec::new();
        };
        if let Err(error) = Matcher::new(&query) {
            if self.prompt.is_some() {
                self.prompt_error = Some(error);
            } else {
                self.warn(error.to_string());
            }
            return Vec::new();
        }
        query.text.clone_into(&mut view.filter);
        view.near_them.clear();
        self.pass_lines()
    }

    /// Of the lines that pass so far, shows those that have this near their hits.
    pub(super) fn show_lines_near(&mut self, near: Near) -> Vec<Effect> {
        let Some(view) = &mut self.concordance else {
            return Vec::new();
        };
        view.near_them.push(near);
        self.pass_lines()
    }

    /// Shows the lines again that passed before the collocate chosen last; where none was chosen, all.
    pub(super) fn widen_lines(&mut self) -> Vec<Effect> {
        let Some(view) = &mut self.concordance else {
            return Vec::new();
        };
        if view.near_them.pop().is_none() {
            view.filter.clear();
        }
        self.pass_lines()
    }

    /// Shows the lines that passed before a filter was typed, with the cursor where it was.
    pub(in crate::app) fn put_back_lines(&mut self, before: LinesBefore) -> Vec<Effect> {
        let Some(view) = &mut self.concordance else {
            return Vec::new();
        };
        if before.filter == view.filter && before.near_them == view.near_them {
            // Only the cursor may have moved.
            if let Some(line) = before.at.and_then(|at| view.made.number_of(at))
                && view.asked.is_none()
            {
                view.go_to(u32::try_from(line).unwrap_or(u32::MAX));
                return Vec::new();
            }
        }
        view.filter = before.filter;
        view.near_them = before.near_them;
        view.back_to = before.at;
        self.pass_lines()
    }

    /// Shows the lines that pass now.
    pub(super) fn pass_lines(&mut self) -> Vec<Effect> {
        let Some(view) = &self.concordance else {
            return Vec::new();
        };
        let query = Query {
            regex: false,
            ..self.query(view.filter.clone())
        };
        let near = view.near_them.iter().cloned().map(Filter::Near);
        let filters = std::iter::once(Filter::Holds(query)).chain(near).collect();
        self.change_lines(|change| change.filter = Some(filters))
    }

    /// Enter behind a file's name.
    pub(in crate::app) fn export(&mut self, path: &str) -> Vec<Effect> {
        let path = path.trim();
        let Some(form) = Form::of_name(path) else {
            return self.refuse_file(path, "a name that ends with .tsv, .csv, .json or .jsonl");
        };
        let Some(view) = &self.concordance else {
            return Vec::new();
        };
        if view.counting().is_some() {
            return self.refuse_file(path, "still counting; Enter when that is done");
        }
        let table = match &view.counted {
            Some(counted) => Table::Collocates(counted.found.clone()),
            None => Table::Lines(Arc::clone(&view.made)),
        };
        let rows = match &table {
            Table::Collocates(found) => found.len(),
            Table::Lines(made) => made.len(),
        };
        // It is written beside the reader, and may take a while.
        let s = if rows == 1 { "" } else { "s" };
        self.say(format!("writing {rows} row{s} to {path} …"));
        vec![Effect::Export {
            path: path.to_owned(),
            form,
            table,
        }]
    }

    /// The name stays, with what is wrong with it.
    fn refuse_file(&mut self, path: &str, message: &str) -> Vec<Effect> {
        self.open_line(PromptKind::Export, path);
        self.prompt_error = Some(QueryError {
            message: message.to_owned(),
            at: None,
        });
        Vec::new()
    }

    /// Hits that came in belong to the concordance too.
    pub(in crate::app) fn concordance_takes(&mut self, hits: &Hits) -> Vec<Effect> {
        let Some(view) = &mut self.concordance else {
            return Vec::new();
        };
        if view.awaits != Some(hits.ticket) {
            return Vec::new();
        }
        if hits.done {
            view.awaits = None;
        }
        view.came += hits.hits.len();
        if hits.done && view.came == 0 {
            let name = view.name.clone();
            let effects = self.close_concordance();
            self.warn(format!("not found: {name}"));
            return effects;
        }
        let source = view.source;
        let source = source.filter(|_| !hits.hits.is_empty());
        let mut effects = match source {
            Some(source) => self.change_lines(|change| change.add(source, &hits.hits)),
            None => Vec::new(),
        };
        effects.extend(self.count_others());
        effects
    }
}
