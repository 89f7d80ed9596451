//! From presses to actions: counts, sequences, what is pending and what may follow.

use super::key::{Code, Key, show_sequence};
use super::keymap::{Keymap, Node};
use super::mode::Mode;
use crate::action::Action;

/// No count is above this.
pub const MAX_COUNT: u32 = 1_000_000;

/// What a key press came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Carry out the action, so many times where that means anything.
    Do(Action, Option<u32>),
    /// Carry out the action with the character that [must follow](Action::character) its keys.
    DoWith(Action, char),
    /// Undo the action, which a digit did that turned out to be part of a count.
    TakeBack(Action),
    /// More must follow.
    Pending,
    /// The character is typed into the prompt.
    Type(char),
    /// The sequence leads nowhere; as help would show it.
    Unbound(String),
    /// What was pending is forgotten.
    Cancelled,
}

/// A key that may follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// The key.
    pub key: String,
    /// The name of the action that it leads to; `…` where still more must follow.
    pub name: &'static str,
    /// What that does.
    pub help: &'static str,
}

/// The keys and the count typed so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resolver {
    keys: Vec<Key>,
    count: Option<u32>,
    /// The action whose keys have been typed, and whose character must follow.
    awaited: Option<Action>,
    /// What the digits typed just now did, and the number that these digits make.
    toggled: Option<(Vec<Action>, u32)>,
}

impl Resolver {
    /// Takes a key and says what is to be done, in order; never nothing.
    ///
    /// `1` and `3` toggle panes at once, and in the concordance `1` to `3` order it. When they turn out to be a count
    /// (another digit follows that does nothing, or an action that takes a count, before the [pause](Self::pause)),
    /// that is undone: the toggles are done again, the order is [taken back](Outcome::TakeBack).
    pub fn press(&mut self, keymap: &Keymap, mode: Mode, key: Key) -> Vec<Outcome> {
        let is_escape = key == Key::plain(Code::Esc);
        if is_escape && self.is_pending() {
            self.clear();
            return vec![Outcome::Cancelled];
        }
        if let Some(action) = self.awaited {
            self.keys.push(key);
            let keys = show_sequence(&self.keys);
            self.clear();
            return vec![match key.typed() {
                Some(c) => Outcome::DoWith(action, c),
                None => Outcome::Unbound(keys),
            }];
        }
        if let Some(outcomes) = self.press_digit(keymap, mode, key) {
            return outcomes;
        }
        self.keys.push(key);
        match keymap.find(mode, &self.keys) {
            Some(Node::Leaf(action)) => {
                let action = *action;
                if action.character().is_some() {
                    self.awaited = Some(action);
                    return vec![Outcome::Pending];
                }
                let count = self.count.filter(|n| *n > 0 || action.takes_zero());
                let toggled = self.toggled.take();
                self.clear();
                let mut outcomes = Vec::new();
                let count = match toggled {
                    Some((toggles, number)) if action.takes_count() => {
                        outcomes.extend(toggles.into_iter().map(undo));
                        Some(number)
                    }
                    _ => count,
                };
                outcomes.push(Outcome::Do(action, count));
                outcomes
            }
            Some(Node::Branch(_)) => vec![Outcome::Pending],
            None => {
                let keys = std::mem::take(&mut self.keys);
                self.clear();
                let typed: Option<Vec<char>> = keys.iter().map(|key| key.typed()).collect();
                match typed {
                    Some(typed) if mode == Mode::Prompt => {
                        typed.into_iter().map(Outcome::Type).collect()
                    }
                    _ => vec![Outcome::Unbound(show_sequence(&keys))],
                }
            }
        }
    }

    fn press_digit(&mut self, keymap: &Keymap, mode: Mode, key: Key) -> Option<Vec<Outcome>> {
        let digit = digit(key).filter(|_| mode.counts() && self.keys.is_empty())?;
        let number = |before: u32| {
            before
                .saturating_mul(10)
                .saturating_add(digit)
                .min(MAX_COUNT)
        };
        if let Some(count) = self.count {
            self.count = Some(number(count));
            return Some(vec![Outcome::Pending]);
        }
        match keymap.find(mode, &[key]) {
            Some(Node::Leaf(action)) if is_toggle(*action) || orders(*action) => {
                let (mut toggles, before) = self.toggled.take().unwrap_or_default();
                toggles.push(*action);
                self.toggled = Some((toggles, number(before)));
                Some(vec![Outcome::Do(*action, None)])
            }
            // Bound to something else: not part of a count.
            Some(_) => None,
            None => {
                let (toggles, before) = self.toggled.take().unwrap_or_default();
                self.count = Some(number(before));
                let undone = toggles.into_iter().map(undo);
                Some(undone.chain([Outcome::Pending]).collect())
            }
        }
    }

    /// Some time has passed without a key: digits that did something were meant to.
    pub fn pause(&mut self) {
        self.toggled = None;
    }

    /// Whether a [pause](Self::pause) would decide something.
    #[must_use]
    pub const fn awaits_pause(&self) -> bool {
        self.toggled.is_some()
    }

    /// Whether a count or the beginning of a sequence waits for more.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.count.is_some() || self.awaited.is_some() || !self.keys.is_empty()
    }

    /// Waits for the character of an action, as if its keys had been typed.
    pub fn await_character(&mut self, action: Action) {
        self.clear();
        self.awaited = Some(action);
    }

    /// What was typed so far, count included: `3]`.
    #[must_use]
    pub fn pending(&self) -> String {
        let count = self
            .count
            .map(|count| count.to_string())
            .unwrap_or_default();
        match self.awaited {
            Some(action) if self.keys.is_empty() => action.name().to_owned(),
            _ => count + &show_sequence(&self.keys),
        }
    }

    /// What may follow the keys typed so far.
    ///
    /// Empty when no sequence has begun: then any key of the mode may follow.
    #[must_use]
    pub fn next(&self, keymap: &Keymap, mode: Mode) -> Vec<Next> {
        if let Some(what) = self.awaited.and_then(Action::character) {
            let key = "letter".to_owned();
            return vec![Next {
                key,
                name: what,
                help: what,
            }];
        }
        match keymap.find(mode, &self.keys) {
            Some(Node::Branch(children)) if !self.keys.is_empty() => children
                .iter()
                .map(|(key, node)| {
                    let (name, help) = match node {
                        Node::Leaf(action) => (action.name(), action.help()),
                        Node::Branch(_) => ("…", "…"),
                    };
                    let key = key.to_string();
                    Next { key, name, help }
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Forgets all that is pending.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

fn digit(key: Key) -> Option<u32> {
    key.typed().and_then(|c| c.to_digit(10))
}

/// Whether doing it twice is as doing nothing.
const fn is_toggle(action: Action) -> bool {
    matches!(action, Action::ToggleList | Action::ToggleSidebar)
}

/// Whether it orders the concordance by so many words, and can be taken back.
const fn orders(action: Action) -> bool {
    matches!(
        action,
        Action::SortByOne | Action::SortByTwo | Action::SortByThree
    )
}

/// What undoes it.
const fn undo(action: Action) -> Outcome {
    if is_toggle(action) {
        Outcome::Do(action, None)
    } else {
        Outcome::TakeBack(action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::parse_sequence;

    /// What the keys come to, pressed one after another; `.` is pending.
    fn typed(mode: Mode, keys: &str) -> String {
        let keymap = Keymap::defaults();
        let mut resolver = Resolver::default();
        let mut out = Vec::new();
        for key in parse_sequence(keys).expect(keys) {
            for outcome in resolver.press(&keymap, mode, key) {
                out.push(match outcome {
                    Outcome::Do(action, None) => action.name().to_owned(),
                    Outcome::Do(action, Some(count)) => format!("{count}×{}", action.name()),
                    Outcome::TakeBack(action) => format!("-{}", action.name()),
                    Outcome::DoWith(action, c) => format!("{}({c})", action.name()),
                    Outcome::Pending => ".".to_owned(),
                    Outcome::Type(c) => format!("‘{c}’"),
                    Outcome::Unbound(keys) => format!("?{keys}"),
                    Outcome::Cancelled => "cancelled".to_owned(),
                });
            }
        }
        out.join(" ")
    }

    #[test]
    fn sequences_and_counts() {
        for (keys, want) in [
            ("j", "down"),
            ("<Down>", "down"),
            ("2j", ". 2×down"),
            ("25j", ". . 25×down"),
            ("]m", ". next-mention"),
            ("2]mj", ". . 2×next-mention down"),
            ("20]e", ". . . 20×next-of-entity"),
            ("]x", ". ?]x"),
            ("gg", ". top"),
            ("g?", ". help"),
            ("0j", ". down"),
            ("99999999j", ". . . . . . . . 1000000×down"),
            ("<Ctrl-i>", "forward"),
            ("<Alt-x>", "?Alt-x"),
            ("]<Esc>j", ". cancelled down"),
            ("4<Esc>j", ". cancelled down"),
            ("<Esc>", "cancel"),
            ("maj", ". set-mark(a) down"),
            ("''", ". go-to-mark(')"),
            ("3m5", "toggle-sidebar . set-mark(5)"),
            ("m<Esc>j", ". cancelled down"),
            ("m<Enter>j", ". ?m<Enter> down"),
        ] {
            assert_eq!(typed(Mode::Body, keys), want, "{keys}");
        }
    }

    #[test]
    fn digits_that_toggle_act_at_once_and_still_count() {
        for (keys, want) in [
            ("1", "toggle-list"),
            ("3", "toggle-sidebar"),
            ("13", "toggle-list toggle-sidebar"),
            ("11", "toggle-list toggle-list"),
            ("10j", "toggle-list toggle-list . 10×down"),
            ("35j", "toggle-sidebar toggle-sidebar . 35×down"),
            ("3j", "toggle-sidebar toggle-sidebar 3×down"),
            (
                "13j",
                "toggle-list toggle-sidebar toggle-list toggle-sidebar 13×down",
            ),
            ("3]m", "toggle-sidebar . toggle-sidebar 3×next-mention"),
            ("3T", "toggle-sidebar next-theme"),
            ("213j", ". . . 213×down"),
            ("1T0j", "toggle-list next-theme . down"),
            ("0%", ". 0×match-pair"),
            ("00G", ". . bottom"),
        ] {
            assert_eq!(typed(Mode::List, keys), want, "{keys}");
        }
        assert_eq!(typed(Mode::Select, "13l"), ". . 13×select-right");
        assert_eq!(typed(Mode::Overlay, "2"), "?2");
    }

    #[test]
    fn digits_that_order_the_concordance_still_count() {
        for (keys, want) in [
            ("4j", ". 4×down"),
            ("2l", "sort-by-two sort-left"),
            ("2j", "sort-by-two -sort-by-two 2×down"),
            (
                "12j",
                "sort-by-one sort-by-two -sort-by-one -sort-by-two 12×down",
            ),
            ("30G", "sort-by-three -sort-by-three . 30×bottom"),
            ("42k", ". . 42×up"),
        ] {
            assert_eq!(typed(Mode::Concordance, keys), want, "{keys}");
        }
    }

    #[test]
    fn after_a_pause_a_toggle_is_a_toggle() {
        let keymap = Keymap::defaults();
        let mut resolver = Resolver::default();
        resolver.press(&keymap, Mode::Body, Key::char('3'));
        assert!(resolver.awaits_pause() && !resolver.is_pending());
        resolver.pause();
        let down = resolver.press(&keymap, Mode::Body, Key::char('j'));
        assert_eq!(down, [Outcome::Do(Action::Down, None)]);
    }

    #[test]
    fn a_prompt_types_what_is_not_bound() {
        assert_eq!(typed(Mode::Prompt, "1<Space>乌q"), "‘1’ ‘ ’ ‘乌’ ‘q’");
        assert_eq!(
            typed(Mode::Prompt, "<Ctrl-w><Enter><Alt-r>"),
            "prompt-delete-word prompt-accept toggle-regex"
        );
        assert_eq!(typed(Mode::Prompt, "<Ctrl-x>"), "?Ctrl-X");
    }

    #[test]
    fn pending_keys_say_what_may_follow() {
        let keymap = Keymap::defaults();
        let mut resolver = Resolver::default();
        for c in "2]".chars() {
            resolver.press(&keymap, Mode::Body, Key::char(c));
        }
        assert_eq!(resolver.pending(), "2]");
        let next = resolver.next(&keymap, Mode::Body);
        assert!(next.len() > 5);
        let mention = next.iter().find(|next| next.key == "m");
        assert_eq!(mention.map(|m| m.name), Some("next-mention"));
        resolver.clear();
        resolver.press(&keymap, Mode::Body, Key::char('m'));
        assert_eq!(resolver.pending(), "m");
        let next = resolver.next(&keymap, Mode::Body);
        assert!(next.len() == 1 && next.iter().all(|n| n.help.contains("for the mark")));
        resolver.clear();
        assert_eq!(resolver.pending(), "");
        assert!(resolver.next(&keymap, Mode::Body).is_empty());
    }
}
