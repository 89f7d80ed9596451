//! An article as TEI XML, in the normal form.

use std::collections::HashMap;

use super::super::entry::{WriteOptions, Written};
use super::super::loss::{Feature, Losses, labels_of_mentions, labels_of_relations, lost_lines};
use super::super::xml::{Step, is_name, is_written, push_spaced, push_text, push_value, steps};
use super::NAMESPACE;
use super::elements::{NAMES, around, element, is_reading};
use super::given::{Given, label, mention_id};
use super::lines::{self, Line};
use crate::article::{Article, Mention, Note, Role, Target};

/// Writes an article.
pub(super) fn write(article: &Article, _: &WriteOptions, losses: &mut Losses) -> Written {
    // White space alone is no paragraph.
    let is_blank = |line: &str| line.trim().is_empty();
    losses.add(Feature::Spaces, lost_lines(article, is_blank));
    let made = &article.annotations;
    // A mention without a type is read as one of any sort.
    losses.add_labels(labels_of_mentions(made), |label| {
        !label.is_empty() && is_written(label)
    });
    losses.add_labels(labels_of_relations(made), is_written);
    let (spans, lines) = lines::of(article, losses);
    let written: Vec<bool> = spans.iter().map(Option::is_some).collect();
    let mut writer = Writer {
        article,
        given: Given::new(article, &written),
        spans,
        notes: HashMap::new(),
        out: String::new(),
        losses,
    };
    writer.head();
    writer.beside();
    writer.body(&lines);
    Written {
        main: writer.out,
        beside: None,
    }
}

pub(super) struct Writer<'a> {
    pub(super) article: &'a Article,
    pub(super) given: Given,
    spans: Vec<Option<(usize, usize)>>,
    /// The notes behind each mention.
    notes: HashMap<usize, Vec<&'a Note>>,
    pub(super) out: String,
    pub(super) losses: &'a mut Losses,
}

impl Writer<'_> {
    /// A line with an element of text alone; nothing without text.
    pub(super) fn field(&mut self, depth: usize, name: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        self.indent(depth);
        self.out.push_str(&format!("<{name}>"));
        push_text(&mut self.out, &on_one_line(text));
        let name = name.split(' ').next().unwrap_or(name);
        self.out.push_str(&format!("</{name}>\n"));
    }

    pub(super) fn line(&mut self, depth: usize, text: &str) {
        self.indent(depth);
        self.out.push_str(text);
        self.out.push('\n');
    }

    pub(super) fn indent(&mut self, depth: usize) {
        for _ in 0..depth {
            self.out.push_str("  ");
        }
    }

    fn head(&mut self) {
        let meta = &self.article.meta;
        self.out
            .push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI");
        push_value(&mut self.out, "xmlns", NAMESPACE);
        if !meta.language.is_empty() {
            push_value(&mut self.out, "xml:lang", &meta.language);
        }
        self.out.push_str(">\n");
        self.line(1, "<teiHeader>");
        self.line(2, "<fileDesc>");
        self.line(3, "<titleStmt>");
        self.field(4, "title", &meta.title);
        self.line(3, "</titleStmt>");
        self.line(3, "<publicationStmt>");
        if meta.source.is_empty() && meta.date.is_empty() {
            self.line(4, "<p/>");
        }
        self.field(4, "publisher", &meta.source);
        self.field(4, "date", &meta.date);
        self.line(3, "</publicationStmt>");
        self.line(3, "<sourceDesc>");
        if meta.page.is_empty() && meta.section.is_empty() {
            self.line(4, "<p/>");
        } else {
            self.line(4, "<bibl>");
            self.field(5, "biblScope unit=\"page\"", &meta.page);
            self.field(5, "biblScope unit=\"section\"", &meta.section);
            self.line(4, "</bibl>");
        }
        self.line(3, "</sourceDesc>");
        self.line(2, "</fileDesc>");
        self.line(1, "</teiHeader>");
        self.losses
            .add(Feature::Meta, usize::from(!meta.continues.is_empty()));
    }

    fn body(&mut self, lines: &[Line]) {
        let made = &self.article.annotations;
        let mut others: Vec<(&Note, Option<String>)> = Vec::new();
        for note in made.notes() {
            match note.target {
                Some(Target::Mention(id))
                    if self.spans.get(id.0 as usize).is_some_and(Option::is_some) =>
                {
                    self.notes.entry(id.0 as usize).or_default().push(note);
                }
                None => others.push((note, None)),
                Some(target) => match self.given.id(target) {
                    Some(id) => others.push((note, Some(format!("#{id}")))),
                    None => self.losses.add(Feature::Notes, 1),
                },
            }
        }
        let titled = made.links().iter().filter(|l| !l.title.is_empty());
        self.losses
            .add(Feature::Links, titled.count() + self.given.lost);
        let of_mentions = |t: Target| matches!(t, Target::Mention(_));
        let elsewhere = made.attributes().iter().filter(|a| !of_mentions(a.target));
        self.losses.add(Feature::Attributes, elsewhere.count());
        self.line(1, "<text>");
        self.line(2, "<body>");
        let mut order: Vec<(usize, (usize, usize))> = self
            .spans
            .iter()
            .enumerate()
            .filter_map(|(n, span)| Some((n, (*span)?)))
            .collect();
        order.sort_by_key(|(n, (start, end))| (*start, std::cmp::Reverse(*end), *n));
        let mut rest = &order[..];
        let (mut only_kickers, mut headline) = (true, false);
        for (start, end, role) in lines {
            let count = rest.partition_point(|(_, span)| span.0 < *end);
            let (own, next) = rest.split_at(count);
            rest = next;
            // A head is read as the headline where nothing but kickers stands above.
            let is_top = only_kickers && !headline;
            let (name, attribute) = match (role, is_top) {
                (Role::Headline, false) => ("head", Some(("type", "main"))),
                (Role::SectionHead, true) => ("head", Some(("type", "section"))),
                (role, _) => element(*role),
            };
            headline |= name == "head" && *role != Role::Kicker;
            only_kickers &= *role == Role::Kicker;
            self.indent(3);
            self.out.push_str(&format!("<{name}"));
            if let Some((key, value)) = attribute {
                push_value(&mut self.out, key, value);
            }
            self.out.push('>');
            self.steps(&steps(*start, *end, own.iter().copied()));
            self.out.push_str(&format!("</{name}>\n"));
        }
        for (note, target) in others {
            self.indent(3);
            self.note(note, target.as_deref());
            self.out.push('\n');
        }
        self.line(2, "</body>");
        self.line(1, "</text>");
        self.out.push_str("</TEI>\n");
    }

    fn steps(&mut self, steps: &[Step]) {
        let whole = self.article.text.whole();
        let made = &self.article.annotations;
        for (index, step) in steps.iter().enumerate() {
            match step {
                Step::Text(start, end) => {
                    // White space within a mention at its ends, or at the ends of the line, would be layout.
                    let before = index.checked_sub(1).and_then(|before| steps.get(before));
                    let behind = steps.get(index + 1);
                    let edges = (
                        matches!(before, None | Some(Step::Open(_))),
                        matches!(behind, None | Some(Step::Close(_))),
                    );
                    push_spaced(
                        &mut self.out,
                        whole.get(*start..*end).unwrap_or(""),
                        edges,
                        "<lb/>",
                        false,
                    );
                }
                Step::Open(number) => {
                    if let Some(mention) = made.mentions().get(*number) {
                        self.open(*number, mention);
                    }
                }
                Step::Close(number) => {
                    if let Some(mention) = made.mentions().get(*number) {
                        self.close(*number, mention);
                    }
                }
            }
        }
    }

    fn open(&mut self, number: usize, mention: &Mention) {
        let made = &self.article.annotations;
        let label = label(made, mention);
        let mut taken = vec!["xml:id", "id", "ref", "key"];
        if is_reading(label) && self.others(number).next().is_some() {
            self.out.push_str(&format!("<{}>", around(label)));
        }
        let name = element_of(label);
        self.out.push_str(&format!("<{name}"));
        if name == "rs" {
            taken.push("type");
            if label != "rs" {
                push_value(&mut self.out, "type", label);
            }
        }
        if let Some(id) = self.given.mention(number) {
            push_value(&mut self.out, "xml:id", id);
        }
        if let Some((pointers, key)) = self.given.pointers.get(number) {
            for (name, value) in [("ref", pointers), ("key", key)] {
                if !value.is_empty() {
                    push_value(&mut self.out, name, value);
                }
            }
        }
        for attribute in made.attributes_on(Target::Mention(mention_id(number))) {
            if is_reading(label) && is_reading(&attribute.name) {
                continue;
            }
            let name = attribute.name.as_str();
            let fits = is_name(name.strip_prefix("xml:").unwrap_or(name)) && name != "xmlns";
            if !fits || taken.contains(&name) {
                self.losses.add(Feature::Attributes, 1);
                continue;
            }
            taken.push(name);
            push_value(
                &mut self.out,
                name,
                attribute.value.as_deref().unwrap_or(name),
            );
        }
        self.out.push('>');
    }

    /// The readings beside the one that is shown.
    fn others(&self, number: usize) -> impl Iterator<Item = (&str, &str)> {
        let target = Target::Mention(mention_id(number));
        let all = self.article.annotations.attributes_on(target);
        all.filter(|a| is_reading(&a.name))
            .map(|a| (a.name.as_str(), a.value.as_deref().unwrap_or(&a.name)))
    }

    fn close(&mut self, number: usize, mention: &Mention) {
        let label = label(&self.article.annotations, mention);
        self.out.push_str(&format!("</{}>", element_of(label)));
        if is_reading(label) {
            let others: Vec<(String, String)> = self
                .others(number)
                .map(|(n, v)| (n.to_owned(), v.to_owned()))
                .collect();
            for (name, value) in &others {
                self.out.push_str(&format!("<{name}>"));
                push_spaced(&mut self.out, value, (true, true), "<lb/>", false);
                self.out.push_str(&format!("</{name}>"));
            }
            if !others.is_empty() {
                self.out.push_str(&format!("</{}>", around(label)));
            }
        }
        for note in self.notes.remove(&number).unwrap_or_default() {
            self.note(note, None);
        }
    }

    fn note(&mut self, note: &Note, target: Option<&str>) {
        self.out.push_str("<note");
        if is_name(&note.source_id) {
            push_value(&mut self.out, "xml:id", &note.source_id);
        }
        if !note.label.is_empty() {
            push_value(&mut self.out, "type", &note.label);
        }
        if let Some(target) = target {
            push_value(&mut self.out, "target", target);
        }
        self.out.push('>');
        push_spaced(&mut self.out, &note.text, (true, true), "<lb/>", false);
        self.out.push_str("</note>");
    }
}

fn element_of(label: &str) -> &str {
    if NAMES.contains(&label) || is_reading(label) || label == "name" {
        label
    } else {
        "rs"
    }
}

/// Without line ends, and without white space at its ends.
fn on_one_line(text: &str) -> String {
    let line = text.replace(['\n', '\r', '\t'], " ");
    line.trim_matches(' ').to_owned()
}
