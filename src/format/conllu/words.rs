//! The words of an article: its text, and the mentions that MISC tells of, sentence by sentence.

use std::borrow::Cow;
use std::collections::HashMap;

use super::annotate::Found;
use super::brackets::{Fields, Open, Piece, Said, Stack, pieces};
use super::row::{self, Id, Misc, unescape};
use super::unread::Unread;
use crate::format::code::Code;
use crate::format::column::{self, Step, inside, parse_tag};
use crate::format::entry::Source;
use crate::format::report::{Place, Report, number, short};
use crate::format::scheme::Scheme;

/// A mention over nodes of the sentence, from the first to the last.
struct Over<'t> {
    said: Said<'t>,
    from: usize,
    to: usize,
    line: u32,
    /// Its number among those that were opened, since equal ones are closed the other way round.
    order: usize,
}

/// A line of the sentence: its bytes in the text where it has any, and its form.
#[derive(Clone, Copy)]
struct Node<'t> {
    span: Option<(usize, usize)>,
    form: &'t str,
}

/// Where a line is.
#[derive(Clone, Copy)]
struct At<'t> {
    line: &'t str,
    number: usize,
}

impl At<'_> {
    fn place(&self, byte: usize) -> Place {
        let before = self.line.get(..byte).unwrap_or(self.line);
        (number(self.number), number(before.chars().count() + 1))
    }
}

/// An article's text and mentions in the making.
pub(super) struct Words<'t> {
    scheme: Option<Scheme>,
    pub(super) report: Report,
    pub(super) fields: Fields<'t>,
    pub(super) name: &'t str,
    pub(super) text: String,
    pub(super) added: u32,
    pub(super) found: Vec<Found<'t>>,
    /// Whether a paragraph begins.
    paragraph: bool,
    /// The rest is about the sentence.
    said: Option<(&'t str, At<'t>, usize)>,
    start: usize,
    /// Whether none of its words stands in the text yet.
    fresh: bool,
    nodes: Vec<Node<'t>>,
    gap: Cow<'t, str>,
    /// The last word of a range, and the bytes of the range.
    covered: Option<(u32, (usize, usize))>,
    stack: Stack<'t>,
    over: Vec<Over<'t>>,
    /// How many were opened.
    opened: usize,
    /// Which of those the tags go on with.
    tagged: usize,
    row: column::Row<'t>,
    /// Keys that may hold mentions.
    unread: Unread<'t>,
}

impl<'t> Words<'t> {
    pub(super) fn of(source: &Source<'_>) -> Self {
        Self {
            scheme: source.options.scheme,
            report: source.report(),
            fields: Fields::default(),
            name: "",
            text: String::with_capacity(source.part().0.len() / 8),
            added: 0,
            found: Vec::new(),
            paragraph: false,
            said: None,
            start: 0,
            fresh: true,
            nodes: Vec::new(),
            gap: Cow::Borrowed(""),
            covered: None,
            stack: Stack::default(),
            over: Vec::new(),
            opened: 0,
            tagged: 0,
            row: column::Row::default(),
            unread: Unread::default(),
        }
    }

    pub(super) fn walk(&mut self, part: &'t str, first: usize) {
        // What stands at the end of a line may be the value of a word.
        for (line, number) in part.split('\n').zip(first..) {
            let at = At { line, number };
            if line.trim().is_empty() {
                self.end();
            } else if let Some(remark) = line.strip_prefix('#') {
                self.remark(remark, at);
            } else {
                self.line(at);
            }
        }
        self.end();
        std::mem::take(&mut self.unread).tell(&mut self.report);
    }

    fn remark(&mut self, remark: &'t str, at: At<'t>) {
        let (key, value) = remark.split_once('=').unwrap_or((remark, ""));
        match key.trim() {
            "newdoc id" => self.name = value.trim(),
            key if key == "newpar" || key.starts_with("newpar ") => self.paragraph = true,
            "text" => {
                let byte = at.line.len() - value.trim_start().len();
                self.said = Some((value, at, byte));
            }
            _ => {}
        }
    }

    fn line(&mut self, at: At<'t>) {
        let row = match row::parse(at.line) {
            Ok(row) => row,
            Err(bad) => {
                let remedy = match bad.form {
                    Some(form) if !form.is_empty() => {
                        "mend the line; its form is read all the same"
                    }
                    _ => "mend the line, or take it out",
                };
                self.report
                    .add(Code::MALFORMED, at.place(bad.at), bad.why, remedy);
                let Some(form) = bad.form.filter(|form| !form.is_empty()) else {
                    return;
                };
                // As a word of its own, whatever its number.
                row::Row {
                    id: Id::Range(0, 0),
                    form,
                    misc: "",
                    misc_at: 0,
                }
            }
        };
        let misc = Misc::read(row.misc);
        self.unread.look(row.misc, || at.place(row.misc_at));
        let (span, is_covered) = self.place(&row, &misc);
        let node = self.nodes.len();
        self.nodes.push(Node {
            span,
            form: row.form,
        });
        if let Some(value) = misc.entity {
            self.brackets(value, node, at, row.misc_at);
        }
        self.tag(misc.tag, row.id, is_covered, node, at, row.misc_at);
    }

    /// Adds the form of a line to the text where it stands there, and says where, and whether another line had put it
    /// there.
    fn place(&mut self, row: &row::Row<'t>, misc: &Misc<'t>) -> (Option<(usize, usize)>, bool) {
        match (row.id, self.covered) {
            (Id::Empty, _) => return (None, false),
            (Id::Word(word), Some((last, span))) if word <= last => return (Some(span), true),
            _ => {}
        }
        if self.fresh {
            self.fresh = false;
            if !self.text.is_empty() {
                let between = if self.paragraph { "\n\n" } else { "\n" };
                self.text.push_str(between);
                self.added = self.added.saturating_add(number(between.len()));
            }
            self.paragraph = false;
            self.text.push_str(&unescape(misc.before.unwrap_or("")));
            self.start = self.text.len();
        } else {
            self.text.push_str(&self.gap);
        }
        let start = self.text.len();
        self.text.push_str(row.form);
        self.gap = misc.gap();
        let span = (start, self.text.len());
        self.covered = match row.id {
            Id::Range(_, last) => Some((last, span)),
            Id::Word(_) | Id::Empty => None,
        };
        (Some(span), false)
    }

    /// The next number of a mention.
    const fn order(&mut self) -> usize {
        self.opened += 1;
        self.opened
    }

    fn brackets(&mut self, value: &'t str, node: usize, at: At<'t>, byte: usize) {
        for piece in pieces(value) {
            match piece {
                Piece::Open(content) => {
                    let said = self.fields.read(content);
                    let place = at.place(byte);
                    let order = self.order();
                    self.stack.open(Open {
                        said,
                        node,
                        place,
                        order,
                    });
                }
                Piece::Whole(content) => {
                    let said = self.fields.read(content);
                    let order = self.order();
                    self.over.push(Over {
                        order,
                        said,
                        from: node,
                        to: node,
                        line: number(at.number),
                    });
                }
                Piece::Close(content) => match self.stack.close(content) {
                    Some(open) => self.over.push(Over {
                        order: open.order,
                        said: open.said,
                        from: open.node,
                        to: node,
                        line: open.place.0,
                    }),
                    None => {
                        let message =
                            format!("“{})” closes a bracket that nothing opened", short(content));
                        let remedy =
                            "open it in this sentence, or take it out; it is kept without a place";
                        self.report
                            .add(Code::ORPHAN_TAG, at.place(byte), message, remedy);
                        self.found.push(Found {
                            label: content,
                            entity: None,
                            spans: Vec::new(),
                            others: Vec::new(),
                            place: format!("line {}", at.number),
                            quote: "",
                        });
                    }
                },
            }
        }
    }

    fn tag(
        &mut self,
        tag: Option<&'t str>,
        id: Id,
        is_covered: bool,
        node: usize,
        at: At<'t>,
        byte: usize,
    ) {
        let tag = match tag {
            Some(tag) => parse_tag(tag).unwrap_or_else(|| inside(tag)),
            // The tag of a range may stand at it or at its words, and an unwritten word need have none.
            None if is_covered || matches!(id, Id::Empty | Id::Range(..)) => return,
            None => {
                self.row.end();
                return;
            }
        };
        match self.row.next(tag).0 {
            Step::None => {}
            step @ (Step::Begins | Step::BeginsOrphan) => {
                if step == Step::BeginsOrphan
                    && tag.letter != 0
                    && self.scheme != Some(Scheme::Iob1)
                {
                    let label = short(tag.label);
                    let message = format!(
                        "a tag of {label} goes on with a mention that nothing began; it is read as the beginning of one"
                    );
                    let remedy =
                        format!("write B-{label} here, or give the word before it this label");
                    self.report
                        .add(Code::ORPHAN_TAG, at.place(byte), message, remedy);
                }
                self.tagged = self.over.len();
                let order = self.order();
                self.over.push(Over {
                    order,
                    said: Said {
                        label: tag.label,
                        ..Said::default()
                    },
                    from: node,
                    to: node,
                    line: number(at.number),
                });
            }
            Step::GoesOn => {
                if let Some(over) = self.over.get_mut(self.tagged) {
                    over.to = node;
                }
            }
        }
    }

    /// Ends a sentence.
    fn end(&mut self) {
        if let Some((said, at, byte)) = self.said.take()
            && !self.nodes.is_empty()
        {
            let made = self.text.get(self.start..).unwrap_or("");
            if !said.split_whitespace().eq(made.split_whitespace()) {
                let message = format!(
                    "the remark says that the sentence reads “{}”, and its words read “{}”",
                    short(said.trim()),
                    short(made)
                );
                let remedy =
                    "mend the words, their SpaceAfter=No, or the remark; the words are taken";
                self.report
                    .add(Code::QUOTE_DIFFERS, at.place(byte), message, remedy);
            }
        }
        for open in self.stack.left() {
            let message = format!(
                "the bracket of “{}” is not closed in this sentence",
                short(open.said.key)
            );
            let remedy = format!("close it with {})", short(open.said.key));
            self.report
                .add(Code::UNFINISHED_TAG, open.place, message, remedy);
            let form = self.nodes.get(open.node).map_or("", |node| node.form);
            self.found.push(Found {
                label: open.said.label,
                entity: open.said.entity,
                spans: Vec::new(),
                others: Vec::new(),
                place: format!("line {}", open.place.0),
                quote: form,
            });
        }
        self.settle();
        self.nodes.clear();
        self.fresh = true;
        self.start = self.text.len();
        self.covered = None;
        self.gap = Cow::Borrowed("");
        self.row.end();
    }

    /// Turns nodes into bytes of the text, and puts the parts of a mention together.
    fn settle(&mut self) {
        if self.over.is_empty() {
            return;
        }
        let mut starts: Vec<Option<usize>> = vec![None; self.nodes.len()];
        let mut next = None;
        for (slot, node) in starts.iter_mut().zip(&self.nodes).rev() {
            next = node.span.map(|(start, _)| start).or(next);
            *slot = next;
        }
        let mut before = None;
        let ends = self.nodes.iter().map(|node| {
            before = node.span.map(|(_, end)| end).or(before);
            before
        });
        let ends: Vec<Option<usize>> = ends.collect();
        self.over.sort_by_key(|over| over.order);
        // Mentions in parts that are not all there yet, by entity and number of parts.
        let mut parted: HashMap<(&str, u32), usize> = HashMap::new();
        for over in self.over.drain(..) {
            let start = starts.get(over.from).copied().flatten();
            let end = ends.get(over.to).copied().flatten();
            let span = start.zip(end).filter(|(start, end)| start < end);
            let key = over.said.entity.zip(over.said.part);
            if let Some((id, (part, all))) = key {
                let begun = parted.get(&(id, all)).copied();
                if part >= all {
                    parted.remove(&(id, all));
                }
                if part > 1
                    && let Some(found) = begun.and_then(|at| self.found.get_mut(at))
                {
                    found.spans.extend(span);
                    continue;
                }
                parted.insert((id, all), self.found.len());
            }
            self.found.push(Found {
                label: over.said.label,
                entity: over.said.entity,
                spans: span.into_iter().collect(),
                others: over.said.others,
                place: format!("line {}", over.line),
                quote: self.nodes.get(over.from).map_or("", |node| node.form),
            });
        }
    }
}
