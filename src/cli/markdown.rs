//! An article as Markdown: mentions are links to a list of entities at the end.

use std::fmt::Write as _;

use super::pieces::pieces;
use crate::article::{Article, EntityId, Mention, Role, Target};
use crate::text::printable_line;

/// An article. Its number keeps its anchors apart from those of others on the page.
pub(super) fn article(article: &Article, number: usize) -> String {
    let mut out = String::new();
    let meta = &article.meta;
    if !article
        .text
        .blocks()
        .iter()
        .any(|b| b.role == Role::Headline)
    {
        let _ = writeln!(out, "# {}\n", escaped(&meta.title));
    }
    let told = [&meta.date, &meta.source, &meta.page, &meta.section];
    let told: Vec<String> = told
        .iter()
        .filter(|m| !m.is_empty())
        .map(|m| escaped(m))
        .collect();
    if !told.is_empty() {
        let _ = writeln!(out, "*{}*\n", told.join(" · "));
    }
    for block in article.text.blocks() {
        out.push_str(match block.role {
            Role::Headline => "# ",
            Role::SectionHead => "## ",
            Role::Quote => "> ",
            Role::Kicker | Role::Deck => "### ",
            _ => "",
        });
        let pieces = pieces(article, *block);
        let mut at = 0;
        while let Some(piece) = pieces.get(at) {
            // Links do not nest: the outermost mention is one, as far as it reaches here.
            let Some((id, outer)) = piece.mentions.first() else {
                let text = if at == 0 {
                    piece.text.trim_start()
                } else {
                    piece.text
                };
                out.push_str(&escaped(text));
                at += 1;
                continue;
            };
            let mut words = String::new();
            while let Some(piece) = pieces
                .get(at)
                .filter(|p| p.mentions.first().map(|(m, _)| m) == Some(id))
            {
                words.push_str(&escaped(piece.text));
                at += 1;
            }
            match outer.entity {
                Some(EntityId(n)) => {
                    let _ = write!(out, "[{words}](#{})", anchor(number, n));
                }
                None => {
                    let label = escaped(article.annotations.label_name(outer.label));
                    let _ = write!(out, "**{words}**<sub>{label}</sub>");
                }
            }
        }
        out.push_str("\n\n");
    }
    entities(article, number, &mut out);
    out
}

fn anchor(article: usize, entity: u32) -> String {
    format!("a{article}-e{}", entity + 1)
}

fn entities(article: &Article, number: usize, out: &mut String) {
    let made = &article.annotations;
    if made.entities().is_empty() {
        return;
    }
    out.push_str("| entity | label | mentions | |\n| --- | --- | --- | --- |\n");
    for (n, entity) in (0u32..).zip(made.entities()) {
        let target = Target::Entity(EntityId(n));
        let mut told = vec![entity.aliases.join("、")];
        told.extend(made.notes_on(target).map(|note| note.text.clone()));
        told.extend(made.links_on(target).map(|link| link.reference.clone()));
        told.retain(|told| !told.is_empty());
        let within = entity.mentions().iter().filter_map(|id| made.mention(*id));
        let parted = within.filter(|m: &&Mention| m.is_discontinuous()).count();
        if parted > 0 {
            told.push(format!("{parted} in parts"));
        }
        let cell = |text: &str| escaped(text).replace('|', "\\|");
        let _ = writeln!(
            out,
            "| <a id=\"{}\"></a>{} | {} | {} | {} |",
            anchor(number, n),
            cell(&entity.name),
            cell(made.label_name(entity.label)),
            entity.mentions().len(),
            cell(&told.join("; "))
        );
    }
    out.push('\n');
}

/// Text that is nothing but text in Markdown, on one line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in printable_line(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '>' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}
