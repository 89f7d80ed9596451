//! Mentions with offsets, put where these lead.

use super::open::Teller;
use super::parse::parse;
use super::tree::{Sort, Value};
use crate::article::{
    AnnotationsBuilder, Article, ByteSpan, LayerId, SourceForm, SourceSpan, Target, Text, Unplaced,
};
use crate::format::anchor::nearby;
use crate::format::cluster::parted;
use crate::format::code::Code;
use crate::format::count::{Counting, Scale, Unit, alike};
use crate::format::report::short;

/// How programs count that hold a text as code points: every one of it as it is, CR LF as two.
pub(in crate::format) const COUNTING: Counting = Counting {
    unit: Unit::CodePoints,
    inclusive: false,
    crlf: true,
    bom: true,
};

/// The scale of an article's text as it is written into a record: with its own line ends, and without the byte order mark
/// of a file of its own.
pub(in crate::format) fn scale(article: &Article, counting: Counting) -> Scale {
    let form = SourceForm {
        bom: false,
        ..article.form
    };
    Scale::of_form(article.text.whole(), form, counting)
}

/// What a record says of a mention.
#[derive(Debug, Clone)]
pub(in crate::format) struct Claim<'c> {
    /// Its byte in the record, for messages.
    pub(in crate::format) at: usize,
    /// Its offsets, or the words that stand in their place.
    pub(in crate::format) ends: Result<(u32, u32), String>,
    pub(in crate::format) label: &'c str,
    /// Empty when it has none.
    pub(in crate::format) id: &'c str,
    /// What it says that it reads.
    pub(in crate::format) quote: Option<&'c str>,
}

/// Start and end as numbers, else the words that stand there, which is told.
pub(in crate::format) fn numbers(
    teller: &mut Teller<'_>,
    at: usize,
    start: Option<Value<'_>>,
    end: Option<Value<'_>>,
) -> Result<(u32, u32), String> {
    let words = || {
        let [start, end] = [start, end].map(|value| value.map_or("", Value::spelt));
        format!("{start} {end}").trim().to_owned()
    };
    let mut ends = [0; 2];
    for ((value, name), place) in [(start, "start"), (end, "end")].into_iter().zip(&mut ends) {
        let Some(value) = value else {
            let message = format!("the mention has no {name}");
            let remedy = format!("add the offset of its {name}");
            teller.tell(Code::MISSING, at, message, remedy);
            return Err(words());
        };
        let Some(number) = value.whole() else {
            teller.wrong_type(value, &format!("the {name} of a mention"), "a whole number");
            return Err(words());
        };
        *place = match u32::try_from(number) {
            Ok(number) => number,
            Err(_) => {
                let message = format!("the {name} of a mention is {number}, which no text has");
                let remedy = "mend the offsets; they count from 0";
                teller.tell(Code::OFFSET_BAD, value.start(), message, remedy);
                return Err(words());
            }
        };
    }
    let [start, end] = ends;
    Ok((start, end))
}

/// The offsets of a mention without a place as they can be written back; nothing when they are no offsets of JSON.
pub(in crate::format) fn unplaced_ends(place: &str) -> Option<(&str, &str)> {
    let (start, end) = place.split_once(' ')?;
    (is_offset(start) && is_offset(end)).then_some((start, end))
}

fn is_offset(text: &str) -> bool {
    let (tree, faults) = parse(text);
    let sort = tree.root().map(Value::sort);
    faults.is_empty() && matches!(sort, Some(Sort::Number | Sort::Text | Sort::Bool))
}

/// Whether a text is a value of JSON, and one that is not empty.
pub(in crate::format) fn is_value(text: &str) -> bool {
    let (tree, faults) = parse(text);
    faults.is_empty() && tree.root().is_some_and(|value| !value.is_null())
}

/// Whether a text is a list or an object of JSON without a fault.
pub(in crate::format) fn is_json(text: &str) -> bool {
    let (tree, faults) = parse(text);
    let sort = tree.root().map(Value::sort);
    faults.is_empty() && matches!(sort, Some(Sort::Array | Sort::Object | Sort::Text))
}

/// Puts mentions into a text.
pub(in crate::format) struct Placer<'a> {
    pub(in crate::format) text: &'a Text,
    pub(in crate::format) scale: Scale,
    pub(in crate::format) builder: AnnotationsBuilder<'a>,
    pub(in crate::format) layer: LayerId,
    /// Whether a quotation that stands nearby says where the mention is.
    pub(in crate::format) anchor: bool,
}

impl Placer<'_> {
    /// Enters a mention; one without a place is kept as what it says.
    pub(in crate::format) fn place(
        &mut self,
        teller: &mut Teller<'_>,
        claim: &Claim<'_>,
    ) -> Target {
        let label = self.builder.label(claim.label);
        let placed = claim.ends.as_ref().ok().and_then(|(start, end)| {
            let span = self.span(teller, claim, *start, *end)?;
            let source = SourceSpan {
                start: *start,
                end: *end,
            };
            let span = self.compare(teller, claim, span);
            let builder = &mut self.builder;
            builder
                .single(self.layer, claim.id, label, span, source)
                .ok()
        });
        match placed {
            Some(mention) => Target::Mention(mention),
            None => {
                let place = match &claim.ends {
                    Ok((start, end)) => format!("{start} {end}"),
                    Err(words) => words.clone(),
                };
                Target::Unplaced(self.builder.unplaced(Unplaced {
                    layer: self.layer,
                    source_id: claim.id.into(),
                    label,
                    place: place.into(),
                    quote: claim.quote.unwrap_or_default().into(),
                }))
            }
        }
    }

    /// The bytes between two offsets; nothing when they cannot be used, which is told.
    fn span(
        &self,
        teller: &mut Teller<'_>,
        claim: &Claim<'_>,
        start: u32,
        end: u32,
    ) -> Option<ByteSpan> {
        let whole = self.text.whole();
        let found = self.scale.bytes(whole, start.into(), end.into());
        if let Some((from, to)) = found
            && from < to
        {
            let span = ByteSpan::new(from, to);
            if let Some(message) = parted(whole, span) {
                let message = format!("“{}”: {message}", short(claim.label));
                let remedy = "mend the offsets; see what they count";
                teller.tell(Code::OFFSET_CLUSTER, claim.at, message, remedy);
            }
            return Some(span);
        }
        let label = short(claim.label);
        let units = self.scale.units();
        let (code, message, remedy) = if start <= end && found.is_none() && u64::from(end) >= units
        {
            (
                Code::OFFSET_RANGE,
                format!(
                    "“{label}” goes from {start} to {end}, and the text has {units} of what offsets count"
                ),
                "mend the offsets; see that the text is the one that was annotated",
            )
        } else {
            (
                Code::OFFSET_BAD,
                format!(
                    "“{label}” goes from {start} to {end}, which holds nothing or half a character"
                ),
                "mend the offsets",
            )
        };
        teller.tell(code, claim.at, message, remedy);
        None
    }

    /// Warns when the quotation is not what stands there. Returns where the mention is to be.
    fn compare(&self, teller: &mut Teller<'_>, claim: &Claim<'_>, span: ByteSpan) -> ByteSpan {
        let found = self.text.slice(span);
        let Some(quote) = claim.quote.filter(|quote| !alike(found, quote)) else {
            return span;
        };
        let moved = nearby(self.text, &[span], quote)
            .and_then(|(spans, by)| Some((spans.first().copied()?, by)));
        let (quoted, shown) = (short(quote), short(found));
        match moved {
            Some((near, by)) if self.anchor => {
                let message = format!(
                    "“{quoted}” stands {by:+} characters from its offsets, at “{shown}”; it is marked there"
                );
                teller.tell(Code::RE_ANCHORED, claim.at, message, "mend the offsets");
                return near;
            }
            Some((_, by)) => {
                let message =
                    format!("“{quoted}” stands {by:+} characters from its offsets, at “{shown}”");
                let remedy = "the offsets are used; mend them";
                teller.tell(Code::QUOTE_DIFFERS, claim.at, message, remedy);
            }
            None => {
                let message = format!("“{quoted}” is quoted, but the text has “{shown}” there");
                let remedy = "the offsets are used; mend them or the quotation";
                teller.tell(Code::QUOTE_DIFFERS, claim.at, message, remedy);
            }
        }
        span
    }
}
