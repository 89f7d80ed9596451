//! An article to a record of doccano.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use crate::article::{Annotations, Article, Note, Target};
use crate::format::entry::{WriteOptions, Written};
use crate::format::json::{self, COUNTING, list, quoted};
use crate::format::loss::{Feature, Losses, mention_of};
use crate::format::pair::pair;

/// A span of the record.
struct Marked<'a> {
    /// As they are written: those of what has no place may be no numbers.
    start: Cow<'a, str>,
    end: Cow<'a, str>,
    label: &'a str,
    id: &'a str,
    target: Target,
}

/// Writes an article. Mentions of several fragments have no place in it; what is on an entity goes to its first mention.
pub(super) fn write(article: &Article, options: &WriteOptions, losses: &mut Losses) -> Written {
    let made = &article.annotations;
    let marked = marked(article, losses);
    let notes = |label: &'static str| {
        let free = made.notes().iter().filter(|n| n.target.is_none());
        free.filter(move |n| n.label == label)
    };
    let mut out = String::from("{");
    out.push_str(&json::write_id(&article.meta));
    out.push_str("\"text\": ");
    json::text_string(&mut out, article.text.whole(), article.form);
    let has_ids = marked.iter().any(|m| is_number(m.id));
    // Relations are between what is written.
    if has_ids || !(made.relations().is_empty() || marked.is_empty()) {
        objects(&mut out, made, &marked, losses);
        if notes("label").next().is_some() {
            out.push_str(", \"label\": ");
            list(&mut out, notes("label").map(|n| quoted(&n.text)));
        }
    } else {
        let pairs = made.relations().iter().filter(|r| r.arguments.len() == 2);
        losses.add(Feature::Relations, pairs.count());
        let key = match notes("cats").next() {
            Some(_) => "entities",
            None => "label",
        };
        let spans = marked
            .iter()
            .map(|m| format!("[{}, {}, {}]", m.start, m.end, quoted(m.label)));
        let _ = write!(out, ", \"{key}\": ");
        list(
            &mut out,
            spans.chain(notes("label").map(|n| quoted(&n.text))),
        );
    }
    if notes("cats").next().is_some() {
        out.push_str(", \"cats\": ");
        list(&mut out, notes("cats").map(|n| quoted(&n.text)));
    }
    let is_comment = |label: &str| !matches!(label, "label" | "cats");
    let comments = made
        .notes()
        .iter()
        .filter(|n| n.target.is_none() && is_comment(&n.label));
    if comments.clone().next().is_some() {
        out.push_str(", \"Comments\": ");
        list(&mut out, comments.map(comment));
    }
    let meta = json::write_meta(&article.meta, options);
    if !meta.is_empty() {
        let _ = write!(out, ", \"meta\": {{{meta}}}");
    }
    out.push_str("}\n");
    Written {
        main: out,
        beside: None,
    }
}

/// A comment: its words alone, or an object where it is called something.
fn comment(note: &Note) -> String {
    let text = quoted(&note.text);
    match note.label.as_str() {
        "" => text,
        label => format!("{{\"label\": {}, \"text\": {text}}}", quoted(label)),
    }
}

/// The mentions in the order of the text, then those without a place that have offsets.
fn marked<'a>(article: &'a Article, losses: &mut Losses) -> Vec<Marked<'a>> {
    let made = &article.annotations;
    let text = article.text.whole();
    let scale = json::scale(article, COUNTING);
    let mut marked = Vec::with_capacity(made.mentions().len());
    for (number, mention) in (0u32..).zip(made.mentions()) {
        if mention.is_discontinuous() {
            continue;
        }
        let hull = mention.hull();
        marked.push(Marked {
            start: scale.offset(text, hull.start()).to_string().into(),
            end: scale.offset(text, hull.end()).to_string().into(),
            label: made.label_name(mention.label),
            id: &mention.source_id,
            target: Target::Mention(crate::article::MentionId(number)),
        });
    }
    for (number, unplaced) in (0u32..).zip(made.unplaced()) {
        let Some((start, end)) = json::unplaced_ends(&unplaced.place) else {
            losses.add(Feature::Unplaced, 1);
            continue;
        };
        // There is no room for words, and without a place they are not in the text.
        losses.add(Feature::Unplaced, usize::from(!unplaced.quote.is_empty()));
        marked.push(Marked {
            start: start.into(),
            end: end.into(),
            label: made.label_name(unplaced.label),
            id: &unplaced.source_id,
            target: Target::Unplaced(crate::article::UnplacedId(number)),
        });
    }
    marked
}

/// Objects with ids, and relations between them.
fn objects(out: &mut String, made: &Annotations, marked: &[Marked<'_>], losses: &mut Losses) {
    let ids = numbers(marked.iter().map(|m| m.id));
    out.push_str(", \"entities\": ");
    let spans = marked.iter().zip(&ids).map(|(m, id)| {
        let (start, end, label) = (&m.start, &m.end, quoted(m.label));
        format!(
            "{{\"id\": {id}, \"start_offset\": {start}, \"end_offset\": {end}, \"label\": {label}}}"
        )
    });
    list(out, spans);
    let by_target: HashMap<Target, u64> = marked.iter().map(|m| m.target).zip(ids).collect();
    let id_of = |target: Target| {
        let target = match target {
            Target::Unplaced(_) => target,
            other => Target::Mention(mention_of(made, other)?),
        };
        by_target.get(&target)
    };
    let mut relations = Vec::new();
    for relation in made.relations() {
        // Others count as lost already, by what the format carries.
        let Some([from, to]) = pair(relation) else {
            continue;
        };
        let (Some(from), Some(to)) = (id_of(from.target), id_of(to.target)) else {
            losses.add(Feature::Relations, 1);
            continue;
        };
        let id = &relation.source_id;
        let own = match is_number(id) {
            true => format!("\"id\": {id}, "),
            false => String::new(),
        };
        let label = quoted(&relation.label);
        relations.push(format!(
            "{{{own}\"from_id\": {from}, \"to_id\": {to}, \"type\": {label}}}"
        ));
    }
    out.push_str(", \"relations\": ");
    list(out, relations.into_iter());
}

/// Ids as numbers: own ones are kept, `T3` becomes 3 where that is free, and all others get what is free.
fn numbers<'a>(ids: impl Iterator<Item = &'a str> + Clone) -> Vec<u64> {
    let number = |id: &str| {
        let digits = id.trim_start_matches(|c: char| !c.is_ascii_digit());
        digits.parse::<u64>().ok()
    };
    let own = |id: &&str| is_number(id);
    let mut taken: HashSet<u64> = ids.clone().filter(own).filter_map(number).collect();
    let (mut kept, mut next) = (HashSet::new(), 0);
    ids.map(|id| {
        if let Some(number) = number(id)
            && (taken.insert(number) || (is_number(id) && kept.insert(number)))
        {
            kept.insert(number);
            return number;
        }
        while !taken.insert(next) {
            next += 1;
        }
        next
    })
    .collect()
}

fn is_number(id: &str) -> bool {
    id.parse::<u64>()
        .is_ok_and(|number| number.to_string() == id)
}
