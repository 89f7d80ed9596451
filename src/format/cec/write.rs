//! An article as CEC event XML, in the normal form.

use super::super::entry::{WriteOptions, Written};
use super::super::loss::{Feature, Losses, labels_of_mentions, labels_of_relations, lost_lines};
use super::super::xml::{Step, is_name, is_written, push_meta, push_spaced, push_value, steps};
use super::relate::ids;
use super::sentences::sentences;
use super::shape::{Item, Shape};
use super::{EVENT, MENTION};
use crate::article::{Article, Attribute, Block, EventId, MentionId, Role, Target};

/// Lines are indented no deeper: else a file of a thousand levels would be white space above all.
const DEEPEST: usize = 24;

/// Writes an article.
pub(super) fn write(article: &Article, _: &WriteOptions, losses: &mut Losses) -> Written {
    let shape = Shape::new(article);
    losses.add(Feature::Events, shape.lost);
    losses.add(Feature::Spaces, shape.torn);
    // White space alone is layout.
    let is_blank = |line: &str| line.trim().is_empty();
    losses.add(Feature::Spaces, lost_lines(article, is_blank));
    let made = &article.annotations;
    let events = made.events().iter().map(|event| event.label.as_str());
    let labels = labels_of_mentions(made).chain(events);
    losses.add_labels(labels.chain(labels_of_relations(made)), is_written);
    let ids = ids(article, &shape);
    let mut writer = Writer {
        article,
        shape,
        ids,
        number: 0,
        open: Vec::new(),
        events: Vec::new(),
        out: String::new(),
        losses,
    };
    writer.file();
    Written {
        main: writer.out,
        beside: None,
    }
}

pub(super) struct Writer<'a> {
    pub(super) article: &'a Article,
    shape: Shape<'a>,
    /// The eid of each event; empty for one that is not written.
    pub(super) ids: Vec<String>,
    /// Mentions that have been written.
    number: usize,
    /// The elements that are open, by their number in the shape.
    open: Vec<usize>,
    /// The events that are open.
    events: Vec<usize>,
    pub(super) out: String,
    pub(super) losses: &'a mut Losses,
}

impl<'a> Writer<'a> {
    fn file(&mut self) {
        self.out
            .push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\n<Body");
        let blocks = self.article.text.blocks();
        let mut meta = self.article.meta.clone();
        if dated(blocks).is_some_and(|block| self.article.text.slice(block.span) == meta.date) {
            meta.date.clear();
        }
        push_meta(&mut self.out, meta, false, self.losses);
        self.out.push_str(">\n");
        let mut rest = blocks;
        for (role, name) in [(Role::Headline, "Title"), (Role::Dateline, "ReportTime")] {
            if let Some((block, behind)) =
                rest.split_first().filter(|(block, _)| block.role == role)
            {
                rest = behind;
                self.out.push_str(&format!("\t<{name}"));
                if role == Role::Dateline {
                    push_value(&mut self.out, "type", "abs");
                }
                self.out.push('>');
                let steps = self.steps(block);
                self.content(&steps, 2);
                self.out.push_str(&format!("</{name}>\n"));
            }
        }
        self.out.push_str("\t<Content>\n");
        for block in rest {
            self.paragraph(block);
        }
        self.out.push_str("\t</Content>\n");
        self.relations();
        self.out.push_str("</Body>\n");
        let others = self.article.annotations.attributes().iter();
        let others = others.filter(|a| {
            !matches!(
                a.target,
                Target::Mention(_) | Target::Event(_) | Target::Relation(_)
            )
        });
        self.losses.add(Feature::Attributes, others.count());
    }

    fn steps(&self, block: &Block) -> Vec<Step> {
        let (start, end) = (block.span.start(), block.span.end());
        let items = &self.shape.items;
        let from = items.partition_point(|(_, span)| span.0 < start);
        let to = items.partition_point(|(_, span)| span.0 < end);
        let own = items.get(from..to).unwrap_or(&[]).iter().zip(from..);
        steps(start, end, own.map(|((_, span), number)| (number, *span)))
    }

    fn paragraph(&mut self, block: &Block) {
        self.out.push_str("\t\t<Paragraph>\n");
        let steps = self.steps(block);
        for sentence in sentences(self.article.text.whole(), &steps) {
            self.out.push_str("\t\t\t<Sentence>");
            let is_event = |step: &Step| match step {
                Step::Open(number) => {
                    matches!(self.shape.items.get(*number), Some((Item::Event(_), _)))
                }
                _ => false,
            };
            let has_event = sentence.iter().any(is_event);
            // White space before the first tag or text and behind the last is layout.
            if has_event && !matches!(sentence.first(), Some(Step::Open(_))) {
                self.out.push_str("\n\t\t\t\t");
            }
            self.content(&sentence, 4);
            if has_event {
                self.out.push_str("\n\t\t\t");
            }
            self.out.push_str("</Sentence>\n");
        }
        self.out.push_str("\t\t</Paragraph>\n");
    }

    fn content(&mut self, steps: &[Step], depth: usize) {
        let whole = self.article.text.whole();
        for step in steps {
            match step {
                Step::Text(start, end) => {
                    let text = whole.get(*start..*end).unwrap_or("");
                    push_spaced(&mut self.out, text, (true, true), "&#10;", true);
                }
                Step::Open(number) => self.begin(*number, depth),
                Step::Close(number) => self.end(*number, depth),
            }
        }
    }

    /// A new line for a tag at a byte of the text, where that is layout.
    fn lay_out(&mut self, at: usize, depth: usize) {
        let whole = self.article.text.whole();
        let meets = |text: Option<char>| text.is_some_and(|c| c.is_ascii_alphanumeric());
        let before = whole.get(..at).and_then(|text| text.chars().next_back());
        let behind = whole.get(at..).and_then(|text| text.chars().next());
        if meets(before) && meets(behind) {
            return;
        }
        self.out.push('\n');
        for _ in 0..depth.min(DEEPEST) {
            self.out.push('\t');
        }
    }

    fn begin(&mut self, number: usize, depth: usize) {
        let Some((item, span)) = self.shape.items.get(number).copied() else {
            return;
        };
        let around = self
            .open
            .last()
            .and_then(|around| self.shape.items.get(*around));
        let in_event = matches!(around, Some((Item::Event(_), _)));
        let depth = depth + self.open.len();
        self.open.push(number);
        match item {
            Item::Event(event) => {
                self.lay_out(span.0, depth);
                self.event(event);
                self.events.push(event);
            }
            Item::Mention(mention) => {
                if in_event {
                    self.lay_out(span.0, depth);
                }
                self.mention(mention);
            }
        }
    }

    fn end(&mut self, number: usize, depth: usize) {
        self.open.pop();
        let depth = depth + self.open.len();
        match self.shape.items.get(number).copied() {
            Some((Item::Event(_), span)) => {
                self.events.pop();
                self.lay_out(span.1, depth);
                self.out.push_str("</Event>");
            }
            Some((Item::Mention(mention), _)) => {
                let made = &self.article.annotations;
                let label = made
                    .mentions()
                    .get(mention)
                    .map_or("", |m| made.label_name(m.label));
                self.out.push_str(&format!("</{}>", element(label)));
            }
            None => {}
        }
    }

    /// The role of something in the event that is open: nothing where it is the usual one.
    fn role(&mut self, owner: Option<(usize, &'a str)>, usual: &str) -> Option<&'a str> {
        let around = self.events.last().copied();
        match owner {
            Some((event, role)) if around == Some(event) => (role != usual).then_some(role),
            other => {
                // It is part of an event that is not around it, or not written.
                self.losses
                    .add(Feature::Events, usize::from(other.is_some()));
                around.map(|_| "")
            }
        }
    }

    fn event(&mut self, index: usize) {
        let article = self.article;
        let Some(event) = article.annotations.events().get(index) else {
            return;
        };
        let parent = self.shape.parents.get(index).copied().flatten();
        let role = self.role(parent, EVENT);
        self.out.push_str("<Event");
        if let Some(id) = self.ids.get(index).filter(|id| !id.is_empty()) {
            push_value(&mut self.out, "eid", id);
        }
        let target = Target::Event(EventId(u32::try_from(index).unwrap_or(u32::MAX)));
        let own = article.annotations.attributes_on(target);
        self.attributes(own, &["eid", "id", "label", "role"]);
        if let Some(role) = role {
            push_value(&mut self.out, "role", role);
        }
        // The type of a trigger is the label, unless it has a type of its own.
        let trigger = self.shape.triggers.get(index).copied().flatten();
        let told = match trigger {
            Some(trigger) => self.has_type(trigger),
            None => event.label != EVENT,
        };
        if told {
            push_value(&mut self.out, "label", &event.label);
        }
        self.out.push('>');
    }

    fn has_type(&self, mention: usize) -> bool {
        let target = Target::Mention(mention_id(mention));
        let mut all = self.article.annotations.attributes_on(target);
        all.any(|attribute| attribute.name == "type")
    }

    fn mention(&mut self, index: usize) {
        let article = self.article;
        let made = &article.annotations;
        let Some(mention) = made.mentions().get(index) else {
            return;
        };
        self.number += 1;
        let label = made.label_name(mention.label);
        let name = element(label);
        let owner = self.shape.owners.get(index).copied().flatten();
        let role = self.role(owner, label);
        self.out.push_str(&format!("<{name}"));
        let mut taken = vec!["role"];
        if name == MENTION {
            push_value(&mut self.out, "label", label);
            taken.push("label");
        }
        let key = id_name(label, &mention.source_id);
        // The number that a mention without an id is given would be given again.
        if *mention.source_id != *format!("m{}", self.number) {
            push_value(&mut self.out, key, &mention.source_id);
            taken.push(key);
        } else {
            taken.extend(["sid", "oid", "tid", "lid", "did", "mid", "id"]);
        }
        if let Some((event, _)) = owner
            && self.shape.triggers.get(event) == Some(&Some(index))
            && let Some(event) = made.events().get(event)
            && event.label != EVENT
            && !self.has_type(index)
        {
            push_value(&mut self.out, "type", &event.label);
        }
        let id = mention_id(index);
        self.attributes(made.attributes_on(Target::Mention(id)), &taken);
        if let Some(role) = role {
            push_value(&mut self.out, "role", role);
        }
        self.out.push('>');
    }

    fn attributes(&mut self, all: impl Iterator<Item = &'a Attribute>, taken: &[&str]) {
        let mut own: Vec<&str> = Vec::new();
        for attribute in all {
            let name = attribute.name.as_str();
            if !is_name(name) || taken.contains(&name) || own.contains(&name) {
                self.losses.add(Feature::Attributes, 1);
                continue;
            }
            own.push(name);
            push_value(
                &mut self.out,
                name,
                attribute.value.as_deref().unwrap_or(name),
            );
        }
    }
}

/// The block that is written as the report time.
fn dated(blocks: &[Block]) -> Option<&Block> {
    let mut blocks = blocks.iter();
    let first = blocks.next()?;
    let second = blocks.next().filter(|_| first.role == Role::Headline);
    let is_it = |block: &&Block| block.role == Role::Dateline;
    Some(first).filter(is_it).or(second.filter(is_it))
}

fn mention_id(index: usize) -> MentionId {
    MentionId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// The element of a label.
fn element(label: &str) -> &str {
    let taken = [
        "body",
        "title",
        "reporttime",
        "content",
        "paragraph",
        "sentence",
        "event",
        "erelation",
        "mention",
    ];
    let is_taken = taken.contains(&label.to_ascii_lowercase().as_str());
    if is_name(label) && !is_taken {
        label
    } else {
        MENTION
    }
}

/// The attribute of an id: `sid` for `s3`, else as the label has it.
fn id_name(label: &str, id: &str) -> &'static str {
    let of_label = match label.to_ascii_lowercase().as_str() {
        "participant" => "sid",
        "object" => "oid",
        "time" => "tid",
        "location" => "lid",
        "denoter" => "did",
        "means" => "mid",
        _ => return "id",
    };
    let begins = |letter: char| {
        let number = id.strip_prefix(letter);
        number.is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()))
    };
    let by_letter = [
        ('s', "sid"),
        ('o', "oid"),
        ('t', "tid"),
        ('l', "lid"),
        ('d', "did"),
        ('m', "mid"),
    ];
    let found = by_letter.iter().find(|(letter, _)| begins(*letter));
    found.map_or(of_label, |(_, name)| name)
}
