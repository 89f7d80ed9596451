//! What a native file says, before its names and quotations are looked for in the text.

use super::fields::{Fields, Placed, Reader, Wrong};
use super::quote::Quote;
use crate::format::code::Code;

/// The keys of the head of a file.
const TOP: [&str; 23] = [
    "title",
    "text",
    "exact",
    "kicker",
    "headline",
    "deck",
    "byline",
    "dateline",
    "body",
    "caption",
    "credits",
    "date",
    "source",
    "page",
    "section",
    "language",
    "continues",
    "entity",
    "mention",
    "exclude",
    "relation",
    "event",
    "note",
];

/// The keys of the parts that make the text.
const PARTS: [&str; 8] = [
    "kicker", "headline", "deck", "byline", "dateline", "body", "caption", "credits",
];

/// The words of the article.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// All of the text as it is, in the place of the parts.
    pub(super) text: Option<String>,
    pub(super) kicker: String,
    pub(super) headline: String,
    pub(super) deck: String,
    pub(super) byline: Vec<String>,
    pub(super) dateline: String,
    pub(super) body: String,
    pub(super) caption: String,
    pub(super) credits: Vec<String>,
}

/// What is known of the article.
#[derive(Debug, Default)]
pub(super) struct About {
    pub(super) title: String,
    pub(super) date: String,
    pub(super) source: String,
    pub(super) page: String,
    pub(super) section: String,
    pub(super) language: String,
    pub(super) continues: String,
}

pub(super) type Attributes = Vec<(String, Option<String>)>;

pub(super) struct EntityEntry {
    pub(super) name: Placed,
    pub(super) aliases: Vec<Placed>,
    pub(super) kind: String,
    pub(super) link: String,
    pub(super) note: String,
    pub(super) attributes: Attributes,
}

pub(super) struct MentionEntry {
    pub(super) quote: Quote,
    pub(super) entity: Option<Placed>,
    pub(super) label: String,
    pub(super) note: String,
    pub(super) attributes: Attributes,
}

pub(super) struct ExcludeEntry {
    pub(super) quote: Quote,
    pub(super) entity: Option<Placed>,
}

pub(super) struct RelationEntry {
    pub(super) label: String,
    pub(super) from: Placed,
    pub(super) to: Placed,
}

pub(super) struct EventEntry {
    pub(super) label: String,
    pub(super) trigger: Option<Quote>,
    pub(super) arguments: Vec<(String, Placed)>,
}

pub(super) enum NoteOn {
    Entity(Placed),
    Mention(Quote),
}

pub(super) struct NoteEntry {
    pub(super) on: NoteOn,
    pub(super) text: String,
}

/// All tables of annotations.
#[derive(Default)]
pub(super) struct Tables {
    pub(super) entities: Vec<EntityEntry>,
    pub(super) mentions: Vec<MentionEntry>,
    pub(super) excludes: Vec<ExcludeEntry>,
    pub(super) relations: Vec<RelationEntry>,
    pub(super) events: Vec<EventEntry>,
    pub(super) notes: Vec<NoteEntry>,
}

/// Reads the head of the file.
pub(super) fn head(reader: &mut Reader<'_, '_>, top: Fields<'_, '_>) -> (Words, About) {
    reader.keys(top, &TOP, &[]);
    let text = reader.string(top, "text").ok().flatten();
    if let Some(text) = &text {
        for part in PARTS.iter().filter(|part| top.table.contains_key(**part)) {
            let message = format!("`text` is all of the article, so `{part}` is passed over");
            let remedy = "give the text as a whole or its parts, not both".to_owned();
            reader.tell(Code::UNKNOWN_KEY, text.at, message, remedy);
        }
    }
    let words = Words {
        text: text.map(|text| text.text),
        kicker: optional(reader.string(top, "kicker")),
        headline: optional(reader.string(top, "headline")),
        deck: optional(reader.string(top, "deck")),
        byline: list(reader.strings(top, "byline")),
        dateline: optional(reader.string(top, "dateline")),
        body: optional(reader.string(top, "body")),
        caption: optional(reader.string(top, "caption")),
        credits: list(reader.strings(top, "credits")),
    };
    let about = About {
        title: optional(reader.string(top, "title")),
        date: optional(reader.written(top, "date")),
        source: optional(reader.string(top, "source")),
        page: optional(reader.written(top, "page")),
        section: optional(reader.string(top, "section")),
        language: optional(reader.string(top, "language")),
        continues: optional(reader.string(top, "continues")),
    };
    (words, about)
}

/// The table `exact`.
pub(super) fn exact<'d, 'i>(
    reader: &mut Reader<'_, '_>,
    top: Fields<'d, 'i>,
) -> Option<Fields<'d, 'i>> {
    reader.table(top, "exact", "[exact]")
}

/// Reads the tables of annotations; an entry that lacks what it needs is left out.
pub(super) fn tables(reader: &mut Reader<'_, '_>, top: Fields<'_, '_>) -> Tables {
    Tables {
        entities: each(reader, top, "entity", "[[entity]]", entity),
        mentions: each(reader, top, "mention", "[[mention]]", mention),
        excludes: each(reader, top, "exclude", "[[exclude]]", exclude),
        relations: each(reader, top, "relation", "[[relation]]", relation),
        events: each(reader, top, "event", "[[event]]", event),
        notes: each(reader, top, "note", "[[note]]", note),
    }
}

fn each<T>(
    reader: &mut Reader<'_, '_>,
    top: Fields<'_, '_>,
    key: &str,
    what: &'static str,
    one: impl Fn(&mut Reader<'_, '_>, Fields<'_, '_>) -> Option<T>,
) -> Vec<T> {
    let tables = reader.tables(top, key, what);
    tables
        .into_iter()
        .filter_map(|fields| one(reader, fields))
        .collect()
}

fn entity(reader: &mut Reader<'_, '_>, fields: Fields<'_, '_>) -> Option<EntityEntry> {
    let known = ["name", "kind", "aliases", "link", "note", "attributes"];
    reader.keys(fields, &known, &TOP);
    let name = reader.needed(fields, "name")?;
    let kind = optional(reader.string(fields, "kind"));
    Some(EntityEntry {
        name,
        aliases: reader.strings(fields, "aliases").unwrap_or_default(),
        kind: if kind.is_empty() {
            "other".to_owned()
        } else {
            kind
        },
        link: optional(reader.string(fields, "link")),
        note: optional(reader.string(fields, "note")),
        attributes: reader.attributes(fields),
    })
}

fn mention(reader: &mut Reader<'_, '_>, fields: Fields<'_, '_>) -> Option<MentionEntry> {
    let known = [
        "text",
        "occurrence",
        "entity",
        "label",
        "note",
        "attributes",
    ];
    reader.keys(fields, &known, &TOP);
    let quote = reader.quote(fields, "text")?;
    let entity = reader.string(fields, "entity").ok()?;
    let label = optional(reader.string(fields, "label"));
    if entity.is_none() && label.is_empty() {
        let message = "a [[mention]] has neither entity nor label".to_owned();
        let remedy = "say which entity it names, or what sort of thing: label = \"place\"";
        reader.tell(Code::MISSING, quote.at, message, remedy.to_owned());
        return None;
    }
    Some(MentionEntry {
        quote,
        entity,
        label,
        note: optional(reader.string(fields, "note")),
        attributes: reader.attributes(fields),
    })
}

fn exclude(reader: &mut Reader<'_, '_>, fields: Fields<'_, '_>) -> Option<ExcludeEntry> {
    reader.keys(fields, &["text", "occurrence", "entity"], &TOP);
    Some(ExcludeEntry {
        quote: reader.quote(fields, "text")?,
        entity: reader.string(fields, "entity").ok()?,
    })
}

fn relation(reader: &mut Reader<'_, '_>, fields: Fields<'_, '_>) -> Option<RelationEntry> {
    reader.keys(fields, &["label", "from", "to"], &TOP);
    let label = reader.needed(fields, "label");
    let from = reader.needed(fields, "from");
    let to = reader.needed(fields, "to");
    Some(RelationEntry {
        label: label?.text,
        from: from?,
        to: to?,
    })
}

fn event(reader: &mut Reader<'_, '_>, fields: Fields<'_, '_>) -> Option<EventEntry> {
    reader.keys(fields, &["label", "trigger", "occurrence", "args"], &TOP);
    let label = reader.needed(fields, "label")?.text;
    let has_trigger = fields.table.contains_key("trigger");
    let trigger = if has_trigger {
        Some(reader.quote(fields, "trigger")?)
    } else {
        None
    };
    let mut arguments = Vec::new();
    for fields in reader.tables(fields, "args", "an argument") {
        reader.keys(fields, &["role", "entity"], &[]);
        let role = reader.needed(fields, "role");
        let entity = reader.needed(fields, "entity");
        if let (Some(role), Some(entity)) = (role, entity) {
            arguments.push((role.text, entity));
        }
    }
    Some(EventEntry {
        label,
        trigger,
        arguments,
    })
}

fn note(reader: &mut Reader<'_, '_>, fields: Fields<'_, '_>) -> Option<NoteEntry> {
    reader.keys(fields, &["entity", "mention", "occurrence", "text"], &TOP);
    let text = reader.needed(fields, "text")?.text;
    let on = if fields.table.contains_key("entity") {
        NoteOn::Entity(reader.needed(fields, "entity")?)
    } else if fields.table.contains_key("mention") {
        NoteOn::Mention(reader.quote(fields, "mention")?)
    } else {
        let message = "a [[note]] has neither entity nor mention".to_owned();
        let remedy = "say what it is on: entity = \"…\", or mention = \"…\" with its occurrence";
        reader.tell(Code::MISSING, fields.at, message, remedy.to_owned());
        return None;
    };
    Some(NoteEntry { on, text })
}

fn optional(found: Result<Option<Placed>, Wrong>) -> String {
    found
        .ok()
        .flatten()
        .map(|found| found.text)
        .unwrap_or_default()
}

fn list(found: Result<Vec<Placed>, Wrong>) -> Vec<String> {
    let found = found.unwrap_or_default();
    found.into_iter().map(|found| found.text).collect()
}
