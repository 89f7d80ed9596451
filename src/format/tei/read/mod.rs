//! From elements to a text, mentions, readings and notes that are still to be tied together.

mod marks;

use std::borrow::Cow;
use std::collections::HashSet;

use super::super::xml::{Faults, Manner, Mark, Piece, Rules, Tag, Walk, Weave};
use super::elements::{holds_line, is_entity, is_name, is_reading, may_be_inline, role};
use super::outside::Outside;
use crate::article::Role;

/// A mention.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) label: Cow<'a, str>,
    pub(super) id: Cow<'a, str>,
    /// `ref` and `key` as they are written.
    pub(super) pointers: Cow<'a, str>,
    pub(super) key: Cow<'a, str>,
    pub(super) attributes: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// Bytes of the text; nothing for one without text.
    pub(super) span: Option<(usize, usize)>,
    /// Where its tag is, in bytes of the file.
    pub(super) at: usize,
    mark: Option<Mark>,
}

/// A note.
#[derive(Debug)]
pub(super) struct Remark<'a> {
    pub(super) id: Cow<'a, str>,
    pub(super) label: Cow<'a, str>,
    /// `target` as it is written.
    pub(super) pointers: Cow<'a, str>,
    /// The mention in which or behind which it stands.
    pub(super) beside: Option<usize>,
    /// What is told, of which it is part.
    pub(super) told: Option<usize>,
    pub(super) text: String,
    pub(super) at: usize,
}

/// A mention in a note or in a reading that is not shown.
#[derive(Debug)]
pub(super) struct Aside<'a> {
    pub(super) label: Cow<'a, str>,
    pub(super) within: &'a str,
    pub(super) quote: String,
}

/// What a file tells.
#[derive(Debug)]
pub(super) struct Found<'a> {
    pub(super) weave: Weave,
    pub(super) drafts: Vec<Draft<'a>>,
    pub(super) remarks: Vec<Remark<'a>>,
    pub(super) asides: Vec<Aside<'a>>,
    pub(super) outside: Outside<'a>,
    /// All ids, whatever has them.
    pub(super) ids: HashSet<&'a str>,
    /// Whether there was a body.
    pub(super) body: bool,
}

/// What an open element is.
#[derive(Debug)]
enum What<'a> {
    Plain,
    /// It began the front, the body or the back.
    Part,
    /// Lines of their own.
    Block,
    Mention(usize),
    /// Several readings; the one that is shown, and those that have no text.
    Choice(Option<usize>, Vec<&'a str>),
    /// A note.
    Note,
    /// A reading that is not shown, of the mention that is.
    Reading(usize),
    /// A mention in one of these.
    Aside(Cow<'a, str>, Mark),
    /// What tells of an entity within the text; it is a line where none is around it.
    Told(bool),
    /// A reference of what is told.
    Link(usize),
}

#[derive(Debug)]
struct Frame<'a> {
    name: &'a str,
    what: What<'a>,
}

struct Reading<'a> {
    found: Found<'a>,
    frames: Vec<Frame<'a>>,
    /// How many elements around are parts of the text.
    parts: usize,
    /// The line with which the body begins; nothing before it and behind it.
    top: Option<usize>,
    /// The text of a note or reading that is open, and at which depth.
    side: Option<(Weave, usize)>,
    /// The mention behind which nothing stands yet.
    last: Option<usize>,
    headline: bool,
    /// What is told within the text and is open: its number, and the depth of its element.
    telling: Vec<(usize, usize)>,
    /// The roles of the lines that are open, the mentions that are, and the elements that no line can stand in.
    roles: Vec<Role>,
    mentions: Vec<usize>,
    lines: usize,
}

/// Follows the elements of a file.
pub(super) fn follow<'a>(text: &'a str, faults: &mut Faults<'_>) -> Found<'a> {
    let mut reading = Reading {
        found: Found {
            weave: Weave::new(Manner::Flowing),
            drafts: Vec::new(),
            remarks: Vec::new(),
            asides: Vec::new(),
            outside: Outside::default(),
            ids: HashSet::new(),
            body: false,
        },
        frames: Vec::new(),
        parts: 0,
        top: None,
        side: None,
        last: None,
        headline: false,
        telling: Vec::new(),
        roles: Vec::new(),
        mentions: Vec::new(),
        lines: 0,
    };
    let mut walk = Walk::new(text, Rules::XML);
    while let Some(piece) = walk.next(faults) {
        match piece {
            Piece::Open(tag) => reading.open(tag, faults),
            Piece::Close(_) => reading.close(),
            Piece::Text(text, _) => reading.text(&text),
            Piece::Character(c) => reading.character(c),
        }
    }
    reading.found
}

impl<'a> Reading<'a> {
    fn text(&mut self, text: &str) {
        if let Some((weave, _)) = &mut self.side {
            weave.push(text, true);
        } else if self.parts > 0 {
            if self.found.weave.push(text, true) {
                self.last = None;
            }
        } else {
            self.found.outside.text(text);
        }
    }

    fn character(&mut self, c: char) {
        if let Some((weave, _)) = &mut self.side {
            weave.push_character(c);
        } else if self.parts > 0 {
            self.last = None;
            self.found.weave.push_character(c);
        } else {
            self.found.outside.text(c.encode_utf8(&mut [0; 4]));
        }
    }

    fn open(&mut self, tag: Tag<'a>, faults: &mut Faults<'_>) {
        let id = tag.value("xml:id").or(tag.value("id"));
        self.found.ids.extend(id);
        let what = if self.side.is_some() {
            self.open_aside(tag)
        } else if self.parts > 0 {
            self.open_inside(tag, faults)
        } else if self.is_part(tag) {
            self.parts += 1;
            if tag.name == "body" {
                self.found.body = true;
                self.top = Some(self.found.weave.lines());
            }
            What::Part
        } else if tag.name == "note" {
            self.note(tag, faults)
        } else {
            self.found.outside.open(tag, faults);
            What::Plain
        };
        let name = tag.name;
        self.frames.push(Frame { name, what });
    }

    /// Whether an element outside the text is a part of it: facsimiles have a front and a back too.
    fn is_part(&self, tag: Tag<'_>) -> bool {
        let around = self.frames.last().map_or("", |frame| frame.name);
        match tag.name {
            "body" => !self.found.outside.in_header(),
            "front" | "back" => around == "text",
            _ => false,
        }
    }

    /// In a note, or a reading that is not shown.
    fn open_aside(&mut self, tag: Tag<'a>) -> What<'a> {
        let Some((weave, _)) = &mut self.side else {
            return What::Plain;
        };
        if is_name(tag.name) {
            let label = match tag.name {
                "rs" | "name" => tag.value("type").unwrap_or(tag.name),
                name => name,
            };
            return What::Aside(Cow::Borrowed(label), weave.open());
        }
        if tag.name == "lb" || role(tag.name, "", "").is_some() {
            weave.line(Role::Paragraph);
        }
        What::Plain
    }

    fn open_inside(&mut self, tag: Tag<'a>, faults: &mut Faults<'_>) -> What<'a> {
        if let Some(Frame {
            what: What::Choice(shown, _),
            ..
        }) = self.frames.last()
        {
            return match *shown {
                None => self.mention(tag, faults),
                Some(draft) => {
                    self.side = Some((Weave::new(Manner::Flowing), self.frames.len()));
                    What::Reading(draft)
                }
            };
        }
        match tag.name {
            "choice" | "app" => What::Choice(None, Vec::new()),
            "note" => self.note(tag, faults),
            "relation" => {
                self.found.outside.relation(tag, faults);
                What::Plain
            }
            "lb" => {
                if tag.value("break") == Some("no") {
                    self.found.weave.join();
                } else {
                    let role = self.around();
                    self.found.weave.line(role);
                }
                What::Plain
            }
            "pb" => {
                // Behind the front the body is the beginning still.
                let weave = &self.found.weave;
                if weave.is_empty() || self.top == Some(weave.lines()) {
                    self.found.outside.page(tag.value("n").unwrap_or(""));
                }
                What::Plain
            }
            "idno" if !self.telling.is_empty() => {
                let (told, _) = self.telling.last().copied().unwrap_or_default();
                self.side = Some((Weave::new(Manner::Flowing), self.frames.len()));
                What::Link(told)
            }
            name if is_name(name) || is_reading(name) => self.mention(tag, faults),
            name if is_entity(name) => self.told(tag, faults),
            name => {
                let of = |attribute| tag.value(attribute).unwrap_or("");
                match role(name, of("rend"), of("type")) {
                    Some(role) => self.block(tag, role),
                    None => What::Plain,
                }
            }
        }
    }

    /// The role of what is open.
    fn around(&self) -> Role {
        self.roles.last().copied().unwrap_or(Role::Paragraph)
    }

    fn block(&mut self, tag: Tag<'a>, role: Role) -> What<'a> {
        let around = self.around();
        if may_be_inline(tag.name) && self.lines > 0 {
            return What::Plain;
        }
        let role = match (tag.name, role) {
            ("head", Role::SectionHead) => {
                let is_figures = self.frames.last().is_some_and(|f| f.name == "figure");
                let kind = tag.value("type").unwrap_or("");
                if is_figures {
                    Role::Caption
                } else if !self.headline && kind != "section" && self.at_top() {
                    Role::Headline
                } else {
                    Role::SectionHead
                }
            }
            ("titlePart", Role::Headline) if self.headline => Role::Deck,
            (_, Role::Paragraph) if around == Role::Quote => Role::Quote,
            (_, role) => role,
        };
        // A head before the body is that of a part, such as an abstract.
        self.headline |= match tag.name {
            "head" => role != Role::Kicker && (self.top.is_some() || role == Role::Headline),
            _ => role == Role::Headline,
        };
        self.found.weave.line(role);
        self.last = None;
        self.roles.push(role);
        self.lines += usize::from(holds_line(tag.name));
        What::Block
    }

    /// Whether the body has no text yet but kickers.
    fn at_top(&self) -> bool {
        let weave = &self.found.weave;
        self.top.is_some_and(|top| weave.only(top, Role::Kicker))
    }

    fn close(&mut self) {
        let Some(Frame { name, what }) = self.frames.pop() else {
            return;
        };
        let side = match &self.side {
            Some((_, depth)) if *depth == self.frames.len() => self.side.take(),
            _ => None,
        };
        let aside = side.map(|(weave, _)| weave.into_text());
        match what {
            What::Plain => {
                if self.parts == 0 && self.side.is_none() {
                    self.found.outside.close();
                }
            }
            What::Part => {
                self.parts = self.parts.saturating_sub(1);
                self.top = None;
                self.found.weave.line(Role::Paragraph);
                self.last = None;
            }
            What::Block => self.end_block(name),
            What::Told(is_line) => {
                self.telling
                    .pop_if(|(_, depth)| *depth == self.frames.len());
                if is_line {
                    self.end_block(name);
                }
            }
            What::Link(told) => {
                let told = self.found.outside.told.get_mut(told);
                if let (Some(told), Some(text)) = (told, aside.filter(|text| !text.is_empty())) {
                    told.links.push(text);
                }
            }
            What::Mention(index) => self.end_mention(index, name),
            What::Choice(shown, _) => self.last = shown,
            What::Note => {
                if let (Some(remark), Some(text)) = (self.found.remarks.last_mut(), aside) {
                    remark.text = text;
                }
            }
            What::Reading(draft) => {
                if let (Some(draft), Some(text)) = (self.found.drafts.get_mut(draft), aside) {
                    draft
                        .attributes
                        .push((Cow::Borrowed(name), Cow::Owned(text)));
                }
            }
            What::Aside(label, mark) => {
                let within = self.within();
                if let Some((weave, _)) = &mut self.side {
                    let quote = weave.close(mark).map_or("", |span| weave.slice(span));
                    let quote = quote.to_owned();
                    self.found.asides.push(Aside {
                        label,
                        within,
                        quote,
                    });
                }
            }
        }
    }

    fn end_block(&mut self, name: &str) {
        self.roles.pop();
        self.lines -= usize::from(holds_line(name));
        let role = self.around();
        self.found.weave.line(role);
        self.last = None;
    }

    /// The note or reading in which something stands.
    fn within(&self) -> &'a str {
        let depth = self.side.as_ref().map_or(0, |(_, depth)| *depth);
        self.frames.get(depth).map_or("note", |frame| frame.name)
    }
}
