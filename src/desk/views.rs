//! Views: searches with a name, kept over sessions.
//!
//! The file is TOML and may be edited by hand: a `[[view]]` each with `name`, `query`, and where they differ from what is
//! usual `regex`, `pinyin` and `fold` (the switches that are on). What is not understood is told with its place. When a
//! view changes, everything else stays in the file as it is written.

mod change;

use std::io;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::atomic;
use super::file::read_text;
use super::toml_faults::{Broken, told};
use crate::text::{FoldOptions, Switch, line_and_column};

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
    let text = read_text(path, MAX_FILE_BYTES)?;
    Ok(parse(&path.display().to_string(), &text))
}

/// Puts a view behind those of the file, or in the place of the one that has its name.
///
/// # Errors
/// When the file cannot be read or written, or is not one of views; it is as before then. What is said begins with the
/// file, and the line and column where something is wrong in it.
pub fn keep_view(path: &Path, view: &KeptView) -> io::Result<()> {
    change(path, |text| change::kept(text, view))
}

/// Takes the view of this name out of the file.
///
/// # Errors
/// As [`keep_view`].
pub fn delete_view(path: &Path, name: &str) -> io::Result<()> {
    change(path, |text| change::without(text, name))
}

fn change(path: &Path, change: impl FnOnce(&str) -> io::Result<String>) -> io::Result<()> {
    let named = |error: io::Error| {
        let said = format!("{}: {error}", path.display());
        io::Error::new(error.kind(), said)
    };
    let text = read_text(path, MAX_FILE_BYTES).map_err(named)?;
    if let Err(error) = DeTable::parse(&text) {
        let (line, column) = line_and_column(&text, error.span().map_or(0, |at| at.start));
        let (file, said) = (path.display(), error.message());
        let said = format!("{file}:{line}:{column}: {said}; mend the file");
        return Err(io::Error::other(said));
    }
    let made = change(&text).map_err(named)?;
    atomic::replace(path, made.as_bytes()).map_err(named)
}

fn parse(name: &str, text: &str) -> (Vec<KeptView>, Vec<String>) {
    let mut wrong = Vec::new();
    let line = |at: usize, said: &str| {
        let (line, column) = line_and_column(text, at);
        format!("{name}:{line}:{column}: {said}")
    };
    let mut tell = |at: usize, said: &str| wrong.push((at, line(at, said)));
    let (file, errors) = DeTable::parse_recoverable(text);
    let mut tables = Vec::new();
    let mut views: Vec<KeptView> = Vec::new();
    for (key, value) in file.get_ref() {
        match value.get_ref() {
            DeValue::Array(all) if key.get_ref() == "view" => {
                for one in all.iter() {
                    tables.push(one.span().start);
                    let DeValue::Table(table) = one.get_ref() else {
                        tell(one.span().start, "a view is a table: [[view]]");
                        continue;
                    };
                    if let Some(view) = read_view(one.span().start, table, &mut tell)
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
    let broken = Broken::first(&errors);
    let mut wrong = told(wrong, broken.as_ref(), &tables);
    wrong.extend(broken.map(|broken| line(broken.at, &format!("{}; mend the file", broken.said))));
    (views, wrong)
}

fn read_view(
    at: usize,
    table: &DeTable<'_>,
    tell: &mut impl FnMut(usize, &str),
) -> Option<KeptView> {
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
    use std::fs;

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
        assert_eq!(
            wrong,
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

    /// What a person wrote around the views is that person's.
    #[test]
    fn comments_and_the_order_stay() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("views.toml");
        let text = "\
# 我的检索

# 先看这个
[[view]]
query = \"乌镇\"   # 两种写法都要
name = \"水乡\"
colour = \"blue\"

[[view]]
name = \"年份\"
regex = true
query = \"[0-9]{4}\"

# 别的
[other]
kept = [1,   2]
";
        fs::write(&path, text).expect("written");
        let read = || fs::read_to_string(&path).expect("reads");
        // Changed in its place, and only what changes.
        let plain = KeptView {
            pinyin: false,
            ..view("水乡", "乌镇 OR 南浔")
        };
        keep_view(&path, &plain).expect("kept");
        let changed = text
            .replace("\"乌镇\"  ", "\"乌镇 OR 南浔\"  ")
            .replace("\"水乡\"\n", "\"水乡\"\npinyin = false\n");
        assert_eq!(read(), changed);
        keep_view(&path, &view("水乡", "乌镇 OR 南浔")).expect("kept");
        assert_eq!(read(), changed.replace("pinyin = false", "pinyin = true"));
        assert_eq!(load_views(&path).expect("reads").0[0].name, "水乡");
        // A new one stands at the end.
        keep_view(&path, &view("人", "person:*")).expect("kept");
        let added = read();
        let new = "\n[[view]]\nname = \"人\"\nquery = \"person:*\"\n";
        assert_eq!(
            added.strip_suffix(new),
            Some(&*changed.replace("= false", "= true"))
        );
        // What goes takes nothing else along.
        delete_view(&path, "年份").expect("deleted");
        delete_view(&path, "人").expect("deleted");
        delete_view(&path, "水乡").expect("deleted");
        assert_eq!(
            read(),
            "# 我的检索\n\n# 先看这个\n# 别的\n[other]\nkept = [1,   2]\n\n"
        );
    }

    #[test]
    fn what_cannot_be_changed_in_place_is_left_to_its_owner() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("views.toml");
        for text in [
            "view = [{ name = \"甲\", query = \"乙\" }]\n",
            "[[view]]\nname = \"甲\"\nquery = \"乙\"\n[other]\nx = 1\n[view.more]\ny = 2\n",
        ] {
            fs::write(&path, text).expect("written");
            assert_eq!(load_views(&path).expect("reads").0, [view("甲", "乙")]);
            let said = delete_view(&path, "甲").expect_err("is not cut out");
            assert!(said.to_string().contains("by hand"), "{said}");
            assert_eq!(fs::read_to_string(&path).expect("reads"), text);
        }
    }

    #[test]
    fn one_missing_bracket_is_one_fault() {
        let text =
            "[[view]]\nname = \"甲\"\nquery = \"灯\"\n[[view]\nname = \"乙\"\nquery = \"桥\"\n";
        let (views, wrong) = parse("views.toml", text);
        assert_eq!(views.first(), Some(&view("甲", "灯")));
        assert_eq!(wrong.len(), 1, "{wrong:#?}");
        assert!(
            wrong.iter().all(|said| said.starts_with("views.toml:4:")),
            "{wrong:#?}"
        );
    }

    #[test]
    fn a_file_that_is_no_toml_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("views.toml");
        for text in ["[[view]\nname = 1", "view = 3\n", "\u{0}"] {
            fs::write(&path, text).expect("written");
            assert!(!load_views(&path).expect("reads").1.is_empty(), "{text}");
            let said = keep_view(&path, &view("甲", "乙")).expect_err("is not one of views");
            let place = if text.starts_with("view") {
                ": `view` is"
            } else {
                ":1:"
            };
            let want = format!("{}{place}", path.display());
            assert!(said.to_string().starts_with(&want), "{said}");
            assert_eq!(fs::read_to_string(&path).expect("reads"), text);
        }
    }
}
