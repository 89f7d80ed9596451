//! Relations as they are written, and the ids of the events that they name.

use std::collections::HashSet;

use super::super::loss::Feature;
use super::super::xml::{is_name, push_value};
use super::shape::{Item, Shape};
use super::ties::joined;
use super::write::Writer;
use crate::article::{Article, EventId, RelationId, Target};

/// The eid of each event that is written: its own where that can be named in a list, else a new one.
pub(super) fn ids(article: &Article, shape: &Shape<'_>) -> Vec<String> {
    let made = &article.annotations;
    let mut written = vec![false; made.events().len()];
    for (item, _) in &shape.items {
        if let Item::Event(index) = item
            && let Some(slot) = written.get_mut(*index)
        {
            *slot = true;
        }
    }
    let fits = |id: &str| {
        let parts = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；');
        !id.is_empty() && !id.contains(parts)
    };
    let mut taken: HashSet<&str> = HashSet::new();
    let own: Vec<Option<&str>> = made
        .events()
        .iter()
        .zip(&written)
        .map(|(event, written)| {
            let id = &*event.source_id;
            (*written && fits(id) && taken.insert(id)).then_some(id)
        })
        .collect();
    // Behind all numbers that occur: an id that names nothing must not come to name something.
    let values = made.attributes().iter().filter_map(|a| a.value.as_deref());
    let told = made
        .events()
        .iter()
        .map(|event| &*event.source_id)
        .chain(values);
    let numbers = told.flat_map(|text| text.split(|c: char| !c.is_ascii_digit()));
    let mut next: u64 = numbers
        .filter_map(|n| n.parse::<u32>().ok())
        .max()
        .unwrap_or(0)
        .into();
    let mut ids = Vec::with_capacity(own.len());
    for (own, written) in own.iter().zip(&written) {
        ids.push(match own {
            Some(id) => (*id).to_owned(),
            None if *written => loop {
                next += 1;
                let id = format!("e{next}");
                if !taken.contains(id.as_str()) {
                    break id;
                }
            },
            None => String::new(),
        });
    }
    ids
}

impl Writer<'_> {
    pub(super) fn relations(&mut self) {
        let article = self.article;
        for (index, relation) in article.annotations.relations().iter().enumerate() {
            let mut roles: Vec<(&str, Vec<&str>)> = Vec::new();
            let mut lost = 0;
            for argument in &relation.arguments {
                let id = match argument.target {
                    Target::Event(EventId(event)) => self.ids.get(event as usize),
                    _ => None,
                };
                let Some(id) = id.filter(|id| !id.is_empty() && is_name(&argument.role)) else {
                    lost += 1;
                    continue;
                };
                match roles.iter_mut().find(|(role, _)| *role == &*argument.role) {
                    Some((_, ids)) => ids.push(id),
                    None => roles.push((&argument.role, vec![id])),
                }
            }
            self.losses.add(Feature::Relations, usize::from(lost > 0));
            if roles.is_empty() && lost > 0 {
                continue;
            }
            let mut values: Vec<(String, String)> = roles
                .into_iter()
                .map(|(role, ids)| (attribute_of(role), joined(ids.into_iter())))
                .collect();
            let target = Target::Relation(RelationId(u32::try_from(index).unwrap_or(u32::MAX)));
            for attribute in article.annotations.attributes_on(target) {
                let name = &attribute.name;
                let value = attribute.value.as_deref().unwrap_or(name);
                let role = |name: &str| {
                    let role = name.strip_suffix("_eids").or(name.strip_suffix("_eid"));
                    role.unwrap_or("").to_owned()
                };
                let own = role(name);
                let same = |(other, _): &&mut (String, String)| {
                    other == name || (!own.is_empty() && role(other) == own)
                };
                match values.iter_mut().find(same) {
                    // Ids that name nothing, beside those that do.
                    Some((_, ids)) if !own.is_empty() => {
                        ids.push(',');
                        ids.push_str(value);
                    }
                    None if is_name(name) && !matches!(name.as_str(), "relType" | "id") => {
                        values.push((name.clone(), value.to_owned()));
                    }
                    _ => self.losses.add(Feature::Attributes, 1),
                }
            }
            self.out.push_str("\t<eRelation");
            if !relation.source_id.is_empty() {
                push_value(&mut self.out, "id", &relation.source_id);
            }
            push_value(&mut self.out, "relType", &relation.label);
            for (name, value) in &values {
                push_value(&mut self.out, name, value);
            }
            self.out.push_str("/>\n");
        }
    }
}

/// The attribute for the events in a role.
fn attribute_of(role: &str) -> String {
    // Of these CEC has lists.
    let many = matches!(role, "thoughtcontent" | "sevent");
    format!("{role}_eid{}", if many { "s" } else { "" })
}
