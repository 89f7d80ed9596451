//! The sidebar: the article's entities by kind, which kinds are hidden, and the cursor.

use std::collections::BTreeSet;

use super::card::unplaced_name;
use super::cursor::Cursor;
use crate::article::{Annotations, Category, EntityId, MentionId, UnplacedId};
use crate::text::Filter;

/// A line of the sidebar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// The heading of a kind.
    Category(Category),
    /// One of its entities.
    Entity(EntityId),
    /// The heading of the mentions that have no place in the text.
    Lost,
    /// One of them.
    Unplaced(UnplacedId),
}

/// How the entities of a kind are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// By their first mention.
    #[default]
    Appearance,
    /// The most mentioned first.
    Count,
}

/// The state of the sidebar. What is hidden is known by name, so that it stays hidden in the next article.
#[derive(Debug, Clone, Default)]
pub struct Sidebar {
    items: Vec<Item>,
    hidden: BTreeSet<String>,
    order: Order,
    /// What entities are held against, by their names.
    filter: Option<Filter>,
    cursor: Cursor,
}

impl Sidebar {
    /// The lines.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The order within a kind.
    #[must_use]
    pub const fn order(&self) -> Order {
        self.order
    }

    /// The cursor and the lines in sight.
    #[must_use]
    pub const fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// The line under the cursor.
    #[must_use]
    pub fn current(&self) -> Option<Item> {
        self.items.get(self.cursor.line() as usize).copied()
    }

    /// The entity under the cursor.
    #[must_use]
    pub fn entity(&self) -> Option<EntityId> {
        match self.current()? {
            Item::Entity(id) => Some(id),
            Item::Category(_) | Item::Lost | Item::Unplaced(_) => None,
        }
    }

    /// Whether the kind, and its mentions in the body, are hidden.
    #[must_use]
    pub fn is_hidden(&self, annotations: &Annotations, category: Category) -> bool {
        !self.hidden.is_empty() && self.hidden.contains(annotations.category_name(category))
    }

    /// The names of the kinds that are hidden.
    #[must_use]
    pub const fn hidden(&self) -> &BTreeSet<String> {
        &self.hidden
    }

    /// Whether the mention is shown.
    #[must_use]
    pub fn shows(&self, annotations: &Annotations, id: MentionId) -> bool {
        self.hidden.is_empty()
            || annotations
                .mention(id)
                .is_some_and(|m| !self.is_hidden(annotations, annotations.category(m.label)))
    }

    /// The filter.
    #[must_use]
    pub const fn filter(&self) -> Option<&Filter> {
        self.filter.as_ref()
    }

    /// Lists only entities one of whose names passes; an empty filter lets all through. The cursor stays on its line's
    /// content where it can, else it goes to the first entity.
    pub fn set_filter(&mut self, filter: Filter, annotations: &Annotations) {
        let here = self.current();
        self.filter = Some(filter).filter(|filter| !filter.is_empty());
        self.list(annotations);
        let kept = here.filter(|item| {
            let is_heading = matches!(item, Item::Category(_) | Item::Lost);
            self.items.contains(item) && !(is_heading && self.filter.is_some())
        });
        let first = self
            .items
            .iter()
            .find(|item| matches!(item, Item::Entity(_)));
        if let Some(item) = kept.or(first.copied()) {
            self.go_to(item);
        }
    }

    /// How many entities are listed.
    #[must_use]
    pub fn entities(&self) -> usize {
        let is_entity = |item: &&Item| matches!(item, Item::Entity(_));
        self.items.iter().filter(is_entity).count()
    }

    /// Lists the entities of a newly opened article.
    pub fn open(&mut self, annotations: &Annotations) {
        self.list(annotations);
        self.go(0);
    }

    /// Sets the height of the list of entities.
    pub fn resize(&mut self, height: u16) {
        self.cursor.resize(height, self.len());
    }

    /// Puts the cursor on a line, as near as there is one.
    pub fn go(&mut self, line: u32) {
        self.cursor.go(line, self.len());
    }

    /// Scrolls by lines without moving the cursor, as long as it stays in sight.
    pub fn scroll(&mut self, by: i64) {
        self.cursor.scroll(by, self.len());
    }

    /// Puts the cursor and the lines in sight back to where they were.
    pub(super) fn put_back(&mut self, cursor: Cursor) {
        self.cursor.put_back(cursor, self.len());
    }

    /// Moves the cursor by lines.
    pub fn step(&mut self, by: i64) {
        self.cursor.step(by, self.len());
    }

    fn len(&self) -> u32 {
        u32::try_from(self.items.len()).unwrap_or(u32::MAX)
    }

    /// Puts the cursor on an entity, if it is listed.
    pub fn go_to_entity(&mut self, id: EntityId) {
        self.go_if_listed(Item::Entity(id));
    }

    /// Puts the cursor on the heading of a kind, if it is listed.
    pub fn go_to_category(&mut self, category: Category) {
        self.go_if_listed(Item::Category(category));
    }

    fn go_if_listed(&mut self, item: Item) {
        let line = self.items.iter().position(|i| *i == item);
        if let Some(line) = line.and_then(|l| u32::try_from(l).ok()) {
            self.go(line);
        }
    }

    /// The category of the line under the cursor.
    #[must_use]
    pub fn category(&self, annotations: &Annotations) -> Option<Category> {
        match self.current()? {
            Item::Category(category) => Some(category),
            Item::Entity(id) => annotations
                .entity(id)
                .map(|e| annotations.category(e.label)),
            Item::Lost | Item::Unplaced(_) => None,
        }
    }

    /// Hides the kind under the cursor, or shows it again, and puts the cursor on its heading. Returns its name and
    /// whether it is hidden now.
    pub fn toggle(&mut self, annotations: &Annotations) -> Option<(String, bool)> {
        let category = self.category(annotations)?;
        let name = annotations.category_name(category).to_owned();
        let hidden = !self.hidden.remove(&name);
        if hidden {
            self.hidden.insert(name.clone());
        }
        self.list(annotations);
        self.go_to(Item::Category(category));
        Some((name, hidden))
    }

    /// Changes the order; the cursor stays on its line's content.
    pub fn sort(&mut self, annotations: &Annotations) -> Order {
        self.order = match self.order {
            Order::Appearance => Order::Count,
            Order::Count => Order::Appearance,
        };
        let here = self.current();
        self.list(annotations);
        if let Some(item) = here {
            self.go_to(item);
        }
        self.order
    }

    fn go_to(&mut self, item: Item) {
        let line = self.items.iter().position(|i| *i == item).unwrap_or(0);
        self.go(u32::try_from(line).unwrap_or(0));
    }

    fn list(&mut self, annotations: &Annotations) {
        let filter = self.filter.as_ref();
        let passes = |name: &str| filter.is_none_or(|filter| filter.matches(name));
        let mut entities: Vec<(Category, EntityId, usize)> = (0u32..)
            .zip(annotations.entities())
            .filter(|(_, e)| passes(&e.name) || e.aliases.iter().any(|name| passes(name)))
            .map(|(n, e)| {
                (
                    annotations.category(e.label),
                    EntityId(n),
                    e.mentions().len(),
                )
            })
            .collect();
        let by_count = self.order == Order::Count;
        entities.sort_by_key(|(category, id, count)| {
            let first = if by_count {
                std::cmp::Reverse(*count)
            } else {
                std::cmp::Reverse(0)
            };
            (*category, first, *id)
        });
        let categories: BTreeSet<Category> = annotations
            .categories()
            .filter(|_| filter.is_none())
            .chain(entities.iter().map(|(category, ..)| *category))
            .collect();
        self.items.clear();
        let mut rest = entities.into_iter().peekable();
        for category in categories {
            self.items.push(Item::Category(category));
            let hidden = self.hidden.contains(annotations.category_name(category));
            while let Some((_, id, _)) = rest.next_if(|(c, ..)| *c == category) {
                if !hidden {
                    self.items.push(Item::Entity(id));
                }
            }
        }
        let lost = (0u32..).zip(annotations.unplaced());
        let lost: Vec<Item> = lost
            .filter(|(_, unplaced)| passes(unplaced_name(unplaced)))
            .map(|(n, _)| Item::Unplaced(UnplacedId(n)))
            .collect();
        if !lost.is_empty() {
            self.items.push(Item::Lost);
            self.items.extend(lost);
        }
        self.go(self.cursor.line());
    }
}
