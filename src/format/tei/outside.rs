//! What stands outside the body: the header, and the lists that tell of entities and relations.

use std::borrow::Cow;

use super::super::xml::{Faults, Manner, Tag, Weave};
use super::elements::{is_entity, names_entity};
use crate::article::Meta;

/// An entity that is told.
#[derive(Debug, Default)]
pub(super) struct Told<'a> {
    pub(super) id: Cow<'a, str>,
    /// The element that tells of it.
    pub(super) element: &'a str,
    pub(super) names: Vec<String>,
    /// References into knowledge bases.
    pub(super) links: Vec<String>,
    pub(super) at: usize,
}

/// A relation that is told.
#[derive(Debug)]
pub(super) struct Tie<'a> {
    pub(super) id: Cow<'a, str>,
    pub(super) label: Cow<'a, str>,
    /// Roles and pointers as they are written.
    pub(super) parts: Vec<(&'a str, Cow<'a, str>)>,
    pub(super) at: usize,
}

/// What the text of an element becomes.
#[derive(Debug, Clone, Copy)]
enum Want {
    Title,
    Date,
    Source,
    Page,
    Section,
    Name,
    Link,
}

/// What is outside the body.
#[derive(Debug, Default)]
pub(super) struct Outside<'a> {
    pub(super) meta: Meta,
    pub(super) told: Vec<Told<'a>>,
    pub(super) ties: Vec<Tie<'a>>,
    open: Vec<&'a str>,
    /// The text that is wanted, at which depth, and what for.
    taken: Option<(Weave, usize, Want)>,
    /// What is told and is open: its number, and the depth of its element.
    telling: Vec<(usize, usize)>,
    headers: usize,
}

impl<'a> Outside<'a> {
    pub(super) const fn in_header(&self) -> bool {
        self.headers > 0
    }

    pub(super) fn page(&mut self, page: &str) {
        if self.meta.page.is_empty() {
            page.clone_into(&mut self.meta.page);
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if let Some((weave, ..)) = &mut self.taken {
            weave.push(text, true);
        }
    }

    pub(super) fn open(&mut self, tag: Tag<'a>, faults: &mut Faults<'_>) {
        let parent = self.open.last().copied().unwrap_or("");
        let depth = self.open.len();
        self.open.push(tag.name);
        if self.taken.is_some() {
            return;
        }
        let want = match (tag.name, parent) {
            ("teiHeader", _) => {
                self.headers += 1;
                None
            }
            ("TEI" | "TEI.2" | "text", _) => {
                self.language(tag.value("xml:lang"));
                None
            }
            ("language", _) => {
                self.language(tag.value("ident"));
                None
            }
            ("relation", _) => {
                self.relation(tag, faults);
                None
            }
            ("idno", _) if !self.telling.is_empty() => Some(Want::Link),
            // The place where someone was born is no name of the one who was.
            (name, _) if self.is_right_in(depth) && names_entity(name) => Some(Want::Name),
            (name, _) if is_entity(name) && is_named(tag) => {
                let told = self.tell(tag, faults);
                self.telling.push((told, depth));
                None
            }
            ("title", "titleStmt") => Some(Want::Title),
            ("publisher", "publicationStmt" | "imprint" | "bibl") => Some(Want::Source),
            ("title", "bibl" | "monogr") => Some(Want::Source),
            ("date", "publicationStmt" | "imprint" | "bibl") => Some(Want::Date),
            ("biblScope", _) => match tag.value("unit").or(tag.value("type")) {
                Some("page" | "pp") => Some(Want::Page),
                Some("section") => Some(Want::Section),
                _ => None,
            },
            _ => None,
        };
        if let (Some(Want::Date), Some(when)) = (want, tag.value("when")) {
            set(&mut self.meta.date, when.to_owned());
        }
        self.taken = want.map(|want| (Weave::new(Manner::Flowing), depth, want));
    }

    fn language(&mut self, said: Option<&str>) {
        if let Some(said) = said {
            set(&mut self.meta.language, said.to_owned());
        }
    }

    /// Whether what stands at this depth stands right within what tells of an entity.
    fn is_right_in(&self, depth: usize) -> bool {
        let last = self.telling.last();
        last.is_some_and(|(_, around)| around + 1 == depth)
    }

    /// What is told where something stands.
    pub(super) fn telling(&self) -> Option<usize> {
        self.telling.last().map(|(told, _)| *told)
    }

    /// Enters what an element tells of; its number.
    pub(super) fn tell(&mut self, tag: Tag<'a>, faults: &mut Faults<'_>) -> usize {
        let mut told = Told {
            at: tag.at,
            element: tag.name,
            ..Told::default()
        };
        for (name, value) in tag.attributes(faults) {
            if matches!(name, "xml:id" | "id") {
                told.id = value;
            }
        }
        self.told.push(told);
        self.told.len() - 1
    }

    pub(super) fn relation(&mut self, tag: Tag<'a>, faults: &mut Faults<'_>) {
        let mut tie = Tie {
            id: Cow::default(),
            label: Cow::default(),
            parts: Vec::new(),
            at: tag.at,
        };
        let mut kind: Cow<'_, str> = Cow::default();
        for (name, value) in tag.attributes(faults) {
            match name {
                "xml:id" | "id" => tie.id = value,
                "name" => tie.label = value,
                "type" | "ref" if kind.is_empty() => kind = value,
                "active" | "passive" | "mutual" => tie.parts.push((name, value)),
                _ => {}
            }
        }
        if tie.label.is_empty() {
            tie.label = kind;
        }
        self.ties.push(tie);
    }

    pub(super) fn close(&mut self) {
        let name = self.open.pop();
        let depth = self.open.len();
        if name == Some("teiHeader") && self.taken.is_none() {
            self.headers = self.headers.saturating_sub(1);
        }
        if let Some((weave, _, want)) = self.taken.take_if(|(_, at, _)| *at == depth) {
            let text = weave.into_text();
            let meta = &mut self.meta;
            match want {
                Want::Title => set(&mut meta.title, text),
                Want::Date => set(&mut meta.date, text),
                Want::Source => set(&mut meta.source, text),
                Want::Page => set(&mut meta.page, text),
                Want::Section => set(&mut meta.section, text),
                Want::Name | Want::Link => {
                    let told = self.telling().and_then(|told| self.told.get_mut(told));
                    if let Some(told) = told.filter(|_| !text.is_empty()) {
                        let list = match want {
                            Want::Link => &mut told.links,
                            _ => &mut told.names,
                        };
                        list.push(text);
                    }
                }
            }
        }
        self.telling.pop_if(|(_, at)| *at == depth);
    }
}

fn is_named(tag: Tag<'_>) -> bool {
    tag.value("xml:id").or(tag.value("id")).is_some()
}

/// What is told first holds.
fn set(field: &mut String, value: String) {
    if field.is_empty() {
        *field = value;
    }
}
