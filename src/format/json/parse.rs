//! A record of JSON (RFC 8259) to a tree with places, whatever is wrong with it.
//!
//! No recursion: nesting costs a list entry, and what is nested too deep is passed over. A fault does not end the
//! record: the parser goes on where that makes sense, and closes what is open at the end.

use super::bytes::{ends_word, is_number, special};
use super::escape::{self, Escape};
use super::tree::{Node, Sort, Tree};
use super::wrong::{Fault, Wrong};

/// So deep may values be nested; no corpus format needs a tenth of it.
const DEEPEST: usize = 200;
/// So many faults of one record are told; the rest of it is then passed over.
const MOST: usize = 1000;

/// Parses a record of less than 4 GiB.
pub(super) fn parse(text: &str) -> (Tree<'_>, Vec<Fault>) {
    parse_into(text, Vec::with_capacity(32))
}

/// The same in the room that the nodes of another record had.
pub(super) fn parse_into(text: &str, mut room: Vec<Node>) -> (Tree<'_>, Vec<Fault>) {
    room.clear();
    let mut parser = Parser {
        bytes: text.as_bytes(),
        at: 0,
        nodes: room,
        open: Vec::with_capacity(8),
        faults: Vec::new(),
    };
    parser.run();
    parser.close_all();
    (Tree::new(text, parser.nodes), parser.faults)
}

/// What comes next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// A value; within a list and right behind its bracket it may be the end.
    Value,
    /// The same behind a comma.
    ValueBehindComma,
    Key,
    KeyBehindComma,
    /// A comma or the end of what is open.
    After,
    Done,
}

struct Parser<'t> {
    bytes: &'t [u8],
    at: usize,
    nodes: Vec<Node>,
    /// The lists and objects that are open, by node.
    open: Vec<usize>,
    faults: Vec<Fault>,
}

impl Parser<'_> {
    fn run(&mut self) {
        let mut next = Next::Value;
        while next != Next::Done {
            if self.faults.len() >= MOST {
                self.wrong(Wrong::TooMuch);
                return;
            }
            let Some(byte) = self.blank() else {
                self.wrong(Wrong::Cut);
                return;
            };
            next = match next {
                Next::Value => self.value(byte, false),
                Next::ValueBehindComma => self.value(byte, true),
                Next::Key => self.key(byte, false),
                Next::KeyBehindComma => self.key(byte, true),
                Next::After => self.after(byte),
                Next::Done => Next::Done,
            };
            if next == Next::After && self.open.is_empty() {
                next = Next::Done;
            }
        }
        if self.blank().is_some() {
            self.wrong(Wrong::Behind);
        }
    }

    fn wrong(&mut self, wrong: Wrong) {
        self.faults.push((self.at, wrong));
    }

    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Goes over white space to the next byte.
    fn blank(&mut self) -> Option<u8> {
        while let Some(byte) = self.byte() {
            if !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }

    fn push(&mut self, sort: Sort, start: usize, end: usize, plain: bool) {
        let next = self.nodes.len() + 1;
        self.nodes.push(Node::new(sort, start, end, next, plain));
    }

    fn in_object(&self) -> bool {
        let open = self.open.last().and_then(|at| self.nodes.get(*at));
        open.is_some_and(|node| node.sort == Sort::Object)
    }

    fn value(&mut self, byte: u8, behind_comma: bool) -> Next {
        match byte {
            b'{' | b'[' if self.open.len() >= DEEPEST => {
                self.wrong(Wrong::Deep);
                let start = self.at;
                self.pass_over();
                self.push(Sort::Null, start, self.at, true);
                Next::After
            }
            b'{' => self.enter(Sort::Object, Next::Key),
            b'[' => self.enter(Sort::Array, Next::Value),
            b'"' => {
                self.string();
                Next::After
            }
            b']' | b'}' => {
                if self.in_object() {
                    self.wrong(Wrong::NoValue);
                    self.push(Sort::Null, self.at, self.at, true);
                } else if behind_comma {
                    self.wrong(Wrong::TrailingComma);
                }
                if self.open.is_empty() {
                    self.wrong(Wrong::NoValue);
                    return Next::Done;
                }
                self.close(byte)
            }
            b',' => {
                self.wrong(Wrong::NoValue);
                if self.in_object() {
                    self.push(Sort::Null, self.at, self.at, true);
                }
                Next::After
            }
            _ => {
                self.word();
                Next::After
            }
        }
    }

    /// A number, `true`, `false`, `null`, or what is none of them.
    fn word(&mut self) {
        let start = self.at;
        // Most are offsets: a few digits.
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        let has_zero = self.at > start + 1 && self.bytes.get(start) == Some(&b'0');
        if self.at > start && !has_zero && self.byte().is_some_and(ends_word) {
            return self.push(Sort::Number, start, self.at, true);
        }
        self.at = self.at.max(start + 1);
        while self.byte().is_some_and(|byte| !ends_word(byte)) {
            self.at += 1;
        }
        let word = self.bytes.get(start..self.at).unwrap_or_default();
        let sort = match word {
            b"null" => Sort::Null,
            b"true" | b"false" => Sort::Bool,
            _ if is_number(word) => Sort::Number,
            _ => {
                self.faults.push((start, Wrong::NoValue));
                Sort::Null
            }
        };
        self.push(sort, start, self.at, true);
    }

    fn key(&mut self, byte: u8, behind_comma: bool) -> Next {
        match byte {
            b'"' => self.string(),
            b'}' | b']' => {
                if behind_comma {
                    self.wrong(Wrong::TrailingComma);
                }
                return self.close(byte);
            }
            b',' => {
                self.wrong(Wrong::NoKey);
                self.at += 1;
                return Next::Key;
            }
            b':' | b'{' | b'[' => {
                self.wrong(Wrong::NoKey);
                self.push(Sort::Text, self.at, self.at, true);
            }
            // A key without quotes: it is taken as it is.
            _ => {
                self.wrong(Wrong::NoKey);
                let faults = self.faults.len();
                self.word();
                self.faults.truncate(faults);
                if let Some(node) = self.nodes.last_mut() {
                    node.sort = Sort::Text;
                }
            }
        }
        match self.blank() {
            Some(b':') => self.at += 1,
            Some(b',' | b'}' | b']') => {
                self.wrong(Wrong::NoColon);
                self.push(Sort::Null, self.at, self.at, true);
                return Next::After;
            }
            Some(_) => self.wrong(Wrong::NoColon),
            None => {}
        }
        Next::Value
    }

    fn after(&mut self, byte: u8) -> Next {
        let (fresh, comma) = if self.in_object() {
            (Next::Key, Next::KeyBehindComma)
        } else {
            (Next::Value, Next::ValueBehindComma)
        };
        match byte {
            b',' => {
                self.at += 1;
                comma
            }
            b']' | b'}' => self.close(byte),
            b':' => {
                self.wrong(Wrong::NoComma);
                self.at += 1;
                fresh
            }
            _ => {
                self.wrong(Wrong::NoComma);
                fresh
            }
        }
    }

    fn enter(&mut self, sort: Sort, next: Next) -> Next {
        self.open.push(self.nodes.len());
        self.push(sort, self.at, self.at + 1, true);
        self.at += 1;
        next
    }

    /// A closing bracket. One that fits what is open one level further out closes both.
    fn close(&mut self, byte: u8) -> Next {
        let wanted = if byte == b'}' {
            Sort::Object
        } else {
            Sort::Array
        };
        let sort_at = |back: usize| {
            let at = self.open.len().checked_sub(back)?;
            Some(self.nodes.get(*self.open.get(at)?)?.sort)
        };
        if sort_at(1) == Some(wanted) {
            self.at += 1;
            self.close_one();
        } else if sort_at(2) == Some(wanted) {
            self.wrong(Wrong::Unclosed);
            self.close_one();
            self.at += 1;
            self.close_one();
        } else {
            self.wrong(Wrong::Bracket);
            self.at += 1;
        }
        Next::After
    }

    fn close_one(&mut self) {
        let (end, next) = (self.at, self.nodes.len());
        if let Some(node) = self.open.pop().and_then(|at| self.nodes.get_mut(at)) {
            node.close(end, next);
        }
    }

    /// Closes what the end of the record left open; a key without value goes.
    fn close_all(&mut self) {
        if self.in_object()
            && let Some(open) = self.open.last()
        {
            let members = Tree::count(&self.nodes, *open);
            if members % 2 == 1 {
                self.nodes.pop();
            }
        }
        while !self.open.is_empty() {
            self.close_one();
        }
    }

    /// Goes over a value that is nested too deep.
    fn pass_over(&mut self) {
        let mut depth = 0usize;
        while let Some(byte) = self.byte() {
            match byte {
                b'"' => {
                    let nodes = self.nodes.len();
                    self.string();
                    self.nodes.truncate(nodes);
                    continue;
                }
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }

    /// A string; `at` is at its quote.
    fn string(&mut self) {
        let start = self.at + 1;
        let (mut at, mut plain, mut told) = (start, true, false);
        loop {
            let rest = self.bytes.get(at..).unwrap_or_default();
            let Some(found) = special(rest) else {
                self.at = self.bytes.len();
                self.push(Sort::Text, start, self.at, plain);
                return;
            };
            at += found;
            match self.bytes.get(at) {
                Some(b'"') => {
                    self.at = at + 1;
                    self.push(Sort::Text, start, at, plain);
                    return;
                }
                Some(b'\\') => {
                    plain = false;
                    let (escape, len) = escape::at(self.bytes.get(at..).unwrap_or_default());
                    match escape {
                        Escape::Char(_) => {}
                        Escape::Lone => self.faults.push((at, Wrong::Surrogate)),
                        Escape::Bad => self.faults.push((at, Wrong::BadEscape)),
                    }
                    at += len;
                }
                Some(b'\n') => {
                    self.faults.push((at, Wrong::OpenString));
                    self.at = at;
                    self.push(Sort::Text, start, at, plain);
                    return;
                }
                _ => {
                    if !told {
                        self.faults.push((at, Wrong::Control));
                    }
                    told = true;
                    at += 1;
                }
            }
        }
    }
}
