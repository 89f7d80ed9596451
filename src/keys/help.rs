//! Help made from the keymap itself, so that it cannot lie: the overlay's table and the README's.

use super::keymap::Keymap;
use super::mode::Mode;
use crate::action::{Action, Group};

/// Every bound action with its keys, by group in the order of the help.
///
/// Where an action is bound in body, list or sidebar, its keys there are shown; else those of the other modes.
#[must_use]
pub fn help_table(keymap: &Keymap) -> Vec<(Group, Vec<(String, Action)>)> {
    let rows_of = |group| {
        let actions = Action::ALL
            .iter()
            .copied()
            .filter(move |action| action.group() == group);
        let rows = actions.map(|action| (keys(keymap, action).join(", "), action));
        rows.filter(|(keys, _)| !keys.is_empty())
            .collect::<Vec<_>>()
    };
    let groups = Group::ALL.into_iter().map(|group| (group, rows_of(group)));
    groups.filter(|(_, rows)| !rows.is_empty()).collect()
}

fn keys(keymap: &Keymap, action: Action) -> Vec<String> {
    let among = |normal: bool| {
        let mut found: Vec<String> = Vec::new();
        for mode in Mode::ALL
            .into_iter()
            .filter(|mode| mode.is_normal() == normal)
        {
            for keys in keymap.keys_of(mode, action) {
                if !found.contains(&keys) {
                    found.push(keys);
                }
            }
        }
        found
    };
    let found = among(true);
    if found.is_empty() {
        among(false)
    } else {
        found
    }
}

/// The same as a Markdown table for the README, one row an action under a row a group.
#[must_use]
pub fn markdown_table(keymap: &Keymap) -> String {
    let mut out = String::from("| Keys | |\n| --- | --- |\n");
    for (group, rows) in help_table(keymap) {
        out.push_str(&format!("| **{}** | |\n", group.title()));
        for (_, action) in rows {
            let keys: Vec<String> = keys(keymap, action).iter().map(|keys| code(keys)).collect();
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
        let unbound: Vec<&Action> = Action::ALL
            .iter()
            .filter(|action| keys(&map, **action).is_empty())
            .collect();
        assert!(unbound.is_empty(), "{unbound:?}");
    }
}
