//! The mentions of an article as brackets.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::article::{Article, ByteSpan, EntityId, MentionId, Target};
use crate::format::loss::{Feature, Losses, mention_of};
use crate::format::tokens::{Token, trimmed};

/// A fragment of a mention of an entity, and which of how many it is.
struct Mark {
    span: ByteSpan,
    entity: usize,
    part: usize,
    all: usize,
}

impl Mark {
    fn id(&self) -> String {
        let (entity, part, all) = (self.entity, self.part, self.all);
        if all > 1 {
            format!("e{entity}[{part}/{all}]")
        } else {
            format!("e{entity}")
        }
    }
}

/// A mention to be written.
struct Own {
    id: MentionId,
    /// Its fragments without white space at their ends; none is empty.
    spans: Vec<ByteSpan>,
    /// The number of its entity, from 1.
    entity: usize,
}

impl Own {
    fn hull(&self) -> ByteSpan {
        let start = self.spans.first().map_or(0, |s| s.start());
        ByteSpan::new(start, self.spans.last().map_or(start, |s| s.end()))
    }
}

/// The mentions to be written, and what is said of them.
pub(super) struct Marked<'a> {
    article: &'a Article,
    /// In the order of the text, the longer first.
    all: Vec<Own>,
    /// The fields behind id and label.
    pub(super) names: Vec<&'a str>,
    /// Their values, by mention.
    values: HashMap<MentionId, HashMap<&'a str, &'a str>>,
}

impl<'a> Marked<'a> {
    pub(super) fn new(article: &'a Article, losses: &mut Losses) -> Self {
        let made = &article.annotations;
        let (mut names, mut values) = (Vec::new(), HashMap::new());
        for attribute in made.attributes() {
            let value = attribute.value.as_deref().unwrap_or("");
            let name = attribute.name.as_str();
            let fits = !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_alphanumeric())
                && !matches!(name, "eid" | "GRP" | "etype" | "identity")
                && !matches!(value, "" | "_");
            let target = match attribute.target {
                Target::Mention(id) if fits => Some(id),
                _ => None,
            };
            enter(&mut names, &mut values, target, name, value)
                .unwrap_or_else(|| losses.add(Feature::Attributes, 1));
        }
        names.retain(|name| *name != "identity");
        let mut linked = Vec::new();
        for link in made.links() {
            let value = link.reference.as_str();
            let fits = !matches!(value, "" | "_") && link.title.is_empty();
            let target = mention_of(made, link.target).filter(|_| fits);
            enter(&mut linked, &mut values, target, "identity", value)
                .unwrap_or_else(|| losses.add(Feature::Links, 1));
        }
        names.append(&mut linked);
        let mut marked = Self {
            article,
            all: Vec::new(),
            names,
            values,
        };
        marked.collect(losses);
        marked
    }

    /// Collects what can be written. A fragment of white space has no token.
    fn collect(&mut self, losses: &mut Losses) {
        let text = self.article.text.whole();
        let mut all = Vec::new();
        for (id, mention) in (0u32..)
            .map(MentionId)
            .zip(self.article.annotations.mentions())
        {
            let spans = mention.spans().iter().map(|span| trimmed(text, *span));
            let spans: Vec<ByteSpan> = spans.filter(|span| !span.is_empty()).collect();
            losses.add(Feature::Spaces, mention.spans().len() - spans.len());
            if !spans.is_empty() {
                let entity = 0;
                all.push(Own { id, spans, entity });
            }
        }
        all.sort_by_key(|own| (own.hull().start(), std::cmp::Reverse(own.hull().end())));
        self.all = self.numbered(all, losses);
    }

    /// Numbers entities, and leaves out mentions that a bracket of their entity would be mixed up with: those of one
    /// entity that cross, or share words with a discontinuous one.
    fn numbered(&self, all: Vec<Own>, losses: &mut Losses) -> Vec<Own> {
        let made = &self.article.annotations;
        let mut numbers: HashMap<EntityId, usize> = HashMap::new();
        let mut open: HashMap<usize, Vec<(ByteSpan, bool)>> = HashMap::new();
        let mut next = 0;
        let mut kept = Vec::with_capacity(all.len());
        for mut own in all {
            let entity = made.mention(own.id).and_then(|mention| mention.entity);
            let given = entity.filter(|id| made.entity(*id).is_some_and(|e| e.given.is_some()));
            let known = given.and_then(|id| numbers.get(&id).copied());
            own.entity = known.unwrap_or_else(|| {
                next += 1;
                next
            });
            if let Some(id) = given {
                numbers.insert(id, own.entity);
            }
            let (hull, parted) = (own.hull(), own.spans.len() > 1);
            let stack = open.entry(own.entity).or_default();
            while stack
                .last()
                .is_some_and(|(over, _)| over.end() <= hull.start())
            {
                stack.pop();
            }
            match stack.last() {
                Some((over, _)) if over.end() < hull.end() => losses.add(Feature::Crossing, 1),
                Some((_, is_parted)) if *is_parted || parted => {
                    losses.add(Feature::Discontinuous, 1);
                }
                _ => {
                    stack.push((hull, parted));
                    kept.push(own);
                }
            }
        }
        kept
    }

    /// Where tokens must end and begin.
    pub(super) fn ends(&self) -> Vec<usize> {
        let spans = self.all.iter().flat_map(|own| &own.spans);
        let mut ends: Vec<usize> = spans.flat_map(|s| [s.start(), s.end()]).collect();
        ends.extend(marks_apart(self.article.text.whole()));
        ends.sort_unstable();
        ends.dedup();
        ends
    }

    /// Stretches within which no sentence may end.
    pub(super) fn held(&self) -> Vec<ByteSpan> {
        let mut held: Vec<ByteSpan> = Vec::new();
        for own in &self.all {
            let hull = own.hull();
            match held.last_mut() {
                Some(last) if hull.start() < last.end() => {
                    *last = ByteSpan::new(last.start(), last.end().max(hull.end()));
                }
                _ => held.push(hull),
            }
        }
        held
    }

    /// The value of `Entity=` of each token, empty where there is none.
    pub(super) fn brackets(&self, tokens: &[Token]) -> Vec<String> {
        let mut opening: Vec<String> = vec![String::new(); tokens.len()];
        let mut single: Vec<String> = vec![String::new(); tokens.len()];
        let mut closing: Vec<Vec<(usize, String)>> = vec![Vec::new(); tokens.len()];
        let mut order = 0;
        for (mark, head) in self.marks() {
            let from = tokens.partition_point(|token| token.start < mark.span.start());
            let behind = tokens.partition_point(|token| token.start < mark.span.end());
            let to = behind.saturating_sub(1);
            let id = mark.id();
            order += 1;
            if from == to {
                // Behind an opening bracket it can stand at once, since its own is closed.
                let slot = if closing.get(from).is_some_and(Vec::is_empty) {
                    opening.get_mut(from)
                } else {
                    single.get_mut(from)
                };
                if let Some(slot) = slot {
                    let _ = write!(slot, "({id}{head})");
                }
            } else {
                if let Some(slot) = opening.get_mut(from) {
                    let _ = write!(slot, "({id}{head}");
                }
                if let Some(slot) = closing.get_mut(to) {
                    slot.push((order, format!("{id})")));
                }
            }
        }
        let rows = opening.into_iter().zip(single).zip(closing);
        rows.map(|((opening, mut single), mut closing)| {
            // What was opened last is closed first.
            closing.sort_by_key(|(order, _)| std::cmp::Reverse(*order));
            single.extend(closing.into_iter().map(|(_, close)| close));
            single + &opening
        })
        .collect()
    }

    /// The fragments in the order of the text, the longer first, each with what stands behind its id.
    fn marks(&self) -> Vec<(Mark, String)> {
        let made = &self.article.annotations;
        let mut marks = Vec::new();
        for own in &self.all {
            let label = made
                .mention(own.id)
                .map_or("", |m| made.label_name(m.label));
            // An empty label is written as CorefUD writes it, `(e3--1`: `_` would be read as one.
            let mut head = match label {
                "" => "-".to_owned(),
                label => format!("-{}", value(label)),
            };
            let values = self.values.get(&own.id);
            for name in &self.names {
                head.push('-');
                head.push_str(&value(values.and_then(|v| v.get(name)).unwrap_or(&"")));
            }
            for (part, span) in (1..).zip(&own.spans) {
                let mark = Mark {
                    span: *span,
                    entity: own.entity,
                    part,
                    all: own.spans.len(),
                };
                marks.push((mark, head.clone()));
            }
        }
        marks.sort_by_key(|(mark, _)| (mark.span.start(), std::cmp::Reverse(mark.span.end())));
        marks
    }
}

/// Where punctuation is parted from a word that it stands at; not within one, as in `it's` and `1,200`.
fn marks_apart(text: &str) -> impl Iterator<Item = usize> {
    let is_mark =
        |c: char| c.is_ascii_punctuation() || matches!(c, '“' | '”' | '‘' | '’' | '—' | '…');
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut before = None;
    text.char_indices()
        .filter_map(move |(at, c)| {
            let end = at + c.len_utf8();
            let last = before.replace(c);
            if !is_mark(c) {
                return None;
            }
            let next = text.get(end..).and_then(|rest| rest.chars().next());
            (!(is_word(last) && is_word(next))).then_some([at, end])
        })
        .flatten()
}

/// A bracket has at most so many fields behind id and label: each mention has them all.
const FIELDS: usize = 16;

/// Enters a value; nothing when the mention has one of that name already, or is none, or there are too many names.
fn enter<'a>(
    names: &mut Vec<&'a str>,
    values: &mut HashMap<MentionId, HashMap<&'a str, &'a str>>,
    target: Option<MentionId>,
    name: &'a str,
    value: &'a str,
) -> Option<()> {
    let own = values.entry(target?).or_default();
    let is_new = !names.contains(&name);
    if own.contains_key(name) || (is_new && names.len() >= FIELDS) {
        return None;
    }
    own.insert(name, value);
    if is_new {
        names.push(name);
    }
    Some(())
}

/// A value of a field: what would end it is percent-encoded; `_` for none.
fn value(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        if c.is_whitespace() || c.is_control() || matches!(c, '-' | '(' | ')' | '|' | '=' | '%') {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    if out.is_empty() {
        out.push('_');
    }
    out
}
