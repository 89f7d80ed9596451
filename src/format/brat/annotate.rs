//! The lines of an `.ann` file to annotations over the text.

use std::collections::HashMap;

use super::entities::{Candidate, clusters, surface};
use super::lines::{Line, Part, What, Word};
use super::offsets::{Offsets, length};
use crate::article::{
    Annotations, AnnotationsBuilder, Argument, Attribute, ByteSpan, EventId, Fault, LayerId, Link,
    MentionDraft, MentionId, Note, Relation, Severity, SourceSpan, Target, Text,
};
use crate::format::report::{Lines, Report, short};

/// The `.ann` file.
pub(super) struct Source<'a> {
    /// Its name, which becomes the layer's.
    pub(super) name: &'a str,
    pub(super) text: &'a str,
}

/// Makes the annotations. Events may name events and lines may stand in any order, so every sort of line has its own
/// pass.
pub(super) fn annotate(
    source: &Source<'_>,
    lines: &[Line<'_>],
    offsets: &Offsets,
    text: &Text,
    report: &mut Report,
) -> Annotations {
    let mut builder = AnnotationsBuilder::new(text);
    let layer = builder.layer(source.name);
    let mut maker = Maker {
        places: Lines::new(source.text),
        report,
        text,
        offsets,
        builder,
        layer,
        ids: HashMap::new(),
        candidates: Vec::new(),
        events: Vec::new(),
    };
    maker.mentions(lines);
    maker.events(lines);
    maker.relations(lines);
    maker.arguments();
    maker.attributes(lines);
    maker.remarks(lines);
    maker.entities(lines);
    maker.builder.finish()
}

struct Maker<'a, 'l> {
    places: Lines<'a>,
    report: &'a mut Report,
    text: &'a Text,
    offsets: &'a Offsets,
    builder: AnnotationsBuilder<'a>,
    layer: LayerId,
    /// What each id stands for; that of an attribute or link for what it is on.
    ids: HashMap<&'l str, Target>,
    /// The mentions by their provisional number.
    candidates: Vec<Candidate<'l>>,
    /// The events that wait for their arguments.
    events: Vec<(EventId, &'l [Part<'l>])>,
}

impl<'l> Maker<'_, 'l> {
    fn mentions(&mut self, lines: &'l [Line<'l>]) {
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

    fn events(&mut self, lines: &'l [Line<'l>]) {
        for line in lines {
            let What::Event {
                label,
                trigger,
                arguments,
            } = &line.what
            else {
                continue;
            };
            let mention = match self.target(line.id, *trigger) {
                None => continue,
                Some(Target::Mention(mention)) => mention,
                Some(_) => {
                    let message = format!(
                        "the trigger of {} should be a mention, and is {}",
                        line.id.text, trigger.text
                    );
                    self.error(
                        "triggers that are no mentions",
                        *trigger,
                        message,
                        "give the id of a T line",
                    );
                    continue;
                }
            };
            if !self.is_new(line.id) {
                continue;
            }
            self.candidates[mention.0 as usize].is_trigger = true;
            if let Ok(event) = self
                .builder
                .event(self.layer, line.id.text, label, Some(mention))
            {
                self.ids.insert(line.id.text, Target::Event(event));
                self.events.push((event, arguments));
            }
        }
    }

    fn arguments(&mut self) {
        for (event, parts) in std::mem::take(&mut self.events) {
            for (role, word) in parts {
                if let Some(target) = self.target(*word, *word) {
                    let role = (*role).into();
                    // It cannot fail: both are there.
                    let _ = self.builder.argument(event, Argument { role, target });
                }
            }
        }
    }

    fn relations(&mut self, lines: &'l [Line<'l>]) {
        for line in lines {
            let What::Relation { label, arguments } = &line.what else {
                continue;
            };
            let found: Vec<Argument> = arguments
                .iter()
                .filter_map(|(role, word)| {
                    let target = self.target(line.id, *word)?;
                    Some(Argument {
                        role: (*role).into(),
                        target,
                    })
                })
                .collect();
            if found.len() < arguments.len() || !self.is_new(line.id) {
                continue;
            }
            let relation = Relation {
                layer: self.layer,
                source_id: line.id.text.into(),
                label: (*label).to_owned(),
                arguments: found,
            };
            if let Ok(id) = self.builder.relation(relation) {
                self.ids.insert(line.id.text, Target::Relation(id));
            }
        }
    }

    fn attributes(&mut self, lines: &'l [Line<'l>]) {
        for line in lines {
            let (Some(target), source_id) = (self.of(line), line.id.text.into()) else {
                continue;
            };
            let done = match &line.what {
                What::Attribute { name, value, .. } => self.builder.attribute(Attribute {
                    source_id,
                    target,
                    name: (*name).to_owned(),
                    value: value.map(str::to_owned),
                }),
                What::Link {
                    reference, title, ..
                } => self.builder.link(Link {
                    source_id,
                    target,
                    reference: (*reference).to_owned(),
                    title: (*title).to_owned(),
                }),
                _ => continue,
            };
            if done.is_ok() {
                self.ids.insert(line.id.text, target);
            }
        }
    }

    /// What an attribute or a link is on, when its id is new.
    fn of(&mut self, line: &Line<'l>) -> Option<Target> {
        let (What::Attribute { target, .. } | What::Link { target, .. }) = &line.what else {
            return None;
        };
        let found = self.target(line.id, *target)?;
        self.is_new(line.id).then_some(found)
    }

    fn remarks(&mut self, lines: &'l [Line<'l>]) {
        for line in lines {
            let What::Note {
                label,
                target,
                text,
            } = &line.what
            else {
                continue;
            };
            let Some(target) = self.target(line.id, *target) else {
                continue;
            };
            if !self.is_new(line.id) {
                continue;
            }
            self.ids.insert(line.id.text, target);
            let _ = self.builder.note(Note {
                source_id: line.id.text.into(),
                target: Some(target),
                label: (*label).to_owned(),
                text: (*text).to_owned(),
            });
        }
    }

    fn entities(&mut self, lines: &'l [Line<'l>]) {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for line in lines {
            let What::Group { members } = &line.what else {
                continue;
            };
            let mut group = Vec::new();
            for word in members {
                match self.target(line.id, *word) {
                    Some(Target::Mention(mention)) => group.push(mention.0 as usize),
                    Some(_) => {
                        let message =
                            format!("only mentions can be one, and {} is none", word.text);
                        self.error(
                            "groups of what is no mention",
                            *word,
                            message,
                            "give ids of T lines",
                        );
                    }
                    None => {}
                }
            }
            if group.len() > 1 {
                groups.push(group);
            }
        }
        for cluster in clusters(&self.candidates, &groups) {
            let label = self.builder.label(self.candidates[cluster.named_by].label);
            let entity = self.builder.entity(&cluster.name, label, cluster.aliases);
            for member in cluster.members {
                let mention = MentionId(u32::try_from(member).unwrap_or(u32::MAX));
                self.builder.refer(mention, entity);
            }
        }
    }

    /// What an id stands for; reported when nothing does.
    fn target(&mut self, by: Word<'_>, word: Word<'_>) -> Option<Target> {
        let found = self.ids.get(word.text).copied();
        if found.is_none() {
            let message = if by.text == word.text {
                format!("there is no {}", word.text)
            } else {
                format!("{} names {}, and there is none", by.text, word.text)
            };
            let remedy = "mend the id, or delete the line; what it names may be at fault itself";
            self.error("ids that name nothing", word, message, remedy);
        }
        found
    }

    fn is_new(&mut self, id: Word<'_>) -> bool {
        let is_new = !self.ids.contains_key(id.text);
        if !is_new {
            let message = format!("{} is there twice; this one is left out", id.text);
            self.error("ids given twice", id, message, "give it another id");
        }
        is_new
    }

    fn error(&mut self, sort: &'static str, word: Word<'_>, message: String, remedy: &str) {
        let place = self.places.place(word.at);
        self.report
            .add(sort, Severity::Error, place, message, remedy);
    }

    fn warn(&mut self, sort: &'static str, word: Word<'_>, message: String, remedy: &str) {
        let place = self.places.place(word.at);
        self.report
            .add(sort, Severity::Warning, place, message, remedy);
    }
}
