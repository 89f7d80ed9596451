//! Which layers of an article part its mentions, so that a format without layers loses something.

use std::collections::HashSet;

use crate::article::{Annotations, Article, Layer, LayerId};

/// For each layer, whether leaving it out loses what nothing else tells. A layer that is named as a type of annotations
/// and has no mentions, or those alone that trigger events, only says of what sort they are: relations and events are
/// told apart from mentions in every format that has them. One that is named after who made it may well be empty.
pub(super) fn telling(made: &Annotations) -> Vec<bool> {
    let mut telling: Vec<bool> = made.layers().iter().map(|l| !is_sort(l)).collect();
    if telling.iter().all(|told| *told) {
        return telling;
    }
    let triggers = made.events().iter().filter_map(|event| event.trigger);
    let triggers: HashSet<u32> = triggers.map(|id| id.0).collect();
    let mentions = (0u32..).zip(made.mentions());
    let mentions = mentions.filter(|(id, _)| !triggers.contains(id));
    let mentions = mentions.map(|(_, mention)| mention.layer);
    for layer in mentions.chain(made.unplaced().iter().map(|u| u.layer)) {
        if let Some(told) = telling.get_mut(usize::from(layer.0)) {
            *told = true;
        }
    }
    telling
}

/// Whether a layer has nothing at all.
pub(super) fn is_empty(made: &Annotations, layer: LayerId) -> bool {
    let mentions = made.mentions().iter().map(|m| m.layer);
    let relations = made.relations().iter().map(|r| r.layer);
    let unplaced = made.unplaced().iter().map(|u| u.layer);
    !mentions
        .chain(relations)
        .chain(unplaced)
        .any(|own| own == layer)
}

/// Whether a layer is called after the file that it stands in, and so only for want of a name: `a.json`, `a.json#2`.
pub(super) fn is_of_file(article: &Article, layer: &Layer) -> bool {
    let file = &article.meta.file;
    let base = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let rest = match base {
        "" => None,
        base => layer.name.strip_prefix(base),
    };
    let is_number = |rest: &str| {
        let number = rest.strip_prefix('#').unwrap_or("-");
        number.bytes().all(|b| b.is_ascii_digit())
    };
    layer.name.is_empty() || rest.is_some_and(|rest| rest.is_empty() || is_number(rest))
}

/// How many layers have a name that a format must leave out, where several are told apart by it: `fits` tells which names
/// it can write.
pub(super) fn lost_names(article: &Article, fits: impl Fn(&Layer) -> bool) -> usize {
    let made = &article.annotations;
    let telling = telling(made);
    if telling.iter().filter(|told| **told).count() < 2 {
        return 0;
    }
    let layers = made.layers().iter().zip(telling);
    let lost = layers.filter(|(layer, told)| *told && !fits(layer) && !is_of_file(article, layer));
    lost.count()
}

/// Whether a layer is one of a sort of annotations, as WebAnno declares them, and not of someone who made them.
fn is_sort(layer: &Layer) -> bool {
    layer.declared.starts_with("#T_") || is_type(&layer.name)
}

/// Whether a layer is named as a type: words with points between, at least three.
pub(super) fn is_type(name: &str) -> bool {
    let is_word = |word: &str| {
        let mut chars = word.chars();
        chars.next().is_some_and(|c| c.is_ascii_alphabetic())
            && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    name.split('.').count() > 2 && name.split('.').all(is_word)
}
