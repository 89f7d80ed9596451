//! The T lines of an `.ann` file to mentions.

use super::annotate::Maker;
use super::lines::{Line, What, Word};
use crate::article::{ByteSpan, MentionDraft, SourceSpan, Target, Unplaced};
use crate::format::alike::{Candidate, shown};
use crate::format::anchor::nearby;
use crate::format::cluster::parted;
use crate::format::code::Code;
use crate::format::report::short;

impl<'l> Maker<'_, 'l> {
    pub(super) fn mentions(&mut self, lines: &'l [Line<'l>]) {
        for (index, line) in lines.iter().enumerate() {
            match &line.what {
                What::Mention {
                    label,
                    fragments,
                    place,
                    quote,
                } => {
                    if !self.is_new(line.id) {
                        continue;
                    }
                    if self.types.lacks(label) && self.unknown.insert(label) {
                        let message = format!("“{}” is no type of annotation.conf", short(label));
                        let remedy = "mend the label, or add it to the configuration";
                        self.tell(Code::UNKNOWN_LABEL, line.id, message, remedy);
                    }
                    match self.spans(line.id, fragments, *place) {
                        Some(spans) => {
                            let behind = lines.get(index + 1..).unwrap_or(&[]).iter();
                            let spilled = behind.take_while(|l| l.what == What::Stray);
                            let (spans, reads) = self.compare(line.id, *quote, spans, spilled);
                            self.kept.quotes(line.id.at, *quote, reads);
                            self.mention(line.id, label, fragments, spans);
                        }
                        None => {
                            self.kept.quotes(line.id.at, *quote, quote.is_some());
                            self.unplaced(line.id, label, *place, *quote);
                        }
                    }
                }
                What::Stray => {
                    let message = format!("“{}” is no line of brat", short(line.id.text));
                    let remedy = "a line begins with T1, E1, R1, A1, N1, #1 or * and a TAB; \
                                  a quotation that went over a line end belongs on one line";
                    self.tell(Code::STRAY, line.id, message, remedy);
                }
                _ => {}
            }
        }
    }

    /// The bytes of the fragments; nothing when they cannot be used, which is told.
    fn spans(
        &mut self,
        id: Word<'_>,
        fragments: &[SourceSpan],
        place: Word<'_>,
    ) -> Option<Vec<ByteSpan>> {
        let mut spans: Vec<ByteSpan> = Vec::with_capacity(fragments.len());
        let whole = self.text.whole();
        for SourceSpan { start, end } in fragments.iter().copied() {
            let found = self.scale.bytes(whole, start.into(), end.into());
            let (code, message, remedy) = match found {
                // The halves of a line end are at one place: half of it is nothing.
                Some((from, to)) if from == to && start < end => continue,
                Some((from, _)) if spans.last().is_some_and(|s| s.end() > from) => (
                    Code::OFFSET_BAD,
                    format!("the fragments of {} overlap: {start} {end}", id.text),
                    "mend the offsets",
                ),
                Some((from, to)) if from < to => {
                    let span = ByteSpan::new(from, to);
                    spans.push(span);
                    if let Some(message) = parted(whole, span) {
                        let message = format!("{}: {message}", id.text);
                        let remedy = "mend the offsets; see what they count";
                        self.tell(Code::OFFSET_CLUSTER, place, message, remedy);
                    }
                    continue;
                }
                None if start < end && u64::from(end) > self.scale.units() => (
                    Code::OFFSET_RANGE,
                    format!(
                        "{} ends at {end}, and the text has {} of what offsets count",
                        id.text,
                        self.scale.units()
                    ),
                    "mend the offsets; see that the .txt is the one that was annotated",
                ),
                _ => (
                    Code::OFFSET_BAD,
                    format!(
                        "{} goes from {start} to {end}, which holds nothing or half a character",
                        id.text
                    ),
                    "mend the offsets; the end is behind the last character",
                ),
            };
            self.tell(code, place, message, remedy);
            return None;
        }
        if spans.is_empty() {
            let message = format!("{} holds nothing but half a line end", id.text);
            self.tell(
                Code::OFFSET_BAD,
                place,
                message,
                "mend the offsets or delete the line",
            );
            return None;
        }
        Some(spans)
    }

    /// Keeps a mention that has no place.
    fn unplaced(&mut self, id: Word<'l>, label: &str, place: Word<'_>, quote: Option<Word<'_>>) {
        let label = self.builder.label(label);
        let unplaced = self.builder.unplaced(Unplaced {
            layer: self.layer,
            source_id: id.text.into(),
            label,
            place: place.text.into(),
            quote: quote.map_or("", |quote| quote.text).into(),
        });
        self.ids.insert(id.text, Target::Unplaced(unplaced));
    }

    /// Enters a mention.
    fn mention(
        &mut self,
        id: Word<'l>,
        label: &'l str,
        fragments: &[SourceSpan],
        spans: Vec<ByteSpan>,
    ) {
        let (surface, whole) = shown(self.text, &spans);
        let draft = MentionDraft {
            layer: self.layer,
            source_id: id.text.to_owned(),
            label: self.builder.label(label),
            spans,
            source_spans: fragments.to_vec(),
            entity: None,
        };
        // It cannot fail: the spans were looked at.
        if let Ok(mention) = self.builder.mention(draft) {
            self.ids.insert(id.text, Target::Mention(mention));
            self.candidates.push(Candidate {
                label,
                surface,
                whole,
                is_trigger: false,
            });
        }
    }

    /// Warns when the quotation is not what stands at the offsets. Returns where the mention is to be, and whether it
    /// quotes what stands there.
    fn compare<'s>(
        &mut self,
        id: Word<'_>,
        quote: Option<Word<'_>>,
        spans: Vec<ByteSpan>,
        spilled: impl Iterator<Item = &'s Line<'s>>,
    ) -> (Vec<ByteSpan>, bool) {
        let parts: Vec<&str> = spans.iter().map(|span| self.text.slice(*span)).collect();
        // Mentions of a hostile file may reach over most of a long text each: what is not needed is not joined.
        let len =
            parts.iter().map(|part| part.len()).sum::<usize>() + parts.len().saturating_sub(1);
        let reads = |quote: &str| quote.len() == len && parts.join(" ").replace('\n', " ") == quote;
        let found = beginning(&parts);
        let Some(quote) = quote else {
            let message = format!(
                "{} quotes no text; the text has “{}”",
                id.text,
                short(&found)
            );
            let remedy = "add a TAB and the text, so that shifted offsets can be seen";
            self.tell(Code::QUOTE_MISSING, id, message, remedy);
            return (spans, false);
        };
        if reads(quote.text) {
            return (spans, true);
        }
        let mut joined = quote.text.to_owned();
        for line in spilled {
            if joined.len() >= len {
                break;
            }
            joined.push(' ');
            joined.push_str(line.id.text);
        }
        let (quoted, shown) = (short(quote.text), short(&found));
        let goes_on = reads(&joined);
        let moved = if goes_on {
            None
        } else {
            nearby(self.text, &spans, quote.text)
        };
        let (code, message, remedy) = match &moved {
            Some((_, by)) if self.anchor => (
                Code::RE_ANCHORED,
                format!(
                    "{} quotes “{quoted}”, which stands {by:+} characters from its offsets, at “{shown}”; it is \
                     marked there",
                    id.text
                ),
                "mend the offsets",
            ),
            Some((_, by)) => (
                Code::QUOTE_DIFFERS,
                format!(
                    "{} quotes “{quoted}”, which stands {by:+} characters from its offsets, at “{shown}”",
                    id.text
                ),
                "the offsets are used; mend them",
            ),
            None if goes_on => (
                Code::QUOTE_DIFFERS,
                format!("{} quotes text that goes on in the next line", id.text),
                "put the quotation on one line, with a space for the line end",
            ),
            None => (
                Code::QUOTE_DIFFERS,
                format!(
                    "{} quotes “{quoted}”, but the text has “{shown}” there",
                    id.text
                ),
                "the offsets are used; mend them or the quotation",
            ),
        };
        self.tell(code, quote, message, remedy);
        match moved {
            Some((moved, _)) if self.anchor => (moved, false),
            _ => (spans, false),
        }
    }
}

/// The first characters of fragments joined by spaces, on one line: more than a message quotes.
fn beginning(parts: &[&str]) -> String {
    const MORE: usize = 64;
    let spaced = parts.iter().enumerate().flat_map(|(index, part)| {
        let before = (index > 0).then_some(' ');
        before.into_iter().chain(part.chars())
    });
    let line = spaced.map(|c| if c == '\n' { ' ' } else { c });
    line.take(MORE).collect()
}
