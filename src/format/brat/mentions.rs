//! The T lines of an `.ann` file to mentions.

use super::annotate::Maker;
use super::entities::{Candidate, surface};
use super::lines::{Line, What, Word};
use super::offsets::length;
use crate::article::{ByteSpan, Fault, MentionDraft, SourceSpan, Target};
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
                    let Some(spans) = self.spans(line.id, fragments, *place) else {
                        continue;
                    };
                    if self.mention(line.id, label, fragments, spans.clone()) {
                        let behind = lines[index + 1..].iter();
                        let spilled = behind.take_while(|l| l.what == What::Stray);
                        self.compare(line.id, *quote, &spans, spilled);
                    }
                }
                What::Stray => {
                    let message = format!("“{}” is no line of brat", short(line.id.text));
                    let remedy = "a line begins with T1, E1, R1, A1, N1, #1 or * and a TAB; \
                                  a quotation that went over a line end belongs on one line";
                    self.warn("stray lines", line.id, message, remedy);
                }
                _ => {}
            }
        }
    }

    fn spans(
        &mut self,
        id: Word<'_>,
        fragments: &[SourceSpan],
        place: Word<'_>,
    ) -> Option<Vec<ByteSpan>> {
        let mut spans = Vec::with_capacity(fragments.len());
        for fragment in fragments {
            let bytes = self
                .offsets
                .byte(fragment.start)
                .zip(self.offsets.byte(fragment.end));
            let Some((start, end)) = bytes else {
                let message = format!(
                    "{} ends at {}, and the text has {} code points",
                    id.text, fragment.end, self.offsets.length
                );
                let remedy = "mend the offsets; see that the .txt is the one that was annotated";
                self.error("offsets behind the text", place, message, remedy);
                return None;
            };
            // The halves of a line end are at one place: half of it is nothing.
            if start < end {
                spans.push(ByteSpan::new(start, end));
            }
        }
        Some(spans)
    }

    /// Enters a mention; false when it cannot be.
    fn mention(
        &mut self,
        id: Word<'l>,
        label: &'l str,
        fragments: &[SourceSpan],
        spans: Vec<ByteSpan>,
    ) -> bool {
        if !self.is_new(id) {
            return false;
        }
        let surface = surface(self.text, &spans);
        let draft = MentionDraft {
            layer: self.layer,
            source_id: id.text.to_owned(),
            label: self.builder.label(label),
            spans,
            source_spans: fragments.to_vec(),
            entity: None,
        };
        match self.builder.mention(draft) {
            Ok(mention) => {
                self.ids.insert(id.text, Target::Mention(mention));
                self.candidates.push(Candidate {
                    label,
                    surface,
                    is_trigger: false,
                });
                return true;
            }
            Err(Fault::Empty) => {
                let message = format!("{} holds nothing but half a line end", id.text);
                self.error(
                    "unusable offsets",
                    id,
                    message,
                    "mend the offsets or delete the line",
                );
            }
            Err(fault) => {
                let message = format!("{}: {fault}", id.text);
                self.error("unusable offsets", id, message, "mend the offsets");
            }
        }
        false
    }

    /// Warns when the quotation is not what stands at the offsets.
    fn compare<'s>(
        &mut self,
        id: Word<'_>,
        quote: Option<Word<'_>>,
        spans: &[ByteSpan],
        spilled: impl Iterator<Item = &'s Line<'s>>,
    ) {
        let parts: Vec<&str> = spans.iter().map(|span| self.text.slice(*span)).collect();
        let found = parts.join(" ").replace('\n', " ");
        let Some(quote) = quote else {
            let message = format!(
                "{} quotes no text; the text has “{}”",
                id.text,
                short(&found)
            );
            let remedy = "add a TAB and the text, so that shifted offsets can be seen";
            return self.warn("mentions without quotation", id, message, remedy);
        };
        if quote.text == found {
            return;
        }
        let mut joined = quote.text.to_owned();
        for line in spilled {
            if joined.len() >= found.len() {
                break;
            }
            joined.push(' ');
            joined.push_str(line.id.text);
        }
        let message = if joined == found {
            format!("{} quotes text that goes on in the next line", id.text)
        } else {
            let (quoted, found) = (short(quote.text), short(&found));
            format!(
                "{} quotes “{quoted}”, but the text has “{found}” there",
                id.text
            )
        };
        let remedy = if joined == found {
            "put the quotation on one line, with a space for the line end"
        } else if length(quote.text) == length(&found) {
            "the offsets are used; mend them if they are shifted, else the quotation"
        } else {
            "the offsets are used; mend them or the quotation"
        };
        self.warn(
            "quotations that differ from the text",
            quote,
            message,
            remedy,
        );
    }
}
