//! Views: searches with a name, kept over sessions.
//!
//! The file is TOML and may be edited by hand: a `[[view]]` each with `name`, `query`, and where they differ from what is
//! usual `regex`, `pinyin` and `fold` (the switches that are on). What is not understood is told with its place, and
//! stays in the file when something else in it changes.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use toml::de::{DeTable, DeValue};
use toml::{Table, Value};

use super::atomic;
use crate::text::{FoldOptions, Switch};

/// A longer file is none of views, in bytes.
const MAX_FILE_BYTES: u64 = 4 << 20;

/// A search with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptView {
    /// As the reader called it.
    pub name: String,
    /// What is searched for.
    pub query: String,
    /// Whether it is a regular expression.
    pub regex: bool,
    /// Whether Latin letters are also read as pinyin.
    pub pinyin: bool,
    /// What does not count.
    pub fold: FoldOptions,
}

/// The views of a file, in their order, with one line for each thing that is wrong in it. A file that is not there has
/// none.
///
/// # Errors
/// When there is something at `path` that cannot be read.
pub fn load_views(path: &Path) -> io::Result<(Vec<KeptView>, Vec<String>)> {
    Ok(parse(&path.display().to_string(), &read(path)?))
}

/// Puts a view behind those of the file, or in the place of the one that has its name.
///
/// # Errors
/// When the file cannot be read or written, or is not one of views; it is as before then.
pub fn keep_view(path: &Path, view: &KeptView) -> io::Result<()> {
    change(path, |views| {
        let made = Value::Table(table(view));
        match views.iter_mut().find(|known| is_called(known, &view.name)) {
            Some(known) => *known = made,
            None => views.push(made),
        }
    })
}

/// Takes the view of this name out of the file.
///
/// # Errors
/// As [`keep_view`].
pub fn delete_view(path: &Path, name: &str) -> io::Result<()> {
    change(path, |views| views.retain(|known| !is_called(known, name)))
}

fn is_called(view: &Value, name: &str) -> bool {
    view.get("name").and_then(Value::as_str) == Some(name)
}

fn change(path: &Path, change: impl FnOnce(&mut Vec<Value>)) -> io::Result<()> {
    let text = read(path)?;
    let mut file: Table = toml::from_str(&text).map_err(|error| {
        let (line, column) = place(&text, error.span().map_or(0, |at| at.start));
        let said = error.message();
        io::Error::other(format!("{line}:{column}: {said}; mend the file"))
    })?;
    let views = file
        .entry("view")
        .or_insert_with(|| Value::Array(Vec::new()));
    let Value::Array(views) = views else {
        return Err(io::Error::other(
            "`view` is no list of tables; mend the file",
        ));
    };
    change(views);
    let written = toml::to_string(&file).map_err(io::Error::other)?;
    atomic::replace(path, written.as_bytes())
}

fn table(view: &KeptView) -> Table {
    let mut table = Table::new();
    table.insert("name".to_owned(), view.name.clone().into());
    table.insert("query".to_owned(), view.query.clone().into());
    if view.regex {
        table.insert("regex".to_owned(), true.into());
    }
    if !view.pinyin {
        table.insert("pinyin".to_owned(), false.into());
    }
    if view.fold != FoldOptions::default() {
        let on = Switch::ALL.into_iter().filter(|s| view.fold.get(*s));
        let on = on.map(|switch| Value::from(switch.name())).collect();
        table.insert("fold".to_owned(), Value::Array(on));
    }
    table
}

fn read(path: &Path) -> io::Result<String> {
    // Opening a pipe would wait for a writer, so what it is comes first.
    match fs::metadata(path) {
        Ok(meta) if meta.is_file() && meta.len() <= MAX_FILE_BYTES => {}
        Ok(meta) if meta.is_file() => return Err(io::Error::other("it is too long for views")),
        Ok(_) => return Err(io::Error::other("it is not a file")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(String::new()),
        Err(error) => return Err(error),
    }
    let mut text = String::new();
    File::open(path)?
        .take(MAX_FILE_BYTES)
        .read_to_string(&mut text)?;
    Ok(text)
}

/// Line and column, from 1, of a byte; columns in code points.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let column = before[start..].chars().count() + 1;
    (before.matches('\n').count() + 1, column)
}

fn parse(name: &str, text: &str) -> (Vec<KeptView>, Vec<String>) {
    let mut wrong = Vec::new();
    let mut tell = |at: usize, said: &str| {
        let (line, column) = place(text, at);
        wrong.push(format!("{name}:{line}:{column}: {said}"));
    };
    let (file, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let at = error.span().map_or(0, |at| at.start);
        tell(at, &format!("{}; mend the file", error.message()));
    }
    let mut views: Vec<KeptView> = Vec::new();
    for (key, value) in file.get_ref() {
        match value.get_ref() {
            DeValue::Array(all) if key.get_ref() == "view" => {
                for one in all.iter() {
                    let DeValue::Table(table) = one.get_ref() else {
                        tell(one.span().start, "a view is a table: [[view]]");
                        continue;
                    };
                    if let Some(view) = view(one.span().start, table, &mut tell)
                        && views.iter().all(|known| known.name != view.name)
                    {
                        views.push(view);
                    }
                }
            }
            _ => tell(
                key.span().start,
                &format!("“{}” means nothing here; views are [[view]]", key.get_ref()),
            ),
        }
    }
    (views, wrong)
}

fn view(at: usize, table: &DeTable<'_>, tell: &mut impl FnMut(usize, &str)) -> Option<KeptView> {
    let mut made = KeptView {
        name: String::new(),
        query: String::new(),
        regex: false,
        pinyin: true,
        fold: FoldOptions::default(),
    };
    let mut whole = true;
    for (key, value) in table {
        let start = value.span().start;
        match (&**key.get_ref(), value.get_ref()) {
            ("name", DeValue::String(name)) => made.name = name.to_string(),
            ("query", DeValue::String(query)) => made.query = query.to_string(),
            ("regex", DeValue::Boolean(on)) => made.regex = *on,
            ("pinyin", DeValue::Boolean(on)) => made.pinyin = *on,
            ("fold", DeValue::Array(names)) => {
                made.fold = FoldOptions::all(false);
                for name in names.iter() {
                    let switch = name.get_ref().as_str().and_then(Switch::from_name);
                    match switch {
                        Some(switch) => made.fold.set(switch, true),
                        None => tell(name.span().start, "there is no such switch of folding"),
                    }
                }
            }
            ("name" | "query", _) => {
                tell(start, "expected a string; put it in quotation marks");
                whole = false;
            }
            ("regex" | "pinyin", _) => tell(start, "expected true or false"),
            ("fold", _) => tell(start, "expected a list of switches, such as [\"width\"]"),
            (other, _) => tell(
                key.span().start,
                &format!("“{other}” means nothing in a view"),
            ),
        }
    }
    if whole && (made.name.is_empty() || made.query.is_empty()) {
        tell(at, "a view needs a name and a query");
        whole = false;
    }
    whole.then_some(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(name: &str, query: &str) -> KeptView {
        KeptView {
            name: name.to_owned(),
            query: query.to_owned(),
            regex: false,
            pinyin: true,
            fold: FoldOptions::default(),
        }
    }

    #[test]
    fn what_is_kept_is_found_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state").join("views.toml");
        assert_eq!(load_views(&path).expect("none"), (vec![], vec![]));
        let switched = KeptView {
            regex: true,
            pinyin: false,
            fold: FoldOptions {
                script: false,
                punctuation: true,
                ..FoldOptions::default()
            },
            ..view("年“份”", "[0-9]{4}\\d")
        };
        keep_view(&path, &view("乌镇", "乌镇 峰会")).expect("kept");
        keep_view(&path, &switched).expect("kept");
        keep_view(&path, &view("乌镇", "烏鎮")).expect("kept");
        let (views, wrong) = load_views(&path).expect("reads");
        assert_eq!(views, [view("乌镇", "烏鎮"), switched.clone()]);
        assert_eq!(wrong, [""; 0]);
        delete_view(&path, "乌镇").expect("deleted");
        assert_eq!(load_views(&path).expect("reads").0, [switched]);
    }

    #[test]
    fn what_is_wrong_has_its_place_and_is_not_lost() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("views.toml");
        let text = "\
[[view]]
name = \"甲\"
query = 1
[[view]]
name = \"乙\"
query = \"乌镇\"
colour = \"red\"
fold = [\"width\", \"wide\"]
[[view]]
name = \"丙\"
";
        fs::write(&path, text).expect("written");
        let (views, wrong) = load_views(&path).expect("reads");
        assert_eq!(views.len(), 1);
        let wrong: Vec<&str> = wrong
            .iter()
            .map(|said| {
                said.rsplit_once('/')
                    .map_or(said.as_str(), |(_, said)| said)
            })
            .collect();
        let mut sorted = wrong.clone();
        sorted.sort_unstable();
        assert_eq!(
            sorted,
            [
                "views.toml:3:9: expected a string; put it in quotation marks",
                "views.toml:7:1: “colour” means nothing in a view",
                "views.toml:8:18: there is no such switch of folding",
                "views.toml:9:1: a view needs a name and a query",
            ]
        );
        keep_view(&path, &view("丁", "王正")).expect("kept");
        let text = fs::read_to_string(&path).expect("reads");
        for kept in ["甲", "colour", "丙", "王正"] {
            assert!(text.contains(kept), "{kept}");
        }
    }

    #[test]
    fn a_file_that_is_no_toml_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("views.toml");
        for text in ["[[view]\nname = 1", "view = 3\n", "\u{0}"] {
            fs::write(&path, text).expect("written");
            assert!(!load_views(&path).expect("reads").1.is_empty(), "{text}");
            keep_view(&path, &view("甲", "乙")).expect_err("is not one of views");
            assert_eq!(fs::read_to_string(&path).expect("reads"), text);
        }
    }
}
