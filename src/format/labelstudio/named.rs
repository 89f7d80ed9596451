//! What results name as that which they are on: members of the data, or objects of the interface, which mostly are
//! called as these. Where they are not, what regions quote tells which member is meant.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem;

use super::UTF16;
use super::fields::is_address;
use super::least;
use super::render::{self, Shown, Way};
use super::task::{Entry, Set, sets};
use crate::format::count::{Scale, Unit, alike};
use crate::format::entry::{Names, Split};
use crate::format::json::{self, Sort, Value};
use crate::format::read::File;
use crate::format::record::text_of;

/// What the results of a file name as that which they are on.
///
/// Few files have more than one name, and that is mostly called as the data is; of others the records are looked at.
pub(super) fn names(file: &File, split: &Split) -> Names {
    let text = file.decoded.text.as_str();
    let spelt = spelt(text);
    if spelt.is_empty() {
        return of_lists(text, split);
    }
    let is_plain = |name: &&str| !name.contains('\\');
    let is_member = |name: &&str| first(text, split, |data| data.get(name).is_some());
    if spelt.len() < 2 && spelt.iter().all(|name| is_plain(name) && is_member(name)) {
        return Names {
            all: spelt.into_iter().map(str::to_owned).collect(),
            foreign: Vec::new(),
        };
    }
    let (mut all, mut keys) = (BTreeSet::new(), BTreeSet::new());
    let mut of_regions: Vec<String> = Vec::new();
    each(text, split, |data, sets| {
        for entry in sets.iter().flat_map(|set| &set.results) {
            let name = entry.on();
            if name.is_empty() {
                continue;
            }
            if entry.is_region() && !of_regions.iter().any(|known| *known == name) {
                of_regions.push(name.clone().into_owned());
            }
            if !all.contains(&*name) {
                all.insert(name.into_owned());
            }
        }
        for (key, _) in data.members() {
            if let Some(key) = key.text().filter(|key| !keys.contains(&**key)) {
                keys.insert(key.into_owned());
            }
        }
    });
    of_regions.retain(|name| !keys.contains(name));
    let foreign = if of_regions.is_empty() {
        Vec::new()
    } else {
        settled(text, split, &all, of_regions)
    };
    let all = all.into_iter().collect();
    Names { all, foreign }
}

/// What the lists of regions of JSON-MIN are called, which stand beside the texts, where there are several. One of which
/// nothing is known is on the text.
fn of_lists(text: &str, split: &Split) -> Names {
    let records = split.records.iter().flat_map(|record| record.stretches());
    let first = records
        .filter_map(|one| text.get(one.start..one.end))
        .next();
    let has_data = |record: Value<'_>| Some(record.get("data").is_some());
    if first.and_then(|first| json::with_root(first, has_data)) != Some(false) {
        return Names::default();
    }
    let mut foreign: Vec<String> = Vec::new();
    let mut others = false;
    each(text, split, |_, sets| {
        for entry in sets.iter().flat_map(|set| &set.results) {
            let Some(name) = entry.list.and_then(Value::text) else {
                others = true;
                continue;
            };
            if !foreign.iter().any(|known| *known == name) {
                foreign.push(name.into_owned());
            }
        }
    });
    if others || foreign.len() < 2 {
        return Names::default();
    }
    let own = least::OWN.into_iter().filter(|key| *key != USUAL);
    let own = own.map(str::to_owned).collect();
    let mut foreign = settled(text, split, &own, foreign);
    for (_, member) in &mut foreign {
        member.get_or_insert_with(|| USUAL.to_owned());
    }
    Names {
        all: Vec::new(),
        foreign,
    }
}

/// The key of the text of JSON-MIN.
const USUAL: &str = "text";

/// Whether something holds of the data of the first record that has some.
fn first(text: &str, split: &Split, holds: impl Fn(Value<'_>) -> bool) -> bool {
    let stretches = split.records.iter().flat_map(|record| record.stretches());
    let mut found = stretches.filter_map(|stretch| {
        let part = text.get(stretch.start..stretch.end)?;
        json::with_root(part, |record| record.get("data").map(&holds))
    });
    found.next().unwrap_or(true)
}

/// Hands over the data and the sets of results of each record.
fn each(text: &str, split: &Split, mut take: impl FnMut(Value<'_>, &[Set<'_>])) {
    for stretch in split.records.iter().flat_map(|record| record.stretches()) {
        let part = text.get(stretch.start..stretch.end).unwrap_or("");
        if u32::try_from(part.len()).is_err() {
            continue;
        }
        let _ = json::with_root(part, |record| {
            let data = record.get("data").unwrap_or(record);
            take(data, &sets(record));
            Some(())
        });
    }
}

/// The names as they are written, found without taking records apart.
fn spelt(text: &str) -> BTreeSet<&str> {
    let bytes = text.as_bytes();
    let mut found = BTreeSet::new();
    for (key, sign) in [("\"to_name\"", ""), ("\"source\"", "$")] {
        for at in memmem::find_iter(bytes, key.as_bytes()) {
            let behind = text.get(at + key.len()..).unwrap_or("").trim_start();
            let value = behind.strip_prefix(':').map(str::trim_start);
            let value = value.and_then(|value| value.strip_prefix('"')?.strip_prefix(sign));
            // A name with an escaped quote in it has the escape's sign before that, and is looked at anew.
            if let Some((name, _)) = value.and_then(|value| value.split_once('"'))
                && !name.is_empty()
            {
                found.insert(name);
            }
        }
    }
    found
}

/// What names that are none of members stand for: the text that no other name means and that fits most of what their
/// regions quote, over the whole file; the only one that there is, be it quoted or not.
fn settled(
    text: &str,
    split: &Split,
    named: &BTreeSet<String>,
    foreign: Vec<String>,
) -> Vec<(String, Option<String>)> {
    let mut fitting: Vec<BTreeMap<String, usize>> = vec![BTreeMap::new(); foreign.len()];
    let mut members: BTreeSet<String> = BTreeSet::new();
    each(text, split, |data, sets| {
        let entries = || sets.iter().flat_map(|set| &set.results);
        let mut seen: BTreeSet<Cow<'_, str>> = BTreeSet::new();
        for (key, value) in data.members() {
            let Some(key) = key.text().filter(|key| !named.contains(&**key)) else {
                continue;
            };
            let is_list = value.sort() == Sort::Array && render::keys(value, true).is_some();
            let may_be = is_list || value.text().is_some() && !is_address(value);
            if !may_be || !seen.insert(key.clone()) {
                continue;
            }
            members.insert(key.clone().into_owned());
            let mut views = Views::new(value);
            for entry in entries().filter(|entry| entry.is_region()) {
                let name = entry.list.and_then(Value::text);
                let name = name.unwrap_or_else(|| entry.on());
                let number = foreign.iter().position(|known| *known == name);
                let count = number.and_then(|number| fitting.get_mut(number));
                if let Some(count) = count
                    && views.fits(*entry)
                {
                    *count.entry(key.clone().into_owned()).or_default() += 1;
                }
            }
        }
    });
    let only = members.first().filter(|_| members.len() == 1);
    // Those that fit best, one or several alike.
    let best = |counts: &BTreeMap<String, usize>| -> Vec<String> {
        let most = counts.values().copied().max().unwrap_or(0);
        let keys = counts.iter().filter(|(_, count)| **count == most);
        keys.map(|(key, _)| key.clone()).collect()
    };
    let mut best: Vec<Vec<String>> = fitting.iter().map(best).collect();
    // Of several that fit alike it is that which no other name means.
    let taken: Vec<String> = best
        .iter()
        .filter_map(|keys| <[String; 1]>::try_from(keys.clone()).ok())
        .flatten()
        .collect();
    for keys in best.iter_mut().filter(|keys| keys.len() > 1) {
        keys.retain(|key| !taken.contains(key));
    }
    let meant = best.into_iter().map(|mut keys| match only {
        Some(only) => Some(only.clone()),
        None => keys.pop().filter(|_| keys.is_empty()),
    });
    foreign.into_iter().zip(meant).collect()
}

/// A member of the data as its regions may see it, made once each.
struct Views<'v> {
    value: Value<'v>,
    made: [Option<View>; 3],
}

/// A text with how offsets lead into it, in the units that programs count.
struct View {
    text: String,
    way: Way,
    scales: [Scale; 2],
}

impl<'v> Views<'v> {
    const fn new(value: Value<'v>) -> Self {
        Self {
            value,
            made: [None, None, None],
        }
    }

    /// Whether a region quotes what stands there.
    fn fits(&mut self, entry: Entry<'_>) -> bool {
        self.found(entry).unwrap_or(false)
    }

    fn found(&mut self, entry: Entry<'_>) -> Option<bool> {
        let quote = json::lines(entry.quote()?);
        let is_list = self.value.sort() == Sort::Array;
        let sort = match is_list {
            true if !entry.is_on_paragraphs() => return None,
            true => 2,
            false => usize::from(entry.is_on_html()),
        };
        let slot = self.made.get_mut(sort)?;
        if slot.is_none() {
            *slot = Some(View::new(self.value, sort)?);
        }
        let view = slot.as_ref()?;
        let of = |value: Value<'_>| u32::try_from(value.whole()?).ok();
        let (start, end) = if let Some([from, to]) = entry.in_paragraphs().filter(|_| is_list) {
            let place = |(number, offset): (Value<'_>, Value<'_>)| {
                view.way.in_paragraph(&number.word()?, of(offset)?)
            };
            (place(from)?, place(to)?)
        } else {
            let (start, end) = entry.ends()?;
            view.way.shifted((of(start?)?, of(end?)?))
        };
        let fits = |scale: &Scale| {
            let found = scale.bytes(&view.text, start.into(), end.into());
            let found = found.and_then(|(from, to)| view.text.get(from..to));
            found.is_some_and(|found| alike(found, &quote))
        };
        Some(!quote.is_empty() && view.scales.iter().any(fits))
    }
}

impl View {
    fn new(value: Value<'_>, sort: usize) -> Option<Self> {
        let Shown { text, way } = match sort {
            2 => render::paragraphs(value, &render::keys(value, true)?),
            1 => render::html(&value.text()?),
            _ => Shown {
                text: value.text()?,
                way: Way::Plain,
            },
        };
        let own = text_of(text);
        let scale = |unit| Scale::of_file(&own, UTF16.with(unit));
        let scales = [scale(Unit::Utf16), scale(Unit::CodePoints)];
        Some(Self {
            text: own.text,
            way,
            scales,
        })
    }
}

impl Names {
    /// What the text is called that a name stands for; nothing where that is not known.
    pub(super) fn member<'n>(&'n self, name: &'n str) -> Option<&'n str> {
        match self.foreign.iter().find(|(known, _)| known == name) {
            Some((_, member)) => member.as_deref(),
            None => Some(name),
        }
    }

    /// Whether results are on the text that is called so.
    pub(super) fn means(&self, key: &str) -> bool {
        let foreign = || {
            self.foreign
                .iter()
                .filter_map(|(_, member)| member.as_ref())
        };
        self.all.iter().chain(foreign()).any(|name| name == key)
    }

    /// Whether a name may be that of the only text that is shown although nothing says so: the first of those alone of
    /// which nothing is known.
    pub(super) fn may_be_only(&self, name: &str) -> bool {
        let is_first = self.foreign.first().is_some_and(|(first, _)| first == name);
        is_first && self.foreign.iter().all(|(_, member)| member.is_none())
    }
}

impl<'v> Entry<'v> {
    /// What the result says that it is on: the name of a member of the data, else of an object of the interface.
    pub(super) fn on(self) -> Cow<'v, str> {
        let source = self.said("source");
        match source.strip_prefix('$') {
            Some(key) => Cow::Owned(key.to_owned()),
            None => self.said("to_name"),
        }
    }
}
