//! Which mentions are mentions of one entity. Where a format does not say, what its groups and the words say is taken
//! for it.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use crate::article::{AnnotationsBuilder, ByteSpan, EntityId, LabelId, MentionId, Text};
use crate::text::is_cjk;

/// A mention that may have an entity.
pub(super) struct Candidate<'a> {
    pub(super) label: &'a str,
    /// What it reads, as [`surface`] makes it.
    pub(super) surface: String,
    /// Whether that is all of it; else it is alike to none.
    pub(super) whole: bool,
    /// Whether it is the trigger of an event: it then names no entity, unless a group says so.
    pub(super) is_trigger: bool,
}

/// An entity of some of the candidates, by their index.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cluster {
    pub(super) name: String,
    pub(super) aliases: Vec<String>,
    /// The candidate whose label it has.
    pub(super) named_by: usize,
    pub(super) members: Vec<usize>,
}

/// A mention longer than this (bytes) is named by its beginning, and is alike to none: nested mentions of a hostile file
/// would else have names whose length is the square of the file's.
const LONGEST: usize = 300;

/// What a mention of these fragments reads, and whether that is all of it and not its beginning.
pub(super) fn shown(text: &Text, spans: &[ByteSpan]) -> (String, bool) {
    let hull = spans.first().zip(spans.last());
    let whole = hull.is_none_or(|(first, last)| last.end() - first.start() <= LONGEST);
    (name(text, spans), whole)
}

/// The name of an entity of a mention of these fragments.
pub(super) fn name(text: &Text, spans: &[ByteSpan]) -> String {
    let start = spans.first().map_or(0, |span| span.start());
    let whole = spans.last().map_or(start, |span| span.end());
    if whole - start <= LONGEST {
        return surface(text, spans);
    }
    let end = text.whole().floor_char_boundary(start + LONGEST);
    let end = spans.first().map_or(end, |span| span.end().min(end));
    surface(text, &[ByteSpan::new(start, end)]) + "…"
}

/// Groups the mentions so far that have no entity: those with the same label and the same words are one.
pub(super) fn group(
    builder: &mut AnnotationsBuilder<'_>,
    text: &Text,
    skip: impl Fn(usize) -> bool,
) {
    let mut known = Known::default();
    for index in 0..builder.mentions().len() {
        let Some(mention) = builder.mentions().get(index) else {
            break;
        };
        if mention.entity.is_some() || skip(index) {
            continue;
        }
        let label = mention.label;
        let entity = if mention.hull().len() > LONGEST {
            let name = name(text, mention.spans());
            builder.alike(&name, label, Vec::new())
        } else {
            let surface = surface_in(text, mention.spans());
            let new = |surface: &str| builder.alike(surface, label, Vec::new());
            known.entity((label, surface), new)
        };
        builder.refer(MentionId(u32::try_from(index).unwrap_or(u32::MAX)), entity);
    }
}

/// What a mention has in common with those of its entity: the label and the words.
type Likeness<'t> = (LabelId, Cow<'t, str>);

/// The entities so far.
#[derive(Default)]
struct Known<'t> {
    /// The first few, which are found faster by looking at each: most records of a file have no more.
    few: Vec<(Likeness<'t>, EntityId)>,
    others: HashMap<Likeness<'t>, EntityId>,
}

impl<'t> Known<'t> {
    const FEW: usize = 8;

    /// The entity of a likeness; `new` makes one for a new one.
    fn entity(&mut self, like: Likeness<'t>, new: impl FnOnce(&str) -> EntityId) -> EntityId {
        if let Some((_, entity)) = self.few.iter().find(|(known, _)| *known == like) {
            return *entity;
        }
        if self.few.len() < Self::FEW {
            let entity = new(&like.1);
            self.few.push((like, entity));
            return entity;
        }
        match self.others.entry(like) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(free) => {
                let entity = new(&free.key().1);
                *free.insert(entity)
            }
        }
    }
}

/// Entities: each group is one, named by its longest surface; of what is in no group, that with the same label and
/// surface is one.
pub(super) fn clusters(candidates: &[Candidate<'_>], groups: &[Vec<usize>]) -> Vec<Cluster> {
    let mut parents: Vec<usize> = (0..candidates.len()).collect();
    let mut grouped = vec![false; candidates.len()];
    for group in groups {
        for member in group {
            grouped[*member] = true;
            let (a, b) = (root(&mut parents, group[0]), root(&mut parents, *member));
            parents[a.max(b)] = a.min(b);
        }
    }
    let mut alike: HashMap<(&str, &str), usize> = HashMap::new();
    let mut number_of: HashMap<usize, usize> = HashMap::new();
    let mut members: Vec<Vec<usize>> = Vec::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let leader = if grouped[index] {
            root(&mut parents, index)
        } else if candidate.is_trigger {
            continue;
        } else if !candidate.whole {
            index
        } else {
            *alike
                .entry((candidate.label, &candidate.surface))
                .or_insert(index)
        };
        let number = *number_of.entry(leader).or_insert(members.len());
        if number == members.len() {
            members.push(Vec::new());
        }
        members[number].push(index);
    }
    members
        .into_iter()
        .map(|members| named(candidates, members))
        .collect()
}

fn named(candidates: &[Candidate<'_>], members: Vec<usize>) -> Cluster {
    let length = |index: usize| candidates[index].surface.chars().count();
    let longer = |best: usize, index: usize| {
        if length(index) > length(best) {
            index
        } else {
            best
        }
    };
    let named_by = members.iter().copied().reduce(longer).unwrap_or(0);
    let name = candidates[named_by].surface.clone();
    let mut known = HashSet::from([name.as_str()]);
    let surfaces = members.iter().map(|index| &candidates[*index].surface);
    let aliases = surfaces.filter(|s| known.insert(s.as_str())).cloned();
    let aliases = aliases.collect();
    Cluster {
        name,
        aliases,
        named_by,
        members,
    }
}

pub(super) fn root(parents: &mut [usize], mut index: usize) -> usize {
    while parents[index] != index {
        parents[index] = parents[parents[index]];
        index = parents[index];
    }
    index
}

/// As [`surface`], borrowed where the text has it so.
fn surface_in<'t>(text: &'t Text, spans: &[ByteSpan]) -> Cow<'t, str> {
    match spans {
        [span] if !text.slice(*span).contains('\n') => Cow::Borrowed(text.slice(*span).trim()),
        _ => Cow::Owned(surface(text, spans)),
    }
}

/// What a mention reads on one line: a line end, or a gap that is nothing but white space, is a space, and nothing
/// between Chinese characters; any other gap is `…`.
pub(super) fn surface(text: &Text, spans: &[ByteSpan]) -> String {
    let mut out = String::new();
    let mut before = None;
    for span in spans {
        if let Some(end) = before {
            let gap = text.slice(ByteSpan::new(end, span.start()));
            match gap.trim().is_empty() {
                true if gap.is_empty() => {}
                true => out.push('\n'),
                false => out.push('…'),
            }
        }
        out.push_str(text.slice(*span));
        before = Some(span.end());
    }
    let mut line = String::with_capacity(out.len());
    for part in out
        .split('\n')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let between = line.chars().next_back().zip(part.chars().next());
        if between.is_some_and(|(a, b)| !is_cjk(a) || !is_cjk(b)) {
            line.push(' ');
        }
        line.push_str(part);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_and_equal_words_are_entities() {
        let candidates: Vec<_> = [
            ("PER", "他", false),
            ("PER", "张三", false),
            ("PER", "他", false),
            ("LOC", "张三", false),
            ("PER", "张三", false),
            ("Meet", "见", true),
        ]
        .map(|(label, surface, is_trigger)| Candidate {
            label,
            surface: surface.to_owned(),
            whole: true,
            is_trigger,
        })
        .into();
        let members = |groups: &[Vec<usize>]| -> Vec<Vec<usize>> {
            clusters(&candidates, groups)
                .into_iter()
                .map(|c| c.members)
                .collect()
        };
        assert_eq!(members(&[]), [vec![0, 2], vec![1, 4], vec![3]]);
        assert_eq!(
            members(&[vec![0, 1]]),
            [vec![0, 1], vec![2], vec![3], vec![4]]
        );
        assert_eq!(
            members(&[vec![1, 0], vec![0, 5]]),
            [vec![0, 1, 5], vec![2], vec![3], vec![4]]
        );
        let found = clusters(&candidates, &[vec![0, 1, 2]]);
        assert_eq!(
            (found[0].name.as_str(), &found[0].aliases[..]),
            ("张三", &["他".to_owned()][..])
        );
    }

    #[test]
    fn surfaces_are_one_line() {
        for (whole, spans, want) in [
            (
                "北京和河北部分地区",
                &[(0, 6), (15, 27)][..],
                "北京…部分地区",
            ),
            ("北\n京", &[(0, 7)], "北京"),
            ("北\n　京", &[(0, 3), (7, 10)], "北京"),
            ("New\nYork City", &[(0, 8), (9, 13)], "New York City"),
        ] {
            let text = Text::from_lines(whole.to_owned()).unwrap();
            let spans: Vec<_> = spans.iter().map(|(a, b)| ByteSpan::new(*a, *b)).collect();
            assert_eq!(surface(&text, &spans), want);
        }
    }
}
