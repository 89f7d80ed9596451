//! How the offsets of a file count, by what its records quote.

use std::borrow::Cow;

use super::parse::parse_into;
use super::tree::Value;
use crate::format::count::{Counting, NO_END, Scale, Settled, Trial, alike};
use crate::format::entry::{ReadOptions, Split};
use crate::format::read::File;
use crate::format::record::{is_plain, text_of};
use crate::format::report::Report;

/// What a record quotes: start, end and words, as it gives them.
#[derive(Debug, Default)]
pub(in crate::format) struct Quotations<'q>(Vec<(u64, u64, Cow<'q, str>)>);

impl<'q> Quotations<'q> {
    /// Adds one, unless its offsets are none.
    pub(in crate::format) fn add(&mut self, start: i64, end: i64, quote: Cow<'q, str>) {
        if let (Ok(start), Ok(end)) = (u64::try_from(start), u64::try_from(end)) {
            self.0.push((start, end, lines(quote)));
        }
    }

    /// Adds words of which only the start is said.
    pub(in crate::format) fn add_start(&mut self, start: i64, quote: Cow<'q, str>) {
        if let Ok(start) = u64::try_from(start) {
            self.0.push((start, NO_END, lines(quote)));
        }
    }

    fn claims(&self) -> impl Iterator<Item = (u64, u64, &str)> + Clone {
        self.0
            .iter()
            .map(|(start, end, quote)| (*start, *end, &**quote))
    }
}

/// A quotation with the line ends that texts have here.
pub(in crate::format) fn lines(quote: Cow<'_, str>) -> Cow<'_, str> {
    match memchr::memchr(b'\r', quote.as_bytes()) {
        Some(_) => Cow::Owned(quote.replace("\r\n", "\n")),
        None => quote,
    }
}

/// Takes a text and what is quoted of it.
pub(in crate::format) type Take<'t> = dyn FnMut(Cow<'_, str>, Quotations<'_>) + 't;

/// Finds out how offsets count, unless that is said. `quoted` hands over what a record quotes.
///
/// Where all that is quoted fits the documented way, no other is tried: none could do better.
pub(in crate::format) fn settle(
    file: &File,
    options: &ReadOptions,
    split: &mut Split,
    documented: Counting,
    quoted: impl Fn(Value<'_>, &mut Take<'_>),
) {
    settle_where(file, options, split, documented, |_| true, quoted);
}

/// The same, passing over records of which `may_quote` knows by their bytes that they quote nothing.
pub(in crate::format) fn settle_where(
    file: &File,
    options: &ReadOptions,
    split: &mut Split,
    documented: Counting,
    may_quote: impl Fn(&str) -> bool,
    quoted: impl Fn(Value<'_>, &mut Take<'_>),
) {
    if options.offsets.is_some() {
        return;
    }
    let each = |take: &mut Take<'_>| {
        let mut room = Vec::new();
        for stretch in split.records.iter().flat_map(|record| record.stretches()) {
            let text = file.decoded.text.get(stretch.start..stretch.end);
            let text = text.filter(|text| u32::try_from(text.len()).is_ok() && may_quote(text));
            let Some(text) = text else { continue };
            let (tree, _) = parse_into(text, room);
            if let Some(record) = tree.root() {
                quoted(record, take);
            }
            room = tree.into_room();
        }
    };
    let (mut matched, mut all) = (0, 0);
    each(&mut |text, quotations| {
        let own;
        let (text, scale) = if is_plain(&text) {
            (&*text, Scale::of_text(&text, documented))
        } else {
            own = text_of(text);
            (&*own.text, Scale::of_file(&own, documented))
        };
        for (start, end, quote) in quotations.claims() {
            let end = match end {
                NO_END => scale.end_of(text, start, quote),
                end => end,
            };
            let found = scale.bytes(text, start, end);
            let found = found.and_then(|(from, to)| text.get(from..to));
            matched += u32::from(found.is_some_and(|found| alike(found, quote)));
            all += 1;
        }
    });
    if all == 0 {
        return;
    }
    let mut settled = Settled {
        counting: documented,
        matched,
        quoted: all,
    };
    if matched < all {
        let mut trial = Trial::default();
        each(&mut |text, quotations| {
            let text = text_of(text);
            trial.add(&text.text, Some(&text), quotations.claims());
        });
        settled = trial.settle(documented);
    }
    let mut report = Report::of(&file.name, options);
    report.counted(settled, documented);
    split.found.extend(report.finish());
    split.settled = Some(settled);
}
