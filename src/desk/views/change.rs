//! Changing the text of a file of views, so that all of it that is not about the view stays as it was written:
//! comments, blank lines, the order, keys that are not known.
//!
//! What comes out is read again, and must say what was meant; else the file is left to its owner.

use std::io;
use std::ops::Range;

use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use super::{KeptView, read_view};
use crate::text::{FoldOptions, Switch};

/// A part of the text, and what comes in its place.
type Edit = (Range<usize>, String);

/// The text with a view behind the others, or in the place of the first of its name.
pub(super) fn kept(text: &str, view: &KeptView) -> io::Result<String> {
    let (mut made, mut meant) = (text.to_owned(), Meaning::of(text)?);
    let document = parsed(text)?;
    let known = views(&document)?
        .iter()
        .position(|one| is_called(one, &view.name));
    let known = known.and_then(|n| Some((n, views(&document).ok()?.get(n)?)));
    let Some((n, table)) = known else {
        if !made.is_empty() {
            made.push_str(if made.ends_with('\n') { "\n" } else { "\n\n" });
        }
        made.push_str("[[view]]\n");
        let mut added = Table::new();
        for (key, value) in keys(view)
            .into_iter()
            .filter_map(|(key, value, usual)| (!usual).then_some((key, value)))
        {
            made.push_str(&format!("{key} = {value}\n"));
            added.insert(key.to_owned(), value);
        }
        meant.views.push(added.into());
        return checked(made, &meant);
    };
    let DeValue::Table(written) = table.get_ref() else {
        return Err(by_hand());
    };
    let before = read_view(table.span().start, written, &mut |_, _| {});
    let mut edits = Vec::new();
    let mut behind = String::new();
    let meant_of = meant
        .views
        .get_mut(n)
        .and_then(Value::as_table_mut)
        .ok_or_else(by_hand)?;
    let before = before.map(|before| keys(&before));
    for (at, (key, value, usual)) in keys(view).into_iter().enumerate() {
        let was = before.as_ref().and_then(|before| before.get(at));
        if was.is_some_and(|(_, was, _)| *was == value) {
            continue;
        }
        match written.get(key) {
            Some(old) => edits.push((old.span(), value.to_string())),
            None if usual => continue,
            None => behind.push_str(&format!("\n{key} = {value}")),
        }
        meant_of.insert(key.to_owned(), value);
    }
    let name = written.get("name").ok_or_else(by_hand)?.span().end;
    let line = line_end(text, name);
    edits.push((line..line, behind));
    checked(edited(text, edits), &meant)
}

/// The text without the views of a name. Comments above them stay, as they may be about more.
pub(super) fn without(text: &str, name: &str) -> io::Result<String> {
    let mut meant = Meaning::of(text)?;
    meant
        .views
        .retain(|view| view.get("name").and_then(Value::as_str) != Some(name));
    let document = parsed(text)?;
    let mut edits = Vec::new();
    for table in views(&document)?.iter().filter(|one| is_called(one, name)) {
        let end = line_end(text, end_of(table));
        let rest = text.get(end..).unwrap_or("");
        // The blank lines behind it are one with those before it.
        let blank = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        edits.push((table.span().start..end + blank, String::new()));
    }
    checked(edited(text, edits), &meant)
}

/// The keys of a view as they are written, each with whether it is what is usual and may be left out.
fn keys(view: &KeptView) -> [(&'static str, Value, bool); 5] {
    let on = Switch::ALL
        .into_iter()
        .filter(|switch| view.fold.get(*switch));
    let on = on.map(|switch| Value::from(switch.name())).collect();
    [
        ("name", view.name.clone().into(), false),
        ("query", view.query.clone().into(), false),
        ("regex", view.regex.into(), !view.regex),
        ("pinyin", view.pinyin.into(), view.pinyin),
        (
            "fold",
            Value::Array(on),
            view.fold == FoldOptions::default(),
        ),
    ]
}

fn is_called(view: &Spanned<DeValue<'_>>, name: &str) -> bool {
    view.get_ref()
        .get("name")
        .and_then(|name| name.get_ref().as_str())
        == Some(name)
}

fn parsed(text: &str) -> io::Result<Spanned<DeTable<'_>>> {
    DeTable::parse(text).map_err(|error| io::Error::other(error.message().to_owned()))
}

fn views<'a, 'i>(document: &'a Spanned<DeTable<'i>>) -> io::Result<&'a [Spanned<DeValue<'i>>]> {
    match document.get_ref().get("view").map(Spanned::get_ref) {
        None => Ok(&[]),
        Some(DeValue::Array(all)) => Ok(all),
        Some(_) => Err(io::Error::other(
            "`view` is no list of tables; mend the file",
        )),
    }
}

/// What a text says: of everything but views, and of these with all their keys.
#[derive(PartialEq)]
struct Meaning {
    rest: Table,
    views: Vec<Value>,
}

impl Meaning {
    fn of(text: &str) -> io::Result<Self> {
        parsed(text)?;
        let mut rest: Table = toml::from_str(text).map_err(io::Error::other)?;
        let views = match rest.remove("view") {
            Some(Value::Array(views)) => views,
            _ => Vec::new(),
        };
        Ok(Self { rest, views })
    }
}

/// A text that says what was meant.
fn checked(made: String, meant: &Meaning) -> io::Result<String> {
    match Meaning::of(&made) {
        Ok(says) if says == *meant => Ok(made),
        _ => Err(by_hand()),
    }
}

fn by_hand() -> io::Error {
    io::Error::other("its views are not written as [[view]]; change it by hand")
}

/// Where a value ends, with all that it holds.
fn end_of(value: &Spanned<DeValue<'_>>) -> usize {
    let own = value.span().end;
    match value.get_ref() {
        DeValue::Table(table) => table.values().map(end_of).fold(own, usize::max),
        DeValue::Array(all) => all.iter().map(end_of).fold(own, usize::max),
        _ => own,
    }
}

/// The end of the line in which a byte stands, before its line end.
fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    at + rest.find(['\r', '\n']).unwrap_or(rest.len())
}

fn edited(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(at, _)| at.start);
    let mut made = text.to_owned();
    for (at, new) in edits.into_iter().rev() {
        if made.get(at.clone()).is_some() {
            made.replace_range(at, &new);
        }
    }
    made
}
