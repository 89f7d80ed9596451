//! A start tag: its name and its attributes; references in values.

use std::borrow::Cow;

use super::super::code::Code;
use super::faults::Faults;
use super::is_space;

/// A start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) struct Tag<'a> {
    /// The element's name without prefix.
    pub(in crate::format) name: &'a str,
    /// What stands behind the name.
    rest: &'a str,
    /// Where the tag begins, in bytes.
    pub(in crate::format) at: usize,
    /// Where `rest` begins, in bytes.
    rest_at: usize,
}

/// An attribute as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Raw<'a> {
    name: &'a str,
    /// Nothing where there is a name alone.
    value: Option<&'a str>,
    /// Where the name begins, in bytes of `rest`.
    at: usize,
    /// Whether it stands as XML wants it, in quotes.
    sound: bool,
    /// Whether it stands as SGML allows it, without.
    bare: bool,
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Whether an element's name can begin so.
pub(super) fn begins_name(c: char) -> bool {
    c.is_alphabetic() || c == '_' || c == ':'
}

impl<'a> Tag<'a> {
    /// Of what stands between `<` and `>`, of which `<` is at byte `at`; nothing when no name begins it.
    pub(in crate::format) fn new(inner: &'a str, at: usize) -> Option<Self> {
        let inner = inner.strip_suffix('/').unwrap_or(inner);
        if !inner.starts_with(begins_name) {
            return None;
        }
        let end = inner
            .find(|c: char| is_space(c) || matches!(c, '/' | '='))
            .unwrap_or(inner.len());
        Some(Self {
            name: local(inner.get(..end)?),
            rest: inner.get(end..)?,
            at,
            rest_at: at + 1 + end,
        })
    }

    /// Its attributes with their values, names as written. What has no value in quotes is a fault, and is taken as it
    /// is.
    pub(in crate::format) fn attributes(
        &self,
        faults: &mut Faults<'_>,
    ) -> Vec<(&'a str, Cow<'a, str>)> {
        let mut found = Vec::new();
        for raw in Attributes::new(self.rest) {
            let at = self.rest_at + raw.at;
            let is_fine = raw.sound || (faults.sgml && raw.bare);
            if !is_fine {
                let name = super::super::report::short(raw.name);
                let message = format!("the attribute `{name}` has no value in quotes");
                faults.add(Code::SYNTAX, at, message, "write it as name=\"value\"");
            }
            let value = unescape(raw.value.unwrap_or(""), at, faults);
            found.push((raw.name, value));
        }
        found
    }

    /// The value of an attribute as it is written; faults are passed over. Case of the name does not count.
    pub(in crate::format) fn value(&self, name: &str) -> Option<&'a str> {
        let mut all = Attributes::new(self.rest);
        all.find(|raw| raw.name.eq_ignore_ascii_case(name))
            .and_then(|raw| raw.value)
    }
}

struct Attributes<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Attributes<'a> {
    const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn skip(&mut self, on: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(on).len();
    }

    fn take(&mut self, until: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let taken = rest.get(..rest.find(until).unwrap_or(rest.len()));
        let taken = taken.unwrap_or("");
        self.at += taken.len();
        taken
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Raw<'a>;

    fn next(&mut self) -> Option<Raw<'a>> {
        self.skip(|c| is_space(c) || c == '/');
        let at = self.at;
        let name = self.take(|c| is_space(c) || c == '=');
        let named = self.at;
        self.skip(is_space);
        if !self.rest().starts_with('=') {
            self.at = named;
            return (!name.is_empty()).then_some(Raw {
                name,
                value: None,
                at,
                sound: false,
                bare: true,
            });
        }
        self.at += 1;
        self.skip(is_space);
        let quote = self
            .rest()
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\''));
        let (value, sound) = match quote {
            Some(quote) => {
                self.at += 1;
                let value = self.take(|c| c == quote);
                let closed = !self.rest().is_empty();
                self.at += usize::from(closed);
                (value, closed)
            }
            None => (self.take(is_space), false),
        };
        Some(Raw {
            name,
            value: Some(value),
            at,
            sound: sound && !name.is_empty(),
            bare: quote.is_none() && !name.is_empty(),
        })
    }
}

/// What a reference between `&` and `;` stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) enum Reference {
    Character(char),
    /// A number of no character that XML may have.
    Bad,
    /// The name of an entity that is none of the five.
    Entity,
    /// No reference at all: an ampersand on its own.
    None,
}

/// Reads a reference.
pub(in crate::format) fn reference(name: &str) -> Reference {
    if let Some(number) = name.strip_prefix('#') {
        let (digits, radix) = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => (hexadecimal, 16),
            None => (number, 10),
        };
        if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
            return Reference::None;
        }
        let c = u32::from_str_radix(digits, radix).ok();
        return match c.and_then(char::from_u32).filter(|c| is_allowed(*c)) {
            Some(c) => Reference::Character(c),
            None => Reference::Bad,
        };
    }
    match name {
        "amp" => Reference::Character('&'),
        "lt" => Reference::Character('<'),
        "gt" => Reference::Character('>'),
        "quot" => Reference::Character('"'),
        "apos" => Reference::Character('\''),
        _ if name.starts_with(begins_name) && !name.contains(|c: char| !is_name_part(c)) => {
            Reference::Entity
        }
        _ => Reference::None,
    }
}

fn is_name_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | ':' | '-' | '.')
}

/// Whether XML may have the character at all.
pub(in crate::format) const fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}

/// A value with its references resolved; an unknown entity stays as it is written.
fn unescape<'a>(value: &'a str, at: usize, faults: &mut Faults<'_>) -> Cow<'a, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(start) = rest.find('&') {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let inner = from.get(1..).unwrap_or("");
        // No name is longer; without a bound each ampersand would be looked behind to the end.
        let near = inner.get(..inner.floor_char_boundary(64)).unwrap_or("");
        let name = near.find(';').and_then(|end| near.get(..end));
        let meaning = name.map_or(Reference::None, reference);
        match (meaning, name) {
            (Reference::Character(c), _) => out.push(c),
            (Reference::Bad, _) => out.push(char::REPLACEMENT_CHARACTER),
            (Reference::Entity, Some(name)) => {
                faults.entity(at, name);
                out.push('&');
                rest = inner;
                continue;
            }
            (Reference::Entity | Reference::None, _) => {
                out.push('&');
                rest = inner;
                continue;
            }
        }
        rest = inner.get(name.map_or(0, str::len) + 1..).unwrap_or("");
    }
    out.push_str(rest);
    Cow::Owned(out)
}
