//! Keys and values of a native file: each with its place, each wrong one a fault that drops only itself.

use crate::format::code::Code;
use std::ops::Range;

use serde_spanned::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::quote::Quote;
use crate::format::report::{Lines, Report};
use crate::text::nearest;

/// A value of a wrong type; it is reported already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wrong;

/// A string and where it stands in the file, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) at: usize,
    pub(super) text: String,
}

/// A table of the file.
#[derive(Clone, Copy)]
pub(super) struct Fields<'d, 'i> {
    pub(super) table: &'d DeTable<'i>,
    /// Where it begins, in bytes.
    pub(super) at: usize,
    /// How messages call it: `[[entity]]`; empty for the top of the file.
    pub(super) what: &'static str,
}

impl<'d, 'i> Fields<'d, 'i> {
    fn get(self, key: &str) -> Option<&'d Spanned<DeValue<'i>>> {
        self.table.get(key)
    }

    /// Whether there is such a value.
    pub(super) fn is(self, key: &str, fits: impl Fn(&DeValue<'_>) -> bool) -> bool {
        self.get(key).is_some_and(|value| fits(value.get_ref()))
    }

    /// A key as messages call it.
    pub(super) fn name(self, key: &str) -> String {
        if self.what.is_empty() {
            format!("`{key}`")
        } else {
            format!("`{key}` of {}", self.what)
        }
    }
}

/// Reads values and reports what is wrong with them.
pub(super) struct Reader<'t, 'r> {
    lines: Lines<'t>,
    report: &'r mut Report,
}

impl<'t, 'r> Reader<'t, 'r> {
    pub(super) fn new(text: &'t str, report: &'r mut Report) -> Self {
        Self {
            lines: Lines::new(text),
            report,
        }
    }

    pub(super) fn tell(&mut self, code: Code, at: usize, message: String, remedy: String) {
        let place = self.lines.place(at);
        self.report.add(code, place, message, remedy);
    }

    /// Reports the keys that are not among `known`; `top` are those of the head of the file.
    pub(super) fn keys(&mut self, fields: Fields<'_, '_>, known: &[&str], top: &[&str]) {
        for key in fields.table.keys() {
            let name = key.get_ref().as_ref();
            if known.contains(&name) {
                continue;
            }
            let remedy = if top.contains(&name) {
                "if it is the article's, move it above the first [[…]]".to_owned()
            } else {
                match nearest(name, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("delete it; there are {}", known.join(", ")),
                }
            };
            let message = format!("there is no key {}", fields.name(name));
            self.tell(Code::UNKNOWN_KEY, key.span().start, message, remedy);
        }
    }

    fn wrong(
        &mut self,
        fields: Fields<'_, '_>,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        want: &str,
    ) -> Wrong {
        let found = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().to_owned(),
            other if other.type_str().starts_with(['a', 'i']) => format!("an {}", other.type_str()),
            other => format!("a {}", other.type_str()),
        };
        let message = format!("{} should be {want}, and is {found}", fields.name(key));
        let remedy = format!("write {want}");
        self.tell(Code::WRONG_TYPE, value.span().start, message, remedy);
        Wrong
    }

    /// A string.
    pub(super) fn string(
        &mut self,
        fields: Fields<'_, '_>,
        key: &str,
    ) -> Result<Option<Placed>, Wrong> {
        let Some(value) = fields.get(key) else {
            return Ok(None);
        };
        match value.get_ref() {
            DeValue::String(text) => Ok(Some(placed(&value.span(), text))),
            _ => Err(self.wrong(fields, key, value, "a string in quotes")),
        }
    }

    /// A string, a date or a number, as it is written.
    pub(super) fn written(
        &mut self,
        fields: Fields<'_, '_>,
        key: &str,
    ) -> Result<Option<Placed>, Wrong> {
        let Some(value) = fields.get(key) else {
            return Ok(None);
        };
        match scalar(value.get_ref()) {
            Some(text) => Ok(Some(placed(&value.span(), &text))),
            None => Err(self.wrong(fields, key, value, "a string in quotes")),
        }
    }

    /// A string that must be there and not be blank.
    pub(super) fn needed(&mut self, fields: Fields<'_, '_>, key: &str) -> Option<Placed> {
        let found = self.string(fields, key).ok()?;
        self.filled(fields, key, found)
    }

    fn filled(
        &mut self,
        fields: Fields<'_, '_>,
        key: &str,
        found: Option<Placed>,
    ) -> Option<Placed> {
        let (at, what) = match found {
            Some(found) if !found.text.trim().is_empty() => return Some(found),
            Some(found) => (found.at, "is empty"),
            None => (fields.at, "is missing"),
        };
        let message = format!("{} {what}", fields.name(key));
        let remedy = format!("give it as {key} = \"…\", or delete the entry");
        self.tell(Code::MISSING, at, message, remedy);
        None
    }

    /// Strings in an array, or one string alone. A member that is no string is dropped.
    pub(super) fn strings(
        &mut self,
        fields: Fields<'_, '_>,
        key: &str,
    ) -> Result<Vec<Placed>, Wrong> {
        let Some(value) = fields.get(key) else {
            return Ok(Vec::new());
        };
        match value.get_ref() {
            DeValue::String(text) => Ok(vec![placed(&value.span(), text)]),
            DeValue::Array(members) => Ok(self.members(fields, key, members)),
            _ => Err(self.wrong(fields, key, value, "an array of strings")),
        }
    }

    fn members(&mut self, fields: Fields<'_, '_>, key: &str, members: &DeArray<'_>) -> Vec<Placed> {
        let mut out = Vec::new();
        for member in members.iter() {
            match member.get_ref() {
                DeValue::String(text) => out.push(placed(&member.span(), text)),
                _ => {
                    self.wrong(fields, key, member, "a string in quotes");
                }
            }
        }
        out
    }

    /// One whole number or several, from 0, with their place; nothing when they are missing or wrong.
    pub(super) fn numbers(
        &mut self,
        fields: Fields<'_, '_>,
        key: &str,
    ) -> Option<(usize, Vec<u64>)> {
        let value = fields.get(key)?;
        let number = |value: &DeValue<'_>| match value {
            DeValue::Integer(n) => u64::from_str_radix(n.as_str(), n.radix()).ok(),
            _ => None,
        };
        let found: Option<Vec<u64>> = match value.get_ref() {
            DeValue::Array(members) => members.iter().map(|m| number(m.get_ref())).collect(),
            one => number(one).map(|one| vec![one]),
        };
        if found.is_none() {
            self.wrong(fields, key, value, "whole numbers from 0");
        }
        Some((value.span().start, found?))
    }

    /// A table.
    pub(super) fn table<'d, 'i>(
        &mut self,
        fields: Fields<'d, 'i>,
        key: &str,
        what: &'static str,
    ) -> Option<Fields<'d, 'i>> {
        let value = fields.get(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(Fields {
                table,
                at: value.span().start,
                what,
            }),
            _ => {
                self.wrong(fields, key, value, "a table");
                None
            }
        }
    }

    /// What was found so far.
    pub(super) const fn report(&self) -> &Report {
        self.report
    }

    /// The quotation under `key`, with `occurrence` beside it; nothing when it is missing or wrong.
    pub(super) fn quote(&mut self, fields: Fields<'_, '_>, key: &str) -> Option<Quote> {
        let at = fields
            .get(key)
            .map_or(fields.at, |value| value.span().start);
        let parts = match fields.get(key).map(Spanned::get_ref) {
            Some(DeValue::Array(members)) => {
                let parts = self.members(fields, key, members);
                // With a fragment dropped the rest would be another place.
                if parts.len() != members.len() {
                    return None;
                }
                parts
            }
            _ => self.string(fields, key).ok()?.into_iter().collect(),
        };
        if parts.is_empty() || parts.iter().any(|part| part.text.is_empty()) {
            let empty = parts.iter().find(|part| part.text.is_empty()).cloned();
            return self.filled(fields, key, empty).and(None);
        }
        let occurrence = self.occurrence(fields).ok()?;
        Some(Quote {
            at,
            parts: parts.into_iter().map(|part| part.text).collect(),
            occurrence,
        })
    }

    fn occurrence(&mut self, fields: Fields<'_, '_>) -> Result<usize, Wrong> {
        const KEY: &str = "occurrence";
        let Some(value) = fields.get(KEY) else {
            return Ok(1);
        };
        let number = match value.get_ref() {
            DeValue::Integer(n) => usize::from_str_radix(n.as_str(), n.radix()).ok(),
            _ => None,
        };
        let number = number.filter(|n| *n > 0);
        number.ok_or_else(|| self.wrong(fields, KEY, value, "a whole number from 1"))
    }

    /// A table of properties, in the order of the file. `true` is a property without value.
    pub(super) fn attributes(&mut self, fields: Fields<'_, '_>) -> Vec<(String, Option<String>)> {
        const KEY: &str = "attributes";
        let Some(value) = fields.get(KEY) else {
            return Vec::new();
        };
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong(fields, KEY, value, "a table: { name = \"value\" }");
            return Vec::new();
        };
        let mut found = Vec::new();
        for (name, value) in table {
            let kept = match value.get_ref() {
                DeValue::Boolean(true) => None,
                value => scalar(value),
            };
            if kept.is_none() && !value.get_ref().is_bool() {
                self.wrong(
                    fields,
                    KEY,
                    value,
                    "a string, a number, a date, true or false",
                );
            } else {
                found.push((name.span().start, (name.get_ref().to_string(), kept)));
            }
        }
        found.sort_by_key(|(at, _)| *at);
        found.into_iter().map(|(_, pair)| pair).collect()
    }

    /// The tables under `key`, in the order of the file: `[[key]]`, or an array of inline tables.
    pub(super) fn tables<'d, 'i>(
        &mut self,
        fields: Fields<'d, 'i>,
        key: &str,
        what: &'static str,
    ) -> Vec<Fields<'d, 'i>> {
        let Some(value) = fields.get(key) else {
            return Vec::new();
        };
        let want = if what.starts_with('[') {
            what
        } else {
            "an array of tables"
        };
        let DeValue::Array(members) = value.get_ref() else {
            self.wrong(fields, key, value, want);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for member in members.iter() {
            match member.get_ref() {
                DeValue::Table(table) => tables.push(Fields {
                    table,
                    at: member.span().start,
                    what,
                }),
                _ => {
                    self.wrong(fields, key, member, want);
                }
            }
        }
        tables
    }
}

fn placed(span: &Range<usize>, text: &str) -> Placed {
    Placed {
        at: span.start,
        text: text.to_owned(),
    }
}

fn scalar(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(n) => Some(n.to_string()),
        DeValue::Float(n) => Some(n.to_string()),
        DeValue::Boolean(b) => Some(b.to_string()),
        DeValue::Datetime(date) => Some(date.to_string()),
        DeValue::Array(_) | DeValue::Table(_) => None,
    }
}
