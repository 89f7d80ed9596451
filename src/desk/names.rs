//! What the reader says of names: which are one, and which are not.
//!
//! The file is TOML, made to be written by hand as well; rules are only ever added at its end, so whatever else
//! stands in it stays. `docs/names.md` has its form.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;
use std::ops::Range;
use std::path::Path;

use serde_spanned::Spanned;
use toml::de::{DeTable, DeValue};

use super::atomic;
use super::file::read_text;
use super::toml_faults::{Broken, told};
use crate::article::{Diagnostic, Kind, Severity};
use crate::text::{fold_name, line_and_column};

/// A longer file is none of rules, in bytes.
const LONGEST_FILE: u64 = 16 << 20;

/// One rule: names that are one, or are not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameRule {
    /// Whether they are one; else they are not.
    pub same: bool,
    /// The names, compared folded.
    pub names: Vec<String>,
    /// The kind of the names; nothing: of any.
    pub kind: Option<Kind>,
    /// The names of articles; only with names that are not one: in these articles they stand for somebody else than
    /// elsewhere.
    pub articles: Vec<String>,
}

/// A file of rules as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NameRules {
    /// The rules in the order of the file. Of two about the same names the later one holds.
    pub rules: Vec<NameRule>,
    /// What in the file means nothing; it is left out, and stays in the file.
    pub faults: Vec<Diagnostic>,
}

impl NameRules {
    /// The rules of a text; `file` is what it is called in faults.
    #[must_use]
    pub fn parse(file: &str, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let reader = Reader {
            file,
            text,
            rules: Vec::new(),
            faults: Vec::new(),
            tables: Vec::new(),
        };
        reader.read()
    }

    /// No rules, as the file cannot be read.
    #[must_use]
    pub fn unreadable(file: &str, why: &str) -> Self {
        let fault = Diagnostic {
            severity: Severity::Warning,
            code: "name-rule",
            file: file.to_owned(),
            line: 0,
            column: 0,
            message: why.to_owned(),
            remedy: "its rules do not hold".to_owned(),
            at: None,
            times: 1,
        };
        Self {
            rules: Vec::new(),
            faults: vec![fault],
        }
    }

    /// The rules of a file; one that is not there has none.
    ///
    /// # Errors
    /// When it cannot be read, is no file, no UTF-8, or longer than 16 MiB.
    pub fn load(path: &Path) -> io::Result<Self> {
        Ok(Self::parse(
            &path.display().to_string(),
            &read_text(path, LONGEST_FILE)?,
        ))
    }
}

impl NameRule {
    /// The rule as the file writes it.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let list = |items: &[String]| {
            let items = items.iter().map(|item| quoted(item));
            items.collect::<Vec<_>>().join(", ")
        };
        let head = if self.same { "same" } else { "different" };
        let mut out = format!("[[{head}]]\nnames = [{}]\n", list(&self.names));
        if let Some(kind) = self.kind {
            out.push_str(&format!("kind = \"{}\"\n", kind.name()));
        }
        if !self.articles.is_empty() {
            out.push_str(&format!("articles = [{}]\n", list(&self.articles)));
        }
        out
    }

    /// Adds the rule at the end of a file, which is made when it is not there. Returns the line on which it begins,
    /// from 1.
    ///
    /// # Errors
    /// When the file cannot be read or written, or would not be read back with the rule, as when a string in it does
    /// not end. It is as before then.
    pub fn add_to(&self, path: &Path) -> io::Result<usize> {
        let mut content = read_text(path, LONGEST_FILE)?;
        if !content.is_empty() && !content.ends_with('\n') {
            content.push('\n');
        }
        if !content.is_empty() {
            content.push('\n');
        }
        let line = content.matches('\n').count() + 1;
        content.push_str(&self.to_toml());
        let name = path.display().to_string();
        if NameRules::parse(&name, &content).rules.last() != Some(self) {
            return Err(io::Error::other(
                "it is no longer TOML at its end; mend it first",
            ));
        }
        atomic::replace(path, content.as_bytes())?;
        Ok(line)
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    /// With the byte at which each begins.
    rules: Vec<(usize, NameRule)>,
    faults: Vec<(usize, Diagnostic)>,
    /// The bytes at which tables begin.
    tables: Vec<usize>,
}

impl Reader<'_> {
    fn read(mut self) -> NameRules {
        let (document, errors) = DeTable::parse_recoverable(self.text);
        for (key, value) in document.get_ref() {
            let same = match key.get_ref().as_ref() {
                "same" => true,
                "different" => false,
                other => {
                    let message = format!("“{other}” is no table of this file");
                    self.fault(
                        key.span(),
                        message,
                        "write [[same]] or [[different]]; it is left out",
                    );
                    continue;
                }
            };
            let DeValue::Array(tables) = value.get_ref() else {
                let word = key.get_ref();
                let remedy = format!("write it as [[{word}]]; it is left out");
                self.fault(
                    value.span(),
                    format!("“{word}” is a list of tables"),
                    &remedy,
                );
                continue;
            };
            for table in tables {
                self.tables.push(table.span().start);
                if let Some(rule) = self.rule(table, same) {
                    self.rules.push((table.span().start, rule));
                }
            }
        }
        // Tables of one name come together, in whatever order they stand.
        self.rules.sort_by_key(|(at, _)| *at);
        let broken = Broken::first(&errors);
        let mut faults = told(
            std::mem::take(&mut self.faults),
            broken.as_ref(),
            &self.tables,
        );
        if let Some(Broken { at, said }) = broken {
            let message = format!("this is not TOML: {said}");
            self.fault(at..at, message, "mend it; what can be read holds");
            faults.extend(self.faults.drain(..).map(|(_, fault)| fault));
        }
        NameRules {
            rules: self.rules.into_iter().map(|(_, rule)| rule).collect(),
            faults,
        }
    }

    fn rule(&mut self, table: &Spanned<DeValue<'_>>, same: bool) -> Option<NameRule> {
        let DeValue::Table(entries) = table.get_ref() else {
            let remedy = "write it as a table with names; it is left out";
            self.fault(table.span(), "this is no table".to_owned(), remedy);
            return None;
        };
        let mut rule = NameRule {
            same,
            names: Vec::new(),
            kind: None,
            articles: Vec::new(),
        };
        let mut sound = true;
        for (key, value) in entries {
            match (key.get_ref().as_ref(), same) {
                ("names", _) => match self.list(value, "names") {
                    Some(names) => rule.names = names,
                    None => sound = false,
                },
                ("articles", false) => match self.list(value, "articles") {
                    Some(articles) => rule.articles = articles,
                    None => sound = false,
                },
                ("kind", _) => {
                    rule.kind = self.kind(value);
                    sound &= rule.kind.is_some();
                }
                _ => self.unknown(key, same),
            }
        }
        let least = if same || !rule.articles.is_empty() {
            1
        } else {
            2
        };
        if sound && rule.names.len() < least {
            let remedy = format!("names = [...] with at least {least}; the rule is left out");
            self.fault(
                table.span(),
                "the rule has too few names".to_owned(),
                &remedy,
            );
            sound = false;
        }
        let read = rule.names.iter().map(|name| fold_name(name));
        if sound && read.collect::<BTreeSet<_>>().len() < least {
            let message = "the names read alike, so nothing is told apart".to_owned();
            let remedy = "name the articles in which they are somebody else, or another name; the rule is left out";
            self.fault(table.span(), message, remedy);
            sound = false;
        }
        sound.then_some(rule)
    }

    fn unknown(&mut self, key: &Spanned<Cow<'_, str>>, same: bool) {
        let known = if same {
            "names and kind"
        } else {
            "names, kind and articles"
        };
        let message = format!("“{}” is no key of a rule", key.get_ref());
        let remedy = format!("a rule has {known}; it is left out");
        self.fault(key.span(), message, &remedy);
    }

    fn list(&mut self, value: &Spanned<DeValue<'_>>, what: &str) -> Option<Vec<String>> {
        let items = match value.get_ref() {
            DeValue::Array(items) => items.iter().map(|item| match item.get_ref() {
                DeValue::String(text) if !text.trim().is_empty() => Some(text.to_string()),
                _ => None,
            }),
            _ => return self.no_list(value, what),
        };
        match items.collect() {
            Some(list) => Some(list),
            None => self.no_list(value, what),
        }
    }

    fn no_list(&mut self, value: &Spanned<DeValue<'_>>, what: &str) -> Option<Vec<String>> {
        let message = format!("“{what}” is a list of words in quotes");
        let remedy = format!("write {what} = [\"甲\", \"乙\"]; the rule is left out");
        self.fault(value.span(), message, &remedy);
        None
    }

    fn kind(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Kind> {
        let name = match value.get_ref() {
            DeValue::String(name) => name.as_ref(),
            _ => "",
        };
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name);
        if kind.is_none() {
            let kinds = Kind::ALL.map(Kind::name).join(", ");
            let remedy = format!("it is one of {kinds}; the rule is left out");
            self.fault(value.span(), "this is no kind".to_owned(), &remedy);
        }
        kind
    }

    fn fault(&mut self, at: Range<usize>, message: String, remedy: &str) {
        let (line, column) = line_and_column(self.text, at.start);
        let fault = Diagnostic {
            severity: Severity::Warning,
            code: "name-rule",
            file: self.file.to_owned(),
            line,
            column,
            message,
            remedy: remedy.to_owned(),
            at: None,
            times: 1,
        };
        self.faults.push((at.start, fault));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn rule(same: bool, names: &[&str], kind: Option<Kind>, articles: &[&str]) -> NameRule {
        let own = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect();
        NameRule {
            same,
            names: own(names),
            kind,
            articles: own(articles),
        }
    }

    #[test]
    fn rules_come_in_the_order_of_the_file() {
        let text = "# 自己写的\n[[different]]\nnames = [\"林一\", \"林逸\"]\n[[same]]\nnames = [\"林一\", \"阿林\"]\n\
                    kind = \"person\"\n[[different]]\nnames = [\"林一\"]\narticles = [\"c\"]\n";
        let read = NameRules::parse("names.toml", text);
        assert_eq!(read.faults, []);
        let want = [
            rule(false, &["林一", "林逸"], None, &[]),
            rule(true, &["林一", "阿林"], Some(Kind::Person), &[]),
            rule(false, &["林一"], None, &["c"]),
        ];
        assert_eq!(read.rules, want);
    }

    #[test]
    fn faults_have_their_place_and_what_to_do() {
        let text = "[[same]]\nnames = [\"甲\"]\nkinds = \"person\"\n\n[[same]]\nnames = \"甲\"\n\n[[different]]\nnames = [\"乙\"]\n\
                    [[same]]\nnames = [\"丙\"]\nkind = \"人\"\n\n[other]\n";
        let read = NameRules::parse("n.toml", text);
        assert_eq!(read.rules, [rule(true, &["甲"], None, &[])]);
        let said: Vec<String> = read.faults.iter().map(Diagnostic::bare).collect();
        assert_eq!(
            said,
            [
                "n.toml:3:1: “kinds” is no key of a rule; a rule has names and kind; it is left out",
                "n.toml:6:9: “names” is a list of words in quotes; write names = [\"甲\", \"乙\"]; the rule is left out",
                "n.toml:8:1: the rule has too few names; names = [...] with at least 2; the rule is left out",
                "n.toml:12:8: this is no kind; it is one of person, place, organisation, time, event, work, product, quantity, other; the rule is left out",
                "n.toml:14:2: “other” is no table of this file; write [[same]] or [[different]]; it is left out",
            ]
        );
    }

    #[test]
    fn names_that_read_alike_are_told_apart_only_in_articles() {
        let text = "[[different]]\nnames = [\"高锐\", \"高 銳\"]\n\n[[same]]\nnames = [\"高锐\", \"高锐\"]\n\n\
                    [[different]]\nnames = [\"高锐\", \"高锐\"]\narticles = [\"a\"]\n";
        let read = NameRules::parse("n.toml", text);
        let want = [
            rule(true, &["高锐", "高锐"], None, &[]),
            rule(false, &["高锐", "高锐"], None, &["a"]),
        ];
        assert_eq!(read.rules, want);
        let said: Vec<String> = read.faults.iter().map(Diagnostic::bare).collect();
        let told = "n.toml:1:1: the names read alike, so nothing is told apart; name the articles in which they are \
                    somebody else, or another name; the rule is left out";
        assert_eq!(said, [told]);
    }

    #[test]
    fn one_missing_bracket_is_one_fault() {
        let text = "[[same]]\nnames = [\"甲\", \"乙\"]\nkinds = 1\n[[same]]\nnames = [\"丙\", \"丁\"\n\n\
                    [[different]]\nnames = [\"戊\", \"己\"]\nkind = \"person\"\n";
        let read = NameRules::parse("n.toml", text);
        assert_eq!(
            read.rules.first(),
            Some(&rule(true, &["甲", "乙"], None, &[]))
        );
        let said: Vec<String> = read.faults.iter().map(Diagnostic::bare).collect();
        let [before, broken] = &said[..] else {
            panic!("{said:#?}");
        };
        assert!(
            before.starts_with("n.toml:3:1: “kinds” is no key"),
            "{before}"
        );
        assert!(broken.contains(": this is not TOML: "), "{broken}");
    }

    #[test]
    fn a_rule_is_added_behind_what_is_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state").join("names.toml");
        let one = rule(true, &["高“\\\"锐", "弗·高"], Some(Kind::Person), &[]);
        assert_eq!(one.add_to(&path).expect("written"), 1);
        fs::write(
            &path,
            fs::read_to_string(&path).expect("reads") + "# 我的话",
        )
        .expect("written");
        let other = rule(false, &["甲"], None, &["a", "b"]);
        assert_eq!(other.add_to(&path).expect("written"), 6);
        let text = fs::read_to_string(&path).expect("reads");
        assert!(text.contains("# 我的话\n\n[[different]]\n"), "{text}");
        let read = NameRules::load(&path).expect("reads");
        assert_eq!(read.rules, [one, other.clone()]);
        assert_eq!(read.faults, []);

        let broken = "[[same]]\nnames = [\"\"\"甲";
        fs::write(&path, broken).expect("written");
        other.add_to(&path).expect_err("would be lost");
        assert_eq!(fs::read_to_string(&path).expect("reads"), broken);
        assert_eq!(
            NameRules::load(&folder.path().join("none")).expect("empty"),
            NameRules::default()
        );
        NameRules::load(folder.path()).expect_err("is a folder");
    }
}
