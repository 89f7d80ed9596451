//! What is known of an entity, as a sheet for the foot of the sidebar.

use super::sheet::{Sheet, SheetRow, Tone};
use crate::article::{Annotations, Argument, Article, EntityId, Target};
use crate::typeset::Options;

/// Column at which the values stand.
const COLUMN: u16 = 10;

/// The rows of an entity's card at `width` cells; none when there is no such entity.
#[must_use]
pub(super) fn card(
    article: &Article,
    id: EntityId,
    width: u16,
    options: &Options,
) -> Vec<SheetRow> {
    let annotations = &article.annotations;
    let Some(entity) = annotations.entity(id) else {
        return Vec::new();
    };
    let target = Target::Entity(id);
    let mut sheet = Sheet::new(width, options);
    sheet.text(Tone::Heading, &entity.name);
    let mut field = |key: &str, value: &str| sheet.pair(Some(key), Tone::Plain, value, COLUMN);
    let label = annotations.label_name(entity.label);
    let kind = annotations.kind(entity.label).name();
    if label == kind {
        field("kind", kind);
    } else {
        field("kind", &format!("{kind} ({label})"));
    }
    field("mentions", &entity.mentions().len().to_string());
    if !entity.aliases.is_empty() {
        field("also", &entity.aliases.join("、"));
    }
    for attribute in attributes(annotations, id) {
        match &attribute.value {
            Some(value) => field(&attribute.name, value),
            None => field(&attribute.name, "yes"),
        }
    }
    for id in annotations.relations_of(id) {
        if let Some(relation) = annotations.relations().get(id.0 as usize) {
            field(
                "relation",
                &told(article, &relation.label, &relation.arguments, target),
            );
        }
    }
    for id in annotations.events_of(id) {
        if let Some(event) = annotations.events().get(id.0 as usize) {
            let mut text = told(article, &event.label, &event.arguments, target);
            if let Some(trigger) = event.trigger.and_then(|t| annotations.mention(t)) {
                text = format!("{} {text}", article.text.slice(trigger.hull()));
            }
            field("event", &text);
        }
    }
    for note in annotations.notes_on(target) {
        field("note", &note.text);
    }
    for mention in entity.mentions() {
        for note in annotations.notes_on(Target::Mention(*mention)) {
            field("note", &note.text);
        }
        for link in annotations.links_on(Target::Mention(*mention)) {
            field("link", link_text(&link.reference, &link.title).as_str());
        }
    }
    for link in annotations.links_on(target) {
        field("link", link_text(&link.reference, &link.title).as_str());
    }
    sheet.finish()
}

fn link_text(reference: &str, title: &str) -> String {
    if title.is_empty() {
        reference.to_owned()
    } else {
        format!("{reference} {title}")
    }
}

/// The attributes of the entity and of its mentions, those of the same name and value once.
fn attributes(annotations: &Annotations, id: EntityId) -> Vec<&crate::article::Attribute> {
    let mentions = annotations
        .entity(id)
        .map_or(&[][..], |entity| entity.mentions());
    let of_mentions = mentions
        .iter()
        .flat_map(|m| annotations.attributes_on(Target::Mention(*m)));
    let mut seen = std::collections::HashSet::new();
    annotations
        .attributes_on(Target::Entity(id))
        .chain(of_mentions)
        .filter(|a| seen.insert((&a.name, &a.value)))
        .collect()
}

/// `label(role: name, role: name)`, the entity itself as ～.
fn told(article: &Article, label: &str, arguments: &[Argument], own: Target) -> String {
    let annotations = &article.annotations;
    let name = |target: Target| match target {
        _ if target == own => "～".to_owned(),
        Target::Entity(id) => annotations
            .entity(id)
            .map_or_else(String::new, |e| e.name.clone()),
        Target::Mention(id) => annotations.mention(id).map_or_else(String::new, |m| {
            if m.entity.map(Target::Entity) == Some(own) {
                "～".to_owned()
            } else {
                let parts = m.spans().iter().map(|s| article.text.slice(*s));
                parts.collect::<Vec<_>>().join("…")
            }
        }),
        Target::Event(id) => annotations
            .events()
            .get(id.0 as usize)
            .map_or_else(String::new, |e| format!("{} {}", e.label, e.source_id)),
        Target::Relation(id) => annotations
            .relations()
            .get(id.0 as usize)
            .map_or_else(String::new, |r| format!("{} {}", r.label, r.source_id)),
    };
    let arguments: Vec<String> = arguments
        .iter()
        .map(|a| format!("{}: {}", a.role, name(a.target)))
        .collect();
    format!("{label}({})", arguments.join(", "))
}
