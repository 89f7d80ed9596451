//! What is bound to what: one table of sequences for each part of `[keys]`, and a trie a mode made of them.

use std::collections::BTreeMap;

use super::key::{Key, parse_sequence, show_sequence};
use super::mode::{Mode, TABLES};
use crate::action::Action;

/// The defaults' one source; `config` reads the same text.
const DEFAULTS: &str = include_str!("../../config.toml");

/// A place in a mode's trie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// The sequence is whole.
    Leaf(Action),
    /// More keys must follow.
    Branch(BTreeMap<Key, Node>),
}

/// Key sequences and their actions, for every mode.
///
/// No sequence of a mode is the beginning of another, so a resolver never has to wait and guess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    /// By table as in [`TABLES`]. `None` unbinds in a mode what `normal` binds.
    tables: [BTreeMap<Vec<Key>, Option<Action>>; TABLES.len()],
    /// By mode as in [`Mode::ALL`]; each a branch.
    tries: [Node; Mode::ALL.len()],
}

/// Why a sequence was not bound.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BindError {
    /// There is no such table of keys.
    #[error("there are no keys for “{0}”")]
    UnknownTable(String),
    /// A sequence without a key.
    #[error("there is no key in it")]
    Empty,
    /// Longer sequences that begin so are bound; they could no longer be typed.
    #[error("“{keys}” would hide {}", quoted(.longer))]
    Hides {
        /// The sequence that was to be bound.
        keys: String,
        /// The longer ones.
        longer: Vec<String>,
    },
    /// A shorter sequence with which it begins is bound, so it could never be typed.
    #[error("“{keys}” would be hidden by “{shorter}”")]
    Hidden {
        /// The sequence that was to be bound.
        keys: String,
        /// The shorter one.
        shorter: String,
    },
}

fn quoted(names: &[String]) -> String {
    names
        .iter()
        .map(|name| format!("“{name}”"))
        .collect::<Vec<_>>()
        .join(", ")
}

impl Keymap {
    /// A keymap that binds nothing.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            tables: Default::default(),
            tries: std::array::from_fn(|_| Node::Branch(BTreeMap::new())),
        }
    }

    /// The bindings of the repo's `config.toml`.
    #[must_use]
    pub fn defaults() -> Self {
        let mut map = Self::empty();
        let document: toml::Table = toml::from_str(DEFAULTS).unwrap_or_default();
        let tables = document.get("keys").and_then(toml::Value::as_table);
        for (table, bindings) in tables.into_iter().flatten() {
            for (keys, action) in bindings.as_table().into_iter().flatten() {
                let action = action.as_str().and_then(Action::from_name);
                // That nothing is skipped here is a test of `config`, which reports every fault with its place.
                if let (Ok(keys), Some(action)) = (parse_sequence(keys), action) {
                    let _ = map.bind(table, &keys, Some(action));
                }
            }
        }
        map
    }

    /// Binds a sequence in a table of [`TABLES`], or unbinds it with `None`.
    ///
    /// A mode's own table goes before `normal`.
    ///
    /// # Errors
    /// When there is no such table, or when the sequence would hide another of a mode or be hidden by it; the keymap
    /// is as before then.
    pub fn bind(
        &mut self,
        table: &str,
        keys: &[Key],
        action: Option<Action>,
    ) -> Result<(), BindError> {
        let index = TABLES
            .iter()
            .position(|name| *name == table)
            .ok_or_else(|| BindError::UnknownTable(table.to_owned()))?;
        if keys.is_empty() {
            return Err(BindError::Empty);
        }
        let fed = Mode::ALL.into_iter().filter(|mode| feeds(index, *mode));
        let Some(bound) = action else {
            if index == 0 {
                self.tables[index].remove(keys);
            } else {
                self.tables[index].insert(keys.to_vec(), None);
            }
            fed.for_each(|mode| self.grow(mode));
            return Ok(());
        };
        self.check(index, keys)?;
        self.tables[index].insert(keys.to_vec(), action);
        for mode in fed {
            // A mode's own word, be it that nothing is bound, goes before the shared one.
            let own = TABLES.iter().position(|name| *name == mode.name());
            let spoken = own
                .and_then(|own| self.tables.get(own))
                .is_some_and(|own| own.contains_key(keys));
            if index != 0 || !spoken {
                insert(&mut self.tries[mode as usize], keys, bound);
            }
        }
        Ok(())
    }

    fn check(&self, table: usize, keys: &[Key]) -> Result<(), BindError> {
        let mut longer: Vec<String> = Vec::new();
        for mode in Mode::ALL.into_iter().filter(|mode| feeds(table, *mode)) {
            for length in 1..keys.len() {
                if let Some(Node::Leaf(_)) = self.find(mode, &keys[..length]) {
                    let shorter = show_sequence(&keys[..length]);
                    return Err(BindError::Hidden {
                        keys: show_sequence(keys),
                        shorter,
                    });
                }
            }
            let mut below = Vec::new();
            if let Some(branch @ Node::Branch(_)) = self.find(mode, keys) {
                collect(branch, &mut keys.to_vec(), &mut below);
            }
            for (keys, _) in below {
                let keys = show_sequence(&keys);
                if !longer.contains(&keys) {
                    longer.push(keys);
                }
            }
        }
        if longer.is_empty() {
            Ok(())
        } else {
            Err(BindError::Hides {
                keys: show_sequence(keys),
                longer,
            })
        }
    }

    /// Makes a mode's trie anew from its tables.
    fn grow(&mut self, mode: Mode) {
        let mut merged = BTreeMap::new();
        for (_, table) in self
            .tables
            .iter()
            .enumerate()
            .filter(|(index, _)| feeds(*index, mode))
        {
            merged.extend(table.iter());
        }
        let mut root = Node::Branch(BTreeMap::new());
        for (keys, action) in merged {
            if let Some(action) = action {
                insert(&mut root, keys, *action);
            }
        }
        self.tries[mode as usize] = root;
    }

    pub(super) fn find(&self, mode: Mode, keys: &[Key]) -> Option<&Node> {
        let mut node = self.tries.get(mode as usize)?;
        for key in keys {
            let Node::Branch(children) = node else {
                return None;
            };
            node = children.get(key)?;
        }
        Some(node)
    }

    /// The action of a whole sequence.
    #[must_use]
    pub fn action(&self, mode: Mode, keys: &[Key]) -> Option<Action> {
        match self.find(mode, keys) {
            Some(Node::Leaf(action)) => Some(*action),
            _ => None,
        }
    }

    /// All sequences of a mode, those of `normal` included: plain and short ones first.
    #[must_use]
    pub fn bindings(&self, mode: Mode) -> Vec<(Vec<Key>, Action)> {
        let mut all = Vec::new();
        if let Some(root) = self.tries.get(mode as usize) {
            collect(root, &mut Vec::new(), &mut all);
        }
        all.sort_by_key(|(keys, _)| {
            (
                keys.len(),
                keys.iter().any(|key| key.ctrl || key.alt),
                keys.clone(),
            )
        });
        all
    }

    /// The sequences of a mode that ask for `action`, as help shows them.
    #[must_use]
    pub fn keys_of(&self, mode: Mode, action: Action) -> Vec<String> {
        let bound = self
            .bindings(mode)
            .into_iter()
            .filter(|(_, asked)| *asked == action);
        bound.map(|(keys, _)| show_sequence(&keys)).collect()
    }
}

/// Whether the table of that index is looked at in `mode`. `normal` comes first, so that a mode's own goes before it.
fn feeds(table: usize, mode: Mode) -> bool {
    if table == 0 {
        mode.is_normal()
    } else {
        TABLES.get(table) == Some(&mode.name())
    }
}

fn insert(node: &mut Node, keys: &[Key], action: Action) {
    let Some((first, rest)) = keys.split_first() else {
        *node = Node::Leaf(action);
        return;
    };
    if let Node::Branch(children) = node {
        insert(
            children
                .entry(*first)
                .or_insert_with(|| Node::Branch(BTreeMap::new())),
            rest,
            action,
        );
    }
}

fn collect(node: &Node, path: &mut Vec<Key>, all: &mut Vec<(Vec<Key>, Action)>) {
    match node {
        Node::Leaf(action) => all.push((path.clone(), *action)),
        Node::Branch(children) => {
            for (key, child) in children {
                path.push(*key);
                collect(child, path, all);
                path.pop();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<Key> {
        parse_sequence(text).expect(text)
    }

    #[test]
    fn no_default_is_the_beginning_of_another() {
        let map = Keymap::defaults();
        for mode in Mode::ALL {
            let bound = map.bindings(mode);
            assert!(bound.len() > 5, "{mode:?}");
            for (short, _) in &bound {
                for (long, _) in &bound {
                    assert!(
                        short == long || !long.starts_with(short),
                        "{mode:?}: {short:?} hides {long:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn hiding_is_refused_and_leaves_the_keymap_as_it_was() {
        let mut map = Keymap::defaults();
        let before = map.clone();
        let hides = map
            .bind("normal", &keys("y"), Some(Action::Top))
            .map_err(|e| e.to_string());
        assert_eq!(
            hides,
            Err("“y” would hide “yc”, “yf”, “yl”, “ym”, “yp”, “ys”".to_owned())
        );
        let hidden = map
            .bind("sidebar", &keys("jj"), Some(Action::Top))
            .map_err(|e| e.to_string());
        assert_eq!(hidden, Err("“jj” would be hidden by “j”".to_owned()));
        assert!(map.bind("visual", &keys("j"), None).is_err());
        assert_eq!(map, before);
    }

    #[test]
    fn a_modes_own_keys_go_before_the_shared_ones() {
        let mut map = Keymap::defaults();
        map.bind("list", &keys("n"), Some(Action::NextArticle))
            .expect("free");
        map.bind("body", &keys("q"), None).expect("unbinds");
        assert_eq!(
            map.action(Mode::List, &keys("n")),
            Some(Action::NextArticle)
        );
        assert_eq!(map.action(Mode::Body, &keys("n")), Some(Action::NextHit));
        assert_eq!(map.action(Mode::Body, &keys("q")), None);
        assert_eq!(map.action(Mode::List, &keys("q")), Some(Action::Quit));
        map.bind("normal", &keys("j"), None).expect("unbinds");
        map.bind("normal", &keys("jj"), Some(Action::Down))
            .expect("j is free now");
        assert_eq!(map.keys_of(Mode::Body, Action::Down), ["Down", "jj"]);
    }

    proptest::proptest! {
        /// However it came to be, a keymap is what its tables say, and no sequence of a mode begins another.
        #[test]
        fn tries_say_what_tables_say(
            binds in proptest::collection::vec((0usize..8, "[abc]{1,3}", proptest::bool::ANY), 0..40)
        ) {
            let mut map = Keymap::empty();
            for (table, text, on) in binds {
                let _ = map.bind(TABLES[table], &keys(&text), on.then_some(Action::Down));
            }
            let mut again = map.clone();
            for mode in Mode::ALL {
                again.grow(mode);
                let bound = map.bindings(mode);
                for (short, _) in &bound {
                    assert!(bound.iter().all(|(long, _)| short == long || !long.starts_with(short)));
                }
            }
            assert_eq!(map, again);
        }
    }
}
