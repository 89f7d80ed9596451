//! `kanbao entities`: lists for pipes, pages, rules, exit codes; and counts that agree with others.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use kanbao::desk::NameRules;
use kanbao::text::{Fold, Folded};
use regex::Regex;
use serde_json::Value;

fn bundled() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("articles")
}

/// Runs the program with a home of its own.
fn kanbao(home: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kanbao"))
        .arg("entities")
        .args(arguments)
        .env("XDG_STATE_HOME", home)
        .env("XDG_CONFIG_HOME", home)
        .output()
        .unwrap()
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn listed(home: &Path, arguments: &[&str]) -> Value {
    let output = kanbao(home, &[&["--json"], arguments].concat());
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn mentions(list: &Value, name: &str) -> Option<(u64, u64)> {
    let names = list["names"].as_array().unwrap();
    let one = names.iter().find(|one| one["name"] == name)?;
    Some((one["mentions"].as_u64()?, one["articles"].as_u64()?))
}

/// What the files themselves say, read as TOML and counted with an expression of one's own: every name and alias of an
/// entity, the longest first, in the text as it is set. Only entities that no explicit mention, exclusion or other
/// spelling of the rules concerns.
fn counted() -> BTreeMap<String, (u64, u64)> {
    let mut counts: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let mut skipped: Vec<String> = Vec::new();
    let mut files: Vec<PathBuf> = fs::read_dir(bundled())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .collect();
    files.sort();
    assert!(files.len() > 10);
    for file in files {
        let article: toml::Table = toml::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let mut text = String::new();
        for key in [
            "kicker", "headline", "deck", "byline", "dateline", "body", "caption", "credits",
        ] {
            match article.get(key) {
                Some(toml::Value::String(part)) => text.push_str(part),
                Some(toml::Value::Array(parts)) => {
                    for part in parts {
                        text.push_str(part.as_str().unwrap());
                        text.push('\n');
                    }
                }
                _ => {}
            }
            text.push('\n');
        }
        let tables = |key: &str| {
            let list = article.get(key).and_then(toml::Value::as_array);
            list.cloned().unwrap_or_default()
        };
        let special: Vec<String> = [tables("mention"), tables("exclude"), tables("event")]
            .concat()
            .iter()
            .map(toml::Value::to_string)
            .collect();
        let entities = tables("entity");
        for entity in &entities {
            let name = entity["name"].as_str().unwrap().to_owned();
            let aliases = entity.get("aliases").and_then(toml::Value::as_array);
            let mut forms: Vec<String> = aliases
                .into_iter()
                .flatten()
                .map(|alias| alias.as_str().unwrap().to_owned())
                .chain([name.clone()])
                .collect();
            let concerned = |form: &String| special.iter().any(|one| one.contains(form.as_str()));
            let is_han = |form: &String| {
                form.chars()
                    .all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) || c == '·')
            };
            let held_elsewhere = entities.iter().any(|other| {
                let other = other["name"].as_str().unwrap();
                other != name && forms.iter().any(|form| form == other)
            });
            if forms.iter().any(|form| concerned(form) || !is_han(form)) || held_elsewhere {
                skipped.push(Folded::key(&name, Fold::default()));
                continue;
            }
            forms.sort_by_key(|form| std::cmp::Reverse(form.chars().count()));
            let spaced = forms.iter().map(|form| {
                let chars: Vec<String> = form.chars().map(String::from).collect();
                chars.join("[ \u{3000}]*")
            });
            let pattern = spaced.collect::<Vec<_>>().join("|");
            let count = Regex::new(&pattern).unwrap().find_iter(&text).count() as u64;
            // Names of two scripts are one.
            let name = Folded::key(&name, Fold::default());
            let entry = counts.entry(name).or_default();
            entry.0 += count;
            entry.1 += u64::from(count > 0);
        }
    }
    counts.retain(|name, (count, _)| *count > 0 && !skipped.contains(name));
    counts
}

#[test]
fn counts_agree_with_the_files_counted_another_way() {
    let home = tempfile::tempdir().unwrap();
    let list = listed(home.path(), &[bundled().to_str().unwrap()]);
    let counted = counted();
    assert!(counted.len() > 30, "{}", counted.len());
    let mut compared = 0;
    let names = list["names"].as_array().unwrap().iter();
    let mut folded: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for name in names.map(|one| one["name"].as_str().unwrap()) {
        let key = Folded::key(name, Fold::default());
        folded.entry(key).or_default().push(name);
    }
    for (name, want) in &counted {
        // One that was brought together with others is listed under another name.
        let Some([listed]) = folded.get(name).map(Vec::as_slice) else {
            continue;
        };
        let found = mentions(&list, listed).unwrap();
        assert_eq!(found, *want, "{name}");
        compared += 1;
    }
    assert!(compared > 30, "{compared}");
}

#[test]
fn no_mention_is_lost_or_counted_twice() {
    let home = tempfile::tempdir().unwrap();
    let folder = bundled();
    let list = listed(home.path(), &[folder.to_str().unwrap()]);
    let names = list["names"].as_array().unwrap();
    let sum: u64 = names
        .iter()
        .map(|one| one["mentions"].as_u64().unwrap())
        .sum();
    let output = Command::new(env!("CARGO_BIN_EXE_kanbao"))
        .args(["stat", "--json", folder.to_str().unwrap()])
        .env("XDG_CONFIG_HOME", home.path())
        .output()
        .unwrap();
    let stat: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(Some(sum), stat["mentions"].as_u64());
    assert_eq!(list["articles"], stat["articles"]);
    for one in names {
        let forms = one["forms"].as_array().unwrap();
        let sum: u64 = forms
            .iter()
            .map(|form| form["count"].as_u64().unwrap())
            .sum();
        assert_eq!(Some(sum), one["mentions"].as_u64(), "{}", one["name"]);
    }
}

#[test]
fn lists_are_chosen_and_ordered() {
    let home = tempfile::tempdir().unwrap();
    let folder = bundled();
    let folder = folder.to_str().unwrap();
    let output = kanbao(
        home.path(),
        &["--tsv", "--kind", "person", "--min", "8", folder],
    );
    let text = printed(&output);
    let rows: Vec<Vec<&str>> = text
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();
    assert_eq!(
        rows[0],
        [
            "name", "kind", "mentions", "articles", "first", "last", "forms"
        ]
    );
    assert!(rows.iter().all(|row| row.len() == 7));
    let names: Vec<&str> = rows[1..].iter().map(|row| row[0]).collect();
    assert_eq!(names, ["弗朗西斯·高锐", "任贤良", "王正"]);
    for (order, ascending) in [("name", true), ("articles", false), ("date", true)] {
        let list = listed(home.path(), &["--sort", order, folder]);
        let key = |one: &Value| match order {
            "name" => one["name"].to_string(),
            "date" => one["first"].as_str().unwrap_or("9999").to_owned(),
            _ => format!("{:09}", one["articles"].as_u64().unwrap()),
        };
        let keys: Vec<String> = list["names"].as_array().unwrap().iter().map(key).collect();
        let sorted = keys.is_sorted_by(|a, b| if ascending { a <= b } else { a >= b });
        assert!(sorted, "{order}");
    }
}

#[test]
fn a_page_is_printed_and_a_name_that_is_none_is_told() {
    let home = tempfile::tempdir().unwrap();
    let folder = bundled();
    let folder = folder.to_str().unwrap();
    // An alias, in another script.
    let output = kanbao(home.path(), &["--page", "高銳", folder]);
    let text = printed(&output);
    assert!(output.status.success());
    assert!(
        text.starts_with("弗朗西斯·高锐\nkind      person\nmentions  27 in"),
        "{text}"
    );
    assert!(
        text.contains("\nOccurs with  in a paragraph, by log-likelihood\n"),
        "{text}"
    );
    let output = kanbao(home.path(), &["--page", "没有的人", folder]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no name here is “没有的人”"));
}

#[test]
fn rules_hold_and_their_faults_are_told() {
    let home = tempfile::tempdir().unwrap();
    let folder = bundled();
    let folder = folder.to_str().unwrap();
    let rules = home.path().join("kanbao").join("names.toml");
    fs::create_dir_all(rules.parent().unwrap()).unwrap();
    let text =
        "[[same]]\nnames = [\"江枫\", \"许一舟\"]\nkind = \"person\"\n\n[[same]]\nname = \"甲\"\n";
    fs::write(&rules, text).unwrap();
    let output = kanbao(home.path(), &["--tsv", folder]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    assert!(
        said.contains("names.toml:6:1: “name” is no key of a rule"),
        "{said}"
    );
    let text = printed(&output);
    assert!(
        text.lines()
            .any(|line| line.contains("许一舟 3") && line.contains("江 枫 2")),
        "{text}"
    );
    let missing = kanbao(home.path(), &["--rules", "/nowhere.toml", folder]);
    assert_eq!(missing.status.code(), Some(1));
}

#[test]
fn the_rules_of_the_paper_are_rules() {
    let paper = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/names.md");
    let paper = fs::read_to_string(paper).unwrap();
    let example = paper.split("```toml\n").nth(1).unwrap();
    let example = example.split("```").next().unwrap();
    let read = NameRules::parse("names.md", example);
    assert_eq!(read.faults, []);
    assert_eq!(read.rules.len(), 3);
}

#[test]
fn what_cannot_be_read_or_understood_has_its_exit_code() {
    let home = tempfile::tempdir().unwrap();
    let missing = kanbao(home.path(), &["/no/such/file.toml"]);
    assert_eq!(missing.status.code(), Some(1));
    let wrong = kanbao(home.path(), &["--kind", "nonsense", "x"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("the kinds are person"));
}

#[test]
fn nothing_raw_is_printed() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("a.toml");
    let text = "headline = \"题\\u001b[31m\"\nbody = \"甲\\u001b[2J乙来了\"\n[[entity]]\nname = \"甲\\u001b[2J乙\"\nkind = \"person\"\n";
    fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();
    for arguments in [
        &["--json"][..],
        &["--tsv"],
        &[],
        &["--page", "甲\u{1b}[2J乙"],
    ] {
        let output = kanbao(home.path(), &[arguments, &[file]].concat());
        assert!(output.status.success(), "{output:?}");
        assert!(!output.stdout.contains(&0x1b), "{arguments:?}");
        assert!(!output.stdout.is_empty());
    }
}
