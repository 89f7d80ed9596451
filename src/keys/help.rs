//! Help made from the keymap itself, so that it cannot lie: the overlay's table and the README's.

use std::collections::BTreeMap;

use super::key::show_sequence;
use super::keymap::Keymap;
use super::mode::Mode;
use crate::action::{Action, Group};

/// Every bound action with its keys, by group in the order of the help.
///
/// Where an action is bound in body, list or sidebar, its keys there are shown; else those of the other modes.
#[must_use]
pub fn help_table(keymap: &Keymap) -> Vec<(Group, Vec<(String, Action)>)> {
    let all = keys_of_all(keymap);
    let keys = |action| {
        all.get(&action)
            .map_or(String::new(), |keys| keys.join(", "))
    };
    let rows_of = |group| {
        let actions = Action::ALL
            .iter()
            .copied()
            .filter(move |action| action.group() == group);
        let rows = actions.map(|action| (keys(action), action));
        rows.filter(|(keys, _)| !keys.is_empty())
            .collect::<Vec<_>>()
    };
    let groups = Group::ALL.into_iter().map(|group| (group, rows_of(group)));
    groups.filter(|(_, rows)| !rows.is_empty()).collect()
}

/// The sequences that ask for each bound action, as help shows them: those of body, list and sidebar, or where there are
/// none those of the other modes.
#[must_use]
pub fn keys_of_all(keymap: &Keymap) -> BTreeMap<Action, Vec<String>> {
    let mut all: BTreeMap<Action, Vec<String>> = BTreeMap::new();
    for normal in [true, false] {
        let mut among: BTreeMap<Action, Vec<String>> = BTreeMap::new();
        for mode in Mode::ALL.into_iter().filter(|m| m.is_normal() == normal) {
            for (keys, action) in keymap.bindings(mode) {
                let keys = show_sequence(&keys);
                let found = among.entry(action).or_default();
                if !found.contains(&keys) {
                    found.push(keys);
                }
            }
        }
        for (action, keys) in among {
            all.entry(action).or_insert(keys);
        }
    }
    all
}

/// Every action that is bound in a mode with its keys there, in the order of the help.
#[must_use]
pub fn keys_of_mode(keymap: &Keymap, mode: Mode) -> Vec<(String, Action)> {
    let actions = Action::ALL.iter().copied();
    let rows = actions.map(|action| (keymap.keys_of(mode, action).join(", "), action));
    rows.filter(|(keys, _)| !keys.is_empty()).collect()
}

/// The table of all as Markdown for the README, one row an action under a row a group.
#[must_use]
pub fn markdown_table(keymap: &Keymap) -> String {
    let mut out = String::from("| Keys | |\n| --- | --- |\n");
    let all = keys_of_all(keymap);
    for (group, rows) in help_table(keymap) {
        out.push_str(&format!("| **{}** | |\n", group.title()));
        for (_, action) in rows {
            let keys = all.get(&action).into_iter().flatten();
            let keys: Vec<String> = keys.map(|keys| code(keys)).collect();
            out.push_str(&format!("| {} | {} |\n", keys.join(" "), action.help()));
        }
    }
    out
}

/// A code span that survives a backtick and a table's bar.
fn code(keys: &str) -> String {
    let bars = keys.replace('|', "\\|");
    if keys.contains('`') {
        format!("`` {bars} ``")
    } else {
        format!("`{bars}`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::parse_sequence;

    #[test]
    fn every_bound_action_is_told() {
        let map = Keymap::defaults();
        let told: Vec<Action> = help_table(&map)
            .into_iter()
            .flat_map(|(_, rows)| rows)
            .map(|(_, a)| a)
            .collect();
        for mode in Mode::ALL {
            for (keys, action) in map.bindings(mode) {
                assert!(told.contains(&action), "{mode:?} {keys:?} {action:?}");
            }
        }
    }

    #[test]
    fn help_follows_a_rebinding() {
        let mut map = Keymap::empty();
        let keys = |text| parse_sequence(text).expect("notation");
        map.bind("normal", &keys("|"), Some(Action::Down))
            .expect("free");
        map.bind("sidebar", &keys("`"), Some(Action::Down))
            .expect("free");
        map.bind("overlay", &keys("j"), Some(Action::Down))
            .expect("free");
        let want = "| Keys | |\n| --- | --- |\n| **Moving** | |\n| `\\|` `` ` `` | one row (or list line) down |\n";
        assert_eq!(markdown_table(&map), want);
    }

    #[test]
    fn every_action_has_a_key() {
        let map = Keymap::defaults();
        let bound = keys_of_all(&map);
        let unbound: Vec<&Action> = Action::ALL
            .iter()
            .filter(|action| !bound.contains_key(action))
            .collect();
        assert!(unbound.is_empty(), "{unbound:?}");
    }
}
