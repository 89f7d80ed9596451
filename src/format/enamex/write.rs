//! An article as text with MUC tags, in the normal form.

use std::cmp::Reverse;

use super::super::entry::{WriteOptions, Written};
use super::super::loss::{Feature, Losses, labels_of_mentions};
use super::super::xml::{
    Step, has_meta, is_allowed, is_name, is_space, is_written, nest, push_meta, push_value, steps,
    trimmed,
};
use crate::article::{Article, Kind, Mention, MentionId, Meta, Role, Target};

/// Bytes of the text.
type Span = (usize, usize);

/// Writes an article.
pub(super) fn write(article: &Article, _: &WriteOptions, losses: &mut Losses) -> Written {
    losses.add_labels(labels_of_mentions(&article.annotations), |label| {
        !label.is_empty() && is_written(label)
    });
    let head = head(article);
    let meta = told(article, &head);
    let is_document = !head.is_empty() || has_meta(meta.clone());
    let mut writer = Writer {
        article,
        is_document,
        number: 0,
        out: String::new(),
        losses,
    };
    let spans = writer.spans(&head);
    let len = article.text.len();
    if is_document {
        writer.document(&head, meta, &spans);
    } else {
        writer.stretch((0, len), &spans, false);
        writer
            .losses
            .add(Feature::Meta, usize::from(!meta.continues.is_empty()));
    }
    let elsewhere = article.annotations.attributes().iter();
    let elsewhere = elsewhere.filter(|a| !matches!(a.target, Target::Mention(_)));
    writer.losses.add(Feature::Attributes, elsewhere.count());
    Written {
        main: writer.out,
        beside: None,
    }
}

/// A line of the header: its element and its bytes.
type Line = (&'static str, Span);

/// The lines that have to be elements of a document: nothing for an article that is text alone.
fn head(article: &Article) -> Vec<Line> {
    let mut head: Vec<Line> = Vec::new();
    let meta = &article.meta;
    for block in article.text.blocks() {
        let text = article.text.slice(block.span).trim();
        let is = |role| block.role == role;
        let names = [
            ("HL", is(Role::Headline) && text == meta.title),
            ("DATE", is(Role::Dateline) && text == meta.date),
            ("DATELINE", is(Role::Dateline)),
            ("BYLINE", is(Role::Byline)),
            ("SO", text == meta.source),
        ];
        // Each can be told once; a line that is none that is left belongs to the text, whose lines have no roles.
        let is_left = |name| head.iter().all(|(other, _)| *other != name);
        let mut names = names
            .into_iter()
            .filter(|(name, fits)| *fits && is_left(*name));
        let Some((name, _)) = names.next() else {
            break;
        };
        head.push((name, (block.span.start(), block.span.end())));
    }
    head
}

/// What is known of an article beyond the lines of its header.
fn told(article: &Article, head: &[Line]) -> Meta {
    let mut meta = article.meta.clone();
    for (name, _) in head {
        match *name {
            "DATE" => meta.date.clear(),
            "SO" => meta.source.clear(),
            _ => {}
        }
    }
    meta
}

struct Writer<'a> {
    article: &'a Article,
    /// Whether it is written as a document, not as text alone.
    is_document: bool,
    /// Mentions that have been written.
    number: usize,
    out: String,
    losses: &'a mut Losses,
}

impl Writer<'_> {
    /// The mentions that can be tags, with their numbers, in the order of their start tags.
    fn spans(&mut self, head: &[Line]) -> Vec<(usize, Span)> {
        let mentions = self.article.annotations.mentions();
        let body = self.body(head);
        let fits = |span: Span| {
            let in_line = head
                .iter()
                .any(|(_, line)| line.0 <= span.0 && span.1 <= line.1);
            !self.is_document || in_line || (body.0 <= span.0 && span.1 <= body.1)
        };
        let all = mentions
            .iter()
            .enumerate()
            .filter(|(_, m)| !m.is_discontinuous());
        let mut apart: Vec<(usize, Span)> = Vec::new();
        for (index, mention) in all {
            let hull = mention.hull();
            let whole = (hull.start(), hull.end());
            // Line ends at the ends of the text of a document are those of its tags.
            let span = match trimmed(&self.article.text, hull) {
                Some(span) if !fits(whole) => span,
                _ => whole,
            };
            self.losses
                .add(Feature::Spaces, usize::from(span != whole || !fits(span)));
            apart.extend(fits(span).then_some((index, span)));
        }
        apart.sort_by_key(|(index, (start, end))| (*start, Reverse(*end), *index));
        let sorted: Vec<Span> = apart.iter().map(|(_, span)| *span).collect();
        let nested = nest(&sorted);
        let kept = apart.into_iter().zip(nested).filter(|(_, fits)| *fits);
        kept.map(|(one, _)| one).collect()
    }

    /// What stands behind the header, without the line ends around it: these are those of the tags. Without a header
    /// those at its start are written by numbers.
    fn body(&self, head: &[Line]) -> Span {
        let start = head.last().map_or(0, |(_, span)| span.1);
        let rest = self.article.text.whole().get(start..).unwrap_or("");
        let from = match head {
            [] => 0,
            _ => start + rest.len() - rest.trim_start_matches('\n').len(),
        };
        let to = start + rest.trim_end_matches('\n').len();
        (from, to.max(from))
    }

    /// Empty lines in and behind the header, of which the tags tell nothing.
    fn lost_lines(&self, head: &[Line]) -> usize {
        let whole = self.article.text.whole();
        let body = self.body(head);
        let (mut at, mut lost) = (0, 0);
        let lines = head.iter().map(|(_, span)| *span).chain([body]);
        for (number, span) in lines.filter(|span| span.0 < span.1).enumerate() {
            let gap = whole.get(at..span.0).unwrap_or("");
            lost += gap.len().saturating_sub(usize::from(number > 0));
            at = span.1;
        }
        lost
    }

    fn document(&mut self, head: &[Line], meta: Meta, spans: &[(usize, Span)]) {
        self.losses.add(Feature::Spaces, self.lost_lines(head));
        self.out.push_str("<DOC");
        push_meta(&mut self.out, meta, true, self.losses);
        self.out.push_str(">\n<DOCNO>");
        self.text(&self.article.meta.name.replace('\n', " "), (false, false));
        self.out.push_str("</DOCNO>\n");
        for (name, span) in head {
            self.out.push_str(&format!("<{name}>"));
            self.stretch(*span, spans, true);
            self.out.push_str(&format!("</{name}>\n"));
        }
        let (start, end) = self.body(head);
        if start < end {
            self.out.push_str("<TEXT>\n");
            self.stretch((start, end), spans, true);
            self.out.push_str("\n</TEXT>\n");
        }
        self.out.push_str("</DOC>\n");
    }

    /// Writes what lies between two bytes; `line` says whether it is a line of its own, beside whose ends white space
    /// would go.
    fn stretch(&mut self, (start, end): Span, spans: &[(usize, Span)], line: bool) {
        let whole = self.article.text.whole();
        let from = spans.partition_point(|(_, span)| span.0 < start);
        let to = spans.partition_point(|(_, span)| span.0 < end);
        let own = spans.get(from..to).unwrap_or(&[]).iter().copied();
        let made = &self.article.annotations;
        for step in steps(start, end, own) {
            match step {
                Step::Text(a, b) => {
                    let edges = (line && a == start, line && b == end);
                    self.text(whole.get(a..b).unwrap_or(""), edges);
                }
                Step::Open(number) => {
                    if let Some(mention) = made.mentions().get(number) {
                        self.begin(number, mention);
                    }
                }
                Step::Close(number) => {
                    if let Some(mention) = made.mentions().get(number) {
                        let name = self.element(mention);
                        self.out.push_str(&format!("</{name}>"));
                    }
                }
            }
        }
    }

    /// Text; white space at its ends by number where `edges` say so.
    fn text(&mut self, text: &str, edges: (bool, bool)) {
        let inner = text.trim_start_matches(is_space);
        let before = text.len() - inner.len();
        let behind = before + inner.trim_end_matches(is_space).len();
        for (at, c) in text.char_indices() {
            let is_blank = inner.is_empty() && (edges.0 || edges.1);
            let by_number = is_blank || (edges.0 && at < before) || (edges.1 && at >= behind);
            // A CR alone is a line end to XML.
            let c = if c == '\r' { ' ' } else { c };
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                c if by_number => self.out.push_str(&format!("&#{};", u32::from(c))),
                c if !is_allowed(c) => self.out.push(char::REPLACEMENT_CHARACTER),
                c => self.out.push(c),
            }
        }
    }

    fn element(&self, mention: &Mention) -> &'static str {
        let made = &self.article.annotations;
        match made.label_name(mention.label) {
            "TIMEX2" => "TIMEX2",
            "DATE" | "TIME" | "DURATION" | "SET" | "TIMEX" | "TIMEX3" => "TIMEX",
            "MONEY" | "PERCENT" | "MEASURE" | "CARDINAL" | "NUMEX" => "NUMEX",
            _ => match made.kind(mention.label) {
                Kind::Time => "TIMEX",
                Kind::Quantity => "NUMEX",
                _ => "ENAMEX",
            },
        }
    }

    fn begin(&mut self, index: usize, mention: &Mention) {
        let article = self.article;
        let label = article.annotations.label_name(mention.label);
        let name = self.element(mention);
        self.number += 1;
        self.out.push_str(&format!("<{name}"));
        // Those of TIMEX2 need none; without one, the others are a fault.
        if label != name || name != "TIMEX2" {
            push_value(&mut self.out, "TYPE", label);
        }
        // The number that a mention without an id is given would be given again.
        if *mention.source_id != *format!("m{}", self.number) {
            push_value(&mut self.out, "ID", &mention.source_id);
        }
        let mut taken: Vec<String> = ["type", "id", "tid"].map(str::to_owned).to_vec();
        let id = MentionId(u32::try_from(index).unwrap_or(u32::MAX));
        for attribute in article.annotations.attributes_on(Target::Mention(id)) {
            let lower = attribute.name.to_ascii_lowercase();
            if !is_name(&attribute.name) || taken.contains(&lower) {
                self.losses.add(Feature::Attributes, 1);
                continue;
            }
            taken.push(lower);
            let value = attribute.value.as_deref().unwrap_or(&attribute.name);
            push_value(&mut self.out, &attribute.name, value);
        }
        self.out.push('>');
    }
}
