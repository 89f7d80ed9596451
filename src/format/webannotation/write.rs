//! The normal form; see the head of the folder.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use super::creators::{self, creators};
use super::make::PLAIN;
use super::others::role;
use super::take::TAGGING;
use super::{COUNTING, sources};
use crate::article::{Annotations, Article, LayerId, LineEnds, SourceForm, Target, Unplaced};
use crate::format::count::Scale;
use crate::format::entry::{WriteOptions, Written};
use crate::format::json::{is_json, string};
use crate::format::loss::{Feature, Losses, has_own_title, mention_of};
use crate::format::pair::{in_order, is_usual};

/// The key by which the model is known.
const CONTEXT: &str = "\"@context\": \"http://www.w3.org/ns/anno.jsonld\"";

/// What the model knows annotations to be for.
const MOTIVATIONS: [&str; 13] = [
    "assessing",
    "bookmarking",
    "classifying",
    "commenting",
    "describing",
    "editing",
    "highlighting",
    "identifying",
    "linking",
    "moderating",
    "questioning",
    "replying",
    "tagging",
];

/// Writes an article. What is on an entity as a whole goes to its first mention.
pub(super) fn write(article: &Article, _: &WriteOptions, losses: &mut Losses) -> Written {
    let text = article.text.whole();
    let mut writer = Writer {
        article,
        made: &article.annotations,
        length: text.chars().count() as u64,
        scale: Scale::of_form(text, article.form, COUNTING),
        ids: HashMap::new(),
        lost: HashSet::new(),
        on: HashMap::new(),
        creators: creators(&article.annotations),
        lines: Vec::new(),
    };
    writer.lose(losses);
    losses.add(Feature::Layers, creators::left_out(article));
    writer.bodies(losses);
    writer.name(losses);
    writer.mentions();
    writer.relations();
    writer.whole();
    let main = if writer.lines.is_empty() {
        // An empty list says of itself neither what it is a list of nor what text it belongs to.
        format!(
            "{{{CONTEXT}, \"type\": \"AnnotationCollection\", \"label\": {}, \"total\": 0, \"first\": \
             {{\"type\": \"AnnotationPage\", \"items\": []}}}}\n",
            writer.source()
        )
    } else {
        format!("[\n{}\n]\n", writer.lines.join(",\n"))
    };
    Written {
        main,
        // Positions count a line end of two characters as two, so the text keeps it.
        beside: Some(("txt", with_line_ends(text, article.form))),
    }
}

/// A text with the line ends of the file that it came from.
fn with_line_ends(text: &str, form: SourceForm) -> String {
    match form.line_ends {
        LineEnds::CrLf => text.replace('\n', "\r\n"),
        _ => text.to_owned(),
    }
}

/// What is said of a target.
#[derive(Debug, Default)]
struct On<'a> {
    motivation: Option<&'a str>,
    tags: Vec<&'a str>,
    /// Purpose and words.
    notes: Vec<(&'a str, &'a str)>,
    links: Vec<&'a str>,
}

struct Writer<'a> {
    article: &'a Article,
    made: &'a Annotations,
    /// Code points of the text.
    length: u64,
    scale: Scale,
    ids: HashMap<Target, String>,
    /// The numbers of relations that cannot be written.
    lost: HashSet<u32>,
    on: HashMap<Option<Target>, On<'a>>,
    /// The creator of each layer as JSON; empty where none is told.
    creators: Vec<String>,
    /// The annotations as they are written.
    lines: Vec<String>,
}

impl<'a> Writer<'a> {
    /// What a target is written as: an entity or an event is a mention.
    fn target(&self, target: Target) -> Option<Target> {
        match target {
            Target::Entity(_) | Target::Event(_) => {
                mention_of(self.made, target).map(Target::Mention)
            }
            Target::Unplaced(id) => {
                let unplaced = self.made.unplaced_of(id)?;
                has_place(unplaced).then_some(target)
            }
            Target::Relation(id) => (!self.lost.contains(&id.0)).then_some(target),
            Target::Mention(_) => Some(target),
        }
    }

    /// Finds the relations that cannot be written: one of which a part cannot be.
    fn lose(&mut self, losses: &mut Losses) {
        let mut on: HashMap<u32, Vec<u32>> = HashMap::new();
        let mut open = Vec::new();
        for (number, relation) in (0u32..).zip(self.made.relations()) {
            for argument in &relation.arguments {
                if let Target::Relation(part) = argument.target {
                    on.entry(part.0).or_default().push(number);
                }
            }
            let ordered = in_order(relation);
            let mut roles = ordered.iter().map(|a| &*a.role).enumerate();
            let odd = roles.any(|(at, own)| !own.is_empty() && own != role(at));
            let odd = odd && !is_usual(relation);
            losses.add(Feature::Roled, usize::from(odd));
            let mut parts = relation.arguments.iter();
            if relation.arguments.is_empty() || parts.any(|a| self.target(a.target).is_none()) {
                open.push(number);
            }
        }
        while let Some(number) = open.pop() {
            if self.lost.insert(number) {
                open.extend(on.remove(&number).unwrap_or_default());
            }
        }
        losses.add(Feature::Relations, self.lost.len());
    }

    fn bodies(&mut self, losses: &mut Losses) {
        let made = self.made;
        for attribute in made.attributes() {
            let target = self.target(attribute.target);
            let value = attribute.value.as_deref().unwrap_or("");
            let Some(target) = target else {
                losses.add(Feature::Attributes, 1);
                continue;
            };
            let on = self.on.entry(Some(target)).or_default();
            match attribute.name.as_str() {
                // A relation is for linking.
                "motivation"
                    if on.motivation.is_none()
                        && !value.is_empty()
                        && !matches!(target, Target::Relation(_)) =>
                {
                    on.motivation = Some(value);
                }
                "tagging" => on.tags.push(value),
                _ => losses.add(Feature::Attributes, 1),
            }
        }
        for link in made.links() {
            let target = self.target(link.target);
            let lost = target.is_none() || has_own_title(self.article, link);
            losses.add(Feature::Links, usize::from(lost));
            if target.is_some() {
                let on = self.on.entry(target).or_default();
                on.links.push(&link.reference);
            }
        }
        for note in made.notes() {
            let target = note.target.map(|target| self.target(target));
            if target == Some(None) {
                losses.add(Feature::Notes, 1);
                continue;
            }
            let target = target.flatten();
            let on = self.on.entry(target).or_default();
            match (TAGGING.contains(&note.label.as_str()), target) {
                (true, None) => on.tags.push(&note.text),
                // It would be read as a tag.
                (true, Some(_)) => on.notes.push(("commenting", &note.text)),
                (false, _) => on.notes.push((&note.label, &note.text)),
            }
        }
    }

    /// Ids: its own where that is unique, as a relative address where it is none; else a new one.
    fn name(&mut self, losses: &mut Losses) {
        let made = self.made;
        let mentions = (0u32..).zip(made.mentions());
        let mentions =
            mentions.map(|(n, m)| (Target::Mention(crate::article::MentionId(n)), &*m.source_id));
        let unplaced = (0u32..).zip(made.unplaced());
        let unplaced = unplaced.filter(|(_, u)| has_place(u));
        let unplaced = unplaced.map(|(n, u)| {
            (
                Target::Unplaced(crate::article::UnplacedId(n)),
                &*u.source_id,
            )
        });
        let relations = (0u32..).zip(made.relations());
        let relations = relations.map(|(n, r)| {
            (
                Target::Relation(crate::article::RelationId(n)),
                &*r.source_id,
            )
        });
        let all: Vec<(Target, &str)> = mentions.chain(unplaced).chain(relations).collect();
        let lost = made.unplaced().iter().filter(|u| !has_place(u));
        losses.add(Feature::Unplaced, lost.count());
        let address = |id: &str| match id {
            "" => String::new(),
            id if id.starts_with('#') || id.contains(':') => id.to_owned(),
            id => format!("#{id}"),
        };
        let mut taken: HashSet<String> = all.iter().map(|(_, id)| address(id)).collect();
        let mut kept: HashSet<String> = HashSet::new();
        let mut next = 1usize;
        for (target, id) in all {
            let mut id = address(id);
            if id.is_empty() || !kept.insert(id.clone()) {
                loop {
                    id = format!("#a{next}");
                    next += 1;
                    if taken.insert(id.clone()) {
                        break;
                    }
                }
            }
            self.ids.insert(target, id);
        }
    }

    fn mentions(&mut self) {
        let text = self.article.text.whole();
        let made = self.made;
        for (number, mention) in (0u32..).zip(made.mentions()) {
            let target = Target::Mention(crate::article::MentionId(number));
            let mut places = Vec::new();
            for span in mention.spans() {
                let (start, end) = (
                    self.scale.offset(text, span.start()),
                    self.scale.offset(text, span.end()),
                );
                let words = self.article.text.slice(*span);
                places.push(self.place(&selector(Some(words), Some(&format!("{start} {end}")))));
            }
            let places = match places.as_slice() {
                [one] => one.clone(),
                several => format!("[{}]", several.join(", ")),
            };
            let label = made.label_name(mention.label);
            self.annotation(Some(target), label, mention.layer, &places, false);
        }
        for (number, unplaced) in (0u32..).zip(made.unplaced()) {
            let target = Target::Unplaced(crate::article::UnplacedId(number));
            if !has_place(unplaced) {
                continue;
            }
            let quote = Some(&*unplaced.quote).filter(|quote| !quote.is_empty());
            let place = if sources::has_source(&unplaced.place) && is_json(&unplaced.place) {
                unplaced.place.to_string()
            } else if is_json(&unplaced.place) {
                self.place(&unplaced.place)
            } else if quote.is_none() && self.means_another(&unplaced.place) {
                // Its offsets count something else than code points, and would be taken for a place when they are read again.
                let (start, end) = offsets(&unplaced.place).unwrap_or_default();
                self.place(&format!(
                    "{{\"type\": \"DataPositionSelector\", \"start\": {start}, \"end\": {end}}}"
                ))
            } else {
                self.place(&selector(quote, Some(&unplaced.place)))
            };
            let label = made.label_name(unplaced.label);
            self.annotation(Some(target), label, unplaced.layer, &place, false);
        }
    }

    /// Whether offsets, read as code points, would be a place in the text.
    fn means_another(&self, place: &str) -> bool {
        let (start, end) = offsets(place).unwrap_or_default();
        start < end && u64::from(end) <= self.length
    }

    fn relations(&mut self) {
        let made = self.made;
        for (number, relation) in (0u32..).zip(made.relations()) {
            let target = Target::Relation(crate::article::RelationId(number));
            let ends = in_order(relation).into_iter().map(|argument| {
                let end = self.target(argument.target)?;
                let mut out = String::from("{\"id\": ");
                string(&mut out, self.ids.get(&end)?);
                out.push('}');
                Some(out)
            });
            let ends: Option<Vec<String>> = ends.collect();
            let Some(ends) = ends.filter(|_| !self.lost.contains(&number)) else {
                continue;
            };
            let targets = format!("[{}]", ends.join(", "));
            self.annotation(
                Some(target),
                &relation.label,
                relation.layer,
                &targets,
                true,
            );
        }
    }

    /// What is said of the text as a whole.
    fn whole(&mut self) {
        if self.on.contains_key(&None) {
            let source = self.source();
            self.annotation(None, PLAIN, LayerId(u16::MAX), &source, false);
        }
    }

    /// The name of the text's file as a string of JSON.
    fn source(&self) -> String {
        let mut out = String::new();
        string(&mut out, &format!("{}.txt", self.article.meta.name));
        out
    }

    fn place(&self, selector: &str) -> String {
        format!(
            "{{\"source\": {}, \"selector\": {selector}}}",
            self.source()
        )
    }

    fn annotation(
        &mut self,
        target: Option<Target>,
        label: &str,
        layer: LayerId,
        targets: &str,
        relation: bool,
    ) {
        let none = On::default();
        let on = self.on.get(&target).unwrap_or(&none);
        let is_motivation = MOTIVATIONS.contains(&label.strip_prefix("oa:").unwrap_or(label));
        // A motivation as a tag among others would be taken for one.
        let by_motivation = is_motivation && on.motivation.is_none() && on.tags.is_empty();
        let motivation = match (by_motivation, relation) {
            (true, false) => Some(label),
            (_, true) => Some("linking"),
            (false, false) => on.motivation,
        };
        let untagged = by_motivation && (!relation || label == "linking");
        let plain = label == PLAIN && on.tags.is_empty() && on.motivation.is_none() && !relation;
        let own = (!untagged && !plain && target.is_some()).then_some(label);
        let mut out = format!("{{{CONTEXT}, ");
        if let Some(id) = target.and_then(|target| self.ids.get(&target)) {
            out.push_str("\"id\": ");
            string(&mut out, id);
            out.push_str(", ");
        }
        out.push_str("\"type\": \"Annotation\", ");
        if let Some(motivation) = motivation {
            out.push_str("\"motivation\": ");
            string(&mut out, motivation);
            out.push_str(", ");
        }
        let creator = self.creators.get(usize::from(layer.0));
        if let Some(creator) = creator.filter(|creator| !creator.is_empty()) {
            let _ = write!(out, "\"creator\": {creator}, ");
        }
        let tags = own.into_iter().chain(on.tags.iter().copied());
        let tags = tags.map(|tag| textual(tag, "tagging"));
        let of_tags =
            motivation.is_some_and(|m| TAGGING.contains(&m.strip_prefix("oa:").unwrap_or(m)));
        let notes = on.notes.iter().map(|(purpose, text)| {
            // For what is for tags a body is one unless it says otherwise.
            let untold = purpose.is_empty() && of_tags;
            textual(text, if untold { "commenting" } else { purpose })
        });
        let links = on.links.iter().map(|link| {
            let mut out = String::from("{\"type\": \"SpecificResource\", \"source\": ");
            string(&mut out, link);
            out.push_str(", \"purpose\": \"identifying\"}");
            out
        });
        let bodies: Vec<String> = tags.chain(notes).chain(links).collect();
        if !bodies.is_empty() {
            let _ = write!(out, "\"body\": [{}], ", bodies.join(", "));
        }
        let _ = write!(out, "\"target\": {targets}}}");
        self.lines.push(out);
    }
}

/// A textual body.
fn textual(text: &str, purpose: &str) -> String {
    let mut out = String::from("{\"type\": \"TextualBody\", \"value\": ");
    string(&mut out, text);
    if !purpose.is_empty() {
        out.push_str(", \"purpose\": ");
        string(&mut out, purpose);
    }
    out.push('}');
    out
}

/// The selectors of a quotation and of offsets as `0 5`.
fn selector(quote: Option<&str>, ends: Option<&str>) -> String {
    let mut all = Vec::new();
    if let Some(quote) = quote {
        let mut out = String::from("{\"type\": \"TextQuoteSelector\", \"exact\": ");
        string(&mut out, quote);
        out.push('}');
        all.push(out);
    }
    if let Some((start, end)) = ends.and_then(offsets) {
        all.push(format!(
            "{{\"type\": \"TextPositionSelector\", \"start\": {start}, \"end\": {end}}}"
        ));
    }
    format!("[{}]", all.join(", "))
}

/// The offsets of `0 5`.
fn offsets(place: &str) -> Option<(u32, u32)> {
    let (start, end) = place.split_once(' ')?;
    Some((start.parse().ok()?, end.parse().ok()?))
}

/// Whether what has no place in the text can be written: not what stands for an id that nothing has, nor places in the
/// words of another format.
fn has_place(unplaced: &Unplaced) -> bool {
    let place = &unplaced.place;
    let is_quoted = place.is_empty() && !unplaced.quote.is_empty();
    is_quoted || offsets(place).is_some() || is_json(place)
}
