//! What articles of a corpus point to outside of themselves: lists of its header, of other articles, of what stands
//! behind them.

use std::collections::HashSet;

use memchr::memmem;

use super::super::entry::Source;
use super::super::report::Report;
use super::super::xml::{Faults, root};
use super::elements::is_entity;
use super::outside::{Outside, Told};
use super::read::{self, Draft, Remark};

/// Where the ids of a file stand, in bytes, in the order of the ids; of those alike the first comes first.
pub(super) fn ids(text: &str) -> Vec<usize> {
    const NAME: &str = "id=";
    let found = memmem::find_iter(text.as_bytes(), NAME).filter_map(|at| {
        let before = text.get(..at)?.chars().next_back()?;
        let start = at + NAME.len() + 1;
        let is_id = before == ':' || before.is_whitespace();
        (is_id && id_at(text, start).is_some_and(|id| !id.is_empty())).then_some(start)
    });
    let mut ids: Vec<usize> = found.collect();
    ids.sort_by_key(|at| id_at(text, *at));
    ids
}

/// The id that begins here, behind its quotation mark.
fn id_at(text: &str, start: usize) -> Option<&str> {
    let mark = text.get(start.checked_sub(1)?..start)?;
    if !matches!(mark, "\"" | "'") {
        return None;
    }
    let (id, _) = text.get(start..)?.split_once(mark)?;
    Some(id)
}

/// Where an id stands in a file of several articles.
pub(super) fn find(source: &Source<'_>, id: &str) -> Option<usize> {
    let text = source.file.decoded.text.as_str();
    let ids = &source.split.ids;
    let first = ids.partition_point(|at| id_at(text, *at) < Some(id));
    let found = ids.get(first).copied();
    found.filter(|at| id_at(text, *at) == Some(id))
}

/// Adds what an article points to and another part of the file tells of.
pub(super) fn tell<'t>(
    source: &Source<'t>,
    known: &HashSet<&str>,
    (drafts, remarks): (&[Draft<'_>], &[Remark<'_>]),
    outside: &mut Outside<'t>,
) {
    if source.split.ids.is_empty() {
        return;
    }
    let of_drafts = drafts.iter().map(|draft| &draft.pointers);
    let of_remarks = remarks.iter().map(|remark| &remark.pointers);
    let parts = outside.ties.iter().flat_map(|tie| &tie.parts);
    let pointers = of_drafts
        .chain(of_remarks)
        .chain(parts.map(|(_, pointers)| pointers));
    let mut wanted: Vec<&str> = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    for pointer in pointers.flat_map(|all| all.split_whitespace()) {
        if let Some(id) = pointer.strip_prefix('#')
            && !known.contains(id)
            && seen.insert(id)
        {
            wanted.push(id);
        }
    }
    let found: Vec<Told<'t>> = wanted.iter().filter_map(|id| told(source, id)).collect();
    outside.told.extend(found);
}

/// What an element elsewhere tells of that has this id.
fn told<'t>(source: &Source<'t>, id: &str) -> Option<Told<'t>> {
    let text = source.file.decoded.text.as_str();
    let at = find(source, id)?;
    let start = text.get(..at)?.rfind('<')?;
    let rest = text.get(start..)?;
    let tag = rest.get(..=rest.find('>')?)?;
    if !root(tag).is_some_and(|tag| is_entity(tag.name)) {
        return None;
    }
    let name = tag.get(1..)?.split(|c: char| c.is_whitespace()).next()?;
    let end = match tag.ends_with("/>") {
        true => tag.len(),
        false => rest.find(&format!("</{name}>")).unwrap_or(rest.len()),
    };
    let part = rest.get(..end)?;
    // What is wrong with it is told where it is read itself.
    let mut faults = Faults::of_file(part, Report::of(&source.file.name, source.options));
    let found = read::follow(part, &mut faults);
    let mut told = found.outside.told.into_iter().find(|told| told.id == id)?;
    told.at = usize::MAX;
    Some(told)
}
