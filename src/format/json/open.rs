//! A record opened for a format: its values, and a way to tell what is wrong with them.

use super::escape;
use super::parse::parse;
use super::split::split_text;
use super::tree::{Sort, Tree, Value};
use crate::article::Meta;
use crate::format::code::Code;
use crate::format::entry::{Confidence, Look, Source, WriteOptions};
use crate::format::read::ReadError;
use crate::format::record::Made;
use crate::format::report::{Lines, Report, short};

/// So many records at the start of a file say what its format is.
const FEW: usize = 8;

/// Whether a file begins as one of records does.
pub(in crate::format) fn begins(look: &Look<'_>) -> bool {
    let start = look.start.trim_start();
    let list = start.strip_prefix('[').map(str::trim_start);
    list.unwrap_or(start).starts_with('{')
}

/// How sure it is that records have the form of a format, by those at the start of a file; each record is asked, and
/// the surest counts. Of one that is cut a guess does not count: what tells more may stand behind.
pub(in crate::format) fn fits(
    look: &Look<'_>,
    of: impl Fn(Value<'_>) -> Option<Confidence>,
) -> Option<Confidence> {
    if !begins(look) {
        return None;
    }
    let split = split_text(look.start, Report::new(look.name));
    let stretches = || split.records.iter().flat_map(|r| r.stretches());
    // The last may be cut.
    let all = stretches().count();
    let sound = if look.whole {
        all
    } else {
        all.saturating_sub(1)
    };
    let (mut best, mut tells_nothing) = (None, true);
    for (index, stretch) in stretches().take(sound.max(1)).enumerate() {
        if best > Some(Confidence::Guess) && index >= FEW || index == FEW && !tells_nothing {
            break;
        }
        let text = look.start.get(stretch.start..stretch.end).unwrap_or("");
        let (tree, _) = parse(text);
        let Some(record) = tree.root() else {
            continue;
        };
        tells_nothing &= is_bare(record);
        let found = of(record).filter(|found| sound > 0 || *found > Confidence::Guess);
        best = best.max(found);
    }
    best
}

/// What is found in a value that is written alone; faults in it are passed over.
pub(in crate::format) fn with_root<T>(
    text: &str,
    of: impl FnOnce(Value<'_>) -> Option<T>,
) -> Option<T> {
    parse(text).0.root().and_then(of)
}

/// What the start of a file shows of its first record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) enum Seen {
    /// It may be of a format, and was not seen whole.
    Part,
    /// It is mere text, which others may tell more about.
    Bare,
    /// It is of no format.
    Other,
}

/// Looks at the first record of a file that no format has recognised.
pub(in crate::format) fn seen(look: &Look<'_>) -> Seen {
    let split = split_text(look.start, Report::new(look.name));
    let mut stretches = split.records.iter().flat_map(|r| r.stretches());
    let Some(first) = stretches.next() else {
        return Seen::Other;
    };
    let is_whole = stretches.next().is_some();
    let text = look.start.get(first.start..first.end).unwrap_or("");
    let (tree, _) = parse(text);
    match tree.root() {
        Some(record) if is_whole && is_bare(record) => Seen::Bare,
        Some(record) if !is_whole && may_fit(record) => Seen::Part,
        _ => Seen::Other,
    }
}

/// The records of a start of a file that tell something, one after another: mere texts are left out but for the first
/// two, so that many of them are taken apart once and not by each format. The last stays where it may be cut.
pub(in crate::format) fn telling(start: &str, whole: bool) -> String {
    let split = split_text(start, Report::new(""));
    let stretches = || split.records.iter().flat_map(|r| r.stretches());
    let last = stretches().count().saturating_sub(1);
    let mut out = String::new();
    let mut others = 0;
    for (index, stretch) in stretches().enumerate() {
        let text = start.get(stretch.start..stretch.end).unwrap_or("");
        let is_cut = index == last && !whole;
        let is_told = others <= FEW && !parse(text).0.root().is_none_or(is_bare);
        others += usize::from(is_told);
        if index < 2 || is_told || is_cut {
            out.push_str(text);
            out.push('\n');
        }
    }
    out
}

/// Whether a record that was not seen whole may be of a format: it has a key that one knows, or tells little so far.
fn may_fit(record: Value<'_>) -> bool {
    const LISTS: [&str; 12] = [
        "annotations",
        "completions",
        "predictions",
        "event_list",
        "@context",
        "spans",
        "ents",
        "entities",
        "tokens",
        "label",
        "labels",
        "relations",
    ];
    let is_known = |(key, value): (Value<'_>, Value<'_>)| match key.raw() {
        "text" => value.sort() == Sort::Text,
        "data" => matches!(value.sort(), Sort::Text | Sort::Object),
        "type" => value
            .text()
            .is_some_and(|said| said.starts_with("Annotation")),
        key => LISTS.contains(&key),
    };
    let holds_more = |value: Value<'_>| matches!(value.sort(), Sort::Array | Sort::Object);
    record.members().any(is_known)
        || !record
            .members()
            .any(|(key, value)| holds_more(value) && key.raw() != "meta")
}

/// Whether a record is a text without annotations, so that others must tell what the format is.
pub(in crate::format) fn is_bare(record: Value<'_>) -> bool {
    let is_text = |value: Value<'_>| value.sort() == Sort::Text;
    record.get("text").is_some_and(is_text)
        && record.members().all(|(key, value)| {
            matches!(key.raw(), "text" | "id" | "title")
                && matches!(value.sort(), Sort::Text | Sort::Number)
                || key.raw() == "meta" && value.sort() == Sort::Object
                || value.is_null()
        })
}

/// Takes what is wrong with a record.
pub(in crate::format) struct Teller<'a> {
    report: Report,
    lines: Lines<'a>,
}

/// Opens a record. What breaks the syntax is told already, and keys that are given twice.
///
/// # Errors
/// For a record of 4 GiB.
pub(in crate::format) fn open<'a>(
    source: &Source<'a>,
) -> Result<(Tree<'a>, Teller<'a>), ReadError> {
    let (text, _) = source.part();
    if u32::try_from(text.len()).is_err() {
        let message = "a record has 4 GiB or more";
        return Err(ReadError::whole(
            &source.file.name,
            message,
            "split the file",
        ));
    }
    let mut teller = Teller {
        report: source.report(),
        lines: source.lines(),
    };
    let (tree, faults) = parse(text);
    for (at, wrong) in faults {
        let (code, message, remedy) = wrong.said();
        teller.tell(code, at, message, remedy);
    }
    for key in tree.repeated() {
        let message = format!(
            "the key “{}” is given twice in one object",
            short(key.raw())
        );
        let remedy = "keep one of them: programs differ in which of the two counts";
        teller.tell(Code::DUPLICATE_KEY, key.start(), message, remedy);
    }
    Ok((tree, teller))
}

impl<'a> Teller<'a> {
    /// Enters a fault at a byte of the record.
    pub(in crate::format) fn tell(
        &mut self,
        code: Code,
        at: usize,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.report.add(code, self.lines.place(at), message, remedy);
    }

    /// Enters that a value is of another type than it must be: `“labels” is a string and must be a list`.
    pub(in crate::format) fn wrong_type(&mut self, value: Value<'_>, what: &str, wanted: &str) {
        let found = value.sort().name();
        let message = format!("{what} is {found} and must be {wanted}");
        let remedy = format!("write {wanted}");
        self.tell(Code::WRONG_TYPE, value.start(), message, remedy);
    }

    /// What a list holds. Anything else but null is a fault.
    pub(in crate::format) fn list<'v>(
        &mut self,
        value: Option<Value<'v>>,
        what: &str,
    ) -> impl Iterator<Item = Value<'v>> + use<'v> {
        if let Some(value) = value
            && !matches!(value.sort(), Sort::Array | Sort::Null)
        {
            self.wrong_type(value, what, "a list");
        }
        value.into_iter().flat_map(Value::items)
    }

    /// The text of a record under one of these keys, of which the first is the usual one. That there is none is told.
    pub(in crate::format) fn text<'v>(
        &mut self,
        record: Value<'v>,
        keys: &[&str],
    ) -> std::borrow::Cow<'v, str> {
        let usual = keys.first().copied().unwrap_or_default();
        let Some(value) = keys.iter().find_map(|key| record.get(key)) else {
            let message = format!("the record has no text: there is no “{usual}”");
            let remedy = format!("add “{usual}” with the text that was annotated");
            self.tell(Code::MISSING, record.start(), message, remedy);
            return "".into();
        };
        value.text().unwrap_or_else(|| {
            self.wrong_type(value, &format!("“{usual}”"), "a string");
            "".into()
        })
    }

    /// What was told.
    pub(in crate::format) fn finish(self) -> Report {
        self.report
    }
}

/// What an object says about the article as a whole.
pub(in crate::format) fn told_meta(object: Value<'_>, meta: &mut Meta) {
    for (key, value) in object.members() {
        let Some(said) = value.text().filter(|said| !said.trim().is_empty()) else {
            continue;
        };
        let field = match key.raw() {
            "name" => &mut meta.name,
            "title" => &mut meta.title,
            "date" => &mut meta.date,
            "source" => &mut meta.source,
            "page" => &mut meta.page,
            "section" => &mut meta.section,
            "language" => &mut meta.language,
            "continues" => &mut meta.continues,
            _ => continue,
        };
        *field = said.into_owned();
    }
}

/// The members of an object for [`told_meta`], without the title, which every article has; empty when nothing is known.
pub(in crate::format) fn write_meta(meta: &Meta, options: &WriteOptions) -> String {
    let mut out = String::new();
    // A name that is a number is the id.
    let name = if is_id(&meta.name) || !options.named {
        ""
    } else {
        &meta.name
    };
    for (key, value) in [
        ("name", name),
        ("date", meta.date.as_str()),
        ("source", meta.source.as_str()),
        ("page", meta.page.as_str()),
        ("section", meta.section.as_str()),
        ("language", meta.language.as_str()),
        ("continues", meta.continues.as_str()),
    ] {
        if !value.is_empty() {
            if !out.is_empty() {
                out.push_str(", ");
            }
            out.push_str(&format!("\"{key}\": "));
            escape::string(&mut out, value);
        }
    }
    out
}

/// Names an article by the id of its record.
pub(in crate::format) fn own_name(record: Value<'_>, made: &mut Made) {
    let id = record.get("id").and_then(Value::word);
    if let Some(id) = id.filter(|id| !id.is_empty()) {
        made.meta.name = id.into_owned();
    }
}

/// The id of an article as a member of its record, with the comma behind it; nothing when its name is no number.
pub(in crate::format) fn write_id(meta: &Meta) -> String {
    if !is_id(&meta.name) {
        return String::new();
    }
    format!("\"id\": {}, ", meta.name)
}

/// Whether a name can be a number as an id: without zeros before it.
fn is_id(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_digit())
        && (name.len() == 1 || !name.starts_with('0'))
}
