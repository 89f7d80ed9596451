//! From elements to a text, events, their parts and relations that are still to be tied together.

use std::borrow::Cow;

use super::super::code::Code;
use super::super::report::short;
use super::super::xml::{Faults, Manner, Mark, Piece, Rules, Tag, Walk, Weave, take_meta};
use super::{DENOTER, EVENT, MENTION};
use crate::article::{Meta, Role};

/// A part of an event, or a mention on its own.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub(super) label: Cow<'a, str>,
    pub(super) id: Cow<'a, str>,
    pub(super) attributes: Vec<(&'a str, Cow<'a, str>)>,
    /// Bytes of the text; nothing for one without text.
    pub(super) span: Option<(usize, usize)>,
    /// Where its tag is, in bytes of the file.
    pub(super) at: usize,
    mark: Mark,
}

/// What takes part in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Member {
    Part(usize),
    Event(usize),
}

/// An event.
#[derive(Debug)]
pub(super) struct Happening<'a> {
    pub(super) id: Cow<'a, str>,
    /// Its label where it says so itself.
    pub(super) label: Option<Cow<'a, str>>,
    pub(super) attributes: Vec<(&'a str, Cow<'a, str>)>,
    /// Roles and what plays them.
    pub(super) members: Vec<(Cow<'a, str>, Member)>,
    pub(super) at: usize,
}

/// A relation as it is written.
#[derive(Debug)]
pub(super) struct Tie<'a> {
    pub(super) attributes: Vec<(&'a str, Cow<'a, str>)>,
    pub(super) at: usize,
}

/// What a file tells.
#[derive(Debug)]
pub(super) struct Found<'a> {
    pub(super) weave: Weave,
    pub(super) parts: Vec<Part<'a>>,
    pub(super) events: Vec<Happening<'a>>,
    pub(super) ties: Vec<Tie<'a>>,
    pub(super) title: Option<(usize, usize)>,
    pub(super) date: Option<(usize, usize)>,
    /// What attributes of the root tell.
    pub(super) meta: Meta,
}

/// What an open element is.
#[derive(Debug, Clone, Copy)]
enum What {
    Plain,
    /// Content, a paragraph, a sentence: what is unknown in it is a mention.
    Content,
    Title(Mark),
    Date(Mark),
    Line,
    Event,
    Part(usize),
}

struct Reading<'a> {
    found: Found<'a>,
    open: Vec<What>,
    /// The events that are open.
    events: Vec<usize>,
    /// How many elements with content are open.
    content: usize,
    /// Whether a tag stands right before.
    fresh: bool,
}

/// Follows the elements of a file.
pub(super) fn follow<'a>(text: &'a str, faults: &mut Faults<'_>) -> Found<'a> {
    let mut reading = Reading {
        found: Found {
            weave: Weave::new(Manner::Apart),
            parts: Vec::new(),
            events: Vec::new(),
            ties: Vec::new(),
            title: None,
            date: None,
            meta: Meta::default(),
        },
        open: Vec::new(),
        events: Vec::new(),
        content: 0,
        fresh: true,
    };
    let mut walk = Walk::new(text, Rules::XML);
    while let Some(piece) = walk.next(faults) {
        match piece {
            Piece::Open(tag) => {
                reading.tag();
                let what = reading.begin(tag, faults);
                reading.open.push(what);
            }
            Piece::Close(_) => {
                reading.tag();
                reading.end();
            }
            Piece::Text(text, _) => {
                let fresh = std::mem::take(&mut reading.fresh);
                reading.found.weave.push(&text, fresh);
            }
            Piece::Character(c) => {
                reading.fresh = false;
                reading.found.weave.push_character(c);
            }
        }
    }
    reading.found
}

impl<'a> Reading<'a> {
    fn tag(&mut self) {
        self.fresh = true;
        self.found.weave.tag();
    }

    fn begin(&mut self, tag: Tag<'a>, faults: &mut Faults<'_>) -> What {
        let weave = &mut self.found.weave;
        match tag.name.to_ascii_lowercase().as_str() {
            "body" => {
                take_meta(&mut self.found.meta, &tag.attributes(faults));
                What::Plain
            }
            "title" => {
                self.content += 1;
                weave.line(Role::Headline);
                What::Title(weave.open())
            }
            "reporttime" => {
                self.content += 1;
                weave.line(Role::Dateline);
                What::Date(weave.open())
            }
            "content" | "paragraph" => {
                weave.line(Role::Paragraph);
                self.content += 1;
                What::Content
            }
            "sentence" => {
                self.content += 1;
                What::Content
            }
            "erelation" => {
                let attributes = tag.attributes(faults);
                let at = tag.at;
                self.found.ties.push(Tie { attributes, at });
                What::Plain
            }
            "event" => self.event(tag, faults),
            _ if self.content > 0 || !self.events.is_empty() => self.part(tag, faults),
            _ => {
                weave.line(Role::Paragraph);
                What::Line
            }
        }
    }

    fn event(&mut self, tag: Tag<'a>, faults: &mut Faults<'_>) -> What {
        let mut event = Happening {
            id: Cow::default(),
            label: None,
            attributes: Vec::new(),
            members: Vec::new(),
            at: tag.at,
        };
        let mut role = Cow::Borrowed(EVENT);
        let mut has_id = false;
        for (name, value) in tag.attributes(faults) {
            match name {
                "eid" | "id" if !has_id => {
                    has_id = true;
                    event.id = value;
                }
                "label" => event.label = Some(value),
                "role" => role = value,
                name => event.attributes.push((name, value)),
            }
        }
        if event.id.is_empty() {
            let message = "<Event> has no eid";
            let remedy = "give it one, so that relations can name it";
            faults.add(Code::MISSING, tag.at, message, remedy);
        }
        self.found.events.push(event);
        let index = self.found.events.len() - 1;
        self.join(role, Member::Event(index));
        self.events.push(index);
        What::Event
    }

    fn part(&mut self, tag: Tag<'a>, faults: &mut Faults<'_>) -> What {
        let mut part = Part {
            label: Cow::Borrowed(tag.name),
            id: Cow::default(),
            attributes: Vec::new(),
            span: None,
            at: tag.at,
            mark: self.found.weave.open(),
        };
        let mut role = None;
        for (name, value) in tag.attributes(faults) {
            match name {
                "sid" | "oid" | "tid" | "lid" | "did" | "mid" | "id" if part.id.is_empty() => {
                    part.id = value;
                }
                "label" if tag.name == MENTION => part.label = value,
                "role" => role = Some(value),
                name => part.attributes.push((name, value)),
            }
        }
        let role = role.unwrap_or_else(|| part.label.clone());
        self.found.parts.push(part);
        let index = self.found.parts.len() - 1;
        self.join(role, Member::Part(index));
        What::Part(index)
    }

    /// Something takes part in the event around it, unless its role is nothing.
    fn join(&mut self, role: Cow<'a, str>, member: Member) {
        let around = self.events.last().copied();
        if let Some(event) = around.and_then(|event| self.found.events.get_mut(event))
            && !role.is_empty()
        {
            event.members.push((role, member));
        }
    }

    fn end(&mut self) {
        let Some(what) = self.open.pop() else { return };
        let weave = &mut self.found.weave;
        match what {
            What::Plain => {}
            What::Content => self.content = self.content.saturating_sub(1),
            What::Title(mark) => {
                let span = weave.close(mark);
                self.found.title = self.found.title.or(span);
            }
            What::Date(mark) => {
                let span = weave.close(mark);
                self.found.date = self.found.date.or(span);
            }
            What::Line => weave.line(Role::Paragraph),
            What::Event => {
                self.events.pop();
            }
            What::Part(index) => {
                if let Some(part) = self.found.parts.get_mut(index) {
                    part.span = weave.close(part.mark);
                }
            }
        }
        // What stands behind a line is none of it.
        if matches!(what, What::Title(_) | What::Date(_)) {
            self.content = self.content.saturating_sub(1);
            self.found.weave.line(Role::Paragraph);
        }
    }
}

impl Part<'_> {
    /// Says that it has no text.
    pub(super) fn empty(&self, faults: &mut Faults<'_>) {
        let message = format!("<{}> has no text", short(&self.label));
        let remedy = "put the words that it marks into it, or take it out";
        faults.add(Code::MISSING, self.at, message, remedy);
    }
}

impl Happening<'_> {
    /// The number among its members of the trigger: the first that is a `Denoter` and has text.
    pub(super) fn trigger(&self, parts: &[Part<'_>]) -> Option<usize> {
        let has_text = |member: &Member| match member {
            Member::Part(part) => parts.get(*part).is_some_and(|part| part.span.is_some()),
            Member::Event(_) => false,
        };
        let is_it = |(role, member): &(Cow<'_, str>, Member)| is_denoter(role) && has_text(member);
        self.members.iter().position(is_it)
    }
}

/// Whether a role is that of triggers.
pub(super) fn is_denoter(role: &str) -> bool {
    role.eq_ignore_ascii_case(DENOTER)
}
