//! The ids in relations: `e1`, lists `e1,e4` and ranges `e2-e6`.

use std::collections::HashMap;

use super::super::code::Code;
use super::super::report::short;
use super::super::xml::Faults;
use super::read::Happening;

/// All ranges of a file together name at most so many events: a short file could else name millions of millions.
const MOST: usize = 1_000_000;

/// What the ids of events stand for.
pub(super) struct Ids<'a> {
    exact: HashMap<&'a str, usize>,
    /// Letters before the number, the number, and the event; sorted.
    numbered: Vec<(&'a str, u64, usize)>,
    left: usize,
}

impl<'a> Ids<'a> {
    /// Of those given twice the first counts.
    pub(super) fn new(events: &'a [Happening<'_>], faults: &mut Faults<'_>) -> Self {
        let mut exact = HashMap::new();
        let mut numbered = Vec::new();
        for (index, event) in events.iter().enumerate() {
            let id = event.id.as_ref();
            if id.is_empty() {
                continue;
            }
            if exact.contains_key(id) {
                let message = format!("the eid `{}` is given twice", short(id));
                let remedy = "give the second an eid of its own; relations mean the first";
                faults.add(Code::DUPLICATE_ID, event.at, message, remedy);
                continue;
            }
            exact.insert(id, index);
            if let Some((letters, number)) = parted(id) {
                numbered.push((letters, number, index));
            }
        }
        numbered.sort_unstable();
        Self {
            exact,
            numbered,
            left: MOST,
        }
    }

    /// Whether the event is the one that its id means.
    pub(super) fn owns(&self, event: usize, id: &str) -> bool {
        self.exact.get(id) == Some(&event)
    }

    /// The events that a value names, and those of its ids that name none.
    pub(super) fn resolve<'v>(
        &mut self,
        value: &'v str,
        at: usize,
        faults: &mut Faults<'_>,
    ) -> (Vec<usize>, Vec<&'v str>) {
        let (mut found, mut nowhere) = (Vec::new(), Vec::new());
        let between = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；');
        for token in value.split(between).filter(|token| !token.is_empty()) {
            if let Some(event) = self.exact.get(token) {
                found.push(*event);
                continue;
            }
            let before = found.len();
            if let Some(message) = self.range(token, &mut found) {
                if message == TOO_MANY {
                    let remedy = "write narrower ranges";
                    faults.add(Code::MALFORMED, at, message, remedy);
                } else {
                    let remedy = "give an event that eid, or name another";
                    faults.add(Code::DANGLING, at, message, remedy);
                }
                found.truncate(before);
                nowhere.push(token);
            }
        }
        (found, nowhere)
    }

    /// Adds the events of a range; what is wrong with it.
    fn range(&mut self, token: &str, found: &mut Vec<usize>) -> Option<String> {
        let no_event = |id: &str| Some(format!("no event has the eid `{}`", short(id)));
        let Some((first, last)) = token.split_once(['-', '–', '~', '～']) else {
            return no_event(token);
        };
        let (Some((letters, from)), Some((others, to))) = (parted(first), parted(last)) else {
            return no_event(token);
        };
        if !others.is_empty() && others != letters {
            return no_event(last);
        }
        let start = self
            .numbered
            .partition_point(|(l, n, _)| (*l, *n) < (letters, from));
        let end = self
            .numbered
            .partition_point(|(l, n, _)| (*l, *n) <= (letters, to));
        let Some(all) = self.numbered.get(start..end).filter(|all| !all.is_empty()) else {
            return no_event(token);
        };
        let is_at =
            |event: Option<&(&str, u64, usize)>, number| event.is_some_and(|e| e.1 == number);
        if !is_at(all.first(), from) {
            return no_event(first);
        }
        if !is_at(all.last(), to) {
            return no_event(last);
        }
        if all.len() > self.left {
            return Some(TOO_MANY.to_owned());
        }
        self.left -= all.len();
        found.extend(all.iter().map(|(_, _, event)| *event));
        None
    }
}

const TOO_MANY: &str = "the ranges of this file name more than a million events";

/// The letters and the number of an id: `e12`.
pub(super) fn parted(id: &str) -> Option<(&str, u64)> {
    let letters = id.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = id.get(letters.len()..)?;
    // `e01` would not be written so again.
    let is_plain = digits == "0" || !digits.starts_with('0');
    let number = digits.parse().ok().filter(|_| is_plain)?;
    (!letters.contains(|c: char| c.is_ascii_digit())).then_some((letters, number))
}

/// Ids as a list, neighbours as ranges; the ids are unlike each other.
pub(super) fn joined<'i>(ids: impl Iterator<Item = &'i str>) -> String {
    let mut out = String::new();
    // The run that is open: letters, its first and its last number.
    let mut run: Option<(&str, u64, u64)> = None;
    for id in ids {
        match (run, parted(id)) {
            (Some((letters, from, to)), Some((own, number)))
                if own == letters && to.checked_add(1) == Some(number) =>
            {
                run = Some((letters, from, number));
            }
            (_, part) => {
                end(&mut out, run);
                run = part.map(|(letters, number)| (letters, number, number));
                if part.is_none() {
                    add(&mut out, id);
                }
            }
        }
    }
    end(&mut out, run);
    out
}

fn end(out: &mut String, run: Option<(&str, u64, u64)>) {
    if let Some((letters, from, to)) = run {
        if from == to {
            add(out, &format!("{letters}{from}"));
        } else {
            add(out, &format!("{letters}{from}-{letters}{to}"));
        }
    }
}

fn add(out: &mut String, token: &str) {
    if !out.is_empty() {
        out.push(',');
    }
    out.push_str(token);
}
