//! A file's elements and text one after another, always balanced: what is not well-formed is reported and mended.
//!
//! - `<` that begins no tag, a comment that does not end and a cut tag are text.
//! - An end tag closes what is open within its element; one that closes nothing is passed over.
//! - What the file leaves open ends with it.
//!
//! Each repair goes on behind what it has looked at, so the work stays linear whatever is in the file.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::super::code::Code;
use super::super::report::short;
use super::faults::Faults;
use super::is_space;
use super::tag::{Reference, Tag, begins_name, local, reference};

/// What comes next in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::format) enum Piece<'a> {
    /// An element begins.
    Open(Tag<'a>),
    /// The innermost open element ends; where, in bytes.
    Close(usize),
    /// Text as it is laid out; where, in bytes.
    Text(Cow<'a, str>, usize),
    /// A character by its number, which is never layout.
    Character(char),
}

/// What is a fault.
#[derive(Debug, Clone, Copy)]
pub(in crate::format) struct Rules {
    /// Whether names that differ in case alone are one.
    pub(in crate::format) fold: bool,
    /// The elements that must end; the others may be left open without a word.
    pub(in crate::format) must_end: fn(&str) -> bool,
}

impl Rules {
    /// As XML wants it.
    pub(in crate::format) const XML: Self = Self {
        fold: false,
        must_end: |_| true,
    };
}

struct Open<'a> {
    key: Cow<'a, str>,
    at: usize,
}

/// A walk through a file, or an article's part of it.
pub(in crate::format) struct Walk<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// Where the reader was begun, in bytes.
    base: usize,
    rules: Rules,
    open: Vec<Open<'a>>,
    /// How many of each name are open.
    names: HashMap<Cow<'a, str>, usize>,
    ready: VecDeque<Piece<'a>>,
    /// Beginnings of markup that does not end: it was looked for up to the end of the file once.
    endless: Vec<&'static str>,
    done: bool,
}

impl<'a> Walk<'a> {
    pub(in crate::format) fn new(text: &'a str, rules: Rules) -> Self {
        let mut walk = Self {
            text,
            reader: Reader::from_str(""),
            base: 0,
            rules,
            open: Vec::new(),
            names: HashMap::new(),
            ready: VecDeque::new(),
            endless: Vec::new(),
            done: false,
        };
        walk.go_on(0);
        walk
    }

    /// The next piece; nothing at the end, when all that was open has been closed.
    pub(in crate::format) fn next(&mut self, faults: &mut Faults<'_>) -> Option<Piece<'a>> {
        while self.ready.is_empty() && !self.done {
            self.step(faults);
        }
        self.ready.pop_front()
    }

    /// Reads on from a byte.
    fn go_on(&mut self, at: usize) {
        // The reader takes one for a byte order mark and does not count it.
        let mark = '\u{FEFF}';
        let rest = self.text.get(at..).unwrap_or("");
        let skipped = rest.len() - rest.trim_start_matches(mark).len();
        self.base = at + skipped;
        self.reader = Reader::from_str(rest.get(skipped..).unwrap_or(""));
        let config = self.reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
    }

    fn here(&self) -> usize {
        self.base + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn step(&mut self, faults: &mut Faults<'_>) {
        let at = self.here();
        let rest = self.text.get(at..).unwrap_or("");
        if rest.starts_with("<!") || rest.starts_with("<?") {
            let opener = markup(rest);
            if opener.is_none() {
                self.lone(at, faults);
            }
            if opener.is_none_or(|opener| self.endless.contains(&opener)) {
                self.as_text(at, at + opener.map_or(1, str::len));
                return;
            }
        }
        match self.reader.read_event() {
            Ok(Event::Start(_) | Event::Empty(_)) => self.start(at, self.here(), faults),
            Ok(Event::End(_)) => self.end(at, self.here(), faults),
            Ok(Event::Text(text)) => {
                let text = text.into_inner();
                if text.starts_with('&') {
                    Self::ampersand(at, faults);
                }
                self.ready.push_back(Piece::Text(text, at));
            }
            Ok(Event::GeneralRef(name)) => self.reference(&name.into_inner(), at, faults),
            Ok(Event::CData(text)) => self.ready.push_back(Piece::Text(text.into_inner(), at)),
            Ok(Event::DocType(inner)) => {
                let inner = inner.into_inner();
                if let Some(entity) = inner.find("<!ENTITY") {
                    let message = "the document type declares entities, which are not resolved";
                    let remedy = "write their text where they stand";
                    // Behind the keyword; how much white space stood between does not matter for the line.
                    let keyword = "<!DOCTYPE ".len();
                    faults.add(Code::ENTITY, at + keyword + entity, message, remedy);
                }
            }
            Ok(Event::Comment(_) | Event::PI(_) | Event::Decl(_)) => {}
            Ok(Event::Eof) => self.finish(faults),
            Err(_) => self.broken(at, faults),
        }
    }

    fn as_text(&mut self, from: usize, to: usize) {
        let text = self.text.get(from..to).unwrap_or("");
        self.ready.push_back(Piece::Text(Cow::Borrowed(text), from));
        self.go_on(to);
    }

    fn reference(&mut self, name: &str, at: usize, faults: &mut Faults<'_>) {
        let folded = if faults.sgml {
            name.to_ascii_lowercase()
        } else {
            String::new()
        };
        let meaning = match reference(name) {
            // SGML writes &AMP; as well.
            Reference::Entity
                if faults.sgml && matches!(reference(&folded), Reference::Character(_)) =>
            {
                reference(&folded)
            }
            meaning => meaning,
        };
        match meaning {
            Reference::Character(c) => self.ready.push_back(Piece::Character(c)),
            Reference::Bad => {
                let message = format!("&{}; is no character", short(name));
                let remedy = "write the character, or its number in Unicode";
                faults.add(Code::SYNTAX, at, message, remedy);
                let bad = Piece::Character(char::REPLACEMENT_CHARACTER);
                self.ready.push_back(bad);
            }
            Reference::Entity => {
                faults.entity(at, name);
                self.as_text(at, at + name.len() + 2);
            }
            Reference::None => {
                Self::ampersand(at, faults);
                self.as_text(at, at + 1);
            }
        }
    }

    fn key(&self, name: &'a str) -> Cow<'a, str> {
        if self.rules.fold && name.bytes().any(|b| b.is_ascii_uppercase()) {
            Cow::Owned(name.to_ascii_lowercase())
        } else {
            Cow::Borrowed(name)
        }
    }

    /// A start tag from `<` to behind `>`.
    fn start(&mut self, at: usize, end: usize, faults: &mut Faults<'_>) {
        let inner = self.text.get(at + 1..end.saturating_sub(1)).unwrap_or("");
        if inner.contains('<') {
            self.torn(at, inner, faults);
            return;
        }
        // A word in angle brackets is no tag of SGML.
        let is_tag = |tag: &Tag<'_>| !faults.sgml || tag.name.is_ascii();
        let Some(tag) = Tag::new(inner, at).filter(is_tag) else {
            self.lone(at, faults);
            self.as_text(at, at + 1);
            return;
        };
        self.ready.push_back(Piece::Open(tag));
        if inner.ends_with('/') {
            self.ready.push_back(Piece::Close(end));
            return;
        }
        let key = self.key(tag.name);
        *self.names.entry(key.clone()).or_default() += 1;
        self.open.push(Open { key, at });
    }

    /// An end tag from `<` to behind `>`.
    fn end(&mut self, at: usize, end: usize, faults: &mut Faults<'_>) {
        let inner = self.text.get(at + 1..end.saturating_sub(1)).unwrap_or("");
        if inner.contains('<') {
            self.torn(at, inner, faults);
            return;
        }
        let name = local(inner.trim_start_matches('/').trim_end_matches(is_space));
        let key = self.key(name);
        if self.names.get(&key).copied().unwrap_or(0) == 0 {
            let message = format!("</{}> ends nothing that is open", short(name));
            let remedy = "take it out, or write the start tag that belongs to it";
            if (self.rules.must_end)(&key) {
                faults.add(Code::SYNTAX, at, message, remedy);
            }
            return;
        }
        while let Some(open) = self.open.last() {
            let is_it = open.key == key;
            if !is_it && (self.rules.must_end)(&open.key) {
                let message = format!(
                    "</{}> ends an element around <{}>, which is still open",
                    short(name),
                    short(&open.key)
                );
                let remedy = format!("write </{}> before it", short(&open.key));
                faults.add(Code::SYNTAX, at, message, remedy);
            }
            self.close(at);
            if is_it {
                break;
            }
        }
    }

    fn close(&mut self, at: usize) {
        if let Some(open) = self.open.pop() {
            if let Some(count) = self.names.get_mut(&open.key) {
                *count = count.saturating_sub(1);
            }
            self.ready.push_back(Piece::Close(at));
        }
    }

    /// A tag that has another `<` in it. It ends at its first `>` when that comes before; else it is text up to the
    /// last `<` before the first `>`.
    fn torn(&mut self, at: usize, inner: &'a str, faults: &mut Faults<'_>) {
        let close = inner.find('>').unwrap_or(inner.len());
        let before = inner.get(..close).unwrap_or("");
        match before.rfind('<') {
            Some(other) => {
                self.lone(at, faults);
                self.as_text(at, at + 1 + other);
            }
            None => {
                let message = "a value has no closing quote";
                faults.add(
                    Code::SYNTAX,
                    at,
                    message,
                    "close it before the end of the tag",
                );
                let end = at + 1 + close + 1;
                self.go_on(end);
                if before.starts_with('/') {
                    self.end(at, end, faults);
                } else {
                    self.start(at, end, faults);
                }
            }
        }
    }

    /// Markup that does not end before the file does.
    fn broken(&mut self, at: usize, faults: &mut Faults<'_>) {
        let rest = self.text.get(at..).unwrap_or("");
        if let Some(opener) = markup(rest) {
            let message = format!("what begins with {opener} does not end");
            let remedy = "end it; it is shown as text";
            faults.add(Code::SYNTAX, at, message, remedy);
            self.endless.push(opener);
            self.as_text(at, at + opener.len());
            return;
        }
        let inner = rest.strip_prefix('<').unwrap_or(rest);
        if inner.contains(['<', '>']) {
            self.torn(at, inner, faults);
        } else if inner.starts_with(|c| begins_name(c) || c == '/') {
            let message = "the file ends within a tag";
            let remedy = "the rest of it may be lost: get it anew, or end the tag";
            faults.add(Code::SYNTAX, at, message, remedy);
            self.as_text(at, self.text.len());
        } else {
            self.lone(at, faults);
            // There is no other markup behind it, but there may be references.
            self.as_text(at, at + rest.len().min(1));
            if rest.is_empty() {
                self.finish(faults);
            }
        }
    }

    /// `<` that begins no tag; in SGML it is a fault where it seems to begin a mention.
    fn lone(&self, at: usize, faults: &mut Faults<'_>) {
        let rest = self.text.get(at + 1..).unwrap_or("");
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric());
        let name = rest.get(..end.unwrap_or(rest.len())).unwrap_or("");
        if !faults.sgml || (self.rules.must_end)(&name.to_ascii_lowercase()) {
            let message = "< begins no tag, and is read as it stands";
            faults.add(Code::SYNTAX, at, message, "write &lt; for a less-than sign");
        }
    }

    fn ampersand(at: usize, faults: &mut Faults<'_>) {
        if !faults.sgml {
            let message = "& begins no reference, and is read as it stands";
            faults.add(Code::SYNTAX, at, message, "write &amp; for an ampersand");
        }
    }

    fn finish(&mut self, faults: &mut Faults<'_>) {
        self.done = true;
        for open in &self.open {
            if (self.rules.must_end)(&open.key) {
                let name = short(&open.key);
                let message = format!("<{name}> does not end before the file does");
                let remedy = format!("write </{name}> where it ends");
                faults.add(Code::SYNTAX, open.at, message, remedy);
            }
        }
        while !self.open.is_empty() {
            self.close(self.text.len());
        }
    }
}

/// How markup that is no tag begins.
fn markup(rest: &str) -> Option<&'static str> {
    let begins = |opener: &&str| {
        let start = rest.get(..opener.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(opener))
    };
    ["<!--", "<![CDATA[", "<!DOCTYPE", "<?"]
        .into_iter()
        .find(begins)
}
