//! Walks a config's tables: which keys there are, what each sets, and a problem for all else.

use std::borrow::Cow;
use std::ops::Range;
use std::path::PathBuf;

use serde_spanned::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::Problem;
use super::{Config, Panes, SearchConfig, ThemeChoice, TypesetConfig};
use crate::text::{Ambiguous, Switch, nearest};
use crate::theme::RawTheme;
use crate::typeset::Kinsoku;

/// A key as it is written and its value, each with its place.
pub(super) type Entry<'t, 'i> = (&'t Spanned<Cow<'i, str>>, &'t Spanned<DeValue<'i>>);

/// The keys at the top of a config.
const TOP: [&str; 11] = [
    "theme",
    "library",
    "labels",
    "ambiguous",
    "mouse",
    "typeset",
    "copy",
    "search",
    "panes",
    "keys",
    "themes",
];
const TYPESET: [&str; 6] = [
    "kinsoku",
    "hang",
    "autospace",
    "justify",
    "measure",
    "indent",
];
const SEARCH: [&str; 8] = [
    "width",
    "case",
    "script",
    "spaces",
    "digits",
    "punctuation",
    "diacritics",
    "pinyin",
];
const PANES: [&str; 2] = ["list", "sidebar"];

/// Reads one text and gathers what is wrong with it.
pub(super) struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    /// The themes that were chosen and where, to be checked when all themes are known.
    theme_at: Vec<(String, Range<usize>)>,
    problems: Vec<(usize, Problem)>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        // An editor's byte order mark is no part of the first line.
        Self {
            file,
            text: text.strip_prefix('\u{feff}').unwrap_or(text),
            theme_at: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Lays the text over `config`; themes are added to `raw`.
    pub(super) fn read(&mut self, config: &mut Config, raw: &mut Vec<RawTheme>) {
        let (document, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let at = error.span().unwrap_or(0..0);
            let message = format!("this is not TOML: {}", error.message().replace('\n', ", "));
            self.report(
                at,
                &message,
                "",
                "mend or delete this; the rest of the file is used as far as it can be read",
            );
        }
        for (key, value) in entries(document.get_ref()) {
            match key.get_ref().as_ref() {
                "theme" => self.theme(value, config),
                "library" => self.library(value, config),
                "ambiguous" => self.ambiguous(value, config),
                "mouse" => self.switch(value, "mouse", &mut config.mouse),
                "copy" => self.copy(value, &mut config.copy),
                "typeset" => self.typeset(value, &mut config.typeset),
                "labels" => self.labels(value, &mut config.labels),
                "search" => self.search(value, &mut config.search),
                "panes" => self.panes(value, &mut config.panes),
                "keys" => self.keys(value, &mut config.keymap),
                "themes" => self.themes(value, raw),
                _ => self.unknown_key(key, "a setting", &TOP),
            }
        }
    }

    /// All problems in order of place.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|(at, _)| *at);
        self.problems
            .into_iter()
            .map(|(_, problem)| problem)
            .collect()
    }

    pub(super) fn report(&mut self, at: Range<usize>, message: &str, label: &str, help: &str) {
        let start = at.start;
        self.problems.push((
            start,
            Problem::new(self.file, self.text, at, message, label, help),
        ));
    }

    /// Reports a key that means nothing where it stands; `what` is "a setting".
    pub(super) fn unknown_key(&mut self, key: &Spanned<Cow<'_, str>>, what: &str, known: &[&str]) {
        let name = key.get_ref();
        let help = meant(name, known, "it is left out");
        self.report(
            key.span(),
            &format!("“{name}” is not {what}"),
            "unknown",
            &help,
        );
    }

    pub(super) fn table<'t, 'i>(
        &mut self,
        value: &'t Spanned<DeValue<'i>>,
        what: &str,
    ) -> Vec<Entry<'t, 'i>> {
        match value.get_ref() {
            DeValue::Table(table) => entries(table),
            other => {
                let message = format!("“{what}” is a table, not {}", kind(other));
                self.report(
                    value.span(),
                    &message,
                    "expected a table",
                    &format!("write it as [{what}]; it is left out"),
                );
                Vec::new()
            }
        }
    }

    fn theme(&mut self, value: &Spanned<DeValue<'_>>, config: &mut Config) {
        let chosen = &mut config.theme;
        self.theme_at = Vec::new();
        match value.get_ref() {
            DeValue::String(name) if name == "auto" => {
                *chosen = ThemeChoice {
                    dark: "dark".to_owned(),
                    light: "light".to_owned(),
                };
            }
            DeValue::String(name) => {
                *chosen = ThemeChoice::one(name);
                self.theme_at.push((name.to_string(), value.span()));
            }
            DeValue::Table(table) => {
                for (key, value) in entries(table) {
                    let place = match key.get_ref().as_ref() {
                        "dark" => &mut chosen.dark,
                        "light" => &mut chosen.light,
                        _ => {
                            self.unknown_key(key, "a ground of “theme”", &["dark", "light"]);
                            continue;
                        }
                    };
                    let used = format!("“{place}”");
                    match value.get_ref().as_str() {
                        Some(name) => {
                            name.clone_into(place);
                            self.theme_at.push((name.to_owned(), value.span()));
                        }
                        None => self.wrong(value, "theme", "the name of a theme in quotes", &used),
                    }
                }
            }
            _ => {
                let used = format!("“{}”", chosen.dark);
                self.wrong(
                    value,
                    "theme",
                    "“auto”, or the name of a theme in quotes",
                    &used,
                );
            }
        }
    }

    /// Checks the themes' names once all themes are known, and goes back to `below` where there is none of that name.
    pub(super) fn check_theme(&mut self, config: &mut Config, below: &ThemeChoice) {
        let known: Vec<String> = config.themes.names().map(str::to_owned).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let mut told = None;
        let places = std::mem::take(&mut self.theme_at);
        let chosen = &mut config.theme;
        for (name, below) in [
            (&mut chosen.dark, &below.dark),
            (&mut chosen.light, &below.light),
        ] {
            if known.contains(&name.as_str()) {
                continue;
            }
            // One name for both grounds is one fault.
            if told.as_ref() != Some(&*name) {
                let at = places.iter().find(|(spelt, _)| spelt == name);
                let at = at.map_or(0..0, |(_, at)| at.clone());
                let help = meant(name, &known, &format!("“{below}” is used"));
                let message = format!("there is no theme “{name}”");
                self.report(at, &message, "no such theme", &help);
                told = Some(name.clone());
            }
            name.clone_from(below);
        }
    }

    fn library(&mut self, value: &Spanned<DeValue<'_>>, config: &mut Config) {
        match value.get_ref().as_str().filter(|path| !path.is_empty()) {
            Some(path) => config.library = Some(PathBuf::from(path)),
            None => self.wrong(value, "library", "a path in quotes", "the bundled library"),
        }
    }

    fn ambiguous(&mut self, value: &Spanned<DeValue<'_>>, config: &mut Config) {
        match (integer(value.get_ref()), value.get_ref().as_str()) {
            (_, Some("auto")) => config.ambiguous = None,
            (Some(1), _) | (_, Some("1")) => config.ambiguous = Some(Ambiguous::One),
            (Some(2), _) | (_, Some("2")) => config.ambiguous = Some(Ambiguous::Two),
            _ => {
                let used = config.ambiguous.map(|a| a.cells().to_string());
                let used = used.unwrap_or_else(|| "“auto”".to_owned());
                self.wrong(value, "ambiguous", "“auto”, 1 or 2", &used);
            }
        }
    }

    fn typeset(&mut self, value: &Spanned<DeValue<'_>>, typeset: &mut TypesetConfig) {
        for (key, value) in self.table(value, "typeset") {
            match key.get_ref().as_ref() {
                "kinsoku" => match value.get_ref().as_str().map(str::parse::<Kinsoku>) {
                    Some(Ok(level)) => typeset.kinsoku = level,
                    _ => {
                        let used = format!("“{}”", typeset.kinsoku.name());
                        self.one_of(value, "kinsoku", &Kinsoku::ALL.map(Kinsoku::name), &used);
                    }
                },
                "hang" => self.switch(value, "hang", &mut typeset.hang),
                "autospace" => self.switch(value, "autospace", &mut typeset.autospace),
                "justify" => self.switch(value, "justify", &mut typeset.justify),
                "measure" => self.number(value, "measure", 4..=200, &mut typeset.measure),
                "indent" => self.number(value, "indent", 0..=8, &mut typeset.indent),
                _ => self.unknown_key(key, "a setting of [typeset]", &TYPESET),
            }
        }
    }

    fn search(&mut self, value: &Spanned<DeValue<'_>>, search: &mut SearchConfig) {
        for (key, value) in self.table(value, "search") {
            match key.get_ref().as_ref() {
                "pinyin" => self.switch(value, "pinyin", &mut search.pinyin),
                name => match Switch::from_name(name) {
                    Some(switch) => {
                        let mut on = search.fold.get(switch);
                        self.switch(value, name, &mut on);
                        search.fold.set(switch, on);
                    }
                    None => self.unknown_key(key, "a setting of [search]", &SEARCH),
                },
            }
        }
    }

    fn panes(&mut self, value: &Spanned<DeValue<'_>>, panes: &mut Panes) {
        for (key, value) in self.table(value, "panes") {
            match key.get_ref().as_ref() {
                "list" => self.switch(value, "list", &mut panes.list),
                "sidebar" => self.switch(value, "sidebar", &mut panes.sidebar),
                _ => self.unknown_key(key, "a setting of [panes]", &PANES),
            }
        }
    }
}

/// The entries of a table in the order in which they are written.
pub(super) fn entries<'t, 'i>(table: &'t DeTable<'i>) -> Vec<Entry<'t, 'i>> {
    // A value of no length is a place where the parser went on after an error, which is told already.
    let mut entries: Vec<Entry<'t, 'i>> = table
        .iter()
        .filter(|(_, value)| value.get_ref().is_table() || !value.span().is_empty())
        .collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// "did you mean …", else what there is; `then` says what is done meanwhile.
pub(super) fn meant(word: &str, known: &[&str], then: &str) -> String {
    match nearest(word, known.iter().copied()) {
        Some(name) => format!("did you mean “{name}”? Until then {then}"),
        None if known.len() > 12 => {
            format!("`kanbao config --default` has those there are; until then {then}")
        }
        None => format!("there are {}; until then {then}", known.join(", ")),
    }
}

/// A value's type with its article.
pub(super) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a decimal number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}

pub(super) fn integer(value: &DeValue<'_>) -> Option<i64> {
    let DeValue::Integer(number) = value else {
        return None;
    };
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}
