//! Plain text: each line a block, newspaper furniture recognised.

use super::code::Code;
use super::entry::{Entry, Look, ReadOptions, Reader, Sign, Writer, Written, ending, only_shows};
use super::furniture::{is_heading, recognise};
use super::loss::Feature;
use super::read::{File, ReadError, unpacked};
use super::report::Report;
use crate::article::{Annotations, Article, Meta, Role, Text, TooLong};

/// Plain text.
pub(super) const ENTRY: Entry = Entry {
    name: "text",
    about: "plain text, without annotations",
    detect,
    reader: Reader::One(|files, options| read(files.main, options)),
    writer: Writer {
        ending: "txt",
        joined: None,
        write: |article, _, _| Written {
            main: article.text.whole().to_owned(),
            beside: None,
        },
    },
    carries: &[Feature::Lines, Feature::Spaces, Feature::Controls],
    partly: &[],
    codes: &[Code::UNDECODABLE, Code::ENCODING, Code::NO_FORMAT],
};

fn detect(look: &Look<'_>) -> Option<Sign> {
    match look.ending().as_str() {
        "txt" | "text" => Some(Sign::guess("its name ends as that of a text")),
        "" => Some(Sign::guess("it looks like nothing else")),
        _ => None,
    }
}

/// Reads a plain text file.
fn read(file: File, options: &ReadOptions) -> Result<Article, ReadError> {
    let mut report = Report::of(&file.name, options);
    report.undecodable(&file.decoded);
    if options.looked
        && let Some((message, remedy)) = looks_otherwise(&file)
    {
        report.add(Code::NO_FORMAT, (0, 0), message, remedy);
    }
    let meta = Meta {
        name: file.stem().to_owned(),
        ..Meta::default()
    };
    let base = file.base().to_owned();
    let text = blocks(file.decoded.text).map_err(|error| ReadError::too_long(&file.name, error))?;
    Ok(Article {
        meta: Meta {
            title: title(&text).unwrap_or(&base).to_owned(),
            ..meta
        },
        text,
        annotations: Annotations::default(),
        diagnostics: report.finish(),
        form: file.decoded.form,
    })
}

/// What speaks against a file being plain text, its name or its first characters, and what to do about it.
fn looks_otherwise(file: &File) -> Option<(String, &'static str)> {
    let ending = ending(unpacked(&file.name));
    let called = match ending.as_str() {
        "json" | "jsonl" | "ndjson" => "JSON",
        "xml" => "XML",
        "bio" | "conll" | "conllu" | "tsv" => "columns",
        _ => "",
    };
    let start = file.decoded.text.trim_start();
    if start.is_empty() {
        let message = format!("its name is that of a file of {called}, but the file is empty");
        return (!called.is_empty()).then_some((message, "fill it, or delete it"));
    }
    let behind = |n: usize| start.get(n..).unwrap_or("").trim_start();
    let begins = match start.as_bytes() {
        _ if only_shows(&ending) => "",
        [b'{', ..] if behind(1).starts_with(['"', '}']) => "JSON",
        [b'[', ..] if behind(1).starts_with(['{', '[', '"']) => "JSON",
        [b'<', b'?' | b'!' | b'a'..=b'z' | b'A'..=b'Z', ..] => "XML",
        _ => "",
    };
    let how = match (called, begins) {
        ("", "") => return None,
        ("", begins) => format!("it begins as {begins} does"),
        (called, _) => format!("its name is that of a file of {called}"),
    };
    Some((
        format!("{how}, but no format recognises it, so it is read as plain text"),
        "see that it is whole; give its format with --format, or --format text if it is a text",
    ))
}

/// The text with its blocks in their roles.
pub(super) fn blocks(content: String) -> Result<Text, TooLong> {
    let mut text = Text::from_lines(content)?;
    recognise(&mut text);
    Ok(text)
}

/// The headline, else the first line when it is at most 40 cells wide and has no closing punctuation.
pub(super) fn title(text: &Text) -> Option<&str> {
    let line_of = |role| {
        text.blocks()
            .iter()
            .find(|b| b.role == role)
            .map(|b| text.slice(b.span).trim())
    };
    let first = || {
        text.blocks()
            .first()
            .map(|b| text.slice(b.span).trim())
            .filter(|l| is_heading(l))
    };
    line_of(Role::Headline).or_else(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(text: &str) -> Article {
        read(
            File::new("x/a.txt", text.as_bytes()),
            &ReadOptions::default(),
        )
        .unwrap()
    }

    fn roles(text: &str) -> Vec<Role> {
        let article = article(text);
        article.text.blocks().iter().map(|b| b.role).collect()
    }

    #[test]
    fn a_page_is_recognised_by_its_furniture() {
        use Role::*;
        let page = "让暖流流进家家户户\n——来自灾后村庄的见闻\n彭 飞\n　　入冬以来，村里的暖气热了。\n新路与新墙\n　　村口的路铺上了沥青。\n（下转第二版）\n（本报记者甲乙、丙丁报道）\n工地上的灯光。王 正摄（示例图片）\n";
        assert_eq!(
            roles(page),
            [
                Headline,
                Deck,
                Byline,
                Paragraph,
                SectionHead,
                Paragraph,
                JumpLine,
                Credit,
                Caption
            ]
        );
        let article = article(page);
        assert_eq!(article.meta.title, "让暖流流进家家户户");
    }

    #[test]
    fn what_looks_like_another_format_is_told() {
        let looked = ReadOptions {
            looked: true,
            ..ReadOptions::default()
        };
        for (name, text, is_told) in [
            ("a.jsonl", "{\"text\": \"林小满去风城\", \"labe", true),
            ("a.txt", "{\"text\": \"林小满去风城\", \"labe", true),
            ("a", "[[\"林小满去风城\", {\"entities\": []}]]", true),
            ("a.xml.gz", "林小满去风城。", true),
            ("a", "<?xml version=\"1.0\"?><a/>", true),
            ("a.conllu", "", true),
            ("a.json", " \n", true),
            ("a.txt", "", false),
            ("a.txt", "[注] 林小满去风城。", false),
            ("a.txt", "{林小满}去风城。", false),
            ("a.txt", "< 林小满去风城。", false),
            ("a.html", "<p>林小满去风城。</p>", false),
            ("a.md", "[[\"林小满\"]]", false),
        ] {
            let read = |options| {
                let article = read(File::new(name, text.as_bytes()), options).unwrap();
                article.diagnostics.iter().any(|d| d.code == "no-format")
            };
            assert_eq!(read(&looked), is_told, "{name}: {text}");
            // Whoever asks for text gets it.
            assert!(!read(&ReadOptions::default()), "{name}: {text}");
        }
    }

    #[test]
    fn text_without_furniture_is_paragraphs() {
        use Role::*;
        assert_eq!(roles("春眠不觉晓\n处处闻啼鸟\n"), [Paragraph; 2]);
        assert_eq!(roles("The first line\nThe second line.\n"), [Paragraph; 2]);
        assert_eq!(
            roles("　　他说，天冷了。\n　　大家都笑了。\n"),
            [Paragraph; 2]
        );
        assert_eq!(roles(""), []);
    }

    #[test]
    fn the_title_falls_back_to_the_first_line_and_then_to_the_name() {
        for (text, title) in [
            ("乌镇\n\n水乡。", "乌镇"),
            ("水乡在浙江。", "a.txt"),
            ("", "a.txt"),
        ] {
            assert_eq!(article(text).meta.title, title);
        }
    }
}
