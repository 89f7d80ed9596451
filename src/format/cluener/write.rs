//! An article to a record of CLUENER.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::INCLUSIVE;
use crate::article::{Article, LabelId};
use crate::format::entry::{WriteOptions, Written};
use crate::format::json;
use crate::format::loss::{Feature, Losses};

/// The words of a label in the order in which they were met, with their places.
#[derive(Default)]
struct Words<'a> {
    order: Vec<(&'a str, Vec<String>)>,
    known: HashMap<&'a str, usize>,
}

impl<'a> Words<'a> {
    fn add(&mut self, words: &'a str, place: String) {
        let next = self.order.len();
        let at = *self.known.entry(words).or_insert(next);
        if at == next {
            self.order.push((words, Vec::new()));
        }
        if let Some((_, places)) = self.order.get_mut(at) {
            places.push(place);
        }
    }
}

/// Writes an article. Mentions of several fragments have no place in it.
pub(super) fn write(article: &Article, _: &WriteOptions, losses: &mut Losses) -> Written {
    let made = &article.annotations;
    let text = article.text.whole();
    let scale = json::scale(article, INCLUSIVE);
    let mut labels: Vec<Words<'_>> = Vec::new();
    labels.resize_with(made.labels().len(), Words::default);
    let mut add = |LabelId(label): LabelId, words, place| {
        if let Some(list) = labels.get_mut(label as usize) {
            list.add(words, place);
        }
    };
    for mention in made.mentions().iter().filter(|m| !m.is_discontinuous()) {
        let hull = mention.hull();
        let start = scale.offset(text, hull.start());
        let end = scale.offset(text, hull.end()).saturating_sub(1);
        add(
            mention.label,
            article.text.slice(hull),
            format!("[{start}, {end}]"),
        );
    }
    for unplaced in made.unplaced() {
        match json::unplaced_ends(&unplaced.place) {
            Some((start, end)) => add(unplaced.label, &unplaced.quote, format!("[{start}, {end}]")),
            None => losses.add(Feature::Unplaced, 1),
        }
    }
    let mut out = String::from("{");
    out.push_str(&json::write_id(&article.meta));
    out.push_str("\"text\": ");
    json::text_string(&mut out, text, article.form);
    out.push_str(", \"label\": {");
    let mut comma = "";
    for (label, words) in made.labels().iter().zip(&labels) {
        if words.order.is_empty() {
            continue;
        }
        out.push_str(comma);
        comma = ", ";
        json::string(&mut out, &label.name);
        out.push_str(": {");
        for (index, (words, places)) in words.order.iter().enumerate() {
            out.push_str(if index > 0 { ", " } else { "" });
            json::text_string(&mut out, words, article.form);
            let _ = write!(out, ": [{}]", places.join(", "));
        }
        out.push('}');
    }
    out.push_str("}}\n");
    Written {
        main: out,
        beside: None,
    }
}
