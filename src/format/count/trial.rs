//! Which way to count a file has: every one is tried on its quotations.

use std::collections::HashMap;

use super::encoded::differs;
use super::scale::Scale;
use super::{Counting, Unit};
use crate::format::decode::Decoded;

/// How well each way to count does, over all the quotations of a file.
#[derive(Debug, Default)]
pub(in crate::format) struct Trial {
    matched: HashMap<Counting, u32>,
    quoted: u32,
}

/// The way to count that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// The way to count.
    pub counting: Counting,
    /// Quotations that match under it.
    pub matched: u32,
    /// All quotations.
    pub quoted: u32,
}

impl Trial {
    /// Tries every way to count on one text and its quotations: start, end and words, as the file gives them.
    pub(in crate::format) fn add<'q>(
        &mut self,
        text: &str,
        file: Option<&Decoded>,
        claims: impl Iterator<Item = (u64, u64, &'q str)> + Clone,
    ) {
        self.quoted += u32::try_from(claims.clone().count()).unwrap_or(u32::MAX);
        let pairs = file.is_some_and(|f| f.ends.iter().any(|(_, pair)| *pair));
        let bom = file.is_some_and(|f| f.form.bom);
        // Bytes of UTF-8 are counted already.
        let is_other = file.is_some_and(|file| differs(file.form.encoding));
        let units = Unit::ALL.into_iter();
        for unit in units.filter(|unit| *unit != Unit::FileBytes || is_other) {
            // Where there is nothing to count, counting it makes no difference.
            let mut known: Vec<(Counting, (u32, u32))> = Vec::new();
            for (crlf, mark) in [(false, false), (true, false), (false, true), (true, true)] {
                let counting = |crlf, bom| Counting {
                    unit,
                    inclusive: false,
                    crlf,
                    bom,
                };
                let real = counting(crlf && pairs, mark && bom);
                let fitting = match known.iter().find(|(same, _)| *same == real) {
                    Some((_, fitting)) => *fitting,
                    None => fitting(text, file, real, claims.clone()),
                };
                known.push((real, fitting));
                self.enter(counting(crlf, mark), fitting);
            }
        }
    }

    /// Enters how many fit with half-open ends, and with inclusive ones.
    fn enter(&mut self, counting: Counting, (open, closed): (u32, u32)) {
        *self.matched.entry(counting).or_default() += open;
        *self.matched.entry(counting.including_ends()).or_default() += closed;
    }

    /// The best way to count; `documented` wins a tie, then the unit that is more usual.
    pub(in crate::format) fn settle(&self, documented: Counting) -> Settled {
        let matched = |counting: Counting| self.matched.get(&counting).copied().unwrap_or(0);
        let mut best = documented;
        for unit in Unit::ALL {
            for bits in 0..8u8 {
                let counting = Counting {
                    unit,
                    inclusive: (bits & 1 != 0) != documented.inclusive,
                    crlf: (bits & 2 != 0) != documented.crlf,
                    bom: (bits & 4 != 0) != documented.bom,
                };
                if matched(counting) > matched(best) {
                    best = counting;
                }
            }
        }
        Settled {
            counting: best,
            matched: matched(best),
            quoted: self.quoted,
        }
    }
}

/// In the place of an end that is not given and follows from the words.
pub(in crate::format) const NO_END: u64 = u64::MAX;

/// How many quotations a text has where they are said to stand, with half-open ends and with inclusive ones.
fn fitting<'q>(
    text: &str,
    file: Option<&Decoded>,
    counting: Counting,
    claims: impl Iterator<Item = (u64, u64, &'q str)>,
) -> (u32, u32) {
    let scale = match file {
        Some(file) => Scale::of_file(file, counting),
        None => Scale::of_text(text, counting),
    };
    let (mut open, mut closed) = (0, 0);
    for (start, end, quote) in claims {
        if end == NO_END {
            let from = scale.byte(text, start).and_then(|from| text.get(from..));
            let fits = u32::from(from.is_some_and(|rest| rest.starts_with(quote)));
            open += fits;
            closed += fits;
            continue;
        }
        let fits = |end: u64| {
            scale
                .bytes(text, start, end)
                .and_then(|(from, to)| text.get(from..to))
                .is_some_and(|found| alike(found, quote))
        };
        open += u32::from(fits(end));
        closed += u32::from(end.checked_add(1).is_some_and(fits));
    }
    (open, closed)
}

/// Whether a text is what is quoted: exactly, or with line ends quoted as spaces.
pub(in crate::format) fn alike(found: &str, quote: &str) -> bool {
    // Lengths first: what many annotations of a hostile file claim may be most of a long text each.
    found.len() == quote.len()
        && (found == quote
            || std::iter::zip(found.bytes(), quote.bytes())
                .all(|(found, quoted)| found == quoted || (found, quoted) == (b'\n', b' ')))
}
