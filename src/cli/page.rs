//! An article as one HTML file: marked, themed, and with nothing beside it.

use std::fmt::Write as _;

use super::pieces::pieces;
use crate::article::{Article, BlockId, EntityId, Mention, Role, Target};
use crate::layout::label_slot;
use crate::text::{is_unsafe, placeholder};
use crate::theme::{Slot, Style, Theme, Underline};

/// What stands before the articles: a whole page opens. Every style of a mention or role that occurs in any theme is
/// written, so that it does not depend on what is in the articles.
pub(super) fn open(title: &str, language: &str, theme: &Theme) -> String {
    let mut out = String::from("<!DOCTYPE html>\n");
    let language = if language.is_empty() { "zh" } else { language };
    let _ = write!(
        out,
        "<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"generator\" content=\"kanbao {}\">\n<title>{}</title>\n<style>\n",
        escaped(language),
        env!("CARGO_PKG_VERSION"),
        escaped(title)
    );
    out.push_str(
        "body { max-width: 42em; margin: 2em auto; padding: 0 1em; line-height: 1.8; \
         font-family: serif; text-align: justify; }\n\
         p { margin: 0; text-indent: 2em; }\nh1, h2, .kicker, .deck, .byline { text-align: center; }\n\
         table { border-collapse: collapse; margin-top: 2em; }\ntd { padding: 0 1em 0 0; vertical-align: top; }\n\
         article + article { margin-top: 4em; border-top: 1px solid; }\n.meta, .entities { font-size: 85%; }\n",
    );
    let _ = writeln!(out, "body {{ {} }}", css(theme.style(Slot::Text)));
    for slot in Slot::ALL {
        let style = css(theme.style(*slot));
        if is_of_articles(*slot) && !style.is_empty() {
            let _ = writeln!(out, ".{} {{ {style} }}", class(*slot));
        }
    }
    out.push_str("</style>\n</head>\n<body>\n");
    out
}

/// Whether a slot is a role's or one of mentions.
fn is_of_articles(slot: Slot) -> bool {
    let name = slot.name();
    name.starts_with("mention") || name == "title" || Role::ALL.iter().any(|r| r.name() == name)
}

/// What stands behind the articles.
pub(super) const CLOSE: &str = "</body>\n</html>\n";

/// An article. Its number keeps its ids apart from those of others on the page.
pub(super) fn article(article: &Article, number: usize) -> String {
    let meta = &article.meta;
    let mut out = String::from("<article>\n");
    let told = [&meta.date, &meta.source, &meta.page, &meta.section];
    let told: Vec<String> = told
        .iter()
        .filter(|m| !m.is_empty())
        .map(|m| escaped(m))
        .collect();
    if !told.is_empty() {
        let _ = writeln!(out, "<div class=\"meta title\">{}</div>", told.join(" · "));
    }
    for (index, block) in article.text.blocks().iter().enumerate() {
        let id = BlockId(u32::try_from(index).unwrap_or(u32::MAX));
        let tag = match block.role {
            Role::Headline => "h1",
            Role::SectionHead => "h2",
            Role::Quote => "blockquote",
            Role::Paragraph => "p",
            _ => "div",
        };
        let _ = write!(
            out,
            "<{tag} id=\"a{number}-b{}\" class=\"{}\">",
            id.0 + 1,
            block.role.name()
        );
        for piece in pieces(article, *block) {
            // The page indents paragraphs by itself.
            let opens = tag == "p" && out.ends_with("class=\"paragraph\">");
            let text = escaped(if opens {
                piece.text.trim_start()
            } else {
                piece.text
            });
            match piece.mentions.last() {
                Some((_, inner)) => {
                    let classes = classes(article, &piece.mentions);
                    let told: Vec<String> = piece
                        .mentions
                        .iter()
                        .map(|(_, m)| told_of(article, m))
                        .collect();
                    let _ = write!(
                        out,
                        "<span class=\"{classes}\" title=\"{}\"{}>{text}</span>",
                        escaped(&told.join("\n")),
                        entity_of(inner, number)
                    );
                }
                None if piece.is_gap => {
                    let _ = write!(
                        out,
                        "<span class=\"{}\">{text}</span>",
                        class(Slot::MentionGap)
                    );
                }
                None => out.push_str(&text),
            }
        }
        let _ = writeln!(out, "</{tag}>");
    }
    entities(article, number, &mut out);
    out.push_str("</article>\n");
    out
}

fn entity_of(mention: &Mention, number: usize) -> String {
    mention.entity.map_or_else(String::new, |EntityId(n)| {
        format!(" data-entity=\"a{number}-e{}\"", n + 1)
    })
}

/// The classes of the innermost mention, and of how the mentions lie.
fn classes(article: &Article, mentions: &[(crate::article::MentionId, &Mention)]) -> String {
    let made = &article.annotations;
    let mut found = Vec::new();
    if let Some((_, inner)) = mentions.last() {
        found.push(class(Slot::Mention));
        found.push(class(label_slot(made, inner.label)));
        if mentions.iter().any(|(_, m)| m.is_discontinuous()) {
            found.push(class(Slot::MentionDiscontinuous));
        }
    }
    if mentions.len() > 1 {
        let crosses = mentions.windows(2).any(|pair| {
            let (outer, inner) = (pair[0].1.hull(), pair[1].1.hull());
            inner.start() < outer.start() || inner.end() > outer.end()
        });
        let slot = if crosses {
            Slot::MentionCrossing
        } else {
            Slot::MentionNested
        };
        found.push(class(slot));
    }
    found.join(" ")
}

/// `person (PER): 高锐`.
fn told_of(article: &Article, mention: &Mention) -> String {
    let made = &article.annotations;
    let (label, kind) = (
        made.label_name(mention.label),
        made.kind(mention.label).name(),
    );
    let mut told = if label == kind {
        kind.to_owned()
    } else {
        format!("{kind} ({label})")
    };
    if let Some(entity) = mention.entity.and_then(|id| made.entity(id)) {
        let _ = write!(told, ": {}", entity.name);
    }
    told
}

/// The entities, with how often they are mentioned, links and notes.
fn entities(article: &Article, article_number: usize, out: &mut String) {
    let made = &article.annotations;
    if made.entities().is_empty() {
        return;
    }
    out.push_str("<table class=\"entities\">\n");
    for (number, entity) in (0u32..).zip(made.entities()) {
        let target = Target::Entity(EntityId(number));
        let slot = class(label_slot(made, entity.label));
        let mut told = entity.aliases.join("、");
        for note in made.notes_on(target) {
            let _ = write!(told, " {}", note.text);
        }
        let mut told = escaped(told.trim());
        for link in made.links_on(target) {
            let reference = escaped(&link.reference);
            let _ = if ["http://", "https://"]
                .iter()
                .any(|s| link.reference.starts_with(s))
            {
                write!(
                    told,
                    " <a href=\"{reference}\" rel=\"noreferrer\">{reference}</a>"
                )
            } else {
                write!(told, " {reference}")
            };
        }
        let (name, label) = (
            escaped(&entity.name),
            escaped(made.label_name(entity.label)),
        );
        let count = entity.mentions().len();
        let id = number + 1;
        let _ = writeln!(
            out,
            "<tr><td id=\"a{article_number}-e{id}\" class=\"{slot}\">{name}</td><td>{label}</td><td>{count}</td><td>{told}</td></tr>"
        );
    }
    out.push_str("</table>\n");
}

/// A slot's name as a class.
fn class(slot: Slot) -> String {
    slot.name().replace('.', "-")
}

/// A style as declarations.
fn css(style: Style) -> String {
    let mut out = Vec::new();
    let hex = |rgb: [u8; 3]| format!("#{:02x}{:02x}{:02x}", rgb[0], rgb[1], rgb[2]);
    if let Some(rgb) = style.fg.and_then(|c| c.rgb()) {
        out.push(format!("color: {};", hex(rgb)));
    }
    if let Some(rgb) = style.bg.and_then(|c| c.rgb()) {
        out.push(format!("background: {};", hex(rgb)));
    }
    if let Some(bold) = style.bold {
        out.push(format!(
            "font-weight: {};",
            if bold { "bold" } else { "normal" }
        ));
    }
    if let Some(italic) = style.italic {
        out.push(format!(
            "font-style: {};",
            if italic { "italic" } else { "normal" }
        ));
    }
    if style.dim == Some(true) {
        out.push("opacity: 0.7;".to_owned());
    }
    let line = match style.underline {
        None => None,
        Some(Underline::None) => Some("none"),
        Some(Underline::Single) => Some("underline"),
        Some(Underline::Double) => Some("underline double"),
        Some(Underline::Curly) => Some("underline wavy"),
        Some(Underline::Dotted) => Some("underline dotted"),
        Some(Underline::Dashed) => Some("underline dashed"),
    };
    if let Some(line) = line {
        out.push(format!("text-decoration: {line};"));
    }
    out.join(" ")
}

/// Text that is nothing but text in HTML, in an element or within double quotes. What must not reach a screen is shown
/// as its placeholder.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push('\n'),
            c if is_unsafe(c) => out.push(placeholder(c)),
            c => out.push(c),
        }
    }
    out
}
