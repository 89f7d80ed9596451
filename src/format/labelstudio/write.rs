//! An article to a task of Label Studio.

use std::fmt::Write as _;

use super::UTF16;
use crate::article::{
    Annotations, Article, Layer, LayerId, Mention, MentionId, Note, Relation, SourceForm, Target,
    Unplaced, UnplacedId,
};
use crate::format::count::Scale;
use crate::format::entry::{WriteOptions, Written};
use crate::format::json::{self, list, quoted};
use crate::format::layers::{lost_names, telling};
use crate::format::loss::{Feature, Losses, mention_of};
use crate::format::pair::{goes_both_ways, is_usual, pair};

/// Writes an article. Mentions of several fragments have no place in it; what is on an entity goes to its first mention.
pub(super) fn write(article: &Article, options: &WriteOptions, losses: &mut Losses) -> Written {
    let writer = Writer {
        article,
        made: &article.annotations,
        scale: json::scale(article, UTF16),
        telling: telling(&article.annotations),
    };
    let mut out = String::from("{");
    out.push_str(&json::write_id(&article.meta));
    out.push_str("\"data\": {\"text\": ");
    json::text_string(&mut out, article.text.whole(), article.form);
    out.push('}');
    let meta = json::write_meta(&article.meta, options);
    if !meta.is_empty() {
        let _ = write!(out, ", \"meta\": {{{meta}}}");
    }
    let mut sets: [Vec<String>; 2] = Default::default();
    let layers = (0u16..).map(LayerId).zip(writer.made.layers());
    for (id, layer) in layers {
        let results = writer.results(id, losses);
        let is_only = writer.made.layers().len() == 1 && by(layer).is_empty();
        let is_told = writer.telling.get(usize::from(id.0)) == Some(&true);
        if (is_only || !is_told) && results.is_empty() {
            continue;
        }
        let mut set = format!("{{{}\"result\": ", by(layer));
        list(&mut set, results.into_iter());
        set.push('}');
        let [annotations, predictions] = &mut sets;
        if is_prediction(layer) {
            predictions.push(set);
        } else {
            annotations.push(set);
        }
    }
    let [annotations, predictions] = sets;
    out.push_str(", \"annotations\": ");
    list(&mut out, annotations.into_iter());
    if !predictions.is_empty() {
        out.push_str(", \"predictions\": ");
        list(&mut out, predictions.into_iter());
    }
    out.push('}');
    writer.left_out(losses);
    Written {
        main: out,
        beside: None,
    }
}

fn is_prediction(layer: &Layer) -> bool {
    layer.name == "prediction" || layer.name.starts_with("prediction ")
}

/// Who made a layer, as members of a set of results with the comma behind.
fn by(layer: &Layer) -> String {
    if let Some(model) = layer.name.strip_prefix("prediction ") {
        return format!("\"model_version\": {}, ", quoted(model));
    }
    let name = layer.name.as_str();
    if name.parse::<u64>().is_ok_and(|n| n.to_string() == name) {
        return format!("\"completed_by\": {name}, ");
    }
    if name.contains('@') {
        return format!("\"completed_by\": {{\"email\": {}}}, ", quoted(name));
    }
    String::new()
}

struct Writer<'a> {
    article: &'a Article,
    made: &'a Annotations,
    scale: Scale,
    /// Which layers are more than a sort of annotations.
    telling: Vec<bool>,
}

impl Writer<'_> {
    /// The results of a layer: regions, what is said of them, relations; what is said of the text is in the first.
    fn results(&self, layer: LayerId, losses: &mut Losses) -> Vec<String> {
        let mut results = Vec::new();
        for (number, mention) in (0u32..).zip(self.made.mentions()) {
            if mention.layer == layer && !mention.is_discontinuous() {
                let region = self.region(mention);
                let target = Target::Mention(MentionId(number));
                let label = self.made.label_name(mention.label);
                results.push(self.labelled(&region, label, &mention.source_id, target));
                self.said(&region, &mention.source_id, target, &mut results);
            }
        }
        for (number, unplaced) in (0u32..).zip(self.made.unplaced()) {
            if unplaced.layer == layer {
                let Some(region) = lost(unplaced, self.article.form) else {
                    losses.add(Feature::Unplaced, 1);
                    continue;
                };
                let target = Target::Unplaced(UnplacedId(number));
                let label = self.made.label_name(unplaced.label);
                results.push(self.labelled(&region, label, &unplaced.source_id, target));
                self.said(&region, &unplaced.source_id, target, &mut results);
            }
        }
        let all = self.made.relations().iter();
        for relation in all.filter(|r| r.arguments.len() == 2) {
            // Ids mean something only within a set, so a relation is where its regions are.
            let home = self.home(relation);
            if home.unwrap_or(relation.layer) != layer {
                continue;
            }
            match home.and_then(|_| self.relation(relation)) {
                Some(written) => {
                    let told = self.telling.get(usize::from(relation.layer.0));
                    let lost = relation.layer != layer && told == Some(&true);
                    losses.add(Feature::Layers, usize::from(lost));
                    results.push(written);
                }
                None => losses.add(Feature::Relations, 1),
            }
        }
        if layer == LayerId(0) {
            let free = self.made.notes().iter().filter(|n| n.target.is_none());
            results.extend(free.map(|note| remark(note, "", "")));
        }
        results
    }

    /// `"start": 0, "end": 2, "text": "…"`.
    fn region(&self, mention: &Mention) -> String {
        let (text, hull) = (self.article.text.whole(), mention.hull());
        let start = self.scale.offset(text, hull.start());
        let end = self.scale.offset(text, hull.end());
        let mut region = format!("\"start\": {start}, \"end\": {end}, \"text\": ");
        json::text_string(
            &mut region,
            self.article.text.slice(hull),
            self.article.form,
        );
        region
    }

    fn labelled(&self, region: &str, label: &str, id: &str, target: Target) -> String {
        let remarks = self.made.notes_on(target).filter(|n| n.label == "meta");
        let remarks: Vec<String> = remarks.map(|n| quoted(&n.text)).collect();
        let meta = match remarks.is_empty() {
            true => String::new(),
            false => format!(", \"meta\": {{\"text\": [{}]}}", remarks.join(", ")),
        };
        format!(
            "{{\"value\": {{{region}, \"labels\": [{}]}}, {}\"from_name\": \"label\", \"to_name\": \"text\", \
             \"type\": \"labels\"{meta}}}",
            quoted(label),
            own(id)
        )
    }

    /// Attributes and notes of a region.
    fn said(&self, region: &str, id: &str, target: Target, results: &mut Vec<String>) {
        for attribute in self.made.attributes_on(target) {
            let value = attribute.value.as_deref().map(quoted).unwrap_or_default();
            results.push(format!(
                "{{\"value\": {{{region}, \"choices\": [{value}]}}, {}\"from_name\": {}, \"to_name\": \"text\", \
                 \"type\": \"choices\"}}",
                own(id),
                quoted(&attribute.name)
            ));
        }
        let notes = self.made.notes_on(target).filter(|n| n.label != "meta");
        results.extend(notes.map(|note| remark(note, region, id)));
    }

    fn relation(&self, relation: &Relation) -> Option<String> {
        let [first, second] = relation.arguments.as_slice() else {
            return None;
        };
        let [from, to] = pair(relation)?;
        let (direction, from, to) = match (&*first.role, &*second.role) {
            // It stands turned round in the file as well.
            ("to", "from") => ("left", first, second),
            _ if goes_both_ways(relation) => ("bi", from, to),
            _ => ("right", from, to),
        };
        let (from, to) = (self.id(from.target)?, self.id(to.target)?);
        Some(format!(
            "{{\"from_id\": {from}, \"to_id\": {to}, \"type\": \"relation\", \"direction\": \"{direction}\", \
             \"labels\": [{}]}}",
            quoted(&relation.label)
        ))
    }

    /// The layer of what takes part in a relation; nothing when that is not one.
    fn home(&self, relation: &Relation) -> Option<LayerId> {
        let mut layers = relation.arguments.iter().map(|a| self.layer(a.target));
        let first = layers.next()??;
        layers.all(|layer| layer == Some(first)).then_some(first)
    }

    fn layer(&self, target: Target) -> Option<LayerId> {
        if let Target::Unplaced(id) = target {
            return Some(self.made.unplaced_of(id)?.layer);
        }
        Some(self.made.mention(mention_of(self.made, target)?)?.layer)
    }

    /// The id of a target; an entity's is that of its first mention.
    fn id(&self, target: Target) -> Option<String> {
        if let Target::Unplaced(id) = target {
            return Some(quoted(&self.made.unplaced_of(id)?.source_id));
        }
        let mention = self.made.mention(mention_of(self.made, target)?)?;
        (!mention.is_discontinuous()).then(|| quoted(&mention.source_id))
    }

    /// Counts what is on something that has no region.
    fn left_out(&self, losses: &mut Losses) {
        let fits = |layer: &Layer| is_prediction(layer) || !by(layer).is_empty();
        losses.add(Feature::Layers, lost_names(self.article, fits));
        let relations = self.made.relations().iter();
        let odd = relations.filter(|r| !is_usual(r) && !goes_both_ways(r));
        losses.add(Feature::Roled, odd.count());
        let is_region = |target: Target| match target {
            Target::Mention(id) => {
                let mention = self.made.mention(id);
                mention.is_some_and(|m| !m.is_discontinuous())
            }
            Target::Unplaced(_) => true,
            Target::Entity(_) | Target::Relation(_) | Target::Event(_) => false,
        };
        let attributes = self.made.attributes().iter();
        let lost = attributes.filter(|a| !is_region(a.target)).count();
        losses.add(Feature::Attributes, lost);
        let notes = self.made.notes().iter();
        let lost = notes.filter(|n| n.target.is_some_and(|target| !is_region(target)));
        losses.add(Feature::Notes, lost.count());
    }
}

/// The region of a mention without a place; nothing when its offsets cannot be written.
fn lost(unplaced: &Unplaced, form: SourceForm) -> Option<String> {
    let (start, end) = json::unplaced_ends(&unplaced.place)?;
    let mut region = format!("\"start\": {start}, \"end\": {end}, \"text\": ");
    json::text_string(&mut region, &unplaced.quote, form);
    Some(region)
}

/// An id as a member, with the comma behind.
fn own(id: &str) -> String {
    if id.is_empty() {
        String::new()
    } else {
        format!("\"id\": {}, ", quoted(id))
    }
}

/// A note as a result: what its label says of type and `from_name`, else a choice for the text or a remark on a region.
fn remark(note: &Note, region: &str, id: &str) -> String {
    let usual = if region.is_empty() {
        "choices"
    } else {
        "textarea"
    };
    let (sort, name) = note.label.split_once(':').unwrap_or((usual, &note.label));
    let text = quoted(&note.text);
    let value = match sort {
        "choices" => format!("\"choices\": [{text}]"),
        "textarea" => format!("\"text\": [{text}]"),
        _ if json::is_value(&note.text) => format!("{}: {}", quoted(sort), note.text),
        _ => format!("{}: {text}", quoted(sort)),
    };
    let comma = if region.is_empty() { "" } else { ", " };
    // A remark's own text takes the place of what its region quotes.
    let region = match sort {
        "textarea" => region.split(", \"text\"").next().unwrap_or(""),
        _ => region,
    };
    format!(
        "{{\"value\": {{{region}{comma}{value}}}, {}\"from_name\": {}, \"to_name\": \"text\", \"type\": {}}}",
        own(id),
        quoted(name),
        quoted(sort)
    )
}
