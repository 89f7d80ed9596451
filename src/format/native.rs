//! The native format: TOML made to be written by hand. Read so far: the text with its blocks, title and language;
//! the tables of annotations (`[[entity]]`, `[[mention]]` and so on) are left alone.

use serde::Deserialize;

use super::decode::decode;
use super::furniture::is_jump_line;
use crate::article::{Annotations, Article, BlockId, Meta, Role, Text};

/// A file that holds no article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NativeError {
    /// Not TOML, or a key of the wrong type.
    #[error("{line}:{column}: {message}; mend it there, the rest of the file is not read")]
    Toml {
        /// Line from 1.
        line: usize,
        /// Column from 1, in code points.
        column: usize,
        /// What the TOML reader found.
        message: String,
    },
    /// TOML without any text.
    #[error("1:1: neither headline nor body; an article needs one of them")]
    NoText,
    /// 4 GiB or more.
    #[error(transparent)]
    TooLong(#[from] crate::article::TooLong),
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Raw {
    kicker: String,
    headline: String,
    deck: String,
    byline: Vec<String>,
    dateline: String,
    body: String,
    caption: String,
    credits: Vec<String>,
    language: String,
}

/// Whether the start of a TOML file looks like an article: a line of it sets `headline` or `body`.
#[must_use]
pub fn looks_native(start: &str) -> bool {
    start
        .lines()
        .filter_map(|line| line.split_once('='))
        .any(|(key, _)| matches!(key.trim(), "headline" | "body"))
}

/// Reads an article in the native format. The text is kicker, headline, deck, byline, dateline, body, caption and
/// credits in that order, one block a line. The title falls back to `name`.
///
/// # Errors
/// [`NativeError`] when the file is not TOML, has a key of a wrong type, or no text.
pub fn read(bytes: Vec<u8>, name: &str) -> Result<Article, NativeError> {
    let decoded = decode(bytes);
    let raw: Raw = toml::from_str(&decoded.text).map_err(|error| {
        let at = error
            .span()
            .map_or(0, |span| span.start)
            .min(decoded.text.len());
        let before = decoded.text.get(..at).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |n| n + 1);
        NativeError::Toml {
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or("").chars().count() + 1,
            message: error.message().to_owned(),
        }
    })?;
    let lines = lines(&raw);
    if lines.is_empty() {
        return Err(NativeError::NoText);
    }
    let content: Vec<&str> = lines.iter().map(|(_, line)| *line).collect();
    let mut text = Text::from_lines(content.join("\n"))?;
    for (index, (role, _)) in lines.iter().enumerate() {
        text.set_role(BlockId(u32::try_from(index).unwrap_or(u32::MAX)), *role);
    }
    let headline = raw.headline.trim();
    Ok(Article {
        meta: Meta {
            title: if headline.is_empty() { name } else { headline }.to_owned(),
            language: raw.language,
            ..Meta::default()
        },
        text,
        annotations: Annotations::default(),
        diagnostics: Vec::new(),
        form: decoded.form,
    })
}

/// The lines of the article that are not blank, with their roles.
fn lines(raw: &Raw) -> Vec<(Role, &str)> {
    let mut parts: Vec<(Role, &str)> = vec![
        (Role::Kicker, &raw.kicker),
        (Role::Headline, &raw.headline),
        (Role::Deck, &raw.deck),
    ];
    parts.extend(raw.byline.iter().map(|line| (Role::Byline, line.as_str())));
    parts.push((Role::Dateline, &raw.dateline));
    parts.extend(raw.body.lines().map(body_line));
    parts.push((Role::Caption, &raw.caption));
    parts.extend(raw.credits.iter().map(|line| (Role::Credit, line.as_str())));
    parts
        .into_iter()
        .flat_map(|(role, part)| part.lines().map(move |line| (role, line)))
        .filter(|(_, line)| line.chars().any(|c| !c.is_whitespace()))
        .collect()
}

fn body_line(line: &str) -> (Role, &str) {
    if let Some(head) = line.strip_prefix("## ") {
        (Role::SectionHead, head)
    } else if let Some(quote) = line.strip_prefix("> ") {
        (Role::Quote, quote)
    } else if is_jump_line(line.trim()) {
        (Role::JumpLine, line)
    } else {
        (Role::Paragraph, line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_in_the_order_of_the_page() {
        use Role::*;
        let file = "credits = [\"（示例报道）\"]\nheadline = \"题\"\nlanguage = \"zh-Hant\"\nbyline = [\"彭 飞\"]\nbody = \"\"\"\n## 一节\n\n一段。\n> 引文。\n（下转第二版）\n\"\"\"\n[[entity]]\nname = \"彭飞\"\n";
        let article = read(file.as_bytes().to_vec(), "a").unwrap();
        let got: Vec<_> = article
            .text
            .blocks()
            .iter()
            .map(|b| (b.role, article.text.slice(b.span)))
            .collect();
        assert_eq!(
            got,
            [
                (Headline, "题"),
                (Byline, "彭 飞"),
                (SectionHead, "一节"),
                (Paragraph, "一段。"),
                (Quote, "引文。"),
                (JumpLine, "（下转第二版）"),
                (Credit, "（示例报道）"),
            ]
        );
        assert_eq!(
            (article.meta.title.as_str(), article.meta.language.as_str()),
            ("题", "zh-Hant")
        );
    }

    #[test]
    fn faults_say_where() {
        for (file, line, column) in [
            ("headline = \"题\"\nbody = 3\n", 2, 8),
            ("headline = \"题\" 甲\n", 1, 16),
        ] {
            match read(file.as_bytes().to_vec(), "a") {
                Err(NativeError::Toml {
                    line: l, column: c, ..
                }) => assert_eq!((l, c), (line, column), "{file}"),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(
            read(b"date = 2023-11-11".to_vec(), "a"),
            Err(NativeError::NoText)
        );
        assert!(
            looks_native("# x\nheadline = \"a\"") && !looks_native("[package]\nname = \"body\"")
        );
    }
}
