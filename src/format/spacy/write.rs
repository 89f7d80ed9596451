//! An article to a record of Prodigy.

use std::collections::HashSet;
use std::fmt::Write as _;

use crate::article::{Annotations, Article, LayerId, Target};
use crate::format::count::Scale;
use crate::format::entry::{WriteOptions, Written};
use crate::format::json::{self, COUNTING, list, quoted};
use crate::format::layers::telling;
use crate::format::loss::{Feature, Losses, has_own_title, mention_of};
use crate::format::pair::pair;

/// Writes an article. Mentions of several fragments have no place in it; what is on an entity goes to its first mention.
pub(super) fn write(article: &Article, options: &WriteOptions, losses: &mut Losses) -> Written {
    let made = &article.annotations;
    let writer = Writer {
        article,
        made,
        scale: json::scale(article, COUNTING),
    };
    let mut out = String::from("{\"text\": ");
    json::text_string(&mut out, article.text.whole(), article.form);
    out.push_str(", \"spans\": ");
    let layers = (0u16..).map(LayerId).zip(made.layers());
    let telling = telling(made);
    if telling.iter().filter(|told| **told).count() > 1 {
        let mut groups = Vec::new();
        for ((id, layer), told) in layers.zip(telling) {
            let spans = writer.spans(id, losses);
            // Of a file with groups alone the layer of its own is empty.
            if (told && id != LayerId(0)) || !spans.is_empty() {
                groups.push(format!("{}: [{}]", quoted(&layer.name), spans.join(", ")));
            }
        }
        let _ = write!(out, "{{{}}}", groups.join(", "));
    } else {
        let spans: Vec<String> = layers
            .flat_map(|(id, _)| writer.spans(id, losses))
            .collect();
        list(&mut out, spans.into_iter());
    }
    let relations = writer.relations(losses);
    if !relations.is_empty() {
        out.push_str(", \"relations\": ");
        list(&mut out, relations.into_iter());
    }
    writer.notes(&mut out, losses);
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

struct Writer<'a> {
    article: &'a Article,
    made: &'a Annotations,
    scale: Scale,
}

impl Writer<'_> {
    fn spans(&self, layer: LayerId, losses: &mut Losses) -> Vec<String> {
        let mut spans = Vec::new();
        for (number, mention) in (0u32..).zip(self.made.mentions()) {
            let target = Target::Mention(crate::article::MentionId(number));
            if mention.layer == layer
                && let Some(place) = self.place(target)
            {
                let id = own(&mention.source_id);
                spans.push(format!("{{{place}{id}{}}}", self.link(target)));
            }
        }
        for (number, unplaced) in (0u32..).zip(self.made.unplaced()) {
            let target = Target::Unplaced(crate::article::UnplacedId(number));
            if unplaced.layer != layer {
                continue;
            }
            let Some(place) = self.place(target) else {
                losses.add(Feature::Unplaced, 1);
                continue;
            };
            let quote = match unplaced.quote.is_empty() {
                true => String::new(),
                false => format!(", \"text\": {}", quoted(&unplaced.quote)),
            };
            let id = own(&unplaced.source_id);
            spans.push(format!("{{{place}{quote}{id}{}}}", self.link(target)));
        }
        spans
    }

    /// `"start": 0, "end": 2, "label": "PER"`; nothing for what has no single place.
    fn place(&self, target: Target) -> Option<String> {
        let text = self.article.text.whole();
        let (start, end, label) = match target {
            Target::Unplaced(id) => {
                let unplaced = self.made.unplaced_of(id)?;
                let (start, end) = json::unplaced_ends(&unplaced.place)?;
                (start.to_owned(), end.to_owned(), unplaced.label)
            }
            other => {
                let mention = self.made.mention(mention_of(self.made, other)?)?;
                if mention.is_discontinuous() {
                    return None;
                }
                let at = |byte| self.scale.offset(text, byte).to_string();
                let hull = mention.hull();
                (at(hull.start()), at(hull.end()), mention.label)
            }
        };
        let label = quoted(self.made.label_name(label));
        Some(format!(
            "\"start\": {start}, \"end\": {end}, \"label\": {label}"
        ))
    }

    fn link(&self, target: Target) -> String {
        let link = self.made.links_on(target).next();
        link.map(|link| format!(", \"kb_id\": {}", quoted(&link.reference)))
            .unwrap_or_default()
    }

    fn relations(&self, losses: &mut Losses) -> Vec<String> {
        let mut relations = Vec::new();
        for relation in self.made.relations() {
            // Others count as lost already, by what the format carries.
            let Some([head, child]) = pair(relation) else {
                continue;
            };
            let (Some(head), Some(child)) = (self.place(head.target), self.place(child.target))
            else {
                losses.add(Feature::Relations, 1);
                continue;
            };
            relations.push(format!(
                "{{\"head_span\": {{{head}}}, \"child_span\": {{{child}}}, \"label\": {}}}",
                quoted(&relation.label)
            ));
        }
        relations
    }

    fn notes(&self, out: &mut String, losses: &mut Losses) {
        let free = || self.made.notes().iter().filter(|n| n.target.is_none());
        let of = |label: &'static str| free().filter(move |n| n.label == label);
        let cats: Vec<String> = of("cats")
            .map(|note| {
                let parts = note.text.rsplit_once(' ');
                let (name, sure) = parts
                    .filter(|(_, sure)| json::is_value(sure))
                    .unwrap_or((&note.text, "1.0"));
                format!("{}: {sure}", quoted(name))
            })
            .collect();
        if !cats.is_empty() {
            let _ = write!(out, ", \"cats\": {{{}}}", cats.join(", "));
        }
        for key in ["accept", "label", "answer"] {
            let mut said: Vec<String> = of(key).map(|n| quoted(&n.text)).collect();
            if said.len() == 1 && key != "accept" {
                let _ = write!(out, ", \"{key}\": {}", said.pop().unwrap_or_default());
            } else if !said.is_empty() {
                let _ = write!(out, ", \"{key}\": [{}]", said.join(", "));
            }
        }
        let is_known = |label: &str| matches!(label, "cats" | "accept" | "label" | "answer");
        let lost = self.made.notes().iter();
        let lost = lost.filter(|n| n.target.is_none() && !is_known(&n.label));
        losses.add(Feature::ArticleNotes, lost.count());
        let is_lost = |target: Target| {
            let is_single = matches!(target, Target::Mention(_) | Target::Unplaced(_));
            !is_single || self.place(target).is_none()
        };
        // A span has room for one reference, without a title.
        let mut linked = HashSet::new();
        let links = self.made.links().iter().filter(|link| {
            let is_first = linked.insert(link.target);
            !is_first || is_lost(link.target) || has_own_title(self.article, link)
        });
        losses.add(Feature::Links, links.count());
    }
}

/// An id as a member, with the comma before it; ids that were only given in reading are left out.
fn own(id: &str) -> String {
    let number = id.strip_prefix('m').unwrap_or("");
    let is_given = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    if id.is_empty() || is_given {
        String::new()
    } else {
        format!(", \"id\": {}", quoted(id))
    }
}
