//! A paragraph's words to text and mentions.

use super::tags::{PERSON, are_name, are_parts, is_bad_in_label, is_mention, is_tag, split_tag};
use crate::format::code::Code;
use crate::format::inline::DEPTH;
use crate::format::report::{Lines, Report, short};

/// A mention in the making: bytes of the text.
#[derive(Debug)]
pub(super) struct Draft<'t> {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Nothing while its bracket is open.
    pub(super) label: Option<&'t str>,
}

/// A word that stood alone, which may be the first half of a name.
#[derive(Debug, Clone, Copy)]
struct Before<'t> {
    word: &'t str,
    tag: &'t str,
    draft: usize,
}

/// What the words of an article become.
#[derive(Debug, Default)]
pub(super) struct Gathered<'t> {
    pub(super) text: String,
    /// In the order in which they begin, the outer first.
    pub(super) drafts: Vec<Draft<'t>>,
    /// Tags behind brackets that close nothing.
    pub(super) unopened: Vec<&'t str>,
    /// Code points of the text that the file has not.
    pub(super) added: u32,
    parts_names: bool,
    /// Open compounds: their draft, and the byte of the bracket in the file's part.
    open: Vec<(usize, usize)>,
    /// So many of them, the last ones, have no word yet.
    waiting: usize,
    /// Brackets beyond the depth, still open.
    beyond: usize,
    /// Where the line begins in the text.
    line: usize,
    /// The word before, when it stood outside of brackets and is a mention.
    before: Option<Before<'t>>,
}

impl<'t> Gathered<'t> {
    /// Nothing so far; neighbours tagged `nr` may be the halves of a name, as in 1998, or not.
    pub(super) fn new(parts_names: bool) -> Self {
        Self {
            parts_names,
            ..Self::default()
        }
    }

    /// Reads the words of a line, which begins at byte `base` of the part of the file that `lines` knows.
    pub(super) fn line(
        &mut self,
        line: &'t str,
        base: usize,
        lines: &Lines<'_>,
        report: &mut Report,
    ) {
        self.line = self.text.len();
        self.before = None;
        let mut at = 0;
        for token in line.split(|c: char| c.is_ascii_whitespace()) {
            let start = base + at;
            at += token.len() + 1;
            if !token.is_empty() {
                self.token(token, start, lines, report);
            }
        }
        self.waiting = 0;
        self.beyond = 0;
        for (_, bracket) in self.open.drain(..) {
            let message =
                "this bracket is not closed in its paragraph, so its compound is not marked";
            let remedy = "write ] and the tag of the compound behind its last word";
            report.add(Code::SYNTAX, lines.place(bracket), message, remedy);
        }
    }

    /// Reads a word with its brackets.
    fn token(&mut self, token: &'t str, start: usize, lines: &Lines<'_>, report: &mut Report) {
        let mut rest = token;
        while let Some(behind) = rest.strip_prefix('[').filter(|r| !is_tag_alone(r)) {
            self.opens(start + token.len() - rest.len(), lines, report);
            self.before = None;
            rest = behind;
        }
        let mut closing = Vec::new();
        let word = closers(rest, !self.open.is_empty(), &mut closing);
        let place = start + token.len() - rest.len();
        if !word.is_empty() {
            let before = self.before.take();
            self.before = self.word(word, before, place, lines, report);
        }
        for (at, label) in closing.into_iter().rev() {
            self.closes(label, place + at, lines, report);
            self.before = None;
        }
    }

    fn opens(&mut self, bracket: usize, lines: &Lines<'_>, report: &mut Report) {
        if self.open.len() >= DEPTH {
            self.beyond += 1;
            let message = format!(
                "compounds lie in each other more than {DEPTH} deep; this one is not marked"
            );
            let remedy = "close the brackets before it where they end";
            report.add(Code::SYNTAX, lines.place(bracket), message, remedy);
            return;
        }
        self.open.push((self.drafts.len(), bracket));
        self.waiting += 1;
        self.drafts.push(Draft {
            start: 0,
            end: 0,
            label: None,
        });
    }

    /// Reads a word. Returns it when it may be the first half of a name.
    fn word(
        &mut self,
        token: &'t str,
        before: Option<Before<'t>>,
        place: usize,
        lines: &Lines<'_>,
        report: &mut Report,
    ) -> Option<Before<'t>> {
        let (word, tag) = split_tag(token).unwrap_or((token, ""));
        let word = without_reading(word);
        if word.is_empty() || tag.is_empty() {
            let message = if word.is_empty() {
                format!("the tag “{tag}” has no word before it")
            } else {
                format!("“{}” has no tag; it is read as a word", short(word))
            };
            let remedy = "write a word, a slash and its tag, as in 风/n";
            report.add(Code::MALFORMED, lines.place(place), message, remedy);
        }
        if word.is_empty() {
            return None;
        }
        let is_latin = |b: &u8| b.is_ascii_alphanumeric();
        let parted = self
            .text
            .as_bytes()
            .get(self.line..)?
            .last()
            .is_some_and(is_latin);
        if parted && word.as_bytes().first().is_some_and(is_latin) {
            self.text.push(' ');
            self.added += 1;
        }
        let start = self.text.len();
        let waiting = self.open.len() - self.waiting.min(self.open.len());
        for (draft, _) in self.open.iter().skip(waiting) {
            if let Some(draft) = self.drafts.get_mut(*draft) {
                draft.start = start;
            }
        }
        self.waiting = 0;
        self.text.push_str(word);
        if !is_mention(tag) {
            return None;
        }
        let end = self.text.len();
        let joins = |b: &Before<'_>| {
            are_parts((b.tag, tag))
                || (self.parts_names && (b.tag, tag) == (PERSON, PERSON) && are_name(b.word, word))
        };
        if let Some(before) = before.filter(joins)
            && let Some(draft) = self.drafts.get_mut(before.draft)
        {
            draft.end = end;
            draft.label = Some(PERSON);
            return None;
        }
        self.drafts.push(Draft {
            start,
            end,
            label: Some(tag),
        });
        let draft = self.drafts.len() - 1;
        Some(Before { word, tag, draft })
    }

    fn closes(&mut self, label: &'t str, bracket: usize, lines: &Lines<'_>, report: &mut Report) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let Some((draft, _)) = self.open.pop() else {
            let message = format!(
                "“]{}” closes no bracket; it is kept without a place",
                short(label)
            );
            let remedy = "write [ before the first word of the compound";
            report.add(Code::SYNTAX, lines.place(bracket), message, remedy);
            self.unopened.push(label);
            return;
        };
        if self.waiting > 0 {
            self.waiting -= 1;
            let message = "this compound has no words";
            let remedy = "take its brackets away, or write its words between them";
            report.add(Code::SYNTAX, lines.place(bracket), message, remedy);
            return;
        }
        if label.is_empty() {
            let message = "the compound that ends here has no tag, so it is not marked";
            let remedy = "write its tag behind the bracket, as in [风/n  城/n]ns";
            report.add(Code::MISSING, lines.place(bracket), message, remedy);
            return;
        }
        let end = self.text.len();
        if let Some(draft) = self.drafts.get_mut(draft) {
            draft.end = end;
            draft.label = Some(label);
        }
    }
}

/// Whether a tag follows and no word, so that the bracket before it is itself the word: `[/w`, but not `[//w`.
fn is_tag_alone(behind: &str) -> bool {
    let Some(tag) = behind.strip_prefix('/') else {
        return false;
    };
    let end = tag.find(['/', ']']).and_then(|at| tag.as_bytes().get(at));
    end != Some(&b'/')
}

/// Takes the brackets that close compounds from the end of a token, the outermost first, each with its byte in the
/// token and its label, and returns the word. Known are `城/n]ns` and, from 2014 on, `城/n]/ns`.
fn closers<'t>(token: &'t str, is_open: bool, found: &mut Vec<(usize, &'t str)>) -> &'t str {
    let mut rest = token;
    while let Some((before, after)) = rest.rsplit_once(']') {
        let slashed = after.strip_prefix('/');
        let label = slashed.unwrap_or(after);
        let is_label = !label.contains(is_bad_in_label);
        let closes = match (slashed, before) {
            // The bracket itself as a word, or one that stands apart from the words that it closes.
            (Some(tag), "") => is_open && !tag.starts_with('w'),
            (None, "") => is_open || is_tag(label),
            (Some(_), _) => is_tagged(before),
            (None, _) if label.is_empty() => is_tagged(before),
            (None, _) => true,
        };
        if !is_label || !closes {
            break;
        }
        found.push((before.len(), label));
        rest = before;
    }
    rest
}

/// Whether a token ends with a tag, its own or that of a compound.
fn is_tagged(token: &str) -> bool {
    let compound = || {
        let (before, label) = token.rsplit_once(']')?;
        (!before.is_empty() && is_tag(label)).then_some(())
    };
    split_tag(token).is_some() || compound().is_some()
}

/// The word without a reading in braces, as in 看{kan4}.
fn without_reading(word: &str) -> &str {
    let Some((before, reading)) = word.strip_suffix('}').and_then(|w| w.rsplit_once('{')) else {
        return word;
    };
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | 'ü' | 'Ü');
    if before.is_empty() || reading.is_empty() || !reading.chars().all(fits) {
        return word;
    }
    before
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_brackets_are_told_from_words() {
        for (token, is_open, word, labels) in [
            ("城/n]ns", true, "城/n", &["ns"][..]),
            ("城/n]/ns", true, "城/n", &["ns"]),
            ("城/n]ns]nt", true, "城/n", &["nt", "ns"]),
            ("城/n]/ns]/nt", true, "城/n", &["nt", "ns"]),
            ("城]nt", true, "城", &["nt"]),
            ("城/n]", true, "城/n", &[""]),
            ("]/w", true, "]/w", &[]),
            ("]/w]nt", true, "]/w", &["nt"]),
            ("]nt", true, "", &["nt"]),
            ("城]/w", true, "城]/w", &[]),
            ("城]的/x", true, "城]的/x", &[]),
            ("城/n", false, "城/n", &[]),
        ] {
            let mut found = Vec::new();
            assert_eq!(closers(token, is_open, &mut found), word, "{token}");
            let found: Vec<&str> = found.into_iter().map(|(_, label)| label).collect();
            assert_eq!(found, labels, "{token}");
        }
    }

    #[test]
    fn readings_are_no_text() {
        for (word, text) in [
            ("看{kan4}", "看"),
            ("绿{lü4}", "绿"),
            ("当时{dang1shi2}", "当时"),
            ("{kan4}", "{kan4}"),
            ("看{}", "看{}"),
            ("看{看}", "看{看}"),
            ("看{kan4", "看{kan4"),
        ] {
            assert_eq!(without_reading(word), text);
        }
    }
}
