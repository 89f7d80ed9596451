//! What has to be told beside the text: ids, entities and how mentions point to them.

use std::collections::{HashMap, HashSet};

use super::super::alike;
use super::super::xml::is_name;
use crate::article::{
    Annotations, Article, Entity, EntityId, Link, Mention, MentionId, RelationId, Target,
};

/// Ids and pointers of an article as it is written.
pub(super) struct Given {
    /// The id of each mention that needs one.
    mentions: Vec<Option<String>>,
    /// The id of each entity that is told.
    entities: Vec<Option<String>>,
    /// The name of each entity: its own, or what its first mention reads.
    pub(super) names: Vec<String>,
    /// The entities in the order in which they are read again: that of their first mentions that are written.
    pub(super) order: Vec<usize>,
    relations: Vec<Option<String>>,
    /// `ref` and `key` of each mention; empty for none.
    pub(super) pointers: Vec<(String, String)>,
    /// References for which there is no room: a mention has one key.
    pub(super) lost: usize,
}

/// Gives ids of their own where they are names, and new ones where they are not.
struct Ids {
    taken: HashSet<String>,
    next: HashMap<char, usize>,
}

impl Ids {
    fn own(&mut self, id: &str) -> Option<String> {
        (is_name(id) && self.taken.insert(id.to_owned())).then(|| id.to_owned())
    }

    fn next(&mut self, letter: char) -> String {
        let next = self.next.entry(letter).or_insert(0);
        loop {
            *next += 1;
            let id = format!("{letter}{next}");
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

impl Given {
    pub(super) fn new(article: &Article, written: &[bool]) -> Self {
        let made = &article.annotations;
        let beside = beside(made);
        let mut named = named(made);
        for (index, entity) in &beside {
            // The first pointer within the file says what a mention is of.
            let own = made.mentions().get(*index).and_then(|m| m.entity);
            named.extend([Target::Entity(*entity)]);
            named.extend(own.map(Target::Entity));
        }
        let mut ids = Ids {
            taken: HashSet::new(),
            next: HashMap::new(),
        };
        let mut mentions = Vec::with_capacity(made.mentions().len());
        let mut number = 0;
        for (index, mention) in made.mentions().iter().enumerate() {
            if written.get(index) != Some(&true) {
                mentions.push((false, None));
                continue;
            }
            number += 1;
            // The number that a mention without an id is given would be given again.
            let is_number = *mention.source_id == *format!("m{number}");
            let wanted = named.contains(&Target::Mention(mention_id(index)));
            let own = (wanted || !is_number).then(|| ids.own(&mention.source_id));
            mentions.push((wanted, own.flatten()));
        }
        let relations = made
            .relations()
            .iter()
            .map(|r| ids.own(&r.source_id))
            .collect();
        let mentions = mentions.into_iter().map(|(wanted, own)| match own {
            None if wanted => Some(ids.next('t')),
            own => own,
        });
        let mut given = Self {
            mentions: mentions.collect(),
            entities: vec![None; made.entities().len()],
            names: vec![String::new(); made.entities().len()],
            order: in_reading_order(made, written),
            relations,
            pointers: vec![(String::new(), String::new()); made.mentions().len()],
            lost: 0,
        };
        given.point(article, &named, &mut ids, written);
        for (index, entity) in beside {
            let id = given.entities.get(entity.0 as usize).cloned().flatten();
            if let (Some(id), Some((pointers, _))) = (id, given.pointers.get_mut(index)) {
                pointers.push_str(&format!(" #{id}"));
            }
        }
        given
    }

    /// Says how mentions point to their entities.
    fn point(
        &mut self,
        article: &Article,
        named: &HashSet<Target>,
        ids: &mut Ids,
        written: &[bool],
    ) {
        let made = &article.annotations;
        let mut used: HashMap<&str, usize> = HashMap::new();
        for link in made.links() {
            *used.entry(&link.reference).or_default() += 1;
        }
        for index in self.order.clone() {
            let Some(entity) = made.entities().get(index) else {
                continue;
            };
            let target = Target::Entity(entity_id(index));
            let links: Vec<&Link> = made.links_on(target).collect();
            let is_named = named.contains(&target);
            let first = entity
                .mentions()
                .iter()
                .find(|m| written.get(m.0 as usize) == Some(&true));
            let first = first.and_then(|id| made.mention(*id));
            let reads = first.map(|m| alike::name(&article.text, m.spans()));
            let reads = reads.unwrap_or_default();
            let says_all =
                (entity.name.is_empty() || entity.name == reads) && entity.aliases.is_empty();
            if let Some(name) = self.names.get_mut(index) {
                *name = if entity.name.is_empty() {
                    reads
                } else {
                    entity.name.clone()
                };
            }
            let own = links
                .iter()
                .all(|l| used.get(&*l.reference) == Some(&1) && is_pointer(&l.reference));
            let (pointers, key) = match &links[..] {
                [link] if says_all && !is_named && used.get(&*link.reference) == Some(&1) => {
                    pointer(&link.reference)
                }
                [_, _, ..] if says_all && !is_named && own => {
                    let all: Vec<&str> = links.iter().map(|l| &*l.reference).collect();
                    (all.join(" "), String::new())
                }
                [] if !is_named && entity.given.is_none() => continue,
                _ if first.is_none() && !is_named => continue,
                _ => {
                    let id = ids.next('e');
                    let pointer = format!("#{id}");
                    if let Some(slot) = self.entities.get_mut(index) {
                        *slot = Some(id);
                    }
                    (pointer, String::new())
                }
            };
            for mention in entity.mentions() {
                if let Some(slot) = self.pointers.get_mut(mention.0 as usize) {
                    *slot = (pointers.clone(), key.clone());
                }
            }
        }
        let names = names(made);
        for link in made.links() {
            if let Target::Mention(id) = link.target
                && told_beside(made, &names, link).is_none()
                && let Some((pointers, key)) = self.pointers.get_mut(id.0 as usize)
            {
                let (own, own_key) = pointer(&link.reference);
                if !own.is_empty() && !pointers.is_empty() {
                    pointers.push(' ');
                }
                pointers.push_str(&own);
                if key.is_empty() {
                    *key = own_key;
                } else {
                    self.lost += usize::from(!own_key.is_empty());
                }
            }
        }
    }

    pub(super) fn mention(&self, index: usize) -> Option<&str> {
        self.mentions.get(index)?.as_deref()
    }

    pub(super) fn entity(&self, index: usize) -> Option<&str> {
        self.entities.get(index)?.as_deref()
    }

    pub(super) fn relation(&self, index: usize) -> Option<&str> {
        self.relations.get(index)?.as_deref()
    }

    /// The id of what something is about.
    pub(super) fn id(&self, target: Target) -> Option<&str> {
        match target {
            Target::Mention(MentionId(n)) => self.mention(n as usize),
            Target::Entity(EntityId(n)) => self.entity(n as usize),
            Target::Relation(RelationId(n)) => self.relation(n as usize),
            Target::Event(_) | Target::Unplaced(_) => None,
        }
    }
}

/// The numbers of the entities, those without a mention that is written last.
fn in_reading_order(made: &Annotations, written: &[bool]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..made.entities().len()).collect();
    order.sort_by_key(|index| {
        let mentions = made.entities().get(*index).map(Entity::mentions);
        let mut mentions = mentions.unwrap_or_default().iter();
        let first = mentions.find(|m| written.get(m.0 as usize) == Some(&true));
        first.map_or(u32::MAX, |mention| mention.0)
    });
    order
}

/// The entities that the source tells of, by their names.
fn names(made: &Annotations) -> HashMap<&str, EntityId> {
    let mut names = HashMap::new();
    for (index, entity) in made.entities().iter().enumerate() {
        if entity.given.is_some() {
            names.entry(&*entity.name).or_insert(entity_id(index));
        }
    }
    names
}

/// The entity that the link of a mention names: another than that which the mention is of.
fn told_beside(
    made: &Annotations,
    names: &HashMap<&str, EntityId>,
    link: &Link,
) -> Option<(usize, EntityId)> {
    let Target::Mention(id) = link.target else {
        return None;
    };
    let own = made.mention(id)?.entity?;
    let entity = *names.get(link.reference.strip_prefix('#')?)?;
    let is_given = made.entity(own).is_some_and(|e| e.given.is_some());
    (is_given && own != entity).then_some((id.0 as usize, entity))
}

/// What else mentions point to, each with the number of its mention.
fn beside(made: &Annotations) -> Vec<(usize, EntityId)> {
    let names = names(made);
    let links = made.links().iter();
    links
        .filter_map(|link| told_beside(made, &names, link))
        .collect()
}

fn is_pointer(reference: &str) -> bool {
    reference.contains([':', '/', '#']) && !reference.contains(char::is_whitespace)
}

/// A reference as `ref` or as `key`.
fn pointer(reference: &str) -> (String, String) {
    if is_pointer(reference) {
        (reference.to_owned(), String::new())
    } else {
        (String::new(), reference.to_owned())
    }
}

/// What relations and notes name by an id; notes on a mention stand behind it.
fn named(made: &Annotations) -> HashSet<Target> {
    let parts = made
        .relations()
        .iter()
        .flat_map(|r| r.arguments.iter().map(|a| a.target));
    let noted = made.notes().iter().filter_map(|n| n.target);
    let noted = noted.filter(|t| !matches!(t, Target::Mention(_)));
    parts.chain(noted).collect()
}

pub(super) fn mention_id(index: usize) -> MentionId {
    MentionId(u32::try_from(index).unwrap_or(u32::MAX))
}

pub(super) fn entity_id(index: usize) -> EntityId {
    EntityId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// The label of a mention.
pub(super) fn label<'a>(made: &'a Annotations, mention: &Mention) -> &'a str {
    made.label_name(mention.label)
}
