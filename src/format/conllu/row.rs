//! Lines of ten columns, and the values of the last.

use std::borrow::Cow;

use crate::format::column::{NAMELESS, parse_tag};

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Id {
    /// A word, by its number in the sentence.
    Word(u32),
    /// Words that are written as one: `3-4`.
    Range(u32, u32),
    /// A word that is not written: `3.1`.
    Empty,
}

/// A line taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row<'t> {
    pub(super) id: Id,
    pub(super) form: &'t str,
    pub(super) misc: &'t str,
    /// Byte of the line at which MISC begins.
    pub(super) misc_at: usize,
}

/// Why a line is none, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bad<'t> {
    pub(super) at: usize,
    pub(super) why: String,
    /// What can be read of it all the same.
    pub(super) form: Option<&'t str>,
}

/// Takes a line apart.
pub(super) fn parse(line: &str) -> Result<Row<'_>, Bad<'_>> {
    let (mut id, mut form, mut misc, mut misc_at, mut columns) = ("", None, "", 0, 0);
    let mut start = 0;
    for end in memchr::memchr_iter(b'\t', line.as_bytes()).chain([line.len()]) {
        let value = line.get(start..end).unwrap_or("");
        match columns {
            0 => id = value,
            1 => form = Some(value),
            9 => (misc, misc_at) = (value, start),
            _ => {}
        }
        columns += 1;
        start = end + 1;
    }
    let bad = |at, why| Err(Bad { at, why, form });
    if columns != 10 {
        return bad(
            0,
            format!("the line has {columns} columns; expected 10, parted by tabs"),
        );
    }
    let Some(id) = read_id(id) else {
        let why = "the line begins with no word number; expected one such as 3, 3-4 or 3.1";
        return bad(0, why.to_owned());
    };
    match form {
        Some(form) if !form.is_empty() => Ok(Row {
            id,
            form,
            misc,
            misc_at,
        }),
        _ => bad(
            misc_at.min(line.find('\t').map_or(0, |at| at + 1)),
            "the word has no form".to_owned(),
        ),
    }
}

fn read_id(id: &str) -> Option<Id> {
    if let Some((from, to)) = id.split_once('-') {
        let (from, to) = (from.parse().ok()?, to.parse().ok()?);
        return (from <= to).then_some(Id::Range(from, to));
    }
    if let Some((before, number)) = id.split_once('.') {
        before.parse::<u32>().ok()?;
        number.parse::<u32>().ok()?;
        return Some(Id::Empty);
    }
    id.parse().ok().map(Id::Word)
}

/// What MISC says that is needed here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Misc<'t> {
    /// The value of `Entity=` with brackets.
    pub(super) entity: Option<&'t str>,
    /// A tag, in `NER=` or the like.
    pub(super) tag: Option<&'t str>,
    no_space: bool,
    after: Option<&'t str>,
    pub(super) before: Option<&'t str>,
}

impl<'t> Misc<'t> {
    pub(super) fn read(misc: &'t str) -> Self {
        let mut found = Self::default();
        for pair in misc.split('|') {
            let Some((key, value)) = pair.split_once('=') else {
                continue;
            };
            match key {
                "SpaceAfter" => found.no_space = value == "No",
                "SpacesAfter" => found.after = Some(value),
                "SpacesBefore" => found.before = Some(value),
                "Entity" if value.contains(['(', ')']) => found.entity = Some(value),
                "Entity" | "NER" | "NE" | "ner" | "ne" => found.tag = Some(value),
                // Some treebanks have `NamedEntity=Yes`, which says of a word alone that it is in a name.
                "NamedEntity" if is_tag(value) => found.tag = found.tag.or(Some(value)),
                _ => {}
            }
        }
        found
    }

    /// What stands behind the word.
    pub(super) fn gap(&self) -> Cow<'t, str> {
        match self.after {
            Some(spaces) => unescape(spaces),
            None if self.no_space => Cow::Borrowed(""),
            None => Cow::Borrowed(" "),
        }
    }
}

/// Whether a value is a tag beyond doubt: `O`, or a letter and a label.
pub(super) fn is_tag(value: &str) -> bool {
    parse_tag(value).is_some_and(|tag| tag.label != NAMELESS)
}

/// Whether a key of MISC is read here, whatever its value.
pub(super) fn is_read(key: &str) -> bool {
    matches!(
        key,
        "SpaceAfter"
            | "SpacesAfter"
            | "SpacesBefore"
            | "Entity"
            | "NER"
            | "NE"
            | "ner"
            | "ne"
            | "NamedEntity"
    )
}

/// Spaces as UDPipe writes them: `\s`, `\t`, `\n`, `\r`, `\p` for `|`, `\\`.
pub(super) fn unescape(spaces: &str) -> Cow<'_, str> {
    if !spaces.contains('\\') {
        return Cow::Borrowed(spaces);
    }
    let mut out = String::with_capacity(spaces.len());
    let mut chars = spaces.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('s') => out.push(' '),
            Some('t') => out.push('\t'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('p') => out.push('|'),
            Some(c) => out.push(c),
            None => out.push('\\'),
        }
    }
    Cow::Owned(out)
}

/// The way back.
pub(super) fn escape(spaces: &str) -> String {
    let mut out = String::with_capacity(spaces.len() * 2);
    for c in spaces.chars() {
        match c {
            ' ' => out.push_str("\\s"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '|' => out.push_str("\\p"),
            '\\' => out.push_str("\\\\"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_ten_columns() {
        let line = |id: &str| format!("{id}\t水\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|NER=B-X");
        for (id, want) in [
            ("3", Some(Id::Word(3))),
            ("3-4", Some(Id::Range(3, 4))),
            ("4-3", None),
            ("3.1", Some(Id::Empty)),
            ("x", None),
            ("", None),
        ] {
            let line = line(id);
            assert_eq!(parse(&line).ok().map(|row| row.id), want, "{id}");
        }
        let line = line("1");
        let row = parse(&line).unwrap();
        assert_eq!(line.get(row.misc_at..), Some(row.misc));
        let misc = Misc::read(row.misc);
        assert_eq!((misc.tag, misc.gap().as_ref()), (Some("B-X"), ""));
        assert_eq!(parse("1\t水").unwrap_err().form, Some("水"));
    }

    #[test]
    fn tags_have_several_keys_and_a_bare_word_is_none() {
        for (misc, want) in [
            ("NamedEntity=B-PER", Some("B-PER")),
            ("NamedEntity=O", Some("O")),
            ("NamedEntity=B-PER|NER=B-LOC", Some("B-LOC")),
            ("NER=B-LOC|NamedEntity=B-PER", Some("B-LOC")),
            ("NamedEntity=Yes", None),
            ("NamedEntity=S", None),
            ("NE=place", Some("place")),
            ("_", None),
        ] {
            assert_eq!(Misc::read(misc).tag, want, "{misc}");
        }
    }

    #[test]
    fn spaces_are_escaped_and_back() {
        for spaces in ["", " ", "\n\t ", "　", "\\|\r"] {
            assert_eq!(unescape(&escape(spaces)), spaces);
        }
    }
}
