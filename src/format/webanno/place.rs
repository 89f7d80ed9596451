//! Where tokens stand: offsets of the document to bytes of the article.
//!
//! Offsets are taken from the first token of their sentence on, so that what a file has between sentences does not
//! matter.

use super::body::{Body, Sentence, Unit};
use super::escape::unescape_value;
use crate::article::{ByteSpan, Text};
use crate::format::anchor::nearby;
use crate::format::code::Code;
use crate::format::count::{Counting, Scale, Settled, Trial, Unit as Counted};
use crate::format::entry::ReadOptions;
use crate::format::report::{Lines, Report, short};
use crate::text::graphemes;

/// How WebAnno counts: as Java does.
pub(super) const COUNTING: Counting = Counting::CODE_POINTS.with(Counted::Utf16);

/// A sentence of more bytes is measured with a scale, which is slower and smaller.
const LONG: usize = 1 << 16;

/// The byte at each unit of one sentence; a table is made anew for each, in the same memory.
#[derive(Debug)]
struct Ruler {
    counting: Counting,
    way: Way,
    table: Vec<u32>,
}

#[derive(Debug)]
enum Way {
    /// A unit is a byte.
    Plain(usize),
    Table,
    Scale(Box<Scale>),
}

/// No character begins at this unit.
const WITHIN: u32 = u32::MAX;

impl Ruler {
    const fn new(counting: Counting) -> Self {
        Self {
            counting,
            way: Way::Plain(0),
            table: Vec::new(),
        }
    }

    fn measure(&mut self, text: &str) {
        self.way = if text.is_ascii()
            || matches!(self.counting.unit, Counted::Bytes | Counted::FileBytes)
        {
            Way::Plain(text.len())
        } else if text.len() > LONG {
            Way::Scale(Box::new(Scale::of_text(text, self.counting)))
        } else {
            Way::Table
        };
        if !matches!(self.way, Way::Table) {
            return;
        }
        let table = &mut self.table;
        table.clear();
        let byte = |at: usize| u32::try_from(at).unwrap_or(WITHIN);
        match self.counting.unit {
            Counted::Graphemes => table.extend(graphemes(text).map(|g| byte(g.start))),
            Counted::CodePoints => table.extend(text.char_indices().map(|(at, _)| byte(at))),
            Counted::Utf16 | Counted::Bytes | Counted::FileBytes => {
                for (at, c) in text.char_indices() {
                    table.push(byte(at));
                    if c.len_utf16() == 2 {
                        table.push(WITHIN);
                    }
                }
            }
        }
        table.push(byte(text.len()));
    }

    /// The bytes of a unit of the sentence.
    fn bytes(&self, text: &str, base: u32, unit: &Unit<'_>) -> Result<(usize, usize), Bad> {
        let start = u64::from(unit.start.checked_sub(base).ok_or(Bad::Range)?);
        let end = u64::from(unit.end.checked_sub(base).ok_or(Bad::Range)?);
        let end = end + u64::from(self.counting.inclusive);
        if end < start {
            return Err(Bad::Reversed);
        }
        if end > self.units() {
            return Err(Bad::Range);
        }
        let from = self.byte(text, start).ok_or(Bad::Within)?;
        let to = self.byte(text, end).ok_or(Bad::Within)?;
        Ok((from, to))
    }

    fn units(&self) -> u64 {
        match &self.way {
            Way::Plain(length) => *length as u64,
            Way::Table => (self.table.len() as u64).saturating_sub(1),
            Way::Scale(scale) => scale.units(),
        }
    }

    fn byte(&self, text: &str, unit: u64) -> Option<usize> {
        match &self.way {
            Way::Plain(_) => {
                let byte = usize::try_from(unit).ok()?;
                text.is_char_boundary(byte).then_some(byte)
            }
            Way::Table => {
                let byte = *self.table.get(usize::try_from(unit).ok()?)?;
                (byte != WITHIN).then_some(byte as usize)
            }
            Way::Scale(scale) => scale.byte(text, unit),
        }
    }
}

/// Why offsets are of no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bad {
    Range,
    Reversed,
    Within,
}

fn units<'b, 'a>(body: &'b Body<'a>, sentence: &Sentence) -> &'b [Unit<'a>] {
    body.units.get(sentence.first..sentence.last).unwrap_or(&[])
}

/// Whether a token reads as it is quoted; some write it as a value with escapes.
fn reads(found: &str, word: &str) -> bool {
    found == word || (word.contains('\\') && unescape_value(word) == found)
}

/// How offsets are counted: as WebAnno does, unless the words say otherwise.
pub(super) fn settle(body: &Body<'_>) -> Settled {
    let mut quoted = 0u32;
    let mut ruler = Ruler::new(COUNTING);
    let fits = body.sentences.iter().all(|sentence| {
        let text = body.text.get(sentence.start..sentence.end).unwrap_or("");
        ruler.measure(text);
        let base = sentence.base.unwrap_or(0);
        units(body, sentence).iter().all(|unit| {
            quoted = quoted.saturating_add(1);
            let span = ruler.bytes(text, base, unit);
            span.is_ok_and(|(from, to)| reads(text.get(from..to).unwrap_or(""), unit.word))
        })
    });
    if fits {
        return Settled {
            counting: COUNTING,
            matched: quoted,
            quoted,
        };
    }
    let mut trial = Trial::default();
    for sentence in &body.sentences {
        let text = body.text.get(sentence.start..sentence.end).unwrap_or("");
        let base = sentence.base.unwrap_or(0);
        let claims = units(body, sentence).iter().filter_map(|unit| {
            let start = unit.start.checked_sub(base)?;
            let end = unit.end.checked_sub(base)?;
            (!unit.word.is_empty()).then_some((u64::from(start), u64::from(end), unit.word))
        });
        trial.add(text, None, claims);
    }
    trial.settle(COUNTING)
}

/// The place of each unit in the article; none where its offsets are of no use.
pub(super) fn places(
    body: &Body<'_>,
    text: &Text,
    counting: Counting,
    options: &ReadOptions,
    lines: &Lines<'_>,
    report: &mut Report,
) -> Vec<Option<ByteSpan>> {
    let mut places = Vec::with_capacity(body.units.len());
    let mut ruler = Ruler::new(counting);
    for sentence in &body.sentences {
        let whole = text.whole().get(sentence.start..sentence.end).unwrap_or("");
        ruler.measure(whole);
        let base = sentence.base.unwrap_or(0);
        for unit in units(body, sentence) {
            let place = || lines.place(unit.at + column(unit));
            let (start, end) = (unit.start, unit.end);
            places.push(match ruler.bytes(whole, base, unit) {
                Ok((from, to)) => {
                    let span = ByteSpan::new(sentence.start + from, sentence.start + to);
                    let found = whole.get(from..to).unwrap_or("");
                    if reads(found, unit.word) {
                        Some(span)
                    } else {
                        Some(differing(text, unit, span, options, place(), report))
                    }
                }
                Err(bad) => {
                    let (code, said) = match bad {
                        Bad::Range => (Code::OFFSET_RANGE, "do not lie within the sentence"),
                        Bad::Reversed => (Code::OFFSET_BAD, "end before they begin"),
                        Bad::Within => (Code::OFFSET_BAD, "part a character"),
                    };
                    // What is no offset at all was told when the line was read.
                    if (start, end) != (1, 0) {
                        report.add(
                            code,
                            place(),
                            format!("the offsets {start}-{end} {said}, counted as {counting}"),
                            "mend them, or give --offsets; what is on this token alone has no place until then",
                        );
                    }
                    None
                }
            });
        }
    }
    places
}

/// The place of a token that reads otherwise than it is quoted.
fn differing(
    text: &Text,
    unit: &Unit<'_>,
    span: ByteSpan,
    options: &ReadOptions,
    place: (u32, u32),
    report: &mut Report,
) -> ByteSpan {
    let found = text.slice(span);
    let word = unescape_value(unit.word);
    let near = options
        .anchor
        .then(|| nearby(text, &[span], &word))
        .flatten();
    if let Some((spans, distance)) = near
        && let [near] = spans.as_slice()
    {
        report.add(
            Code::RE_ANCHORED,
            place,
            format!(
                "“{}” stands {distance} characters off its offsets",
                short(&word)
            ),
            "it is marked there; mend its offsets",
        );
        return *near;
    }
    report.add(
        Code::QUOTE_DIFFERS,
        place,
        format!(
            "the line quotes “{}”, and its offsets hold “{}”",
            short(&word),
            short(found)
        ),
        "mend the one or the other; the offsets hold",
    );
    span
}

/// Where the offsets begin in a unit's line, in bytes.
fn column(unit: &Unit<'_>) -> usize {
    let digits = |n: u32| n.checked_ilog10().unwrap_or(0) as usize + 1;
    let (sentence, token, part) = unit.key;
    let part = if part > 0 { digits(part) + 1 } else { 0 };
    digits(sentence) + digits(token) + part + 2
}
