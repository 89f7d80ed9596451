//! Annotations put into the text: mentions, relations, remarks.

use std::collections::HashMap;

use memchr::memmem;

use super::take::{Place, Quote, Taken};
use super::{COUNTING, fragment};
use crate::article::{
    Annotations, AnnotationsBuilder, ByteSpan, LayerId, MentionDraft, SourceSpan, Target, Text,
    Unplaced,
};
use crate::format::alike;
use crate::format::anchor::nearby;
use crate::format::cluster::parted;
use crate::format::code::Code;
use crate::format::count::{Counting, Scale, Trial, alike as is_alike};
use crate::format::decode::Decoded;
use crate::format::entry::ReadOptions;
use crate::format::report::{Lines, Report, short};

/// What is searched for quotations without offsets, at most, in bytes: a text for each of many would take for ever.
const MOST: u64 = 1 << 32;

/// The label of what has neither tag nor motivation.
pub(super) const PLAIN: &str = "Annotation";

/// How offsets count: as the model says, unless quotations say otherwise.
pub(super) fn settle(text: &Decoded, taken: &[Taken], report: &mut Report) -> Counting {
    let places = || taken.iter().flat_map(|taken| &taken.places);
    let claims = places().filter(|place| !place.is_fragment && !place.is_elsewhere);
    let claims = claims.filter_map(|place| {
        let ((start, end), quote) = (place.ends?, place.quote.as_ref()?);
        Some((u64::from(start), u64::from(end), quote.exact.as_str()))
    });
    if text.text.is_empty() || claims.clone().next().is_none() {
        return COUNTING;
    }
    let mut trial = Trial::default();
    trial.add(&text.text, Some(text), claims);
    let settled = trial.settle(COUNTING);
    report.counted(settled, COUNTING);
    settled.counting
}

/// What annotations are put into.
pub(super) struct Input<'a> {
    pub(super) text: &'a Text,
    pub(super) scale: Scale,
    /// How fragments count, where there are any.
    pub(super) fragments: Option<Scale>,
    /// Whether the text is there at all.
    pub(super) is_there: bool,
    pub(super) options: &'a ReadOptions,
    /// The name of the file.
    pub(super) name: &'a str,
    pub(super) lines: &'a Lines<'a>,
}

pub(super) fn make(input: &Input<'_>, taken: &[Taken], report: &mut Report) -> Annotations {
    let mut maker = Maker {
        input,
        report,
        builder: AnnotationsBuilder::with_kinds(input.text, &input.options.kinds),
        layers: HashMap::new(),
        ids: HashMap::new(),
        searched: 0,
    };
    let mut targets = Vec::with_capacity(taken.len());
    for annotation in taken {
        targets.push(maker.mention(annotation));
    }
    // Relations may be of relations, which may come later: those of mentions first.
    let mut open: Vec<(usize, &Taken)> = Vec::new();
    for (at, annotation) in taken.iter().enumerate() {
        if targets.get(at) == Some(&None) {
            open.push((at, annotation));
        }
    }
    let mut late = Vec::new();
    for (at, annotation) in open {
        if annotation.named.iter().all(|(_, id)| !maker.is_open(id)) {
            let made = maker.on_others(annotation);
            if let Some(slot) = targets.get_mut(at) {
                *slot = made;
            }
        } else {
            late.push((at, annotation));
        }
    }
    for (at, annotation) in late {
        let made = maker.on_others(annotation);
        if let Some(slot) = targets.get_mut(at) {
            *slot = made;
        }
    }
    for (annotation, target) in taken.iter().zip(&targets) {
        maker.bodies(annotation, *target);
    }
    let mut builder = maker.builder;
    alike::group(&mut builder, input.text, |_| false);
    builder.finish()
}

pub(super) struct Maker<'a, 'r> {
    input: &'a Input<'a>,
    report: &'r mut Report,
    pub(super) builder: AnnotationsBuilder<'a>,
    layers: HashMap<String, LayerId>,
    /// What the ids stand for.
    pub(super) ids: HashMap<String, Option<Target>>,
    searched: u64,
}

impl Maker<'_, '_> {
    pub(super) fn tell(&mut self, code: Code, at: usize, message: String, remedy: &str) {
        self.report
            .add(code, self.input.lines.place(at), message, remedy);
    }

    /// The layer of a creator, or that of the file.
    pub(super) fn layer(&mut self, creator: Option<&(String, String)>) -> LayerId {
        let (name, words) = creator.map_or((self.input.name, ""), |(name, words)| (name, words));
        if let Some(layer) = self.layers.get(words) {
            return *layer;
        }
        let name = if name.is_empty() {
            self.input.name
        } else {
            name
        };
        let layer = self.builder.declared(name, words);
        self.layers.insert(words.to_owned(), layer);
        layer
    }

    /// Whether an id is that of an annotation of which nothing was made yet.
    fn is_open(&self, id: &str) -> bool {
        self.ids.get(id) == Some(&None)
    }

    /// Takes the id of an annotation; nothing when another had it.
    fn id<'t>(&mut self, taken: &'t Taken, target: Option<Target>) -> &'t str {
        if taken.id.is_empty() {
            return "";
        }
        if self.ids.contains_key(&taken.id) {
            let message = format!(
                "the id {} is given to a second annotation",
                short(&taken.id)
            );
            let remedy =
                "give each its own; what names it means the first, and the second gets none";
            self.tell(Code::DUPLICATE_ID, taken.at, message, remedy);
            return "";
        }
        self.ids.insert(taken.id.clone(), target);
        &taken.id
    }

    /// The mention of an annotation with places in the text; nothing for one of other annotations.
    fn mention(&mut self, taken: &Taken) -> Option<Target> {
        if taken.places.is_empty() {
            self.id(taken, None);
            return None;
        }
        let layer = self.layer(taken.creator.as_ref());
        let label = self.builder.label(label(taken));
        let mut spans: Vec<ByteSpan> = Vec::new();
        for place in &taken.places {
            spans.extend(self.span(place));
        }
        spans.sort_unstable();
        let fresh = !self.ids.contains_key(&taken.id);
        let source_id = self.id(taken, None).to_owned();
        let source_spans: Vec<SourceSpan> = taken
            .places
            .iter()
            .filter(|place| !place.is_fragment)
            .filter_map(|place| place.ends.map(|(start, end)| SourceSpan { start, end }))
            .collect();
        let mut made = None;
        if spans.len() == taken.places.len() {
            let source_spans = match source_spans.len() == spans.len() {
                true if spans.len() == 1 => source_spans,
                _ => Vec::new(),
            };
            let draft = MentionDraft {
                layer,
                source_id: source_id.clone(),
                label,
                spans,
                source_spans,
                entity: None,
            };
            made = self.builder.mention(draft).ok().map(Target::Mention);
            if made.is_none() {
                let message = format!("the targets of “{}” overlap", short(self::label(taken)));
                let remedy = "make an annotation of each; it is kept without a place";
                self.tell(Code::OFFSET_BAD, taken.at, message, remedy);
            }
        }
        let target = made.unwrap_or_else(|| {
            let quotes = taken.places.iter().filter_map(|p| p.quote.as_ref());
            let quotes: Vec<&str> = quotes.map(|q| q.exact.as_str()).collect();
            Target::Unplaced(self.builder.unplaced(Unplaced {
                layer,
                source_id: source_id.clone().into(),
                label,
                place: words(&taken.places).into(),
                quote: quotes.join(" … ").into(),
            }))
        });
        if fresh && !source_id.is_empty() {
            self.ids.insert(source_id, Some(target));
        }
        Some(target)
    }

    /// The bytes of a place.
    fn span(&mut self, place: &Place) -> Option<ByteSpan> {
        if !self.input.is_there {
            return None;
        }
        if place.is_elsewhere {
            let source = place.source.as_deref().unwrap_or_default();
            let message = format!("the place is in another text, “{}”", short(source));
            let remedy = "put the annotations of each text into a file of its own; it is kept without a place";
            self.tell(Code::OTHER_TEXT, place.at, message, remedy);
            return None;
        }
        let whole = self.input.text.whole();
        let Some((start, end)) = place.ends else {
            return self.search(place);
        };
        let own = self.input.fragments.as_ref();
        let scale = own
            .filter(|_| place.is_fragment)
            .unwrap_or(&self.input.scale);
        let end = match end {
            fragment::OPEN if place.is_fragment => u32::try_from(scale.units()).unwrap_or(end),
            end => end,
        };
        let found = scale.bytes(whole, start.into(), end.into());
        let span = match found {
            Some((from, to)) if from < to => {
                let span = ByteSpan::new(from, to);
                if let Some(message) = parted(whole, span) {
                    let remedy = "mend them; see what they count";
                    self.tell(Code::OFFSET_CLUSTER, place.at, message, remedy);
                }
                span
            }
            Some(_) if place.is_fragment && start == end => {
                let message =
                    format!("the position {start} is between two characters, with no words");
                let remedy = "give it an end if words are meant; it is kept without a place";
                self.tell(Code::EMPTY_SPAN, place.at, message, remedy);
                return None;
            }
            _ => {
                let units = scale.units();
                let behind = found.is_none() && u64::from(end) > units && start <= end;
                let (code, said) = if behind {
                    (
                        Code::OFFSET_RANGE,
                        format!("and the text has {units} of what is counted"),
                    )
                } else {
                    (
                        Code::OFFSET_BAD,
                        "which holds nothing or half a character".to_owned(),
                    )
                };
                let message = format!("the place goes from {start} to {end}, {said}");
                let remedy = "mend it; see that the text is the one that was annotated";
                self.tell(code, place.at, message, remedy);
                return None;
            }
        };
        let text = self.input.text.slice(span);
        let Some(quote) = place.quote.as_ref().filter(|q| !is_alike(text, &q.exact)) else {
            return Some(span);
        };
        let near = nearby(self.input.text, &[span], &quote.exact);
        let quoted = short(&quote.exact);
        match near {
            Some((near, by)) if self.input.options.anchor => {
                let message = format!(
                    "“{quoted}” stands {by:+} characters from its place; it is marked there"
                );
                self.tell(Code::RE_ANCHORED, place.at, message, "mend the offsets");
                near.first().copied()
            }
            _ => {
                let message = format!(
                    "“{quoted}” is quoted, but the text has “{}” there",
                    short(text)
                );
                let remedy = "the offsets are used; mend them or the quotation";
                self.tell(Code::QUOTE_DIFFERS, place.at, message, remedy);
                Some(span)
            }
        }
    }

    /// Where a quotation without offsets stands: where what is before and behind it fits too.
    fn search(&mut self, place: &Place) -> Option<ByteSpan> {
        let Some(quote) = place.quote.as_ref().filter(|q| !q.exact.is_empty()) else {
            let message = "there is no selector that tells a place in a text".to_owned();
            let remedy =
                "add a TextQuoteSelector or a TextPositionSelector; it is kept without a place";
            self.tell(Code::QUOTE_NOWHERE, place.at, message, remedy);
            return None;
        };
        let whole = self.input.text.whole();
        let mut best: Option<(usize, usize, bool)> = None;
        let finder = memmem::Finder::new(quote.exact.as_bytes());
        let mut from = 0;
        while let Some(found) = finder.find(whole.as_bytes().get(from..).unwrap_or_default()) {
            let at = from + found;
            self.searched += found as u64 + 1;
            let score = fit(whole, at, quote);
            match &mut best {
                Some((_, most, again)) if *most == score => *again = true,
                Some((_, most, _)) if *most > score => {}
                _ => best = Some((at, score, false)),
            }
            let all = quote.prefix.len() + quote.suffix.len();
            if self.searched > MOST || (all > 0 && best.is_some_and(|(_, most, _)| most == all)) {
                break;
            }
            from = at
                + whole
                    .get(at..)
                    .and_then(|t| t.chars().next())
                    .map_or(1, char::len_utf8);
            // More than two of the same are as good as two.
            if all == 0 && best.is_some_and(|(_, _, again)| again) {
                break;
            }
        }
        if best.is_none() {
            self.searched += whole.len() as u64;
        }
        let quoted = short(&quote.exact);
        match best {
            None => {
                let message = format!("“{quoted}” is not in the text");
                let remedy = "mend the quotation; it is kept without a place";
                self.tell(Code::QUOTE_NOWHERE, place.at, message, remedy);
                None
            }
            Some((at, _, again)) => {
                if again {
                    let message =
                        format!("“{quoted}” is in the text more than once; the first is marked");
                    let remedy = "add what stands before and behind it as prefix and suffix";
                    self.tell(Code::QUOTE_AGAIN, place.at, message, remedy);
                }
                Some(ByteSpan::new(at, at + quote.exact.len()))
            }
        }
    }
}

/// The first tag, else what it is for.
pub(super) fn label(taken: &Taken) -> &str {
    let motivation = taken.motivation.as_deref();
    taken
        .tags
        .first()
        .map(String::as_str)
        .or(motivation)
        .unwrap_or(PLAIN)
}

/// Where the source says that an annotation stands: offsets where that is all, else its selectors.
fn words(places: &[Place]) -> String {
    match places {
        [one] => match (&one.quote, one.ends) {
            _ if one.is_fragment || one.is_elsewhere => one.words.clone(),
            (Some(quote), Some((start, end)))
                if quote.prefix.is_empty() && quote.suffix.is_empty() =>
            {
                format!("{start} {end}")
            }
            (None, Some((start, end))) => format!("{start} {end}"),
            _ => one.words.clone(),
        },
        several => {
            let all: Vec<&str> = several.iter().map(|p| p.words.as_str()).collect();
            format!("[{}]", all.join(", "))
        }
    }
}

/// How much of what is told to stand around a quotation stands there, in bytes.
fn fit(whole: &str, at: usize, quote: &Quote) -> usize {
    let before = whole.get(..at).unwrap_or("");
    let behind = whole.get(at + quote.exact.len()..).unwrap_or("");
    let left = before.bytes().rev().zip(quote.prefix.bytes().rev());
    let right = behind.bytes().zip(quote.suffix.bytes());
    left.take_while(|(a, b)| a == b).count() + right.take_while(|(a, b)| a == b).count()
}
