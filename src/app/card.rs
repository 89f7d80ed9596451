//! What is known of an entity, or of a mention that belongs to none, as a sheet for the foot of the sidebar.

use super::address::address;
use super::geometry::Pane;
use super::sheet::{Sheet, SheetRow, Tone};
use super::sidebar::Item;
use super::state::App;
use crate::article::{
    Annotations, Argument, Article, Category, EntityId, LabelId, Mention, MentionId, Target,
    Unplaced, UnplacedId,
};
use crate::typeset::Options;

/// Column at which the values stand.
const COLUMN: u16 = 10;

/// What a card is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// A line of the sidebar.
    Line(Item),
    /// A mention without an entity, as the sidebar has no line for it.
    Mention(MentionId),
}

impl App {
    /// What the card is of: what was gone to in the text where that is a mention without an entity, else the line under
    /// the sidebar's cursor.
    pub(super) fn subject(&self) -> Option<Subject> {
        let line = self.sidebar.current().map(Subject::Line);
        if self.focus == Pane::Sidebar {
            return line;
        }
        let annotations = &self.article()?.annotations;
        let gone_to = self.mention_gone_to();
        let alone =
            gone_to.filter(|id| annotations.mention(*id).is_some_and(|m| m.entity.is_none()));
        alone.map(Subject::Mention).or(line)
    }
}

/// The rows of the card of a kind, an entity or a mention at `width` cells; none when there is no such.
#[must_use]
pub(super) fn card(
    article: &Article,
    subject: Subject,
    width: u16,
    options: &Options,
) -> Vec<SheetRow> {
    let mut sheet = Sheet::new(width, options);
    match subject {
        Subject::Line(Item::Category(category)) => {
            of_category(&article.annotations, category, &mut sheet);
        }
        Subject::Line(Item::Entity(id)) => of_entity(article, id, &mut sheet),
        Subject::Line(Item::Lost) => {
            sheet.text(Tone::Heading, LOST);
            let count = article.annotations.unplaced().len().to_string();
            sheet.pair(Some("mentions"), Tone::Plain, &count, COLUMN);
        }
        Subject::Line(Item::Unplaced(id)) => of_unplaced(article, id, &mut sheet),
        Subject::Mention(id) => of_mention(article, id, &mut sheet),
    }
    sheet.finish()
}

/// What the mentions without a place are listed under.
pub const LOST: &str = "without a place";

fn of_unplaced(article: &Article, id: UnplacedId, sheet: &mut Sheet) {
    let annotations = &article.annotations;
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
    remarks(annotations, target, sheet);
    ties(article, target, sheet);
}

/// A mention that belongs to no entity, such as a word that tells of an event.
fn of_mention(article: &Article, id: MentionId, sheet: &mut Sheet) {
    let annotations = &article.annotations;
    let Some(mention) = annotations.mention(id) else {
        return;
    };
    sheet.text(Tone::Heading, &words(article, mention));
    kind(annotations, mention.label, sheet);
    let target = Target::Mention(id);
    remarks(annotations, target, sheet);
    links(annotations, std::iter::once(target), sheet);
    ties(article, target, sheet);
}

/// The attributes of something and the notes on it.
fn remarks(annotations: &Annotations, target: Target, sheet: &mut Sheet) {
    for attribute in annotations.attributes_on(target) {
        let value = attribute.value.as_deref().unwrap_or("yes");
        sheet.pair(Some(&attribute.name), Tone::Plain, value, COLUMN);
    }
    for note in annotations.notes_on(target) {
        sheet.pair(Some("note"), Tone::Plain, &note.text, COLUMN);
    }
}

fn kind(annotations: &Annotations, label: LabelId, sheet: &mut Sheet) {
    let kind = annotations.kind(label).name();
    let label = annotations.label_name(label);
    if label == kind {
        sheet.pair(Some("kind"), Tone::Plain, kind, COLUMN);
    } else {
        let both = format!("{kind} ({label})");
        sheet.pair(Some("kind"), Tone::Plain, &both, COLUMN);
    }
}

fn links(annotations: &Annotations, of: impl Iterator<Item = Target>, sheet: &mut Sheet) {
    for link in of.flat_map(|target| annotations.links_on(target)) {
        let text = link_text(&link.reference, &link.title);
        sheet.linked("link", &text, COLUMN, address(&link.reference));
    }
}

/// The relations and events in which something takes part, each with what is known of it.
fn ties(article: &Article, own: Target, sheet: &mut Sheet) {
    let annotations = &article.annotations;
    for id in annotations.relations_of(own) {
        if let Some(relation) = annotations.relations().get(id.0 as usize) {
            let arguments = told(article, &relation.arguments, own);
            let text = format!("{} {arguments}", relation.label);
            sheet.pair(Some("relation"), Tone::Plain, &text, COLUMN);
            remarks(annotations, Target::Relation(id), sheet);
        }
    }
    for id in annotations.events_of(own) {
        if let Some(event) = annotations.events().get(id.0 as usize) {
            let trigger = event.trigger.and_then(|t| annotations.mention(t));
            let trigger = trigger.map_or_else(String::new, |m| words(article, m) + " ");
            let arguments = told(article, &event.arguments, own);
            let text = format!("{trigger}{} {arguments}", event.label);
            sheet.pair(Some("event"), Tone::Plain, &text, COLUMN);
            remarks(annotations, Target::Event(id), sheet);
        }
    }
}

/// What a mention reads.
fn words(article: &Article, mention: &Mention) -> String {
    let parts = mention.spans().iter().map(|s| article.text.slice(*s));
    parts.collect::<Vec<_>>().join("…")
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
    kind(annotations, entity.label, sheet);
    let mut field = |key: &str, value: &str| sheet.pair(Some(key), Tone::Plain, value, COLUMN);
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
    links(annotations, own(), sheet);
    ties(article, target, sheet);
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

/// `as role; role name, role name`: which part the one that the card is of plays, then the others with theirs.
fn told(article: &Article, arguments: &[Argument], own: Target) -> String {
    let annotations = &article.annotations;
    let is_own = |target: Target| match annotations.end_of(target) {
        Some(Target::Mention(id)) if Target::Mention(id) != own => {
            let entity = annotations.mention(id).and_then(|m| m.entity);
            entity.map(Target::Entity) == Some(own)
        }
        end => end == Some(own),
    };
    let (own, others): (Vec<&Argument>, Vec<&Argument>) =
        arguments.iter().partition(|a| is_own(a.target));
    let own: Vec<String> = own.iter().map(|a| format!("as {}", a.role)).collect();
    let others: Vec<String> = others
        .iter()
        .map(|a| format!("{} {}", a.role, called(article, a.target)))
        .collect();
    let parts = [own.join(", "), others.join(", ")];
    let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    parts.join("; ")
}

/// What one who takes part is called: an event by the word that tells of it, else as a relation by label and id.
fn called(article: &Article, target: Target) -> String {
    let annotations = &article.annotations;
    let labelled = |label: &str, id: &str| format!("{label} {id}").trim_end().to_owned();
    let name = match annotations.end_of(target).unwrap_or(target) {
        Target::Entity(id) => annotations.entity(id).map(|e| e.name.clone()),
        Target::Mention(id) => annotations.mention(id).map(|m| words(article, m)),
        Target::Event(id) => {
            let event = annotations.events().get(id.0 as usize);
            event.map(|e| labelled(&e.label, &e.source_id))
        }
        Target::Relation(id) => {
            let relation = annotations.relations().get(id.0 as usize);
            relation.map(|r| labelled(&r.label, &r.source_id))
        }
        Target::Unplaced(id) => {
            let unplaced = annotations.unplaced_of(id);
            unplaced.map(|unplaced| unplaced_name(unplaced).to_owned())
        }
    };
    name.unwrap_or_default()
}
