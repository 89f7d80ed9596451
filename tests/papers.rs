//! What the README says is so.

use std::fs;
use std::path::{Path, PathBuf};

use kanbao::config;
use kanbao::keys::{Keymap, markdown_table};
use kanbao::theme::Slot;

fn readme_path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")
}

fn readme() -> String {
    fs::read_to_string(readme_path()).unwrap()
}

/// The code blocks in that language.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}\n");
    let parts = text.split(&fence).skip(1);
    parts
        .map(|part| part.split("```").next().unwrap())
        .collect()
}

#[test]
fn the_key_table_is_that_of_the_keymap() {
    let (from, to) = ("<!-- keys -->\n", "<!-- /keys -->");
    let text = readme();
    let start = text.find(from).unwrap() + from.len();
    let end = text.find(to).unwrap();
    let table = markdown_table(&Keymap::defaults());
    if std::env::var_os("RENEW").is_some() {
        let renewed = format!("{}{table}{}", &text[..start], &text[end..]);
        fs::write(readme_path(), renewed).unwrap();
        return;
    }
    assert!(
        text[start..end] == table,
        "the keys have changed: RENEW=1 cargo test --test all papers"
    );
}

#[test]
fn its_configs_are_right() {
    let text = readme();
    let configs = blocks(&text, "toml");
    assert_eq!(configs.len(), 2);
    for part in configs {
        let (_, problems) = config::layer(Some(("README.md", part)));
        assert!(problems.is_empty(), "{problems:?}");
    }
    let (config, _) = config::layer(Some(("README.md", blocks(&text, "toml")[0])));
    let [mine, paper] = ["mine", "paper"].map(|name| config.themes.get_or_first(name));
    assert_eq!((mine.name(), config.theme.dark.as_str()), ("mine", "mine"));
    assert_eq!(mine.style(Slot::Headline), paper.style(Slot::Headline));
    assert_ne!(
        mine.style(Slot::MentionPerson),
        paper.style(Slot::MentionPerson)
    );
}

#[test]
fn the_built_in_themes_are_named() {
    let named: Vec<String> = config::layer(None)
        .0
        .themes
        .names()
        .map(|name| format!("`{name}`"))
        .collect();
    assert!(readme().contains(&named.join(", ")), "{named:?}");
}

#[test]
fn the_files_that_papers_name_are_there() {
    let root = readme_path().parent().unwrap().to_owned();
    let mut named = 0;
    for paper in ["README.md", "CONTRIBUTING.md", "docs/architecture.md"] {
        let text = fs::read_to_string(root.join(paper)).unwrap();
        // A file of a room is named without src/, one beside the last of them without its room.
        let mut room = root.join("src");
        for name in text.split('`').skip(1).step_by(2) {
            if !name.ends_with(".rs") || name == "mod.rs" || name.contains(['*', ' ']) {
                continue;
            }
            named += 1;
            let places = [
                root.join(name),
                root.join("src").join(name),
                room.join(name),
            ];
            let found = places.iter().find(|place| place.is_file());
            let found = found.unwrap_or_else(|| panic!("{paper}: {name}"));
            room = found.parent().unwrap().to_owned();
        }
    }
    assert!(named > 40, "{named}");
}

#[test]
fn the_tables_of_the_formats_are_those_of_the_formats() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/formats.md");
    let mut text = fs::read_to_string(&path).unwrap();
    for (name, table) in [
        ("formats", kanbao::format::formats_table()),
        ("features", kanbao::format::features_table()),
        ("codes", kanbao::format::codes_table()),
    ] {
        let (from, to) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let start = text.find(&from).unwrap() + from.len();
        let end = text.find(&to).unwrap();
        if std::env::var_os("RENEW").is_some() {
            text.replace_range(start..end, &table);
            fs::write(&path, &text).unwrap();
            continue;
        }
        assert!(
            text[start..end] == table,
            "{name} have changed: RENEW=1 cargo test --test all papers"
        );
    }
    for format in kanbao::format::Format::ALL {
        let own = path.with_file_name("formats").join(format!("{format}.md"));
        let plain = matches!(format.name(), "text" | "toml");
        assert!(plain || own.is_file(), "{format} is described nowhere");
    }
}
