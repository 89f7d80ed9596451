//! The text of an article made of pieces of text, its white space laid out, and where elements begin and end in it.

use super::is_space;
use crate::article::{BlockId, Role, Text, TooLong};
use crate::text::is_cjk;

/// What white space means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) enum Manner {
    /// White space with a line end in it is layout: one space, and none beside a Chinese character. Other white space
    /// is text, but not at the ends of a line.
    Flowing,
    /// White space beside a tag is layout as well, and so are other spaces of Unicode there; where letters or digits
    /// meet across it, it is one space.
    Apart,
    /// All of it is text, but beside a line of its own.
    Kept,
}

/// A place in the text where an element begins, until it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) struct Mark(usize);

/// White space that was read and of which it is not yet clear what becomes.
#[derive(Debug, Default)]
struct Gap {
    /// As it stands, where that may be text.
    literal: String,
    /// Whether it is layout.
    laid: bool,
}

/// A text in the making.
#[derive(Debug)]
pub(in crate::format) struct Weave {
    manner: Manner,
    text: String,
    gap: Option<Gap>,
    /// The role of the line that begins with the next character.
    line: Option<Role>,
    /// Starts of lines with their roles.
    roles: Vec<(usize, Role)>,
    /// Where each mark's first character is; nothing before there is one.
    starts: Vec<Option<usize>>,
    /// The marks that wait for it.
    waiting: Vec<usize>,
    /// Code points that the file has not.
    added: u32,
}

impl Weave {
    pub(in crate::format) const fn new(manner: Manner) -> Self {
        Self {
            manner,
            text: String::new(),
            gap: None,
            line: None,
            roles: Vec::new(),
            starts: Vec::new(),
            waiting: Vec::new(),
            added: 0,
        }
    }

    /// A tag stands here.
    pub(in crate::format) fn tag(&mut self) {
        if self.manner == Manner::Apart
            && let Some(gap) = &mut self.gap
        {
            gap.laid = true;
        }
    }

    /// What follows stands on a line of its own, with this role.
    pub(in crate::format) fn line(&mut self, role: Role) {
        self.line = Some(role);
        self.gap = None;
    }

    /// Adds text; `first` says that a tag stands before it. Returns whether there was more than white space.
    pub(in crate::format) fn push(&mut self, text: &str, first: bool) -> bool {
        if self.manner == Manner::Kept {
            return self.push_kept(text);
        }
        let apart = self.manner == Manner::Apart;
        let is_space = |c: char| is_space(c) || (apart && c.is_whitespace());
        let mut rest = text;
        let mut any = false;
        while !rest.is_empty() {
            let at = rest.find(|c| !is_space(c)).unwrap_or(rest.len());
            let (space, behind) = rest.split_at(at);
            if !space.is_empty() {
                let beside = first && !any && apart;
                let gap = self.gap.get_or_insert_default();
                gap.laid |= beside || space.contains(['\n', '\r']);
                gap.literal.push_str(space);
            }
            let end = behind.find(is_space).unwrap_or(behind.len());
            let (word, next) = behind.split_at(end);
            if let Some(c) = word.chars().next() {
                self.gap_before(c);
                self.begin();
                self.text.push_str(word);
                any = true;
            }
            rest = next;
        }
        any
    }

    fn push_kept(&mut self, text: &str) -> bool {
        let inner = text.trim_matches(is_space);
        if inner.is_empty() && (self.line.is_some() || self.waiting.is_empty()) {
            self.gap.get_or_insert_default().literal.push_str(text);
            return false;
        }
        let before = text.len() - text.trim_start_matches(is_space).len();
        let (before, rest) = text.split_at(before);
        if self.line.is_some() {
            self.gap = None;
            self.begin();
        } else {
            self.keep_gap();
            self.begin();
            self.text.push_str(before);
        }
        let (inner, behind) = rest.split_at(inner.len());
        self.text.push_str(inner);
        self.gap.get_or_insert_default().literal.push_str(behind);
        !inner.is_empty()
    }

    /// White space that is text after all.
    fn keep_gap(&mut self) {
        if self.manner == Manner::Kept
            && self.line.is_none()
            && let Some(gap) = self.gap.take()
        {
            self.text.push_str(&gap.literal);
        }
    }

    /// Adds a character that is text whatever it is; a line end begins a line.
    pub(in crate::format) fn push_character(&mut self, c: char) {
        if matches!(c, '\n' | '\r') && self.manner != Manner::Kept {
            let role = self.roles.last().map_or(Role::Paragraph, |(_, role)| *role);
            self.line(self.line.unwrap_or(role));
            return;
        }
        self.gap_before(c);
        self.begin();
        self.text.push(if c == '\r' { '\n' } else { c });
    }

    /// What the white space before a character is.
    fn gap_before(&mut self, next: char) {
        self.keep_gap();
        let Some(gap) = self.gap.take() else { return };
        let Some(before) = self.text.chars().next_back().filter(|c| *c != '\n') else {
            return;
        };
        if self.line.is_some() {
            return;
        }
        // It stands before what comes next, so a mark that waits begins behind it.
        if !gap.laid {
            self.text.push_str(&gap.literal);
        } else if match self.manner {
            Manner::Apart => before.is_ascii_alphanumeric() && next.is_ascii_alphanumeric(),
            Manner::Flowing | Manner::Kept => !is_cjk(before) && !is_cjk(next),
        } {
            self.text.push(' ');
        }
    }

    /// A character comes: begins the line and the marks that wait.
    fn begin(&mut self) {
        if let Some(role) = self.line.take() {
            if !self.text.is_empty() {
                self.text.push('\n');
                self.added = self.added.saturating_add(1);
            }
            self.roles.push((self.text.len(), role));
        }
        for mark in self.waiting.drain(..) {
            if let Some(start) = self.starts.get_mut(mark) {
                *start = Some(self.text.len());
            }
        }
    }

    /// An element begins here.
    pub(in crate::format) fn open(&mut self) -> Mark {
        self.keep_gap();
        self.starts.push(None);
        self.waiting.push(self.starts.len() - 1);
        Mark(self.starts.len() - 1)
    }

    /// It ends here: its first byte and the one behind its last; nothing when it has no text.
    pub(in crate::format) fn close(&mut self, mark: Mark) -> Option<(usize, usize)> {
        self.keep_gap();
        let start = self.starts.get(mark.0).copied().flatten()?;
        Some((start, self.text.len()))
    }

    /// The same for the element of a line: white space at its end is none of it.
    pub(in crate::format) fn close_inner(&mut self, mark: Mark) -> Option<(usize, usize)> {
        self.gap = None;
        self.close(mark)
    }

    /// What was read goes on without white space.
    pub(in crate::format) fn join(&mut self) {
        self.gap = None;
    }

    /// Whether there is no text yet.
    pub(in crate::format) const fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// How many lines there are that were begun as such.
    pub(in crate::format) const fn lines(&self) -> usize {
        self.roles.len()
    }

    /// Whether all lines from this one on have this role.
    pub(in crate::format) fn only(&self, from: usize, role: Role) -> bool {
        let is_it = |(_, other): &(usize, Role)| *other == role;
        let own = self.roles.get(from..).unwrap_or(&[]);
        (self.text.is_empty() || !self.roles.is_empty()) && own.iter().all(is_it)
    }

    /// The text between two bytes.
    pub(in crate::format) fn slice(&self, (start, end): (usize, usize)) -> &str {
        self.text.get(start..end).unwrap_or("")
    }

    /// The text alone.
    pub(in crate::format) fn into_text(self) -> String {
        self.text
    }

    /// The text, and the code points of it that the file has not.
    ///
    /// # Errors
    /// For a text of 4 GiB.
    pub(in crate::format) fn finish(mut self) -> Result<(Text, u32), TooLong> {
        self.keep_gap();
        let mut text = Text::from_lines(self.text)?;
        for (start, role) in self.roles {
            let block = text.block_at(start);
            let is_it = |id: &BlockId| text.block(*id).is_some_and(|b| b.span.start() == start);
            if let Some(id) = block.filter(is_it) {
                text.set_role(id, role);
            }
        }
        Ok((text, self.added))
    }
}
