//! Copying: which text, in which form, with which citation.

use super::body::Body;
use super::message::Effect;
use super::state::App;
use crate::action::Action;
use crate::article::{Article, Block, ByteSpan, Mention, Role};
use crate::config::CopyForm;
use crate::text;
use crate::typeset::{GlyphKind, NARROW_PLACEHOLDER};

impl App {
    /// Carries out an action that is about copying; nothing when it is another.
    pub(super) fn copy(&mut self, action: Action) -> Option<Vec<Effect>> {
        let what = match action {
            Action::CopySelection => "the selection",
            Action::CopySentence => "a sentence",
            Action::CopyParagraph => "a paragraph",
            Action::CopyMention => "a mention",
            Action::CopyRow => "a row",
            Action::ToggleCopyForm => {
                let (form, said) = match self.config.copy.form {
                    CopyForm::File => (CopyForm::Shown, "text is copied as it is shown"),
                    CopyForm::Shown => (CopyForm::File, "text is copied as in the file"),
                };
                self.config.copy.form = form;
                self.say(said);
                return Some(Vec::new());
            }
            Action::ToggleCitation => {
                let cite = !self.config.copy.cite;
                self.config.copy.cite = cite;
                let with = if cite { "with" } else { "without" };
                self.say(format!("text is copied {with} title, date and page"));
                return Some(Vec::new());
            }
            _ => return None,
        };
        let spans = self.spans_of(action);
        let Some((body, first)) = self.body.as_ref().zip(spans.first().copied()) else {
            self.warn(match action {
                Action::CopySelection => "nothing is selected",
                Action::CopyMention => "no mention at the point",
                _ => "there is no text here",
            });
            return Some(Vec::new());
        };
        let article = body.article();
        let indented = matches!(action, Action::CopyParagraph | Action::CopyRow);
        let parts = spans.iter().map(|span| match self.config.copy.form {
            CopyForm::File => as_in_file(article.text.slice(*span)),
            CopyForm::Shown => body.shown(*span, indented),
        });
        let mut text = parts.collect::<Vec<_>>().join(Mention::GAP);
        if self.config.copy.cite {
            text.push('\n');
            text.push_str(&citation(article, first));
        }
        self.selection = None;
        Some(vec![Effect::Copy { text, what }])
    }

    /// The bytes that an action copies, none where there is nothing to copy. Several are the fragments of a mention.
    fn spans_of(&self, action: Action) -> Vec<ByteSpan> {
        let Some((body, article)) = self.body.as_ref().zip(self.article()) else {
            return Vec::new();
        };
        if action == Action::CopySelection {
            let span = self.selection.map(|selection| selection.span(article));
            return span.into_iter().collect();
        }
        if action == Action::CopyMention {
            let mention = self.mention_at_point();
            let mention = mention.and_then(|id| article.annotations.mention(id));
            return mention.map_or(Vec::new(), |m| m.spans().to_vec());
        }
        let Some(offset) = body.point().map(|point| point.offset) else {
            return Vec::new();
        };
        if action == Action::CopyRow {
            return body
                .row_of(offset)
                .map(|row| row.span())
                .into_iter()
                .collect();
        }
        let block = article.text.block_at(offset);
        let Some(block) = block.and_then(|id| article.text.block(id)) else {
            return Vec::new();
        };
        if action == Action::CopyParagraph {
            return vec![block.span];
        }
        let from = block.span.start();
        let slice = article.text.slice(block.span);
        let found = text::sentence_at(slice, offset.saturating_sub(from));
        vec![ByteSpan::new(from + found.start, from + found.end)]
    }
}

/// Text as it stands in the file, but for what could act in another program, or make a line read otherwise than it is
/// written: controls, also bidirectional ones, and line separators become their pictures, and tags, which carry text
/// that nobody sees, are left out. Joiners, selectors and zero-width spaces belong to the text.
/// TABs and line feeds stay; a line feed at the end would send what is pasted into a shell.
fn as_in_file(text: &str) -> String {
    let harmless = |c: char| match c {
        '\n' | '\t' => Some(c),
        '\u{E0000}'..='\u{E007F}' => None,
        c if text::is_unsafe(c) => Some(text::placeholder(c)),
        c => Some(c),
    };
    let text = text.trim_end_matches('\n');
    text.chars().filter_map(harmless).collect()
}

/// Title, source, date, page and paragraph of a place, as far as the file says them; in the manner of the title's script.
fn citation(article: &Article, span: ByteSpan) -> String {
    let meta = &article.meta;
    let is_chinese = text::has_wide(&meta.title);
    let mut parts = vec![if is_chinese {
        format!("——《{}》", meta.title)
    } else {
        format!("— “{}”", meta.title)
    }];
    parts.extend(
        [&meta.source, &meta.date]
            .into_iter()
            .filter(|part| !part.is_empty())
            .cloned(),
    );
    let numbered = |number: &str, chinese: [&str; 2], latin: &str| {
        if is_chinese {
            format!("{}{number}{}", chinese[0], chinese[1])
        } else {
            format!("{latin} {number}")
        }
    };
    if !meta.page.is_empty() {
        parts.push(numbered(&meta.page, ["第", "版"], "page"));
    }
    if let Some(number) = paragraph_number(article, span) {
        parts.push(numbered(&number.to_string(), ["第", "段"], "paragraph"));
    }
    text::printable_line(&parts.join(if is_chinese { "，" } else { ", " }))
}

/// The number of the paragraph in which a span begins, from 1; headlines, captions and the like are none.
fn paragraph_number(article: &Article, span: ByteSpan) -> Option<usize> {
    let id = article.text.block_at(span.start())?;
    let up_to = article.text.blocks().get(..=id.0 as usize)?;
    let is_paragraph = |block: &&Block| block.role == Role::Paragraph;
    up_to.last().filter(is_paragraph)?;
    Some(up_to.iter().filter(is_paragraph).count())
}

impl Body {
    /// Selected text as it is shown: the rows of the pane from `span`'s first to its last, one a line, with their
    /// indents and blanks, none at their ends. What is taken for each character is what the painter sends. The
    /// first row begins with its indent only where it is `indented`: a name in it has none.
    #[must_use]
    pub(super) fn shown(&self, span: ByteSpan, indented: bool) -> String {
        let flow = self.flow();
        let options = &flow.manner().options;
        let mut out = String::new();
        let mut next = flow.row_at(flow.place_of(span.start()));
        let mut first = true;
        while let Some(row) = next {
            if row.span().start() >= span.end() && !first {
                break;
            }
            if !first {
                out.push('\n');
            }
            let base = row.part.span.start();
            // The column behind what has been taken, so that blanks are made for what is skipped.
            let mut behind = (indented || !first).then_some(0);
            let mut line = String::new();
            for glyph in row
                .line()
                .into_iter()
                .flat_map(|line| line.glyphs(flow.block_text(&row), options))
            {
                let at = base + glyph.span.start;
                if at < span.start() || at >= span.end() || glyph.cells == 0 {
                    continue;
                }
                let blank = glyph.column - behind.unwrap_or(glyph.column).min(glyph.column);
                line.extend(std::iter::repeat_n(' ', usize::from(blank)));
                behind = Some(glyph.column + glyph.cells);
                match glyph.kind {
                    GlyphKind::Blank => {
                        line.extend(std::iter::repeat_n(' ', usize::from(glyph.cells)));
                    }
                    GlyphKind::Placeholder => line.push(NARROW_PLACEHOLDER),
                    GlyphKind::Shown | GlyphKind::Hung => {
                        let units = text::units(glyph.text, &options.profile);
                        line.extend(units.iter().map(|unit| unit.symbol.as_str()));
                    }
                }
            }
            out.push_str(line.trim_end_matches(' '));
            first = false;
            next = flow.below(&row);
        }
        out
    }
}
