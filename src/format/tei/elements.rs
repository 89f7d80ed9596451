//! Which elements of TEI mean what.

use crate::article::{Kind, Role};

/// Elements that are mentions, whose label is their name. `rs` and `name` have their type as label where they have one.
pub(super) const NAMES: [&str; 23] = [
    "persName",
    "forename",
    "surname",
    "roleName",
    "addName",
    "genName",
    "nameLink",
    "orgName",
    "placeName",
    "country",
    "region",
    "settlement",
    "district",
    "bloc",
    "geogName",
    "geogFeat",
    "objectName",
    "eventName",
    "date",
    "time",
    "measure",
    "num",
    "rs",
];

/// Whether an element is a mention.
pub(super) fn is_name(name: &str) -> bool {
    NAMES.contains(&name) || name == "name"
}

/// Readings of which a `choice` or an `app` has several: one is shown, the others are its attributes.
pub(in crate::format) const READINGS: [&str; 8] =
    ["orig", "reg", "sic", "corr", "abbr", "expan", "lem", "rdg"];

/// Whether an element is a reading.
pub(super) fn is_reading(name: &str) -> bool {
    READINGS.contains(&name)
}

/// The element around readings.
pub(super) fn around(reading: &str) -> &'static str {
    if matches!(reading, "lem" | "rdg") {
        "app"
    } else {
        "choice"
    }
}

/// What an element is on the page when it stands on lines of its own; `rend` and `kind` are its attributes `rend` and
/// `type`.
pub(super) fn role(name: &str, rend: &str, kind: &str) -> Option<Role> {
    Some(match name {
        "head" => match kind {
            "main" => Role::Headline,
            "kicker" => Role::Kicker,
            "sub" | "subtitle" => Role::Deck,
            // Whether it is the headline its place tells.
            _ => Role::SectionHead,
        },
        "byline" | "docAuthor" => Role::Byline,
        "dateline" => Role::Dateline,
        "docDate" => Role::Dateline,
        "titlePart" => match kind {
            "" | "main" => Role::Headline,
            _ => Role::Deck,
        },
        "figDesc" => Role::Caption,
        "trailer" | "signed" => Role::Credit,
        "quote" | "cit" => Role::Quote,
        "p" | "ab" => match rend {
            "jump-line" => Role::JumpLine,
            "credit" => Role::Credit,
            "caption" => Role::Caption,
            _ => Role::Paragraph,
        },
        "l" | "item" | "row" | "u" | "speaker" | "stage" | "salute" | "opener" | "closer"
        | "argument" | "epigraph" | "fw" | "div" | "div0" | "div1" | "div2" | "div3" | "div4"
        | "div5" | "div6" | "div7" | "lg" | "list" | "table" | "sp" | "figure" | "floatingText"
        | "front" | "body" | "back" | "group" | "titlePage" | "docTitle" | "docImprint"
        | "docEdition" | "listBibl" | "bibl" | "biblStruct" | "biblFull" | "listPerson"
        | "listPlace" | "listOrg" | "listEvent" | "listObject" | "listNym" => Role::Paragraph,
        name if is_entity(name) => Role::Paragraph,
        _ => return None,
    })
}

/// Elements that are a line only where none is open around them.
pub(super) fn may_be_inline(name: &str) -> bool {
    let is_told = is_entity(name) || matches!(name, "bibl" | "biblStruct" | "biblFull");
    is_told || matches!(name, "quote" | "cit" | "docAuthor" | "docDate")
}

/// Whether an element is a line, in which some others are none of their own.
pub(super) fn holds_line(name: &str) -> bool {
    matches!(
        name,
        "p" | "ab"
            | "l"
            | "head"
            | "item"
            | "u"
            | "byline"
            | "dateline"
            | "titlePart"
            | "docImprint"
            | "docEdition"
            | "bibl"
    )
}

/// How a line of this role is written: element and an attribute.
pub(super) const fn element(role: Role) -> (&'static str, Option<(&'static str, &'static str)>) {
    match role {
        Role::Kicker => ("head", Some(("type", "kicker"))),
        Role::Headline | Role::SectionHead => ("head", None),
        Role::Deck => ("head", Some(("type", "sub"))),
        Role::Byline => ("byline", None),
        Role::Dateline => ("dateline", None),
        Role::Paragraph => ("p", None),
        Role::Quote => ("quote", None),
        Role::JumpLine => ("p", Some(("rend", "jump-line"))),
        Role::Caption => ("p", Some(("rend", "caption"))),
        Role::Credit => ("p", Some(("rend", "credit"))),
    }
}

/// Elements that tell of an entity, with an id.
pub(super) fn is_entity(name: &str) -> bool {
    matches!(
        name,
        "person" | "personGrp" | "place" | "org" | "object" | "event" | "nym"
    )
}

/// Elements that name an entity within the one that tells of it.
pub(super) fn names_entity(name: &str) -> bool {
    matches!(
        name,
        "persName"
            | "placeName"
            | "orgName"
            | "objectName"
            | "eventName"
            | "geogName"
            | "name"
            | "label"
            | "form"
    )
}

/// How an entity of a kind is told: the list, the element and its name.
pub(super) const fn entity(kind: Kind) -> [&'static str; 3] {
    match kind {
        Kind::Person => ["listPerson", "person", "persName"],
        Kind::Place => ["listPlace", "place", "placeName"],
        Kind::Organisation => ["listOrg", "org", "orgName"],
        Kind::Event => ["listEvent", "event", "label"],
        _ => ["listObject", "object", "objectName"],
    }
}
