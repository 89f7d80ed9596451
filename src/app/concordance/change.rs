//! Other orders, filters and counts of the concordance, hits that come in, and files.

use std::sync::Arc;

use super::super::message::{Effect, Hits, Table, Ticket};
use super::super::prompt::PromptKind;
use super::super::state::App;
use crate::search::concordance::{Change, Collocate, Concordance, Form, Order, Sort, Unit, Window};
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
        let Some(view) = self.concordance_that(|view| view.awaits_lines(ticket)) else {
            return Vec::new();
        };
        view.take_back(made, line);
        let mut effects = self.count_again();
        effects.extend(self.change_lines(|_| {}));
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

    /// The dictionary has come.
    pub(in crate::app) fn concordance_has_words(&mut self) -> Vec<Effect> {
        let Some(view) = &self.concordance else {
            return Vec::new();
        };
        let order = view.wanted.0;
        if order.unit == Unit::Words {
            self.said = None;
            return self.change_lines(|change| change.order = Some(order));
        }
        Vec::new()
    }

    /// Has the collocates counted, where they are shown.
    pub(super) fn count_again(&mut self) -> Vec<Effect> {
        let ticket = self.ticket();
        let words = self.words_or_characters();
        let Some(view) = &mut self.concordance else {
            return Vec::new();
        };
        let Some(counted) = &mut view.counted else {
            return Vec::new();
        };
        counted.ticket = Some(ticket);
        let window = Window {
            unit: view.made.order().unit,
            left: view.near,
            right: view.near,
        };
        let concordance = Arc::clone(&view.made);
        vec![if view.library.is_some() {
            Effect::CollocateMany {
                ticket,
                concordance,
                window,
                words,
            }
        } else {
            Effect::Collocate {
                ticket,
                concordance,
                window,
                words,
            }
        }]
    }

    pub(in crate::app) fn collocates_came(&mut self, ticket: Ticket, found: Vec<Collocate>) {
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
    pub(in crate::app) fn filter_lines(&mut self, text: &str) -> Vec<Effect> {
        let query = Query {
            regex: false,
            ..self.query(text.to_owned())
        };
        let Some(view) = &mut self.concordance else {
            return Vec::new();
        };
        if let Err(error) = Matcher::new(&query) {
            self.prompt_error = Some(error);
            return Vec::new();
        }
        text.clone_into(&mut view.filter);
        self.change_lines(|change| change.filter = Some(query))
    }

    /// Enter behind a file's name.
    pub(in crate::app) fn export(&mut self, path: &str) -> Vec<Effect> {
        let path = path.trim();
        let Some(form) = Form::of_name(path) else {
            self.open_line(PromptKind::Export, path);
            self.prompt_error = Some(QueryError {
                message: "a name that ends with .tsv, .csv, .json or .jsonl".to_owned(),
                at: None,
            });
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
        if hits.hits.is_empty() {
            return Vec::new();
        }
        let Some(source) = view.source else {
            return Vec::new();
        };
        self.change_lines(|change| change.add(source, &hits.hits))
    }
}
