//! Plain text: each line a block, newspaper furniture recognised.

use super::decode::decode;
use super::furniture::{is_heading, recognise};
use crate::article::{Annotations, Article, Meta, Role, Text, TooLong};

/// Reads a plain text file.
///
/// The title is the headline, else the first line when it is at most 40 cells wide and has no closing punctuation,
/// else `name` (the file's name).
///
/// # Errors
/// [`TooLong`] for a text of 4 GiB and above.
pub fn read(bytes: Vec<u8>, name: &str) -> Result<Article, TooLong> {
    let decoded = decode(bytes);
    let mut text = Text::from_lines(decoded.text)?;
    recognise(&mut text);
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
    let title = line_of(Role::Headline)
        .or_else(first)
        .unwrap_or(name)
        .to_owned();
    Ok(Article {
        meta: Meta {
            title,
            ..Meta::default()
        },
        text,
        annotations: Annotations::default(),
        diagnostics: Vec::new(),
        form: decoded.form,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(text: &str) -> Vec<Role> {
        let article = read(text.as_bytes().to_vec(), "a.txt").unwrap();
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
        let article = read(page.as_bytes().to_vec(), "a.txt").unwrap();
        assert_eq!(article.meta.title, "让暖流流进家家户户");
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
            assert_eq!(
                read(text.as_bytes().to_vec(), "a.txt").unwrap().meta.title,
                title
            );
        }
    }
}
