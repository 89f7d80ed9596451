//! Other orders, filters and counts of the concordance, hits that come in, and files.

use std::sync::Arc;

use super::super::message::{Effect, Hits, Table, Ticket};
use super::super::prompt::PromptKind;
use super::super::state::App;
use crate::search::concordance::{Collocate, Form, Order, Sort, Unit, Window};
use crate::search::{Matcher, Query, QueryError};
use crate::text::Words;

impl App {
    /// Puts the lines in another order. By depth or unit alone only what stands beside the hits can be ordered.
    pub(super) fn order_lines(&mut self, order: Order, sort: Option<Sort>) -> Vec<Effect> {
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
    pub(in crate::app) fn concordance_has_words(&mut self) -> Vec<Effect> {
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
    pub(in crate::app) fn filter_lines(&mut self, text: &str) {
        let words = self.words_or_characters();
        let query = Query {
            regex: false,
            ..self.query(text.to_owned())
        };
        let Some(view) = &mut self.concordance else {
            return;
        };
        let filter = match Matcher::new(&query) {
            Ok(matcher) => Some(matcher).filter(|m| !m.is_empty()),
            Err(error) => {
                self.prompt_error = Some(error);
                return;
            }
        };
        text.clone_into(&mut view.filter);
        view.change(&words, |made| made.set_filter(filter));
    }

    /// Enter behind a file's name.
    pub(in crate::app) fn export(&mut self, path: &str) -> Vec<Effect> {
        let path = path.trim();
        let Some(form) = Form::of_name(path) else {
            self.open_line(PromptKind::Export, path);
            self.prompt_error = Some(QueryError {
                message: "a name that ends with .tsv, .csv or .jsonl".to_owned(),
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
    pub(in crate::app) fn concordance_takes(&mut self, hits: &Hits) {
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
}
