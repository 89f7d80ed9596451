//! What is known of an entity, as a sheet for the foot of the sidebar.

use super::address::address;
use super::sheet::{Sheet, SheetRow, Tone};
use super::sidebar::Item;
use crate::article::{
    Annotations, Argument, Article, Category, EntityId, LabelId, Target, Unplaced, UnplacedId,
};
use crate::typeset::Options;

/// Column at which the values stand.
const COLUMN: u16 = 10;

/// The rows of the card of a kind or an entity at `width` cells; none when there is no such.
#[must_use]
pub(super) fn card(article: &Article, item: Item, width: u16, options: &Options) -> Vec<SheetRow> {
    let mut sheet = Sheet::new(width, options);
    match item {
        Item::Category(category) => of_category(&article.annotations, category, &mut sheet),
        Item::Entity(id) => of_entity(article, id, &mut sheet),
        Item::Lost => {
            sheet.text(Tone::Heading, LOST);
            let count = article.annotations.unplaced().len().to_string();
            sheet.pair(Some("mentions"), Tone::Plain, &count, COLUMN);
        }
        Item::Unplaced(id) => of_unplaced(&article.annotations, id, &mut sheet),
    }
    sheet.finish()
}

/// What the mentions without a place are listed under.
pub const LOST: &str = "without a place";

fn of_unplaced(annotations: &Annotations, id: UnplacedId, sheet: &mut Sheet) {
    let Some(unplaced) = annotations.unplaced_of(id) else {
        return;
    };
    sheet.text(Tone::Heading, unplaced_name(unplaced));
    let label = annotations.label_name(unplaced.label);
    for (key, value) in [
        ("label", label),
        ("id", &*unplaced.source_id),
        ("place", &*unplaced.place),
        ("quotes", &*unplaced.quote),
    ] {
        if !value.is_empty() {
            sheet.pair(Some(key), Tone::Plain, value, COLUMN);
        }
    }
    let target = Target::Unplaced(id);
    for attribute in annotations.attributes_on(target) {
        let value = attribute.value.as_deref().unwrap_or("yes");
        sheet.pair(Some(&attribute.name), Tone::Plain, value, COLUMN);
    }
    for note in annotations.notes_on(target) {
        sheet.pair(Some("note"), Tone::Plain, &note.text, COLUMN);
    }
}

/// What a mention without a place is called: its words, else its id.
#[must_use]
pub fn unplaced_name(unplaced: &Unplaced) -> &str {
    match (&*unplaced.quote, &*unplaced.source_id) {
        ("", id) => id,
        (quote, _) => quote,
    }
}

fn of_category(annotations: &Annotations, category: Category, sheet: &mut Sheet) {
    sheet.text(Tone::Heading, annotations.category_name(category));
    let of_it = |label| annotations.category(label) == category;
    let entities = annotations.entities().iter().filter(|e| of_it(e.label));
    let mut field = |key: &str, value: &str| sheet.pair(Some(key), Tone::Plain, value, COLUMN);
    field("entities", &entities.count().to_string());
    let mentions = annotations.mentions_of(category).len();
    field("mentions", &mentions.to_string());
    let labels = (0u32..).zip(annotations.labels());
    let labels: Vec<&str> = labels
        .filter(|(n, _)| of_it(LabelId(*n)))
        .map(|(_, label)| label.name.as_str())
        .collect();
    field("labels", &labels.join("、"));
}

fn of_entity(article: &Article, id: EntityId, sheet: &mut Sheet) {
    let annotations = &article.annotations;
    let Some(entity) = annotations.entity(id) else {
        return;
    };
    let target = Target::Entity(id);
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
        field(&attribute.name, attribute.value.as_deref().unwrap_or("yes"));
    }
    let own = || {
        let mentions = entity.mentions().iter().map(|m| Target::Mention(*m));
        std::iter::once(target).chain(mentions)
    };
    for note in own().flat_map(|t| annotations.notes_on(t)) {
        field("note", &note.text);
    }
    for link in own().flat_map(|t| annotations.links_on(t)) {
        let text = link_text(&link.reference, &link.title);
        sheet.linked("link", &text, COLUMN, address(&link.reference));
    }
    let mut field = |key: &str, value: &str| sheet.pair(Some(key), Tone::Plain, value, COLUMN);
    for id in annotations.relations_of(id) {
        if let Some(relation) = annotations.relations().get(id.0 as usize) {
            let arguments = told(article, &relation.arguments, target);
            field("relation", &format!("{} {arguments}", relation.label));
        }
    }
    for id in annotations.events_of(id) {
        if let Some(event) = annotations.events().get(id.0 as usize) {
            let trigger = event.trigger.and_then(|t| annotations.mention(t));
            let trigger = trigger.map_or("", |m| article.text.slice(m.hull()));
            let arguments = told(article, &event.arguments, target);
            field("event", &format!("{trigger} {} {arguments}", event.label));
        }
    }
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

/// `as role; role name, role name`: which part the entity itself plays, then the others with theirs.
fn told(article: &Article, arguments: &[Argument], own: Target) -> String {
    let annotations = &article.annotations;
    let is_own = |target: Target| match target {
        Target::Mention(id) => {
            annotations
                .mention(id)
                .and_then(|m| m.entity)
                .map(Target::Entity)
                == Some(own)
        }
        target => target == own,
    };
    let name = |target: Target| match target {
        Target::Entity(id) => annotations.entity(id).map(|e| e.name.clone()),
        Target::Mention(id) => annotations.mention(id).map(|m| {
            let parts = m.spans().iter().map(|s| article.text.slice(*s));
            parts.collect::<Vec<_>>().join("…")
        }),
        Target::Event(id) => annotations
            .events()
            .get(id.0 as usize)
            .map(|e| format!("{} {}", e.label, e.source_id)),
        Target::Relation(id) => annotations
            .relations()
            .get(id.0 as usize)
            .map(|r| format!("{} {}", r.label, r.source_id)),
        Target::Unplaced(id) => annotations
            .unplaced_of(id)
            .map(|unplaced| unplaced_name(unplaced).to_owned()),
    };
    let (own, others): (Vec<&Argument>, Vec<&Argument>) =
        arguments.iter().partition(|a| is_own(a.target));
    let own: Vec<String> = own.iter().map(|a| format!("as {}", a.role)).collect();
    let others: Vec<String> = others
        .iter()
        .map(|a| format!("{} {}", a.role, name(a.target).unwrap_or_default()))
        .collect();
    let parts = [own.join(", "), others.join(", ")];
    let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    parts.join("; ")
}
