//! Values of JSON with their places, in one flat list.

use std::borrow::Cow;
use std::collections::HashSet;

use super::escape;

/// What sort of value it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) enum Sort {
    Null,
    Bool,
    Number,
    Text,
    Array,
    Object,
}

impl Sort {
    /// For messages: `a list`.
    pub(in crate::format) const fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "true or false",
            Self::Number => "a number",
            Self::Text => "a string",
            Self::Array => "a list",
            Self::Object => "an object",
        }
    }
}

/// A value: its bytes in the record, without quotes for a string, and the node behind it and all that it holds. An
/// object holds keys and values by turns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    start: u32,
    end: u32,
    next: u32,
    pub(super) sort: Sort,
    /// Without escapes.
    plain: bool,
}

fn short(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Node {
    pub(super) fn new(sort: Sort, start: usize, end: usize, next: usize, plain: bool) -> Self {
        Self {
            start: short(start),
            end: short(end),
            next: short(next),
            sort,
            plain,
        }
    }

    pub(super) fn close(&mut self, end: usize, next: usize) {
        self.end = short(end);
        self.next = short(next);
    }
}

/// A record.
#[derive(Debug)]
pub(in crate::format) struct Tree<'t> {
    text: &'t str,
    nodes: Vec<Node>,
}

impl<'t> Tree<'t> {
    pub(super) const fn new(text: &'t str, nodes: Vec<Node>) -> Self {
        Self { text, nodes }
    }

    /// Room for the nodes of another record.
    pub(super) fn into_room(self) -> Vec<Node> {
        self.nodes
    }

    /// The outermost value.
    pub(in crate::format) fn root(&self) -> Option<Value<'_>> {
        let value = Value { tree: self, at: 0 };
        value.node().map(|_| value)
    }

    /// How many nodes an open list or object holds directly.
    pub(super) fn count(nodes: &[Node], open: usize) -> usize {
        let (mut at, mut count) = (open + 1, 0);
        while let Some(node) = nodes.get(at) {
            at = node.next as usize;
            count += 1;
        }
        count
    }

    /// The keys that an object has a second time.
    pub(in crate::format) fn repeated(&self) -> Vec<Value<'_>> {
        let mut found = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            if node.sort != Sort::Object {
                continue;
            }
            let object = Value { tree: self, at };
            if object.keys_plainly_differ() {
                continue;
            }
            let mut known = HashSet::new();
            let again = object
                .members()
                .filter(|(key, _)| !known.insert(key.text().unwrap_or_default()));
            found.extend(again.map(|(key, _)| key));
        }
        found
    }
}

/// A value of a record.
#[derive(Debug, Clone, Copy)]
pub(in crate::format) struct Value<'a> {
    tree: &'a Tree<'a>,
    at: usize,
}

impl<'a> Value<'a> {
    fn node(self) -> Option<&'a Node> {
        self.tree.nodes.get(self.at)
    }

    pub(in crate::format) fn sort(self) -> Sort {
        self.node().map_or(Sort::Null, |node| node.sort)
    }

    pub(in crate::format) fn is_null(self) -> bool {
        self.sort() == Sort::Null
    }

    fn is_plain(self) -> bool {
        self.node().is_none_or(|node| node.plain)
    }

    /// The byte of the record at which it begins.
    pub(in crate::format) fn start(self) -> usize {
        let node = self.node();
        let quote = usize::from(self.sort() == Sort::Text);
        node.map_or(0, |node| (node.start as usize).saturating_sub(quote))
    }

    /// What is written there; without the quotes of a string.
    pub(in crate::format) fn raw(self) -> &'a str {
        let range = self.node().map(|n| n.start as usize..n.end as usize);
        range.and_then(|r| self.tree.text.get(r)).unwrap_or("")
    }

    /// The same with the quotes.
    pub(in crate::format) fn spelt(self) -> &'a str {
        let quote = usize::from(self.sort() == Sort::Text);
        let end = self.node().map_or(0, |node| node.end as usize + quote);
        let whole = self.tree.text.get(self.start()..end);
        whole.unwrap_or_else(|| self.raw())
    }

    /// A string.
    pub(in crate::format) fn text(self) -> Option<Cow<'a, str>> {
        (self.sort() == Sort::Text).then(|| {
            if self.is_plain() {
                Cow::Borrowed(self.raw())
            } else {
                Cow::Owned(escape::decode(self.raw()))
            }
        })
    }

    /// A string, or a number as it is written: ids and labels are either.
    pub(in crate::format) fn word(self) -> Option<Cow<'a, str>> {
        match self.sort() {
            Sort::Number => Some(Cow::Borrowed(self.raw())),
            _ => self.text(),
        }
    }

    /// A number without fraction.
    pub(in crate::format) fn whole(self) -> Option<i64> {
        if self.sort() != Sort::Number {
            return None;
        }
        let raw = self.raw();
        if let Ok(number) = raw.parse() {
            return Some(number);
        }
        // Tables write whole numbers as 3.0.
        let (whole, fraction) = raw.split_once('.')?;
        let is_whole = fraction.bytes().all(|b| b == b'0');
        is_whole.then(|| whole.parse().ok()).flatten()
    }

    fn held(self) -> Held<'a> {
        Held {
            tree: self.tree,
            at: self.at + 1,
            end: self.node().map_or(0, |node| node.next as usize),
        }
    }

    /// What a list holds; nothing for anything else.
    pub(in crate::format) fn items(self) -> impl Iterator<Item = Value<'a>> + Clone {
        let is_list = self.sort() == Sort::Array;
        self.held().filter(move |_| is_list)
    }

    /// The keys and values of an object; nothing for anything else.
    pub(in crate::format) fn members(self) -> impl Iterator<Item = (Value<'a>, Value<'a>)> + Clone {
        let mut held = self.held();
        if self.sort() != Sort::Object {
            held.end = held.at;
        }
        Members(held)
    }

    /// Whether the keys of an object are few, without escapes, and differ; told without a list of them.
    fn keys_plainly_differ(self) -> bool {
        let (mut few, mut count) = ([""; 8], 0);
        self.members().all(|(key, _)| {
            let known = few.get(..count).unwrap_or_default();
            if !key.is_plain() || known.contains(&key.raw()) {
                return false;
            }
            let room = few.get_mut(count);
            count += 1;
            room.map(|room| *room = key.raw()).is_some()
        })
    }

    /// The values of several keys, each as [`get`](Self::get) has it, found in one go.
    pub(in crate::format) fn several<const N: usize>(
        self,
        wanted: [&str; N],
    ) -> [Option<Value<'a>>; N] {
        let mut found = [None; N];
        for (key, value) in self.members() {
            if let Some(at) = wanted.iter().position(|wanted| key.is(wanted))
                && let Some(place) = found.get_mut(at)
            {
                *place = Some(value);
            }
        }
        found.map(|value| value.filter(|value| !value.is_null()))
    }

    /// The value of a key; nothing when it is not there or null. Of two the last.
    pub(in crate::format) fn get(self, wanted: &str) -> Option<Value<'a>> {
        let found = self.members().filter(|(key, _)| key.is(wanted)).last();
        found.map(|(_, value)| value).filter(|v| !v.is_null())
    }

    /// Whether it is this string.
    pub(in crate::format) fn is(self, wanted: &str) -> bool {
        if self.is_plain() {
            self.sort() == Sort::Text && self.raw() == wanted
        } else {
            self.text().is_some_and(|text| text == wanted)
        }
    }
}

#[derive(Debug, Clone)]
struct Held<'a> {
    tree: &'a Tree<'a>,
    at: usize,
    end: usize,
}

impl<'a> Iterator for Held<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Value<'a>> {
        if self.at >= self.end {
            return None;
        }
        let value = Value {
            tree: self.tree,
            at: self.at,
        };
        self.at = (value.node()?.next as usize).max(self.at + 1);
        Some(value)
    }
}

#[derive(Debug, Clone)]
struct Members<'a>(Held<'a>);

impl<'a> Iterator for Members<'a> {
    type Item = (Value<'a>, Value<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        Some((self.0.next()?, self.0.next()?))
    }
}
